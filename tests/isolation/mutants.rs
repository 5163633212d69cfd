//! The lint finds every planted weakness.

use domain::db::{self, lint::lint};
use sqlx::{Connection, Executor, PgPool};

/// What to break, and the words of the rule that must notice.
const MUTANTS: &[(&str, &str)] = &[
    ("ALTER TABLE members DISABLE ROW LEVEL SECURITY", "is enabled"),
    ("ALTER TABLE orders NO FORCE ROW LEVEL SECURITY", "is forced"),
    ("DROP POLICY tenant ON bookings", "the one policy"),
    ("CREATE POLICY more ON claims FOR SELECT USING (true)", "the one policy"),
    ("ALTER POLICY tenant ON lessons USING (true)", "the one policy"),
    ("ALTER POLICY tenant ON payments WITH CHECK (true)", "the one policy"),
    ("ALTER POLICY tenant ON refunds TO wemaster_app", "the one policy"),
    ("CREATE TABLE notes (tenant_id uuid, id uuid PRIMARY KEY)", "tenant_id uuid NOT NULL"),
    ("ALTER TABLE mails DROP CONSTRAINT mails_pkey, ADD PRIMARY KEY (id)", "primary key begins"),
    ("CREATE TABLE notes (id uuid PRIMARY KEY, body text)", "tenant_id uuid NOT NULL"),
    ("CREATE TABLE notes (tenant_id uuid NOT NULL, id uuid, PRIMARY KEY (tenant_id, id))", "is enabled"),
    ("ALTER TABLE tutors DROP CONSTRAINT tutors_slug_key, ADD CONSTRAINT tutors_slug_key UNIQUE (slug)", "unique or exclusion index"),
    ("ALTER TABLE members ADD CONSTRAINT m UNIQUE (id); ALTER TABLE reviews ADD FOREIGN KEY (student_id) REFERENCES members (id)", "foreign key between"),
    (
        "ALTER TABLE claims DROP CONSTRAINT claims_no_overlap, ADD CONSTRAINT claims_no_overlap EXCLUDE USING gist (tutor_id WITH =, during WITH &&) WHERE (active)",
        "unique or exclusion index",
    ),
    ("ALTER TABLE claims DROP CONSTRAINT claims_no_overlap", "never overlap"),
    (
        "ALTER TABLE claims DROP CONSTRAINT claims_no_overlap,
         ADD CONSTRAINT claims_no_overlap EXCLUDE USING gist (tenant_id WITH =, tutor_id WITH =, during WITH &&) WHERE (active AND expires_at IS NULL)",
        "never overlap",
    ),
    ("GRANT UPDATE ON ledger_entries TO wemaster_app", "written once"),
    ("GRANT DELETE ON ledger_transactions TO wemaster_worker", "written once"),
    ("GRANT UPDATE (texts) ON policy_versions TO wemaster_app", "written once"),
    ("GRANT DELETE ON consents TO wemaster_app", "written once"),
    ("GRANT SELECT ON accounts TO wemaster_app", "through functions alone"),
    ("GRANT SELECT (payload) ON stripe_events TO wemaster_worker", "through functions alone"),
    ("ALTER POLICY own ON tenants USING (true)", "by the tenant alone"),
    ("ALTER POLICY prove ON hosts WITH CHECK (true)", "a host is added"),
    ("ALTER POLICY release ON hosts USING (true)", "a host is added"),
    ("GRANT UPDATE ON hosts TO wemaster_app", "a host is added"),
    ("DROP TRIGGER host_proven ON hosts", "a host is added"),
    ("ALTER TABLE account_totp NO FORCE ROW LEVEL SECURITY", "an account's table"),
    ("ALTER POLICY account ON account_passkeys USING (true)", "an account's table"),
    ("CREATE POLICY more ON account_recovery_codes FOR SELECT USING (true)", "an account's table"),
    ("CREATE TABLE account_notes (account_id uuid PRIMARY KEY, body text)", "an account's table"),
    ("GRANT TRUNCATE ON orders TO wemaster_app", "does not truncate"),
    ("GRANT SELECT ON members TO PUBLIC", "PUBLIC has no right"),
    ("CREATE VIEW everyone AS SELECT * FROM members", "view asks"),
    ("CREATE MATERIALIZED VIEW everyone AS SELECT * FROM members", "materialised view"),
    ("CREATE FUNCTION app.peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM members'", "pins its search path"),
    ("ALTER FUNCTION app.account_by_email(text) RESET search_path", "pins its search path"),
    ("GRANT EXECUTE ON FUNCTION app.account_by_email(text) TO PUBLIC", "not for everyone"),
    ("GRANT UPDATE (payload) ON stripe_events TO wemaster_worker", "through functions alone"),
    ("ALTER TABLE ledger_entries DISABLE TRIGGER ledger_balanced", "every trigger is on"),
    ("DROP TRIGGER refund_bound ON refunds", "have their triggers"),
    ("DROP TRIGGER claim_rules ON claims", "have their triggers"),
    ("DROP TRIGGER keep_an_admin ON members", "have their triggers"),
    ("DROP TRIGGER keep_schools ON members", "have their triggers"),
    ("DROP TRIGGER keep_an_admin ON member_roles", "have their triggers"),
    ("DROP TRIGGER order_forward ON orders", "have their triggers"),
    ("DROP TRIGGER lesson_forward ON lessons", "have their triggers"),
    ("DROP TRIGGER booking_forward ON bookings", "have their triggers"),
    ("DROP TRIGGER payment_forward ON payments", "have their triggers"),
    ("DROP TRIGGER refund_forward ON refunds", "have their triggers"),
    ("DROP TRIGGER upload_forward ON uploads", "have their triggers"),
    ("DROP TRIGGER upload_counted ON uploads", "have their triggers"),
    ("DROP TRIGGER guardian_forward ON guardian_consents", "have their triggers"),
    ("GRANT UPDATE (used_bytes) ON tenant_storage TO wemaster_worker", "counted by triggers alone"),
    ("ALTER TABLE tenant_storage DROP CONSTRAINT tenant_storage_quota", "is bounded"),
    (
        "ALTER TABLE tenant_storage DROP CONSTRAINT tenant_storage_quota, ADD CONSTRAINT tenant_storage_quota CHECK (used_bytes <= quota_bytes * 2)",
        "is bounded",
    ),
    ("GRANT UPDATE ON uploads TO wemaster_app", "a file is does not change"),
    ("ALTER TABLE members DROP CONSTRAINT members_photo; ALTER TABLE uploads ADD CONSTRAINT u UNIQUE (id); ALTER TABLE members ADD FOREIGN KEY (photo_id) REFERENCES uploads (id)", "foreign key between"),
    (
        "CREATE FUNCTION app.anyone() RETURNS uuid LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN app.tenant(); END';
         ALTER POLICY tenant ON variants USING (tenant_id = app.anyone())",
        "nothing volatile",
    ),
    (
        "ALTER TABLE offerings DROP CONSTRAINT offerings_tenant_id_tutor_id_fkey, ADD CONSTRAINT late FOREIGN KEY (tenant_id, tutor_id) REFERENCES tutors NOT VALID",
        "is validated",
    ),
];

