//! Mails about getting in: codes, links to a new password, notices of a change.

use super::{
    compose::{Addressed, footer_access, page},
    letter::Letter,
    queries::{self, Party},
    reader,
};
use crate::{
    Result, Services, TenantTx,
    accounts::proofs::{self, Told, Wish},
    tenancy::Tenant,
};
use i18n::t;
use jiff::Timestamp;
use kernel::{
    ids::{MemberId, ProofId},
    urls,
};

/// What the address of a proof is told. Nothing when the proof is over, or when a new password is
/// wished for where nobody has one: a stranger's form mails strangers no more than it must.
pub(super) async fn proof(services: &Services, tx: &mut TenantTx, tenant: &Tenant, id: ProofId) -> Result<Option<Addressed>> {
    let Some(told) = proofs::told(services, tx, id).await? else { return Ok(None) };
    let member = queries::member_at(tx, &told.email).await?;
    Ok(match (&told.wish, member) {
        (Wish::Reset, None) => None,
        (Wish::Reset, Some(member)) => Some(new_password(services, tenant, member, &told)),
        (Wish::Join { .. }, Some(member)) => Some(known_already(services, tenant, member)),
        (Wish::Join { .. }, None) | (Wish::Found { .. }, _) => Some(code(services, tenant, &told)),
    })
}

/// The code. Nothing that a stranger typed is in it: the address is not theirs yet.
fn code(services: &Services, tenant: &Tenant, told: &Told) -> Addressed {
    let to = &reader(tenant, Some(&told.locale), None);
    let (subject, intro) = match &told.wish {
        Wish::Found { .. } => (t!(to, "mail-found-subject"), t!(to, "mail-found-intro")),
        Wish::Join { .. } | Wish::Reset => {
            (t!(to, "mail-code-subject", school = &tenant.name), t!(to, "mail-code-intro", school = &tenant.name))
        }
    };
    let (first, last) = told.secret.split_at_checked(4).unwrap_or((&told.secret, ""));
    let letter = Letter {
        locale: to.locale,
        heading: subject.clone(),
        subject,
        paragraphs: vec![intro, t!(to, "mail-code-ignore")],
        facts: vec![(t!(to, "mail-fact-code"), format!("{first} {last}"))],
        list: None,
        button: (t!(to, "mail-button-code"), page(services, tenant, urls::CONFIRM)),
        footer: footer_access(to, tenant),
    };
    let to = Party { id: None, name: String::new(), email: told.email.clone(), locale: None, zone: None };
    Addressed { to, letter, calendar: None, secret: true }
}

/// To somebody who signs up though they have an account.
fn known_already(services: &Services, tenant: &Tenant, member: Party) -> Addressed {
    let to = &reader(tenant, member.locale.as_deref(), member.zone.as_deref());
    let letter = Letter {
        locale: to.locale,
        subject: t!(to, "mail-known-subject", school = &tenant.name),
        heading: t!(to, "mail-known-heading"),
        paragraphs: vec![t!(to, "mail-known-intro", name = &member.name, school = &tenant.name), t!(to, "mail-known-forgot")],
        facts: Vec::new(),
        list: None,
        button: (t!(to, "mail-button-sign-in"), page(services, tenant, urls::SIGN_IN)),
        footer: footer_access(to, tenant),
    };
    Addressed { to: member, letter, calendar: None, secret: false }
}

/// The link to a new password.
fn new_password(services: &Services, tenant: &Tenant, member: Party, told: &Told) -> Addressed {
    let to = &reader(tenant, member.locale.as_deref(), member.zone.as_deref());
    let letter = Letter {
        locale: to.locale,
        subject: t!(to, "mail-reset-subject", school = &tenant.name),
        heading: t!(to, "mail-reset-heading"),
        paragraphs: vec![t!(to, "mail-reset-intro", name = &member.name), t!(to, "mail-reset-ignore")],
        facts: Vec::new(),
        list: None,
        button: (t!(to, "mail-button-reset"), page(services, tenant, &urls::with_query(urls::RESET, &[("ticket", &told.secret)]))),
        footer: footer_access(to, tenant),
    };
    Addressed { to: member, letter, calendar: None, secret: true }
}

/// To the owner, when a password was changed.
pub(super) async fn password_changed(
    services: &Services,
    tx: &mut TenantTx,
    tenant: &Tenant,
    id: MemberId,
    at: Timestamp,
) -> Result<Addressed> {
    let member = queries::member(tx, id).await?;
    let to = &reader(tenant, member.locale.as_deref(), member.zone.as_deref());
    let letter = Letter {
        locale: to.locale,
        subject: t!(to, "mail-password-subject", school = &tenant.name),
        heading: t!(to, "mail-password-heading"),
        paragraphs: vec![t!(to, "mail-password-intro", name = &member.name), t!(to, "mail-password-not-you")],
        facts: vec![(t!(to, "mail-fact-when"), to.date_time_long(at))],
        list: None,
        button: (t!(to, "mail-button-new-password"), page(services, tenant, urls::FORGOT)),
        footer: footer_access(to, tenant),
    };
    Ok(Addressed { to: member, letter, calendar: None, secret: false })
}
