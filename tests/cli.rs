//! What the commands print and write when all is well, from fit to estimate, on invented text.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::{Author, Doc, N_HUMAN, N_LLM, Place, Writer, fitted, fitted_with, gzip, jsonl};
use llm_prevalence::reference::grouping::is_held_out;
use serde_json::Value;

/// Documents of the targets here.
const N_TARGET: usize = 300;

/// A folder with a reference and `target.jsonl`, a mixture of known alpha that the reference has not seen.
fn with_target(alpha: f64) -> Place {
    let place = fitted();
    place.write("target.jsonl", jsonl(&Writer::new(2).mixture(alpha, N_TARGET, "t")));
    place
}

fn estimate(place: &Place, rest: &str) -> Value {
    place.line(&format!("estimate --reference toy.json --output json {rest}")).json()
}

fn number(value: &Value, path: &str) -> f64 {
    value.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("no number at {path} in {value}"))
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn without_input(mut estimate: Value) -> Value {
    estimate.as_object_mut().unwrap().remove("input").unwrap();
    estimate
}

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
    assert_eq!(row["misfit"]["flagged"], at("/misfit/distance") > at("/misfit/tolerance"));
    assert!(row["warnings"].is_array(), "{row}");
    let sources = row["sources"].as_array().unwrap();
    assert_eq!(sources[0]["name"], "human");
    let shares: Vec<f64> = sources.iter().map(|source| number(source, "/share")).collect();
    // Two roundings of 1 - alpha.
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{row}");
    assert_eq!(shares[1], alpha);
}

#[test]
fn the_table_says_what_its_numbers_are() {
    let place = with_target(0.3);
    let table = place.line("estimate target.jsonl --reference toy.json --by year").ok();
    let lines: Vec<&str> = table.lines().collect();
    let header: Vec<&str> = lines[0].split("  ").map(str::trim).filter(|name| !name.is_empty()).collect();
    assert_eq!(header, ["year", "documents", "sentences", "LLM share", "95 % interval", "s.e.", "misfit"]);
    assert_eq!(lines[1..5].iter().map(|line| &line[..4]).collect::<Vec<_>>(), ["2019", "2020", "2021", "2022"]);
    assert!(lines[5].starts_with("LLM share of sentences; reference \"toy\" ("), "{table}");
    assert!(lines[6].starts_with("Interval: clustered by document"), "{table}");
    assert!(lines.iter().all(|line| *line == line.trim_end()), "white space at a line's end: {table}");
    // The same numbers as the JSON, in percent.
    let result = estimate(&place, "target.jsonl --by year");
    let shown = format!("{:.2} %", number(&result, "/estimates/0/alpha") * 100.0);
    assert!(lines[1].contains(&shown), "{shown} is not in {}", lines[1]);
}

#[test]
fn csv_parses_into_the_numbers_of_the_json() {
    let place = with_target(0.3);
    let text = place.line("estimate target.jsonl --reference toy.json --by year --output csv").ok();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    assert_eq!(&header[0], "year");
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    let result = estimate(&place, "target.jsonl --by year");
    for (number_of_row, row) in rows.iter().enumerate() {
        let json = &result["estimates"][number_of_row];
        let cell = |name: &str| row[header.iter().position(|column| column == name).unwrap()].to_owned();
        assert_eq!(cell("year"), json["group"]["year"]);
        for (column, path) in [
            ("alpha", "/alpha"),
            ("lower", "/interval/lower"),
            ("upper", "/interval/upper"),
            ("standard_error", "/standard_error"),
            ("design_effect", "/design_effect"),
            ("p_zero", "/p_zero"),
            ("misfit_distance", "/misfit/distance"),
            ("n_units", "/n_units"),
        ] {
            assert_eq!(cell(column).parse::<f64>().unwrap(), number(json, path), "{column}");
        }
        assert_eq!(cell("unit"), "sentence");
        assert_eq!(cell("reference_sha256"), result["reference"]["sha256"]);
    }
}

