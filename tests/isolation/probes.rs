//! Generated probes: every table × every verb × another tenant's rows, and every foreign key
//! pointed at another tenant's row. `WEMASTER_PROBES` is how many are wanted (a gate asks for
//! 10 000).

use crate::harness::{ADMIN_PASSWORD, Harness};
use domain::{
    Actor, Db, TenantTx,
    accounts::{self, SignUp, passkeys},
    audit::{self, Action, Entry},
    db::lint::tenant_tables,
    members::{self, InvitationDraft, StaffRoleDraft},
    policies::{self, ConsentDraft, GuardianDraft, Joining, PolicyKind},
    uploads::{self, Purpose},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, Row};
use std::sync::Arc;
use uuid::Uuid;

/// A tenant table as the probes need it.
struct Table {
    name: String,
    key: Vec<String>,
    columns: Vec<String>,
    /// Columns of each foreign key to a tenant table, without `tenant_id`, and that table.
    references: Vec<(String, String)>,
}

async fn describe(connection: &mut PgConnection) -> Vec<Table> {
    let mut tables = Vec::new();
    for name in tenant_tables(connection).await.unwrap() {
        let key = sqlx::query_scalar(
            "SELECT a.attname::text FROM pg_constraint c, unnest(c.conkey) WITH ORDINALITY k (num, ord) JOIN pg_attribute a ON a.attnum = k.num
             WHERE c.contype = 'p' AND c.conrelid = $1::regclass AND a.attrelid = c.conrelid ORDER BY k.ord",
        )
        .bind(&name)
        .fetch_all(&mut *connection)
        .await
        .unwrap();
        let columns = sqlx::query_scalar(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        )
        .bind(&name)
        .fetch_all(&mut *connection)
        .await
        .unwrap();
        let references = sqlx::query(
            "SELECT a.attname::text, c.confrelid::regclass::text FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2]
             WHERE c.contype = 'f' AND c.conrelid = $1::regclass AND cardinality(c.conkey) = 2",
        )
        .bind(&name)
        .fetch_all(&mut *connection)
        .await
        .unwrap()
        .iter()
        .map(|row| (row.get(0), row.get(1)))
        .collect();
        tables.push(Table { name, key, columns, references });
    }
    tables
}

/// Up to `limit` keys of a tenant's rows, as SQL conditions, read by the owner inside that tenant.
async fn rows_of(owner: &PgPool, tenant: Uuid, table: &Table, limit: i64) -> Vec<String> {
    let mut tx = owner.begin().await.unwrap();
    sqlx::query("SELECT set_config('app.tenant', $1, true)").bind(tenant.to_string()).execute(&mut *tx).await.unwrap();
    let condition = table.key.iter().map(|column| format!("format('{column} = %L', {column})")).collect::<Vec<_>>().join(" || ' AND ' || ");
    sqlx::query_scalar(AssertSqlSafe(format!("SELECT {condition} FROM {} LIMIT {limit}", table.name))).fetch_all(&mut *tx).await.unwrap()
}

/// Runs one statement as tenant `own` and rolls it back: how many rows it reached, 0 if it was refused.
async fn reached(tx: &mut TenantTx, statement: String) -> u64 {
    let mut point = tx.conn().begin().await.unwrap();
    let done = sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *point).await.map_or(0, |done| done.rows_affected());
    point.rollback().await.unwrap();
    done
}

