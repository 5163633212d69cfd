//! The editor of one offering.

use super::{ArchiveOfferingForm, SUBMIT, SaveOfferingForm, WithdrawOfferingForm, list::badges};
use crate::common::{frame, kind_label, length};
use domain::{
    booking::Kind,
    catalogue::{self, Named, OfferingEditor, OpenVersion, Price, VersionContent, VersionStatus},
};
use i18n::{Reader, t};
use kernel::{AppError, Currency, Role, ids::OfferingId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{FormFields, HiddenPage, RequestCx, Wide, page, param};

/// Rows for prices: at least, and at most.
const LEAST_PRICES: usize = 3;
const MOST_PRICES: usize = 6;

/// What can be chosen.
struct Terms {
    subjects: Vec<Named>,
    levels: Vec<Named>,
    currency: Currency,
}

async fn terms(cx: &RequestCx) -> Result<Terms, AppError> {
    let (services, actor) = (cx.services(), cx.actor()?);
    Ok(Terms {
        subjects: catalogue::subjects(services, actor).await?,
        levels: catalogue::levels(services, actor).await?,
        currency: actor.tenant.currency,
    })
}

/// `/tutor/offerings/new`
#[component]
pub fn NewOfferingPage() -> impl IntoView {
    page(async |cx| {
        cx.actor()?.require(Role::Tutor)?;
        let terms = terms(&cx).await?;
        let title = t!(cx.locale(), "tutor-offering-new");
        let page = view! {
            <PageHead title=title.clone() note=t!(cx.locale(), "tutor-offering-new-note")
                back_href=urls::tutor_portal::OFFERINGS back_label=t!(cx.locale(), "tutor-nav-offerings")/>
            {form(&cx, &terms, None)}
        };
        Ok(frame(&title, Wide::No, page.into_any()))
    })
}

/// `/tutor/offerings/…`
#[component]
pub fn OfferingPage() -> impl IntoView {
    let offering = param::<OfferingId>("offering");
    page(async move |cx| {
        cx.actor()?.require(Role::Tutor)?;
        let editor = catalogue::offering(cx.services(), cx.actor()?, offering.ok_or(AppError::NotFound)?).await?;
        let terms = terms(&cx).await?;
        Ok(view(&cx, &terms, &editor))
    })
}

fn view(cx: &RequestCx, terms: &Terms, editor: &OfferingEditor) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let open = editor.open.as_ref();
    let shown = open.map(|(_, content)| content).or(editor.live.as_ref());
    let title = shown.map(|content| content.title.clone()).unwrap_or_default();
    let in_review = open.is_some_and(|(open, _)| open.status == VersionStatus::InReview);
    let main = match shown {
        Some(content) if in_review || editor.archived => content_view(reader, content),
        _ => form(cx, terms, Some(editor)),
    };
    // Beside a draft stands what the public sees meanwhile.
    let live = editor.live.as_ref().filter(|_| open.is_some() && !editor.archived).map(|live| {
        view! {
            <section aria-labelledby="live">
                <h2 id="live" class="mb-3">{t!(locale, "tutor-offering-live")}</h2>
                {content_view(reader, live)}
            </section>
        }
    });
    let archive = (!editor.archived).then(|| archive(cx, editor, &title));
    let badges = badges(reader, editor.live.is_some(), open.map(|(open, _)| open), editor.archived);
    let page = view! {
        <PageHead title=title.clone() note=kind_label(reader, editor.kind) back_href=urls::tutor_portal::OFFERINGS back_label=t!(locale, "tutor-nav-offerings")>
            <span class="row">{badges}</span>
        </PageHead>
        {cx.fields(WithdrawOfferingForm::PATH).summary()}
        {cx.fields(ArchiveOfferingForm::PATH).summary()}
        {standing(cx, editor)}
        <div class="cols">
            <div>{main}</div>
            <div class="stack stack-8">{live}{archive}</div>
        </div>
    };
    frame(&title, Wide::No, page.into_any())
}

/// What the version in the works waits for.
fn standing(cx: &RequestCx, editor: &OfferingEditor) -> Option<AnyView> {
    let locale = cx.locale();
    if editor.archived {
        let body = t!(locale, "tutor-offering-archived-body");
        return Some(view! { <Callout title=t!(locale, "tutor-offering-archived") class="mb-6">{body}</Callout> }.into_any());
    }
    let (open, _) = editor.open.as_ref()?;
    match open.status {
        VersionStatus::InReview => Some(in_review(cx, editor.id, open)),
        VersionStatus::NeedsChanges => {
            let note = if open.note.is_empty() { t!(locale, "tutor-task-changes") } else { open.note.clone() };
            let note = view! { <p class="read">{note}</p> };
            Some(
                view! { <Callout mood=Mood::Warn title=t!(locale, "tutor-offering-needs-changes") class="mb-6">{note}</Callout> }
                    .into_any(),
            )
        }
        VersionStatus::Draft | VersionStatus::Approved => None,
    }
}

