//! What several pages of this portal show: a lesson's time, its row in a list, the policy.

mod policy;
mod rows;

pub use policy::policy_bar;
pub use rows::{by_day, kind_and_length};

use i18n::t;
use jiff::Timestamp;
use kernel::zone::ZoneName;
use leptos::prelude::*;
use ui::prelude::*;
use web::RequestCx;

/// Whole minutes between two instants.
pub fn minutes_between(from: Timestamp, to: Timestamp) -> u32 {
    u32::try_from(to.duration_since(from).as_mins()).unwrap_or_default()
}

/// A lesson's time in words.
pub struct When {
    /// "Tuesday 13 October 2026".
    pub day: String,
    /// "17:00–18:00".
    pub time: String,
    /// "London (BST)": the reader's zone then.
    pub zone: String,
    /// "18:00–19:00 for Claire Dubois, Madrid (CEST)", when the tutor's clock shows another time.
    pub theirs: Option<String>,
}

impl When {
    /// The time of a lesson that `tutor` gives in their `zone`.
    pub fn new(cx: &RequestCx, starts_at: Timestamp, ends_at: Timestamp, zone: &ZoneName, tutor: &str) -> Self {
        let reader = cx.reader();
        let there = reader.in_zone(zone.clone());
        let same_day = reader.date(starts_at) == there.date(starts_at);
        let theirs = (reader.wall(starts_at) != there.wall(starts_at)).then(|| {
            let time = if same_day { there.time_range(starts_at, ends_at) } else { there.date_time_range(starts_at, ends_at) };
            t!(cx.locale(), "student-time-of-tutor", time = time, tutor = tutor, zone = there.zone_label(starts_at))
        });
        Self { day: reader.date_long(starts_at), time: reader.time_range(starts_at, ends_at), zone: reader.zone_label(starts_at), theirs }
    }

    /// Day, time, zone, and the tutor's time below.
    pub fn view(self, starts_at: Timestamp) -> AnyView {
        view! {
            <p>
                <TimeText iso=starts_at.to_string() text=self.day class="mid block"/>
                <span class="num">{self.time}</span>
                " "
                <span class="muted">{self.zone}</span>
            </p>
            {self.theirs.map(|theirs| view! { <p class="t-12 faint num">{theirs}</p> })}
        }
        .into_any()
    }
}
