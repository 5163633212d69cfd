//! The hosted payment page.

use scraper::{Html, Selector};
use serde_json::{Value, json};

use crate::support::*;

fn first(html: &Html, selector: &str) -> Option<scraper::node::Element> {
    html.select(&Selector::parse(selector).unwrap()).next().map(|element| element.value().clone())
}

fn words(html: &Html, selector: &str) -> String {
    html.select(&Selector::parse(selector).unwrap()).map(|element| element.text().collect::<String>()).collect::<Vec<_>>().join(" | ")
}

fn form<'a>(number: &'a str, name: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("number", number), ("expiry", "12/34"), ("cvc", "123"), ("name", name)]
}

async fn submit(stripe: &Stripe, session: &Value, fields: &[(&str, &str)]) -> Answer {
    answer(stripe.http.post(session["url"].as_str().unwrap()).form(fields)).await
}

async fn show(stripe: &Stripe, session: &Value) -> Answer {
    answer(stripe.http.get(format!("{}/c/pay/{}", stripe.url, id(session)))).await
}

#[tokio::test]
async fn the_page_shows_what_is_paid() {
    let stripe = Stripe::start().await;
    let session = stripe.session().await;
    let page = show(&stripe, &session).await;
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    assert!(!page.text.contains("<1-on-1>") && !page.text.contains("<script"), "everything is escaped");
    let html = Html::parse_document(&page.text);
    assert_eq!(words(&html, "h1"), "Pay Test merchant");
    assert_eq!(words(&html, ".lines li span"), "Spanish <1-on-1> | €45.00 | Total | €45.00");
    assert_eq!(words(&html, "button"), "Pay €45.00");
    assert_eq!(first(&html, "a.back").unwrap().attr("href"), Some("http://school.localhost/cancel"));
    for name in ["number", "expiry", "cvc", "name"] {
        assert!(first(&html, &format!("label[for={name}]")).is_some(), "{name} has a label");
    }
    assert!(first(&html, "input[name=email]").is_none(), "the address is known");
    assert!(words(&html, "dl").contains("4000 0025 0000 3155"));
}

#[tokio::test]
async fn paying_sends_the_buyer_back() {
    let stripe = Stripe::start().await;
    let session = stripe.session().await;
    let paid = submit(&stripe, &session, &form("4242 4242 4242 4242", "Ana")).await;
    assert_eq!(paid.status, 303);
    assert_eq!(paid.header("location").unwrap(), format!("http://school.localhost/paid?session={}", id(&session)));
    let again = submit(&stripe, &session, &form("4242424242424242", "Ana")).await;
    assert_eq!(again.status, 200);
    let html = Html::parse_document(&again.text);
    assert_eq!(words(&html, "h1"), "Payment complete");
    assert_eq!(first(&html, "a.button").unwrap().attr("href"), paid.header("location"));
    let shown = show(&stripe, &session).await;
    assert!(first(&Html::parse_document(&shown.text), "form").is_none());
    assert_eq!(stripe.stats().await["charges"]["succeeded"], 1);
    let charge = stripe.get("/v1/charges").await.ok()["data"][0].clone();
    assert_eq!(charge["billing_details"]["name"], "Ana");
    let receipt = answer(stripe.http.get(charge["receipt_url"].as_str().unwrap())).await;
    assert!(receipt.text.contains("€45.00") && receipt.text.contains("4242"));
}

#[tokio::test]
async fn a_double_click_pays_once() {
    let stripe = Stripe::start().await;
    let session = stripe.session().await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let request = stripe.http.post(session["url"].as_str().unwrap()).form(&form("4242424242424242", "Ana"));
        tasks.spawn(async move { answer(request).await.status.as_u16() });
    }
    let mut statuses = tasks.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [[200; 9].as_slice(), &[303]].concat());
    assert_eq!(stripe.stats().await["charges"]["succeeded"], 1);
}

#[tokio::test]
async fn a_declined_card_comes_back_with_the_name_but_never_the_card() {
    let stripe = Stripe::start().await;
    let session = stripe.session().await;
    let page = submit(&stripe, &session, &form("4000000000000002", "Ana \"Q\"")).await;
    let html = Html::parse_document(&page.text);
    assert_eq!(words(&html, "[role=alert]"), "Your card was declined. Try a different card.");
    assert_eq!(first(&html, "input[name=name]").unwrap().attr("value"), Some("Ana \"Q\""));
    for name in ["number", "expiry", "cvc"] {
        assert_eq!(first(&html, &format!("input[name={name}]")).unwrap().attr("value"), Some(""));
    }
    let funds = submit(&stripe, &session, &form("4000000000009995", "Ana")).await;
    assert!(funds.text.contains("insufficient funds."));
    assert_eq!(submit(&stripe, &session, &form("4242424242424242", "Ana")).await.status, 303);
}

