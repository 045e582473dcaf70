//! Inputs that broke something, each with a test named after the bug. All lie in `found/`, as `TARGET-what-is-in-it`.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use llm_prevalence::corpus::{Format, ReadOptions};

use llm_prevalence::prose;
use llm_prevalence::score::store::read_score_table;
use polars::prelude::{AnyValue, Series};

use super::fuzz::TARGETS;
use super::{files, fuzz, replay, seeds};

/// Whether the target of this input reads it, rather than refuse it.
fn is_read(name: &str) -> bool {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed/found");
    let (target, _) = name.split_once('-').unwrap();
    let target = TARGETS.iter().find(|known| known.0 == target).unwrap().1;
    replay(target, &folder.join(name))
}

#[test]
fn every_input_has_a_test() {
    let tests = include_str!("found.rs");
    for path in files("tests/fuzzed/found") {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(tests.contains(&format!("\"{name}\"")), "{name}: no test names it");
    }
}

/// Latin-1 in the header of a CSV file was replaced, and nobody was told.
#[test]
fn replaced_bytes_in_a_header_are_counted() {
    assert!(is_read("delimited-header-in-latin-1.csv"));
    let content = fs::read(
        files("tests/fuzzed/found").iter().find(|path| path.ends_with("delimited-header-in-latin-1.csv")).unwrap(),
    );
    let options = ReadOptions::default().format(Format::Csv);
    let (documents, summary) = fuzz::read("a.csv", &content.unwrap(), &options).unwrap();
    assert_eq!((documents.len(), summary.n_invalid_utf8), (1, 1));
}

/// A cell in column 321,272,406 took 7.7 GB and ended the process. Found while the target was written.
#[test]
fn a_cell_in_a_far_column_is_refused() {
    assert!(!is_read("xlsx-cell-in-a-far-column.xml"));
}

/// A table of strings that says it has 233 thousand million made room for them, and the process ended.
#[test]
fn more_strings_than_there_is_room_for_are_refused() {
    assert!(!is_read("xlsx-strings-without-end.xml"));
    assert!(!is_read("xlsx-strings-without-end-after-a-wrong-tag.xml"));
}

/// polars reserves what a page's header says, and ends the process where there is not as much: 2 EiB for -1 values.
#[test]
fn a_page_of_a_negative_size_is_refused() {
    assert!(!is_read("occurrences-page-of-negative-size.parquet"));
}

/// The same with 3.4 GB.
#[test]
fn a_page_of_gigabytes_is_refused() {
    assert!(!is_read("scores-page-of-gigabytes.parquet"));
}

/// A missing score was read as NaN, a missing key as that of another document. Found while the target was written.
#[test]
fn a_row_without_a_score_or_a_document_is_refused() {
    let stored = seeds::score_table();
    let refusal = |at: usize, hole: AnyValue<'static>| {
        let bytes = seeds::rewritten(&stored, |frame| {
            let column = frame.columns()[at].as_materialized_series().clone();
            let values = (0..column.len()).map(|row| if row == 3 { hole.clone() } else { column.get(row).unwrap() });
            let values: Vec<AnyValue<'_>> = values.collect();
            let holed = Series::from_any_values(column.name().clone(), &values, true).unwrap();
            frame.replace_column(at, holed.cast(column.dtype()).unwrap().into()).unwrap();
        });
        assert!(!fuzz::scores(&bytes));
        fuzz::with_file("a.parquet", &bytes, |path| read_score_table(path).unwrap_err().to_string())
    };
    // The key, the year, the score.
    assert!(refusal(0, AnyValue::Null).contains("damaged score table: row 4 lacks the key of its document"));
    for hole in [AnyValue::Null, AnyValue::Float32(f32::NAN), AnyValue::Float32(f32::INFINITY)] {
        let refusal = refusal(2, hole);
        assert!(refusal.contains("damaged score table: row 4 lacks a score"), "{refusal}");
    }
}

/// A mark or a joiner after what was cut made one word of the word before and itself.
#[test]
fn a_joiner_after_a_cut_is_no_part_of_the_word_before_it() {
    assert!(is_read("prose-joiner-after-a-link.md"));
    let text = "See [a link](http://a.b/c)\u{200d} of kites.\n";
    assert_eq!(prose::cut(text, &mut prose::Tally::default()), "See [a link of kites.\n");
}

/// A lost ligature before characters that nobody sees was kept, and became letters once they were gone.
#[test]
fn a_lost_ligature_before_invisible_characters_is_read() {
    assert!(is_read("prose-ligature-before-nul.txt"));
}

/// polars reserves what a list in the metadata says it has: 12 and 23 GB.
#[test]
fn a_list_of_gigabytes_in_the_metadata_is_refused() {
    assert!(!is_read("scores-list-of-gigabytes.parquet"));
    assert!(!is_read("occurrences-list-of-gigabytes.parquet"));
}

/// A list in the metadata that went on after the end of the file took half a minute.
#[test]
fn a_list_without_end_in_the_metadata_is_refused_at_once() {
    let start = Instant::now();
    assert!(!is_read("parquet-list-without-end.parquet"));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}
