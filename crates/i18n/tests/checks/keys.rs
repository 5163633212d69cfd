//! The messages that the code asks for.

use super::{
    lexer::{Kind, Token, closing},
    messages::messages,
    sources::{Source, sources},
};
use std::collections::BTreeSet;

/// A message that the code asks for by a literal key.
#[derive(Debug, PartialEq, Eq)]
struct Use {
    key: String,
    line: usize,
    /// The arguments it is given; unknown for a plain function call.
    args: Option<BTreeSet<String>>,
}

/// The calls of `t!`, `t` and `t_with` with a literal key, and every literal error code.
fn uses(tokens: &[Token]) -> Vec<Use> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if let Some(code) = tokens[at].text().filter(|text| is_error_code(text)) {
            found.push(Use { key: code.to_owned(), line: tokens[at].line, args: None });
        }
        let is_macro = tokens[at].is_word("t") && tokens.get(at + 1).is_some_and(|token| token.is_sign('!'));
        let is_call = tokens[at].is_word("t") || tokens[at].is_word("t_with");
        let open = at + 1 + usize::from(is_macro);
        if is_call && tokens.get(open).is_some_and(|token| token.kind == Kind::Open('(')) {
            found.extend(call(&tokens[open..=closing(tokens, open).min(tokens.len() - 1)], is_macro));
        }
    }
    found
}

/// The use in one call, from its opening bracket to its closing one.
fn call(tokens: &[Token], is_macro: bool) -> Option<Use> {
    let mut after_commas = Vec::new();
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close => depth -= 1,
            Kind::Sign(',') if depth == 1 => after_commas.push(at + 1),
            _ => {}
        }
    }
    let (second, rest) = after_commas.split_first()?;
    let key = tokens.get(*second)?;
    let name = |at: &usize| match (&tokens[*at].kind, tokens.get(at + 1)) {
        (Kind::Word(name), Some(next)) if next.is_sign('=') => Some(name.clone()),
        _ => None,
    };
    let args = is_macro.then(|| rest.iter().filter_map(name).collect());
    Some(Use { key: key.text()?.to_owned(), line: key.line, args })
}

fn is_error_code(text: &str) -> bool {
    let rest = text.strip_prefix("error-").unwrap_or_default();
    !rest.is_empty() && !rest.ends_with('-') && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[test]
fn every_message_that_the_code_asks_for_exists() {
    let messages = messages("en");
    let mut wrong = Vec::new();
    for Source { path, tokens } in sources() {
        for Use { key, line, args } in uses(&tokens) {
            match messages.get(&key) {
                None => wrong.push(format!("{path}:{line}: no message {key}")),
                Some(message) => {
                    if let Some(args) = args.filter(|args| *args != message.args) {
                        wrong.push(format!("{path}:{line}: {key} takes {:?}, not {args:?}", message.args));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every message is one that some literal names: whole, as a pattern (`date-{unit}-ago`), or
/// as the beginning of a numbered list (`date-month` for `date-month-3`). Areas that the code
/// does not touch yet are left out.
#[test]
#[ignore = "areas are written ahead of their pages; run before a release: docs/i18n.md"]
fn every_message_is_used() {
    let literals: BTreeSet<String> =
        sources().iter().flat_map(|source| source.tokens.iter().filter_map(|token| token.text().map(str::to_owned))).collect();
    let area = |key: &str| key.split('-').next().unwrap_or_default().to_owned();
    let touched: BTreeSet<String> = literals.iter().filter(|text| text.contains('-')).map(|text| area(text)).collect();
    let patterns: Vec<(&str, &str)> = literals
        .iter()
        .filter_map(|text| Some((text.split_once('{')?.0, text.rsplit_once('}')?.1)))
        .filter(|(head, _)| head.len() > 4 && head.ends_with('-'))
        .collect();
    let used = |key: &str| {
        let numbered = key.rsplit_once('-').filter(|(_, number)| number.bytes().all(|b| b.is_ascii_digit()));
        literals.contains(key)
            || numbered.is_some_and(|(list, _)| literals.contains(list))
            || patterns.iter().any(|(head, tail)| key.starts_with(head) && key.ends_with(tail))
    };
    let unused: Vec<String> = messages("en").into_keys().filter(|key| touched.contains(&area(key)) && !used(key)).collect();
    assert!(unused.is_empty(), "no code uses\n{}", unused.join("\n"));
}

#[test]
fn calls_are_found_in_every_form() {
    let source = r#"
        t!(reader, "a-one"); t!(&ctx.reader(), "a-two", count = n.len(), name = f(x, y = 1)); i18n::t(locale, "a-three");
        t_with(locale, "a-four", &[("x", 1.into())]); t(locale, &key); set("a-five"); AppError::conflict("error-a");
        "error-"; "error-{x}";
    "#;
    let found = uses(&super::lexer::tokens(source));
    let keys: Vec<&str> = found.iter().map(|found| found.key.as_str()).collect();
    assert_eq!(keys, ["a-one", "a-two", "a-three", "a-four", "error-a"]);
    let args = |at: usize| found[at].args.clone().map(|args| args.into_iter().collect::<Vec<_>>());
    assert_eq!(args(0), Some(vec![]));
    assert_eq!(args(1), Some(vec!["count".to_owned(), "name".to_owned()]));
    assert_eq!(args(2), None);
}
