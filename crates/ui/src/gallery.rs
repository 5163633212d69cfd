//! Every part in every state, for a development page. Its words are examples, so they stand here as literals.

mod base;
mod charts;
mod data;
mod forms;
mod frames;
mod over;
mod times;

use leptos::prelude::*;

use crate::shell::Theme;

/// One section of the gallery, with an anchor.
fn section(id: &'static str, title: &'static str, demo: AnyView) -> AnyView {
    let heading = format!("g-{id}");
    view! {
        <section id=id aria-labelledby=heading.clone()>
            <h2 id=heading.clone()><a class="link-quiet" href=format!("#{id}")>{title}</a></h2>
            <div class="g-demo">{demo}</div>
        </section>
    }
    .into_any()
}

/// A line that says what is shown.
fn caption(text: &'static str) -> AnyView {
    view! { <p class="g-cap">{text}</p> }.into_any()
}

/// The gallery of parts.
#[component]
pub fn Gallery(
    /// The theme.
    #[prop(optional)]
    theme: Theme,
    /// Right to left.
    #[prop(optional)]
    rtl: bool,
) -> impl IntoView {
    let dir = if rtl { "rtl" } else { "ltr" };
    view! {
        <div class="g-root" dir=dir data-theme=theme.attribute()>
            <div class="g">
                <section aria-labelledby="g-top"><h1 id="g-top">"Parts"</h1></section>
                <nav class="chips" aria-label="Variants">
                    <a class="chip" href="?theme=light">"Light"</a>
                    <a class="chip" href="?theme=dark">"Dark"</a>
                    <a class="chip" href="?theme=light&dir=rtl">"Right to left"</a>
                    <a class="chip" href="?theme=dark&dir=rtl">"Dark, right to left"</a>
                </nav>
                {base::sections()}
                {forms::sections()}
                {data::sections()}
                {over::sections()}
                {times::sections()}
                {charts::sections()}
                {frames::sections()}
            </div>
        </div>
    }
}
