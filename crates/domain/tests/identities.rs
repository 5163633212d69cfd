//! Signing in elsewhere: who somebody is there becomes a member here by their own proof alone.

use crate::{
    harness::{ADMIN_PASSWORD, idle, refusal},
    till::Till,
};
use domain::{
    Actor, Error, Impersonator, Keyring, Member, Services,
    accounts::{
        self, Confirmed, Login, SignedIn,
        identities::{self, Back},
        identity_providers::{self as settings, IdentityProviders, ProviderDraft},
        second_factor::{begin_setup, confirm_setup, setup, show_code},
        sessions::{self, Device},
    },
    members,
    policies::{self, ConsentDraft, PolicyKind},
    resealing,
};
use jiff::SignedDuration;
use kernel::{Permission, ids::IdentityProviderId};
use openid_emulator::{CLIENT, Fake, SECRET, SUBJECT};
use providers::{
    identity::Callback,
    outgoing::{Bounds, Outgoing},
};
use sqlx::PgPool;
use std::sync::Arc;

/// A school, and a provider of its choice.
struct Two {
    till: Till,
    fake: Fake,
    provider: IdentityProviderId,
}

fn draft(fake: &Fake) -> ProviderDraft {
    ProviderDraft {
        kind: "open_id".into(),
        name: "Campus".into(),
        issuer: fake.issuer(),
        client_id: CLIENT.into(),
        secret: SECRET.into(),
        enabled: true,
        ..ProviderDraft::default()
    }
}

impl Two {
    async fn new(pool: PgPool) -> Self {
        let (mut till, fake) = (Till::new(pool).await, Fake::start().await);
        till.school.services.identities = IdentityProviders::new(Outgoing::new(&[&fake.place], Bounds::default()).unwrap());
        let provider = till.school.services.id();
        settings::create(&till.school.services, &till.school.admin, provider, &draft(&fake)).await.unwrap();
        Self { till, fake, provider }
    }

    fn services(&self) -> &Services {
        &self.till.school.services
    }

    fn nobody(&self) -> Actor {
        self.till.school.anonymous()
    }

    /// What the provider says of whoever signs in there from now on.
    fn says(&self, subject: &str, email: &str) {
        let (subject, email) = (subject.to_owned(), email.to_owned());
        self.fake.set(|is| {
            is.tweak = Box::new(move |_, claims| {
                claims["sub"] = subject.clone().into();
                claims["email"] = email.clone().into();
            });
        });
    }

    async fn create(&self, draft: ProviderDraft) -> Result<IdentityProviderId, Error> {
        let id = self.services().id();
        settings::create(self.services(), &self.till.school.admin, id, &draft).await.map(|()| id)
    }

    async fn change(&self, draft: ProviderDraft) -> Result<(), Error> {
        settings::change(self.services(), &self.till.school.admin, self.provider, &draft).await
    }

    async fn begun(&self) -> String {
        identities::begin_sign_in(self.services(), &self.nobody(), self.provider, "/tutors").await.unwrap()
    }

    /// The browser with this ticket goes there, and comes back with this.
    async fn there(&self, ticket: &str) -> Callback {
        let leaving = identities::leaving(self.services(), &self.nobody(), ticket).await.unwrap().unwrap();
        let (code, state) = self.fake.visit(&leaving.url);
        Callback { code: Some(code), state, ..Callback::default() }
    }

    async fn come(&self, ticket: &str, callback: &Callback) -> Result<Back, Error> {
        identities::come_back(self.services(), &self.nobody(), self.provider, ticket, callback, None).await
    }

    async fn back(&self, actor: &Actor, ticket: &str) -> Result<Back, Error> {
        let callback = self.there(ticket).await;
        identities::come_back(self.services(), actor, self.provider, ticket, &callback, None).await
    }

    async fn enter(&self) -> Result<Back, Error> {
        let ticket = self.begun().await;
        self.back(&self.nobody(), &ticket).await
    }

