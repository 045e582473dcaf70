//! Words: lower-cased maximal runs of `\w`, without those of digits alone.

use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};

const LOWER: u8 = 1;
const DIGIT: u8 = 2;
const UPPER: u8 = 4;
const BEYOND_ASCII: u8 = 8;

/// What a byte contributes to a run; 0 ends the run.
static BYTE_KINDS: [u8; 256] = byte_kinds();

const fn byte_kinds() -> [u8; 256] {
    let mut kinds = [BEYOND_ASCII; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' | b'_' => LOWER,
            b'0'..=b'9' => DIGIT,
            b'A'..=b'Z' => UPPER,
            _ => 0,
        };
        byte += 1;
    }
    kinds
}

/// Calls `f` with every word of `text`, in order: lower-cased maximal runs of `\w`, digits-only dropped.
///
/// Equal to the matches of `\b\w+\b` in the `regex` crate, each lower-cased by [`str::to_lowercase`], without those
/// that match `^\d+$`. `buffer` is scratch space; a caller with many texts hands in the same one.
///
/// ```
/// let (mut buffer, mut words) = (String::new(), Vec::new());
/// llm_prevalence::tokenize::for_each_word("In 2023, GPT-4 wasn't new", &mut buffer, |word| words.push(word.to_owned()));
/// assert_eq!(words, ["in", "gpt", "wasn", "t", "new"]);
/// ```
pub fn for_each_word(text: &str, buffer: &mut String, mut f: impl FnMut(&str)) {
    let kind_at = |at: usize| text.as_bytes().get(at).map_or(0, |&byte| BYTE_KINDS[usize::from(byte)]);
    let mut at = 0;
    while at < text.len() {
        let start = at;
        let mut kinds = 0;
        loop {
            let kind = kind_at(at);
            if kind == 0 {
                break;
            }
            kinds |= kind;
            at += 1;
        }
        if kinds & BEYOND_ASCII != 0 {
            for_each_word_of_run(&text[start..at], buffer, &mut f);
        } else {
            pass_ascii_word(&text[start..at], kinds, buffer, &mut f);
        }
        at += 1;
    }
}

#[inline]
fn pass_ascii_word(word: &str, kinds: u8, buffer: &mut String, f: &mut impl FnMut(&str)) {
    if kinds & UPPER != 0 {
        buffer.clear();
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
        f(buffer);
    } else if kinds & LOWER != 0 {
        f(word);
    }
}

/// The words of a run in which every character is an ASCII word character or beyond ASCII.
fn for_each_word_of_run(run: &str, buffer: &mut String, f: &mut impl FnMut(&str)) {
    for word in run.split(|c| !is_word_character(c)) {
        if word.is_ascii() {
            let kinds = word.bytes().fold(0, |kinds, byte| kinds | BYTE_KINDS[usize::from(byte)]);
            pass_ascii_word(word, kinds, buffer, f);
        } else if !is_digits_only(word) {
            // The word as a whole: the lower case of a capital sigma depends on whether it is the last letter.
            buffer.clear();
            buffer.push_str(&word.to_lowercase());
            f(buffer);
        }
    }
}

/// Whether `\w` matches `c`; the commonest answers do not search the table.
#[inline]
pub(super) fn is_word_character(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' => true,
        '\0'..='\x7f' | '\u{2010}'..='\u{203e}' => false,
        _ => regex_syntax::is_word_character(c),
    }
}

fn is_digits_only(word: &str) -> bool {
    word.chars().all(|c| if c.is_ascii() { c.is_ascii_digit() } else { is_digit_beyond_ascii(c) })
}

/// Whether `\d` matches `c`. The standard library's `is_numeric` is wider: it has fractions and Roman numerals.
fn is_digit_beyond_ascii(c: char) -> bool {
    static RANGES: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
        let hir = regex_syntax::parse(r"\d").expect("`\\d` is a pattern");
        match hir.into_kind() {
            HirKind::Class(Class::Unicode(class)) => class.ranges().iter().map(|r| (r.start(), r.end())).collect(),
            kind => unreachable!("`\\d` is a class of characters, not {kind:?}"),
        }
    });
    let following = RANGES.partition_point(|&(first, _)| first <= c);
    following > 0 && c <= RANGES[following - 1].1
}

/// A word of a ready-made unit: as it is, except that `None` stands for one that is empty or digits only.
///
/// Published token lists are in lower case and cut by the same rule, and are not to be cut again.
pub fn ready_made_word(word: &str) -> Option<&str> {
    (!is_digits_only(word)).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn character_tests_equal_the_regex_crate_on_every_character() {
        let (word, digit) = (regex::Regex::new(r"^\w$").unwrap(), regex::Regex::new(r"^\d$").unwrap());
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            assert_eq!(is_word_character(c), word.is_match(&text), "{c:?}");
            assert_eq!(is_digits_only(&text), digit.is_match(&text), "{c:?}");
        }
    }
}
