//! Texts as they arrive: the same texts in every wrapping that was met, with what each is to give and why.

mod exports;
mod forms;
mod rows;
mod shapes;

use std::fs;

use llm_prevalence::corpus::{Document, ReadOptions, ReadSummary, Text, find_inputs, read_corpus};
use serde_json::{Value, json};
use tempfile::TempDir;

/// What people wrote, invented.
const TEXTS: [&str; 6] = [
    "The paper studies kites in weak wind. It says \"kites\" often, and shows that they fly; I find that clear.",
    "We do not learn how long the strings were, which matters. The second table has no units, and the third no wind.",
    "I would have liked a kite without a tail as a baseline. The authors say that it was lost in a tree on the first day.",
    "The proofs are short and right. Only the last one uses a bound that holds for paper kites alone, not for cloth.",
    "Writing is fine on the whole, but the notation changes after the fourth page. A table of symbols would help.",
    "My main worry is the wind. It was measured on one day, at one height, and by eye; please measure it again.",
];

fn read_files(files: &[(&str, Vec<u8>)], options: &ReadOptions) -> Result<(Vec<Document>, ReadSummary), String> {
    let folder = TempDir::new().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let argument = match files {
        [(name, _)] => folder.path().join(name),
        _ => folder.path().to_owned(),
    };
    let mut documents = Vec::new();
    let inputs = find_inputs(&[argument.to_str().unwrap().to_owned()]).unwrap();
    let summary = read_corpus(&inputs, options, &mut |batch| {
        documents.extend(batch);
        Ok(())
    });
    summary.map(|summary| (documents, summary)).map_err(|error| error.to_string())
}

fn read(name: &str, content: impl Into<Vec<u8>>) -> Result<(Vec<Document>, ReadSummary), String> {
    read_files(&[(name, content.into())], &ReadOptions::default())
}

/// The prose of documents, in one line each.
fn prose(documents: &[Document]) -> Vec<String> {
    let text = |document: &Document| match &document.text {
        Text::Prose(prose) => prose.split_whitespace().collect::<Vec<_>>().join(" "),
        Text::Units(units) => format!("{} units", units.len()),
    };
    documents.iter().map(text).collect()
}

/// Asserts that a file of this name and content is read as [`TEXTS`], all of them and nothing else.
fn assert_texts(reason: &str, name: &str, content: impl Into<Vec<u8>>) {
    match read(name, content) {
        Ok((documents, _)) => assert_eq!(prose(&documents), TEXTS, "{reason}"),
        Err(error) => panic!("{reason}: {error}"),
    }
}

/// Lines of JSON, one for each text.
fn lines(line: impl Fn(usize, &str) -> Value) -> String {
    TEXTS.iter().enumerate().map(|(at, text)| format!("{}\n", line(at, text))).collect()
}

fn array(element: impl Fn(usize, &str) -> Value) -> Value {
    TEXTS.iter().enumerate().map(|(at, text)| element(at, text)).collect()
}

/// A table with these separators, and its values as `quote` writes them.
fn table(header: &str, row: impl Fn(usize, &str) -> String) -> String {
    let rows: String = TEXTS.iter().enumerate().map(|(at, text)| row(at, text) + "\n").collect();
    format!("{header}\n{rows}")
}

