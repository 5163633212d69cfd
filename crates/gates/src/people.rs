//! The people of the gates, known by number: students who are signed in, tutors who teach day
//! and night. Ids and login secrets follow from the number, so every copy of the database has
//! the same ones.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, Row};
use uuid::Uuid;

use crate::fault::Result;

/// How many students there are: five hundred who buy and five hundred rivals.
pub const STUDENTS: usize = 1_200;
/// How many tutors.
pub const TUTORS: usize = 10;
/// What a lesson costs, in minor units.
pub const PRICE: i64 = 4_000;

/// A signed-in student.
#[derive(Clone, Debug)]
pub struct Student {
    /// The member.
    pub id: Uuid,
    /// The cookie of the login session.
    pub cookie: String,
}

/// The student of a number below [`STUDENTS`].
pub fn student(number: usize) -> Student {
    Student { id: id_of("student", number), cookie: cookie(secret(number)) }
}

/// A lesson that can be bought once.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The tutor's public page.
    pub page: String,
    /// What is bought: an hour.
    pub variant: Uuid,
    /// When it starts.
    pub start: Timestamp,
}

/// The slot of a number: tutors take turns, then hours. `first` is the first hour.
pub fn slot(first: Timestamp, number: usize) -> Slot {
    let (tutor, hour) = (number % TUTORS, number / TUTORS);
    Slot {
        page: format!("/tutors/{}", slug(tutor)),
        variant: id_of("variant", tutor),
        start: first + SignedDuration::from_hours(i64::try_from(hour).expect("few hours")),
    }
}

fn slug(tutor: usize) -> String {
    format!("gate-{tutor}")
}

fn digest(kind: &str, number: usize) -> [u8; 32] {
    Sha256::digest(format!("{kind}-{number}")).into()
}

fn id_of(kind: &str, number: usize) -> Uuid {
    Uuid::from_slice(&digest(kind, number)[..16]).expect("sixteen bytes")
}

/// The secret of a student's cookie; the table has its SHA-256.
fn secret(number: usize) -> [u8; 16] {
    digest("secret", number)[..16].try_into().expect("sixteen bytes")
}

/// Writes everybody, inside a transaction of the tenant, as the database's owner.
pub async fn write(connection: &mut PgConnection, tenant: Uuid) -> Result<()> {
    members(connection, tenant, "student", STUDENTS).await?;
    members(connection, tenant, "tutor", TUTORS).await?;
    login_sessions(connection, tenant).await?;
    // They agreed to what the school published, as everybody did who books there.
    sqlx::query(
        "INSERT INTO consents (tenant_id, member_id, version_id, agreed_at, address)
         SELECT $1, m.id, v.id, now(), '' FROM members m CROSS JOIN policy_versions v WHERE m.tenant_id = $1 AND v.tenant_id = $1
         ON CONFLICT DO NOTHING",
    )
    .bind(tenant)
    .execute(&mut *connection)
    .await?;
    for number in 0..TUTORS {
        tutor(connection, tenant, number).await?;
    }
    Ok(())
}

async fn members(connection: &mut PgConnection, tenant: Uuid, role: &str, count: usize) -> Result<()> {
    let ids: Vec<Uuid> = (0..count).map(|number| id_of(role, number)).collect();
    let emails: Vec<String> = (0..count).map(|number| format!("{role}-{number}@gates.example")).collect();
    let names: Vec<String> = (0..count).map(|number| format!("Gate {role} {number}")).collect();
    sqlx::query(
        "INSERT INTO accounts (id, email, password_hash) SELECT id, email, 'none' FROM unnest($1::uuid[], $2::text[]) AS a (id, email)",
    )
    .bind(&ids)
    .bind(&emails)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO members (tenant_id, id, account_id, name, email)
         SELECT $1, id, id, name, email FROM unnest($2::uuid[], $3::text[], $4::text[]) AS m (id, name, email)",
    )
    .bind(tenant)
    .bind(&ids)
    .bind(&names)
    .bind(&emails)
    .execute(&mut *connection)
    .await?;
    sqlx::query("INSERT INTO member_roles (tenant_id, member_id, role) SELECT $1, id, $3 FROM unnest($2::uuid[]) AS m (id)")
        .bind(tenant)
        .bind(&ids)
        .bind(role)
        .execute(connection)
        .await?;
    Ok(())
}