    /// Somebody who is nobody here: the ticket of what they showed.
    async fn newcomer(&self) -> String {
        match self.enter().await.unwrap() {
            Back::Newcomer(ticket) => ticket,
            other => panic!("known already: {other:?}"),
        }
    }

    /// The login of somebody who is known.
    async fn entered(&self) -> Login {
        match self.enter().await.unwrap() {
            Back::Member { signed_in: SignedIn::Login(login), .. } => login,
            other => panic!("not signed in: {other:?}"),
        }
    }

    /// Types an address into a newcomer's form, and the code that it is sent.
    async fn joins(&self, ticket: &str, email: &str) -> Result<Confirmed, Error> {
        let (services, school) = (self.services(), &self.till.school);
        let consent = crate::policies::consent(school).await;
        let proof = identities::sign_up(services, &self.nobody(), "en", ticket, "Maya Okafor", email, &consent).await.unwrap();
        self.till.run_jobs().await;
        let code = school.secret_for(school.tenant.id, email).await;
        accounts::confirm(services, &self.nobody(), &proof, &code).await
    }

    /// Connects a member: they leave, come back, and say that they are who was shown.
    async fn connect(&self, actor: &Actor) -> Result<(), Error> {
        let ticket = identities::begin_new(self.services(), actor, self.provider).await?;
        let Back::Shown(ticket) = self.back(actor, &ticket).await? else { panic!("not asked") };
        identities::claim(self.services(), actor, &ticket).await
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn somebody_new_proves_an_address_once_and_signs_in_there_from_then_on(pool: PgPool) {
    let two = Two::new(pool).await;
    let ticket = two.newcomer().await;
    let shown = identities::newcomer(two.services(), &two.nobody(), &ticket).await.unwrap().unwrap();
    let told = (shown.provider.as_str(), shown.name.as_str(), shown.email.as_str(), shown.next.as_str());
    assert_eq!(told, ("Campus", "Maya Okafor", "maya@school.example", "/tutors"));
    let Confirmed::Joined(login) = two.joins(&ticket, "maya@home.example").await.unwrap() else { panic!("not new") };
    assert!(login.verified, "they showed that they get the mail");
    let again = two.entered().await;
    assert_eq!((again.member, again.verified), (login.member, false), "a provider's word opens nothing of the account");
    let maya = two.till.school.again(login.member).await;
    assert_eq!(maya.member().unwrap().email, "maya@home.example", "the address that was proven");
    assert!(!accounts::has_password(two.services(), &maya).await.unwrap());
    let [only] = <[_; 1]>::try_from(identities::list(two.services(), &maya).await.unwrap()).unwrap();
    assert_eq!(refusal(identities::remove(two.services(), &maya, only.id).await), "error-identity-only-way");
    let refused = two.till.school.sign_in("maya@home.example", "", None).await;
    assert!(refusal(refused).contains("error-required"));
    let refused = two.till.school.sign_in("maya@home.example", ADMIN_PASSWORD, None).await;
    assert!(refusal(refused).contains("error-sign-in"), "no password is right");
    // They choose one by mail, and have both.
    accounts::ask_reset(two.services(), &two.nobody(), "en", "maya@home.example").await.unwrap();
    let link = two.till.school.secret_for(two.till.school.tenant.id, "maya@home.example").await;
    accounts::reset_password(two.services(), &two.nobody(), &link, "violet kettle harbour").await.unwrap();
    assert_eq!(two.till.school.entered("maya@home.example", "violet kettle harbour").await, login.member);
    assert_eq!(two.entered().await.member, login.member);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn somebody_new_agrees_to_what_the_school_published(pool: PgPool) {
    let two = Two::new(pool).await;
    two.till.school.publish(PolicyKind::Terms, "Be kind.", true).await;
    let ticket = two.newcomer().await;
    let email = "maya@home.example";
    let refused = identities::sign_up(two.services(), &two.nobody(), "en", &ticket, "Maya", email, &ConsentDraft::default()).await;
    assert!(refusal(refused).contains("error-agree"));
    let Confirmed::Joined(login) = two.joins(&ticket, email).await.unwrap() else { panic!("not new") };
    let maya = two.till.school.again(login.member).await;
    assert_eq!(policies::own(two.services(), &maya).await.unwrap().agreements.len(), 1);
}

/// Classic-federated merge, non-verifying provider: whatever a provider says, an address that is somebody's stays theirs.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_address_elsewhere_opens_no_account_here(pool: PgPool) {
    let two = Two::new(pool).await;
    two.says("attacker", "admin@northside.example");
    let ticket = two.newcomer().await;
    let refused = two.joins(&ticket, "admin@northside.example").await;
    assert_eq!(refusal(refused), "error-proof-over", "even with the mailbox");
    assert_eq!(two.till.services().mail.sent().last().unwrap().subject, "You have an account at NORTHSIDE");
    assert_eq!(two.till.school.count("SELECT count(*) FROM member_identities").await, 0);
    two.newcomer().await;
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_account_of_another_school_is_connected_by_its_owner_alone(pool: PgPool) {
    let two = Two::new(pool).await;
    two.till.school.other_school().await;
    let ticket = two.newcomer().await;
    let joined = two.joins(&ticket, "admin@southside.example").await.unwrap();
    assert!(matches!(joined, Confirmed::JoinedWithAccount), "they sign in with the password that they have");
    let ticket = two.newcomer().await;
    // Signed in, they take what this browser showed.
    let id = two.till.school.entered("admin@southside.example", ADMIN_PASSWORD).await;
    let owner = two.till.school.again(id).await;
    assert_eq!(refusal(identities::claim(two.services(), &idle(&owner), &ticket).await), "Unverified");
    identities::claim(two.services(), &owner, &ticket).await.unwrap();
    assert_eq!(refusal(identities::claim(two.services(), &owner, &ticket).await), "error-challenge-over");
    assert_eq!(two.entered().await.member, id);
    two.till.run_jobs().await;
    assert_eq!(two.till.services().mail.sent().last().unwrap().subject, "An account elsewhere signs you in now · NORTHSIDE");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_member_connects_and_disconnects_after_showing_who_they_are(pool: PgPool) {
    let two = Two::new(pool).await;
    let school = &two.till.school;
    let (maya, noor) = (school.student("Maya").await, school.student("Noor").await);
    assert_eq!(refusal(two.connect(&idle(&maya)).await), "Unverified");
    two.connect(&maya).await.unwrap();
    assert_eq!(two.entered().await.member, maya.member().unwrap().id);
    assert_eq!(refusal(two.connect(&noor).await), "error-identity-taken");
    two.says("another", "maya@elsewhere.example");
    assert_eq!(refusal(two.connect(&maya).await), "error-identity-other", "one account there for each member");
    // What one member began is nothing in another's session, nor once signed out.
    let ticket = identities::begin_new(two.services(), &maya, two.provider).await.unwrap();
    assert_eq!(refusal(two.back(&noor, &ticket).await), "error-challenge-over");
    let ticket = identities::begin_new(two.services(), &maya, two.provider).await.unwrap();
    assert_eq!(refusal(two.back(&two.nobody(), &ticket).await), "Unauthenticated");
    let ticket = identities::begin_new(two.services(), &maya, two.provider).await.unwrap();
    let Back::Shown(ticket) = two.back(&idle(&maya), &ticket).await.unwrap() else { panic!("not asked") };
    assert_eq!(refusal(identities::claim(two.services(), &idle(&maya), &ticket).await), "Unverified");
    assert_eq!(identities::list(two.services(), &maya).await.unwrap().len(), 1, "nothing is connected without their word");

    let [mine] = <[_; 1]>::try_from(identities::list(two.services(), &maya).await.unwrap()).unwrap();
    assert_eq!((mine.issuer, mine.label.as_str()), (two.fake.issuer(), "maya@school.example"));
    assert!(mine.used_at.is_some() && identities::list(two.services(), &noor).await.unwrap().is_empty());
    assert_eq!(refusal(identities::remove(two.services(), &noor, mine.id).await), "NotFound");
    assert_eq!(refusal(identities::remove(two.services(), &idle(&maya), mine.id).await), "Unverified");
    let login = identities::remove(two.services(), &maya, mine.id).await.unwrap();
    assert_eq!(login.epoch, 1, "every other session ends: it may have begun one");
    two.says(SUBJECT, "maya@school.example");
    two.newcomer().await;
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_provider_does_not_stand_for_the_second_factor(pool: PgPool) {
    let two = Two::new(pool).await;
    let (s, admin) = (two.services(), &two.till.school.admin);
    two.connect(admin).await.unwrap();
    begin_setup(s, admin).await.unwrap();
    let secret = setup(s, admin).await.unwrap().secret;
    let app = totp_rs::Builder::new().with_secret(totp_rs::Secret::try_from_base32(secret.replace(' ', "")).unwrap()).build().unwrap();
    let code = |s: &Services| app.generate(u64::try_from(s.now().as_second()).unwrap()).to_string();
    confirm_setup(s, admin, &code(s)).await.unwrap();
    let Back::Member { signed_in: SignedIn::SecondFactor(ticket), next } = two.enter().await.unwrap() else { panic!("let in") };
    assert_eq!(next, "/tutors");
    two.till.school.clock.set(s.now() + SignedDuration::from_secs(30));
    let shown = show_code(s, &two.nobody(), &ticket, &code(s), true).await.unwrap();
    assert!(!shown.login.verified, "neither the password nor a passkey was shown");
    let begun = two.begun().await;
    let callback = two.there(&begun).await;
    let back = identities::come_back(s, &two.nobody(), two.provider, &begun, &callback, shown.device.as_deref()).await.unwrap();
    assert!(matches!(back, Back::Member { signed_in: SignedIn::Login(_), .. }), "this browser is trusted");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn only_the_browser_that_left_comes_back_and_once(pool: PgPool) {
    let two = Two::new(pool).await;
    two.connect(&two.till.school.admin).await.unwrap();
    let s = two.services();
    // Another's answer, brought to one's own browser: that of an attacker who wants somebody signed in as them.
    let (own, other) = (two.begun().await, two.begun().await);
    let callback = two.there(&other).await;
    assert_eq!(refusal(two.come(&own, &callback).await), "error-identity-refused", "the state is another's");
    assert_eq!(refusal(two.come("", &callback).await), "error-challenge-over", "a browser that did not leave");
    two.come(&other, &callback).await.unwrap();
    assert_eq!(refusal(two.come(&other, &callback).await), "error-challenge-over", "once");
    // Of fifty at the same moment.
    sqlx::query("DELETE FROM rate_limits").execute(&two.till.school.owner).await.unwrap();
    let ticket = two.begun().await;
    let callback = two.there(&ticket).await;
    let tries = (0..50).map(|_| {
        let (s, nobody, id, ticket, callback) = (s.clone(), two.nobody(), two.provider, ticket.clone(), callback.clone());
        tokio::spawn(async move { identities::come_back(&s, &nobody, id, &ticket, &callback, None).await })
    });
    let mut entered = 0;
    for done in tries.collect::<Vec<_>>() {
        entered += usize::from(done.await.unwrap().is_ok());
    }
    assert_eq!(entered, 1);
    // What is for something else does not do.
    let shown = accounts::passkeys::begin_sign_in(s, &two.nobody()).await.unwrap();
    assert_eq!(refusal(two.come(&shown, &callback).await), "error-challenge-over");
    // They changed their mind; a provider that breaks degrades this alone.
    let ticket = two.begun().await;
    let cancelled = Callback { error: Some("access_denied".into()), code: None, ..two.there(&ticket).await };
    assert_eq!(refusal(two.come(&ticket, &cancelled).await), "error-identity-cancelled");
    let ticket = two.begun().await;
    let callback = two.there(&ticket).await;
    two.fake.stop();
    assert!(refusal(two.come(&ticket, &callback).await).contains("error-identity-unavailable"));
    two.till.school.entered("admin@northside.example", ADMIN_PASSWORD).await;
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_may_not_come_in_does_not_by_a_provider_either(pool: PgPool) {
    let two = Two::new(pool).await;
    let (s, school) = (two.services(), &two.till.school);
    let maya = school.student("Maya").await;
    two.connect(&maya).await.unwrap();
    members::suspend(s, &school.admin, maya.member().unwrap().id, "cheating").await.unwrap();
    assert_eq!(refusal(two.enter().await), "error-suspended");
    members::reinstate(s, &school.admin, maya.member().unwrap().id).await.unwrap();
    two.entered().await;
    let ticket = two.begun().await;
    let callback = two.there(&ticket).await;
    let off = ProviderDraft { enabled: false, ..draft(&two.fake) };
    settings::change(s, &school.admin, two.provider, &off).await.unwrap();
    let late = identities::come_back(s, &two.nobody(), two.provider, &ticket, &callback, None).await;
    assert_eq!(refusal(late), "NotFound", "switched off meanwhile");
    assert!(settings::offered(s, &two.nobody()).await.unwrap().is_empty());
    assert_eq!(refusal(identities::begin_sign_in(s, &two.nobody(), two.provider, "").await), "NotFound");
    settings::remove(s, &school.admin, two.provider).await.unwrap();
    let again = two.create(draft(&two.fake)).await.unwrap();
    let two = Two { provider: again, ..two };
    assert_eq!(two.entered().await.member, maya.member().unwrap().id, "back, they are who they were");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn an_identity_is_of_one_school(pool: PgPool) {
    let two = Two::new(pool).await;
    two.connect(&two.till.school.admin).await.unwrap();
    let there = two.till.school.other_school().await;
    let provider = there.services.id();
    settings::create(&there.services, &there.admin, provider, &draft(&two.fake)).await.unwrap();
    let (s, nobody) = (&there.services, there.anonymous());
    let ticket = identities::begin_sign_in(s, &nobody, provider, "").await.unwrap();
    let url = identities::leaving(s, &nobody, &ticket).await.unwrap().unwrap().url;
    let (code, state) = two.fake.visit(&url);
    let callback = Callback { code: Some(code), state, ..Callback::default() };
    let here = identities::come_back(s, &two.nobody(), two.provider, &ticket, &callback, None).await;
    assert_eq!(refusal(here), "error-challenge-over", "begun at another school");
    let back = identities::come_back(s, &nobody, provider, &ticket, &callback, None).await.unwrap();
    assert!(matches!(back, Back::Newcomer(_)), "a school's provider says nothing about another's members");
    assert_eq!(refusal(identities::begin_sign_in(s, &nobody, two.provider, "").await), "NotFound");
    assert_eq!(refusal(settings::one(s, &there.admin, two.provider).await), "NotFound");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_provider_that_members_see_works(pool: PgPool) {
    let two = Two::new(pool).await;
    let (s, admin) = (two.services(), &two.till.school.admin);
    let wrong = |error: &str, field: &str, result: String| assert!(result.contains(error) && result.contains(field), "{result}");
    let empty = ProviderDraft { kind: "open_id".into(), ..ProviderDraft::default() };
    wrong("error-required", "\"issuer\"", refusal(two.create(empty).await));
    wrong("error-identity-known", "\"issuer\"", refusal(two.create(draft(&two.fake)).await));
    for issuer in ["http://10.0.0.1", "https://localhost", "gopher://x", "https://campus.example/?x"] {
        let bad = ProviderDraft { issuer: issuer.into(), ..draft(&two.fake) };
        wrong("error-identity-check", "\"issuer\"", refusal(two.create(bad).await));
    }
    let preset = ProviderDraft { issuer: "https://accounts.google.com/".into(), ..draft(&two.fake) };
    wrong("error-identity-preset", "\"issuer\"", refusal(two.create(preset).await));
    let google = ProviderDraft { kind: "google".into(), client_id: "id".into(), ..ProviderDraft::default() };
    wrong("error-required", "\"secret\"", refusal(two.create(google.clone()).await));
    let google = two.create(ProviderDraft { secret: "s".into(), ..google }).await.unwrap();
    assert_eq!(settings::one(s, admin, google).await.unwrap().name, "Google");
    let apple = ProviderDraft { kind: "apple".into(), client_id: "id".into(), secret: "no key".into(), ..ProviderDraft::default() };
    wrong("error-apple-id", "\"apple_team\"", refusal(two.create(apple.clone()).await));
    let apple = ProviderDraft { apple_team: "A1B2C3D4E5".into(), apple_key: "F6G7H8I9J0".into(), ..apple };
    wrong("error-identity-check", "\"secret\"", refusal(two.create(apple).await));

    for name in ["Google", "g o o g l e", "Facebook Login", "APPLE"] {
        wrong("error-identity-brand", "\"name\"", refusal(two.create(ProviderDraft { name: name.into(), ..draft(&two.fake) }).await));
    }

    // The secret stays when none is typed, and goes to nobody else.
    let kept = ProviderDraft { name: "The campus".into(), secret: String::new(), ..draft(&two.fake) };
    two.change(kept.clone()).await.unwrap();
    two.newcomer().await;
    let other = Fake::start().await;
    let moved = ProviderDraft { issuer: other.issuer(), enabled: false, ..kept };
    wrong("error-identity-secret-again", "\"secret\"", refusal(two.change(moved).await));
    let clerk = two.till.school.staff("Clerk", [Permission::SeeMembers].into_iter().collect()).await;
    assert_eq!(refusal(settings::list(s, &clerk).await), "NotFound");
    assert_eq!(refusal(settings::create(s, &clerk, s.id(), &draft(&two.fake)).await), "NotFound");
    assert_eq!(refusal(settings::create(s, &idle(admin), s.id(), &draft(&two.fake)).await), "Unverified");
    assert_eq!(refusal(settings::remove(s, &idle(admin), two.provider).await), "Unverified");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn its_secret_is_sealed_and_the_key_rotates(pool: PgPool) {
    const ONE: &str = "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const SECOND: &str = "2:HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let mut two = Two::new(pool).await;
    assert_eq!(two.till.school.count("SELECT count(*) FROM identity_providers WHERE position('a secret'::bytea IN secret) > 0").await, 0);
    let keys = |two: &mut Two, keys: &str| two.till.school.services.keyring = Keyring::parse(keys).unwrap();
    keys(&mut two, ONE);
    two.change(draft(&two.fake)).await.unwrap();
    keys(&mut two, &format!("{ONE},{SECOND}"));
    assert!(resealing::run(two.services()).await.unwrap() >= 1);
    keys(&mut two, SECOND);
    two.till.school.services.identities = IdentityProviders::new(Outgoing::new(&[&two.fake.place], Bounds::default()).unwrap());
    two.newcomer().await;
}

/// A provider that answers for another: each has its own way back.
#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_one_provider_answers_is_never_taken_to_another(pool: PgPool) {
    let mut two = Two::new(pool).await;
    let evil = Fake::start().await;
    let places = [two.fake.place.as_str(), evil.place.as_str()];
    two.till.school.services.identities = IdentityProviders::new(Outgoing::new(&places, Bounds::default()).unwrap());
    let own = two.create(ProviderDraft { name: "Evil".into(), ..draft(&evil) }).await.unwrap();
    let s = two.services();
    // Somebody leaves for the evil one, which sends them on to the honest one: its code comes back for the evil one's trip.
    let ticket = identities::begin_sign_in(s, &two.nobody(), own, "").await.unwrap();
    let leaving = identities::leaving(s, &two.nobody(), &ticket).await.unwrap().unwrap();
    assert_eq!(leaving.host, evil.place);
    let (code, state) = two.fake.visit(&leaving.url);
    let callback = Callback { code: Some(code), state, ..Callback::default() };
    assert_eq!(refusal(two.come(&ticket, &callback).await), "error-identity-refused");
    assert_eq!(evil.asked("tokens"), 0, "the code was not told to the evil one");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_provider_that_goes_takes_its_sessions_along_and_stays_away(pool: PgPool) {
    let two = Two::new(pool).await;
    let (s, school) = (two.services(), &two.till.school);
    let maya = school.student("Maya").await;
    two.connect(&maya).await.unwrap();
    let session = async |secret: &'static [u8], actor: &Actor| {
        let login = Login { member: actor.member().unwrap().id, epoch: 0, by: None, verified: false };
        let end = s.now() + SignedDuration::from_hours(24 * 365);
        sessions::create(&s.db, school.tenant.id, secret, login, &serde_json::json!({}), end, &Device::default()).await.unwrap();
    };
    session(b"theirs", &maya).await;
    session(b"another", &school.admin).await;
    settings::remove(s, &school.admin, two.provider).await.unwrap();
    assert!(sessions::load(&s.db, school.tenant.id, b"theirs", &Device::default()).await.unwrap().is_none());
    assert!(sessions::load(&s.db, school.tenant.id, b"another", &Device::default()).await.unwrap().is_some());
    // Somebody had it open meanwhile.
    assert_eq!(refusal(two.change(draft(&two.fake)).await), "NotFound");
    assert_eq!(school.count("SELECT count(*) FROM identity_providers").await, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn of_two_who_change_a_provider_one_does(pool: PgPool) {
    let two = Two::new(pool).await;
    let [one, other] = ["One", "Other"].map(|name| ProviderDraft { name: name.into(), ..draft(&two.fake) });
    let (one, other) = tokio::join!(two.change(one), two.change(other));
    let refused = [one, other].into_iter().filter_map(Result::err).map(|error| refusal::<()>(Err(error))).collect::<Vec<_>>();
    assert!(refused.is_empty() || refused == ["error-changed-meanwhile"], "{refused:?}");
    let saved = two.till.school.count("SELECT count(*) FROM audit_entries WHERE action = 'identity_provider.saved'").await;
    assert_eq!(saved, 3 - i64::try_from(refused.len()).unwrap(), "made once, and changed by those who were not refused");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn staff_who_see_the_site_as_somebody_do_not_touch_how_they_get_in(pool: PgPool) {
    let two = Two::new(pool).await;
    let (s, school) = (two.services(), &two.till.school);
    let maya = school.student("Maya").await;
    let staff = Impersonator { id: school.admin.member().unwrap().id, name: "Admin".into() };
    let member = Member { impersonator: Some(staff), ..maya.member().unwrap().clone() };
    let seen = Actor { member: Some(Arc::new(member)), ..maya };
    let ticket = two.newcomer().await;
    for refused in [
        refusal(identities::begin_new(s, &seen, two.provider).await),
        refusal(identities::claim(s, &seen, &ticket).await),
        refusal(identities::list(s, &seen).await),
        refusal(identities::remove(s, &seen, s.id()).await),
        refusal(accounts::has_password(s, &seen).await),
    ] {
        assert_eq!(refused, "error-impersonating");
    }
}
