//! Labels of list items, recognised by their repetition: "W1:", "Q2.", "Point 3 -", "a.", "➢", "o", "~".
//!
//! A symbol that is no letter, digit or punctuation is a bullet wherever it begins a line; so is "W1:". All others are
//! labels only if another line of the text begins with the same kind.

use std::collections::BTreeMap;

use super::lines::prefix;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Maximum length of a label's word, in bytes.
const LONGEST_STEM: usize = 24;
/// Maximum length of a word with a colon that is a label by repetition, in bytes.
const LONGEST_WORD: usize = 14;
/// Maximum length of marks and numbers before a capital, in bytes.
const LONGEST_MARKS: usize = 12;
/// Maximum length of a text in emphasis, in bytes.
const LONGEST_EMPHASIS: usize = 400;

/// The feature that labels of one kind share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key<'a> {
    /// A symbol, "o", "->".
    Symbol(&'a str),
    /// "W1:", "Question 2.", "1:", by the word and the mark after the number.
    Numbered(&'a str, char),
    /// "a.", "b."; small or capital.
    Letter(bool),
    /// "i.", "ii."; small or capital.
    Roman(bool),
    /// "Q:".
    Word(&'a str),
    /// "1/", "#2", "(+)", "3、": any marks and numbers before a capital, by the first mark.
    Marks(char),
}

/// A label at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label<'a> {
    pub key: Key<'a>,
    number: u32,
    /// Its length with the white space after it, in bytes.
    pub len: usize,
    /// Whether it is a label by itself.
    is_sure: bool,
}

/// The labels that occur more than once in a text.
#[derive(Debug, Default)]
pub(crate) struct Labels<'a> {
    numbers: BTreeMap<Key<'a>, Numbers>,
}

/// The numbers of the labels of one kind, as far as they matter.
#[derive(Debug, Default)]
struct Numbers {
    n: usize,
    last: u32,
    /// Whether they are not all the same.
    differ: bool,
    /// Whether one follows the number before it.
    count_up: bool,
}

impl Numbers {
    fn push(&mut self, number: u32) {
        if self.n > 0 {
            self.differ |= number != self.last;
            self.count_up |= self.last.wrapping_add(1) == number;
        }
        (self.n, self.last) = (self.n + 1, number);
    }
}

impl<'a> Labels<'a> {
    /// Takes in a line, without quotes and list marks before it.
    pub fn learn(&mut self, body: &'a str) {
        if let Some(label) = label(body).filter(|label| !label.is_sure) {
            self.count(&label);
        }
    }

    /// Takes in a label, whether or not it is sure.
    pub(super) fn count(&mut self, label: &Label<'a>) {
        self.numbers.entry(label.key).or_default().push(label.number);
    }

    /// Returns whether labels of this kind are counted up, or several of one mark.
    pub(super) fn is_counted(&self, key: Key<'_>) -> bool {
        match key {
            Key::Numbered(stem, _) => !is_place(stem) && self.numbers.get(&key).is_some_and(|of| of.count_up),
            Key::Word(word) => word.len() <= 2 && self.is_repeated(key),
            _ => self.is_repeated(key),
        }
    }

    /// Returns the length of the label that begins `body`, with the white space after it, or 0.
    pub fn len(&self, body: &str) -> usize {
        label(body).filter(|label| label.is_sure || self.is_repeated(label.key)).map_or(0, |label| label.len)
    }

    fn is_repeated(&self, key: Key<'_>) -> bool {
        let Some(numbers) = self.numbers.get(&key) else { return false };
        match key {
            Key::Symbol(symbol) => numbers.n >= if RARER.contains(&symbol) { 3 } else { 2 },
            Key::Word(_) => numbers.n >= 2,
            Key::Marks(_) => numbers.n >= 3,
            Key::Numbered("", ' ') | Key::Letter(_) | Key::Roman(_) => numbers.count_up,
            Key::Numbered(..) => numbers.differ,
        }
    }
}

