//! OpenReview's notes: their versions, their forms, and tables of them; on invented texts.

#![cfg(feature = "files")]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use llm_prevalence::corpus::{
    CorpusError, Document, NoteKind, ReadOptions, ReadSummary, Skipped, Text, find_inputs, read_corpus,
};
use serde_json::{Value, json};
use tempfile::TempDir;

const DAY: i64 = 1_635_811_200_000;
const KITE: &str = "The paper builds a kite that steers itself in weak wind.";

fn read_in(folder: &Path, options: &ReadOptions) -> Result<(Vec<Document>, ReadSummary), CorpusError> {
    let mut documents = Vec::new();
    let summary = read_corpus(&find_inputs(&[folder.to_str().unwrap().to_owned()])?, options, &mut |batch| {
        documents.extend(batch);
        Ok(())
    })?;
    Ok((documents, summary))
}

fn read_with(files: &[(&str, &[u8])], options: &ReadOptions) -> Result<(Vec<Document>, ReadSummary), CorpusError> {
    let folder = TempDir::new().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    read_in(folder.path(), options)
}

fn read(files: &[(&str, String)]) -> (Vec<Document>, ReadSummary) {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, content)| (*name, content.as_bytes())).collect();
    read_with(&files, &ReadOptions::default()).unwrap()
}

fn texts(documents: &[Document]) -> Vec<&str> {
    documents
        .iter()
        .map(|document| match &document.text {
            Text::Prose(prose) => prose.as_str(),
            Text::Units(_) => panic!("words"),
        })
        .collect()
}

fn lines(rows: &[Value]) -> String {
    rows.iter().map(|row| format!("{row}\n")).collect()
}

/// A review with these keys besides its text.
fn review(id: &str, text: &str, times: Value) -> Value {
    let mut note = json!({
        "id": id, "forum": "f", "invitation": "Kites.cc/2021/Conference/Paper7/-/Official_Review",
        "content": { "review": text, "rating": "6: fine" }
    });
    note.as_object_mut().unwrap().extend(times.as_object().unwrap().clone());
    note
}

#[test]
fn of_several_versions_of_a_note_the_newest_is_taken_wherever_it_stands() {
    let first = review("r1", "A kite.", json!({ "cdate": DAY, "mdate": DAY }));
    let second = review("r1", "A good kite.", json!({ "cdate": DAY, "mdate": DAY + 1 }));
    let third = review("r1", "A very good kite.", json!({ "cdate": DAY, "mdate": null, "tmdate": DAY + 2 }));
    let other = review("r2", "A line.", json!({ "cdate": DAY + 9 }));
    let all = [first, second, third];
    for [a, b, c] in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let [a, b, c] = [&all[a], &all[b], &all[c]];
        let in_one = [("a.jsonl", lines(&[a.clone(), b.clone(), other.clone(), c.clone()]))];
        let in_several = [
            ("a.jsonl", lines(&[a.clone()])),
            ("b.json", json!([other, b]).to_string()),
            ("c.jsonl", lines(&[c.clone()])),
        ];
        for files in [&in_one[..], &in_several] {
            let (documents, summary) = read(files);
            let mut found = texts(&documents);
            found.sort_unstable();
            assert_eq!(found, ["A line.", "A very good kite."]);
            assert_eq!((summary.n_documents, &summary.skipped), (2, &[(Skipped::Duplicate, 2)].into()));
            let of_files: u64 = summary.files.iter().map(|file| file.n_documents).sum();
            assert_eq!(of_files, 2);
            for file in &summary.files {
                let expected = match files.iter().find(|(name, _)| **name == file.name).unwrap().1.as_str() {
                    content => ["A very good kite.", "A line."].iter().filter(|text| content.contains(**text)).count(),
                };
                assert_eq!(file.n_documents, expected as u64, "{}", file.name);
            }
        }
    }
}

#[test]
fn versions_without_a_time_are_taken_in_their_order_and_copies_once() {
    let untimed = |text: &str| review("r1", text, json!({}));
    let (documents, summary) = read(&[("a.jsonl", lines(&[untimed("A kite."), untimed("A good kite.")]))]);
    assert_eq!((texts(&documents), &summary.skipped), (vec!["A good kite."], &[(Skipped::Duplicate, 1)].into()));
    // A version with a time is newer than one without.
    let timed = review("r1", "A kite.", json!({ "tcdate": DAY }));
    let (documents, _) = read(&[("a.jsonl", lines(&[timed, untimed("A good kite.")]))]);
    assert_eq!(texts(&documents), ["A kite."]);
}

#[test]
fn a_note_that_was_deleted_at_last_is_none_and_one_that_came_back_is() {
    let alive = |time: i64| review("r1", KITE, json!({ "mdate": time }));
    let dead = |time: i64| review("r1", "", json!({ "mdate": time, "ddate": time }));
    let other = review("r2", "A line.", json!({}));
    for (notes, expected, skipped) in [
        ([alive(1), dead(2)], &["A line."][..], &[Skipped::Duplicate, Skipped::Deleted][..]),
        ([dead(2), alive(1)], &["A line."], &[Skipped::Duplicate, Skipped::Deleted]),
        ([dead(1), alive(2)], &[KITE, "A line."], &[Skipped::Duplicate]),
    ] {
        let (documents, summary) = read(&[("a.jsonl", lines(&[&notes[..], &[other.clone()]].concat()))]);
        assert_eq!(texts(&documents), expected);
        assert_eq!(summary.skipped.keys().copied().collect::<Vec<_>>(), skipped);
    }
}

#[test]
fn notes_of_unwanted_kinds_are_counted_with_every_version() {
    let comment = json!({ "id": "c1", "forum": "f", "invitation": "V/-/Comment", "content": { "comment": "Thanks." } });
    let (_, summary) = read(&[("a.jsonl", lines(&[comment.clone(), comment, review("r1", KITE, json!({}))]))]);
    assert_eq!(summary.skipped, [(Skipped::Note(NoteKind::Comment), 2)].into());
}
