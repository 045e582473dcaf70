//! Every refusal: exit code 2, what was found and where, what to do about it, and nothing half-written.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

mod common;

use std::fs::{self, File};

use common::{Author, Place, Run, Writer, fitted, fitted_with, gzip, jsonl};
use llm_prevalence::score::store::read_score_table;
use polars::io::parquet::write::KeyValueMetadata;
use polars::prelude::{Column, DataFrame, ParquetReader, ParquetWriter, SerReader};
use serde_json::Value;

/// A folder with a reference and a target that could be estimated.
fn ready() -> Place {
    let place = fitted();
    place.write("target.jsonl", jsonl(&Writer::new(2).mixture(0.3, 60, "t")));
    place
}

/// Asserts that the run failed as failures do, with all of `parts` in its message.
fn assert_refused(run: &Run, parts: &[&str]) {
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
    for part in parts {
        assert!(run.stderr.contains(part), "no {part:?} in: {}", run.stderr);
    }
}

fn refused(place: &Place, line: &str, parts: &[&str]) {
    assert_refused(&place.line(line), parts);
}

/// `target.jsonl` replaced by `content`, and the estimate of it refused.
fn refused_content(name: &str, content: impl AsRef<[u8]>, parts: &[&str]) {
    let place = ready();
    place.write(name, content);
    let parts: Vec<&str> = parts.iter().copied().chain([name]).collect();
    refused(&place, &format!("estimate {name} --reference toy.json"), &parts);
    // The same reader serves the other commands.
    refused(&place, &format!("score {name} --reference toy.json -o x.parquet"), &parts);
    refused(&place, &format!("fit --human {name} --llm toy=llm.jsonl -o x.json"), &parts);
    assert!(!place.path("x.parquet").exists() && !place.path("x.json").exists());
}

#[test]
fn missing_and_empty_files() {
    let place = ready();
    refused(&place, "estimate nowhere.jsonl", &["nowhere.jsonl: no such file or folder"]);
    refused(&place, "estimate target.jsonl nowhere.jsonl", &["nowhere.jsonl: no such file or folder"]);
    refused(&place, "estimate no*where.jsonl", &["no*where.jsonl: no file matches this pattern"]);
    refused_content("empty.jsonl", "", &["empty.jsonl: empty file: 0 bytes [remove it, or check how it was made]"]);
    refused_content("header.csv", "id,text\n", &["header.csv: empty file: no row"]);
    fs::create_dir(place.path("folder")).unwrap();
    refused(&place, "estimate folder", &["folder: no readable file in this folder", "[looked for .parquet"]);
    refused(&place, "estimate - --reference toy.json", &["standard input: empty file"]);
}

#[test]
fn columns_that_are_not_there() {
    let place = ready();
    let columns = "[columns: `id`, `paper`, `year`, `text`]";
    let line = "estimate target.jsonl --reference toy.json";
    refused(&place, &format!("{line} --text-field body"), &["target.jsonl: no column `body`", columns]);
    refused(&place, &format!("{line} --by venue"), &["target.jsonl: no column `venue`", columns]);
    refused(&place, &format!("{line} --by year --by venue"), &["no column `venue`"]);
    refused(&place, &format!("{line} --id-field key"), &["target.jsonl: no column `key`", columns]);
    let fit = "fit --human human.jsonl --llm toy=llm.jsonl -o x.json";
    refused(&place, &format!("{fit} --split-by forum"), &["human.jsonl: no column `forum`", columns]);
    refused(&place, &format!("{fit} --date-field month"), &["human.jsonl: no column `month`", columns]);
    place.line("score target.jsonl --reference toy.json --by year -o t.parquet").ok();
    refused(
        &place,
        "estimate t.parquet --reference toy.json --by venue",
        &["venue", "[columns: year; or score the text again with --by venue]"],
    );
}

#[test]
fn text_that_cannot_be_found_or_is_none() {
    let lines = |line: &str| line.repeat(3);
    refused_content("a.jsonl", lines("{\"id\": 1, \"one\": \"a b\", \"two\": \"c d\"}\n"), &["--text-field", "`one`"]);
    refused_content("b.jsonl", lines("{\"id\": 1, \"text\": 7}\n"), &["text", "--text-field"]);
    refused_content("c.jsonl", "{\"text\": \"a b.\"}\n{\"text\": \"a b.\n", &["c.jsonl, line 2", "not valid JSON"]);
    refused_content("d.jsonl", "[1, 2]\n", &["d.jsonl", "a document must be a JSON object"]);
    refused_content("e.csv", "id,text\n1,a b.\n2\n", &["e.csv, line 3: 1 values where the header has 2 columns"]);
    refused_content("f.dat", "no format at all", &["f.dat: cannot tell the format", "[pass --format"]);
}

