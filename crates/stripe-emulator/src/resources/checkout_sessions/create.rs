//! `POST /v1/checkout/sessions`.

use serde_json::{Map, Value, json};

use super::line_items;
use crate::{
    error::ApiError,
    json::Object,
    params::Params,
    resources::{chargeable, customers, metadata, web_address},
    state::{Kind, State},
};

const PARAMS: [&str; 23] = [
    "mode",
    "line_items",
    "currency",
    "client_reference_id",
    "customer",
    "customer_email",
    "customer_creation",
    "metadata",
    "payment_intent_data",
    "payment_method_types",
    "allowed_payment_method_types",
    "expires_at",
    "success_url",
    "cancel_url",
    "locale",
    "submit_type",
    "ui_mode",
    "branding_settings",
    "allow_promotion_codes",
    "billing_address_collection",
    "phone_number_collection",
    "payment_method_options",
    "origin_context",
];

/// Locales of Stripe Checkout.
const LOCALES: &[&str] = &[
    "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hr", "hu", "id", "it", "ja",
    "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW",
];

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

/// Creates an open session.
pub fn create(state: &mut State, params: &Params) -> Result<Value, ApiError> {
    params.only(&PARAMS)?;
    match params.required("mode")? {
        "payment" => {}
        other => return Err(params.wrong("mode", &format!("Invalid mode: this emulator knows `payment` only (you passed {other})"))),
    }
    // `hosted` is what versions before 2026 call the same thing.
    let ui_mode = params.choice("ui_mode", &["hosted", "hosted_page"])?.unwrap_or("hosted_page");
    params.choice("billing_address_collection", &["auto", "required"])?;
    only_cards(params)?;
    let now = state.clock.seconds();
    let expires_at = expiry(params, now)?;
    let success_url = web_address(params, "success_url")?.ok_or_else(|| ApiError::missing("success_url"))?;
    let cancel_url = web_address(params, "cancel_url")?;
    let metadata = metadata(params)?;
    let intent_data = intent_data(params)?;
    let merchant = match params.object("branding_settings")? {
        Some(branding) => branding.text("display_name")?.map(str::to_owned),
        None => None,
    };
    let (customer, email) = payer(state, params)?;
    let lines = line_items::read(state, params)?;
    chargeable(lines.total, &lines.currency, "line_items")?;

    let customer = match params.choice("customer_creation", &["always", "if_required"])? {
        Some("always") if customer.is_null() => {
            let fields = json!({ "email": email, "name": null });
            Value::String(customers::add(state, &fields).id().to_owned())
        }
        _ => customer,
    };
    let id = state.fresh_id(Kind::Session, "cs_test_a1", 56);
    let mut session = row((&id, now), expires_at, lines.total, &lines.currency, metadata);
    session.set("allow_promotion_codes", params.text("allow_promotion_codes")?.map(|word| word == "true"));
    session.set("billing_address_collection", params.text("billing_address_collection")?);
    session.set("cancel_url", cancel_url);
    session.set("client_reference_id", params.text("client_reference_id")?);
    session.set("customer", customer);
    if params.text("customer")?.is_some() {
        session.set("customer_creation", Value::Null);
    } else if let Some(creation) = params.text("customer_creation")? {
        session.set("customer_creation", creation);
    }
    if let Some(email) = email.as_str() {
        session.set(
            "customer_details",
            json!({
                "address": null, "business_name": null, "email": email, "individual_name": null,
                "name": null, "phone": null, "tax_exempt": "none", "tax_ids": null,
            }),
        );
    }
    session.set("customer_email", params.text("customer_email")?);
    session.set("locale", params.choice("locale", LOCALES)?);
    session.set("origin_context", params.text("origin_context")?);
    session.set("submit_type", params.choice("submit_type", &["auto", "book", "donate", "pay"])?);
    session.set("success_url", success_url);
    session.set("ui_mode", ui_mode);
    session.set("url", format!("{}/c/pay/{id}", state.public_url));
    let detail = json!({
        "id": id,
        "line_items": lines.items,
        "intent": intent_data,
        "merchant": merchant.unwrap_or_else(|| state.merchant.clone()),
    });
    state.put(Kind::SessionDetail, detail);
    state.put(Kind::Session, session.clone());
    Ok(session)
}

