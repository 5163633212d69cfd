//! Fields for text: one line, several lines, passwords.

use leptos::prelude::*;

use super::{Field, described_by, field_id};
use crate::{
    icon::{Glyph, Icon},
    text::{Text, classes},
};

/// A bare input for places where a label stands elsewhere or `aria_label` says it: search boxes, filters.
#[component]
pub fn Input(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// The input's `type`; `text` by default.
    #[prop(optional, into)]
    kind: Text,
    /// The id; `f-<name>` by default.
    #[prop(optional, into)]
    id: Text,
    /// The value.
    #[prop(optional, into)]
    value: Text,
    /// An example, never the label.
    #[prop(optional, into)]
    placeholder: Text,
    /// The label, when no `<label>` points here.
    #[prop(optional, into)]
    aria_label: Text,
    /// An icon inside, before the text.
    #[prop(optional_no_strip, into)]
    icon: Option<Glyph>,
    /// `autocomplete` token.
    #[prop(optional, into)]
    autocomplete: Text,
    /// The id of a `<datalist>`.
    #[prop(optional, into)]
    list: Text,
    /// Wrong.
    #[prop(optional)]
    invalid: bool,
    /// Cannot be used now.
    #[prop(optional)]
    disabled: bool,
    /// Further classes, on the frame.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let id = id.or_else(|| field_id(&name));
    view! {
        <div class=classes(&["input-wrap", class.as_str()])>
            {icon.map(|name| view! { <Icon name=name /> })}
            <input
                class="input"
                type=kind.or_else(|| "text".to_owned())
                id=id
                name=name
                value=value.into_option()
                placeholder=placeholder.into_option()
                aria-label=aria_label.into_option()
                autocomplete=autocomplete.into_option()
                list=list.into_option()
                aria-invalid=invalid.then_some("true")
                disabled=disabled
            />
        </div>
    }
}

/// A field for one line of text, a number, an address.
#[expect(clippy::fn_params_excessive_bools, reason = "attributes of an HTML element")]
#[component]
pub fn TextField(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// The input's `type`: `text` by default, or `email`, `tel`, `url`, `number`, `search`.
    #[prop(optional, into)]
    kind: Text,
    /// The id; `f-<name>` by default.
    #[prop(optional, into)]
    id: Text,
    /// The value; after a failed form what was typed.
    #[prop(optional, into)]
    value: Text,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Text,
    /// Help below.
    #[prop(optional, into)]
    hint: Text,
    /// Faint text at the end of the label: a unit, "optional", a count.
    #[prop(optional, into)]
    aside: Text,
    /// An example, never the label.
    #[prop(optional, into)]
    placeholder: Text,
    /// An icon inside, before the text.
    #[prop(optional_no_strip, into)]
    icon: Option<Glyph>,
    /// Text inside, before what is typed, such as "£".
    #[prop(optional, into)]
    prefix: Text,
    /// Text inside, after what is typed, such as "min".
    #[prop(optional, into)]
    suffix: Text,
    /// `autocomplete` token.
    #[prop(optional, into)]
    autocomplete: Text,
    /// `inputmode`: `decimal` for money, `numeric` for codes.
    #[prop(optional, into)]
    inputmode: Text,
    /// Smallest value or earliest date.
    #[prop(optional, into)]
    min: Text,
    /// Largest value or latest date.
    #[prop(optional, into)]
    max: Text,
    /// Step of a number.
    #[prop(optional, into)]
    step: Text,
    /// Most characters.
    #[prop(optional_no_strip, into)]
    maxlength: Option<u32>,
    /// A pattern that the value must match.
    #[prop(optional, into)]
    pattern: Text,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Cannot be used now.
    #[prop(optional)]
    disabled: bool,
    /// Is shown and sent but not changed.
    #[prop(optional)]
    readonly: bool,
    /// Takes the focus when the page opens.
    #[prop(optional)]
    autofocus: bool,
    /// Tabular figures, for money, codes and times.
    #[prop(optional)]
    num: bool,
    /// Keep the label for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
    /// Further classes, on the field.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let id = id.or_else(|| field_id(&name));
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    let prefix = prefix.into_option();
    let suffix = suffix.into_option();
    let suffixed = if suffix.is_some() { "has-suf" } else { "" };
    let input_class = classes(&["input", if num { "num" } else { "" }, suffixed]);
    view! {
        <Field id=id.clone() label=label aside=aside hint=hint error=error label_hidden=label_hidden class=class>
            <div class="input-wrap">
                {icon.map(|name| view! { <Icon name=name /> })}
                {prefix.map(|prefix| view! { <span class="pre" aria-hidden="true">{prefix}</span> })}
                <input
                    class=input_class
                    type=kind.or_else(|| "text".to_owned())
                    id=id
                    name=name
                    value=value.into_option()
                    placeholder=placeholder.into_option()
                    autocomplete=autocomplete.into_option()
                    inputmode=inputmode.into_option()
                    min=min.into_option()
                    max=max.into_option()
                    step=step.into_option()
                    maxlength=maxlength.map(|length| length.to_string())
                    pattern=pattern.into_option()
                    required=required
                    disabled=disabled
                    readonly=readonly
                    autofocus=autofocus
                    aria-describedby=described
                    aria-invalid=invalid
                />
                {suffix.map(|suffix| view! { <span class="suf" aria-hidden="true">{suffix}</span> })}
            </div>
        </Field>
    }
}