/// Letters that the bullets of Word and PowerPoint turn into; they are not words.
const LETTERS: [&str; 9] = ["o", "Ø", "ü", "q", "v", "n", "l", "x", "u"];
/// Names of places in the paper, with a number after them; what follows is about them. Sorted.
#[rustfmt::skip]
const PLACES: [&str; 40] = [
    "alg", "algorithm", "appendix", "assumption", "chapter", "corollary", "definition", "eq", "eqn", "eqs", "equation", "equations",
    "example", "experiment", "fig", "figs", "figure", "figures", "l", "layer", "lemma", "level", "line", "lines", "ln", "p", "page", "pages",
    "paragraph", "pg", "pp", "proposition", "sec", "section", "sections", "tab", "table", "tables", "theorem", "thm",
];
/// Words before the word of a label: "Major comment 2:". Sorted.
const QUALIFIERS: [&str; 12] = [
    "additional",
    "detailed",
    "further",
    "general",
    "key",
    "main",
    "major",
    "minor",
    "other",
    "reviewer",
    "specific",
    "technical",
];

/// Returns whether the word before a number names a place in the paper: "Figure 2: It is small".
fn is_place(stem: &str) -> bool {
    PLACES.binary_search(&stem.to_lowercase().as_str()).is_ok()
}

/// Letters among them that also stand in formulas.
const RARER: [&str; 5] = ["v", "n", "l", "x", "u"];

/// Returns the label that begins a line, which is none unless it is sure or repeated.
pub(super) fn label(body: &str) -> Option<Label<'_>> {
    if !may_begin_label(body) {
        return None;
    }
    let marks = body.bytes().take_while(|byte| matches!(byte, b'*' | b'_')).count();
    if marks <= 3 {
        let inside = &body[marks..];
        let found = if marks > 0 { emphasised(inside) } else { None };
        let found = found.or_else(|| numbered(inside)).or_else(|| ordinal(inside)).or_else(|| word(inside));
        // The star is the mark of an item, whatever word and colon follow it.
        let found = found.filter(|label| marks != 1 || !is_open_star(body, label.key));
        if let Some(label) = found {
            let len = marks + label.len;
            let closing =
                if marks > 0 { body[len..].bytes().take_while(|byte| matches!(byte, b'*' | b'_')).count() } else { 0 };
            let len = spaced(body, len + closing, &label)?;
            return Some(Label { len, ..label });
        }
    }
    symbol(body).or_else(|| marked(body))
}

/// Returns whether a star begins a line with a word and a colon, and does not close again as emphasis does.
fn is_open_star(body: &str, key: Key<'_>) -> bool {
    let line = body.split(['\n', '\r']).next().unwrap_or(body);
    matches!(key, Key::Word(_)) && line.starts_with('*') && !line[1..].contains('*')
}

/// Recognises any marks and numbers before a capital, such as "1/ ", "#2: ", "(+) ", "3、".
fn marked(body: &str) -> Option<Label<'_>> {
    let run = prefix(body, LONGEST_MARKS);
    let len = run.find(|c: char| c.is_alphabetic())?;
    let mark = run[..len].chars().find(|c| !c.is_ascii_digit() && !c.is_whitespace())?;
    let is_quote = |c: char| matches!(c, '"' | '\'' | '“' | '‘' | '„' | '«' | '(' | '[' | '{' | '<' | '¿' | '¡');
    let is_open =
        run[..len].trim_end().chars().all(is_quote) || "*_`$\\…>|".contains(mark) || run[..len].starts_with("...");
    let mut chars = body[len..].chars();
    let opens =
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(|c| c.is_lowercase() || c == ' ');
    (opens && !is_open).then_some(Label { key: Key::Marks(mark), number: 0, len, is_sure: false })
}

