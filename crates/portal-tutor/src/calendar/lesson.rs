//! `/tutor/lessons/…`: one lesson, its money, and the way to cancel it.

use crate::common::{figure, frame, kind_label, length, lesson_minutes};
use crate::week::Week;
use domain::{
    booking::{self, BookingDetail, BookingStatus, CancelOffer},
    ledger::{self, OrderShare},
};
use i18n::{Reader, t};
use kernel::{
    AppError, Money,
    ids::{BookingId, LessonId},
    urls,
};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, Wide, cx, page, param, redirect_with};

/// Cancels one of the tutor's lessons; `refund` is what the confirmation said comes back, in
/// minor units.
#[server(name = CancelLessonForm, prefix = "/api", endpoint = "tutor/cancel_lesson")]
pub async fn cancel_lesson(lesson: LessonId, booking: BookingId, refund: i64) -> Result<(), AppError> {
    let cx = cx()?;
    // Only a tutor's own lesson is cancelled here, even by one who is an admin too.
    let own = booking::tutor_lesson(cx.services(), cx.actor()?, lesson).await?;
    if own.booking.id != booking {
        return Err(AppError::NotFound);
    }
    booking::cancel(cx.services(), cx.actor()?, booking, refund).await?;
    redirect_with(&urls::tutor_portal::lesson(lesson), "tutor-done-cancelled");
    Ok(())
}

/// `/tutor/lessons/…`
#[component]
pub fn LessonPage() -> impl IntoView {
    let lesson = param::<LessonId>("lesson");
    page(async move |cx| {
        let (services, actor) = (cx.services(), cx.actor()?);
        // Who is nobody signs in first, whatever the address says.
        actor.member()?;
        let detail = booking::tutor_lesson(services, actor, lesson.ok_or(AppError::NotFound)?).await?;
        let share = ledger::order_share(services, actor, detail.booking.order).await?;
        let offer = if detail.can_cancel { Some(booking::cancellation_offer(services, actor, detail.booking.id).await?) } else { None };
        Ok(view(&cx, &detail, share, offer.as_ref()))
    })
}

fn view(cx: &RequestCx, detail: &BookingDetail, share: OrderShare, offer: Option<&CancelOffer>) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let booking = &detail.booking;
    let week = Week::of(reader.date(booking.starts_at)).first.to_string();
    let back = urls::with_query(urls::tutor_portal::CALENDAR, &[("week", &week)]);
    let badge = status(reader, detail, cx);
    let cancelled = cancelled(reader, detail);
    let summary = cx.fields(CancelLessonForm::PATH).summary();
    let cancel = offer.map(|offer| cancel(cx, offer, share));
    let page = view! {
        <PageHead title=booking.title.clone() back_href=back back_label=t!(locale, "tutor-lesson-back")>{badge}</PageHead>
        {summary}
        {cancelled}
        <div class="cols">
            {facts(cx, detail)}
            <div class="stack stack-8">
                {money(reader, detail, share)}
                {cancel}
            </div>
        </div>
    };
    frame(&booking.title, Wide::No, page.into_any())
}

fn status(reader: &Reader, detail: &BookingDetail, cx: &RequestCx) -> AnyView {
    let (mood, text) = if detail.booking.status == BookingStatus::Cancelled {
        (Mood::Bad, t!(reader, "tutor-lesson-cancelled"))
    } else if detail.booking.ends_at <= cx.now() {
        (Mood::Neutral, t!(reader, "tutor-lesson-taught"))
    } else {
        (Mood::Neutral, t!(reader, "tutor-lesson-confirmed"))
    };
    view! { <Badge mood=mood>{text}</Badge> }.into_any()
}

/// Who cancelled and when.
fn cancelled(reader: &Reader, detail: &BookingDetail) -> Option<AnyView> {
    let at = reader.date_time(detail.booking.cancelled_at?);
    let title = match &detail.cancelled_by {
        Some(by) => t!(reader, "tutor-lesson-cancelled-by", name = by.name.clone(), when = at),
        None => t!(reader, "tutor-lesson-cancelled-at", when = at),
    };
    let body = t!(reader, "tutor-lesson-refunded", amount = reader.money(detail.refunded), name = detail.booking.student.name.clone());
    Some(view! { <Callout title=title class="mb-6">{body}</Callout> }.into_any())
}

