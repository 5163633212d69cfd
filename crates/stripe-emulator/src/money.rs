//! Fees, minimum amounts and how money is written on the payment page.

use crate::config::Fee;

/// What Stripe keeps of `amount` (minor units), rounded half up.
pub fn fee_on(amount: i64, fee: Fee) -> i64 {
    amount.saturating_mul(fee.basis_points).saturating_add(5_000) / 10_000 + fee.fixed
}

/// Digits after the decimal point in Stripe's amounts.
///
/// Source: <https://docs.stripe.com/currencies#zero-decimal>. ISK and UGX have
/// no minor unit but Stripe still wants two digits for them.
pub fn decimals(currency: &str) -> u32 {
    match currency {
        "bif" | "clp" | "djf" | "gnf" | "jpy" | "kmf" | "krw" | "mga" | "pyg" | "rwf" | "vnd" | "vuv" | "xaf" | "xof" | "xpf" => 0,
        "bhd" | "jod" | "kwd" | "omr" | "tnd" => 3,
        _ => 2,
    }
}

/// The least that can be charged, in minor units.
///
/// Source: <https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts>;
/// half a unit where Stripe names no figure.
pub fn least(currency: &str) -> i64 {
    match currency {
        "aed" | "myr" | "pln" | "ron" => 200,
        "bgn" => 100,
        "czk" => 1_500,
        "dkk" => 250,
        "gbp" => 30,
        "hkd" => 400,
        "huf" => 17_500,
        "jpy" => 50,
        "mxn" | "thb" => 1_000,
        "nok" | "sek" => 300,
        _ => match decimals(currency) {
            0 => 1,
            3 => 500,
            _ => 50,
        },
    }
}

/// Whether three letters name a currency that Stripe could know.
pub fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// `amount` as people write it in English or Spanish.
pub fn written(amount: i64, currency: &str, spanish: bool) -> String {
    let digits = decimals(currency);
    let unit = 10_i64.pow(digits);
    let (point, group) = if spanish { (',', '.') } else { ('.', ',') };
    let mut number = grouped(amount / unit, group);
    if digits > 0 {
        number.push(point);
        let rest = (amount % unit).to_string();
        number.extend(std::iter::repeat_n('0', (digits as usize).saturating_sub(rest.len())));
        number.push_str(&rest);
    }
    let symbol = match currency {
        "eur" => "€",
        "usd" => "$",
        "gbp" => "£",
        "jpy" => "¥",
        "inr" => "₹",
        _ => {
            return if spanish {
                format!("{number}\u{a0}{}", currency.to_uppercase())
            } else {
                format!("{}\u{a0}{number}", currency.to_uppercase())
            };
        }
    };
    if spanish { format!("{number}\u{a0}{symbol}") } else { format!("{symbol}{number}") }
}

fn grouped(whole: i64, separator: char) -> String {
    let digits = whole.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fees_round_half_up() {
        let fee = Fee::default();
        assert_eq!(fee_on(0, fee), 20);
        assert_eq!(fee_on(33, fee), 20, "0.495 rounds down");
        assert_eq!(fee_on(100, fee), 22, "1.5 rounds up");
        assert_eq!(fee_on(4_500, fee), 88, "67.5 rounds up");
        assert_eq!(fee_on(10_000, Fee { basis_points: 290, fixed: 30 }), 320);
    }

    #[test]
    fn money_has_its_own_minor_units() {
        assert_eq!(written(1_234_567, "eur", false), "€12,345.67");
        assert_eq!(written(1_234_567, "eur", true), "12.345,67\u{a0}€");
        assert_eq!(written(1_500, "jpy", false), "¥1,500");
        assert_eq!(written(12_340, "kwd", false), "KWD\u{a0}12.340");
        assert_eq!(written(5, "usd", false), "$0.05");
    }
}
