//! Days that differ from the week.

use super::{AddDayForm, RemoveDayForm, Sheet, draft::clock, view::tutor_zone};
use i18n::t;
use kernel::{availability::DateException, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{FormFields, HiddenPage, RequestCx};

/// The values of the field `closed`.
pub const CLOSED: &str = "closed";
const OPEN: &str = "open";
/// How many stretches a day can be given at once.
const ROWS: usize = 2;

pub(super) fn exceptions(cx: &RequestCx, sheet: &Sheet) -> AnyView {
    let locale = cx.locale();
    let editor = &sheet.editor;
    let zone = tutor_zone(cx, sheet);
    let remove = cx.fields(RemoveDayForm::PATH).summary();
    let days: Vec<AnyView> = editor.schedule.exceptions.iter().filter(|day| day.date >= editor.today).map(|day| day_row(cx, day)).collect();
    let list = if days.is_empty() {
        view! { <p class="muted">{t!(locale, "tutor-days-empty")}</p> }.into_any()
    } else {
        view! { <List ruled=true>{days}</List> }.into_any()
    };
    view! {
        <section aria-labelledby="days" class="stack stack-3">
            <div class="row between">
                <h2 id="days">{t!(locale, "tutor-days")}</h2>
                <span class="t-12 muted">{zone}</span>
            </div>
            {remove}
            {list}
            {add(cx, sheet)}
        </section>
    }
    .into_any()
}

fn day_row(cx: &RequestCx, day: &DateException) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let title = reader.day_medium(day.date);
    let note = if day.windows.is_empty() {
        t!(locale, "tutor-days-closed")
    } else {
        let times: Vec<String> = day.windows.iter().map(|(from, to)| format!("{}–{}", clock(*from), clock(*to))).collect();
        reader.list(&times)
    };
    let label = t!(locale, "tutor-days-remove", day = title.clone());
    let end = view! {
        <form method="post" action=RemoveDayForm::PATH>
            <HiddenPage to=urls::tutor_portal::AVAILABILITY/>
            <input type="hidden" name="date" value=day.date.to_string()/>
            <IconButton label=label icon=Glyph::Trash2 size=Size::Small/>
        </form>
    };
    view! { <ListRow title=title note=note end=end.into_any()/> }.into_any()
}

fn add(cx: &RequestCx, sheet: &Sheet) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(AddDayForm::PATH);
    let closed = form.value("closed", CLOSED);
    let choices = vec![Choice::new(CLOSED, t!(locale, "tutor-days-closed")), Choice::new(OPEN, t!(locale, "tutor-days-open"))];
    let blank = vec![String::new(); ROWS];
    let times = form.values("from[]", blank.clone()).into_iter().zip(form.values("to[]", blank));
    let rows = times.enumerate().map(|(at, (from, to))| times_row(cx, at, from, to, &form)).collect_view();
    view! {
        <form method="post" action=AddDayForm::PATH class="stack stack-3 panel panel-pad group/day">
            <HiddenPage to=urls::tutor_portal::AVAILABILITY/>
            {form.summary()}
            <DateField name="date" label=t!(locale, "tutor-days-date") value=form.value("date", "") error=form.error("date")
                min=sheet.editor.today.to_string() required=true/>
            <RadioGroup name="closed" legend=t!(locale, "tutor-days-what") legend_hidden=true choices=choices value=closed/>
            // Hidden while the day is closed; without `:has` they just do not count.
            <div class="stack group-has-[input[value=closed]:checked]/day:hidden">{rows}</div>
            <Button>{t!(locale, "tutor-days-add")}</Button>
        </form>
    }
    .into_any()
}

fn times_row(cx: &RequestCx, at: usize, from: String, to: String, form: &FormFields) -> AnyView {
    let locale = cx.locale();
    let id = field_id(&format!("hours.{at}"));
    let error = form.error(&format!("hours.{at}"));
    let described = error.is_some().then(|| format!("{id}-err"));
    let invalid = error.is_some().then_some("true");
    view! {
        <div class="field">
            <div class="row">
                <input class="input num date w-auto" type="time" step="300" id=id.clone() name="from[]" value=from
                    aria-label=t!(locale, "tutor-days-from") aria-describedby=described.clone() aria-invalid=invalid/>
                <span class="faint" aria-hidden="true">"–"</span>
                <input class="input num date w-auto" type="time" step="300" name="to[]" value=to
                    aria-label=t!(locale, "tutor-days-to") aria-describedby=described aria-invalid=invalid/>
            </div>
            <FieldNotes id=id error=error/>
        </div>
    }
    .into_any()
}