/// Returns whether a line may begin with a label, at a glance: most begin with a word, and need no search.
fn may_begin_label(body: &str) -> bool {
    let bytes = body.as_bytes();
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return !bytes.is_empty();
    }
    matches!(bytes.get(1), Some(b' ' | b'\t')) && LETTERS.contains(&&body[..1])
        || bytes.iter().take(LONGEST_STEM + 3).enumerate().any(|(at, byte)| match byte {
            b'0'..=b'9' => true,
            b':' => at <= LONGEST_WORD,
            b'.' | b')' => at < 5,
            _ => false,
        })
        || !bytes[..LONGEST_WORD.min(bytes.len())].is_ascii()
}

/// Returns the length with the white space that must follow; after a colon, a bracket or a full stop a capital is enough.
fn spaced(body: &str, len: usize, label: &Label<'_>) -> Option<usize> {
    let rest = &body[len..];
    let space = rest.len() - rest.trim_start().len();
    let is_closed =
        label.is_sure || matches!(label.key, Key::Numbered(stem, ':' | ')' | ']' | '.') if !stem.is_empty());
    let is_glued = is_closed && rest.starts_with(char::is_uppercase);
    (space > 0 || is_glued || rest.is_empty()).then_some(len + space)
}

/// Recognises "W1" and "Weakness 3" between marks of emphasis that close right after it: "**W1** text", "**W1**: text".
fn emphasised(inside: &str) -> Option<Label<'_>> {
    let end = prefix(inside, LONGEST_STEM + 4).find(['*', '_'])?;
    let name = &inside[..end];
    let stem_len = name.find(|c: char| !c.is_alphabetic())?;
    let stem = &name[..stem_len];
    let digits = name[stem_len..].trim_start_matches([' ', '#', '-']);
    let number = digits.parse().ok().filter(|_| digits.len() <= 3 && !stem.is_empty())?;
    let marks = inside[end..].bytes().take_while(|byte| matches!(byte, b'*' | b'_')).count();
    let len = end + marks;
    let closing = usize::from(inside[len..].starts_with([':', '.', ')']));
    let is_sure =
        stem.len() <= 2 && stem_len + digits.len() == end && stem.bytes().all(|byte| byte.is_ascii_uppercase());
    Some(Label { key: Key::Numbered(stem, '*'), number, len: len + closing, is_sure })
}

/// Recognises "W1:", "(Q2)", "Weakness 3.", "1:", "2.1", "#4".
fn numbered(body: &str) -> Option<Label<'_>> {
    let opening = body.chars().next().filter(|c| matches!(c, '(' | '['));
    let start = usize::from(opening.is_some());
    let stem_len = stem_len(&body[start..]);
    let stem = &body[start..start + stem_len];
    let gap = body[start + stem_len..].bytes().take_while(|byte| b" #.-".contains(byte)).count();
    let at = start + stem_len + gap;
    let n_digits = body[at..].bytes().take_while(u8::is_ascii_digit).count();
    if stem_len > LONGEST_STEM || gap > 2 || !(1..=3).contains(&n_digits) || stem.is_empty() && gap > 1 {
        return None;
    }
    let levels = levels_len(&body[at + n_digits..]);
    let end = at + n_digits + levels;
    let end = end + range_len(&body[end..]);
    let (closing, len) = closing(body, end, opening)?;
    let is_bare = stem.is_empty() && gap == 0;
    if is_bare && levels == 0 && matches!(closing, '.' | ')') {
        return None;
    }
    let is_short =
        !stem.is_empty() && stem.len() <= 2 && gap == 0 && stem.bytes().all(|byte| byte.is_ascii_uppercase());
    let has_hash = gap > 0 && body[..at].ends_with('#');
    if closing == ' ' && !(is_short || is_bare || has_hash && !stem.is_empty()) {
        return None;
    }
    let number = value(&body[at..end]);
    let is_sure = is_short && matches!(closing, ':' | ')' | ']');
    Some(Label { key: Key::Numbered(stem, closing), number, len, is_sure })
}

