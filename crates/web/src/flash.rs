//! What just happened, told on the page that a form leads to.
//!
//! A server function ends with [`redirect_with`]; the frames show the message as a toast.

use crate::{page::redirect, try_cx};
use i18n::t;
use leptos::prelude::*;
use serde::Deserialize;
use ui::prelude::*;

#[derive(Default, Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

/// Redirects to `path` and says there what was done: the message `key`, which is called
/// `<area>-done-…`.
pub fn redirect_with(path: &str, key: &str) {
    redirect(&with_done(path, key));
}

fn with_done(path: &str, key: &str) -> String {
    let (path, fragment) = path.split_once('#').map_or((path, String::new()), |(path, fragment)| (path, format!("#{fragment}")));
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}done={key}{fragment}")
}

/// `path` without what was just done before, and with the message `key`.
pub fn redirect_back_with(path: &str, key: &str) {
    let (page, fragment) = path.split_once('#').map_or((path, ""), |(page, fragment)| (page, fragment));
    let (page, query) = page.split_once('?').unwrap_or((page, ""));
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("done=")).collect();
    let page = if kept.is_empty() { page.to_owned() } else { format!("{page}?{}", kept.join("&")) };
    let page = if fragment.is_empty() { page } else { format!("{page}#{fragment}") };
    redirect_with(&page, key);
}

/// The toast of [`redirect_with`]. Only messages called `<area>-done-…` can be asked for, since
/// anybody can write an address.
#[component]
pub fn Flash(
    /// The area of the locale files: "student", "tutor", "admin", "public".
    area: &'static str,
) -> impl IntoView {
    let Some(cx) = try_cx() else { return ().into_any() };
    let locale = cx.locale();
    let key = cx.query::<Done>().done;
    let is_ours = key.starts_with(&format!("{area}-done-")) || key.starts_with("common-done-");
    let known = !cx.is_refused() && is_ours && i18n::has(&key);
    let toast = known.then(|| view! { <Toast message=i18n::t(locale, &key) close_label=t!(locale, "common-close")/> });
    view! { <Toasts label=t!(locale, "common-messages")>{toast}</Toasts> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::with_done;

    #[test]
    fn the_message_joins_the_query() {
        assert_eq!(with_done("/tutor", "tutor-done-saved"), "/tutor?done=tutor-done-saved");
        assert_eq!(with_done("/tutor?week=2026-11-16#d3", "tutor-done-saved"), "/tutor?week=2026-11-16&done=tutor-done-saved#d3");
    }
}
