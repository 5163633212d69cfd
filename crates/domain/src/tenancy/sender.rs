//! Who a school's mails come from: a name, where answers go, and an address of the school's own.
//!
//! An address of its own is used once its domain's DNS has the key that signs them (DKIM, RFC 6376): that is the proof that
//! the domain is the school's, and what receivers trust. Every hour the record is looked for again; without it
//! mails come from the platform's address, so none is lost.

use super::{
    domains::{Proof, whole_name},
    queries,
};
use crate::{
    Actor, Error, Result, Services, TenantTx,
    accounts::is_email,
    audit::{self, Action, Entry},
    keyring::Place,
    limits::{self, Allowance},
    mailing::{self, Mailing},
    members, resealing,
};
use futures::StreamExt;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{AppError, FormErrors, Permission, email::Email, ids::TenantId};
use providers::mail::{OwnAddress, Sender, Signature, SigningKey};
use serde_json::json;

/// The sealed column.
const KEY: &str = "mail_senders.private_key";
/// How many records are looked for at once.
const AT_ONCE: usize = 8;

/// How a school's mails are sent, in its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSender {
    /// The name over the school's own; may be empty.
    pub name: String,
    /// Where answers go; empty: to the address that mails come from.
    pub reply_to: String,
    /// An address of the school's own.
    pub own: Option<OwnSender>,
    /// The address that mails come from otherwise.
    pub platform: String,
}

/// An address of the school's own, and what its domain's DNS must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSender {
    /// The address.
    pub address: String,
    /// The name of the text record.
    pub record: String,
    /// What it must say.
    pub value: String,
    /// What the last look found; mails come from the address while it is found.
    pub proof: Proof,
    /// When that was.
    pub checked_at: Option<Timestamp>,
}

/// The sender as typed. Errors come at the names of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SenderDraft {
    /// At most 80 characters, may be empty.
    pub name: String,
    /// An address, may be empty.
    pub reply_to: String,
}

#[derive(Default)]
struct Row {
    name: String,
    reply_to: String,
    own: Option<OwnRow>,
}

struct OwnRow {
    address: String,
    selector: String,
    public_key: String,
    private_key: Vec<u8>,
    proof: Proof,
    checked_at: Option<Timestamp>,
}

impl OwnRow {
    fn domain(&self) -> &str {
        domain_of(&self.address)
    }

