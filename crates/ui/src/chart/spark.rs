//! Small drawings beside a figure or a filter.

use leptos::prelude::*;

use super::{HEIGHT, WIDTH, height_of, line_through, place_of};

/// A line without scale, in a table or beside a figure.
#[component]
pub fn Sparkline(
    /// What it shows, in words: "up from 12 to 31 in eight weeks".
    #[prop(into)]
    label: String,
    /// The figures.
    values: Vec<i64>,
) -> impl IntoView {
    let max = values.iter().copied().max().unwrap_or_default().max(1);
    let count = values.len();
    let line = line_through(values.iter().enumerate().map(|(index, value)| (place_of(index, count), height_of(*value, max))));
    view! {
        <svg class="spark" viewBox=format!("0 -100 {WIDTH} {}", HEIGHT + 200) preserveAspectRatio="none" role="img" aria-label=label>
            <path class="l1" d=line></path>
        </svg>
    }
}

/// How values spread, above two fields that cut a range out of them. Decoration: the fields say it.
#[component]
pub fn Histogram(
    /// How many fall into each bar.
    values: Vec<i64>,
    /// The first bar inside the range.
    from: usize,
    /// The last bar inside the range.
    to: usize,
) -> impl IntoView {
    let max = values.iter().copied().max().unwrap_or_default().max(1);
    let slot = WIDTH / i64::try_from(values.len()).unwrap_or(1).max(1);
    view! {
        <svg class="hist" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
            {values
                .into_iter()
                .enumerate()
                .map(|(index, value)| {
                    let top = height_of(value, max);
                    let class = if (from..=to).contains(&index) { "in" } else { "out" };
                    let x = slot * i64::try_from(index).unwrap_or_default();
                    view! {
                        <rect class=class x=x.to_string() y=top.to_string() width=(slot * 92 / 100).to_string() height=(HEIGHT - top).to_string()></rect>
                    }
                })
                .collect_view()}
        </svg>
    }
}
