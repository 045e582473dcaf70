//! Walks over the units and words of a document, for counting and for scoring alike.

use super::words::{for_each_word, ready_made_word};
use super::{MIN_WORDS, UnitRule, for_each_unit};
use crate::corpus::Text;

/// A receiver of the words of a document, unit by unit.
pub trait UnitVisitor {
    /// Receives a word of the current unit; repeats are passed as often as they occur.
    fn word(&mut self, word: &str);
    /// Ends the current unit; it counts only if `counts` (it has at least [`MIN_WORDS`] words).
    fn end_unit(&mut self, counts: bool);
}

/// Shows every word and unit of `text` to `visitor`, in order; `buffer` is scratch space.
pub fn visit_units(text: &Text, rule: UnitRule, buffer: &mut String, visitor: &mut impl UnitVisitor) {
    match text {
        Text::Prose(prose) => for_each_unit(prose, rule, |unit| {
            let mut n_words = 0;
            for_each_word(unit, buffer, |word| {
                n_words += 1;
                visitor.word(word);
            });
            visitor.end_unit(n_words >= MIN_WORDS);
        }),
        Text::Units(units) => {
            let mut n_words = 0;
            for unit in units.iter() {
                for word in unit.filter_map(ready_made_word) {
                    n_words += 1;
                    visitor.word(word);
                }
                if rule == UnitRule::Sentence {
                    visitor.end_unit(n_words >= MIN_WORDS);
                    n_words = 0;
                }
            }
            if rule == UnitRule::Document {
                visitor.end_unit(n_words >= MIN_WORDS);
            }
        }
    }
}
