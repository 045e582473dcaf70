//! Whole lints of a few invented texts; the kinds of findings are tested one by one in tests/all/cli/lint.rs.

use std::collections::BTreeMap;

use super::*;
use crate::corpus::{Text, Units};
use crate::progress::Silent;
use crate::reference::KnownDocument;

fn document(text: Text) -> KnownDocument {
    KnownDocument {
        text,
        group: None,
        date: Some("2019".to_owned()),
        generator: None,
        strata: BTreeMap::new(),
        stratum: None,
    }
}

fn corpus(source: &str, texts: impl IntoIterator<Item = Text>) -> KnownCorpus {
    let documents = texts.into_iter().map(document).collect();
    KnownCorpus { source: source.to_owned(), files: vec![], by_column: false, documents }
}

fn prose(text: &str) -> Text {
    Text::as_it_is(text)
}

/// Returns `n_words` words of which no five in a row are those of another seed.
fn words(seed: usize, n_words: usize) -> String {
    let word = |at: usize| format!("w{}x ", (seed * 7919 + at * 104_729) % 5003);
    (0..n_words).map(word).collect()
}

fn found(corpora: &[KnownCorpus]) -> LintReport {
    lint(corpora, &LintOptions::default(), &Silent).unwrap()
}

fn finding<'a>(report: &'a LintReport, code: &str, source: &str) -> Option<&'a Finding> {
    report.findings.iter().find(|finding| finding.code() == code && finding.source == source)
}

#[test]
fn both_sides_are_needed() {
    let missing = |corpora: &[KnownCorpus]| lint(corpora, &LintOptions::default(), &Silent).unwrap_err();
    assert_eq!(missing(&[corpus("human", [])]), FitError::MissingSide { missing: "LLM" });
    assert_eq!(missing(&[corpus("toy", [])]), FitError::MissingSide { missing: "human" });
}

#[test]
fn odd_texts_are_no_trouble() {
    let odd = || ["", " \n\n", "...", "🙂", "one", ":", "a: b", "1 2 3", "\u{feff}“", "ß—ſ"].map(prose);
    let empty = || Text::Units(Units::default());
    let report =
        found(&[corpus("human", odd()), corpus("toy", odd().into_iter().chain([empty()])), corpus("none", [])]);
    assert_eq!(report.sources.len(), 3);
    assert!(finding(&report, "too-small", "none").is_some());
    // No share, rate or area is a hole in the JSON.
    let json = serde_json::to_value(&report).unwrap();
    let findings = json["findings"].as_array().unwrap();
    assert!(findings.iter().all(|finding| finding["share"].is_f64()), "{json:#}");
}

#[test]
fn copies_are_counted_however_many_there_are() {
    // 400 texts that differ in their last word, more than are compared with one another.
    let family = |last: usize| prose(&format!("{}last{last}", words(1, 60)));
    let human = (2..50).map(|seed| prose(&words(seed, 60)));
    let report = found(&[
        corpus("human", human.clone().chain([family(1000)])),
        corpus("toy", (0..400).map(family)),
        corpus("copy", human.take(20)),
    ]);
    let repeated = finding(&report, "repeated", "toy").unwrap();
    assert_eq!((repeated.n_documents, repeated.severity), (399, Severity::Warning));
    let copied = finding(&report, "copies-of-human", "copy").unwrap();
    assert_eq!((copied.n_documents, copied.share, copied.severity), (20, 1.0, Severity::Error));
    assert_eq!(copied.kind, Kind::CopiesOfHuman { n_exact: 20 });
    assert!(finding(&report, "repeated", "human").is_none());
}

#[test]
fn ready_made_words_and_running_text_are_the_same_text() {
    let units = || {
        let mut units = Units::default();
        words(1, 30).split_whitespace().for_each(|word| units.push_word(word));
        units.end_unit();
        Text::Units(units)
    };
    let report = found(&[corpus("human", [units()]), corpus("toy", [prose(&words(1, 30))])]);
    assert_eq!(finding(&report, "copies-of-human", "toy").unwrap().n_documents, 1);
    assert!(finding(&report, "other-form", "toy").is_some());
}

#[test]
fn rates_of_words_are_those_of_the_units() {
    let human = corpus("human", (0..400).map(|seed| prose(&words(seed, 12))));
    let toy =
        (0..400).map(|seed| prose(&format!("{}{}", words(seed + 400, 12), if seed < 200 { "again" } else { "" })));
    let report = found(&[human, corpus("toy", toy)]);
    let alone = finding(&report, "word-alone", "toy").unwrap();
    let Example { text, n, n_other, value, value_other, log_odds, .. } = &alone.examples[0];
    assert_eq!((text.as_str(), *n, *n_other, *value, *value_other), ("again", 200, 0, 0.5, 0.0));
    // Half a unit is added to each of 200, 200, 0 and 400.
    assert!((log_odds.unwrap() - (400.5f64 / 0.5).ln()).abs() < 1e-12);
    assert_eq!((alone.severity, alone.n_documents, alone.share), (Severity::Error, 200, 0.5));
}

#[test]
fn the_worst_findings_come_first() {
    let human = corpus("human", (0..100).map(|seed| prose(&words(seed, 30))));
    let toy = (0..100).map(|seed| prose(&format!("As an AI language model, I say: {}", words(seed + 100, 40))));
    let report = found(&[human, corpus("toy", toy)]);
    assert!(report.findings.is_sorted_by_key(|finding| finding.severity));
    let counted = report.n_errors + report.n_warnings + report.n_notes;
    assert!(counted == report.findings.len() && report.n_errors > 0);
}
