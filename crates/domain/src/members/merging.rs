//! Making two members one: somebody who signed up again, with another address.
//!
//! One stays, the duplicate goes. What the duplicate bought, said and sent is the survivor's from then on; where both have
//! something of which there can be one, the survivor's stays. What lets somebody in, and what somebody may do as staff or as
//! a tutor, is never handed on. The duplicate's row stays as `merged`: it keeps the address, so that its owner is told to
//! use the other, and it is erased with the survivor.
//!
//! [`REFERENCES`] says of every reference to a member what becomes of it; `app.merge_members` does it. Who pays, holds or
//! cancels locks the member first, and so does a merge: whatever is under way comes before it, or finds the survivor.

use super::{
    model::MemberDetail,
    queries,
    service::{acting_on, checked_reason, describe},
};
use crate::{
    Actor, Error, Member, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    mailing::{self, Mailing},
    members::Grant,
    uploads,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{AppError, Permission, ids::MemberId};
use serde_json::json;

/// The most members that are offered as duplicates.
const MOST: i64 = 20;

/// What becomes of a reference to the member who goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It leads to the survivor.
    Moved,
    /// Its row goes.
    Ended,
    /// It stays as it was written.
    Kept,
    /// Who has one is not merged into somebody.
    Refused,
}

/// A foreign key to `members`.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// Its table.
    pub table: &'static str,
    /// Its column besides the tenant.
    pub column: &'static str,
    /// What becomes of it.
    pub settled: Settled,
    /// Why, and what happens where both have one.
    pub why: &'static str,
}

const fn reference(table: &'static str, column: &'static str, settled: Settled, why: &'static str) -> Reference {
    Reference { table, column, settled, why }
}

/// Every reference to a member. One that is not here fails the suite.
pub const REFERENCES: &[Reference] = &[
    reference("members", "merged_into", Settled::Moved, "who was merged into the duplicate before is the survivor too"),
    reference(
        "member_roles",
        "member_id",
        Settled::Ended,
        "the survivor becomes a student if the duplicate was; no other role is handed on",
    ),
    reference("login_sessions", "member_id", Settled::Ended, "they are signed out at once"),
    reference("login_sessions", "impersonator_id", Settled::Ended, "and so is whom they saw the site as"),
    reference("member_identities", "member_id", Settled::Ended, "a way in is connected by who is signed in, and by nobody else"),
    reference("member_imports", "imported_by", Settled::Ended, "a list that is kept for a day"),
    reference("invitations", "invited_by", Settled::Kept, "who invited; the inviter may give nothing any more, so it opens nothing"),
    reference("orders", "student_id", Settled::Moved, "what they bought; the lines stay as they were frozen"),
    reference("bookings", "student_id", Settled::Moved, "their lessons; two at the same time stay two, for staff to cancel one"),
    reference("bookings", "cancelled_by", Settled::Moved, "of their own lessons; what they cancelled for others stays who did it"),
    reference("trials", "student_id", Settled::Moved, "one for each tutor: the survivor's stays"),
    reference("reviews", "student_id", Settled::Moved, "one for each lesson, so they never meet"),
    reference("uploads", "owner_id", Settled::Moved, "the survivor's photo stays, the other is removed"),
    reference("mails", "recipient_id", Settled::Kept, "what was written to an address was written to it; export and erasure know both"),
    reference("offering_versions", "decided_by", Settled::Kept, "who decided"),
    reference("consents", "member_id", Settled::Kept, "who agreed to what; the survivor agrees for themselves"),
    reference("age_statements", "member_id", Settled::Moved, "of two words about age the one that asks for more care counts"),
    reference(
        "guardian_consents",
        "member_id",
        Settled::Refused,
        "a guardian's word, and the link that takes it back, are about one member",
    ),
    reference("policy_versions", "published_by", Settled::Kept, "who published"),
    reference("support_visits", "member_id", Settled::Kept, "who of the platform came to help"),
    reference("tutors", "id", Settled::Refused, "a tutor's calendar, offerings and earnings are one and stay where they are"),
    reference("ledger_accounts", "owner_id", Settled::Refused, "a tutor's: the books are not rewritten"),
    reference("erasures", "id", Settled::Refused, "who was forgotten is nobody"),
];

/// Somebody who may be a member's duplicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The member.
    pub id: MemberId,
    /// Display name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// What merging a duplicate into a member would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergePreview {
    /// Who stays.
    pub survivor: MemberDetail,
    /// Who goes.
    pub duplicate: MemberDetail,
    /// Orders of the duplicate, paid or not.
    pub orders: u32,
    /// Their lessons as a student.
    pub lessons: u32,
    /// Their reviews.
    pub reviews: u32,
    /// Their files.
    pub files: u32,
    /// Tutors with whom both had their trial.
    pub trials: u32,
    /// Lessons to come of the duplicate while the survivor has one too.
    pub overlapping: u32,
    /// Whether both have a photo.
    pub photos: bool,
    /// Why it cannot be done.
    pub obstacle: Option<&'static str>,
}

