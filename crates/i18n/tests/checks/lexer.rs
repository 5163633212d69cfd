//! Rust source as tokens: enough to find calls, macros and string literals, and to leave out
//! comments and tests.

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name or a keyword.
    Word(String),
    /// The text of a string literal.
    Text(String),
    /// A bracket that opens: `(`, `[`, `{`.
    Open(char),
    /// A bracket that closes.
    Close,
    /// Any other sign.
    Sign(char),
    /// A number, a character, a lifetime.
    Other,
}

/// A token with its place.
#[derive(Clone, Debug)]
pub struct Token {
    pub kind: Kind,
    pub line: usize,
    /// First character and the one after the last.
    pub start: usize,
    pub end: usize,
}

impl Token {
    pub fn is_word(&self, word: &str) -> bool {
        matches!(&self.kind, Kind::Word(found) if found == word)
    }

    pub fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The tokens of a file without its comments and its `#[cfg(test)] mod … { … }`.
pub fn tokens(source: &str) -> Vec<Token> {
    without_tests(Lexer { letters: source.chars().collect(), at: 0, line: 1 }.run())
}

/// The index of the token that closes the bracket at `open`.
pub fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

fn without_tests(mut tokens: Vec<Token>) -> Vec<Token> {
    let mut at = 0;
    while at + 9 < tokens.len() {
        let head = &tokens[at..];
        let cfg_test = head[0].is_sign('#') && head[2].is_word("cfg") && head[4].is_word("test");
        if cfg_test && head[7].is_word("mod") && head[9].kind == Kind::Open('{') {
            let end = closing(&tokens, at + 9).min(tokens.len() - 1);
            tokens.drain(at..=end);
        } else {
            at += 1;
        }
    }
    tokens
}

struct Lexer {
    letters: Vec<char>,
    at: usize,
    line: usize,
}

impl Lexer {
    fn run(mut self) -> Vec<Token> {
        let mut tokens = Vec::new();
        while let Some(letter) = self.peek(0) {
            let (start, line) = (self.at, self.line);
            let kind = match letter {
                _ if letter.is_whitespace() => self.skip(1),
                '/' if self.peek(1) == Some('/') => self.line_comment(),
                '/' if self.peek(1) == Some('*') => self.block_comment(),
                '"' => Some(self.string()),
                'r' | 'b' | 'c' if self.begins_literal() => Some(self.prefixed_string()),
                '\'' => Some(self.quote()),
                '(' | '[' | '{' => {
                    self.skip(1);
                    Some(Kind::Open(letter))
                }
                ')' | ']' | '}' => {
                    self.skip(1);
                    Some(Kind::Close)
                }
                _ if letter.is_ascii_digit() => {
                    self.word();
                    Some(Kind::Other)
                }
                _ if letter.is_alphabetic() || letter == '_' => Some(Kind::Word(self.word())),
                _ => {
                    self.skip(1);
                    Some(Kind::Sign(letter))
                }
            };
            tokens.extend(kind.map(|kind| Token { kind, line, start, end: self.at }));
        }
        tokens
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    fn skip(&mut self, count: usize) -> Option<Kind> {
        for _ in 0..count {
            self.line += usize::from(self.peek(0) == Some('\n'));
            self.at += 1;
        }
        None
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(letter) = self.peek(0).filter(|letter| letter.is_alphanumeric() || *letter == '_') {
            word.push(letter);
            self.skip(1);
        }
        word
    }

    fn line_comment(&mut self) -> Option<Kind> {
        while self.peek(0).is_some_and(|letter| letter != '\n') {
            self.skip(1);
        }
        None
    }

    fn block_comment(&mut self) -> Option<Kind> {
        let mut depth = 0_usize;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => {
                    depth += 1;
                    self.skip(2);
                }
                (Some('*'), Some('/')) => {
                    depth -= 1;
                    self.skip(2);
                }
                (None, _) => return None,
                _ => {
                    self.skip(1);
                }
            }
            if depth == 0 {
                return None;
            }
        }
    }

    /// Whether a string, byte string or raw string begins here.
    fn begins_literal(&self) -> bool {
        let mut ahead = 1;
        if self.peek(0) != Some('r') && self.peek(1) == Some('r') {
            ahead = 2;
        }
        let raw = self.peek(ahead - 1) == Some('r');
        while raw && self.peek(ahead) == Some('#') {
            ahead += 1;
        }
        self.peek(ahead) == Some('"')
    }

    fn prefixed_string(&mut self) -> Kind {
        let mut raw = false;
        while let Some(letter) = self.peek(0).filter(char::is_ascii_alphabetic) {
            raw |= letter == 'r';
            self.skip(1);
        }
        if !raw {
            return self.string();
        }
        let mut hashes = 0;
        while self.peek(0) == Some('#') {
            hashes += 1;
            self.skip(1);
        }
        self.skip(1);
        let mut text = String::new();
        while let Some(letter) = self.peek(0) {
            if letter == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#')) {
                self.skip(1 + hashes);
                break;
            }
            text.push(letter);
            self.skip(1);
        }
        Kind::Text(text)
    }

    fn string(&mut self) -> Kind {
        self.skip(1);
        let mut text = String::new();
        while let Some(letter) = self.peek(0) {
            self.skip(1);
            match letter {
                '"' => break,
                '\\' => {
                    // Escapes matter to no check; they must only not end the string.
                    if matches!(self.peek(0), Some('"' | '\\')) {
                        text.extend(self.peek(0));
                    }
                    self.skip(1);
                }
                other => text.push(other),
            }
        }
        Kind::Text(text)
    }

    /// A character or a lifetime.
    fn quote(&mut self) -> Kind {
        if self.peek(1) == Some('\\') {
            self.skip(3);
            while self.peek(0).is_some_and(|letter| letter != '\'') {
                self.skip(1);
            }
            self.skip(1);
        } else if self.peek(2) == Some('\'') {
            self.skip(3);
        } else {
            self.skip(1);
            self.word();
        }
        Kind::Other
    }
}

#[test]
fn strings_are_found_and_comments_are_not() {
    let source = r#"
        // "no" /* "no"
        /* "no" /* "no" */ */
        let a = ("one \" two", r%"three "four""%, b"five", '"', '\'', 'static);
        %[cfg(test)] mod tests { fn f() { "no" } }
        "six"
    "#
    .replace('%', "#");
    let found: Vec<String> = tokens(&source).iter().filter_map(|token| token.text().map(str::to_owned)).collect();
    assert_eq!(found, ["one \" two", "three \"four\"", "five", "six"]);
}
