//! `/checkout/{order}`: the slot is held, what it costs, and the way to the payment page.

use super::{At, lesson, lost, returned, steps};
use crate::parts::{kind_and_length, policy_bar};
use domain::{
    booking,
    orders::{self, HoldClock, OrderDetail, OrderLine, OrderPayment, OrderStatus},
    payments::{self, PaymentStatus, Returned},
};
use i18n::t;
use kernel::{AppError, ids::OrderId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, PublicShell, RequestCx, cx, page, param, redirect, redirect_external, refresh_after};

/// A hold's length in seconds: what the bar of the countdown is measured against.
const HOLD_SECONDS: u64 = 600;

/// Leads to the payment page of a held order.
#[server(name = PayForm, prefix = "/api", endpoint = "checkout/pay")]
pub async fn pay(order: OrderId) -> Result<(), AppError> {
    let cx = cx()?;
    let url = payments::start_checkout(cx.services(), cx.actor()?, order).await?;
    redirect_external(&url);
    Ok(())
}

/// Gives a held slot back before it runs out.
#[server(name = GiveUpForm, prefix = "/api", endpoint = "checkout/give_up")]
pub async fn give_up(order: OrderId) -> Result<(), AppError> {
    let cx = cx()?;
    booking::give_up(cx.services(), cx.actor()?, order).await?;
    redirect(&urls::checkout(order));
    Ok(())
}

/// `/checkout/{order}`
#[component]
pub fn CheckoutPage() -> impl IntoView {
    let id = param::<OrderId>("order");
    page(async move |cx| {
        let pending = orders::pending(cx.services(), cx.actor()?, id.ok_or(AppError::NotFound)?).await?;
        let line = pending.detail.lines.first().cloned().ok_or(AppError::NotFound)?;
        let hold = pending.hold.filter(|hold| hold.expires_at > hold.database_now);
        match hold {
            Some(hold) => Ok(view(&cx, &pending.detail, &line, hold)),
            None => over(&cx, pending.detail, &line).await,
        }
    })
}

/// The page of an order that holds nothing any more. Before it says that nothing was charged,
/// it asks Stripe about a payment page that was open.
async fn over(cx: &RequestCx, mut detail: OrderDetail, line: &OrderLine) -> Result<AnyView, AppError> {
    let (services, actor, id) = (cx.services(), cx.actor()?, detail.order.id);
    let unknown = |payment: &OrderPayment| matches!(payment.status, PaymentStatus::Created | PaymentStatus::Open);
    if detail.payment.as_ref().is_some_and(unknown) {
        match payments::return_from_checkout(services, actor, id).await? {
            Returned::Booked | Returned::Cancelled | Returned::NotBooked => detail = orders::student_order(services, actor, id).await?,
            Returned::Unknown => return Ok(returned::still_open(cx, id)),
            Returned::Open | Returned::Lapsed => {}
        }
    }
    match detail.order.status {
        OrderStatus::Pending | OrderStatus::Lapsed | OrderStatus::Cancelled if detail.refunds.is_empty() => {
            lost::page_of(cx, &detail, line).await
        }
        _ => returned::page_of(cx, &detail, line).await,
    }
}

