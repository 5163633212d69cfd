//! What people get of what is kept of them, and that nothing but the books is left.

use crate::{
    clamd::Clamd,
    harness::{ADMIN_PASSWORD, Harness, Hours, idle, refusal},
    pictures::photo,
    till::Till,
};
use domain::{
    Actor, Member,
    accounts::{
        self, Login, SignUp, second_factor,
        sessions::{self, Device},
    },
    audit::{self, AuditQuery, Flaw},
    booking, members,
    policies::PolicyKind,
    privacy::{
        self,
        catalogue::{TABLES, Table, Treatment},
    },
    uploads::{self, Purpose},
};
use futures::TryStreamExt;
use i18n::Locale;
use jiff::SignedDuration;
use kernel::{Permission, ids::MemberId};
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgConnection, PgPool};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read},
};

/// In everything that the person of these tests says of themselves, and in nothing else.
const MARK: &str = "quillfeather";
const EMAIL: &str = "zaphira-quillfeather@northside.example";

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn every_column_is_declared(owner: PgPool) {
    let there: Vec<(String, String)> =
        sqlx::query_as("SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'")
            .fetch_all(&owner)
            .await
            .unwrap();
    let there: BTreeSet<(String, String)> = there.into_iter().collect();
    let declared: Vec<(String, String)> =
        TABLES.iter().flat_map(|table| table.columns.iter().map(|column| (table.name.to_owned(), column.name.to_owned()))).collect();
    let once: BTreeSet<(String, String)> = declared.iter().cloned().collect();
    assert_eq!(declared.len(), once.len(), "each once");
    assert_eq!(there.difference(&once).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "not declared");
    assert_eq!(once.difference(&there).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "not there");
}

/// Somebody who has used everything: a student, a tutor, with all that an account can have.
struct Person {
    till: Till,
    actor: Actor,
    id: MemberId,
    _clamd: Clamd,
}

impl Person {
    async fn new(owner: PgPool) -> Self {
        let (mut till, clamd) = (Till::new(owner).await, Clamd::running());
        till.school.services.files.scanner = clamd.scanner(std::time::Duration::from_secs(20));
        till.worker.files = till.school.services.files.clone();
        let h = &till.school;
        let tutor = h.tutor("Zaphira Quillfeather", Hours::default()).await;
        let (id, tenant) = (tutor.id, h.tenant.id);
        h.owner_sql(&format!("INSERT INTO member_roles (tenant_id, member_id, role) VALUES ('{tenant}', '{id}', 'student')")).await;
        let actor = h.again(id).await;
        let member = actor.member().unwrap().clone();
        let account = member.account;
        // Getting in.
        second_factor::begin_setup(&h.services, &actor).await.unwrap();
        let secret = second_factor::setup(&h.services, &actor).await.unwrap().secret;
        let app = totp_rs::Builder::new().with_secret(totp_rs::Secret::try_from_base32(secret.replace(' ', "")).unwrap()).build().unwrap();
        let code = app.generate(u64::try_from(h.services.now().as_second()).unwrap()).to_string();
        second_factor::confirm_setup(&h.services, &actor, &code).await.unwrap();
        let login = Login { member: id, epoch: 1, by: None, verified: true };
        // What the school did to them.
        members::suspend(&h.services, &h.admin, id, &format!("{MARK} was late")).await.unwrap();
        members::reinstate(&h.services, &h.admin, id).await.unwrap();
        let end = h.services.now() + SignedDuration::from_hours(24 * 365);
        let device = Device { user_agent: format!("{MARK} browser"), ..Device::default() };
        sessions::create(&h.services.db, tenant, b"secret", login, &serde_json::json!({}), end, &device).await.unwrap();
        accounts::set_preferences(&h.services, &actor, Some("en"), Some("Europe/Paris")).await.unwrap();
        accounts::ask_reset(&h.services, &h.anonymous(), "en", EMAIL).await.unwrap();
        let mut tx = h.tx().await;
        tx.see_account(account).await.unwrap();
        for sql in [
            format!(
                "INSERT INTO account_passkeys (account_id, id, rp_id, name, credential) VALUES ('{account}', '\\x01', 'northside.localhost', '{MARK} laptop', '{{}}')"
            ),
            format!(
                "INSERT INTO member_identities (tenant_id, id, member_id, issuer, subject, label) VALUES ('{tenant}', gen_random_uuid(), '{id}', 'https://campus.example', '{MARK}', '{EMAIL}')"
            ),
            format!(
                "INSERT INTO trusted_devices (tenant_id, id, account_id, epoch, expires_at) VALUES ('{tenant}', sha256('t'), '{account}', 1, now() + interval '1 day')"
            ),
            format!(
                "INSERT INTO login_challenges (tenant_id, id, purpose, account_id, expires_at) VALUES ('{tenant}', sha256('c'), 'passkey_new', '{account}', now() + interval '1 day')"
            ),
            format!(
                "INSERT INTO invitations (tenant_id, id, ticket, secret, email, name, roles, note, invited_by, expires_at) VALUES ('{tenant}', gen_random_uuid(), sha256('i'), '\\x01', '{EMAIL}', 'Zaphira {MARK}', '{{student}}', 'Dear {MARK}', '{}', now() + interval '1 day')",
                h.admin.member().unwrap().id
            ),
            format!("UPDATE tutors SET headline = '{MARK} teaches', bio = 'I am {MARK}', teaches_from = '{MARK} hall' WHERE id = '{id}'"),
            format!(
                "INSERT INTO qualifications (tenant_id, id, tutor_id, title, place, from_year) VALUES ('{tenant}', gen_random_uuid(), '{id}', 'Doctor {MARK}', '{MARK} college', 2001)"
            ),
            format!(
                "INSERT INTO availability_exceptions (tenant_id, id, tutor_id, on_date) VALUES ('{tenant}', gen_random_uuid(), '{id}', '2026-12-24')"
            ),
        ] {
            sqlx::query(AssertSqlSafe(sql)).execute(tx.conn()).await.unwrap();
        }
        tx.commit().await.unwrap();
        members::start_import(&h.services, &h.admin, &format!("Zaphira, {EMAIL}, student")).await.unwrap();
        let permit = uploads::permit(&h.services, &actor, Purpose::Photo).await.unwrap();
        uploads::accept(&h.services, &actor, permit, &format!("{MARK}.jpg"), Some(photo(3))).await.unwrap();
        till.run_jobs().await;
        let person = Self { actor: till.school.again(id).await, id, till, _clamd: clamd };
        person.buys().await;
        person.sells().await;
        person.agrees().await;
        person
    }

