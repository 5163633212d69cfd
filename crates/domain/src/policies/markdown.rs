//! What a document is written in: Markdown's paragraphs, headings, lists, emphasis and links, and nothing else of it.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

/// As HTML that is safe on a page: raw HTML and pictures are left out, a link leads to the web or to a mailbox or is its
/// text alone. The page has a title of its own: the document's highest headings are its second level, all others its third.
pub(super) fn to_html(text: &str) -> String {
    // Whether each open link is kept.
    let mut links = Vec::new();
    // The highest heading so far, and what the open one is on the page: the first is never below a level that is not there.
    let mut highest = HeadingLevel::H6;
    let mut shown = HeadingLevel::H2;
    let events = Parser::new_ext(text, Options::empty()).filter_map(|event| match event {
        Event::Html(_)
        | Event::InlineHtml(_)
        | Event::Start(Tag::HtmlBlock | Tag::Image { .. })
        | Event::End(TagEnd::HtmlBlock | TagEnd::Image) => None,
        Event::Start(Tag::Heading { level, .. }) => {
            shown = if level <= highest { HeadingLevel::H2 } else { HeadingLevel::H3 };
            highest = highest.min(level);
            Some(Event::Start(Tag::Heading { level: shown, id: None, classes: Vec::new(), attrs: Vec::new() }))
        }
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Heading(shown))),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let kept = is_safe(&dest_url);
            links.push(kept);
            kept.then_some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or(false).then_some(event),
        other => Some(other),
    });
    let mut html = String::new();
    push_html(&mut html, events);
    html
}

/// Whether a link leads to the web or to a mailbox. Browsers drop tabs and new lines in an address.
fn is_safe(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    !url.chars().any(char::is_control) && ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn what_people_write_is_shown() {
        let html = to_html("# Terms\n\nBe *kind* and **on time**.\n\n- one\n- two\n\n[Help](https://a.example) or <mailto:a@b.example>.");
        for part in [
            "<h2>Terms</h2>",
            "<em>kind</em>",
            "<strong>on time</strong>",
            "<li>two</li>",
            r#"<a href="https://a.example">Help</a>"#,
            r#"href="mailto:a@b.example""#,
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert_eq!(to_html("a < b & \"c\""), "<p>a &lt; b &amp; \"c\"</p>\n");
    }

    #[test]
    fn headings_begin_below_the_pages_title_and_skip_none() {
        assert_eq!(to_html("## A\n\n### B\n\n## C"), "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n");
        assert_eq!(to_html("### A\n\n# B\n\n###### C"), "<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>\n");
    }

    #[test]
    fn nothing_else_is_markup() {
        for text in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div\nonclick=alert(1)>\n\nx\n\n</div>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](java&#x0a;script:alert(1))",
            "[x](data:text/html,x)",
            "<javascript:alert(1)>",
            "[x][r]\n\n[r]: javascript:alert(1)",
            "![a](https://tracker.example/p.gif)",
            "[![a](https://x.example/p.gif)](vbscript:x)",
            "[x](//elsewhere.example)",
            "[x](/admin)",
            "[x](https://a.example \"\" onclick=alert(1))",
        ] {
            let html = to_html(text).to_lowercase();
            assert!(
                !html.contains("<script") && !html.contains("<img") && !html.contains("<div") && !html.contains("href="),
                "{text}: {html}"
            );
        }
        // A quote in an address does not end the attribute.
        let html = to_html("[x](https://a.example/\"onclick=alert(1))");
        assert!(!html.contains("\"onclick"), "{html}");
    }
}
