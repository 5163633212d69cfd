//! A line over time, with the period before as a dashed one.

use leptos::prelude::*;

use super::{ChartText, Datum, HEIGHT, Series, WIDTH, as_table, grid, height_of, labels_below, line_through, place_of};
use crate::text::{Text, classes};

fn path(data: &[Datum], count: usize, max: i64, skip: usize) -> String {
    let points = data.iter().enumerate().skip(skip);
    line_through(points.map(|(index, datum)| (place_of(index, count), height_of(datum.value, max))))
}

/// A line, filled below, with an optional comparison.
#[component]
pub fn LineChart(
    /// The words around it.
    text: ChartText,
    /// The labels below, one for each figure.
    labels: Vec<String>,
    /// Every how many labels one is shown.
    #[prop(default = 1)]
    every: usize,
    /// The line; it may have fewer figures than there are labels.
    series: Series,
    /// The period before, dashed.
    #[prop(optional_no_strip, into)]
    before: Option<Series>,
    /// The top of the scale (see [`super::nice_max`]).
    max: i64,
    /// The scale's texts, from the top to zero.
    scale: Vec<String>,
    /// The last figure is not complete yet: its line is dotted, with a point at the end.
    #[prop(optional)]
    open_end: bool,
    /// 244 px high instead of 200.
    #[prop(optional)]
    large: bool,
    /// Further classes.
    #[prop(optional, into)]
    class: Text,
) -> impl IntoView {
    let count = labels.len();
    let have = series.data.len();
    let closed = if open_end && have > 1 { have - 1 } else { have };
    let solid = series.data.get(..closed).unwrap_or_default();
    let line = path(solid, count, max, 0);
    let end = place_of(closed.saturating_sub(1), count);
    let area = (!line.is_empty()).then(|| format!("{line}L{end} {HEIGHT}L0 {HEIGHT}Z"));
    let open = (closed < have).then(|| {
        let tail = path(&series.data, count, max, closed.saturating_sub(1));
        let last = series.data.last().map(|datum| height_of(datum.value, max)).unwrap_or_default();
        let dot = format!("M{} {last}h0", place_of(have.saturating_sub(1), count));
        view! {
            <path class="l1 l1-open" d=tail></path>
            <path class="dot" d=dot.clone()></path>
            <path class="dot-in" d=dot></path>
        }
    });
    let dashed = before.as_ref().map(|before| path(&before.data, count, max, 0));
    let legend_name = series.name.clone();
    let legend_before = before.as_ref().map(|before| before.name.clone());
    let all: Vec<Series> = std::iter::once(series).chain(before).collect();
    let steps = scale.len().saturating_sub(1);
    view! {
        <figure class=classes(&["chart-fig", class.as_str()])>
            <figcaption class="legend">
                <span class="key"><i class="kl"></i>{legend_name}</span>
                {legend_before.map(|name| view! { <span class="key"><i class="kp"></i>{name}</span> })}
                {text.note.clone().map(|note| view! { <span class="key">{note}</span> })}
            </figcaption>
            <div class="plot">
                <div class="plot-y" aria-hidden="true">
                    {scale.into_iter().map(|tick| view! { <span>{tick}</span> }).collect_view()}
                </div>
                <svg
                    class=if large { "chart chart-lg" } else { "chart" }
                    viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                    preserveAspectRatio="none"
                    role="img"
                    aria-label=text.label.clone()
                >
                    {grid(steps)}
                    {area.map(|area| view! { <path class="a1" d=area></path> })}
                    {dashed.map(|dashed| view! { <path class="l0" d=dashed></path> })}
                    <path class="l1" d=line></path>
                    {open}
                </svg>
                {labels_below(&labels, every, true)}
            </div>
            {as_table(&text, &labels, &all)}
        </figure>
    }
}