fn facts(cx: &RequestCx, detail: &BookingDetail) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let booking = &detail.booking;
    let own = reader.in_zone(booking.zone.clone());
    // Two names of one clock are not worth a second line.
    let elsewhere = reader.zone.to_offset(booking.starts_at) != own.zone.to_offset(booking.starts_at);
    let when = |reader: &Reader| {
        view! {
            <p class="mid num">{reader.date_long(booking.starts_at)}", "{reader.time_range(booking.starts_at, booking.ends_at)}</p>
            <p class="t-12 muted">{reader.zone_label(booking.starts_at)}</p>
        }
        .into_any()
    };
    let second = elsewhere.then(|| view! { <dt>{t!(locale, "tutor-lesson-when-hours")}</dt><dd>{when(&own)}</dd> });
    let student = booking.student.clone();
    view! {
        <dl class="kv content-start">
            <dt>{t!(locale, "tutor-lesson-student")}</dt>
            <dd class="row"><Avatar id=student.id.to_string() name=student.name.clone() size=AvatarSize::S24/>{student.name}</dd>
            <dt>{t!(locale, "tutor-lesson-when")}</dt>
            <dd>{when(reader)}</dd>
            {second}
            <dt>{t!(locale, "tutor-lesson-kind")}</dt>
            <dd>{kind_label(reader, booking.kind)}", "{length(reader, lesson_minutes(booking))}</dd>
            <dt>{t!(locale, "tutor-lesson-order")}</dt>
            <dd class="num"><bdi dir="ltr">{detail.order_number.clone()}</bdi></dd>
        </dl>
    }
    .into_any()
}

fn money(reader: &Reader, detail: &BookingDetail, share: OrderShare) -> AnyView {
    let taken =
        |label: String, amount: Money| (amount.minor != 0).then(|| figure(label, reader.money(Money::new(-amount.minor, amount.currency))));
    view! {
        <section aria-labelledby="money">
            <h2 id="money">{t!(reader, "tutor-lesson-money")}</h2>
            <dl class="lines mt-2">
                {figure(t!(reader, "tutor-lesson-paid"), reader.money(detail.booking.price))}
                {taken(t!(reader, "tutor-lesson-given-back"), detail.refunded)}
                {taken(t!(reader, "tutor-lesson-commission"), share.commission)}
                <div class="tot"><dt>{t!(reader, "tutor-lesson-share")}</dt><dd>{reader.money(share.share)}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}

/// The way to cancel: a dialog that says what happens to the money.
fn cancel(cx: &RequestCx, offer: &CancelOffer, share: OrderShare) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let booking = &offer.booking;
    let amount = reader.money(offer.refund);
    let (lesson, id) = (booking.lesson.to_string(), booking.id.to_string());
    let refund = offer.refund.minor.to_string();
    let body =
        t!(locale, "tutor-cancel-body", name = booking.student.name.clone(), amount = amount.clone(), share = reader.money(share.share));
    view! {
        <section aria-labelledby="cancel-h">
            <h2 id="cancel-h">{t!(locale, "tutor-cancel-title")}</h2>
            <p class="muted mt-1 mb-3">{t!(locale, "tutor-cancel-hint")}</p>
            <LinkButton href="#cancel" dialog="cancel" tone=Tone::DangerQuiet>{t!(locale, "tutor-cancel-open")}</LinkButton>
        </section>
        <Dialog id="cancel" title=t!(locale, "tutor-cancel-question", when = reader.date_time(booking.starts_at)) close_label=t!(locale, "common-close")>
            <p>{body}</p>
            <form method="post" action=CancelLessonForm::PATH>
                <HiddenPage/>
                <input type="hidden" name="lesson" value=lesson/>
                <input type="hidden" name="booking" value=id/>
                <input type="hidden" name="refund" value=refund/>
                <DialogFoot>
                    <LinkButton href="#-" attr:data-close="">{t!(locale, "tutor-cancel-keep")}</LinkButton>
                    <Button tone=Tone::Danger busy_label=t!(locale, "tutor-cancel-busy")>{t!(locale, "tutor-cancel-button", amount = amount)}</Button>
                </DialogFoot>
            </form>
        </Dialog>
    }
    .into_any()
}
