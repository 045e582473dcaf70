//! Form headings and stock sentences: lines, units and labels before a colon that occur verbatim in many documents.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::kind::Kind;
use super::report::{Example, Finding, Severity, share};
use super::sides::{Side, Sides};
use super::sketch::{Hash, hash_word};
use crate::corpus::Text;
use crate::tokenize::{UnitRule, for_each_unit, for_each_word, ready_made_word};

/// Minimum number of documents with a heading.
const MIN_DOCUMENTS: u64 = 10;
/// Minimum share of a side's documents with a heading, 0 to 1.
pub const MIN_HEADING_SHARE: f64 = 0.05;
/// Shares of the documents from which it is a warning, and an error.
const SOME: f64 = 0.2;
const MOST: f64 = 0.5;
/// Ratio of its shares on the two sides from which a heading gives a side away.
const RATIO: f64 = 3.0;
/// Maximum number of words of a label before a colon.
const MAX_LABEL_WORDS: usize = 6;
/// Maximum number of words of a heading; more make a sentence.
const MAX_HEADING_WORDS: usize = 8;
/// Maximum number of words shown.
const N_WORDS_SHOWN: usize = 6;
/// Maximum number of examples.
const N_EXAMPLES: usize = 20;

/// Counts of passages by the hash of their words.
type Passages = BTreeMap<Hash, u64>;

pub(super) fn check(sides: &Sides) -> Vec<Finding> {
    let human = count(&[&sides.human]);
    let n_human = sides.human.documents.len() as u64;
    let mut findings = Vec::new();
    for side in &sides.llms {
        findings.extend(compare(side, &count(&[side]), &human, n_human));
    }
    let all_llms: Vec<&Side> = sides.llms.iter().collect();
    let n_llm = all_llms.iter().map(|side| side.documents.len() as u64).sum();
    findings.extend(compare(&sides.human, &human, &count(&all_llms), n_llm));
    findings
}

/// Counts the documents of each passage that is in at least two.
fn count(sides: &[&Side]) -> Passages {
    let texts: Vec<&Text> = sides.iter().flat_map(|side| &side.documents).map(|document| &document.text).collect();
    let mut all: Vec<Hash> = texts
        .into_par_iter()
        .flat_map_iter(|text| {
            let mut hashes = Vec::new();
            for_each_passage(text, &mut |passage| hashes.push(passage.hash));
            hashes.sort_unstable();
            hashes.dedup();
            hashes
        })
        .collect();
    all.par_sort_unstable();
    all.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).map(|same| (same[0], same.len() as u64)).collect()
}

fn compare(side: &Side, here: &Passages, there: &Passages, n_total_other: u64) -> Vec<Finding> {
    let n_total = side.documents.len() as u64;
    let telling: BTreeMap<Hash, Example> = here
        .iter()
        .filter(|(_, n)| **n >= MIN_DOCUMENTS && share(**n, n_total) >= MIN_HEADING_SHARE)
        .map(|(hash, &n)| {
            (*hash, Example::in_documents("", (n, n_total), (there.get(hash).copied().unwrap_or(0), n_total_other)))
        })
        .filter(|(_, example)| example.value >= RATIO * example.value_other)
        .collect();
    let (mut headings, mut sentences): (Vec<Example>, Vec<Example>) = (vec![], vec![]);
    for (hash, (text, n_words)) in wordings(side, telling.keys().copied().collect()) {
        let example = Example { text, ..telling[&hash].clone() };
        if n_words <= MAX_HEADING_WORDS { headings.push(example) } else { sentences.push(example) }
    }
    let headings = finding(side, Kind::FormHeadings { n: headings.len() }, headings);
    let sentences = finding(side, Kind::StockSentences { n: sentences.len() }, sentences);
    headings.into_iter().chain(sentences).collect()
}

fn finding(side: &Side, kind: Kind, mut examples: Vec<Example>) -> Option<Finding> {
    examples.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.text.cmp(&b.text)));
    let first = examples.first()?;
    let severity = match first.value {
        share if share >= MOST => Severity::Error,
        share if share >= SOME => Severity::Warning,
        _ => Severity::Note,
    };
    let n = first.n as usize;
    examples.truncate(N_EXAMPLES);
    let finding = Finding::new(severity, kind, &side.name);
    Some(finding.in_documents(n, side.documents.len()).with_examples(examples))
}

/// Returns the first words of passages, and their numbers of words.
fn wordings(side: &Side, mut wanted: BTreeSet<Hash>) -> BTreeMap<Hash, (String, usize)> {
    let mut found = BTreeMap::new();
    // Every passage is in one of twenty documents or more, so this stops early.
    for document in &side.documents {
        if wanted.is_empty() {
            break;
        }
        for_each_passage(&document.text, &mut |passage| {
            if wanted.remove(&passage.hash) {
                found.insert(passage.hash, (passage.beginning(), passage.words.len()));
            }
        });
    }
    found
}

/// Consecutive words.
struct Passage<'a> {
    hash: Hash,
    words: &'a [String],
}

impl Passage<'_> {
    fn beginning(&self) -> String {
        let shown = self.words[..self.words.len().min(N_WORDS_SHOWN)].join(" ");
        if self.words.len() > N_WORDS_SHOWN { shown + " ..." } else { shown }
    }
}

/// Passes every line, unit and label of a text to `f`; the same words may come twice.
fn for_each_passage(text: &Text, f: &mut dyn FnMut(Passage)) {
    let mut pass = |words: &[String]| {
        if !words.is_empty() {
            f(Passage { hash: Hash::of_all(words.iter().map(|word| hash_word(word))), words });
        }
    };
    match text {
        Text::Prose(prose) => {
            let mut buffer = String::new();
            let mut pass_prose = |part: &str| {
                pass(&words(part, &mut buffer));
                if let Some((label, _)) = part.split_once(':') {
                    let label = words(label, &mut buffer);
                    pass(if label.len() <= MAX_LABEL_WORDS { &label } else { &[] });
                }
            };
            for_each_unit(prose, UnitRule::Sentence, &mut pass_prose);
            prose.lines().for_each(&mut pass_prose);
        }
        Text::Units(units) => units.iter().for_each(|unit| {
            pass(&unit.filter_map(ready_made_word).map(str::to_owned).collect::<Vec<_>>());
        }),
    }
}

fn words(text: &str, buffer: &mut String) -> Vec<String> {
    let mut words = Vec::new();
    for_each_word(text, buffer, |word| words.push(word.to_owned()));
    words
}
