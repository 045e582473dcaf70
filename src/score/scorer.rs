//! Scores documents: a map, so that any engine can do it, in any order.

use rayon::prelude::*;

use super::document::{DocumentKey, ScoredDocument, Setting};
use super::side_by_side::{LANES, SideBySide};
use super::table::ScoreTable;
use super::text_sample::TextSample;
use super::usual_counts::UsualCounts;
use super::word_counts::WordCounts;
use crate::corpus::{Document, GroupKey, Text};
use crate::occurrence::Vocabulary;
use crate::reference::{Reference, Scorer, Strata, Variant, Weights, of_kinds};
use crate::tokenize::{TextProfile, UnitRule, UnitVisitor, visit_units};

/// Number of documents that one parallel task scores.
const DOCUMENTS_PER_TASK: usize = 64;

/// Scored documents with the words of their units, and what is counted of their texts together.
struct ScoredChunk {
    documents: Vec<(ScoredDocument, Vec<u32>)>,
    sample: TextSample,
    usual: UsualCounts,
}

/// A reference, ready to score.
pub struct UnitScorer {
    vocabulary: Vocabulary,
    /// Weights of the K log ratios and, where the reference has strata, of those of the pooled score.
    weights: SideBySide,
    n_components: usize,
    usual: UsualPlaces,
    unit: UnitRule,
}

/// The place of each word of the vocabulary among the reference's usual words.
#[derive(Default)]
struct UsualPlaces {
    places: Vec<Option<u32>>,
    n: usize,
}

impl UsualPlaces {
    fn new(reference: &Reference) -> UsualPlaces {
        let Some(strata) = &reference.strata else { return UsualPlaces::default() };
        let mut places = vec![None; reference.vocabulary.len()];
        strata.usual_words.words.iter().zip(0..).for_each(|(usual, place)| places[usual.word as usize] = Some(place));
        UsualPlaces { places, n: strata.usual_words.words.len() }
    }
}

impl UnitScorer {
    /// Returns a scorer with the weights that `reference` has for `scorer`.
    pub fn new(reference: &Reference, scorer: Scorer) -> UnitScorer {
        let weights = reference.weights(scorer);
        let pooled = reference.strata.as_ref().map(Strata::weights);
        UnitScorer {
            vocabulary: reference.vocabulary(),
            weights: SideBySide::new(&weights, pooled.as_ref()),
            n_components: weights.n_components(),
            usual: UsualPlaces::new(reference),
            unit: reference.settings.unit,
        }
    }

    /// Returns a scorer with the words and weights of a variant of `reference`.
    pub fn of_variant(reference: &Reference, variant: &Variant) -> UnitScorer {
        let words = variant.words.iter().map(|&word| reference.vocabulary[word as usize].clone()).collect();
        UnitScorer::with_weights(Vocabulary::new(words), variant.weights(), reference.settings.unit)
    }

    /// Returns a scorer with these weights, for words numbered as in `vocabulary`.
    pub fn with_weights(vocabulary: Vocabulary, weights: Weights, unit: UnitRule) -> UnitScorer {
        UnitScorer {
            vocabulary,
            weights: SideBySide::new(&weights, None),
            n_components: weights.n_components(),
            usual: UsualPlaces::default(),
            unit,
        }
    }

    /// Returns the number of log ratios per unit, K.
    pub fn n_components(&self) -> usize {
        self.n_components
    }

    /// Scores `documents` in parallel and adds them to `table`; those without a unit are only counted there.
    pub fn score_into(&self, documents: &[Document], table: &mut ScoreTable) {
        self.score(documents, &[], table, None);
    }

    /// Scores documents as [`score_into`](UnitScorer::score_into) does, each with its place of `settings`, and counts,
    /// if `counts` is given, in how many units of each group every word of the vocabulary occurs. Documents beyond the
    /// end of `settings` get neither period nor venue.
    pub fn score(
        &self,
        documents: &[Document],
        settings: &[Setting],
        table: &mut ScoreTable,
        mut counts: Option<&mut WordCounts>,
    ) {
        table.repeated.learn(documents);
        let chunks = self.score_chunks(documents, counts.is_some());
        let scored = chunks.into_iter().flat_map(|ScoredChunk { documents, sample, usual }| {
            table.learn(sample, &usual);
            documents
        });
        let scored: Vec<_> = scored.collect();
        let settings = settings.iter().cloned().chain(std::iter::repeat(Setting::default()));
        for ((mut document, words), Setting { period, venue }) in scored.into_iter().zip(settings) {
            (document.period, document.venue) = (period, venue);
            if let Some(counts) = &mut counts {
                let group = GroupKey { values: document.values.clone(), period };
                counts.add(&group, document.n_units(), &words);
            }
            table.push(document);
        }
    }

