//! `/operator/jobs`: jobs that failed, to run again or to discard.

use crate::common::{console, frame, moment};
use domain::operations::{self, TroubledJob};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, redirect_with};

/// Runs a job again.
#[server(name = RetryJobForm, prefix = "/api", endpoint = "operator/retry_job")]
pub async fn retry_job(job: i64) -> Result<(), AppError> {
    let cx = cx()?;
    operations::retry(cx.services(), cx.visitor(), job).await?;
    redirect_with(urls::operator::JOBS, "operator-done-retried");
    Ok(())
}

/// Removes a job.
#[server(name = DiscardJobForm, prefix = "/api", endpoint = "operator/discard_job")]
pub async fn discard_job(job: i64) -> Result<(), AppError> {
    let cx = cx()?;
    operations::discard(cx.services(), cx.visitor(), job).await?;
    redirect_with(urls::operator::JOBS, "operator-done-discarded");
    Ok(())
}

/// `/operator/jobs`
#[component]
pub fn JobsPage() -> impl IntoView {
    console(async |cx| {
        let jobs = operations::troubled(cx.services(), cx.visitor()).await?;
        Ok(view(&cx, &jobs))
    })
}

fn view(cx: &RequestCx, jobs: &[TroubledJob]) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "operator-nav-jobs");
    let list = if jobs.is_empty() {
        view! { <Empty icon=Glyph::Check title=t!(locale, "operator-jobs-fine") body=t!(locale, "operator-jobs-fine-body")/> }.into_any()
    } else {
        let rows = jobs.iter().map(|job| row(cx, job)).collect_view();
        view! { <List ruled=true label=title.clone()>{rows}</List> }.into_any()
    };
    let page = view! {
        <PageHead title=title.clone() note=t!(locale, "operator-jobs-note")/>
        {cx.fields(RetryJobForm::PATH).refusal()}
        {cx.fields(DiscardJobForm::PATH).refusal()}
        {list}
    };
    frame(&title, page.into_any())
}

fn row(cx: &RequestCx, job: &TroubledJob) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let number = job.id.to_string();
    let dialog = format!("discard-{number}");
    let (mood, state) = if job.gave_up() {
        (Mood::Bad, t!(locale, "operator-job-gave-up", attempts = job.attempts))
    } else {
        (Mood::Warn, t!(locale, "operator-job-tries-again", attempts = job.attempts, most = job.max_attempts))
    };
    let next = (!job.gave_up()).then(|| moment(reader, job.run_at));
    let school = job.tenant.map(|tenant| {
        let text = t!(locale, "operator-job-school");
        view! { <a class="link t-12" href=urls::operator::school(tenant)>{text}</a> }
    });
    let title = t!(locale, "operator-job-discard-title", task = &job.task);
    view! {
        <li class="stack stack-2 py-4">
            <div class="row wrap between">
                <span class="row wrap"><strong class="mono">{job.task.clone()}</strong><span class="faint num">{format!("#{number}")}</span><Badge mood=mood>{state}</Badge>{school}</span>
                <span class="row">
                    <form method="post" action=RetryJobForm::PATH>
                        <HiddenPage/>
                        <input type="hidden" name="job" value=number.clone()/>
                        <Button size=Size::Small kind=ButtonKind::Submit aria_label=t!(locale, "operator-job-retry-named", number = &number)>{t!(locale, "operator-job-retry")}</Button>
                    </form>
                    <LinkButton href=format!("#{dialog}") dialog=dialog.clone() size=Size::Small tone=Tone::DangerQuiet>{t!(locale, "operator-job-discard")}</LinkButton>
                </span>
            </div>
            <p class="t-12 mono break-all muted">{job.error.clone()}</p>
            {next.map(|at| view! { <p class="t-12 faint">{t!(locale, "operator-job-next")}" "{at}</p> })}
            <Dialog id=dialog title=title close_label=t!(locale, "common-close")>
                <form method="post" action=DiscardJobForm::PATH class="stack stack-4">
                    <HiddenPage/>
                    <input type="hidden" name="job" value=number/>
                    <p class="muted">{t!(locale, "operator-job-discard-body")}</p>
                    <DialogFoot>
                        <LinkButton href="#-" attr:data-close="">{t!(locale, "common-cancel")}</LinkButton>
                        <Button tone=Tone::Danger kind=ButtonKind::Submit>{t!(locale, "operator-job-discard")}</Button>
                    </DialogFoot>
                </form>
            </Dialog>
        </li>
    }
    .into_any()
}