#[test]
fn markdown_is_one_table_and_escapes_the_data() {
    let place = fitted();
    let mut documents = Writer::new(3).mixture(0.5, 60, "t");
    documents.iter_mut().for_each(|document| document.year = Some("a|b<i>".to_owned()));
    place.write("target.jsonl", jsonl(&documents));
    let text = place.line("estimate target.jsonl --reference toy.json --by year --output markdown").ok();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "| year | documents | sentences | LLM share | 95 % interval | s.e. | misfit |");
    assert_eq!(lines[1], "| :-- | --: | --: | --: | --: | --: | --: |");
    assert!(lines[2].starts_with("| a\\|b&lt;i> | 60 | "), "{}", lines[2]);
    assert_eq!(lines[3], "");
    assert!(lines[4].starts_with("LLM share of sentences"), "{text}");
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
fn a_result_file_has_the_bytes_of_standard_output() {
    let place = with_target(0.3);
    for output in ["table", "json", "csv", "markdown"] {
        let common = format!("estimate target.jsonl --reference toy.json --by year --output {output}");
        let printed = place.line(&common).ok();
        let silent = place.line(&format!("{common} -o result")).ok();
        assert_eq!(silent, "");
        assert_eq!(String::from_utf8(place.read("result")).unwrap(), printed);
        assert!(printed.ends_with('\n'));
    }
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
fn the_shipped_score_table_is_the_quickstart() {
    let place = Place::new();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/peer-reviews.scores.parquet");
    let shipped = shipped.to_str().unwrap();
    let table = place.run(&["estimate", shipped, "--by", "year"]).ok();
    let header: Vec<&str> =
        table.lines().next().unwrap().split("  ").map(str::trim).filter(|n| !n.is_empty()).collect();
    assert_eq!(header, ["year", "documents", "sentences", "LLM share", "95 % interval", "s.e.", "misfit"]);
    let years: Vec<&str> = table.lines().skip(1).take(4).map(|line| &line[..4]).collect();
    assert_eq!(years, ["2019", "2020", "2023", "2024"]);
    let result = place.run(&["estimate", shipped, "--by", "venue", "--by", "year", "--output", "json"]).json();
    let rows = result["estimates"].as_array().unwrap();
    assert_eq!(rows.len(), 4);
    let of = |venue: &str, year: &str| {
        rows.iter().find(|row| row["group"]["venue"] == venue && row["group"]["year"] == year).unwrap()
    };
    // Before LLMs: the truth is 0, and the project's own goal is 0.3 %.
    assert!(number(of("ICLR", "2019"), "/alpha") < 0.01, "{table}");
    // Published: 9.1 % for NeurIPS 2023, and more a year later.
    assert!(number(of("NeurIPS", "2023"), "/alpha") > 0.05, "{table}");
    assert!(number(of("NeurIPS", "2024"), "/alpha") > number(of("NeurIPS", "2023"), "/alpha"), "{table}");
}

#[test]
fn a_score_table_gives_the_estimate_of_its_text_to_the_bit() {
    let place = with_target(0.3);
    for scorer in ["logistic", "naive-bayes"] {
        place
            .line(&format!(
                "score target.jsonl --reference toy.json --scorer {scorer} --by year --by paper -o t.parquet"
            ))
            .ok();
        for by in ["", "--by year", "--by year --interval bootstrap --seed 3"] {
            let of_text = estimate(&place, &format!("target.jsonl {by} --scorer {scorer}"));
            let of_table = estimate(&place, &format!("t.parquet {by}"));
            assert_eq!(without_input(of_text), without_input(of_table), "{scorer} {by}");
        }
    }
}

/// A row per document in the order of the file, however many files use the same numbers for theirs.
#[test]
fn documents_with_the_same_id_stay_apart_in_a_score_table() {
    let place = fitted();
    for (file, alpha, seed) in [("one.jsonl", 0.0, 5), ("two.jsonl", 1.0, 6)] {
        let mut documents = Writer::new(seed).mixture(alpha, 100, "t");
        documents.iter_mut().enumerate().for_each(|(number, document)| document.id = number.to_string());
        place.write(file, jsonl(&documents));
    }
    let of_text = estimate(&place, "one.jsonl two.jsonl --by year");
    place.line("score one.jsonl two.jsonl --by year --reference toy.json -o t.parquet").ok();
    assert_eq!(without_input(estimate(&place, "t.parquet --by year")), without_input(of_text));
}

#[test]
fn tables_of_parts_give_the_estimate_of_the_whole() {
    let place = fitted();
    let documents = Writer::new(7).mixture(0.3, N_TARGET, "t");
    place.write("one.jsonl", jsonl(&documents[..100]));
    place.write("two.jsonl", jsonl(&documents[100..]));
    for part in ["one", "two"] {
        place.line(&format!("score {part}.jsonl --by year --reference toy.json -o {part}.parquet")).ok();
    }
    let whole = without_input(estimate(&place, "one.jsonl two.jsonl --by year"));
    assert_eq!(without_input(estimate(&place, "two.parquet one.parquet --by year")), whole);
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
    assert_eq!(estimate(&place, "t.parquet")["estimates"], of_held_out["estimates"]);
    let published = estimate(&place, "human.jsonl llm.jsonl --held-out --method liang");
    assert_eq!(number(&published, "/estimates/0/n_documents"), n_held_out as f64);
    // No paper is on both sides: those held out are whole papers, of three documents each.
    let papers = Writer::new(1).documents(Author::Human, N_HUMAN, "a").into_iter().map(|document| document.paper);
    let n_papers = papers.collect::<BTreeSet<String>>().iter().filter(|paper| is_held_out(paper, 0.3)).count();
    assert_eq!(reference["sources"][0]["corpora"][0]["n_documents_held_out"], 3 * n_papers);
}

#[test]
fn a_sample_has_so_many_documents_of_each_group() {
    let place = with_target(0.3);
    let score = |n: usize, seed: u64, name: &str| {
        let run = format!("score target.jsonl --reference toy.json --by year --sample {n} --seed {seed} -o {name}");
        place.line(&run).ok();
        estimate(&place, &format!("{name} --by year"))
    };
    let sample = score(20, 0, "a.parquet");
    let counts: Vec<&Value> = sample["estimates"].as_array().unwrap().iter().map(|row| &row["n_documents"]).collect();
    assert_eq!(counts, [20, 20, 20, 20]);
    assert_eq!(score(20, 0, "b.parquet"), {
        let mut again = sample.clone();
        again["input"]["files"] = serde_json::json!(["b.parquet"]);
        again
    });
    assert_ne!(score(20, 1, "c.parquet")["estimates"], sample["estimates"]);
    assert_eq!(score(1000, 0, "d.parquet")["estimates"], estimate(&place, "target.jsonl --by year")["estimates"]);
}

/// The keys of a score table's documents, a key per document.
fn keys_of(place: &Place, name: &str) -> BTreeSet<u64> {
    let (table, _) = llm_prevalence::score::store::read_score_table(&place.path(name)).unwrap();
    table.documents().iter().map(|document| document.key.0).collect()
}

#[test]
fn salt_changes_the_keys_and_nothing_else() {
    let place = with_target(0.3);
    for (name, options) in [("plain", ""), ("one", "--salt one"), ("two", "--salt two"), ("none", "--anonymous")] {
        place.line(&format!("score target.jsonl --reference toy.json --by year {options} -o {name}.parquet")).ok();
    }
    let expected = estimate(&place, "plain.parquet --by year")["estimates"].clone();
    let mut seen = BTreeSet::new();
    for name in ["plain", "one", "two", "none"] {
        let keys = keys_of(&place, &format!("{name}.parquet"));
        assert_eq!(keys.len(), N_TARGET, "{name}");
        // 300 keys of 64 bits: a collision of two sets has probability 300^2 / 2^64.
        assert!(keys.is_disjoint(&seen), "{name}");
        seen.extend(keys);
        assert_eq!(estimate(&place, &format!("{name}.parquet --by year"))["estimates"], expected, "{name}");
    }
    assert_eq!(keys_of(&place, "none.parquet"), (0..N_TARGET as u64).collect());
    let both = place.line("score target.jsonl --reference toy.json --salt one --anonymous -o x.parquet");
    assert_eq!(both.code, 2);
}

#[test]
fn anonymous_numbers_say_nothing_of_the_order_of_the_text() {
    let place = with_target(0.3);
    let mut documents = Writer::new(2).mixture(0.3, N_TARGET, "t");
    documents.iter_mut().enumerate().for_each(|(number, document)| document.id = format!("other{number}"));
    documents.reverse();
    place.write("reversed.jsonl", jsonl(&documents));
    for name in ["target", "reversed"] {
        place.line(&format!("score {name}.jsonl --reference toy.json --anonymous -o {name}.parquet")).ok();
    }
    assert_eq!(place.read("target.parquet"), place.read("reversed.parquet"));
}

#[test]
fn a_score_table_holds_no_text() {
    let place = with_target(0.3);
    place.line("score target.jsonl --reference toy.json -o t.parquet").ok();
    let documents: Vec<Doc> = Writer::new(2).mixture(0.3, N_TARGET, "t");
    let bytes = place.read("t.parquet");
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("log_ratio_llm"), "the search finds what is there");
    for document in documents.iter().take(20) {
        assert!(!holds(&document.id) || document.id.len() < 4, "{}", document.id);
        assert!(document.text.split(' ').take(20).all(|word| !holds(word)), "{}", document.text);
    }
}