#[test]
fn bytes_that_are_not_utf8_are_counted_or_refused() {
    let place = ready();
    let mut lines = place.read("target.jsonl");
    for document in 0..3 {
        let needle = format!("\"id\":\"th{document}\"").into_bytes();
        let at = lines.windows(needle.len()).position(|window| window == needle).unwrap();
        let text = at + lines[at..].windows(8).position(|window| window == b"\"text\":\"").unwrap() + 8;
        lines[text + 3] = 0xff;
    }
    place.write("latin.jsonl", &lines);
    let table = place.line("estimate latin.jsonl --reference toy.json").ok();
    assert!(table.contains("! 3 documents had bytes that are not UTF-8; they were replaced"), "{table}");
    let json = place.line("estimate latin.jsonl --reference toy.json --output json").json();
    assert_eq!(json["input"]["n_documents_invalid_utf8"], 3);
    let strict = place.line("estimate latin.jsonl --reference toy.json --strict");
    assert_refused(&strict, &["latin.jsonl, line ", "not UTF-8", "iconv -f LATIN1 -t UTF-8"]);
    refused(&place, "fit --human latin.jsonl --llm toy=llm.jsonl --strict -o x.json", &["latin.jsonl, line "]);
}

#[test]
fn damaged_compressed_and_parquet_files() {
    let place = ready();
    let text = place.read("target.jsonl");
    let packed = gzip(&text);
    refused_content(
        "cut.jsonl.gz",
        &packed[..packed.len() / 2],
        &["gzip data is cut short", "documents read", "[download or copy the file again]"],
    );
    // The check sum at the end is the last place where damage can be noticed.
    let mut damaged = packed.clone();
    let check_sum = damaged.len() - 8;
    damaged[check_sum] ^= 0x55;
    refused_content(
        "damaged.jsonl.gz",
        &damaged,
        &["gzip data is damaged after ", "(60 documents read)", "[download or copy the file again]"],
    );
    let zstd = zstd::encode_all(text.as_slice(), 3).unwrap();
    refused_content("cut.jsonl.zst", &zstd[..zstd.len() / 2], &["zstd data is", "[download or copy"]);
    refused_content("text.parquet", &text, &["not a parquet file, or cut short", "--format"]);
    place.line("score target.jsonl --reference toy.json -o t.parquet").ok();
    let table = place.read("t.parquet");
    refused_content("cut.parquet", &table[..table.len() / 2], &["not a parquet file, or cut short"]);
}

fn write_frame(place: &Place, name: &str, columns: Vec<Column>) {
    let height = columns[0].len();
    let mut frame = DataFrame::new(height, columns).unwrap();
    ParquetWriter::new(File::create(place.path(name)).unwrap()).finish(&mut frame).unwrap();
}

