//! Text to units to words.

use std::sync::LazyLock;

use llm_prevalence::tokenize::{UnitRule, for_each_unit, for_each_word};
use regex::Regex;

/// A word, as the published code has it.
pub static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b\w+\b").expect("a valid pattern"));

/// Units are slices of the text in order, and every word of the text is in exactly one of them.
pub fn tokenizer(data: &[u8]) -> bool {
    let text = &*String::from_utf8_lossy(data);
    let words = words_of(text);
    assert_eq!(words, slow_words(text));
    for rule in [UnitRule::Sentence, UnitRule::Document] {
        let mut found = Vec::new();
        let mut end = 0;
        for_each_unit(text, rule, |unit| {
            let start = unit.as_ptr() as usize - text.as_ptr() as usize;
            assert!(start >= end && start + unit.len() <= text.len(), "units in order, inside the text");
            assert_eq!(&text[start..start + unit.len()], unit);
            assert!(!unit.is_empty() && unit.trim() == unit, "{unit:?}");
            end = start + unit.len();
            found.extend(words_of(unit));
        });
        assert_eq!(found, words, "{rule}");
    }
    !words.is_empty()
}

fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for_each_word(text, &mut String::new(), |word| words.push(word.to_owned()));
    words
}

/// The words by that rule.
fn slow_words(text: &str) -> Vec<String> {
    static DIGITS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\d+$").expect("a valid pattern"));
    let words = WORD.find_iter(text).map(|word| word.as_str().to_lowercase());
    words.filter(|word| !DIGITS.is_match(word)).collect()
}