    fn record(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain())
    }

    fn value(&self) -> String {
        format!("v=DKIM1; k=rsa; p={}", self.public_key)
    }

    /// Whether a text record is the one that it must be, however it is spaced.
    fn is_in(&self, record: &str) -> bool {
        let tags = |text: &str| {
            text.split(';').filter_map(|tag| tag.split_once('=')).map(|(name, value)| (squeezed(name), squeezed(value))).collect::<Vec<_>>()
        };
        let said = tags(record);
        tags(&self.value()).iter().all(|tag| said.contains(tag))
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn domain_of(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

impl MailSender {
    fn new(services: &Services, row: Row) -> Self {
        let own = row.own.map(|own| OwnSender {
            record: own.record(),
            value: own.value(),
            proof: own.proof,
            checked_at: own.checked_at,
            address: own.address,
        });
        Self { name: row.name, reply_to: row.reply_to, own, platform: services.mail.from().to_owned() }
    }
}

/// How the school's mails are sent.
pub async fn sender(services: &Services, actor: &Actor) -> Result<MailSender> {
    actor.permit(Permission::ManageSettings)?;
    let mut tx = actor.begin(&services.db).await?;
    let row = row(&mut tx).await?;
    tx.commit().await?;
    Ok(MailSender::new(services, row))
}

/// Changes the name, and where answers go.
///
/// # Errors
/// At `name` and `reply_to`; [`AppError::Unverified`] when answers go elsewhere.
pub async fn save_sender(services: &Services, actor: &Actor, draft: &SenderDraft) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    let (name, reply_to) = draft.check()?;
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    let tenant = queries::lock(&mut tx).await?;
    let before = row(&mut tx).await?;
    if before.reply_to != reply_to {
        // Whoever reads the answers reads what students write.
        actor.verified()?;
    }
    write_named(&mut tx, &name, &reply_to).await?;
    let told = |name: &str, reply_to: &str| json!({ "name": name, "reply_to": reply_to });
    let changed = Entry::new(Action::SenderChanged)
        .on("school", tenant.id, &tenant.name)
        .change(told(&before.name, &before.reply_to), told(&name, &reply_to));
    audit::record(&mut tx, services, actor, changed).await?;
    tx.commit().await
}

/// The name and where answers go.
pub(super) async fn named(tx: &mut TenantTx) -> Result<(String, String)> {
    let row = row(tx).await?;
    Ok((row.name, row.reply_to))
}

/// Writes both, checked.
pub(super) async fn write_named(tx: &mut TenantTx, name: &str, reply_to: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO mail_senders (tenant_id, name, reply_to) VALUES ($1, $2, $3)
         ON CONFLICT (tenant_id) DO UPDATE SET name = EXCLUDED.name, reply_to = EXCLUDED.reply_to",
        tx.tenant().0,
        name,
        reply_to
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

impl SenderDraft {
    pub(super) fn check(&self) -> Result<(String, String), AppError> {
        let mut errors = FormErrors::default();
        let (name, reply_to) = (self.name.trim(), self.reply_to.trim());
        errors.check_line("name", name, 80);
        errors.check(reply_to.is_empty() || is_email(reply_to) && reply_to.is_ascii(), "reply_to", "error-email");
        errors.into_result()?;
        Ok((name.to_owned(), if reply_to.is_empty() { String::new() } else { Email::lenient(reply_to).to_string() }))
    }
}

/// Has mails come from an address of the school's own, once its domain's DNS has the key. Another address of the same
/// domain keeps the key.
///
/// # Errors
/// At `address`; [`AppError::Unverified`].
pub async fn set_address(services: &Services, actor: &Actor, typed: &str) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    actor.verified()?;
    let wrong = |code| AppError::field("address", code);
    if !is_email(typed.trim()) {
        return Err(wrong("error-email").into());
    }
    let typed = Email::lenient(typed);
    let (local, domain) = typed.as_str().rsplit_once('@').ok_or(wrong("error-email"))?;
    // As mails carry it: letters of other alphabets only as the DNS writes them.
    let domain = whole_name(&services.tenants, domain).map_err(wrong)?;
    if !local.is_ascii() {
        return Err(wrong("error-email").into());
    }
    let address = format!("{local}@{domain}");
    limits::take(services, Allowance::DomainCheckOf(actor.tenant.id)).await?;
    let key = SigningKey::generate().await.map_err(|_| Error::Broken("a key is made"))?;
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    let tenant = queries::lock(&mut tx).await?;
    let before = row(&mut tx).await?.own;
    if before.as_ref().is_some_and(|own| own.domain() == domain) {
        sqlx::query!("UPDATE mail_senders SET address = $2 WHERE tenant_id = $1", tenant.id.0, address).execute(tx.conn()).await?;
    } else {
        let selector = format!("wm{}", hex::encode(services.rng.bytes::<4>()));
        let private = services.keyring.seal(&services.rng, place(tenant.id), key.private_pem().as_bytes())?;
        sqlx::query!(
            "INSERT INTO mail_senders (tenant_id, address, selector, public_key, private_key) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (tenant_id) DO UPDATE SET address = EXCLUDED.address, selector = EXCLUDED.selector, public_key = EXCLUDED.public_key,
               private_key = EXCLUDED.private_key, proof = 'unknown', checked_at = NULL",
            tenant.id.0,
            address,
            selector,
            key.public(),
            private
        )
        .execute(tx.conn())
        .await?;
    }
    told_address(services, &mut tx, actor, before.as_ref(), Some(&address)).await?;
    tx.commit().await
}

/// Has mails come from the platform's address again.
///
/// # Errors
/// [`AppError::Unverified`].
pub async fn remove_address(services: &Services, actor: &Actor) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    actor.verified()?;
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    let tenant = queries::lock(&mut tx).await?;
    let Some(before) = row(&mut tx).await?.own else { return Ok(()) };
    sqlx::query!(
        "UPDATE mail_senders SET address = NULL, selector = NULL, public_key = NULL, private_key = NULL, proof = 'unknown', checked_at = NULL
         WHERE tenant_id = $1",
        tenant.id.0
    )
    .execute(tx.conn())
    .await?;
    told_address(services, &mut tx, actor, Some(&before), None).await?;
    tx.commit().await
}