fn in_review(cx: &RequestCx, offering: OfferingId, open: &OpenVersion) -> AnyView {
    let locale = cx.locale();
    let since = open.submitted_at.map(|at| t!(locale, "tutor-offering-in-review-since", when = cx.reader().date_time(at)));
    let action = view! {
        <form method="post" action=WithdrawOfferingForm::PATH>
            <HiddenPage/>
            <input type="hidden" name="offering" value=offering.to_string()/>
            <Button size=Size::Small>{t!(locale, "tutor-offering-withdraw")}</Button>
        </form>
    };
    view! {
        <Callout mood=Mood::Info title=t!(locale, "tutor-offering-in-review") action=action.into_any() class="mb-6">
            <p>{since}" "{t!(locale, "tutor-offering-in-review-body")}</p>
        </Callout>
    }
    .into_any()
}

/// A version as it is read.
fn content_view(reader: &Reader, content: &VersionContent) -> AnyView {
    let levels: Vec<&str> = content.levels.iter().map(|level| level.name.as_str()).collect();
    let prices = content
        .prices
        .iter()
        .map(|price| view! { <div><dt class="muted">{length(reader, i64::from(price.minutes))}</dt><dd class="mid">{reader.money(price.price)}</dd></div> })
        .collect_view();
    let paragraphs = content.description.split("\n\n").map(|text| view! { <p>{text.to_owned()}</p> }).collect_view();
    view! {
        <div class="stack stack-4">
            <div>
                <p class="mid t-16">{content.title.clone()}</p>
                <p class="muted">{t!(reader, "tutor-offering-for", subject = content.subject.name.clone(), levels = reader.list(&levels))}</p>
            </div>
            <div class="read measure stack stack-3 whitespace-pre-line">{paragraphs}</div>
            <dl class="lines">{prices}</dl>
        </div>
    }
    .into_any()
}

/// The form: of a new offering, or of the version in the works.
fn form(cx: &RequestCx, terms: &Terms, editor: Option<&OfferingEditor>) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(SaveOfferingForm::PATH);
    let content = editor.and_then(|editor| editor.open.as_ref().map(|(_, content)| content).or(editor.live.as_ref()));
    let text = |of: fn(&VersionContent) -> &str| content.map(of).unwrap_or_default().to_owned();
    let subjects = terms.subjects.iter().map(|subject| Choice::new(&subject.slug, &subject.name)).collect::<Vec<_>>();
    let who = match editor {
        Some(editor) => view! {
            <input type="hidden" name="offering" value=editor.id.to_string()/>
            <input type="hidden" name="kind" value=editor.kind.key()/>
        }
        .into_any(),
        None => kinds(cx, &form),
    };
    let live = editor.is_some_and(|editor| editor.live.is_some());
    let hint = if live { t!(locale, "tutor-offering-save-hint-live") } else { t!(locale, "tutor-offering-save-hint") };
    let nothing = terms.subjects.is_empty().then(|| {
        let text = t!(locale, "tutor-no-subjects");
        view! { <Callout mood=Mood::Warn>{text}</Callout> }
    });
    view! {
        <form method="post" action=SaveOfferingForm::PATH class="form">
            {nothing}
            <HiddenPage/>
            {form.summary()}
            {who}
            <TextField name="title" label=t!(locale, "tutor-offering-title") hint=t!(locale, "tutor-offering-title-hint") maxlength=100
                value=form.value("title", text(|content| &content.title)) error=form.error("title") required=true/>
            <TextareaField name="description" label=t!(locale, "tutor-offering-description") hint=t!(locale, "tutor-offering-description-hint") rows=8
                maxlength=2000 value=form.value("description", text(|content| &content.description)) error=form.error("description") required=true/>
            <SelectField name="subject" label=t!(locale, "tutor-offering-subject") choices=subjects empty=t!(locale, "common-choose")
                value=form.value("subject", text(|content| &content.subject.slug)) error=form.error("subject") required=true/>
            {levels(cx, terms, content, &form)}
            {prices(cx, terms, editor, content, &form)}
            <div>
                <div class="form-acts">
                    <Button tone=Tone::Primary name="then" value=SUBMIT>{t!(locale, "tutor-offering-submit")}</Button>
                    <Button name="then" value="draft">{t!(locale, "tutor-offering-save")}</Button>
                </div>
                <p class="hint mt-2">{hint}</p>
            </div>
        </form>
    }
    .into_any()
}

fn kinds(cx: &RequestCx, form: &FormFields) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let choices = vec![
        Choice::new(Kind::OneOnOne.key(), kind_label(reader, Kind::OneOnOne)).note(t!(locale, "tutor-kind-one-on-one-note")),
        Choice::new(Kind::Trial.key(), kind_label(reader, Kind::Trial)).note(t!(locale, "tutor-kind-trial-note")),
    ];
    let value = form.value("kind", Kind::OneOnOne.key());
    view! { <RadioGroup name="kind" legend=t!(locale, "tutor-offering-kind") choices=choices value=value error=form.error("kind") required=true/> }.into_any()
}

