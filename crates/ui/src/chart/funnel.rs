//! How many get from one step to the next.

use leptos::prelude::*;

/// One step of a funnel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FunnelStep {
    /// What it is: "Opened a profile".
    pub label: String,
    /// How many.
    pub value: i64,
    /// How many, formatted.
    pub text: String,
    /// Which part of the step before, formatted: "38 %"; none at the first.
    pub rate: Option<String>,
}

/// A funnel. It is a list, so it needs no table beside it.
#[component]
pub fn Funnel(
    /// What it shows, for screen readers.
    #[prop(into)]
    label: String,
    /// The steps, widest first.
    steps: Vec<FunnelStep>,
) -> impl IntoView {
    let most = steps.iter().map(|step| step.value).max().unwrap_or_default().max(1);
    view! {
        <ol class="funnel" role="list" aria-label=label>
            {steps
                .into_iter()
                .map(|step| {
                    let width = i128::from(step.value.clamp(0, most)) * 1000 / i128::from(most);
                    view! {
                        <li>
                            <span>{step.label}</span>
                            <span class="t-12 faint num">{step.rate}</span>
                            <span class="strong num">{step.text}</span>
                            <svg viewBox="0 0 1000 10" preserveAspectRatio="none" class="flip" aria-hidden="true">
                                <rect class="track" width="1000" height="10"></rect>
                                <rect class="bar1" width=width.to_string() height="10"></rect>
                            </svg>
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}
