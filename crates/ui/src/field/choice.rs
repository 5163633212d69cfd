//! Checkboxes, radios, switches, and radios as bordered rows or a segmented control.

use leptos::prelude::*;

use super::{Choice, FieldNotes, described_by, field_id};
use crate::text::{Text, classes};

/// A checkbox with its text. A form sends `name=value` only when it is checked.
#[component]
pub fn Checkbox(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// The text.
    #[prop(into)]
    label: String,
    /// Value sent; `on` by default.
    #[prop(optional, into)]
    value: Text,
    /// Checked.
    #[prop(optional)]
    checked: bool,
    /// How many it would leave, in a filter.
    #[prop(optional, into)]
    count: Text,
    /// Help below.
    #[prop(optional, into)]
    hint: Text,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Text,
    /// The id; `f-<name>` by default, `f-<name>-<value>` where there is a value.
    #[prop(optional, into)]
    id: Text,
    /// Must be checked.
    #[prop(optional)]
    required: bool,
    /// Cannot be used now.
    #[prop(optional)]
    disabled: bool,
    /// More than text, such as a sentence with a link, after the label.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let id = id.or_else(|| match value.get() {
        Some(value) => field_id(&format!("{name}-{value}")),
        None => field_id(&name),
    });
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    let count = count.into_option();
    let notes = (hint.is_some() || error.is_some()).then(|| view! { <FieldNotes id=id.clone() hint=hint error=error /> });
    let long = if children.is_some() { "check top" } else { "check" };
    let check = view! {
        <label class=long>
            <input
                type="checkbox"
                id=id
                name=name
                value=value.into_option()
                checked=checked
                required=required
                disabled=disabled
                aria-describedby=described
                aria-invalid=invalid
            />
            <span>{label}{children.map(|children| children())}</span>
            {count.map(|count| view! { <span class="count">{count}</span> })}
        </label>
    };
    match notes {
        Some(notes) => view! { <div class="field field-check">{check}{notes}</div> }.into_any(),
        None => check.into_any(),
    }
}

/// A switch: a setting that takes effect when its form is sent.
#[component]
pub fn Switch(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// The text.
    #[prop(into)]
    label: String,
    /// Value sent; `on` by default.
    #[prop(optional, into)]
    value: Text,
    /// On.
    #[prop(optional)]
    checked: bool,
    /// Help below.
    #[prop(optional, into)]
    hint: Text,
    /// The id; `f-<name>` by default.
    #[prop(optional, into)]
    id: Text,
    /// Cannot be used now.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    let id = id.or_else(|| field_id(&name));
    let described = described_by(&id, &hint, &Text::default());
    let hint_id = format!("{id}-hint");
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                id=id
                name=name
                value=value.into_option()
                checked=checked
                disabled=disabled
                aria-describedby=described
            />
            <span>
                {label}
                {hint.into_option().map(|hint| view! { <span class="hint block" id=hint_id>{hint}</span> })}
            </span>
        </label>
    }
}

/// Radios under a legend. The group carries hint and error and is what an error summary links to.
#[component]
pub fn RadioGroup(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// The choices.
    choices: Vec<Choice>,
    /// The chosen value.
    #[prop(optional, into)]
    value: Text,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Text,
    /// Help below.
    #[prop(optional, into)]
    hint: Text,
    /// Keep the legend for screen readers only.
    #[prop(optional)]
    legend_hidden: bool,
    /// One must be chosen.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let id = field_id(&name);
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    let group_id = id.clone();
    view! {
        <fieldset class="field" id=group_id role="radiogroup" tabindex="-1" aria-describedby=described aria-invalid=invalid>
            <legend class=if legend_hidden { "sr" } else { "label" }>{legend}</legend>
            {choices
                .into_iter()
                .map(|choice| {
                    let checked = value.get() == Some(choice.value.as_str());
                    let class = if choice.note.is_some() { "check top" } else { "check" };
                    let note = choice.note.into_option();
                    view! {
                        <label class=class>
                            <input
                                type="radio"
                                id=field_id(&format!("{name}-{}", choice.value))
                                name=name.clone()
                                value=choice.value
                                checked=checked
                                required=required
                                disabled=choice.disabled
                            />
                            <span>
                                {choice.label}
                                {note.map(|note| view! { <span class="hint block">{note}</span> })}
                            </span>
                        </label>
                    }
                })
                .collect_view()}
            <FieldNotes id=id hint=hint error=error />
        </fieldset>
    }
}

