//! `/student/settings`: who the student is here, and how they read.

use domain::Member;
use i18n::{Locale, t};
use kernel::{Role, urls};
use leptos::prelude::*;
use ui::prelude::*;
use web::{Portal, PortalShell, RequestCx, page, zone_choices};

/// `/student/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    page(async |cx| {
        let member = cx.actor()?.require(Role::Student)?.clone();
        Ok(view(&cx, member))
    })
}

fn view(cx: &RequestCx, member: Member) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "common-settings");
    let saved = urls::with_query(urls::student::SETTINGS, &[("done", "student-done-settings")]);
    let themes = theme_choice(cx, &saved);
    let reading = reading_form(cx, saved);
    view! {
        <PortalShell portal=Portal::Student title=title.clone()>
            <PageHead title=title/>
            <div class="stack stack-8 max-w-[480px]">
                <section class="stack stack-3" aria-labelledby="you">
                    <h2 id="you">{t!(locale, "student-settings-you")}</h2>
                    <dl class="kv">
                        <dt>{t!(locale, "common-name")}</dt>
                        <dd class="mid">{member.name}</dd>
                        <dt>{t!(locale, "common-email")}</dt>
                        <dd class="mid">{member.email}</dd>
                    </dl>
                    <p class="t-12 faint">{t!(locale, "student-settings-you-note")}</p>
                    <p><a class="link" href=urls::SECURITY>{t!(locale, "accounts-security-title")}</a></p>
                </section>
                <section class="stack stack-3" aria-labelledby="reading">
                    <h2 id="reading">{t!(locale, "common-language-and-zone")}</h2>
                    {reading}
                </section>
                <section class="stack stack-3" aria-labelledby="look">
                    <h2 id="look">{t!(locale, "common-theme")}</h2>
                    {themes}
                </section>
            </div>
        </PortalShell>
    }
    .into_any()
}

fn theme_choice(cx: &RequestCx, next: &str) -> AnyView {
    let locale = cx.locale();
    let labels = ThemeLabels {
        legend: t!(locale, "common-theme"),
        light: t!(locale, "common-theme-light"),
        dark: t!(locale, "common-theme-dark"),
        system: t!(locale, "common-theme-system"),
    };
    view! { <ThemeChoice action=urls::PREFERENCES next=next current=cx.preferences().theme labels=labels/> }.into_any()
}

fn reading_form(cx: &RequestCx, next: String) -> AnyView {
    let locale = cx.locale();
    let own = cx.reader().zone_name.as_str().to_owned();
    let languages = cx.actor().map(|actor| actor.tenant.locales.clone()).unwrap_or_default();
    let languages = languages
        .iter()
        .filter_map(|tag| Locale::parse(tag, false))
        .map(|offered| Choice::new(offered.tag(), offered.name()))
        .collect::<Vec<_>>();
    let choices = zone_choices(cx.reader(), &own);
    view! {
        <form method="post" action=urls::PREFERENCES class="stack stack-4">
            <input type="hidden" name="next" value=next/>
            <SelectField name="locale" label=t!(locale, "common-language") choices=languages value=locale.tag()/>
            <SelectField name="zone" label=t!(locale, "common-time-zone") hint=t!(locale, "student-settings-zone-hint") choices=choices value=own/>
            <div><Button tone=Tone::Primary>{t!(locale, "student-settings-save")}</Button></div>
        </form>
    }
    .into_any()
}
