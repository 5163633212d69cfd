//! Messages over the page: what just happened, with a way to undo it.

use leptos::prelude::*;

use crate::{
    icon::{Glyph, Icon},
    text::{Text, classes},
};

/// What kind of news a toast brings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ToastKind {
    /// Something was done.
    #[default]
    Done,
    /// Something could not be done.
    Failed,
}

/// The place where toasts stand, over the page at its end. Keep one on every page: it is the live region.
#[component]
pub fn Toasts(
    /// "Messages", for screen readers.
    #[prop(into)]
    label: String,
    /// The toasts.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="toasts" role="region" aria-label=label>
            <div class="toasts-in" aria-live="polite">{children.map(|children| children())}</div>
        </div>
    }
}

/// A message over the page. It stays until it is closed or the page changes.
#[component]
pub fn Toast(
    /// What happened.
    #[prop(into)]
    message: String,
    /// "Close".
    #[prop(into)]
    close_label: String,
    /// Done or failed.
    #[prop(optional)]
    kind: ToastKind,
    /// Undo: a form with one small button.
    #[prop(optional)]
    action: Option<AnyView>,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let (role, icon) = match kind {
        ToastKind::Done => ("status", Glyph::CircleCheck),
        ToastKind::Failed => ("alert", Glyph::CircleAlert),
    };
    view! {
        <div class=classes(&["toast", class.as_str()]) role=role>
            <Icon name=icon />
            <span class="grow">{message}</span>
            {action}
            <button class="btn btn-icon btn-sm" type="button" data-dismiss aria-label=close_label>
                <Icon name=Glyph::X />
            </button>
        </div>
    }
}
