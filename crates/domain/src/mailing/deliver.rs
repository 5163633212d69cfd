//! From an event to the mail server.

use super::{
    Mailing,
    compose::{self, Addressed},
    queries::{self, NewMail},
};
use crate::{
    Error, Result, Services, TenantTx, failpoint,
    jobs::{self, Job, Run},
    privacy,
    tenancy::{Tenant, sender},
};
use kernel::ids::{MailId, MemberId, TenantId};
use providers::mail::{Attachment, MailError, Message};
use serde::{Deserialize, Serialize};

/// Hands one written mail to the mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverMail {
    /// The mail.
    pub mail: MailId,
}

impl Job for DeliverMail {
    const TASK: &'static str = "deliver_mail";
}

impl DeliverMail {
    /// One job a mail.
    pub(super) fn key(self) -> String {
        format!("mail:{}", self.mail)
    }
}

impl Run for DeliverMail {
    async fn run(self, services: &Services, tenant: TenantId) -> Result<()> {
        deliver(services, tenant, self.mail).await
    }
}

/// Writes an event's mails, one for each reader, and has each delivered.
pub(super) async fn write(services: &Services, tenant: TenantId, mailing: Mailing) -> Result<()> {
    let tenant = services.tenants.by_id(&services.db, tenant).await?.ok_or(Error::Broken("a job's tenant is there"))?;
    let origin = services.tenants.origin(&tenant);
    let mut tx = TenantTx::begin(&services.db, tenant.id, None).await?;
    for Addressed { to, letter, calendar, secret_until } in compose::letters(services, &mut tx, &tenant, mailing).await? {
        // Somebody who was forgotten meanwhile is told nothing.
        if privacy::is_erased(&to.email) {
            continue;
        }
        let id: MailId = services.id();
        let mail = NewMail {
            id,
            cause: &mailing.cause(),
            to: &to,
            locale: letter.locale.tag(),
            subject: &letter.subject,
            html: &letter.html(&tenant, &origin),
            plain: &letter.plain(),
            calendar: calendar.as_deref(),
            secret_until,
        };
        if queries::insert(&mut tx, &mail).await? {
            let job = DeliverMail { mail: id };
            jobs::enqueue_at(&mut tx, &job, None, Some(&job.key())).await?;
        }
    }
    tx.commit().await
}

/// Sends one mail outside any transaction, then notes it.
async fn deliver(services: &Services, tenant: TenantId, id: MailId) -> Result<()> {
    let tenant = services.tenants.by_id(&services.db, tenant).await?.ok_or(Error::Broken("a job's tenant is there"))?;
    let mut tx = TenantTx::begin(&services.db, tenant.id, None).await?;
    let Some(waiting) = queries::waiting(&mut tx, id).await? else { return Ok(()) };
    if let Some(booking) = super::confirmed_by(&waiting.cause)
        && queries::is_cancelled(&mut tx, booking).await?
    {
        // The mail of the cancellation may have left before: this one would book the time again.
        queries::mark(&mut tx, id, Some("the lesson was cancelled before")).await?;
        return tx.commit().await;
    }
    if waiting.secret_until.is_some_and(|until| until <= services.now()) {
        // What it carries opens nothing any more.
        queries::mark(&mut tx, id, Some("too late")).await?;
        queries::empty_secret(&mut tx, id).await?;
        return tx.commit().await;
    }
    let from = sender::of_mails(services, &mut tx, &tenant.name).await?;
    tx.commit().await?;
    let message = Message {
        id: format!("<{id}@{}>", compose::host(&services.tenants.origin(&tenant))),
        date: waiting.created_at,
        from,
        to_name: waiting.name,
        to: waiting.address,
        subject: waiting.subject,
        html: waiting.html,
        text: waiting.plain,
        calendar: waiting.calendar.map(|content| Attachment { method: compose::method_of(&content).to_owned(), content }),
    };
    failpoint::hit("before_mail_sent");
    let failure = match services.mail.send(&message).await {
        Ok(()) => None,
        Err(MailError::Refused(cause)) => {
            tracing::error!(mail = %id, cause, "a mail was refused for good");
            metrics::counter!("mails_refused_total").increment(1);
            Some(cause)
        }
        Err(error) => return Err(Error::Provider { provider: "mail", cause: error.to_string() }),
    };
    failpoint::hit("after_mail_sent_before_mark");
    let mut tx = TenantTx::begin(&services.db, tenant.id, None).await?;
    queries::mark(&mut tx, id, failure.as_deref()).await?;
    if services.mail.leaves() {
        queries::empty_secret(&mut tx, id).await?;
    }
    tx.commit().await
}

/// The mail to somebody whose data was deleted: it leaves as it is, and nothing of it is kept.
pub(crate) async fn farewell(
    services: &Services,
    tx: &mut TenantTx,
    tenant: &Tenant,
    member: MemberId,
    name: &str,
    email: &str,
) -> Result<Message> {
    let origin = services.tenants.origin(tenant);
    let letter = compose::farewell(services, tenant, name);
    Ok(Message {
        id: format!("<erased-{member}@{}>", compose::host(&origin)),
        date: services.now(),
        from: sender::of_mails(services, tx, &tenant.name).await?,
        to_name: name.to_owned(),
        to: email.to_owned(),
        html: letter.html(tenant, &origin),
        text: letter.plain(),
        subject: letter.subject,
        calendar: None,
    })
}
