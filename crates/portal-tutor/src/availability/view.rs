//! The editor's page.

use super::{
    SaveWeekForm, Sheet, days,
    draft::{RULES, Row, ends_next_day},
};
use crate::common::{frame, length};
use i18n::t;
use jiff::civil::Weekday;
use kernel::urls;
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{FormFields, HiddenPage, RequestCx, Wide, zone_choices};

/// The id of the form with the week's hours: the button in the page's head sends it.
const FORM: &str = "week-form";
/// Minutes to choose from.
const INCREMENTS: [u32; 5] = [10, 15, 20, 30, 60];
const BUFFERS: [u32; 8] = [0, 5, 10, 15, 20, 30, 45, 60];
const NOTICES: [u32; 9] = [0, 60, 120, 240, 480, 720, 1_440, 2_880, 10_080];

pub(super) fn availability(cx: &RequestCx, sheet: &Sheet) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(SaveWeekForm::PATH);
    let title = t!(locale, "tutor-nav-availability");
    let save = t!(locale, "tutor-hours-save");
    let save_below = save.clone();
    let zone = tutor_zone(cx, sheet);
    let unsaved = sheet
        .unsaved
        .then(|| t!(locale, "tutor-hours-unsaved"))
        .map(|text| view! { <Callout mood=Mood::Warn role="status">{text}</Callout> });
    let page = view! {
        // First in the page, so that Enter in a field saves rather than removes a row.
        <PageHead title=title.clone() note=t!(locale, "tutor-hours-note")>
            <Button tone=Tone::Primary form=FORM class="hide-m">{save}</Button>
        </PageHead>
        <div class="cols">
            <form method="post" action=SaveWeekForm::PATH id=FORM class="stack stack-8">
                <HiddenPage to=urls::tutor_portal::AVAILABILITY/>
                {unsaved}
                {form.summary()}
                <section aria-labelledby="weekly">
                    <div class="row between mb-2">
                        <h2 id="weekly">{t!(locale, "tutor-hours-weekly")}</h2>
                        <span class="t-12 muted">{zone}</span>
                    </div>
                    {week(cx, sheet, &form)}
                    <p class="hint mt-2">{t!(locale, "tutor-hours-midnight")}</p>
                </section>
                {rules(cx, sheet, &form)}
                <div class="form-acts only-m"><Button tone=Tone::Primary block=true>{save_below}</Button></div>
            </form>
            <div class="stack stack-8">
                {preview(cx, sheet)}
                {days::exceptions(cx, sheet)}
            </div>
        </div>
    };
    frame(&title, Wide::No, page.into_any())
}

/// The zone that the hours are meant in, such as `Athens (EET)`.
pub(super) fn tutor_zone(cx: &RequestCx, sheet: &Sheet) -> String {
    cx.reader().in_zone(sheet.editor.schedule.zone.clone()).zone_label(cx.now())
}

fn week(cx: &RequestCx, sheet: &Sheet, form: &FormFields) -> AnyView {
    let days = (1..=7_i8)
        .filter_map(|day| Weekday::from_monday_one_offset(day).ok())
        .map(|weekday| {
            let day = weekday.to_monday_one_offset().unsigned_abs();
            let rows: Vec<(usize, &Row)> = sheet.draft.rows.iter().enumerate().filter(|(_, row)| row.day == day).collect();
            day_hours(cx, weekday, day, &rows, form)
        })
        .collect_view();
    view! { <div class="border-b border-line">{days}</div> }.into_any()
}

/// One weekday: its rows, and the ways to change them.
fn day_hours(cx: &RequestCx, weekday: Weekday, day: u8, rows: &[(usize, &Row)], form: &FormFields) -> AnyView {
    let locale = cx.locale();
    let name = cx.reader().weekday_long(weekday);
    let label = format!("day-{day}");
    // The page comes back at this day.
    let target = format!("{}#{label}", urls::tutor_portal::AVAILABILITY);
    let closed = rows.is_empty().then(|| view! { <p class="faint py-1.5">{t!(locale, "tutor-hours-closed")}</p> });
    let copy = (day == 1 && !rows.is_empty()).then(|| {
        view! {
            <Button tone=Tone::Ghost size=Size::Small icon=Glyph::Copy name="do" value="copy" formnovalidate=true
                formaction=target.clone() attr:formmethod="get">{t!(locale, "tutor-hours-copy")}</Button>
        }
    });
    let rows = rows.iter().map(|(at, row)| row_view(cx, *at, row, name, &target, form.error(&format!("windows.{at}")))).collect_view();
    let add = t!(locale, "tutor-hours-add-day", day = name);
    view! {
        <div class="grid gap-x-4 gap-y-1 py-2 border-t border-line sm:grid-cols-[104px_minmax(0,1fr)_auto] items-start" role="group" aria-labelledby=label.clone()>
            <h3 id=label.clone() class="mid py-1.5 text-14">{name}</h3>
            <div class="stack stack-1">{closed}{rows}</div>
            <div class="row wrap">
                {copy}
                <Button tone=Tone::Ghost size=Size::Small icon=Glyph::Plus name="do" value=format!("add-{day}") formnovalidate=true
                    formaction=target attr:formmethod="get" aria_label=add>{t!(locale, "tutor-hours-add")}</Button>
            </div>
        </div>
    }
    .into_any()
}

