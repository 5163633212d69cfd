//! Customers.

use serde_json::{Value, json};

use super::{metadata, retrieve as one};
use crate::{
    api::list as pages,
    error::ApiError,
    json::Object,
    params::{Params, merge_metadata},
    state::{Kind, State},
};

const TEXTS: [&str; 4] = ["email", "name", "phone", "description"];
const ADDRESS: [&str; 6] = ["city", "country", "line1", "line2", "postal_code", "state"];
const KNOWN: [&str; 7] = ["email", "name", "phone", "description", "metadata", "address", "preferred_locales"];

/// `GET /v1/customers/{id}`.
pub fn retrieve(state: &State, params: &Params, id: &str) -> Result<Value, ApiError> {
    one(state, params, Kind::Customer, id)
}

/// `GET /v1/customers`.
pub fn list(state: &State, params: &Params) -> Result<Value, ApiError> {
    let [limit, after, before] = pages::PAGE;
    params.only(&[limit, after, before, "created", "email"])?;
    let email = params.text("email")?;
    pages::page(state, Kind::Customer, "/v1/customers", params, |row| email.is_none_or(|email| row.text("email") == email))
}

/// `POST /v1/customers`.
pub fn create(state: &mut State, params: &Params) -> Result<Value, ApiError> {
    params.only(&KNOWN)?;
    let mut fields = json!({ "metadata": metadata(params)? });
    apply(&mut fields, params)?;
    Ok(add(state, &fields))
}

/// `POST /v1/customers/{id}`.
pub fn update(state: &mut State, params: &Params, id: &str) -> Result<Value, ApiError> {
    params.only(&KNOWN)?;
    let mut customer = state.find(Kind::Customer, id)?;
    apply(&mut customer, params)?;
    if let Some(changes) = params.metadata()? {
        merge_metadata(&mut customer, changes);
    }
    state.put(Kind::Customer, customer.clone());
    state.emit("customer.updated", &customer);
    Ok(customer)
}

fn apply(customer: &mut Value, params: &Params) -> Result<(), ApiError> {
    for name in TEXTS {
        if let Some(text) = params.text(name)? {
            if name == "email" && !text.contains('@') {
                return Err(ApiError::invalid_code("email_invalid", &format!("Invalid email address: {text}")).param("email"));
            }
            customer.set(name, text);
        }
    }
    if let Some(address) = params.object("address")? {
        address.only(&ADDRESS)?;
        let mut whole = json!({});
        for name in ADDRESS {
            whole.set(name, address.text(name)?);
        }
        customer.set("address", whole);
    }
    let locales = params.texts("preferred_locales")?;
    if !locales.is_empty() {
        customer.set("preferred_locales", locales);
    }
    Ok(())
}

/// Adds a customer with the given fields.
pub fn add(state: &mut State, fields: &Value) -> Value {
    let id = state.fresh_id(Kind::Customer, "cus_", 14);
    let prefix = state.ids.draw("", 8).to_uppercase();
    let customer = json!({
        "id": id,
        "object": "customer",
        "address": fields.field("address"),
        "balance": 0,
        "created": state.clock.seconds(),
        "currency": null,
        "default_source": null,
        "delinquent": false,
        "description": fields.field("description"),
        "discount": null,
        "email": fields.field("email"),
        "invoice_prefix": prefix,
        "invoice_settings": { "custom_fields": null, "default_payment_method": null, "footer": null, "rendering_options": null },
        "livemode": false,
        "metadata": fields.field("metadata").as_object().cloned().unwrap_or_default(),
        "name": fields.field("name"),
        "next_invoice_sequence": 1,
        "phone": fields.field("phone"),
        "preferred_locales": fields.field("preferred_locales").as_array().cloned().unwrap_or_default(),
        "shipping": null,
        "tax_exempt": "none",
        "test_clock": null,
    });
    state.put(Kind::Customer, customer.clone());
    state.emit("customer.created", &customer);
    customer
}
