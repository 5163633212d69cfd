//! Two members who are one person become one, and nothing is lost, sold twice or handed to somebody else.

use crate::{
    harness::{ADMIN_PASSWORD, Harness, Hours, Tutor, idle, london, refusal},
    till::Till,
};
use domain::{
    Actor,
    accounts::{
        self, Login, SignUp,
        sessions::{self, Device},
    },
    audit::{self, AuditQuery},
    booking,
    members::{
        self, InvitationDraft, MemberQuery,
        merging::{REFERENCES, Settled, candidates, merge, preview},
    },
    orders, payments,
    policies::ConsentDraft,
    privacy,
    uploads::{self, Purpose},
};
use futures::future::join_all;
use jiff::SignedDuration;
use kernel::{
    AppError, Permission, Role,
    ids::{MemberId, OrderId},
};
use sqlx::PgPool;
use std::collections::BTreeSet;

fn id(actor: &Actor) -> MemberId {
    actor.member().unwrap().id
}

/// The school's admin merges `duplicate` into `survivor`.
async fn merged(h: &Harness, survivor: &Actor, duplicate: &Actor) -> domain::Result<()> {
    merge(&h.services, &h.admin, id(survivor), id(duplicate), "asked by phone").await
}

/// A paid lesson of `student`.
async fn buys(till: &Till, student: &Actor, wall: &str) -> OrderId {
    let order = till.hold_as(student, wall).await;
    payments::start_checkout(till.services(), student, order).await.unwrap();
    till.pay(order).await;
    till.deliver_all().await;
    order
}

