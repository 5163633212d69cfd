//! Rotating the key ring while people sign in.

use crate::harness::{ADMIN_PASSWORD, Harness};
use domain::{
    Keyring, Services,
    accounts::{
        SignedIn,
        second_factor::{begin_setup, confirm_setup, fresh_codes, renew_codes, setup, show_code},
    },
    members::{InvitationDraft, accept, invite},
    policies::ConsentDraft,
    resealing,
};
use jiff::SignedDuration;
use sqlx::PgPool;

const ONE: &str = "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const TWO: &str = "2:HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn with(h: &Harness, keys: &str) -> Harness {
    Harness { services: Services { keyring: Keyring::parse(keys).unwrap(), ..h.services.clone() }, ..h.clone() }
}

fn code(h: &Harness, secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let app = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    app.generate(u64::try_from(h.services.now().as_second()).unwrap()).to_string()
}

async fn enter(h: &Harness, secret: &str) {
    h.clock.set(h.services.now() + SignedDuration::from_secs(30));
    let SignedIn::SecondFactor(ticket) = h.sign_in("admin@northside.example", ADMIN_PASSWORD, None).await.unwrap() else {
        panic!("not asked")
    };
    show_code(&h.services, &h.anonymous(), &ticket, &code(h, secret), false).await.unwrap();
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_old_key_can_go_after_its_fields_were_sealed_again(pool: PgPool) {
    let school = Harness::new(pool).await;
    let old = with(&school, ONE);
    begin_setup(&old.services, &old.admin).await.unwrap();
    let secret = setup(&old.services, &old.admin).await.unwrap().secret;
    confirm_setup(&old.services, &old.admin, &code(&old, &secret)).await.unwrap();
    for n in 0..1100 {
        let draft = InvitationDraft { email: format!("nora{n}@x.test"), roles: vec!["student".into()], ..InvitationDraft::default() };
        if n % 400 == 0 {
            sqlx::query("DELETE FROM rate_limits").execute(&old.owner).await.unwrap();
        }
        invite(&old.services, &old.admin, &draft).await.unwrap();
    }

    // Every server knows the new key, then it seals; people go on signing in, and codes are renewed, while fields are
    // sealed again.
    enter(&with(&school, &format!("*{ONE},{TWO}")), &secret).await;
    let both = with(&school, &format!("{ONE},{TWO}"));
    let people = async {
        for _ in 0..20 {
            enter(&both, &secret).await;
            renew_codes(&both.services, &both.admin).await.unwrap();
        }
    };
    let (sealed, ()) = tokio::join!(resealing::run(&both.services), people);
    assert!(sealed.unwrap() >= 1101);
    assert_eq!(resealing::run(&both.services).await.unwrap(), 0, "nothing is left");

    let new = with(&school, TWO);
    enter(&new, &secret).await;
    assert_eq!(fresh_codes(&new.services, &new.admin).await.unwrap().len(), 10);
    assert_eq!(new.count("SELECT count(*) FROM invitations WHERE get_byte(secret, 1) <> 2").await, 0);
    let ticket = new.invitation_for("nora7@x.test").await;
    accept(&new.services, &new.anonymous(), &ticket, "Nora", ADMIN_PASSWORD, "en", &ConsentDraft::default()).await.unwrap();
}
