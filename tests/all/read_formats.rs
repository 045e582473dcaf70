//! The same small corpus gives the same documents in every format and compression.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{data_path, gzip, parquet, prose, read_paths, zstd};
use llm_prevalence::corpus::{CorpusError, Document, Format, ReadOptions, Skipped, Text, find_inputs, read_corpus};
use polars::prelude::{Column, DataFrame, NamedFrom, ParquetWriter, Series};
use tempfile::TempDir;

const JSON_LINES: &str = r#"{"id":"a1","year":2021,"text":"A first text, with a comma.\nAnd a second line.","score":1.5}
{"id":"a2","year":2022,"text":"Ünïcödé \"quoted\" here.","score":2}

{"id":"a3","year":2023,"text":null,"score":null}
"#;
const CSV: &str = "id,year,text,score\n\
    a1,2021,\"A first text, with a comma.\nAnd a second line.\",1.5\n\
    a2,2022,\"Ünïcödé \"\"quoted\"\" here.\",2\n\
    a3,2023,,\n";

fn options() -> ReadOptions {
    ReadOptions::default().columns(vec!["year".into()]).optional_columns(vec!["score".into(), "venue".into()])
}

fn expected() -> Vec<Document> {
    let document = |id: &str, year: &str, score: Option<&str>, text: &str| {
        Document::new(Some(id.into()), Text::prose(text)).values(vec![
            Some(year.into()),
            score.map(str::to_owned),
            None,
        ])
    };
    vec![
        document("a1", "2021", Some("1.5"), "A first text, with a comma.\nAnd a second line."),
        document("a2", "2022", Some("2"), "Ünïcödé \"quoted\" here."),
        document("a3", "2023", None, ""),
    ]
}

fn arguments(paths: &[&Path]) -> Vec<String> {
    paths.iter().map(|path| path.to_str().unwrap().to_owned()).collect()
}

fn write(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    path
}

fn corpus_as_parquet() -> Vec<u8> {
    let documents = expected();
    let texts: Vec<Option<&str>> = documents
        .iter()
        .map(|document| match &document.text {
            Text::Prose(prose) if prose.is_empty() => None,
            Text::Prose(prose) => Some(&**prose),
            Text::Units(_) => unreachable!("the corpus is prose"),
        })
        .collect();
    parquet(vec![
        Series::new("id".into(), ["a1", "a2", "a3"]),
        Series::new("year".into(), [2021i32, 2022, 2023]),
        Series::new("text".into(), texts),
        Series::new("score".into(), [Some(1.5f64), Some(2.0), None]),
    ])
}

fn json_array() -> String {
    let rows: Vec<&str> = JSON_LINES.lines().filter(|line| !line.is_empty()).collect();
    format!("[\n{}\n]\n", rows.join(",\n"))
}

fn units(text: &Text) -> Vec<Vec<&str>> {
    match text {
        Text::Units(units) => units.iter().map(|unit| unit.collect()).collect(),
        Text::Prose(prose) => panic!("prose: {prose:?}"),
    }
}

