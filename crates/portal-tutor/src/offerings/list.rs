//! The list of offerings.

use crate::common::{frame, kind_label};
use domain::catalogue::{self, MyOffering, OpenVersion, VersionStatus};
use i18n::{Reader, t};
use kernel::urls;
use leptos::prelude::*;
use ui::prelude::*;
use web::{RequestCx, Wide, page};

/// `/tutor/offerings`
#[component]
pub fn OfferingsPage() -> impl IntoView {
    page(async |cx| {
        let offerings = catalogue::offerings(cx.services(), cx.actor()?).await?;
        Ok(view(&cx, &offerings))
    })
}

fn view(cx: &RequestCx, offerings: &[MyOffering]) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let title = t!(locale, "tutor-nav-offerings");
    let (archived, current): (Vec<&MyOffering>, Vec<&MyOffering>) = offerings.iter().partition(|offering| offering.archived);
    let label = t!(locale, "tutor-offering-new");
    let new =
        view! { <LinkButton href=urls::tutor_portal::NEW_OFFERING tone=Tone::Primary icon=Glyph::Plus>{label}</LinkButton> }.into_any();
    let rows_of = |offerings: &[&MyOffering]| offerings.iter().map(|offering| row(reader, offering)).collect::<Vec<_>>();
    let (list, head) = if current.is_empty() {
        let empty = view! { <Empty icon=Glyph::Library title=t!(locale, "tutor-offerings-empty") body=t!(locale, "tutor-offerings-empty-body")>{new}</Empty> };
        (empty.into_any(), None)
    } else {
        let rows = rows_of(&current);
        (view! { <List ruled=true label=title.clone()>{rows}</List> }.into_any(), Some(new))
    };
    let archived = (!archived.is_empty()).then(|| {
        let rows = rows_of(&archived);
        view! {
            <section class="section" aria-labelledby="archived">
                <h2 id="archived">{t!(locale, "tutor-offerings-archived")}</h2>
                <List ruled=true>{rows}</List>
            </section>
        }
    });
    let page = view! {
        <PageHead title=title.clone() note=t!(locale, "tutor-offerings-note")>{head}</PageHead>
        {list}
        {archived}
    };
    frame(&title, Wide::No, page.into_any())
}

fn row(reader: &Reader, offering: &MyOffering) -> AnyView {
    let note = t!(reader, "tutor-offerings-row", kind = kind_label(reader, offering.kind), subject = offering.subject.clone());
    let price = offering.from.map(|from| t!(reader, "tutor-offerings-from", amount = reader.money(from)));
    let end = view! {
        <span class="row wrap justify-end">
            {badges(reader, offering.live, offering.open.as_ref(), offering.archived)}
            <span class="num mid nowrap min-w-24 right">{price}</span>
        </span>
    };
    view! { <ListRow title=offering.title.clone() note=note href=urls::tutor_portal::offering(offering.id) end=end.into_any()/> }.into_any()
}

/// Where an offering stands: live or not, and its version in the works.
pub(super) fn badges(reader: &Reader, live: bool, open: Option<&OpenVersion>, archived: bool) -> AnyView {
    if archived {
        let text = t!(reader, "tutor-status-archived");
        return view! { <Badge mood=Mood::Line>{text}</Badge> }.into_any();
    }
    let live = live.then(|| t!(reader, "tutor-status-live")).map(|text| view! { <Badge mood=Mood::Ok>{text}</Badge> });
    let open = open.map(|open| match open.status {
        VersionStatus::Draft => (Mood::Neutral, t!(reader, "tutor-status-draft")),
        VersionStatus::InReview => (Mood::Info, t!(reader, "tutor-status-in-review")),
        VersionStatus::NeedsChanges => (Mood::Warn, t!(reader, "tutor-status-needs-changes")),
        VersionStatus::Approved => (Mood::Ok, t!(reader, "tutor-status-live")),
    });
    let open = open.map(|(mood, text)| view! { <Badge mood=mood>{text}</Badge> });
    view! { {live}{open} }.into_any()
}
