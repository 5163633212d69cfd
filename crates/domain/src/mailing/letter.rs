//! How a mail looks: one column, the tenant's name and colour, and the same words as plain text.

use crate::tenancy::{Colour, Tenant};
use i18n::Locale;
use std::fmt::Write;

/// A mail's content, before it looks like anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    pub locale: Locale,
    pub subject: String,
    pub heading: String,
    pub paragraphs: Vec<String>,
    /// Labels and values.
    pub facts: Vec<(String, String)>,
    /// A list and what stands above it.
    pub list: Option<(String, Vec<String>)>,
    /// The one thing to do, if there is one: label and address.
    pub button: Option<(String, String)>,
    /// Below the line: why this mail.
    pub footer: String,
}

const INK: &str = "#1c1f23";
const QUIET: &str = "#5b6470";
const LINE: &str = "#e3e6ea";
const FONT: &str = "font-family:Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

impl Letter {
    /// As plain text.
    pub(super) fn plain(&self) -> String {
        let mut text = format!("{}\n\n", self.heading);
        for paragraph in &self.paragraphs {
            let _ = writeln!(text, "{paragraph}\n");
        }
        for (label, value) in &self.facts {
            let _ = writeln!(text, "{label}: {value}");
        }
        if !self.facts.is_empty() {
            text.push('\n');
        }
        if let Some((title, items)) = &self.list {
            let _ = writeln!(text, "{title}");
            for item in items {
                let _ = writeln!(text, "- {item}");
            }
            text.push('\n');
        }
        if let Some((label, address)) = &self.button {
            let _ = write!(text, "{label}:\n{address}\n\n");
        }
        let _ = writeln!(text, "--\n{}", self.footer);
        text
    }

    /// As HTML: tables and inline styles, because that is what mail programs understand. No
    /// image, no script, nothing loaded.
    pub(super) fn html(&self, tenant: &Tenant, origin: &str) -> String {
        let brand = &tenant.brand;
        // As on the tenant's pages.
        let on_brand = brand.parse().map_or(Colour::WHITE, Colour::text_on);
        let (lang, dir) = (self.locale.tag(), self.locale.dir());
        let (subject, heading, footer, name) = (escape(&self.subject), escape(&self.heading), escape(&self.footer), escape(&tenant.name));
        let origin = escape(origin);
        let mut body = String::new();
        for paragraph in &self.paragraphs {
            let _ = write!(body, r#"<p style="margin:0 0 16px;font-size:16px;line-height:24px;color:{INK}">{}</p>"#, escape(paragraph));
        }
        if !self.facts.is_empty() {
            let _ = write!(
                body,
                r#"<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:8px 0 24px;border-top:1px solid {LINE}">"#
            );
            for (label, value) in &self.facts {
                let cell = format!("padding:12px 0;border-bottom:1px solid {LINE};font-size:15px;line-height:22px;vertical-align:top");
                let _ = write!(
                    body,
                    r#"<tr><td style="{cell};color:{QUIET};width:34%">{}</td><td style="{cell};color:{INK};font-weight:600">{}</td></tr>"#,
                    escape(label),
                    escape(value)
                );
            }
            body.push_str("</table>");
        }
        if let Some((title, items)) = &self.list {
            let _ = write!(
                body,
                r#"<p style="margin:0 0 8px;font-size:15px;line-height:22px;font-weight:600;color:{INK}">{}</p>"#,
                escape(title)
            );
            let _ = write!(body, r#"<ul style="margin:0 0 24px;padding-inline-start:20px;font-size:15px;line-height:24px;color:{INK}">"#);
            for item in items {
                let _ = write!(body, "<li>{}</li>", escape(item));
            }
            body.push_str("</ul>");
        }
        if let Some((label, address)) = &self.button {
            let (label, address) = (escape(label), escape(address));
            let _ = write!(
                body,
                r#"<table role="presentation" cellpadding="0" cellspacing="0"><tr><td style="background:{brand};border-radius:8px"><a href="{address}" style="display:inline-block;padding:13px 24px;font-size:16px;line-height:22px;font-weight:600;color:{on_brand};text-decoration:none">{label}</a></td></tr></table>"#
            );
        }
        format!(
            r#"<!doctype html>
<html lang="{lang}" dir="{dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><title>{subject}</title></head>
<body style="margin:0;padding:0;background:#f4f5f7;{FONT}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f5f7"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="560" cellpadding="0" cellspacing="0" style="width:100%;max-width:560px;background:#ffffff;border-radius:12px;overflow:hidden;border:1px solid {LINE}">
<tr><td style="background:{brand};padding:18px 32px;font-size:17px;line-height:24px;font-weight:700;{FONT}"><a href="{origin}" style="color:{on_brand};text-decoration:none">{name}</a></td></tr>
<tr><td style="padding:32px;{FONT}">
<h1 style="margin:0 0 16px;font-size:24px;line-height:32px;font-weight:700;color:{INK}">{heading}</h1>
{body}
</td></tr>
<tr><td style="padding:20px 32px 28px;border-top:1px solid {LINE};font-size:13px;line-height:20px;color:{QUIET};{FONT}">{footer}</td></tr>
</table>
</td></tr></table>
</body>
</html>
"#
        )
    }
}

/// Text as HTML shows it, in content and in quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Currency, ids::TenantId, zone::ZoneName};

    fn tenant(brand: &str) -> Tenant {
        Tenant {
            id: TenantId(uuid::Uuid::from_u128(1)),
            slug: "northside".into(),
            name: "Maths & <More>".into(),
            tagline: String::new(),
            brand: brand.into(),
            locale: "en".into(),
            locales: vec!["en".into()],
            currency: Currency::Gbp,
            zone: ZoneName::utc(),
            logo: None,
            domain: None,
            standing: crate::tenancy::Standing::Active,
            flags: kernel::Flags::default(),
            policies: Vec::new(),
            listed: true,
        }
    }

    fn letter(text: &str) -> Letter {
        Letter {
            locale: Locale::En,
            subject: text.into(),
            heading: text.into(),
            paragraphs: vec![text.into()],
            facts: vec![(text.into(), text.into())],
            list: Some((text.into(), vec![text.into()])),
            button: Some((text.into(), "https://northside.example/student?a=1&b=2".into())),
            footer: text.into(),
        }
    }

    #[test]
    fn nothing_that_people_typed_is_markup() {
        let html = letter("<script>\"x\" & 'y'</script>").html(&tenant("#0a7d4f"), "https://northside.example");
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains("Maths &amp; &lt;More&gt;"));
        assert!(html.contains("href=\"https://northside.example/student?a=1&amp;b=2\""));
        assert_eq!(html.matches("&lt;script&gt;").count(), 9, "in every place");
    }

    #[test]
    fn plain_text_says_the_same() {
        let text = letter("Words").plain();
        for part in ["Words\n\n", "Words: Words", "- Words", "https://northside.example/student?a=1&b=2"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn text_on_the_brand_is_readable() {
        for (brand, text) in [("#0a7d4f", "#ffffff"), ("#ffd54a", "#000000")] {
            let html = letter("Words").html(&tenant(brand), "https://northside.example");
            assert_eq!(html.matches(&format!(";color:{text};text-decoration:none")).count(), 1, "the button on {brand}");
            assert!(html.contains(&format!("style=\"color:{text};text-decoration:none\"")), "the name on {brand}");
        }
    }
}
