//! Stacked bars.

use leptos::prelude::*;

use super::{ChartText, HEIGHT, Series, WIDTH, as_table, grid, height_of, labels_below};
use crate::text::{Text, classes};

/// Bars over time, stacked from up to three series.
#[component]
pub fn BarChart(
    /// The words around it.
    text: ChartText,
    /// The labels below, one for each bar.
    labels: Vec<String>,
    /// Every how many labels one is shown.
    #[prop(default = 1)]
    every: usize,
    /// The series, from the bottom; at most three.
    series: Vec<Series>,
    /// The top of the scale (see [`super::nice_max`]).
    max: i64,
    /// The scale's texts, from the top to zero.
    scale: Vec<String>,
    /// The last bar is not complete yet: it is pale.
    #[prop(optional)]
    open_end: bool,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let count = labels.len();
    let slot = WIDTH / i64::try_from(count).unwrap_or(1).max(1);
    let bars = (0..count)
        .map(|index| {
            let x = slot * i64::try_from(index).unwrap_or_default() + slot * 24 / 100;
            let open = open_end && index + 1 == count;
            let mut below = 0_i64;
            series
                .iter()
                .zip(["b1", "b2", "b3"])
                .filter_map(|(one, class)| {
                    let value = one.data.get(index).map(|datum| datum.value.max(0)).unwrap_or_default();
                    let foot = height_of(below, max);
                    below = below.saturating_add(value);
                    let top = height_of(below, max);
                    // A hair between the parts keeps them apart without their colours.
                    let length = (foot - top - 10).max(0);
                    let class = classes(&[class, if open { "open" } else { "" }]);
                    (length > 0).then(|| {
                        view! {
                            <rect class=class x=x.to_string() y=top.to_string() width=(slot * 52 / 100).to_string() height=length.to_string()></rect>
                        }
                    })
                })
                .collect_view()
        })
        .collect_view();
    let keys = series
        .iter()
        .zip(["", "k2", "k3"])
        .map(|(one, class)| view! { <span class="key"><i class=class></i>{one.name.clone()}</span> })
        .collect_view();
    let steps = scale.len().saturating_sub(1);
    view! {
        <figure class=classes(&["chart-fig", class.as_str()])>
            <figcaption class="legend">
                {keys}
                {text.note.clone().map(|note| view! { <span class="key">{note}</span> })}
            </figcaption>
            <div class="plot">
                <div class="plot-y" aria-hidden="true">
                    {scale.into_iter().map(|tick| view! { <span>{tick}</span> }).collect_view()}
                </div>
                <svg
                    class="chart chart-md"
                    viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                    preserveAspectRatio="none"
                    role="img"
                    aria-label=text.label.clone()
                >
                    {grid(steps)}
                    {bars}
                </svg>
                {labels_below(&labels, every, false)}
            </div>
            {as_table(&text, &labels, &series)}
        </figure>
    }
}
