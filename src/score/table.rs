//! The score table, which estimators run on. It holds no text, and its order tells nothing of the order of the text.

use std::collections::HashSet;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use jiff::civil::Date;

use super::document::{DocumentKey, ScoredDocument, VENUE, by_content};
use super::draw::{Draw, GroupSize};
use super::repeated::Repeated;
use super::text_sample::TextSample;
use super::usual_counts::UsualCounts;
use crate::corpus::GroupKey;
use crate::tokenize::TextProfile;

/// Minimum number of units from which documents with the same scores are the same text.
const MIN_SAME_UNITS: usize = 5;

/// K log ratios for every unit of a corpus, in single precision, with the columns to group by.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreTable {
    /// Names of the columns to group by.
    pub columns: Vec<String>,
    /// Number of documents without a unit, which are left out.
    pub n_documents_without_units: u64,
    /// Profile of the texts of all documents, kept or not, whose words were counted.
    pub profile: TextProfile,
    /// Examples from these texts; empty if the scores come from a stored table.
    pub sample: TextSample,
    /// Counts of the reference's usual words in all texts that were scored.
    pub usual: UsualCounts,
    /// Sentences that many of these texts have; none if the scores come from a stored table.
    pub repeated: Repeated,
    /// Which documents are kept, where not all are.
    draw: Option<Draw>,
    documents: Vec<ScoredDocument>,
}

impl ScoreTable {
    /// Returns a table without documents.
    pub fn new(columns: Vec<String>) -> ScoreTable {
        let (profile, sample) = (TextProfile::default(), TextSample::default());
        ScoreTable {
            columns,
            n_documents_without_units: 0,
            profile,
            sample,
            usual: UsualCounts::default(),
            repeated: Repeated::default(),
            draw: None,
            documents: vec![],
        }
    }

    /// Returns an empty table that keeps some documents of each large group, drawn at random; [`settle`](Self::settle) ends the draw.
    pub fn drawn(columns: Vec<String>) -> ScoreTable {
        ScoreTable { draw: Some(Draw::default()), ..ScoreTable::new(columns) }
    }

    /// Returns the table with some documents of each large group, the same as if they had been drawn one by one as they were scored.
    pub fn into_drawn(mut self) -> ScoreTable {
        let mut draw = Draw::default();
        let mut kept = vec![];
        self.documents.drain(..).for_each(|document| draw.push(document, &mut kept));
        draw.settle(&mut kept);
        ScoreTable { draw: Some(draw), documents: kept, ..self }
    }

    /// Leaves of every group what the number of groups allows, after the last document.
    pub fn settle(&mut self) {
        if let Some(draw) = &mut self.draw {
            draw.settle(&mut self.documents);
        }
    }

    /// Returns the number of documents with units, kept or not.
    pub fn n_documents(&self) -> usize {
        self.draw.as_ref().map_or(self.documents.len(), |draw| draw.size().n_documents)
    }

    /// Returns the size of each group of a table that keeps some of its documents; nothing where it keeps all.
    pub fn group_sizes(&self) -> impl Iterator<Item = (&GroupKey, GroupSize)> {
        self.draw.iter().flat_map(Draw::sizes)
    }

    /// Adds a document, or counts it if it has no unit.
    pub fn push(&mut self, document: ScoredDocument) {
        self.profile.merge(&document.text_profile());
        if document.scores().is_empty() {
            self.n_documents_without_units += 1;
        } else if let Some(draw) = &mut self.draw {
            draw.push(document, &mut self.documents);
        } else {
            self.documents.push(document);
        }
    }

    /// Adds the examples and the usual words of texts.
    pub(super) fn learn(&mut self, sample: TextSample, usual: &UsualCounts) {
        self.sample.merge(sample);
        self.usual.merge(usual);
    }

    /// Returns the documents, each with at least one unit.
    pub fn documents(&self) -> &[ScoredDocument] {
        &self.documents
    }

    /// Returns the number of units.
    pub fn n_units(&self) -> usize {
        self.documents.iter().map(ScoredDocument::n_units).sum()
    }

