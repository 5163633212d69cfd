//! Mails about getting in: codes, links to a new password, notices of a change.

use super::{
    AccessChange,
    compose::{Addressed, Desk},
    letter::Letter,
    queries::{self, Party},
    reader,
};
use crate::{
    Result, TenantTx,
    accounts::proofs::{self, Told, Wish},
    members,
};
use i18n::{Reader, t};
use jiff::Timestamp;
use kernel::{
    ids::{InvitationId, MemberId, ProofId},
    urls,
};

impl Desk<'_> {
    /// What the address of a proof is told. Nothing when the proof is over, or when a new password is
    /// wished for where nobody has one: a stranger's form mails strangers no more than it must.
    pub(super) async fn proof(&self, tx: &mut TenantTx, id: ProofId) -> Result<Option<Addressed>> {
        let Some(told) = proofs::told(self.services, tx, id).await? else { return Ok(None) };
        let member = queries::member_at(tx, &told.email).await?;
        Ok(match (&told.wish, member) {
            (Wish::Reset, None) => None,
            (Wish::Reset | Wish::Join { .. }, Some((member, true))) => Some(self.known_elsewhere(member)),
            (Wish::Reset, Some((member, false))) => Some(self.new_password(member, &told)),
            (Wish::Join { .. }, Some((member, false))) => Some(self.known_already(member)),
            (Wish::Join { .. }, None) | (Wish::Found { .. }, _) => Some(self.code(&told)),
        })
    }

    /// The code. Nothing that a stranger typed is in it: the address is not theirs yet.
    fn code(&self, told: &Told) -> Addressed {
        let to = &reader(self.tenant, Some(&told.locale), None);
        let (subject, intro) = match &told.wish {
            Wish::Found { .. } => (t!(to, "mail-found-subject"), t!(to, "mail-found-intro")),
            Wish::Join { .. } | Wish::Reset => {
                (t!(to, "mail-code-subject", school = &self.tenant.name), t!(to, "mail-code-intro", school = &self.tenant.name))
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
            button: Some((t!(to, "mail-button-code"), self.page(urls::CONFIRM))),
            footer: self.footer_access(to),
        };
        let to = Party { id: None, name: String::new(), email: told.email.clone(), locale: None, zone: None };
        Addressed { to, letter, calendar: None, secret_until: Some(told.expires_at) }
    }

    /// To somebody who signs up though they have an account.
    fn known_already(&self, member: Party) -> Addressed {
        let to = &self.reader(&member);
        let letter = Letter {
            locale: to.locale,
            subject: t!(to, "mail-known-subject", school = &self.tenant.name),
            heading: t!(to, "mail-known-heading"),
            paragraphs: vec![t!(to, "mail-known-intro", name = &member.name, school = &self.tenant.name), t!(to, "mail-known-forgot")],
            facts: Vec::new(),
            list: None,
            button: Some((t!(to, "mail-button-sign-in"), self.page(urls::SIGN_IN))),
            footer: self.footer_access(to),
        };
        Addressed { to: member, letter, calendar: None, secret_until: None }
    }

    /// To somebody who wants to get in with an address that is not theirs here any more: it was merged into another.
    fn known_elsewhere(&self, member: Party) -> Addressed {
        let to = &self.reader(&member);
        let letter = Letter {
            locale: to.locale,
            subject: t!(to, "mail-merged-known-subject", school = &self.tenant.name),
            heading: t!(to, "mail-merged-known-heading"),
            paragraphs: vec![
                t!(to, "mail-merged-known-intro", name = &member.name, school = &self.tenant.name),
                t!(to, "mail-merged-ask", school = &self.tenant.name),
            ],
            facts: Vec::new(),
            list: None,
            button: Some((t!(to, "mail-button-sign-in"), self.page(urls::SIGN_IN))),
            footer: self.footer_access(to),
        };
        Addressed { to: member, letter, calendar: None, secret_until: None }
    }

    /// To both addresses of somebody whose two memberships became one. Neither learns the other address: should the
    /// school have taken two people for one, it stays theirs.
    pub(super) async fn merged(&self, tx: &mut TenantTx, survivor: MemberId, duplicate: MemberId) -> Result<Vec<Addressed>> {
        let (stays, goes) = (queries::member(tx, survivor).await?, queries::member(tx, duplicate).await?);
        let school = &self.tenant.name;
        let letter = |to: &Reader, intro: String, then: String| Letter {
            locale: to.locale,
            subject: t!(to, "mail-merged-subject", school = school),
            heading: t!(to, "mail-merged-heading"),
            paragraphs: vec![intro, then, t!(to, "mail-merged-ask", school = school)],
            facts: Vec::new(),
            list: None,
            button: Some((t!(to, "mail-button-sign-in"), self.page(urls::SIGN_IN))),
            footer: t!(to, "mail-footer-member", school = school),
        };
        let to = &self.reader(&stays);
        let kept = letter(to, t!(to, "mail-merged-stays-intro", name = &stays.name, school = school), t!(to, "mail-merged-stays-then"));
        let to = &self.reader(&goes);
        let left = letter(to, t!(to, "mail-merged-goes-intro", name = &goes.name, school = school), t!(to, "mail-merged-goes-then"));
        Ok([(stays, kept), (goes, left)].map(|(to, letter)| Addressed { to, letter, calendar: None, secret_until: None }).into())
    }

    /// The link to a new password.
    fn new_password(&self, member: Party, told: &Told) -> Addressed {
        let to = &self.reader(&member);
        let letter = Letter {
            locale: to.locale,
            subject: t!(to, "mail-reset-subject", school = &self.tenant.name),
            heading: t!(to, "mail-reset-heading"),
            paragraphs: vec![t!(to, "mail-reset-intro", name = &member.name), t!(to, "mail-reset-ignore")],
            facts: Vec::new(),
            list: None,
            button: Some((t!(to, "mail-button-reset"), self.page(&urls::with_query(urls::RESET, &[("ticket", &told.secret)])))),
            footer: self.footer_access(to),
        };
        Addressed { to: member, letter, calendar: None, secret_until: Some(told.expires_at) }
    }

    /// To somebody whom the school wants as a member. The note is the inviter's, who is known to the school.
    pub(super) async fn invitation(&self, tx: &mut TenantTx, id: InvitationId) -> Result<Option<Addressed>> {
        let Some(told) = members::told(self.services, tx, id).await? else { return Ok(None) };
        let to = &reader(self.tenant, None, None);
        let roles = told.roles.iter().map(|role| i18n::t(to, &format!("common-role-{}", role.key())));
        let roles = roles.chain(told.staff_role.clone()).collect::<Vec<_>>().join(", ");
        let mut paragraphs = vec![t!(to, "mail-invitation-intro", inviter = &told.invited_by, school = &self.tenant.name)];
        paragraphs.extend(told.note.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
        paragraphs.push(t!(to, "mail-invitation-how", until = to.date_long(told.expires_at)));
        let letter = Letter {
            locale: to.locale,
            subject: t!(to, "mail-invitation-subject", inviter = &told.invited_by, school = &self.tenant.name),
            heading: t!(to, "mail-invitation-heading", school = &self.tenant.name),
            paragraphs,
            facts: vec![(t!(to, "mail-fact-as"), roles)],
            list: None,
            button: Some((t!(to, "mail-button-invitation"), self.page(&urls::with_query(urls::INVITATION, &[("ticket", &told.ticket)])))),
            footer: self.footer_access(to),
        };
        let to = Party { id: None, name: told.name, email: told.email, locale: None, zone: None };
        Ok(Some(Addressed { to, letter, calendar: None, secret_until: Some(told.expires_at) }))
    }

    /// To the owner, when how they get in was changed.
    pub(super) async fn access_changed(&self, tx: &mut TenantTx, id: MemberId, what: AccessChange, at: Timestamp) -> Result<Addressed> {
        let member = queries::member(tx, id).await?;
        let to = &self.reader(&member);
        let (heading, intro) =
            (i18n::t(to, &format!("mail-access-{}", what.key())), i18n::t(to, &format!("mail-access-{}-intro", what.key())));
        let letter = Letter {
            locale: to.locale,
            subject: format!("{heading} · {}", self.tenant.name),
            heading,
            paragraphs: vec![t!(to, "mail-access-hello", name = &member.name) + " " + &intro, t!(to, "mail-access-not-you")],
            facts: vec![(t!(to, "mail-fact-when"), to.date_time_long(at))],
            list: None,
            button: Some((t!(to, "mail-button-new-password"), self.page(urls::FORGOT))),
            footer: self.footer_access(to),
        };
        Ok(Addressed { to: member, letter, calendar: None, secret_until: None })
    }

    /// Why somebody gets a mail about getting in.
    fn footer_access(&self, to: &Reader) -> String {
        t!(to, "mail-footer-access", school = &self.tenant.name)
    }
}
