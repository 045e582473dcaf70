//! Input that is broken, huge or made to hurt ends in a clear error or a counted skip, in little memory.

use std::fs::{self, File};
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{folder_of, gzip, zipped};
use llm_prevalence::corpus::{Format, Layout, ReadOptions, find_inputs, read_corpus};
use proptest::prelude::*;

/// Resident memory that no input may exceed.
const MAX_MIB: u64 = 1024;
/// Processor time that any of these may take, and how long that may last where a machine does other things too.
const MAX_TIME: Duration = Duration::from_secs(120);
const MAX_WAIT: Duration = Duration::from_secs(1800);

struct Run {
    code: i32,
    stdout: String,
    stderr: String,
    peak_mib: u64,
}

/// Runs the tool in `folder` and watches its memory, after `before` in the shell.
fn run_after(folder: &Path, before: &str, arguments: &[&str]) -> Run {
    let mut child = Command::new("sh")
        .args(["-c", &format!("{before} exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_llm-prevalence")])
        .args(arguments)
        .current_dir(folder)
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    let mut peak_mib = 0;
    let status = loop {
        peak_mib = peak_mib.max(resident_mib(child.id()));
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if spent(child.id()) > MAX_TIME || start.elapsed() > MAX_WAIT => {
                child.kill().unwrap();
                panic!("{arguments:?} hangs");
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let (mut stdout, mut stderr) = (String::new(), String::new());
    child.stdout.unwrap().read_to_string(&mut stdout).unwrap();
    child.stderr.unwrap().read_to_string(&mut stderr).unwrap();
    assert!(!stderr.contains("panicked"), "{stderr}");
    assert!(peak_mib <= MAX_MIB, "{arguments:?} took {peak_mib} MiB");
    let code = status.code().unwrap_or_else(|| panic!("{arguments:?} died: {status}, {stderr}"));
    Run { code, stdout, stderr, peak_mib }
}

/// Processor time that a process has taken so far, where the system tells.
fn spent(process: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // After the name in brackets: user and system time are the twelfth and thirteenth value, in hundredths of a second.
    let values = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    Duration::from_millis(values.filter_map(|value| value.parse::<u64>().ok()).sum::<u64>() * 10)
}

/// The most memory a process has held so far, where the system tells.
fn resident_mib(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    // For a moment a new process still has the memory of these tests; its name changes when it has its own.
    if !status.starts_with("Name:\tllm-prevalence\n") {
        return 0;
    }
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn dry_run(folder: &Path, arguments: &[&str]) -> Run {
    run_after(folder, "", &[&["estimate", "--dry-run"], arguments].concat())
}

fn refused(folder: &Path, arguments: &[&str], parts: &[&str]) {
    let run = dry_run(folder, arguments);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}: {}", run.stderr);
    assert!(run.stderr.starts_with("error: ") && run.stderr.len() < 4000, "{}", run.stderr);
    for part in parts {
        assert!(run.stderr.contains(part), "{arguments:?}: no {part:?} in: {}", run.stderr);
    }
    println!("{arguments:?}: {} MiB, {}", run.peak_mib, run.stderr.trim_end());
}

/// A file that begins with `start` and goes on with zeros, which take no space.
fn sparse(folder: &Path, name: &str, start: &[u8], n_mib: u64) {
    let mut file = File::create(folder.join(name)).unwrap();
    file.write_all(start).unwrap();
    file.set_len(n_mib << 20).unwrap();
}

/// An archive with a file of one row and very many blank lines.
fn bomb(n_mib: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.jsonl", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"{\"text\":\"A kite flies.\"}\n").unwrap();
    let lines = vec![b'\n'; 1 << 20];
    (0..n_mib).for_each(|_| zip.write_all(&lines).unwrap());
    zip.finish().unwrap().into_inner()
}

#[test]
fn lines_and_values_without_end() {
    let folder = folder_of(&[]);
    sparse(folder.path(), "a.jsonl", br#"{"text":"A kite"#, 300);
    refused(folder.path(), &["a.jsonl"], &["a.jsonl, line 1: longer than 128 MiB [check the format"]);
    sparse(folder.path(), "a.csv", b"id,text\n1,\"A kite", 300);
    refused(folder.path(), &["a.csv"], &["a.csv, line 2: longer than 128 MiB"]);
    sparse(folder.path(), "a.json", br#"[{"text":"A kite"#, 1100);
    refused(folder.path(), &["a.json"], &["a.json, line 1, column 16: not valid JSON: control character"]);
    sparse(folder.path(), "b.json", br#"{"notes":[{"text":"A kite"#, 1100);
    refused(folder.path(), &["b.json"], &["b.json, line 1, column 25: not valid JSON: control character"]);
    for start in ["[{\"text\":\"A kite", "{\"notes\":[{\"text\":\"A kite"] {
        let content = format!("{start}{}", " flies in the wind".repeat((130 << 20) / 18));
        fs::write(folder.path().join("c.json"), content).unwrap();
        refused(
            folder.path(),
            &["c.json"],
            &["c.json: one record is larger than 128 MiB [check how the file was made"],
        );
    }
    let content = format!("{{\"a\":{{\"b\":\"A kite{}", " flies in the wind".repeat((400 << 20) / 18));
    fs::write(folder.path().join("d.json"), content).unwrap();
    refused(
        folder.path(),
        &["d.json"],
        &["d.json: a file with one JSON value is larger than 384 MiB [write it as JSON Lines"],
    );
    sparse(folder.path(), "a.txt", b"A kite", 1100);
    refused(folder.path(), &["a.txt"], &["a.txt: a text file, which is one document, is larger than 128 MiB"]);
    sparse(folder.path(), "a.xml", b"<PubmedArticleSet><PubmedArticle><A>A kite", 1100);
    refused(folder.path(), &["a.xml"], &["a.xml: an article is larger than 128 MiB"]);
}

#[test]
fn the_longest_record_that_is_read_stays_within_the_memory() {
    let folder = folder_of(&[]);
    let words = "The kite flies in the wind and lands again. ".repeat((120 << 20) / 44);
    let note = format!(r#"{{"forum":"f","invitation":"V/2020/-/Official_Review","content":{{"review":"{words}"}}}}"#);
    fs::write(folder.path().join("a.jsonl"), &note).unwrap();
    let run = dry_run(folder.path(), &["a.jsonl"]);
    println!("{} MiB for a record of {} MiB", run.peak_mib, note.len() >> 20);
    assert_eq!(run.code, 0, "{}", run.stderr);
    fs::write(folder.path().join("b.json"), format!("[{note},{note}]")).unwrap();
    let run = dry_run(folder.path(), &["b.json"]);
    println!("{} MiB for two of them in one value", run.peak_mib);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

/// A file with an array of reviews, alone or in a page, of about this size.
fn array_of_notes(folder: &Path, name: &str, start: &str, n_mib: usize) {
    let mut file = std::io::BufWriter::new(File::create(folder.join(name)).unwrap());
    let words = "The kite flies in the wind and lands again. ".repeat(60);
    let n = (n_mib << 20) / (words.len() + 100);
    file.write_all(start.as_bytes()).unwrap();
    for number in 0..n {
        let comma = if number == 0 { "" } else { "," };
        let note = format!(
            r#"{comma}{{"id":"n{number}","forum":"f","invitation":"V/2020/-/Official_Review","content":{{"review":"{words}"}}}}"#
        );
        file.write_all(note.as_bytes()).unwrap();
    }
    file.write_all(if start.starts_with('{') { b"]}\n" } else { b"]\n" }).unwrap();
}

#[test]
fn an_array_is_read_in_the_same_memory_whatever_its_length() {
    let folder = folder_of(&[]);
    for start in ["[", "{\"notes\":["] {
        let mut peaks = [0, 0];
        for (peak, n_mib) in peaks.iter_mut().zip([24, 240]) {
            array_of_notes(folder.path(), "a.json", start, n_mib);
            let run = dry_run(folder.path(), &["a.json"]);
            assert_eq!(run.code, 0, "{}", run.stderr);
            println!("{} MiB for {start}...] of {n_mib} MiB", run.peak_mib);
            *peak = run.peak_mib;
        }
        assert!(peaks[1] <= peaks[0] + 32, "{peaks:?} MiB");
    }
}

#[test]
fn more_columns_than_anybody_has() {
    let header: Vec<String> = (0..1_000_000).map(|column| format!("c{column}")).collect();
    let csv = format!("{}\n", header.join(","));
    let folder = folder_of(&[("a.csv", csv.as_bytes())]);
    refused(folder.path(), &["a.csv"], &["a.csv: 1000000 columns where at most 100000 are read [check the separator"]);
    let fields: Vec<String> = header.iter().map(|name| format!("\"{name}\":1")).collect();
    fs::write(folder.path().join("a.jsonl"), format!("{{{}}}\n", fields.join(","))).unwrap();
    refused(folder.path(), &["a.jsonl"], &["a.jsonl: cannot tell which column holds the text", "`c0`, `c1`", "more]"]);
}

#[test]
fn nesting_without_end() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(1_000_000), close.repeat(1_000_000));
    let lists = deep("[", "]");
    let column = format!("{{\"text\":\"A kite flies.\",\"deep\":{lists}}}\n");
    let as_text = format!("{{\"text\":{lists}}}\n");
    let as_note = format!("{{\"forum\":\"f\",\"content\":{{\"review\":{lists}}}}}\n");
    let objects = format!("{{\"notes\":[{}]}}", deep("{\"notes\":[", "]}"));
    let xml = format!("<PubmedArticleSet>{}", "<a>".repeat(1_000_000));
    let folder = folder_of(&[
        ("column.jsonl", column.as_bytes()),
        ("text.jsonl", as_text.as_bytes()),
        ("note.jsonl", as_note.as_bytes()),
        ("lists.json", lists.as_bytes()),
        ("objects.json", objects.as_bytes()),
        ("open.json", "[".repeat(5_000_000).as_bytes()),
        ("a.xml", xml.as_bytes()),
    ]);
    let run = dry_run(folder.path(), &["column.jsonl", "--by", "deep"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    refused(folder.path(), &["text.jsonl"], &["text.jsonl"]);
    refused(folder.path(), &["note.jsonl"], &["note.jsonl"]);
    refused(folder.path(), &["lists.json"], &["lists.json, line 1: a document must be a JSON object, found a list"]);
    refused(folder.path(), &["objects.json"], &["objects.json"]);
    refused(folder.path(), &["open.json"], &["open.json, line 1, column 5000000: not valid JSON"]);
    refused(folder.path(), &["a.xml"], &["a.xml, byte ", "elements are nested more than 256 deep"]);
}

#[test]
fn encodings_other_than_utf8() {
    let utf16 = |text: &str, little: bool| -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    let csv = "id,text\n1,A kite flies in the wind.\n";
    let folder = folder_of(&[
        ("le.csv", &[&[0xFF, 0xFE][..], &utf16(csv, true)].concat()),
        ("be.csv", &[&[0xFE, 0xFF][..], &utf16(csv, false)].concat()),
        ("bare-le.csv", &utf16(csv, true)),
        ("bare-be.csv", &utf16(csv, false)),
        ("zero.csv", b"id,text\n1,A \0kite\0 flies.\n"),
        ("zero.jsonl", b"{\"text\":\"A kite\"}\n{\"text\":\"A \0kite\"}\n"),
        ("mark.csv", "\u{FEFF}id,text\n1,A kite flies.\n".as_bytes()),
        ("latin.csv", b"id,text\n1,A caf\xE9 flies.\n"),
        ("latin.xml", b"<PubmedArticleSet><PubmedArticle><PMID>1\xE9</PMID></PubmedArticle></PubmedArticleSet>"),
    ]);
    for name in ["le.csv", "be.csv", "bare-le.csv", "bare-be.csv"] {
        refused(folder.path(), &[name], &[name, "the text is UTF-16, not UTF-8 [convert it: iconv"]);
    }
    refused(folder.path(), &["zero.jsonl"], &["zero.jsonl, line 2, column 11: not valid JSON: control character"]);
    refused(folder.path(), &["latin.csv", "--strict"], &["latin.csv, line 2, column `text`, byte 5: not UTF-8"]);
    refused(folder.path(), &["latin.xml"], &["latin.xml, byte ", "not valid PubMed XML"]);
    for (name, part) in
        [("zero.csv", "1: 1 sentence"), ("mark.csv", "id: id"), ("latin.csv", "not UTF-8: in 1 documents")]
    {
        let run = dry_run(folder.path(), &[name]);
        assert!(run.stdout.contains(part), "{name}: {} {}", run.stdout, run.stderr);
    }
}

#[test]
fn archives_made_to_hurt() {
    let bomb = bomb(700);
    let nested = zipped(&[("inner.zip", &zipped(&[("a.txt", b"A kite.")]))]);
    let paths = zipped(&[("../../out.csv", b"text\nA kite flies.\n"), ("/root.txt", b"A line breaks.")]);
    let mut damaged = zipped(&[("a.txt", "A kite flies in the wind. ".repeat(50).as_bytes())]);
    damaged[60] ^= 0x55;
    let whole = zipped(&[("a.txt", b"A kite.")]);
    let sheet = zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/big.xml", &vec![b' '; 300 << 20])]);
    let folder = folder_of(&[
        ("bomb.zip", &bomb),
        ("nested.zip", &nested),
        ("paths.zip", &paths),
        ("damaged.zip", &damaged),
        ("short.zip", &whole[..whole.len() - 10]),
        ("head.zip", b"PK\x03\x04"),
        ("big.xlsx", &sheet),
        ("none.xlsx", &whole),
        ("not.xlsx", b"A kite."),
    ]);
    refused(
        folder.path(),
        &["bomb.zip"],
        &["bomb.zip/a.jsonl: cannot read this archive: it unpacks to more than", "zip bomb"],
    );
    refused(
        folder.path(),
        &["nested.zip"],
        &["nested.zip: cannot read this archive: there is no file of a known format in it, among 1"],
    );
    refused(folder.path(), &["damaged.zip"], &["damaged.zip/a.txt: zip data is damaged after"]);
    refused(folder.path(), &["short.zip"], &["short.zip: cannot read this archive"]);
    refused(folder.path(), &["head.zip"], &["head.zip: cannot read this archive"]);
    refused(
        folder.path(),
        &["big.xlsx"],
        &["big.xlsx: the unpacked workbook is larger than 256 MiB [save the sheet as CSV]"],
    );
    refused(folder.path(), &["none.xlsx"], &["none.xlsx: cannot read this workbook"]);
    refused(folder.path(), &["not.xlsx"], &["not.xlsx: cannot read this archive"]);
    let before = fs::read_dir(folder.path()).unwrap().count();
    let run = dry_run(folder.path(), &["paths.zip"]);
    assert!(run.stdout.contains("documents: 2, 0 without text"), "{} {}", run.stdout, run.stderr);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), before);
    assert!(!folder.path().join("../../out.csv").exists() && !Path::new("/root.txt").exists());
}

/// An archive of one empty file, whose table of contents has these names for it and tells of `n_told` entries.
fn archive_telling(names: impl Iterator<Item = String>, n_told: u64) -> Vec<u8> {
    let numbers = |of_two: &[u16]| of_two.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    let mut archive = [&b"PK\x03\x04"[..], &numbers(&[20, 0, 0, 0, 0]), &[0; 12], &numbers(&[5, 0]), b"a.txt"].concat();
    let table_at = archive.len() as u64;
    for name in names {
        archive.extend(b"PK\x01\x02");
        archive.extend(numbers(&[20, 20, 0, 0, 0, 0]));
        archive.extend([0; 12]);
        archive.extend(numbers(&[name.len() as u16, 0, 0, 0, 0, 0, 0, 0, 0]));
        archive.extend(name.bytes());
    }
    let end_at = archive.len() as u64;
    archive.extend(b"PK\x06\x06");
    archive.extend(44_u64.to_le_bytes());
    archive.extend(numbers(&[45, 45, 0, 0, 0, 0]));
    [n_told, n_told, end_at - table_at, table_at].iter().for_each(|number| archive.extend(number.to_le_bytes()));
    archive.extend(b"PK\x06\x07\0\0\0\0");
    archive.extend(end_at.to_le_bytes());
    archive.extend(1_u32.to_le_bytes());
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([0xFF; 12]);
    archive.extend([0; 2]);
    archive
}

#[test]
fn archives_with_a_table_of_contents_made_to_hurt() {
    let names = |n: u64, end: &'static str| (0..n).map(move |number| format!("{number}{end}"));
    let long = (0..3000).map(|number| format!("{number:065000}.txt"));
    let folder = folder_of(&[
        ("whole.zip", &archive_telling(names(3, ".txt"), 3)),
        ("fewer.zip", &archive_telling(names(3, ".txt"), 1)),
        ("more.zip", &archive_telling(names(3, ".txt"), 400_000)),
        ("long.zip", &archive_telling(long, 3000)),
        ("huge.zip", &archive_telling(names(3_000_000, ""), 3_000_000)),
        ("hidden.zip", &archive_telling(names(3_000_000, ""), 1000)),
        ("most.zip", &archive_telling(names(500_000, ""), 500_000)),
        ("sheet.xlsx", &archive_telling(names(500_000, ""), 500_000)),
    ]);
    let run = dry_run(folder.path(), &["whole.zip"]);
    assert!(run.stdout.contains("documents: 3, 3 without text"), "{} {}", run.stdout, run.stderr);
    let fewer =
        "fewer.zip: cannot read this archive: its table of contents has more than the 1 entries that it declares";
    refused(folder.path(), &["fewer.zip"], &[fewer]);
    refused(folder.path(), &["more.zip"], &["more.zip: cannot read this archive"]);
    refused(
        folder.path(),
        &["long.zip"],
        &["long.zip: cannot read this archive: its names are longer than 128 MiB together"],
    );
    refused(folder.path(), &["huge.zip"], &["huge.zip: more than 500000 files [pack them: one JSON Lines file"]);
    refused(
        folder.path(),
        &["hidden.zip"],
        &["hidden.zip: cannot read this archive: its table of contents has more than the 1000"],
    );
    refused(
        folder.path(),
        &["most.zip"],
        &["most.zip: cannot read this archive: there is no file of a known format in it, among 500000"],
    );
    refused(folder.path(), &["sheet.xlsx"], &["sheet.xlsx: cannot read this workbook"]);
}

#[test]
fn compressed_files_cut_short() {
    let xml = format!("<PubmedArticleSet>{}", "<PubmedArticle><PMID>1</PMID></PubmedArticle>".repeat(20_000));
    let json = format!("[{}]", vec![r#"{"text":"A kite flies."}"#; 20_000].join(","));
    for (name, content) in [("a.xml.gz", xml), ("a.json.gz", json)] {
        let stored = gzip(content.as_bytes());
        let folder = folder_of(&[(name, &stored[..stored.len() * 3 / 4])]);
        refused(folder.path(), &[name], &[name, ": gzip data is cut short: it ends after "]);
    }
    let folder = folder_of(&[("a.xml", b"<PubmedArticleSet><PubmedArticle><PMID>1")]);
    refused(folder.path(), &["a.xml"], &["a.xml, byte 40: not valid PubMed XML: "]);
    let folder = folder_of(&[("a.xml", b"<html><body>A kite.</body></html>")]);
    refused(folder.path(), &["a.xml"], &["a.xml: this is a web page, which cannot be read [convert it: pandoc"]);
    let folder = folder_of(&[("a.xml", b"<kites><kite>A kite.</kite></kites>")]);
    refused(folder.path(), &["a.xml"], &["a.xml: no XML that can be read: it begins with <kites> [PubMed, JATS, TEI"]);
}

/// Every byte of the end of a parquet file and of its pages' heads, changed in several ways.
#[test]
fn parquet_files_that_lie() {
    use polars::prelude::{Column, DataFrame, NamedFrom, ParquetWriter, Series};
    let texts: Vec<String> = (0..40).map(|n| format!("Kite {n} flies.")).collect();
    let column = Column::from(Series::new("text".into(), texts));
    let mut whole = Vec::new();
    ParquetWriter::new(&mut whole).finish(&mut DataFrame::new(40, vec![column]).unwrap()).unwrap();
    let footer = u32::from_le_bytes(whole[whole.len() - 8..whole.len() - 4].try_into().unwrap()) as usize;
    let folder = folder_of(&[("a.parquet", &whole)]);
    assert!(dry_run(folder.path(), &["a.parquet"]).stdout.contains("documents: 40, 0 without text"));
    let places = (4..40).chain(whole.len() - 8 - footer..whole.len() - 4);
    for at in places.step_by(5) {
        for lie in [0xFF, 0x7E] {
            let mut lying = whole.clone();
            // A number that goes on: with the bytes after it, it becomes huge.
            lying[at] = lie;
            fs::write(folder.path().join("a.parquet"), &lying).unwrap();
            let run = run_after(folder.path(), "ulimit -v 4000000;", &["estimate", "--dry-run", "a.parquet"]);
            assert!(run.code == 0 || run.stderr.contains("a.parquet"), "byte {at}: {}", run.stderr);
        }
    }
}

#[cfg(unix)]
#[test]
fn bibliographies_and_papers_without_end() {
    let folder = folder_of(&[]);
    let prose = " flies in the wind".repeat((130 << 20) / 18);
    for (name, start, part) in [
        ("a.bib", "@misc{a, abstract = {A kite", "a.bib: an entry is larger than 128 MiB"),
        ("b.ris", "TY  - JOUR\nAB  - A kite", "b.ris: an entry is larger than 128 MiB"),
        ("c.xml", "<article><body><p>A kite", "c.xml: a paper is larger than 128 MiB"),
        ("d.xml", "<feed><title>A kite", "d.xml: a paper is larger than 128 MiB"),
    ] {
        fs::write(folder.path().join(name), format!("{start}{prose}")).unwrap();
        refused(folder.path(), &[name], &[part]);
    }
    let nested = format!("@misc{{a, abstract = {{A kite {}{}}}}}", "\\a{".repeat(1 << 20), "}".repeat(1 << 20));
    let chain = format!("@string{{a = a # a}}\n{}@misc{{a, abstract = a}}", "@string{a = a # a}\n".repeat(40));
    let folder = folder_of(&[("a.bib", nested.as_bytes()), ("b.bib", chain.as_bytes())]);
    assert_eq!(dry_run(folder.path(), &["a.bib"]).code, 0);
    refused(folder.path(), &["b.bib"], &["b.bib, line ", "its abbreviations are more than 16 MiB together"]);
    let around = format!("<collection>{}<paper/></collection>", "<volume id=\"a kite\"/>".repeat(100_000));
    let around = around.replace("/>", ">");
    let folder = folder_of(&[("a.xml", around.as_bytes())]);
    refused(
        folder.path(),
        &["a.xml"],
        &["a.xml, line 1: not valid XML of the ACL Anthology: elements are nested more than 256 deep"],
    );
}

#[test]
fn tar_archives_made_to_hurt() {
    let header = |name: &[u8], kind: u8, n_bytes: u64| {
        let mut header = tar::Header::new_gnu();
        header.as_old_mut().name[..name.len()].copy_from_slice(name);
        header.set_entry_type(tar::EntryType::new(kind));
        header.set_size(n_bytes);
        header.set_cksum();
        header.as_bytes().to_vec()
    };
    let long_name = [header(b"a", b'L', 300 << 20), vec![b'k'; 300 << 20]].concat();
    let cut = [header(b"a.txt", b'0', 4000), b"A kite.".to_vec()].concat();
    let link = [header(b"a.txt", b'2', 0), vec![0; 1024]].concat();
    let damaged = [header(b"a.txt", b'0', 5), vec![b'x'; 2048]].concat();
    let folder = folder_of(&[
        ("a.tar.gz", gzip(&long_name).as_slice()),
        ("b.tar", &cut),
        ("c.tar", &link),
        ("d.tar", &damaged),
        ("e.tar.gz", &gzip(&cut)[..60]),
    ]);
    for (name, part) in [
        ("a.tar.gz", "a.tar.gz: cannot read this archive: it has names of more than 128 MiB"),
        ("b.tar", "b.tar: cannot read this archive: "),
        ("c.tar", "c.tar: cannot read this archive: there is no file of a known format in it, among 1"),
        ("d.tar", "d.tar: cannot read this archive: "),
        ("e.tar.gz", "e.tar.gz: gzip data is cut short"),
    ] {
        refused(folder.path(), &[name], &[part]);
    }
    // A file of the archive's own choice is no file of this machine.
    let escaping = [header(b"../../a.txt", b'0', 7), [&b"A kite."[..], &[0; 505 + 1024]].concat()].concat();
    let folder = folder_of(&[("a.tar", &escaping)]);
    assert_eq!(dry_run(folder.path(), &["a.tar"]).code, 0);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn arrow_files_that_lie() {
    let seed = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds/arrow/table.feather")).unwrap();
    let start = b"ARROW1\0\0\xFF\xFF\xFF\xFF".to_vec();
    let large = [start, (2_000_000_000_u32).to_le_bytes().to_vec(), vec![0; 64]].concat();
    let folder = folder_of(&[("a.feather", &large), ("b.feather", &seed[..seed.len() / 3])]);
    refused(
        folder.path(),
        &["a.feather"],
        &["a.feather: cannot read this Arrow file: the description of a batch is larger"],
    );
    refused(folder.path(), &["b.feather"], &["b.feather: cannot read this Arrow file: "]);
    // Whatever byte is wrong, it ends in little memory.
    for at in (0..seed.len()).step_by(seed.len() / 40) {
        let mut changed = seed.clone();
        changed[at] ^= 0x55;
        read_bytes("c.feather", &changed, &ReadOptions { format: Some(Format::Arrow), ..ReadOptions::default() });
    }
}

#[test]
fn pipes_that_nobody_writes_to() {
    let folder = folder_of(&[("a.jsonl", b"{\"text\":\"A kite flies.\"}\n")]);
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe.jsonl")).status().unwrap().success());
    refused(folder.path(), &["pipe.jsonl"], &["pipe.jsonl: cannot be read: a pipe that nobody has written to"]);
    // In a folder it is no file, and passed over.
    let run = dry_run(folder.path(), &["."]);
    assert!(run.stdout.starts_with("a.jsonl: jsonl, 1 documents"), "{} {}", run.stdout, run.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder_of(&[]);
    let name = std::ffi::OsStr::from_bytes(b"k\xFFte.jsonl");
    fs::write(folder.path().join(name), "{\"text\":\"A kite flies.\"}\n").unwrap();
    let run = dry_run(folder.path(), &["."]);
    assert!(run.stdout.starts_with("k\u{FFFD}te.jsonl: jsonl, 1 documents"), "{} {}", run.stdout, run.stderr);
}

#[test]
fn many_small_files() {
    let folder = folder_of(&[]);
    for number in 0..20_000 {
        fs::write(folder.path().join(format!("{number}.txt")), "A kite flies in the wind.").unwrap();
    }
    let run = dry_run(folder.path(), &["."]);
    assert!(run.stdout.contains("documents: 20000, 0 without text"), "{} {}", run.stdout, run.stderr);
    println!("{} MiB for 20,000 files", run.peak_mib);
    let one = dry_run(folder.path(), &["0.txt"]).peak_mib;
    // What half a million would take, which is the most that is let in.
    assert!((run.peak_mib - one) * 25 <= MAX_MIB, "{} MiB, {one} for one", run.peak_mib);
}

#[cfg(target_os = "linux")]
#[test]
fn results_are_whole_or_absent_where_space_runs_out() {
    let text: String =
        (0..2000).map(|n| format!("{{\"text\":\"Kite {n} flies in the wind, and lands.\"}}\n")).collect();
    let folder = folder_of(&[("a.jsonl", text.as_bytes()), ("a.parquet.gz", &gzip(&vec![b'x'; 5 << 20]))]);
    let limited = "trap '' XFSZ; ulimit -f 1;";
    let fit = ["fit", "--human", "a.jsonl", "--llm", "kite=a.jsonl", "-o", "out.json"];
    let run = run_after(folder.path(), limited, &fit);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(!folder.path().join("out.json").exists());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    // The copy that a compressed parquet file is read from has no space either.
    let run = run_after(folder.path(), limited, &["estimate", "--dry-run", "a.parquet.gz"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("a.parquet.gz: cannot be read: no space for a temporary copy of it"), "{}", run.stderr);
    let run = run_after(folder.path(), "exec >/dev/full;", &["estimate", "--dry-run", "a.jsonl"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("No space left"), "{}", run.stderr);
}

/// What readers make of bytes; anything but a panic will do.
fn read_bytes(name: &str, content: &[u8], options: &ReadOptions) {
    let folder = folder_of(&[(name, content)]);
    let path = folder.path().join(name).to_str().unwrap().to_owned();
    let _ = read_corpus(&find_inputs(&[path]).unwrap(), options, &mut |_| Ok(()));
}

/// Starts that lead a reader further into its format.
const STARTS: [&[u8]; 14] = [
    b"",
    b"{\"forum\":\"f\",\"invitation\":\"V/-/Official_Review\",\"content\":{\"review\":\"A kite\",",
    b"{\"forum\":\"f\",\"invitations\":[\"V/-/Official_Review\"],\"content\":{\"review\":{\"value\":\"A kite\"}},",
    b"{\"notes\":[{\"forum\":\"f\",\"content\":{",
    b"{\"title\":\"t\",\"reviews\":[{\"comments\":\"A kite\",",
    b"{\"abstract\":\"A kite\",\"categories\":\"cs\",\"versions\":[{\"created\":\"",
    b"{\"paper_id\":\"1\",\"body_text\":[{\"text\":\"A {{",
    b"{\"corpusid\":1,\"content\":{\"text\":\"\xC3\xA4 kite\",\"annotations\":{\"paragraph\":\"[{\\\"start\\\":1,\\\"end\\\":",
    b"[{\"text\":\"",
    b"<PubmedArticleSet><PubmedArticle><Abstract><AbstractText>",
    b"id,text\n1,\"",
    b"PK\x03\x04\x14\x00\x00\x00\x08\x00",
    b"PAR1",
    b"A kite\x0C1\n",
];
/// Pieces that formats are made of.
const PIECES: [&str; 22] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "\\u",
    "\\ud83d",
    "\\",
    "\n",
    "<",
    ">",
    "</AbstractText>",
    "</PubmedArticle>",
    "&",
    ";",
    "\u{C}",
    "}}",
    "null",
    "1e999",
    "-\na",
];

fn noise() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..8),
        proptest::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        "[a-z ]{0,6}".prop_map(String::into_bytes),
    ];
    let pieces = proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat());
    (proptest::sample::select(&STARTS[..]), pieces).prop_map(|(start, rest)| [start, &rest].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn no_bytes_make_a_reader_panic(content in noise(), strict: bool) {
        let columns = ["date", "rating", "deep"].map(str::to_owned).to_vec();
        let options = ReadOptions { optional_columns: columns, strict, ..ReadOptions::default() };
        read_bytes("a.bin", &content, &options);
        for format in Format::ALL {
            read_bytes("a.bin", &content, &ReadOptions { format: Some(format), ..options.clone() });
        }
        for layout in Layout::ALL {
            read_bytes("a.json", &content, &ReadOptions { layout: Some(layout), ..options.clone() });
        }
    }
}
