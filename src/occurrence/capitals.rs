//! Finds the words that are mostly written with a capital inside a sentence, as names are.

use rayon::prelude::*;

use super::vocabulary::Vocabulary;
use crate::corpus::Text;
use crate::tokenize::{UnitRule, for_each_unit};

/// Minimum number of occurrences inside a sentence for a judgement.
const MIN_INSIDE: u32 = 3;

/// Returns for each word of `vocabulary` whether more than half of its occurrences inside a sentence are capitalised. Ready-made
/// lists of words are in lower case already, and say nothing.
pub(crate) fn mostly_capitalised(texts: &[&Text], vocabulary: &Vocabulary) -> Vec<bool> {
    let nothing = || vec![(0u32, 0u32); vocabulary.len()];
    let counts = texts
        .par_chunks(1024)
        .map(|chunk| {
            let mut counts = nothing();
            chunk.iter().for_each(|text| count(text, vocabulary, &mut counts));
            counts
        })
        .reduce(nothing, |mut sum, part| {
            sum.iter_mut().zip(&part).for_each(|(sum, part)| *sum = (sum.0 + part.0, sum.1 + part.1));
            sum
        });
    counts.into_iter().map(|(inside, capitalised)| inside >= MIN_INSIDE && 2 * capitalised > inside).collect()
}

fn count(text: &Text, vocabulary: &Vocabulary, counts: &mut [(u32, u32)]) {
    let Text::Prose(prose) = text else { return };
    for_each_unit(prose, UnitRule::Sentence, |unit| {
        let words = unit.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
        for word in words.skip(1) {
            if let Some(number) = vocabulary.number(&word.to_lowercase()) {
                let (inside, capitalised) = &mut counts[number as usize];
                *inside += 1;
                *capitalised += u32::from(word.starts_with(char::is_uppercase));
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_by_their_capitals_inside_sentences() {
        let vocabulary = Vocabulary::new(["method", "bert", "the", "rare"].map(Box::from).to_vec());
        let text = "The method uses BERT. Method and Bert. The method, the Bert method. Rare. Is it Rare?";
        let (prose, units) = (Text::as_it_is(text), Text::Units(crate::corpus::Units::default()));
        let found = mostly_capitalised(&[&prose, &units], &vocabulary);
        let names: Vec<&str> =
            vocabulary.words().iter().zip(found).filter(|(_, is)| *is).map(|(word, _)| &**word).collect();
        assert_eq!(names, ["bert"]);
    }
}
