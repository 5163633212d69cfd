//! Text for the pseudo locales, made from the English one.

use std::borrow::Cow;

/// Accents letters and doubles vowels: readable, about a third longer.
pub(crate) fn accented(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let accented = accent(letter);
        out.push(accented);
        if matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u') {
            out.extend(accented.to_lowercase());
        }
    }
    Cow::Owned(out)
}

fn accent(letter: char) -> char {
    match letter {
        'a' => 'å',
        'b' => 'ƀ',
        'c' => 'ç',
        'd' => 'ð',
        'e' => 'é',
        'f' => 'ƒ',
        'g' => 'ĝ',
        'h' => 'ĥ',
        'i' => 'î',
        'j' => 'ĵ',
        'k' => 'ķ',
        'l' => 'ļ',
        'n' => 'ñ',
        'o' => 'ö',
        'p' => 'þ',
        'r' => 'ŕ',
        's' => 'š',
        't' => 'ţ',
        'u' => 'û',
        'w' => 'ŵ',
        'y' => 'ý',
        'z' => 'ž',
        'A' => 'Å',
        'C' => 'Ç',
        'D' => 'Ð',
        'E' => 'É',
        'G' => 'Ĝ',
        'H' => 'Ĥ',
        'I' => 'Î',
        'J' => 'Ĵ',
        'K' => 'Ķ',
        'L' => 'Ļ',
        'N' => 'Ñ',
        'O' => 'Ö',
        'P' => 'Þ',
        'R' => 'Ŕ',
        'S' => 'Š',
        'T' => 'Ţ',
        'U' => 'Û',
        'W' => 'Ŵ',
        'Y' => 'Ý',
        'Z' => 'Ž',
        other => other,
    }
}

/// Turns each word round: it is shown from right to left, as Arabic would be.
pub(crate) fn right_to_left(text: &str) -> Cow<'_, str> {
    const TURN: char = '\u{202e}';
    const TURN_BACK: char = '\u{202c}';
    let mut out = String::with_capacity(text.len() * 2);
    let mut inside = false;
    for letter in text.chars() {
        if letter.is_alphabetic() != inside {
            inside = !inside;
            out.push(if inside { TURN } else { TURN_BACK });
        }
        out.push(letter);
    }
    if inside {
        out.push(TURN_BACK);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accented_text_is_longer_and_readable() {
        assert_eq!(accented("Save"), "Šååvéé");
        assert_eq!(accented("24 %"), "24 %");
    }

    #[test]
    fn turned_words_are_closed() {
        assert_eq!(right_to_left("Go on!"), "\u{202e}Go\u{202c} \u{202e}on\u{202c}!");
        assert_eq!(right_to_left("a").matches(['\u{202e}', '\u{202c}']).count(), 2);
    }
}