/// Members who may be `id`'s duplicates: those whose name or address has `text` in it; without one, those of the same name
/// or the same mailbox.
pub async fn candidates(services: &Services, actor: &Actor, id: MemberId, text: &str) -> Result<Vec<Candidate>> {
    actor.permit(Permission::ManageMembers)?;
    let text: String = text.trim().chars().take(100).collect();
    let mut tx = actor.begin(&services.db).await?;
    let found = sqlx::query_as!(
        Candidate,
        r#"SELECT m.id AS "id: MemberId", m.name, m.email FROM members m JOIN members s ON s.tenant_id = m.tenant_id AND s.id = $2
           WHERE m.tenant_id = $1 AND m.id <> $2 AND m.status IN ('active', 'suspended') AND m.until IS NULL
             AND CASE WHEN $3 = '' THEN app.fold(m.name) = app.fold(s.name) OR regexp_replace(m.email, '\+[^@]*@', '@') = regexp_replace(s.email, '\+[^@]*@', '@')
                 ELSE strpos(app.fold(m.name), app.fold($3)) > 0 OR strpos(m.email, lower($3)) > 0 END
           ORDER BY m.created_at DESC, m.id DESC LIMIT $4"#,
        tx.tenant().0,
        id.0,
        text,
        MOST
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(found)
}

/// What merging `duplicate` into `survivor` would do.
pub async fn preview(services: &Services, actor: &Actor, survivor: MemberId, duplicate: MemberId) -> Result<MergePreview> {
    let own = actor.permit(Permission::ManageMembers)?;
    let mut tx = actor.begin(&services.db).await?;
    let preview = look(&mut tx, own, survivor, duplicate, services.now()).await?;
    tx.commit().await?;
    Ok(preview)
}

/// Makes `duplicate` one with `survivor`, for good. Both addresses are told by mail; the duplicate is signed out at once
/// and signs in to nothing at this school.
///
/// # Errors
/// At `reason`; [`AppError::Unverified`]; not found for somebody who is no member, or not any more; conflicts:
/// `error-merge-oneself` (somebody else has to merge the actor away), `error-member-outranks` (either may do more than the
/// actor), `error-merge-suspended` (who stays is), `error-merge-tutors`, `error-merge-tutor` (a tutor is the one who
/// stays), `error-merge-own-lessons` (one bought from the other), `error-last-admin`.
pub async fn merge(services: &Services, actor: &Actor, survivor: MemberId, duplicate: MemberId, reason: &str) -> Result<()> {
    actor.permit(Permission::ManageMembers)?;
    let reason = checked_reason(reason)?;
    actor.verified()?;
    let mut tx = actor.begin(&services.db).await?;
    let own = acting_on(&mut tx, actor, Permission::ManageMembers, &[survivor, duplicate]).await?;
    let found = look(&mut tx, &own, survivor, duplicate, services.now()).await?;
    if let Some(code) = found.obstacle {
        return Err(AppError::conflict(code).into());
    }
    let mut grant = Grant { roles: found.duplicate.row.roles, staff_role: found.duplicate.staff_role };
    let mut was = describe(&mut tx, grant).await?;
    sqlx::query!("SELECT app.merge_members($1, $2)", survivor.0, duplicate.0).execute(tx.conn()).await.map_err(|e| {
        // What came about since it was looked at.
        [
            ("members_keep_an_admin", "error-last-admin"),
            ("merge_tutor", "error-merge-tutor"),
            ("merge_own_lessons", "error-merge-own-lessons"),
            ("merge_guardian", "error-merge-guardian"),
            ("merge_standing", "error-changed-meanwhile"),
        ]
        .into_iter()
        .fold(Error::from(e), |error, (constraint, code)| error.on_constraint(constraint, AppError::conflict(code)))
    })?;
    uploads::keep_one_photo(&mut tx, survivor, services.now()).await?;
    mailing::enqueue(&mut tx, Mailing::Merged { survivor, duplicate }).await?;
    grant = queries::locked(&mut tx, survivor).await?.ok_or(AppError::NotFound)?.grant;
    let mut is = describe(&mut tx, grant).await?;
    let of_duplicate = json!({ "duplicate": duplicate, "name": found.duplicate.row.name, "email": found.duplicate.row.email });
    extend(&mut was, of_duplicate);
    let MergePreview { orders, lessons, reviews, files, .. } = found;
    extend(&mut is, json!({ "reason": reason, "orders": orders, "lessons": lessons, "reviews": reviews, "files": files }));
    let entry = Entry::new(Action::MemberMerged).on_member(survivor, found.survivor.row.name).change(was, is);
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await
}

/// Adds the fields of one object to another.
fn extend(object: &mut serde_json::Value, more: serde_json::Value) {
    if let (Some(object), serde_json::Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
    }
}

/// The two as they are now, and what merging them would do.
async fn look(tx: &mut TenantTx, own: &Member, survivor: MemberId, duplicate: MemberId, now: Timestamp) -> Result<MergePreview> {
    if survivor == duplicate {
        return Err(AppError::NotFound.into());
    }
    let stays = queries::member(tx, survivor, now).await?.ok_or(AppError::NotFound)?;
    let goes = queries::member(tx, duplicate, now).await?.ok_or(AppError::NotFound)?;
    let row = sqlx::query!(
        r#"SELECT
             (SELECT count(*) FROM orders o WHERE o.tenant_id = $1 AND o.student_id = $3) AS "orders!",
             (SELECT count(*) FROM bookings b WHERE b.tenant_id = $1 AND b.student_id = $3) AS "lessons!",
             (SELECT count(*) FROM reviews r WHERE r.tenant_id = $1 AND r.student_id = $3) AS "reviews!",
             (SELECT count(*) FROM uploads u WHERE u.tenant_id = $1 AND u.owner_id = $3 AND u.purpose <> 'logo' AND u.status IN ('held', 'clean')) AS "files!",
             (SELECT count(*) FROM trials d JOIN trials s ON s.tenant_id = $1 AND s.tutor_id = d.tutor_id AND s.student_id = $2
              WHERE d.tenant_id = $1 AND d.student_id = $3) AS "trials!",
             (SELECT count(*) FROM bookings b JOIN lessons l ON l.tenant_id = $1 AND l.id = b.lesson_id
              WHERE b.tenant_id = $1 AND b.student_id = $3 AND b.status = 'confirmed' AND l.ends_at > $4
                AND EXISTS (SELECT 1 FROM lessons x LEFT JOIN bookings y ON y.tenant_id = $1 AND y.lesson_id = x.id AND y.status = 'confirmed'
                            WHERE x.tenant_id = $1 AND x.status = 'scheduled' AND $2 IN (y.student_id, x.tutor_id)
                              AND x.starts_at < l.ends_at AND x.ends_at > l.starts_at)) AS "overlapping!",
             (SELECT count(*) FROM members m WHERE m.tenant_id = $1 AND m.id IN ($2, $3) AND m.photo_id IS NOT NULL) AS "photos!",
             EXISTS (SELECT 1 FROM orders o JOIN order_lines l ON l.tenant_id = $1 AND l.order_id = o.id
                     WHERE o.tenant_id = $1 AND (o.student_id, l.tutor_id) IN (($2, $3), ($3, $2))) AS "bought!",
             EXISTS (SELECT 1 FROM guardian_consents g WHERE g.tenant_id = $1 AND g.member_id = $3) AS "guarded!",
             EXISTS (SELECT 1 FROM members m WHERE m.tenant_id = $1 AND m.id IN ($2, $3) AND m.until IS NOT NULL) AS "visits!""#,
        tx.tenant().0,
        survivor.0,
        duplicate.0,
        now.to_sqlx() as _
    )
    .fetch_one(tx.conn())
    .await?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(MergePreview {
        obstacle: obstacle(own, &stays, &goes, Between { bought: row.bought, guarded: row.guarded, visits: row.visits }),
        survivor: stays,
        duplicate: goes,
        orders: count(row.orders),
        lessons: count(row.lessons),
        reviews: count(row.reviews),
        files: count(row.files),
        trials: count(row.trials),
        overlapping: count(row.overlapping),
        photos: row.photos > 1,
    })
}

/// What there is between two members, or about one of them, that keeps them two.
struct Between {
    /// One is the other's customer.
    bought: bool,
    /// Who goes has a guardian.
    guarded: bool,
    /// One came from the platform to help.
    visits: bool,
}

/// Why `own` may not merge one into the other.
fn obstacle(own: &Member, stays: &MemberDetail, goes: &MemberDetail, between: Between) -> Option<&'static str> {
    let above = |member: &MemberDetail| !own.permissions.covers(member.permissions);
    let (stays_teaches, goes_teaches) = (stays.row.tutor_slug.is_some(), goes.row.tutor_slug.is_some());
    [
        // An admin may have a duplicate whom nobody else could merge; others gain nobody's lessons and files.
        (goes.row.id == own.id || stays.row.id == own.id && !own.roles.admin, "error-merge-oneself"),
        (between.visits, "error-merge-visitor"),
        (above(stays) || above(goes), "error-member-outranks"),
        (!stays.row.active, "error-merge-suspended"),
        (between.bought, "error-merge-own-lessons"),
        (between.guarded, "error-merge-guardian"),
        (stays_teaches && goes_teaches, "error-merge-tutors"),
        (goes_teaches, "error-merge-tutor"),
    ]
    .into_iter()
    .find_map(|(is_so, code)| is_so.then_some(code))
}
