//! Outputs that would replace what is read, and places that cannot be written; all are refused before the work.

use std::fs;

use super::*;

/// Asserts that the command is refused because of `file`, and that all files are as before.
fn keeps(place: &Place, line: &str, file: &str) {
    let all = || place.names().into_iter().filter(|name| place.path(name).is_file());
    let before: Vec<(String, Vec<u8>)> = all().map(|name| (name.clone(), place.read(&name))).collect();
    let part = format!("{file}: this file is also read; the output would replace it [name another place]");
    refused(place, line, &[&part]);
    let after: Vec<(String, Vec<u8>)> = all().map(|name| (name.clone(), place.read(&name))).collect();
    assert!(before == after, "{line}: files have changed");
}

#[test]
fn an_output_that_is_an_input_is_refused() {
    let place = ready();
    place.write("inner/a.jsonl", place.read("target.jsonl"));
    for (line, file) in [
        ("estimate target.jsonl --reference toy.json -o target.jsonl", "target.jsonl"),
        ("estimate target.jsonl --reference toy.json -o inner/../target.jsonl", "inner/../target.jsonl"),
        ("estimate target.jsonl --reference toy.json --dry-run -o target.jsonl", "target.jsonl"),
        ("estimate inner --reference toy.json -o inner/a.jsonl", "inner/a.jsonl"),
        ("estimate i*/a.jsonl --reference toy.json -o inner/a.jsonl", "inner/a.jsonl"),
        ("estimate target.jsonl --reference toy.json --control human.jsonl -o human.jsonl", "human.jsonl"),
        ("estimate target.jsonl --reference toy.json -o toy.json", "toy.json"),
        ("check target.jsonl --reference toy.json --max 0.5 --junit target.jsonl", "target.jsonl"),
        ("check target.jsonl --reference toy.json --max 0.5 -o target.jsonl", "target.jsonl"),
        ("fit --human human.jsonl --llm toy=llm.jsonl -o human.jsonl", "human.jsonl"),
        ("fit --human human.jsonl --llm toy=llm.jsonl -o llm.jsonl", "llm.jsonl"),
        ("validate --human human.jsonl --llm toy=llm.jsonl -o llm.jsonl", "llm.jsonl"),
        ("validate --human human.jsonl --llm toy=llm.jsonl --reference toy.json -o toy.json", "toy.json"),
        ("reference lint --human human.jsonl --llm toy=llm.jsonl -o human.jsonl", "human.jsonl"),
    ] {
        keeps(&place, line, file);
    }
}

#[test]
fn a_score_table_that_is_an_input_is_refused() {
    let place = ready();
    place.line("score target.jsonl --reference toy.json -o scores.parquet").ok();
    keeps(&place, "estimate scores.parquet --reference toy.json -o scores.parquet", "scores.parquet");
    keeps(&place, "score scores.parquet --reference toy.json -o scores.parquet", "scores.parquet");
    keeps(&place, "score scores.parquet --reference toy.json --words scores.parquet", "scores.parquet");
}

#[test]
fn the_baseline_and_the_policy_are_not_replaced() {
    let place = ready();
    place.write("last.json", "{}");
    place.write("llm-prevalence.toml", "max_increase = 0.1\nreference = \"toy.json\"\nbaseline = \"last.json\"\n");
    keeps(&place, "check target.jsonl -o last.json", "last.json");
    keeps(&place, "check target.jsonl --junit llm-prevalence.toml", "llm-prevalence.toml");
    keeps(&place, "check --show-policy -o llm-prevalence.toml", "llm-prevalence.toml");
}

#[test]
fn a_report_does_not_replace_what_is_read() {
    let place = ready();
    place.write("out/trend.json", place.read("target.jsonl"));
    place.write("out/words.json", place.read("target.jsonl"));
    keeps(&place, "trend out/trend.json --reference toy.json -o out", "out/trend.json");
    keeps(&place, "words out --reference none -o out", "out/words.json");
}

#[cfg(unix)]
#[test]
fn links_do_not_hide_that_an_output_is_an_input() {
    let place = ready();
    std::os::unix::fs::symlink(place.path("target.jsonl"), place.path("link.jsonl")).unwrap();
    keeps(&place, "estimate link.jsonl --reference toy.json -o target.jsonl", "target.jsonl");
}

#[test]
fn places_that_cannot_be_written_are_refused_before_the_work() {
    let place = ready();
    fs::create_dir(place.path("folder")).unwrap();
    let before = place.names();
    // What is read does not exist: that the place is named first shows that nothing was read.
    let estimate = "estimate nowhere.jsonl -o";
    for (line, part) in [
        (
            format!("{estimate} nowhere/x.json"),
            "nowhere/x.json: there is no folder nowhere [make it first, or name another place]",
        ),
        (format!("{estimate} folder"), "folder: this is a folder [name a file in it]"),
        (format!("{estimate} new/"), "new/: this is a folder [name a file in it]"),
        (
            format!("{estimate} toy.json/x.json"),
            "toy.json/x.json: toy.json is a file, not a folder [name another place]",
        ),
        ("check nowhere.jsonl --max 0.2 --junit no/j.xml".to_owned(), "no/j.xml: there is no folder no "),
        ("check nowhere.jsonl --max 0.2 --junit a -o ./a".to_owned(), "a: named by both -o and --junit"),
        ("score nowhere.jsonl --words no/w.parquet".to_owned(), "no/w.parquet: there is no folder no "),
        ("fit --human nowhere.jsonl --llm toy=llm.jsonl -o no/x".to_owned(), "no/x: there is no folder no "),
        ("validate --human nowhere.jsonl --llm a=b --figure no/x.svg".to_owned(), "no/x.svg: there is no folder no "),
        ("reference lint --human nowhere.jsonl --llm a=b -o no/x".to_owned(), "no/x: there is no folder no "),
        ("trend nowhere.jsonl -o toy.json/x".to_owned(), "-o toy.json/x: toy.json is a file, but the report needs"),
    ] {
        refused(&place, &line, &[part]);
    }
    assert_eq!(place.names(), before);
}