/// A password, with a button that shows it (which needs the page's script and is hidden without).
#[component]
pub fn PasswordField(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Label of the button that shows the password.
    #[prop(into)]
    show_label: String,
    /// `current-password` (the default) or `new-password`.
    #[prop(optional, into)]
    autocomplete: Text,
    /// The id; `f-<name>` by default.
    #[prop(optional, into)]
    id: Text,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Text,
    /// Help below.
    #[prop(optional, into)]
    hint: Text,
    /// Fewest characters.
    #[prop(optional_no_strip, into)]
    minlength: Option<u32>,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Takes the focus when the page opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let id = id.or_else(|| field_id(&name));
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    let target = id.clone();
    view! {
        <Field id=id.clone() label=label hint=hint error=error>
            <div class="input-wrap">
                <input
                    class="input has-suf"
                    type="password"
                    id=id
                    name=name
                    autocomplete=autocomplete.or_else(|| "current-password".to_owned())
                    minlength=minlength.map(|length| length.to_string())
                    required=required
                    autofocus=autofocus
                    aria-describedby=described
                    aria-invalid=invalid
                />
                <button
                    class="btn btn-ghost btn-icon btn-sm affix"
                    type="button"
                    hidden
                    aria-pressed="false"
                    aria-label=show_label
                    data-reveal=target
                >
                    <Icon name=Glyph::Eye class="on-hidden" />
                    <Icon name=Glyph::EyeOff class="on-shown" />
                </button>
            </div>
        </Field>
    }
}

/// A field for several lines.
#[component]
pub fn TextareaField(
    /// Name sent with the form.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// The id; `f-<name>` by default.
    #[prop(optional, into)]
    id: Text,
    /// The value; after a failed form what was typed.
    #[prop(optional, into)]
    value: Text,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Text,
    /// Help below.
    #[prop(optional, into)]
    hint: Text,
    /// Faint text at the end of the label: "optional", "212 of 600".
    #[prop(optional, into)]
    aside: Text,
    /// An example, never the label.
    #[prop(optional, into)]
    placeholder: Text,
    /// Lines shown.
    #[prop(default = 4)]
    rows: u32,
    /// Most characters.
    #[prop(optional_no_strip, into)]
    maxlength: Option<u32>,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Cannot be used now.
    #[prop(optional)]
    disabled: bool,
    /// Keep the label for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
    /// Further classes, on the field.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let id = id.or_else(|| field_id(&name));
    let described = described_by(&id, &hint, &error);
    let invalid = error.is_some().then_some("true");
    let value = textarea_text(value.as_str());
    view! {
        <Field id=id.clone() label=label aside=aside hint=hint error=error label_hidden=label_hidden class=class>
            <textarea
                class="textarea"
                id=id
                name=name
                rows=rows.to_string()
                placeholder=placeholder.into_option()
                maxlength=maxlength.map(|length| length.to_string())
                required=required
                disabled=disabled
                aria-describedby=described
                aria-invalid=invalid
            >
                {value}
            </textarea>
        </Field>
    }
}

/// What stands between `<textarea>` and `</textarea>` for `text`.
///
/// Leptos writes the children of this element as they are, without escaping: on the server that is ours to do,
/// or what was typed could end the element and go on as markup. The parser drops a line break right after the
/// start tag; one more keeps one that was typed.
pub fn textarea_text(text: &str) -> String {
    if cfg!(not(feature = "ssr")) {
        return text.to_owned();
    }
    let mut safe = String::with_capacity(text.len() + 1);
    if text.starts_with(['\n', '\r']) {
        safe.push('\n');
    }
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            c => safe.push(c),
        }
    }
    safe
}