fn row_view(cx: &RequestCx, at: usize, row: &Row, day: &str, target: &str, error: Option<String>) -> AnyView {
    let locale = cx.locale();
    let id = field_id(&format!("windows.{at}"));
    let described = error.is_some().then(|| format!("{id}-err"));
    let invalid = error.is_some().then_some("true");
    let next_day = ends_next_day(row).then(|| view! { <span class="t-12 muted">{t!(locale, "tutor-hours-next-day")}</span> });
    let remove = t!(locale, "tutor-hours-remove", day = day, from = row.from.clone(), to = row.to.clone());
    view! {
        <div class="field">
            <div class="row">
                <input type="hidden" name="day[]" value=row.day.to_string()/>
                <input class="input num date w-auto" type="time" step="300" id=id.clone() name="from[]" value=row.from.clone()
                    aria-label=t!(locale, "tutor-hours-from", day = day) aria-describedby=described.clone() aria-invalid=invalid/>
                <span class="faint" aria-hidden="true">"–"</span>
                <input class="input num date w-auto" type="time" step="300" name="to[]" value=row.to.clone()
                    aria-label=t!(locale, "tutor-hours-to", day = day) aria-describedby=described aria-invalid=invalid/>
                <IconButton label=remove icon=Glyph::X size=Size::Small name="do" value=format!("drop-{at}")
                    attr:formaction=target.to_owned() attr:formmethod="get" attr:formnovalidate=""/>
                {next_day}
            </div>
            <FieldNotes id=id error=error/>
        </div>
    }
    .into_any()
}

/// Zone, steps, gaps, notice and horizon.
fn rules(cx: &RequestCx, sheet: &Sheet, form: &FormFields) -> AnyView {
    let locale = cx.locale();
    let [increment, before, after, notice, horizon] = RULES;
    let [increment_now, before_now, after_now, notice_now, horizon_now] = sheet.draft.rules.clone();
    view! {
        <section aria-labelledby="rules">
            <h2 id="rules" class="mb-3">{t!(locale, "tutor-rules")}</h2>
            <div class="cols-2">
                <SelectField name="zone" label=t!(locale, "common-time-zone") choices=zone_choices(cx.reader(), &sheet.draft.zone) value=sheet.draft.zone.clone()
                    error=form.error("zone") hint=t!(locale, "tutor-rules-zone-hint")/>
                <SelectField name=increment label=t!(locale, "tutor-rules-increment") choices=minutes(cx, &INCREMENTS, &increment_now) value=increment_now
                    error=form.error(increment) hint=t!(locale, "tutor-rules-increment-hint")/>
                <SelectField name=before label=t!(locale, "tutor-rules-before") choices=minutes(cx, &BUFFERS, &before_now) value=before_now error=form.error(before)/>
                <SelectField name=after label=t!(locale, "tutor-rules-after") choices=minutes(cx, &BUFFERS, &after_now) value=after_now error=form.error(after)/>
                <SelectField name=notice label=t!(locale, "tutor-rules-notice") choices=minutes(cx, &NOTICES, &notice_now) value=notice_now
                    error=form.error(notice) hint=t!(locale, "tutor-rules-notice-hint")/>
                <TextField name=horizon label=t!(locale, "tutor-rules-horizon") kind="number" min="1" max="365" num=true
                    suffix=t!(locale, "tutor-rules-days") value=horizon_now error=form.error(horizon) hint=t!(locale, "tutor-rules-horizon-hint")/>
            </div>
        </section>
    }
    .into_any()
}

/// Lengths to choose from; the current one too, whatever it is.
fn minutes(cx: &RequestCx, offered: &[u32], now: &str) -> Vec<Choice> {
    let mut offered = offered.to_vec();
    if let Ok(now) = now.parse()
        && !offered.contains(&now)
    {
        offered.push(now);
        offered.sort_unstable();
    }
    let label = |minutes: u32| match minutes {
        0 => t!(cx.locale(), "tutor-rules-none"),
        minutes if minutes >= 1_440 && minutes.is_multiple_of(1_440) => t!(cx.locale(), "tutor-length-days", days = minutes / 1_440),
        minutes => length(cx.reader(), i64::from(minutes)),
    };
    offered.into_iter().map(|minutes| Choice::new(minutes.to_string(), label(minutes))).collect()
}

/// What students could book now.
fn preview(cx: &RequestCx, sheet: &Sheet) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let body = match sheet.preview.as_deref() {
        None => view! { <p class="muted">{t!(locale, "tutor-preview-broken")}</p> }.into_any(),
        Some([]) => view! { <p class="muted">{t!(locale, "tutor-preview-empty")}</p> }.into_any(),
        Some(slots) => slots
            .chunk_by(|a, b| reader.date(a.start) == reader.date(b.start))
            .map(|day| {
                let label = day.first().map(|slot| reader.date_medium(slot.start)).unwrap_or_default();
                let times = day
                    .iter()
                    .map(|slot| view! { <li><time class="chip num" datetime=slot.start.to_string()>{reader.time(slot.start)}</time></li> })
                    .collect_view();
                view! { <h3 class="t-12 muted mt-3 mb-1">{label}</h3><ul class="row wrap" role="list">{times}</ul> }
            })
            .collect_view()
            .into_any(),
    };
    view! {
        <section aria-labelledby="preview">
            <h2 id="preview">{t!(locale, "tutor-preview")}</h2>
            <p class="t-12 muted">{t!(locale, "tutor-preview-note", zone = reader.zone_label(cx.now()))}</p>
            {body}
        </section>
    }
    .into_any()
}
