//! Arrays in JSON, alone and in pages, read element by element; on invented texts.

use crate::common::read_content;
use llm_prevalence::corpus::{CorpusError, Document, Format, Layout, ReadOptions, ReadSummary};
use serde_json::{Value, json};

fn read(name: &str, content: impl AsRef<[u8]>) -> Result<(Vec<Document>, ReadSummary), CorpusError> {
    read_content(name, content, &ReadOptions::default().columns(vec!["number".into()]))
}

fn error(content: &str) -> String {
    let error = read("a.json", content).unwrap_err().to_string();
    error[error.find("a.json").unwrap()..].to_owned()
}

/// Rows with what could be taken for the end of an element, of many lengths.
fn rows(n: usize) -> Vec<Value> {
    let text =
        |number: usize| format!("Kite {number} flies: \"]}},{{[\\\" {}\u{e9}.", "in the wind ".repeat(number % 97));
    (0..n).map(|number| json!({ "id": number.to_string(), "text": text(number), "number": number, "deep": [[{ "a": [] }]] })).collect()
}

#[test]
fn arrays_and_pages_longer_than_what_is_read_at_once_give_what_json_lines_gives() {
    let rows = rows(20_000);
    let lines: String = rows.iter().map(|row| format!("{row}\n")).collect();
    let (expected, _) = read("a.jsonl", &lines).unwrap();
    assert_eq!(expected.len(), 20_000);
    let pretty = serde_json::to_string_pretty(&rows).unwrap();
    assert!(pretty.len() > 12 << 20);
    for content in [
        json!(rows).to_string(),
        pretty.clone(),
        format!("\u{FEFF} \n{pretty}\n\n"),
        json!({ "notes": rows, "count": 20_000 }).to_string(),
        format!("{{\"count\": 20000, \"more\": null,\n\"data\":\n{pretty},\"next\":[1]}}\n"),
    ] {
        let (documents, summary) = read("a.json", &content).unwrap();
        assert!(documents == expected, "{}", &content[..80]);
        assert_eq!((summary.files[0].format, summary.files[0].layout), (Format::Json, None));
    }
}

#[test]
fn short_pages_are_read_whatever_their_key_and_shape() {
    let rows = rows(3);
    let (expected, _) = read("a.json", json!(rows).to_string()).unwrap();
    for content in [
        json!({ "data": rows }).to_string(),
        json!({ "data": rows }).to_string() + "\n",
        serde_json::to_string_pretty(&json!({ "notes": rows })).unwrap(),
    ] {
        assert_eq!(read("a.json", content).unwrap().0, expected);
    }
    // A row with such a key among others is a row.
    let row = json!({ "text": "A kite.", "number": 1, "data": [{ "text": "Another." }] });
    let (documents, _) = read("a.json", serde_json::to_string_pretty(&row).unwrap()).unwrap();
    assert_eq!(documents.len(), 1);
    // Pages a line each are JSON Lines.
    let note = |id: &str| json!({ "id": id, "forum": "f", "number": 1, "invitation": "V/-/Review", "content": { "review": "A kite." } });
    let pages = [json!({ "notes": [note("a"), note("b")] }), json!({ "notes": [note("c")] })];
    let (documents, summary) = read("a.json", pages.map(|page| page.to_string()).join("\n")).unwrap();
    assert_eq!((documents.len(), summary.files[0].format), (3, Format::JsonLines));
    assert_eq!(summary.files[0].layout, Some(Layout::OpenReviewV1));
}

#[test]
fn errors_within_an_array_have_their_line_and_column() {
    let array = |rest: &str| format!("[{{\"text\":\"fine\",\"number\":1}},\n {rest}");
    for (rest, expected) in [
        ("{\"text\":}]", "line 2, column 10: not valid JSON: expected value"),
        ("{\"text\":\"a\"} {\"text\":\"b\"}]", "line 2, column 15: not valid JSON: trailing characters"),
        ("{\"text\":[\"a\"}, {\"text\":\"b\"}]", "line 2, column 14: not valid JSON: expected `,` or `]`"),
        ("{\"text\":\"a\"]", "line 2, column 13: not valid JSON: expected `,` or `}`"),
        ("{\"text\":\"cut sho", "line 2, column 17: not valid JSON: EOF while parsing a string"),
        ("{\"text\":\"a\"}", "line 2, column 13: not valid JSON: EOF while parsing a list"),
        ("{\"text\":\"a\"}\n]\n]", "line 4, column 1: not valid JSON: trailing characters"),
        ("{\"text\":\n7}]", "line 2: text field `text` is a number"),
        ("{\"text\":\"a\\u00zz\"}]", "line 2, column 17: not valid JSON: invalid escape"),
    ] {
        let found = error(&array(rest));
        assert!(found.starts_with(&format!("a.json, {expected}")), "{rest}: {found}");
    }
    let page = error("{\"notes\":[{\"text\":\"fine\",\"number\":1}], \"count\":,\n\"a\":1}\n");
    assert!(page.starts_with("a.json, line 1, column 48: not valid JSON: expected value ["), "{page}");
    let page = error("{\"notes\":[{\"text\":\"fine\",\"number\":1}],\n \"count\" 1}\n");
    assert!(page.starts_with("a.json, line 2, column 10: not valid JSON: expected `:` ["), "{page}");
    let page = error("{\"notes\":\n[{\"text\":\"fine\",\"number\":1}]}\n{\"notes\":[]}");
    let hint = "[one page per line: --format jsonl]";
    assert_eq!(page, format!("a.json, line 3, column 1: not valid JSON: trailing characters after the page {hint}"));
    let page = error("{\"notes\":[{\"text\":\"fine\",\"number\":1}]");
    assert!(page.starts_with("a.json, line 1, column 37: not valid JSON: EOF while parsing an object ["), "{page}");
}

#[test]
fn an_error_far_into_a_file_has_its_place_too() {
    let mut content = serde_json::to_string_pretty(&rows(20_000)).unwrap();
    let at = content.rfind("\"number\": 19990").unwrap();
    content.replace_range(at + 8..at + 9, " ");
    let line = 1 + content[..at].matches('\n').count();
    let expected = format!("a.json, line {line}, column 15: not valid JSON: expected `:` [");
    assert!(error(&content).starts_with(&expected), "{}", error(&content));
}

#[test]
fn stray_bytes_are_counted_by_element() {
    let content =
        b"[{\"text\":\"fine\",\"number\":1},{\"text\":\"caf\xE9\",\"number\":2},\n{\"text\":\"\\ud83d\",\"number\":3}]";
    let (documents, summary) = read("a.json", content).unwrap();
    assert_eq!((documents.len(), summary.n_invalid_utf8), (3, 2));
}
