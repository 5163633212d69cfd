//! What a session sells.

use serde_json::{Value, json};

use crate::{
    api::list as pages,
    error::ApiError,
    json::Object,
    params::Params,
    resources::{currency, metadata, products},
    state::{Kind, State},
};

/// The lines of a request with their sum.
pub struct Lines {
    /// Stripe's `item` objects.
    pub items: Vec<Value>,
    /// Sum in minor units.
    pub total: i64,
    /// The one currency of all lines.
    pub currency: String,
}

/// Reads `line_items[…][price_data]`; nothing is written when one is wrong.
pub fn read(state: &mut State, params: &Params) -> Result<Lines, ApiError> {
    let given = params.objects("line_items")?;
    if given.is_empty() {
        return Err(ApiError::missing("line_items"));
    }
    if given.len() > 100 {
        return Err(params.wrong("line_items", "A Checkout Session can have at most 100 line items"));
    }
    let parts = given.iter().map(Part::read).collect::<Result<Vec<_>, _>>()?;
    let currency = parts.first().map(|part| part.currency.clone()).unwrap_or_default();
    if parts.iter().any(|part| part.currency != currency) {
        return Err(ApiError::invalid("Each Price object must have the same `currency` field.").param("line_items"));
    }
    let total = parts.iter().try_fold(0_i64, |sum, part| sum.checked_add(part.unit_amount.checked_mul(part.quantity)?));
    let total = total.ok_or_else(|| ApiError::invalid_code("amount_too_large", "The total is too large").param("line_items"))?;
    let items = parts.into_iter().map(|part| part.write(state)).collect();
    Ok(Lines { items, total, currency })
}

struct Part {
    currency: String,
    unit_amount: i64,
    quantity: i64,
    name: String,
    description: Option<String>,
    images: Vec<String>,
    metadata: Value,
    tax_behavior: String,
}

impl Part {
    fn read(line: &Params) -> Result<Self, ApiError> {
        line.only(&["price_data", "quantity"])?;
        let price = line
            .object("price_data")?
            .ok_or_else(|| line.wrong("price_data", "Line items need `price_data`: this emulator keeps no catalogue of prices"))?;
        price.only(&["currency", "unit_amount", "product_data", "tax_behavior"])?;
        let product = price.object("product_data")?.ok_or_else(|| price.wrong("product_data", "Missing required param: product_data."))?;
        product.only(&["name", "description", "images", "metadata", "tax_code", "unit_label"])?;
        let unit_amount = price.int("unit_amount")?.ok_or_else(|| price.wrong("unit_amount", "Missing required param: unit_amount."))?;
        if unit_amount < 0 {
            return Err(ApiError::invalid_code("parameter_invalid_integer", "Invalid non-negative integer")
                .param("line_items[price_data][unit_amount]"));
        }
        let quantity = line.int("quantity")?.ok_or_else(|| line.wrong("quantity", "Missing required param: quantity."))?;
        if !(1..=999_999).contains(&quantity) {
            return Err(line.wrong("quantity", "Quantity must be between 1 and 999999"));
        }
        Ok(Self {
            currency: currency(&price)?,
            unit_amount,
            quantity,
            name: product.required("name")?.to_owned(),
            description: product.text("description")?.map(str::to_owned),
            images: product.texts("images")?,
            metadata: metadata(&product)?,
            tax_behavior: price.choice("tax_behavior", &["exclusive", "inclusive", "unspecified"])?.unwrap_or("unspecified").to_owned(),
        })
    }

    fn write(self, state: &mut State) -> Value {
        let product = products::add(state, &self.name, self.description.as_deref(), &self.images, self.metadata);
        let amount = self.unit_amount * self.quantity;
        let price = json!({
            "id": state.ids.draw("price_1", 23),
            "object": "price",
            "active": false,
            "billing_scheme": "per_unit",
            "created": state.clock.seconds(),
            "currency": self.currency,
            "custom_unit_amount": null,
            "livemode": false,
            "lookup_key": null,
            "metadata": {},
            "nickname": null,
            "product": product,
            "recurring": null,
            "tax_behavior": self.tax_behavior,
            "tiers_mode": null,
            "transform_quantity": null,
            "type": "one_time",
            "unit_amount": self.unit_amount,
            "unit_amount_decimal": self.unit_amount.to_string(),
        });
        json!({
            "id": state.ids.draw("li_1", 23),
            "object": "item",
            "adjustable_quantity": null,
            "amount_discount": 0,
            "amount_subtotal": amount,
            "amount_tax": 0,
            "amount_total": amount,
            "currency": self.currency,
            "description": self.name,
            "metadata": {},
            "price": price,
            "quantity": self.quantity,
        })
    }
}

/// The lines of a session.
pub fn line_items(state: &State, session: &str) -> Vec<Value> {
    super::detail(state, session).field("line_items").as_array().cloned().unwrap_or_default()
}

/// `GET /v1/checkout/sessions/{id}/line_items`.
pub fn list(state: &State, params: &Params, id: &str) -> Result<Value, ApiError> {
    params.only(&pages::PAGE)?;
    state.find(Kind::Session, id)?;
    pages::of(line_items(state, id), &format!("/v1/checkout/sessions/{id}/line_items"), params)
}