async fn booking_of(till: &Till, order: OrderId) -> kernel::ids::BookingId {
    till.text(&format!("SELECT id::text FROM bookings WHERE order_id = '{order}'")).await.parse().unwrap()
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn every_reference_to_a_member_is_declared(owner: PgPool) {
    let there: Vec<(String, String)> = sqlx::query_as(
        "SELECT c.conrelid::regclass::text, a.attname::text FROM pg_constraint c, unnest(c.conkey) AS key
           JOIN pg_attribute a ON true
         WHERE c.contype = 'f' AND c.confrelid = 'members'::regclass AND a.attrelid = c.conrelid AND a.attnum = key AND a.attname <> 'tenant_id'",
    )
    .fetch_all(&owner)
    .await
    .unwrap();
    let there: BTreeSet<(String, String)> = there.into_iter().collect();
    let declared: BTreeSet<(String, String)> =
        REFERENCES.iter().map(|reference| (reference.table.to_owned(), reference.column.to_owned())).collect();
    assert_eq!(declared.len(), REFERENCES.len(), "each once");
    assert_eq!(there.difference(&declared).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "not declared");
    assert_eq!(declared.difference(&there).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "not there");
    assert!(REFERENCES.iter().all(|reference| !reference.why.is_empty()));
    // Where something moves or ends, nothing new begins for who was merged; and nobody merged becomes a tutor.
    let guarded: Vec<String> = sqlx::query_scalar("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'nobody_merged'")
        .fetch_all(&owner)
        .await
        .unwrap();
    let ends = |settled| matches!(settled, Settled::Moved | Settled::Ended);
    let expected: BTreeSet<&str> =
        REFERENCES.iter().filter(|r| ends(r.settled) && r.table != "members").map(|r| r.table).chain(["tutors"]).collect();
    assert_eq!(guarded.iter().map(String::as_str).collect::<BTreeSet<_>>(), expected);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn what_the_duplicate_had_is_the_survivors(owner: PgPool) {
    let till = Till::new(owner).await;
    let (h, s) = (&till.school, till.services());
    let (sue, again) = (till.student.clone(), h.student("Susan Student").await);
    let teaching = h.offering(&till.tutor, "trial", &[(30, 900)]).await;
    // Each has a lesson at the same hour, with another tutor, and had a trial with the same one.
    let other = h.tutor("Olga Other", Hours::default()).await;
    let of_other = h.offering(&other, "one_on_one", &[(60, 2000)]).await;
    h.booked(&sue, of_other.variants[0], london("2026-11-18T10:00")).await;
    h.booked(&sue, teaching.variants[0], london("2026-11-19T10:00")).await;
    h.booked(&again, teaching.variants[0], london("2026-11-20T10:00")).await;
    let paid = buys(&till, &again, "2026-11-18T10:00").await;
    let cancelled = buys(&till, &again, "2026-11-21T10:00").await;
    let booking = booking_of(&till, cancelled).await;
    let offer = booking::cancellation_offer(s, &again, booking).await.unwrap();
    booking::cancel(s, &again, booking, offer.refund.minor).await.unwrap();
    till.deliver_all().await;
    till.deliver_all().await;
    let held = till.hold_as(&again, "2026-11-23T10:00").await;
    h.owner_sql(&format!(
        "INSERT INTO reviews (tenant_id, id, tutor_id, student_id, booking_id, stars) VALUES ('{}', gen_random_uuid(), '{}', '{}', '{booking}', 5)",
        h.tenant.id,
        till.tutor.id,
        id(&again)
    ))
    .await;
    h.owner_sql(&format!(
        "INSERT INTO member_identities (tenant_id, id, member_id, issuer, subject) VALUES ('{}', gen_random_uuid(), '{}', 'https://campus.example', 's')",
        h.tenant.id,
        id(&again)
    ))
    .await;
    let permit = uploads::permit(s, &again, Purpose::Attachment).await.unwrap();
    uploads::accept(s, &again, permit, "essay.txt", Some("My essay".into())).await.unwrap();
    accounts::set_preferences(s, &again, None, Some("Europe/Paris")).await.unwrap();
    let ledger = "SELECT md5(string_agg(e::text, ',' ORDER BY e.id)) || md5((SELECT string_agg(l::text, ',' ORDER BY l.id) FROM order_lines l)) FROM ledger_entries e";
    let books = till.text(ledger).await;

    let look = preview(s, &h.admin, id(&sue), id(&again)).await.unwrap();
    assert_eq!((look.orders, look.lessons, look.reviews, look.files), (4, 3, 1, 1));
    assert_eq!((look.overlapping, look.trials, look.photos, look.obstacle), (1, 1, false, None));
    merged(h, &sue, &again).await.unwrap();

    for reference in REFERENCES {
        let sql = format!("SELECT count(*) FROM {} WHERE \"{}\" = '{}'", reference.table, reference.column, id(&again));
        let left = h.count(&sql).await;
        match reference.settled {
            Settled::Moved | Settled::Ended | Settled::Refused => {
                assert_eq!(left, 0, "{}.{}", reference.table, reference.column);
            }
            Settled::Kept => {}
        }
    }
    let sue = h.again(id(&sue)).await;
    assert_eq!(sue.member().unwrap().zone.as_deref(), Some("Europe/Paris"), "what was not chosen here");
    assert_eq!(booking::student_upcoming(s, &sue).await.unwrap().len(), 4);
    let receipt = orders::student_order(s, &sue, paid).await.unwrap();
    assert!(format!("{receipt:?}").contains("Tom Tutor"));
    assert_eq!(orders::for_student(s, &sue, None).await.unwrap().items.len(), 6);
    assert_eq!(refusal(orders::student_order(s, &again, paid).await), "NotFound", "the one who went has it no more");
    let detail = booking::student_booking(s, &sue, booking).await.unwrap();
    assert_eq!(
        h.count(&format!("SELECT count(*) FROM bookings WHERE id = '{booking}' AND cancelled_by = '{}'", id(&sue))).await,
        1,
        "{detail:?}"
    );
    assert_eq!(h.count("SELECT count(*) FROM trials").await, 1);
    assert_eq!(till.text(ledger).await, books, "the books are as they were");
    // Their hold is the survivor's to pay, at the same slot and once.
    payments::start_checkout(s, &sue, held).await.unwrap();
    till.pay(held).await;
    till.deliver_all().await;
    assert_eq!(till.order_status(held).await, "paid");
    assert_eq!(till.text("SELECT sum(amount_minor)::text FROM ledger_entries").await, "0");
    let told: Vec<String> = till.mails().into_iter().filter(|(_, subject)| subject.contains("are one now")).map(|(to, _)| to).collect();
    assert_eq!(told, ["sue-student@northside.example", "susan-student@northside.example"]);
    let texts: Vec<String> = s.mail.sent().into_iter().filter(|mail| mail.subject.contains("are one now")).map(|mail| mail.text).collect();
    assert!(
        texts.iter().all(|text| !text.contains("northside.example") && !text.contains("Ada Admin")),
        "neither address is told to the other"
    );
    let (lines, _) = audit::log(s, &h.admin, &AuditQuery::default()).await.unwrap();
    let line = lines.iter().find(|line| line.action == "member.merged").unwrap();
    assert!(
        line.label == "Sue Student" && line.before.contains("susan-student@northside.example") && line.after.contains("asked by phone")
    );
    assert_eq!(audit::verify(&s.db, h.tenant.id).await.unwrap().map(drop), Ok(()));
    // Staff find them by both addresses, and one person.
    let found = async |text: &str| {
        let query = MemberQuery { text: text.into(), ..MemberQuery::default() };
        members::list(s, &h.admin, &query).await.unwrap().items.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(found("susan-student@").await, [id(&sue)]);
    assert_eq!(members::member(s, &h.admin, id(&sue)).await.unwrap().formerly, ["susan-student@northside.example"]);
    assert_eq!(refusal(members::member(s, &h.admin, id(&again)).await), "NotFound");
    assert!(!members::export(s, &h.admin, &MemberQuery::default()).await.unwrap().contains("susan"));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_tutor_counts_people(pool: PgPool) {
    let h = Harness::new(pool).await;
    let tutor = h.tutor("Tina Tutor", Hours::default()).await;
    let offering = h.offering(&tutor, "one_on_one", &[(60, 3200)]).await;
    let (one, two) = (h.student("One").await, h.student("Two").await);
    h.booked(&one, offering.variants[0], london("2026-11-17T10:00")).await;
    h.booked(&two, offering.variants[0], london("2026-11-17T12:00")).await;
    // They took place.
    h.owner_sql("UPDATE lessons SET starts_at = now() - interval '3 days' + (starts_at - '2026-11-17'), ends_at = now() - interval '3 days' + (ends_at - '2026-11-17')").await;
    let figures = "SELECT students_taught * 10 + students_returned FROM tutors";
    h.owner_sql(&format!("SELECT app.refresh_tutor('{}')", tutor.id)).await;
    assert_eq!(h.count(&format!("SELECT ({figures})::bigint")).await, 20);
    merged(&h, &one, &two).await.unwrap();
    assert_eq!(h.count(&format!("SELECT ({figures})::bigint")).await, 11, "one person, who came again");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_was_merged_signs_in_to_nothing_here_and_only_their_owner_learns_why(owner: PgPool) {
    let till = Till::new(owner).await;
    let (h, s) = (&till.school, till.services());
    let there = h.other_school().await;
    let address = "maya@home.example";
    let typed = SignUp { name: "Maya".into(), email: address.into(), password: ADMIN_PASSWORD.into() };
    for school in [h, &there] {
        let ticket = accounts::sign_up(s, &school.anonymous(), "en", &typed, &ConsentDraft::default()).await.unwrap();
        let code = school.secret_for(school.tenant.id, address).await;
        accounts::confirm(s, &school.anonymous(), &ticket, &code).await.unwrap();
    }
    let (old, maya) = (h.again(h.entered(address, ADMIN_PASSWORD).await).await, h.student("Maya").await);
    let start = async |secret: &[u8], member| {
        let login = Login { member, epoch: 0, by: None, verified: true };
        let end = s.now() + SignedDuration::from_hours(24 * 365);
        sessions::create(&s.db, h.tenant.id, secret, login, &serde_json::json!({}), end, &Device::default()).await
    };
    start(b"before", id(&old)).await.unwrap();
    merged(h, &maya, &old).await.unwrap();

    assert!(sessions::load(&s.db, h.tenant.id, b"before", &Device::default()).await.unwrap().is_none(), "at once");
    // What was under way finds nobody.
    assert_eq!(AppError::from(start(b"late", id(&old)).await.unwrap_err()), AppError::Unauthenticated);
    let hold = booking::Hold { variant_id: till.offering.variants[0], starts_at: london("2026-11-17T10:00") };
    assert_eq!(AppError::from(booking::hold(s, &old, hold).await.unwrap_err()), AppError::Unauthenticated);
    assert_eq!(h.count("SELECT count(*) FROM claims").await, 0, "and holds nothing");
    // Told by the password alone.
    assert!(refusal(h.sign_in(address, ADMIN_PASSWORD, None).await).contains("error-merged"));
    assert!(refusal(h.sign_in(address, "violet harbour", None).await).contains("error-sign-in"));
    there.entered(address, ADMIN_PASSWORD).await;
    // Whoever asks with the old address is answered like anybody, and its owner learns by mail; no code, no link.
    let sent = s.mail.sent().len();
    accounts::ask_reset(s, &h.anonymous(), "en", address).await.unwrap();
    accounts::sign_up(s, &h.anonymous(), "en", &typed, &ConsentDraft::default()).await.unwrap();
    till.run_jobs().await;
    let mails = s.mail.sent().split_off(sent);
    let subjects: Vec<String> =
        mails.iter().filter(|mail| mail.to == address && !mail.subject.contains("one now")).map(|mail| mail.subject.clone()).collect();
    assert_eq!(subjects, ["You have another account at NORTHSIDE"; 2]);
    assert!(mails.iter().all(|mail| !mail.text.contains("ticket=")));
    assert!(
        refusal(
            members::invite(
                s,
                &h.admin,
                &InvitationDraft { email: address.into(), roles: vec!["tutor".into()], ..InvitationDraft::default() }
            )
            .await
        )
        .contains("email")
    );
    // For good.
    assert_eq!(refusal(members::reinstate(s, &h.admin, id(&old)).await), "NotFound");
    assert_eq!(refusal(members::suspend(s, &h.admin, id(&old), "x").await), "NotFound");
    assert_eq!(refusal(privacy::erase(s, &h.admin, id(&old), "x").await), "NotFound", "with who they are, and not alone");
    assert!(h.sql(&format!("UPDATE members SET status = 'active', merged_into = NULL WHERE id = '{}'", id(&old))).await.is_err());
    let schools = accounts::schools(s, &there.again(there.entered(address, ADMIN_PASSWORD).await).await).await.unwrap();
    assert_eq!(schools.into_iter().map(|school| school.slug).collect::<Vec<_>>(), ["southside"]);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn staff_merge_whom_they_could_suspend_and_nobody_gains_more(pool: PgPool) {
    let h = Harness::new(pool).await;
    let s = &h.services;
    let other = h.other_school().await;
    let (one, two) = (h.student("One").await, h.student("Two").await);
    let clerk = h.staff("Clerk", [Permission::ManageMembers].into_iter().collect()).await;
    let reader = h.staff("Reader", [Permission::SeeMembers].into_iter().collect()).await;
    let boss = h.member("Boss", &[Role::Admin, Role::Student]).await;
    let tries = |actor: &Actor, survivor: &Actor, duplicate: &Actor| {
        let (services, actor, survivor, duplicate) = (s.clone(), actor.clone(), id(survivor), id(duplicate));
        async move { refusal(merge(&services, &actor, survivor, duplicate, "same person").await) }
    };
    assert_eq!(tries(&reader, &one, &two).await, "NotFound");
    assert_eq!(tries(&other.admin, &one, &two).await, "NotFound", "another school's are nobody");
    assert_eq!(tries(&h.admin, &one, &other.admin).await, "NotFound", "and never meet this one's");
    assert_eq!(tries(&idle(&clerk), &one, &two).await, "Unverified");
    assert!(refusal(merge(s, &clerk, id(&one), id(&two), " ").await).contains("error-required"));
    assert_eq!(tries(&clerk, &one, &one).await, "NotFound");
    assert_eq!(tries(&clerk, &one, &boss).await, "error-member-outranks", "nobody merges away whom they could not suspend");
    assert_eq!(tries(&clerk, &boss, &one).await, "error-member-outranks", "nor makes somebody above them of two");
    assert_eq!(tries(&clerk, &one, &clerk).await, "error-merge-oneself");
    let seen = domain::Member {
        impersonator: Some(domain::Impersonator { id: id(&h.admin), name: "Ada".into() }),
        ..clerk.member().unwrap().clone()
    };
    assert_eq!(tries(&h.signed_in(seen), &one, &two).await, "error-impersonating");
    members::suspend(s, &h.admin, id(&one), "late").await.unwrap();
    assert_eq!(tries(&clerk, &one, &two).await, "error-merge-suspended");
    members::reinstate(s, &h.admin, id(&one)).await.unwrap();

    // Who was an admin is a student: nothing else is handed on, and what they were is in the log.
    merged(&h, &one, &boss).await.unwrap();
    let one = h.again(id(&one)).await;
    let is = one.member().unwrap();
    assert!(is.roles.student && !is.roles.admin && is.permissions.is_empty(), "{is:?}");
    let pair = h.member("Teaching", &[]).await;
    merged(&h, &pair, &two).await.unwrap();
    assert!(h.again(id(&pair)).await.member().unwrap().roles.student, "a student's lessons are a student's");
    assert_eq!(tries(&h.admin, &one, &two).await, "NotFound", "once");
    assert_eq!(tries(&h.admin, &two, &one).await, "NotFound", "and into nobody");
    let (lines, _) = audit::log(s, &h.admin, &AuditQuery::default()).await.unwrap();
    assert!(lines.iter().any(|line| line.action == "member.merged" && line.before.contains("admin") && line.before.contains("boss@")));
    // Of who was merged into them before, they are the one too.
    merged(&h, &one, &pair).await.unwrap();
    assert_eq!(h.count(&format!("SELECT count(*) FROM members WHERE merged_into = '{}'", id(&one))).await, 3);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_tutor_is_the_one_who_stays(pool: PgPool) {
    let h = Harness::new(pool).await;
    let (tina, tom) = (h.tutor("Tina Tutor", Hours::default()).await, h.tutor("Tom Tutor", Hours::default()).await);
    let offering = h.offering(&tina, "one_on_one", &[(60, 3200)]).await;
    let (sam, kim) = (h.student("Sam").await, h.student("Kim").await);
    assert_eq!(refusal(merged(&h, &sam, &tina.actor).await), "error-merge-tutor");
    assert_eq!(refusal(merged(&h, &tom.actor, &tina.actor).await), "error-merge-tutors");
    h.booked(&sam, offering.variants[0], london("2026-11-17T10:00")).await;
    for (survivor, duplicate) in [(&tina.actor, &sam), (&sam, &tina.actor)] {
        assert_eq!(refusal(merged(&h, survivor, duplicate).await), "error-merge-own-lessons");
    }
    // The database refuses it too, whoever asks.
    for (survivor, duplicate, refused) in
        [(&sam, &tina.actor, "merge_tutor"), (&tina.actor, &sam, "merge_own_lessons"), (&sam, &sam, "merge_standing")]
    {
        let error = h.sql(&format!("SELECT app.merge_members('{}', '{}')", id(survivor), id(duplicate))).await.unwrap_err();
        assert_eq!(error.as_database_error().and_then(|cause| cause.constraint()), Some(refused));
    }
    merged(&h, &tina.actor, &kim).await.unwrap();
    let Tutor { id: tina, .. } = tina;
    let roles = h.again(tina).await.member().unwrap().roles;
    assert!(roles.tutor && roles.student);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn duplicates_are_suggested_and_found(pool: PgPool) {
    let h = Harness::new(pool).await;
    let s = &h.services;
    let maya = h.student("Máya Patel").await;
    let same_name = h.student("Same Name").await;
    let same_box = h.student("Somebody").await;
    h.student("Maya Other").await;
    h.owner_sql(&format!("UPDATE members SET name = 'maya patel', email = 'one@x.example' WHERE id = '{}'", id(&same_name))).await;
    h.owner_sql(&format!("UPDATE members SET email = 'maya+school@y.example' WHERE id = '{}'", id(&same_box))).await;
    h.owner_sql(&format!("UPDATE members SET email = 'maya@y.example' WHERE id = '{}'", id(&maya))).await;
    let found =
        async |text: &str| candidates(s, &h.admin, id(&maya), text).await.unwrap().into_iter().map(|one| one.id).collect::<BTreeSet<_>>();
    assert_eq!(found("").await, [id(&same_name), id(&same_box)].into());
    assert_eq!(found("ONE@").await, [id(&same_name)].into());
    assert_eq!(found("other").await.len(), 1);
    merged(&h, &maya, &same_name).await.unwrap();
    assert_eq!(found("").await, [id(&same_box)].into());
    let reader = h.staff("Reader", [Permission::SeeMembers].into_iter().collect()).await;
    assert_eq!(refusal(candidates(s, &reader, id(&maya), "").await), "NotFound");
    assert_eq!(refusal(preview(s, &reader, id(&maya), id(&same_box)).await), "NotFound");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_payment_under_way_is_the_survivors(owner: PgPool) {
    let till = Till::new(owner).await;
    let (h, s) = (&till.school, till.services());
    let again = h.student("Sue Again").await;
    // Paid before, told after.
    let order = till.hold_as(&again, "2026-11-17T10:00").await;
    payments::start_checkout(s, &again, order).await.unwrap();
    till.pay(order).await;
    merged(h, &till.student, &again).await.unwrap();
    till.deliver_all().await;
    assert_eq!(till.order_status(order).await, "paid");
    assert_eq!(booking::student_upcoming(s, &till.student).await.unwrap().len(), 1);
    assert_eq!(till.balances().await, Till::paid_once());
    assert!(till.mails().iter().any(|(to, subject)| to == "sue-student@northside.example" && subject.contains("Algebra")));
    assert_eq!(refusal(payments::start_checkout(s, &again, order).await), "NotFound");
    // A cancellation after it gives the money back to the card that paid.
    let booking = booking_of(&till, order).await;
    let offer = booking::cancellation_offer(s, &till.student, booking).await.unwrap();
    assert_eq!(refusal(booking::cancel(s, &again, booking, offer.refund.minor).await), "NotFound");
    booking::cancel(s, &till.student, booking, offer.refund.minor).await.unwrap();
    till.deliver_all().await;
    till.deliver_all().await;
    assert_eq!(till.refunds().await, (1, 3233));
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn paying_holding_and_cancelling_while_it_happens(owner: PgPool) {
    let till = Till::new(owner).await;
    let (h, s) = (&till.school, till.services());
    for round in 0..8 {
        let (stays, goes) = (h.student(&format!("Stays {round}")).await, h.student(&format!("Goes {round}")).await);
        let (day, month) = (round + 1, "2026-12");
        let booked = buys(&till, &goes, &format!("{month}-{day:02}T12:00")).await;
        let booking = booking_of(&till, booked).await;
        let offer = booking::cancellation_offer(s, &goes, booking).await.unwrap().refund.minor;
        let paid = till.hold_as(&goes, &format!("{month}-{day:02}T10:00")).await;
        payments::start_checkout(s, &goes, paid).await.unwrap();
        till.pay(paid).await;
        let wanted = booking::Hold { variant_id: till.offering.variants[0], starts_at: london(&format!("{month}-{day:02}T14:00")) };
        let payment = till.payment(paid).await;
        let (done, settled, cancelled, held) = tokio::join!(
            merged(h, &stays, &goes),
            payments::settle(s, h.tenant.id, payment, None),
            booking::cancel(s, &goes, booking, offer),
            booking::hold(s, &goes, wanted),
        );
        done.unwrap();
        settled.unwrap();
        till.deliver_all().await;
        till.deliver_all().await;
        for result in [cancelled.map(drop), held.as_ref().map(drop).map_err(|_| domain::Error::App(AppError::Unauthenticated))] {
            let refused = result.err().map(AppError::from);
            assert!(matches!(refused, None | Some(AppError::Unauthenticated | AppError::NotFound)), "round {round}: {refused:?}");
        }
        assert_eq!(till.order_status(paid).await, "paid");
        for table in ["orders", "bookings"] {
            let left = h.count(&format!("SELECT count(*) FROM {table} WHERE student_id = '{}'", id(&goes))).await;
            assert_eq!(left, 0, "round {round}: {table}");
        }
        let holds = i64::from(held.is_ok());
        assert_eq!(h.count(&format!("SELECT count(*) FROM orders WHERE student_id = '{}'", id(&stays))).await, 2 + holds);
        assert_eq!(
            h.count("SELECT count(*) FROM claims c WHERE active AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = c.order_id)").await,
            0
        );
    }
    assert_eq!(h.count("SELECT count(*) FROM (SELECT order_id FROM bookings GROUP BY order_id HAVING count(*) > 1) twice").await, 0);
    assert_eq!(till.text("SELECT sum(amount_minor)::text FROM ledger_entries").await, "0");
    assert_eq!(audit::verify(&s.db, h.tenant.id).await.unwrap().map(drop), Ok(()));
}

/// Waits until as many statements wait for a lock.
async fn waiting(h: &Harness, many: i64) {
    let sql = "SELECT count(DISTINCT pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()";
    for _ in 0..20_000 {
        if sqlx::query_scalar::<_, i64>(sql).fetch_one(&h.owner).await.unwrap() == many {
            return;
        }
    }
    panic!("not {many} wait");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn who_waits_for_a_merge_finds_the_survivor(owner: PgPool) {
    let till = Till::new(owner).await;
    let (h, s) = (&till.school, till.services());
    let (sue, again) = (till.student.clone(), h.student("Sue Again").await);
    let booking = booking_of(&till, buys(&till, &again, "2026-11-17T12:00").await).await;
    let offer = booking::cancellation_offer(s, &again, booking).await.unwrap().refund.minor;
    let paid = till.hold_as(&again, "2026-11-17T10:00").await;
    payments::start_checkout(s, &again, paid).await.unwrap();
    till.pay(paid).await;
    let wanted = booking::Hold { variant_id: till.offering.variants[0], starts_at: london("2026-11-17T14:00") };
    let permit = uploads::permit(s, &again, Purpose::Attachment).await.unwrap();
    let payment = till.payment(paid).await;

    let mut merging = h.owner.begin().await.unwrap();
    sqlx::query("SELECT set_config('app.tenant', $1, true)").bind(h.tenant.id.to_string()).execute(&mut *merging).await.unwrap();
    sqlx::query("SELECT app.merge_members($1, $2)").bind(id(&sue).0).bind(id(&again).0).execute(&mut *merging).await.unwrap();
    let (settled, cancelled, held, sent, erased, ()) = tokio::join!(
        payments::settle(s, h.tenant.id, payment, None),
        booking::cancel(s, &again, booking, offer),
        booking::hold(s, &again, wanted),
        uploads::accept(s, &again, permit, "essay.txt", Some("My essay".into())),
        privacy::erase(s, &h.admin, id(&again), "asked"),
        async {
            waiting(h, 5).await;
            merging.commit().await.unwrap();
        }
    );
    settled.unwrap();
    assert_eq!(refusal(cancelled), "NotFound");
    assert_eq!(AppError::from(held.unwrap_err()), AppError::Unauthenticated);
    assert_eq!(AppError::from(sent.unwrap_err()), AppError::Unauthenticated);
    assert_eq!(refusal(erased), "NotFound");
    till.deliver_all().await;
    assert_eq!(booking::student_upcoming(s, &sue).await.unwrap().len(), 2);
    assert_eq!(h.count(&format!("SELECT count(*) FROM orders WHERE student_id = '{}'", id(&again))).await, 0);
    assert_eq!(h.count("SELECT count(*) FROM claims WHERE active").await, 2, "nothing was held for nobody");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn a_payment_locks_whoever_its_buyer_is_now(owner: PgPool) {
    let till = Till::new(owner).await;
    let (h, s) = (&till.school, till.services());
    let again = h.student("Sue Again").await;
    let order = till.hold_as(&again, "2026-11-17T10:00").await;
    payments::start_checkout(s, &again, order).await.unwrap();
    till.pay(order).await;
    let payment = till.payment(order).await;
    let survivor = id(&till.student).0;
    let mut merging = h.owner.begin().await.unwrap();
    sqlx::query("SELECT set_config('app.tenant', $1, true)").bind(h.tenant.id.to_string()).execute(&mut *merging).await.unwrap();
    sqlx::query("SELECT app.merge_members($1, $2)").bind(survivor).bind(id(&again).0).execute(&mut *merging).await.unwrap();
    // Somebody else waits for the survivor, and gets them before the payment knows who that is.
    let mut holding = h.tx().await;
    let lock = sqlx::query("SELECT id FROM members WHERE id = $1 FOR NO KEY UPDATE").bind(survivor);
    let (settled, ()) = tokio::join!(payments::settle(s, h.tenant.id, payment, None), async {
        waiting(h, 1).await;
        let (locked, ()) = tokio::join!(lock.execute(holding.conn()), async {
            waiting(h, 2).await;
            merging.commit().await.unwrap();
        });
        locked.unwrap();
        waiting(h, 1).await;
        // First the member, then the order, here too: it has not taken the order yet.
        let order = format!("SELECT id FROM orders WHERE id = '{order}' FOR NO KEY UPDATE NOWAIT");
        sqlx::query(sqlx::AssertSqlSafe(order)).execute(holding.conn()).await.unwrap();
        holding.commit().await.unwrap();
    });
    settled.unwrap();
    assert_eq!(till.order_status(order).await, "paid");
    assert_eq!(h.count(&format!("SELECT count(*) FROM bookings WHERE student_id = '{survivor}'")).await, 1);
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn of_two_photos_the_survivors_stays(pool: PgPool) {
    let h = Harness::new(pool).await;
    let shown = "SELECT count(*) FROM members m JOIN uploads u ON u.id = m.photo_id WHERE m.status = 'active' AND u.status = 'clean'";
    let with_photo = async |name: &str| {
        let actor = h.student(name).await;
        let (tenant, member) = (h.tenant.id, id(&actor));
        h.owner_sql("SELECT app.set_storage_quota(1000000)").await;
        for sql in [
            format!(
                "INSERT INTO uploads (tenant_id, id, owner_id, purpose, name, media_type, size_bytes, sha256, counted_bytes, next_at, created_at)
                 VALUES ('{tenant}', gen_random_uuid(), '{member}', 'photo', 'me.jpg', 'image/jpeg', 9, sha256('x'), 9, now(), now())"
            ),
            format!("UPDATE uploads SET status = 'clean', scanned_at = now() WHERE owner_id = '{member}'"),
            format!("UPDATE members SET photo_id = (SELECT id FROM uploads WHERE owner_id = '{member}') WHERE id = '{member}'"),
        ] {
            h.owner_sql(&sql).await;
        }
        actor
    };
    let (one, two, three) = (with_photo("One").await, with_photo("Two").await, h.student("Three").await);
    assert!(preview(&h.services, &h.admin, id(&one), id(&two)).await.unwrap().photos);
    let own = format!(
        "SELECT count(*) FROM members m JOIN uploads u ON u.id = m.photo_id AND u.created_at = (SELECT min(created_at) FROM uploads) WHERE m.id = '{}'",
        id(&one)
    );
    merged(&h, &one, &two).await.unwrap();
    assert_eq!((h.count(shown).await, h.count(&own).await), (1, 1));
    assert_eq!(h.count("SELECT count(*) FROM uploads WHERE status = 'removed'").await, 1, "and the other goes");
    assert_eq!(h.jobs("clear_upload").await.len(), 1);
    merged(&h, &three, &one).await.unwrap();
    assert_eq!(h.count(&format!("{shown} AND m.id = '{}'", id(&three))).await, 1, "who has none gets it");
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn of_what_happens_to_a_member_at_once_one_thing_does(pool: PgPool) {
    let h = Harness::new(pool).await;
    let s = &h.services;
    let second = h.member("Second Admin", &[Role::Admin]).await;
    for round in 0..8 {
        // Each into the other.
        let (a, b) = (h.student(&format!("A {round}")).await, h.student(&format!("B {round}")).await);
        let both = [(&h.admin, &a, &b), (&second, &b, &a)].map(|(actor, stays, goes)| merge(s, actor, id(stays), id(goes), "same"));
        let done = join_all(both).await;
        assert_eq!(done.iter().filter(|result| result.is_ok()).count(), 1, "{done:?}");
        assert!(done.into_iter().filter_map(Result::err).all(|error| AppError::from(error) == AppError::NotFound));
        assert_eq!(
            h.count(&format!("SELECT count(*) FROM members WHERE id IN ('{}', '{}') AND status = 'active'", id(&a), id(&b))).await,
            1
        );
        // In a ring: two are left out of three at most once each, and nobody is gone for nothing.
        let ring: Vec<Actor> = join_all((0..3).map(|n| {
            let h = &h;
            async move { h.student(&format!("R {round} {n}")).await }
        }))
        .await;
        let done = join_all((0..3).map(|n| merge(s, &h.admin, id(&ring[n]), id(&ring[(n + 1) % 3]), "same"))).await;
        assert!(done.iter().any(Result::is_ok), "{done:?}");
        let lost = h
            .count("SELECT count(*) FROM members m JOIN members n ON n.tenant_id = m.tenant_id AND n.id = m.merged_into WHERE n.status <> 'active'")
            .await;
        assert_eq!(lost, 0, "who somebody is now is somebody");
        // Erased or suspended while they are merged.
        let (c, d) = (h.student(&format!("C {round}")).await, h.student(&format!("D {round}")).await);
        let (merging, erasing) = tokio::join!(merged(&h, &c, &d), privacy::erase(s, &second, id(&d), "asked"));
        assert!(merging.is_ok() != erasing.is_ok(), "{merging:?} {erasing:?}");
        let (e, f) = (h.student(&format!("E {round}")).await, h.student(&format!("F {round}")).await);
        let (merging, suspending) = tokio::join!(merged(&h, &e, &f), members::suspend(s, &second, id(&f), "late"));
        merging.unwrap();
        assert!(suspending.map_err(AppError::from).err().is_none_or(|error| error == AppError::NotFound));
        assert_eq!(h.count(&format!("SELECT count(*) FROM members WHERE id = '{}' AND status = 'merged'", id(&f))).await, 1);
    }
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn of_two_words_about_age_the_careful_one_counts_and_who_has_a_guardian_stays(owner: PgPool) {
    let h = Harness::new(owner).await;
    let says = async |member: &Actor, of_age: bool| {
        h.owner_sql(&format!("INSERT INTO age_statements VALUES ('{}', '{}', 16, {of_age}, now())", h.tenant.id, id(member))).await;
    };
    for (round, own, theirs, expected) in [(1, true, false, false), (2, false, true, false), (3, true, true, true)] {
        let (stays, goes) = (h.student(&format!("Stays {round}")).await, h.student(&format!("Goes {round}")).await);
        says(&stays, own).await;
        says(&goes, theirs).await;
        merged(&h, &stays, &goes).await.unwrap();
        let of = |member: &Actor| format!("SELECT count(*) FROM age_statements WHERE member_id = '{}'", id(member));
        assert_eq!(h.count(&format!("{} AND of_age = {expected}", of(&stays))).await, 1, "{round}");
        assert_eq!(h.count(&of(&goes)).await, 0);
    }
    let (young, twin) = (h.student("Young").await, h.student("Twin").await);
    h.owner_sql(&format!(
        "INSERT INTO guardian_consents (tenant_id, id, member_id, guardian_name, guardian_email, locale, ticket, secret, expires_at)
         VALUES ('{}', gen_random_uuid(), '{}', 'Gus', 'g@g.example', 'en', sha256('x'), '\\x00', now() + interval '1 day')",
        h.tenant.id,
        id(&young)
    ))
    .await;
    assert_eq!(refusal(merged(&h, &twin, &young).await), "error-merge-guardian");
    let by_hand = h.sql(&format!("SELECT app.merge_members('{}', '{}')", id(&twin), id(&young))).await;
    assert!(by_hand.unwrap_err().to_string().contains("who has a guardian"));
    merged(&h, &young, &twin).await.unwrap();
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn nobody_takes_a_student_for_themselves_and_a_visitor_is_no_duplicate(owner: PgPool) {
    let h = Harness::new(owner).await;
    let clerk = h.staff("Cleo Clerk", [kernel::Permission::ManageMembers].into_iter().collect()).await;
    let sue = h.student("Sue").await;
    let own = merge(&h.services, &clerk, id(&clerk), id(&sue), "mine").await;
    assert_eq!(refusal(own), "error-merge-oneself");
    let visitor = h.student("Vera").await;
    h.owner_sql(&format!("UPDATE members SET until = now() + interval '1 hour' WHERE id = '{}'", id(&visitor))).await;
    for (stays, goes) in [(&sue, &visitor), (&visitor, &sue)] {
        assert_eq!(refusal(merged(&h, stays, goes).await), "error-merge-visitor");
        assert!(h.sql(&format!("SELECT app.merge_members('{}', '{}')", id(stays), id(goes))).await.is_err());
    }
    assert!(candidates(&h.services, &h.admin, id(&sue), "vera").await.unwrap().is_empty());
}
