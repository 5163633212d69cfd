//! The audit log: who did what, to what, from where, with what it was before and after.
//!
//! Each tenant's entries are a chain: an entry's hash covers itself and the hash of the one before.
//! Adding one locks the chain's end until the transaction ends, so an entry is there exactly if
//! what it tells of is; it comes last in its transaction, after every other lock.
//!
//! What an entry says of people (names, addresses, what differs) is covered by salted digests: it can be erased
//! with its salt, and the chain holds.

mod chain;
mod model;
mod queries;

pub use chain::{Flaw, Verified, verify};
pub use model::{Action, AuditQuery, Entry, Line};

use crate::{Actor, Error, Member, Result, Services, TenantTx, csv_file};
use chain::{Link, Part, Told};
use jiff::Timestamp;
use kernel::{Permission, ids::MemberId};
use serde_json::{Map, Value};

/// Lines on a page.
const PAGE: usize = 50;
/// Lines of an export.
const EXPORT: usize = 50_000;

/// Adds an entry in the caller's transaction, as its last statement before the commit.
pub async fn record(tx: &mut TenantTx, services: &Services, actor: &Actor, entry: Entry) -> Result<()> {
    let (before, after) = differences(entry.before, entry.after)?;
    let (number, previous) = queries::lock_head(tx).await?;
    let who = match (entry.by, actor.member.as_deref()) {
        (Some((id, name)), _) => Who { actor: Some((id, name)), seen_as: None },
        (None, Some(member)) => responsible(member),
        (None, None) => Who::default(),
    };
    let (actor_id, actor_name) = who.actor.unzip();
    let (as_id, as_name) = who.seen_as.unzip();
    let client = actor.client.map(|client| client.to_string()).unwrap_or_default();
    let told = Told {
        who: Part::new([actor_name.unwrap_or_default(), client], services.rng.bytes()),
        seen_as: Part::new([as_name.unwrap_or_default()], services.rng.bytes()),
        what: Part::new([entry.label, before, after], services.rng.bytes()),
    };
    let salted = || Error::Broken("a new part has a salt");
    let now = services.now();
    let link = Link {
        tenant: tx.tenant(),
        number: number + 1,
        // As the database keeps it.
        at: Timestamp::from_microsecond(now.as_microsecond()).map_err(|_| Error::Broken("the clock is in range"))?,
        actor_id,
        as_id,
        about_id: entry.about,
        action: entry.action.key().to_owned(),
        object: entry.object,
        who_digest: told.who.digest().ok_or_else(salted)?,
        as_digest: told.seen_as.digest().ok_or_else(salted)?,
        what_digest: told.what.digest().ok_or_else(salted)?,
        previous,
    };
    queries::append(tx, &link, &told, &link.hash()).await
}

/// Who did something, and as whom.
#[derive(Default)]
struct Who {
    actor: Option<(MemberId, String)>,
    seen_as: Option<(MemberId, String)>,
}

/// Who answers for what a member does: staff who act as them.
fn responsible(member: &Member) -> Who {
    let own = (member.id, member.name.clone());
    match &member.impersonator {
        Some(staff) => Who { actor: Some((staff.id, staff.name.clone())), seen_as: Some(own) },
        None => Who { actor: Some(own), seen_as: None },
    }
}

/// What differs between two objects, as JSON; of anything else, both whole.
fn differences(before: Value, after: Value) -> Result<(String, String)> {
    let text = |value: Value| match value {
        Value::Null => Ok(String::new()),
        value => serde_json::to_string(&value).map_err(|_| Error::Broken("a value can be written")),
    };
    let (Value::Object(before), Value::Object(after)) = (&before, &after) else { return Ok((text(before)?, text(after)?)) };
    let only = |own: &Map<String, Value>, other: &Map<String, Value>| -> Value {
        own.iter().filter(|(key, value)| other.get(*key) != Some(value)).map(|(key, value)| (key.clone(), value.clone())).collect()
    };
    Ok((text(only(before, after))?, text(only(after, before))?))
}

/// The tenant's log, the latest first: a page, and whether there is more before it.
pub async fn log(services: &Services, actor: &Actor, query: &AuditQuery) -> Result<(Vec<Line>, bool)> {
    actor.permit(Permission::SeeAudit)?;
    let mut tx = actor.begin(&services.db).await?;
    let mut lines = queries::lines(&mut tx, query, PAGE + 1).await?;
    tx.commit().await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    Ok((lines, more))
}

/// The tenant's log as CSV, at most 50 000 lines, the latest first.
pub async fn export(services: &Services, actor: &Actor, query: &AuditQuery) -> Result<String> {
    actor.permit(Permission::SeeAudit)?;
    let mut tx = actor.begin(&services.db).await?;
    let lines = queries::lines(&mut tx, &AuditQuery { before: None, ..query.clone() }, EXPORT).await?;
    tx.commit().await?;
    let rows = lines.into_iter().map(|line| {
        let (number, at) = (line.number.to_string(), line.at.to_string());
        [number, at, line.actor_name, line.action, line.object, line.label, line.before, line.after, line.client]
    });
    csv_file::write(["number", "at", "who", "action", "object", "label", "before", "after", "from"], rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_kept() {
        let (before, after) = differences(json!({"name": "A", "zone": "UTC"}), json!({"name": "B", "zone": "UTC"})).unwrap();
        assert_eq!((before.as_str(), after.as_str()), (r#"{"name":"A"}"#, r#"{"name":"B"}"#));
        assert_eq!(differences(Value::Null, json!({"a": 1})).unwrap(), (String::new(), r#"{"a":1}"#.to_owned()));
    }
}
