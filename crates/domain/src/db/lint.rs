//! The lint on the database's catalogue: is every tenant table isolated, by construction?
//!
//! It reads PostgreSQL's own catalogue, so it judges what is there and not what the migrations
//! meant. `docs/architecture.md` has the rules; each has a mutant in `tests/isolation/mutants.rs`
//! that it must find.

use sqlx::{PgConnection, Row};

/// Tables without a tenant. Each is guarded in another way, checked below.
const PLATFORM_TABLES: [&str; 10] = [
    "_sqlx_migrations",
    "account_passkeys",
    "account_recovery_codes",
    "account_schools",
    "account_totp",
    "accounts",
    "hosts",
    "rate_limits",
    "stripe_events",
    "tenants",
];

/// The policy of every table of an account, as PostgreSQL prints it.
const ACCOUNT_POLICY: &str = "(account_id = ( SELECT (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid AS \"nullif\"))";

/// Tables whose rows are never changed or removed once written.
const APPEND_ONLY: [&str; 8] = [
    "audit_entries",
    "consents",
    "guardian_consent_versions",
    "ledger_accounts",
    "ledger_entries",
    "ledger_transactions",
    "order_lines",
    "policy_versions",
];

/// The policy of every tenant table, as PostgreSQL prints it.
const POLICY: &str = "(tenant_id = ( SELECT (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid AS \"nullif\"))";

/// One rule: its name, and a query whose rows are what breaks it.
struct Rule {
    name: &'static str,
    query: &'static str,
}

