//! The booking panel beside a tutor's profile; on phones a sheet.

use domain::catalogue::{TutorTimes, TutorWithTimes};
use i18n::t;
use islands::booking::{BookQuery, BookingCalendar, HoldForm, panel::calendar};
use kernel::{AppError, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::RequestCx;

/// The panel. It is open from the start on phones when a time is chosen or a hold was refused.
pub async fn panel(cx: &RequestCx, query: &BookQuery, found: &TutorWithTimes) -> Result<AnyView, AppError> {
    let reader = cx.reader();
    let form = cx.fields(HoldForm::PATH);
    let refused = form.error("").or_else(|| form.is_refused().then(|| t!(reader, "error-malformed")));
    let drawn = calendar(cx, query, &TutorTimes::from(found)).await?;
    let open = refused.is_some() || drawn.chosen;
    let refusal = refused.map(|message| {
        view! { <Callout mood=Mood::Bad role="alert" title=t!(reader, "booking-refused") class="mb-3">{message}</Callout> }
    });
    let close = if open { urls::tutor(&found.tutor.slug) } else { "#main".to_owned() };
    let view = drawn.view;
    Ok(view! {
        <section class=if open { "book sheet-m is-open" } else { "book sheet-m" } id="book" aria-labelledby="book-title">
            <div class="head">
                <h2 id="book-title">{t!(reader, "booking-title")}</h2>
                <IconLink href=close label=t!(reader, "booking-close") icon=Glyph::X size=Size::Small icon_size=IconSize::Large class="only-m"/>
            </div>
            {refusal}
            <BookingCalendar slug=found.tutor.slug.clone() failed=t!(reader, "booking-failed") retry=t!(reader, "common-retry")>{view}</BookingCalendar>
        </section>
    }
    .into_any())
}
