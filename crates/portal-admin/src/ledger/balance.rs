//! The trial balance: every account on the side that it stands on, and both sides' sums.

use super::account_label;
use crate::common::negative;
use domain::ledger::AccountBalance;
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
            table(reader, currency, &accounts)
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

fn table(reader: &Reader, currency: Currency, accounts: &[&AccountBalance]) -> AnyView {
    let cols = vec![
        Col::new(t!(reader, "admin-ledger-account")),
        Col::end(t!(reader, "admin-ledger-debit")),
        Col::end(t!(reader, "admin-ledger-credit")),
    ];
    let rows = accounts.iter().map(|account| row(reader, account)).collect_view();
    let debit = sum(currency, accounts.iter().filter_map(|account| sides(account.balance).0));
    let credit = sum(currency, accounts.iter().filter_map(|account| sides(account.balance).1));
    let difference = debit.zip(credit).and_then(|(debit, credit)| debit.checked_sub(credit));
    let text = |amount: Option<Money>| amount.map(|amount| reader.money(amount)).unwrap_or_default();
    let heading = format!("balance-{}", currency.code());
    let labelled_by = heading.clone();
    let (debit, credit) = (text(debit), text(credit));
    let (sum, verdict) = (t!(reader, "admin-ledger-sum"), verdict(reader, difference));
    let title = t!(reader, "admin-ledger-balance", currency = currency.code());
    view! {
        <section aria-labelledby=labelled_by>
            <div class="head mb-2"><h2 id=heading>{title.clone()}</h2>{verdict}</div>
            <Table cols=cols caption=title>
                {rows}
                <tr class="strong">
                    <td>{sum}</td>
                    <td class="r">{debit}</td>
                    <td class="r">{credit}</td>
                </tr>
            </Table>
        </section>
    }
    .into_any()
}

/// Whether both sides are the same.
fn verdict(reader: &Reader, difference: Option<Money>) -> AnyView {
    match difference {
        Some(difference) if difference.minor == 0 => view! {
            <p class="row t-12 muted"><Icon name=Glyph::CircleCheck class="text-ok"/><span class="num">{t!(reader, "admin-ledger-zero", amount = reader.money(difference))}</span></p>
        }
        .into_any(),
        difference => {
            let amount = difference.map(|difference| reader.money(difference)).unwrap_or_default();
            view! { <p class="row text-bad mid"><Icon name=Glyph::CircleAlert/><span class="num">{t!(reader, "admin-ledger-not-zero", amount = amount)}</span></p> }.into_any()
        }
    }
}

fn row(reader: &Reader, account: &AccountBalance) -> AnyView {
    let (debit, credit) = sides(account.balance);
    let text = |amount: Option<Money>| amount.map(|amount| reader.money(amount));
    let owner = account.owner.clone().map(|owner| view! { " "<span class="muted">{owner}</span> });
    view! {
        <tr>
            <td>{account_label(reader, account.kind)}{owner}</td>
            <td class="r">{text(debit)}</td>
            <td class="r">{text(credit)}</td>
        </tr>
    }
    .into_any()
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
