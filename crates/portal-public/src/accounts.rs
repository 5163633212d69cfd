//! Getting in: sign-up, sign-in, passwords, and where somebody is signed in.

pub mod invitation;
pub mod password;
pub mod security;
pub mod sign_in;
pub mod sign_up;

use kernel::urls;
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::PublicShell;

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
