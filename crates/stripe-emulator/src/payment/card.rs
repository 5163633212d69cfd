//! A card as typed, and what may be kept of it.

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::cards;
use crate::error::ApiError;

/// A checked card. Neither its number nor its CVC is ever stored.
#[derive(Clone)]
pub struct Card {
    /// Digits only.
    pub number: String,
    /// 1 to 12.
    pub exp_month: i64,
    /// Four digits.
    pub exp_year: i64,
    /// Name of the card's holder; may be empty.
    pub name: String,
    /// Address for the receipt; may be empty.
    pub email: String,
}

/// Which field of the form is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardField {
    /// Not a card number.
    Number,
    /// Not a month and year.
    Expiry,
    /// The card is out of date.
    Expired,
    /// Not three or four digits.
    Cvc,
    /// No name.
    Name,
    /// No e-mail address.
    Email,
}

impl Card {
    /// Checks what was typed: `expiry` is `MM/YY` or `MM/YYYY`.
    pub fn read(number: &str, expiry: &str, cvc: &str, now: Timestamp) -> Result<Self, Vec<CardField>> {
        let digits: String = number.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
        let mut wrong = Vec::new();
        if !(13..=19).contains(&digits.len()) || !luhn(&digits) {
            wrong.push(CardField::Number);
        }
        let (exp_month, exp_year) = read_expiry(expiry).unwrap_or_default();
        if exp_month == 0 {
            wrong.push(CardField::Expiry);
        }
        let today = now.to_zoned(TimeZone::UTC);
        if exp_year > 0 && (exp_year, exp_month) < (i64::from(today.year()), i64::from(today.month())) {
            wrong.push(CardField::Expired);
        }
        let cvc = cvc.trim();
        if !(3..=4).contains(&cvc.len()) || !cvc.bytes().all(|byte| byte.is_ascii_digit()) {
            wrong.push(CardField::Cvc);
        }
        if wrong.is_empty() {
            Ok(Self { number: digits, exp_month, exp_year, name: String::new(), email: String::new() })
        } else {
            Err(wrong)
        }
    }

    /// One of Stripe's test payment methods.
    pub fn named(method: &str, now: Timestamp) -> Result<Self, ApiError> {
        let number = cards::of_method(method)
            .ok_or_else(|| ApiError { status: 400, ..ApiError::no_such("PaymentMethod", method).param("payment_method") })?;
        let year = i64::from(now.to_zoned(TimeZone::UTC).year()) + 4;
        Ok(Self { number: number.to_owned(), exp_month: 12, exp_year: year, name: String::new(), email: String::new() })
    }

    /// What may be kept.
    pub fn facts(&self) -> CardFacts {
        let brand = match self.number.get(..2) {
            Some("34" | "37") => "amex",
            Some("51" | "52" | "53" | "54" | "55") => "mastercard",
            Some("60" | "65") => "discover",
            _ => "visa",
        };
        let fingerprint = hex::encode(Sha256::digest(self.number.as_bytes()));
        CardFacts {
            brand: brand.to_owned(),
            last4: self.number.get(self.number.len().saturating_sub(4)..).unwrap_or_default().to_owned(),
            exp_month: self.exp_month,
            exp_year: self.exp_year,
            fingerprint: fingerprint.chars().take(16).collect(),
            name: Some(self.name.clone()).filter(|name| !name.is_empty()),
            email: Some(self.email.clone()).filter(|email| !email.is_empty()),
        }
    }
}

fn read_expiry(text: &str) -> Option<(i64, i64)> {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let (month, year) = text.split_once(['/', '-']).or_else(|| text.split_at_checked(2))?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(month) || !digits(year) {
        return None;
    }
    let month: i64 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    let year: i64 = match year.len() {
        2 => 2000 + year.parse::<i64>().ok()?,
        4 => year.parse().ok()?,
        _ => return None,
    };
    Some((month, year))
}

fn luhn(digits: &str) -> bool {
    let mut sum = 0;
    for (position, digit) in digits.chars().rev().enumerate() {
        let Some(digit) = digit.to_digit(10) else { return false };
        let doubled = digit * 2;
        sum += match position % 2 {
            0 => digit,
            _ if doubled > 9 => doubled - 9,
            _ => doubled,
        };
    }
    !digits.is_empty() && sum % 10 == 0
}

