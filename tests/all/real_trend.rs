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
        assert_eq!(ageing["newest_generator"]["name"], "claude-haiku-4.5");
        let series = &found["series"][0];
        assert!(periods(series).iter().all(|of| of["artefact"].is_null()));
        let headline = found["headline"].as_str().unwrap();
        assert!(
            headline.starts_with("Between 2019 and 2024 the LLM share of sentences rose from 0.0 % to 2"),
            "{headline}"
        );
        assert!(number(&periods(series)[1], "/alpha") < 0.003, "2020 is human");
        assert!(number(series, "/break_test/interval/lower") > 0.05, "{series}");
        // Reviews of ICLR say nothing of what people write at NeurIPS.
        for of in periods(series).iter().filter(|of| of["placebo"] == false && !rest.is_empty()) {
            assert_eq!((&of["control_lacks_venue"], &of["bound"]), (&true.into(), &Value::Null), "{of}");
        }
    }
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn abstracts_of_2025_do_not_fall_and_human_months_read_0() {
    let files = ["abstracts/arxiv-cs-2025.jsonl.gz", "abstracts/arxiv-cs-2017-2019.jsonl.gz"];
    let found = trend(&files, "--reference abstracts --control-before 2022-11-30 --period month");
    let series = &found["series"][0];
    let (human, later) = periods(series).split_at(36);
    assert_eq!((human[0]["period"]["label"].as_str(), later.len()), (Some("2017-01"), 8));
    for of in human {
        assert!(of["placebo"] == true && number(of, "/alpha") <= 0.01 && of["artefact"].is_null(), "{of}");
        assert_eq!((number(of, "/interval/lower"), number(of, "/bound/documents")), (0.0, 0.0), "{of}");
    }
    let ageing = &found["ageing"];
    assert_eq!(ageing["newest_generator"]["name"], "llama-4-maverick");
    assert_eq!((&ageing["aged"], &ageing["later_from"]), (&false.into(), &"2025-05".into()), "{ageing}");
    // With references of older LLMs the share fell within the year, and a commercial detector finds no fall.
    assert!(number(&later[7], "/alpha") > number(&later[0], "/alpha") - 0.05, "{later:?}");
    assert!(later.iter().all(|of| of["artefact"].is_null()), "{later:?}");
}

/// Each venue is judged by its own control.
#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn venues_rise_from_human_years_that_read_0() {
    let files = ["abstracts/venue-abstracts-2018-2025.jsonl.gz"];
    let found = trend(&files, "--reference abstracts --control-before 2022-01-01 --by venue");
    assert_eq!(found["ageing"]["aged"], false, "{}", found["ageing"]);
    for series in found["series"].as_array().unwrap() {
        for of in periods(series).iter().filter(|of| of["placebo"] == true) {
            assert!(number(of, "/alpha") <= 0.01 && number(of, "/bound/documents") == 0.0, "{of}");
        }
        let last = periods(series).last().unwrap();
        assert!(number(last, "/interval/lower") > 0.05 && number(last, "/bound/documents") > 0.05, "{last}");
    }
}
