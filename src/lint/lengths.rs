//! Lengths of units and documents that alone separate the sides.

use rayon::prelude::*;

use super::auc::{GIVES_AWAY, SEPARATES, auc};
use super::kind::Kind;
use super::report::{Finding, Severity};
use super::sides::{Side, Sides};
use crate::tokenize::{UnitRule, UnitVisitor, visit_units};

/// Lengths in words, of the units that count and of the documents that have some.
#[derive(Default)]
pub(super) struct Lengths {
    units: Vec<u32>,
    documents: Vec<u32>,
}

impl Lengths {
    pub fn n_units(&self) -> u64 {
        self.units.len() as u64
    }

    /// Returns the number of documents with a unit.
    pub fn n_documents(&self) -> usize {
        self.documents.len()
    }

    pub fn n_words(&self) -> u64 {
        self.units.iter().map(|&n| u64::from(n)).sum()
    }
}

/// Returns the lengths of every side, human text first.
pub(super) fn measure(sides: &Sides, rule: UnitRule) -> Vec<Lengths> {
    sides.all().map(|side| lengths_of(side, rule)).collect()
}

fn lengths_of(side: &Side, rule: UnitRule) -> Lengths {
    let parts: Vec<Lengths> = side
        .documents
        .par_chunks(256)
        .map(|chunk| {
            let (mut counter, mut buffer) = (Counter::default(), String::new());
            for document in chunk {
                visit_units(&document.text, rule, &mut buffer, &mut counter);
                counter.end_document();
            }
            counter.lengths
        })
        .collect();
    parts.into_iter().fold(Lengths::default(), |mut all, part| {
        all.units.extend(part.units);
        all.documents.extend(part.documents);
        all
    })
}

#[derive(Default)]
struct Counter {
    lengths: Lengths,
    n_words: u32,
    n_words_of_document: u32,
}

impl UnitVisitor for Counter {
    fn word(&mut self, _word: &str) {
        self.n_words += 1;
    }

    fn end_unit(&mut self, counts: bool) {
        if counts {
            self.lengths.units.push(self.n_words);
            self.n_words_of_document += self.n_words;
        }
        self.n_words = 0;
    }
}

impl Counter {
    fn end_document(&mut self) {
        if self.n_words_of_document > 0 {
            self.lengths.documents.push(self.n_words_of_document);
        }
        self.n_words_of_document = 0;
    }
}

pub(super) fn check(sides: &Sides, sizes: &[Lengths], rule: UnitRule) -> Vec<Finding> {
    let (human, llms) = (&sizes[0], &sizes[1..]);
    let mut findings = Vec::new();
    for (side, lengths) in sides.llms.iter().zip(llms) {
        findings.extend(compare(side, rule, &lengths.units, &human.units));
        // Where a document is one unit its length has been compared already.
        let has_several = |lengths: &Lengths| lengths.units.len() > lengths.documents.len();
        if has_several(lengths) || has_several(human) {
            findings.extend(compare(side, UnitRule::Document, &lengths.documents, &human.documents));
        }
    }
    findings
}

fn compare(side: &Side, what: UnitRule, lengths: &[u32], human: &[u32]) -> Option<Finding> {
    let widen = |values: &[u32]| values.iter().map(|&n| f64::from(n)).collect::<Vec<f64>>();
    let auc = auc(&widen(lengths), &widen(human));
    let severity = match (what, auc) {
        (_, auc) if auc < SEPARATES => return None,
        (UnitRule::Sentence, auc) if auc >= GIVES_AWAY => Severity::Error,
        (UnitRule::Document, auc) if auc < GIVES_AWAY => Severity::Note,
        _ => Severity::Warning,
    };
    let kind = Kind::Length { of: what, median: median(lengths), median_of_human: median(human) };
    let n_documents = side.documents.len();
    Some(Finding::new(severity, kind, &side.name).in_documents(n_documents, n_documents).with_auc(auc))
}

fn median(lengths: &[u32]) -> u32 {
    let mut lengths = lengths.to_vec();
    let middle = lengths.len() / 2;
    if lengths.is_empty() { 0 } else { *lengths.select_nth_unstable(middle).1 }
}
