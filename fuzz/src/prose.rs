//! What of a text is its writer's prose.

use llm_prevalence::prose::{Tally, cut};

/// Characters that no reader sees, and that split words.
const INVISIBLE: [char; 5] = ['\u{ad}', '\u{200b}', '\u{200d}', '\u{2060}', '\u{feff}'];

/// What is left is plain; what was cut is counted; and what is left of it stood in it, in this order.
pub fn prose(data: &[u8]) -> bool {
    let text = &*String::from_utf8_lossy(data);
    let mut tally = Tally::default();
    let prose = cut(text, &mut tally);
    assert!(tally.n_characters_cut() <= tally.n_characters);
    assert!(!prose.contains(INVISIBLE), "{prose:?}");
    let again = cut(&prose, &mut Tally::default());
    let mut rest = prose.chars();
    // A letter that looks Latin becomes so if what was cut had the only letters that do not; and one gets the accent of TeX that
    // stands before it once a command between them is cut. A stop ends what was cut, and a dash stands for a label of an item, of
    // which there may be two.
    let is_ascii_of = |ascii: char, of: char| ascii.is_ascii_alphabetic() && of.is_alphabetic() && !of.is_ascii();
    let is_same =
        |wanted: char, letter: char| wanted == letter || is_ascii_of(wanted, letter) || is_ascii_of(letter, wanted);
    let is_next = |wanted: char| rest.any(|letter| is_same(wanted, letter));
    let said = |character: &char| !character.is_whitespace() && !matches!(character, '.' | '-');
    assert!(again.chars().filter(said).all(is_next), "{prose:?} becomes {again:?}");
    !prose.trim().is_empty()
}