fn doubled(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn escaped(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}

#[test]
fn tables_are_read_however_they_are_written() {
    let rows = |separator: &'static str| {
        move |at: usize, text: &str| format!("{at}{separator}{}{separator}2021", doubled(text))
    };
    for (reason, name, content) in [
        ("plain", "a.csv", table("id,review,year", rows(","))),
        ("European Excel", "a.csv", table("id;review;year", rows(";"))),
        ("tabs in .csv", "a.csv", table("id\treview\tyear", rows("\t"))),
        ("bars", "a.csv", table("id|review|year", rows("|"))),
        ("Excel's first line", "a.csv", table("sep=,\nid,review,year", rows(","))),
        ("Excel's first line, quoted", "a.csv", table("\"sep=;\"\nid;review;year", rows(";"))),
        ("lines about the data", "a.csv", table("About the data: exported, 3 March\nid,review,year", rows(","))),
        (
            "a cell about the data",
            "a.csv",
            table("\"Export, of 2024; all rights reserved.\"\n\nid,review,year", rows(",")),
        ),
        (
            "quotation marks after backslashes",
            "a.csv",
            table("id,review,year", |at, text| format!("{at},{},2021", escaped(text))),
        ),
        ("tabs without quoting", "a.tsv", table("id\treview\tyear", |at, text| format!("{at}\t{text}\t2021"))),
        ("a tab after every row", "a.tsv", table("id\treview\tyear", |at, text| format!("{at}\t{text}\t2021\t"))),
        (
            "commas after every row",
            "a.csv",
            table("id,review,year", |at, text| format!("{at},{},2021,,", doubled(text))),
        ),
        (
            "names of rows, as R has them",
            "a.tsv",
            table("\"review\"\t\"year\"", |at, text| format!("\"{at}\"\t{}\t2021", doubled(text))),
        ),
        (
            "names of rows, in CSV",
            "a.csv",
            table("\"review\",\"year\"", |at, text| format!("\"{at}\",{},2021", doubled(text))),
        ),
        ("a table called .txt", "a.txt", table("id\treview\tyear", rows("\t"))),
        ("a table with commas called .txt", "a.txt", table("id,review,year", rows(","))),
        ("lines that end in CR LF", "a.csv", table("id,review,year", rows(",")).replace('\n', "\r\n")),
        ("lines that end in CR", "a.csv", table("id,review,year", rows(",")).replace('\n', "\r")),
        (
            "Zotero's name",
            "a.csv",
            table("Key,Title,Abstract Note", |at, text| format!("K{at},A study of kites,{}", doubled(text))),
        ),
        (
            "a name that is not known",
            "a.csv",
            table("key,what they said", |at, text| format!("K{at},{}", doubled(text))),
        ),
        (
            "a written list in a cell",
            "a.csv",
            table("id,text", |at, text| {
                let sentences: Vec<String> =
                    text.split_inclusive(". ").map(|part| format!("'{}'", part.trim())).collect();
                format!("{at},{}", doubled(&format!("[{}]", sentences.join(", "))))
            }),
        ),
        (
            "a written object in a cell",
            "a.csv",
            table("id,text", |at, text| format!("{at},{}", doubled(&format!("{{'value': '{text}'}}")))),
        ),
    ] {
        assert_texts(reason, name, content);
    }
}

#[test]
fn a_quotation_mark_at_the_start_of_a_value_swallows_no_rows() {
    let texts = [
        "\"Kites\" are what this is about.",
        "It flies well, as the \"tests\" show.",
        "\"Wind\" is not defined anywhere in it.",
    ];
    let rows: String = texts.iter().enumerate().map(|(at, text)| format!("{at}\t{text}\t2021\n")).collect();
    for rows in [rows.clone(), rows.replace("anywhere in it.", "anywhere \"in it.")] {
        let (documents, _) = read("a.tsv", format!("id\tAB\tyear\n{rows}")).unwrap();
        assert_eq!(documents.len(), 3);
        assert!(prose(&documents)[0].starts_with("\"Kites\""));
    }
}

