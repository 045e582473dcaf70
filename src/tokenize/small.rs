//! Sentences that begin with a small letter: "it works. however, it is slow."

use super::abbreviations::{is_opener, is_small_abbreviation};

/// Maximum length of a word that opens a sentence, in bytes.
const LONGEST: usize = 16;
/// Minimum number of letters of a word that ends a sentence here; most shorter ones are abbreviations.
const FEWEST: usize = 3;
/// Shorter words that end sentences, sorted.
const SHORT: [&str; 15] = ["do", "go", "he", "in", "is", "it", "me", "ok", "on", "or", "so", "to", "up", "us", "we"];

/// Whether a paragraph has a capital letter, found when it is first asked for.
pub(super) struct HasCapital<'a> {
    text: &'a str,
    found: Option<bool>,
}

impl<'a> HasCapital<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, found: None }
    }

    fn get(&mut self) -> bool {
        *self.found.get_or_insert_with(|| self.text.contains(char::is_uppercase))
    }
}

/// Returns whether the small letter that begins `after` opens a sentence: a word that sentences open with does, in a paragraph
/// without any capital every word, and at the beginning of a line too.
pub(super) fn opens_small(before: &str, space: &str, after: &str, has_capital: &mut HasCapital<'_>) -> bool {
    let word = &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())];
    let is_word = word.starts_with(char::is_lowercase) && !after[word.len()..].starts_with(['.', '@', '_', '(']);
    is_word && ends_in_plain_word(before) && (opens(word) || ends_line(before, space) || !has_capital.get())
}

/// Returns whether a sentence ends its line: a line ends there, and the word before it is too long for most abbreviations.
fn ends_line(before: &str, space: &str) -> bool {
    let n_letters = before.chars().rev().take(LONGEST).take_while(|c| c.is_lowercase()).count();
    n_letters >= FEWEST && space.contains(['\n', '\r'])
}

/// Returns whether sentences open with this word, written with a capital.
fn opens(word: &str) -> bool {
    let mut capital = [0; LONGEST];
    let Some(place) = capital.get_mut(..word.len()) else { return false };
    place.copy_from_slice(word.as_bytes());
    place[..1].make_ascii_uppercase();
    std::str::from_utf8(place).is_ok_and(is_opener)
}

/// Returns whether the text ends in a word of small letters that is no abbreviation, or in a closing bracket.
fn ends_in_plain_word(before: &str) -> bool {
    let start = before
        .rfind(|c: char| !c.is_lowercase())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[start..];
    match before[..start].chars().next_back() {
        Some(c) if word.is_empty() => matches!(c, ')' | ']' | '"' | '”'),
        Some(c) if c.is_alphanumeric() || matches!(c, '.' | '_' | '/' | '\\' | '@') => false,
        _ => SHORT.binary_search(&word).is_ok() || word.chars().count() >= FEWEST && !is_small_abbreviation(word),
    }
}
