//! What must hold on real text: DESIGN's numbers.

use crate::common::{Place, data_path as path, number};
use llm_prevalence::corpus::{ReadOptions, find_inputs, read_corpus};
use serde_json::Value;

fn estimate(place: &Place, file: &str, options: &[&str]) -> Value {
    let file = path(file);
    let arguments = [&["estimate", &file, "--output", "json"], options].concat();
    place.run(&arguments).json()["estimates"][0].clone()
}

fn alpha(place: &Place, file: &str, options: &[&str]) -> f64 {
    number(&estimate(place, file, options), "/alpha")
}

/// True alphas of the published sentence files.
const TRUE_ALPHAS: [&str; 5] = ["0", "0.05", "0.1", "0.15", "0.25"];
/// What the published code gives for them when its maximum is not rounded: DESIGN, section 5.
const PUBLISHED: [(&str, [f64; 5]); 2] =
    [("CS", [0.0245, 0.0798, 0.1283, 0.1738, 0.2696]), ("Math", [0.0211, 0.0719, 0.1141, 0.1604, 0.2493])];

fn truth_file(field: &str, true_alpha: &str) -> String {
    format!("arxiv-sentences/{field}/ground_truth_alpha_{true_alpha}.parquet")
}

fn assert_published(place: &Place, field: &str, expected: [f64; 5], reference: &str) {
    for (true_alpha, expected) in TRUE_ALPHAS.iter().zip(expected) {
        let options = ["--method", "liang", "--reference", reference];
        let found = alpha(place, &truth_file(field, true_alpha), &options);
        // Four decimals are given, and the published tables are rounded too: DESIGN allows 0.0002.
        assert!((found - expected).abs() < 0.0002, "{field} {true_alpha}: {found}, not {expected}");
    }
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn published_tables_give_the_published_numbers() {
    for (field, expected) in PUBLISHED {
        let table = path(&format!("arxiv-sentences/{field}/published_distribution.parquet"));
        assert_published(&Place::new(), field, expected, &table);
    }
}

/// Our own counts of the training sentences are the published ones, and the same reference, calibrated, finds the truth.
#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn fits_on_the_training_sentences_give_the_published_numbers_and_the_truth() {
    let mut errors: Vec<f64> = Vec::new();
    for (field, expected) in PUBLISHED {
        let place = Place::new();
        let file = |side: &str| path(&format!("arxiv-sentences/{field}/{side}_data.parquet"));
        let llm = format!("gpt-3.5={}", file("ai"));
        place.run(&["fit", "--human", &file("human"), "--llm", &llm, "-o", "fit.json"]).ok();
        assert_published(&place, field, expected, "fit.json");
        for true_alpha in TRUE_ALPHAS {
            let found = alpha(&place, &truth_file(field, true_alpha), &["--reference", "fit.json"]);
            errors.push((found - true_alpha.parse::<f64>().unwrap()).abs());
        }
    }
    println!("errors {errors:.4?}");
    // The goal set before anything was measured: mean 0.35 points over the ten files, worst 1.0. The published code has 1.9.
    assert!(errors.iter().sum::<f64>() / 10.0 <= 0.0035, "{errors:?}");
    assert!(errors.iter().all(|error| *error <= 0.01), "{errors:?}");
}

