//! Browsers: what they send, as native forms do without JavaScript.

use crate::{
    fault::{Fault, Result},
    people::{Slot, Student},
};
use reqwest::{
    Client, RequestBuilder,
    header::{ACCEPT, COOKIE, HOST, LOCATION, ORIGIN},
    redirect::Policy,
};
use std::time::Duration;
use uuid::Uuid;

/// The server's message to those who come too late (`locales/en/errors.ftl`).
pub const TAKEN: &str = "Someone else has just taken this time.";

/// Any number of browsers on one site.
#[derive(Clone)]
pub struct Visitor {
    client: Client,
    base: String,
    /// The site's host and port as browsers name it.
    pub host: String,
}

/// An answer.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Where it leads.
    pub location: String,
    /// The page.
    pub body: String,
}

impl Visitor {
    /// Browsers on the site of `tenant`.
    pub fn new(tenant: &str, port: u16) -> Result<Self> {
        let client = Client::builder().no_proxy().redirect(Policy::none()).timeout(Duration::from_secs(40)).build()?;
        Ok(Self { client, base: format!("http://127.0.0.1:{port}"), host: format!("{tenant}.localhost:{port}") })
    }

    /// Opens a page.
    pub async fn get(&self, path: &str, student: Option<&Student>) -> Result<Answer> {
        send(self.asks(self.client.get(format!("{}{path}", self.base)), student)).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, student: &Student, fields: &[(&str, &str)]) -> Result<Answer> {
        let request = self.client.post(format!("{}{path}", self.base)).header(ORIGIN, format!("http://{}", self.host)).form(fields);
        send(self.asks(request, Some(student))).await
    }

    fn asks(&self, request: RequestBuilder, student: Option<&Student>) -> RequestBuilder {
        let request = request.header(HOST, &self.host).header(ACCEPT, "text/html");
        match student {
            Some(student) => request.header(COOKIE, &student.cookie),
            None => request,
        }
    }

    /// Holds a slot.
    pub async fn hold(&self, student: &Student, slot: &Slot) -> Result<Answer> {
        let (variant, start) = (slot.variant.to_string(), slot.start.to_string());
        self.post("/api/booking/hold", student, &[("_page", &slot.page), ("variant", &variant), ("start", &start)]).await
    }

    /// Goes to the payment page.
    pub async fn pay(&self, student: &Student, order: Uuid) -> Result<Answer> {
        self.post("/api/checkout/pay", student, &[("_page", &format!("/checkout/{order}")), ("order", &order.to_string())]).await
    }

    /// Comes back from the payment page.
    pub async fn come_back(&self, student: &Student, order: Uuid) -> Result<Answer> {
        self.get(&format!("/checkout/{order}/return"), Some(student)).await
    }

    /// Sends a webhook as Stripe would. The answer: its status.
    pub async fn webhook(&self, signature: Option<&str>, body: &str) -> Result<u16> {
        let mut request = self.client.post(format!("{}/webhooks/stripe", self.base)).body(body.to_owned());
        if let Some(signature) = signature {
            request = request.header("stripe-signature", signature);
        }
        Ok(request.send().await?.status().as_u16())
    }

    /// Cancels a booking for what its page offers.
    pub async fn cancel(&self, student: &Student, booking: Uuid) -> Result<Answer> {
        let page = format!("/student/lessons/{booking}/cancel");
        let offer = self.get(&page, Some(student)).await?;
        let refund = field(&offer.body, "expected_refund_minor").ok_or_else(|| format!("{page} offers nothing ({})", offer.status))?;
        let fields = [("_page", page.as_str()), ("booking", &booking.to_string()), ("expected_refund_minor", &refund)];
        self.post("/api/student/cancel_lesson", student, &fields).await
    }
}

async fn send(request: RequestBuilder) -> Result<Answer> {
    let answer = request.send().await?;
    let status = answer.status().as_u16();
    let location = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
    Ok(Answer { status, location, body: answer.text().await? })
}

/// The value of a hidden field.
fn field(page: &str, name: &str) -> Option<String> {
    let (_, after) = page.split_once(&format!("name=\"{name}\""))?;
    let tag = after.split_once('>')?.0;
    Some(tag.split_once("value=\"")?.1.split_once('"')?.0.to_owned())
}

impl Answer {
    /// Whether it leads on.
    pub const fn leads_on(&self) -> bool {
        self.status == 303
    }

    /// The order that a hold led to.
    pub fn order(&self) -> Result<Uuid> {
        let id = self.location.strip_prefix("/checkout/").filter(|_| self.leads_on()).ok_or_else(|| self.unexpected("a checkout"))?;
        Ok(id.parse::<Uuid>()?)
    }

    /// The Checkout Session of the payment page that it leads to.
    pub fn session(&self) -> Result<String> {
        let from = self.location.find("cs_").filter(|_| self.leads_on()).ok_or_else(|| self.unexpected("a payment page"))?;
        let id = self.location[from..].split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
        Ok(id.unwrap_or_default().to_owned())
    }

    /// Whether the slot was refused because it is taken, in words and as a page.
    pub fn says_taken(&self) -> bool {
        (self.status == 409 || self.status == 422) && self.body.contains(TAKEN) && self.body.contains("</html>")
    }

    /// What came instead of what was expected.
    pub fn unexpected(&self, expected: &str) -> Fault {
        let alert = self.body.split("role=\"alert\"").nth(1).map(|rest| rest.chars().take(300).collect::<String>()).unwrap_or_default();
        format!("{expected} was expected, {} came: {} {alert}", self.status, self.location).into()
    }
}