#[test]
fn parquet_of_another_schema() {
    let place = ready();
    let numbers = vec![
        Column::new("id".into(), (0..100_i64).collect::<Vec<_>>()),
        Column::new("score".into(), vec![1.5_f64; 100]),
    ];
    write_frame(&place, "numbers.parquet", numbers);
    let line = "estimate numbers.parquet --reference toy.json";
    refused(&place, line, &["numbers.parquet: cannot tell which column holds the text", "`id`, `score`"]);
    refused(&place, &format!("{line} --text-field score"), &["numbers.parquet", "score"]);
    refused(&place, "estimate target.jsonl --reference numbers.parquet", &["numbers.parquet: not a reference file"]);
}

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
        changed_reference(&place, |reference| reference["version"] = 2.into());
        refused(&place, command, &["other.json: reference of layout version 2", "reads version 1 [update"]);
        changed_reference(&place, |reference| reference["version"] = 0.into());
        refused(
            &place,
            command,
            &["other.json: reference of layout version 0", "[make it again with `llm-prevalence fit`]"],
        );
        // A later layout may have other keys: its version is still what is said.
        changed_reference(&place, |reference| {
            reference["version"] = 3.into();
            reference["news"] = "unknown key".into();
            reference.as_object_mut().unwrap().remove("vocabulary");
        });
        refused(&place, command, &["other.json: reference of layout version 3"]);
        changed_reference(&place, |reference| reference["settings"]["tokenizer"] = "words-9 sentences-9".into());
        refused(
            &place,
            command,
            &[
                "other.json: reference made with tokeniser \"words-9 sentences-9\"",
                "this tool has \"words-1 sentences-1\"",
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
            reference["calibrations"].as_array_mut().unwrap().pop();
        }),
        ("a histogram has the wrong size", |reference| {
            let histogram = &mut reference["calibrations"][0]["components"][0]["histogram"];
            histogram["human"]["n_units"].as_array_mut().unwrap().pop();
        }),
        ("a component names a source that is not there", |reference| {
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
    rewrite_table(&place, "t.parquet", "other.parquet", |text| text.replace("\"version\":1", "\"version\":7"));
    refused(
        &place,
        "estimate other.parquet --reference toy.json",
        &["other.parquet: score table of layout version 7, and this tool reads version 1", "`llm-prevalence score`]"],
    );
    rewrite_table(&place, "t.parquet", "other.parquet", |text| text.replace("[\"llm\"]", "[\"llm\",\"more\"]"));
    refused(
        &place,
        "estimate other.parquet --reference toy.json",
        &["other.parquet: damaged score table: ", "log_ratio_more"],
    );
    rewrite_table(&place, "t.parquet", "other.parquet", |_| "{".to_owned());
    refused(&place, "estimate other.parquet --reference toy.json", &["other.parquet: damaged score table: "]);
}

#[test]
fn too_little_text() {
    let place = ready();
    let mut writer = Writer::new(3);
    // A document has at most 15 sentences: 5 documents have too few to fit on, a paper of 3 too few to estimate.
    place.write("few.jsonl", jsonl(&writer.documents(Author::Llm, 5, "f")));
    let fit = "fit --human human.jsonl --llm toy=few.jsonl -o x.json";
    refused(
        &place,
        fit,
        &["source \"toy\": only ", "units to fit on, at least 200 are needed [add text of this source]"],
    );
    refused(&place, "fit --human few.jsonl --llm toy=llm.jsonl -o x.json", &["source \"human\": only "]);
    let hold_out = "fit --human human.jsonl --llm toy=llm.jsonl --hold-out 0.97 -o x.json";
    refused(&place, hold_out, &["or hold out less: ", "documents are left out"]);
    let rare = "fit --human human.jsonl --llm toy=llm.jsonl --min-human-units 1000000 -o x.json";
    refused(
        &place,
        rare,
        &["no word is in at least 1000000 human and 3 LLM units [add text, or lower the minimum counts]"],
    );
    assert!(!place.path("x.json").exists());
    place.write("tiny.jsonl", jsonl(&writer.documents(Author::Llm, 2, "f")));
    let tiny = ["too little text: only ", " units (documents: 2), at least 50 are needed [add documents]"];
    refused(&place, "estimate tiny.jsonl --reference toy.json", &tiny);
    refused(&place, "estimate tiny.jsonl --reference toy.json --method liang", &tiny);
    let grouped = ["at least 50 are needed [add documents, or group by fewer columns]"];
    refused(&place, "estimate few.jsonl --reference toy.json --by paper", &grouped);
}

#[test]
fn a_small_group_beside_a_large_one_is_listed_without_an_estimate() {
    let place = ready();
    let mut documents = Writer::new(4).documents(Author::Human, 60, "t");
    documents.iter_mut().enumerate().for_each(|(number, document)| {
        document.year = Some(if number < 2 { "1999" } else { "2020" }.to_owned());
    });
    place.write("target.jsonl", jsonl(&documents));
    for method in ["", "--method liang"] {
        let line = format!("estimate target.jsonl --reference toy.json --by year {method}");
        let result = place.line(&format!("{line} --output json")).json();
        let (small, large) = (&result["estimates"][0], &result["estimates"][1]);
        assert_eq!((&small["group"]["year"], &small["n_documents"]), (&"1999".into(), &2.into()));
        assert!(["alpha", "interval", "standard_error"].iter().all(|key| small[key].is_null()), "{small}");
        assert!(small["warnings"][0].as_str().unwrap().contains("at least 50 are needed: no estimate"), "{small}");
        assert!(large["alpha"].is_number(), "{large}");
        let table = place.line(&line).ok();
        assert!(table.lines().nth(1).unwrap().starts_with("1999  "), "{table}");
        assert!(table.contains("! 1999: only ") && table.contains("no estimate"), "{table}");
        let csv = place.line(&format!("{line} --output csv")).ok();
        let rows: Vec<csv::StringRecord> =
            csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
        assert_eq!((&rows[0][0], &rows[0][4]), ("1999", ""));
    }
}

#[test]
fn arguments_that_make_no_sense() {
    let place = ready();
    let fit = "fit --human human.jsonl -o x.json --llm";
    refused(&place, &format!("{fit} llm.jsonl"), &["--llm llm.jsonl: a name and a path are needed, such as"]);
    refused(&place, &format!("{fit} =llm.jsonl"), &["--llm =llm.jsonl: an LLM source needs a name of its own"]);
    refused(
        &place,
        &format!("{fit} human=llm.jsonl"),
        &["--llm human=llm.jsonl: an LLM source needs a name of its own"],
    );
    refused(&place, &format!("{fit} toy=nowhere.jsonl"), &["nowhere.jsonl: no such file or folder"]);
    refused(&place, &format!("{fit} toy=llm.jsonl --hold-out 1"), &["--hold-out", "a share is from 0 to below 1"]);
    refused(&place, &format!("{fit} toy=llm.jsonl --folds 1"), &["--folds", "2..=100"]);
    refused(&place, "fit --human human.jsonl -o x.json", &["--llm"]);
    let estimate = "estimate target.jsonl --reference toy.json";
    for level in ["2", "0.3", "1", "nan", "much"] {
        refused(&place, &format!("{estimate} --level {level}"), &["--level"]);
    }
    refused(&place, &format!("{estimate} --level 2"), &["a level is from 0.5 to below 1, such as 0.95"]);
    refused(&place, &format!("{estimate} --threads 0"), &["--threads 0: at least one thread is needed"]);
    refused(&place, &format!("{estimate} --format docx"), &["docx", "parquet, csv, tsv, json, jsonl, text"]);
    refused(
        &place,
        &format!("{estimate} --held-out"),
        &["reference \"toy\" was fitted on everything", "`fit --hold-out SHARE`"],
    );
    refused(&place, &format!("{estimate} --bogus"), &["--bogus"]);
    refused(&place, "score target.jsonl --reference toy.json", &["-o <FILE>"]);
    refused(
        &place,
        "score target.jsonl --reference toy.json --sample 0 -o x.parquet",
        &["--sample", "0 is not in 1.."],
    );
    refused(&place, "completions tcl", &["tcl"]);
}

#[test]
fn a_result_that_cannot_be_written_leaves_nothing_behind() {
    let place = ready();
    let before = place.names();
    for line in [
        "estimate target.jsonl --reference toy.json -o nowhere/result",
        "score target.jsonl --reference toy.json -o nowhere/result",
        "fit --human human.jsonl --llm toy=llm.jsonl -o nowhere/result",
    ] {
        refused(
            &place,
            line,
            &["nowhere/result: cannot write: entity not found [check that the folder exists and has space]"],
        );
    }
    // A folder in the place of the file.
    fs::create_dir(place.path("folder")).unwrap();
    refused(&place, "estimate target.jsonl --reference toy.json -o folder", &["folder: cannot write"]);
    fs::remove_dir(place.path("folder")).unwrap();
    assert_eq!(place.names(), before);
}

#[test]
fn a_failure_keeps_the_file_that_was_there() {
    let place = ready();
    place.write("result", "old");
    let before = place.names();
    refused(&place, "estimate target.jsonl --reference toy.json --by venue -o result", &["venue"]);
    refused(&place, "score target.jsonl nowhere.jsonl --reference toy.json -o result", &["nowhere.jsonl"]);
    refused(&place, "fit --human human.jsonl --llm toy=nowhere.jsonl -o result", &["nowhere.jsonl"]);
    assert_eq!(place.read("result"), b"old");
    assert_eq!(place.names(), before);
}

#[test]
fn what_would_mislead_is_refused() {
    let place = fitted_with("--hold-out 0.2 --split-by paper");
    place.write("target.jsonl", "{\"text\":\"ba be bi bo bu ba be\"}\n".repeat(100));
    let line = "estimate target.jsonl --reference toy.json";
    refused(&place, &format!("{line} --held-out"), &["--held-out: the fit was split by paper"]);
    refused(&place, &format!("{line} --by text --by text"), &["--by text: named twice"]);
    refused(&place, "score target.jsonl --by document -o t.parquet", &["--by document", "rename the column"]);
    refused(&place, "score target.jsonl --by log_ratio_llm -o t.parquet", &["--by log_ratio_llm"]);
    refused(&place, "fit --human human.jsonl --llm a=human.jsonl -o x.json", &["human.jsonl", "human and as LLM text"]);
    assert!(!place.path("x.json").exists() && !place.path("t.parquet").exists());
}
