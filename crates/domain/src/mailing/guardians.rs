//! Mails about the guardians of the young: to them, to who asked, and to the school's admins.

use super::{
    GuardianDecision,
    compose::{Addressed, Desk},
    letter::Letter,
    queries::{self, Party},
    reader,
};
use crate::{
    Result, TenantTx,
    policies::{self, Told},
};
use i18n::{Reader, t};
use kernel::{ids::GuardianConsentId, urls};

impl Desk<'_> {
    /// The question, with its link. Nothing once it is over.
    pub(super) async fn guardian_asked(&self, tx: &mut TenantTx, id: GuardianConsentId) -> Result<Option<Addressed>> {
        let Some(told) = policies::told(self.services, tx, id).await?.filter(|told| told.is_open) else { return Ok(None) };
        let Some(ticket) = told.ticket.clone() else { return Ok(None) };
        let to = &reader(self.tenant, Some(&told.locale), None);
        let (student, school) = (&told.student, &self.tenant.name);
        let letter = Letter {
            locale: to.locale,
            subject: t!(to, "policies-mail-asked-subject", student = student, school = school),
            heading: t!(to, "policies-mail-asked-heading", student = student),
            paragraphs: vec![
                t!(to, "policies-mail-asked-intro", name = &told.name, student = student, school = school),
                t!(to, "policies-mail-asked-until", until = to.date_long(told.expires_at)),
                t!(to, "policies-mail-asked-ignore"),
            ],
            facts: Vec::new(),
            list: self.documents(to, &told),
            button: Some((t!(to, "policies-mail-asked-button"), self.link(&ticket))),
            footer: t!(to, "policies-mail-asked-footer", school = school),
        };
        Ok(Some(Addressed { to: guardian(&told), letter, calendar: None, secret_until: Some(told.expires_at) }))
    }

    /// What a guardian decided: to them, with the link to withdraw; to who asked; of a withdrawal to the admins.
    pub(super) async fn guardian_decided(
        &self,
        tx: &mut TenantTx,
        id: GuardianConsentId,
        what: GuardianDecision,
    ) -> Result<Vec<Addressed>> {
        let Some(told) = policies::told(self.services, tx, id).await? else { return Ok(Vec::new()) };
        // Withdrawn before this was written: that mail says how it stands.
        if what == GuardianDecision::Given && told.ticket.is_none() {
            return Ok(Vec::new());
        }
        let student = queries::member(tx, told.member).await?;
        let mut letters = vec![self.guardian_told(&told, what, student)];
        match what {
            // Withdrawn meanwhile, there is no link to send.
            GuardianDecision::Given => letters.extend(self.guardian_thanked(&told)),
            GuardianDecision::Refused => {}
            GuardianDecision::Withdrawn => {
                for admin in queries::admins(tx).await? {
                    letters.push(self.guardian_reported(&told, admin));
                }
            }
        }
        Ok(letters)
    }

    fn guardian_told(&self, told: &Told, what: GuardianDecision, student: Party) -> Addressed {
        let to = &self.reader(&student);
        let key = what.key();
        let heading = i18n::t(to, &format!("policies-mail-{key}-heading"));
        let letter = Letter {
            locale: to.locale,
            subject: format!("{heading} · {}", self.tenant.name),
            heading,
            paragraphs: vec![i18n::t_with(
                to.locale,
                &format!("policies-mail-{key}-intro"),
                &[
                    ("name", student.name.as_str().into()),
                    ("guardian", told.name.as_str().into()),
                    ("school", self.tenant.name.as_str().into()),
                ],
            )],
            facts: Vec::new(),
            list: None,
            button: Some(match what {
                GuardianDecision::Given => (t!(to, "policies-mail-find"), self.page(urls::TUTORS)),
                GuardianDecision::Refused | GuardianDecision::Withdrawn => (t!(to, "policies-mail-student-button"), self.page(urls::AGREE)),
            }),
            footer: t!(to, "mail-footer-access", school = &self.tenant.name),
        };
        Addressed { to: student, letter, calendar: None, secret_until: None }
    }

    fn guardian_thanked(&self, told: &Told) -> Option<Addressed> {
        let ticket = told.ticket.as_ref()?;
        let to = &reader(self.tenant, Some(&told.locale), None);
        let (student, school) = (&told.student, &self.tenant.name);
        let letter = Letter {
            locale: to.locale,
            subject: t!(to, "policies-mail-thanked-subject", student = student, school = school),
            heading: t!(to, "policies-mail-thanked-heading"),
            paragraphs: vec![
                t!(to, "policies-mail-thanked-intro", name = &told.name, student = student, school = school),
                t!(to, "policies-mail-thanked-withdraw"),
            ],
            facts: Vec::new(),
            list: self.documents(to, told),
            button: Some((t!(to, "policies-mail-thanked-button"), self.link(ticket))),
            footer: t!(to, "policies-mail-asked-footer", school = school),
        };
        // The link works until it is used; the mail is emptied once it left, and is not tried for ever.
        let until = self.services.now() + jiff::SignedDuration::from_hours(24 * 30);
        Some(Addressed { to: guardian(told), letter, calendar: None, secret_until: Some(until) })
    }

    fn guardian_reported(&self, told: &Told, admin: Party) -> Addressed {
        let to = &self.reader(&admin);
        let letter = Letter {
            locale: to.locale,
            subject: t!(to, "policies-mail-reported-subject", student = &told.student),
            heading: t!(to, "policies-mail-reported-heading"),
            paragraphs: vec![
                t!(to, "policies-mail-reported-intro", name = &admin.name, student = &told.student, guardian = &told.name),
                t!(to, "policies-mail-reported-lessons"),
            ],
            facts: Vec::new(),
            list: None,
            button: Some((t!(to, "policies-mail-reported-button"), self.page(&urls::admin::member(told.member)))),
            footer: t!(to, "mail-footer-access", school = &self.tenant.name),
        };
        Addressed { to: admin, letter, calendar: None, secret_until: None }
    }

    /// What is agreed to, with its addresses; nothing at a school without documents.
    fn documents(&self, to: &Reader, told: &Told) -> Option<(String, Vec<String>)> {
        let line = |head: &policies::VersionHead| {
            let name = i18n::t(to, &format!("policies-{}", head.kind.key()));
            t!(to, "policies-mail-document", name = name, url = self.page(&head.page()))
        };
        (!told.documents.is_empty()).then(|| (t!(to, "policies-mail-documents"), told.documents.iter().map(line).collect()))
    }

    fn link(&self, ticket: &str) -> String {
        self.page(&urls::with_query(urls::GUARDIAN, &[("ticket", ticket)]))
    }
}

/// Who was asked; a member or not, they are written to as somebody's guardian.
fn guardian(told: &Told) -> Party {
    Party { id: None, name: told.name.clone(), email: told.email.clone(), locale: None, zone: None }
}
