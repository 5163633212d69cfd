//! A message taken apart once, for formats that are needed hundreds of times a page.

use crate::{Locale, bundle};
use fluent_bundle::{FluentArgs, FluentValue};

/// A message as text and numbered fields.
#[derive(Debug)]
pub(crate) struct Template(Vec<Part>);

#[derive(Debug)]
enum Part {
    Text(String),
    Field(usize),
}

/// The first of the private characters that stand for fields while the message is taken apart.
const FIRST_FIELD: u32 = 0xE000;

impl Template {
    /// The message `key`, whose arguments are `fields`. It must not choose between variants.
    pub fn new(locale: Locale, key: &str, fields: &[&'static str]) -> Self {
        let marks = (FIRST_FIELD..).filter_map(char::from_u32);
        let args: FluentArgs<'_> = fields.iter().zip(marks).map(|(name, mark)| (*name, FluentValue::from(mark.to_string()))).collect();
        let text = bundle::format(locale, key, Some(&args)).or_else(|| bundle::format(Locale::En, key, Some(&args)));
        Self::parse(&text.unwrap_or_else(|| key.to_owned()), fields.len())
    }

    fn parse(text: &str, fields: usize) -> Self {
        let mut parts = Vec::new();
        let mut plain = String::new();
        for letter in text.chars() {
            let field = u32::from(letter).checked_sub(FIRST_FIELD).and_then(|at| usize::try_from(at).ok()).filter(|at| *at < fields);
            match field {
                None => plain.push(letter),
                Some(field) => {
                    if !plain.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut plain)));
                    }
                    parts.push(Part::Field(field));
                }
            }
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Self(parts)
    }

    /// The message with its fields' values, in the order given to [`Self::new`].
    pub fn fill<const N: usize>(&self, values: [&str; N]) -> String {
        let mut out = String::with_capacity(48);
        for part in &self.0 {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Field(at) => out.push_str(values.get(*at).copied().unwrap_or_default()),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_says_what_the_message_says() {
        let template = Template::new(Locale::Es, "date-long", &["weekday", "day", "month", "year"]);
        assert_eq!(template.fill(["martes", "13", "octubre", "2026"]), "martes, 13 de octubre de 2026");
        assert_eq!(Template::new(Locale::En, "date-today", &[]).fill([]), "today");
    }
}
