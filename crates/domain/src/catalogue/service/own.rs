//! A tutor's own offerings.

use crate::{
    Actor, Result, Services, TenantTx,
    booking::Kind,
    catalogue::{
        model::offering::{MyOffering, OfferingDraft, OfferingEditor, PriceDraft, VersionStatus},
        queries::own as queries,
        service::profile::ensure_tutor,
    },
};
use kernel::{
    AppError, Currency, FieldError, FormErrors, Money, Role,
    currency::MOST_CHARGED,
    ids::{MemberId, OfferingId},
};
use uuid::Uuid;

/// The most durations an offering can have.
const MAX_PRICES: usize = 6;

/// The signed-in tutor's offerings, those in use first.
pub async fn offerings(services: &Services, actor: &Actor) -> Result<Vec<MyOffering>> {
    let tutor = actor.require(Role::Tutor)?.id;
    let mut tx = actor.begin(&services.db).await?;
    queries::offerings(&mut tx, tutor, actor.tenant.currency).await
}

/// One of the signed-in tutor's offerings.
pub async fn offering(services: &Services, actor: &Actor, offering: OfferingId) -> Result<OfferingEditor> {
    let tutor = actor.require(Role::Tutor)?.id;
    let mut tx = actor.begin(&services.db).await?;
    let found = queries::offering(&mut tx, offering, Some(tutor), actor.tenant.currency).await?.ok_or(AppError::NotFound)?;
    Ok(OfferingEditor { id: offering, kind: found.kind, live: found.live, open: found.open, archived: found.archived })
}

/// Saves what was typed as the version in the works: of a new offering, or the next one of an
/// existing offering. What is live stays as it is.
///
/// # Errors
/// [`AppError::Conflict`] while the version is in review (`error-offering-in-review`) or when
/// the offering is archived (`error-offering-archived`).
pub async fn save_draft(services: &Services, actor: &Actor, draft: &OfferingDraft) -> Result<OfferingId> {
    let tutor = actor.require(Role::Tutor)?.id;
    let now = services.now();
    let mut tx = actor.begin(&services.db).await?;
    let existing = match draft.offering {
        Some(id) => Some(lock_own(&mut tx, id, tutor).await?),
        None => None,
    };
    let kind = existing.as_ref().map_or(draft.kind, |offering| offering.kind);
    let checked = check(&mut tx, draft, kind, actor.tenant.currency).await?;
    let offering = if let Some(offering) = existing {
        offering
    } else {
        ensure_tutor(&mut tx, actor).await?;
        queries::insert_offering(&mut tx, services.id(), tutor, kind).await?
    };
    if offering.archived {
        return Err(AppError::conflict("error-offering-archived").into());
    }
    let text = queries::Text { title: draft.title.trim(), description: draft.description.trim(), subject: checked.subject };
    let version = match &offering.open {
        Some(open) if open.status == VersionStatus::InReview => return Err(AppError::conflict("error-offering-in-review").into()),
        Some(open) => {
            queries::update_version(&mut tx, open, &text).await?;
            open.id
        }
        None => {
            let id: Uuid = services.id();
            queries::insert_version(&mut tx, &offering, id, &text, now).await?;
            id
        }
    };
    let prices: Vec<(Uuid, i16, i64)> = checked.prices.iter().map(|(minutes, minor)| (services.id(), *minutes, *minor)).collect();
    queries::replace_parts(&mut tx, version, &checked.levels, &prices, actor.tenant.currency).await?;
    tx.commit().await?;
    Ok(offering.id)
}

/// Sends the version in the works to the admins.
///
/// # Errors
/// [`AppError::Conflict`] (`error-offering-nothing-open`) without a draft or a version that
/// was sent back.
pub async fn submit(services: &Services, actor: &Actor, offering: OfferingId) -> Result<()> {
    let tutor = actor.require(Role::Tutor)?.id;
    let mut tx = actor.begin(&services.db).await?;
    let locked = lock_own(&mut tx, offering, tutor).await?;
    let open = locked.open_in(&[VersionStatus::Draft, VersionStatus::NeedsChanges], "error-offering-nothing-open")?;
    // A number is seen by an admin once: sent in again, the version may say something else.
    let number = if open.sent_in { locked.last_number + 1 } else { open.number };
    queries::submit(&mut tx, open, number, services.now()).await?;
    tx.commit().await
}