    fn h(&self) -> &Harness {
        &self.till.school
    }

    /// Cancels the lesson of a paid order; the money comes back. The booking.
    async fn cancel(&self, order: kernel::ids::OrderId) -> sqlx::types::Uuid {
        let (h, till) = (self.h(), &self.till);
        let booking =
            sqlx::types::Uuid::parse_str(&till.text(&format!("SELECT id::text FROM bookings WHERE order_id = '{order}'")).await).unwrap();
        let offer = booking::cancellation_offer(&h.services, &self.actor, booking.into()).await.unwrap();
        booking::cancel(&h.services, &self.actor, booking.into(), offer.refund.minor).await.unwrap();
        till.deliver_all().await;
        till.deliver_all().await;
        booking
    }

    /// A lesson paid by card and cancelled, with a review.
    async fn buys(&self) {
        let (h, till) = (self.h(), &self.till);
        let order = till.hold_as(&self.actor, "2026-11-17T10:00").await;
        domain::payments::start_checkout(&h.services, &self.actor, order).await.unwrap();
        till.pay(order).await;
        till.deliver_all().await;
        let booking = self.cancel(order).await;
        h.owner_sql(&format!(
            "INSERT INTO reviews (tenant_id, id, tutor_id, student_id, booking_id, stars, body)
             VALUES ('{}', gen_random_uuid(), '{}', '{}', '{booking}', 5, 'Says {MARK}')",
            h.tenant.id, till.tutor.id, self.id
        ))
        .await;
    }

    /// A lesson of theirs that Sue bought and they cancelled.
    async fn sells(&self) {
        let (h, till) = (self.h(), &self.till);
        let tutor = crate::harness::Tutor { actor: self.actor.clone(), id: self.id, slug: "zaphira-quillfeather".into() };
        let offering = h.offering(&tutor, "one_on_one", &[(60, 3233)]).await;
        h.owner_sql(&format!("UPDATE offering_versions SET description = 'By {MARK}' WHERE offering_id = '{}'", offering.id)).await;
        let hold = booking::Hold { variant_id: offering.variants[0], starts_at: crate::harness::london("2026-11-18T10:00") };
        let order = booking::hold(&h.services, &till.student, hold).await.unwrap();
        till.checkout(order).await;
        till.pay(order).await;
        till.deliver_all().await;
        let booking = self.cancel(order).await;
        // Told to who paid too late for it, of whom somebody else was quicker.
        h.owner_sql(&format!(
            "INSERT INTO mails (tenant_id, id, cause, recipient_id, to_address, locale, subject, html, plain, sent_at)
             VALUES ('{}', gen_random_uuid(), 'late_refunded:{order}', '{}', 'sue@northside.example', 'en', 'Too late', 'Of {MARK}', 'Of {MARK}', now())",
            h.tenant.id,
            till.student.member().unwrap().id
        ))
        .await;
        h.owner_sql(&format!(
            "INSERT INTO reviews (tenant_id, id, tutor_id, student_id, booking_id, stars, body, reply)
             VALUES ('{}', gen_random_uuid(), '{}', '{}', '{booking}', 4, 'Was good', 'Thanks, {MARK}')",
            h.tenant.id,
            self.id,
            till.student.member().unwrap().id
        ))
        .await;
    }

