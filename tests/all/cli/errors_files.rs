//! References and score tables that are refused.

use llm_prevalence::score::store::read_score_table;
use polars::io::parquet::write::KeyValueMetadata;
use polars::prelude::{ParquetReader, SerReader};

use super::*;

/// `toy.json` after `change`, as `other.json`.
fn changed_reference(place: &Place, change: impl FnOnce(&mut Value)) {
    let mut reference: Value = serde_json::from_slice(&place.read("toy.json")).unwrap();
    change(&mut reference);
    place.write("other.json", serde_json::to_vec(&reference).unwrap());
}

#[test]
fn references_of_another_version_or_tokeniser() {
    let place = ready();
    for command in ["estimate target.jsonl --reference other.json", "reference show other.json"] {
        changed_reference(&place, |reference| reference["version"] = 7.into());
        refused(&place, command, &["other.json: reference of layout version 7", "reads version 6 [update"]);
        changed_reference(&place, |reference| reference["version"] = 1.into());
        refused(
            &place,
            command,
            &["other.json: reference of layout version 1", "[make it again with `llm-prevalence fit`]"],
        );
        // A later layout may have other keys: its version is still what is said.
        changed_reference(&place, |reference| {
            reference["version"] = 8.into();
            reference["news"] = "unknown key".into();
            reference.as_object_mut().unwrap().remove("vocabulary");
        });
        refused(&place, command, &["other.json: reference of layout version 8"]);
        changed_reference(&place, |reference| reference["settings"]["tokenizer"] = "words-9 sentences-9".into());
        refused(
            &place,
            command,
            &[
                "other.json: reference made with tokeniser \"words-9 sentences-9\"",
                "this tool has \"prose-6 words-1 sentences-6\"",
                "[make it again",
            ],
        );
    }
}

#[test]
fn files_that_are_no_reference() {
    let place = ready();
    let show = |name: &str, parts: &[&str]| {
        refused(&place, &format!("reference show {name}"), parts);
        refused(&place, &format!("estimate target.jsonl --reference {name}"), parts);
    };
    show("nowhere", &["no reference \"nowhere\"", "reviews, abstracts"]);
    show(
        "target.jsonl",
        &["target.jsonl: not a reference file: it is JSON without the keys", "[make one with `llm-prevalence fit`]"],
    );
    place.write("empty.json", "");
    show("empty.json", &["empty.json: not a reference file: it is empty"]);
    place.write("text.json", "hello");
    show("text.json", &["text.json: not a reference file: it is not JSON"]);
    place.write("other.json", "{\"format\": \"something else\", \"version\": 1}");
    show("other.json", &["other.json: not a reference file: its format is \"something else\""]);
    let whole = place.read("toy.json");
    place.write("cut.json", &whole[..whole.len() / 2]);
    refused(&place, "reference show cut.json", &["cut.json: "]);
}

type Change = fn(&mut Value);

#[test]
fn damaged_references() {
    let place = ready();
    let damage: [(&str, Change); 7] = [
        ("vocabulary is not sorted", |reference| reference["vocabulary"].as_array_mut().unwrap().swap(0, 1)),
        ("occurrences and words differ in number", |reference| {
            reference["occurrences"][0].as_array_mut().unwrap().pop();
        }),
        ("sources and occurrences differ in number", |reference| {
            reference["occurrences"].as_array_mut().unwrap().pop();
        }),
        ("logistic weights are missing", |reference| {
            reference["logistic"]["by_word"].as_array_mut().unwrap().pop();
        }),
        ("no calibration of the logistic scores", |reference| {
            let of_sentences = |of: &Value| of["scorer"] == "logistic" && of["unit"] == "sentence";
            reference["calibrations"].as_array_mut().unwrap().retain(|of| !of_sentences(of));
        }),
        ("a calibration has the wrong size", |reference| {
            let histogram = &mut reference["calibrations"][0]["calibration"]["histogram"];
            histogram["sources"][0]["n_units"].as_array_mut().unwrap().pop();
        }),
        ("a component names a source that does not exist", |reference| {
            reference["components"][0]["sources"] = serde_json::json!([7]);
        }),
    ];
    for (what, change) in damage {
        changed_reference(&place, change);
        refused(
            &place,
            "estimate target.jsonl --reference other.json",
            &["other.json: damaged reference: ", what, "[make it again"],
        );
    }
    changed_reference(&place, |reference| {
        reference.as_object_mut().unwrap().remove("card");
    });
    refused(&place, "reference show other.json", &["other.json: damaged reference: missing field `card`"]);
}

