//! Money in integer minor units. No float ever touches an amount.

use crate::Currency;
use serde::{Deserialize, Serialize};

/// Basis points: 10 000 is the whole, 1 500 is 15 %.
pub const WHOLE_BPS: u32 = 10_000;

/// An amount of one currency, in its minor unit (pence, cents, yen, fils).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units; negative for what flows back.
    pub minor: i64,
    /// The unit's currency.
    pub currency: Currency,
}

impl Money {
    /// `minor` units of `currency`.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The sum, or `None` on another currency or overflow.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        (self.currency == other.currency)
            .then(|| self.minor.checked_add(other.minor))
            .flatten()
            .map(|minor| Self::new(minor, self.currency))
    }

    /// The difference, or `None` on another currency or overflow.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        (self.currency == other.currency)
            .then(|| self.minor.checked_sub(other.minor))
            .flatten()
            .map(|minor| Self::new(minor, self.currency))
    }

    /// `bps` basis points of the amount, rounded half away from zero.
    #[must_use]
    pub fn share(self, bps: u32) -> Self {
        let scaled = i128::from(self.minor) * i128::from(bps);
        let half = i128::from(WHOLE_BPS / 2) * scaled.signum();
        let minor = (scaled + half) / i128::from(WHOLE_BPS);
        // bps above the whole could leave i64; saturate rather than wrap.
        Self::new(clamp_i64(minor), self.currency)
    }

    /// The multiple of the currency's [`Currency::step`] that is nearest, half away from zero.
    #[must_use]
    pub fn to_step(self) -> Self {
        let step = self.currency.step();
        let half = (step / 2) * self.minor.signum();
        Self::new(self.minor.saturating_add(half) / step * step, self.currency)
    }

    /// Splits the amount by `weights` with the largest-remainder method: the parts sum
    /// exactly to the whole, and equal remainders go to the earlier part.
    ///
    /// Returns `None` when there is no weight above zero.
    pub fn split(self, weights: &[u32]) -> Option<Vec<Self>> {
        let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
        if total == 0 {
            return None;
        }
        let whole = i128::from(self.minor);
        let mut parts: Vec<(usize, i128, i128)> = weights
            .iter()
            .enumerate()
            .map(|(at, weight)| {
                let scaled = whole * i128::from(*weight);
                (at, scaled / total, (scaled % total).abs())
            })
            .collect();
        let given: i128 = parts.iter().map(|(_, part, _)| part).sum();
        let mut left = whole - given;
        let unit = left.signum();
        parts.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
        for part in &mut parts {
            if left == 0 {
                break;
            }
            part.1 += unit;
            left -= unit;
        }
        parts.sort_by_key(|part| part.0);
        Some(parts.into_iter().map(|(_, minor, _)| Self::new(clamp_i64(minor), self.currency)).collect())
    }

    /// The amount as a plain decimal with the currency's digits: `1234` GBP is `12.34`.
    pub fn to_decimal(self) -> String {
        let exponent = self.currency.exponent() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = exponent + 1);
        let (whole, fraction) = digits.split_at(digits.len() - exponent);
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// Reads what a person types: `12`, `12.3`, `12,30`. More decimals than the currency
    /// has, a sign, or anything else is `None`.
    pub fn parse_decimal(text: &str, currency: Currency) -> Option<Self> {
        let text = text.trim().replace(',', ".");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let exponent = currency.exponent() as usize;
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || fraction.len() > exponent || !digits(whole) || !digits(fraction) {
            return None;
        }
        format!("{whole}{fraction:0<exponent$}").parse().ok().map(|minor| Self::new(minor, currency))
    }
}

fn clamp_i64(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_that_stripe_takes() {
        assert_eq!(Money::new(1_235, Currency::Kwd).to_step(), Money::new(1_240, Currency::Kwd));
        assert_eq!(Money::new(1_234, Currency::Kwd).to_step(), Money::new(1_230, Currency::Kwd));
        assert_eq!(Money::new(-1_235, Currency::Kwd).to_step(), Money::new(-1_240, Currency::Kwd));
        assert_eq!(Money::new(1_235, Currency::Gbp).to_step(), Money::new(1_235, Currency::Gbp));
        for currency in Currency::ALL {
            assert_eq!(currency.least_charge() % currency.step(), 0, "{currency}");
        }
        let half = crate::policy::CancellationPolicy::standard();
        let starts_at: jiff::Timestamp = "2026-11-17T10:00:00Z".parse().unwrap();
        let back = half.refund(Money::new(1_230, Currency::Kwd), starts_at, "2026-11-17T04:00:00Z".parse().unwrap());
        assert_eq!(back, Money::new(620, Currency::Kwd), "half, in tens");
    }

    #[test]
    fn decimals_follow_the_currency() {
        assert_eq!(Money::new(1234, Currency::Gbp).to_decimal(), "12.34");
        assert_eq!(Money::new(-5, Currency::Gbp).to_decimal(), "-0.05");
        assert_eq!(Money::new(1234, Currency::Jpy).to_decimal(), "1234");
        assert_eq!(Money::new(1234, Currency::Kwd).to_decimal(), "1.234");
        assert_eq!(Money::parse_decimal("12,3", Currency::Eur), Some(Money::new(1230, Currency::Eur)));
        assert_eq!(Money::parse_decimal("12.345", Currency::Eur), None);
        assert_eq!(Money::parse_decimal("-1", Currency::Eur), None);
        assert_eq!(Money::parse_decimal("7", Currency::Jpy), Some(Money::new(7, Currency::Jpy)));
    }

    #[test]
    fn shares_round_half_away_from_zero() {
        assert_eq!(Money::new(25, Currency::Gbp).share(5000).minor, 13);
        assert_eq!(Money::new(-25, Currency::Gbp).share(5000).minor, -13);
        assert_eq!(Money::new(24, Currency::Gbp).share(5000).minor, 12);
    }

    proptest! {
        #[test]
        fn a_split_sums_to_the_whole(minor in -1_000_000_000_i64..1_000_000_000, weights in prop::collection::vec(0_u32..10_000, 1..9)) {
            let whole = Money::new(minor, Currency::Gbp);
            match whole.split(&weights) {
                None => prop_assert!(weights.iter().all(|w| *w == 0)),
                Some(parts) => {
                    prop_assert_eq!(parts.iter().map(|p| p.minor).sum::<i64>(), minor);
                    let total: u64 = weights.iter().map(|w| u64::from(*w)).sum();
                    for (part, weight) in parts.iter().zip(&weights) {
                        let exact = i128::from(minor) * i128::from(*weight) / i128::from(total);
                        prop_assert!((i128::from(part.minor) - exact).abs() <= 1);
                    }
                }
            }
        }

        #[test]
        fn decimals_round_trip(minor in 0_i64..i64::MAX) {
            for currency in Currency::ALL {
                let money = Money::new(minor, *currency);
                prop_assert_eq!(Money::parse_decimal(&money.to_decimal(), *currency), Some(money));
            }
        }
    }
}
