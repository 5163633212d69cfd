//! `/admin/settings`: the school's face and its terms.

mod face;
mod logo;
mod terms;

pub use face::SaveFaceForm;
pub use logo::RemoveLogoForm;
pub use terms::SaveTermsForm;

use crate::common::frame;
use domain::{
    tenancy,
    uploads::{self, Purpose},
};
use i18n::t;
use leptos::prelude::*;
use ui::prelude::*;
use web::page;

/// `/admin/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    page(async |cx| {
        let actor = cx.actor()?;
        let current = tenancy::current_terms(cx.services(), actor).await?;
        let logo = uploads::mine(cx.services(), actor, Purpose::Logo).await?;
        let kept = uploads::storage(cx.services(), actor).await?;
        let title = t!(cx.locale(), "admin-nav-settings");
        let main = view! {
            <PageHead title=title.clone() note=t!(cx.locale(), "admin-settings-note")/>
            <div class="stack stack-8 max-w-[560px]">
                {face::section(&cx, &actor.tenant)}
                <hr class="rule"/>
                {logo::section(&cx, &logo)}
                <hr class="rule"/>
                {terms::section(&cx, &current)}
                <hr class="rule"/>
                {logo::storage(&cx, kept)}
            </div>
        };
        Ok(frame(&title, main.into_any()))
    })
}