/// The parts of a card that Stripe shows to merchants.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CardFacts {
    /// `visa`, `mastercard`, …
    pub brand: String,
    /// Last four digits.
    pub last4: String,
    /// 1 to 12.
    pub exp_month: i64,
    /// Four digits.
    pub exp_year: i64,
    /// The same for the same number.
    pub fingerprint: String,
    /// Name of the card's holder.
    pub name: Option<String>,
    /// Address for the receipt.
    pub email: Option<String>,
}

impl CardFacts {
    /// A card of which only what a receipt says is known; it is good for four years.
    pub fn of_receipt(brand: &str, last4: &str, now: Timestamp) -> Self {
        let fingerprint = hex::encode(Sha256::digest(format!("{brand} {last4}").as_bytes()));
        Self {
            brand: brand.to_owned(),
            last4: last4.to_owned(),
            exp_month: 12,
            exp_year: i64::from(now.to_zoned(TimeZone::UTC).year()) + 4,
            fingerprint: fingerprint.chars().take(16).collect(),
            name: None,
            email: None,
        }
    }

    /// Stripe's `billing_details`.
    pub fn billing_details(&self) -> Value {
        json!({
            "address": { "city": null, "country": null, "line1": null, "line2": null, "postal_code": null, "state": null },
            "email": self.email,
            "name": self.name,
            "phone": null,
            "tax_id": null,
        })
    }

    fn checks() -> Value {
        json!({ "address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass" })
    }

    /// `payment_method_details.card` of a charge over `amount`.
    pub fn charge_details(&self, amount: i64) -> Value {
        json!({
            "amount_authorized": amount,
            "authorization_code": null,
            "brand": self.brand,
            "checks": Self::checks(),
            "country": "US",
            "exp_month": self.exp_month,
            "exp_year": self.exp_year,
            "extended_authorization": { "status": "disabled" },
            "fingerprint": self.fingerprint,
            "funding": "credit",
            "incremental_authorization": { "status": "unavailable" },
            "installments": null,
            "last4": self.last4,
            "mandate": null,
            "multicapture": { "status": "unavailable" },
            "network": self.brand,
            "network_token": { "used": false },
            "network_transaction_id": null,
            "overcapture": { "maximum_amount_capturable": amount, "status": "unavailable" },
            "regulated_status": "unregulated",
            "three_d_secure": null,
            "transaction_link_id": null,
            "wallet": null,
        })
    }

    /// `card` of a `PaymentMethod`.
    pub fn method_details(&self) -> Value {
        json!({
            "brand": self.brand,
            "checks": Self::checks(),
            "country": "US",
            "display_brand": self.brand,
            "exp_month": self.exp_month,
            "exp_year": self.exp_year,
            "fingerprint": self.fingerprint,
            "funding": "credit",
            "generated_from": null,
            "last4": self.last4,
            "networks": { "available": [self.brand], "preferred": null },
            "regulated_status": "unregulated",
            "three_d_secure_usage": { "supported": true },
            "wallet": null,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-10-15T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn cards_are_checked_before_anything_is_charged() {
        let card = Card::read(" 4242-4242 4242 4242", "10 / 26", "123", now()).unwrap();
        assert_eq!((card.number.as_str(), card.exp_month, card.exp_year), ("4242424242424242", 10, 2026));
        let wrong = |number: &str, expiry: &str, cvc: &str| Card::read(number, expiry, cvc, now()).err().unwrap();
        assert_eq!(wrong("4242424242424241", "12/30", "123"), [CardField::Number]);
        assert_eq!(wrong("", "12/30", "123"), [CardField::Number]);
        assert_eq!(wrong("4242424242424242", "13/30", "123"), [CardField::Expiry]);
        assert_eq!(wrong("4242424242424242", "+1/30", "123"), [CardField::Expiry]);
        assert_eq!(wrong("4242424242424242", "09/26", "123"), [CardField::Expired]);
        assert_eq!(wrong("4242424242424242", "12/2030", "12a"), [CardField::Cvc]);
        assert_eq!(wrong("x", "é", ""), [CardField::Number, CardField::Expiry, CardField::Cvc]);
    }

    #[test]
    fn every_listed_card_is_a_valid_number() {
        for card in super::super::listed() {
            assert!(Card::read(card, "1230", "123", now()).is_ok(), "{card}");
        }
    }
}