    /// What they agreed to, and a guardian of before they were of age.
    async fn agrees(&self) {
        let (h, id) = (self.h(), self.id);
        h.publish(PolicyKind::Terms, "Be kind.", true).await;
        let tenant = h.tenant.id;
        for sql in [
            format!("INSERT INTO consents SELECT tenant_id, '{id}', id, now(), '{MARK} net' FROM policy_versions"),
            format!("INSERT INTO age_statements (tenant_id, member_id, age, of_age, stated_at) VALUES ('{tenant}', '{id}', 16, false, now())"),
            format!(
                "INSERT INTO guardian_consents (tenant_id, id, member_id, guardian_name, guardian_email, locale, ticket, secret, expires_at)
                 VALUES ('{tenant}', gen_random_uuid(), '{id}', 'Mother {MARK}', 'mother@{MARK}.example', 'en', sha256('g'), '\\x01', now() + interval '1 day')"
            ),
            format!("UPDATE guardian_consents SET status = 'given', decided_at = now(), stated_name = 'Dr {MARK}', address = '{MARK} net'"),
            "INSERT INTO guardian_consent_versions SELECT v.tenant_id, g.id, v.id FROM policy_versions v, guardian_consents g".into(),
            format!(
                "INSERT INTO mails (tenant_id, id, cause, to_name, to_address, locale, subject, html, plain, sent_at)
                 SELECT tenant_id, gen_random_uuid(), 'guardian_asked:' || id || ':1', 'Mother {MARK}', guardian_email, 'en', 'Of {MARK}', 'Of {MARK}', 'Of {MARK}', now() FROM guardian_consents"
            ),
        ] {
            h.sql(&sql).await.unwrap();
        }
    }

    /// A connection that sees the school and the account, as the owner.
    async fn owner(&self) -> sqlx::Transaction<'static, sqlx::Postgres> {
        let mut tx = self.h().owner.begin().await.unwrap();
        let account = self.actor.member().unwrap().account.to_string();
        sqlx::query("SELECT set_config('app.tenant', $1, true), set_config('app.account', $2, true)")
            .bind(self.h().tenant.id.to_string())
            .bind(account)
            .execute(&mut *tx)
            .await
            .unwrap();
        tx
    }

    /// The tables, and the columns of each, in which the mark stands.
    async fn marked(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut tx = self.owner().await;
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for table in TABLES {
            let sql = format!(
                "SELECT DISTINCT c.key FROM {} t, jsonb_each_text(to_jsonb(t)) c WHERE strpos(lower(c.value), '{MARK}') > 0",
                table.name
            );
            let columns: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut *tx).await.unwrap();
            if !columns.is_empty() {
                found.insert(table.name.to_owned(), columns.into_iter().collect());
            }
        }
        let jobs: i64 = sqlx::query_scalar(AssertSqlSafe(format!(
            "SELECT count(*) FROM graphile_worker._private_jobs WHERE strpos(lower(payload::text), '{MARK}') > 0"
        )))
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        assert_eq!(jobs, 0, "jobs carry no data");
        found
    }

    async fn export(&self) -> BTreeMap<String, Vec<u8>> {
        unzip(&privacy::export(&self.h().services, &self.actor, Locale::En).await.unwrap())
    }
}

fn unzip(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().to_owned(), bytes)
        })
        .collect()
}

/// A person's rows of a table, whole, by their keys.
async fn rows(tx: &mut PgConnection, table: &Table, person: &Member, tenant: kernel::ids::TenantId) -> Vec<(Value, Value)> {
    let keys: Vec<String> = sqlx::query_scalar(
        "SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
         WHERE i.indrelid = $1::regclass AND i.indisprimary",
    )
    .bind(table.name)
    .fetch_all(&mut *tx)
    .await
    .unwrap();
    let key = keys.iter().map(|key| format!("'{key}', t.\"{key}\"")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "WITH p AS (SELECT $1::uuid AS tenant, $2::uuid AS member, $3::uuid AS account, $4::text AS email, ARRAY[$2::uuid] AS members)
         SELECT jsonb_build_object({key}), to_jsonb(t) FROM p, {} t WHERE {}",
        table.name, table.whose
    );
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(tenant.0)
        .bind(person.id.0)
        .bind(person.account.0)
        .bind(person.email.clone())
        .fetch_all(tx)
        .await
        .unwrap()
}