/// `t` is every tenant table.
const RULES: &[Rule] = &[
    Rule {
        name: "a tenant table has tenant_id uuid NOT NULL",
        query: "SELECT t.name FROM t WHERE NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'tenant_id'
                  AND a.atttypid = 'uuid'::regtype AND a.attnotnull AND NOT a.attisdropped)",
    },
    Rule { name: "row-level security is enabled", query: "SELECT t.name FROM t WHERE NOT t.relrowsecurity" },
    Rule { name: "row-level security is forced on the owner", query: "SELECT t.name FROM t WHERE NOT t.relforcerowsecurity" },
    Rule {
        name: "the one policy is the tenant's, for every verb and role, USING and WITH CHECK",
        query: "SELECT t.name FROM t WHERE 1 <> (SELECT count(*) FROM pg_policy p WHERE p.polrelid = t.oid)
                  OR NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = t.oid AND p.polcmd = '*' AND p.polpermissive AND p.polroles = '{0}'
                    AND pg_get_expr(p.polqual, t.oid) = $3 AND pg_get_expr(p.polwithcheck, t.oid) = $3)",
    },
    Rule {
        name: "the primary key begins with tenant_id",
        query: "SELECT t.name FROM t WHERE NOT EXISTS (SELECT 1 FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
                  WHERE c.conrelid = t.oid AND c.contype = 'p' AND a.attname = 'tenant_id')",
    },
    Rule {
        name: "a unique or exclusion index begins with tenant_id",
        query: "SELECT t.name || '.' || i.indexrelid::regclass FROM t JOIN pg_index i ON i.indrelid = t.oid
                  LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
                WHERE (i.indisunique OR i.indisexclusion) AND a.attname IS DISTINCT FROM 'tenant_id'",
    },
    Rule {
        name: "a foreign key between tenant tables carries tenant_id on both sides",
        query: "SELECT t.name || '.' || c.conname FROM t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'f' JOIN t other ON other.oid = c.confrelid
                  JOIN pg_attribute here ON here.attrelid = c.conrelid AND here.attnum = c.conkey[1]
                  JOIN pg_attribute there ON there.attrelid = c.confrelid AND there.attnum = c.confkey[1]
                WHERE here.attname <> 'tenant_id' OR there.attname <> 'tenant_id'",
    },
    Rule {
        name: "no foreign key from a platform table to a tenant table",
        query: "SELECT c.conname::text FROM pg_constraint c JOIN t ON t.oid = c.confrelid WHERE c.contype = 'f' AND NOT EXISTS (SELECT 1 FROM t WHERE t.oid = c.conrelid)",
    },
    Rule {
        name: "a constraint is validated",
        query: "SELECT t.name || '.' || c.conname FROM t JOIN pg_constraint c ON c.conrelid = t.oid WHERE NOT c.convalidated",
    },
    Rule {
        name: "the application owns nothing",
        query: "SELECT c.relname::text FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname IN ('wemaster_app', 'wemaster_worker')",
    },
    Rule {
        name: "the application's roles have no power of their own",
        query: "SELECT rolname::text FROM pg_roles WHERE rolname IN ('wemaster_app', 'wemaster_worker') AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)",
    },
    Rule {
        name: "the application's roles are members of no other",
        query: "SELECT m.roleid::regrole::text FROM pg_auth_members m WHERE m.member IN ('wemaster_app'::regrole, 'wemaster_worker'::regrole)",
    },
    Rule {
        name: "the application reads, writes and deletes; it does not truncate, reference or hang on triggers",
        query: "SELECT c.relname || ' ' || acl.privilege_type FROM pg_class c, aclexplode(c.relacl) acl
                WHERE c.relnamespace = 'public'::regnamespace AND acl.grantee IN ('wemaster_app'::regrole, 'wemaster_worker'::regrole)
                  AND acl.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')",
    },
    Rule {
        name: "PUBLIC has no right on a table",
        query: "SELECT c.relname::text FROM pg_class c, aclexplode(c.relacl) acl WHERE c.relnamespace = 'public'::regnamespace AND acl.grantee = 0",
    },
    Rule {
        name: "what is written once is never changed",
        query: "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY ($2)
                  AND (has_any_column_privilege('wemaster_app', c.oid, 'UPDATE') OR has_table_privilege('wemaster_app', c.oid, 'DELETE')
                    OR has_any_column_privilege('wemaster_worker', c.oid, 'UPDATE') OR has_table_privilege('wemaster_worker', c.oid, 'DELETE'))",
    },
    Rule {
        name: "accounts, allowances and Stripe's events are reached through functions alone",
        query: "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname IN ('accounts', 'rate_limits', 'stripe_events')
                  AND (has_any_column_privilege('wemaster_app', c.oid, 'SELECT, INSERT, UPDATE') OR has_table_privilege('wemaster_app', c.oid, 'DELETE')
                    OR has_any_column_privilege('wemaster_worker', c.oid, 'SELECT, INSERT, UPDATE') OR has_table_privilege('wemaster_worker', c.oid, 'DELETE'))",
    },
    Rule {
        name: "an account's table is seen by whom it names alone: enabled, forced, one policy, its key begins with account_id",
        query: "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname LIKE 'account\\_%'
                  AND (NOT c.relrowsecurity OR NOT c.relforcerowsecurity
                    OR 1 <> (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)
                    OR NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polpermissive AND p.polroles = '{0}'
                      AND pg_get_expr(p.polqual, c.oid) = $4 AND pg_get_expr(p.polwithcheck, c.oid) = $4)
                    OR NOT EXISTS (SELECT 1 FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
                      WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attname = 'account_id'))",
    },
    Rule {
        name: "a tenant's face is changed by the tenant alone",
        query: "SELECT 'tenants'::text WHERE NOT (SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = 'public.tenants'::regclass)
                  OR EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = 'public.tenants'::regclass AND polcmd <> 'r'
                    AND coalesce(pg_get_expr(polwithcheck, polrelid), '') NOT LIKE '%app.tenant%')
                  OR EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = 'public.tenants'::regclass AND polcmd IN ('w', 'd', '*')
                    AND coalesce(pg_get_expr(polqual, polrelid), '') NOT LIKE '%app.tenant%')",
    },
    Rule {
        name: "a host is added and released by its tenant alone, with the proof",
        query: "SELECT 'hosts'::text WHERE NOT (SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = 'public.hosts'::regclass)
                  OR EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = 'public.hosts'::regclass AND polcmd <> 'r'
                    AND coalesce(pg_get_expr(polwithcheck, polrelid), pg_get_expr(polqual, polrelid), '') NOT LIKE '%app.tenant%')
                  OR has_any_column_privilege('wemaster_app', 'public.hosts', 'UPDATE') OR has_any_column_privilege('wemaster_worker', 'public.hosts', 'UPDATE')
                  OR NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = 'public.hosts'::regclass AND tgname = 'host_proven' AND tgenabled <> 'D')",
    },
    Rule {
        name: "a view asks with the reader's rights",
        query: "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace IN ('public'::regnamespace, 'app'::regnamespace) AND c.relkind = 'v'
                  AND NOT coalesce(c.reloptions::text[] && ARRAY['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)",
    },
    Rule {
        name: "no materialised view: it has no row-level security",
        query: "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace IN ('public'::regnamespace, 'app'::regnamespace) AND c.relkind = 'm'",
    },
    Rule {
        name: "a SECURITY DEFINER function pins its search path",
        query: "SELECT p.proname::text FROM pg_proc p WHERE p.pronamespace IN ('public'::regnamespace, 'app'::regnamespace) AND p.prosecdef
                  AND NOT EXISTS (SELECT 1 FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=%')
                  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')",
    },
    Rule {
        name: "a SECURITY DEFINER function is not for everyone",
        query: "SELECT p.proname::text FROM pg_proc p WHERE p.pronamespace IN ('public'::regnamespace, 'app'::regnamespace) AND p.prosecdef
                  AND (p.proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(p.proacl) acl WHERE acl.grantee = 0))
                  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')",
    },
    Rule {
        name: "a policy calls nothing volatile",
        query: "SELECT p.polrelid::regclass::text FROM pg_policy p JOIN pg_depend d ON d.classid = 'pg_policy'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_proc'::regclass
                  JOIN pg_proc f ON f.oid = d.refobjid WHERE p.polrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace) AND f.provolatile = 'v'",
    },
    Rule {
        name: "every trigger is on",
        query: "SELECT t.name || '.' || g.tgname FROM t JOIN pg_trigger g ON g.tgrelid = t.oid WHERE g.tgenabled = 'D'",
    },
    Rule {
        name: "the rules that constraints cannot hold have their triggers",
        query: "SELECT w.tab || '.' || w.trig FROM (VALUES ('members', 'keep_an_admin'), ('members', 'keep_schools'), ('member_roles', 'keep_an_admin'), ('claims', 'claim_rules'), ('orders', 'order_forward'), ('lessons', 'lesson_forward'),
                  ('bookings', 'booking_forward'), ('payments', 'payment_forward'), ('refunds', 'refund_forward'), ('refunds', 'refund_bound'),
                  ('ledger_entries', 'ledger_balanced'), ('ledger_transactions', 'ledger_balanced'), ('ledger_entries', 'ledger_currency'),
                  ('uploads', 'upload_forward'), ('uploads', 'upload_counted'), ('guardian_consents', 'guardian_forward')) w (tab, trig)
                WHERE NOT EXISTS (SELECT 1 FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid WHERE c.relname = w.tab AND g.tgname = w.trig)",
    },
    Rule {
        name: "what a tenant keeps is bounded, and counted by triggers alone",
        query: "SELECT 'tenant_storage'::text WHERE has_any_column_privilege('wemaster_app', 'public.tenant_storage', 'INSERT, UPDATE')
                  OR has_any_column_privilege('wemaster_worker', 'public.tenant_storage', 'INSERT, UPDATE')
                  OR has_table_privilege('wemaster_app', 'public.tenant_storage', 'DELETE') OR has_table_privilege('wemaster_worker', 'public.tenant_storage', 'DELETE')
                  OR NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = 'tenant_storage_quota' AND c.conrelid = 'public.tenant_storage'::regclass
                    AND pg_get_constraintdef(c.oid) = 'CHECK ((used_bytes <= quota_bytes))')",
    },
    Rule {
        name: "what a file is does not change",
        query: "SELECT 'uploads.' || a.attname FROM pg_attribute a WHERE a.attrelid = 'public.uploads'::regclass AND a.attnum > 0 AND NOT a.attisdropped
                  AND a.attname IN ('tenant_id', 'id', 'owner_id', 'purpose', 'name', 'size_bytes', 'sha256', 'created_at')
                  AND (has_column_privilege('wemaster_app', a.attrelid, a.attnum, 'UPDATE') OR has_column_privilege('wemaster_worker', a.attrelid, a.attnum, 'UPDATE'))",
    },
    Rule {
        name: "two active claims of a tutor never overlap",
        query: "SELECT 'claims_no_overlap'::text WHERE NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = 'claims_no_overlap' AND c.contype = 'x'
                  AND pg_get_constraintdef(c.oid) = 'EXCLUDE USING gist (tenant_id WITH =, tutor_id WITH =, during WITH &&) WHERE (active)')",
    },
];

