//! Guardians: somebody gets a mail whose link lets them consent for a member, refuse, and later withdraw.
//!
//! The link is worth what its mail was sent for: one asks, and is over with the answer; another one, sent with the thanks,
//! withdraws. Everything that is decided locks the member first, as booking does.

use super::{
    agreeing::{allow_mail, check_documents, check_guardian},
    model::{GuardianRequest, GuardianStatus, OpenRequest, Standing, VersionHead},
    queries,
};
use crate::{
    Actor, Error, Result, Services, TenantTx,
    accounts::sessions::shortened,
    audit::{self, Action, Entry},
    keyring::Place,
    mailing::{self, GuardianDecision, Mailing},
    members, resealing, ticket,
};
use jiff::Timestamp;
use kernel::{
    AppError, FormErrors, Permission,
    email::Email,
    ids::{GuardianConsentId, MemberId, TenantId},
};
use serde_json::{Value, json};

/// How long a guardian can answer (days after the last mail).
pub const GUARDIAN_DAYS: i32 = 30;
/// The sealed column.
const SECRET: &str = "guardian_consents.secret";

/// What a guardian who consents said. Errors come at the names of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuardianDraft {
    /// Who they are. Field `name`.
    pub name: String,
    /// Whether they ticked that they are the guardian and consent. Field `agree`.
    pub agree: bool,
    /// The ids of the versions that the form showed.
    pub shown: String,
}

fn over() -> AppError {
    AppError::conflict("error-guardian-over")
}

fn place(tenant: TenantId, id: &GuardianConsentId) -> Place<'_> {
    Place { column: SECRET, owner: tenant.0, row: id.0.as_bytes() }
}

/// A new ticket, and how the mail finds it: sealed.
fn new_ticket(services: &Services, tx: &TenantTx, id: GuardianConsentId) -> Result<(Vec<u8>, Vec<u8>)> {
    let ticket = ticket::new(&services.rng);
    let secret = services.keyring.seal(&services.rng, place(tx.tenant(), &id), ticket.as_bytes())?;
    Ok((ticket::key(&ticket), secret))
}

