//! Every bad input says which file, what was found, and what to do.

use std::fs;
use std::path::PathBuf;

use crate::common::{gzip, parquet};
use llm_prevalence::corpus::{CorpusError, Format, ReadOptions, find_inputs, read_corpus};
use polars::prelude::{NamedFrom, Series};
use tempfile::TempDir;

fn find(arguments: &[&str]) -> Result<usize, CorpusError> {
    let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
    find_inputs(&arguments).map(|inputs| inputs.len())
}

/// The message for a file of this name and content, with the folder's path taken out.
fn message(name: &str, content: impl AsRef<[u8]>, options: &ReadOptions) -> String {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let inputs = find_inputs(&[path.to_str().unwrap().to_owned()]).unwrap();
    let error = read_corpus(&inputs, options, &mut |_| Ok(())).unwrap_err();
    error.to_string().replace(&format!("{}/", folder.path().display()), "")
}

fn plain(name: &str, content: impl AsRef<[u8]>) -> String {
    message(name, content, &ReadOptions::default())
}

/// Lines that compress badly, so that a cut falls among them.
fn lines(n: u64) -> String {
    let mut state = 1u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 20
    };
    (0..n).map(|_| format!("{{\"text\":\"{:x} {:x} {:x}\"}}\n", word(), word(), word())).collect()
}

#[test]
fn paths_that_lead_nowhere() {
    assert_eq!(
        find(&[]).unwrap_err().to_string(),
        "nothing to read [name files, folders or globs, or - for standard input]"
    );
    assert_eq!(find(&["no/such.csv"]).unwrap_err().to_string(), "no/such.csv: no such file or folder");
    assert_eq!(find(&["no/such/*.csv"]).unwrap_err().to_string(), "no/such/*.csv: no file matches this pattern");
    let pattern = find(&["no/such/[a.csv"]).unwrap_err().to_string();
    assert!(pattern.starts_with("no/such/[a.csv: not a valid pattern: "), "{pattern}");
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("image.png"), "").unwrap();
    let empty = find(&[folder.path().to_str().unwrap()]).unwrap_err().to_string();
    assert!(
        empty.contains(": no readable file in this folder or below it, but 1 .png [name one of these files"),
        "{empty}"
    );
    (1..4).for_each(|n| fs::write(folder.path().join(format!("{n}.docx")), "").unwrap());
    let papers = find(&[folder.path().to_str().unwrap()]).unwrap_err().to_string();
    let part = ", but 3 .docx, 1 .png [convert it: pandoc FILE.docx -t plain -o FILE.txt; looked for .parquet .arrow";
    assert!(papers.contains(part), "{papers}");
}

#[cfg(unix)]
#[test]
fn files_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let path: PathBuf = folder.path().join("a.csv");
    fs::write(&path, "text\nA.\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    if fs::File::open(&path).is_ok() {
        return; // the superuser may read everything
    }
    let inputs = find_inputs(&[path.to_str().unwrap().to_owned()]).unwrap();
    let error = read_corpus(&inputs, &ReadOptions::default(), &mut |_| Ok(())).unwrap_err().to_string();
    assert!(error.ends_with("a.csv: permission denied [make it readable for this user]"), "{error}");
}

#[test]
fn formats_that_cannot_be_told() {
    assert_eq!(
        plain("data.bin", "nothing known"),
        "data.bin: cannot tell the format from the name or the first bytes [pass --format parquet, csv, tsv, json, jsonl or text]"
    );
    assert_eq!(
        "docx".parse::<Format>().unwrap_err().to_string(),
        "docx: no such format [one of parquet, csv, tsv, json, jsonl, text, xlsx, excel-xml, arrow, pubmed, jats, tei, atom, oai, acl, xml, bibtex, ris, nbib, endnote, wos, zip, tar, openreview-v1, openreview-v2, peerread, arxiv, openalex, crossref, s2orc, pdf-text]"
    );
    for format in Format::ALL {
        assert_eq!(format.to_string().parse::<Format>().unwrap(), format);
    }
}

#[test]
fn files_without_a_document() {
    let hint = "[remove it, or check how it was made]";
    assert_eq!(plain("a.jsonl", ""), format!("a.jsonl: empty file: 0 bytes {hint}"));
    assert_eq!(plain("a.jsonl.gz", gzip(b"")), format!("a.jsonl.gz: empty file: 0 bytes {hint}"));
    assert_eq!(plain("a.jsonl", "\n \n"), format!("a.jsonl: empty file: no row {hint}"));
    assert_eq!(plain("a.csv", "id,text\n"), format!("a.csv: empty file: no row {hint}"));
    assert_eq!(plain("a.json", "[]"), format!("a.json: empty file: an array without an object {hint}"));
    let rows = parquet(vec![Series::new("text".into(), Vec::<String>::new())]);
    assert_eq!(plain("a.parquet", rows), format!("a.parquet: empty file: no row {hint}"));
}

