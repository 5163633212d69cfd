//! A heat map: a table whose cells have a colour besides their figure.

use leptos::prelude::*;

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeatCell {
    /// How strong, 0 to 4; none where there is nothing to measure.
    pub level: Option<u8>,
    /// The figure in words: "63 %".
    pub text: String,
}

/// A heat map.
#[component]
pub fn HeatMap(
    /// What it shows.
    #[prop(into)]
    caption: String,
    /// The heads of the columns.
    columns: Vec<String>,
    /// The rows: head and cells.
    rows: Vec<(String, Vec<HeatCell>)>,
    /// What the palest colour stands for: "0 %".
    #[prop(into)]
    low: String,
    /// What the strongest colour stands for: "100 % of offered hours, London time".
    #[prop(into)]
    high: String,
) -> impl IntoView {
    view! {
        <div class="chart-fig">
            <p class="legend t-12 muted">
                {low}
                <span class="heat-key" aria-hidden="true">
                    <i class="h0"></i><i class="h1"></i><i class="h2"></i><i class="h3"></i><i class="h4"></i>
                </span>
                {high}
            </p>
            <table class="heat">
                <caption class="sr">{caption}</caption>
                <thead>
                    <tr>
                        <td></td>
                        {columns.into_iter().map(|column| view! { <th scope="col">{column}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {rows
                        .into_iter()
                        .map(|(head, cells)| view! {
                            <tr>
                                <th scope="row">{head}</th>
                                {cells
                                    .into_iter()
                                    .map(|cell| {
                                        let class = match cell.level {
                                            None => "hx",
                                            Some(0) => "h0",
                                            Some(1) => "h1",
                                            Some(2) => "h2",
                                            Some(3) => "h3",
                                            Some(_) => "h4",
                                        };
                                        let title = cell.text.clone();
                                        view! { <td class=class title=title><span class="sr">{cell.text}</span></td> }
                                    })
                                    .collect_view()}
                            </tr>
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}
