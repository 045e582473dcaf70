//! Scoring documents: a map, so any engine can do it, in any order.

use rayon::prelude::*;

use super::{DocumentKey, ScoreTable, ScoredDocument};
use crate::corpus::{Document, Text};
use crate::occurrence::Vocabulary;
use crate::reference::{Reference, Scorer, Weights};
use crate::tokenize::{UnitRule, UnitVisitor, visit_units};

/// Documents that one parallel task scores.
const DOCUMENTS_PER_TASK: usize = 64;

/// A reference, ready to score.
pub struct UnitScorer {
    vocabulary: Vocabulary,
    weights: Weights,
    unit: UnitRule,
}

impl UnitScorer {
    /// Scores with the weights that `reference` has for `scorer`.
    pub fn new(reference: &Reference, scorer: Scorer) -> UnitScorer {
        UnitScorer {
            vocabulary: reference.vocabulary(),
            weights: reference.weights(scorer),
            unit: reference.settings.unit,
        }
    }

    /// Scores with these weights, for words numbered as in `vocabulary`.
    pub fn with_weights(vocabulary: Vocabulary, weights: Weights, unit: UnitRule) -> UnitScorer {
        UnitScorer { vocabulary, weights, unit }
    }

    /// Number of log ratios per unit, K.
    pub fn n_components(&self) -> usize {
        self.weights.n_components()
    }

    /// Scores `documents` in parallel and adds them to `table`; those without a unit are only counted there.
    pub fn score_into(&self, documents: &[Document], table: &mut ScoreTable) {
        let scored: Vec<Vec<ScoredDocument>> =
            documents.par_chunks(DOCUMENTS_PER_TASK).map(|chunk| self.score_chunk(chunk)).collect();
        scored.into_iter().flatten().for_each(|document| table.push(document));
    }

    /// The scores of the units of one text in double precision, unit after unit, K each.
    pub fn score_text(&self, text: &Text) -> Vec<f64> {
        let mut scoring = Scoring { of: self, unit: vec![], score: vec![0.0; self.n_components()], scores: vec![] };
        visit_units(text, self.unit, &mut String::new(), &mut scoring);
        scoring.scores
    }

    fn score_chunk(&self, documents: &[Document]) -> Vec<ScoredDocument> {
        let mut scoring = Scoring { of: self, unit: vec![], score: vec![0.0; self.n_components()], scores: vec![] };
        let mut buffer = String::new();
        let mut score_one = |document: &Document| {
            scoring.scores.clear();
            visit_units(&document.text, self.unit, &mut buffer, &mut scoring);
            let scores = scoring.scores.iter().map(|&score| score as f32).collect();
            ScoredDocument::new(DocumentKey::of(document), document.values.clone(), scores, self.n_components())
        };
        documents.iter().map(&mut score_one).collect()
    }
}

struct Scoring<'a> {
    of: &'a UnitScorer,
    unit: Vec<u32>,
    score: Vec<f64>,
    scores: Vec<f64>,
}

impl UnitVisitor for Scoring<'_> {
    #[inline]
    fn word(&mut self, word: &str) {
        self.unit.extend(self.of.vocabulary.number(word));
    }

    fn end_unit(&mut self, counts: bool) {
        if counts {
            self.unit.sort_unstable();
            self.unit.dedup();
            self.of.weights.score(&self.unit, &mut self.score);
            self.scores.extend_from_slice(&self.score);
        }
        self.unit.clear();
    }
}
