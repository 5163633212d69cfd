//! `/preferences`: language and time zone.

use i18n::{Locale, t};
use kernel::urls;
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{PublicShell, RequestCx, Site, page, zone_choices};

#[derive(Default, Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

/// `/preferences`
#[component]
pub fn PreferencesPage() -> impl IntoView {
    page(async |cx| Ok(view(&cx)))
}

fn view(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let zone = cx.reader().zone_name.as_str().to_owned();
    let next = cx.query::<Next>().next;
    let title = t!(locale, "common-language-and-zone");
    let offered: Vec<String> = match cx.site() {
        Site::Tenant(actor) => actor.tenant.locales.clone(),
        Site::Platform(_) => Locale::ALL.iter().map(|locale| locale.tag().to_owned()).collect(),
    };
    let languages = offered
        .iter()
        .filter_map(|tag| Locale::parse(tag, false))
        .map(|locale| Choice::new(locale.tag(), locale.name()))
        .collect::<Vec<_>>();
    let zones = zone_choices(cx.reader(), &zone);
    view! {
        <PublicShell title=title.clone()>
            <div class="page narrow stack stack-5">
                <h1>{title.clone()}</h1>
                <form method="post" action=urls::PREFERENCES class="stack stack-4">
                    <input type="hidden" name="next" value=next/>
                    <SelectField name="locale" label=t!(locale, "common-language") choices=languages value=locale.tag()/>
                    <SelectField name="zone" label=t!(locale, "common-time-zone") choices=zones value=zone/>
                    <Button tone=Tone::Primary kind=ButtonKind::Submit block=true>{t!(locale, "common-save")}</Button>
                </form>
            </div>
        </PublicShell>
    }
    .into_any()
}
