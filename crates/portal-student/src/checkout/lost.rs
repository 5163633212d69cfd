//! A hold that is over: says so, and offers the same time if it is still free, and others.

use super::{At, steps};
use domain::{
    Error, availability,
    booking::{self, Alternatives, Hold},
    orders::{OrderDetail, OrderLine, OrderStatus},
};
use i18n::t;
use jiff::{SignedDuration, Timestamp, civil::Date};
use kernel::{AppError, ids::VariantId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, PublicShell, RequestCx, cx, redirect};

/// Holds another time, from the page of an order whose own is gone.
#[server(name = HoldAgainForm, prefix = "/api", endpoint = "checkout/hold")]
pub async fn hold_again(variant: VariantId, starts_at: Timestamp) -> Result<(), AppError> {
    let cx = cx()?;
    let order = booking::hold(cx.services(), cx.actor()?, Hold { variant_id: variant, starts_at }).await?;
    redirect(&urls::checkout(order));
    Ok(())
}

/// The page of an order whose hold ran out, or was given back, before anything was paid.
pub async fn page_of(cx: &RequestCx, detail: &OrderDetail, line: &OrderLine) -> Result<AnyView, AppError> {
    let (services, actor) = (cx.services(), cx.actor()?);
    let others = booking::alternatives(services, actor, detail.order.id).await?;
    let just_then = line.starts_at..line.starts_at.checked_add(SignedDuration::from_secs(1)).unwrap_or(line.starts_at);
    // A tutor who is no longer public has no times; their students' orders still have a page.
    let same = match availability::free_slots(services, actor, line.tutor.id, line.duration_minutes, just_then).await {
        Err(Error::App(AppError::NotFound)) => Vec::new(),
        found => found?,
    };
    let again = others.variant.filter(|_| !same.is_empty());
    Ok(view(cx, detail, line, again, &others))
}

fn view(cx: &RequestCx, detail: &OrderDetail, line: &OrderLine, again: Option<VariantId>, others: &Alternatives) -> AnyView {
    let locale = cx.locale();
    let given_back = detail.order.status == OrderStatus::Cancelled;
    let title = if given_back { t!(locale, "checkout-given-back-title") } else { t!(locale, "checkout-lapsed-title") };
    let when = cx.reader().date_time(line.starts_at);
    let body = if given_back {
        t!(locale, "checkout-given-back-body", when = when.clone(), tutor = line.tutor.name.clone())
    } else {
        t!(locale, "checkout-lapsed-body", when = when.clone(), tutor = line.tutor.name.clone())
    };
    let form = cx.fields(HoldAgainForm::PATH);
    let again = again.map(|variant| {
        view! {
            <form method="post" action=HoldAgainForm::PATH>
                <HiddenPage/>
                <input type="hidden" name="variant" value=variant.to_string()/>
                <input type="hidden" name="starts_at" value=line.starts_at.to_string()/>
                <Button tone=Tone::Primary size=Size::Large>{t!(locale, "checkout-hold-again", when = when)}</Button>
            </form>
        }
    });
    let other_times = other_times(cx, others, line.starts_at);
    view! {
        <PublicShell title=title.clone() middle=steps(cx, At::Time)>
            <div class="page co-narrow stack stack-6">
                {form.summary()}
                <div class="stack">
                    <h1>{title.clone()}</h1>
                    <p class="muted read">{body}</p>
                </div>
                {again}
                {other_times}
            </div>
        </PublicShell>
    }
    .into_any()
}

/// Free times with the same tutor, each a button that holds it.
pub fn other_times(cx: &RequestCx, others: &Alternatives, but: Timestamp) -> AnyView {
    let locale = cx.locale();
    let reader = cx.reader();
    let slots: Vec<Timestamp> = others.slots.iter().map(|slot| slot.start).filter(|start| *start != but).collect();
    let profile = urls::tutor(&others.tutor_slug);
    let Some(variant) = others.variant.filter(|_| !slots.is_empty()) else {
        return view! {
            <Empty title=t!(locale, "checkout-no-others-title") body=t!(locale, "checkout-no-others-body") icon=Glyph::Calendar>
                <LinkButton href=urls::TUTORS>{t!(locale, "student-find-tutor")}</LinkButton>
            </Empty>
        }
        .into_any();
    };
    let mut days: Vec<(Date, Vec<Slot>)> = Vec::new();
    for start in slots {
        let date = reader.date(start);
        let slot = Slot { text: reader.time(start), label: reader.date_time_long(start), value: start.to_string(), ..Slot::default() };
        match days.last_mut() {
            Some((last, slots)) if *last == date => slots.push(slot),
            _ => days.push((date, vec![slot])),
        }
    }
    let zone = t!(locale, "common-times-in-zone", zone = reader.zone_city());
    let days = days
        .into_iter()
        .map(|(date, slots)| {
            let day = reader.day_long(date);
            view! { <div><h3 class="mb-2">{day.clone()}</h3><SlotGrid label=day slots=slots name="starts_at"/></div> }
        })
        .collect_view();
    view! {
        <section class="stack stack-4" aria-labelledby="others">
            <div>
                <h2 id="others">{t!(locale, "checkout-others-title", tutor = others.tutor.name.clone())}</h2>
                <p class="muted">{t!(locale, "checkout-others-body")}" "{zone}</p>
            </div>
            <form method="post" action=HoldAgainForm::PATH class="stack stack-4">
                <HiddenPage/>
                <input type="hidden" name="variant" value=variant.to_string()/>
                {days}
            </form>
            <p><a class="link" href=profile>{t!(locale, "checkout-more-times")}</a></p>
        </section>
    }
    .into_any()
}
