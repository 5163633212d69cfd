//! The messages of the locale files as syntax trees.

use super::sources::root;
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser::parse,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

/// One message.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// The file's name without its ending.
    pub area: String,
    /// The arguments it uses.
    pub args: BTreeSet<String>,
    /// Its text without the arguments.
    pub text: String,
}

/// A language's messages by key. Fails on a file that cannot be parsed and on a key that
/// exists twice.
pub fn messages(language: &str) -> BTreeMap<String, Message> {
    let mut found: BTreeMap<String, Message> = BTreeMap::new();
    for area in areas(language) {
        let path = root().join(format!("locales/{language}/{area}.ftl"));
        let source = fs::read_to_string(&path).unwrap();
        let resource = parse(source.as_str()).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut read = Message { area: area.clone(), ..Message::default() };
            let attributes = message.attributes.iter().map(|attribute| &attribute.value);
            message.value.iter().chain(attributes).for_each(|pattern| read.pattern(pattern));
            let key = message.id.name.to_owned();
            assert!(found.insert(key.clone(), read).is_none(), "{language}: {key} exists twice");
        }
    }
    found
}

/// The names of a language's files, without their ending.
pub fn areas(language: &str) -> BTreeSet<String> {
    let files = fs::read_dir(root().join("locales").join(language)).unwrap();
    let names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    names.filter_map(|name| name.strip_suffix(".ftl").map(str::to_owned)).collect()
}

/// How the keys of a file begin.
pub fn prefix(area: &str) -> &str {
    match area {
        "errors" => "error-",
        "dates" => "date-",
        "numbers" => "number-",
        _ => area,
    }
}

impl Message {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text.push_str(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.args.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                for argument in &arguments.positional {
                    self.inline(argument);
                }
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            _ => {}
        }
    }
}
