//! Mails to a school's admins about the school itself.

use super::{
    compose::{Addressed, Desk},
    letter::Letter,
    queries,
};
use crate::{
    Result, TenantTx,
    tenancy::domains::{self, DomainLoss},
};
use i18n::{Reader, t};
use jiff::Timestamp;
use kernel::{ids::DomainId, urls::admin};

impl Desk<'_> {
    /// A domain is no more what it was. Nothing when it was removed meanwhile.
    pub(super) async fn domain_lost(&self, tx: &mut TenantTx, id: DomainId, why: DomainLoss, at: Timestamp) -> Result<Vec<Addressed>> {
        let Some(host) = domains::host(tx, id).await? else { return Ok(Vec::new()) };
        let mut mails = Vec::new();
        for member in queries::admins(tx).await? {
            let to = &self.reader(&member);
            let (heading, intro) = match why {
                DomainLoss::Astray => (t!(to, "mail-domain-astray", host = &host), t!(to, "mail-domain-astray-intro", host = &host)),
                DomainLoss::Unproven => (t!(to, "mail-domain-unproven", host = &host), t!(to, "mail-domain-unproven-intro", host = &host)),
            };
            let letter = Letter {
                locale: to.locale,
                subject: format!("{heading} · {}", self.tenant.name),
                heading,
                paragraphs: vec![t!(to, "mail-access-hello", name = &member.name) + " " + &intro],
                facts: vec![(t!(to, "mail-fact-when"), to.date_time_long(at))],
                list: None,
                button: (t!(to, "mail-button-domains"), self.page(admin::DOMAINS)),
                footer: self.footer_admin(to),
            };
            mails.push(Addressed { to: member, letter, calendar: None, secret_until: None });
        }
        Ok(mails)
    }

    /// Why somebody gets a mail about the school.
    fn footer_admin(&self, to: &Reader) -> String {
        t!(to, "mail-footer-admin", school = &self.tenant.name)
    }
}
