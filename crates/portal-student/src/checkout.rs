//! Paying for a held slot, and what the buyer finds on the way back from the payment page.

mod lost;
mod pay;
mod returned;

pub use lost::HoldAgainForm;
pub use pay::{CheckoutPage, GiveUpForm, PayForm};
pub use returned::ReturnPage;

use crate::parts::{When, kind_and_length};
use domain::orders::OrderLine;
use i18n::t;
use leptos::prelude::*;
use ui::prelude::*;
use web::RequestCx;

/// Where the buyer is: choosing a time, paying, or done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Time,
    Pay,
    Done,
}

/// The steps in the header.
fn steps(cx: &RequestCx, at: At) -> AnyView {
    let locale = cx.locale();
    let (current, number) = match at {
        At::Time => (0, 1),
        At::Pay => (1, 2),
        At::Done => (3, 3),
    };
    let items = ["checkout-step-time", "checkout-step-pay", "checkout-step-done"].map(|key| Step::new(i18n::t(locale, key))).to_vec();
    view! {
        <p class="co-step only-m t-12 muted num">{t!(locale, "checkout-step-of", number = number, all = items.len())}</p>
        <div class="co-steps hide-m">
            <Steps label=t!(locale, "checkout-steps") items=items current=current done_label=t!(locale, "checkout-step-finished")/>
        </div>
    }
    .into_any()
}

/// Who teaches what and when.
fn lesson(cx: &RequestCx, line: &OrderLine) -> AnyView {
    let when = When::new(cx, line.starts_at, line.ends_at, &line.zone, &line.tutor.name).view(line.starts_at);
    let what = kind_and_length(cx, line.kind, line.duration_minutes);
    view! {
        <div class="row row-3">
            <Avatar id=line.tutor.id.to_string() name=line.tutor.name.clone() size=AvatarSize::S40/>
            <div class="grow">
                <p class="strong t-16">{line.tutor.name.clone()}</p>
                <p class="muted">{line.title.clone()}</p>
            </div>
        </div>
        <div class="co-facts">
            <Icon name=Glyph::Calendar/>
            <div>{when}</div>
            <Icon name=Glyph::Video/>
            <p>{what}</p>
        </div>
    }
    .into_any()
}
