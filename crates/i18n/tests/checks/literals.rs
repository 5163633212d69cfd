//! Text that a reader would see and that is not in the locale files.

use super::{
    lexer::{Kind, Token, closing, tokens},
    sources::sources,
};

/// Attributes and props that a reader sees or hears.
const SPOKEN: [&str; 13] = [
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "title",
    "alt",
    "label",
    "hint",
    "legend",
    "summary",
    "heading",
    "description",
];

/// Names of brands are the same in every language.
const BRANDS: [&str; 1] = ["WeMaster"];

/// Text literals in the `view!` macros of a file, with their lines.
fn literals(tokens: &[Token]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let opens = |token: &Token| matches!(token.kind, Kind::Open(_));
        let is_view = tokens[at].is_word("view") && tokens.get(at + 1).is_some_and(|token| token.is_sign('!'));
        if is_view && tokens.get(at + 2).is_some_and(opens) {
            // Nested macros are met again by this loop.
            children(&tokens[at + 3..closing(tokens, at + 2).min(tokens.len())], &mut found);
        }
    }
    found
}

/// Goes through markup outside of tags.
fn children(tokens: &[Token], found: &mut Vec<(usize, String)>) {
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        match &token.kind {
            Kind::Sign('<') => {
                at = tag(tokens, at + 1, found);
                continue;
            }
            Kind::Open(_) => {
                let end = closing(tokens, at);
                if end == at + 2 {
                    note(&tokens[at + 1], found);
                }
                at = end;
            }
            // Leptos takes bare words as text.
            Kind::Word(word) => found.push((token.line, word.clone())),
            _ => note(token, found),
        }
        at += 1;
    }
}

/// Goes through a tag from after its `<`; returns the index after its `>`.
fn tag(tokens: &[Token], mut at: usize, found: &mut Vec<(usize, String)>) -> usize {
    // `<Form<T> …>`: the type belongs to the name.
    let mut angles = 0_usize;
    if let (Some(name), Some(next)) = (tokens.get(at), tokens.get(at + 1))
        && next.is_sign('<')
        && next.start == name.end
    {
        at += 1;
    }
    while at < tokens.len() {
        let token = &tokens[at];
        let follows = |sign: char| at > 0 && tokens[at - 1].is_sign(sign) && tokens[at - 1].end == token.start;
        match token.kind {
            Kind::Sign('<') => angles += 1,
            Kind::Sign('>') if follows('=') || follows('-') => {}
            Kind::Sign('>') if angles == 0 => return at + 1,
            Kind::Sign('>') => angles -= 1,
            Kind::Sign('=') if SPOKEN.contains(&name_before(tokens, at).as_str()) => {
                let value = at + 1 + usize::from(matches!(tokens.get(at + 1).map(|t| &t.kind), Some(Kind::Open('{'))));
                if let Some(value) = tokens.get(value) {
                    note(value, found);
                }
            }
            Kind::Open(_) => at = closing(tokens, at),
            _ => {}
        }
        at += 1;
    }
    at
}

/// The attribute's name that ends before `at`: `aria-label`, `attr:title` without its prefix.
fn name_before(tokens: &[Token], at: usize) -> String {
    let mut name = String::new();
    let mut next_start = tokens[at].start;
    for token in tokens[..at].iter().rev() {
        let part = match &token.kind {
            Kind::Word(word) => word.clone(),
            Kind::Sign('-') => "-".to_owned(),
            _ => break,
        };
        if token.end != next_start {
            break;
        }
        name.insert_str(0, &part);
        next_start = token.start;
    }
    name
}

fn note(token: &Token, found: &mut Vec<(usize, String)>) {
    if let Some(text) = token.text()
        && text.chars().any(char::is_alphabetic)
        && !BRANDS.contains(&text.trim())
    {
        found.push((token.line, text.to_owned()));
    }
}

fn is_checked(path: &str) -> bool {
    let crates = ["crates/portal-", "crates/islands/", "crates/ui/", "crates/web/", "src/"];
    crates.iter().any(|start| path.starts_with(start)) && !path.starts_with("crates/ui/src/gallery")
}

#[test]
fn no_user_visible_literals() {
    let mut wrong = Vec::new();
    let sources = sources();
    let markup = sources.iter().filter(|source| is_checked(&source.path) && source.tokens.iter().any(|token| token.is_word("view")));
    assert!(markup.count() > 10, "the pages are not where they were");
    for source in sources.iter().filter(|source| is_checked(&source.path)) {
        wrong.extend(literals(&source.tokens).into_iter().map(|(line, text)| format!("{}:{line}: {text:?}", source.path)));
    }
    assert!(wrong.is_empty(), "text that belongs into locales/ (docs/i18n.md):\n{}", wrong.join("\n"));
}

#[test]
fn literals_are_told_from_code() {
    let found = |source: &str| literals(&tokens(source)).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    assert_eq!(found(r#"view! { <p class="big">"Some words"</p> }"#), ["Some words"]);
    assert_eq!(found(r#"view! { <p>{"Some words"}" · "</p> }"#), ["Some words"]);
    assert_eq!(found("view! { <p>Bare</p> }"), ["Bare"]);
    assert_eq!(found(r#"view! { <input type="text" placeholder="Name" aria-label={"Your name"} name="title"/> }"#), ["Name", "Your name"]);
    assert_eq!(found(r#"view! { <img alt=""/><Field label="City" id="city" attr:title="T"/> }"#), ["City", "T"]);
    assert_eq!(found(r#"view! { <ul>{items.into_iter().map(|i| view! { <li class="row">"Row"{i}</li> }).collect_view()}</ul> }"#), ["Row"]);
    for clean in [
        r#"view! { <Form<Save> action=save on:click=move |_| { set("x") } class=("on", move || a >= b)>{t!(r, "a-b")}</Form> }"#,
        r#"view! { <p title=t!(r, "a-b")>{if open { "a" } else { "b" }}"→ 1 "</p> }"#,
        "view! { <!DOCTYPE html><Show when=move || x.get() fallback=|| ()><b/></Show> }",
        r#"view! { <h1>"WeMaster"</h1> }"#,
        r#"let x = "Some words"; call(">", "Some words");"#,
    ] {
        assert_eq!(found(clean), Vec::<String>::new(), "{clean}");
    }
}
