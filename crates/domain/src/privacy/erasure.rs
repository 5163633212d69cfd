//! Forgetting a member: at once they are nobody who can sign in or be found; a job then removes everything but the
//! books, in which they are a number.
//!
//! The object store gets a mark of it. A backup that is restored knows nothing of what was erased since;
//! [`replay`] erases again whoever has a mark.

use super::NOWHERE;
use crate::{
    Actor, Error, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    jobs::{self, Job},
    mailing, members, tenancy, uploads,
};
use bytes::Bytes;
use futures::TryStreamExt;
use i18n::{Locale, t};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{
    AppError, Permission,
    ids::{AccountId, MemberId, TenantId},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Removes what is known of a member whose erasure was wished.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct EraseMember {
    member: MemberId,
}

impl Job for EraseMember {
    const TASK: &'static str = "erase_member";
}

impl jobs::Run for EraseMember {
    async fn run(self, services: &Services, tenant: TenantId) -> Result<()> {
        finish(services, tenant, self.member).await
    }
}

/// Who is forgotten.
struct Subject {
    id: MemberId,
    account: AccountId,
    name: String,
    email: String,
}

/// Forgets the signed-in member, who typed their address to say that they mean it. They are signed out.
///
/// # Errors
/// At `email`; [`AppError::Unverified`]; conflicts while lessons or money are open, and for a school's last admin.
pub async fn erase_self(services: &Services, actor: &Actor, email: &str) -> Result<()> {
    actor.in_person()?;
    let member = actor.verified()?;
    if !member.email.eq_ignore_ascii_case(email.trim()) {
        return Err(AppError::field("email", "error-erase-email").into());
    }
    let mut tx = actor.begin(&services.db).await?;
    let subject = lock(&mut tx, member.id).await?;
    begin(services, actor, &mut tx, subject, None).await?;
    tx.commit().await
}

/// Forgets a member, because they asked the school for it. What a tutor has earned and was not paid is then the
/// school's to settle: the books keep it under the number.
///
/// # Errors
/// At `reason`; [`AppError::Unverified`]; conflicts as [`erase_self`], and for somebody who may do more than the actor.
pub async fn erase(services: &Services, actor: &Actor, id: MemberId, reason: &str) -> Result<()> {
    if actor.permit(Permission::ManageMembers)?.id == id {
        return Err(AppError::NotFound.into());
    }
    let reason = members::checked_reason(reason)?;
    actor.verified()?;
    let mut tx = actor.begin(&services.db).await?;
    members::check_subordinate(&mut tx, actor, id).await?;
    let subject = lock(&mut tx, id).await?;
    begin(services, actor, &mut tx, subject, Some(reason)).await?;
    tx.commit().await
}

/// A member who was not forgotten yet; the row is locked, so that nothing that needs it begins meanwhile.
async fn lock(tx: &mut TenantTx, id: MemberId) -> Result<Subject> {
    Ok(sqlx::query_as!(
        Subject,
        r#"SELECT id AS "id: MemberId", account_id AS "account!: AccountId", name, email FROM members
           WHERE tenant_id = $1 AND id = $2 AND status NOT IN ('erased', 'merged') FOR UPDATE"#,
        tx.tenant().0,
        id.0
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?)
}

/// `reason` is staff's.
async fn begin(services: &Services, actor: &Actor, tx: &mut TenantTx, subject: Subject, reason: Option<&str>) -> Result<()> {
    refuse_open(tx, subject.id, services.now(), reason.is_none()).await?;
    let by = actor.member()?.id;
    forget(services, actor, tx, subject, by, reason.unwrap_or_default()).await
}

/// Refuses while something is open that somebody has to answer for.
async fn refuse_open(tx: &mut TenantTx, id: MemberId, now: Timestamp, by_themselves: bool) -> Result<()> {
    let open = sqlx::query!(
        r#"SELECT
             (EXISTS (SELECT 1 FROM lessons l WHERE l.tenant_id = $1 AND l.tutor_id = $2 AND l.status = 'scheduled' AND l.ends_at > $3)
               OR EXISTS (SELECT 1 FROM bookings b JOIN lessons l ON l.tenant_id = b.tenant_id AND l.id = b.lesson_id
                          WHERE b.tenant_id = $1 AND b.student_id = $2 AND b.status = 'confirmed' AND l.ends_at > $3)) AS "lessons!",
             (EXISTS (SELECT 1 FROM orders o JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
                      WHERE o.tenant_id = $1 AND $2 IN (o.student_id, l.tutor_id) AND o.status = 'pending')
               OR EXISTS (SELECT 1 FROM payments p JOIN orders o ON o.tenant_id = p.tenant_id AND o.id = p.order_id
                            JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
                          WHERE p.tenant_id = $1 AND $2 IN (o.student_id, l.tutor_id) AND p.status IN ('created', 'open'))
               OR EXISTS (SELECT 1 FROM refunds r JOIN orders o ON o.tenant_id = r.tenant_id AND o.id = r.order_id
                          WHERE r.tenant_id = $1 AND o.student_id = $2 AND (r.status = 'requested' OR r.status = 'failed'
                            AND NOT EXISTS (SELECT 1 FROM refunds n WHERE n.tenant_id = $1 AND n.replaces = r.id)))) AS "money!",
             EXISTS (SELECT 1 FROM ledger_accounts a JOIN ledger_entries e ON e.tenant_id = a.tenant_id AND e.account_id = a.id
                     WHERE a.tenant_id = $1 AND a.kind = 'tutor_escrow' AND a.owner_id = $2
                     GROUP BY e.currency HAVING sum(e.amount_minor) <> 0) AS "earnings!""#,
        tx.tenant().0,
        id.0,
        now.to_sqlx() as _
    )
    .fetch_one(tx.conn())
    .await?;
    for (is_open, code) in
        [(open.lessons, "error-erase-lessons"), (open.money, "error-erase-money"), (open.earnings && by_themselves, "error-erase-earnings")]
    {
        if is_open {
            return Err(AppError::conflict(code).into());
        }
    }
    Ok(())
}

/// Forgets a member, with the duplicates that were merged into them. The log says that it was done, which is what explains
/// the gaps that the jobs leave in it.
async fn forget(services: &Services, actor: &Actor, tx: &mut TenantTx, subject: Subject, by: MemberId, reason: &str) -> Result<()> {
    let mut all = duplicates(tx, subject.id).await?;
    all.insert(0, subject);
    for one in &all {
        take_out(actor, tx, one, by, reason).await?;
    }
    for one in &all {
        note(services, actor, tx, one, reason).await?;
    }
    Ok(())
}

/// Who was merged into a locked member.
async fn duplicates(tx: &mut TenantTx, id: MemberId) -> Result<Vec<Subject>> {
    Ok(sqlx::query_as!(
        Subject,
        r#"SELECT id AS "id: MemberId", account_id AS "account!: AccountId", name, email FROM members
           WHERE tenant_id = $1 AND merged_into = $2 ORDER BY id"#,
        tx.tenant().0,
        id.0
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Takes name, address and account out of a member's row; the job does the rest.
async fn take_out(actor: &Actor, tx: &mut TenantTx, subject: &Subject, by: MemberId, reason: &str) -> Result<()> {
    let tenant = tx.tenant().0;
    let former = t!(Locale::parse(&actor.tenant.locale, false).unwrap_or_default(), "privacy-former-member");
    sqlx::query!(
        "INSERT INTO erasures (tenant_id, id, account_id, name, email, by_id, reason) VALUES ($1, $2, $3, $4, lower($5), $6, $7)
         ON CONFLICT (tenant_id, id) DO UPDATE SET account_id = EXCLUDED.account_id, name = EXCLUDED.name, email = EXCLUDED.email, done_at = NULL",
        tenant,
        subject.id.0,
        subject.account.0,
        subject.name,
        subject.email,
        by.0,
        reason
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "UPDATE members SET status = 'erased', account_id = NULL, name = $3, email = 'erased-' || id || $4, locale = NULL, zone = NULL,
           staff_role_id = NULL, photo_id = NULL, merged_into = NULL
         WHERE tenant_id = $1 AND id = $2",
        tenant,
        subject.id.0,
        former,
        NOWHERE
    )
    .execute(tx.conn())
    .await
    .map_err(|e| Error::from(e).on_constraint("members_keep_an_admin", AppError::conflict("error-last-admin")))?;
    sqlx::query!("DELETE FROM login_sessions WHERE tenant_id = $1 AND member_id = $2", tenant, subject.id.0).execute(tx.conn()).await?;
    jobs::enqueue(tx, &EraseMember { member: subject.id }).await
}

/// Has the log say of somebody that they were forgotten, and which entries about invitations go with them.
async fn note(services: &Services, actor: &Actor, tx: &mut TenantTx, subject: &Subject, reason: &str) -> Result<()> {
    let invitations = sqlx::query_scalar!(
        "SELECT number FROM audit_entries WHERE tenant_id = $1 AND action LIKE 'invitation.%' AND lower(label) = lower($2) ORDER BY number",
        tx.tenant().0,
        subject.email
    )
    .fetch_all(tx.conn())
    .await?;
    if !invitations.is_empty() {
        let numbers = invitations.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        audit::record(tx, services, actor, Entry::new(Action::InvitationsErased).on("entries", numbers, "")).await?;
    }
    // Without a name, so that nothing of it has to go.
    let told = if reason.is_empty() { Value::Null } else { json!({ "reason": reason }) };
    audit::record(tx, services, actor, Entry::new(Action::MemberErased).on("member", subject.id, "").change(Value::Null, told)).await
}

/// The folder of a school's marks in the object store; each is called after its member.
fn marks(tenant: TenantId) -> String {
    format!("erasures/{tenant}")
}

/// Does it: the mark first, then everything in one transaction, and the account if it is a member nowhere else.
async fn finish(services: &Services, tenant: TenantId, member: MemberId) -> Result<()> {
    services.files.store.put(&format!("{}/{member}", marks(tenant)), Bytes::from_static(b"erased")).await.map_err(uploads::provider)?;
    let school = services.tenants.by_id(&services.db, tenant).await?.ok_or(Error::Broken("a job's tenant is there"))?;
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let erasure = sqlx::query!(
        r#"SELECT account_id AS "account: AccountId", name, email FROM erasures WHERE tenant_id = $1 AND id = $2 AND done_at IS NULL FOR UPDATE"#,
        tenant.0,
        member.0
    )
    .fetch_optional(tx.conn())
    .await?;
    // Done already.
    let Some((Some(account), name, email)) = erasure.map(|row| (row.account, row.name, row.email)) else { return Ok(()) };
    uploads::remove_all_of(&mut tx, member, services.now()).await?;
    sqlx::query!("SELECT app.erase_member($1)", member.0).execute(tx.conn()).await?;
    sqlx::query!("SELECT app.erase_account($1)", account.0).fetch_one(tx.conn()).await?;
    // The last mail to them, which is kept nowhere; written before the school's sender is read no more.
    let farewell = mailing::farewell(services, &mut tx, &school, member, &name, &email).await?;
    tx.commit().await?;
    if let Err(error) = services.mail.send(&farewell).await {
        tracing::warn!(%error, "somebody who was erased got no mail of it");
    }
    Ok(())
}

/// Takes up erasures that were not done within a quarter of an hour, and takes out of the log what was written about
/// the forgotten while they were being forgotten. For the worker.
pub(crate) async fn sweep(tx: &mut TenantTx) -> Result<()> {
    let late = sqlx::query_scalar!(
        r#"SELECT id AS "id: MemberId" FROM erasures WHERE tenant_id = $1 AND done_at IS NULL AND requested_at < now() - interval '15 minutes'"#,
        tx.tenant().0
    )
    .fetch_all(tx.conn())
    .await?;
    for member in late {
        tracing::warn!(%member, "an erasure is late");
        jobs::enqueue(tx, &EraseMember { member }).await?;
    }
    sqlx::query!("SELECT app.erase_from_log(id) FROM erasures WHERE tenant_id = $1 AND done_at > now() - interval '2 days'", tx.tenant().0)
        .fetch_all(tx.conn())
        .await?;
    sqlx::query!(
        "DELETE FROM login_sessions s USING members m WHERE s.tenant_id = $1 AND m.tenant_id = $1 AND m.id = s.member_id AND m.status = 'erased'",
        tx.tenant().0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What [`replay`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Forgotten again.
    pub forgotten: u64,
    /// Who could not be; the log says why.
    pub failed: u64,
}

/// Forgets again whoever has a mark in the store and stands in the database: it was restored from a backup. For a
/// command.
pub async fn replay(services: &Services) -> Result<Replayed> {
    let mut done = Replayed::default();
    for tenant in tenancy::ids(&services.db).await? {
        let store = &services.files.store;
        let marked: Vec<_> = store.list(&marks(tenant)).map_err(uploads::provider)?.try_collect().await.map_err(uploads::provider)?;
        let Some(school) = services.tenants.by_id(&services.db, tenant).await? else { continue };
        let actor = Actor::anonymous(school);
        for member in marked.iter().filter_map(|mark| mark.key.rsplit('/').next()?.parse::<MemberId>().ok()) {
            match again(services, &actor, member).await {
                Ok(()) => done.forgotten += 1,
                // Forgotten, or of before the backup.
                Err(Error::App(AppError::NotFound)) => {}
                Err(error) => {
                    tracing::error!(%tenant, %member, %error, "a member could not be forgotten again");
                    done.failed += 1;
                }
            }
        }
    }
    Ok(done)
}

async fn again(services: &Services, actor: &Actor, member: MemberId) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    let subject = lock(&mut tx, member).await?;
    forget(services, actor, &mut tx, subject, member, "").await?;
    tx.commit().await
}
