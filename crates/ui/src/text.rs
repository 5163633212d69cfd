//! Optional texts and class lists, as the parts take them.

/// A text that a part may go without.
///
/// A prop of this type takes a `&str`, a `String` or an `Option` of either, so that a page can hand over
/// `form.value("email")` as it is. An empty string counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Option<String>);

impl Text {
    /// The text, or nothing.
    pub fn get(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The text, or the empty string.
    pub fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    /// Whether there is a text.
    pub const fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// The text as an owned option, as attributes take it.
    pub fn into_option(self) -> Option<String> {
        self.0
    }

    /// The text, or what `fallback` makes.
    pub fn or_else(self, fallback: impl FnOnce() -> String) -> String {
        self.0.unwrap_or_else(fallback)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Some(text).filter(|text| !text.is_empty()))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::from(text.clone())
    }
}

impl<T: Into<String>> From<Option<T>> for Text {
    fn from(text: Option<T>) -> Self {
        text.map_or_else(Self::default, |text| Self::from(text.into()))
    }
}

/// Joins class names, leaving out empty ones.
pub(crate) fn classes(names: &[&str]) -> String {
    let mut joined = String::new();
    for name in names.iter().filter(|name| !name.is_empty()) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(name);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::{Text, classes};

    #[test]
    fn an_empty_text_is_no_text() {
        assert_eq!(Text::from("").get(), None);
        assert_eq!(Text::from(None::<&str>).get(), None);
        assert_eq!(Text::from(Some("a")).get(), Some("a"));
    }

    #[test]
    fn class_lists_have_no_gaps() {
        assert_eq!(classes(&["btn", "", "btn-sm"]), "btn btn-sm");
    }
}
