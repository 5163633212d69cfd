//! Agreeing: what a form asks, what was answered, and what refuses until it was.

use super::{
    guardians,
    model::{MemberConsents, Standing, VersionHead, shown},
    queries,
};
use crate::{
    Actor, Result, Services, TenantTx,
    accounts::{is_email, sessions::shortened},
    limits::{self, Allowance},
};
use jiff::Timestamp;
use kernel::{
    AppError, FieldError, FormErrors, Permission,
    email::Email,
    ids::{MemberId, PolicyVersionId},
};
use serde::{Deserialize, Serialize};

/// As what somebody joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joining {
    /// A student: who is too young has a guardian asked.
    Student,
    /// A tutor or staff, who are of age.
    Staff,
}

/// What a form asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The versions to agree to.
    pub documents: Vec<VersionHead>,
    /// Of which age, if they are asked.
    pub age: Option<u8>,
    /// Whom.
    pub joining: Joining,
}

/// What was answered, as typed. Errors come at the names of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConsentDraft {
    /// Whether the box is ticked. Field `agree`.
    pub agree: bool,
    /// The ids of the versions that the form showed.
    pub shown: String,
    /// `of_age` or `younger`. Field `age`.
    pub age: String,
    /// Of who is younger. Field `guardian_name`.
    pub guardian_name: String,
    /// Field `guardian_email`.
    pub guardian_email: String,
}

/// What was answered: kept with a wish until somebody is a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    versions: Vec<PolicyVersionId>,
    /// The limit, and whether they said to be at least that old.
    age: Option<(u8, bool)>,
    /// Name and address.
    guardian: Option<(String, String)>,
    /// Of the form, in which the guardian is written to.
    locale: String,
    at: Timestamp,
    /// Shortened.
    address: String,
}

impl Asked {
    /// The ids of the versions, as [`ConsentDraft::shown`] has them.
    pub fn shown(&self) -> String {
        shown(&self.documents)
    }

    /// Whether it asks nothing.
    pub fn is_nothing(&self) -> bool {
        self.documents.is_empty() && self.age.is_none()
    }

    /// What was answered; errors at the fields where it is no answer. `own` is the address of who answers.
    pub(crate) fn check(
        &self,
        errors: &mut FormErrors,
        services: &Services,
        actor: &Actor,
        draft: &ConsentDraft,
        own: &Email,
        locale: &str,
    ) -> Given {
        check_documents(errors, &self.documents, draft.agree, &draft.shown);
        let mut guardian = None;
        let age = self.age.and_then(|limit| match (draft.age.as_str(), self.joining) {
            ("of_age", _) => Some((limit, true)),
            ("younger", Joining::Student) => {
                guardian = check_guardian(errors, own, &draft.guardian_name, &draft.guardian_email);
                Some((limit, false))
            }
            (_, joining) => {
                let code = if joining == Joining::Staff { "error-age-staff" } else { "error-age" };
                errors.add("age", FieldError::new(code).with("age", limit));
                None
            }
        });
        let versions = self.documents.iter().map(|head| head.id).collect();
        Given { versions, age, guardian, locale: locale.to_owned(), at: services.now(), address: shortened(actor.client) }
    }
}

/// Errors at `agree` unless the box is ticked, for the versions of today.
pub(super) fn check_documents(errors: &mut FormErrors, documents: &[VersionHead], agree: bool, seen: &str) {
    if documents.is_empty() {
        return;
    }
    if agree && seen != shown(documents) {
        errors.add("agree", FieldError::new("error-policy-newer"));
    } else {
        errors.check(agree, "agree", "error-agree");
    }
}

/// A guardian's name and address; errors at the fields.
pub(super) fn check_guardian(errors: &mut FormErrors, own: &Email, name: &str, email: &str) -> Option<(String, String)> {
    let (name, email) = (name.trim(), Email::lenient(email));
    errors.check(!name.is_empty(), "guardian_name", "error-required");
    errors.check_line("guardian_name", name, 80);
    if !is_email(email.as_str()) {
        errors.check(false, "guardian_email", "error-email");
    } else if email.mailbox() == own.mailbox() {
        errors.check(false, "guardian_email", "error-guardian-own");
    } else {
        return Some((name.to_owned(), email.as_str().to_owned()));
    }
    None
}

/// What a form asks of somebody who joins.
pub async fn asked(services: &Services, actor: &Actor, joining: Joining) -> Result<Asked> {
    let mut tx = actor.begin(&services.db).await?;
    let asked = Asked { documents: queries::current(&mut tx).await?, age: queries::guardian_age(&mut tx).await?, joining };
    tx.commit().await?;
    Ok(asked)
}