/// Signs a member in who is none of the gates' own. The answer: the member with the cookie.
pub async fn sign_in(connection: &mut PgConnection, tenant: Uuid, email: &str) -> Result<Student> {
    let id: Uuid = sqlx::query("SELECT id FROM members WHERE tenant_id = $1 AND email = $2")
        .bind(tenant)
        .bind(email)
        .fetch_one(&mut *connection)
        .await?
        .get(0);
    let secret: [u8; 16] = Sha256::digest(email)[..16].try_into()?;
    sqlx::query(
        "INSERT INTO login_sessions (tenant_id, id, member_id, data, expires_at) VALUES ($1, $2, $3, jsonb_build_object('member', $3), now() + interval '7 days')",
    )
    .bind(tenant)
    .bind(Sha256::digest(secret).to_vec())
    .bind(id)
    .execute(connection)
    .await?;
    Ok(Student { id, cookie: cookie(secret) })
}

fn cookie(secret: [u8; 16]) -> String {
    format!("__Host-login={}", BASE64_URL_SAFE_NO_PAD.encode(secret))
}

async fn login_sessions(connection: &mut PgConnection, tenant: Uuid) -> Result<()> {
    let ids: Vec<Uuid> = (0..STUDENTS).map(|number| student(number).id).collect();
    let keys: Vec<Vec<u8>> = (0..STUDENTS).map(|number| Sha256::digest(secret(number)).to_vec()).collect();
    sqlx::query(
        "INSERT INTO login_sessions (tenant_id, id, member_id, data, expires_at)
         SELECT $1, key, member, jsonb_build_object('member', member), now() + interval '7 days'
         FROM unnest($2::bytea[], $3::uuid[]) AS s (key, member)",
    )
    .bind(tenant)
    .bind(&keys)
    .bind(&ids)
    .execute(connection)
    .await?;
    Ok(())
}

/// A published tutor: an hour every hour of the week, for a year, without notice.
async fn tutor(connection: &mut PgConnection, tenant: Uuid, number: usize) -> Result<()> {
    let (id, offering, version) = (id_of("tutor", number), id_of("offering", number), id_of("version", number));
    let subject: Uuid = sqlx::query("SELECT id FROM subjects WHERE tenant_id = $1 ORDER BY position LIMIT 1")
        .bind(tenant)
        .fetch_one(&mut *connection)
        .await?
        .get(0);
    let statements = [
        "INSERT INTO tutors (tenant_id, id, slug, headline, published) VALUES ($1, $2, $3, 'Teaches day and night', true)",
        "INSERT INTO schedules (tenant_id, id, zone, increment_minutes, notice_minutes, horizon_days) SELECT $1, $2, 'Europe/London', 60, 0, 365 WHERE $3 <> ''",
        "INSERT INTO availability_windows (tenant_id, id, tutor_id, weekday, start_minute, end_minute)
         SELECT $1, md5($3 || weekday)::uuid, $2, weekday, 0, 1440 FROM generate_series(1, 7) AS weekday",
    ];
    for statement in statements {
        sqlx::query(statement).bind(tenant).bind(id).bind(slug(number)).execute(&mut *connection).await?;
    }
    sqlx::query("INSERT INTO offerings (tenant_id, id, tutor_id, kind) VALUES ($1, $2, $3, 'one_on_one')")
        .bind(tenant)
        .bind(offering)
        .bind(id)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO offering_versions (tenant_id, id, offering_id, number, status, title, subject_id, decided_at)
         VALUES ($1, $2, $3, 1, 'approved', 'An hour', $4, now())",
    )
    .bind(tenant)
    .bind(version)
    .bind(offering)
    .bind(subject)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO variants (tenant_id, id, version_id, duration_minutes, price_minor, currency)
         SELECT $1, $2, $3, 60, $4, currency FROM tenants WHERE id = $1",
    )
    .bind(tenant)
    .bind(id_of("variant", number))
    .bind(version)
    .bind(PRICE)
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE offerings SET live_version_id = $3 WHERE tenant_id = $1 AND id = $2")
        .bind(tenant)
        .bind(offering)
        .bind(version)
        .execute(&mut *connection)
        .await?;
    sqlx::query("SELECT app.refresh_tutor($1)").bind(id).execute(connection).await?;
    Ok(())
}
