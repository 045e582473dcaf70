//! Shares of documents instead of sentences: the number's unit is always said.

use super::*;

#[test]
fn the_unit_is_printed_in_every_output() {
    for (place, n_lines) in [(with_target(0.3), 5), (with_several(), 10)] {
        let line = "estimate target.jsonl --reference toy.json --unit document --output";
        let table = place.line(&format!("{line} table")).ok();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(cells(lines[0]), ["documents", "LLM share", "95 % interval", "s.e.", "misfit"]);
        assert_eq!(cells(lines[1])[0], "300");
        assert_eq!(lines.len(), n_lines, "{table}");
        assert!(table.contains("LLM share of documents; reference"), "{table}");
        assert!(n_lines == 5 || table.contains("By source (share of documents):"), "{table}");
        assert!(!table.contains("sentence"), "{table}");
        let markdown = place.line(&format!("{line} markdown")).ok();
        let start = "## LLM share of documents\n\n| documents | LLM share | 95 % interval |";
        assert!(markdown.starts_with(start), "{markdown}");
        assert!(markdown.contains("\nLLM share of documents") && !markdown.contains("sentence"), "{markdown}");
        let json = place.line(&format!("{line} json")).json();
        assert_eq!(json["unit"], "document");
        assert_eq!(
            (&json["estimates"][0]["n_documents"], &json["estimates"][0]["n_units"]),
            (&300.into(), &300.into())
        );
        let csv = csv_rows(&place.line(&format!("{line} csv")).ok());
        assert!(csv.iter().all(|row| row["unit"] == "document" && row["n_units"] == "300"), "{csv:?}");
    }
}

#[test]
fn a_dry_run_counts_the_units_of_the_reference() {
    let place = with_target(0.3);
    place.line("fit --human human.jsonl --llm toy=llm.jsonl --unit document -o documents.json").ok();
    let first = |rest: &str| {
        let found = place.line(&format!("estimate target.jsonl --dry-run --output json {rest}")).json();
        (found["unit"].as_str().unwrap().to_owned(), found["first_documents"][0]["n_units"].as_u64().unwrap())
    };
    assert_eq!(first("--reference documents.json"), ("document".to_owned(), 1));
    let (unit, n_units) = first("--reference toy.json");
    assert!(unit == "sentence" && n_units > 1);
    assert_eq!(first("--reference documents.json --unit sentence"), (unit, n_units));
}

/// A target for the reference of several LLMs.
fn with_several() -> Place {
    let place = fitted_on_several();
    place.write("target.jsonl", jsonl(&Writer::new(2).mixture(0.3, N_TARGET, "t")));
    place
}

fn check_documents(place: &Place, options: &str) {
    let result = estimate(place, &format!("target.jsonl --unit document {options}"));
    let at = |path: &str| number(&result, &format!("/estimates/0/{path}"));
    // Documents of ten sentences are told apart nearly perfectly, so little but their number is uncertain.
    assert!((at("alpha") - 0.3).abs() < 0.03, "{options}: {result}");
    assert!(at("interval/lower") <= 0.3 && 0.3 <= at("interval/upper"), "{options}: {result}");
    // Binomial: sqrt(0.3 0.7 / 300) = 0.026, so an interval is about a tenth wide.
    assert!((0.02..0.04).contains(&at("standard_error")), "{options}: {result}");
    assert!((0.08..0.16).contains(&(at("interval/upper") - at("interval/lower"))), "{options}: {result}");
}

#[test]
fn documents_wholly_by_one_source_have_the_share_that_was_mixed() {
    let (one, several) = (with_target(0.3), with_several());
    for options in ["", "--scorer naive-bayes"] {
        check_documents(&one, options);
        check_documents(&several, options);
    }
    check_documents(&one, "--calibration logistic");
}

/// Sources that hardly overlap have steep linear maps, whose ratios no bin bears out: refused rather than guessed.
#[test]
fn the_linear_map_is_refused_for_documents_of_several_llms() {
    let place = with_several();
    let line = "estimate target.jsonl --reference toy.json --unit document --calibration logistic";
    refused(&place, line, &["too well for the linear map", "--calibration histogram"]);
}

/// Documents of which the first half is by one source: half of the sentences, but no document is wholly by it.
#[test]
fn half_rewritten_documents_count_half_by_sentences() {
    let place = fitted();
    let mut writer = Writer::new(37);
    let mut documents = writer.documents(Author::Human, 200, "t");
    for document in &mut documents {
        document.text = format!("{} {}", document.text, writer.text(Author::Llm));
    }
    place.write("target.jsonl", jsonl(&documents));
    let by_sentence = estimate(&place, "target.jsonl");
    assert!((number(&by_sentence, "/estimates/0/alpha") - 0.5).abs() < 0.06, "{by_sentence}");
    // Neither source has documents like these: whatever the share, it is said that the reference does not fit.
    let by_document = estimate(&place, "target.jsonl --unit document");
    assert_eq!(by_document["estimates"][0]["misfit"]["flagged"], true, "{by_document}");
}

#[test]
fn notes_and_refusals_count_documents() {
    let place = fitted();
    let mut documents = Writer::new(38).mixture(0.3, 100, "t");
    documents.iter_mut().enumerate().for_each(|(number, document)| {
        document.year = Some(if number < 20 { "1999" } else { "2020" }.to_owned());
    });
    documents[50].text = "Zex.".to_owned();
    place.write("target.jsonl", jsonl(&documents));
    let line = "estimate target.jsonl --reference toy.json --unit document --by";
    let table = place.line(&format!("{line} year")).ok();
    assert!(table.contains("! 1 document left out: empty, or too few words\n"), "{table}");
    assert!(table.contains("! 1999: no estimate: only 20 documents, but at least 50 are needed\n"), "{table}");
    let parts =
        ["too little text: only 3 documents, but at least 50 are needed [add documents, or group by fewer columns]"];
    refused(&place, &format!("{line} paper"), &parts);
}

#[test]
fn a_unit_without_a_calibration_is_refused() {
    let place = fitted_with("--unit document");
    place.write("target.jsonl", jsonl(&Writer::new(2).mixture(0.3, 60, "t")));
    let line = "estimate target.jsonl --reference toy.json --unit";
    refused(
        &place,
        &format!("{line} sentence"),
        &[
            "reference \"toy\" has no calibration for --unit sentence [it was fitted with whole documents as units; make",
        ],
    );
    // The unit of the reference may be said, or not.
    let said = place.line(&format!("{line} document")).ok();
    assert_eq!(said, place.line("estimate target.jsonl --reference toy.json").ok());
    // Too few documents of one source to learn how documents score.
    let few = Writer::new(39).documents(Author::Llm, 60, "f");
    place.write("few.jsonl", jsonl(&few));
    place.line("fit --human human.jsonl --llm toy=few.jsonl -o few.json").ok();
    place.line("estimate target.jsonl --reference few.json").ok();
    refused(
        &place,
        "estimate target.jsonl --reference few.json --unit document",
        &["reference \"few\" has no calibration for --unit document [too few of its documents are of one source; add"],
    );
    refused(&place, "estimate target.jsonl --unit document --method liang", &["--method liang is published for"]);
    refused(&place, "estimate target.jsonl --unit paragraph", &["paragraph", "sentence, document"]);
}
