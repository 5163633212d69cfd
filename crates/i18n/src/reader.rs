//! Who reads: a language and a zone. Everything they see is formatted through here.

mod dates;
mod errors;
mod numbers;
mod relative;

use crate::Locale;
use jiff::tz::TimeZone;
use kernel::zone::ZoneName;

/// The reader of a page or a mail. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The language.
    pub locale: Locale,
    /// The zone's rules.
    pub zone: TimeZone,
    /// The zone's name.
    pub zone_name: ZoneName,
}

impl Reader {
    /// A reader of `locale` whose wall clock is that of `zone_name`.
    pub fn new(locale: Locale, zone_name: ZoneName) -> Self {
        Self { locale, zone: zone_name.zone(), zone_name }
    }

    /// The same reader with another zone: a tutor's times for a student, for example.
    #[must_use]
    pub fn in_zone(&self, zone_name: ZoneName) -> Self {
        Self::new(self.locale, zone_name)
    }
}

impl From<&Reader> for Locale {
    fn from(reader: &Reader) -> Self {
        reader.locale
    }
}

impl From<&Locale> for Locale {
    fn from(locale: &Locale) -> Self {
        *locale
    }
}

#[cfg(test)]
mod tests;
