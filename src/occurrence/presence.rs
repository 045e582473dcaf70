//! Documents as the vocabulary sees them: for each unit, the numbers of the words present.

use rayon::prelude::*;

use super::vocabulary::Vocabulary;
use crate::corpus::Text;
use crate::tokenize::{UnitRule, UnitVisitor, visit_units};

/// Sparse presence vectors of units, grouped by document.
///
/// Every unit that counts is kept, even one without a word of the vocabulary: that is evidence too.
#[derive(Debug, Clone, Default)]
pub struct Presence {
    words: Vec<u32>,
    unit_ends: Vec<u64>,
    document_ends: Vec<u32>,
}

/// The words present in one unit, as strictly rising numbers.
pub type UnitWords<'a> = &'a [u32];

impl Presence {
    /// Returns the presence vectors of `texts`, one document each, in their order.
    pub fn of(texts: &[&Text], rule: UnitRule, vocabulary: &Vocabulary) -> Presence {
        let parts: Vec<Presence> = texts
            .par_chunks(256)
            .map(|chunk| {
                let mut collector = Collector { vocabulary, unit: Vec::new(), presence: Presence::default() };
                let mut buffer = String::new();
                for text in chunk {
                    visit_units(text, rule, &mut buffer, &mut collector);
                    collector.presence.end_document();
                }
                collector.presence
            })
            .collect();
        let mut all = Presence::default();
        parts.iter().for_each(|part| all.append(part));
        all
    }

    /// Appends the documents of `other`.
    pub fn append(&mut self, other: &Presence) {
        let (n_words, n_units) = (self.words.len() as u64, self.unit_ends.len() as u32);
        self.words.extend_from_slice(&other.words);
        self.unit_ends.extend(other.unit_ends.iter().map(|end| end + n_words));
        self.document_ends.extend(other.document_ends.iter().map(|end| end + n_units));
    }

    /// Keeps all documents and units, but only these words, given in rising order and renumbered by their place; `n_words` is the
    /// size of the vocabulary. Units without any of them stay.
    pub fn restricted_to(&self, words: &[u32], n_words: usize) -> Presence {
        let mut numbers = vec![None; n_words];
        words.iter().zip(0u32..).for_each(|(&word, number)| numbers[word as usize] = Some(number));
        let mut restricted = Presence { document_ends: self.document_ends.clone(), ..Presence::default() };
        for unit in 0..self.n_units() {
            restricted.words.extend(self.unit(unit).iter().filter_map(|&word| numbers[word as usize]));
            restricted.unit_ends.push(restricted.words.len() as u64);
        }
        restricted
    }

    /// Appends one document of `other`.
    pub fn push_document(&mut self, other: &Presence, document: usize) {
        for unit in other.units_of(document) {
            self.push_unit(other.unit(unit));
        }
        self.end_document();
    }

    /// Returns the number of documents, including those without a unit.
    pub fn n_documents(&self) -> usize {
        self.document_ends.len()
    }

    /// Returns the number of units.
    pub fn n_units(&self) -> usize {
        self.unit_ends.len()
    }

    /// Returns the units of a document, as a range of unit numbers.
    pub fn units_of(&self, document: usize) -> std::ops::Range<usize> {
        let start = if document == 0 { 0 } else { self.document_ends[document - 1] };
        start as usize..self.document_ends[document] as usize
    }

    /// Returns the words present in a unit.
    #[inline]
    pub fn unit(&self, unit: usize) -> UnitWords<'_> {
        let start = if unit == 0 { 0 } else { self.unit_ends[unit - 1] };
        &self.words[start as usize..self.unit_ends[unit] as usize]
    }

    /// Appends a unit to the document that is not ended yet.
    pub(crate) fn push_unit(&mut self, words: UnitWords<'_>) {
        self.words.extend_from_slice(words);
        self.unit_ends.push(self.words.len() as u64);
    }

    /// Ends a document.
    pub(crate) fn end_document(&mut self) {
        self.document_ends.push(self.unit_ends.len() as u32);
    }
}

struct Collector<'a> {
    vocabulary: &'a Vocabulary,
    unit: Vec<u32>,
    presence: Presence,
}

impl UnitVisitor for Collector<'_> {
    fn word(&mut self, word: &str) {
        self.unit.extend(self.vocabulary.number(word));
    }

    fn end_unit(&mut self, counts: bool) {
        if counts {
            self.unit.sort_unstable();
            self.unit.dedup();
            self.presence.push_unit(&self.unit);
        }
        self.unit.clear();
    }
}