/// Has a guardian of a member asked, in the caller's transaction; nothing if one is asked or consented already.
pub(super) async fn insert(services: &Services, tx: &mut TenantTx, member: MemberId, guardian: (&str, &str), locale: &str) -> Result<()> {
    let id: GuardianConsentId = services.id();
    let (ticket, secret) = new_ticket(services, tx, id)?;
    // Who did not answer in time makes room for another.
    expire(tx, member, false).await?;
    let done = sqlx::query!(
        "INSERT INTO guardian_consents (tenant_id, id, member_id, guardian_name, guardian_email, locale, ticket, secret, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(days => $9))
         ON CONFLICT (tenant_id, member_id) WHERE status IN ('asked', 'given') DO NOTHING",
        tx.tenant().0,
        id.0,
        member.0,
        guardian.0,
        guardian.1,
        locale,
        ticket,
        secret,
        GUARDIAN_DAYS
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    mailing::enqueue(tx, Mailing::GuardianAsked { guardian: id, nth: 1 }).await
}

/// Ends the question to a member's guardian if its time is over, or in any case.
async fn expire(tx: &mut TenantTx, member: MemberId, in_any_case: bool) -> Result<()> {
    sqlx::query!(
        "UPDATE guardian_consents SET status = 'expired', ticket = NULL, secret = NULL
         WHERE tenant_id = $1 AND member_id = $2 AND status = 'asked' AND (expires_at <= now() OR $3)",
        tx.tenant().0,
        member.0,
        in_any_case
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The signed-in member names a guardian, in place of one who did not answer yet.
///
/// # Errors
/// At the fields; not found unless they are young; a conflict once a guardian decided: then the school helps;
/// [`AppError::RateLimited`].
pub async fn name_guardian(services: &Services, actor: &Actor, locale: &str, name: &str, email: &str) -> Result<()> {
    let member = actor.in_person()?;
    let may = |standing: &Standing| {
        if !standing.is_minor {
            return Err(AppError::NotFound);
        }
        if standing.may_name_guardian() { Ok(()) } else { Err(AppError::conflict("error-guardian-decided")) }
    };
    ask(services, actor, member.id, &member.email, (name, email), locale, may, None).await
}

/// Whether the actor may decide about this member's guardian now: somebody else, who may do no more than they.
async fn check_other(tx: &mut TenantTx, actor: &Actor, member: MemberId) -> Result<()> {
    if actor.member()?.id == member {
        return Err(AppError::conflict("error-member-oneself").into());
    }
    members::check_subordinate(tx, actor, member).await
}

/// Staff name a guardian of a member, also after a refusal.
///
/// # Errors
/// As [`name_guardian`]; a conflict when a guardian consented.
pub async fn ask_for(services: &Services, actor: &Actor, member: MemberId, locale: &str, name: &str, email: &str) -> Result<()> {
    actor.permit(Permission::ManageMembers)?;
    let mut tx = actor.begin(&services.db).await?;
    check_other(&mut tx, actor, member).await?;
    let found =
        sqlx::query!("SELECT name, email FROM members WHERE tenant_id = $1 AND id = $2 AND status <> 'erased'", tx.tenant().0, member.0)
            .fetch_optional(tx.conn())
            .await?
            .ok_or(AppError::NotFound)?;
    tx.commit().await?;
    let may = |standing: &Standing| {
        if !standing.is_minor {
            return Err(AppError::NotFound);
        }
        let is_given = standing.guardian.as_ref().is_some_and(|guardian| guardian.status == GuardianStatus::Given);
        if is_given { Err(AppError::conflict("error-guardian-decided")) } else { Ok(()) }
    };
    let entry = Entry::new(Action::GuardianAsked).on_member(member, found.name);
    ask(services, actor, member, &found.email, (name, email), locale, may, Some(entry)).await
}

#[expect(clippy::too_many_arguments, reason = "one way for a member and for staff, who may more")]
async fn ask(
    services: &Services,
    actor: &Actor,
    member: MemberId,
    own: &str,
    (name, email): (&str, &str),
    locale: &str,
    may: impl Fn(&Standing) -> Result<(), AppError>,
    entry: Option<Entry>,
) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    may(&queries::standing(&mut tx, member).await?)?;
    tx.commit().await?;
    let mut errors = FormErrors::default();
    let guardian = check_guardian(&mut errors, &Email::lenient(own), name, email);
    errors.into_result()?;
    let Some((name, email)) = guardian else { return Err(AppError::Internal.into()) };
    allow_mail(services, actor, &Email::lenient(&email)).await?;
    let mut tx = actor.begin(&services.db).await?;
    if entry.is_some() {
        check_other(&mut tx, actor, member).await?;
    }
    queries::lock_member(&mut tx, member).await?;
    may(&queries::standing(&mut tx, member).await?)?;
    expire(&mut tx, member, true).await?;
    insert(services, &mut tx, member, (&name, &email), locale).await?;
    if let Some(entry) = entry {
        audit::record(&mut tx, services, actor, entry).await?;
    }
    tx.commit().await
}

/// Sends the signed-in member's guardian the mail again.
///
/// # Errors
/// A conflict when there is nothing to answer; [`AppError::RateLimited`].
pub async fn resend(services: &Services, actor: &Actor) -> Result<()> {
    let member = actor.in_person()?.id;
    send_again(services, actor, member, None).await
}

/// The same by staff.
pub async fn resend_for(services: &Services, actor: &Actor, member: MemberId) -> Result<()> {
    actor.permit(Permission::ManageMembers)?;
    let mut tx = actor.begin(&services.db).await?;
    check_other(&mut tx, actor, member).await?;
    let found = sqlx::query_scalar!("SELECT name FROM members WHERE tenant_id = $1 AND id = $2", tx.tenant().0, member.0)
        .fetch_optional(tx.conn())
        .await?
        .ok_or(AppError::NotFound)?;
    tx.commit().await?;
    send_again(services, actor, member, Some(Entry::new(Action::GuardianAskedAgain).on_member(member, found))).await
}

/// By staff if there is an entry for the log.
async fn send_again(services: &Services, actor: &Actor, member: MemberId, by_staff: Option<Entry>) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    let asked = waiting(&mut tx, member).await?;
    tx.commit().await?;
    allow_mail(services, actor, &Email::lenient(&asked.email)).await?;
    let mut tx = actor.begin(&services.db).await?;
    if by_staff.is_some() {
        check_other(&mut tx, actor, member).await?;
    }
    queries::lock_member(&mut tx, member).await?;
    let asked = waiting(&mut tx, member).await?;
    // A new link: one that was passed on or leaked does not come back to life.
    let (ticket, secret) = new_ticket(services, &tx, asked.id)?;
    let nth = sqlx::query_scalar!(
        "UPDATE guardian_consents SET ticket = $3, secret = $4, mails = mails + 1, sent_at = now(), expires_at = now() + make_interval(days => $5)
         WHERE tenant_id = $1 AND id = $2 RETURNING mails",
        tx.tenant().0,
        asked.id.0,
        ticket,
        secret,
        GUARDIAN_DAYS
    )
    .fetch_one(tx.conn())
    .await?;
    mailing::enqueue(&mut tx, Mailing::GuardianAsked { guardian: asked.id, nth }).await?;
    if let Some(entry) = by_staff {
        audit::record(&mut tx, services, actor, entry).await?;
    }
    tx.commit().await
}

/// The question to a member's guardian that can be answered.
async fn waiting(tx: &mut TenantTx, member: MemberId) -> Result<GuardianRequest> {
    let asked = queries::guardian_of(tx, member).await?.filter(|guardian| guardian.status == GuardianStatus::Asked);
    Ok(asked.ok_or_else(over)?)
}

/// Staff note that a member who said to be younger is of age: no guardian is needed any more.
///
/// # Errors
/// Not found unless they said so.
pub async fn confirm_age(services: &Services, actor: &Actor, member: MemberId) -> Result<()> {
    actor.permit(Permission::ManageMembers)?;
    let mut tx = actor.begin(&services.db).await?;
    check_other(&mut tx, actor, member).await?;
    queries::lock_member(&mut tx, member).await?;
    let said = sqlx::query!(
        "SELECT s.age, m.name FROM age_statements s JOIN members m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
         WHERE s.tenant_id = $1 AND s.member_id = $2 AND NOT s.of_age",
        tx.tenant().0,
        member.0
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let limit = queries::guardian_age(&mut tx).await?.or(u8::try_from(said.age).ok()).ok_or(Error::Broken("an age is small"))?;
    queries::state_age(&mut tx, member, limit, true, services.now(), true).await?;
    expire(&mut tx, member, true).await?;
    let entry = Entry::new(Action::AgeConfirmed).on_member(member, said.name).change(Value::Null, json!({ "age": limit }));
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await
}

/// A guardian's row, found by a ticket.
struct Found {
    id: GuardianConsentId,
    member: MemberId,
    student: String,
    name: String,
    is_given: bool,
}

async fn find(tx: &mut TenantTx, ticket: &str) -> Result<Option<Found>> {
    Ok(sqlx::query_as!(
        Found,
        r#"SELECT g.id AS "id: GuardianConsentId", g.member_id AS "member: MemberId", m.name AS student, g.guardian_name AS name,
             g.status = 'given' AS "is_given!"
           FROM guardian_consents g JOIN members m ON m.tenant_id = g.tenant_id AND m.id = g.member_id AND m.status <> 'erased'
           WHERE g.tenant_id = $1 AND g.ticket = $2 AND (g.status = 'given' OR g.status = 'asked' AND g.expires_at > now())"#,
        tx.tenant().0,
        ticket::key(ticket)
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// What a mailed link opens, if it still works.
pub async fn open(services: &Services, actor: &Actor, ticket: &str) -> Result<Option<OpenRequest>> {
    let mut tx = actor.begin(&services.db).await?;
    let found = find(&mut tx, ticket).await?;
    let documents = queries::current(&mut tx).await?;
    tx.commit().await?;
    Ok(found.map(|Found { student, name, is_given, .. }| OpenRequest { student, name, is_given, documents }))
}

/// A guardian consents.
///
/// # Errors
/// At `name` or `agree`; a conflict when the link is over.
pub async fn give(services: &Services, actor: &Actor, ticket: &str, draft: &GuardianDraft) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    let found = find(&mut tx, ticket).await?.filter(|found| !found.is_given).ok_or_else(over)?;
    let documents = queries::current(&mut tx).await?;
    let name = draft.name.trim();
    let mut errors = FormErrors::default();
    errors.check(!name.is_empty(), "name", "error-required");
    errors.check_line("name", name, 80);
    if draft.agree {
        check_documents(&mut errors, &documents, true, &draft.shown);
    } else {
        errors.check(false, "agree", "error-is-guardian");
    }
    errors.into_result()?;
    queries::lock_member(&mut tx, found.member).await?;
    let (next, secret) = new_ticket(services, &tx, found.id)?;
    let done = sqlx::query!(
        "UPDATE guardian_consents SET status = 'given', decided_at = now(), stated_name = $4, address = $5, ticket = $6, secret = $7
         WHERE tenant_id = $1 AND id = $2 AND ticket = $3 AND status = 'asked' AND expires_at > now()",
        tx.tenant().0,
        found.id.0,
        ticket::key(ticket),
        name,
        shortened(actor.client),
        next,
        secret
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Err(over().into());
    }
    let versions: Vec<_> = documents.iter().map(|head| head.id.0).collect();
    sqlx::query!(
        "INSERT INTO guardian_consent_versions (tenant_id, guardian_consent_id, version_id) SELECT $1, $2, unnest($3::uuid[])",
        tx.tenant().0,
        found.id.0,
        &versions
    )
    .execute(tx.conn())
    .await?;
    decided(services, tx, actor, &found, GuardianDecision::Given, &documents).await
}

/// A guardian refuses.
///
/// # Errors
/// A conflict when the link is over.
pub async fn refuse(services: &Services, actor: &Actor, ticket: &str) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    let found = find(&mut tx, ticket).await?.filter(|found| !found.is_given).ok_or_else(over)?;
    queries::lock_member(&mut tx, found.member).await?;
    let done = sqlx::query!(
        "UPDATE guardian_consents SET status = 'refused', decided_at = now(), address = $4, ticket = NULL, secret = NULL
         WHERE tenant_id = $1 AND id = $2 AND ticket = $3 AND status = 'asked' AND expires_at > now()",
        tx.tenant().0,
        found.id.0,
        ticket::key(ticket),
        shortened(actor.client)
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Err(over().into());
    }
    decided(services, tx, actor, &found, GuardianDecision::Refused, &[]).await
}

/// A guardian withdraws: nothing more is booked from now on, and the school's admins are told. Lessons that are booked stay.
///
/// # Errors
/// A conflict when the link is over.
pub async fn withdraw(services: &Services, actor: &Actor, ticket: &str) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    let found = find(&mut tx, ticket).await?.filter(|found| found.is_given).ok_or_else(over)?;
    queries::lock_member(&mut tx, found.member).await?;
    let done = sqlx::query!(
        "UPDATE guardian_consents SET status = 'withdrawn', withdrawn_at = now(), ticket = NULL, secret = NULL
         WHERE tenant_id = $1 AND id = $2 AND ticket = $3 AND status = 'given'",
        tx.tenant().0,
        found.id.0,
        ticket::key(ticket)
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Err(over().into());
    }
    decided(services, tx, actor, &found, GuardianDecision::Withdrawn, &[]).await
}

/// Has it told by mail and in the log, and makes it last.
async fn decided(
    services: &Services,
    mut tx: TenantTx,
    actor: &Actor,
    found: &Found,
    what: GuardianDecision,
    documents: &[VersionHead],
) -> Result<()> {
    mailing::enqueue(&mut tx, Mailing::GuardianDecided { guardian: found.id, what }).await?;
    let action = match what {
        GuardianDecision::Given => Action::GuardianGiven,
        GuardianDecision::Refused => Action::GuardianRefused,
        GuardianDecision::Withdrawn => Action::GuardianWithdrawn,
    };
    let agreed: Vec<String> = documents.iter().map(|head| format!("{} {}", head.kind.key(), head.number)).collect();
    let told = if agreed.is_empty() { Value::Null } else { json!({ "documents": agreed }) };
    // Whoever is signed in in this browser is not who decided: the link is. From where, shortened, is with the consent.
    let nobody = Actor { member: None, client: None, ..actor.clone() };
    audit::record(&mut tx, services, &nobody, Entry::new(action).on_member(found.member, &found.student).change(Value::Null, told)).await?;
    tx.commit().await
}

/// What mails about a guardian say.
pub(crate) struct Told {
    pub member: MemberId,
    pub student: String,
    /// Who was asked, and where.
    pub name: String,
    pub email: String,
    pub locale: String,
    /// What the link carries, while there is one.
    pub ticket: Option<String>,
    pub expires_at: Timestamp,
    /// Whether the question can still be answered.
    pub is_open: bool,
    pub documents: Vec<VersionHead>,
}

/// What mails about a guardian say.
pub(crate) async fn told(services: &Services, tx: &mut TenantTx, id: GuardianConsentId) -> Result<Option<Told>> {
    let row = sqlx::query!(
        r#"SELECT g.member_id AS "member: MemberId", m.name AS student, g.guardian_name, g.guardian_email, g.locale, g.secret, g.expires_at,
             g.status = 'asked' AND g.expires_at > now() AS "is_open!"
           FROM guardian_consents g JOIN members m ON m.tenant_id = g.tenant_id AND m.id = g.member_id AND m.status <> 'erased'
           WHERE g.tenant_id = $1 AND g.id = $2 AND g.guardian_email <> ''"#,
        tx.tenant().0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let open = |sealed: &Vec<u8>| {
        let ticket = services.keyring.open(place(tx.tenant(), &id), sealed)?;
        String::from_utf8(ticket).map_err(|_| Error::Broken("a ticket is text"))
    };
    let ticket = row.secret.as_ref().map(open).transpose()?;
    Ok(Some(Told {
        member: row.member,
        student: row.student,
        name: row.guardian_name,
        email: row.guardian_email,
        locale: row.locale,
        ticket,
        expires_at: row.expires_at.to_jiff(),
        is_open: row.is_open,
        documents: queries::current(tx).await?,
    }))
}

/// Ends questions whose time is over; after 90 days it goes who was asked and did not consent. For the worker.
pub(crate) async fn sweep(tx: &mut TenantTx) -> Result<()> {
    sqlx::query!(
        "UPDATE guardian_consents SET status = 'expired', ticket = NULL, secret = NULL WHERE tenant_id = $1 AND status = 'asked' AND expires_at <= now()",
        tx.tenant().0
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "UPDATE guardian_consents SET guardian_name = '', guardian_email = '' WHERE tenant_id = $1 AND status IN ('expired', 'refused')
           AND guardian_email <> '' AND coalesce(decided_at, expires_at) < now() - interval '90 days'",
        tx.tenant().0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Seals a tenant's links again by the key that seals now; says how many.
pub(crate) async fn reseal(services: &Services, tenant: TenantId) -> Result<u64> {
    let (mut fields, mut after) = (0, uuid::Uuid::nil());
    loop {
        let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
        let batch = sqlx::query!(
            r#"SELECT id AS "id: GuardianConsentId", secret AS "secret!" FROM guardian_consents
               WHERE tenant_id = $1 AND id > $2 AND secret IS NOT NULL ORDER BY id LIMIT $3 FOR UPDATE"#,
            tenant.0,
            after,
            resealing::BATCH
        )
        .fetch_all(tx.conn())
        .await?;
        let Some(last) = batch.last() else { return Ok(fields) };
        after = last.id.0;
        for row in &batch {
            let Some(again) = resealing::again(services, place(tenant, &row.id), &row.secret)? else { continue };
            sqlx::query!("UPDATE guardian_consents SET secret = $3 WHERE tenant_id = $1 AND id = $2", tenant.0, row.id.0, again)
                .execute(tx.conn())
                .await?;
            fields += 1;
        }
        tx.commit().await?;
    }
}
