//! Forms: what the parts need from a [`FormState`], translated.

use crate::RequestCx;
use kernel::form::FormState;
use leptos::prelude::*;
use ui::prelude::*;

/// A form's state with its reader: typed values, and errors in the reader's words.
#[derive(Clone)]
pub struct FormFields {
    cx: RequestCx,
    state: FormState,
}

impl RequestCx {
    /// The fields of the form that posts to `action`.
    pub fn fields(&self, action: &str) -> FormFields {
        FormFields { cx: self.clone(), state: self.form(action) }
    }
}

impl FormFields {
    /// What was typed, or `otherwise` for a form that was not submitted.
    pub fn value(&self, name: &str, otherwise: impl Into<String>) -> String {
        self.state.value_or(name, otherwise)
    }

    /// All values of a field that repeats, or `otherwise`.
    pub fn values(&self, name: &str, otherwise: Vec<String>) -> Vec<String> {
        if self.state.is_refused() { self.state.all(name).map(str::to_owned).collect() } else { otherwise }
    }

    /// Whether a box is ticked: as submitted, or `otherwise`.
    pub fn checked(&self, name: &str, otherwise: bool) -> bool {
        if self.state.is_refused() { self.state.value(name).is_some() } else { otherwise }
    }

    /// The field's error.
    pub fn error(&self, name: &str) -> Option<String> {
        self.state.errors().first(name).map(|error| self.cx.reader().error(error))
    }

    /// Whether the form came back.
    pub fn is_refused(&self) -> bool {
        self.state.is_refused()
    }

    /// The summary over the form: every error, linked to its field; nothing when there is none.
    pub fn summary(&self) -> AnyView {
        if !self.state.is_refused() {
            return ().into_any();
        }
        let links = self
            .state
            .errors()
            .iter()
            .map(|(field, error)| {
                let message = self.cx.reader().error(error);
                if field.is_empty() { ErrorLink::form(message) } else { ErrorLink::at(field, message) }
            })
            .collect::<Vec<_>>();
        // What is wrong as a whole is no field's problem.
        let whole = self.state.errors().iter().all(|(field, _)| field.is_empty());
        let title = if whole {
            i18n::t!(self.cx.locale(), "common-form-not-done")
        } else {
            i18n::t!(self.cx.locale(), "common-form-problems", count = links.len())
        };
        view! { <FormSummary title=title errors=links/> }.into_any()
    }

    /// The summary with room below it, over a page whose form stands further down.
    pub fn refusal(&self) -> Option<AnyView> {
        self.is_refused().then(|| view! { <div class="mb-6">{self.summary()}</div> }.into_any())
    }
}

/// The page that a form stands on, so that a refused one comes back to it even where the
/// browser sends no Referer. Every native form has it.
#[component]
pub fn HiddenPage(
    /// The page, if not the current one.
    #[prop(optional, into)]
    to: Option<String>,
) -> impl IntoView {
    let page = to.or_else(|| crate::try_cx().map(|cx| cx.path_and_query())).unwrap_or_default();
    view! { <input type="hidden" name="_page" value=page/> }
}
