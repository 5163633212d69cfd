//! Mails to a school's admins about the school itself.

use super::{
    StandingChange,
    compose::{Addressed, Desk},
    letter::Letter,
    queries::{self, Party},
};
use crate::{
    Result, TenantTx,
    tenancy::domains::{self, DomainLoss},
};
use i18n::{Reader, t};
use jiff::Timestamp;
use kernel::{
    ids::{DomainId, MemberId, VisitId},
    urls::{self, admin},
};

/// What a mail to admins says, in the words of one of them.
struct Notice {
    heading: String,
    intro: String,
    facts: Vec<(String, String)>,
    button: Option<(String, &'static str)>,
}

impl Desk<'_> {
    /// The same to every admin.
    async fn to_admins(&self, tx: &mut TenantTx, notice: impl Fn(&Reader) -> Notice) -> Result<Vec<Addressed>> {
        let mails = queries::admins(tx).await?.into_iter().map(|member| {
            let to = self.reader(&member);
            self.to_admin(&to, &member, notice(&to))
        });
        Ok(mails.collect())
    }

    fn to_admin(&self, to: &Reader, member: &Party, notice: Notice) -> Addressed {
        let Notice { heading, intro, facts, button } = notice;
        let letter = Letter {
            locale: to.locale,
            subject: format!("{heading} · {}", self.tenant.name),
            heading,
            paragraphs: vec![t!(to, "mail-access-hello", name = &member.name) + " " + &intro],
            facts,
            list: None,
            button: button.map(|(label, page)| (label, self.page(page))),
            footer: t!(to, "mail-footer-admin", school = &self.tenant.name),
        };
        Addressed { to: member.clone(), letter, calendar: None, secret_until: None }
    }

    /// A domain is no more what it was. Nothing when it was removed meanwhile.
    pub(super) async fn domain_lost(&self, tx: &mut TenantTx, id: DomainId, why: DomainLoss, at: Timestamp) -> Result<Vec<Addressed>> {
        let Some(host) = domains::host(tx, id).await? else { return Ok(Vec::new()) };
        self.to_admins(tx, |to| {
            let (heading, intro) = match why {
                DomainLoss::Astray => (t!(to, "mail-domain-astray", host = &host), t!(to, "mail-domain-astray-intro", host = &host)),
                DomainLoss::Unproven => (t!(to, "mail-domain-unproven", host = &host), t!(to, "mail-domain-unproven-intro", host = &host)),
            };
            let facts = vec![(t!(to, "mail-fact-when"), to.date_time_long(at))];
            Notice { heading, intro, facts, button: Some((t!(to, "mail-button-domains"), admin::DOMAINS)) }
        })
        .await
    }

    /// The school's own address signs no more.
    pub(super) async fn sender_lost(&self, tx: &mut TenantTx, at: Timestamp) -> Result<Vec<Addressed>> {
        self.to_admins(tx, |to| Notice {
            heading: t!(to, "mail-sender-lost"),
            intro: t!(to, "mail-sender-lost-intro"),
            facts: vec![(t!(to, "mail-fact-when"), to.date_time_long(at))],
            button: Some((t!(to, "mail-button-sender"), admin::MAIL)),
        })
        .await
    }

    /// How the school's mails arrive.
    pub(super) async fn sender_test(&self, tx: &mut TenantTx, member: MemberId, at: Timestamp) -> Result<Addressed> {
        let member = queries::member(tx, member).await?;
        let to = &self.reader(&member);
        let notice = Notice {
            heading: t!(to, "mail-sender-test"),
            intro: t!(to, "mail-sender-test-intro"),
            facts: vec![(t!(to, "mail-fact-when"), to.date_time_long(at))],
            button: Some((t!(to, "mail-button-sender"), admin::MAIL)),
        };
        Ok(self.to_admin(to, &member, notice))
    }

    /// The platform decided about the school.
    pub(super) async fn standing_changed(&self, tx: &mut TenantTx, change: StandingChange, at: Timestamp) -> Result<Vec<Addressed>> {
        let (reason, delete_at) = queries::standing(tx).await?;
        self.to_admins(tx, |to| {
            let mut facts = vec![(t!(to, "mail-fact-when"), to.date_time_long(at))];
            if change != StandingChange::Reinstated && !reason.is_empty() {
                facts.push((t!(to, "mail-fact-reason"), reason.clone()));
            }
            if let Some(delete_at) = delete_at.filter(|_| change == StandingChange::Leaving) {
                facts.push((t!(to, "mail-fact-deleted-at"), to.date_time_long(delete_at)));
            }
            Notice {
                heading: i18n::t(to, &format!("mail-school-{}", change.key())),
                intro: i18n::t(to, &format!("mail-school-{}-intro", change.key())),
                facts,
                // While it is closed, there is nothing to open.
                button: (change == StandingChange::Reinstated).then(|| (t!(to, "mail-button-school"), urls::HOME)),
            }
        })
        .await
    }

    /// Somebody of the platform is staff for an hour.
    pub(super) async fn support_came(&self, tx: &mut TenantTx, visit: VisitId) -> Result<Vec<Addressed>> {
        let visit = queries::visit(tx, visit).await?;
        self.to_admins(tx, |to| Notice {
            heading: t!(to, "mail-support"),
            intro: t!(to, "mail-support-intro", name = &visit.name),
            facts: vec![
                (t!(to, "mail-fact-reason"), visit.reason.clone()),
                (t!(to, "mail-fact-when"), to.date_time_long(visit.created_at)),
                (t!(to, "mail-fact-until"), to.date_time_long(visit.until)),
            ],
            button: Some((t!(to, "mail-button-audit"), admin::AUDIT)),
        })
        .await
    }

    /// The school keeps nearly as much as it may.
    pub(super) async fn storage_filling(&self, tx: &mut TenantTx, percent: i32, at: Timestamp) -> Result<Vec<Addressed>> {
        self.to_admins(tx, |to| Notice {
            heading: t!(to, "mail-storage", percent = percent),
            intro: t!(to, "mail-storage-intro", percent = percent),
            facts: vec![(t!(to, "mail-fact-when"), to.date_time_long(at))],
            button: Some((t!(to, "mail-button-storage"), admin::SETTINGS)),
        })
        .await
    }
}
