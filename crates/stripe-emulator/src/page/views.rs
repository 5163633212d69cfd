//! The pages themselves.

use serde_json::Value;

use super::{
    asks_for_email,
    html::{escape, frame},
    language::Language,
    success_url,
};
use crate::{
    json::Object,
    money::written,
    payment::{CardField, Decline, listed},
    resources::checkout_sessions,
    state::State,
};

/// What of the form is shown again. Never the card.
#[derive(Default)]
pub struct Typed {
    /// Name on the card.
    pub name: String,
    /// Address for the receipt.
    pub email: String,
}

/// What went wrong before.
pub enum Notice {
    /// Nothing yet.
    None,
    /// These fields.
    Fields(Vec<CardField>),
    /// The card.
    Declined(Decline),
    /// 3-D Secure.
    NotAuthenticated,
}

/// The payment form of an open session.
pub fn form(state: &State, session: &Value, text: &Language, typed: &Typed, notice: &Notice) -> String {
    let detail = checkout_sessions::detail(state, session.id());
    let merchant = detail.text("merchant");
    let amount = money(session.int("amount_total"), session.text("currency"), text);
    let title = text.pay_to.replace("{}", merchant);
    let back = match session.text("cancel_url") {
        "" => String::new(),
        url => format!("<a class=\"back\" href=\"{}\">← {}</a>", escape(url), escape(&text.back.replace("{}", merchant))),
    };
    let summary = format!(
        "<section aria-labelledby=\"title\">{back}<h1 id=\"title\">{title}</h1><p class=\"sum\">{amount}</p>{lines}</section>",
        title = escape(&title),
        amount = escape(&amount),
        lines = lines(&detail, &amount, text),
    );
    let email = match session.field("customer_details").text("email") {
        "" => field(text, notice, "email", text.email, "type=\"email\" autocomplete=\"email\"", &typed.email, &[CardField::Email]),
        known => format!("<p class=\"field soft\">{}: {}</p>", escape(text.email), escape(known)),
    };
    debug_assert!(asks_for_email(session) == email.contains("<input"));
    let digits = "type=\"text\" inputmode=\"numeric\"";
    let card = format!(
        "{number}<div class=\"pair\">{expiry}{cvc}</div>{name}",
        number = field(
            text,
            notice,
            "number",
            text.number,
            &format!("{digits} autocomplete=\"cc-number\" maxlength=\"23\" placeholder=\"1234 1234 1234 1234\""),
            "",
            &[CardField::Number]
        ),
        expiry = field(
            text,
            notice,
            "expiry",
            text.expiry,
            &format!("{digits} autocomplete=\"cc-exp\" maxlength=\"9\" placeholder=\"{}\"", text.expiry_hint),
            "",
            &[CardField::Expiry, CardField::Expired]
        ),
        cvc = field(
            text,
            notice,
            "cvc",
            text.cvc,
            &format!("{digits} autocomplete=\"cc-csc\" maxlength=\"4\" placeholder=\"123\""),
            "",
            &[CardField::Cvc]
        ),
        name = field(
            text,
            notice,
            "name",
            text.name,
            "type=\"text\" autocomplete=\"cc-name\" maxlength=\"200\"",
            &typed.name,
            &[CardField::Name]
        ),
    );
    let pay = format!(
        "<section class=\"panel\" aria-labelledby=\"card\"><h2 id=\"card\">{heading}</h2>{alert}<form method=\"post\" action=\"/c/pay/{id}\">{email}{card}<button type=\"submit\">{pay}</button></form>{cards}</section>",
        heading = escape(text.with_card),
        alert = alert(text, notice),
        id = escape(session.id()),
        pay = escape(&text.pay.replace("{}", &amount)),
        cards = test_cards(text),
    );
    frame(text, &title, &format!("<main class=\"two\">{summary}{pay}</main>"))
}

fn lines(detail: &Value, total: &str, text: &Language) -> String {
    let mut rows = Vec::new();
    for item in detail.field("line_items").as_array().into_iter().flatten() {
        let quantity = match item.int("quantity") {
            1 => String::new(),
            many => format!("<small>{}</small>", escape(&text.quantity.replace("{}", &many.to_string()))),
        };
        let amount = money(item.int("amount_total"), item.text("currency"), text);
        rows.push(format!("<li><span>{}{quantity}</span><span>{}</span></li>", escape(item.text("description")), escape(&amount)));
    }
    rows.push(format!("<li class=\"total\"><span>{}</span><span>{}</span></li>", escape(text.total), escape(total)));
    format!("<ul class=\"lines\">{}</ul>", rows.concat())
}