#[test]
fn every_format_and_compression_gives_the_same_documents() {
    let folder = TempDir::new().unwrap();
    let bom = format!("\u{FEFF}{JSON_LINES}");
    let formats: Vec<(&str, Format, Vec<u8>)> = vec![
        ("c.jsonl", Format::JsonLines, JSON_LINES.into()),
        ("bom.ndjson", Format::JsonLines, bom.into_bytes()),
        ("c.json", Format::Json, json_array().into_bytes()),
        ("lines.json", Format::JsonLines, JSON_LINES.into()),
        ("c.csv", Format::Csv, CSV.into()),
        ("bom.csv", Format::Csv, format!("\u{FEFF}{CSV}").into_bytes()),
        ("crlf.csv", Format::Csv, CSV.replace(",1.5\n", ",1.5\r\n").replace(",2\n", ",2\r\n").into_bytes()),
        ("c.tsv", Format::Tsv, CSV.replace(", ", "¸ ").replace(',', "\t").replace("¸ ", ", ").into_bytes()),
        ("c.parquet", Format::Parquet, corpus_as_parquet()),
        ("unnamed", Format::JsonLines, JSON_LINES.into()),
        ("unnamed-array", Format::Json, json_array().into_bytes()),
        ("unnamed-parquet", Format::Parquet, corpus_as_parquet()),
    ];
    for (name, format, content) in formats {
        let stored = [("", content.clone()), (".gz", gzip(&content)), (".zst", zstd(&content))];
        for (extension, stored) in stored {
            let path = write(&folder, &format!("{name}{extension}"), &stored);
            let (documents, summary) = read_paths(&[&path], &options()).unwrap();
            assert_eq!(documents, expected(), "{name}{extension}");
            assert_eq!((summary.n_documents, summary.n_without_text, summary.n_invalid_utf8), (3, 1, 0));
            let file = &summary.files[0];
            assert_eq!(file.name, format!("{name}{extension}"));
            assert_eq!((file.format, file.n_documents), (format, 3), "{name}{extension}");
            assert_eq!(file.text_fields, ["text"]);
            assert_eq!(file.sha256, sha256(&stored), "{name}{extension}");
        }
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn gzip_members_follow_one_another() {
    let folder = TempDir::new().unwrap();
    let (first, rest) = JSON_LINES.split_at(20);
    let members = [gzip(first.as_bytes()), gzip(rest.as_bytes())].concat();
    let path = write(&folder, "c.jsonl.gz", members);
    assert_eq!(read_paths(&[&path], &options()).unwrap().0, expected());
}

#[test]
fn one_object_may_span_lines() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, "one.json", "{\n  \"id\": \"x\",\n  \"review\": \"Fine.\"\n}\n");
    let (documents, summary) = read_paths(&[&path], &ReadOptions::default()).unwrap();
    assert_eq!((prose(&documents[0]), documents[0].id.as_deref()), ("Fine.", Some("x")));
    assert_eq!(summary.files[0].format, Format::Json);
}

#[test]
fn text_files_are_documents_named_by_their_path() {
    let folder = TempDir::new().unwrap();
    write(&folder, "corpus/2021/a.txt", "One.");
    write(&folder, "corpus/2022/b.md.gz", gzip(b"Two."));
    write(&folder, "corpus/c.txt", "");
    write(&folder, "corpus/.hidden/d.txt", "Not read.");
    write(&folder, "corpus/README.md", "Not read.");
    write(&folder, "corpus/requirements.txt", "Not read.");
    write(&folder, "corpus/2021/notes.md", "Not read.");
    write(&folder, "corpus/image.png", "Not read.");
    let columns = ReadOptions::default().columns(vec!["folder".into(), "file".into()]);
    let (documents, summary) = read_paths(&[&folder.path().join("corpus")], &columns).unwrap();
    let rows: Vec<_> = documents
        .iter()
        .map(|document| (document.id.as_deref().unwrap(), prose(document), document.values[0].as_deref().unwrap()))
        .collect();
    let expected = [("2021/a.txt", "One.", "2021"), ("2022/b.md.gz", "Two.", "2022"), ("c.txt", "", "corpus")];
    assert_eq!(rows, expected);
    assert_eq!(documents[1].values[1].as_deref(), Some("b.md.gz"));
    assert_eq!((summary.n_documents, summary.n_without_text, summary.files.len()), (3, 1, 3));
    assert_eq!(summary.skipped, [(Skipped::AboutCorpus, 3)].into());
    let readme = folder.path().join("corpus/README.md");
    let (documents, summary) = read_paths(&[&folder.path().join("corpus"), &readme], &columns).unwrap();
    assert_eq!((documents.len(), summary.skipped), (4, [(Skipped::AboutCorpus, 2)].into()));
}

