use super::*;
use crate::Currency;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn tier(hours_before: u32, refund_bps: u32) -> Tier {
    Tier { hours_before, refund_bps }
}

#[test]
fn the_better_tier_applies_at_exactly_its_hours() {
    let policy = CancellationPolicy::standard();
    let start = at("2026-10-13T16:00:00Z");
    for (now, share) in [
        ("2026-10-12T16:00:00Z", 10_000),
        ("2026-10-12T16:00:00.000000001Z", 5_000),
        ("2026-10-13T14:00:00Z", 5_000),
        ("2026-10-13T14:00:01Z", 0),
        ("2026-10-13T16:00:00Z", 0),
        ("2026-10-13T17:00:00Z", 0),
    ] {
        assert_eq!(policy.refund_bps(start, at(now)), share, "{now}");
    }
    let paid = Money::new(3_201, Currency::Gbp);
    assert_eq!(policy.refund(paid, start, at("2026-10-13T00:00:00Z")).minor, 1_601);
}

#[test]
fn a_tier_of_no_hours_lasts_until_the_start() {
    let policy = CancellationPolicy::new(vec![tier(0, 2_500)]).unwrap();
    let start = at("2026-10-13T16:00:00Z");
    assert_eq!(policy.refund_bps(start, start), 2_500);
    assert_eq!(policy.refund_bps(start, at("2026-10-13T16:00:00.000000001Z")), 0);
}

#[test]
fn deadlines_are_hours_of_real_time() {
    // The clocks go back in the night before: 24 hours before 17:00 is 18:00.
    let start = at("2026-10-25T17:00:00Z");
    let deadlines = CancellationPolicy::standard().deadlines(start);
    assert_eq!(
        deadlines,
        [
            Deadline { until: at("2026-10-24T17:00:00Z"), refund_bps: 10_000 },
            Deadline { until: at("2026-10-25T15:00:00Z"), refund_bps: 5_000 }
        ]
    );
}

#[test]
fn unsound_policies_are_refused_also_when_read() {
    for (tiers, error) in [
        (vec![tier(2, 5_000), tier(24, 5_000)], PolicyError::NotDescending { at: 1 }),
        (vec![tier(2, 5_000), tier(2, 5_000)], PolicyError::NotDescending { at: 1 }),
        (vec![tier(2, 10_001)], PolicyError::MoreThanPaid { at: 0 }),
        (vec![tier(24, 5_000), tier(2, 5_001)], PolicyError::Rising { at: 1 }),
        (vec![tier(MAX_HOURS_BEFORE + 1, 1)], PolicyError::TooEarly { at: 0 }),
    ] {
        let json = serde_json::json!({ "tiers": tiers });
        assert_eq!(CancellationPolicy::new(tiers), Err(error));
        assert!(serde_json::from_value::<CancellationPolicy>(json).is_err());
    }
    let standard = CancellationPolicy::standard();
    let json = serde_json::to_value(&standard).unwrap();
    assert_eq!(
        json,
        serde_json::json!({ "tiers": [{ "hours_before": 24, "refund_bps": 10_000 }, { "hours_before": 2, "refund_bps": 5_000 }] })
    );
    assert_eq!(serde_json::from_value::<CancellationPolicy>(json).unwrap(), standard);
}

prop_compose! {
    fn policies()(hours in prop::collection::btree_set(0_u32..200, 0..6), mut shares in prop::collection::vec(0_u32..=10_000, 6)) -> CancellationPolicy {
        shares.sort_unstable_by(|a, b| b.cmp(a));
        CancellationPolicy::new(hours.into_iter().rev().zip(shares).map(|(h, s)| tier(h, s)).collect()).unwrap()
    }
}

proptest! {
    #[test]
    fn waiting_never_gives_more(policy in policies(), first in -800_000_i64..100_000, wait in 0_i64..800_000, minor in 0_i64..1_000_000) {
        let start = at("2026-10-13T16:00:00Z");
        let now = start + SignedDuration::from_secs(first);
        let later = now + SignedDuration::from_secs(wait);
        let paid = Money::new(minor, Currency::Eur);
        let refund = policy.refund(paid, start, now);
        prop_assert!(refund.minor <= minor && refund.minor >= 0);
        prop_assert!(policy.refund(paid, start, later).minor <= refund.minor);
        if now > start {
            prop_assert_eq!(refund.minor, 0);
        }
    }

    #[test]
    fn the_deadlines_tell_the_same(policy in policies(), seconds in -800_000_i64..100_000) {
        let start = at("2026-10-13T16:00:00Z");
        let now = start + SignedDuration::from_secs(seconds);
        let told = policy.deadlines(start).into_iter().find(|deadline| now <= deadline.until).map_or(0, |deadline| deadline.refund_bps);
        prop_assert_eq!(policy.refund_bps(start, now), told);
    }
}
