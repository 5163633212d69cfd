//! The summary of what went wrong, above a form.

use leptos::prelude::*;

use crate::icon::{Glyph, Icon};

/// One error of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorLink {
    /// The id of the control: `f-<name>` (see [`super::field_id`]); empty for an error of the whole form.
    pub id: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl ErrorLink {
    /// An error at the field called `name`.
    pub fn at(name: &str, message: impl Into<String>) -> Self {
        Self { id: super::field_id(name), message: message.into() }
    }

    /// An error of the whole form.
    pub fn form(message: impl Into<String>) -> Self {
        Self { id: String::new(), message: message.into() }
    }
}

/// The errors of a form, each a link to its field. Shows nothing when there are none.
#[component]
pub fn FormSummary(
    /// "One thing to fix before we can save."
    #[prop(into)]
    title: String,
    /// The errors, in the order of the fields.
    errors: Vec<ErrorLink>,
) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        view! {
            <div class="callout callout-bad form-summary" role="alert" tabindex="-1" autofocus>
                <Icon name=Glyph::CircleAlert />
                <div class="grow">
                    <p class="mid">{title}</p>
                    <ul>
                        {errors
                            .into_iter()
                            .map(|error| {
                                if error.id.is_empty() {
                                    view! { <li>{error.message}</li> }.into_any()
                                } else {
                                    view! {
                                        <li><a class="link" href=format!("#{}", error.id)>{error.message}</a></li>
                                    }
                                        .into_any()
                                }
                            })
                            .collect_view()}
                    </ul>
                </div>
            </div>
        }
    })
}