#[test]
fn inputs_do_not_depend_on_the_order_of_arguments() {
    let folder = TempDir::new().unwrap();
    let a = write(&folder, "d/a.jsonl", JSON_LINES);
    let b = write(&folder, "d/b.csv", CSV);
    let pattern = folder.path().join("d/*.csv");
    let all = folder.path().join("d");
    let one = find_inputs(&arguments(&[&b, &a, &all, &pattern])).unwrap();
    let other = find_inputs(&arguments(&[&pattern, &all, &a, &b])).unwrap();
    assert_eq!(one, other);
    assert_eq!(one.iter().map(|input| input.name()).collect::<Vec<_>>(), ["a.jsonl", "b.csv"]);
}

#[cfg(unix)]
#[test]
fn loops_of_links_end() {
    let folder = TempDir::new().unwrap();
    write(&folder, "d/a.jsonl", JSON_LINES);
    std::os::unix::fs::symlink(folder.path().join("d"), folder.path().join("d/again")).unwrap();
    assert_eq!(find_inputs(&arguments(&[&folder.path().join("d")])).unwrap().len(), 1);
}

#[test]
fn lists_of_words_are_units() {
    let folder = TempDir::new().unwrap();
    let lines = r#"{"tokens":["a","b"]}
{"tokens":[["c"],[],["d","e"]]}
{"tokens":[]}
{"tokens":null}"#;
    let path = write(&folder, "c.jsonl", lines);
    let (documents, summary) = read_paths(&[&path], &ReadOptions::default()).unwrap();
    assert_eq!(units(&documents[0].text), [["a", "b"]]);
    assert_eq!(units(&documents[1].text), [vec!["c"], vec![], vec!["d", "e"]]);
    assert_eq!((prose(&documents[2]), prose(&documents[3]), summary.n_without_text), ("", "", 2));
}

#[test]
fn parquet_lists_of_words_are_units() {
    let folder = TempDir::new().unwrap();
    let words = |words: &[&str]| Series::new("".into(), words);
    let flat = [Some(words(&["a", "b"])), None, Some(words(&["c"]))];
    let nested = [Series::new("".into(), [words(&["a"]), words(&["b", "c"])]), Series::new("".into(), [words(&["d"])])];
    let path = write(&folder, "flat.parquet", parquet(vec![Series::new("human_sentence".into(), flat)]));
    let (documents, summary) = read_paths(&[&path], &ReadOptions::default()).unwrap();
    assert_eq!((units(&documents[0].text), prose(&documents[1])), (vec![vec!["a", "b"]], ""));
    assert_eq!((units(&documents[2].text), summary.n_without_text), (vec![vec!["c"]], 1));
    let path = write(&folder, "nested.parquet", parquet(vec![Series::new("sentences".into(), nested)]));
    let (documents, _) = read_paths(&[&path], &ReadOptions::default()).unwrap();
    assert_eq!(units(&documents[0].text), [vec!["a"], vec!["b", "c"]]);
    assert_eq!(units(&documents[1].text), [["d"]]);
}

#[test]
fn parquet_values_become_text() {
    use polars::prelude::{DataType, TimeUnit};
    let folder = TempDir::new().unwrap();
    let day = Series::new("day".into(), [19_326i32, 0]).cast(&DataType::Date).unwrap();
    let time = Series::new("time".into(), [1_669_766_400_000i64, 1]);
    let time = time.cast(&DataType::Datetime(TimeUnit::Milliseconds, None)).unwrap();
    let big = Series::new("big".into(), [u64::MAX, 0]);
    let flag = Series::new("flag".into(), [Some(true), None]);
    let ratio = Series::new("ratio".into(), [0.1f32, 3.0]);
    let raw = Series::new("text".into(), [&b"plain"[..], &b"caf\xE9"[..]]);
    let path = write(&folder, "v.parquet", parquet(vec![day, time, big, flag, ratio, raw]));
    let columns: Vec<String> = ["day", "time", "big", "flag", "ratio"].map(String::from).into();
    let (documents, summary) = read_paths(&[&path], &ReadOptions::default().columns(columns)).unwrap();
    let values =
        |row: usize| documents[row].values.iter().map(|value| value.as_deref().unwrap_or("-")).collect::<Vec<_>>();
    assert_eq!(values(0), ["2022-11-30", "2022-11-30T00:00:00", "18446744073709551615", "true", "0.1"]);
    assert_eq!(values(1), ["1970-01-01", "1970-01-01T00:00:00.001", "0", "-", "3"]);
    assert_eq!((prose(&documents[1]), summary.n_invalid_utf8), ("caf\u{FFFD}", 1));
}

