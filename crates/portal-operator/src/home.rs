//! `/operator`: figures, and whether everything answers.

use crate::common::{console, frame, moment};
use domain::operations::{self, Check, JobFigures};
use i18n::t;
use leptos::prelude::*;
use ui::prelude::*;
use web::RequestCx;

/// `/operator`
#[component]
pub fn HomePage() -> impl IntoView {
    console(async |cx| {
        let figures = operations::figures(cx.services(), cx.visitor()).await?;
        let checks = operations::health(cx.services(), cx.visitor(), &figures).await?;
        Ok(view(&cx, &checks, &figures))
    })
}

fn view(cx: &RequestCx, checks: &[Check], figures: &[JobFigures]) -> AnyView {
    let locale = cx.locale();
    let title = t!(locale, "operator-nav-home");
    let rows = checks.iter().map(|check| {
        let name = i18n::t(locale, &format!("operator-health-{}", check.key));
        let (mood, text, note) = match &check.found {
            Ok(millis) => (Mood::Ok, t!(locale, "operator-health-ok"), t!(locale, "operator-health-millis", millis = *millis)),
            Err(problem) => (Mood::Bad, t!(locale, "operator-health-trouble"), problem.clone()),
        };
        let end = view! { <Badge mood=mood>{text}</Badge> }.into_any();
        view! { <ListRow title=name note=note end=end/> }
    });
    let rows = rows.collect_view();
    let jobs = jobs(cx, figures);
    let page = view! {
        <PageHead title=title.clone() note=t!(locale, "operator-home-note")/>
        <div class="stack stack-8 max-w-[720px]">
            <section aria-labelledby="health" class="stack stack-3">
                <h2 id="health">{t!(locale, "operator-health")}</h2>
                <List ruled=true label=t!(locale, "operator-health")>{rows}</List>
            </section>
            <section aria-labelledby="jobs" class="stack stack-3">
                <h2 id="jobs">{t!(locale, "operator-nav-jobs")}</h2>
                {jobs}
            </section>
        </div>
    };
    frame(&title, page.into_any())
}

fn jobs(cx: &RequestCx, figures: &[JobFigures]) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    if figures.is_empty() {
        return view! { <p class="muted">{t!(locale, "operator-jobs-none")}</p> }.into_any();
    }
    let cols = vec![
        Col::new(t!(locale, "operator-job-task")),
        Col::end(t!(locale, "operator-job-waiting")),
        Col::end(t!(locale, "operator-job-running")),
        Col::end(t!(locale, "operator-job-retrying")),
        Col::end(t!(locale, "operator-job-failed")),
        Col::end(t!(locale, "operator-job-oldest")).droppable(),
    ];
    let rows = figures.iter().map(|row| {
        let oldest = row.oldest.map(|at| moment(reader, at));
        view! {
            <tr>
                <td class="mono t-12">{row.task.clone()}</td>
                <td class="r num">{reader.number(row.waiting)}</td>
                <td class="r num">{reader.number(row.running)}</td>
                <td class="r num">{reader.number(row.retrying)}</td>
                <td class="r num">{reader.number(row.failed)}</td>
                <td class="r drop-l drop-m faint">{oldest}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table cols=cols caption=t!(locale, "operator-nav-jobs")>{rows}</Table> }.into_any()
}
