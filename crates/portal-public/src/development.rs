//! Pages of development alone: the gallery of parts and the mailbox. Elsewhere not found.

use crate::parts::{route_param, site};
use domain::mailing::{self, Mail, MailHead};
use i18n::t;
use kernel::{AppError, ids::MailId, urls};
use leptos::prelude::*;
use serde::Deserialize;
use ui::{gallery::Gallery, prelude::*};
use web::{RequestCx, page};

/// Refuses outside of development.
fn only_in_development(cx: &RequestCx) -> Result<(), AppError> {
    if cx.settings().development { Ok(()) } else { Err(AppError::NotFound) }
}

/// How the gallery is looked at.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Look {
    theme: String,
    dir: String,
}

/// `/_gallery`
#[component]
pub fn GalleryPage() -> impl IntoView {
    page(async |cx| {
        only_in_development(&cx)?;
        // The gallery brings its own landmarks: it shows whole frames. Its words are examples.
        let look: Look = cx.query();
        let theme = Theme::parse(&look.theme).unwrap_or_default();
        let rtl = look.dir == "rtl";
        Ok(view! { <web::PageTitle text="Parts"/><Gallery theme=theme rtl=rtl/> }.into_any())
    })
}

/// `/_mailbox`
#[component]
pub fn MailboxPage() -> impl IntoView {
    page(async |cx| {
        only_in_development(&cx)?;
        let mails = mailing::mailbox(cx.services(), cx.visitor()).await?;
        Ok(mailbox_view(&cx, &mails))
    })
}

fn mail_href(id: MailId) -> String {
    format!("{}/{id}", urls::MAILBOX)
}

fn mailbox_view(cx: &RequestCx, mails: &[MailHead]) -> AnyView {
    let reader = cx.reader();
    let title = t!(reader, "public-mailbox");
    let list = if mails.is_empty() {
        view! { <Empty title=t!(reader, "public-mailbox-empty") body=t!(reader, "public-mailbox-empty-body") icon=Glyph::Mail/> }.into_any()
    } else {
        let rows = mails
            .iter()
            .map(|mail| {
                let note = t!(reader, "public-mail-to", to = &mail.to, time = reader.date_time(mail.created_at));
                view! { <ListRow title=mail.subject.clone() note=note href=mail_href(mail.id)/> }
            })
            .collect_view();
        view! { <List ruled=true>{rows}</List> }.into_any()
    };
    let body = view! {
        <div class="page"><div class="text-page stack stack-4"><h1>{title.clone()}</h1>{list}</div></div>
    }
    .into_any();
    site(title.clone(), body)
}

/// `/_mailbox/:mail`
#[component]
pub fn MailPage() -> impl IntoView {
    let id = route_param("mail");
    page(async move |cx| {
        only_in_development(&cx)?;
        let id: MailId = id.parse().map_err(|_| AppError::NotFound)?;
        let mail = mailing::mail(cx.services(), cx.visitor(), id).await?;
        Ok(mail_view(&cx, &mail))
    })
}

/// The mail in a frame of its own, under a policy of its own: neither scripts nor forms.
fn mail_view(cx: &RequestCx, mail: &Mail) -> AnyView {
    let reader = cx.reader();
    let subject = mail.head.subject.clone();
    let note = t!(reader, "public-mail-to", to = &mail.head.to, time = reader.date_time(mail.head.created_at));
    let calendar = mail.calendar.clone().map(|file| {
        view! { <section class="section"><h2>{t!(reader, "public-mail-calendar")}</h2><pre class="mail-text">{file}</pre></section> }
    });
    let html_title = t!(reader, "public-mail-html");
    let body = view! {
        <div class="page"><div class="text-page wide stack stack-4">
            <Crumbs label=t!(reader, "common-breadcrumb") items=vec![(urls::MAILBOX.to_owned(), t!(reader, "public-mailbox"))] here=subject.clone()/>
            <div><h1>{subject.clone()}</h1><p class="muted">{note}</p></div>
            <iframe class="mail-frame" title=html_title sandbox="allow-popups" src=format!("{}/html", mail_href(mail.head.id))></iframe>
            <section class="section"><h2>{t!(reader, "public-mail-text")}</h2><pre class="mail-text">{mail.text.clone()}</pre></section>
            {calendar}
        </div></div>
    }
    .into_any();
    site(subject.clone(), body)
}
