//! OpenReview's notes: their versions, their forms, and tables of them; on invented texts.

use crate::common::{folder_of, json_lines, read_paths, texts};
use llm_prevalence::corpus::{CorpusError, Document, Layout, NoteKind, ReadOptions, ReadSummary, Skipped};
use polars::prelude::{Column, DataFrame, NamedFrom, ParquetWriter, Series};
use serde_json::{Value, json};

const DAY: i64 = 1_635_811_200_000;
const KITE: &str = "The paper builds a kite that steers itself in weak wind.";

fn read_with(files: &[(&str, &[u8])], options: &ReadOptions) -> Result<(Vec<Document>, ReadSummary), CorpusError> {
    read_paths(&[folder_of(files).path()], options)
}

fn read(files: &[(&str, String)]) -> (Vec<Document>, ReadSummary) {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, content)| (*name, content.as_bytes())).collect();
    read_with(&files, &ReadOptions::default()).unwrap()
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
        let in_one = [("a.jsonl", json_lines(&[a.clone(), b.clone(), other.clone(), c.clone()]))];
        let in_several = [
            ("a.jsonl", json_lines(std::slice::from_ref(a))),
            ("b.json", json!([other, b]).to_string()),
            ("c.jsonl", json_lines(std::slice::from_ref(c))),
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
                let content = files.iter().find(|(name, _)| **name == file.name).unwrap().1.as_str();
                let expected = ["A very good kite.", "A line."].iter().filter(|text| content.contains(**text)).count();
                assert_eq!(file.n_documents, expected as u64, "{}", file.name);
            }
        }
    }
}

#[test]
fn versions_without_a_time_are_taken_in_their_order_and_copies_once() {
    let untimed = |text: &str| review("r1", text, json!({}));
    let (documents, summary) = read(&[("a.jsonl", json_lines(&[untimed("A kite."), untimed("A good kite.")]))]);
    assert_eq!((texts(&documents), &summary.skipped), (vec!["A good kite."], &[(Skipped::Duplicate, 1)].into()));
    // A version with a time is newer than one without.
    let timed = review("r1", "A kite.", json!({ "tcdate": DAY }));
    let (documents, _) = read(&[("a.jsonl", json_lines(&[timed, untimed("A good kite.")]))]);
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
        let (documents, summary) =
            read(&[("a.jsonl", json_lines(&[&notes[..], std::slice::from_ref(&other)].concat()))]);
        assert_eq!(texts(&documents), expected);
        assert_eq!(summary.skipped.keys().copied().collect::<Vec<_>>(), skipped);
    }
}

#[test]
fn notes_of_unwanted_kinds_are_counted_with_every_version() {
    let comment = json!({ "id": "c1", "forum": "f", "invitation": "V/-/Comment", "content": { "comment": "Thanks." } });
    let (_, summary) = read(&[("a.jsonl", json_lines(&[comment.clone(), comment, review("r1", KITE, json!({}))]))]);
    assert_eq!(summary.skipped, [(Skipped::Note(NoteKind::Comment), 2)].into());
}

/// Notes with their keys flattened to columns.
fn flat(id: &str, name: &str, summary: Option<&str>, ddate: f64) -> Value {
    json!({
        "id": id, "forum": "f", "invitations": [format!("Kites.cc/2022/Conference/Submission9/-/{name}"), "Kites.cc/2022/-/Edit"],
        "cdate": DAY as f64, "ddate": if ddate.is_nan() { Value::Null } else { ddate.into() },
        "content.summary.value": summary, "content.weaknesses.value": "N/A", "content.rating.value": 6
    })
}

/// The same as parquet, with numbers that are none where there is no value.
fn parquet_of(notes: &[Value]) -> Vec<u8> {
    let texts = |key: &str| {
        let values: Vec<Option<&str>> = notes.iter().map(|note| note[key].as_str()).collect();
        Series::new(key.into(), values)
    };
    let numbers = |key: &str| {
        let values: Vec<f64> = notes.iter().map(|note| note[key].as_f64().unwrap_or(f64::NAN)).collect();
        Series::new(key.into(), values)
    };
    let lists = notes.iter().map(|note| {
        let items = note["invitations"].as_array().unwrap().iter().map(|item| item.as_str().unwrap());
        Series::new("".into(), items.collect::<Vec<_>>())
    });
    let lists = Series::new("invitations".into(), lists.collect::<Vec<_>>());
    let ratings = Series::new("content.rating.value".into(), vec![6_i64; notes.len()]);
    let named = ["id", "forum", "content.summary.value", "content.weaknesses.value"].map(texts);
    let columns = named.into_iter().chain([numbers("cdate"), numbers("ddate"), lists, ratings]);
    let columns: Vec<Column> = columns.map(Column::from).collect();
    let mut bytes = Vec::new();
    let mut frame = DataFrame::new(notes.len(), columns).unwrap();
    ParquetWriter::new(&mut bytes).with_row_group_size(Some(2)).finish(&mut frame).unwrap();
    bytes
}

