//! A school's settings as a file, and taking such a file in: what it would change is seen before it does.
//!
//! The file is JSON. What it leaves out stays as it is, so it may hold one setting or all. Nothing in it is a secret
//! and nothing tells of a person; what cannot move (currency, domains, providers with their secrets) is not in it.

use super::{
    queries,
    sender::{self, SenderDraft},
    settings::{FaceDraft, MOST_TIERS},
};
use crate::{
    Actor, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    members, policies,
};
use kernel::{
    AppError, FieldError, Flag, FormErrors, Permission, Permissions, flag::Decisions, money::WHOLE_BPS, policy::CancellationPolicy,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The format of the file.
const FORMAT: u32 = 1;
/// The longest value that the audit log has as it is (bytes).
const LONG: usize = 400;

/// Languages and texts.
type Texts = BTreeMap<String, String>;

/// All settings of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    wemaster_configuration: u32,
    school: School,
    terms: Terms,
    features: Decisions,
    mail: Mail,
    minors: Minors,
    /// Permissions by the role's name. A role that the file leaves out stays.
    staff_roles: BTreeMap<String, Vec<String>>,
    /// Texts by language by kind. Taken in as drafts: publishing is a decision of its own.
    documents: BTreeMap<String, Texts>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct School {
    name: String,
    tagline: String,
    brand: String,
    locale: String,
    locales: Vec<String>,
    zone: String,
    listed: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Terms {
    commission_bps: u32,
    cancellation_policy: CancellationPolicy,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mail {
    name: String,
    reply_to: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Minors {
    guardian_age: Option<u8>,
}

/// A setting that a file changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where it stands in the file, such as `school.brand`.
    pub path: String,
    /// What it is; null: nothing.
    pub before: Value,
    /// What it would be.
    pub after: Value,
}

/// What a file would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// What it changes, in the order of the file.
    pub differences: Vec<Difference>,
    /// What cannot be taken, by path: then nothing is.
    pub problems: Vec<(String, FieldError)>,
    /// Says that this review was seen; another when anything of it changes.
    pub seal: String,
}

/// The school's settings as a file.
pub async fn export(services: &Services, actor: &Actor) -> Result<String> {
    actor.permit(Permission::ManageSettings)?;
    let mut tx = actor.begin(&services.db).await?;
    let now = read(&mut tx).await?;
    tx.commit().await?;
    Ok(format!("{:#}\n", json!(now)))
}

/// What a file would change, and what of it cannot be taken.
///
/// # Errors
/// At `configuration`: the text is no such file.
pub async fn review(services: &Services, actor: &Actor, text: &str) -> Result<Review> {
    let own = actor.permit(Permission::ManageSettings)?.permissions;
    let mut tx = actor.begin(&services.db).await?;
    let now = read(&mut tx).await?;
    tx.commit().await?;
    let wanted = wanted(&now, text)?;
    Ok(reviewed(actor, own, &now, &wanted))
}

/// Takes a file in, all of it or nothing. `seal` is that of the review that was seen.
///
/// # Errors
/// [`AppError::Unverified`] when it changes where answers go. At `configuration`: the text is no such file. Conflicts: it has problems, changes nothing, or another review than
/// this was seen.
pub async fn import(services: &Services, actor: &Actor, text: &str, seal: &str) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    let mut tx = actor.begin(&services.db).await?;
    let own = members::acting(&mut tx, actor, Permission::ManageSettings).await?.permissions;
    let tenant = queries::lock(&mut tx).await?;
    let now = read(&mut tx).await?;
    let wanted = wanted(&now, text)?;
    let review = reviewed(actor, own, &now, &wanted);
    if !review.problems.is_empty() {
        return Err(AppError::conflict("error-configuration-wrong").into());
    }
    if review.differences.is_empty() {
        return Err(AppError::conflict("error-configuration-same").into());
    }
    if review.seal != seal {
        return Err(AppError::conflict("error-configuration-unseen").into());
    }
    if wanted.mail.reply_to != now.mail.reply_to {
        actor.verified()?;
    }
    write(services, &mut tx, &now, &wanted).await?;
    let told = |side: fn(&Difference) -> &Value| {
        Value::Object(review.differences.iter().map(|one| (one.path.clone(), short(side(one)))).collect())
    };
    let entry = Entry::new(Action::ConfigurationImported)
        .on("school", tenant.id, &tenant.name)
        .change(told(|one| &one.before), told(|one| &one.after));
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await?;
    services.tenants.forget(&actor.tenant.slug);
    Ok(())
}

/// A value as the log has it: of a long text, that it was there.
fn short(value: &Value) -> Value {
    match value {
        Value::String(text) if text.len() > LONG => json!({ "characters": text.chars().count() }),
        value => value.clone(),
    }
}

async fn read(tx: &mut TenantTx) -> Result<Settings> {
    let tenant = queries::own(tx).await?;
    let terms = queries::terms(tx).await?;
    let (name, reply_to) = sender::named(tx).await?;
    let features = Flag::OF_SCHOOLS.map(|flag| (flag.key().to_owned(), tenant.flags.chosen.get(flag.key()).copied().unwrap_or(true)));
    let roles = members::roles_of(tx).await?.into_iter();
    let mut documents = policies::texts_of(tx).await?;
    tidy(&mut documents);
    Ok(Settings {
        wemaster_configuration: FORMAT,
        school: School {
            name: tenant.name,
            tagline: tenant.tagline,
            brand: tenant.brand,
            locale: tenant.locale,
            locales: tenant.locales,
            zone: tenant.zone.as_str().to_owned(),
            listed: tenant.listed,
        },
        terms: Terms { commission_bps: terms.commission_bps, cancellation_policy: terms.cancellation_policy },
        features: features.into(),
        mail: Mail { name, reply_to },
        minors: Minors { guardian_age: policies::age_of(tx).await? },
        staff_roles: roles.map(|role| (role.name, role.permissions.keys())).collect(),
        documents,
    })
}

/// `now` with what a file says.
fn wanted(now: &Settings, text: &str) -> Result<Settings, AppError> {
    let wrong = |problem: String| {
        let mut errors = FormErrors::default();
        errors.add("configuration", FieldError::new("error-configuration").with("problem", problem));
        AppError::Invalid(errors)
    };
    let file: Value = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    if file.get("wemaster_configuration").and_then(Value::as_u64) != Some(FORMAT.into()) {
        return Err(AppError::field("configuration", "error-configuration-format"));
    }
    let mut merged = json!(now);
    merge(&mut merged, file);
    let mut wanted: Settings = serde_path_to_error::deserialize(merged).map_err(|error| wrong(error.to_string()))?;
    for (name, permissions) in &now.staff_roles {
        wanted.staff_roles.entry(name.clone()).or_insert_with(|| permissions.clone());
    }
    for permissions in wanted.staff_roles.values_mut() {
        let known: Permissions = permissions.iter().map(String::as_str).collect();
        permissions.retain(|key| Permission::parse(key).is_none());
        permissions.splice(0..0, known.keys());
    }
    tidy(&mut wanted.documents);
    // As it would be written: what is wrong stays as it is, for the review to say so.
    if let Ok(face) = wanted.school.draft().check() {
        wanted.school = School {
            name: face.name,
            tagline: face.tagline,
            brand: face.brand,
            locale: face.locale,
            locales: face.locales,
            zone: face.zone.as_str().to_owned(),
            listed: face.listed,
        };
    }
    if let Ok((name, reply_to)) = wanted.mail.draft().check() {
        wanted.mail = Mail { name, reply_to };
    }
    // Texts in languages that are not offered any more are no part of what is written.
    let School { locales, .. } = &wanted.school;
    for (kind, texts) in &mut wanted.documents {
        texts.retain(|language, text| {
            locales.contains(language) || now.documents.get(kind).and_then(|known| known.get(language)) != Some(text)
        });
    }
    Ok(wanted)
}

/// Texts without the ends that nobody sees, and with lines that end as ours do.
fn tidy(documents: &mut BTreeMap<String, Texts>) {
    for text in documents.values_mut().flat_map(BTreeMap::values_mut) {
        text.replace("\r\n", "\n").trim().clone_into(text);
    }
    for texts in documents.values_mut() {
        texts.retain(|_, text| !text.is_empty());
    }
}

/// Objects are merged, everything else is replaced (RFC 7396).
fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

fn reviewed(actor: &Actor, own: Permissions, now: &Settings, wanted: &Settings) -> Review {
    let mut differences = Vec::new();
    compare("", &json!(now), &json!(wanted), &mut differences);
    let told: Vec<_> = differences.iter().map(|one| (&one.path, &one.before, &one.after)).collect();
    let seal = hex::encode(Sha256::digest(json!(told).to_string()));
    Review { problems: problems(actor, own, now, wanted), differences, seal }
}

fn compare(path: &str, before: &Value, after: &Value, into: &mut Vec<Difference>) {
    if let (Value::Object(was), Value::Object(is)) = (before, after) {
        let empty = Map::new();
        for key in was.keys().chain(is.keys().filter(|key| !was.contains_key(*key))) {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            // An object that is new is told by its parts.
            let side = |side: &Map<String, Value>, other: &Map<String, Value>| match side.get(key) {
                Some(value) => value.clone(),
                None if other.get(key).is_some_and(Value::is_object) => Value::Object(empty.clone()),
                None => Value::Null,
            };
            compare(&path, &side(was, is), &side(is, was), into);
        }
    } else if before != after {
        into.push(Difference { path: path.to_owned(), before: before.clone(), after: after.clone() });
    }
}

/// What cannot be taken, by its path.
fn problems(actor: &Actor, own: Permissions, now: &Settings, wanted: &Settings) -> Vec<(String, FieldError)> {
    let mut errors = FormErrors::default();
    let mut at = |section: &str, found: Result<(), AppError>| {
        if let Err(AppError::Invalid(found)) = found {
            found.iter().for_each(|(field, error)| errors.add(&format!("{section}.{field}"), error.clone()));
        }
    };
    at("school", wanted.school.draft().check().map(drop));
    at("mail", wanted.mail.draft().check().map(drop));
    if wanted.terms.cancellation_policy.tiers().len() > MOST_TIERS {
        errors.add("terms.cancellation_policy", FieldError::new("error-too-many").with("max", MOST_TIERS));
    }
    if wanted.terms.commission_bps > WHOLE_BPS {
        errors.add("terms.commission_bps", FieldError::new("error-too-large").with("max", WHOLE_BPS));
    }
    let is_age = wanted.minors.guardian_age.is_none_or(|age| (13..=18).contains(&age));
    errors.check(is_age, "minors.guardian_age", "error-choice");
    for key in wanted.features.keys() {
        let flag = Flag::parse(key).filter(|flag| Flag::OF_SCHOOLS.contains(flag));
        errors.check(flag.is_some(), &format!("features.{key}"), "error-choice");
        let is_changed = wanted.features.get(key) != now.features.get(key);
        errors.check(
            !is_changed || flag.is_none_or(|flag| actor.tenant.flags.is_free(flag)),
            &format!("features.{key}"),
            "error-feature-decided",
        );
    }
    for (name, permissions) in &wanted.staff_roles {
        let before = now.staff_roles.get(name);
        if before == Some(permissions) {
            continue;
        }
        let path = format!("staff_roles.{name}");
        let known: Permissions = permissions.iter().map(String::as_str).collect();
        let before: Permissions = before.into_iter().flatten().map(String::as_str).collect();
        errors.check(!permissions.is_empty() && permissions.iter().all(|key| Permission::parse(key).is_some()), &path, "error-choice");
        errors.check(own.has(Permission::ManageRoles) && own.covers(known) && own.covers(before), &path, "error-grant-too-much");
        let is_twin = |other: &String| other != name && other.to_lowercase() == name.trim().to_lowercase();
        errors.check(members::is_role_name(name) && !wanted.staff_roles.keys().any(is_twin), &path, "error-role-name-taken");
        errors.check_line(&path, name, 60);
    }
    for (kind, texts) in &wanted.documents {
        if now.documents.get(kind) != Some(texts) {
            let languages = (wanted.school.locale.as_str(), wanted.school.locales.as_slice());
            policies::check_texts(&mut errors, &format!("documents.{kind}"), kind, texts, languages);
        }
    }
    errors.iter().map(|(path, error)| (path.to_owned(), error.clone())).collect()
}

impl Mail {
    fn draft(&self) -> SenderDraft {
        SenderDraft { name: self.name.clone(), reply_to: self.reply_to.clone() }
    }
}

impl School {
    fn draft(&self) -> FaceDraft {
        FaceDraft {
            name: self.name.clone(),
            tagline: self.tagline.clone(),
            brand: self.brand.clone(),
            locale: self.locale.clone(),
            locales: self.locales.clone(),
            zone: self.zone.clone(),
            listed: self.listed,
        }
    }
}

async fn write(services: &Services, tx: &mut TenantTx, now: &Settings, wanted: &Settings) -> Result<()> {
    if wanted.school != now.school {
        queries::update_face(tx, &wanted.school.draft().check()?).await?;
    }
    if wanted.terms != now.terms {
        queries::update_terms(tx, wanted.terms.commission_bps, &wanted.terms.cancellation_policy).await?;
    }
    if wanted.features != now.features {
        queries::update_flags(tx, &wanted.features).await?;
    }
    if wanted.mail != now.mail {
        let (name, reply_to) = wanted.mail.draft().check()?;
        sender::write_named(tx, &name, &reply_to).await?;
    }
    if wanted.minors != now.minors {
        policies::set_age(tx, wanted.minors.guardian_age).await?;
    }
    for (name, permissions) in &wanted.staff_roles {
        if now.staff_roles.get(name) != Some(permissions) {
            members::write_role(services, tx, name, permissions.iter().map(String::as_str).collect()).await?;
        }
    }
    for (kind, texts) in &wanted.documents {
        if now.documents.get(kind) != Some(texts) {
            policies::write_draft(services, tx, kind, texts).await?;
        }
    }
    Ok(())
}
