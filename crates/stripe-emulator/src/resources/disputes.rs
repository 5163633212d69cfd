//! Disputes: what follows a charge that its card holder denies.

use serde_json::{Map, Value, json};

use super::retrieve as one;
use crate::{
    api::list as pages,
    error::ApiError,
    json::Object,
    params::Params,
    resources::balance_transactions,
    state::{Kind, State},
};

/// Minor units that Stripe takes for a dispute.
const FEE: i64 = 2_000;
/// Seconds to answer with evidence.
const DUE: i64 = 9 * 24 * 60 * 60;

const EVIDENCE: [&str; 27] = [
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
];

/// `GET /v1/disputes/{id}`.
pub fn retrieve(state: &State, params: &Params, id: &str) -> Result<Value, ApiError> {
    one(state, params, Kind::Dispute, id)
}

/// `GET /v1/disputes`.
pub fn list(state: &State, params: &Params) -> Result<Value, ApiError> {
    let [limit, after, before] = pages::PAGE;
    params.only(&[limit, after, before, "created", "charge", "payment_intent"])?;
    let (charge, intent) = (params.text("charge")?, params.text("payment_intent")?);
    pages::page(state, Kind::Dispute, "/v1/disputes", params, |row| {
        charge.is_none_or(|id| row.text("charge") == id) && intent.is_none_or(|id| row.text("payment_intent") == id)
    })
}

/// The card holder of `charge` denies it: the money and a fee leave the
/// balance until the dispute is decided.
pub fn open(state: &mut State, charge: &str) {
    let Some(mut charge) = state.get(Kind::Charge, charge).cloned() else { return };
    let id = state.fresh_id(Kind::Dispute, "du_1", 23);
    let (amount, currency) = (charge.int("amount"), charge.text("currency").to_owned());
    let transaction = balance_transactions::add(state, "adjustment", "dispute", -amount, &currency, FEE, &id);
    charge.set("disputed", true);
    state.put(Kind::Charge, charge.clone());

    let now = state.clock.seconds();
    let mut evidence: Map<String, Value> = EVIDENCE.iter().map(|name| ((*name).to_owned(), Value::Null)).collect();
    evidence.insert("enhanced_evidence".to_owned(), json!({}));
    let moved = state.get(Kind::BalanceTransaction, &transaction).cloned().map(|row| balance_transactions::at(row, now));
    let dispute = json!({
        "id": id,
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [moved],
        "charge": charge.id(),
        "created": now,
        "currency": currency,
        "enhanced_eligibility_types": [],
        "evidence": evidence,
        "evidence_details": { "due_by": now + DUE, "enhanced_eligibility": {}, "has_evidence": false, "past_due": false, "submission_count": 0 },
        "is_charge_refundable": false,
        "livemode": false,
        "metadata": {},
        "payment_intent": charge.field("payment_intent"),
        "payment_method_details": {
            "card": { "brand": charge.field("payment_method_details").field("card").field("brand"), "case_type": "chargeback", "network": "visa", "network_reason_code": "10.4" },
            "type": "card",
        },
        "reason": "fraudulent",
        "status": "needs_response",
    });
    state.put(Kind::Dispute, dispute.clone());
    state.emit("charge.dispute.created", &dispute);
    state.emit("charge.dispute.funds_withdrawn", &dispute);
}
