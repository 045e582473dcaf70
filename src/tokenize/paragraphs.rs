//! Paragraphs, which no sentence crosses.

use super::inline_items::inside_lines;
use super::keys::Keys;
use super::spacing::Spacing;
use crate::prose::{Labels, line_at};

/// A paragraph, a list item, a heading or a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block<'a> {
    pub text: &'a str,
    /// The end of its list or heading marks; a full stop before that ends no sentence.
    pub marks_end: usize,
}

/// The blocks of a text, in order. Between them is nothing but white space and the marks of empty quotes.
pub(super) struct Blocks<'a> {
    text: &'a str,
    at: usize,
    labels: Labels<'a>,
    spacing: Spacing<'a>,
    keys: Keys,
    /// The last line, without the marks of quotes.
    last: &'a str,
}

/// The effect of a line on the block before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A blank line, which ends it.
    Blank,
    /// A line that ends it and is a block of its own.
    Alone,
    /// A line that begins another block.
    Item,
    /// A line that continues it.
    Text,
}

struct Line {
    kind: Kind,
    /// The number of block quotes it is in.
    depth: usize,
    /// The end of its list or heading marks, in bytes from its beginning.
    marks_end: usize,
}

impl<'a> Blocks<'a> {
    pub fn new(text: &'a str) -> Self {
        let (labels, spacing, keys) = learn(text);
        Self { text, at: 0, labels, spacing, keys, last: "" }
    }

    /// Takes the line at `self.at` into the block if it belongs there; returns whether it does.
    fn extend(&mut self, first: &Line) -> bool {
        let (text, next) = line_at(self.text, self.at);
        let line = classify(text, &self.labels);
        let (_, body) = strip_quotes(text);
        let goes_on = line.kind == Kind::Text && line.depth == first.depth;
        let belongs = goes_on && !self.spacing.ends_short(self.last, body) && !self.keys.begins(self.last, body);
        if belongs {
            (self.at, self.last) = (next, body);
        }
        belongs || line.kind == Kind::Blank && self.spacing.is_double() && self.extend_over_blank(first)
    }

    /// Takes the line after blank ones into the block if it continues the line before them.
    fn extend_over_blank(&mut self, first: &Line) -> bool {
        let after = self.text[self.at..].trim_start();
        let at = self.text.len() - after.len();
        let (text, next) = line_at(self.text, at);
        let line = classify(text, &self.labels);
        let belongs = line.kind == Kind::Text
            && line.depth == first.depth
            && self.spacing.goes_on(self.last.trim_end(), strip_quotes(text).1);
        if belongs {
            (self.at, self.last) = (next, strip_quotes(text).1);
        }
        belongs
    }
}

impl<'a> Iterator for Blocks<'a> {
    type Item = Block<'a>;

    fn next(&mut self) -> Option<Block<'a>> {
        while self.at < self.text.len() {
            let start = self.at;
            let (line, next) = line_at(self.text, start);
            self.at = next;
            let first = classify(line, &self.labels);
            if first.kind == Kind::Blank {
                continue;
            }
            self.last = strip_quotes(line).1;
            if first.kind != Kind::Alone {
                while self.at < self.text.len() && self.extend(&first) {}
            }
            return Some(Block { text: &self.text[start..self.at], marks_end: first.marks_end });
        }
        None
    }
}

