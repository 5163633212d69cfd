//! `a[b][0]=c&d=e` to pairs, and pairs to nested JSON.

use serde_json::{Map, Value};

/// Names and values in the order they were sent, decoded.
pub type Pairs = Vec<(String, String)>;

/// Decodes `application/x-www-form-urlencoded`.
pub fn decode(text: &str) -> Pairs {
    text.split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (unescape(name), unescape(value))
        })
        .collect()
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let ahead = rest.clone();
                if let (Some(high), Some(low)) = (rest.next().and_then(digit), rest.next().and_then(digit)) {
                    bytes.push(high * 16 + low);
                } else {
                    bytes.push(b'%');
                    rest = ahead;
                }
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Builds nested objects and lists from names with brackets. An object whose
/// keys are all empty or numbers is a list, in the order of first mention.
pub fn nest(pairs: &Pairs) -> Map<String, Value> {
    let mut root = Node::default();
    for (name, value) in pairs {
        root.put(&segments(name), value);
    }
    match root.into_value(true) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn segments(name: &str) -> Vec<&str> {
    let Some((first, rest)) = name.split_once('[') else { return vec![name] };
    let mut all = vec![first];
    all.extend(rest.split('[').map(|part| part.strip_suffix(']').unwrap_or(part)));
    all
}

#[derive(Default)]
struct Node {
    value: Option<String>,
    children: Vec<(String, Self)>,
}

impl Node {
    fn put(&mut self, path: &[&str], value: &str) {
        let Some((first, rest)) = path.split_first() else {
            self.value = Some(value.to_owned());
            return;
        };
        // `expand[]=a&expand[]=b` appends; any other name is found again.
        let known = self.children.iter().position(|(name, _)| name == first && !first.is_empty());
        if known.is_none() {
            self.children.push(((*first).to_owned(), Self::default()));
        }
        let at = known.unwrap_or(self.children.len() - 1);
        if let Some((_, child)) = self.children.get_mut(at) {
            child.put(rest, value);
        }
    }

    fn into_value(self, root: bool) -> Value {
        if self.children.is_empty() {
            return self.value.map_or_else(|| if root { Value::Object(Map::new()) } else { Value::Null }, Value::String);
        }
        let numbered = self.children.iter().all(|(name, _)| name.bytes().all(|byte| byte.is_ascii_digit()));
        if numbered && !root {
            return Value::Array(self.children.into_iter().map(|(_, child)| child.into_value(false)).collect());
        }
        Value::Object(self.children.into_iter().map(|(name, child)| (name, child.into_value(false))).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parsed(text: &str) -> Value {
        Value::Object(nest(&decode(text)))
    }

    #[test]
    fn brackets_become_objects_and_lists() {
        let value = parsed(
            "mode=payment&line_items[0][price_data][currency]=eur&line_items[0][quantity]=1&line_items[1][quantity]=2&metadata[order%20id]=a%2Bb+c",
        );
        assert_eq!(
            value,
            json!({
                "mode": "payment",
                "line_items": [{ "price_data": { "currency": "eur" }, "quantity": "1" }, { "quantity": "2" }],
                "metadata": { "order id": "a+b c" },
            })
        );
    }

    #[test]
    fn empty_brackets_append() {
        assert_eq!(parsed("expand[]=a&expand[]=b"), json!({ "expand": ["a", "b"] }));
        assert_eq!(parsed("expand%5B0%5D=a"), json!({ "expand": ["a"] }));
    }

    #[test]
    fn broken_escapes_stay_as_they_are() {
        assert_eq!(parsed("a=100%&b=%zz"), json!({ "a": "100%", "b": "%zz" }));
        assert_eq!(parsed(""), json!({}));
    }
}