/// An open session with its id and time, without anything that a request may choose.
pub fn row((id, created): (&str, i64), expires_at: i64, amount: i64, currency: &str, metadata: Value) -> Value {
    json!({
        "id": id,
        "object": "checkout.session",
        "adaptive_pricing": null,
        "after_expiration": null,
        "allow_promotion_codes": null,
        "amount_subtotal": amount,
        "amount_total": amount,
        "automatic_tax": { "enabled": false, "liability": null, "provider": null, "status": null },
        "billing_address_collection": null,
        "cancel_url": null,
        "client_reference_id": null,
        "client_secret": null,
        "collected_information": null,
        "consent": null,
        "consent_collection": null,
        "created": created,
        "currency": currency,
        "currency_conversion": null,
        "custom_fields": [],
        "custom_text": { "after_submit": null, "shipping_address": null, "submit": null, "terms_of_service_acceptance": null },
        "customer": null,
        "customer_account": null,
        "customer_creation": "if_required",
        "customer_details": null,
        "customer_email": null,
        "discounts": [],
        "expires_at": expires_at,
        "invoice": null,
        "invoice_creation": {
            "enabled": false,
            "invoice_data": {
                "account_tax_ids": null, "custom_fields": null, "description": null, "footer": null,
                "issuer": null, "metadata": {}, "rendering_options": null,
            },
        },
        "livemode": false,
        "locale": null,
        "metadata": metadata,
        "mode": "payment",
        "origin_context": null,
        "payment_intent": null,
        "payment_link": null,
        "payment_method_collection": "if_required",
        "payment_method_configuration_details": null,
        "payment_method_options": { "card": { "request_three_d_secure": "automatic" } },
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "permissions": null,
        "phone_number_collection": { "enabled": false },
        "recovered_from": null,
        "saved_payment_method_options": null,
        "setup_intent": null,
        "shipping_address_collection": null,
        "shipping_cost": null,
        "shipping_options": [],
        "status": "open",
        "submit_type": null,
        "subscription": null,
        "success_url": null,
        "total_details": { "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 },
        "ui_mode": "hosted_page",
        "url": null,
        "wallet_options": null,
    })
}

fn only_cards(params: &Params) -> Result<(), ApiError> {
    match params.texts("payment_method_types")?.iter().find(|name| *name != "card") {
        Some(other) => Err(params
            .wrong("payment_method_types", &format!("Invalid payment method type: this emulator knows `card` only (you passed {other})"))),
        None => Ok(()),
    }
}

/// 24 hours when absent, otherwise 30 minutes to 24 hours from now.
fn expiry(params: &Params, now: i64) -> Result<i64, ApiError> {
    match params.int("expires_at")? {
        None => Ok(now + DAY),
        Some(at) if at < now + 30 * MINUTE => {
            Err(params.wrong("expires_at", "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation."))
        }
        Some(at) if at > now + DAY => {
            Err(params.wrong("expires_at", "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation."))
        }
        Some(at) => Ok(at),
    }
}

/// What `payment_intent_data` says about the `PaymentIntent` to come.
fn intent_data(params: &Params) -> Result<Value, ApiError> {
    let Some(data) = params.object("payment_intent_data")? else { return Ok(json!({ "metadata": {} })) };
    let texts = ["transfer_group", "description", "receipt_email", "statement_descriptor", "statement_descriptor_suffix"];
    let mut known = texts.to_vec();
    known.extend(["metadata", "capture_method"]);
    data.only(&known)?;
    data.choice("capture_method", &["automatic", "automatic_async"])?;
    let mut fields = Map::new();
    for name in texts {
        fields.insert(name.to_owned(), data.text(name)?.into());
    }
    fields.insert("metadata".to_owned(), metadata(&data)?);
    Ok(Value::Object(fields))
}

/// The customer's id (or null) and the e-mail address known so far (or null).
fn payer(state: &State, params: &Params) -> Result<(Value, Value), ApiError> {
    let email = params.text("customer_email")?;
    if let Some(email) = email.filter(|email| !email.contains('@') || email.contains(char::is_whitespace)) {
        return Err(ApiError::invalid_code("email_invalid", &format!("Invalid email address: {email}")).param("customer_email"));
    }
    match params.text("customer")? {
        Some(_) if email.is_some() => Err(ApiError::invalid("You may only specify one of these parameters: customer, customer_email.")),
        Some(id) => match state.get(Kind::Customer, id) {
            Some(customer) => Ok((id.into(), customer.field("email").clone())),
            None => Err(ApiError { status: 400, ..ApiError::no_such("customer", id).param("customer") }),
        },
        None => Ok((Value::Null, email.into())),
    }
}
