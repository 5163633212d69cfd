//! The school's mark, and how much of its storage is used.

use domain::uploads::{self, Mine, Purpose, Storage};
use i18n::t;
use kernel::{AppError, urls};
use leptos::prelude::*;
use server_fn::ServerFn;
use ui::prelude::*;
use web::{PictureForm, RequestCx, cx, picture_form, redirect_with};

/// Removes the logo.
#[server(name = RemoveLogoForm, prefix = "/api", endpoint = "admin/remove_logo")]
pub async fn remove_logo() -> Result<(), AppError> {
    let cx = cx()?;
    uploads::remove(cx.services(), cx.actor()?, Purpose::Logo).await?;
    redirect_with(urls::admin::SETTINGS, "admin-done-logo-removed");
    Ok(())
}

/// The logo's part of the settings.
pub fn section(cx: &RequestCx, mine: &Mine) -> AnyView {
    let locale = cx.locale();
    let shown = cx.actor().ok().and_then(|actor| {
        let tenant = domain::tenancy::Tenant { logo: mine.shown, ..(*actor.tenant).clone() };
        uploads::logo(&cx.services().tenants, &tenant)
    });
    let preview = match shown {
        Some(src) => view! { <img src=src alt=t!(locale, "admin-logo-alt") class="h-12 w-auto max-w-[240px] object-contain"/> }.into_any(),
        None => view! { <p class="muted">{t!(locale, "admin-logo-none")}</p> }.into_any(),
    };
    let form = PictureForm {
        purpose: Purpose::Logo,
        label: t!(locale, "admin-logo"),
        hint: t!(locale, "admin-logo-hint"),
        preview,
        remove: RemoveLogoForm::PATH,
    };
    view! {
        <section aria-labelledby="logo">
            <h2 id="logo" class="mb-4">{t!(locale, "admin-logo")}</h2>
            {picture_form(cx, mine, form)}
        </section>
    }
    .into_any()
}

/// How much of the storage is used, with a warning from 80 percent on.
pub fn storage(cx: &RequestCx, kept: Storage) -> AnyView {
    let locale = cx.locale();
    // Begun megabytes: what is used is never shown as nothing.
    let megabytes = |bytes: i64| u64::try_from(bytes).unwrap_or(0).div_ceil(1 << 20);
    let (used, quota) = (megabytes(kept.used), megabytes(kept.quota));
    let text = t!(locale, "admin-storage-used", used = used, quota = quota);
    let warning = kept.warning().map(|percent| {
        let mood = if percent >= 90 { Mood::Bad } else { Mood::Warn };
        view! { <Callout mood=mood>{t!(locale, "admin-storage-warning", percent = percent)}</Callout> }
    });
    view! {
        <section aria-labelledby="storage" class="stack stack-4">
            <h2 id="storage">{t!(locale, "admin-storage")}</h2>
            <Progress label=t!(locale, "admin-storage") value=used max=quota text=text/>
            {warning}
        </section>
    }
    .into_any()
}
