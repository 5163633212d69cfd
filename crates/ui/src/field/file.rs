//! Files: a native input that is also the place to drop on.

use leptos::prelude::*;

use super::{FieldNotes, described_by, field_id};
use crate::{
    icon::{Glyph, Icon},
    text::{Text, classes},
};

/// A file field. The form needs `enctype="multipart/form-data"`.
///
/// The input covers the whole area, so dropping works without a script; the script shows the chosen names.
#[component]
pub fn FileField(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// The label above.
    #[prop(into)]
    label: String,
    /// The underlined invitation: "Choose a file".
    #[prop(into)]
    choose: String,
    /// What follows it: "or drop it here".
    #[prop(optional, into)]
    drop: Text,
    /// Types and sizes.
    #[prop(optional, into)]
    hint: Text,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Text,
    /// `accept` list.
    #[prop(optional, into)]
    accept: Text,
    /// The id; `f-<name>` by default.
    #[prop(optional, into)]
    id: Text,
    /// Several files at once.
    #[prop(optional)]
    multiple: bool,
    /// Must be chosen.
    #[prop(optional)]
    required: bool,
    /// Cannot be used now.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    let id = id.or_else(|| field_id(&name));
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    let label_for = id.clone();
    let notes_id = id.clone();
    let drop = drop.into_option();
    let state = if disabled { "is-disabled" } else { "" };
    view! {
        <div class="field">
            <label class="label" for=label_for><span>{label}</span></label>
            <div class=classes(&["file-drop", state])>
                <Icon name=Glyph::Upload />
                <p>
                    <span class="link">{choose}</span>
                    {drop.map(|drop| view! { " " {drop} })}
                </p>
                <p class="file-names mid" aria-live="polite" data-files=id.clone()></p>
                <input
                    type="file"
                    id=id
                    name=name
                    accept=accept.into_option()
                    multiple=multiple
                    required=required
                    disabled=disabled
                    aria-describedby=described
                    aria-invalid=invalid
                />
            </div>
            <FieldNotes id=notes_id hint=hint error=error />
        </div>
    }
}
