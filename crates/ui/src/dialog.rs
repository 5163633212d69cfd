//! Dialogs and sheets: native `<dialog>`s, which `:target` shows where there is no script.
//!
//! A link opens them: `<LinkButton href="#cancel" dialog="cancel">`. With the page's script it becomes a modal
//! that takes the focus and closes on Esc.

use leptos::prelude::*;

use crate::{
    button::{IconLink, Size},
    icon::Glyph,
    text::{Text, classes},
};

/// Where a dialog comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogKind {
    /// The middle of the screen: one question.
    #[default]
    Dialog,
    /// The end edge, on phones the bottom: forms and details beside the page.
    Sheet,
}

/// A dialog or sheet.
#[component]
pub fn Dialog(
    /// The id that links name.
    #[prop(into)]
    id: String,
    /// The title: the question, with amount and time.
    #[prop(into)]
    title: String,
    /// "Close".
    #[prop(into)]
    close_label: String,
    /// Where it comes from.
    #[prop(optional)]
    kind: DialogKind,
    /// 640 px instead of 440.
    #[prop(optional)]
    wide: bool,
    /// Open from the start: a form that failed. The script turns it into a modal.
    #[prop(optional)]
    open: bool,
    /// Where closing leads without a script; nowhere by default.
    #[prop(optional, into)]
    close_href: Text,
    /// What it holds, ending in [`DialogFoot`].
    children: Children,
) -> impl IntoView {
    let class = classes(&[
        "dialog",
        match kind {
            DialogKind::Dialog => "",
            DialogKind::Sheet => "sheet",
        },
        if wide { "dialog-wide" } else { "" },
    ]);
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    // A fragment that names nothing ends `:target` and leaves the page where it is.
    let close_href = close_href.or_else(|| "#-".to_owned());
    view! {
        <dialog class=class id=id aria-labelledby=labelled_by open=open tabindex="-1">
            <div class="dialog-head">
                <h2 id=title_id>{title}</h2>
                <IconLink href=close_href label=close_label icon=Glyph::X size=Size::Small class="dialog-x" attr:data-close="" />
            </div>
            {children()}
        </dialog>
    }
}

/// The actions of a dialog, at its end.
#[component]
pub fn DialogFoot(
    /// Buttons; the way back first.
    children: Children,
) -> impl IntoView {
    view! { <div class="dialog-foot">{children()}</div> }
}