#[test]
fn compressed_files_cut_short() {
    let content = lines(50_000);
    let stored = gzip(content.as_bytes());
    let error = plain("a.jsonl.gz", &stored[..stored.len() / 2]);
    assert!(error.starts_with("a.jsonl.gz: gzip data is cut short: it ends after "), "{error}");
    assert!(!error.contains("(0 documents read)"), "{error}");
    assert!(error.ends_with(" documents read) [download or copy the file again]"), "{error}");
    let table = content.replace("{\"text\":\"", "").replace("\"}", "");
    let stored = zstd::stream::encode_all(format!("text\n{table}").as_bytes(), 1).unwrap();
    let error = plain("a.csv.zst", &stored[..stored.len() / 2]);
    assert!(error.starts_with("a.csv.zst: zstd data is cut short: it ends after "), "{error}");
    let mut stored = gzip(content.as_bytes());
    let checksum = stored.len() - 8;
    stored[checksum] ^= 1;
    let error = plain("a.jsonl.gz", &stored);
    let n_bytes = content.len();
    let damaged = format!("a.jsonl.gz: gzip data is damaged after {n_bytes} bytes of content (50000 documents read): ");
    assert!(error.replace(',', "").starts_with(&damaged), "{error}");
    assert!(error.ends_with(" [download or copy the file again]"), "{error}");
}

#[test]
fn text_that_is_not_utf8() {
    let strict = ReadOptions::default().strict(true);
    let hint = "not UTF-8 [the text may be in Latin-1; convert it: iconv -f LATIN1 -t UTF-8 FILE > NEW; or leave out --strict to replace and count such bytes]";
    let json = b"{\"text\":\"fine\"}\n{\"text\":\"caf\xE9\"}\n";
    assert_eq!(message("a.jsonl", json, &strict), format!("a.jsonl, line 2, byte 12: {hint}"));
    assert_eq!(
        message("a.csv", b"text\nfine\ncaf\xE9\n", &strict),
        format!("a.csv, line 3, column `text`, byte 3: {hint}")
    );
    assert_eq!(message("a.txt", b"caf\xE9", &strict), format!("a.txt, byte 3: {hint}"));
    assert_eq!(message("a.json", b"[{\"text\":\"caf\xE9\"}]", &strict), format!("a.json, line 1, byte 13: {hint}"));
    let raw = parquet(vec![Series::new("text".into(), [&b"caf\xE9"[..]])]);
    assert_eq!(message("a.parquet", raw, &strict), format!("a.parquet, row 1, byte 3: {hint}"));
    let surrogate = r#"{"text":"\ud83d"}"#;
    assert_eq!(
        message("a.jsonl", surrogate, &strict),
        "a.jsonl, line 1: a \\u escape stands for half a character [write the text again as UTF-8, or leave out --strict to replace and count such escapes]"
    );
    assert_eq!(
        plain("a.csv", b"\xFF\xFE\0\0t\0\0\0e\0\0\0"),
        "a.csv: the text is UTF-32, not UTF-8 [convert it: iconv -f UTF-32 -t UTF-8 FILE > NEW]"
    );
}

#[test]
fn json_that_is_not() {
    assert_eq!(
        plain("a.jsonl", "{\"text\":\"fine\"}\n{\"text\":\"fine\" \"id\":1}\n"),
        "a.jsonl, line 2, column 16: not valid JSON: expected `,` or `}` [is a quotation mark in a text not written as \\\"?]"
    );
    assert_eq!(
        plain("a.jsonl", "{\"text\":\"fine\"}\n{\"text\":\"cut sho"),
        "a.jsonl, line 2, column 16: not valid JSON: EOF while parsing a string [it ends too early: it is cut short, or a line break in a text is not written as \\n]"
    );
    assert_eq!(
        plain("a.json", "[{\"text\":\"fine\"},\n {\"text\":}]"),
        "a.json, line 2, column 10: not valid JSON: expected value [is a value missing, or a text without double quotation marks?]"
    );
    assert_eq!(
        plain("a.json", "[\n{\"text\":\"fine\"},\n {\"id\":1,\"text\":\"bad \\u00zz\"}]"),
        "a.json, line 3, column 27: not valid JSON: invalid escape [write a backslash in a text as \\\\]"
    );
    let hint = "[JSON Lines has one object per line, other JSON one array of objects]";
    assert_eq!(
        plain("a.jsonl", "{\"text\":\"fine\"}\n\n[1]\n"),
        format!("a.jsonl, line 3: a document must be a JSON object, found a list {hint}")
    );
    assert_eq!(
        plain("a.json", "[{\"text\":\"fine\"},\n7]"),
        format!("a.json, line 2: a document must be a JSON object, found a number {hint}")
    );
    assert_eq!(
        plain("a.json", "\"text\""),
        format!("a.json, line 1: a document must be a JSON object, found a string {hint}")
    );
}

