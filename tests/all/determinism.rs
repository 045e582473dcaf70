//! The same texts, seed and version give the same bytes: whatever the threads, the files' order and the lines' order.

use crate::common::{Author, Place, Writer, fitted, jsonl, jsonl_by_maker};
use llm_prevalence::reference::Reference;
use llm_prevalence::reference::embedded::EMBEDDED;
use serde_json::Value;

/// A folder with two human and two LLM files, and a target in two files of which `xyz.jsonl` sorts last.
fn corpora() -> Place {
    let place = fitted();
    let mut writer = Writer::new(11);
    for (name, author, n) in [
        ("h1.jsonl", Author::Human, 130),
        ("h2.jsonl", Author::Human, 90),
        ("l1.jsonl", Author::Llm, 90),
        ("l2.jsonl", Author::Llm, 70),
    ] {
        place.write(name, jsonl(&writer.documents(author, n, name)));
    }
    place.write("o1.jsonl", jsonl(&Writer::new(15).documents(Author::Other, 120, "o1")));
    place.write("target.jsonl", jsonl(&writer.mixture(0.3, 150, "t")));
    place.write("xyz.jsonl", jsonl(&writer.mixture(0.1, 100, "u")));
    place
}

fn fit(place: &Place, arguments: &str) -> Vec<u8> {
    place.line(&format!("fit {arguments} --name same --hold-out 0.1 -o fit.json")).ok();
    place.read("fit.json")
}

const IN_ORDER: &str = "--human h1.jsonl h2.jsonl --llm one=l1.jsonl --llm one=l2.jsonl";

/// Shuffles the lines of a file.
fn shuffle_lines(place: &Place, name: &str) {
    let text = String::from_utf8(place.read(name)).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    let before = lines.clone();
    Writer::new(12).shuffle(&mut lines);
    assert_ne!(lines, before);
    place.write(name, lines.join("\n"));
}

#[test]
fn fits_are_equal_to_the_byte_whatever_the_threads_and_the_order_of_files() {
    let place = corpora();
    let first = fit(&place, IN_ORDER);
    assert!(first == fit(&place, IN_ORDER), "the same fit again");
    assert!(first == fit(&place, &format!("{IN_ORDER} --threads 1")), "one thread");
    assert!(first == fit(&place, &format!("{IN_ORDER} --threads 2")), "two threads");
    assert!(first == fit(&place, &format!("{IN_ORDER} --threads 7")), "seven threads");
    let reversed = "--human h2.jsonl h1.jsonl --llm one=l2.jsonl --llm one=l1.jsonl";
    assert!(first == fit(&place, reversed), "files in another order");
    // The seed of the folds matters, or this test would compare constants.
    assert!(first != fit(&place, &format!("{IN_ORDER} --seed 1")), "another seed");
}

#[test]
fn fits_do_not_depend_on_the_order_of_lines() {
    let place = corpora();
    let first = fit(&place, IN_ORDER);
    ["h1.jsonl", "h2.jsonl", "l1.jsonl", "l2.jsonl"].iter().for_each(|name| shuffle_lines(&place, name));
    let shuffled = fit(&place, IN_ORDER);
    // The hashes of the files are in the card, and the files have changed.
    assert!(first != shuffled, "the hashes differ");
    assert!(without_hashes(&first) == without_hashes(&shuffled), "all but the hashes is equal");
}

/// A reference without the hashes of its files.
fn without_hashes(bytes: &[u8]) -> Vec<u8> {
    let mut reference: Value = serde_json::from_slice(bytes).unwrap();
    for source in reference["sources"].as_array_mut().unwrap() {
        for file in source["corpora"].as_array_mut().unwrap().iter_mut().flat_map(files_of) {
            file["sha256"] = "".into();
        }
    }
    serde_json::to_vec(&reference).unwrap()
}

const OF_SEVERAL: &str = "--human h1.jsonl h2.jsonl --llm one=l1.jsonl --llm two=o1.jsonl --llm one=l2.jsonl";

#[test]
fn fits_on_several_llms_are_equal_to_the_byte() {
    let place = corpora();
    let first = fit(&place, OF_SEVERAL);
    for n_threads in [1, 2, 7] {
        assert!(first == fit(&place, &format!("{OF_SEVERAL} --threads {n_threads}")), "{n_threads} threads");
    }
    // Sources keep the order of their first file; that of all else is free.
    let reversed = "--llm one=l2.jsonl --llm two=o1.jsonl --llm one=l1.jsonl --human h2.jsonl h1.jsonl";
    assert!(first == fit(&place, reversed), "files in another order");
    let grouped = |threads: &str| fit(&place, &format!("{OF_SEVERAL} --group all=* {threads}"));
    assert!(grouped("") == grouped("--threads 1"), "a group");
    // Lines of several sources in one file.
    let by_column = "--human h1.jsonl h2.jsonl --llm llms.jsonl --source-field maker";
    let [one, two] = [("one", Author::Llm, 13), ("two", Author::Other, 14)]
        .map(|(name, author, seed)| (name, Writer::new(seed).documents(author, 90, name)));
    place.write("llms.jsonl", jsonl_by_maker(&[(one.0, &one.1), (two.0, &two.1)]));
    let in_order = fit(&place, by_column);
    assert!(in_order == fit(&place, &format!("{by_column} --threads 1")), "one thread, by column");
    shuffle_lines(&place, "llms.jsonl");
    assert!(without_hashes(&in_order) == without_hashes(&fit(&place, by_column)), "lines in another order");
}