/// Takes the version in review back, to edit it.
///
/// # Errors
/// [`AppError::Conflict`] (`error-offering-not-in-review`) when an admin decided meanwhile.
pub async fn withdraw(services: &Services, actor: &Actor, offering: OfferingId) -> Result<()> {
    let tutor = actor.require(Role::Tutor)?.id;
    let mut tx = actor.begin(&services.db).await?;
    let locked = lock_own(&mut tx, offering, tutor).await?;
    let open = locked.open_in(&[VersionStatus::InReview], "error-offering-not-in-review")?;
    queries::withdraw(&mut tx, open).await?;
    tx.commit().await
}

/// Takes an offering out of the catalogue for good. Booked lessons stay. Twice is once.
pub async fn archive(services: &Services, actor: &Actor, offering: OfferingId) -> Result<()> {
    let tutor = actor.require(Role::Tutor)?.id;
    let mut tx = actor.begin(&services.db).await?;
    let locked = lock_own(&mut tx, offering, tutor).await?;
    if locked.archived {
        return Ok(());
    }
    if let Some(open) = locked.open.as_ref().filter(|open| open.status == VersionStatus::InReview) {
        queries::withdraw(&mut tx, open).await?;
    }
    queries::archive(&mut tx, &locked, services.now()).await?;
    queries::refresh_tutor(&mut tx, tutor).await?;
    tx.commit().await
}

async fn lock_own(tx: &mut TenantTx, offering: OfferingId, tutor: MemberId) -> Result<queries::Locked> {
    Ok(queries::lock(tx, offering, Some(tutor)).await?.ok_or(AppError::NotFound)?)
}

/// A draft whose every field is right.
struct Checked {
    subject: Uuid,
    levels: Vec<Uuid>,
    prices: Vec<(i16, i64)>,
}

async fn check(tx: &mut TenantTx, draft: &OfferingDraft, kind: Kind, currency: Currency) -> Result<Checked> {
    let mut errors = FormErrors::default();
    errors.check(!draft.title.trim().is_empty(), "title", "error-required");
    errors.check_line("title", &draft.title, 100);
    errors.check(!draft.description.trim().is_empty(), "description", "error-required");
    errors.check_length("description", &draft.description, 2000);
    let prices = check_prices(&mut errors, &draft.prices, kind, currency);
    let subject = queries::subject_id(tx, &draft.subject).await?;
    errors.check(subject.is_some(), "subject", "error-choice");
    let levels = queries::level_ids(tx, &draft.levels).await?;
    errors.check(!levels.is_empty(), "levels", "error-required");
    errors.into_result()?;
    let subject = subject.ok_or(AppError::Internal)?;
    Ok(Checked { subject, levels, prices })
}

/// The durations and prices in minor units, with an error for each that is wrong.
fn check_prices(errors: &mut FormErrors, typed: &[PriceDraft], kind: Kind, currency: Currency) -> Vec<(i16, i64)> {
    let mut prices: Vec<(i16, i64)> = Vec::new();
    for (at, row) in typed.iter().enumerate().filter(|(_, row)| !(row.minutes.trim().is_empty() && row.price.trim().is_empty())) {
        let minutes = row.minutes.trim().parse::<i16>().ok().filter(|minutes| (15..=240).contains(minutes) && minutes % 5 == 0);
        let minor = check_price(&row.price, currency).map_err(|error| errors.add(&format!("price.{at}"), error)).ok();
        let minutes_field = format!("minutes.{at}");
        errors.check(minutes.is_some(), &minutes_field, "error-duration");
        if let (Some(minutes), Some(minor)) = (minutes, minor) {
            errors.check(prices.iter().all(|(taken, _)| *taken != minutes), &minutes_field, "error-duration-twice");
            prices.push((minutes, minor));
        }
    }
    let none_typed = typed.iter().all(|row| row.minutes.trim().is_empty() && row.price.trim().is_empty());
    errors.check(!none_typed, "prices", "error-required");
    let most = if kind == Kind::Trial { 1 } else { MAX_PRICES };
    if prices.len() > most {
        errors.add("prices", FieldError::new("error-too-many").with("max", most));
    }
    prices
}