#[test]
fn parquet_rows_keep_their_order_over_many_row_groups() {
    let folder = TempDir::new().unwrap();
    let n = 70_000;
    let texts: Vec<String> = (0..n).map(|row| format!("Row {row}.")).collect();
    let mut frame = DataFrame::new_infer_height(vec![Column::from(Series::new("text".into(), texts))]).unwrap();
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).with_row_group_size(Some(1_000)).finish(&mut frame).unwrap();
    let path = write(&folder, "many.parquet", bytes);
    let (documents, _) = read_paths(&[&path], &ReadOptions::default()).unwrap();
    assert_eq!(documents.len(), n);
    assert!(documents.iter().enumerate().all(|(row, document)| prose(document) == format!("Row {row}.")));
}

#[test]
fn json_values_become_text() {
    let folder = TempDir::new().unwrap();
    let line = r#"{"text":"T.","n":1.50e3,"big":123456789012345678901234567890,"b":false,"l":["x",2,null],"o":{"k": [1]},"z":null}"#;
    let path = write(&folder, "v.jsonl", line);
    let columns: Vec<String> = ["n", "big", "b", "l", "o", "z"].map(String::from).into();
    let (documents, _) = read_paths(&[&path], &ReadOptions::default().columns(columns)).unwrap();
    let values: Vec<Option<&str>> = documents[0].values.iter().map(Option::as_deref).collect();
    let big = "123456789012345678901234567890";
    assert_eq!(values, [Some("1.50e3"), Some(big), Some("false"), Some("x, 2"), Some(r#"{"k":[1]}"#), None]);
}

#[test]
fn several_text_fields_are_joined_by_a_blank_line() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, "c.jsonl", r#"{"a":"One.","b":"","c":"Two."}"#);
    let text_fields = vec!["a".into(), "b".into(), "c".into()];
    let (documents, summary) = read_paths(&[&path], &ReadOptions::default().text_fields(text_fields)).unwrap();
    assert_eq!(prose(&documents[0]), "One.\n\nTwo.");
    assert_eq!(summary.files[0].text_fields, ["a", "b", "c"]);
}

#[test]
fn the_only_column_left_is_the_text_if_it_is_prose() {
    let folder = TempDir::new().unwrap();
    let path =
        write(&folder, "c.csv", "ID,year,remarks\n7,2021,The kite flies well.\n8,2021,It flies in weak wind too.\n");
    let columns = ReadOptions::default().columns(vec!["year".into()]);
    let (documents, _) = read_paths(&[&path], &columns).unwrap();
    assert_eq!((prose(&documents[0]), documents[0].id.as_deref()), ("The kite flies well.", Some("7")));
    let path = write(&folder, "d.csv", "ID,year,remarks\n7,2021,Fine.\n");
    let error = read_paths(&[&path], &columns).unwrap_err().to_string();
    assert!(error.contains("cannot tell which column holds the text"), "{error}");
}

#[test]
fn stray_bytes_are_replaced_and_counted() {
    let folder = TempDir::new().unwrap();
    let json = write(&folder, "c.jsonl", b"{\"text\":\"caf\xE9\"}\n{\"text\":\"fine\"}\n");
    let csv = write(&folder, "d.csv", b"text\ncaf\xE9\nfine\n");
    let text = write(&folder, "e.txt", b"caf\xE9");
    let array = write(&folder, "f.json", b"[{\"text\":\"caf\xE9\"},{\"text\":\"fine\"}]");
    let (documents, summary) = read_paths(&[&json, &csv, &text, &array], &ReadOptions::default()).unwrap();
    let texts: Vec<&str> = documents.iter().map(prose).collect();
    let replaced = "caf\u{FFFD}";
    assert_eq!(texts, [replaced, "fine", replaced, "fine", replaced, replaced, "fine"]);
    assert_eq!(summary.n_invalid_utf8, 4);
}

#[test]
fn half_a_surrogate_pair_is_replaced_and_counted() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, "c.jsonl", r#"{"text":"a \ud83d b \u00e9","id":"x"}"#);
    let (documents, summary) = read_paths(&[&path], &ReadOptions::default()).unwrap();
    assert!(prose(&documents[0]).starts_with("a \u{FFFD}") && prose(&documents[0]).ends_with(" b é"));
    assert_eq!(summary.n_invalid_utf8, 1);
}

#[test]
fn batches_are_bounded_and_the_caller_can_stop() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, "c.jsonl", "{\"text\":\"A short one.\"}\n".repeat(10_000));
    let inputs = find_inputs(&arguments(&[&path])).unwrap();
    let mut sizes = Vec::new();
    let options = ReadOptions::default();
    read_corpus(&inputs, &options, &mut |batch| {
        sizes.push(batch.len());
        Ok(())
    })
    .unwrap();
    assert_eq!(sizes, [4096, 4096, 1808]);
    let stopped = read_corpus(&inputs, &options, &mut |_| Err(CorpusError::Stopped { reason: "enough".into() }));
    assert_eq!(stopped.unwrap_err().to_string(), "enough");
}

