//! Words: lower-cased maximal runs of `\w`, without those of digits alone.

use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};

use super::lanes::{Lanes, N_LANES};

/// Calls `f` with every word of `text`, in order: lower-cased maximal runs of `\w`, digits-only dropped.
///
/// The words equal the matches of `\b\w+\b` in the `regex` crate, each lower-cased by [`str::to_lowercase`], without those
/// that match `^\d+$`. `buffer` is scratch space; a caller with many texts passes the same one each time.
///
/// ```
/// let (mut buffer, mut words) = (String::new(), Vec::new());
/// llm_prevalence::tokenize::for_each_word("In 2023, GPT-4 wasn't new", &mut buffer, |word| words.push(word.to_owned()));
/// assert_eq!(words, ["in", "gpt", "wasn", "t", "new"]);
/// ```
pub fn for_each_word(text: &str, buffer: &mut String, mut f: impl FnMut(&str)) {
    let mut at = 0;
    while at < text.len() {
        let Lanes { mut word, plain } = Lanes::new(&text.as_bytes()[at..]);
        at += loop {
            let start = word.trailing_zeros() as usize;
            if start == N_LANES {
                break N_LANES;
            }
            let end = start + (!(word >> start)).trailing_zeros() as usize;
            if end >= N_LANES {
                // Cut off by the last lane: once more from its beginning, unless that was the first lane.
                break if start > 0 { start } else { pass_long_run(&text[at..], buffer, &mut f) };
            }
            let rest = word & (!0 << end);
            let run = &text[at + start..at + end];
            if (word ^ rest) & !plain == 0 {
                f(run)
            } else {
                pass_run(run, buffer, &mut f)
            }
            word = rest;
        };
    }
}

/// Passes a run at the beginning of `text` that is too long for the lanes; returns its length.
fn pass_long_run(text: &str, buffer: &mut String, f: &mut impl FnMut(&str)) -> usize {
    let ends = |byte: u8| byte.is_ascii() && !is_word_character(char::from(byte));
    let len = text.bytes().position(ends).unwrap_or(text.len());
    pass_run(&text[..len], buffer, f);
    len
}

/// Passes the words of a run in which every character is an ASCII word character or beyond ASCII.
fn pass_run(run: &str, buffer: &mut String, f: &mut impl FnMut(&str)) {
    if run.is_ascii() {
        return pass_ascii_word(run, buffer, f);
    }
    for word in run.split(|c| !is_word_character(c)) {
        if word.is_ascii() {
            pass_ascii_word(word, buffer, f);
        } else if !is_digits_only(word) {
            // The word as a whole: the lower case of a capital sigma depends on whether it is the last letter.
            buffer.clear();
            buffer.push_str(&word.to_lowercase());
            f(buffer);
        }
    }
}

fn pass_ascii_word(word: &str, buffer: &mut String, f: &mut impl FnMut(&str)) {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    buffer.clear();
    buffer.push_str(word);
    buffer.make_ascii_lowercase();
    f(buffer);
}

/// Returns whether `\w` matches `c`; the commonest answers do not search the table.
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

/// Returns whether `\d` matches `c`. The standard library's `is_numeric` is wider: it has fractions and Roman numerals.
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

/// Returns a word of a ready-made unit as it is; `None` for one that is empty or digits only.
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
