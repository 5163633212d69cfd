//! Mail addresses.

use std::fmt;

/// A mail address in the one spelling by which accounts are found: trimmed, in lower case. Every
/// look-up and every limit goes by it, so that no spelling is another person.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Whatever was typed, in that spelling; it need not be an address.
    pub fn lenient(typed: &str) -> Self {
        Self(typed.trim().to_lowercase())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The mailbox behind it: many providers deliver `name+tag@…` to `name@…`.
    pub fn mailbox(&self) -> String {
        match self.0.split_once('@') {
            Some((user, domain)) => format!("{}@{domain}", user.split('+').next().unwrap_or(user)),
            None => self.0.clone(),
        }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Email;

    #[test]
    fn one_spelling_and_one_mailbox() {
        assert_eq!(Email::lenient(" Maya@Example.com ").as_str(), "maya@example.com");
        assert_eq!(Email::lenient("Maya+Maths@Example.com").mailbox(), "maya@example.com");
        assert_eq!(Email::lenient("+@example.com").mailbox(), "@example.com");
        // A capital of another alphabet stays another address: the database compares, it does not fold.
        assert_ne!(Email::lenient("v\u{130}ctim@example.com"), Email::lenient("victim@example.com"));
    }
}
