//! Charts.

use leptos::prelude::*;

use super::section;
use crate::{chart::scale, prelude::*};

pub(super) fn sections() -> Vec<AnyView> {
    vec![section("charts", "Charts", charts())]
}

fn series(name: &str, values: &[i64]) -> Series {
    Series::new(name, values.iter().map(|&value| Datum::new(value, format!("£{value}.00"))).collect())
}

fn text(label: &str, column: &str, note: Option<&str>) -> ChartText {
    ChartText { label: label.to_owned(), table: "Show as table".to_owned(), column: column.to_owned(), note: note.map(str::to_owned) }
}

fn ticks(max: i64, steps: u8) -> Vec<String> {
    scale(max, steps).into_iter().map(|tick| tick.to_string()).collect()
}

fn charts() -> AnyView {
    let sales = [
        1228, 1385, 1472, 1286, 958, 1100, 1364, 1478, 1666, 1646, 1584, 972, 1275, 1484, 1792, 1762, 1874, 1556, 1132, 1414, 1662, 1728,
        2001, 1934, 1928, 1231, 1489, 1760, 2001, 980,
    ];
    let before = [
        1267, 1212, 1262, 1210, 816, 956, 1088, 1358, 1304, 1380, 1346, 892, 1058, 1260, 1533, 1496, 1477, 1357, 940, 1131, 1436, 1512,
        1672, 1567, 1413, 1028, 1296, 1389, 1636, 1783,
    ];
    let days: Vec<String> = (7..=30).map(|day| format!("{day} Sep")).chain((1..=6).map(|day| format!("{day} Oct"))).collect();
    let weeks: Vec<String> =
        ["20 Jul", "27 Jul", "3 Aug", "10 Aug", "17 Aug", "24 Aug", "31 Aug", "7 Sep", "14 Sep", "21 Sep", "28 Sep", "5 Oct"]
            .map(str::to_owned)
            .to_vec();
    let hours: Vec<String> = (8..=20).map(|hour| hour.to_string()).collect();
    let heat = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        .into_iter()
        .zip(0_u8..)
        .map(|(day, n)| {
            let cells = (0_u8..13)
                .map(|hour| HeatCell {
                    level: if n == 6 && hour == 0 { None } else { Some((hour * (7 - n) / 9).min(4)) },
                    text: format!("{} %", u32::from(hour) * 7),
                })
                .collect();
            (day.to_owned(), cells)
        })
        .collect();
    let step = |label: &str, value, text: &str, rate: Option<&str>| FunnelStep {
        label: label.to_owned(),
        value,
        text: text.to_owned(),
        rate: rate.map(str::to_owned),
    };
    view! {
        <LineChart
            text=text("Sales per day, 7 September to 6 October", "Day", Some("Dotted: today until 14:20"))
            labels=days
            every=7
            series=series("This period", &sales)
            before=series("30 days before", &before)
            max=2400
            scale=ticks(2400, 4)
            open_end=true
        />
        <div class="cols-2">
            <BarChart
                text=text("Bookings per week by kind, 12 weeks", "Week", Some("Pale: week in progress"))
                labels=weeks
                every=3
                series=vec![
                    series("1-on-1", &[182, 190, 171, 204, 211, 198, 224, 231, 226, 244, 252, 96]),
                    series("Group", &[58, 62, 68, 64, 70, 79, 78, 84, 89, 85, 92, 28]),
                    series("Trial", &[42, 44, 38, 46, 52, 49, 55, 51, 60, 58, 64, 18]),
                ]
                max=450
                scale=ticks(450, 3)
                open_end=true
            />
            <HeatMap caption="When hours are booked" columns=hours rows=heat low="0 %" high="100 % of offered hours, London time" />
            <Funnel
                label="From search to booking"
                steps=vec![
                    step("Searched", 12_480, "12,480", None),
                    step("Opened a profile", 6_210, "6,210", Some("50 %")),
                    step("Chose a time", 2_048, "2,048", Some("33 %")),
                    step("Paid", 1_506, "1,506", Some("74 %")),
                ]
            />
            <div class="stack stack-4">
                <p class="row row-3">"Lessons a week "<Sparkline label="up from 12 to 31 in eight weeks" values=vec![12, 15, 14, 19, 24, 22, 28, 31] /><b class="num">"31"</b></p>
                <Histogram values=vec![2, 6, 11, 17, 21, 18, 14, 9, 4, 3, 1, 1] from=0 to=7 />
            </div>
        </div>
    }
    .into_any()
}
