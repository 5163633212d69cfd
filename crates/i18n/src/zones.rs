//! The zones of the bundled database, for a select.

use crate::{Locale, template::Template};
use kernel::zone::ZoneName;
use std::{collections::BTreeMap, sync::LazyLock};

/// The zones of one region.
#[derive(Clone, Debug)]
pub struct ZoneGroup {
    /// The region in the reader's language.
    pub region: String,
    /// Its zones by city.
    pub zones: Vec<ZoneOption>,
}

/// A zone to choose.
#[derive(Clone, Debug)]
pub struct ZoneOption {
    /// The IANA name.
    pub name: ZoneName,
    /// `Madrid`, `Buenos Aires (Argentina)`.
    pub city: String,
}

/// Regions as they begin the zones' names, with the end of their message key.
const REGIONS: [(&str, &str); 10] = [
    ("Africa", "africa"),
    ("America", "america"),
    ("Antarctica", "antarctica"),
    ("Arctic", "arctic"),
    ("Asia", "asia"),
    ("Atlantic", "atlantic"),
    ("Australia", "australia"),
    ("Europe", "europe"),
    ("Indian", "indian"),
    ("Pacific", "pacific"),
];

/// Names that the database keeps for old programs and that show the same city twice. They
/// are still valid: a browser may report one.
const OLD_NAMES: [&str; 44] = [
    "Africa/Asmera",
    "Africa/Timbuktu",
    "America/Argentina/ComodRivadavia",
    "America/Atka",
    "America/Buenos_Aires",
    "America/Catamarca",
    "America/Coral_Harbour",
    "America/Cordoba",
    "America/Ensenada",
    "America/Fort_Wayne",
    "America/Godthab",
    "America/Indianapolis",
    "America/Jujuy",
    "America/Knox_IN",
    "America/Louisville",
    "America/Mendoza",
    "America/Porto_Acre",
    "America/Rosario",
    "America/Santa_Isabel",
    "America/Shiprock",
    "America/Virgin",
    "Antarctica/South_Pole",
    "Asia/Ashkhabad",
    "Asia/Calcutta",
    "Asia/Chungking",
    "Asia/Dacca",
    "Asia/Istanbul",
    "Asia/Katmandu",
    "Asia/Macao",
    "Asia/Rangoon",
    "Asia/Saigon",
    "Asia/Tel_Aviv",
    "Asia/Thimbu",
    "Asia/Ujung_Pandang",
    "Asia/Ulan_Bator",
    "Atlantic/Faeroe",
    "Atlantic/Jan_Mayen",
    "Europe/Belfast",
    "Europe/Kiev",
    "Europe/Nicosia",
    "Europe/Tiraspol",
    "Europe/Uzhgorod",
    "Pacific/Enderbury",
    "Pacific/Samoa",
];

/// Every zone, grouped by region, the regions and cities in order; UTC last. A reader's own
/// zone may be missing (an old name): a select shows it as well.
pub fn zones(locale: impl Into<Locale>) -> &'static [ZoneGroup] {
    static EN: LazyLock<Vec<ZoneGroup>> = LazyLock::new(|| groups(Locale::En));
    static ES: LazyLock<Vec<ZoneGroup>> = LazyLock::new(|| groups(Locale::Es));
    static PSEUDO: LazyLock<Vec<ZoneGroup>> = LazyLock::new(|| groups(Locale::Pseudo));
    static RTL: LazyLock<Vec<ZoneGroup>> = LazyLock::new(|| groups(Locale::Rtl));
    match locale.into() {
        Locale::En => &EN,
        Locale::Es => &ES,
        Locale::Pseudo => &PSEUDO,
        Locale::Rtl => &RTL,
    }
}

fn groups(locale: Locale) -> Vec<ZoneGroup> {
    let database = jiff::tz::db();
    let mut by_region: BTreeMap<&str, Vec<ZoneOption>> = BTreeMap::new();
    for name in database.available() {
        let Some((region, rest)) = name.as_str().split_once('/') else { continue };
        let Some((_, key)) = REGIONS.iter().find(|(known, _)| *known == region) else { continue };
        let obsolete = OLD_NAMES.contains(&name.as_str()) || (region == "Australia" && is_state(rest));
        if let Ok(name) = ZoneName::new(name.as_str())
            && !obsolete
        {
            by_region.entry(key).or_default().push(ZoneOption { name, city: city(rest) });
        }
    }
    let label = |key: &str| Template::new(locale, &format!("date-region-{key}"), &[]).fill([]);
    let mut groups: Vec<ZoneGroup> = by_region
        .into_iter()
        .map(|(key, mut zones)| {
            zones.sort_by(|a, b| a.city.cmp(&b.city));
            ZoneGroup { region: label(key), zones }
        })
        .collect();
    groups.push(ZoneGroup { region: label("other"), zones: vec![ZoneOption { name: ZoneName::utc(), city: "UTC".to_owned() }] });
    groups
}

/// `Argentina/Buenos_Aires` is `Buenos Aires (Argentina)`.
fn city(rest: &str) -> String {
    let plain = rest.replace('_', " ");
    match plain.rsplit_once('/') {
        None => plain,
        Some((state, city)) => format!("{city} ({state})"),
    }
}

/// Australia's old names are its states'.
fn is_state(rest: &str) -> bool {
    matches!(
        rest,
        "ACT" | "Canberra" | "Currie" | "LHI" | "NSW" | "North" | "Queensland" | "South" | "Tasmania" | "Victoria" | "West" | "Yancowinna"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(locale: Locale, name: &str) -> Option<(String, String)> {
        let groups = zones(locale).iter();
        let mut all = groups.flat_map(|group| group.zones.iter().map(move |zone| (group, zone)));
        all.find(|(_, zone)| zone.name.as_str() == name).map(|(group, zone)| (group.region.clone(), zone.city.clone()))
    }

    #[test]
    fn zones_are_grouped_in_the_readers_language() {
        assert_eq!(find(Locale::Es, "Europe/Madrid"), Some(("Europa".to_owned(), "Madrid".to_owned())));
        let argentina = Some(("America".to_owned(), "Buenos Aires (Argentina)".to_owned()));
        assert_eq!(find(Locale::En, "America/Argentina/Buenos_Aires"), argentina);
        assert_eq!(find(Locale::En, "UTC").map(|found| found.1), Some("UTC".to_owned()));
        assert_eq!(find(Locale::En, "Asia/Calcutta"), None);
        assert!(find(Locale::En, "Asia/Kolkata").is_some());
        assert!(zones(Locale::En).iter().map(|group| group.zones.len()).sum::<usize>() > 300);
    }

    #[test]
    fn old_names_are_names_of_the_database() {
        for name in OLD_NAMES {
            assert!(ZoneName::new(name).is_ok(), "{name}");
        }
    }
}
