//! Products that come into being with `product_data`; shown when expanded.

use serde_json::{Value, json};

use crate::state::{Kind, State};

/// Adds a product and returns its id.
pub fn add(state: &mut State, name: &str, description: Option<&str>, images: &[String], metadata: Value) -> String {
    let id = state.fresh_id(Kind::Product, "prod_", 14);
    let now = state.clock.seconds();
    let product = json!({
        "id": id,
        "object": "product",
        "active": false,
        "created": now,
        "default_price": null,
        "description": description,
        "images": images,
        "livemode": false,
        "marketing_features": [],
        "metadata": metadata,
        "name": name,
        "package_dimensions": null,
        "shippable": null,
        "statement_descriptor": null,
        "tax_code": null,
        "type": "service",
        "unit_label": null,
        "updated": now,
        "url": null,
    });
    state.put(Kind::Product, product);
    id
}
