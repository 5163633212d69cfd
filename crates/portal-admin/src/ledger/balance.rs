//! The trial balance: every account on the side that it stands on, and both sides' sums.

use super::account_label;
use crate::common::negative;
use domain::ledger::{AccountBalance, AccountKind};
use i18n::{Reader, t};
use kernel::{Currency, Money};
use leptos::prelude::*;
use ui::prelude::*;

/// The trial balance, one table for each currency. Nothing while there is no account.
pub fn section(reader: &Reader, balances: &[AccountBalance]) -> AnyView {
    let mut currencies: Vec<Currency> = balances.iter().map(|account| account.balance.currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let tables = currencies
        .into_iter()
        .map(|currency| {
            let accounts: Vec<&AccountBalance> = balances.iter().filter(|account| account.balance.currency == currency).collect();
            of_currency(reader, currency, &accounts)
        })
        .collect_view();
    view! { <div class="stack stack-8">{tables}</div> }.into_any()
}

/// What an account stands with on the debit side and on the credit side.
fn sides(balance: Money) -> (Option<Money>, Option<Money>) {
    if balance.minor < 0 { (None, Some(negative(balance))) } else { (Some(balance), None) }
}

/// The sum, or `None` when it is too large to be true.
fn sum(currency: Currency, amounts: impl Iterator<Item = Money>) -> Option<Money> {
    let mut amounts = amounts;
    amounts.try_fold(Money::zero(currency), Money::checked_add)
}

fn columns(reader: &Reader, first: String) -> Vec<Col> {
    vec![Col::new(first), Col::end(t!(reader, "admin-ledger-debit")), Col::end(t!(reader, "admin-ledger-credit"))]
}

/// A row with an amount on its side.
fn row(reader: &Reader, name: AnyView, (debit, credit): (Option<Money>, Option<Money>)) -> AnyView {
    let text = |amount: Option<Money>| amount.map(|amount| view! { <MoneyText amount=amount text=reader.money(amount)/> });
    view! { <tr><td class="whitespace-normal">{name}</td><td class="r">{text(debit)}</td><td class="r">{text(credit)}</td></tr> }.into_any()
}

fn of_currency(reader: &Reader, currency: Currency, accounts: &[&AccountBalance]) -> AnyView {
    let escrow: Vec<&AccountBalance> = accounts.iter().copied().filter(|account| account.kind == AccountKind::TutorEscrow).collect();
    // One line for each kind: a school has as many escrow accounts as tutors.
    let kinds: Vec<(AccountKind, Money)> = AccountKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let mut of_kind = accounts.iter().filter(|account| account.kind == kind).peekable();
            of_kind.peek()?;
            Some((kind, sum(currency, of_kind.map(|account| account.balance))?))
        })
        .collect();
    let debit = sum(currency, kinds.iter().filter_map(|(_, balance)| sides(*balance).0));
    let credit = sum(currency, kinds.iter().filter_map(|(_, balance)| sides(*balance).1));
    let rows = kinds
        .iter()
        .map(|(kind, balance)| {
            let tutors = (*kind == AccountKind::TutorEscrow).then(|| {
                let count = t!(reader, "admin-ledger-tutors", count = escrow.len());
                view! { " "<span class="muted">{count}</span> }
            });
            row(reader, view! { {account_label(reader, *kind)}{tutors} }.into_any(), sides(*balance))
        })
        .collect_view();
    let total = row(reader, view! { <span class="strong">{t!(reader, "admin-ledger-sum")}</span> }.into_any(), (debit, credit));
    let difference = debit.zip(credit).and_then(|(debit, credit)| debit.checked_sub(credit));
    let heading = format!("balance-{}", currency.code());
    let labelled_by = heading.clone();
    let title = t!(reader, "admin-ledger-balance", currency = currency.code());
    let caption = t!(reader, "admin-table", title = title.clone());
    view! {
        <section aria-labelledby=labelled_by>
            <div class="head mb-2 wrap"><h2 id=heading>{title}</h2>{verdict(reader, difference)}</div>
            <Table cols=columns(reader, t!(reader, "admin-ledger-account")) caption=caption>{rows}{total}</Table>
            {by_tutor(reader, &escrow)}
        </section>
    }
    .into_any()
}

/// Every tutor's escrow account, folded away.
fn by_tutor(reader: &Reader, escrow: &[&AccountBalance]) -> Option<AnyView> {
    if escrow.is_empty() {
        return None;
    }
    let rows = escrow
        .iter()
        .map(|account| row(reader, account.owner.clone().unwrap_or_default().into_any(), sides(account.balance)))
        .collect_view();
    let caption = t!(reader, "admin-ledger-by-tutor-caption");
    Some(
        view! {
            <details class="mt-3">
                <summary class="muted">{t!(reader, "admin-ledger-by-tutor")}</summary>
                <Table cols=columns(reader, t!(reader, "admin-tutor")) caption=caption>{rows}</Table>
            </details>
        }
        .into_any(),
    )
}

/// Whether both sides are the same.
fn verdict(reader: &Reader, difference: Option<Money>) -> AnyView {
    match difference {
        Some(difference) if difference.minor == 0 => {
            let text = t!(reader, "admin-ledger-zero", amount = reader.money(difference));
            view! { <p class="row t-12 muted"><Icon name=Glyph::CircleCheck class="text-ok"/><span class="num">{text}</span></p> }
                .into_any()
        }
        difference => {
            let amount = difference.map(|difference| reader.money(difference)).unwrap_or_default();
            let text = t!(reader, "admin-ledger-not-zero", amount = amount);
            view! { <p class="row text-bad mid" role="alert"><Icon name=Glyph::CircleAlert/><span class="num">{text}</span></p> }.into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{sides, sum};
    use kernel::{Currency, Money};

    #[test]
    fn an_account_stands_on_one_side() {
        let gbp = |minor| Money::new(minor, Currency::Gbp);
        assert_eq!(sides(gbp(5)), (Some(gbp(5)), None));
        assert_eq!(sides(gbp(-5)), (None, Some(gbp(5))));
        assert_eq!(sides(gbp(0)), (Some(gbp(0)), None));
        assert_eq!(sum(Currency::Gbp, [gbp(1), gbp(2)].into_iter()), Some(gbp(3)));
        assert_eq!(sum(Currency::Gbp, [gbp(i64::MAX), gbp(1)].into_iter()), None);
    }
}
