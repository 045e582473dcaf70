//! Arguments that are refused, and failures that leave nothing half-written.

use std::fs;

use super::*;

#[test]
fn arguments_that_make_no_sense() {
    let place = ready();
    let fit = "fit --human human.jsonl -o x.json --llm";
    refused(&place, &format!("{fit} llm.jsonl"), &["--llm llm.jsonl: a name and a path are needed, such as"]);
    refused(&place, &format!("{fit} =llm.jsonl"), &["--llm =llm.jsonl: an LLM source needs a name of its own"]);
    refused(
        &place,
        &format!("{fit} human=llm.jsonl"),
        &["--llm human=llm.jsonl: an LLM source needs a name of its own"],
    );
    refused(&place, &format!("{fit} toy=nowhere.jsonl"), &["nowhere.jsonl: no such file or folder"]);
    refused(&place, &format!("{fit} toy=llm.jsonl --hold-out 1"), &["--hold-out", "a share is from 0 to below 1"]);
    refused(&place, &format!("{fit} toy=llm.jsonl --folds 1"), &["--folds", "2..=100"]);
    refused(&place, "fit --human human.jsonl -o x.json", &["--llm"]);
    let estimate = "estimate target.jsonl --reference toy.json";
    for level in ["2", "0.3", "1", "nan", "much"] {
        refused(&place, &format!("{estimate} --level {level}"), &["--level"]);
    }
    refused(&place, &format!("{estimate} --level 2"), &["a level is from 0.5 to below 1, such as 0.95"]);
    refused(&place, &format!("{estimate} --threads 0"), &["--threads 0: at least one thread is needed"]);
    refused(&place, &format!("{estimate} --format docx"), &["docx", "parquet, csv, tsv, json, jsonl, text"]);
    refused(
        &place,
        &format!("{estimate} --held-out"),
        &["reference \"toy\" was fitted on everything", "`fit --hold-out SHARE`"],
    );
    refused(&place, &format!("{estimate} --bogus"), &["--bogus"]);
    refused(&place, "score target.jsonl --reference toy.json", &["-o <FILE>"]);
    refused(
        &place,
        "score target.jsonl --reference toy.json --sample 0 -o x.parquet",
        &["--sample", "0 is not in 1.."],
    );
    refused(&place, "completions tcl", &["tcl"]);
}

#[test]
fn a_result_that_cannot_be_written_leaves_nothing_behind() {
    let place = ready();
    let before = place.names();
    for line in [
        "estimate target.jsonl --reference toy.json -o nowhere/result",
        "score target.jsonl --reference toy.json -o nowhere/result.parquet",
        "fit --human human.jsonl --llm toy=llm.jsonl -o nowhere/result",
    ] {
        refused(&place, line, &["there is no folder nowhere [make it first, or name another place]"]);
    }
    // A folder in the place of the file.
    fs::create_dir(place.path("folder")).unwrap();
    refused(
        &place,
        "estimate target.jsonl --reference toy.json -o folder",
        &["folder: this is a folder [name a file in it]"],
    );
    fs::remove_dir(place.path("folder")).unwrap();
    assert_eq!(place.names(), before);
}

#[test]
fn a_failure_keeps_the_file_that_was_there() {
    let place = ready();
    place.write("result", "old");
    place.write("result.parquet", "old");
    let before = place.names();
    refused(&place, "estimate target.jsonl --reference toy.json --by venue -o result", &["venue"]);
    refused(&place, "score target.jsonl nowhere.jsonl --reference toy.json -o result.parquet", &["nowhere.jsonl"]);
    refused(&place, "fit --human human.jsonl --llm toy=nowhere.jsonl -o result", &["nowhere.jsonl"]);
    assert_eq!(place.read("result"), b"old");
    assert_eq!(place.read("result.parquet"), b"old");
    assert_eq!(place.names(), before);
}

#[test]
fn what_would_mislead_is_refused() {
    let place = fitted_with("--hold-out 0.2 --split-by paper");
    place.write("target.jsonl", "{\"text\":\"ba be bi bo bu ba be\"}\n".repeat(100));
    let line = "estimate target.jsonl --reference toy.json";
    refused(&place, &format!("{line} --held-out"), &["--held-out: the fit was split by paper"]);
    refused(&place, &format!("{line} --by text --by text"), &["--by text: named twice"]);
    refused(&place, "score target.jsonl --by document -o t.parquet", &["--by document", "rename the column"]);
    refused(&place, "score target.jsonl --by log_ratio_llm -o t.parquet", &["--by log_ratio_llm"]);
    refused(&place, "fit --human human.jsonl --llm a=human.jsonl -o x.json", &["human.jsonl", "human and as LLM text"]);
    assert!(!place.path("x.json").exists() && !place.path("t.parquet").exists());
}
