//! `/support?ticket=…`: somebody of the platform comes into the school to help.

use super::frame;
use domain::operations;
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use serde::Deserialize;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, keep_private, page, redirect, start_login};

/// Comes in by a link.
#[server(name = EnterSupportForm, prefix = "/api", endpoint = "accounts/enter_support")]
pub async fn enter_support(#[server(default)] ticket: String) -> Result<(), AppError> {
    let cx = cx()?;
    start_login(operations::enter(cx.services(), cx.actor()?, &ticket).await?).await?;
    redirect(urls::ACCOUNT);
    Ok(())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Link {
    ticket: String,
}

/// `/support?ticket=…`
#[component]
pub fn SupportPage() -> impl IntoView {
    page(async |cx| {
        cx.actor()?;
        keep_private();
        Ok(view(&cx))
    })
}

fn view(cx: &RequestCx) -> AnyView {
    let locale = cx.locale();
    let form = cx.fields(EnterSupportForm::PATH);
    let ticket = form.value("ticket", cx.query::<Link>().ticket);
    let body = view! {
        {form.summary()}
        <form method="post" action=EnterSupportForm::PATH class="stack stack-4">
            <HiddenPage/>
            <input type="hidden" name="ticket" value=ticket/>
            <Button tone=Tone::Primary size=Size::Large kind=ButtonKind::Submit block=true>{t!(locale, "accounts-support-button")}</Button>
        </form>
    };
    frame(t!(locale, "accounts-support-title"), t!(locale, "accounts-support-lead").into_any(), body.into_any())
}