#[test]
fn estimates_of_several_llms_are_equal_to_the_byte() {
    let place = corpora();
    fit(&place, OF_SEVERAL);
    for options in ["--by year", "--interval bootstrap --seed 5", "--calibration logistic", "--unit document"] {
        let estimate = |arguments: &str| {
            place.line(&format!("estimate {arguments} --reference fit.json --output json {options}")).ok()
        };
        let first = estimate("target.jsonl xyz.jsonl");
        assert_eq!(first, estimate("target.jsonl xyz.jsonl --threads 1"), "{options}");
        assert_eq!(first, estimate("target.jsonl xyz.jsonl --threads 2"), "{options}");
        assert_eq!(first, estimate("xyz.jsonl target.jsonl"), "{options}");
    }
    let table = |arguments: &str| {
        place.line(&format!("score {arguments} --reference fit.json --by year --salt s -o scores.parquet")).ok();
        place.read("scores.parquet")
    };
    let first = table("target.jsonl xyz.jsonl");
    assert!(first == table("xyz.jsonl target.jsonl --threads 1"), "a score table");
    ["target.jsonl", "xyz.jsonl"].iter().for_each(|name| shuffle_lines(&place, name));
    assert!(first == table("target.jsonl xyz.jsonl"), "lines in another order");
}

fn files_of(corpus: &mut Value) -> Vec<&mut Value> {
    corpus["files"].as_array_mut().unwrap().iter_mut().collect()
}

fn score(place: &Place, arguments: &str) -> Vec<u8> {
    place.line(&format!("score {arguments} --reference toy.json --by year -o scores.parquet")).ok();
    place.read("scores.parquet")
}

#[test]
fn score_tables_are_equal_to_the_byte() {
    let place = corpora();
    let first = score(&place, "target.jsonl xyz.jsonl");
    assert!(first == score(&place, "target.jsonl xyz.jsonl --threads 1"), "one thread");
    assert!(first == score(&place, "target.jsonl xyz.jsonl --threads 2"), "two threads");
    assert!(first == score(&place, "xyz.jsonl target.jsonl"), "files in another order");
    std::fs::rename(place.path("target.jsonl"), place.path("zzz.jsonl")).unwrap();
    assert!(first == score(&place, "zzz.jsonl xyz.jsonl"), "a file of another name");
    assert!(first != score(&place, "zzz.jsonl xyz.jsonl --seed 1"), "another salt");
    // With a salt of its own the table does not depend on the order of lines either.
    let salted = score(&place, "zzz.jsonl xyz.jsonl --salt secret");
    ["zzz.jsonl", "xyz.jsonl"].iter().for_each(|name| shuffle_lines(&place, name));
    assert!(salted == score(&place, "zzz.jsonl xyz.jsonl --salt secret"), "lines in another order");
    assert!(score(&place, "xyz.jsonl --sample 5") == score(&place, "xyz.jsonl --sample 5 --threads 1"), "a sample");
}

#[test]
fn estimates_are_equal_to_the_byte() {
    let place = corpora();
    for options in ["", "--by year", "--interval bootstrap --seed 5", "--method liang", "--calibration logistic"] {
        let estimate = |arguments: &str| {
            place.line(&format!("estimate {arguments} --reference toy.json --output json {options}")).ok()
        };
        let first = estimate("target.jsonl xyz.jsonl");
        assert_eq!(first, estimate("target.jsonl xyz.jsonl --threads 1"), "{options}");
        assert_eq!(first, estimate("target.jsonl xyz.jsonl --threads 2"), "{options}");
        assert_eq!(first, estimate("xyz.jsonl target.jsonl"), "{options}");
        std::fs::copy(place.path("target.jsonl"), place.path("zzz.jsonl")).unwrap();
        shuffle_lines(&place, "zzz.jsonl");
        let renamed = estimate("zzz.jsonl xyz.jsonl");
        assert_ne!(first, renamed, "the files' names are part of it");
        assert_eq!(first.replace("\"target.jsonl\"", "F"), {
            // Names are sorted, so the renamed file comes second.
            let swapped = renamed.replace("\"xyz.jsonl\",\n      \"zzz.jsonl\"", "F,\n      \"xyz.jsonl\"");
            assert_ne!(swapped, renamed, "the layout of input.files");
            swapped
        });
    }
}

#[test]
fn the_bootstrap_depends_on_its_seed_alone() {
    let place = corpora();
    let estimate = |seed: u64| {
        place
            .line(&format!(
                "estimate target.jsonl --reference toy.json --interval bootstrap --output json --seed {seed}"
            ))
            .json()["estimates"][0]["interval"]
            .clone()
    };
    assert_eq!(estimate(1), estimate(1));
    assert_ne!(estimate(1), estimate(2));
}

#[test]
fn embedded_references_are_whole_and_round_trip() {
    for embedded in &EMBEDDED {
        let bytes = embedded.bytes().unwrap();
        let reference = Reference::parse(&bytes, embedded.name).unwrap();
        assert_eq!(reference.card.name, embedded.name);
        assert!(!reference.card.good_for.is_empty() && !reference.card.not_for.is_empty(), "{}", embedded.name);
        assert!(reference.settings.held_out_share > 0.0, "{}: nothing left to test on", embedded.name);
        assert!(reference.to_bytes() == bytes, "{}: reading and writing changes it", embedded.name);
    }
}