/// Leaves what the demo data has none of: a proof that waits, entries of the audit log, a file.
async fn be_there(harness: &Harness, slug: &str) {
    let tenant = harness.services.tenants.by_host(&harness.services.db, &format!("{slug}.localhost:3000")).await.unwrap().unwrap();
    let actor = Actor::anonymous(tenant);
    let typed = SignUp { name: "Maya".into(), email: format!("maya@{slug}.test"), password: ADMIN_PASSWORD.into() };
    let asked = policies::asked(&harness.services, &actor, Joining::Student).await.unwrap();
    let consent = ConsentDraft { agree: true, shown: asked.shown(), ..ConsentDraft::default() };
    accounts::sign_up(&harness.services, &actor, "en", &typed, &consent).await.unwrap();
    let admin: Uuid = sqlx::query_scalar("SELECT member_id FROM member_roles WHERE tenant_id = $1 AND role = 'admin' LIMIT 1")
        .bind(actor.tenant.id.0)
        .fetch_one(actor.begin(&harness.services.db).await.unwrap().conn())
        .await
        .unwrap();
    let mut tx = actor.begin(&harness.services.db).await.unwrap();
    let admin = accounts::member(&mut tx, admin.into()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let admin = Actor { member: Some(std::sync::Arc::new(admin)), ..actor.clone() };
    let draft = InvitationDraft { email: format!("nora@{slug}.test"), roles: vec!["tutor".into()], ..InvitationDraft::default() };
    members::invite(&harness.services, &admin, &draft).await.unwrap();
    members::start_import(&harness.services, &admin, "bo@x.test").await.unwrap();
    let role = StaffRoleDraft { name: "Desk".into(), permissions: vec!["see-members".into()] };
    members::save_role(&harness.services, &admin, None, &role).await.unwrap();
    // A draft, and a member whose guardian consented.
    let draft = [(actor.tenant.locale.clone(), "Be kind.".to_owned())];
    policies::save_draft(&harness.services, &admin, PolicyKind::Terms, &draft).await.unwrap();
    let mut tx = actor.begin(&harness.services.db).await.unwrap();
    let student: Uuid = sqlx::query_scalar(
        "INSERT INTO age_statements SELECT tenant_id, id, 16, false, now() FROM members WHERE email LIKE 'student@%' RETURNING member_id",
    )
    .fetch_one(tx.conn())
    .await
    .unwrap();
    tx.commit().await.unwrap();
    policies::ask_for(&harness.services, &admin, student.into(), "en", "Gail", &format!("gail@{slug}.test")).await.unwrap();
    let ticket = Harness { tenant: Arc::clone(&actor.tenant), ..harness.clone() }.guardian_ticket(&format!("gail@{slug}.test")).await;
    let shown = policies::open(&harness.services, &actor, &ticket).await.unwrap().unwrap().shown();
    let yes = GuardianDraft { name: "Gail".into(), agree: true, shown };
    policies::give(&harness.services, &actor, &ticket, &yes).await.unwrap();
    passkeys::begin_sign_in(&harness.services, &actor).await.unwrap();
    let mut tx = actor.begin(&harness.services.db).await.unwrap();
    let account = admin.member.as_ref().unwrap().account.0;
    sqlx::query("INSERT INTO trusted_devices (tenant_id, id, account_id, epoch, expires_at) VALUES ($1, decode(repeat('07', 32), 'hex'), $2, 0, now())")
        .bind(actor.tenant.id.0)
        .bind(account)
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for _ in 0..20 {
        let mut tx = actor.begin(&harness.services.db).await.unwrap();
        audit::record(&mut tx, &harness.services, &actor, Entry::new(Action::SignedIn)).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut tx = actor.begin(&harness.services.db).await.unwrap();
    let member: Uuid = sqlx::query_scalar("SELECT id FROM members ORDER BY id LIMIT 1").fetch_one(tx.conn()).await.unwrap();
    let member = accounts::member(&mut tx, member.into()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let sender = Actor { member: Some(Arc::new(member)), ..actor };
    let permit = uploads::permit(&harness.services, &sender, Purpose::Attachment).await.unwrap();
    uploads::accept(&harness.services, &sender, permit, "a.txt", Some("a".into())).await.unwrap();
}

async fn probe(harness: &Harness, own: Uuid, foreign: Uuid, wanted: usize) -> usize {
    let mut connection = harness.owner.acquire().await.unwrap();
    let tables = describe(&mut connection).await;
    drop(connection);
    let limit = i64::try_from(wanted / tables.len() / 3 + 1).unwrap();
    let mut probes = 0;
    let mut tx = TenantTx::begin(&harness.services.db, own.into(), None).await.unwrap();
    for table in &tables {
        let name = &table.name;
        let columns = table.columns.join(", ");
        // As if one of our own rows were the other's: the same values under its tenant_id.
        let smuggled = table
            .columns
            .iter()
            .map(|c| if c == "tenant_id" { format!("'{foreign}'::uuid") } else { c.clone() })
            .collect::<Vec<_>>()
            .join(", ");
        for row in rows_of(&harness.owner, foreign, table, limit).await {
            let statements = [
                format!("SELECT 1 FROM {name} WHERE {row}"),
                format!("UPDATE {name} SET tenant_id = tenant_id WHERE {row}"),
                format!("DELETE FROM {name} WHERE {row}"),
                format!("SELECT 1 FROM {name} WHERE {row} FOR UPDATE"),
            ];
            for statement in statements {
                assert_eq!(reached(&mut tx, statement.clone()).await, 0, "leak: {statement}");
                probes += 1;
            }
        }
        let statements = [
            format!("SELECT 1 FROM {name} WHERE tenant_id <> '{own}'"),
            format!("INSERT INTO {name} ({columns}) SELECT {smuggled} FROM {name} LIMIT 1"),
            format!("UPDATE {name} SET tenant_id = '{foreign}'"),
        ];
        for statement in statements {
            assert_eq!(reached(&mut tx, statement.clone()).await, 0, "leak: {statement}");
            probes += 1;
        }
        for (column, target) in &table.references {
            let Some(target) = tables.iter().find(|t| t.name == *target) else { continue };
            let Some(id) = target.key.last() else { continue };
            for row in rows_of(&harness.owner, foreign, target, limit).await {
                let Some(foreign_id) = row.split(&format!("{id} = ")).last() else { continue };
                let statement = format!("UPDATE {name} SET {column} = {foreign_id}");
                assert_eq!(reached(&mut tx, format!("{statement}; SET CONSTRAINTS ALL IMMEDIATE")).await, 0, "leak: {statement}");
                probes += 1;
            }
        }
    }
    probes
}

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn no_probe_reaches_another_tenants_rows(owner: PgPool) {
    let wanted: usize = std::env::var("WEMASTER_PROBES").ok().and_then(|n| n.parse().ok()).unwrap_or(600);
    let harness = Harness::new(owner).await;
    let owner = Db::connect(harness.owner.connect_options().as_ref().clone(), 2).await.unwrap();
    domain::seed::run(&owner, &harness.services.hasher, harness.services.now(), false).await.unwrap();
    for slug in ["lingua", "codelab"] {
        be_there(&harness, slug).await;
    }
    let tenants: Vec<Uuid> = sqlx::query_scalar("SELECT id FROM tenants WHERE slug IN ('lingua', 'codelab') ORDER BY slug")
        .fetch_all(&harness.owner)
        .await
        .unwrap();
    let mut probes = 0;
    for (own, foreign) in [(tenants[0], tenants[1]), (tenants[1], tenants[0])] {
        probes += probe(&harness, own, foreign, wanted / 2).await;
    }
    assert!(probes >= wanted, "only {probes} probes of {wanted}");
    println!("{probes} probes, 0 leaks");
}
