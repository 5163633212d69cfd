//! Charts as SVG from the server: the drawing stretches, the words stand beside it in HTML, and a table holds
//! the same figures. All arithmetic is on integers; figures come already formatted.

mod bars;
mod funnel;
mod heat;
mod line;
mod spark;

pub use bars::BarChart;
pub use funnel::{Funnel, FunnelStep};
pub use heat::{HeatCell, HeatMap};
pub use line::LineChart;
pub use spark::{Histogram, Sparkline};

use std::fmt::Write as _;

use leptos::prelude::*;

/// One figure: for the drawing and for reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Datum {
    /// For the drawing; below zero counts as zero.
    pub value: i64,
    /// For reading, formatted: "£1,489.00".
    pub text: String,
}

impl Datum {
    /// A figure with its text.
    pub fn new(value: i64, text: impl Into<String>) -> Self {
        Self { value, text: text.into() }
    }
}

/// Figures that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    /// What they are: "This period".
    pub name: String,
    /// One for each label of the chart.
    pub data: Vec<Datum>,
}

impl Series {
    /// A series.
    pub fn new(name: impl Into<String>, data: Vec<Datum>) -> Self {
        Self { name: name.into(), data }
    }
}

/// The words around a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartText {
    /// What it shows: "Sales per day, 7 September to 6 October".
    pub label: String,
    /// "Show as table".
    pub table: String,
    /// What the labels are: "Day".
    pub column: String,
    /// One more line of the legend: "Dotted: today until 14:20".
    pub note: Option<String>,
}

/// The height of the drawing, in units of its view box. Wide enough for integers to be smooth.
const HEIGHT: i64 = 2_000;
/// The width of the drawing, in units of its view box.
const WIDTH: i64 = 10_000;

/// The smallest round number (1, 2, 3, 4, 5, 6 or 8 times a power of ten) that is at least `largest`.
pub fn nice_max(largest: i64) -> i64 {
    let mut power = 1_i64;
    loop {
        for factor in [1, 2, 3, 4, 5, 6, 8] {
            let Some(candidate) = power.checked_mul(factor) else { return largest };
            if candidate >= largest {
                return candidate;
            }
        }
        match power.checked_mul(10) {
            Some(next) => power = next,
            None => return largest,
        }
    }
}

/// The values of the lines of a scale, from the top to zero, `steps` spaces apart.
pub fn scale(max: i64, steps: u8) -> Vec<i64> {
    let steps = i64::from(steps.max(1));
    (0..=steps).rev().map(|step| max / steps * step + max % steps * step / steps).collect()
}

/// Where `value` lies from the top, when `max` is the top.
fn height_of(value: i64, max: i64) -> i64 {
    let part = i128::from(value.clamp(0, max.max(0))) * i128::from(HEIGHT) / i128::from(max.max(1));
    HEIGHT - i64::try_from(part).unwrap_or(HEIGHT)
}

/// Where the point `index` of `count` lies from the start.
fn place_of(index: usize, count: usize) -> i64 {
    let last = i64::try_from(count.saturating_sub(1)).unwrap_or(i64::MAX).max(1);
    i64::try_from(index).unwrap_or(i64::MAX).saturating_mul(WIDTH) / last
}

/// A line through `points`, as SVG path data.
fn line_through(points: impl Iterator<Item = (i64, i64)>) -> String {
    let mut path = String::new();
    for (x, y) in points {
        let letter = if path.is_empty() { 'M' } else { 'L' };
        // Writing to a String cannot fail.
        let _ = write!(path, "{letter}{x} {y}");
    }
    path
}

/// The horizontal lines: one for each step, the lowest the axis.
fn grid(steps: usize) -> Vec<AnyView> {
    let steps = i64::try_from(steps).unwrap_or(1).max(1);
    (0..=steps)
        .map(|step| {
            let y = HEIGHT * step / steps;
            let class = if step == steps { "axis" } else { "grid-line" };
            view! { <path class=class d=format!("M0 {y}H{WIDTH}")></path> }.into_any()
        })
        .collect()
}

/// The labels below: every `every`th, in its place.
fn labels_below(labels: &[String], every: usize, edges: bool) -> impl IntoView + use<> {
    let every = every.max(1);
    let class = if edges { "plot-x edge-x" } else { "plot-x mid-x" };
    let labels = labels
        .iter()
        .enumerate()
        .map(|(index, label)| {
            let shown = if index.is_multiple_of(every) { label.clone() } else { String::new() };
            view! { <span>{shown}</span> }
        })
        .collect_view();
    view! { <div class=class aria-hidden="true">{labels}</div> }
}

/// The figures as a table.
fn as_table(text: &ChartText, labels: &[String], series: &[Series]) -> impl IntoView + use<> {
    let heads = series.iter().map(|one| view! { <th scope="col" class="r">{one.name.clone()}</th> }).collect_view();
    let rows = labels
        .iter()
        .enumerate()
        .map(|(index, label)| {
            let cells = series
                .iter()
                .map(|one| {
                    let figure = one.data.get(index).map(|datum| datum.text.clone()).unwrap_or_default();
                    view! { <td class="r">{figure}</td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{label.clone()}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <details class="as-table">
            <summary>{text.table.clone()}</summary>
            <div class="table-wrap" tabindex="0" role="group" aria-label=text.label.clone()>
                <table class="table">
                    <thead><tr><th scope="col">{text.column.clone()}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::{HEIGHT, WIDTH, height_of, nice_max, place_of, scale};

    #[test]
    fn a_scale_ends_on_a_round_number() {
        assert_eq!(nice_max(0), 1);
        assert_eq!(nice_max(411), 500);
        assert_eq!(nice_max(200_100), 300_000);
        assert_eq!(nice_max(8_000), 8_000);
        assert_eq!(nice_max(i64::MAX), i64::MAX);
        assert_eq!(scale(2_400, 4), [2_400, 1_800, 1_200, 600, 0]);
        assert_eq!(scale(500, 3), [500, 333, 166, 0]);
    }

    #[test]
    fn figures_stay_inside_the_drawing() {
        assert_eq!(height_of(0, 100), HEIGHT);
        assert_eq!(height_of(100, 100), 0);
        assert_eq!(height_of(250, 100), 0);
        assert_eq!(height_of(-5, 100), HEIGHT);
        assert_eq!(height_of(i64::MAX, i64::MAX), 0);
        assert_eq!(height_of(5, 0), HEIGHT);
        assert_eq!((place_of(0, 1), place_of(0, 5), place_of(4, 5)), (0, 0, WIDTH));
    }
}
