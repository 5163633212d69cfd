//! SQL of the demo data: each table in one statement, as the database's owner.

use super::{content::School, rows::Rows};
use crate::{Error, Result, TenantTx};
use kernel::{Permission, Permissions, ids::TenantId, policy::CancellationPolicy};
use serde::Serialize;
use serde_json::Value;
use sqlx::PgPool;
use uuid::Uuid;

/// The tenant of a slug, if there is one.
pub async fn tenant(pool: &PgPool, slug: &str) -> Result<Option<TenantId>> {
    Ok(sqlx::query_scalar!(r#"SELECT id AS "id: TenantId" FROM tenants WHERE slug = $1"#, slug).fetch_optional(pool).await?)
}

/// Writes the tenant's face and terms, new or again.
pub async fn write_tenant(tx: &mut TenantTx, school: &School, terms: Uuid) -> Result<()> {
    let locales: Vec<String> = school.locales.iter().map(|locale| (*locale).to_owned()).collect();
    sqlx::query!(
        "INSERT INTO tenants (id, slug, name, tagline, brand, locale, locales, currency, zone) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, tagline = excluded.tagline, brand = excluded.brand, locale = excluded.locale,
           locales = excluded.locales, currency = excluded.currency, zone = excluded.zone, listed = true, status = 'active'",
        tx.tenant().0,
        school.slug,
        school.name,
        school.tagline,
        school.brand,
        school.locale,
        &locales,
        school.currency.code(),
        school.zone
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO tenant_terms (tenant_id, id, commission_bps, cancellation_policy, order_prefix) VALUES ($1, $2, $3, $4, $5)",
        tx.tenant().0,
        terms,
        i32::try_from(school.commission_bps).unwrap_or(0),
        json(&CancellationPolicy::standard())?,
        school.order_prefix
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Rows as one parameter.
fn json(rows: &impl Serialize) -> Result<Value> {
    serde_json::to_value(rows).map_err(|_| Error::Broken("a row can be written as JSON"))
}

/// People, what they teach and when. Every account gets the same password's hash.
pub async fn write_people(tx: &mut TenantTx, rows: &Rows, password_hash: &str) -> Result<()> {
    let tenant = tx.tenant().0;
    sqlx::query!(
        "INSERT INTO accounts (id, email, password_hash, created_at)
         SELECT r.id, r.email, $2, r.created_at FROM jsonb_populate_recordset(null::accounts, $1) r",
        json(&rows.accounts)?,
        password_hash
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO members (tenant_id, id, account_id, name, email, created_at)
         SELECT $1, r.id, r.account_id, r.name, r.email, r.created_at FROM jsonb_populate_recordset(null::members, $2) r",
        tenant,
        json(&rows.members)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO member_roles (tenant_id, member_id, role) SELECT $1, r.member_id, r.role FROM jsonb_populate_recordset(null::member_roles, $2) r",
        tenant,
        json(&rows.roles)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO subjects (tenant_id, id, slug, name, position)
         SELECT $1, r.id, r.slug, r.name, r.position FROM jsonb_populate_recordset(null::subjects, $2) r",
        tenant,
        json(&rows.subjects)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO levels (tenant_id, id, slug, name, position)
         SELECT $1, r.id, r.slug, r.name, r.position FROM jsonb_populate_recordset(null::levels, $2) r",
        tenant,
        json(&rows.levels)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO tutors (tenant_id, id, slug, headline, bio, teaches_from, languages, verified, published)
         SELECT $1, r.id, r.slug, r.headline, r.bio, r.teaches_from, r.languages, r.verified, r.published
         FROM jsonb_populate_recordset(null::tutors, $2) r",
        tenant,
        json(&rows.tutors)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO qualifications (tenant_id, id, tutor_id, title, place, from_year, to_year)
         SELECT $1, r.id, r.tutor_id, r.title, r.place, r.from_year, r.to_year FROM jsonb_populate_recordset(null::qualifications, $2) r",
        tenant,
        json(&rows.qualifications)?
    )
    .execute(tx.conn())
    .await?;
    write_hours(tx, rows).await
}

async fn write_hours(tx: &mut TenantTx, rows: &Rows) -> Result<()> {
    let tenant = tx.tenant().0;
    sqlx::query!(
        "INSERT INTO schedules (tenant_id, id, zone, increment_minutes, buffer_before_minutes, buffer_after_minutes, notice_minutes, horizon_days)
         SELECT $1, r.id, r.zone, r.increment_minutes, r.buffer_before_minutes, r.buffer_after_minutes, r.notice_minutes, r.horizon_days
         FROM jsonb_populate_recordset(null::schedules, $2) r",
        tenant,
        json(&rows.schedules)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO availability_windows (tenant_id, id, tutor_id, weekday, start_minute, end_minute)
         SELECT $1, r.id, r.tutor_id, r.weekday, r.start_minute, r.end_minute FROM jsonb_populate_recordset(null::availability_windows, $2) r",
        tenant,
        json(&rows.windows)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO availability_exceptions (tenant_id, id, tutor_id, on_date, start_minute, end_minute)
         SELECT $1, r.id, r.tutor_id, r.on_date, r.start_minute, r.end_minute FROM jsonb_populate_recordset(null::availability_exceptions, $2) r",
        tenant,
        json(&rows.exceptions)?
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Offerings with their versions. The live version is set last: the two refer to each other.
pub async fn write_offerings(tx: &mut TenantTx, rows: &Rows, school: &School) -> Result<()> {
    let tenant = tx.tenant().0;
    let offerings = json(&rows.offerings)?;
    sqlx::query!(
        "INSERT INTO offerings (tenant_id, id, tutor_id, kind, created_at)
         SELECT $1, r.id, r.tutor_id, r.kind, r.created_at FROM jsonb_populate_recordset(null::offerings, $2) r",
        tenant,
        &offerings
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO offering_versions (tenant_id, id, offering_id, number, status, title, description, subject_id, review_note,
           submitted_at, decided_at, decided_by, created_at)
         SELECT $1, r.id, r.offering_id, r.number, r.status, r.title, r.description, r.subject_id, r.review_note,
           r.submitted_at, r.decided_at, r.decided_by, r.created_at FROM jsonb_populate_recordset(null::offering_versions, $2) r",
        tenant,
        json(&rows.versions)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO offering_levels (tenant_id, version_id, level_id)
         SELECT $1, r.version_id, r.level_id FROM jsonb_populate_recordset(null::offering_levels, $2) r",
        tenant,
        json(&rows.offering_levels)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO variants (tenant_id, id, version_id, duration_minutes, price_minor, currency)
         SELECT $1, r.id, r.version_id, r.duration_minutes, r.price_minor, $3 FROM jsonb_populate_recordset(null::variants, $2) r",
        tenant,
        json(&rows.variants)?,
        school.currency.code()
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "UPDATE offerings o SET live_version_id = r.live_version_id FROM jsonb_populate_recordset(null::offerings, $2) r
         WHERE o.tenant_id = $1 AND o.id = r.id",
        tenant,
        &offerings
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Orders, claims, lessons, bookings and reviews.
pub async fn write_bookings(tx: &mut TenantTx, rows: &Rows, school: &School) -> Result<()> {
    let tenant = tx.tenant().0;
    sqlx::query!(
        "INSERT INTO orders (tenant_id, id, number, student_id, status, currency, total_minor, policy, commission_bps, created_at, paid_at, receipt_number)
         SELECT $1, r.id, r.number, r.student_id, r.status, $3, r.total_minor, $4, $5, r.created_at, r.paid_at, r.receipt_number
         FROM jsonb_populate_recordset(null::orders, $2) r",
        tenant,
        json(&rows.orders)?,
        school.currency.code(),
        json(&CancellationPolicy::standard())?,
        i32::try_from(school.commission_bps).unwrap_or(0)
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO order_lines (tenant_id, id, order_id, tutor_id, offering_id, variant_id, kind, title, tutor_name, duration_minutes, price_minor,
           starts_at, ends_at, gap_minutes, wall_start, zone)
         SELECT $1, r.id, r.order_id, r.tutor_id, r.offering_id, r.variant_id, r.kind, r.title, r.tutor_name, r.duration_minutes, r.price_minor,
           r.starts_at, r.ends_at, r.gap_minutes, r.wall_start, r.zone FROM jsonb_populate_recordset(null::order_lines, $2) r",
        tenant,
        json(&rows.lines)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO claims (tenant_id, id, tutor_id, order_id, during, ends_at, active, created_at)
         SELECT $1, r.id, r.tutor_id, r.order_id, tstzrange(r.begins, r.until), r.ends_at, r.active, r.created_at
         FROM jsonb_to_recordset($2) AS r (id uuid, tutor_id uuid, order_id uuid, begins timestamptz, until timestamptz, ends_at timestamptz,
           active boolean, created_at timestamptz)",
        tenant,
        json(&rows.claims)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO lessons (tenant_id, id, tutor_id, offering_id, claim_id, title, starts_at, ends_at, wall_start, zone, status, sequence)
         SELECT $1, r.id, r.tutor_id, r.offering_id, r.claim_id, r.title, r.starts_at, r.ends_at, r.wall_start, r.zone, r.status, r.sequence
         FROM jsonb_populate_recordset(null::lessons, $2) r",
        tenant,
        json(&rows.lessons)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO bookings (tenant_id, id, lesson_id, student_id, order_id, status, created_at, cancelled_at, cancelled_by)
         SELECT $1, r.id, r.lesson_id, r.student_id, r.order_id, r.status, r.created_at, r.cancelled_at, r.cancelled_by
         FROM jsonb_populate_recordset(null::bookings, $2) r",
        tenant,
        json(&rows.bookings)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO trials (tenant_id, tutor_id, student_id, booking_id)
         SELECT $1, r.tutor_id, r.student_id, r.booking_id FROM jsonb_populate_recordset(null::trials, $2) r",
        tenant,
        json(&rows.trials)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO reviews (tenant_id, id, tutor_id, student_id, booking_id, stars, body, reply, created_at)
         SELECT $1, r.id, r.tutor_id, r.student_id, r.booking_id, r.stars, r.body, r.reply, r.created_at
         FROM jsonb_populate_recordset(null::reviews, $2) r",
        tenant,
        json(&rows.reviews)?
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Payments, refunds, the ledger and the counters.
pub async fn write_money(tx: &mut TenantTx, rows: &Rows, school: &School) -> Result<()> {
    let (tenant, currency) = (tx.tenant().0, school.currency.code());
    sqlx::query!(
        "INSERT INTO payments (tenant_id, id, order_id, status, currency, amount_minor, request, fee_minor, fee_currency,
           checkout_session, payment_intent, charge, card, created_at, succeeded_at)
         SELECT $1, r.id, r.order_id, r.status, $3, r.amount_minor, '{}', r.fee_minor, CASE WHEN r.fee_minor IS NOT NULL THEN $3 END,
           r.checkout_session, r.payment_intent, r.charge, r.card, r.created_at, r.succeeded_at FROM jsonb_populate_recordset(null::payments, $2) r",
        tenant,
        json(&rows.payments)?,
        currency
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO refunds (tenant_id, id, payment_id, order_id, amount_minor, currency, reason, status, provider_refund, requested_at, settled_at,
           checked_at)
         SELECT $1, r.id, r.payment_id, r.order_id, r.amount_minor, $3, r.reason, 'succeeded', r.provider_refund, r.requested_at, r.settled_at,
           r.settled_at
         FROM jsonb_populate_recordset(null::refunds, $2) r",
        tenant,
        json(&rows.refunds)?,
        currency
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO ledger_accounts (tenant_id, id, kind, owner_id, currency)
         SELECT $1, r.id, r.kind, r.owner_id, $3 FROM jsonb_populate_recordset(null::ledger_accounts, $2) r",
        tenant,
        json(&rows.accounts_of_ledger)?,
        currency
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO ledger_transactions (tenant_id, id, kind, cause, order_id, posted_at)
         SELECT $1, r.id, r.kind, r.cause, r.order_id, r.posted_at FROM jsonb_populate_recordset(null::ledger_transactions, $2) r",
        tenant,
        json(&rows.transactions)?
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO ledger_entries (tenant_id, id, transaction_id, account_id, amount_minor, currency)
         SELECT $1, r.id, r.transaction_id, r.account_id, r.amount_minor, $3 FROM jsonb_populate_recordset(null::ledger_entries, $2) r",
        tenant,
        json(&rows.entries)?,
        currency
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO tenant_counters (tenant_id, name, value)
         SELECT $1, r.name, r.value FROM jsonb_populate_recordset(null::tenant_counters, $2) r",
        tenant,
        json(&rows.counters)?
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Recomputes what the catalogue keeps of every tutor.
pub async fn refresh_tutors(tx: &mut TenantTx) -> Result<()> {
    // The planner has to know how much was written: without statistics it loops over all of it.
    for statement in
        ["ANALYZE lessons", "ANALYZE bookings", "ANALYZE reviews", "ANALYZE tutors", "ANALYZE variants", "ANALYZE offering_versions"]
    {
        sqlx::query(statement).execute(tx.conn()).await?;
    }
    sqlx::query!("SELECT app.refresh_tutor(id) FROM tutors WHERE tenant_id = $1", tx.tenant().0).fetch_all(tx.conn()).await?;
    Ok(())
}

/// The tables of a tenant but for its members. What refers to others comes first.
const TABLES: [&str; 36] = [
    "support_visits",
    "domains",
    "guardian_consent_versions",
    "guardian_consents",
    "age_statements",
    "consents",
    "policy_versions",
    "policy_drafts",
    "member_imports",
    "invitations",
    "mails",
    "ledger_entries",
    "ledger_transactions",
    "ledger_accounts",
    "refunds",
    "payments",
    "reviews",
    "trials",
    "bookings",
    "lessons",
    "claims",
    "order_lines",
    "orders",
    "tenant_counters",
    "variants",
    "offering_levels",
    "offering_versions",
    "offerings",
    "availability_exceptions",
    "availability_windows",
    "schedules",
    "qualifications",
    "tutors",
    "levels",
    "subjects",
    "tenant_terms",
];

/// Writes the staff role of who answers the door, and gives it.
pub async fn write_desk(tx: &mut TenantTx, role: Uuid, school: &School, desk: Uuid) -> Result<()> {
    let may: Permissions = [Permission::ManageMembers, Permission::CancelBookings, Permission::SeeOrders].into_iter().collect();
    sqlx::query!(
        "INSERT INTO staff_roles (tenant_id, id, name, permissions) VALUES ($1, $2, $3, $4)",
        tx.tenant().0,
        role,
        school.desk.1,
        &may.keys()
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("UPDATE members SET staff_role_id = $3 WHERE tenant_id = $1 AND id = $2", tx.tenant().0, desk, role)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Publishes the school's documents, from when its admin came, and has every member agree to them.
pub async fn write_policies(tx: &mut TenantTx, school: &School, admin: Uuid) -> Result<()> {
    let tenant = tx.tenant().0;
    for (kind, texts) in [("terms", school.terms_of_service), ("privacy", school.privacy_notice)] {
        let texts: std::collections::BTreeMap<&str, &str> = texts.iter().copied().collect();
        sqlx::query!(
            "INSERT INTO policy_versions (tenant_id, id, kind, number, texts, asks_again, published_at, published_by)
             SELECT m.tenant_id, md5(m.tenant_id::text || $2)::uuid, $2, 1, $3, true, m.created_at, m.id FROM members m WHERE m.tenant_id = $1 AND m.id = $4",
            tenant,
            kind,
            json(&texts)?,
            admin
        )
        .execute(tx.conn())
        .await?;
    }
    sqlx::query!("UPDATE tenants SET published_policies = '{terms,privacy}', guardian_age = NULL WHERE id = $1", tenant)
        .execute(tx.conn())
        .await?;
    sqlx::query!(
        "INSERT INTO consents (tenant_id, member_id, version_id, agreed_at, address)
         SELECT $1, m.id, v.id, greatest(m.created_at, v.published_at), '' FROM members m CROSS JOIN policy_versions v
         WHERE m.tenant_id = $1 AND v.tenant_id = $1",
        tenant
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Deletes everything of the transaction's tenant but the tenant itself, and its demo accounts.
pub async fn clear(tx: &mut TenantTx, school: &School) -> Result<()> {
    let tenant = tx.tenant().0;
    sqlx::query!("UPDATE tutors SET lesson_variant_id = NULL WHERE tenant_id = $1", tenant).execute(tx.conn()).await?;
    sqlx::query!("UPDATE offerings SET live_version_id = NULL WHERE tenant_id = $1", tenant).execute(tx.conn()).await?;
    for table in TABLES {
        sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM {table} WHERE tenant_id = $1"))).bind(tenant).execute(tx.conn()).await?;
    }
    sqlx::query!("UPDATE tenants SET domain = NULL, flags = '{}' WHERE id = $1", tenant).execute(tx.conn()).await?;
    sqlx::query!("DELETE FROM hosts WHERE tenant_id = $1", tenant).execute(tx.conn()).await?;
    // The files' bytes stay behind in the store, whose sweep removes what no row names.
    sqlx::query!("UPDATE members SET photo_id = NULL WHERE tenant_id = $1", tenant).execute(tx.conn()).await?;
    sqlx::query!("UPDATE tenants SET logo_id = NULL WHERE id = $1", tenant).execute(tx.conn()).await?;
    sqlx::query!("DELETE FROM uploads WHERE tenant_id = $1", tenant).execute(tx.conn()).await?;
    // Their roles and login sessions go with them.
    sqlx::query!("DELETE FROM erasures WHERE tenant_id = $1", tenant).execute(tx.conn()).await?;
    sqlx::query!("DELETE FROM members WHERE tenant_id = $1", tenant).execute(tx.conn()).await?;
    sqlx::query!("DELETE FROM staff_roles WHERE tenant_id = $1", tenant).execute(tx.conn()).await?;
    sqlx::query!(
        "DELETE FROM accounts a WHERE a.email LIKE '%@' || $1 || '.example' AND NOT EXISTS (SELECT 1 FROM members m WHERE m.account_id = a.id)",
        school.slug
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes the demo operator of the platform, whose transaction this is, unless they are there.
pub async fn write_operator(tx: &mut TenantTx, account: Uuid, member: Uuid, email: &str, hash: &str) -> Result<()> {
    sqlx::query!("SELECT app.create_account($1, $2, $3)", account, email, hash).fetch_one(tx.conn()).await?;
    let done = sqlx::query!(
        "INSERT INTO members (tenant_id, id, account_id, name, email) SELECT $1, $2, a.id, 'Olga Operator', a.email FROM accounts a WHERE a.email = $3
         ON CONFLICT (tenant_id, account_id) DO NOTHING",
        tx.tenant().0,
        member,
        email
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 1 {
        sqlx::query!("INSERT INTO member_roles (tenant_id, member_id, role) VALUES ($1, $2, 'admin')", tx.tenant().0, member)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}
