//! Units of known source, by the words present in them.

use crate::occurrence::Presence;

/// Units of known source: presence vectors, and each document's class (0 human, k the k-th LLM component) and fold.
#[non_exhaustive]
pub struct TrainingSet<'a> {
    /// Presence vectors of all documents.
    pub presence: &'a Presence,
    /// Class of each document.
    pub class_of: &'a [u8],
    /// Fold of each document; documents that belong together share it.
    pub fold_of: &'a [u8],
    /// Number of LLM components, K.
    pub n_components: usize,
    /// Number of words in the vocabulary.
    pub n_words: usize,
}

impl<'a> TrainingSet<'a> {
    /// Returns the set of documents with these classes, of which the largest is K, and folds; the vocabulary has `n_words` words.
    pub fn new(presence: &'a Presence, class_of: &'a [u8], fold_of: &'a [u8], n_words: usize) -> TrainingSet<'a> {
        let n_components = class_of.iter().max().map_or(0, |&class| class as usize);
        TrainingSet { presence, class_of, fold_of, n_components, n_words }
    }
}

impl TrainingSet<'_> {
    /// Iterates over the documents outside the fold `left_out`, with their class.
    pub(super) fn documents(&self, left_out: Option<u8>) -> impl Iterator<Item = (usize, u8)> {
        (0..self.presence.n_documents())
            .filter(move |&document| left_out != Some(self.fold_of[document]))
            .map(|document| (document, self.class_of[document]))
    }

    /// Counts the documents with at least one unit, per class.
    pub(super) fn n_documents_of_class(&self) -> Vec<u64> {
        let mut n_documents = vec![0; self.n_components + 1];
        let has_units = |(document, _): &(usize, u8)| !self.presence.units_of(*document).is_empty();
        self.documents(None).filter(has_units).for_each(|(_, class)| n_documents[class as usize] += 1);
        n_documents
    }

    /// Counts the units per class outside the fold `left_out`.
    pub(super) fn n_units_of_class(&self, left_out: Option<u8>) -> Vec<u64> {
        let mut n_units = vec![0; self.n_components + 1];
        for (document, class) in self.documents(left_out) {
            n_units[class as usize] += self.presence.units_of(document).len() as u64;
        }
        n_units
    }
}
