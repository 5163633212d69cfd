//! Writing a document, publishing it, reading it; and the age under which a guardian consents.

use super::{
    markdown,
    model::{DocumentDraft, Overview, PolicyKind, Reading, Texts},
    queries,
};
use crate::{
    Actor, Result, Services, TenantTx,
    audit::{self, Action, Entry},
    tenancy::Tenant,
};
use kernel::{
    AppError, FormErrors, Permission,
    ids::{PolicyDraftId, PolicyVersionId},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The longest text (characters), which a form with two of them still carries.
const LONGEST: usize = 30_000;

/// The kinds of documents, and what there is of each. For the school's settings.
pub async fn overview(services: &Services, actor: &Actor) -> Result<Vec<Overview>> {
    actor.permit(Permission::ManageSettings)?;
    let mut tx = actor.begin(&services.db).await?;
    let current = queries::current(&mut tx).await?;
    let mut all = Vec::new();
    for kind in PolicyKind::ALL {
        let draft_of = queries::draft(&mut tx, kind).await?.map(|(.., changed_at)| changed_at);
        all.push(Overview { kind, current: current.iter().find(|head| head.kind == kind).cloned(), draft_of });
    }
    tx.commit().await?;
    Ok(all)
}

/// A document as it can be written on: its draft, or what is published.
pub async fn draft(services: &Services, actor: &Actor, kind: PolicyKind) -> Result<DocumentDraft> {
    actor.permit(Permission::ManageSettings)?;
    let mut tx = actor.begin(&services.db).await?;
    let current = queries::current(&mut tx).await?.into_iter().find(|head| head.kind == kind);
    let (id, texts) = match (queries::draft(&mut tx, kind).await?, &current) {
        (Some((id, texts, _)), _) => (Some(id), texts),
        (None, Some(head)) => (None, queries::version_texts(&mut tx, head.id).await?),
        (None, None) => (None, Texts::new()),
    };
    tx.commit().await?;
    Ok(DocumentDraft { id, texts, current })
}

/// How a text looks on its page.
pub fn preview(text: &str) -> String {
    markdown::to_html(text)
}

/// Keeps what somebody wrote. `texts` are pairs of a language and its text.
///
/// # Errors
/// At `texts.n` of the n-th text, from 0.
pub async fn save_draft(services: &Services, actor: &Actor, kind: PolicyKind, texts: &[(String, String)]) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    let texts = checked(actor, texts)?;
    let mut tx = actor.begin(&services.db).await?;
    queries::save_draft(&mut tx, kind, services.id(), &texts).await?;
    tx.commit().await
}

/// Texts as a form has them.
fn checked(actor: &Actor, texts: &[(String, String)]) -> Result<Texts, AppError> {
    let mut errors = FormErrors::default();
    let own = &actor.tenant.locale;
    errors.check(texts.iter().any(|(language, _)| language == own), "texts.0", "error-policy-own-language");
    for (at, (language, text)) in texts.iter().enumerate() {
        check_text(&mut errors, &format!("texts.{at}"), (language, text), (own, &actor.tenant.locales));
    }
    errors.into_result()?;
    // As browsers send a text, every line ends with two characters.
    let texts = texts.iter().map(|(language, text)| (language.clone(), text.replace("\r\n", "\n").trim().to_owned()));
    Ok(texts.filter(|(_, text)| !text.is_empty()).collect())
}

/// A text of a school with this language that offers these.
fn check_text(errors: &mut FormErrors, field: &str, (language, text): (&str, &str), (own, offered): (&str, &[String])) {
    errors.check(offered.iter().any(|one| one == language), field, "error-language");
    errors.check_length(field, text, LONGEST);
    errors.check(language != own || !text.trim().is_empty(), field, "error-policy-own-language");
}

/// Checks the texts of a kind that a file names. Errors come at the kind or at `kind.language`.
pub(crate) fn check_texts(errors: &mut FormErrors, path: &str, kind: &str, texts: &Texts, languages: (&str, &[String])) {
    errors.check(PolicyKind::parse(kind).is_some(), path, "error-choice");
    errors.check(texts.contains_key(languages.0), path, "error-policy-own-language");
    for (language, text) in texts {
        check_text(errors, &format!("{path}.{language}"), (language, text), languages);
    }
}

/// The texts of each kind, as they can be written on; kinds of which there is none are left out.
pub(crate) async fn texts_of(tx: &mut TenantTx) -> Result<BTreeMap<String, Texts>> {
    let current = queries::current(tx).await?;
    let mut all = BTreeMap::new();
    for kind in PolicyKind::ALL {
        let texts = match (queries::draft(tx, kind).await?, current.iter().find(|head| head.kind == kind)) {
            (Some((_, texts, _)), _) => texts,
            (None, Some(head)) => queries::version_texts(tx, head.id).await?,
            (None, None) => continue,
        };
        all.insert(kind.key().to_owned(), texts);
    }
    Ok(all)
}

/// Keeps texts as the draft of a kind, in the caller's transaction.
pub(crate) async fn write_draft(services: &Services, tx: &mut TenantTx, kind: &str, texts: &Texts) -> Result<()> {
    let kind = PolicyKind::parse(kind).ok_or(AppError::NotFound)?;
    queries::save_draft(tx, kind, services.id(), texts).await
}

