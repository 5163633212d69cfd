//! `/operator/flags`: what is off for all schools.

use crate::common::{console, flag_fields, frame};
use domain::operations;
use i18n::t;
use kernel::{AppError, Flag, flag::Decisions, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, redirect_with};

/// Decides for all schools.
#[server(name = DecideEverywhereForm, prefix = "/api", endpoint = "operator/decide_everywhere")]
pub async fn decide_everywhere(
    #[server(default)] sign_up: String,
    #[server(default)] open_catalogue: String,
    #[server(default)] payments: String,
    #[server(default)] uploads: String,
    #[server(default)] founding: String,
) -> Result<(), AppError> {
    let cx = cx()?;
    let typed = [
        (Flag::SignUp, sign_up),
        (Flag::OpenCatalogue, open_catalogue),
        (Flag::Payments, payments),
        (Flag::Uploads, uploads),
        (Flag::Founding, founding),
    ];
    operations::decide_everywhere(cx.services(), cx.visitor(), &typed).await?;
    redirect_with(urls::operator::FLAGS, "operator-done-flags");
    Ok(())
}

/// `/operator/flags`
#[component]
pub fn FlagsPage() -> impl IntoView {
    console(async |cx| {
        let decided = operations::everywhere(cx.services(), cx.visitor()).await?;
        Ok(view(&cx, &decided))
    })
}

fn view(cx: &RequestCx, decided: &Decisions) -> AnyView {
    let (reader, locale) = (cx.reader(), cx.locale());
    let form = cx.fields(DecideEverywhereForm::PATH);
    let title = t!(locale, "operator-nav-flags");
    let fields = flag_fields(reader, &form, &Flag::ALL, decided, &t!(locale, "operator-flag-on"), false);
    let page = view! {
        <PageHead title=title.clone() note=t!(locale, "operator-flags-note")/>
        <form method="post" action=DecideEverywhereForm::PATH class="stack stack-5 max-w-[480px]">
            <HiddenPage/>
            {form.summary()}
            {fields}
            <div><Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "operator-flags-save")}</Button></div>
        </form>
    };
    frame(&title, page.into_any())
}
