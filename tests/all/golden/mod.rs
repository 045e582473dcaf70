//! What the tool prints and how it ends, word for word, in `cases/`.
//!
//! A change that is meant is written there by `INSTA_UPDATE=always cargo test --test all golden`, and looked at in the diff. Numbers are cut
//! to six decimals, hashes and the version taken out: that they are the same bits everywhere is for other tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;

use crate::cli::tool::commands;
use crate::common::{Doc, Place, Run, Writer, fitted, jsonl};

/// Cases whose numbers come from the shipped references: these are written anew when the references are.
const SHIPPED: [(&str, &str); 4] = [
    ("shipped-estimate", "estimate corpora/examples/llm-reviews.jsonl"),
    ("shipped-check", "check corpora/examples/llm-reviews.jsonl --max 0.05 --misfit ignore"),
    ("shipped-trend", "trend corpora/peer-reviews.scores.parquet --by venue"),
    ("reference-list", "reference list"),
];

/// Cases with a reference and texts that are made here.
const TOY: [(&str, &str); 30] = [
    ("estimate", "estimate years.jsonl --reference toy.json --by year"),
    ("estimate-json", "estimate years.jsonl --reference toy.json --output json"),
    ("estimate-csv", "estimate years.jsonl --reference toy.json --by year --output csv"),
    ("estimate-markdown", "estimate years.jsonl --reference toy.json --by year --output markdown"),
    ("estimate-control", "estimate years.jsonl --reference toy.json --by year --control human.jsonl --band"),
    ("estimate-liang", "estimate years.jsonl --reference toy.json --method liang"),
    ("estimate-dry-run", "estimate years.jsonl --reference toy.json --by year --dry-run"),
    ("estimate-dry-run-json", "estimate years.jsonl --reference toy.json --by year --dry-run --output json"),
    ("check-pass", "check years.jsonl --reference toy.json --max 0.5"),
    ("check-fail", "check years.jsonl --reference toy.json --by year --max 0.1"),
    ("check-inconclusive", "check years.jsonl --reference toy.json --max 0.15 --inconclusive fail"),
    ("check-json", "check years.jsonl --reference toy.json --max 0.1 --output json"),
    ("check-markdown", "check years.jsonl --reference toy.json --by year --max 0.1 --power --output markdown"),
    ("check-policy", "check years.jsonl --reference toy.json --max 0.1 --show-policy"),
    ("trend", "trend years.jsonl --reference toy.json"),
    ("trend-json", "trend years.jsonl --reference toy.json --output json"),
    ("trend-csv", "trend years.jsonl --reference toy.json --output csv"),
    ("trend-markdown", "trend years.jsonl --reference toy.json --output markdown"),
    ("words", "words years.jsonl --reference toy.json --top 5"),
    ("words-json", "words years.jsonl --reference toy.json --top 2 --output json"),
    ("words-csv", "words years.jsonl --reference toy.json --top 2 --output csv"),
    ("words-markdown", "words years.jsonl --reference toy.json --top 2 --output markdown"),
    ("fit", "fit --human human.jsonl --llm toy=llm.jsonl -o again.json"),
    ("score", "score years.jsonl --reference toy.json --by year -o years.scores.parquet"),
    ("validate", "validate --human human.jsonl --llm toy=llm.jsonl --alphas 0,0.3 --sizes 200 --replicates 5"),
    (
        "validate-json",
        "validate --human human.jsonl --llm toy=llm.jsonl --alphas 0,0.3 --sizes 200 --replicates 5 --output json",
    ),
    ("reference-show", "reference show toy.json"),
    ("reference-lint", "reference lint --human human.jsonl --llm toy=llm.jsonl"),
    ("reference-lint-json", "reference lint --human human.jsonl --llm toy=llm.jsonl --output json"),
    ("reference-lint-markdown", "reference lint --human human.jsonl --llm toy=llm.jsonl --output markdown"),
];

/// What ends badly, and what it says.
const REFUSED: [&str; 12] = [
    "",
    "judge",
    "estimate",
    "estimate years.jsonl --reference nowhere",
    "estimate nowhere.jsonl --reference toy.json",
    "estimate years.jsonl --reference toy.json --by venue",
    "estimate years.jsonl --reference years.jsonl",
    "estimate toy.json --reference toy.json --text-field body",
    "check years.jsonl --reference toy.json",
    "trend years.jsonl --reference toy.json --date-field text",
    "words years.jsonl --reference toy.json --rank best",
    "fit --human human.jsonl -o again.json",
];

/// A folder with `human.jsonl`, `llm.jsonl`, `toy.json` and `years.jsonl`: 0, 0, 20 and 40 % by the LLM.
fn place() -> Place {
    let place = fitted();
    let mut writer = Writer::new(91);
    let years = [("2020", 0.0), ("2021", 0.0), ("2023", 0.2), ("2024", 0.4)];
    let of_year = |(year, alpha): (&str, f64)| -> Vec<Doc> {
        let mut documents = writer.mixture(alpha, 80, year);
        documents.iter_mut().for_each(|document| document.year = Some(year.to_owned()));
        documents
    };
    place.write("years.jsonl", jsonl(&years.into_iter().flat_map(of_year).collect::<Vec<Doc>>()));
    place
}

/// The command, how it ended, and what it printed.
fn told(line: &str, run: &Run) -> String {
    let mut text = format!("$ llm-prevalence {line}\n");
    text += &run.stdout;
    run.stderr.lines().for_each(|line| text += &format!("stderr: {line}\n"));
    text += &format!("exit code {}\n", run.code);
    let hashes = Regex::new(r"\b([0-9a-f]{64}|[0-9a-f]{12})\b").unwrap().replace_all(&text, "[HASH]");
    let decimals = Regex::new(r"(\.\d{6})\d+").unwrap().replace_all(&hashes, "$1");
    decimals.replace(env!("CARGO_PKG_VERSION"), "[VERSION]")
}

fn assert_as_before(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("cases");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn help() {
    let place = Place::new();
    for command in std::iter::once(String::new()).chain(commands()) {
        let line = format!("{command} --help").trim().to_owned();
        let name = format!("help {command}").trim().replace(' ', "-");
        assert_as_before(&name, &told(&line, &place.line(&line)));
    }
}

#[test]
fn results() {
    let place = place();
    TOY.iter().for_each(|(name, line)| assert_as_before(name, &told(line, &place.line(line))));
}

#[test]
fn results_with_what_is_shipped() {
    let place = Place::new();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in ["corpora/examples/llm-reviews.jsonl", "corpora/peer-reviews.scores.parquet"] {
        place.write(file, fs::read(shipped.join(file)).unwrap());
    }
    SHIPPED.iter().for_each(|(name, line)| assert_as_before(name, &told(line, &place.line(line))));
}

#[test]
fn refusals() {
    let place = place();
    assert_as_before("refused", &REFUSED.map(|line| told(line, &place.line(line))).join("\n"));
}

/// A file that no case has is taken out; a case that has no file fails by itself.
#[test]
fn every_file_is_of_a_case() {
    let named = |command: String| format!("help-{}", command.replace(' ', "-"));
    let help = std::iter::once("help".to_owned()).chain(commands().into_iter().map(named));
    let others = TOY.iter().chain(&SHIPPED).map(|(name, _)| *name).chain(["refused"]).map(str::to_owned);
    let cases: BTreeSet<String> = help.chain(others).map(|name| format!("{name}.snap")).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/golden/cases");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let others: Vec<String> = files.filter(|name| name.ends_with(".snap") && !cases.contains(name)).collect();
    assert!(others.is_empty(), "{others:?}");
}