fn says_something(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false)) && value != "" && value != &Value::Array(Vec::new())
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_export_has_everything_and_no_secret(owner: PgPool) {
    let person = Person::new(owner).await;
    let files = person.export().await;
    let data: Value = serde_json::from_slice(&files["data.json"]).unwrap();
    let tables: BTreeSet<&str> = data["data"].as_object().unwrap().keys().map(String::as_str).collect();
    let expected: BTreeSet<&str> = TABLES.iter().filter(|table| !table.whose.is_empty()).map(|table| table.name).collect();
    // Nobody who was not forgotten wished it; a trial was not booked.
    assert_eq!(expected.difference(&tables).copied().collect::<Vec<_>>(), ["erasures", "trials"]);
    assert_eq!(data["data"]["members"][0]["email"], EMAIL);
    assert_eq!(data["data"]["accounts"][0]["email"], EMAIL);
    assert_eq!(data["data"]["orders"].as_array().unwrap().len(), 1, "their own alone");
    // Wherever they are told of, they are told, or it is said why not.
    for (table, columns) in person.marked().await {
        let declared = TABLES.iter().find(|declared| declared.name == table).unwrap();
        for column in columns {
            let treatment = declared.columns.iter().find(|declared| declared.name == column).unwrap().treatment;
            if matches!(treatment, Treatment::Theirs | Treatment::Kept(_)) {
                let told = data["data"][&table].to_string().to_lowercase();
                assert!(told.contains(MARK), "{table}.{column} is not in the export");
            }
            assert_ne!((treatment, column.as_str()), (Treatment::NotPersonal, "name"), "{table}.{column} tells of a person");
        }
    }
    for secret in ["password_hash", "credential", "fresh_codes", "who_salt", "\"ticket\"", "\"hash\""] {
        assert!(!String::from_utf8_lossy(&files["data.json"]).contains(secret), "{secret}");
    }
    let page = String::from_utf8(files["data.html"].clone()).unwrap();
    assert!(page.contains("<h1>Your data at NORTHSIDE</h1>") && page.contains("<h2>Your orders</h2>") && page.contains(MARK));
    let picture = files.iter().find(|(name, _)| name.starts_with("files/")).unwrap();
    assert!(image::load_from_memory(picture.1).is_ok(), "{}", picture.0);
    // In a person's words.
    assert!(!page.contains("+00:00</dd>"), "an instant of a machine");
    assert!(page.contains("Document terms, Version 1</dd>"), "a document");
    assert!(page.contains("<dt>Total</dt><dd>£32.33</dd>"), "an amount");
    // Escaped, and every heading is a message.
    assert!(!page.contains("<script") && !page.contains("privacy-table-"));
    let idle = idle(&person.actor);
    assert_eq!(refusal(privacy::export(&person.h().services, &idle, Locale::En).await), "Unverified");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn nothing_is_left_of_somebody_but_the_books(owner: PgPool) {
    let person = Person::new(owner).await;
    let (h, tenant) = (person.h(), person.h().tenant.id);
    let member = Member { email: EMAIL.into(), ..person.actor.member().unwrap().clone() };
    let ledger = "SELECT md5(string_agg(e::text, ',' ORDER BY e.id)) FROM ledger_entries e";
    let books = person.till.text(ledger).await;
    let mut before = Vec::new();
    let mut tx = person.owner().await;
    for table in TABLES.iter().filter(|table| !table.whose.is_empty() && table.name != "accounts" && table.name != "erasures") {
        before.push((table, rows(&mut tx, table, &member, tenant).await));
    }
    drop(tx);
    privacy::erase_self(&h.services, &person.actor, "Zaphira-Quillfeather@northside.example ").await.unwrap();
    // At once they are nobody.
    assert!(sessions::load(&h.services.db, tenant, b"secret", &Device::default()).await.unwrap().is_none());
    assert!(refusal(h.sign_in(EMAIL, ADMIN_PASSWORD, None).await).contains("error-sign-in"));
    assert_eq!(refusal(members::member(&h.services, &h.admin, person.id).await), "NotFound");
    assert_eq!(refusal(members::reinstate(&h.services, &h.admin, person.id).await), "NotFound");
    person.till.run_jobs().await;
    let farewell = person.till.services().mail.sent().pop().unwrap();
    assert!(farewell.to.eq_ignore_ascii_case(EMAIL) && farewell.text.contains("Your data at NORTHSIDE was deleted"), "{farewell:?}");

    let left = person.marked().await;
    let kept: BTreeMap<String, BTreeSet<String>> = [("order_lines".to_owned(), ["tutor_name".to_owned()].into())].into();
    assert_eq!(left, kept, "a receipt names who taught, and nothing else does");
    let mut tx = person.owner().await;
    for (table, rows) in before {
        for (key, old) in rows {
            let sql = format!("SELECT to_jsonb(t) FROM {} t WHERE to_jsonb(t) @> $1", table.name);
            let now: Option<Value> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(&key).fetch_optional(&mut *tx).await.unwrap();
            let Some(now) = now else { continue };
            for column in table.columns.iter().filter(|column| matches!(column.treatment, Treatment::Theirs | Treatment::Withheld(_))) {
                let (was, is) = (&old[column.name], &now[column.name]);
                assert!(!says_something(was) || was != is, "{}.{} is left: {is}", table.name, column.name);
            }
        }
    }
    drop(tx);
    let agreed =
        "SELECT (SELECT count(*) FROM consents) || status || (SELECT count(*) FROM guardian_consent_versions) FROM guardian_consents";
    assert_eq!(person.till.text(agreed).await, "1given1", "that a number agreed stays");
    assert_eq!(person.till.text(ledger).await, books, "the books are as they were");
    assert_eq!(person.till.text("SELECT sum(amount_minor)::text FROM ledger_entries").await, "0");
    assert_eq!(audit::verify(&h.services.db, tenant).await.unwrap().map(drop), Ok(()), "the log is whole");
    let (lines, _) = audit::log(&h.services, &h.admin, &AuditQuery::default()).await.unwrap();
    assert!(lines.iter().any(|line| line.action == "member.erased") && lines.iter().all(|line| !line.label.to_lowercase().contains(MARK)));
    let objects: Vec<_> = h.services.files.store.list(&tenant.to_string()).unwrap().try_collect().await.unwrap();
    assert!(objects.is_empty(), "{objects:?}");
    // What the log said of others cannot be taken out as if they had been forgotten too.
    h.owner_sql("UPDATE audit_entries SET actor_name = '', client = '', who_salt = NULL WHERE number = 1").await;
    assert_eq!(audit::verify(&h.services.db, tenant).await.unwrap().map(drop), Err(Flaw::Changed(1)));
    // The address is free: whoever has it may come again, as somebody new.
    let typed = SignUp { name: "Zaphira".into(), email: EMAIL.into(), password: ADMIN_PASSWORD.into() };
    let ticket = accounts::sign_up(&h.services, &h.anonymous(), "en", &typed, &crate::policies::consent(h).await).await.unwrap();
    let code = h.secret_for(tenant, EMAIL).await;
    let again = accounts::confirm(&h.services, &h.anonymous(), &ticket, &code).await.unwrap();
    assert!(matches!(again, accounts::Confirmed::Joined(login) if login.member != person.id), "{again:?}");
}

/// A member who says the mark of themselves, bought something and was merged into `survivor`.
async fn merged_into(till: &Till, survivor: MemberId) -> Member {
    let (h, services) = (&till.school, till.services());
    let twin = h.student(&format!("{MARK} twin")).await;
    let (_, asked) = domain::policies::mine(services, &twin).await.unwrap();
    if !asked.is_nothing() {
        let draft = domain::policies::ConsentDraft { agree: true, shown: asked.shown(), age: "of_age".into(), ..Default::default() };
        domain::policies::agree(services, &twin, "en", &draft).await.unwrap();
    }
    let offering = h.offering(&till.tutor, "one_on_one", &[(45, 2500)]).await;
    let hold = booking::Hold { variant_id: offering.variants[0], starts_at: crate::harness::london("2026-11-20T10:00") };
    let order = booking::hold(services, &twin, hold).await.unwrap();
    domain::payments::start_checkout(services, &twin, order).await.unwrap();
    till.pay(order).await;
    till.deliver_all().await;
    let booking = till.text(&format!("SELECT id::text FROM bookings WHERE order_id = '{order}'")).await.parse().unwrap();
    let offer = booking::cancellation_offer(services, &twin, booking).await.unwrap();
    booking::cancel(services, &twin, booking, offer.refund.minor).await.unwrap();
    till.deliver_all().await;
    till.deliver_all().await;
    let permit = uploads::permit(services, &twin, Purpose::Attachment).await.unwrap();
    uploads::accept(services, &twin, permit, &format!("{MARK}-essay.txt"), Some("An essay".into())).await.unwrap();
    let id = twin.member().unwrap().id;
    let told = audit::Entry::new(audit::Action::LoginEnded).on_member(id, MARK);
    let mut tx = twin.begin(&services.db).await.unwrap();
    audit::record(&mut tx, services, &twin, told).await.unwrap();
    tx.commit().await.unwrap();
    members::merging::merge(services, &h.admin, survivor, id, &format!("{MARK} called")).await.unwrap();
    till.run_jobs().await;
    twin.member().unwrap().clone()
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_was_merged_is_told_and_forgotten_with_who_they_are(owner: PgPool) {
    let person = Person::new(owner).await;
    let (h, tenant) = (person.h(), person.h().tenant.id);
    let twin = merged_into(&person.till, person.id).await;
    let files = person.export().await;
    let data: Value = serde_json::from_slice(&files["data.json"]).unwrap();
    let told = |table: &str| data["data"][table].to_string();
    assert!(told("members").contains(&twin.email) && told("mails").contains(&twin.email) && told("uploads").contains("essay"));
    assert!(told("audit_entries").contains("login.ended") && files.keys().any(|name| name.contains("essay")));
    assert_eq!(data["data"]["orders"].as_array().unwrap().len(), 2);
    assert!(
        !told("accounts").contains(&twin.email) && !told("account_schools").contains(&twin.account.to_string()),
        "an account is its owner's"
    );

    privacy::erase_self(&h.services, &person.actor, EMAIL).await.unwrap();
    person.till.run_jobs().await;
    let kept: BTreeMap<String, BTreeSet<String>> = [("order_lines".to_owned(), ["tutor_name".to_owned()].into())].into();
    assert_eq!(person.marked().await, kept);
    assert_eq!(h.count("SELECT count(*) FROM members WHERE status = 'merged' OR merged_into IS NOT NULL").await, 0);
    assert_eq!(h.count(&format!("SELECT count(*) FROM app.account_by_email('{}')", twin.email)).await, 0, "nor is their account");
    assert_eq!(audit::verify(&h.services.db, tenant).await.unwrap().map(drop), Ok(()), "the log is whole");
    let objects: Vec<_> = h.services.files.store.list(&tenant.to_string()).unwrap().try_collect().await.unwrap();
    assert!(objects.is_empty(), "{objects:?}");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_restored_backup_forgets_again_who_was_merged(owner: PgPool) {
    let till = Till::new(owner).await;
    let h = &till.school;
    let maya = h.student("Maya Quillfeather").await;
    let member = maya.member().unwrap().clone();
    let twin = merged_into(&till, member.id).await;
    // Of the day before they were forgotten, and of the day before they were merged.
    for merged in [true, false] {
        if h.count("SELECT count(*) FROM erasures").await == 0 {
            privacy::erase_self(&h.services, &h.again(member.id).await, &member.email).await.unwrap();
            till.run_jobs().await;
        }
        h.owner_sql("DELETE FROM erasures").await;
        sqlx::raw_sql("ALTER TABLE members DISABLE TRIGGER stay_erased").execute(&h.owner).await.unwrap();
        for one in [&member, &twin] {
            sqlx::query("UPDATE accounts SET email = $2 WHERE id = $1")
                .bind(one.account.0)
                .bind(&one.email)
                .execute(&h.owner)
                .await
                .unwrap();
            h.owner_sql(&format!(
                "UPDATE members SET status = 'active', account_id = '{}', name = '{}', email = '{}' WHERE id = '{}'",
                one.account, one.name, one.email, one.id
            ))
            .await;
        }
        if merged {
            h.owner_sql(&format!("UPDATE members SET status = 'merged', merged_into = '{}' WHERE id = '{}'", member.id, twin.id)).await;
        }
        sqlx::raw_sql("ALTER TABLE members ENABLE TRIGGER stay_erased").execute(&h.owner).await.unwrap();
        let replayed = privacy::replay(&h.services).await.unwrap();
        assert_eq!(replayed, privacy::Replayed { forgotten: if merged { 1 } else { 2 }, failed: 0 });
        till.run_jobs().await;
        assert_eq!(h.count("SELECT count(*) FROM members WHERE status = 'erased' AND email LIKE 'erased-%'").await, 2);
        for one in [&member, &twin] {
            assert_eq!(h.count(&format!("SELECT count(*) FROM app.account_by_email('{}')", one.email)).await, 0);
        }
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_restored_backup_forgets_again(owner: PgPool) {
    let till = Till::new(owner).await;
    let h = &till.school;
    let maya = h.student("Maya Quillfeather").await;
    let member = maya.member().unwrap().clone();
    privacy::erase_self(&h.services, &maya, &member.email).await.unwrap();
    till.run_jobs().await;
    assert_eq!(privacy::replay(&h.services).await.unwrap().forgotten, 0);
    // As the backup of the day before has it.
    h.owner_sql("DELETE FROM erasures").await;
    sqlx::raw_sql("ALTER TABLE members DISABLE TRIGGER stay_erased").execute(&h.owner).await.unwrap();
    sqlx::query("UPDATE accounts SET email = $2 WHERE id = $1").bind(member.account.0).bind(&member.email).execute(&h.owner).await.unwrap();
    h.owner_sql(&format!(
        "UPDATE members SET status = 'active', account_id = '{}', name = '{}', email = '{}' WHERE id = '{}'",
        member.account, member.name, member.email, member.id
    ))
    .await;
    sqlx::raw_sql("ALTER TABLE members ENABLE TRIGGER stay_erased").execute(&h.owner).await.unwrap();
    assert_eq!(privacy::replay(&h.services).await.unwrap(), privacy::Replayed { forgotten: 1, failed: 0 });
    till.run_jobs().await;
    assert_eq!(till.text(&format!("SELECT name || status FROM members WHERE id = '{}'", member.id)).await, "Former membererased");
    let gone: i64 =
        sqlx::query_scalar("SELECT count(*) FROM accounts WHERE email = $1").bind(&member.email).fetch_one(&h.owner).await.unwrap();
    assert_eq!((gone, privacy::replay(&h.services).await.unwrap().forgotten), (0, 0));
    assert_eq!(audit::verify(&h.services.db, h.tenant.id).await.unwrap().map(drop), Ok(()));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn one_school_forgets_and_another_does_not(owner: PgPool) {
    let till = Till::new(owner).await;
    let h = &till.school;
    let there = h.other_school().await;
    // The other school's admin joins this one.
    let typed = SignUp { name: "Ada".into(), email: "admin@southside.example".into(), password: ADMIN_PASSWORD.into() };
    let ticket = accounts::sign_up(&h.services, &h.anonymous(), "en", &typed, &crate::policies::consent(h).await).await.unwrap();
    let code = h.secret_for(h.tenant.id, "admin@southside.example").await;
    accounts::confirm(&h.services, &h.anonymous(), &ticket, &code).await.unwrap();
    let id = h.entered("admin@southside.example", ADMIN_PASSWORD).await;
    let ada = h.again(id).await;
    privacy::erase_self(&h.services, &ada, "admin@southside.example").await.unwrap();
    till.run_jobs().await;
    there.entered("admin@southside.example", ADMIN_PASSWORD).await;
    assert!(refusal(h.sign_in("admin@southside.example", ADMIN_PASSWORD, None).await).contains("error-sign-in"));
    let schools = accounts::schools(&there.services, &there.admin).await.unwrap();
    assert_eq!(schools.into_iter().map(|school| school.slug).collect::<Vec<_>>(), ["southside"]);
    // Suspended elsewhere is a member too.
    assert_eq!(h.count("SELECT count(*) FROM app.account_by_email('admin@southside.example')").await, 1);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_is_open_is_settled_first(owner: PgPool) {
    let till = Till::new(owner).await;
    let h = &till.school;
    let (sue, tom, admin) = (till.student.clone(), till.tutor.actor.clone(), h.admin.clone());
    let erase = |actor: &Actor| {
        let (services, actor) = (h.services.clone(), actor.clone());
        async move { refusal(privacy::erase_self(&services, &actor, &actor.member().unwrap().email).await) }
    };
    assert!(refusal(privacy::erase_self(&h.services, &sue, "tom@northside.example").await).contains("error-erase-email"));
    assert_eq!(erase(&admin).await, "error-last-admin");
    let order = till.at_checkout().await;
    assert_eq!(erase(&sue).await, "error-erase-money");
    assert_eq!(erase(&tom).await, "error-erase-money", "somebody pays for their time");
    till.pay(order).await;
    till.deliver_all().await;
    assert_eq!(erase(&sue).await, "error-erase-lessons");
    assert_eq!(erase(&tom).await, "error-erase-lessons");
    let booking = sqlx::types::Uuid::parse_str(&till.text("SELECT id::text FROM bookings").await).unwrap();
    let offer = booking::cancellation_offer(&h.services, &sue, booking.into()).await.unwrap();
    booking::cancel(&h.services, &sue, booking.into(), offer.refund.minor).await.unwrap();
    assert_eq!(erase(&sue).await, "error-erase-money", "the refund is under way");
    till.deliver_all().await;
    till.deliver_all().await;
    let idle = idle(&sue);
    assert_eq!(erase(&idle).await, "Unverified");

    // The school does it for somebody who asked.
    let id = sue.member().unwrap().id;
    assert!(refusal(privacy::erase(&h.services, &admin, id, " ").await).contains("error-required"));
    let clerk = h.staff("Clerk", [Permission::ManageMembers].into_iter().collect()).await;
    assert_eq!(refusal(privacy::erase(&h.services, &clerk, h.admin.member().unwrap().id, "x").await), "error-member-outranks");
    let reader = h.staff("Reader", [Permission::SeeMembers].into_iter().collect()).await;
    assert_eq!(refusal(privacy::erase(&h.services, &reader, id, "x").await), "NotFound");
    let other = h.other_school().await;
    assert_eq!(refusal(privacy::erase(&h.services, &other.admin, id, "x").await), "NotFound");
    privacy::erase(&h.services, &clerk, id, "asked by phone").await.unwrap();
    assert_eq!(refusal(privacy::erase(&h.services, &clerk, id, "again").await), "NotFound");
    till.run_jobs().await;
    assert_eq!(till.text("SELECT reason FROM erasures").await, "asked by phone");
    let (lines, _) = audit::log(&h.services, &h.admin, &AuditQuery::default()).await.unwrap();
    assert!(lines.iter().any(|line| line.after.contains("asked by phone") && line.actor_name == "Clerk"), "{lines:?}");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_a_tutor_earned_is_settled_with_the_school(owner: PgPool) {
    let till = Till::new(owner).await;
    let h = &till.school;
    let tom = till.tutor.actor.clone();
    let order = till.at_checkout().await;
    till.pay(order).await;
    till.deliver_all().await;
    h.clock.set(h.services.now() + SignedDuration::from_hours(24 * 30));
    assert_eq!(refusal(privacy::erase_self(&h.services, &tom, &tom.member().unwrap().email).await), "error-erase-earnings");
    privacy::erase(&h.services, &h.admin, till.tutor.id, "settled by transfer").await.unwrap();
    till.run_jobs().await;
    assert_eq!(till.text("SELECT sum(amount_minor)::text FROM ledger_entries").await, "0");
    // Nobody buys their time any more, also not who saw it before.
    let hold = booking::Hold { variant_id: till.offering.variants[0], starts_at: crate::harness::london("2026-12-22T10:00") };
    assert!(booking::hold(&h.services, &till.student, hold).await.is_err());
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_comes_too_late_changes_nothing_any_more(owner: PgPool) {
    let till = Till::new(owner).await;
    let h = &till.school;
    let (e, other) = (h.student("E").await, till.student.clone());
    accounts::ask_reset(&h.services, &h.anonymous(), "en", &other.member().unwrap().email).await.unwrap();
    till.run_jobs().await;
    let mails = h.count("SELECT count(*) FROM mails WHERE to_address <> ''").await;
    let photo_permit = uploads::permit(&h.services, &till.tutor.actor, Purpose::Photo).await.unwrap();
    privacy::erase_self(&h.services, &e, &e.member().unwrap().email).await.unwrap();
    privacy::erase(&h.services, &h.admin, till.tutor.id, "asked").await.unwrap();
    // What was under way when they were forgotten.
    assert!(uploads::accept(&h.services, &till.tutor.actor, photo_permit, "late.jpg", Some(photo(1))).await.is_err());
    let mut tx = e.begin(&h.services.db).await.unwrap();
    audit::record(&mut tx, &h.services, &e, audit::Entry::new(audit::Action::LoginEnded)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(h.sql(&format!("UPDATE members SET name = 'E' WHERE id = '{}'", e.member().unwrap().id)).await.is_err());
    till.run_jobs().await;
    domain::retention::tidy(&till.worker).await.unwrap();
    assert_eq!(h.count("SELECT count(*) FROM mails WHERE to_address <> ''").await, mails, "a short name is in every mail");
    assert_eq!(h.count("SELECT count(*) FROM audit_entries WHERE actor_name = 'E'").await, 0);
    assert_eq!(audit::verify(&h.services.db, h.tenant.id).await.unwrap().map(drop), Ok(()));
    // A job that did not come about is taken up.
    let noor = h.student("Noor").await;
    privacy::erase_self(&h.services, &noor, &noor.member().unwrap().email).await.unwrap();
    sqlx::query("DELETE FROM graphile_worker._private_jobs").execute(&h.owner).await.unwrap();
    h.owner_sql("UPDATE erasures SET requested_at = now() - interval '1 hour' WHERE done_at IS NULL").await;
    domain::retention::tidy(&till.worker).await.unwrap();
    till.run_jobs().await;
    assert_eq!(h.count("SELECT count(*) FROM erasures WHERE done_at IS NULL").await, 0);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn staff_do_not_take_along_what_they_wrote_of_others(owner: PgPool) {
    let till = Till::new(owner).await;
    let h = &till.school;
    members::suspend(&h.services, &h.admin, till.tutor.id, "said something awful").await.unwrap();
    let files = unzip(&privacy::export(&h.services, &h.admin, Locale::Es).await.unwrap());
    let data = String::from_utf8_lossy(&files["data.json"]).into_owned();
    assert!(data.contains("member.suspended") && !data.contains("awful"), "{data}");
    assert!(String::from_utf8_lossy(&files["data.html"]).contains("Tus datos en NORTHSIDE"));
}
