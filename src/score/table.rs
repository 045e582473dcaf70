//! The score table: what estimators run on. It holds no text, and its order says nothing of the order of the text.

use std::cmp::Ordering;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::text_sample::TextSample;
use crate::corpus::{Document, Text};
use crate::tokenize::TextProfile;

/// Names a document without saying which: a hash, to be salted before it leaves the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey(pub u64);

impl DocumentKey {
    /// The key of a document by its id, or where it has none by its text.
    pub fn of(document: &Document) -> DocumentKey {
        let mut hash = Sha256::new();
        match (&document.id, &document.text) {
            (Some(id), _) => hash.update(id),
            (None, Text::Prose(prose)) => hash.update(&**prose),
            (None, Text::Units(units)) => units.iter().flatten().for_each(|word| hash.update(word)),
        }
        DocumentKey(first_number(&hash.finalize()))
    }

    /// The key that goes into a file: without the salt nobody can say which id it belongs to. `repeat` numbers
    /// documents with the same key.
    pub fn salted(self, salt: &[u8], repeat: u64) -> DocumentKey {
        let mut hash = Sha256::new();
        hash.update(salt);
        hash.update(self.0.to_be_bytes());
        hash.update(repeat.to_be_bytes());
        DocumentKey(first_number(&hash.finalize()))
    }
}

fn first_number(digest: &[u8]) -> u64 {
    digest.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// Column that tells one kind of human text from another: a control of another venue says little of this one's people.
pub const VENUE: &str = "venue";

/// When and where a document is from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Setting {
    /// The first day of its period; none: it is in no period, or none were wanted.
    pub period: Option<Date>,
    /// Its venue; none: not known.
    pub venue: Option<String>,
}

/// A document's scores and the columns to group by.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredDocument {
    /// Which document.
    pub key: DocumentKey,
    /// Values of the table's columns.
    pub values: Vec<Option<String>>,
    /// The first day of the period that it lies in; none: in no period, or none were wanted.
    pub period: Option<Date>,
    /// The venue, by which a control is matched; none: not known.
    pub venue: Option<String>,
    scores: Vec<f32>,
    pooled: Vec<f32>,
}

impl ScoredDocument {
    /// Makes a document with K scores per unit, unit after unit; units are put in order of their scores.
    pub fn new(key: DocumentKey, values: Vec<Option<String>>, scores: Vec<f32>, k: usize) -> ScoredDocument {
        ScoredDocument::with_pooled(key, values, scores, vec![], k)
    }

    /// Makes a document with K scores per unit, unit after unit, and the pooled score of each unit; without strata there are no
    /// pooled scores.
    pub fn with_pooled(
        key: DocumentKey,
        values: Vec<Option<String>>,
        scores: Vec<f32>,
        pooled: Vec<f32>,
        k: usize,
    ) -> ScoredDocument {
        let mut units: Vec<(&[f32], Option<f32>)> = scores
            .chunks_exact(k.max(1))
            .enumerate()
            .map(|(unit, scores)| (scores, pooled.get(unit).copied()))
            .collect();
        units.sort_unstable_by(|a, b| compare(a.0, b.0).then_with(|| compare_pooled(a.1, b.1)));
        let pooled = units.iter().filter_map(|(_, pooled)| *pooled).collect();
        let scores = units.iter().flat_map(|(scores, _)| scores.iter().copied()).collect();
        ScoredDocument { key, values, period: None, venue: None, scores, pooled }
    }

    /// Returns the scores, K per unit.
    pub fn scores(&self) -> &[f32] {
        &self.scores
    }

    /// Returns the log ratio of any LLM against human text for each unit, in the order of [`scores`](Self::scores); empty where the
    /// reference has no strata.
    pub fn pooled(&self) -> &[f32] {
        &self.pooled
    }
}