#[test]
fn json_is_read_however_it_is_wrapped() {
    let object = |at: usize, text: &str| json!({ "id": format!("d{at}"), "text": text });
    let map = |value: fn(&str) -> Value| -> Value {
        Value::Object(TEXTS.iter().enumerate().map(|(at, text)| (format!("d{at}"), value(text))).collect())
    };
    let column = |value: fn(usize) -> Value| -> Value {
        Value::Object((0..TEXTS.len()).map(|at| (at.to_string(), value(at))).collect())
    };
    let ids = || column(|at| json!(format!("d{at}")));
    let texts = || column(|at| json!(TEXTS[at]));
    for (reason, content) in [
        ("an array", array(object)),
        ("an array of texts", json!(TEXTS)),
        ("an array of rows", array(|at, text| json!([format!("d{at}"), 2021, text]))),
        ("a map to texts", map(|text| json!(text))),
        ("a map to objects", map(|text| json!({ "text": text, "year": 2021 }))),
        ("a map to lists", map(|text| json!([{ "text": text }]))),
        ("pandas, columns", json!({ "id": ids(), "text": texts() })),
        ("pandas, index", column(|at| json!({ "id": at, "text": TEXTS[at] }))),
        (
            "pandas, split",
            json!({ "columns": ["id", "text"], "index": [0], "data": array(|at, text| json!([at, text])) }),
        ),
        ("pandas, list", json!({ "id": [0, 1, 2, 3, 4, 5], "text": TEXTS })),
        ("pandas, table", json!({ "schema": { "fields": [{ "name": "id" }] }, "data": array(object) })),
        ("OpenAlex and others", json!({ "meta": { "count": 6 }, "results": array(object) })),
        ("Crossref", json!({ "status": "ok", "message": { "total-results": 6, "items": array(object) } })),
        ("bioRxiv", json!({ "messages": [{ "status": "ok" }], "collection": array(object) })),
        ("Europe PMC", json!({ "version": "6.9", "hitCount": 6, "resultList": { "result": array(object) } })),
        (
            "datasets-server",
            json!({ "features": [{ "name": "text" }], "rows": array(|at, text| json!({ "row_idx": at, "row": object(at, text), "truncated_cells": [] })) }),
        ),
        (
            "Elasticsearch",
            json!({ "took": 3, "hits": { "total": { "value": 6 }, "hits": array(|at, text| json!({ "_index": "a", "_source": object(at, text) })) } }),
        ),
        (
            "GraphQL",
            json!({ "data": { "papers": { "edges": array(|at, text| json!({ "node": object(at, text) })) } } }),
        ),
    ] {
        assert_texts(reason, "a.json", content.to_string());
        assert_texts(reason, "a.json", serde_json::to_string_pretty(&content).unwrap());
    }
}

#[test]
fn what_is_nearly_json_is_read() {
    let object = |at: usize, text: &str| json!({ "id": at, "n": null, "text": text });
    let plain = lines(object);
    let pretty: String = TEXTS
        .iter()
        .enumerate()
        .map(|(at, text)| serde_json::to_string_pretty(&object(at, text)).unwrap() + "\n")
        .collect();
    let python: String = TEXTS.iter().map(|text| format!("{{'n': None, 'text': '{text}'}}\n")).collect();
    for (reason, name, content) in [
        ("NaN in lines", "a.jsonl", plain.replace("null", "NaN")),
        ("NaN in an array", "a.json", array(object).to_string().replace("null", "NaN")),
        (
            "NaN in a map of pandas",
            "a.json",
            json!({ "n": [null, 1, 1, 1, 1, 1], "text": TEXTS }).to_string().replace("null", "NaN"),
        ),
        ("commas after lines", "a.jsonl", plain.replace("}\n", "},\n")),
        ("a comma after the last element", "a.json", array(object).to_string().replace("}]", "},]")),
        ("objects one after another", "a.json", pretty),
        ("Python's dictionaries", "a.jsonl", python),
        ("lines called .json", "a.json", plain.clone()),
        ("lines called .txt", "a.txt", plain.clone()),
        ("an array called .txt", "a.txt", serde_json::to_string_pretty(&array(object)).unwrap()),
    ] {
        assert_texts(reason, name, content);
    }
}

#[test]
fn text_is_found_by_its_values() {
    let title = |at: usize| format!("A study of {at} kites in weak wind");
    let split = |text: &str| -> Vec<String> { text.split_inclusive(". ").map(|part| part.trim().to_owned()).collect() };
    for (reason, content) in [
        ("an unknown name beside a title", lines(|at, text| json!({ "title": title(at), "key": at, "said": text }))),
        ("a list of sentences", lines(|at, text| json!({ "id": at, "abstract": split(text) }))),
        (
            "a list of sentences under another name",
            lines(
                |at, text| json!({ "article_id": format!("d{at}"), "said": split(text), "section_names": ["intro"] }),
            ),
        ),
        (
            "marked sentences",
            lines(
                |at, text| json!({ "id": at, "abstract": split(text).iter().map(|part| format!("<S> {part} </S>")).collect::<Vec<_>>() }),
            ),
        ),
        (
            "reviews below papers",
            lines(
                |at, text| json!({ "id": at, "title": title(at), "reviews": [{ "reviewer": "r1", "review": text }] }),
            ),
        ),
        ("texts in a list", lines(|at, text| json!({ "id": at, "title": title(at), "reviews": [text] }))),
        ("an object around it", lines(|at, text| json!({ "id": at, "report": { "text": text, "n": 3 } }))),
        (
            "comments are pages, not text",
            lines(|at, text| json!({ "id": at, "comments": format!("{at} pages, 3 figures"), "abstract": text })),
        ),
        ("a code called review", lines(|at, text| json!({ "review": format!("{at}A"), "Comments for authors": text }))),
    ] {
        assert_texts(reason, "a.jsonl", content);
    }
}

