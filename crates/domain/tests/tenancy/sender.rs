//! Who a school's mails come from.

use super::domains::World;
use crate::{
    harness::{idle, refusal},
    till::Till,
};
use domain::{
    keyring::Keyring,
    resealing,
    tenancy::{
        domains::Proof,
        sender::{self, MailSender, OwnSender, SenderDraft},
    },
};
use kernel::Permission;
use providers::mail::Message;
use sqlx::PgPool;
use std::sync::Arc;

const ADDRESS: &str = "lessons@school.example";
const PLATFORM: Option<&str> = None;

async fn school(pool: PgPool) -> (Till, Arc<World>) {
    let mut till = Till::new(pool).await;
    let world = World::of(&mut till.school);
    till.worker.domains = Arc::clone(&till.school.services.domains);
    (till, world)
}

async fn now(till: &Till) -> MailSender {
    sender::sender(till.services(), &till.school.admin).await.unwrap()
}

async fn own(till: &Till) -> OwnSender {
    now(till).await.own.unwrap()
}

/// A mail as it leaves now.
async fn mail(till: &Till) -> Message {
    sender::send_test(till.services(), &till.school.admin).await.unwrap();
    till.run_jobs().await;
    let mail = till.services().mail.sent().pop().unwrap();
    assert_eq!(mail.to, "admin@northside.example");
    till.school.clock.set(till.services().now() + std::time::Duration::from_mins(10));
    mail
}

async fn from(till: &Till) -> Option<String> {
    mail(till).await.from.own.map(|own| own.address)
}