#[test]
fn flattened_notes_are_read_from_parquet_as_from_json_json_lines() {
    let notes = [
        flat("r1", "Official_Review", Some(KITE), f64::NAN),
        flat("c1", "Official_Comment", None, f64::NAN),
        flat("r2", "Official_Review", Some("A line."), DAY as f64),
        flat("r3", "Official_Review", None, f64::NAN),
        flat("r1", "Official_Review", Some(KITE), f64::NAN),
    ];
    let columns = ["venue", "year", "date", "rating", "forum", "note_kind"].map(str::to_owned).to_vec();
    let options = ReadOptions::default().columns(columns);
    let (documents, summary) = read_with(&[("a.parquet", &parquet_of(&notes))], &options).unwrap();
    let (expected, of_lines) = read_with(&[("a.jsonl", json_lines(&notes).as_bytes())], &options).unwrap();
    assert_eq!(texts(&documents), [KITE, ""]);
    assert_eq!(documents, expected);
    let values: Vec<&str> = documents[0].values.iter().map(|value| value.as_deref().unwrap_or("-")).collect();
    assert_eq!(values, ["Kites", "2022", "2021-11-02", "6", "f", "review"]);
    let skipped = [(Skipped::Note(NoteKind::Comment), 1), (Skipped::Duplicate, 1), (Skipped::Deleted, 1)];
    assert_eq!((&summary.skipped, summary.files[0].layout), (&skipped.into(), Some(Layout::OpenReviewV2)));
    assert_eq!((&summary.skipped, &summary.files[0].text_fields), (&of_lines.skipped, &of_lines.files[0].text_fields));
    let named = ReadOptions::default().text_fields(vec!["content.weaknesses".into()]);
    let (documents, _) = read_with(&[("a.parquet", &parquet_of(&notes))], &named).unwrap();
    assert_eq!(texts(&documents), ["", ""]);
    let missing = ReadOptions::default().columns(vec!["wind".into()]);
    let error = read_with(&[("a.parquet", &parquet_of(&notes))], &missing).unwrap_err().to_string();
    assert!(error.contains("a.parquet: no column `wind` [columns: `venue`, `year`, "), "{error}");
}

#[test]
fn forms_without_a_known_text_field_are_read_by_their_free_text_which_is_said() {
    let long = "The kite is new, and it flies well in weak wind as well as in strong wind.";
    let other = |id: &str, content: Value| json!({ "id": id, "forum": "f", "invitation": "Kites.cc/2021/Workshop/Paper7/-/Official_Review", "content": content });
    let notes = [
        other(
            "r1",
            json!({ "title": long, "overall view": long, "evaluation": KITE, "grade": "3: good", "box": "Yes" }),
        ),
        other("r2", json!({ "title": "Fine", "box": "No" })),
        review("r3", KITE, json!({})),
    ];
    let (documents, summary) = read(&[("a.jsonl", json_lines(&notes))]);
    assert_eq!(texts(&documents), [format!("{KITE}\n\n{long}").as_str(), "", KITE]);
    assert_eq!(summary.files[0].text_fields, ["review", "evaluation", "overall_view"]);
    assert_eq!(summary.files[0].unlisted_fields, ["evaluation", "overall_view"]);
    assert_eq!(summary.n_without_text, 1);
    let (_, known) = read(&[("a.jsonl", json_lines(&notes[2..]))]);
    assert!(known.files[0].unlisted_fields.is_empty());
}

#[test]
fn free_text_beside_known_fields_is_read_and_said_where_it_surely_belongs_to_the_form() {
    let more = "The kite is new, and it flies well in weak wind as well as in strong wind.";
    let second = |content: Value| json!({ "id": "r", "forum": "f", "invitations": ["V.cc/2024/Conference/Submission1/-/Official_Review"], "content": content });
    let wrapped = json!({
        "summary": { "value": KITE }, "novelty_remarks": { "value": more }, "confidential_comments": { "value": more },
        "excitement": { "value": "8: Top 50% of accepted papers, and I would fight for it at the conference" }
    });
    let first = json!({ "id": "r", "forum": "f", "invitation": "V/2021/-/Official_Review", "content": { "review": KITE, "novelty remarks": more } });
    for note in [second(wrapped.clone()), wrapped, first] {
        let (documents, summary) = read(&[("a.jsonl", json_lines(&[note]))]);
        assert_eq!(texts(&documents), [format!("{KITE}\n\n{more}")]);
        assert_eq!(summary.files[0].unlisted_fields, ["novelty_remarks"]);
        assert!(summary.remarks().is_empty());
    }
    // A script may have put anybody's text beside the fields of a form.
    let bare = json!({ "summary_of_strengths": KITE, "summary_of_weaknesses": "N/A", "paper_text": more });
    let (documents, summary) =
        read(&[("a.jsonl", json_lines(std::slice::from_ref(&bare))), ("b.jsonl", json_lines(&[bare]))]);
    assert_eq!(texts(&documents), [KITE, KITE]);
    let remark = "a.jsonl and 1 more: text of `paper_text` was not read, because nothing says that it belongs to the review [to read it too, name all fields that are text: --text-field]";
    assert_eq!(summary.remarks(), [remark]);
}
