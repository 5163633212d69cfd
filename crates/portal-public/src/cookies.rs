//! `/cookies`: what the site keeps in a browser, and why.

use i18n::t;
use kernel::AppError;
use leptos::prelude::*;
use ui::prelude::*;
use web::{PublicShell, RequestCx, cookie, page};

/// `/cookies`
#[component]
pub fn CookiesPage() -> impl IntoView {
    page(async |cx| Ok::<_, AppError>(view(&cx)))
}

fn view(cx: &RequestCx) -> AnyView {
    let reader = cx.reader();
    let title = t!(reader, "privacy-cookies");
    let rows = cookie::ALL
        .iter()
        .map(|cookie| {
            let why = i18n::t(reader, &format!("privacy-cookie-{}", cookie.purpose()));
            let days = i64::from(cookie.seconds) / (24 * 60 * 60);
            let long = if days > 0 {
                t!(reader, "privacy-cookie-days", count = days)
            } else {
                t!(reader, "privacy-cookie-minutes", count = i64::from(cookie.seconds) / 60)
            };
            view! { <ListRow title=cookie.name note=why end=view! { <span class="muted nowrap">{long}</span> }.into_any()/> }
        })
        .collect_view();
    let locale = cx.locale();
    view! {
        <PublicShell title=title.clone()>
            <div class="page"><div class="stack stack-5 max-w-[560px] mx-auto">
                <h1>{title.clone()}</h1>
                <p>{t!(locale, "privacy-cookies-lead")}</p>
                <List ruled=true label=title.clone()>{rows}</List>
                <p class="muted">{t!(locale, "privacy-cookies-none")}</p>
            </div></div>
        </PublicShell>
    }
    .into_any()
}