fn publish(world: &World, own: &OwnSender) {
    world.say(&own.record, Some(vec!["v=spf1 -all".into(), own.value.clone()]));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_name_and_where_answers_go(pool: PgPool) {
    let (till, _) = school(pool).await;
    let (s, admin) = (till.services(), &till.school.admin);
    let before = mail(&till).await.from;
    assert_eq!((before.name.as_str(), before.reply_to, before.own), ("NORTHSIDE", None, None));
    let draft = SenderDraft { name: " Northside lessons ".into(), reply_to: " Desk@Northside.example ".into() };
    sender::save_sender(s, admin, &draft).await.unwrap();
    let after = mail(&till).await.from;
    assert_eq!((after.name.as_str(), after.reply_to.as_deref()), ("Northside lessons", Some("desk@northside.example")));
    sender::save_sender(s, admin, &SenderDraft::default()).await.unwrap();
    assert_eq!(mail(&till).await.from.name, "NORTHSIDE");
    for (name, reply_to, wrong) in [("a\nb", "", "name"), (&"n".repeat(81), "", "name"), ("", "desk", "reply_to")] {
        let refused = refusal(sender::save_sender(s, admin, &SenderDraft { name: name.into(), reply_to: reply_to.into() }).await);
        assert!(refused.contains(&format!("\"{wrong}\"")), "{refused}");
    }
    assert_eq!(till.school.count("SELECT count(*) FROM audit_entries WHERE action = 'school.sender_changed'").await, 2);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_own_address_is_used_while_its_key_is_in_the_dns(pool: PgPool) {
    let (till, world) = school(pool).await;
    let (s, admin) = (till.services(), &till.school.admin);
    sender::set_address(s, admin, &format!(" {} ", ADDRESS.to_uppercase())).await.unwrap();
    let first = own(&till).await;
    assert_eq!((first.address.as_str(), first.proof), (ADDRESS, Proof::Unknown));
    assert_eq!(from(&till).await.as_deref(), PLATFORM, "nobody said that it is theirs");
    sender::check_address(s, admin).await.unwrap();
    assert_eq!(own(&till).await.proof, Proof::Missing);
    world.say(&first.record, Some(vec!["v=DKIM1; k=rsa; p=other".into()]));
    sender::check_address(s, admin).await.unwrap();
    assert_eq!((own(&till).await.proof, from(&till).await.as_deref()), (Proof::Different, PLATFORM));
    publish(&world, &first);
    sender::check_address(s, admin).await.unwrap();
    assert_eq!(own(&till).await.proof, Proof::Found);
    let signed = mail(&till).await.from.own.unwrap();
    assert_eq!((signed.address.as_str(), signed.signature.domain.as_str()), (ADDRESS, "school.example"));
    assert_eq!(format!("{}._domainkey.school.example", signed.signature.selector), first.record);

    // Another address there keeps the key; one elsewhere has to be proven anew.
    sender::set_address(s, admin, "office@school.example").await.unwrap();
    assert_eq!(from(&till).await.as_deref(), Some("office@school.example"));
    sender::set_address(s, admin, "office@other.example").await.unwrap();
    let other = own(&till).await;
    assert!(other.value != first.value && other.record != first.record);
    assert_eq!(from(&till).await.as_deref(), PLATFORM);
    sender::remove_address(s, admin).await.unwrap();
    assert_eq!(now(&till).await.own, None);
    sender::check_address(s, admin).await.unwrap();
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_key_that_is_gone_signs_no_more_and_admins_hear_of_it(pool: PgPool) {
    let (till, world) = school(pool).await;
    let (s, admin) = (till.services(), &till.school.admin);
    sender::set_address(s, admin, ADDRESS).await.unwrap();
    let own = own(&till).await;
    publish(&world, &own);
    sender::check_all(&till.worker).await.unwrap();
    assert_eq!(from(&till).await.as_deref(), Some(ADDRESS), "found by the clock as well");
    world.say(&own.record, None);
    sender::check_all(&till.worker).await.unwrap();
    assert_eq!(from(&till).await.as_deref(), Some(ADDRESS), "silence is no sign");
    world.say(&own.record, Some(vec![]));
    sender::check_all(&till.worker).await.unwrap();
    sender::check_all(&till.worker).await.unwrap();
    till.run_jobs().await;
    assert_eq!(from(&till).await.as_deref(), PLATFORM);
    let told = s.mail.sent().into_iter().filter(|mail| mail.text.contains("gone from your domain")).count();
    assert_eq!(told, 1, "once");
    publish(&world, &own);
    sender::check_all(&till.worker).await.unwrap();
    assert_eq!(from(&till).await.as_deref(), Some(ADDRESS));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_is_no_address_of_theirs_is_said_at_the_field(pool: PgPool) {
    let (till, _) = school(pool).await;
    let (s, admin) = (till.services(), &till.school.admin);
    for (typed, code) in [
        ("", "error-email"),
        ("lessons", "error-email"),
        ("a@localhost", "error-"),
        ("a@[127.0.0.1]", "error-"),
        ("a@northside.localhost", "error-domain-ours"),
    ] {
        let refused = refusal(sender::set_address(s, admin, typed).await);
        assert!(refused.contains("\"address\"") && refused.contains(code), "{typed}: {refused}");
    }
    assert_eq!(refusal(sender::set_address(s, &idle(admin), ADDRESS).await), "Unverified");
    assert_eq!(refusal(sender::remove_address(s, &idle(admin)).await), "Unverified");
    let elsewhere = SenderDraft { reply_to: "mallory@elsewhere.example".into(), ..SenderDraft::default() };
    assert_eq!(
        refusal(sender::save_sender(s, &idle(admin), &elsewhere).await),
        "Unverified",
        "answers are not diverted at a forgotten screen"
    );
    sender::set_address(s, admin, "info@españa.example").await.unwrap();
    assert_eq!(own(&till).await.address, "info@xn--espaa-rta.example", "as mails carry it");
    let staff = till.school.staff("Stan", [Permission::SeeMembers].into_iter().collect()).await;
    assert_eq!(refusal(sender::sender(s, &staff).await), "NotFound");
    assert_eq!(refusal(sender::save_sender(s, &staff, &SenderDraft::default()).await), "NotFound");
    assert_eq!(refusal(sender::set_address(s, &staff, ADDRESS).await), "NotFound");
    assert_eq!(refusal(sender::check_address(s, &staff).await), "NotFound");
    assert_eq!(refusal(sender::remove_address(s, &staff).await), "NotFound");
    assert_eq!(refusal(sender::send_test(s, &staff).await), "NotFound");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn its_key_is_sealed_and_the_key_ring_rotates(pool: PgPool) {
    const ONE: &str = "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const TWO: &str = "2:HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let (mut till, world) = school(pool).await;
    let keys = |till: &mut Till, keys: &str| {
        let ring = Keyring::parse(keys).unwrap();
        till.worker.keyring = ring.clone();
        till.school.services.keyring = ring;
    };
    keys(&mut till, ONE);
    sender::set_address(till.services(), &till.school.admin, ADDRESS).await.unwrap();
    assert_eq!(till.school.count("SELECT count(*) FROM mail_senders WHERE position('PRIVATE'::bytea IN private_key) > 0").await, 0);
    publish(&world, &own(&till).await);
    sender::check_all(&till.worker).await.unwrap();
    keys(&mut till, &format!("{ONE},*{TWO}"));
    assert!(resealing::run(till.services()).await.unwrap() >= 1);
    keys(&mut till, TWO);
    assert_eq!(from(&till).await.as_deref(), Some(ADDRESS));
}
