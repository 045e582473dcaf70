//! Input that is broken, huge or made to hurt ends in a clear error or a counted skip, in little memory.

mod packed;

use std::fs::{self, File};
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{folder_of, gzip, zipped};
use crate::read_noise::read_bytes;
use llm_prevalence::corpus::{Format, ReadOptions};

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
        ("plain.csv", csv.as_bytes()),
        ("le.csv", &[&[0xFF, 0xFE][..], &utf16(csv, true)].concat()),
        ("be.csv", &[&[0xFE, 0xFF][..], &utf16(csv, false)].concat()),
        ("bare-le.csv", &utf16(csv, true)),
        ("bare-be.csv", &utf16(csv, false)),
        ("zero.csv", b"id,text\n1,A \0kite\0 flies.\n"),
        ("zero.jsonl", b"{\"text\":\"A kite\"}\n{\"text\":\"A \0kite\"}\n"),
        ("mark.csv", "\u{FEFF}id,text\n1,A kite flies.\n".as_bytes()),
        ("half.csv", &[&utf16("id,text\n1,A kite", true)[..], &[0x3D, 0xD8], &utf16(" flies.\n", true)].concat()),
        ("latin.csv", b"id,text\n1,A caf\xE9 flies.\n"),
        ("latin.xml", b"<PubmedArticleSet><PubmedArticle><PMID>1\xE9</PMID></PubmedArticle></PubmedArticleSet>"),
    ]);
    for name in ["le.csv", "be.csv", "bare-le.csv", "bare-be.csv"] {
        let (run, plain) = (dry_run(folder.path(), &[name]), dry_run(folder.path(), &["plain.csv"]));
        assert_eq!(run.stdout.replace(name, "plain.csv"), plain.stdout, "{name}: {}", run.stderr);
    }
    refused(folder.path(), &["latin.csv", "--strict"], &["latin.csv, line 2, column `text`, byte 5: not UTF-8"]);
    refused(folder.path(), &["half.csv", "--strict"], &["half.csv, line 2, column `text`, byte 6: not UTF-8"]);
    refused(folder.path(), &["latin.xml"], &["latin.xml, byte ", "not valid PubMed XML"]);
    for (name, part) in [
        ("zero.csv", "1: 1 sentence"),
        ("zero.jsonl", "documents: 2, 0 without text"),
        ("mark.csv", "id: id"),
        ("latin.csv", "not UTF-8: in 1 document"),
        ("half.csv", "not UTF-8: in 1 document"),
    ] {
        let run = dry_run(folder.path(), &[name]);
        assert!(run.stdout.contains(part), "{name}: {} {}", run.stdout, run.stderr);
    }
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
        read_bytes("c.feather", &changed, &ReadOptions::default().format(Format::Arrow));
    }
}

#[test]
fn pipes_that_nobody_writes_to() {
    let folder = folder_of(&[("a.jsonl", b"{\"text\":\"A kite flies.\"}\n")]);
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe.jsonl")).status().unwrap().success());
    refused(folder.path(), &["pipe.jsonl"], &["pipe.jsonl: cannot be read: a pipe that nobody has written to"]);
    // In a folder it is no file, and passed over.
    let run = dry_run(folder.path(), &["."]);
    assert!(run.stdout.starts_with("a.jsonl: jsonl, 1 document"), "{} {}", run.stdout, run.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder_of(&[]);
    let name = std::ffi::OsStr::from_bytes(b"k\xFFte.jsonl");
    fs::write(folder.path().join(name), "{\"text\":\"A kite flies.\"}\n").unwrap();
    let run = dry_run(folder.path(), &["."]);
    assert!(run.stdout.starts_with("k\u{FFFD}te.jsonl: jsonl, 1 document"), "{} {}", run.stdout, run.stderr);
}

#[test]
fn many_small_files() {
    let folder = folder_of(&[]);
    for number in 0..20_000 {
        fs::write(folder.path().join(format!("{number}.txt")), "A kite flies in the wind.").unwrap();
    }
    let run = dry_run(folder.path(), &["."]);
    assert!(run.stdout.contains("documents: 20,000, 0 without text"), "{} {}", run.stdout, run.stderr);
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
