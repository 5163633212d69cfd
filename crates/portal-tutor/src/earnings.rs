//! `/tutor/earnings`: what lessons earned, from the ledger.

use crate::{
    common::{amounts, frame, zone_link},
    week::month_of,
};
use domain::{
    ledger::{self, Earned, Movement, TransactionKind},
    page::{Cursor, Page},
};
use i18n::{Reader, t};
use kernel::{Money, urls};
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;
use web::{RequestCx, Wide, page};

#[derive(Default, Deserialize)]
struct Query {
    #[serde(default)]
    after: String,
}

/// `/tutor/earnings`
#[component]
pub fn EarningsPage() -> impl IntoView {
    page(async |cx| {
        let (services, actor, reader) = (cx.services(), cx.actor()?, cx.reader());
        let after = cx.query::<Query>().after.parse::<Cursor>().ok();
        let all = ledger::earned(services, actor, None).await?;
        let month = ledger::earned(services, actor, Some(month_of(reader, reader.date(cx.now())))).await?;
        let movements = ledger::movements(services, actor, after).await?;
        Ok(view(&cx, &all, &month, movements, after.is_some()))
    })
}

fn view(cx: &RequestCx, all: &[Earned], month: &[Earned], movements: Page<Movement>, later_page: bool) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let title = t!(locale, "tutor-nav-earnings");
    let total = |earned: &Earned| earned.taught.checked_add(earned.to_come).unwrap_or(earned.taught);
    let zone = zone_link(cx, cx.now());
    let stat = |label: String, value: String, note: Option<String>| view! { <Stat label=label value=value note=note/> };
    let stats = vec![
        stat(t!(locale, "tutor-earnings-balance"), amounts(reader, all.iter().map(total)), Some(t!(locale, "tutor-earnings-balance-note"))),
        stat(t!(locale, "tutor-earnings-taught"), amounts(reader, all.iter().map(|earned| earned.taught)), None),
        stat(t!(locale, "tutor-earnings-to-come"), amounts(reader, all.iter().map(|earned| earned.to_come)), None),
        stat(
            reader.month_year(reader.date(cx.now())),
            amounts(reader, month.iter().map(total)),
            Some(t!(locale, "tutor-earnings-month-note")),
        ),
    ];
    let page = view! {
        <PageHead title=title.clone() note=t!(locale, "tutor-earnings-note")>{zone}</PageHead>
        <Stats>{stats}</Stats>
        <div class="section">
            <h2>{t!(locale, "tutor-earnings-movements")}</h2>
            {list(reader, movements, later_page)}
        </div>
    };
    frame(&title, Wide::No, page.into_any())
}

fn list(reader: &Reader, movements: Page<Movement>, later_page: bool) -> AnyView {
    if movements.items.is_empty() {
        let next = t!(reader, "tutor-nav-offerings");
        return view! {
            <Empty icon=Glyph::Wallet title=t!(reader, "tutor-earnings-empty") body=t!(reader, "tutor-earnings-empty-body")>
                <LinkButton href=urls::tutor_portal::OFFERINGS>{next}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    let cols = vec![
        Col::new(t!(reader, "tutor-earnings-date")),
        Col::new(t!(reader, "tutor-earnings-lesson")),
        Col::new(t!(reader, "tutor-lesson-order")).droppable(),
        Col::end(t!(reader, "tutor-earnings-paid")),
        Col::end(t!(reader, "tutor-lesson-commission")),
        Col::end(t!(reader, "tutor-lesson-share")),
    ];
    let next = movements.next.map(|next| urls::with_query(urls::tutor_portal::EARNINGS, &[("after", &next.to_string())]));
    let first = later_page.then(|| urls::tutor_portal::EARNINGS.to_owned());
    let rows = movements.items.iter().map(|movement| row(reader, movement)).collect_view();
    let pages = (first.is_some() || next.is_some()).then(|| {
        view! {
            <Pagination label=t!(reader, "common-pages") prev=first next=next
                prev_label=t!(reader, "tutor-earnings-newest") next_label=t!(reader, "common-page-older")/>
        }
    });
    view! {
        <Table cols=cols caption=t!(reader, "tutor-earnings-movements") cards=true>{rows}</Table>
        {pages}
    }
    .into_any()
}

fn row(reader: &Reader, movement: &Movement) -> AnyView {
    let paid = movement.share.checked_add(movement.commission).unwrap_or(movement.share);
    let what = match movement.kind {
        TransactionKind::Refund => t!(reader, "tutor-earnings-refund", name = movement.student.clone()),
        TransactionKind::Payment | TransactionKind::StripeFee | TransactionKind::RefundSettled | TransactionKind::RefundFailed => {
            movement.student.clone()
        }
    };
    let note = t!(reader, "tutor-earnings-lesson-note", title = movement.title.clone(), when = reader.date_time(movement.starts_at));
    let title = match movement.lesson {
        Some(lesson) => view! { <a class="cover mid" href=urls::tutor_portal::lesson(lesson)>{what}</a> }.into_any(),
        None => view! { <span class="mid">{what}</span> }.into_any(),
    };
    let date = reader.date_short_year(movement.posted_at);
    // The school's part is taken off what was paid.
    let commission = Money::new(-movement.commission.minor, movement.commission.currency);
    view! {
        <tr>
            <td class="drop-m"><TimeText iso=movement.posted_at.to_string() text=date title=reader.date_time_long(movement.posted_at)/></td>
            <td class="m-1a py-2">{title}<span class="block t-12 muted">{note}</span></td>
            <td class="drop-l drop-m"><bdi dir="ltr">{movement.order_number.clone()}</bdi></td>
            <td class="r drop-m">{reader.money(paid)}</td>
            <td class="r drop-m muted">{reader.money(commission)}</td>
            <td class="r m-1b"><MoneyText amount=movement.share text=reader.money(movement.share) strong=true/></td>
        </tr>
    }
    .into_any()
}