/// Checkboxes under a legend, of which any number can be ticked: the form sends `name[]` for each. The group
/// carries hint and error and is what an error summary links to.
#[component]
pub fn CheckGroup(
    /// The field; each box is named `name[]`.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// The choices.
    choices: Vec<Choice>,
    /// The ticked values.
    values: Vec<String>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Text,
    /// Help below.
    #[prop(optional, into)]
    hint: Text,
    /// How the boxes stand: one below the other by default.
    #[prop(optional, into)]
    class: Text,
    /// Keep the legend for screen readers only.
    #[prop(optional)]
    legend_hidden: bool,
) -> impl IntoView {
    let id = field_id(&name);
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    let group_id = id.clone();
    let class = classes(&[if class.is_some() { class.as_str() } else { "stack stack-2" }, "pt-1"]);
    let boxes = choices
        .into_iter()
        .map(|choice| {
            let checked = values.contains(&choice.value);
            let id = field_id(&format!("{name}-{}", choice.value));
            view! {
                <Checkbox name=format!("{name}[]") id=id value=choice.value label=choice.label hint=choice.note checked=checked disabled=choice.disabled/>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" id=group_id tabindex="-1" aria-describedby=described aria-invalid=invalid>
            <legend class=if legend_hidden { "sr" } else { "label" }>{legend}</legend>
            <div class=class>{boxes}</div>
            <FieldNotes id=id hint=hint error=error />
        </fieldset>
    }
}

/// Radios as a segmented control: few choices with short labels.
#[component]
pub fn SegChoice(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// The question, for screen readers.
    #[prop(into)]
    legend: String,
    /// The choices.
    choices: Vec<Choice>,
    /// The chosen value.
    #[prop(optional, into)]
    value: Text,
    /// As wide as its container.
    #[prop(optional)]
    block: bool,
) -> impl IntoView {
    view! {
        <fieldset class=classes(&["seg", if block { "seg-block" } else { "" }])>
            <legend class="sr">{legend}</legend>
            {choices
                .into_iter()
                .map(|choice| {
                    let checked = value.get() == Some(choice.value.as_str());
                    view! {
                        <label>
                            <input type="radio" name=name.clone() value=choice.value checked=checked disabled=choice.disabled />
                            {choice.label}
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}

/// Choices as bordered rows, one under the other; the children are [`Pick`]s.
#[component]
pub fn Picks(
    /// The question.
    #[prop(into)]
    legend: String,
    /// Show the legend above (it is for screen readers only otherwise).
    #[prop(optional)]
    legend_shown: bool,
    /// The id, for an error summary to link to.
    #[prop(optional, into)]
    id: Text,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Text,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let id = id.or_else(|| "f-picks".to_owned());
    let described = described_by(&id, &Text::default(), &error);
    let group_id = id.clone();
    view! {
        <fieldset class="field" id=group_id tabindex="-1" aria-describedby=described>
            <legend class=if legend_shown { "label" } else { "sr" }>{legend}</legend>
            <div class="picks">{children()}</div>
            <FieldNotes id=id error=error />
        </fieldset>
    }
}

/// Whether picks exclude each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PickKind {
    /// One of them.
    #[default]
    Radio,
    /// Any of them.
    Checkbox,
}

/// One bordered row of [`Picks`]: a payment method, a refund target, an offer.
#[component]
pub fn Pick(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// Value sent.
    #[prop(into)]
    value: String,
    /// The text.
    #[prop(into)]
    label: String,
    /// A second line.
    #[prop(optional, into)]
    note: Text,
    /// A figure at the end.
    #[prop(optional, into)]
    end: Text,
    /// One of them, or any of them.
    #[prop(optional)]
    kind: PickKind,
    /// Chosen.
    #[prop(optional)]
    checked: bool,
    /// Cannot be used now.
    #[prop(optional)]
    disabled: bool,
    /// Before the text: a card mark, an icon, a badge.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let kind = match kind {
        PickKind::Radio => "radio",
        PickKind::Checkbox => "checkbox",
    };
    let id = field_id(&format!("{name}-{value}"));
    let note = note.into_option();
    let end = end.into_option();
    view! {
        <label class="pick check">
            <input type=kind id=id name=name value=value checked=checked disabled=disabled />
            {children.map(|children| children())}
            <span class="grow">
                <span class="mid">{label}</span>
                {note.map(|note| view! { <span class="t-12 muted block">{note}</span> })}
            </span>
            {end.map(|end| view! { <span class="num">{end}</span> })}
        </label>
    }
}
