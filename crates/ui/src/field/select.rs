//! Choosing one of many: select and combobox.

use leptos::prelude::*;

use super::{Field, described_by, field_id};
use crate::text::{Text, classes};

/// One choice of a select, a radio group or a combobox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A second line, for radios and picks.
    pub note: Text,
    /// The heading it stands under in a select; neighbours with the same heading form a group.
    pub group: Text,
    /// Cannot be chosen now.
    pub disabled: bool,
}

impl Choice {
    /// A choice with a value and a label.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    /// The same choice with a second line.
    #[must_use]
    pub fn note(mut self, note: impl Into<Text>) -> Self {
        self.note = note.into();
        self
    }

    /// The same choice under a heading.
    #[must_use]
    pub fn group(mut self, group: impl Into<Text>) -> Self {
        self.group = group.into();
        self
    }
}

/// The options, grouped where the choices say so.
fn options(choices: Vec<Choice>, chosen: &str) -> Vec<AnyView> {
    let option = |choice: &Choice| {
        view! {
            <option value=choice.value.clone() selected=choice.value == chosen disabled=choice.disabled>
                {choice.label.clone()}
            </option>
        }
    };
    choices
        .chunk_by(|a, b| a.group == b.group)
        .map(|run| {
            let inner = run.iter().map(option).collect_view();
            match run.first().and_then(|choice| choice.group.get()) {
                Some(group) => view! { <optgroup label=group.to_owned()>{inner}</optgroup> }.into_any(),
                None => inner.into_any(),
            }
        })
        .collect()
}

/// A bare select for places where `aria_label` says what it is: sorting, filters, periods.
#[component]
pub fn Select(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// The choices.
    choices: Vec<Choice>,
    /// The chosen value.
    #[prop(optional, into)]
    value: Text,
    /// The label for screen readers.
    #[prop(optional, into)]
    aria_label: Text,
    /// The id; `f-<name>` by default.
    #[prop(optional, into)]
    id: Text,
    /// No border until the pointer is over it.
    #[prop(optional)]
    quiet: bool,
    /// Cannot be used now.
    #[prop(optional)]
    disabled: bool,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let id = id.or_else(|| field_id(&name));
    let class = classes(&["select", if quiet { "select-quiet" } else { "" }, class.as_str()]);
    view! {
        <select class=class id=id name=name aria-label=aria_label.into_option() disabled=disabled>
            {options(choices, value.as_str())}
        </select>
    }
}

/// A field that chooses one of many.
#[component]
pub fn SelectField(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// The choices.
    choices: Vec<Choice>,
    /// A first choice with an empty value, such as "Choose a subject".
    #[prop(optional, into)]
    empty: Text,
    /// The chosen value; after a failed form what was chosen.
    #[prop(optional, into)]
    value: Text,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Text,
    /// Help below.
    #[prop(optional, into)]
    hint: Text,
    /// Faint text at the end of the label.
    #[prop(optional, into)]
    aside: Text,
    /// The id; `f-<name>` by default.
    #[prop(optional, into)]
    id: Text,
    /// `autocomplete` token.
    #[prop(optional, into)]
    autocomplete: Text,
    /// Must be chosen.
    #[prop(optional)]
    required: bool,
    /// Cannot be used now.
    #[prop(optional)]
    disabled: bool,
    /// Further classes, on the field.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let id = id.or_else(|| field_id(&name));
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    let empty = empty.into_option();
    view! {
        <Field id=id.clone() label=label aside=aside hint=hint error=error class=class>
            <select
                class="select"
                id=id
                name=name
                autocomplete=autocomplete.into_option()
                required=required
                disabled=disabled
                aria-describedby=described
                aria-invalid=invalid
            >
                {empty.map(|empty| view! { <option value="">{empty}</option> })}
                {options(choices, value.as_str())}
            </select>
        </Field>
    }
}

/// A field that suggests while one types (native `<datalist>`); anything may be typed.
#[component]
pub fn ComboField(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// The suggestions: what is typed is the value, the label explains it.
    choices: Vec<Choice>,
    /// The value; after a failed form what was typed.
    #[prop(optional, into)]
    value: Text,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Text,
    /// Help below.
    #[prop(optional, into)]
    hint: Text,
    /// Faint text at the end of the label.
    #[prop(optional, into)]
    aside: Text,
    /// An example, never the label.
    #[prop(optional, into)]
    placeholder: Text,
    /// The id; `f-<name>` by default.
    #[prop(optional, into)]
    id: Text,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Cannot be used now.
    #[prop(optional)]
    disabled: bool,
    /// Further classes, on the field.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let id = id.or_else(|| field_id(&name));
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    let list = format!("{id}-list");
    view! {
        <Field id=id.clone() label=label aside=aside hint=hint error=error class=class>
            <input
                class="input combo"
                type="text"
                id=id
                name=name
                list=list.clone()
                value=value.into_option()
                placeholder=placeholder.into_option()
                autocomplete="off"
                required=required
                disabled=disabled
                aria-describedby=described
                aria-invalid=invalid
            />
            <datalist id=list>
                {choices
                    .into_iter()
                    .map(|choice| {
                        let label = (choice.label != choice.value).then_some(choice.label);
                        view! { <option value=choice.value label=label></option> }
                    })
                    .collect_view()}
            </datalist>
        </Field>
    }
}