    fn score_chunks(&self, documents: &[Document], keep_words: bool) -> Vec<ScoredChunk> {
        let chunks = documents.par_chunks(DOCUMENTS_PER_TASK);
        chunks.map(|chunk| self.score_chunk(chunk, keep_words)).collect()
    }

    /// Scores one text, which has neither key nor columns.
    pub fn score_one(&self, text: &Text) -> ScoredDocument {
        let mut scoring = Scoring::new(self, false);
        visit_units(text, self.unit, &mut String::new(), &mut scoring);
        scoring.document(DocumentKey(0), vec![])
    }

    /// Returns the scores of the units of one text in double precision, unit after unit, K each.
    ///
    /// ```
    /// use llm_prevalence::Reference;
    /// use llm_prevalence::corpus::Text;
    /// use llm_prevalence::score::UnitScorer;
    ///
    /// let reference = Reference::embedded("abstracts")?;
    /// let scorer = UnitScorer::new(&reference, Default::default());
    /// let scores = scorer.score_text(&Text::prose("The proof in step 3 is wrong. We delve into it."));
    /// assert_eq!(scores.len(), 2 * scorer.n_components());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn score_text(&self, text: &Text) -> Vec<f64> {
        let mut scoring = Scoring::new(self, false);
        visit_units(text, self.unit, &mut String::new(), &mut scoring);
        scoring.scores
    }

    fn score_chunk(&self, documents: &[Document], keep_words: bool) -> ScoredChunk {
        let mut scoring = Scoring::new(self, keep_words);
        let mut buffer = String::new();
        let mut score_one = |document: &Document| {
            scoring.scores.clear();
            scoring.pooled.clear();
            visit_units(&document.text, self.unit, &mut buffer, &mut scoring);
            let scored = scoring.document(DocumentKey::of(document), document.values.clone());
            scoring.profile = TextProfile::default();
            (scored, std::mem::take(&mut scoring.words))
        };
        let documents = documents.iter().map(&mut score_one).collect();
        let Scoring { sample, usual, .. } = scoring;
        ScoredChunk { documents, sample, usual }
    }
}

struct Scoring<'a> {
    of: &'a UnitScorer,
    unit: Vec<u32>,
    /// Number of words of the unit, known or not.
    n_words: u32,
    /// Profile of the document.
    profile: TextProfile,
    sample: TextSample,
    usual: UsualCounts,
    score: Vec<[f64; LANES]>,
    scores: Vec<f64>,
    pooled: Vec<f64>,
    keep_words: bool,
    /// Distinct words of every unit, unit after unit.
    words: Vec<u32>,
}

impl Scoring<'_> {
    fn new(of: &UnitScorer, keep_words: bool) -> Scoring<'_> {
        Scoring {
            of,
            unit: vec![],
            n_words: 0,
            profile: TextProfile::default(),
            sample: TextSample::default(),
            usual: UsualCounts::new(of.usual.n),
            score: vec![],
            scores: vec![],
            pooled: vec![],
            keep_words,
            words: vec![],
        }
    }

    /// Returns the scored document, in single precision.
    fn document(&self, key: DocumentKey, values: Vec<Option<String>>) -> ScoredDocument {
        let single = |scores: &[f64]| scores.iter().map(|&score| score as f32).collect();
        let (scores, pooled) = (single(&self.scores), single(&self.pooled));
        let mut document = ScoredDocument::with_pooled(key, values, scores, pooled, self.of.n_components());
        document.profile = Some(self.profile.into());
        document
    }
}

impl UnitVisitor for Scoring<'_> {
    #[inline]
    fn word(&mut self, word: &str) {
        self.n_words += 1;
        match self.of.vocabulary.number(word) {
            Some(number) => self.unit.push(number),
            None => self.sample.unknown(word),
        }
    }

    fn end_unit(&mut self, counts: bool) {
        if counts {
            self.profile.count_unit(self.n_words, self.unit.len() as u32);
            self.sample.unit(self.n_words, &self.unit);
            self.unit.sort_unstable();
            self.unit.dedup();
            if self.of.usual.n > 0 {
                self.usual.n_units += 1;
                for place in self.unit.iter().filter_map(|&word| self.of.usual.places[word as usize]) {
                    self.usual.counts[place as usize] += 1;
                }
            }
            self.of.weights.score(&self.unit, &mut self.score);
            let (scores, pooled) = self.of.weights.of(&self.score).split_at(self.of.n_components);
            self.scores.extend_from_slice(scores);
            if !pooled.is_empty() {
                self.pooled.push(of_kinds(pooled));
            }
            if self.keep_words {
                self.words.extend_from_slice(&self.unit);
            }
        }
        self.unit.clear();
        self.n_words = 0;
    }
}
