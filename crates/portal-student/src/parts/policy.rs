//! The policy that an order froze, as a bar from now to the lesson.

use i18n::t;
use jiff::Timestamp;
use kernel::{Money, money::WHOLE_BPS, policy::CancellationPolicy};
use leptos::prelude::*;
use web::RequestCx;

/// What comes back until when. Deadlines that have passed are left out.
pub fn policy_bar(cx: &RequestCx, policy: &CancellationPolicy, starts_at: Timestamp, paid: Money) -> AnyView {
    let locale = cx.locale();
    let mut steps: Vec<(&'static str, String, String)> = policy
        .deadlines(starts_at)
        .into_iter()
        .filter(|deadline| deadline.until >= cx.now() && deadline.refund_bps > 0)
        .map(|deadline| {
            let amount = cx.reader().money(paid.share(deadline.refund_bps));
            let class = if deadline.refund_bps == WHOLE_BPS { "pol-all" } else { "pol-part" };
            let until = t!(locale, "checkout-policy-until", when = cx.reader().date_time(deadline.until));
            (class, t!(locale, "checkout-policy-back", amount = amount), until)
        })
        .collect();
    let ends_at_start = policy.tiers().last().is_some_and(|tier| tier.hours_before == 0 && tier.refund_bps > 0);
    if !ends_at_start {
        let after = if steps.is_empty() { "checkout-policy-from-now" } else { "checkout-policy-after" };
        steps.push(("pol-none", t!(locale, "checkout-policy-nothing"), i18n::t(locale, after)));
    }
    view! {
        <ol class="pol num" role="list" aria-label=t!(locale, "checkout-policy-label")>
            {steps
                .into_iter()
                .map(|(class, amount, until)| view! { <li class=class><b>{amount}</b>" "<span class="muted">{until}</span></li> })
                .collect_view()}
        </ol>
    }
    .into_any()
}
