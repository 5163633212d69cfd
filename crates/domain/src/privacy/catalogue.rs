//! Every column of the database, and what it is to a person: whether it is in their export, and whether anything of it
//! is left after their erasure. A column that is not here fails the suite.

/// What a column is to the person whose row it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// In the export; gone after the erasure.
    Theirs,
    /// In the export; kept after the erasure, where it is a number's and nobody's, and why.
    Kept(&'static str),
    /// Says nothing of a person: keys, states, what the school says.
    NotPersonal,
    /// Not in the export, and why; gone after the erasure.
    Withheld(&'static str),
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub treatment: Treatment,
    /// What the export has in its place, an expression over `t` and `p`; empty: the column.
    pub told_as: &'static str,
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Where its rows are read; empty: the table.
    pub from: &'static str,
    /// Which rows are a person's: a condition over the row `t` and the person `p` (`tenant`, `member`, `account`,
    /// `email`; `members` with the duplicates that were merged into them). Empty: nobody's.
    pub whose: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
}

const fn column(name: &'static str, treatment: Treatment) -> Column {
    Column { name, treatment, told_as: "" }
}

/// Of a version of a document, which one.
const VERSION: &str = "(SELECT jsonb_build_object('document', v.kind, 'version', v.number, 'id', v.id) FROM policy_versions v WHERE v.tenant_id = t.tenant_id AND v.id = t.version_id)";

const fn theirs(name: &'static str) -> Column {
    column(name, Treatment::Theirs)
}

const fn told_as(name: &'static str, told_as: &'static str) -> Column {
    Column { name, treatment: Treatment::Theirs, told_as }
}

const fn books(name: &'static str) -> Column {
    column(name, Treatment::Kept("the books: what was sold, when and for how much, is kept by law"))
}

const fn plain(name: &'static str) -> Column {
    column(name, Treatment::NotPersonal)
}

const fn secret(name: &'static str) -> Column {
    column(name, Treatment::Withheld("a secret that lets somebody in"))
}

const fn table(name: &'static str, whose: &'static str, columns: &'static [Column]) -> Table {
    Table { name, from: "", whose, columns }
}

/// A table of the school's, or of the machine's.
const fn nobodys(name: &'static str, columns: &'static [Column]) -> Table {
    table(name, "", columns)
}

const OWN: &str = "an account that is a member of other schools stays theirs";
const AGREED: &str = "proof that somebody agreed, of a number and nobody: whoever was asked to pay can be shown it";
const FORGOTTEN: &str = "says that they were forgotten, and nothing else";

/// The whole database, in the order of the export: who they are first.
pub const TABLES: &[Table] = &[
    table(
        "members",
        "t.tenant_id = p.tenant AND t.id = ANY (p.members)",
        &[
            plain("tenant_id"),
            column("id", Treatment::Kept("the number by which the books know them")),
            theirs("account_id"),
            theirs("name"),
            theirs("email"),
            theirs("locale"),
            theirs("zone"),
            theirs("staff_role_id"),
            column("status", Treatment::Kept(FORGOTTEN)),
            books("created_at"),
            theirs("photo_id"),
            plain("refused"),
            plain("until"),
            theirs("merged_into"),
        ],
    ),
    table("member_roles", "t.tenant_id = p.tenant AND t.member_id = p.member", &[plain("tenant_id"), plain("member_id"), theirs("role")]),
    Table {
        name: "accounts",
        from: "app.account_told(p.account)",
        whose: "true",
        columns: &[
            column("id", Treatment::Kept(OWN)),
            column("email", Treatment::Kept(OWN)),
            secret("password_hash"),
            plain("login_epoch"),
            Column { name: "password_changed_at", treatment: Treatment::Kept(OWN), told_as: "nullif(t.password_changed_at, '-infinity')" },
            column("created_at", Treatment::Kept(OWN)),
        ],
    },
    table(
        "account_schools",
        "t.account_id = p.account",
        &[
            plain("account_id"),
            told_as("tenant_id", "(SELECT s.name FROM tenants s WHERE s.id = t.tenant_id)"),
            column("active", Treatment::Kept(OWN)),
        ],
    ),
    table(
        "account_totp",
        "t.account_id = p.account",
        &[
            plain("account_id"),
            secret("secret"),
            plain("last_step"),
            plain("refused"),
            secret("fresh_codes"),
            column("confirmed_at", Treatment::Kept(OWN)),
        ],
    ),
    table(
        "account_recovery_codes",
        "t.account_id = p.account",
        &[plain("account_id"), secret("hash"), column("used_at", Treatment::Kept(OWN))],
    ),
    table(
        "account_passkeys",
        "t.account_id = p.account",
        &[
            plain("account_id"),
            secret("id"),
            column("rp_id", Treatment::Kept(OWN)),
            column("name", Treatment::Kept(OWN)),
            secret("credential"),
            column("created_at", Treatment::Kept(OWN)),
            column("used_at", Treatment::Kept(OWN)),
        ],
    ),
    table(
        "member_identities",
        "t.tenant_id = p.tenant AND t.member_id = p.member",
        &[
            plain("tenant_id"),
            plain("id"),
            plain("member_id"),
            theirs("issuer"),
            theirs("subject"),
            theirs("label"),
            theirs("created_at"),
            theirs("used_at"),
        ],
    ),
    table(
        "login_sessions",
        // Those of before are over.
        "t.tenant_id = p.tenant AND t.member_id = p.member AND t.epoch = app.login_epoch(p.account)",
        &[
            plain("tenant_id"),
            secret("id"),
            plain("member_id"),
            plain("data"),
            theirs("created_at"),
            theirs("expires_at"),
            theirs("user_agent"),
            plain("epoch"),
            told_as("verified_at", "nullif(t.verified_at, '-infinity')"),
            theirs("seen_at"),
            theirs("address"),
            told_as("impersonator_id", "t.impersonator_id IS NOT NULL"),
            plain("impersonator_epoch"),
        ],
    ),
    table(
        "trusted_devices",
        "t.tenant_id = p.tenant AND t.account_id = p.account",
        &[plain("tenant_id"), secret("id"), plain("account_id"), plain("epoch"), theirs("expires_at")],
    ),
    table(
        "login_challenges",
        "t.tenant_id = p.tenant AND t.account_id = p.account",
        &[
            plain("tenant_id"),
            secret("id"),
            theirs("purpose"),
            plain("account_id"),
            plain("epoch"),
            secret("ceremony"),
            plain("attempts"),
            theirs("expires_at"),
        ],
    ),
    table(
        "email_proofs",
        "t.tenant_id = p.tenant AND t.email = p.email",
        &[
            plain("tenant_id"),
            plain("id"),
            secret("ticket"),
            theirs("email"),
            theirs("locale"),
            secret("wish"),
            secret("secret"),
            plain("attempts"),
            plain("mails"),
            theirs("created_at"),
            theirs("expires_at"),
        ],
    ),
    table(
        "invitations",
        "t.tenant_id = p.tenant AND t.email = p.email",
        &[
            plain("tenant_id"),
            plain("id"),
            secret("ticket"),
            secret("secret"),
            theirs("email"),
            theirs("name"),
            theirs("roles"),
            theirs("staff_role_id"),
            theirs("note"),
            column("invited_by", Treatment::Withheld("another person")),
            plain("mails"),
            theirs("created_at"),
            theirs("sent_at"),
            theirs("expires_at"),
        ],
    ),
    table(
        "member_imports",
        "t.tenant_id = p.tenant AND (t.imported_by = p.member OR strpos(lower(t.rows), p.email) > 0)",
        &[
            plain("tenant_id"),
            plain("id"),
            plain("imported_by"),
            column("rows", Treatment::Withheld("a list of other people, for a day")),
            theirs("created_at"),
        ],
    ),
    table(
        "consents",
        "t.tenant_id = p.tenant AND t.member_id = ANY (p.members)",
        &[
            plain("tenant_id"),
            column("member_id", Treatment::Kept(AGREED)),
            Column { name: "version_id", treatment: Treatment::Kept(AGREED), told_as: VERSION },
            column("agreed_at", Treatment::Kept(AGREED)),
            theirs("address"),
        ],
    ),
    table(
        "age_statements",
        "t.tenant_id = p.tenant AND t.member_id = ANY (p.members)",
        &[plain("tenant_id"), plain("member_id"), theirs("age"), theirs("of_age"), theirs("stated_at")],
    ),
    table(
        "guardian_consents",
        "t.tenant_id = p.tenant AND t.member_id = ANY (p.members)",
        &[
            plain("tenant_id"),
            column("id", Treatment::Kept(AGREED)),
            column("member_id", Treatment::Kept(AGREED)),
            column("status", Treatment::Kept(AGREED)),
            // Whom they named; the record is theirs, also where the guardian is a member too.
            theirs("guardian_name"),
            theirs("guardian_email"),
            plain("locale"),
            secret("ticket"),
            secret("secret"),
            plain("mails"),
            column("asked_at", Treatment::Kept(AGREED)),
            column("sent_at", Treatment::Kept(AGREED)),
            column("expires_at", Treatment::Kept(AGREED)),
            column("decided_at", Treatment::Kept(AGREED)),
            theirs("stated_name"),
            column("address", Treatment::Withheld("another person's")),
            column("withdrawn_at", Treatment::Kept(AGREED)),
        ],
    ),
    table(
        "guardian_consent_versions",
        "t.tenant_id = p.tenant AND EXISTS (SELECT 1 FROM guardian_consents g WHERE g.tenant_id = t.tenant_id AND g.id = t.guardian_consent_id AND g.member_id = ANY (p.members))",
        &[
            plain("tenant_id"),
            column("guardian_consent_id", Treatment::Kept(AGREED)),
            Column { name: "version_id", treatment: Treatment::Kept(AGREED), told_as: VERSION },
        ],
    ),
    table(
        "orders",
        "t.tenant_id = p.tenant AND t.student_id = p.member",
        &[
            plain("tenant_id"),
            books("id"),
            books("number"),
            books("student_id"),
            books("status"),
            books("currency"),
            books("total_minor"),
            books("policy"),
            plain("commission_bps"),
            books("created_at"),
            books("paid_at"),
            books("receipt_number"),
        ],
    ),
    table(
        "order_lines",
        "t.tenant_id = p.tenant AND (t.tutor_id = p.member OR EXISTS (SELECT 1 FROM orders o WHERE o.tenant_id = t.tenant_id AND o.id = t.order_id AND o.student_id = p.member))",
        &[
            plain("tenant_id"),
            books("id"),
            books("order_id"),
            books("tutor_id"),
            books("offering_id"),
            books("variant_id"),
            books("kind"),
            books("title"),
            column("tutor_name", Treatment::Kept("the books: a receipt names who taught, and does not change")),
            books("duration_minutes"),
            books("price_minor"),
            books("starts_at"),
            books("ends_at"),
            books("gap_minutes"),
            books("wall_start"),
            books("zone"),
        ],
    ),
    table(
        "payments",
        "t.tenant_id = p.tenant AND EXISTS (SELECT 1 FROM orders o WHERE o.tenant_id = t.tenant_id AND o.id = t.order_id AND o.student_id = p.member)",
        &[
            plain("tenant_id"),
            books("id"),
            books("order_id"),
            books("status"),
            books("currency"),
            books("amount_minor"),
            theirs("request"),
            plain("attempt"),
            plain("fee_minor"),
            plain("fee_currency"),
            books("checkout_session"),
            column("checkout_url", Treatment::Kept("the payment provider's page, which is over")),
            books("payment_intent"),
            books("charge"),
            theirs("card"),
            books("created_at"),
            books("succeeded_at"),
            plain("checked_at"),
        ],
    ),
    table(
        "refunds",
        "t.tenant_id = p.tenant AND EXISTS (SELECT 1 FROM orders o WHERE o.tenant_id = t.tenant_id AND o.id = t.order_id AND o.student_id = p.member)",
        &[
            plain("tenant_id"),
            books("id"),
            books("payment_id"),
            books("order_id"),
            books("amount_minor"),
            books("currency"),
            books("reason"),
            books("status"),
            books("provider_refund"),
            plain("attempt"),
            books("failure"),
            books("replaces"),
            books("requested_at"),
            books("settled_at"),
            plain("checked_at"),
        ],
    ),
    table(
        "bookings",
        "t.tenant_id = p.tenant AND t.student_id = p.member",
        &[
            plain("tenant_id"),
            books("id"),
            books("lesson_id"),
            books("student_id"),
            books("order_id"),
            books("status"),
            books("created_at"),
            books("cancelled_at"),
            plain("cancelled_by"),
        ],
    ),
    table(
        "lessons",
        "t.tenant_id = p.tenant AND (t.tutor_id = p.member OR EXISTS (SELECT 1 FROM bookings b WHERE b.tenant_id = t.tenant_id AND b.lesson_id = t.id AND b.student_id = p.member))",
        &[
            plain("tenant_id"),
            books("id"),
            books("tutor_id"),
            books("offering_id"),
            plain("claim_id"),
            books("title"),
            books("starts_at"),
            books("ends_at"),
            books("wall_start"),
            books("zone"),
            books("status"),
            plain("sequence"),
        ],
    ),
    table(
        "claims",
        "t.tenant_id = p.tenant AND (t.tutor_id = p.member OR EXISTS (SELECT 1 FROM orders o WHERE o.tenant_id = t.tenant_id AND o.id = t.order_id AND o.student_id = p.member))",
        &[
            plain("tenant_id"),
            books("id"),
            books("tutor_id"),
            books("order_id"),
            plain("during"),
            books("starts_at"),
            books("ends_at"),
            books("active"),
            books("expires_at"),
            books("created_at"),
        ],
    ),
    table(
        "trials",
        "t.tenant_id = p.tenant AND (t.student_id = p.member OR t.tutor_id = p.member)",
        &[plain("tenant_id"), books("tutor_id"), books("student_id"), books("booking_id")],
    ),
    table(
        "reviews",
        "t.tenant_id = p.tenant AND (t.student_id = p.member OR t.tutor_id = p.member)",
        &[
            plain("tenant_id"),
            books("id"),
            books("tutor_id"),
            books("student_id"),
            books("booking_id"),
            column("stars", Treatment::Kept("the average of the tutor, which others rely on")),
            // What others said of a tutor is public and theirs.
            Column { name: "body", treatment: Treatment::Kept("a review is its author's: it goes with them"), told_as: "" },
            Column { name: "reply", treatment: Treatment::Kept("a reply is its author's: it goes with them"), told_as: "" },
            books("created_at"),
        ],
    ),
    table(
        "ledger_accounts",
        "t.tenant_id = p.tenant AND t.owner_id = p.member",
        &[plain("tenant_id"), books("id"), books("kind"), books("owner_id"), books("currency")],
    ),
    table(
        "ledger_entries",
        "t.tenant_id = p.tenant AND EXISTS (SELECT 1 FROM ledger_accounts a WHERE a.tenant_id = t.tenant_id AND a.id = t.account_id AND a.owner_id = p.member)",
        &[plain("tenant_id"), books("id"), books("transaction_id"), books("account_id"), books("amount_minor"), books("currency")],
    ),
    table(
        "ledger_transactions",
        "t.tenant_id = p.tenant AND EXISTS (SELECT 1 FROM orders o WHERE o.tenant_id = t.tenant_id AND o.id = t.order_id AND o.student_id = p.member)",
        &[plain("tenant_id"), books("id"), books("kind"), plain("cause"), books("order_id"), books("posted_at")],
    ),
    table(
        "tutors",
        "t.tenant_id = p.tenant AND t.id = p.member",
        &[
            plain("tenant_id"),
            plain("id"),
            theirs("slug"),
            theirs("headline"),
            theirs("bio"),
            theirs("teaches_from"),
            theirs("languages"),
            theirs("verified"),
            theirs("published"),
            plain("search_text"),
            plain("topics"),
            books("rating_sum"),
            books("rating_count"),
            books("lessons_taught"),
            books("students_taught"),
            books("students_returned"),
            plain("hour_price_minor"),
            plain("trial_price_minor"),
            plain("lesson_variant_id"),
            plain("lesson_minutes"),
            plain("lesson_price_minor"),
        ],
    ),
    table(
        "qualifications",
        "t.tenant_id = p.tenant AND t.tutor_id = p.member",
        &[plain("tenant_id"), plain("id"), plain("tutor_id"), theirs("title"), theirs("place"), theirs("from_year"), theirs("to_year")],
    ),
    table(
        "offerings",
        "t.tenant_id = p.tenant AND t.tutor_id = p.member",
        &[
            plain("tenant_id"),
            books("id"),
            plain("tutor_id"),
            books("kind"),
            plain("live_version_id"),
            books("archived_at"),
            books("created_at"),
        ],
    ),
    table(
        "offering_versions",
        "t.tenant_id = p.tenant AND EXISTS (SELECT 1 FROM offerings o WHERE o.tenant_id = t.tenant_id AND o.id = t.offering_id AND o.tutor_id = p.member)",
        &[
            plain("tenant_id"),
            books("id"),
            books("offering_id"),
            books("number"),
            books("status"),
            column("title", Treatment::Kept("the books: what was sold has a name")),
            theirs("description"),
            books("subject_id"),
            theirs("review_note"),
            books("submitted_at"),
            books("decided_at"),
            column("decided_by", Treatment::NotPersonal),
            books("created_at"),
        ],
    ),
    table(
        "schedules",
        "t.tenant_id = p.tenant AND t.id = p.member",
        &[
            plain("tenant_id"),
            plain("id"),
            theirs("zone"),
            column("increment_minutes", Treatment::Kept("a number of minutes")),
            column("buffer_before_minutes", Treatment::Kept("a number of minutes")),
            column("buffer_after_minutes", Treatment::Kept("a number of minutes")),
            column("notice_minutes", Treatment::Kept("a number of minutes")),
            column("horizon_days", Treatment::Kept("a number of days")),
        ],
    ),
    table(
        "availability_windows",
        "t.tenant_id = p.tenant AND t.tutor_id = p.member",
        &[plain("tenant_id"), plain("id"), plain("tutor_id"), theirs("weekday"), theirs("start_minute"), theirs("end_minute")],
    ),
    table(
        "availability_exceptions",
        "t.tenant_id = p.tenant AND t.tutor_id = p.member",
        &[plain("tenant_id"), plain("id"), plain("tutor_id"), theirs("on_date"), theirs("start_minute"), theirs("end_minute")],
    ),
    table(
        "uploads",
        "t.tenant_id = p.tenant AND t.owner_id = p.member AND t.purpose <> 'logo'",
        &[
            plain("tenant_id"),
            theirs("id"),
            plain("owner_id"),
            theirs("purpose"),
            theirs("name"),
            theirs("media_type"),
            theirs("size_bytes"),
            plain("sha256"),
            theirs("status"),
            theirs("reason"),
            plain("counted_bytes"),
            plain("width"),
            plain("height"),
            plain("attempts"),
            plain("next_at"),
            theirs("scanned_at"),
            theirs("created_at"),
        ],
    ),
    table(
        "mails",
        "t.tenant_id = p.tenant AND (t.recipient_id = ANY (p.members) OR lower(t.to_address) = p.email)",
        &[
            plain("tenant_id"),
            plain("id"),
            plain("cause"),
            plain("recipient_id"),
            theirs("to_name"),
            theirs("to_address"),
            plain("locale"),
            theirs("subject"),
            column("html", Treatment::Withheld("the same as plain, for a screen; may carry a link that still works")),
            told_as("plain", "CASE WHEN t.secret_until IS NULL THEN t.plain END"),
            column("ics", Treatment::Withheld("the lesson, which is in the export")),
            column("created_at", Treatment::Kept("says that something was told already, not what")),
            plain("queued_at"),
            column("sent_at", Treatment::Kept("says that something was told already, not what")),
            plain("failure"),
            plain("secret_until"),
        ],
    ),
    table(
        "audit_entries",
        "t.tenant_id = p.tenant AND (t.actor_id = ANY (p.members) OR t.about_id = ANY (p.members) OR t.as_id = ANY (p.members))",
        &[
            plain("tenant_id"),
            column("number", Treatment::Kept("the log: that it was done, by a number")),
            column("at", Treatment::Kept("the log: that it was done, by a number")),
            plain("actor_id"),
            plain("as_id"),
            plain("about_id"),
            column("action", Treatment::Kept("the log: that it was done, by a number")),
            column("object", Treatment::Kept("the log: that it was done, by a number")),
            // Who else did something to them is another person's.
            Column {
                name: "actor_name",
                treatment: Treatment::Kept("the log: another's entry is another's"),
                told_as: "CASE WHEN t.actor_id = ANY (p.members) THEN t.actor_name END",
            },
            plain("as_name"),
            plain("as_salt"),
            plain("as_digest"),
            Column {
                name: "client",
                treatment: Treatment::Kept("the log: another's entry is another's"),
                told_as: "CASE WHEN t.actor_id = ANY (p.members) THEN t.client END",
            },
            plain("who_salt"),
            plain("who_digest"),
            Column {
                name: "label",
                treatment: Treatment::Kept("the log: what they did to something else"),
                told_as: "CASE WHEN t.about_id = ANY (p.members) THEN t.label END",
            },
            Column {
                name: "before",
                treatment: Treatment::Kept("the log: what they did to something else"),
                told_as: "CASE WHEN t.about_id = ANY (p.members) THEN t.before END",
            },
            Column {
                name: "after",
                treatment: Treatment::Kept("the log: what they did to something else"),
                told_as: "CASE WHEN t.about_id = ANY (p.members) THEN t.after END",
            },
            plain("what_salt"),
            plain("what_digest"),
            plain("previous"),
            plain("hash"),
        ],
    ),
    table(
        "erasures",
        "t.tenant_id = p.tenant AND t.id = p.member",
        &[
            plain("tenant_id"),
            column("id", Treatment::Kept(FORGOTTEN)),
            theirs("account_id"),
            theirs("name"),
            theirs("email"),
            plain("by_id"),
            column("reason", Treatment::Kept(FORGOTTEN)),
            column("requested_at", Treatment::Kept(FORGOTTEN)),
            column("done_at", Treatment::Kept(FORGOTTEN)),
        ],
    ),
    table(
        "stripe_events",
        "",
        &[
            plain("id"),
            plain("kind"),
            column("payload", Treatment::Withheld("the payment provider's message as it came, for 90 days")),
            plain("tenant_id"),
            plain("received_at"),
            plain("deliveries"),
        ],
    ),
    nobodys(
        "tenants",
        &[
            plain("id"),
            plain("slug"),
            plain("name"),
            plain("tagline"),
            plain("brand"),
            plain("locale"),
            plain("locales"),
            plain("currency"),
            plain("zone"),
            plain("listed"),
            plain("status"),
            plain("created_at"),
            plain("logo_id"),
            plain("published_policies"),
            plain("guardian_age"),
            plain("domain"),
            plain("status_reason"),
            plain("delete_at"),
            plain("flags"),
            plain("overrides"),
        ],
    ),
    // Of the platform's own people, at their work.
    nobodys(
        "support_visits",
        &[
            plain("tenant_id"),
            plain("id"),
            plain("member_id"),
            plain("operator_id"),
            plain("reason"),
            plain("ticket"),
            plain("ticket_until"),
            plain("taken_at"),
            plain("created_at"),
            plain("until"),
        ],
    ),
    nobodys("hosts", &[plain("host"), plain("tenant_id")]),
    nobodys(
        "domains",
        &[
            plain("tenant_id"),
            plain("id"),
            plain("host"),
            plain("token"),
            plain("proof"),
            plain("route"),
            plain("unproven_since"),
            plain("astray_since"),
            plain("checked_at"),
            plain("created_at"),
        ],
    ),
    nobodys(
        "mail_senders",
        &[
            plain("tenant_id"),
            plain("name"),
            plain("reply_to"),
            plain("address"),
            plain("selector"),
            plain("public_key"),
            plain("private_key"),
            plain("proof"),
            plain("checked_at"),
        ],
    ),
    nobodys(
        "tenant_terms",
        &[plain("tenant_id"), plain("id"), plain("commission_bps"), plain("cancellation_policy"), plain("order_prefix")],
    ),
    nobodys("policy_drafts", &[plain("tenant_id"), plain("kind"), plain("id"), plain("texts"), plain("changed_at")]),
    nobodys(
        "policy_versions",
        &[
            plain("tenant_id"),
            plain("id"),
            plain("kind"),
            plain("number"),
            plain("texts"),
            plain("asks_again"),
            plain("published_at"),
            plain("published_by"),
        ],
    ),
    nobodys("tenant_counters", &[plain("tenant_id"), plain("name"), plain("value")]),
    nobodys(
        "tenant_storage",
        &[plain("tenant_id"), plain("used_bytes"), plain("quota_bytes"), plain("decided_bytes"), plain("warned_percent")],
    ),
    nobodys("staff_roles", &[plain("tenant_id"), plain("id"), plain("name"), plain("permissions"), plain("created_at")]),
    nobodys(
        "identity_providers",
        &[
            plain("tenant_id"),
            plain("id"),
            plain("kind"),
            plain("name"),
            plain("issuer"),
            plain("client_id"),
            plain("secret"),
            plain("apple_team"),
            plain("apple_key"),
            plain("enabled"),
            plain("revision"),
            plain("created_at"),
        ],
    ),
    nobodys("subjects", &[plain("tenant_id"), plain("id"), plain("slug"), plain("name"), plain("position")]),
    nobodys("levels", &[plain("tenant_id"), plain("id"), plain("slug"), plain("name"), plain("position")]),
    nobodys("offering_levels", &[plain("tenant_id"), plain("version_id"), plain("level_id")]),
    nobodys(
        "variants",
        &[plain("tenant_id"), plain("id"), plain("version_id"), plain("duration_minutes"), plain("price_minor"), plain("currency")],
    ),
    nobodys("audit_heads", &[plain("tenant_id"), plain("number"), plain("hash")]),
    // Keys are hashes of whom they limit.
    nobodys("rate_limits", &[plain("key"), plain("full_at")]),
];
