//! Published files in their own layouts, with counts by an independent script (of characters before anything is cut).

use std::collections::BTreeMap;

use crate::common::{data_path, prose, read_paths};
use llm_prevalence::corpus::{Document, Layout, NoteChoice, NoteKind, ReadOptions, ReadSummary, Skipped};

const COLUMNS: [&str; 6] = ["venue", "year", "date", "rating", "confidence", "forum"];

fn read(path: &str, note_kind: NoteChoice) -> (Vec<Document>, ReadSummary) {
    let optional_columns = COLUMNS.map(str::to_owned).to_vec();
    read_paths(&[path.as_ref()], &ReadOptions::default().optional_columns(optional_columns).note_kind(note_kind))
        .unwrap()
}

/// How often each value of a column occurs.
fn tally(documents: &[Document], column: &str) -> BTreeMap<String, usize> {
    let at = COLUMNS.iter().position(|name| *name == column).unwrap();
    let mut tally = BTreeMap::new();
    for document in documents {
        *tally.entry(document.values[at].clone().unwrap_or_default()).or_default() += 1;
    }
    tally
}

fn counts(expected: &[(&str, usize)]) -> BTreeMap<String, usize> {
    expected.iter().map(|(value, n)| ((*value).to_owned(), *n)).collect()
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn notes_of_api_2() {
    let path = data_path("fixtures/openreview-v2-notes.json");
    let (documents, summary) = read(&path, NoteChoice::default());
    assert_eq!((documents.len(), summary.cut.n_characters, summary.n_without_text), (40, 98_454, 0));
    assert_eq!(summary.files[0].layout, Some(Layout::OpenReviewV2));
    // People fill all four fields, the systems among the reviewers only one.
    assert_eq!(summary.files[0].text_fields, ["summary", "strengths_and_weaknesses", "questions", "limitations"]);
    assert_eq!(tally(&documents, "rating"), counts(&[("1", 6), ("2", 18), ("3", 6), ("4", 4), ("5", 2), ("6", 4)]));
    assert_eq!(tally(&documents, "venue"), counts(&[("Agents4Science", 40)]));
    assert_eq!(tally(&documents, "year"), counts(&[("2025", 40)]));
    assert_eq!(tally(&documents, "date").into_keys().collect::<Vec<_>>(), ["2025-10-05", "2025-10-06"]);
    assert_eq!(tally(&documents, "forum").len(), 13);
    assert!(summary.skipped.is_empty());
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn replies_below_a_submission_of_api_2() {
    let path = data_path("fixtures/openreview-v2-submission-with-replies.json");
    let (documents, summary) = read(&path, NoteChoice::default());
    assert_eq!((documents.len(), summary.cut.n_characters), (4, 11_614));
    assert_eq!(summary.files[0].text_fields, ["summary", "strengths", "weaknesses", "questions", "limitations"]);
    let others = [NoteKind::Rebuttal, NoteKind::Decision, NoteKind::Submission];
    assert_eq!(summary.skipped, others.map(|kind| (Skipped::Note(kind), 1)).into());
    assert_eq!(tally(&documents, "confidence"), counts(&[("3", 1), ("4", 3)]));
    assert_eq!(tally(&documents, "rating"), counts(&[("6", 4)]));
    assert_eq!(tally(&documents, "date").into_keys().next().unwrap(), "2023-07-03");
    for (kind, n, n_of_characters) in
        [(NoteKind::Rebuttal, 1, 2_103), (NoteKind::Decision, 1, 628), (NoteKind::Submission, 1, 908)]
    {
        let (documents, summary) = read(&path, NoteChoice::Only(kind));
        assert_eq!((documents.len(), summary.cut.n_characters), (n, n_of_characters), "{kind:?}");
    }
    assert_eq!(read(&path, NoteChoice::All).0.len(), 6);
}

/// The same reviews lie among the prepared ones, whose makers joined the fields by themselves.
#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn fields_are_joined_as_others_join_them() {
    let path = data_path("fixtures/openreview-v2-submission-with-replies.json");
    let prepared = read(&data_path("reviews/neurips-2023.jsonl.gz"), NoteChoice::default()).0;
    let found = read(&path, NoteChoice::default()).0;
    let prepared: Vec<&Document> = prepared.iter().filter(|review| review.values[5] == found[0].values[5]).collect();
    assert_eq!(prepared.len(), 4);
    for (ours, theirs) in found.iter().zip(prepared) {
        // Where a field that only points elsewhere was cut, blank lines remain.
        let lines = |document| prose(document).lines().filter(|line| !line.is_empty()).collect::<Vec<_>>();
        assert!(lines(ours) == lines(theirs), "{:?}", ours.id);
        assert_eq!(ours.values, theirs.values);
    }
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn contents_of_api_1_named_after_their_notes() {
    let path = data_path("fixtures/openreview-v1-content");
    let (documents, summary) = read(&path, NoteChoice::default());
    assert_eq!((documents.len(), summary.cut.n_characters), (12, 32_570));
    assert_eq!(documents[0].id.as_deref(), Some("BJgAmQbAFB"));
    assert!(summary.files.iter().all(|file| file.layout == Some(Layout::OpenReviewV1)));
    assert_eq!(tally(&documents, "rating"), counts(&[("3", 8), ("6", 3), ("8", 1)]));
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn flattened_notes_of_api_1_after_a_byte_order_mark() {
    let path = data_path("fixtures/openreview-v1-flattened-bom.jsonl");
    let (documents, summary) = read(&path, NoteChoice::default());
    assert_eq!((documents.len(), summary.cut.n_characters), (50, 159_974));
    assert_eq!(summary.files[0].layout, Some(Layout::OpenReviewV1));
    let fields = [
        "summary_of_the_paper",
        "strength_and_weaknesses",
        "clarity,_quality,_novelty_and_reproducibility",
        "summary_of_the_review",
    ];
    assert_eq!(summary.files[0].text_fields, fields);
    assert_eq!(tally(&documents, "rating"), counts(&[("10", 2), ("3", 7), ("5", 12), ("6", 14), ("8", 15)]));
    assert_eq!(tally(&documents, "confidence"), counts(&[("2", 3), ("3", 17), ("4", 25), ("5", 5)]));
    assert_eq!(tally(&documents, "venue"), counts(&[("ICLR", 50)]));
    let dates: Vec<String> = tally(&documents, "date").into_keys().collect();
    assert_eq!((dates[0].as_str(), dates[dates.len() - 1].as_str()), ("2022-10-14", "2023-01-06"));
    assert_eq!(tally(&documents, "forum").len(), 13);
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn papers_with_their_reviews() {
    let path = data_path("fixtures/peerread-style");
    let (documents, summary) = read(&path, NoteChoice::default());
    assert_eq!((documents.len(), summary.cut.n_characters), (76, 194_685));
    assert_eq!(summary.skipped, [(Skipped::Note(NoteKind::Decision), 20)].into());
    assert_eq!(tally(&documents, "rating"), counts(&[("3", 1), ("4", 6), ("5", 26), ("6", 26), ("7", 15), ("8", 2)]));
    assert_eq!(tally(&documents, "venue"), counts(&[("NeurIPS", 76)]));
    assert_eq!(tally(&documents, "year"), counts(&[("2024", 76)]));
    let dates: Vec<String> = tally(&documents, "date").into_keys().collect();
    assert_eq!((dates[0].as_str(), dates[dates.len() - 1].as_str()), ("2024-06-20", "2024-07-29"));
    assert_eq!(tally(&documents, "forum").len(), 20);
    let headings = ["SUMMARY:", "STRENGTHS:", "WEAKNESSES:", "QUESTIONS:", "LIMITATIONS:"];
    assert!(documents.iter().all(|review| !headings.iter().any(|heading| prose(review).contains(heading))));
}