#[test]
fn reference_show_is_the_card() {
    let place = fitted_with(
        "--hold-out 0.2 --name card --good-for toys --not-for truth --description invented --date-field year",
    );
    let card = place.line("reference show toy.json").ok();
    let sha256 = llm_prevalence::reference::store::sha256(&place.read("toy.json"));
    for expected in [
        "card: invented\n",
        "Good for:\n  - toys\n",
        "Not for:\n  - truth\n",
        "2019 to 2022",
        "human.jsonl",
        " words in at least 5 human and 3 LLM sentences",
        "naive-bayes: slope 0.",
        "Held out     20.0 % of groups",
        &sha256,
    ] {
        assert!(card.contains(expected), "no {expected:?} in:\n{card}");
    }
    let list = Place::new().line("reference list").ok();
    assert_eq!(list.lines().count(), 3);
    for name in ["reviews", "abstracts"] {
        assert!(list.lines().any(|line| line.starts_with(name)), "{list}");
        assert!(Place::new().line(&format!("reference show {name}")).ok().contains("Not for:"), "{name}");
    }
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
    assert!(place.line("estimate target.jsonl --reference toy.json").ok().contains("LLM share of documents"));
}

#[test]
fn help_of_every_command_has_an_example() {
    let place = Place::new();
    for command in ["estimate", "fit", "score", "reference", "reference list", "reference show", "completions", "man"] {
        let help = place.line(&format!("{command} --help")).ok();
        assert!(help.contains("Example") && help.contains("\n  llm-prevalence "), "{command}:\n{help}");
    }
    assert_eq!(place.line("--version").ok(), format!("llm-prevalence {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn completions_and_manual_come_from_the_same_definition() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = place.line(&format!("completions {shell}")).ok();
        assert!(script.contains("held-out") && script.contains("llm-prevalence"), "{shell}");
    }
    let page = place.line("man").ok();
    assert!(page.contains(".TH llm-prevalence 1") && page.contains("estimate"), "{page}");
}

#[test]
fn exit_codes_are_0_and_2() {
    let place = with_target(0.3);
    assert_eq!(place.line("--help").code, 0);
    assert_eq!(place.line("").code, 2);
    assert_eq!(place.line("judge").code, 2);
    assert_eq!(place.line("estimate").code, 2);
    assert_eq!(place.line("estimate target.jsonl --reference toy.json").code, 0);
    // A failure says so on standard error, and nothing that looks like a result comes out.
    let failed = place.line("estimate target.jsonl --reference toy.json --by nothing");
    assert_eq!((failed.code, failed.stdout.as_str()), (2, ""));
    assert!(failed.stderr.starts_with("error: "), "{}", failed.stderr);
}

#[test]
fn quiet_says_nothing_on_standard_error() {
    let place = with_target(0.3);
    for command in [
        "fit --human human.jsonl --llm toy=llm.jsonl -o again.json",
        "score target.jsonl --reference toy.json -o t.parquet",
        "estimate target.jsonl --reference toy.json",
    ] {
        assert_eq!(place.line(&format!("{command} --quiet")).stderr, "", "{command}");
    }
    // Without it, what was written is said.
    let fit = place.line("fit --human human.jsonl --llm toy=llm.jsonl -o again.json").stderr;
    assert!(fit.starts_with("again.json: 400 words; sentences: human "), "{fit}");
    let score = place.line("score target.jsonl --reference toy.json -o t.parquet").stderr;
    assert!(score.starts_with("t.parquet: 300 documents, ") && score.contains("no text"), "{score}");
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
