//! The scores of one document, which hold no text and whose order says nothing of the order of the text.

use std::cmp::Ordering;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::corpus::{Document, Text};
use crate::tokenize::{DocumentProfile, TextProfile};

/// A hash that stands for a document without saying which, to be salted before it leaves the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey(pub u64);

impl DocumentKey {
    /// Returns the key of a document by its id, or by its text if it has none.
    pub fn of(document: &Document) -> DocumentKey {
        let mut hash = Sha256::new();
        match (&document.id, &document.text) {
            (Some(id), _) => hash.update(id),
            (None, Text::Prose(prose)) => hash.update(&**prose),
            (None, Text::Units(units)) => units.iter().flatten().for_each(|word| hash.update(word)),
        }
        DocumentKey(first_number(&hash.finalize()))
    }

    /// Returns the key that goes into a file: without the salt nobody can say which id it belongs to. `repeat` numbers
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

/// Column that tells kinds of human text apart: a control of another venue says little of this one's people.
pub const VENUE: &str = "venue";

/// The period and the venue of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Setting {
    /// First day of its period; `None` if it is in no period or none was asked for.
    pub period: Option<Date>,
    /// Venue; `None` if not known.
    pub venue: Option<String>,
}

impl Setting {
    /// Returns the setting of a document by the first day of its period and its venue, where these are known.
    pub fn new(period: Option<Date>, venue: Option<String>) -> Setting {
        Setting { period, venue }
    }
}

/// A document's scores and its values in the columns to group by.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredDocument {
    /// Key of the document.
    pub key: DocumentKey,
    /// Values of the table's columns.
    pub values: Vec<Option<String>>,
    /// First day of the period that it lies in; `None` if it is in no period or none was asked for.
    pub period: Option<Date>,
    /// Venue, by which a control is matched; `None` if not known.
    pub venue: Option<String>,
    /// Counts of its words; `None` if they were not counted.
    pub profile: Option<DocumentProfile>,
    /// Its place in the draw of a large corpus.
    pub(super) drawn: Drawn,
    n_components: u32,
    scores: Vec<f32>,
    pooled: Vec<f32>,
}

impl ScoredDocument {
    /// Makes a document with `k` scores per unit, unit after unit; units are put in order of their scores. A document of no
    /// units has no scores from which K could be told.
    pub fn new(key: DocumentKey, values: Vec<Option<String>>, scores: Vec<f32>, k: usize) -> ScoredDocument {
        ScoredDocument::with_pooled(key, values, scores, vec![], k)
    }

    /// Makes a document with `k` scores per unit, unit after unit, and the pooled score of each unit; without strata
    /// there are no pooled scores. A document of no units has no scores from which K could be told.
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
        let (drawn, n_components) = (Drawn::default(), k as u32);
        ScoredDocument { key, values, period: None, venue: None, profile: None, drawn, n_components, scores, pooled }
    }

    /// Returns the number of scores per unit, K.
    pub fn n_components(&self) -> usize {
        self.n_components as usize
    }

    /// Returns the number of units.
    pub fn n_units(&self) -> usize {
        self.scores.len() / self.n_components().max(1)
    }

    /// Returns the counts of its units and words; zeros if words were not counted.
    pub(super) fn text_profile(&self) -> TextProfile {
        self.profile.map_or_else(TextProfile::default, |profile| profile.of_units(self.n_units()))
    }

    /// Returns the scores, K per unit.
    pub fn scores(&self) -> &[f32] {
        &self.scores
    }

    /// Returns the log ratio of any LLM against human text for each unit, in nats, in the order of
    /// [`scores`](Self::scores); empty if the reference has no strata.
    pub fn pooled(&self) -> &[f32] {
        &self.pooled
    }
}

fn compare_pooled(a: Option<f32>, b: Option<f32>) -> Ordering {
    a.zip(b).map_or(Ordering::Equal, |(a, b)| a.total_cmp(&b))
}

pub(super) fn by_content(a: &ScoredDocument, b: &ScoredDocument) -> Ordering {
    compare(&a.scores, &b.scores)
        .then_with(|| compare(&a.pooled, &b.pooled))
        .then_with(|| (&a.values, a.period).cmp(&(&b.values, b.period)))
}

fn compare(a: &[f32], b: &[f32]) -> Ordering {
    let differing = a.iter().zip(b).map(|(a, b)| a.total_cmp(b)).find(|order| order.is_ne());
    differing.unwrap_or_else(|| a.len().cmp(&b.len()))
}

/// A place in the draw: the number of the group, and the hashes that decide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Drawn {
    /// Number of the group.
    pub group: u32,
    /// The hash of the scores.
    pub hash: u64,
    /// The hash of the scores and the number of the copy.
    pub copy_hash: u64,
}