#[test]
fn records_that_do_not_fit_the_header() {
    assert_eq!(
        plain("a.csv", "id,text\n1,\"two\nlines\"\n2,Fine, but split.\n"),
        "a.csv, line 4: 3 values where the header has 2 columns [quote values that hold separators or line breaks, and double the quotation marks within them]"
    );
    assert_eq!(plain("a.tsv", "id\ttext\tid\n1\tA\t2\n"), "a.tsv: two columns are called `id` [rename one]");
}

#[test]
fn columns_that_are_not_there() {
    let by_year = ReadOptions::default().columns(vec!["year".into()]);
    let found = "no column `year` [columns: `id`, `text`]";
    assert_eq!(message("a.csv", "id,text\n1,A\n", &by_year), format!("a.csv: {found}"));
    assert_eq!(message("a.jsonl", r#"{"id":1,"text":"A"}"#, &by_year), format!("a.jsonl: {found}"));
    assert_eq!(message("a.json", r#"[{"id":1,"text":"A"}]"#, &by_year), format!("a.json: {found}"));
    let columns = vec![Series::new("id".into(), [1i64]), Series::new("text".into(), ["A"])];
    assert_eq!(message("a.parquet", parquet(columns), &by_year), format!("a.parquet: {found}"));
    assert_eq!(message("a.txt", "A", &by_year), "a.txt: text files have no column `year` [only `folder` and `file`]");
    let named = ReadOptions::default().text_fields(vec!["body".into()]);
    assert_eq!(
        message("a.jsonl", r#"{"id":1,"text":"A"}"#, &named),
        "a.jsonl: no column `body` [columns: `id`, `text`]"
    );
    let identified = ReadOptions::default().id_field("key");
    assert_eq!(message("a.csv", "id,text\n1,A\n", &identified), "a.csv: no column `key` [columns: `id`, `text`]");
}

#[test]
fn text_columns_that_cannot_be_chosen() {
    assert_eq!(
        plain("a.csv", "title,remarks\nA,B\n"),
        "a.csv: cannot tell which column holds the text [name it with --text-field; columns: `title`, `remarks`]"
    );
    assert_eq!(
        plain("a.jsonl", r#"{"Text":"A","review":"B","year":2021}"#),
        "a.jsonl: the text could be in `Text`, `review` [name one or more with --text-field; columns: `Text`, `review`, `year`]"
    );
    assert_eq!(
        plain("a.parquet", parquet(vec![Series::new("words".into(), [250i64])])),
        "a.parquet: column `words` holds Int64, not text [name another with --text-field; columns: `words`]"
    );
    let named = ReadOptions::default().text_fields(vec!["year".into()]);
    assert_eq!(
        message("a.jsonl", r#"{"text":"A","year":2021}"#, &named),
        "a.jsonl, line 1: text field `year` is a number; it must be a string, a list of words, or a list of such lists [choose another with --text-field]"
    );
    let mixed = ReadOptions::default().text_fields(vec!["a".into(), "b".into()]);
    assert_eq!(
        message("a.jsonl", r#"{"a":"A","b":["B"]}"#, &mixed),
        "a.jsonl, line 1: the text fields `a`, `b` cannot be joined, because some hold running text and some lists of words [name one kind with --text-field]"
    );
}

#[test]
fn parquet_that_is_not() {
    let hint = "[check the file, or pass --format]";
    assert_eq!(
        plain("a.parquet", "text\nA.\n"),
        format!("a.parquet: not a parquet file, or cut short: it does not begin with PAR1 {hint}")
    );
    let whole = parquet(vec![Series::new("text".into(), ["A first text.", "A second."])]);
    assert_eq!(
        plain("a.parquet", &whole[..whole.len() - 9]),
        format!("a.parquet: not a parquet file, or cut short: it does not end with PAR1 {hint}")
    );
    let headless = [&b"PAR1"[..], &whole[whole.len() - 8..]].concat();
    let error = plain("a.parquet", headless);
    assert!(error.starts_with("a.parquet: cannot read this parquet file: "), "{error}");
}

/// Wherever a byte is wrong, the reader returns: documents or an error, never a panic.
#[test]
fn damaged_parquet_never_panics() {
    let texts: Vec<String> = (0..200).map(|row| format!("Text number {row}.")).collect();
    let lists: Vec<Series> = (0..200).map(|row| Series::new("".into(), [format!("w{row}"), "x".into()])).collect();
    let whole = parquet(vec![Series::new("text".into(), texts), Series::new("tags".into(), lists)]);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.parquet");
    let by_tags = ReadOptions::default().columns(vec!["tags".into()]);
    for at in (4..whole.len() - 4).step_by(whole.len() / 150 + 1) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        fs::write(&path, &damaged).unwrap();
        let inputs = find_inputs(&[path.to_str().unwrap().to_owned()]).unwrap();
        let _ = read_corpus(&inputs, &by_tags, &mut |_| Ok(()));
    }
}
