//! Dates and times: native inputs, which bring keyboard, calendar and the reader's own format.

use leptos::prelude::*;

use super::{Field, described_by, field_id};
use crate::text::Text;

macro_rules! date_field {
    ($(#[$doc:meta])* $component:ident, $kind:literal, $class:literal) => {
        $(#[$doc])*
        #[component]
        pub fn $component(
            /// Name sent with the form.
            #[prop(into)]
            name: String,
            /// The label.
            #[prop(into)]
            label: String,
            /// The value, in ISO 8601 as the input sends it.
            #[prop(optional, into)]
            value: Text,
            /// What is wrong and what to do.
            #[prop(optional, into)]
            error: Text,
            /// Help below.
            #[prop(optional, into)]
            hint: Text,
            /// Faint text at the end of the label: the zone.
            #[prop(optional, into)]
            aside: Text,
            /// Earliest, in ISO 8601.
            #[prop(optional, into)]
            min: Text,
            /// Latest, in ISO 8601.
            #[prop(optional, into)]
            max: Text,
            /// Step: seconds for times, days for dates.
            #[prop(optional, into)]
            step: Text,
            /// The id; `f-<name>` by default.
            #[prop(optional, into)]
            id: Text,
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
            view! {
                <Field id=id.clone() label=label aside=aside hint=hint error=error label_hidden=label_hidden class=class>
                    <input
                        class=$class
                        type=$kind
                        id=id
                        name=name
                        value=value.into_option()
                        min=min.into_option()
                        max=max.into_option()
                        step=step.into_option()
                        required=required
                        disabled=disabled
                        aria-describedby=described
                        aria-invalid=invalid
                    />
                </Field>
            }
        }
    };
}

date_field!(
    /// A date, such as `2026-10-13`.
    DateField, "date", "input num date"
);
date_field!(
    /// A wall-clock time, such as `17:00`; say the zone in `aside`.
    TimeField, "time", "input num date"
);
date_field!(
    /// A date with a wall-clock time, such as `2026-10-13T17:00`; say the zone in `aside`.
    DateTimeField, "datetime-local", "input num date"
);
