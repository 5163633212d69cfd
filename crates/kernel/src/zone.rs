//! IANA time zones by name. One zone database decides: the program's own, bundled with jiff.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// Names that browsers still report (Unicode's CLDR never changes one) for cities that are
/// called otherwise today.
const RENAMED: [(&str, &str); 18] = [
    ("Africa/Asmera", "Africa/Asmara"),
    ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ("America/Catamarca", "America/Argentina/Catamarca"),
    ("America/Coral_Harbour", "America/Atikokan"),
    ("America/Cordoba", "America/Argentina/Cordoba"),
    ("America/Godthab", "America/Nuuk"),
    ("America/Indianapolis", "America/Indiana/Indianapolis"),
    ("America/Jujuy", "America/Argentina/Jujuy"),
    ("America/Louisville", "America/Kentucky/Louisville"),
    ("America/Mendoza", "America/Argentina/Mendoza"),
    ("Asia/Calcutta", "Asia/Kolkata"),
    ("Asia/Katmandu", "Asia/Kathmandu"),
    ("Asia/Rangoon", "Asia/Yangon"),
    ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
    ("Atlantic/Faeroe", "Atlantic/Faroe"),
    ("Europe/Kiev", "Europe/Kyiv"),
    ("Pacific/Enderbury", "Pacific/Kanton"),
    ("Pacific/Truk", "Pacific/Chuuk"),
];

/// The name of a zone that the bundled database knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ZoneName(String);

/// The database has no zone of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown time zone")]
pub struct UnknownZone;

impl ZoneName {
    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }

    /// The zone `name`, if the database has it. A name from before a city was renamed is
    /// replaced by today's.
    pub fn new(name: &str) -> Result<Self, UnknownZone> {
        let name = RENAMED.iter().find(|(old, _)| *old == name).map_or(name, |(_, today)| today);
        let zone = TimeZone::get(name).map_err(|_| UnknownZone)?;
        zone.iana_name().map(|name| Self(name.to_owned())).ok_or(UnknownZone)
    }

    /// The IANA name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The zone's rules. A name that vanished from the database counts as UTC.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.0).unwrap_or(TimeZone::UTC)
    }
}

impl std::fmt::Display for ZoneName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renamed_cities_have_todays_name_and_the_same_clock() {
        for (old, today) in RENAMED {
            let name = ZoneName::new(old).unwrap();
            assert_eq!(name.as_str(), today);
            let at = jiff::Timestamp::from_second(1_800_000_000).unwrap();
            assert_eq!(TimeZone::get(old).unwrap().to_offset(at), name.zone().to_offset(at), "{old}");
        }
        assert_eq!(ZoneName::new("Europe/London").unwrap().as_str(), "Europe/London");
    }
}