/// Of computer science the reference has text: the interval knows how far shares of single sentences are off. Mathematics is another kind.
#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn the_embedded_abstracts_reference_holds_the_true_alphas_or_says_that_it_is_another_kind_of_text() {
    let mut errors: Vec<f64> = vec![];
    for true_alpha in TRUE_ALPHAS {
        let truth: f64 = true_alpha.parse().unwrap();
        let found = estimate(&Place::new(), &truth_file("CS", true_alpha), &["--reference", "abstracts"]);
        let interval = number(&found, "/interval/lower")..=number(&found, "/interval/upper");
        assert!(interval.contains(&truth), "{true_alpha}: {found}");
        assert!(found["warnings"].to_string().contains("too few sentences"), "{found}");
        errors.push((number(&found, "/alpha") - truth).abs());
        let math = path(&truth_file("Math", true_alpha));
        let found = Place::new().run(&["estimate", &math, "--reference", "abstracts", "--output", "json"]).json();
        let warnings = found["input"]["text"]["warnings"].to_string();
        assert!(warnings.contains("this is text of another kind"), "{true_alpha}: {warnings}");
    }
    println!("errors {errors:.4?}");
    assert!(errors.iter().sum::<f64>() / 5.0 <= 0.015, "{errors:?}");
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn reviews_from_before_llms_read_as_human() {
    for year in ["2019", "2020"] {
        let found = estimate(&Place::new(), &format!("reviews/iclr-{year}.jsonl.gz"), &["--held-out"]);
        // DESIGN, section 5; the published code reads 1.2 to 1.6 %.
        assert!(number(&found, "/alpha") <= 0.003, "{year}: {found}");
        assert_eq!(number(&found, "/interval/lower"), 0.0, "{year}: {found}");
        assert_eq!(found["misfit"]["flagged"], false, "{year}: {found}");
    }
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn human_reviews_of_a_newer_form_read_as_human_and_neurips_rises_with_them_as_control() {
    let control = [path("reviews/human-neurips-iclr-2021-2023.jsonl.gz")];
    let mut last = 0.0;
    for year in ["2023", "2024", "2025"] {
        let file = format!("reviews/neurips-{year}.jsonl.gz");
        let found = estimate(&Place::new(), &file, &["--control", &control[0]]);
        // No truth is known; every outside figure for these years rises.
        assert!(number(&found, "/alpha") > last, "{year}: {found}");
        last = number(&found, "/alpha");
        assert!(number(&found, "/bound/documents") <= number(&found, "/interval/upper"), "{year}: {found}");
    }
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn reviews_by_the_references_llms_read_as_llm() {
    for file in ["llm-gpt-iclr2022", "llm-gpt4o-iclr2022", "llm-qwen3-30b-iclr2025"] {
        let found = alpha(&Place::new(), &format!("reviews/{file}.jsonl.gz"), &["--held-out"]);
        // DESIGN, section 5 asks 0.95 of models that the reference has not seen; these it has.
        assert!(found >= 0.95, "{file}: {found}");
    }
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn files_have_the_documents_that_the_data_readme_says() {
    for (file, n_documents) in [
        ("reviews/iclr-2019.jsonl.gz", 4_764),
        ("reviews/iclr-2020.jsonl.gz", 7_693),
        ("reviews/neurips-2023.jsonl.gz", 15_175),
        ("reviews/neurips-2024.jsonl.gz", 16_644),
        ("reviews/llm-gpt-iclr2022.jsonl.gz", 2_280),
        ("reviews/llm-gpt4o-iclr2022.jsonl.gz", 2_500),
        ("reviews/llm-qwen3-30b-iclr2025.jsonl.gz", 1_056),
        ("abstracts/arxiv-cs-2017-2019.jsonl.gz", 12_000),
        ("abstracts/arxiv-cs-2025.jsonl.gz", 9_600),
        ("abstracts/venue-abstracts-2018-2025.jsonl.gz", 11_431),
        ("arxiv-sentences/CS/ground_truth_alpha_0.1.parquet", 30_000),
        ("arxiv-sentences/Math/ground_truth_alpha_0.parquet", 30_000),
    ] {
        let inputs = find_inputs(&[path(file)]).unwrap();
        let mut n_batches = 0;
        let summary = read_corpus(&inputs, &ReadOptions::default().strict(true), &mut |batch| {
            n_batches += batch.len() as u64;
            Ok(())
        });
        let summary = summary.unwrap();
        assert_eq!((summary.n_documents, n_batches), (n_documents, n_documents), "{file}");
        // A file of reviews or abstracts without text would be another file: under 1 % may be blank.
        assert!(summary.n_without_text * 100 < n_documents, "{file}: {}", summary.n_without_text);
    }
}

/// What is known of the data is found, and people who write alike two years running give no error or warning.
#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn lint_finds_what_was_done_to_the_llm_reviews_and_nothing_in_those_of_people() {
    let place = Place::new();
    let human = path("reviews/iclr-2019.jsonl.gz");
    let lint = |llm: &str, options: &[&str]| {
        let llm = path(llm);
        let arguments = ["reference", "lint", "--human", &human, "--output", "json", "--source-field"];
        place.run(&[&arguments, options, &["--llm", &llm]].concat()).json()
    };
    let report = lint("reviews/llm-gpt-iclr2022.jsonl.gz", &["generator", "--group", "gpt=*"]);
    let findings = report["findings"].as_array().unwrap();
    let of = |code: &str| findings.iter().find(|finding| finding["code"] == code && finding["source"] == "gpt");
    // Commas are gone, and so are hyphens: "stateoftheart".
    assert_eq!((of("characters").unwrap())["examples"][0]["text"], "commas");
    assert_eq!((of("word-characters").unwrap())["severity"], "error");
    assert!(of("form-headings").is_some() && of("copies-of-human").is_none() && of("unit-length").is_none());
    let report = lint("reviews/iclr-2020.jsonl.gz", &["venue"]);
    assert_eq!((&report["n_errors"], &report["n_warnings"]), (&0.into(), &0.into()), "{report:#}");
}
