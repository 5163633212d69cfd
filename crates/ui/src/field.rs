//! Forms: fields with label, hint and error, choices, files, and the summary of errors.
//!
//! Every field takes `value` and `error` as texts, so that a form that failed comes back with what was typed.
//! The control's id is `f-<name>` unless `id` says otherwise; hint and error hang on it by `aria-describedby`.

mod choice;
mod date;
mod file;
mod select;
mod summary;
mod text_field;

pub use choice::{CheckGroup, Checkbox, Pick, PickKind, Picks, RadioGroup, SegChoice, Switch};
pub use date::{DateField, DateTimeField, TimeField};
pub use file::FileField;
pub use select::{Choice, ComboField, Select, SelectField};
pub use summary::{ErrorLink, FormSummary};
pub use text_field::{Input, PasswordField, TextField, TextareaField, textarea_text};

use leptos::prelude::*;

use crate::{
    icon::{Glyph, Icon},
    text::{Text, classes},
};

/// The id of the control called `name`: `f-<name>`, with everything that an id cannot hold made a dash.
pub fn field_id(name: &str) -> String {
    let mut id = String::from("f-");
    id.extend(name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' }));
    id
}

/// The value of `aria-describedby` for a control: the ids of its error and its hint, where they exist.
pub fn described_by(id: &str, hint: &Text, error: &Text) -> Option<String> {
    match (error.is_some(), hint.is_some()) {
        (true, true) => Some(format!("{id}-err {id}-hint")),
        (true, false) => Some(format!("{id}-err")),
        (false, true) => Some(format!("{id}-hint")),
        (false, false) => None,
    }
}

/// The frame of a field: label above, hint and error below.
///
/// The control inside must have the id given here and, where there is a hint or an error,
/// `aria-describedby` from [`described_by`]. [`TextField`] and its siblings do both.
#[component]
pub fn Field(
    /// The control's id.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Faint text at the end of the label: a unit, "optional", a count.
    #[prop(optional, into)]
    aside: Text,
    /// Help below.
    #[prop(optional, into)]
    hint: Text,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Text,
    /// Keep the label for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
    /// The control.
    children: Children,
) -> impl IntoView {
    let label_class = if label_hidden { "sr" } else { "label" };
    let label_for = id.clone();
    let aside = aside.into_option();
    view! {
        <div class=classes(&["field", class.as_str()])>
            <label class=label_class for=label_for>
                <span>{label}</span>
                {aside.map(|aside| view! { <span class="faint">{aside}</span> })}
            </label>
            {children()}
            <FieldNotes id=id hint=hint error=error />
        </div>
    }
}

/// Error and hint of a control, with the ids that [`described_by`] names.
#[component]
pub fn FieldNotes(
    /// The control's id.
    #[prop(into)]
    id: String,
    /// Help.
    #[prop(optional, into)]
    hint: Text,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Text,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-err");
    view! {
        {error.into_option().map(|error| view! {
            <p class="err" id=error_id><Icon name=Glyph::CircleAlert /><span>{error}</span></p>
        })}
        {hint.into_option().map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
    }
}

#[cfg(test)]
mod tests {
    use super::{described_by, field_id};

    #[test]
    fn ids_hold_only_what_ids_may_hold() {
        assert_eq!(field_id("price[60]"), "f-price-60-");
        assert_eq!(field_id("first_name"), "f-first_name");
    }

    #[test]
    fn the_error_is_read_before_the_hint() {
        assert_eq!(described_by("x", &"h".into(), &"e".into()).as_deref(), Some("x-err x-hint"));
        assert_eq!(described_by("x", &"".into(), &"".into()), None);
    }
}
