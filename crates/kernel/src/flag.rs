//! What a school, or the platform for it, can switch on and off.

use std::collections::BTreeMap;

/// A feature that can be switched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// People may sign themselves up. Off: by invitation only.
    SignUp,
    /// Tutors and prices are shown to whoever comes by. Off: to members only.
    OpenCatalogue,
    /// New payments can be begun.
    Payments,
    /// Files can be sent.
    Uploads,
    /// Anybody may found a school. The platform's alone.
    Founding,
}

impl Flag {
    /// Every flag.
    pub const ALL: [Self; 5] = [Self::SignUp, Self::OpenCatalogue, Self::Payments, Self::Uploads, Self::Founding];
    /// Those that a school decides about; the platform can decide for it.
    pub const OF_SCHOOLS: [Self; 2] = [Self::SignUp, Self::OpenCatalogue];
    /// Those that the platform can decide for one school.
    pub const FOR_SCHOOLS: [Self; 4] = [Self::SignUp, Self::OpenCatalogue, Self::Payments, Self::Uploads];

    /// Its name in the database, in forms and in message keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::SignUp => "sign-up",
            Self::OpenCatalogue => "open-catalogue",
            Self::Payments => "payments",
            Self::Uploads => "uploads",
            Self::Founding => "founding",
        }
    }

    /// By its [`key`](Self::key).
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.key() == key)
    }
}

/// Decisions about flags, by their keys; of what is not in it nothing was decided.
pub type Decisions = BTreeMap<String, bool>;

/// Who decided what about a school's flags. Everything is on until somebody switches it off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// What the school chose.
    pub chosen: Decisions,
    /// What the platform decided for this school.
    pub overridden: Decisions,
    /// What the platform decided for all schools.
    pub everywhere: Decisions,
}

impl Flags {
    /// Whether it is on: as the platform decided for this school, else off if it is off everywhere, else as the school chose.
    pub fn has(&self, flag: Flag) -> bool {
        let decided = |decisions: &Decisions| decisions.get(flag.key()).copied();
        match decided(&self.overridden) {
            Some(on) => on,
            None => decided(&self.everywhere).unwrap_or(true) && decided(&self.chosen).unwrap_or(true),
        }
    }

    /// Whether the school's choice counts.
    pub fn is_free(&self, flag: Flag) -> bool {
        !self.overridden.contains_key(flag.key()) && self.everywhere.get(flag.key()).copied().unwrap_or(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(on: bool) -> Decisions {
        Decisions::from([(Flag::SignUp.key().to_owned(), on)])
    }

    #[test]
    fn the_platforms_word_for_a_school_goes_before_that_for_all_and_before_the_schools() {
        let flags = Flags::default();
        assert!(Flag::ALL.into_iter().all(|flag| flags.has(flag) && flags.is_free(flag)));
        let chosen = Flags { chosen: one(false), ..Flags::default() };
        assert!(!chosen.has(Flag::SignUp) && chosen.has(Flag::Payments) && chosen.is_free(Flag::SignUp));
        let everywhere = Flags { chosen: one(true), everywhere: one(false), ..Flags::default() };
        assert!(!everywhere.has(Flag::SignUp) && !everywhere.is_free(Flag::SignUp));
        let back_on = Flags { overridden: one(true), chosen: one(false), everywhere: one(false) };
        assert!(back_on.has(Flag::SignUp) && !back_on.is_free(Flag::SignUp));
    }

    #[test]
    fn keys_are_names() {
        for flag in Flag::ALL {
            assert_eq!(Flag::parse(flag.key()), Some(flag));
        }
        assert_eq!(Flag::parse("everything"), None);
    }
}
