//! The locale files against each other.

use super::messages::{Message, areas, messages, prefix};
use i18n::{AREAS, Locale, Value, t_with};
use std::collections::BTreeSet;

/// Messages that read the same in both languages on purpose.
const SAME: [&str; 0] = [];

#[test]
fn every_file_is_an_area() {
    let known: BTreeSet<String> = AREAS.iter().map(|area| (*area).to_owned()).collect();
    for language in ["en", "es"] {
        assert_eq!(areas(language), known, "locales/{language} and AREAS in crates/i18n/src/files.rs");
    }
}

#[test]
fn both_languages_say_the_same_things() {
    let (english, spanish) = (messages("en"), messages("es"));
    let mut wrong = Vec::new();
    for (key, message) in &english {
        match spanish.get(key) {
            None => wrong.push(format!("{key} is missing in Spanish")),
            Some(other) if other.args != message.args => {
                wrong.push(format!("{key} has the arguments {:?} in English, {:?} in Spanish", message.args, other.args));
            }
            Some(other) if other.area != message.area => {
                wrong.push(format!("{key} is in {} in English, in {} in Spanish", message.area, other.area));
            }
            Some(_) => {}
        }
    }
    wrong.extend(spanish.keys().filter(|key| !english.contains_key(*key)).map(|key| format!("{key} is missing in English")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn spanish_is_translated() {
    let (english, spanish) = (messages("en"), messages("es"));
    let words = |message: &Message| message.text.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count();
    let copied = english.iter().filter(|(key, message)| {
        words(message) >= 3 && !SAME.contains(&key.as_str()) && spanish.get(*key).is_some_and(|other| other.text == message.text)
    });
    let copied: Vec<&String> = copied.map(|(key, _)| key).collect();
    assert!(copied.is_empty(), "still English: {copied:?}");
}

#[test]
fn keys_begin_with_their_area() {
    for language in ["en", "es"] {
        for (key, message) in messages(language) {
            let prefix = prefix(&message.area).trim_end_matches('-');
            let rest = key.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
            assert!(rest.is_some(), "{language}/{}.ftl: {key} does not begin with {prefix}-", message.area);
        }
    }
}

#[test]
fn every_message_can_be_shown() {
    for (key, message) in messages("en") {
        for locale in Locale::ALL.into_iter().chain(Locale::PSEUDO) {
            for number in [0, 1, 2, 5] {
                let args: Vec<(&str, Value<'_>)> = message.args.iter().map(|name| (name.as_str(), Value::from(number))).collect();
                let shown = t_with(locale, &key, &args);
                assert!(!shown.contains("{$") && shown != key, "{key} in {locale}: {shown}");
            }
        }
    }
}
