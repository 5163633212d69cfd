//! The parsed messages of each locale.

use crate::{Locale, files, names::NumberStyle, pseudo};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::LazyLock;
use unic_langid::{LanguageIdentifier, langid};

/// A locale's messages. Shared by all threads.
pub(crate) type Bundle = FluentBundle<FluentResource>;

/// The messages of a locale; parsed at the first use.
pub(crate) fn bundle(locale: Locale) -> &'static Bundle {
    static EN: LazyLock<Bundle> = LazyLock::new(|| build(Locale::En));
    static ES: LazyLock<Bundle> = LazyLock::new(|| build(Locale::Es));
    static PSEUDO: LazyLock<Bundle> = LazyLock::new(|| build(Locale::Pseudo));
    static RTL: LazyLock<Bundle> = LazyLock::new(|| build(Locale::Rtl));
    match locale {
        Locale::En => &EN,
        Locale::Es => &ES,
        Locale::Pseudo => &PSEUDO,
        Locale::Rtl => &RTL,
    }
}

/// The message `key` of one locale, without any fallback.
pub(crate) fn format(locale: Locale, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    let bundle = bundle(locale);
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(%locale, key, ?errors, "message cannot be formatted");
    }
    Some(text)
}

fn build(locale: Locale) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language(locale)]);
    // Marks around arguments matter where their direction may differ from the text's.
    bundle.set_use_isolating(locale == Locale::Rtl);
    match locale {
        Locale::En | Locale::Es => {}
        Locale::Pseudo => bundle.set_transform(Some(pseudo::accented)),
        Locale::Rtl => bundle.set_transform(Some(pseudo::right_to_left)),
    }
    bundle.set_formatter(Some(match locale {
        Locale::Es => |value: &FluentValue<'_>, _: &_| number(Locale::Es, value),
        Locale::En | Locale::Pseudo | Locale::Rtl => |value: &FluentValue<'_>, _: &_| number(Locale::En, value),
    }));
    for source in files::sources(language(locale).language.as_str()) {
        let resource = FluentResource::try_new(source.into_owned()).unwrap_or_else(|(resource, errors)| {
            tracing::error!(%locale, ?errors, "locale file has errors");
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(%locale, ?errors, "message exists twice");
        }
    }
    bundle
}

/// The language of the files and of the plural rules.
fn language(locale: Locale) -> LanguageIdentifier {
    match locale {
        Locale::Es => langid!("es"),
        Locale::En | Locale::Pseudo | Locale::Rtl => langid!("en"),
    }
}

/// Writes whole numbers in messages as [`crate::Reader::number`] does.
fn number(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    Some(NumberStyle::of(locale).decimal(&number.as_string()))
}