#[test]
fn what_is_no_prose_is_not_taken_and_several_are_named() {
    let code = |at: usize| format!("{at}A");
    for (content, expected) in [
        (
            lines(|at, _| json!({ "title": format!("A study of {at} kites"), "key": at })),
            "cannot tell which column holds the text [name it",
        ),
        (
            lines(|at, _| json!({ "review": code(at) })),
            "the values of `review`, such as \"0A\", are not prose [name it",
        ),
        (
            lines(|at, _| json!({ "link": format!("https://example.org/pdf?id={at}") })),
            "cannot tell which column holds the text",
        ),
        (
            lines(|_, text| json!({ "said": text, "answered": text })),
            "the text could be in `said`, `answered` [name one or more with --text-field",
        ),
        (
            lines(|_, text| json!({ "said": text, "notes": [{ "words": text }] })),
            "the text could be in `said`, `notes[].words`",
        ),
        (
            lines(|_, text| json!({ "abstract": text, "reviews": [{ "review": text }] })),
            "the text could be in `abstract`, `reviews[].review`",
        ),
        (
            lines(|_, text| json!({ "abstract": "We study kites.", "reviews": [text, text] })),
            "the text could be in `abstract`, `reviews[]`",
        ),
        (
            lines(|at, text| json!({ "title": code(at), "reviews": [{ "good": text, "bad": text }] })),
            "the text could be in `reviews[].good`, `reviews[].bad`",
        ),
    ] {
        let error = read("a.jsonl", content).unwrap_err();
        assert!(error.contains(expected), "{expected}: {error}");
    }
}

#[test]
fn paths_lead_into_lists_and_objects() {
    let paper = json!({ "id": "p", "venue": "V", "meta": { "year": 2021 }, "reviews": [
        { "rating": 3, "parts": { "good": TEXTS[0], "bad": TEXTS[1] } }, { "rating": 4, "parts": { "good": TEXTS[2], "bad": null } }
    ] });
    let options = |text: &[&str]| {
        ReadOptions::default().text_fields(text.iter().map(|name| (*name).to_owned()).collect()).columns(vec![
            "Venue".into(),
            "rating".into(),
            "meta.year".into(),
        ])
    };
    let of = |text: &[&str]| read_files(&[("a.jsonl", paper.to_string().into_bytes())], &options(text)).unwrap().0;
    let documents = of(&["reviews[].parts.good", "reviews[].parts.bad"]);
    assert_eq!(prose(&documents), [format!("{} {}", TEXTS[0], TEXTS[1]), TEXTS[2].to_owned()]);
    assert_eq!(documents[1].id.as_deref(), Some("p#2"));
    assert_eq!(documents[1].values, ["V", "4", "2021"].map(|value| Some(value.to_owned())));
    assert_eq!(of(&["reviews[].parts.bad"]).len(), 2);
    let missing = read_files(&[("a.jsonl", paper.to_string().into_bytes())], &options(&["talks[].text"]));
    assert!(missing.unwrap_err().contains("no column `talks[].text`"));
}

#[test]
fn names_of_columns_are_told_without_their_case() {
    let content = table("ID,Review,Publication Date", |at, text| format!("{at},{},2021-03-0{}", doubled(text), at + 1));
    let options = ReadOptions::default()
        .columns(vec!["publication_date".into()])
        .optional_columns(vec!["id".into(), "year".into()]);
    let (documents, summary) = read_files(&[("a.csv", content.into_bytes())], &options).unwrap();
    assert_eq!(documents[1].values, [Some("2021-03-02".to_owned()), Some("1".to_owned()), None]);
    assert_eq!(summary.text_fields().into_iter().collect::<Vec<_>>(), ["Review"]);
}