/// A rule and what breaks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static str,
    /// The table, function or role.
    pub object: String,
}

/// Every breach of the rules in the database of `connection`.
pub async fn lint(connection: &mut PgConnection) -> Result<Vec<Finding>, sqlx::Error> {
    let mut findings = Vec::new();
    for rule in RULES {
        // The unused parameters are named too, so that every rule takes the same four.
        let query = format!(
            "WITH t AS (SELECT c.oid, c.relname::text AS name, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c
               WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL ($1)
                 AND $2::text[] IS NOT NULL AND $3::text IS NOT NULL AND $4::text IS NOT NULL)
             {}",
            rule.query
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(query))
            .bind(PLATFORM_TABLES.as_slice())
            .bind(APPEND_ONLY.as_slice())
            .bind(POLICY)
            .bind(ACCOUNT_POLICY)
            .fetch_all(&mut *connection)
            .await?;
        for row in rows {
            findings.push(Finding { rule: rule.name, object: row.try_get(0)? });
        }
    }
    Ok(findings)
}

/// How many rules there are.
pub const fn rules() -> usize {
    RULES.len()
}

/// Every tenant table of the database.
pub async fn tenant_tables(connection: &mut PgConnection) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> ALL ($1) ORDER BY 1")
        .bind(PLATFORM_TABLES.as_slice())
        .fetch_all(connection)
        .await
}

#[cfg(test)]
mod tests {
    /// A rule that spares an owner is off wherever the migrations run as that owner. What an
    /// extension brought is told by its dependency.
    #[test]
    fn no_rule_spares_an_owner() {
        for rule in super::RULES {
            assert!(!rule.query.contains("proowner") && !rule.query.contains("'postgres'"), "{}", rule.name);
        }
    }
}
