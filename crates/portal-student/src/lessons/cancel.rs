//! `/student/lessons/{booking}/cancel`: what comes back, to the penny, before it is done.

use crate::parts::{When, kind_and_length, minutes_between};
use domain::booking::{self, CancelOffer};
use i18n::t;
use kernel::{AppError, Role, ids::BookingId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, Portal, PortalShell, RequestCx, cx, page, param, redirect_with};

/// Cancels a lesson; what comes back is what the page said.
#[server(name = CancelForm, prefix = "/api", endpoint = "student/cancel_lesson")]
pub async fn cancel_lesson(booking: BookingId, expected_refund_minor: i64) -> Result<(), AppError> {
    let cx = cx()?;
    cx.actor()?.require(Role::Student)?;
    booking::cancel(cx.services(), cx.actor()?, booking, expected_refund_minor).await?;
    redirect_with(&urls::student::lesson(booking), "student-done-cancelled");
    Ok(())
}

/// `/student/lessons/{booking}/cancel`
#[component]
pub fn CancelPage() -> impl IntoView {
    let id = param::<BookingId>("booking");
    page(async move |cx| {
        let id = id.ok_or(AppError::NotFound)?;
        cx.actor()?.require(Role::Student)?;
        match booking::cancellation_offer(cx.services(), cx.actor()?, id).await.map_err(AppError::from) {
            Ok(offer) => Ok(view(&cx, &offer)),
            Err(AppError::Conflict(code)) => Ok(not_possible(&cx, id, &code)),
            Err(error) => Err(error),
        }
    })
}

fn view(cx: &RequestCx, offer: &CancelOffer) -> AnyView {
    let locale = cx.locale();
    let reader = cx.reader();
    let lesson = &offer.booking;
    let form = cx.fields(CancelForm::PATH);
    let title = t!(locale, "student-cancel-title");
    let page = urls::student::lesson(lesson.id);
    let when = When::new(cx, lesson.starts_at, lesson.ends_at, &lesson.zone, &lesson.tutor.name).view(lesson.starts_at);
    let what = kind_and_length(cx, lesson.kind, minutes_between(lesson.starts_at, lesson.ends_at));
    let what = t!(locale, "student-with-and-what", tutor = lesson.tutor.name.clone(), what = what);
    let refund = reader.money(offer.refund);
    let stands =
        t!(locale, "student-refund-stands", when = reader.date_time(offer.stands_until), zone = reader.zone_label(offer.stands_until));
    let (id, name, paid, back) = (lesson.id.to_string(), lesson.title.clone(), lesson.price, offer.refund);
    let paid_text = reader.money(paid);
    let kept = lesson.price.checked_sub(offer.refund).filter(|kept| kept.minor > 0);
    let kept = kept.map(|kept| {
        let text = reader.money(kept);
        view! { <div><dt>{t!(locale, "student-refund-kept")}</dt><dd><MoneyText amount=kept text=text/></dd></div> }
    });
    let button = if offer.refund.minor > 0 {
        t!(locale, "student-cancel-and-refund", amount = refund.clone())
    } else {
        t!(locale, "student-cancel-without-refund")
    };
    view! {
        <PortalShell portal=Portal::Student title=title.clone()>
            <PageHead title=title back_href=page.clone() back_label=name.clone()/>
            <div class="stack stack-6 max-w-[520px]">
                {form.summary()}
                <section class="stack stack-3" aria-labelledby="lesson">
                    <div>
                        <h2 id="lesson">{name}</h2>
                        <p class="muted">{what}</p>
                    </div>
                    <div>{when}</div>
                </section>
                <dl class="lines">
                    <div><dt>{t!(locale, "student-refund-paid")}</dt><dd><MoneyText amount=paid text=paid_text/></dd></div>
                    {kept}
                    <div class="tot due"><dt>{t!(locale, "student-refund-back")}</dt><dd><MoneyText amount=back text=refund/></dd></div>
                </dl>
                <p class="muted">{stands}</p>
                <form method="post" action=CancelForm::PATH class="row row-3 wrap">
                    <HiddenPage/>
                    <input type="hidden" name="booking" value=id/>
                    <input type="hidden" name="expected_refund_minor" value=back.minor.to_string()/>
                    <Button tone=Tone::Danger busy_label=t!(locale, "student-cancel-busy")>{button}</Button>
                    <LinkButton href=page>{t!(locale, "student-cancel-keep")}</LinkButton>
                </form>
            </div>
        </PortalShell>
    }
    .into_any()
}

/// The lesson has begun, or is cancelled already.
fn not_possible(cx: &RequestCx, id: BookingId, code: &str) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "student-cancel-impossible");
    let reason = cx.reader().app_error(&AppError::Conflict(code.to_owned().into()));
    view! {
        <PortalShell portal=Portal::Student title=title.clone()>
            <PageHead title=title.clone()/>
            <Empty title=reason icon=Glyph::CalendarX>
                <LinkButton href=urls::student::lesson(id)>{t!(locale, "student-to-lesson")}</LinkButton>
            </Empty>
        </PortalShell>
    }
    .into_any()
}
