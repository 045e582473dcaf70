//! The specification band: the same share by other choices.

use super::*;

/// The choices of one estimate by name of scorer, words, calibration and unit.
fn choices(row: &Value) -> Vec<(String, Option<f64>)> {
    let name = |of: &Value| ["scorer", "words", "calibration", "unit"].map(|key| of[key].as_str().unwrap()).join(" ");
    let all = row["band"]["specifications"].as_array().unwrap();
    all.iter().map(|of| (name(of), of["alpha"].as_f64())).collect()
}

fn mixed() -> Place {
    let place = fitted();
    let mut writer = Writer::new(71);
    let mut documents = writer.documents(Author::Human, 240, "h");
    documents.extend(writer.documents(Author::Llm, 80, "l"));
    place.write("mixed.jsonl", jsonl(&documents));
    place
}

#[test]
fn the_band_is_the_range_of_the_estimates_that_the_choices_give_alone() {
    let place = mixed();
    let row = &estimate(&place, "mixed.jsonl --band")["estimates"][0];
    let found = choices(row);
    for (scorer, calibration, unit) in [
        ("logistic", "histogram", "sentence"),
        ("logistic", "logistic", "sentence"),
        ("naive-bayes", "histogram", "sentence"),
        ("naive-bayes", "logistic", "sentence"),
        ("logistic", "histogram", "document"),
    ] {
        let alone =
            estimate(&place, &format!("mixed.jsonl --scorer {scorer} --calibration {calibration} --unit {unit}"));
        let name = format!("{scorer} all {calibration} {unit}");
        let of_band = found.iter().find(|(other, _)| *other == name).unwrap_or_else(|| panic!("no {name}: {found:?}"));
        assert_eq!(of_band.1, alone["estimates"][0]["alpha"].as_f64(), "{name}");
    }
    let shares: Vec<f64> = found.iter().filter_map(|(_, alpha)| *alpha).collect();
    assert_eq!(number(row, "/band/lower"), shares.iter().copied().fold(1.0, f64::min));
    assert_eq!(number(row, "/band/upper"), shares.iter().copied().fold(0.0, f64::max));
    assert!(number(row, "/band/lower") <= number(row, "/alpha") && number(row, "/alpha") <= number(row, "/band/upper"));
}

#[test]
fn fewer_words_find_the_share_too() {
    let place = mixed();
    let row = &estimate(&place, "mixed.jsonl --band")["estimates"][0];
    let found = choices(row);
    let of = |words: &str| {
        let name = format!("logistic {words} histogram sentence");
        found.iter().find(|(other, _)| *other == name).and_then(|(_, alpha)| *alpha)
    };
    // The invented texts have no names in them, so that leaving these out changes nothing but the fit's path.
    let (all, without_names) = (number(row, "/alpha"), of("without-names").unwrap());
    assert!((all - without_names).abs() < 0.02, "{all} and {without_names}");
}

#[test]
fn the_choices_are_printed_and_exported() {
    let place = mixed();
    let table = place.line("estimate mixed.jsonl --reference toy.json --band").ok();
    for part in ["band", "The band, by choice:", "naive-bayes scores, logistic map", "whole documents"] {
        assert!(table.contains(part), "no {part:?} in\n{table}");
    }
    let markdown = place.line("estimate mixed.jsonl --reference toy.json --band --output markdown").ok();
    assert!(markdown.contains("| choice | share | misfit |"), "{markdown}");
    let csv = place.line("estimate mixed.jsonl --reference toy.json --band --output csv").ok();
    let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let at = header.iter().position(|name| *name == "band_upper").unwrap();
    assert!(csv.lines().nth(1).unwrap().split(',').nth(at).unwrap().parse::<f64>().is_ok(), "{csv}");
    let without = estimate(&place, "mixed.jsonl");
    assert!(without["estimates"][0].get("band").is_none());
}

#[test]
fn of_scores_the_band_has_what_can_be_known_and_says_what_cannot() {
    let place = mixed();
    place.line("score mixed.jsonl --reference toy.json -o mixed.parquet").ok();
    let table = place.line("estimate mixed.parquet --reference toy.json --band").ok();
    assert!(table.contains("not in the band: naive-bayes scores, histogram: only other scores are stored"), "{table}");
    let row = &estimate(&place, "mixed.parquet --band")["estimates"][0];
    assert_eq!(choices(row).iter().filter(|(_, alpha)| alpha.is_some()).count(), 3);
}

#[test]
fn the_published_method_has_no_band() {
    let place = mixed();
    refused(
        &place,
        "estimate mixed.jsonl --reference toy.json --method liang --band",
        &["--method liang is a single choice"],
    );
}