#[test]
fn lines_longer_than_a_chunk_are_read() {
    let folder = TempDir::new().unwrap();
    let long = "word ".repeat(2 << 20);
    let content = format!("{{\"text\":\"first\"}}\n{{\"text\":\"{long}\"}}\n{{\"text\":\"last\"}}");
    let path = write(&folder, "c.jsonl.zst", zstd(content.as_bytes()));
    let (documents, _) = read_paths(&[&path], &ReadOptions::default()).unwrap();
    let lengths: Vec<usize> = documents.iter().map(|document| prose(document).len()).collect();
    assert_eq!(lengths, [5, long.len(), 4]);
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn real_files_hold_as_many_documents_as_their_readme_says() {
    let expected = [
        ("reviews/iclr-2019.jsonl.gz", 4_764, "text"),
        ("reviews/iclr-2020.jsonl.gz", 7_693, "text"),
        ("reviews/neurips-2023.jsonl.gz", 15_175, "text"),
        ("reviews/neurips-2024.jsonl.gz", 16_644, "text"),
        ("reviews/llm-gpt-iclr2022.jsonl.gz", 2_280, "text"),
        ("reviews/llm-gpt4o-iclr2022.jsonl.gz", 2_500, "text"),
        ("reviews/llm-qwen3-30b-iclr2025.jsonl.gz", 1_056, "text"),
        ("abstracts/arxiv-cs-2017-2019.jsonl.gz", 12_000, "abstract"),
        ("abstracts/arxiv-cs-2025.jsonl.gz", 9_600, "abstract"),
        ("abstracts/venue-abstracts-2018-2025.jsonl.gz", 11_431, "abstract"),
        ("arxiv-sentences/CS/ground_truth_alpha_0.parquet", 30_000, "inference_sentence"),
        ("arxiv-sentences/Math/ground_truth_alpha_0.25.parquet", 30_000, "inference_sentence"),
    ];
    for (path, n_documents, text_field) in expected {
        let (documents, summary) = read_paths(&[Path::new(&data_path(path))], &ReadOptions::default()).unwrap();
        assert_eq!((documents.len(), summary.n_documents), (n_documents, n_documents as u64), "{path}");
        assert_eq!(summary.files[0].text_fields, [text_field], "{path}");
        assert_eq!(summary.n_invalid_utf8, 0, "{path}");
    }
}