/// Returns the length of the word of a label, or of two: "Comment", "Major comment".
fn stem_len(body: &str) -> usize {
    let word_len = |text: &str| text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let len = word_len(body);
    let is_qualifier = len < LONGEST_STEM && QUALIFIERS.binary_search(&body[..len].to_lowercase().as_str()).is_ok();
    match body[len..].strip_prefix(' ').filter(|_| is_qualifier).map(word_len) {
        Some(more) if more > 0 => len + 1 + more,
        _ => len,
    }
}

/// Returns the length of ".1.2" after a number.
fn levels_len(rest: &str) -> usize {
    let mut len = 0;
    loop {
        let digits =
            rest[len..].strip_prefix('.').map_or(0, |after| after.bytes().take_while(u8::is_ascii_digit).count());
        if !(1..=2).contains(&digits) {
            return len;
        }
        len += 1 + digits;
    }
}

/// Returns the length of "-25" and "–25" after a number that a colon follows: "Lines 23-25:".
fn range_len(rest: &str) -> usize {
    let Some(after) = rest.strip_prefix(['-', '–']) else { return 0 };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let len = rest.len() - after.len() + digits;
    if (1..=4).contains(&digits) && rest[len..].starts_with(':') { len } else { 0 }
}

/// Returns one number for "3" or "3.1".
fn value(number: &str) -> u32 {
    number
        .split(['.', '-', '–'])
        .fold(0, |value: u32, level| value.wrapping_mul(1000).wrapping_add(level.parse().unwrap_or(0)))
}

/// Returns the mark after a label's number, and where it ends; a space for none.
fn closing(body: &str, end: usize, opening: Option<char>) -> Option<(char, usize)> {
    let rest = &body[end..];
    if let Some(opening) = opening {
        let mark = if opening == '(' { ')' } else { ']' };
        let len = end + 1;
        return rest.starts_with(mark).then(|| (mark, len + usize::from(body[len..].starts_with([':', '.']))));
    }
    let space = usize::from(rest.starts_with(' '));
    match rest[space..].chars().next() {
        Some(c @ (':' | '：')) => Some((':', end + space + c.len_utf8())),
        Some(c @ ('.' | ')' | ']')) if space == 0 => {
            Some((c, end + 1 + usize::from(rest[1..].starts_with([':', '.']))))
        }
        Some(c @ ('-' | '–')) if space == 0 && rest[c.len_utf8()..].starts_with(' ') => Some((c, end + c.len_utf8())),
        Some(c @ ('-' | '–' | '—')) if space == 1 && rest[space + c.len_utf8()..].starts_with(' ') => {
            Some(('-', end + space + c.len_utf8()))
        }
        Some(c) if space == 1 && c.is_uppercase() => Some((' ', end)),
        _ => None,
    }
}

/// Recognises "a. ", "B) ", "(ii) ".
fn ordinal(body: &str) -> Option<Label<'_>> {
    let start = usize::from(body.starts_with('('));
    let len = body[start..].bytes().take(5).take_while(u8::is_ascii_alphabetic).count();
    let name = &body[start..start + len];
    let after = &body[start + len..];
    if len == 0 || !(after.starts_with(") ") || start == 0 && after.starts_with(". ")) {
        return None;
    }
    let is_small = name.as_bytes()[0].is_ascii_lowercase();
    let sure = |key, number| Some(Label { key, number, len: start + len + 1, is_sure: false });
    match (name.as_bytes(), roman(name)) {
        ([b'i' | b'I' | b'v' | b'V' | b'x' | b'X', ..], Some(number)) => sure(Key::Roman(is_small), number),
        ([letter], _) => sure(Key::Letter(is_small), u32::from(letter.to_ascii_lowercase() - b'a')),
        _ => None,
    }
}

/// Returns the value of a Roman number of one case, counted from 0.
fn roman(name: &str) -> Option<u32> {
    let lower = name.to_ascii_lowercase();
    if lower != name && name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let known = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"];
    known.iter().position(|known| *known == lower).and_then(|place| u32::try_from(place).ok())
}