/// A price in minor units that Stripe can collect.
fn check_price(typed: &str, currency: Currency) -> std::result::Result<i64, FieldError> {
    let minor = Money::parse_decimal(typed, currency).ok_or_else(|| FieldError::new("error-price"))?.minor;
    let named = |minor| format!("{} {currency}", Money::new(minor, currency).to_decimal());
    if minor < currency.least_charge() {
        return Err(FieldError::new("error-price-least").with("least", named(currency.least_charge())));
    }
    if minor > MOST_CHARGED {
        return Err(FieldError::new("error-price-most").with("most", named(MOST_CHARGED)));
    }
    if minor % currency.step() != 0 {
        return Err(FieldError::new("error-price-step").with("step", named(currency.step())));
    }
    Ok(minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(minutes: &str, price: &str) -> PriceDraft {
        PriceDraft { minutes: minutes.into(), price: price.into() }
    }

    #[test]
    fn prices_are_checked_at_their_rows() {
        let mut errors = FormErrors::default();
        let typed = [row("60", "32.50"), row("", ""), row("61", "x"), row("60", "30")];
        check_prices(&mut errors, &typed, Kind::OneOnOne, Currency::Gbp);
        let found: Vec<_> = errors.iter().map(|(field, error)| (field, &*error.code)).collect();
        assert_eq!(found, [("minutes.2", "error-duration"), ("minutes.3", "error-duration-twice"), ("price.2", "error-price")]);
    }

    #[test]
    fn a_price_is_one_that_stripe_collects() {
        let refused = |typed: &str, currency| check_price(typed, currency).map_err(|e| (e.code.to_string(), e.args.into_values().next()));
        let wrong = |code: &str, amount: &str| Err((code.to_owned(), Some(amount.to_owned())));
        assert_eq!(refused("0.30", Currency::Gbp), Ok(30));
        assert_eq!(refused("0.29", Currency::Gbp), wrong("error-price-least", "0.30 GBP"));
        assert_eq!(refused("0", Currency::Czk), wrong("error-price-least", "15.00 CZK"));
        assert_eq!(refused("999999.99", Currency::Eur), Ok(99_999_999));
        assert_eq!(refused("1000000", Currency::Eur), wrong("error-price-most", "999999.99 EUR"));
        assert_eq!(refused("9.990", Currency::Kwd), Ok(9_990));
        assert_eq!(refused("9.995", Currency::Kwd), wrong("error-price-step", "0.010 KWD"));
        assert_eq!(refused("-1", Currency::Gbp), Err(("error-price".to_owned(), None)));
    }

    #[test]
    fn a_trial_has_one_price_and_no_form_has_none() {
        let mut errors = FormErrors::default();
        assert_eq!(check_prices(&mut errors, &[row("30", "1200")], Kind::Trial, Currency::Jpy), [(30, 1200)]);
        assert!(errors.is_empty());
        check_prices(&mut errors, &[row("30", "1200"), row("60", "2000")], Kind::Trial, Currency::Jpy);
        assert_eq!(&*errors.first("prices").unwrap().code, "error-too-many");
        let mut errors = FormErrors::default();
        check_prices(&mut errors, &[row("", " ")], Kind::OneOnOne, Currency::Gbp);
        assert_eq!(&*errors.first("prices").unwrap().code, "error-required");
    }
}