#[test]
fn of_several_versions_the_newest_is_read() {
    let version = |number: usize| {
        move |at: usize, text: &str| {
            json!({
                "doi": format!("10.1101/{at}"), "version": number.to_string(), "abstract": if number == 2 { text.to_owned() } else { format!("{text} An older one.") }
            })
        }
    };
    let both: Vec<Value> =
        [2, 1].iter().flat_map(|number| array(version(*number)).as_array().unwrap().clone()).collect();
    let (documents, summary) = read("a.json", json!({ "collection": both }).to_string()).unwrap();
    assert_eq!(prose(&documents), TEXTS);
    assert_eq!(summary.skipped.values().sum::<u64>(), 6);
}

#[test]
fn updates_and_deletions_of_pubmed_are_taken() {
    let article = |pmid: usize, text: &str| {
        format!(
            "<PubmedArticle><MedlineCitation><PMID Version=\"1\">{pmid}</PMID><Article><Abstract><AbstractText>{text}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"
        )
    };
    let set =
        |content: String| format!("<?xml version=\"1.0\"?><PubmedArticleSet>{content}</PubmedArticleSet>").into_bytes();
    let first = (0..4).map(|at| article(at, TEXTS[at])).collect::<String>();
    let update = article(1, TEXTS[4])
        + "<DeleteCitation><PMID Version=\"1\">2</PMID><PMID Version=\"1\">77</PMID></DeleteCitation>";
    let files = [("n0001.xml", set(first)), ("n1300.xml", set(update))];
    let (documents, _) = read_files(&files, &ReadOptions::default()).unwrap();
    assert_eq!(prose(&documents), [TEXTS[0], TEXTS[3], TEXTS[4]]);
}

#[test]
fn the_same_text_elsewhere_is_counted() {
    let twice = lines(|at, text| json!({ "id": format!("a{at}"), "text": text }))
        + &lines(|at, text| json!({ "id": format!("b{at}"), "text": text }));
    assert_eq!(read("a.jsonl", twice).unwrap().1.n_same_text, 6);
    let files = [
        ("a.jsonl", lines(|at, text| json!({ "id": at, "text": text })).into_bytes()),
        ("b.csv", table("id,text", |at, text| format!("{at},{}", doubled(text))).into_bytes()),
    ];
    assert_eq!(read_files(&files, &ReadOptions::default()).unwrap().1.n_same_text, 6);
}

#[test]
fn a_table_beside_texts_is_about_them() {
    let mut files: Vec<(String, Vec<u8>)> =
        TEXTS.iter().enumerate().map(|(at, text)| (format!("{at}.txt"), text.as_bytes().to_vec())).collect();
    files.push(("metadata.csv".into(), table("file,comments", |at, _| format!("{at}.txt,scan ok")).into_bytes()));
    files.push(("none.json".into(), b"null".to_vec()));
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, content)| (name.as_str(), content.clone())).collect();
    let (documents, summary) = read_files(&files, &ReadOptions::default()).unwrap();
    assert_eq!(prose(&documents), TEXTS);
    assert!(summary.about_others[0].ends_with("metadata.csv"));
    assert!(summary.first_without_text_column.unwrap().ends_with("none.json"));
    assert_eq!(summary.skipped.values().sum::<u64>(), 2);
}

#[test]
fn what_cannot_be_read_says_what_it_is_and_how_to_convert_it() {
    for (name, content, expected) in [
        ("a.pdf", &b"%PDF-1.7\n"[..], "this is a PDF, which cannot be read [take the text out of it: pdftotext"),
        ("a.txt", b"%PDF-1.7\n", "this is a PDF"),
        ("a.docx", b"PK\x03\x04\x14\0\x06\0[Content_Types].xml word/document.xml", "this is a Word document (.docx)"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "this is a document or workbook of old Microsoft Office"),
        ("a.db", b"SQLite format 3\0", "this is an SQLite database"),
        ("a.pkl", b"\x80\x04\x95\x10\0", "this is a Python pickle"),
        (
            "a.ods",
            b"PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "OpenDocument spreadsheet (.ods)",
        ),
    ] {
        let error = read(name, content).unwrap_err();
        assert!(error.contains(expected), "{name}: {error}");
    }
}

#[test]
fn lines_of_errors_are_right_where_they_end_in_cr_lf() {
    for end in ["\n", "\r\n"] {
        let content = ["id,text", "1,A kite.", "2,Two.", "3,A kite, and wind."].join(end);
        assert!(
            read("a.csv", content).unwrap_err().contains("a.csv, line 4: 3 values where the header has 2"),
            "{end:?}"
        );
    }
}
