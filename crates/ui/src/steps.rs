//! Order in time: the steps of a task, and what happened.

use leptos::prelude::*;

use crate::{
    icon::{Glyph, Icon, IconSize},
    text::{Text, classes},
};

/// One step of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What it is.
    pub label: String,
    /// The way back to it, when it is done.
    pub href: Option<String>,
}

impl Step {
    /// A step.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }

    /// The same step with a way back.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

/// The steps of a task: done, current, to come.
#[component]
pub fn Steps(
    /// "Booking", for screen readers.
    #[prop(into)]
    label: String,
    /// The steps.
    items: Vec<Step>,
    /// The index of the current one; past the end when all are done.
    current: usize,
    /// "done", said after a finished step.
    #[prop(into)]
    done_label: String,
    /// One under the other, for long tasks beside a form.
    #[prop(optional)]
    vertical: bool,
) -> impl IntoView {
    let class = classes(&["steps", if vertical { "steps-v" } else { "" }]);
    view! {
        <ol class=class role="list" aria-label=label>
            {items
                .into_iter()
                .enumerate()
                .map(|(index, step)| {
                    let done = index < current;
                    let number = if done {
                        view! { <Icon name=Glyph::Check size=IconSize::Small /> }.into_any()
                    } else {
                        (index + 1).to_string().into_any()
                    };
                    let text = match step.href.filter(|_| done) {
                        Some(href) => view! { <a class="link-quiet" href=href>{step.label}</a> }.into_any(),
                        None => view! { <span class="steps-t">{step.label}</span> }.into_any(),
                    };
                    let done_label = done.then(|| done_label.clone());
                    view! {
                        <li class=done.then_some("done") aria-current=(index == current).then_some("step")>
                            <span class="n" aria-hidden="true">{number}</span>
                            {text}
                            {done_label.map(|done| view! { <span class="sr">{done}</span> })}
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}

/// What happened, newest first. The children are [`TimelineItem`]s.
#[component]
pub fn Timeline(
    /// What it tells, for screen readers, when no heading does.
    #[prop(optional, into)]
    label: Text,
    /// The items.
    children: Children,
) -> impl IntoView {
    view! { <ol class="timeline" role="list" aria-label=label.into_option()>{children()}</ol> }
}

/// One thing that happened.
#[component]
pub fn TimelineItem(
    /// What.
    #[prop(into)]
    title: String,
    /// When and by whom, already formatted.
    #[prop(optional, into)]
    note: Text,
    /// The state now.
    #[prop(optional)]
    now: bool,
    /// More about it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let note = note.into_option();
    view! {
        <li class=now.then_some("now")>
            <p class=now.then_some("mid")>{title}</p>
            {note.map(|note| view! { <p class="t-12 faint num">{note}</p> })}
            {children.map(|children| children())}
        </li>
    }
}
