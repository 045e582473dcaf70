//! What `trend` says of real series: whether a reference has aged, and that human years read 0.

use crate::common::{Place, data_path as path, number};
use serde_json::Value;

fn trend(files: &[&str], rest: &str) -> Value {
    let files: Vec<String> = files.iter().map(|name| path(name)).collect();
    let arguments = ["trend", "--output", "json"].into_iter().chain(files.iter().map(String::as_str));
    Place::new().run(&arguments.chain(rest.split_whitespace()).collect::<Vec<_>>()).json()
}

fn periods(series: &Value) -> &[Value] {
    series["periods"].as_array().unwrap()
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn reviews_of_2023_and_2024_are_not_later_than_their_reference() {
    let files =
        ["iclr-2019", "iclr-2020", "neurips-2023", "neurips-2024"].map(|name| format!("reviews/{name}.jsonl.gz"));
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    for rest in ["", "--control-before 2022-11-30"] {
        let found = trend(&files, rest);
        let ageing = &found["ageing"];
        assert_eq!((&ageing["aged"], &ageing["later_from"]), (&false.into(), &Value::Null), "{ageing}");
        assert_eq!(ageing["newest_generator"]["name"], "qwen3-30B");
        let series = &found["series"][0];
        assert!(periods(series).iter().all(|of| of["artefact"].is_null()));
        let headline = found["headline"].as_str().unwrap();
        assert!(
            headline.starts_with("Between 2019 and 2024 the LLM share of sentences rose from 0.0 % to 1"),
            "{headline}"
        );
        assert!(number(&periods(series)[1], "/alpha") < 0.003, "2020 is human");
        assert!(number(series, "/break_test/interval/lower") > 0.05, "{series}");
    }
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn the_fall_of_2025_is_the_age_of_the_reference() {
    let files = ["abstracts/arxiv-cs-2025.jsonl.gz", "abstracts/arxiv-cs-2017-2019.jsonl.gz"];
    let found = trend(&files, "--reference abstracts --control-before 2022-11-30 --period month");
    let series = &found["series"][0];
    let (human, later) = periods(series).split_at(36);
    assert_eq!((human[0]["period"]["label"].as_str(), later.len()), (Some("2017-01"), 8));
    for of in human {
        assert!(of["placebo"] == true && number(of, "/alpha") <= 0.01 && of["artefact"].is_null(), "{of}");
    }
    let ageing = &found["ageing"];
    assert_eq!((&ageing["aged"], &ageing["misfit_rises"]), (&true.into(), &true.into()), "{ageing}");
    assert_eq!((&ageing["later_from"], &ageing["newest_generator"]["name"]), (&"2025-03".into(), &"gpt-3.5".into()));
    let headline = found["headline"].as_str().unwrap();
    assert!(headline.starts_with("Reference \"abstracts\" has aged: from 2025-03 on"), "{headline}");
    // The share falls to the end, and no later month is drawn as a finding.
    assert!(number(&later[7], "/alpha") < number(&later[0], "/alpha") - 0.05);
    assert!(later[0]["artefact"].is_null() && later[1..].iter().all(|of| of["artefact"].is_string()), "{later:?}");
    let sentences = series["sentences"].as_array().unwrap();
    let fallen: Vec<&str> = sentences.iter().filter_map(Value::as_str).filter(|of| of.contains(" fell ")).collect();
    assert!(!fallen.is_empty() && fallen.iter().all(|of| of.ends_with("so this is no finding.")), "{sentences:?}");
}

/// The share and the misfit of venues rise together, which does not tell whether the reference has aged; that is said, and no
/// period is marked.
#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn a_rise_in_text_later_than_the_reference_is_told_with_its_doubt() {
    let files = ["abstracts/venue-abstracts-2018-2025.jsonl.gz"];
    let rest = "--reference abstracts --control-before 2022-01-01 --by venue";
    let found = trend(&files, rest);
    assert_eq!(found["ageing"]["aged"], false, "{}", found["ageing"]);
    let headline = found["headline"].as_str().unwrap();
    assert!(headline.contains("rose in all three (AISTATS, IJCAI, WACV)"), "{headline}");
    assert!(headline.contains("whose newest LLM is of 2022-11-30"), "{headline}");
    for series in found["series"].as_array().unwrap() {
        for of in periods(series).iter().filter(|of| of["placebo"] == true) {
            assert!(number(of, "/alpha") <= 0.01, "{of}");
        }
    }
}
