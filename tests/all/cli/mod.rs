//! What the commands print, write and refuse, from fit to estimate, on invented text.

mod band;
mod check;
mod check_policy;
mod control;
mod errors_arguments;
mod errors_files;
mod errors_input;
mod errors_places;
mod estimate;
mod input;
mod lint;
mod output;
mod prose;
mod score;
mod sources_estimate;
mod sources_fit;
pub mod tool;
mod trend;
mod unit;
mod validate;
mod words;

use std::collections::BTreeMap;
use std::fs::File;

use crate::common::{
    Author, Doc, N_EACH, N_HUMAN, N_LLM, Place, Run, Writer, fitted, fitted_on_several, fitted_with, gzip, jsonl,
    jsonl_by_maker, number, run_with,
};
use polars::prelude::{Column, DataFrame, ParquetWriter};
use serde_json::Value;

/// Documents of the targets here.
const N_TARGET: usize = 300;

/// A folder with a reference and `target.jsonl`, a mixture of known alpha that the reference has not seen.
fn with_target(alpha: f64) -> Place {
    let place = fitted();
    place.write("target.jsonl", jsonl(&Writer::new(2).mixture(alpha, N_TARGET, "t")));
    place
}

/// A folder with a reference and a target that could be estimated.
fn ready() -> Place {
    let place = fitted();
    place.write("target.jsonl", jsonl(&Writer::new(2).mixture(0.3, 60, "t")));
    place
}

fn estimate(place: &Place, rest: &str) -> Value {
    place.line(&format!("estimate --reference toy.json --output json {rest}")).json()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn without_input(mut estimate: Value) -> Value {
    estimate.as_object_mut().unwrap().remove("input").unwrap();
    estimate["estimates"].as_array_mut().unwrap().iter_mut().for_each(remove_words);
    estimate
}

/// Removes from a row what a score table cannot tell, as it has no words.
fn remove_words(row: &mut Value) {
    row.as_object_mut().unwrap().remove("misfit_words").unwrap();
}

/// A CSV's rows, each with its cells by the names of their columns.
fn csv_rows(text: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// The cells of a line of a table.
fn cells(line: &str) -> Vec<&str> {
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
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

fn write_frame(place: &Place, name: &str, columns: Vec<Column>) {
    let height = columns[0].len();
    let mut frame = DataFrame::new(height, columns).unwrap();
    ParquetWriter::new(File::create(place.path(name)).unwrap()).finish(&mut frame).unwrap();
}