async fn told_address(services: &Services, tx: &mut TenantTx, actor: &Actor, before: Option<&OwnRow>, after: Option<&str>) -> Result<()> {
    let told = |address: Option<&str>| json!({ "address": address });
    let changed = Entry::new(Action::SenderChanged)
        .on("school", actor.tenant.id, &actor.tenant.name)
        .change(told(before.map(|own| own.address.as_str())), told(after));
    audit::record(tx, services, actor, changed).await
}

/// Looks whether the domain's DNS has the key, if there is an address of the school's own.
pub async fn check_address(services: &Services, actor: &Actor) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    limits::take(services, Allowance::DomainCheckOf(actor.tenant.id)).await?;
    let mut tx = actor.begin(&services.db).await?;
    let own = row(&mut tx).await?.own;
    tx.commit().await?;
    let Some(own) = own else { return Ok(()) };
    let found = look(services, &own).await;
    let mut tx = actor.begin(&services.db).await?;
    members::acting(&mut tx, actor, Permission::ManageSettings).await?;
    note(services, &mut tx, actor, &own.selector, found).await?;
    tx.commit().await
}

/// Sends the actor a mail as the school's mails are sent now.
pub async fn send_test(services: &Services, actor: &Actor) -> Result<()> {
    let member = actor.permit(Permission::ManageSettings)?;
    limits::take(services, Allowance::MailTo(&Email::lenient(&member.email))).await?;
    let mut tx = actor.begin(&services.db).await?;
    mailing::enqueue(&mut tx, Mailing::SenderTest { member: member.id, at: services.now() }).await?;
    tx.commit().await
}

async fn look(services: &Services, own: &OwnRow) -> Proof {
    match services.domains.txt(&own.record()).await {
        Ok(records) if records.iter().any(|record| own.is_in(record)) => Proof::Found,
        Ok(records) if records.is_empty() => Proof::Missing,
        Ok(_) => Proof::Different,
        Err(_) => Proof::Unanswered,
    }
}

/// Notes what was found of the key of a selector, unless there is another by now. Silence is no sign that it is gone.
async fn note(services: &Services, tx: &mut TenantTx, actor: &Actor, selector: &str, found: Proof) -> Result<()> {
    let tenant = queries::lock(tx).await?;
    let Some(own) = row(tx).await?.own.filter(|own| own.selector == selector) else { return Ok(()) };
    let proof = if found == Proof::Unanswered && own.proof == Proof::Found { Proof::Found } else { found };
    sqlx::query!(
        "UPDATE mail_senders SET proof = $2, checked_at = $3 WHERE tenant_id = $1",
        tenant.id.0,
        proof.key(),
        services.now().to_sqlx() as _
    )
    .execute(tx.conn())
    .await?;
    let action = match (own.proof == Proof::Found, proof == Proof::Found) {
        (false, true) => Action::SenderProven,
        (true, false) => {
            mailing::enqueue(tx, Mailing::SenderLost { at: services.now() }).await?;
            Action::SenderLost
        }
        _ => return Ok(()),
    };
    audit::record(tx, services, actor, Entry::new(action).on("school", tenant.id, own.address)).await
}

/// Looks for every school's key again. For the worker; one school's trouble is logged and leaves the others alone.
pub async fn check_all(services: &Services) -> Result<()> {
    let mut wanted = Vec::new();
    for tenant in queries::ids(&services.db).await? {
        let Some(school) = services.tenants.by_id(&services.db, tenant).await? else { continue };
        let school = Actor::anonymous(school);
        match own_of(services, &school).await {
            Ok(own) => wanted.extend(own.map(|own| (school, own))),
            Err(error) => tracing::warn!(%tenant, %error, "a mail sender is not looked at"),
        }
    }
    let looks = wanted.into_iter().map(|(school, own)| async move {
        let found = look(services, &own).await;
        (school, own.selector, found)
    });
    let mut seen = futures::stream::iter(looks).buffer_unordered(AT_ONCE);
    while let Some((school, selector, found)) = seen.next().await {
        if let Err(error) = note_of(services, &school, &selector, found).await {
            tracing::warn!(tenant = %school.tenant.id, %error, "a mail sender stays as it is");
        }
    }
    Ok(())
}