impl<'a> Block<'a> {
    /// Calls `f` with the block, or with each of the items that its lines hold ("• one • two").
    #[inline]
    pub fn for_each_item(self, mut f: impl FnMut(Block<'a>)) {
        let Block { text, marks_end } = self;
        let (mut start, mut marks_end) = (0, marks_end);
        for at in inside_lines(text) {
            if at > marks_end {
                f(Block { text: &text[start..at], marks_end });
                start = at;
                marks_end = Labels::default().len(&text[at..]);
            }
        }
        f(Block { text: &text[start..], marks_end });
    }
}

/// Returns the labels that begin more than one line of a text, how its lines are spaced, and its names of fields.
fn learn(text: &str) -> (Labels<'_>, Spacing<'_>, Keys) {
    let (mut labels, mut spacing, mut keys) = (Labels::default(), Spacing::default(), Keys::default());
    let (_, mut at) = line_at(text, 0);
    // A text of one line has no two.
    if at < text.len() {
        at = 0;
    }
    while at < text.len() {
        let (line, next) = line_at(text, at);
        spacing.learn(line);
        let (_, body) = strip_quotes(line);
        keys.learn(body);
        labels.learn(&body[plain_marks(body)..]);
        at = next;
    }
    spacing.settle();
    (labels, spacing, keys)
}

/// Returns the length of heading and list marks that need no repetition.
fn plain_marks(body: &str) -> usize {
    let heading = heading_mark(body);
    let mut len = heading;
    loop {
        match list_mark(&body[len..]) {
            0 => return len,
            more => len += more,
        }
    }
}

fn classify(line: &str, labels: &Labels<'_>) -> Line {
    let (depth, body) = strip_quotes(line);
    let before = line.len() - body.len();
    if body.is_empty() {
        return Line { kind: Kind::Blank, depth, marks_end: before };
    }
    let (kind, marks) = match heading_mark(body) {
        0 if is_alone(body) => (Kind::Alone, 0),
        0 => (Kind::Text, 0),
        mark => (Kind::Alone, mark),
    };
    let items = list_marks(&body[marks..], labels);
    let kind = if kind == Kind::Text && items > 0 { Kind::Item } else { kind };
    Line { kind, depth, marks_end: before + marks + items }
}

/// Returns the number of block quotes a line is in, and the line without their marks and its indent.
#[inline]
fn strip_quotes(line: &str) -> (usize, &str) {
    let (mut depth, mut body) = (0, line.trim_start());
    while let Some(inside) = body.strip_prefix('>') {
        depth += 1;
        body = inside.trim_start();
    }
    (depth, body)
}

/// Returns the length of the mark of a Markdown heading with the space after it, or 0.
#[inline]
fn heading_mark(body: &str) -> usize {
    let hashes = body.bytes().take_while(|&byte| byte == b'#').count();
    if (1..=6).contains(&hashes) { spaced(body, hashes) } else { 0 }
}

/// Returns whether the line is a block by itself: a code fence, a table row, or a rule under a heading or between paragraphs.
fn is_alone(body: &str) -> bool {
    match body.as_bytes()[0] {
        b'`' if body.starts_with("```") => true,
        b'~' if body.starts_with("~~~") => true,
        b'|' if body.len() > 1 && body.trim_end().ends_with('|') => true,
        b'-' | b'=' | b'*' | b'_' | b'+' | b'~' => is_rule(body.trim_end()),
        _ => false,
    }
}

fn is_rule(body: &str) -> bool {
    body.len() >= 3 && body.bytes().all(|byte| b"-=*_+~| ".contains(&byte))
}

/// Returns the length of the list marks that begin `body`, each with the space after it ("- (a) text" has two), or 0.
fn list_marks(body: &str, labels: &Labels<'_>) -> usize {
    let mut len = 0;
    loop {
        let rest = &body[len..];
        match list_mark(rest) {
            0 => match labels.len(rest) {
                0 => return len,
                more => len += more,
            },
            more => len += more,
        }
    }
}

fn list_mark(body: &str) -> usize {
    let bytes = body.as_bytes();
    let closed_by = |from: usize, closing: &[u8]| {
        let len = bytes[from..].iter().take(LONGEST_LABEL + 1).position(|byte| closing.contains(byte));
        let label = len.filter(|&len| is_label(&bytes[from..from + len]));
        label.map_or(0, |len| spaced(body, from + len + 1).max(glued(body, from + len + 1)))
    };
    match bytes.first() {
        Some(b'-' | b'+') => spaced(body, 1),
        Some(b'*') => spaced(body, 1).max(emphasised_mark(body)),
        Some(b'_') => emphasised_mark(body),
        Some(b'(') => closed_by(1, b")"),
        Some(b'[') => closed_by(1, b"]"),
        Some(b'0'..=b'9') => closed_by(0, b".)"),
        Some(b'a'..=b'z' | b'A'..=b'Z') => closed_by(0, b")"),
        Some(0x80..) => typographic_mark(body),
        _ => 0,
    }
}

/// Returns the length of a label in emphasis, or 0: "**1.** text", "**(a) Text**".
fn emphasised_mark(body: &str) -> usize {
    let inside = body.trim_start_matches(['*', '_']);
    let marks = body.len() - inside.len();
    let label = inside.find([')', '.']).filter(|len| *len <= LONGEST_LABEL + 1).map_or("", |len| &inside[..=len]);
    let name = label.trim_start_matches('(').trim_end_matches([')', '.']);
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    if marks > 3 || !is_label(name.as_bytes()) || !is_number && label.ends_with('.') {
        return 0;
    }
    let rest = &inside[label.len()..];
    let closing = rest.len() - rest.trim_start_matches(['*', '_']).len();
    spaced(body, marks + label.len() + closing)
}

/// Returns the length of a dash with the space that it needs, or of a bullet, or 0; other bullets are found by their labels.
fn typographic_mark(body: &str) -> usize {
    match body.chars().next() {
        Some(c @ ('–' | '—')) => spaced(body, c.len_utf8()),
        Some(c @ ('•' | '‣' | '◦' | '●' | '▪' | '■')) => c.len_utf8(),
        _ => 0,
    }
}

/// Maximum length of a label, in bytes.
const LONGEST_LABEL: usize = 5;

/// Returns whether this is a list label: up to three digits, one letter, or a Roman number in small or capital I, V and X.
fn is_label(label: &[u8]) -> bool {
    let all = |set: fn(&u8) -> bool| label.iter().all(set);
    match label.len() {
        0 => false,
        1 => label[0].is_ascii_alphanumeric(),
        len => {
            (len <= 3 && all(u8::is_ascii_digit))
                || all(|byte| b"ivx".contains(byte))
                || all(|byte| b"IVX".contains(byte))
        }
    }
}

/// Returns `len` if a word with a capital follows the first `len` bytes of `body`, or 0: "1)The", "2.It", but not "2.A4" or "1.NET".
#[inline]
fn glued(body: &str, len: usize) -> usize {
    let mut chars = body[len..].chars();
    let is_capital = chars.next().is_some_and(char::is_uppercase);
    if is_capital && chars.next().is_some_and(|c| c.is_lowercase() || c == ' ') { len } else { 0 }
}

/// Returns `len` plus the white space that must follow the first `len` bytes of `body`, or 0; the end of the line is enough.
#[inline]
fn spaced(body: &str, len: usize) -> usize {
    let rest = &body[len..];
    let space = rest.len() - rest.trim_start().len();
    if space > 0 || rest.is_empty() { len + space } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<&str> {
        Blocks::new(text).map(|block| block.text.trim()).collect()
    }

    #[test]
    fn marks_end_where_the_text_begins() {
        let cases = [
            ("- text", "- "),
            ("  12) text", "  12) "),
            ("iv) text", "iv) "),
            ("(ii) text", "(ii) "),
            ("[1] text", "[1] "),
            ("•text", "•"),
            ("– text", "– "),
            ("- (a) text", "- (a) "),
            ("> > 1. text", "> > 1. "),
            ("## 2. Text", "## 2. "),
            ("1)Text", "1)"),
            ("(b)A text", "(b)"),
            ("3.Text", "3."),
            ("-text", ""),
            ("1.NET", ""),
            ("1.5 text", ""),
            ("2019. Text", ""),
            ("vex) text", ""),
            ("#text", ""),
        ];
        for (line, marks) in cases {
            let block = Blocks::new(line).next().unwrap();
            assert_eq!(&line[..block.marks_end], marks, "{line:?}");
        }
    }

    #[test]
    fn every_kind_of_line_break_is_one() {
        for line_break in ["\n", "\r\n", "\r"] {
            let text = ["a", "b", " \t", "c", "- d", "e"].join(line_break);
            let joined = |a: &str, b: &str| format!("{a}{line_break}{b}");
            assert_eq!(blocks(&text), [joined("a", "b"), "c".to_owned(), joined("- d", "e")]);
        }
    }

    #[test]
    fn headings_rows_rules_and_fences_stand_alone() {
        let lines = ["a", "# b", "c", "===", "d", "| e | f |", "|---|---|", "g", "```text", "h", "```", "i"];
        assert_eq!(blocks(&lines.join("\n")), lines);
    }

    #[test]
    fn quotes_end_where_their_depth_changes() {
        assert_eq!(blocks("a\n> b\n> c\n>> d\n>\n> e\nf"), ["a", "> b\n> c", ">> d", "> e", "f"]);
    }
}
