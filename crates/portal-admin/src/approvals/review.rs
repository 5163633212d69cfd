//! `/admin/approvals/{offering}`: the version in review, and the decision about it.

use super::{diff::diff, queue::what_badge};
use crate::common::{frame, kind_label};
use domain::{
    Error,
    catalogue::{self, Decision, Review},
};
use i18n::t;
use kernel::{AppError, ids::OfferingId, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, param, redirect_with};

/// Approves the version that the admin saw: it is public at once.
#[server(name = ApproveForm, prefix = "/api", endpoint = "admin/approve_offering")]
pub async fn approve_offering(offering: OfferingId, number: i32) -> Result<(), AppError> {
    let cx = cx()?;
    catalogue::decide(cx.services(), cx.actor()?, offering, number, &Decision::Approve).await?;
    redirect_with(urls::admin::APPROVALS, "admin-done-approved");
    Ok(())
}

/// Sends the version that the admin saw back to its tutor, with a note.
#[server(name = SendBackForm, prefix = "/api", endpoint = "admin/send_back_offering")]
pub async fn send_back_offering(offering: OfferingId, number: i32, #[server(default)] note: String) -> Result<(), AppError> {
    let cx = cx()?;
    catalogue::decide(cx.services(), cx.actor()?, offering, number, &Decision::NeedsChanges { note }).await?;
    redirect_with(urls::admin::APPROVALS, "admin-done-sent-back");
    Ok(())
}

/// `/admin/approvals/{offering}`
#[component]
pub fn ApprovalPage() -> impl IntoView {
    let id = param::<OfferingId>("offering");
    page(async move |cx| {
        let id = id.ok_or(AppError::NotFound)?;
        match catalogue::review(cx.services(), cx.actor()?, id).await {
            Ok(review) => Ok(view(&cx, &review)),
            // Decided about or withdrawn while this admin was reading.
            Err(Error::App(AppError::NotFound)) if cx.is_refused() => Ok(gone(&cx)),
            Err(error) => Err(error.into()),
        }
    })
}

fn view(cx: &RequestCx, review: &Review) -> AnyView {
    let reader = cx.reader();
    let title = review.proposed.title.clone();
    let note = review
        .version
        .submitted_at
        .map(|at| t!(reader, "admin-review-sent-in", name = review.tutor_name.clone(), when = reader.relative(at, cx.now())));
    let approve = cx.fields(ApproveForm::PATH);
    let send_back = cx.fields(SendBackForm::PATH);
    let badge = what_badge(reader, review.live.is_some(), review.version.number);
    let edits = review.live.is_some().then(|| t!(reader, "admin-review-edits", count = review.changed.len()));
    let page = view! {
        <PageHead title=title.clone() note=note back_href=urls::admin::APPROVALS back_label=t!(reader, "admin-nav-approvals")>
            {badge}
        </PageHead>
        {approve.refusal()}
        {send_back.refusal()}
        <div class="cols cols-main">
            <section aria-labelledby="content">
                <div class="head"><h2 id="content">{t!(reader, "admin-review-content")}</h2><span class="muted num">{edits}</span></div>
                {diff(reader, review)}
            </section>
            <div class="stack stack-8">{tutor(cx, review)} {decision(cx, review)}</div>
        </div>
    };
    frame(&title, page.into_any())
}

fn tutor(cx: &RequestCx, review: &Review) -> AnyView {
    let reader = cx.reader();
    let name = review.tutor_name.clone();
    let profile = urls::tutor(&review.tutor_slug);
    view! {
        <section aria-labelledby="tutor" class="stack stack-3">
            <h2 id="tutor">{t!(reader, "admin-tutor")}</h2>
            <div class="row row-3">
                <Avatar id=review.tutor.to_string() name=name.clone() size=AvatarSize::S40/>
                <div class="grow">
                    <p class="mid trunc"><a class="link-quiet" href=profile>{name}</a></p>
                    <p class="muted">{kind_label(reader, review.kind)}</p>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn decision(cx: &RequestCx, review: &Review) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let send_back = cx.fields(SendBackForm::PATH);
    let (offering, number) = (review.offering.to_string(), review.version.number.to_string());
    let earlier = (!review.version.note.is_empty()).then(|| {
        let note = review.version.note.clone();
        view! { <Callout title=t!(reader, "admin-review-earlier-note")>{note}</Callout> }
    });
    view! {
        <section aria-labelledby="decision" class="stack stack-4">
            <h2 id="decision">{t!(reader, "admin-review-decision")}</h2>
            {earlier}
            <form method="post" action=ApproveForm::PATH class="stack">
                <HiddenPage/>
                <input type="hidden" name="offering" value=offering.clone()/>
                <input type="hidden" name="number" value=number.clone()/>
                <Button tone=Tone::Primary icon=Glyph::Check block=true busy_label=t!(reader, "admin-review-approving")>
                    {t!(locale, "admin-review-approve")}
                </Button>
                <p class="hint">{t!(reader, "admin-review-approve-hint")}</p>
            </form>
            <hr class="rule"/>
            <form method="post" action=SendBackForm::PATH class="stack stack-3">
                <HiddenPage/>
                <input type="hidden" name="offering" value=offering/>
                <input type="hidden" name="number" value=number/>
                <TextareaField name="note" label=t!(reader, "admin-review-note") hint=t!(reader, "admin-review-note-hint")
                    value=send_back.value("note", "") error=send_back.error("note") maxlength=1000 required=true/>
                <Button icon=Glyph::Undo2 block=true>{t!(locale, "admin-review-send-back")}</Button>
            </form>
        </section>
    }
    .into_any()
}

/// Nothing is left to decide about.
fn gone(cx: &RequestCx) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let title = t!(reader, "admin-review-gone");
    let page = view! {
        <PageHead title=title.clone() back_href=urls::admin::APPROVALS back_label=t!(reader, "admin-nav-approvals")/>
        <Empty icon=Glyph::Inbox title=t!(reader, "admin-review-gone-title") body=t!(reader, "admin-review-gone-body")>
            <LinkButton href=urls::admin::APPROVALS>{t!(locale, "admin-review-next")}</LinkButton>
        </Empty>
    };
    frame(&title, page.into_any())
}