/// The age under which a guardian consents, in the caller's transaction.
pub(crate) async fn age_of(tx: &mut TenantTx) -> Result<Option<u8>> {
    queries::guardian_age(tx).await
}

/// Changes it, in the caller's transaction.
pub(crate) async fn set_age(tx: &mut TenantTx, age: Option<u8>) -> Result<()> {
    queries::set_guardian_age(tx, age).await
}

/// Publishing, as its form has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The draft that was seen, if there was one.
    pub draft: Option<PolicyDraftId>,
    /// The number that the version was said to get.
    pub number: i32,
    /// Whether who agreed to an earlier one has to agree to this one before they book; of the first, everybody has.
    pub asks_again: bool,
}

/// Publishes texts as the next version, in place of the draft.
///
/// # Errors
/// At `texts.n`, as for [`save_draft`]. Conflicts: the draft was changed or published meanwhile, or says nothing new.
pub async fn publish(
    services: &Services,
    actor: &Actor,
    kind: PolicyKind,
    texts: &[(String, String)],
    publication: Publication,
) -> Result<()> {
    let by = actor.permit(Permission::ManageSettings)?.id;
    let texts = checked(actor, texts)?;
    let mut tx = actor.begin(&services.db).await?;
    queries::lock_tenant(&mut tx).await?;
    let waiting = queries::draft(&mut tx, kind).await?.map(|(id, ..)| id);
    let current = queries::current(&mut tx).await?.into_iter().find(|head| head.kind == kind);
    let number = current.as_ref().map_or(1, |head| head.number + 1);
    if (waiting, number) != (publication.draft, publication.number) {
        return Err(AppError::conflict("error-policy-draft-changed").into());
    }
    if let Some(head) = &current
        && queries::version_texts(&mut tx, head.id).await? == texts
    {
        return Err(AppError::conflict("error-policy-same").into());
    }
    if let Some(id) = waiting {
        queries::delete_draft(&mut tx, kind, id).await?;
    }
    let asks_again = publication.asks_again || current.is_none();
    let version: PolicyVersionId = services.id();
    queries::insert_version(&mut tx, version, (kind, number), &texts, asks_again, by).await?;
    let languages: Vec<&String> = texts.keys().collect();
    let told = json!({ "number": number, "asks_again": asks_again, "languages": languages });
    let entry = Entry::new(Action::PolicyPublished).on("policy", version, format!("{} {number}", kind.key())).change(Value::Null, told);
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await?;
    services.tenants.forget(&actor.tenant.slug);
    Ok(())
}

/// A published document: the current version, or the one of a number. In the reader's language where it was written in it,
/// else in the school's own.
pub async fn read(services: &Services, actor: &Actor, kind: PolicyKind, number: Option<i32>, language: &str) -> Result<Reading> {
    let mut tx = actor.begin(&services.db).await?;
    let all = queries::versions(&mut tx, kind).await?;
    let head = match number {
        Some(number) => all.iter().find(|head| head.number == number),
        None => all.first(),
    };
    let head = head.cloned().ok_or(AppError::NotFound)?;
    let texts = queries::version_texts(&mut tx, head.id).await?;
    tx.commit().await?;
    let (language, text) = in_language(&texts, language, &actor.tenant).ok_or(AppError::NotFound)?;
    Ok(Reading { head, language, html: markdown::to_html(&text), all })
}

/// The text for a reader of `language`, and the language that it is in.
fn in_language(texts: &Texts, language: &str, tenant: &Tenant) -> Option<(String, String)> {
    let found = texts.get_key_value(language).or_else(|| texts.get_key_value(&tenant.locale)).or_else(|| texts.first_key_value());
    found.map(|(language, text)| (language.clone(), text.clone()))
}

/// The age under which a guardian consents; none: no guardian is asked. For the school's settings.
pub async fn guardian_age(services: &Services, actor: &Actor) -> Result<Option<u8>> {
    actor.permit(Permission::ManageSettings)?;
    let mut tx = actor.begin(&services.db).await?;
    let age = queries::guardian_age(&mut tx).await?;
    tx.commit().await?;
    Ok(age)
}

/// Changes it; empty: no guardian is asked.
///
/// # Errors
/// At `age` unless it is 13 to 18.
pub async fn save_guardian_age(services: &Services, actor: &Actor, age: &str) -> Result<()> {
    actor.permit(Permission::ManageSettings)?;
    let age = match age.trim() {
        "" => None,
        typed => {
            let age = typed.parse().ok().filter(|age| (13..=18).contains(age));
            Some(age.ok_or(AppError::field("age", "error-choice"))?)
        }
    };
    let mut tx = actor.begin(&services.db).await?;
    let before = queries::lock_tenant(&mut tx).await?;
    queries::set_guardian_age(&mut tx, age).await?;
    let entry = Entry::new(Action::GuardianAgeChanged)
        .on("school", actor.tenant.id, &actor.tenant.name)
        .change(json!({ "guardian_age": before }), json!({ "guardian_age": age }));
    audit::record(&mut tx, services, actor, entry).await?;
    tx.commit().await
}