#[sqlx::test(migrator = "domain::db::MIGRATIONS")]
async fn the_catalogue_is_clean_and_every_mutant_is_found(owner: PgPool) {
    let url = std::env::var("DATABASE_URL").unwrap();
    db::prepare(&owner, &url).await.unwrap();
    let mut connection = owner.acquire().await.unwrap();
    assert_eq!(lint(&mut connection).await.unwrap(), []);
    for (mutant, rule) in MUTANTS {
        let mut tx = connection.begin().await.unwrap();
        tx.execute(*mutant).await.unwrap_or_else(|error| panic!("{mutant}: {error}"));
        let findings = lint(&mut tx).await.unwrap();
        assert!(findings.iter().any(|finding| finding.rule.contains(rule)), "{mutant}\nfound only {findings:#?}");
        tx.rollback().await.unwrap();
    }
    println!("{} mutants found", MUTANTS.len());
    // What belongs to an extension is that extension's affair, whoever owns it.
    let mut tx = connection.begin().await.unwrap();
    tx.execute(
        "CREATE FUNCTION app.peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM members';
         ALTER EXTENSION pg_trgm ADD FUNCTION app.peek()",
    )
    .await
    .unwrap();
    assert_eq!(lint(&mut tx).await.unwrap(), []);
    tx.rollback().await.unwrap();
}

#[test]
fn there_are_at_least_fifteen_mutants() {
    assert!(MUTANTS.len() >= 15);
}