/// Recognises "Q: ", "Reviewer: ".
fn word(body: &str) -> Option<Label<'_>> {
    let len = body.find(|c: char| !c.is_alphabetic())?;
    let is_label =
        (1..=LONGEST_WORD).contains(&len) && body[len..].starts_with(": ") && body.starts_with(char::is_uppercase);
    is_label.then(|| Label { key: Key::Word(&body[..len]), number: 0, len: len + 1, is_sure: false })
}

/// Recognises a bullet of any kind but those of Markdown.
fn symbol(body: &str) -> Option<Label<'_>> {
    let first = body.chars().next()?;
    let len = body.len() - body.trim_start_matches(first).len();
    let space = body[len..].len() - body[len..].trim_start().len();
    let found = |symbol_len: usize, is_sure: bool| {
        let rest = &body[symbol_len..];
        let space = rest.len() - rest.trim_start().len();
        Some(Label { key: Key::Symbol(&body[..symbol_len]), number: 0, len: symbol_len + space, is_sure })
    };
    if is_bullet(first) {
        return found(len, true);
    }
    let arrow = ["->", "=>", "-->", "==>", ">>"]
        .iter()
        .find(|arrow| body.starts_with(**arrow) && body[arrow.len()..].starts_with(' '));
    if let Some(arrow) = arrow {
        return found(arrow.len(), false);
    }
    if space == 0 && len == first.len_utf8() && is_glued_mark(first, &body[len..]) {
        return found(len, false);
    }
    let is_mark = match first {
        '-' | '+' | '*' | '~' | '=' | '^' | '%' | '@' | '&' => len <= 3,
        '−' | '―' | '‒' => return (space > 0 && len == first.len_utf8()).then(|| found(len, true)).flatten(),
        _ if first.is_ascii() => LETTERS.contains(&&body[..len]),
        _ => LETTERS.contains(&&body[..len]) || is_symbol(first) && len == first.len_utf8(),
    };
    (is_mark && space > 0).then(|| found(len, false)).flatten()
}

/// Returns whether a dash, plus or star may begin an item without a space, as in "-The proof"; a star must not close again.
fn is_glued_mark(mark: char, rest: &str) -> bool {
    let is_mark = matches!(mark, '-' | '+' | '–' | '—') || mark == '*' && !prefix(rest, LONGEST_EMPHASIS).contains('*');
    let mut chars = rest.chars();
    let is_capital = chars.next().is_some_and(char::is_uppercase);
    is_mark && is_capital && chars.next().is_some_and(|c| c.is_lowercase() || c == ' ')
}

/// Returns whether a character is a bullet wherever it begins a line.
pub(crate) fn is_bullet(c: char) -> bool {
    match c {
        '\0'..='\u{b6}' | '℃' | '℉' | '™' | '℠' | '№' | '℗' => false,
        '·' | '‣' | '•' | '‧' | '⁃' | '⁌' | '⁍' | '⁎' | '⁕' | '⁜' | '※' | '∙' | '⋅' | '・' | '･' | '⦁' | '⸰' => {
            true
        }
        '\u{b8}'..='\u{20ff}' => false,
        _ => matches!(
            c.general_category(),
            GeneralCategory::OtherSymbol | GeneralCategory::PrivateUse | GeneralCategory::OtherNumber
        ),
    }
}

/// Returns whether a character beyond ASCII is a symbol or punctuation that opens no sentence.
fn is_symbol(c: char) -> bool {
    matches!(
        c.general_category(),
        GeneralCategory::OtherSymbol
            | GeneralCategory::MathSymbol
            | GeneralCategory::CurrencySymbol
            | GeneralCategory::ModifierSymbol
            | GeneralCategory::OtherPunctuation
            | GeneralCategory::DashPunctuation
    ) && !matches!(c, '¿' | '¡' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        assert!(PLACES.is_sorted_by(|a, b| a < b) && QUALIFIERS.is_sorted_by(|a, b| a < b));
    }
}
