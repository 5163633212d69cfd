//! Getting in: sign-up, sign-in here and elsewhere, passwords, and where somebody is signed in.

pub mod agree;
pub mod consent;
pub mod elsewhere;
pub mod invitation;
pub mod passkey;
pub mod passkeys;
pub mod password;
pub mod privacy;
pub mod schools;
pub mod second_factor;
pub mod security;
pub mod sign_in;
pub mod sign_up;
pub mod support;
pub mod two_step;
pub mod verify;

use domain::{accounts::Login, policies};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{HiddenPage, Kept, PublicShell, RequestCx, redirect, start_login};

/// Where to go after signing in.
#[derive(Default, Deserialize)]
struct Next {
    #[serde(default)]
    pub next: String,
}

/// The wanted page, or the school's front page.
fn landing(next: &str) -> &str {
    if next.is_empty() { urls::HOME } else { next }
}

/// Starts a login session and goes to the wanted page, or to the member's own portal; first to what they have to agree to.
async fn enter(login: Login, next: &str) -> Result<(), AppError> {
    start_login(login).await?;
    Kept::Challenge.forget();
    let cx = web::cx()?;
    // Who has something to agree to sees it now; they can go on without.
    let due = policies::due(cx.services(), cx.visitor(), login.member).await?;
    match next {
        next if due => redirect(&urls::agree(next)),
        "" => redirect(urls::ACCOUNT),
        next => redirect(next),
    }
    Ok(())
}

/// What a passkey is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ceremony {
    /// To show one.
    Get,
    /// To make one.
    Create,
}

/// A form that a passkey's answer is sent with. It takes the page's script; `fields` stand before the button.
fn passkey_form(cx: &RequestCx, action: &'static str, ceremony: Ceremony, options: String, fields: AnyView, button: String) -> AnyView {
    let locale = cx.locale();
    let how = match ceremony {
        Ceremony::Get => "get",
        Ceremony::Create => "create",
    };
    view! {
        <form method="post" action=action class="stack stack-4" hidden data-needs="passkey" data-passkey=how data-options=options>
            <HiddenPage/>
            <input type="hidden" name="credential"/>
            {fields}
            <p class="err" hidden data-failed="" role="alert"><Icon name=Glyph::CircleAlert/><span>{t!(locale, "error-passkey")}</span></p>
            <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true icon=Glyph::KeyRound>{button}</Button>
        </form>
        <noscript><p class="muted">{t!(locale, "accounts-passkey-script")}</p></noscript>
    }
    .into_any()
}

/// The button at the end of a list's row, which does something to the one that the row is about: `field` names it to
/// `action`. `label` says to a screen reader which one.
fn row_button(action: &'static str, field: &'static str, value: String, text: String, label: String) -> AnyView {
    view! {
        <form method="post" action=action>
            <HiddenPage/>
            <input type="hidden" name=field value=value/>
            <Button tone=Tone::Ghost size=Size::Small kind=ButtonKind::Submit aria_label=label>{text}</Button>
        </form>
    }
    .into_any()
}

/// A page with one form: its title, a line about it, the form.
fn frame(title: String, lead: AnyView, body: AnyView) -> AnyView {
    view! {
        <PublicShell title=title.clone()>
            <div class="page narrow stack stack-5">
                <div><h1>{title.clone()}</h1><p class="muted mt-1">{lead}</p></div>
                {body}
            </div>
        </PublicShell>
    }
    .into_any()
}

/// The page of a code or link that works no more, with the way to another.
fn over(title: String, problems: AnyView, body: String, href: &'static str, again: String) -> AnyView {
    view! {
        <PublicShell title=title.clone()>
            <div class="page narrow stack stack-5">
                <h1 class="sr">{title.clone()}</h1>
                {problems}
                <Empty title=title.clone() body=body icon=Glyph::Mail>
                    <LinkButton href=href tone=Tone::Primary>{again}</LinkButton>
                </Empty>
            </div>
        </PublicShell>
    }
    .into_any()
}
