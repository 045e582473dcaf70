//! A known mixture by every way of estimating, and every way of giving the text.

use std::collections::BTreeSet;

use llm_prevalence::reference::grouping::is_held_out;

use super::*;

#[test]
fn a_known_mixture_is_recovered_by_every_scorer_calibration_and_interval() {
    let place = with_target(0.3);
    // Sentences of the LLM's documents, not documents: their lengths differ a little.
    for options in ["", "--scorer naive-bayes", "--calibration logistic", "--scorer naive-bayes --calibration logistic"]
    {
        for interval in ["score", "bootstrap"] {
            let result = estimate(&place, &format!("target.jsonl --interval {interval} {options}"));
            let at = |path: &str| number(&result, &format!("/estimates/0/{path}"));
            // The truth is 0.3; a standard error of about 0.03 for 300 documents, so 0.05 is missed by a bias of half that.
            assert!((at("alpha") - 0.3).abs() < 0.05, "{options}: {result}");
            assert!(at("interval/lower") <= 0.3 && 0.3 <= at("interval/upper"), "{options} {interval}: {result}");
            // No interval of 300 documents is wider than a fifth of all, or it says nothing; nor thinner than the i.i.d. limit.
            let width = at("interval/upper") - at("interval/lower");
            assert!((0.03..0.2).contains(&width), "{options} {interval}: {width}");
            assert_eq!(at("n_documents"), N_TARGET as f64);
        }
    }
}