#[test]
fn a_published_table_is_for_the_published_method() {
    let place = ready();
    let words = ["bafax", "zerox", "tenelux"];
    let log = |p: f64| vec![p.ln(); 3];
    write_frame(
        &place,
        "published.parquet",
        vec![
            Column::new("Word".into(), words.to_vec()),
            Column::new("logP".into(), log(0.1)),
            Column::new("log1-P".into(), log(0.9)),
            Column::new("logQ".into(), log(0.2)),
            Column::new("log1-Q".into(), log(0.8)),
        ],
    );
    let advice = ["published.parquet: a published distribution table has no calibration", "`estimate --method liang`"];
    refused(&place, "estimate target.jsonl --reference published.parquet", &advice);
    refused(&place, "score target.jsonl --reference published.parquet -o x.parquet", &advice);
    refused(&place, "reference show published.parquet", &advice);
    place.line("estimate target.jsonl --reference published.parquet --method liang").ok();
    refused(
        &place,
        "estimate target.jsonl --reference published.parquet --method liang --held-out",
        &["--held-out: a published table does not say what it was fitted on"],
    );
}

#[test]
fn score_tables_that_do_not_fit() {
    let place = ready();
    place.line("score target.jsonl --reference toy.json --by year -o t.parquet").ok();
    let name = "scores of reference \"toy\" (";
    refused(&place, "estimate t.parquet", &["t.parquet: ", name, "[name its file with --reference]"]);
    place.line("fit --human human.jsonl --llm toy=llm.jsonl --seed 9 --name nine -o nine.json").ok();
    refused(
        &place,
        "estimate t.parquet --reference nine.json",
        &["t.parquet: scores of another reference: \"toy\" (", "not \"nine\" (", "score the text again]"],
    );
    let scorer = &["t.parquet: the table holds logistic scores", "[leave out --scorer"];
    refused(&place, "estimate t.parquet --reference toy.json --scorer naive-bayes", scorer);
    place.line("score target.jsonl --reference toy.json --scorer naive-bayes --by year -o u.parquet").ok();
    refused(
        &place,
        "estimate t.parquet u.parquet --reference toy.json",
        &["u.parquet: the table holds naive-bayes scores"],
    );
    place.line("score target.jsonl --reference toy.json --by paper -o v.parquet").ok();
    refused(
        &place,
        "estimate t.parquet v.parquet --reference toy.json",
        &["v.parquet: its columns (paper) differ from those of the first table (year)"],
    );
    refused(
        &place,
        "estimate t.parquet target.jsonl --reference toy.json",
        &["score tables and text cannot be mixed ["],
    );
    refused(&place, "estimate t.parquet --method liang", &["--method liang", "needs the text, not a score table"]);
    refused(&place, "estimate t.parquet --held-out --reference toy.json", &["--held-out needs the text"]);
}

/// A score table's frame, written again with its description changed.
fn rewrite_table(place: &Place, from: &str, to: &str, change: impl Fn(String) -> String) {
    let open = || File::open(place.path(from)).unwrap();
    let mut reader = ParquetReader::new(open());
    let metadata = reader.get_metadata().unwrap().clone();
    let entry = metadata.key_value_metadata().iter().flatten().find(|entry| entry.key.starts_with("llm_prevalence"));
    let (key, value) = entry.map(|entry| (entry.key.clone(), entry.value.clone().unwrap())).unwrap();
    let mut frame = ParquetReader::new(open()).finish().unwrap();
    ParquetWriter::new(File::create(place.path(to)).unwrap())
        .with_key_value_metadata(Some(KeyValueMetadata::from_static(vec![(key, change(value))])))
        .finish(&mut frame)
        .unwrap();
}

#[test]
fn score_tables_of_another_layout_or_damaged() {
    let place = ready();
    place.line("score target.jsonl --reference toy.json -o t.parquet").ok();
    rewrite_table(&place, "t.parquet", "same.parquet", |text| text);
    assert_eq!(
        read_score_table(&place.path("same.parquet")).unwrap(),
        read_score_table(&place.path("t.parquet")).unwrap()
    );
    rewrite_table(&place, "t.parquet", "other.parquet", |text| text.replace("\"version\":4", "\"version\":7"));
    refused(
        &place,
        "estimate other.parquet --reference toy.json",
        &["other.parquet: score table of layout version 7, but this tool reads version 4", "`llm-prevalence score`]"],
    );
    rewrite_table(&place, "t.parquet", "other.parquet", |text| text.replace("[\"toy\"]", "[\"toy\",\"more\"]"));
    refused(
        &place,
        "estimate other.parquet --reference toy.json",
        &["other.parquet: damaged score table: ", "log_ratio_more"],
    );
    rewrite_table(&place, "t.parquet", "other.parquet", |_| "{".to_owned());
    refused(&place, "estimate other.parquet --reference toy.json", &["other.parquet: damaged score table: "]);
}
