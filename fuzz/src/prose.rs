//! What of a text is its writer's prose.

use llm_prevalence::prose::{Tally, cut};

use super::tokenizer::WORD;

/// What is left stood in the text, in this order, and no two parts of it have become one word; what was cut is counted.
pub fn prose(data: &[u8]) -> bool {
    let text = &*String::from_utf8_lossy(data);
    let mut tally = Tally::default();
    let prose = cut(text, &mut tally);
    let mut rest = text.chars();
    let is_next = |wanted: char| rest.any(|character| character == wanted);
    assert!(prose.chars().filter(|character| !character.is_whitespace()).all(is_next), "{prose:?}");
    for word in WORD.find_iter(&prose).map(|word| word.as_str()) {
        assert!(text.contains(word), "{word:?} is a new word");
    }
    assert_eq!(tally.n_characters, text.chars().count() as u64);
    assert!(tally.n_characters_cut() <= tally.n_characters);
    assert_eq!(tally.n_characters_cut() == 0, prose == text, "{prose:?}");
    !prose.trim().is_empty()
}
