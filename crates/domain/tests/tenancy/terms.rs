//! Commission and cancellation policy.

use crate::harness::{Harness, Hours, london, refusal};
use domain::{
    Error,
    booking::cancellation_offer,
    tenancy::{MOST_TIERS, TermsDraft, TierDraft, current_terms, save_terms},
};
use kernel::{AppError, policy::Tier};
use sqlx::PgPool;

fn draft(commission: &str, tiers: &[(&str, &str)]) -> TermsDraft {
    let tier = |(hours, refund): &(&str, &str)| TierDraft { hours: (*hours).into(), refund: (*refund).into() };
    TermsDraft { commission: commission.into(), tiers: tiers.iter().map(tier).collect() }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn terms_are_saved_and_empty_rows_do_not_count(pool: PgPool) {
    let h = Harness::new(pool).await;
    let terms = draft("12,5", &[("48", "100"), ("", ""), ("12", "33.5 %"), (" ", "")]);
    save_terms(&h.services, &h.admin, &terms).await.unwrap();
    let saved = current_terms(&h.services, &h.admin).await.unwrap();
    assert_eq!(saved.commission_bps, 1250);
    let expected = [Tier { hours_before: 48, refund_bps: 10_000 }, Tier { hours_before: 12, refund_bps: 3350 }];
    assert_eq!(saved.cancellation_policy.tiers(), expected);
    assert_eq!(saved.order_prefix, "NO", "it stays");
    save_terms(&h.services, &h.admin, &draft("0", &[])).await.unwrap();
    let saved = current_terms(&h.services, &h.admin).await.unwrap();
    assert_eq!((saved.commission_bps, saved.cancellation_policy.tiers().len()), (0, 0), "a school may give nothing back");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_order_keeps_the_terms_it_was_made_under(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await;
    let variant = h.offering(&tutor, "one_on_one", &[(60, 4000)]).await.variants[0];
    let student = h.student("Sam Student").await;
    let (_, before) = h.booked(&student, variant, london("2026-11-18T10:00")).await;
    save_terms(&h.services, &h.admin, &draft("20", &[])).await.unwrap();
    let (_, after) = h.booked(&student, variant, london("2026-11-19T10:00")).await;
    assert_eq!(cancellation_offer(&h.services, &student, before).await.unwrap().refund.minor, 4000);
    assert_eq!(cancellation_offer(&h.services, &student, after).await.unwrap().refund.minor, 0);
    assert_eq!(h.count("SELECT sum(commission_bps)::bigint FROM orders").await, 1500 + 2000);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_is_wrong_is_said_at_its_row_and_nothing_is_saved(pool: PgPool) {
    let h = Harness::new(pool).await;
    let before = current_terms(&h.services, &h.admin).await.unwrap();
    let many = vec![("1", "1"); MOST_TIERS + 1];
    for (terms, field, code) in [
        (draft("", &[]), "commission", "error-percent"),
        (draft("a lot", &[]), "commission", "error-percent"),
        (draft("100.01", &[]), "commission", "error-too-large"),
        (draft("15", &[("soon", "100")]), "hours.0", "error-not-a-number"),
        (draft("15", &[("24", "")]), "refund.0", "error-percent"),
        (draft("15", &[("", ""), ("", "50")]), "hours.1", "error-not-a-number"),
        (draft("15", &[("24", "100"), ("", ""), ("24", "50")]), "hours.2", "error-policy-order"),
        (draft("15", &[("8761", "100")]), "hours.0", "error-policy-too-early"),
        (draft("15", &[("24", "101")]), "refund.0", "error-policy-more-than-paid"),
        (draft("15", &[("24", "50"), ("2", "51")]), "refund.1", "error-policy-rising"),
        (draft("15", &many), "tiers", "error-too-many"),
    ] {
        match save_terms(&h.services, &h.admin, &terms).await {
            Err(Error::App(AppError::Invalid(errors))) => {
                let found: Vec<(&str, &str)> = errors.iter().map(|(field, error)| (field, &*error.code)).collect();
                assert_eq!(found, [(field, code)], "{terms:?}");
            }
            other => panic!("{terms:?}: {other:?}"),
        }
    }
    assert_eq!(current_terms(&h.services, &h.admin).await.unwrap(), before);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn only_an_admin_sees_and_changes_terms_and_only_of_the_own_school(pool: PgPool) {
    let h = Harness::new(pool).await;
    let student = h.student("Sam Student").await;
    let tutor = h.tutor("Tess Tutor", Hours::default()).await.actor;
    for (actor, expected) in [(&h.anonymous(), "Unauthenticated"), (&student, "NotFound"), (&tutor, "NotFound")] {
        assert_eq!(refusal(save_terms(&h.services, actor, &draft("1", &[])).await), expected);
        assert_eq!(refusal(current_terms(&h.services, actor).await), expected);
    }
    let elsewhere = h.other_school().await;
    save_terms(&elsewhere.services, &elsewhere.admin, &draft("1", &[])).await.unwrap();
    assert_eq!(current_terms(&h.services, &h.admin).await.unwrap().commission_bps, 1500);
}
