//! What mails about getting in say, and to whom.

use crate::{harness::ADMIN_PASSWORD, till::Till};
use domain::accounts::{self, SignUp};
use sqlx::PgPool;

async fn sign_up(till: &Till, email: &str) {
    let typed = SignUp { name: "Maya".into(), email: email.into(), password: ADMIN_PASSWORD.into() };
    accounts::sign_up(till.services(), &till.school.anonymous(), "es", &typed).await.unwrap();
    till.run_jobs().await;
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_new_address_gets_the_code_in_the_readers_language(owner: PgPool) {
    let till = Till::new(owner).await;
    till.school.owner_sql("UPDATE tenants SET locales = '{en,es}'").await;
    sign_up(&till, "maya@example.com").await;
    let [mail] = <[_; 1]>::try_from(till.services().mail.sent()).unwrap();
    let code = till.school.secret_for(till.school.tenant.id, "maya@example.com").await;
    assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("maya@example.com", "Tu código para NORTHSIDE"));
    assert!(mail.text.contains(&code) && mail.html.contains(&code), "{}", mail.text);
    assert!(!mail.subject.contains(&code), "subjects show on locked screens");
    // It has left: the database keeps no code in the clear.
    let kept = till.text("SELECT html || plain || subject FROM mails WHERE to_address = 'maya@example.com'").await;
    assert!(!kept.contains(&code), "{kept}");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_members_address_is_told_that_it_has_an_account(owner: PgPool) {
    let till = Till::new(owner).await;
    sign_up(&till, "admin@northside.example").await;
    let [mail] = <[_; 1]>::try_from(till.services().mail.sent()).unwrap();
    let code = till.school.secret_for(till.school.tenant.id, "admin@northside.example").await;
    assert_eq!(mail.subject, "You have an account at NORTHSIDE");
    assert!(!mail.text.contains(&code), "{}", mail.text);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_link_goes_to_members_alone_and_starts_with_the_schools_own_address(owner: PgPool) {
    let till = Till::new(owner).await;
    for email in ["nobody@example.com", "admin@northside.example"] {
        accounts::ask_reset(till.services(), &till.school.anonymous(), "en", email).await.unwrap();
    }
    till.run_jobs().await;
    let [mail] = <[_; 1]>::try_from(till.services().mail.sent()).unwrap();
    let ticket = till.school.secret_for(till.school.tenant.id, "admin@northside.example").await;
    assert_eq!(mail.to, "admin@northside.example");
    assert!(mail.text.contains(&format!("http://northside.localhost:3000/reset?ticket={ticket}")), "{}", mail.text);
    accounts::reset_password(till.services(), &till.school.anonymous(), &ticket, "violet kettle harbour").await.unwrap();
    till.run_jobs().await;
    assert_eq!(till.services().mail.sent().last().unwrap().subject, "Your password was changed at NORTHSIDE");
}