fn compare_pooled(a: Option<f32>, b: Option<f32>) -> Ordering {
    a.zip(b).map_or(Ordering::Equal, |(a, b)| a.total_cmp(&b))
}

/// K log ratios for every unit of a corpus, in single precision, with the columns to group by.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreTable {
    /// Log ratios per unit, K.
    pub n_components: usize,
    /// Names of the columns to group by.
    pub columns: Vec<String>,
    /// Documents without a unit, counted and left out.
    pub n_documents_without_units: u64,
    /// What all texts that were scored look like.
    pub profile: TextProfile,
    /// Examples from these texts; none where scores come from a stored table.
    pub sample: TextSample,
    /// Units with each of the reference's usual words; empty where nobody has counted.
    pub usual_counts: Vec<u64>,
    documents: Vec<ScoredDocument>,
}

impl ScoreTable {
    /// A table without documents.
    pub fn new(n_components: usize, columns: Vec<String>) -> ScoreTable {
        let (profile, sample) = (TextProfile::default(), TextSample::default());
        ScoreTable {
            n_components,
            columns,
            n_documents_without_units: 0,
            profile,
            sample,
            usual_counts: vec![],
            documents: vec![],
        }
    }

    /// Adds a document, or counts it if it has no unit.
    pub fn push(&mut self, document: ScoredDocument) {
        if document.scores.is_empty() {
            self.n_documents_without_units += 1;
        } else {
            self.documents.push(document);
        }
    }

    /// Takes in what texts look like.
    pub(super) fn learn(&mut self, profile: &TextProfile, sample: TextSample, usual_counts: &[u64]) {
        self.profile.merge(profile);
        self.sample.merge(sample);
        if self.usual_counts.is_empty() {
            self.usual_counts = vec![0; usual_counts.len()];
        }
        self.usual_counts.iter_mut().zip(usual_counts).for_each(|(sum, count)| *sum += count);
    }

    /// The documents, each with at least one unit.
    pub fn documents(&self) -> &[ScoredDocument] {
        &self.documents
    }

    /// Number of units.
    pub fn n_units(&self) -> usize {
        self.documents.iter().map(|document| document.scores.len()).sum::<usize>() / self.n_components.max(1)
    }

    /// Keeps the documents that `keep` wants.
    pub fn retain(&mut self, keep: impl FnMut(&ScoredDocument) -> bool) {
        self.documents.retain(keep);
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

    /// Notes the venue of every document, where the table has a column of them.
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

    /// Replaces every key by the document's number in canonical order, and puts the documents in it.
    pub fn number(&mut self) {
        self.documents.sort_by(by_content);
        self.documents.iter_mut().zip(0..).for_each(|(document, number)| document.key = DocumentKey(number));
    }

    /// Adds the documents of another table with the same columns.
    pub fn append(&mut self, other: ScoreTable) {
        self.n_documents_without_units += other.n_documents_without_units;
        self.learn(&other.profile, other.sample, &other.usual_counts);
        self.documents.extend(other.documents);
    }

    /// The documents in an order that depends on their scores alone: sums over them are the same to the bit whatever
    /// the order of files, and whether the scores come from text or from a stored table.
    pub fn in_canonical_order(&self) -> Vec<&ScoredDocument> {
        let mut documents: Vec<&ScoredDocument> = self.documents.iter().collect();
        documents.sort_by(|a, b| by_content(a, b));
        documents
    }
}

fn by_content(a: &ScoredDocument, b: &ScoredDocument) -> Ordering {
    compare(&a.scores, &b.scores)
        .then_with(|| compare(&a.pooled, &b.pooled))
        .then_with(|| (&a.values, a.period).cmp(&(&b.values, b.period)))
}

fn compare(a: &[f32], b: &[f32]) -> Ordering {
    let differing = a.iter().zip(b).map(|(a, b)| a.total_cmp(b)).find(|order| order.is_ne());
    differing.unwrap_or_else(|| a.len().cmp(&b.len()))
}
