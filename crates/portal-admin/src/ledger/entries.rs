//! Transactions with their lines.

use super::account_label;
use crate::common::{moment, negative};
use domain::ledger::{LedgerTransaction, Line};
use i18n::{Reader, t};
use kernel::urls;
use leptos::prelude::*;
use ui::prelude::*;

/// A table of transactions: a head for each, its lines below, debits first.
pub fn transactions_table(reader: &Reader, posted: &[LedgerTransaction], title: String, names_order: bool) -> AnyView {
    let cols = vec![
        Col::new(t!(reader, "admin-ledger-account")),
        Col::end(t!(reader, "admin-ledger-debit")),
        Col::end(t!(reader, "admin-ledger-credit")),
    ];
    let rows = posted
        .iter()
        .map(|transaction| {
            let lines = transaction.lines.iter().map(|line| self::line(reader, line)).collect_view();
            view! { {head(reader, transaction, names_order)} {lines} }
        })
        .collect_view();
    view! { <Table cols=cols caption=t!(reader, "admin-table", title = title)>{rows}</Table> }.into_any()
}

/// What a transaction is about, its order, when it was posted.
fn head(reader: &Reader, transaction: &LedgerTransaction, names_order: bool) -> AnyView {
    let kind = i18n::t(reader, &format!("admin-transaction-{}", transaction.kind.key().replace('_', "-")));
    let order = names_order.then(|| {
        let href = urls::admin::order(transaction.order);
        view! { <a class="link num" href=href>{transaction.order_number.clone()}</a> }
    });
    view! {
        <tr>
            <th colspan="3" scope="colgroup" class="border-t border-b-0 border-line">
                <span class="row wrap pt-1 text-14"><span class="strong text-body">{kind}</span>{order}<span class="faint font-normal">{moment(reader, transaction.posted_at)}</span></span>
            </th>
        </tr>
    }
    .into_any()
}

fn line(reader: &Reader, line: &Line) -> AnyView {
    let owner = line.owner.clone().map(|owner| view! { " "<span class="muted">{owner}</span> });
    let amount = line.amount;
    let (debit, credit) = if amount.minor < 0 {
        let amount = negative(amount);
        (None, Some(view! { <MoneyText amount=amount text=reader.money(amount)/> }))
    } else {
        (Some(view! { <MoneyText amount=amount text=reader.money(amount)/> }), None)
    };
    view! {
        <tr>
            <td class="h-8 border-b-0 whitespace-normal">{account_label(reader, line.account)}{owner}</td>
            <td class="r h-8 border-b-0">{debit}</td>
            <td class="r h-8 border-b-0">{credit}</td>
        </tr>
    }
    .into_any()
}
