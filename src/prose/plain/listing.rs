//! Parses lists and maps of strings as Python, R and JSON print them: "['One.', 'Two.']", "{'value': 'One.'}", "c("One.")".

/// Maximum depth of nesting that is read.
const DEEPEST: usize = 16;
/// Number of strings without white space above which they are the words of a text.
const MOST_LONE_WORDS: usize = 3;
/// Maximum length of a number or name between the strings, in bytes.
const LONGEST_NAME: usize = 60;

/// Returns the strings of a text that is only a printed list or map, one paragraph each; `None` for any other text.
pub(super) fn strings(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let (first, last) = (text.bytes().next()?, text.bytes().next_back()?);
    if let Some(string) = bytes_literal(text) {
        return Some(string);
    }
    if !matches!(first, b'[' | b'{' | b'(' | b'a' | b'c' | b'l') || !matches!(last, b']' | b'}' | b')') {
        return None;
    }
    let mut parser = Parser { text, at: 0, strings: Vec::new() };
    let is_read = parser.value(0).is_some() && parser.text[parser.at..].trim().is_empty();
    let strings = if is_read && !parser.strings.is_empty() { parser.strings } else { by_hand(text)? };
    Some(joined(&strings))
}

/// Returns the text of Python's bytes, where nothing stands around them: "b'One.'".
fn bytes_literal(text: &str) -> Option<String> {
    let quoted = text.strip_prefix('b').filter(|rest| rest.starts_with(['\'', '"']))?;
    let inside = quoted[1..].strip_suffix(&quoted[..1])?;
    Some(unquoted(inside))
}

/// Joins sentences and paragraphs as paragraphs of their own, but words by spaces.
fn joined(strings: &[String]) -> String {
    let are_words =
        strings.len() > MOST_LONE_WORDS && !strings.iter().any(|string| string.contains(char::is_whitespace));
    strings.join(if are_words { " " } else { "\n\n" })
}

/// Returns the strings of a list whose quotes are not escaped: "['It's one.', 'Two.']".
fn by_hand(text: &str) -> Option<Vec<String>> {
    let inside = text.strip_prefix('[')?.strip_suffix(']')?.trim();
    let is_quoted = |text: &str, at_end: bool| match at_end {
        false => text.starts_with(['\'', '"']),
        true => text.ends_with(['\'', '"']),
    };
    if inside.len() < 2 || !is_quoted(inside, false) || !is_quoted(inside, true) {
        return None;
    }
    let inside = &inside[1..inside.len() - 1];
    let mut strings = vec![String::new()];
    for (n, part) in inside.split(", ").enumerate() {
        let is_next = n > 0 && is_quoted(part, false) && strings.last().is_some_and(|last| is_quoted(last, true));
        match strings.last_mut() {
            Some(last) if is_next => {
                last.pop();
                strings.push(part[1..].to_owned());
            }
            Some(last) if n > 0 => *last += &format!(", {part}"),
            Some(last) => last.push_str(part),
            None => {}
        }
    }
    Some(strings)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    strings: Vec<String>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.text[self.at..].trim_start().len();
    }

    /// Reads a string, a list, a map, a call such as `array([...])`, a number or a name.
    fn value(&mut self, depth: usize) -> Option<()> {
        self.skip_space();
        if depth > DEEPEST {
            return None;
        }
        if let Some(string) = self.string()? {
            self.strings.push(string);
            return Some(());
        }
        let closing = match self.peek()? {
            '[' => ']',
            '{' => '}',
            '(' => ')',
            _ => return self.name_or_call(depth),
        };
        self.at += 1;
        self.items(closing, depth)
    }

    /// Reads the items between brackets, including the closing one.
    fn items(&mut self, closing: char, depth: usize) -> Option<()> {
        loop {
            self.skip_space();
            let next = self.peek()?;
            if next == closing {
                self.at += 1;
                return Some(());
            }
            if next == ',' || next == ';' {
                self.at += 1;
                continue;
            }
            let n_strings = self.strings.len();
            self.value(depth + 1)?;
            self.skip_space();
            // What was read is the key of what follows.
            if matches!(self.peek(), Some(':' | '=')) {
                self.strings.truncate(n_strings);
                self.at += 1;
                self.at += usize::from(self.text[self.at..].starts_with('>'));
                self.value(depth + 1)?;
            }
        }
    }

    fn name_or_call(&mut self, depth: usize) -> Option<()> {
        let rest = &self.text[self.at..];
        let is_part = |c: char| c.is_ascii_alphanumeric() || "_.+-<>|&#/".contains(c);
        let len = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        if len == 0 || len > LONGEST_NAME {
            return None;
        }
        self.at += len;
        if self.peek() == Some('(') {
            self.at += 1;
            return self.items(')', depth + 1);
        }
        // Words of running text in brackets are no list.
        self.skip_space();
        matches!(self.peek(), None | Some(',' | ']' | '}' | ')' | ':' | '=')).then_some(())
    }

    /// Reads the string that begins here, if one does; the outer `None` means that it is not closed.
    fn string(&mut self) -> Option<Option<String>> {
        let rest = &self.text[self.at..];
        let prefix = rest.bytes().take_while(|byte| b"rRuUbBfF".contains(byte)).count();
        let Some(quote @ ('\'' | '"')) = rest[prefix..].chars().next() else { return Some(None) };
        if prefix > 2 {
            return Some(None);
        }
        let triple = String::from(quote).repeat(3);
        let mark = if rest[prefix..].starts_with(&triple) { triple.as_str() } else { &triple[..1] };
        let inside = &rest[prefix + mark.len()..];
        let len = closing(inside, mark)?;
        self.at += prefix + mark.len() + len + mark.len();
        Some(Some(unquoted(&inside[..len])))
    }
}

/// Returns where the quotation mark is that closes a string.
fn closing(inside: &str, mark: &str) -> Option<usize> {
    let (bytes, mark) = (inside.as_bytes(), mark.as_bytes());
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'\\', mark[0], &bytes[at..]) {
        at += found;
        if bytes[at] == b'\\' {
            at += 2;
        } else if bytes[at..].starts_with(mark) {
            return Some(at);
        } else {
            at += 1;
        }
        if at >= bytes.len() {
            return None;
        }
    }
    None
}

/// Returns a string's text; escapes of characters are left to the rules for all texts.
fn unquoted(inside: &str) -> String {
    let mut text = String::with_capacity(inside.len());
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n' | 'r')) => text.push('\n'),
            ('\\', Some('t')) => text.push('\t'),
            ('\\', Some(quote @ ('\'' | '"' | '\\' | '/'))) => text.push(quote),
            ('\\', Some(other)) => text.extend(['\\', other]),
            (c, _) => text.push(c),
        }
    }
    text
}
