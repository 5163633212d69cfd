//! `/admin/ledger`: what stands on each account, and every transaction.

mod balance;
mod entries;

pub(crate) use entries::transactions_table;

use crate::common::{frame, nothing_found, zone_link};
use domain::{
    ledger::{self, AccountBalance, AccountKind, LedgerTransaction},
    page::Page,
};
use i18n::{Reader, t};
use kernel::urls;
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{RequestCx, page, pager};

/// Transactions on a page.
const PAGE: usize = 20;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Query {
    account: String,
    after: String,
}

/// `/admin/ledger`
#[component]
pub fn LedgerPage() -> impl IntoView {
    page(async |cx| {
        let query: Query = cx.query();
        let account = AccountKind::ALL.into_iter().find(|kind| kind.key() == query.account);
        let balances = ledger::trial_balance(cx.services(), cx.actor()?).await?;
        let posted = ledger::transactions(cx.services(), cx.actor()?, account, query.after.parse().ok(), PAGE).await?;
        Ok(view(&cx, &query, account, &balances, &posted))
    })
}

fn view(
    cx: &RequestCx,
    query: &Query,
    account: Option<AccountKind>,
    balances: &[AccountBalance],
    posted: &Page<LedgerTransaction>,
) -> AnyView {
    let reader = cx.reader();
    let title = t!(reader, "admin-nav-ledger");
    let zone = zone_link(cx, cx.now());
    let page = view! {
        <PageHead title=title.clone() note=t!(reader, "admin-ledger-note")>{zone}</PageHead>
        {balance::section(reader, balances)}
        <section class="section" aria-labelledby="transactions">
            <h2 id="transactions">{t!(reader, "admin-ledger-transactions")}</h2>
            {tabs(reader, account)}
            {list(reader, query, account, posted)}
        </section>
    };
    frame(&title, page.into_any())
}

/// An account's kind in words.
pub(crate) fn account_label(reader: &Reader, kind: AccountKind) -> String {
    i18n::t(reader, &format!("admin-account-{}", kind.key().replace('_', "-")))
}

fn tabs(reader: &Reader, account: Option<AccountKind>) -> AnyView {
    let tab = |kind: Option<AccountKind>| {
        let href = format!("{}#transactions", urls::with_query(urls::admin::LEDGER, &[("account", kind.map_or("", AccountKind::key))]));
        let label = kind.map_or_else(|| t!(reader, "common-all"), |kind| account_label(reader, kind));
        Tab::new(href, label, account == kind)
    };
    let items = std::iter::once(None).chain(AccountKind::ALL.map(Some)).map(tab).collect();
    view! { <Tabs label=t!(reader, "admin-ledger-accounts") items=items class="mb-4"/> }.into_any()
}

fn list(reader: &Reader, query: &Query, account: Option<AccountKind>, posted: &Page<LedgerTransaction>) -> AnyView {
    if !posted.items.is_empty() {
        let account = account.map_or("", AccountKind::key);
        return view! {
            {transactions_table(reader, &posted.items, t!(reader, "admin-ledger-transactions"), true)}
            {pager(reader, urls::admin::LEDGER, &[("account", account)], posted.next, !query.after.is_empty())}
        }
        .into_any();
    }
    if account.is_some() || !query.after.is_empty() {
        return nothing_found(reader, urls::admin::LEDGER);
    }
    let locale = reader.locale;
    view! {
        <Empty icon=Glyph::Scale title=t!(reader, "admin-ledger-empty") body=t!(reader, "admin-ledger-empty-body")>
            <LinkButton href=urls::admin::ORDERS>{t!(locale, "admin-nav-orders")}</LinkButton>
        </Empty>
    }
    .into_any()
}