#[test]
fn json_has_every_key_and_values_in_range() {
    let place = with_target(0.3);
    let result = estimate(&place, "target.jsonl --by year");
    for key in ["schema_version", "tool", "unit", "level", "seed", "reference", "estimates"] {
        assert!(keys(&result).contains(&key), "no {key} in {result}");
    }
    assert_eq!(result["schema_version"], 1);
    assert_eq!(result["tool"]["name"], "llm-prevalence");
    assert_eq!(result["tool"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!((&result["unit"], &result["level"], &result["seed"]), (&"sentence".into(), &0.95.into(), &0.into()));
    let reference = &result["reference"];
    assert_eq!(reference["name"], "toy");
    assert_eq!(reference["sources"], serde_json::json!(["human", "toy"]));
    assert_eq!(reference["scorer"], "logistic");
    let sha256 = llm_prevalence::reference::store::sha256(&place.read("toy.json"));
    assert_eq!(reference["sha256"], sha256);
    assert_eq!(reference["calibration_slope"].as_array().unwrap().len(), 1);
    let estimates = result["estimates"].as_array().unwrap();
    assert_eq!(estimates.len(), 4);
    for (row, year) in estimates.iter().zip(2019..) {
        assert_eq!(row["group"], serde_json::json!({"year": year.to_string()}));
        check_row(row);
    }
    let n_documents: f64 = estimates.iter().map(|row| number(row, "/n_documents")).sum();
    assert_eq!(n_documents, N_TARGET as f64);
}

fn check_row(row: &Value) {
    let at = |path: &str| number(row, path);
    let alpha = at("/alpha");
    assert!(0.0 <= at("/interval/lower") && at("/interval/lower") <= alpha, "{row}");
    assert!(alpha <= at("/interval/upper") && at("/interval/upper") <= 1.0, "{row}");
    assert!(at("/standard_error") > 0.0 && at("/standard_error") < 0.2, "{row}");
    assert!(row.get("systematic_error").is_some(), "{row}");
    // Sentences of a document are of one source: more variance than independent ones, less than one unit a document.
    assert!(at("/design_effect") > 1.0 && at("/design_effect") < 15.0, "{row}");
    // A fifth or more of LLM documents among 75: nobody takes that for none.
    assert!((0.0..0.001).contains(&at("/p_zero")), "{row}");
    assert!((0.0..=1.0).contains(&at("/misfit/distance")) && at("/misfit/tolerance") > 0.0, "{row}");
    // A distance alone is no misfit: chance may give as much.
    let is_misfit = at("/misfit/distance") > at("/misfit/tolerance") && at("/misfit/p_value") <= 0.01;
    assert_eq!(row["misfit"]["flagged"], is_misfit, "{row}");
    assert!(row["warnings"].is_array(), "{row}");
    let sources = row["sources"].as_array().unwrap();
    assert_eq!(sources[0]["name"], "human");
    let shares: Vec<f64> = sources.iter().map(|source| number(source, "/share")).collect();
    // Two roundings of 1 - alpha.
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{row}");
    assert_eq!(shares[1], alpha);
}

#[test]
fn groups_are_combinations_with_missing_values_last() {
    let place = fitted();
    let mut documents = Writer::new(4).mixture(0.3, N_TARGET, "t");
    for (number, document) in documents.iter_mut().enumerate() {
        document.paper = if number % 2 == 0 { "odd, \"quoted\"".to_owned() } else { "even".to_owned() };
        document.year = [Some("9".to_owned()), Some("10".to_owned()), None][number % 3].clone();
    }
    place.write("target.jsonl", jsonl(&documents));
    let result = estimate(&place, "target.jsonl --by year --by paper");
    let group = |row: &Value| (row["group"]["year"].clone(), row["group"]["paper"].as_str().unwrap().to_owned());
    let found: Vec<(Value, String)> = result["estimates"].as_array().unwrap().iter().map(group).collect();
    // Numbers in the order of numbers: 9 before 10.
    let years = [Value::from("9"), Value::from("10"), Value::Null];
    let papers = ["even", "odd, \"quoted\""];
    let expected: Vec<(Value, String)> =
        years.iter().flat_map(|year| papers.map(|paper| (year.clone(), paper.to_owned()))).collect();
    assert_eq!(found, expected);
    let table = place.line("estimate target.jsonl --reference toy.json --by year --by paper").ok();
    assert!(table.lines().nth(5).unwrap().starts_with("(none)  even"), "{table}");
    let csv = place.line("estimate target.jsonl --reference toy.json --by year --by paper --output csv").ok();
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
    assert_eq!((&rows[5][0], &rows[5][1]), ("", "odd, \"quoted\""));
}

#[test]
fn standard_input_and_compressed_files_are_read_like_files() {
    let place = with_target(0.3);
    let text = place.read("target.jsonl");
    place.write("target.jsonl.gz", gzip(&text));
    place.write("target.jsonl.zst", zstd::encode_all(text.as_slice(), 3).unwrap());
    place.write("folder/inner/target.jsonl", &text);
    let expected = without_input(estimate(&place, "target.jsonl"));
    for input in ["target.jsonl.gz", "target.jsonl.zst", "folder", "targ*.jsonl"] {
        assert_eq!(without_input(estimate(&place, input)), expected, "{input}");
    }
    let arguments = ["estimate", "-", "--reference", "toy.json", "--output", "json"];
    let piped = place.run_with_input(&arguments, &text).json();
    assert_eq!(piped["input"]["files"], serde_json::json!(["-"]));
    assert_eq!(without_input(piped), expected);
    let piped = place.run_with_input(&arguments, &gzip(&text)).json();
    assert_eq!(without_input(piped), expected);
}

#[test]
fn several_text_fields_are_one_document() {
    let place = with_target(0.3);
    let halves: String = String::from_utf8(place.read("target.jsonl"))
        .unwrap()
        .lines()
        .map(|line| {
            let whole: Value = serde_json::from_str(line).unwrap();
            let (first, rest) = whole["text"].as_str().unwrap().split_once(". ").unwrap();
            serde_json::json!({"id": whole["id"], "summary": format!("{first}."), "rest": rest}).to_string() + "\n"
        })
        .collect();
    place.write("halves.jsonl", halves);
    let expected = without_input(estimate(&place, "target.jsonl"));
    let joined = without_input(estimate(&place, "halves.jsonl --text-field summary --text-field rest"));
    assert_eq!(joined, expected);
}

#[test]
fn held_out_keeps_what_the_fit_has_left_out() {
    let place = fitted_with("--hold-out 0.3");
    let reference: Value = serde_json::from_slice(&place.read("toy.json")).unwrap();
    let (mut n_held_out, mut n_fitted) = (0, 0);
    for (source, n) in reference["sources"].as_array().unwrap().iter().zip([N_HUMAN, N_LLM]) {
        let corpus = &source["corpora"][0];
        assert_eq!(corpus["n_documents_read"], n);
        n_held_out += corpus["n_documents_held_out"].as_u64().unwrap();
        n_fitted += source["n_documents"].as_u64().unwrap();
    }
    assert_eq!(n_held_out + n_fitted, (N_HUMAN + N_LLM) as u64);
    // 167 papers of three documents, 30 % by hash: 150 documents, with a standard deviation of 3 sqrt(167 0.3 0.7) = 18.
    assert!((80..220).contains(&n_held_out), "{n_held_out}");
    let of_held_out = estimate(&place, "human.jsonl llm.jsonl --held-out");
    assert_eq!(number(&of_held_out, "/input/n_documents"), n_held_out as f64);
    assert_eq!(number(&of_held_out, "/estimates/0/n_documents"), n_held_out as f64);
    place.line("score human.jsonl llm.jsonl --held-out --reference toy.json -o t.parquet").ok();
    assert_eq!(without_input(estimate(&place, "t.parquet")), without_input(of_held_out));
    let published = estimate(&place, "human.jsonl llm.jsonl --held-out --method liang");
    assert_eq!(number(&published, "/estimates/0/n_documents"), n_held_out as f64);
    // No paper is on both sides: those held out are whole papers, of three documents each.
    let papers = Writer::new(1).documents(Author::Human, N_HUMAN, "a").into_iter().map(|document| document.paper);
    let n_papers = papers.collect::<BTreeSet<String>>().iter().filter(|paper| is_held_out(paper, 0.3)).count();
    assert_eq!(reference["sources"][0]["corpora"][0]["n_documents_held_out"], 3 * n_papers);
}

#[test]
fn a_reference_of_documents_estimates_documents() {
    let place = fitted_with("--unit document --min-human-units 5");
    place.write("target.jsonl", jsonl(&Writer::new(2).mixture(0.3, N_TARGET, "t")));
    let result = estimate(&place, "target.jsonl");
    assert_eq!(result["unit"], "document");
    assert_eq!(result["estimates"][0]["n_units"], N_TARGET);
    // Documents of ten sentences are told apart nearly perfectly: what is left is the 20 % that 0.02 allows of them.
    assert!((number(&result, "/estimates/0/alpha") - 0.3).abs() < 0.02, "{result}");
    let table = place.line("estimate target.jsonl --reference toy.json").ok();
    assert!(table.contains("LLM share of documents"), "{table}");
    assert!(!table.contains("sentences"), "{table}");
}

#[test]
fn the_published_method_says_that_it_is_one() {
    let place = with_target(0.3);
    let table = place.line("estimate target.jsonl --reference toy.json --method liang").ok();
    assert!(table.contains("Method of Liang et al. (2024) as published: uncalibrated"), "{table}");
    let result = estimate(&place, "target.jsonl --method liang");
    assert_eq!(result["method"], "liang");
    assert!(result["reference"]["scorer"].is_null() && result["calibration"].is_null(), "{result}");
}

#[test]
fn documents_without_text_are_counted_and_left_out() {
    let place = fitted();
    let mut documents = Writer::new(2).mixture(0.3, N_TARGET, "t");
    documents[3].text = String::new();
    documents[4].text = "   \n ".to_owned();
    documents[5].text = "Zex.".to_owned();
    place.write("target.jsonl", jsonl(&documents));
    let result = estimate(&place, "target.jsonl");
    assert_eq!(number(&result, "/input/n_documents_without_units"), 3.0);
    assert_eq!(number(&result, "/estimates/0/n_documents"), (N_TARGET - 3) as f64);
    let table = place.line("estimate target.jsonl --reference toy.json").ok();
    assert!(table.contains("! 3 documents left out: empty, or no sentence of two words"), "{table}");
}

#[test]
fn text_of_one_side_reads_as_that_side() {
    let place = fitted();
    for (author, range) in [(Author::Human, 0.0..0.02), (Author::Llm, 0.98..1.0 + f64::EPSILON)] {
        place.write("target.jsonl", jsonl(&Writer::new(8).documents(author, N_TARGET, "t")));
        let alpha = number(&estimate(&place, "target.jsonl"), "/estimates/0/alpha");
        // Both ends are maxima of the likelihood; one standard error of 300 documents is below 0.01.
        assert!(range.contains(&alpha), "{author:?}: {alpha}");
    }
}