fn alert(text: &Language, notice: &Notice) -> String {
    let words = match notice {
        Notice::None => return String::new(),
        Notice::Fields(_) => text.check_fields,
        Notice::Declined(decline) => text.declined(decline),
        Notice::NotAuthenticated => text.not_authenticated,
    };
    format!("<p class=\"alert\" role=\"alert\">{}</p>", escape(words))
}

fn field(text: &Language, notice: &Notice, name: &str, label: &str, attributes: &str, value: &str, errors: &[CardField]) -> String {
    let wrong = match notice {
        Notice::Fields(wrong) => wrong.iter().find(|field| errors.contains(field)),
        _ => None,
    };
    let (state, message) = match wrong {
        Some(field) => (
            format!(" aria-invalid=\"true\" aria-describedby=\"{name}-error\""),
            format!("<p class=\"wrong\" id=\"{name}-error\">{}</p>", escape(text.wrong(*field))),
        ),
        None => (String::new(), String::new()),
    };
    format!(
        "<div class=\"field\"><label for=\"{name}\">{label}</label><input id=\"{name}\" name=\"{name}\" {attributes} value=\"{value}\" required{state}>{message}</div>",
        label = escape(label),
        value = escape(value),
    )
}

fn test_cards(text: &Language) -> String {
    let rows: Vec<String> = listed()
        .iter()
        .zip(text.effects)
        .map(|(number, effect)| format!("<div><dt>{number}</dt><dd>{}</dd></div>", escape(effect)))
        .collect();
    let rows = rows.concat();
    format!(
        "<div class=\"cards\"><h2>{}</h2><p class=\"soft\">{}</p><dl>{rows}</dl></div>",
        escape(text.test_cards),
        escape(text.test_cards_hint)
    )
}

/// A session that is paid or expired.
pub fn closed(session: &Value, text: &Language) -> String {
    let paid = session.text("status") == "complete";
    let (title, more) = if paid { (text.paid, text.paid_more) } else { (text.expired, text.expired_more) };
    let url = if paid { success_url(session) } else { session.text("cancel_url").to_owned() };
    let link = if url.is_empty() {
        String::new()
    } else {
        format!("<a class=\"button\" href=\"{}\">{}</a>", escape(&url), escape(text.to_merchant))
    };
    message(text, title, more, &link)
}

/// The bank's question.
pub fn challenge(id: &str, intent: &Value, text: &Language) -> String {
    let amount = money(intent.int("amount"), intent.text("currency"), text);
    let buttons = format!(
        "<form method=\"post\" action=\"/c/3ds/{id}\"><button type=\"submit\" name=\"answer\" value=\"complete\">{complete}</button>\
         <button class=\"plain\" type=\"submit\" name=\"answer\" value=\"fail\">{fail}</button></form>",
        id = escape(id),
        complete = escape(text.complete),
        fail = escape(text.fail),
    );
    message(text, text.challenge, &text.challenge_more.replace("{}", &amount), &buttons)
}

/// The receipt of a charge.
pub fn receipt(charge: &Value, merchant: &str, text: &Language) -> String {
    let currency = charge.text("currency");
    let card = charge.field("payment_method_details").field("card");
    let with = text.paid_with.replace("{brand}", card.text("brand")).replace("{last4}", card.text("last4"));
    let refunded = match charge.int("amount_refunded") {
        0 => String::new(),
        amount => format!("<p>{}: {}</p>", escape(text.refunded), escape(&money(amount, currency, text))),
    };
    let more = format!("<p class=\"sum\">{}</p>{refunded}", escape(&money(charge.int("amount"), currency, text)));
    message(text, &text.receipt.replace("{}", merchant), &with, &more)
}

/// No such page.
pub fn missing(text: &Language) -> String {
    message(text, text.missing, text.missing_more, "")
}

/// `rest` is HTML already.
fn message(text: &Language, title: &str, more: &str, rest: &str) -> String {
    let main =
        format!("<main class=\"one\"><section class=\"panel\"><h1>{}</h1><p>{}</p>{rest}</section></main>", escape(title), escape(more));
    frame(text, title, &main)
}

fn money(amount: i64, currency: &str, text: &Language) -> String {
    written(amount, currency, text.spanish)
}