fn levels(cx: &RequestCx, terms: &Terms, content: Option<&VersionContent>, form: &FormFields) -> AnyView {
    let locale = cx.locale();
    let chosen = content.map(|content| content.levels.iter().map(|level| level.slug.clone()).collect()).unwrap_or_default();
    let chosen = form.values("levels[]", chosen);
    let choices = terms.levels.iter().map(|level| Choice::new(level.slug.clone(), level.name.clone())).collect::<Vec<_>>();
    view! {
        <CheckGroup name="levels" legend=t!(locale, "tutor-offering-levels") choices=choices values=chosen error=form.error("levels")
            class="grid sm:grid-cols-2 gap-x-4 gap-y-1"/>
    }
    .into_any()
}

/// Rows of duration and price. An empty row does not count, so clearing one removes it.
fn prices(cx: &RequestCx, terms: &Terms, editor: Option<&OfferingEditor>, content: Option<&VersionContent>, form: &FormFields) -> AnyView {
    let locale = cx.locale();
    let saved: Vec<Price> = content.map(|content| content.prices.clone()).unwrap_or_default();
    let trial = editor.is_some_and(|editor| editor.kind == Kind::Trial);
    let rows = if trial { 1 } else { (saved.len() + 1).clamp(LEAST_PRICES, MOST_PRICES) };
    let saved = |of: fn(&Price) -> String| (0..rows).map(|at| saved.get(at).map(of).unwrap_or_default()).collect::<Vec<_>>();
    let minutes = form.values("minutes[]", saved(|price| price.minutes.to_string()));
    let price = form.values("price[]", saved(|price| price.price.to_decimal()));
    let id = field_id("prices");
    let group = id.clone();
    let error = form.error("prices");
    let described = error.is_some().then(|| format!("{id}-err"));
    let hint = if trial { t!(locale, "tutor-offering-prices-hint-trial") } else { t!(locale, "tutor-offering-prices-hint") };
    let currency = terms.currency.code();
    let rows = minutes
        .into_iter()
        .zip(price)
        .enumerate()
        .map(|(at, (minutes, price))| {
            let (of_minutes, of_price) = (format!("minutes.{at}"), format!("price.{at}"));
            // The first row has the columns' heads.
            let number = at + 1;
            let (length, cost) = if at == 0 {
                (t!(locale, "tutor-offering-length"), t!(locale, "common-price"))
            } else {
                (t!(locale, "tutor-offering-length-of", number = number), t!(locale, "tutor-offering-price-of", number = number))
            };
            view! {
                <div class="grid grid-cols-2 gap-4 items-start">
                    <TextField name="minutes[]" id=field_id(&of_minutes) label=length label_hidden={at > 0} inputmode="numeric"
                        num=true suffix=t!(locale, "tutor-offering-min") value=minutes error=form.error(&of_minutes)/>
                    <TextField name="price[]" id=field_id(&of_price) label=cost label_hidden={at > 0} inputmode="decimal"
                        num=true suffix=currency value=price error=form.error(&of_price)/>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" id=group tabindex="-1" aria-describedby=described>
            <legend class="label mb-2">{t!(locale, "tutor-offering-prices")}</legend>
            <div class="stack">{rows}</div>
            <FieldNotes id=id error=error hint=hint/>
        </fieldset>
    }
    .into_any()
}

fn archive(cx: &RequestCx, editor: &OfferingEditor, title: &str) -> AnyView {
    let locale = cx.locale();
    let id = editor.id.to_string();
    view! {
        <section aria-labelledby="archive-h">
            <h2 id="archive-h">{t!(locale, "tutor-archive-title")}</h2>
            <p class="muted mt-1 mb-3">{t!(locale, "tutor-archive-hint")}</p>
            <LinkButton href="#archive" dialog="archive" tone=Tone::DangerQuiet icon=Glyph::Archive>{t!(locale, "tutor-archive-open")}</LinkButton>
        </section>
        <Dialog id="archive" title=t!(locale, "tutor-archive-question", title = title) close_label=t!(locale, "common-close")>
            <p>{t!(locale, "tutor-archive-body")}</p>
            <form method="post" action=ArchiveOfferingForm::PATH>
                <HiddenPage/>
                <input type="hidden" name="offering" value=id/>
                <DialogFoot>
                    <LinkButton href="#-" attr:data-close="">{t!(locale, "tutor-archive-keep")}</LinkButton>
                    <Button tone=Tone::Danger>{t!(locale, "tutor-archive-button")}</Button>
                </DialogFoot>
            </form>
        </Dialog>
    }
    .into_any()
}
