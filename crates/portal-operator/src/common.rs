//! What the pages of the console share.

use domain::{
    operations::NEEDS_TWO_STEP,
    tenancy::{Standing, Tenant},
};
use i18n::{Reader, t};
use jiff::Timestamp;
use kernel::{AppError, Flag, flag::Decisions, urls};
use leptos::prelude::*;
use ui::prelude::*;
use web::{FormFields, Portal, PortalShell, PublicShell, RequestCx, page};

/// A page of the console. An operator without a second factor is led to where it is switched on.
pub fn console<F, Fut>(load: F) -> impl IntoView
where
    F: FnOnce(RequestCx) -> Fut + Send + 'static,
    Fut: Future<Output = Result<AnyView, AppError>> + Send + 'static,
{
    page(async move |cx: RequestCx| match load(cx.clone()).await {
        Err(AppError::Conflict(code)) if code == NEEDS_TWO_STEP => Ok(two_step_first(&cx)),
        answer => answer,
    })
}

fn two_step_first(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "operator-two-step-title");
    let (body, button) = (t!(locale, "operator-two-step-body"), t!(locale, "accounts-security-title"));
    view! {
        <PublicShell title=title.clone()>
            <div class="page"><div class="text-page stack stack-4">
                <h1>{title.clone()}</h1>
                <p class="read muted">{body}</p>
                <div><LinkButton href=urls::SECURITY tone=Tone::Primary icon=Glyph::ShieldCheck>{button}</LinkButton></div>
            </div></div>
        </PublicShell>
    }
    .into_any()
}

/// A page in the console's frame.
pub fn frame(title: &str, main: AnyView) -> AnyView {
    view! { <PortalShell portal=Portal::Operator title=title.to_owned()>{main}</PortalShell> }.into_any()
}

/// An instant in words.
pub fn moment(reader: &Reader, at: Timestamp) -> AnyView {
    let title = format!("{} {}", reader.date_time_long(at), reader.zone_label(at));
    view! { <TimeText iso=at.to_string() text=reader.date_time(at) title=title/> }.into_any()
}

/// A school's standing as a badge.
pub fn standing_badge(reader: &Reader, tenant: &Tenant, is_leaving: bool) -> AnyView {
    let (mood, key) = match tenant.standing {
        Standing::Active => (Mood::Ok, "operator-standing-active"),
        Standing::Suspended if is_leaving => (Mood::Bad, "operator-standing-leaving"),
        Standing::Suspended => (Mood::Warn, "operator-standing-suspended"),
        Standing::Deleted => (Mood::Line, "operator-standing-deleted"),
    };
    let text = i18n::t(reader, key);
    view! { <Badge mood=mood>{text}</Badge> }.into_any()
}

/// A choice for each flag: as it was decided, on, or off. `undecided` says what happens without a decision.
pub fn flag_fields(reader: &Reader, form: &FormFields, flags: &[Flag], decided: &Decisions, undecided: &str, with_on: bool) -> AnyView {
    let fields = flags.iter().map(|flag| {
        let kept = match decided.get(flag.key()) {
            Some(true) => "on",
            Some(false) => "off",
            None => "",
        };
        let mut choices = vec![Choice::new("", undecided.to_owned())];
        if with_on {
            choices.push(Choice::new("on", t!(reader, "operator-flag-on")));
        }
        choices.push(Choice::new("off", t!(reader, "operator-flag-off")));
        let name = flag.key().replace('-', "_");
        let value = form.value(&name, kept);
        let (label, hint) =
            (i18n::t(reader, &format!("common-flag-{}", flag.key())), i18n::t(reader, &format!("common-flag-{}-hint", flag.key())));
        view! { <SelectField name=name.clone() label=label hint=hint choices=choices value=value error=form.error(&name)/> }
    });
    fields.collect_view().into_any()
}
