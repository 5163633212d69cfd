//! A school's own documents, agreeing to them, and guardians of the young.

mod agreeing;
mod documents;
mod guardians;

use crate::{
    harness::{ADMIN_PASSWORD, Harness, london},
    till::Till,
};
use domain::{
    Actor,
    accounts::{self, Confirmed, SignUp},
    booking::{self, Hold},
    policies::{self, ConsentDraft, Joining},
};
use kernel::ids::OrderId;

/// Everything ticked that the school asks of a student, of age.
pub async fn consent(h: &Harness) -> ConsentDraft {
    let asked = policies::asked(&h.services, &h.anonymous(), Joining::Student).await.unwrap();
    ConsentDraft { agree: true, shown: asked.shown(), age: "of_age".into(), ..ConsentDraft::default() }
}

/// The same of who is younger, with a guardian.
async fn younger(h: &Harness, guardian: &str) -> ConsentDraft {
    ConsentDraft { age: "younger".into(), guardian_name: "Gail Guardian".into(), guardian_email: guardian.into(), ..consent(h).await }
}

async fn sign_up(h: &Harness, email: &str, draft: &ConsentDraft) -> domain::Result<String> {
    let typed = SignUp { name: "Maya Minor".into(), email: email.into(), password: ADMIN_PASSWORD.into() };
    let visitor = Actor { client: Some([203, 0, 113, 7].into()), ..h.anonymous() };
    accounts::sign_up(&h.services, &visitor, "en", &typed, draft).await
}

/// Somebody new who signed up like this.
async fn joined(h: &Harness, email: &str, draft: &ConsentDraft) -> Actor {
    let ticket = sign_up(h, email, draft).await.unwrap();
    let code = h.secret_for(h.tenant.id, email).await;
    let Confirmed::Joined(login) = accounts::confirm(&h.services, &h.anonymous(), &ticket, &code).await.unwrap() else {
        panic!("{email} has an account")
    };
    h.again(login.member).await
}

/// Holds a time; each wall time once.
async fn book(till: &Till, student: &Actor, wall: &str) -> domain::Result<OrderId> {
    let hold = Hold { variant_id: till.offering.variants[0], starts_at: london(wall) };
    booking::hold(till.services(), student, hold).await
}

/// The link in the last mail to `email` whose text has `words`.
fn link(till: &Till, email: &str, words: &str) -> String {
    let mails = till.school.services.mail.sent();
    let mail =
        mails.iter().rev().find(|mail| mail.to == email && mail.text.contains(words)).unwrap_or_else(|| panic!("no mail to {email}"));
    mail.text.split("/guardian?ticket=").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}
