//! `/terms` and `/privacy-notice`: the school's own documents, each version of them.

use crate::accounts::consent;
use domain::policies::{self, PolicyKind, Reading, VersionHead};
use i18n::{Locale, t};
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{PublicShell, RequestCx, page};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    version: Option<i32>,
}

/// `/terms?version=…`
#[component]
pub fn TermsPage() -> impl IntoView {
    document(PolicyKind::Terms)
}

/// `/privacy-notice?version=…`
#[component]
pub fn PrivacyNoticePage() -> impl IntoView {
    document(PolicyKind::Privacy)
}

fn document(kind: PolicyKind) -> impl IntoView {
    page(async move |cx| {
        let number = cx.query::<Wanted>().version;
        let reading = policies::read(cx.services(), cx.actor()?, kind, number, cx.locale().tag()).await?;
        Ok(view(&cx, reading))
    })
}

fn version(cx: &RequestCx, head: &VersionHead) -> String {
    t!(cx.reader(), "policies-version", number = head.number.to_string(), date = cx.reader().date_long(head.published_at))
}

fn view(cx: &RequestCx, reading: Reading) -> AnyView {
    let locale = cx.locale();
    let Reading { head, language, html, all } = reading;
    let (title, of) = (consent::name(cx, head.kind), version(cx, &head));
    let earlier = all.first().is_some_and(|latest| latest.number != head.number).then(|| {
        view! {
            <Callout mood=Mood::Warn>
                {t!(locale, "policies-earlier")}" "<a class="link" href=head.kind.page()>{t!(locale, "policies-see-current")}</a>
            </Callout>
        }
    });
    let other = (language != locale.tag()).then(|| {
        let name = Locale::parse(&language, false).map_or_else(|| language.clone(), |language| language.name().to_owned());
        view! { <p class="muted">{t!(locale, "policies-in-language", language = name)}</p> }
    });
    let versions = (all.len() > 1).then(|| {
        let current = all.first().map(|latest| latest.number);
        let rows = all
            .iter()
            .map(|one| {
                let end = (Some(one.number) == current).then(|| {
                    let text = t!(locale, "policies-current");
                    view! { <Badge>{text}</Badge> }
                });
                view! { <ListRow title=version(cx, one) href=one.page() current=one.number == head.number end=end.into_any()/> }
            })
            .collect_view();
        view! {
            <section class="section" aria-labelledby="versions">
                <h2 id="versions">{t!(locale, "policies-versions")}</h2>
                <List ruled=true>{rows}</List>
            </section>
        }
    });
    view! {
        <PublicShell title=title.clone()>
            <div class="page">
                <div class="text-page stack stack-6">
                    <div><h1>{title.clone()}</h1><p class="muted mt-1">{of}</p></div>
                    {earlier}
                    {other}
                    // Made of Markdown, without anything but its own markup: see domain::policies.
                    <div class="read doc" lang=language inner_html=html></div>
                    {versions}
                </div>
            </div>
        </PublicShell>
    }
    .into_any()
}
