//! Texts as the tokeniser and a vocabulary see them.

use rayon::prelude::*;

use super::vocabulary::Vocabulary;
use crate::corpus::Text;
use crate::tokenize::{TextProfile, UnitRule, UnitVisitor, visit_units};

/// Returns the lengths of the units of `texts`, and how many of their words the vocabulary has.
pub(crate) fn text_profile(texts: &[&Text], rule: UnitRule, vocabulary: &Vocabulary) -> TextProfile {
    let of_chunk = |chunk: &[&Text]| {
        let mut profiler = Profiler { vocabulary, n_words: 0, n_known: 0, profile: TextProfile::default() };
        let mut buffer = String::new();
        chunk.iter().for_each(|text| visit_units(text, rule, &mut buffer, &mut profiler));
        profiler.profile
    };
    let parts: Vec<TextProfile> = texts.par_chunks(256).map(of_chunk).collect();
    let mut all = TextProfile::default();
    parts.iter().for_each(|part| all.merge(part));
    all
}

struct Profiler<'a> {
    vocabulary: &'a Vocabulary,
    n_words: u32,
    n_known: u32,
    profile: TextProfile,
}

impl UnitVisitor for Profiler<'_> {
    fn word(&mut self, word: &str) {
        self.n_words += 1;
        self.n_known += u32::from(self.vocabulary.number(word).is_some());
    }

    fn end_unit(&mut self, counts: bool) {
        if counts {
            self.profile.count_unit(self.n_words, self.n_known);
        }
        (self.n_words, self.n_known) = (0, 0);
    }
}