/// Takes the allowances for the mail to a guardian. Comes before the transaction that [`record`]s.
///
/// # Errors
/// [`AppError::RateLimited`].
pub(crate) async fn allow(services: &Services, actor: &Actor, given: &Given) -> Result<()> {
    match &given.guardian {
        Some((_, email)) => allow_mail(services, actor, &Email::lenient(email)).await,
        None => Ok(()),
    }
}

pub(super) async fn allow_mail(services: &Services, actor: &Actor, guardian: &Email) -> Result<()> {
    if let Some(client) = actor.client {
        limits::take(services, Allowance::MailFrom(client)).await?;
    }
    limits::take(services, Allowance::GuardianTo(guardian)).await?;
    limits::take(services, Allowance::MailOf(actor.tenant.id)).await
}

/// Keeps what a member answered, in the caller's transaction, and has their guardian asked.
pub(crate) async fn record(services: &Services, tx: &mut TenantTx, member: MemberId, given: &Given) -> Result<()> {
    if !given.versions.is_empty() {
        queries::insert_consents(tx, member, &given.versions, given.at, &given.address).await?;
    }
    if let Some((age, of_age)) = given.age {
        queries::state_age(tx, member, age, of_age, given.at, false).await?;
    }
    if let Some((name, email)) = &given.guardian {
        guardians::insert(services, tx, member, (name, email), &given.locale).await?;
    }
    Ok(())
}

/// Refuses while a member has something to agree to, or needs a guardian's consent. In the transaction that books or pays,
/// after the member's row is locked: what a guardian decides at the same moment comes before it or after it.
///
/// # Errors
/// [`AppError::Consent`].
pub(crate) async fn require(tx: &mut TenantTx, member: MemberId) -> Result<()> {
    if queries::standing(tx, member).await?.is_clear() { Ok(()) } else { Err(AppError::Consent.into()) }
}

/// Refuses while a member needs a guardian's consent: a picture of somebody young is not shown without.
///
/// # Errors
/// [`AppError::Consent`].
pub(crate) async fn require_guardian(services: &Services, actor: &Actor, member: MemberId) -> Result<()> {
    let mut tx = actor.begin(&services.db).await?;
    let standing = queries::standing(&mut tx, member).await?;
    tx.commit().await?;
    if standing.needs_guardian { Err(AppError::Consent.into()) } else { Ok(()) }
}

/// Whether a member who signs in is led to where they agree first.
pub async fn due(services: &Services, actor: &Actor, member: MemberId) -> Result<bool> {
    let mut tx = actor.begin(&services.db).await?;
    let standing = queries::standing(&mut tx, member).await?;
    tx.commit().await?;
    Ok(standing.is_due())
}

/// What the signed-in member has to do before they book, and what a form asks of them for that.
pub async fn mine(services: &Services, actor: &Actor) -> Result<(Standing, Asked)> {
    let member = actor.in_person()?;
    let mut tx = actor.begin(&services.db).await?;
    let standing = queries::standing(&mut tx, member.id).await?;
    tx.commit().await?;
    let asked = Asked { documents: standing.missing.clone(), age: standing.asks_age, joining: Joining::Student };
    Ok((standing, asked))
}

/// The signed-in member agrees to what they have to. Again, it changes nothing.
///
/// # Errors
/// At the fields of [`ConsentDraft`]; [`AppError::RateLimited`].
pub async fn agree(services: &Services, actor: &Actor, locale: &str, draft: &ConsentDraft) -> Result<()> {
    let member = actor.in_person()?;
    let (_, asked) = mine(services, actor).await?;
    if asked.is_nothing() {
        return Ok(());
    }
    let mut errors = FormErrors::default();
    let given = asked.check(&mut errors, services, actor, draft, &Email::lenient(&member.email), locale);
    errors.into_result()?;
    allow(services, actor, &given).await?;
    let mut tx = actor.begin(&services.db).await?;
    queries::lock_member(&mut tx, member.id).await?;
    record(services, &mut tx, member.id, &given).await?;
    tx.commit().await
}

async fn consents(services: &Services, actor: &Actor, member: MemberId) -> Result<MemberConsents> {
    let mut tx = actor.begin(&services.db).await?;
    let told =
        MemberConsents { agreements: queries::agreements(&mut tx, member).await?, standing: queries::standing(&mut tx, member).await? };
    tx.commit().await?;
    Ok(told)
}

/// What the signed-in member agreed to.
pub async fn own(services: &Services, actor: &Actor) -> Result<MemberConsents> {
    let member = actor.in_person()?.id;
    consents(services, actor, member).await
}

/// What a member agreed to, for staff.
pub async fn of_member(services: &Services, actor: &Actor, member: MemberId) -> Result<MemberConsents> {
    actor.permit(Permission::SeeMembers)?;
    consents(services, actor, member).await
}
