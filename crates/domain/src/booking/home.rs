//! What a student's front page shows, in one transaction.

use super::{
    lists,
    model::{Booking, PendingHold, Person},
    queries,
};
use crate::{Actor, Result, Services, TenantTx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{Role, ids::MemberId};

/// How many of the lessons that come the front page lists.
const LISTED: i64 = 9;

/// What a student's front page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudentHome {
    /// Slots that wait for their money, the one that ends first in front.
    pub holds: Vec<PendingHold>,
    /// The next lessons; one that is going on counts. At most nine.
    pub upcoming: Vec<Booking>,
    /// Who taught this student so far, the latest first.
    pub tutors: Vec<TaughtBy>,
}

/// A tutor of a student, with the lessons that took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaughtBy {
    /// The tutor.
    pub tutor: Person,
    /// Their public page, while there is one.
    pub slug: Option<String>,
    /// How many lessons.
    pub lessons: u32,
    /// How long they were together, in minutes.
    pub minutes: u32,
}

/// The signed-in student's front page.
pub async fn student_home(services: &Services, actor: &Actor) -> Result<StudentHome> {
    let student = actor.require(Role::Student)?;
    let now = services.now();
    let mut tx = actor.begin(&services.db).await?;
    let holds = queries::pending_holds(&mut tx, student.id).await?;
    let upcoming = lists::upcoming_of_student(&mut tx, student.id, now, LISTED).await?;
    let tutors = tutors_of(&mut tx, student.id, now).await?;
    tx.commit().await?;
    Ok(StudentHome { holds, upcoming, tutors })
}

async fn tutors_of(tx: &mut TenantTx, student: MemberId, now: Timestamp) -> Result<Vec<TaughtBy>> {
    let rows = sqlx::query!(
        r#"SELECT taught.tutor_id AS "tutor!: MemberId", m.name, taught.lessons AS "lessons!", taught.minutes AS "minutes!",
             CASE WHEN t.published AND t.lesson_variant_id IS NOT NULL AND m.status = 'active' THEN t.slug END AS slug
           FROM (SELECT l.tenant_id, l.tutor_id, count(*) AS lessons, max(l.starts_at) AS latest,
                   (sum(extract(epoch FROM l.ends_at - l.starts_at)) / 60)::bigint AS minutes
                 FROM bookings b JOIN lessons l ON l.tenant_id = b.tenant_id AND l.id = b.lesson_id
                 WHERE b.tenant_id = $1 AND b.student_id = $2 AND b.status = 'confirmed' AND l.ends_at <= $3
                 GROUP BY l.tenant_id, l.tutor_id) taught
           JOIN tutors t ON t.tenant_id = taught.tenant_id AND t.id = taught.tutor_id
           JOIN members m ON m.tenant_id = taught.tenant_id AND m.id = taught.tutor_id
           ORDER BY taught.latest DESC, taught.tutor_id"#,
        tx.tenant().0,
        student.0,
        now.to_sqlx() as _
    )
    .fetch_all(tx.conn())
    .await?;
    let taught = rows.into_iter().map(|row| TaughtBy {
        tutor: Person { id: row.tutor, name: row.name },
        slug: row.slug,
        lessons: u32::try_from(row.lessons).unwrap_or(u32::MAX),
        minutes: u32::try_from(row.minutes).unwrap_or(u32::MAX),
    });
    Ok(taught.collect())
}
