//! One file per resource of Stripe's API.

use serde_json::{Map, Value};

use crate::{
    api::expand,
    error::ApiError,
    params::Params,
    state::{Kind, State},
};

pub mod balance;
pub mod balance_transactions;
pub mod charges;
pub mod checkout_sessions;
pub mod customers;
pub mod disputes;
pub mod events;
pub mod payment_intents;
pub mod products;
pub mod refunds;
pub mod webhook_endpoints;

/// `GET /v1/<resource>/<id>` of any kind.
fn retrieve(state: &State, params: &Params, kind: Kind, id: &str) -> Result<Value, ApiError> {
    params.only(&[])?;
    state.find(kind, id)?;
    expand::view(state, id).ok_or_else(|| ApiError::no_such(kind.noun(), id))
}

/// `metadata` of a request that creates something: empty when absent.
fn metadata(params: &Params) -> Result<Value, ApiError> {
    let mut given = params.metadata()?.unwrap_or_else(Map::new);
    given.retain(|_, value| value.as_str() != Some(""));
    Ok(Value::Object(given))
}

/// A currency in lower case that Stripe could know.
fn currency(params: &Params) -> Result<String, ApiError> {
    let code = params.required("currency")?.to_ascii_lowercase();
    if crate::money::is_currency(&code) { Ok(code) } else { Err(params.wrong("currency", &format!("Invalid currency: {code}"))) }
}

/// Refuses amounts below Stripe's minimum, and three-decimal amounts that do
/// not end in 0 (<https://docs.stripe.com/currencies#three-decimal>).
fn chargeable(amount: i64, currency: &str, param: &str) -> Result<(), ApiError> {
    if amount < crate::money::least(currency) {
        let message = format!("Amount must be at least {}", crate::money::written(crate::money::least(currency), currency, false));
        return Err(ApiError::invalid_code("amount_too_small", &message).param(param));
    }
    if amount > 99_999_999 && crate::money::decimals(currency) < 3 || amount > 999_999_990 {
        return Err(ApiError::invalid_code("amount_too_large", "Amount must be no more than 99999999 minor units").param(param));
    }
    if crate::money::decimals(currency) == 3 && amount % 10 != 0 {
        return Err(ApiError::invalid(&format!("Invalid amount: {currency} amounts have to be divisible by 10")).param(param));
    }
    Ok(())
}

/// An `http://` or `https://` address.
fn web_address<'a>(params: &'a Params, key: &str) -> Result<Option<&'a str>, ApiError> {
    match params.text(key)? {
        Some(url) if !(url.starts_with("https://") || url.starts_with("http://")) || url.contains(char::is_whitespace) => {
            Err(ApiError::invalid_code("url_invalid", "Not a valid URL").param(key))
        }
        url => Ok(url),
    }
}
