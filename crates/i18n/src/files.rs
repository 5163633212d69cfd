//! The locale files.
//!
//! A release carries them inside. A debug build reads them from the source tree when it
//! starts, so that a changed message does not rebuild every crate that shows one.

use std::borrow::Cow;

macro_rules! areas {
    ($($name:literal),* $(,)?) => {
        /// The areas: each has a file in every language, and its name begins its keys
        /// (`errors` is `error-`, `dates` is `date-`, `numbers` is `number-`).
        pub const AREAS: &[&str] = &[$($name),*];

        #[cfg(not(debug_assertions))]
        pub(crate) fn sources(language: &str) -> Vec<Cow<'static, str>> {
            match language {
                "es" => vec![$(Cow::Borrowed(include_str!(concat!("../../../locales/es/", $name, ".ftl")))),*],
                _ => vec![$(Cow::Borrowed(include_str!(concat!("../../../locales/en/", $name, ".ftl")))),*],
            }
        }
    };
}

areas!(
    "common",
    "errors",
    "dates",
    "numbers",
    "public",
    "accounts",
    "catalogue",
    "booking",
    "checkout",
    "student",
    "tutor",
    "admin",
    "platform",
    "mail",
    "operator",
    "privacy",
    "policies",
);

/// The files of a language (`en`, `es`), in the order of [`AREAS`].
#[cfg(debug_assertions)]
pub(crate) fn sources(language: &str) -> Vec<Cow<'static, str>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(language);
    let read = |area: &&str| {
        let path = folder.join(format!("{area}.ftl"));
        match std::fs::read_to_string(&path) {
            Ok(source) => Cow::Owned(source),
            Err(error) => {
                tracing::error!(path = %path.display(), %error, "locale file is missing");
                Cow::Borrowed("")
            }
        }
    };
    AREAS.iter().map(read).collect()
}
