//! Names in addresses: a tenant's subdomain, a tutor's page.

/// Turns a name into a slug: lower case ASCII letters, digits and single hyphens, at most
/// 48 characters. Latin letters lose their accents; a name with none of these is empty.
pub fn slugify(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            other => other,
        };
        if plain.is_ascii_alphanumeric() {
            slug.push(plain);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 48 {
            break;
        }
    }
    slug.trim_matches('-').to_owned()
}

/// Names that are the platform's own.
const RESERVED: [&str; 15] =
    ["platform", "www", "api", "app", "admin", "mail", "static", "assets", "cdn", "files", "status", "help", "support", "docs", "blog"];

/// Whether `text` is a tenant's slug: 3 to 40 of a–z, 0–9 and inner hyphens, usable as a
/// DNS label, and not reserved for the platform.
pub fn is_tenant_slug(text: &str) -> bool {
    (3..=40).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.starts_with("xn--")
        && !is_reserved_slug(text)
}

/// Whether the platform keeps `text` for itself.
pub fn is_reserved_slug(text: &str) -> bool {
    RESERVED.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        assert_eq!(slugify("  Dr. Amara  Okafor "), "dr-amara-okafor");
        assert_eq!(slugify("Íñigo Núñez"), "inigo-nunez");
        assert_eq!(slugify("***"), "");
    }

    #[test]
    fn a_tenant_slug_is_a_free_dns_label() {
        assert!(is_tenant_slug("north-side2"));
        for bad in ["ab", "-abc", "abc-", "Abc", "a_b", "www", "xn--abc", "a.b"] {
            assert!(!is_tenant_slug(bad), "{bad}");
        }
    }
}