    /// Returns a number of scores per unit that is not `n_components`, if a document has one.
    pub(crate) fn other_components(&self, n_components: usize) -> Option<usize> {
        self.documents.iter().map(ScoredDocument::n_components).find(|found| *found != n_components)
    }

    /// Keeps the documents for which `keep` returns true.
    pub fn retain(&mut self, keep: impl FnMut(&ScoredDocument) -> bool) {
        self.documents.retain(keep);
        self.profile = TextProfile::default();
        self.documents.iter().for_each(|document| self.profile.merge(&document.text_profile()));
    }

    /// Keeps these columns, in this order; documents have no value in those that the table lacks.
    pub fn keep_columns(&mut self, columns: &[String]) {
        let places: Vec<Option<usize>> =
            columns.iter().map(|column| self.columns.iter().position(|known| known == column)).collect();
        for document in &mut self.documents {
            document.values =
                places.iter().map(|place| place.and_then(|place| document.values[place].clone())).collect();
        }
        self.columns = columns.to_vec();
    }

    /// Sets the period of every document, by its first day.
    pub fn set_periods(&mut self, mut first_day: impl FnMut(&ScoredDocument) -> Option<Date>) {
        for document in &mut self.documents {
            document.period = first_day(document);
        }
    }

    /// Counts the documents whose scores a document of `other` has as well, all of them and to the bit. Short documents do not count:
    /// two may have the same scores by chance.
    pub fn n_documents_of(&self, other: &ScoreTable) -> usize {
        let hasher = FixedState::default();
        let key = |document: &ScoredDocument| {
            let bits: Vec<u32> = document.scores().iter().map(|score| score.to_bits()).collect();
            (document.n_units() >= MIN_SAME_UNITS).then(|| hasher.hash_one(bits))
        };
        let others: HashSet<u64, FixedState> = other.documents.iter().filter_map(key).collect();
        self.documents.iter().filter_map(key).filter(|key| others.contains(key)).count()
    }

    /// Sets the venue of every document, if the table has a column of venues.
    pub fn set_venues(&mut self) {
        let Some(place) = self.columns.iter().position(|column| column == VENUE) else { return };
        self.documents.iter_mut().for_each(|document| document.venue = document.values[place].clone());
    }

    /// Replaces every key by its salted one and orders the documents by it. Documents with one key, such as row numbers
    /// of several files, stay apart.
    pub fn salt(&mut self, salt: &[u8]) {
        self.documents.sort_by(|a, b| a.key.cmp(&b.key).then_with(|| by_content(a, b)));
        let (mut last, mut repeat) = (None, 0);
        for document in &mut self.documents {
            repeat = if last == Some(document.key) { repeat + 1 } else { 0 };
            last = Some(document.key);
            document.key = document.key.salted(salt, repeat);
        }
        self.documents.sort_by(|a, b| a.key.cmp(&b.key).then_with(|| by_content(a, b)));
    }

    /// Replaces every key by the document's number in canonical order, and puts the documents in that order.
    pub fn number(&mut self) {
        self.documents.sort_by(by_content);
        self.documents.iter_mut().zip(0..).for_each(|(document, number)| document.key = DocumentKey(number));
    }

    /// Adds the documents of another table with the same columns.
    pub fn append(&mut self, other: ScoreTable) {
        self.n_documents_without_units += other.n_documents_without_units;
        self.profile.merge(&other.profile);
        self.learn(other.sample, &other.usual);
        self.repeated.merge(other.repeated);
        self.documents.extend(other.documents);
    }

    /// Returns the documents in an order that depends on their content alone: sums over them are the same to the bit
    /// whatever the order of files, and whether the scores come from text or from a stored table.
    pub fn in_canonical_order(&self) -> Vec<&ScoredDocument> {
        let mut documents: Vec<&ScoredDocument> = self.documents.iter().collect();
        documents.sort_by(|a, b| by_content(a, b));
        documents
    }
}
