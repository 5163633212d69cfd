//! Cursor lists.

use serde_json::{Value, json};

use crate::support::*;

fn names(list: &Value) -> Vec<&str> {
    list["data"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn cursors_walk_both_ways() {
    let stripe = Stripe::start().await;
    let mut ids = Vec::new();
    for name in ["1", "2", "3", "4", "5"] {
        ids.push(id(&stripe.post("/v1/customers", &[("name", name)]).await.ok()).to_owned());
    }
    let shared = &stripe;
    let page = |query: String| async move { shared.get(&format!("/v1/customers?{query}")).await.ok() };
    let first = page("limit=2".to_owned()).await;
    assert_eq!((names(&first), &first["has_more"], &first["url"]), (vec!["5", "4"], &json!(true), &json!("/v1/customers")));
    let second = page(format!("limit=2&starting_after={}", ids[3])).await;
    assert_eq!((names(&second), &second["has_more"]), (vec!["3", "2"], &json!(true)));
    let last = page(format!("limit=2&starting_after={}", ids[1])).await;
    assert_eq!((names(&last), &last["has_more"]), (vec!["1"], &json!(false)));
    let back = page(format!("limit=2&ending_before={}", ids[0])).await;
    assert_eq!((names(&back), &back["has_more"]), (vec!["3", "2"], &json!(true)));
    let newest = page(format!("limit=2&ending_before={}", ids[2])).await;
    assert_eq!((names(&newest), &newest["has_more"]), (vec!["5", "4"], &json!(false)));
}

#[tokio::test]
async fn limits_and_cursors_are_checked() {
    let stripe = Stripe::start().await;
    for query in ["limit=0", "limit=101", "limit=x", "starting_after=cus_none", "ending_before=cus_none"] {
        let error = stripe.get(&format!("/v1/customers?{query}")).await.error(400);
        assert_eq!(error["param"], query.split('=').next().unwrap());
    }
}

#[tokio::test]
async fn lists_filter() {
    let stripe = Stripe::start().await;
    let one = stripe.paid().await;
    stripe.control("/clock", json!({ "advance": 100 })).await;
    let two = stripe.paid().await;
    let shared = &stripe;
    let count = |path: String| async move { shared.get(&path).await.ok()["data"].as_array().unwrap().len() };
    assert_eq!(count(format!("/v1/charges?payment_intent={}", id(&one))).await, 1);
    assert_eq!(count("/v1/charges?transfer_group=group_1".to_owned()).await, 2);
    assert_eq!(count(format!("/v1/charges?created[gte]={}", two["created"])).await, 1);
    assert_eq!(count(format!("/v1/charges?created[lt]={}", two["created"])).await, 1);
    assert_eq!(count(format!("/v1/charges?created={}", one["created"])).await, 1);
    assert_eq!(count(format!("/v1/checkout/sessions?payment_intent={}", id(&two))).await, 1);
    assert_eq!(count("/v1/checkout/sessions?status=open".to_owned()).await, 0);
    assert_eq!(count("/v1/events?type=charge.succeeded".to_owned()).await, 2);
    assert_eq!(count("/v1/events?types[]=charge.succeeded&types[]=payment_intent.created".to_owned()).await, 4);
    assert_eq!(count(format!("/v1/balance_transactions?source={}", id(&one["latest_charge"]))).await, 1);
}
