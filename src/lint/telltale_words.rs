//! Words that give a side away: frequent on one, almost absent from the other.
//!
//! Some of these are style, which a reference is meant to learn. Leftovers of prompts, forms and preparation look the
//! same but are stronger, so the few strongest are listed for a person to judge.

use super::kind::Kind;
use super::report::{Example, Finding, Measure, Severity, share};
use super::sides::{Side, Sides};
use crate::corpus::Text;
use crate::occurrence::{Occurrences, count_occurrences};
use crate::reference::HUMAN;
use crate::tokenize::UnitRule;

/// Minimum number of units with a word; below it, a zero on the other side is chance.
const MIN_UNITS: u64 = 20;
/// Minimum share of a side's units, 0 to 1, from which a word says something about the side.
const MIN_SHARE: f64 = 0.01;
/// Ratio of the odds from which a word is almost absent from the other side.
const ODDS_RATIO: f64 = 50.0;
/// Share of the units from which a word is worth a warning.
const FREQUENT: f64 = 0.05;
/// Difference of its shares of units from which a word alone separates the sides (a rule on it has AUC 0.6 per unit); for an
/// LLM that writes as LLMs do, no word is so frequent and so rare with people ...
const ALONE_IN_UNITS: f64 = 0.2;
/// ... or the share of the documents, which a favourite word of its style may reach in long texts, from which it does ...
const ALONE_IN_DOCUMENTS: f64 = 0.7;
/// ... if it is in at most this share of the other side's.
const ABSENT_FROM_DOCUMENTS: f64 = 0.01;
/// Maximum number of words listed.
const N_EXAMPLES: usize = 20;

/// The occurrences of words on one side.
struct Counted {
    units: Occurrences,
    documents: Occurrences,
}

impl Counted {
    fn of(sides: &[&Side], rule: UnitRule) -> Counted {
        let texts: Vec<&Text> = sides.iter().flat_map(|side| &side.documents).map(|document| &document.text).collect();
        Counted { units: count_occurrences(&texts, rule), documents: count_occurrences(&texts, UnitRule::Document) }
    }

    fn n(&self, word: &str) -> u64 {
        self.units.n_units_with.get(word).copied().unwrap_or(0)
    }

    fn share_of_documents(&self, word: &str) -> f64 {
        let n = self.documents.n_units_with.get(word).copied().unwrap_or(0);
        share(n, self.documents.n_units)
    }
}

/// A word with its counts on its side and on the other.
struct Word {
    example: Example,
    share_of_documents: f64,
    /// Whether it separates units.
    is_alone_in_units: bool,
    /// Whether it separates units or documents.
    is_alone: bool,
}

pub(super) fn check(sides: &Sides, rule: UnitRule) -> Vec<Finding> {
    let human = Counted::of(&[&sides.human], rule);
    let mut findings = Vec::new();
    for side in &sides.llms {
        let words = words_of(&Counted::of(&[side], rule), &human);
        findings.extend(report(side, rule, words));
    }
    // What no LLM writes; that one of them does not is a trait of that one.
    let all_llms: Vec<&Side> = sides.llms.iter().collect();
    let words = words_of(&human, &Counted::of(&all_llms, rule));
    findings.extend(report(&sides.human, rule, words));
    findings
}

/// Returns the words that give a side away, strongest first.
fn words_of(here: &Counted, there: &Counted) -> Vec<Word> {
    let frequent = here.units.n_units_with.iter().filter(|(_, n)| **n >= MIN_UNITS).map(|(word, _)| &**word);
    let mut words: Vec<Word> = frequent.filter_map(|word| word_of(word, here, there)).collect();
    let strength = |word: &Word| word.example.value - word.example.value_other;
    words.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then_with(|| a.example.text.cmp(&b.example.text)));
    words
}

fn word_of(word: &str, here: &Counted, there: &Counted) -> Option<Word> {
    let (n, n_other) = (here.n(word), there.n(word));
    let (n_units, n_units_other) = (here.units.n_units, there.units.n_units);
    let (value, value_other) = (share(n, n_units), share(n_other, n_units_other));
    let log_odds = log_odds(n, n_units) - log_odds(n_other, n_units_other);
    let is_absent = log_odds >= ODDS_RATIO.ln();
    let (in_documents, in_others) = (here.share_of_documents(word), there.share_of_documents(word));
    let is_alone_in_units = is_absent && value - value_other >= ALONE_IN_UNITS;
    let is_alone = is_alone_in_units || in_documents >= ALONE_IN_DOCUMENTS && in_others <= ABSENT_FROM_DOCUMENTS;
    let example = Example {
        text: word.to_owned(),
        measure: Measure::ShareOfUnits,
        n,
        n_other,
        value,
        value_other,
        log_odds: Some(log_odds),
        auc: None,
    };
    let gives_away = is_alone || is_absent && value >= MIN_SHARE;
    gives_away.then_some(Word { example, share_of_documents: in_documents, is_alone_in_units, is_alone })
}

/// Returns the natural logarithm of the odds, with half a unit added on either side.
fn log_odds(n: u64, n_units: u64) -> f64 {
    ((n as f64 + 0.5) / ((n_units - n) as f64 + 0.5)).ln()
}

/// Returns two findings: words that alone separate the sides, and others.
fn report(side: &Side, unit: UnitRule, words: Vec<Word>) -> Vec<Finding> {
    let (alone, others): (Vec<Word>, Vec<Word>) = words.into_iter().partition(|word| word.is_alone);
    // What people write and LLMs do not is mostly style; prompts and forms leave their words in LLM text.
    let is_llm = side.name != HUMAN;
    let is_error = is_llm && alone.iter().any(|word| word.is_alone_in_units);
    let severity_alone = if is_error { Severity::Error } else { Severity::Warning };
    let is_frequent = is_llm && others.iter().any(|word| word.example.value >= FREQUENT);
    let severity = if is_frequent { Severity::Warning } else { Severity::Note };
    let alone = finding(severity_alone, Kind::WordAlone { n: alone.len(), unit }, side, alone);
    let others = finding(severity, Kind::OneSidedWords { n: others.len(), unit }, side, others);
    alone.into_iter().chain(others).collect()
}

/// Returns a finding on words, the strongest first; `None` if there are none.
fn finding(severity: Severity, kind: Kind, side: &Side, words: Vec<Word>) -> Option<Finding> {
    let n_documents = (words.first()?.share_of_documents * side.documents.len() as f64).round() as usize;
    let examples = words.into_iter().take(N_EXAMPLES).map(|word| word.example).collect();
    let finding = Finding::new(severity, kind, &side.name);
    Some(finding.in_documents(n_documents, side.documents.len()).with_examples(examples))
}