fn view(cx: &RequestCx, detail: &OrderDetail, line: &OrderLine, hold: HoldClock) -> AnyView {
    let locale = cx.locale();
    let id = detail.order.id;
    let left = u64::try_from(hold.expires_at.duration_since(hold.database_now).as_secs()).unwrap_or_default();
    // The page tells by itself when the time is up. A second more, so that it is.
    refresh_after(u32::try_from(left + 1).unwrap_or_default(), &urls::checkout(id));
    let title = t!(locale, "checkout-title");
    let pay_form = cx.fields(PayForm::PATH);
    let give_up_form = cx.fields(GiveUpForm::PATH);
    let left_page =
        (!pay_form.is_refused() && detail.payment.as_ref().is_some_and(|payment| payment.status == PaymentStatus::Open)).then(|| {
            view! { <Callout title=t!(locale, "checkout-not-paid-title")>{t!(locale, "checkout-not-paid-body")}</Callout> }
        });
    let hold_bar = hold_bar(cx, line, hold, left);
    let about = lesson(cx, line);
    let policy = policy(cx, detail, line);
    let sum = sum(cx, detail, line);
    let pay_label = t!(locale, "checkout-pay", amount = cx.reader().money(detail.order.total));
    let pay_label_below = pay_label.clone();
    let busy = t!(locale, "checkout-pay-busy");
    let other_time = urls::book(&line.tutor_slug, line.variant);
    view! {
        <PublicShell title=title.clone() middle=steps(cx, At::Pay)>
            <div class="page co-page">
                <LinkButton href=other_time tone=Tone::Ghost size=Size::Small class="co-back">
                    <Icon name=Glyph::ArrowLeft flip=true/>{t!(locale, "checkout-other-time")}
                </LinkButton>
                <h1 class="mt-2">{title.clone()}</h1>
                <div class="stack stack-4 mt-4 empty:hidden">{pay_form.summary()}{give_up_form.summary()}{left_page}</div>
                <div class="co">
                    {hold_bar}
                    <div class="co-main">
                        <section aria-labelledby="card">
                            <h2 id="card">{t!(locale, "checkout-card-title")}</h2>
                            <p class="muted mt-1 measure">{t!(locale, "checkout-card-body")}</p>
                        </section>
                        {policy}
                        <section aria-labelledby="back">
                            <h2 id="back">{t!(locale, "checkout-give-up-title")}</h2>
                            <p class="muted mt-1">{t!(locale, "checkout-give-up-body")}</p>
                            <form method="post" action=GiveUpForm::PATH class="mt-3">
                                <HiddenPage/>
                                <input type="hidden" name="order" value=id.to_string()/>
                                <Button>{t!(locale, "checkout-give-up")}</Button>
                            </form>
                        </section>
                    </div>
                    <section class="co-about" aria-labelledby="lesson">
                        <h2 id="lesson" class="sr">{t!(locale, "checkout-your-lesson")}</h2>
                        {about}
                    </section>
                    <section class="co-sum" aria-labelledby="amount">
                        <h2 id="amount" class="sr">{t!(locale, "common-amount")}</h2>
                        {sum}
                        <form method="post" action=PayForm::PATH id="pay" class="hide-m mt-4">
                            <HiddenPage/>
                            <input type="hidden" name="order" value=id.to_string()/>
                            <Button tone=Tone::Primary size=Size::Large icon=Glyph::Lock block=true busy_label=busy.clone()>{pay_label}</Button>
                        </form>
                        <p class="t-12 faint mt-3">{t!(locale, "checkout-card-note")}</p>
                    </section>
                    <div class="paybar only-m">
                        <Button tone=Tone::Primary size=Size::Large icon=Glyph::Lock block=true form="pay" busy_label=busy>{pay_label_below}</Button>
                    </div>
                </div>
            </div>
        </PublicShell>
    }
    .into_any()
}

fn hold_bar(cx: &RequestCx, line: &OrderLine, hold: HoldClock, left: u64) -> AnyView {
    let locale = cx.locale();
    let reader = cx.reader();
    let until = t!(locale, "checkout-hold-until", time = reader.time(hold.expires_at));
    view! {
        <section class="hold" aria-label=t!(locale, "checkout-hold-label")>
            <Icon name=Glyph::Clock size=IconSize::Large/>
            <p>
                <span class="mid block">{t!(locale, "checkout-hold-title", when = reader.date_time(line.starts_at))}</span>
                <span class="t-12 muted block">{t!(locale, "checkout-hold-body")}</span>
            </p>
            <span class="t-20 strong nowrap">
                <Countdown until=hold.expires_at.to_string() now=hold.database_now.to_string() text=until
                    done=t!(locale, "checkout-hold-over") announce=t!(locale, "checkout-hold-announce", n = "{n}")/>
            </span>
            <Progress label=t!(locale, "checkout-hold-label") value=left max=HOLD_SECONDS thin=true/>
        </section>
    }
    .into_any()
}

fn policy(cx: &RequestCx, detail: &OrderDetail, line: &OrderLine) -> AnyView {
    let locale = cx.locale();
    let school = cx.actor().map(|actor| actor.tenant.name.clone()).unwrap_or_default();
    let bar = policy_bar(cx, &detail.policy, line.starts_at, detail.order.total);
    view! {
        <section aria-labelledby="policy">
            <h2 id="policy">{t!(locale, "checkout-policy-title")}</h2>
            <p class="muted mt-1 measure">{t!(locale, "checkout-policy-frozen", school = school)}</p>
            {bar}
            <p class="t-12 faint mt-3">{t!(locale, "common-times-in-zone", zone = cx.reader().zone_label(line.starts_at))}</p>
        </section>
    }
    .into_any()
}

fn sum(cx: &RequestCx, detail: &OrderDetail, line: &OrderLine) -> AnyView {
    let reader = cx.reader();
    let total = detail.order.total;
    let what = kind_and_length(cx, line.kind, line.duration_minutes);
    view! {
        <dl class="lines">
            <div><dt>{what}</dt><dd><MoneyText amount=line.price text=reader.money(line.price)/></dd></div>
            <div class="tot due"><dt>{t!(cx.locale(), "checkout-due")}</dt><dd><MoneyText amount=total text=reader.money(total)/></dd></div>
        </dl>
    }
    .into_any()
}