#[tokio::test]
async fn wrong_fields_are_marked_and_nothing_is_charged() {
    let stripe = Stripe::start().await;
    let session = stripe.post("/v1/checkout/sessions", &session_with("customer_email", "")).await.ok();
    let page =
        submit(&stripe, &session, &[("number", "4242424242424241"), ("expiry", "01/20"), ("cvc", "1"), ("name", " "), ("email", "ana")])
            .await;
    let html = Html::parse_document(&page.text);
    for name in ["number", "expiry", "cvc", "name", "email"] {
        let input = first(&html, &format!("input[name={name}]")).unwrap();
        assert_eq!(input.attr("aria-invalid"), Some("true"), "{name}");
        assert!(!words(&html, &format!("#{}", input.attr("aria-describedby").unwrap())).is_empty());
    }
    assert_eq!(first(&html, "input[name=email]").unwrap().attr("value"), Some("ana"));
    assert_eq!(stripe.stats().await["payment_intents"], json!({}));
    let mut good = form("4242424242424242", "Ana");
    good.push(("email", "ana@example.com"));
    assert_eq!(submit(&stripe, &session, &good).await.status, 303);
    let sessions = stripe.get("/v1/checkout/sessions?customer_details[email]=ana@example.com").await.ok();
    assert_eq!(sessions["data"][0]["id"], session["id"]);
}

#[tokio::test]
async fn three_d_secure_is_a_page_between() {
    let stripe = Stripe::start().await;
    let session = stripe.session().await;
    let mut challenges = Vec::new();
    for _ in 0..2 {
        let asked = submit(&stripe, &session, &form("4000002500003155", "Ana")).await;
        assert_eq!(asked.status, 303);
        challenges.push(format!("{}{}", stripe.url, asked.header("location").unwrap()));
    }
    let answer_with = |url: &str, word: &'static str| answer(stripe.http.post(url).form(&[("answer", word)]));
    // The first was overtaken by the second: it pays nothing.
    assert_eq!(answer_with(&challenges[0], "complete").await.header("location").unwrap(), format!("/c/pay/{}", id(&session)));
    assert_eq!(stripe.stats().await["charges"]["succeeded"], 0);
    let page = answer(stripe.http.get(&challenges[1])).await;
    assert_eq!(words(&Html::parse_document(&page.text), "button"), "Complete | Fail");

    let failed = answer_with(&challenges[1], "fail").await;
    let back = answer(stripe.http.get(format!("{}{}", stripe.url, failed.header("location").unwrap()))).await;
    let html = Html::parse_document(&back.text);
    assert!(words(&html, "[role=alert]").starts_with("Your bank could not confirm"));
    assert_eq!(first(&html, "input[name=name]").unwrap().attr("value"), Some("Ana"));

    let third = submit(&stripe, &session, &form("4000002500003155", "Ana")).await;
    challenges.push(format!("{}{}", stripe.url, third.header("location").unwrap()));
    let paid = answer_with(&challenges[2], "complete").await;
    assert!(paid.header("location").unwrap().starts_with("http://school.localhost/paid"));
    assert_eq!(answer_with(&challenges[2], "complete").await.status, 303);
    assert_eq!(stripe.stats().await["charges"]["succeeded"], 1);
}

#[tokio::test]
async fn an_expired_session_says_so() {
    let stripe = Stripe::start().await;
    let session = stripe.session().await;
    let asked = submit(&stripe, &session, &form("4000002500003155", "Ana")).await;
    stripe.post(&format!("/v1/checkout/sessions/{}/expire", id(&session)), &[]).await.ok();
    for page in [show(&stripe, &session).await, submit(&stripe, &session, &form("4242424242424242", "Ana")).await] {
        let html = Html::parse_document(&page.text);
        assert_eq!(words(&html, "h1"), "This payment page has expired");
        assert_eq!(first(&html, "a.button").unwrap().attr("href"), Some("http://school.localhost/cancel"));
    }
    let late =
        answer(stripe.http.post(format!("{}{}", stripe.url, asked.header("location").unwrap())).form(&[("answer", "complete")])).await;
    assert_eq!(late.status, 303);
    assert_eq!(stripe.stats().await["charges"]["succeeded"], 0);
    assert_eq!(answer(stripe.http.get(format!("{}/c/pay/cs_none", stripe.url))).await.status, 404);
}

#[tokio::test]
async fn the_page_speaks_spanish() {
    let stripe = Stripe::start().await;
    let session = stripe.post("/v1/checkout/sessions", &session_with("locale", "es")).await.ok();
    let page = show(&stripe, &session).await;
    let html = Html::parse_document(&page.text);
    assert_eq!(first(&html, "html").unwrap().attr("lang"), Some("es"));
    assert_eq!(words(&html, "button"), "Pagar 45,00\u{a0}€");
    let auto = stripe.session().await;
    let page = answer(stripe.http.get(auto["url"].as_str().unwrap()).header("accept-language", "es-PE,es;q=0.9")).await;
    assert!(page.text.contains("Número de tarjeta"));
}

#[tokio::test]
async fn amounts_have_the_currencys_digits_and_a_merchant_may_name_itself() {
    let stripe = Stripe::start().await;
    for (currency, amount, shown) in [("jpy", "4500", "¥4,500"), ("kwd", "4500", "KWD\u{a0}4.500"), ("usd", "123456", "$1,234.56")] {
        let mut params = session_with("line_items[0][price_data][currency]", currency);
        params.retain(|(name, _)| *name != "line_items[0][price_data][unit_amount]");
        params.extend([("line_items[0][price_data][unit_amount]", amount), ("branding_settings[display_name]", "Aula & Co")]);
        let session = stripe.post("/v1/checkout/sessions", &params).await.ok();
        let html = Html::parse_document(&show(&stripe, &session).await.text);
        assert_eq!(words(&html, ".sum"), shown);
        assert_eq!(words(&html, "h1"), "Pay Aula & Co");
    }
}
