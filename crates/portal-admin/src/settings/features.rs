//! `/admin/settings/features`: what is on and off.

use super::tabs;
use crate::common::frame;
use domain::tenancy;
use i18n::t;
use kernel::{AppError, Flag, Permission, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{HiddenPage, RequestCx, cx, page, redirect_with};

/// Chooses what is on; the others are off.
#[server(name = SaveFlagsForm, prefix = "/api", endpoint = "admin/save_flags")]
pub async fn save_flags(#[server(default)] flags: Vec<String>) -> Result<(), AppError> {
    let cx = cx()?;
    tenancy::save_flags(cx.services(), cx.actor()?, &flags).await?;
    redirect_with(urls::admin::FEATURES, "admin-done-features");
    Ok(())
}

/// `/admin/settings/features`
#[component]
pub fn FeaturesPage() -> impl IntoView {
    page(async |cx| {
        cx.actor()?.permit(Permission::ManageSettings)?;
        view(&cx)
    })
}

fn view(cx: &RequestCx) -> Result<AnyView, AppError> {
    let (locale, tenant) = (cx.locale(), &cx.actor()?.tenant);
    let form = cx.fields(SaveFlagsForm::PATH);
    let title = t!(locale, "admin-features");
    let switches = Flag::OF_SCHOOLS.map(|flag| {
        let is_free = tenant.flags.is_free(flag);
        let (label, hint) =
            (i18n::t(locale, &format!("common-flag-{}", flag.key())), i18n::t(locale, &format!("common-flag-{}-hint", flag.key())));
        let hint = if is_free { hint } else { format!("{hint} {}", t!(locale, "admin-feature-decided")) };
        view! {
            <Switch name="flags[]" id=format!("f-flag-{}", flag.key()) value=flag.key() label=label hint=hint checked=tenant.flags.has(flag) disabled=!is_free/>
        }
    });
    let decided = Flag::FOR_SCHOOLS.into_iter().filter(|flag| !Flag::OF_SCHOOLS.contains(flag) && !tenant.flags.has(*flag)).map(|flag| {
        let (title, off) = (i18n::t(locale, &format!("common-flag-{}", flag.key())), t!(locale, "admin-feature-off"));
        let end = view! { <Badge mood=Mood::Warn>{off}</Badge> }.into_any();
        view! { <ListRow title=title note=t!(locale, "admin-feature-decided") end=end/> }
    });
    let decided: Vec<_> = decided.collect();
    let decided = (!decided.is_empty()).then(|| view! { <List ruled=true label=title.clone()>{decided}</List> });
    let page = view! {
        <PageHead title=t!(locale, "admin-nav-settings") note=t!(locale, "admin-settings-note")/>
        {tabs(cx, urls::admin::FEATURES)}
        <section class="stack stack-5 max-w-[560px]" aria-labelledby="features">
            <div><h2 id="features">{title.clone()}</h2><p class="muted mt-1">{t!(locale, "admin-features-note")}</p></div>
            {decided}
            {form.summary()}
            <form method="post" action=SaveFlagsForm::PATH class="stack stack-5">
                <HiddenPage/>
                {switches}
                <div><Button tone=Tone::Primary kind=ButtonKind::Submit>{t!(locale, "admin-features-save")}</Button></div>
            </form>
        </section>
    };
    Ok(frame(&title, page.into_any()))
}
