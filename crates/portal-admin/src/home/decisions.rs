//! What waits for an admin, each with the way to decide it.

use super::Desk;
use crate::common::{kind_label, may};
use domain::{catalogue::ApprovalRow, orders::FailedRefund};
use i18n::{Reader, t};
use kernel::{Permission, urls};
use leptos::prelude::*;
use ui::prelude::*;
use web::RequestCx;

/// Rows of the list; the rest is behind a link.
const ROWS: usize = 6;

/// Money first, then offerings, those that wait longest in front.
pub fn decisions(cx: &RequestCx, desk: &Desk) -> AnyView {
    let reader = cx.reader();
    // What the reader may decide.
    let may_approve = may(cx, Permission::Approve);
    let approvals = if may_approve { desk.overview.decisions.approvals } else { 0 };
    let waiting = approvals.saturating_add(desk.overview.decisions.failed_refunds);
    let refunds = desk.failed_refunds.iter().map(|refund| failed(reader, refund));
    let approvals = desk.approvals.iter().map(|approval| review(cx, approval));
    let rows: Vec<AnyView> = refunds.chain(approvals).take(ROWS).collect();
    let count = (waiting > 0).then(|| view! { <span class="badge num">{reader.number(waiting)}</span> });
    let more = (may_approve && u32::try_from(rows.len()).is_ok_and(|shown| shown < waiting)).then(|| {
        view! { <p class="mt-2"><a class="link" href=urls::admin::APPROVALS>{t!(reader, "admin-decisions-all")}</a></p> }
    });
    let body = if rows.is_empty() {
        view! { <Empty icon=Glyph::CircleCheck title=t!(reader, "admin-decisions-empty") body=t!(reader, "admin-decisions-empty-body")/> }
            .into_any()
    } else {
        view! { <ul class="list list-top mt-2" role="list">{rows}</ul>{more} }.into_any()
    };
    view! {
        <section aria-labelledby="decisions">
            <div class="head"><h2 id="decisions">{t!(reader, "admin-decisions")}</h2>{count}</div>
            {body}
        </section>
    }
    .into_any()
}

fn row(icon: Glyph, title: &str, note: AnyView, href: String, button: String) -> AnyView {
    let spoken = format!("{button}: {title}");
    view! {
        <li class="dec">
            <Icon name=icon/>
            <div class="grow"><p class="mid trunc">{title.to_owned()}</p><p class="muted t-12">{note}</p></div>
            <LinkButton href=href size=Size::Small aria_label=spoken>{button}</LinkButton>
        </li>
    }
    .into_any()
}

fn failed(reader: &Reader, refund: &FailedRefund) -> AnyView {
    let title = t!(reader, "admin-decision-refund", amount = reader.money(refund.amount));
    let whose = t!(reader, "admin-decision-refund-note", number = refund.number.clone(), name = refund.student.clone());
    let note = view! { {whose}" "<span class="mid text-bad">{t!(reader, "admin-decision-refund-failed")}</span> };
    row(Glyph::Undo2, &title, note.into_any(), urls::admin::order(refund.order), t!(reader, "admin-decision-look"))
}

fn review(cx: &RequestCx, approval: &ApprovalRow) -> AnyView {
    let reader = cx.reader();
    let (icon, title) = if approval.is_change {
        (Glyph::GitCompare, t!(reader, "admin-decision-change", title = approval.title.clone()))
    } else {
        (Glyph::Library, t!(reader, "admin-decision-new", title = approval.title.clone()))
    };
    let when = reader.relative(approval.submitted_at, cx.now());
    let note =
        t!(reader, "admin-decision-offering-note", name = approval.tutor.clone(), kind = kind_label(reader, approval.kind), when = when);
    row(icon, &title, note.into_any(), urls::admin::approval(approval.offering), t!(reader, "admin-decision-review"))
}