async fn own_of(services: &Services, school: &Actor) -> Result<Option<OwnRow>> {
    let mut tx = school.begin(&services.db).await?;
    let own = row(&mut tx).await?.own;
    tx.commit().await?;
    Ok(own)
}

async fn note_of(services: &Services, school: &Actor, selector: &str, found: Proof) -> Result<()> {
    let mut tx = school.begin(&services.db).await?;
    note(services, &mut tx, school, selector, found).await?;
    tx.commit().await
}

/// Who a mail of the school that `name` is comes from now.
pub(crate) async fn of_mails(services: &Services, tx: &mut TenantTx, name: &str) -> Result<Sender> {
    let tenant = tx.tenant();
    let row = row(tx).await?;
    let own = row.own.filter(|own| own.proof == Proof::Found).and_then(|own| {
        let key = services.keyring.open(place(tenant), &own.private_key).ok().and_then(|key| String::from_utf8(key).ok());
        if key.is_none() {
            tracing::error!(%tenant, "the key of a mail sender does not open: the platform's address is used");
        }
        let signature = Signature { domain: own.domain().to_owned(), selector: own.selector.clone(), key: key? };
        Some(OwnAddress { address: own.address, signature })
    });
    let name = if row.name.is_empty() { name.to_owned() } else { row.name };
    Ok(Sender { name, reply_to: Some(row.reply_to).filter(|address| !address.is_empty()), own })
}

fn place(tenant: TenantId) -> Place<'static> {
    Place { column: KEY, owner: tenant.0, row: &[] }
}

async fn row(tx: &mut TenantTx) -> Result<Row> {
    let row = sqlx::query!(
        r#"SELECT name, reply_to, address, selector, public_key, private_key, proof, checked_at AS "checked_at: jiff_sqlx::Timestamp"
           FROM mail_senders WHERE tenant_id = $1"#,
        tx.tenant().0
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(Row::default()) };
    let own = match (row.address, row.selector, row.public_key, row.private_key) {
        (Some(address), Some(selector), Some(public_key), Some(private_key)) => Some(OwnRow {
            address,
            selector,
            public_key,
            private_key,
            proof: Proof::parse(&row.proof)?,
            checked_at: row.checked_at.map(jiff_sqlx::Timestamp::to_jiff),
        }),
        _ => None,
    };
    Ok(Row { name: row.name, reply_to: row.reply_to, own })
}

/// Seals a tenant's key again by the key that seals now; says how many.
pub(crate) async fn reseal(services: &Services, tenant: TenantId) -> Result<u64> {
    let mut tx = TenantTx::begin(&services.db, tenant, None).await?;
    let sealed = sqlx::query_scalar!(
        r#"SELECT private_key AS "private_key!" FROM mail_senders WHERE tenant_id = $1 AND private_key IS NOT NULL FOR UPDATE"#,
        tenant.0
    )
    .fetch_optional(tx.conn())
    .await?;
    let again = sealed.map(|sealed| resealing::again(services, place(tenant), &sealed)).transpose()?.flatten();
    let fields = u64::from(again.is_some());
    if let Some(again) = again {
        sqlx::query!("UPDATE mail_senders SET private_key = $2 WHERE tenant_id = $1", tenant.0, again).execute(tx.conn()).await?;
    }
    tx.commit().await?;
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_known_however_it_is_spaced() {
        let own = OwnRow {
            address: "lessons@school.example".into(),
            selector: "wm1".into(),
            public_key: "abc+/=".into(),
            private_key: Vec::new(),
            proof: Proof::Unknown,
            checked_at: None,
        };
        assert_eq!(own.record(), "wm1._domainkey.school.example");
        for record in [own.value(), "v=DKIM1;k=rsa;p=ab c+/=;".into(), "k=rsa; t=s; p=abc+/= ; v=DKIM1".into()] {
            assert!(own.is_in(&record), "{record}");
        }
        for record in ["", "v=DKIM1; k=rsa; p=", "v=DKIM1; k=rsa; p=other", "v=DKIM1; k=ed25519; p=abc+/="] {
            assert!(!own.is_in(record), "{record}");
        }
    }
}
