//! Shares of several LLMs as `estimate` finds and prints them.

use super::*;

/// A folder with the references of several LLMs and a target: 180 human documents, 75 by the LLM of `one` and `twin`, 45 by
/// that of `two`.
fn with_mixture() -> Place {
    let place = fitted_on_several();
    let authors = [(Author::Human, 180), (Author::Llm, 75), (Author::Other, 45)];
    place.write("target.jsonl", jsonl(&Writer::new(33).mixture_of_three(authors, "t")));
    place
}

/// The source called `name` in a row of the JSON.
fn source<'a>(row: &'a Value, name: &str) -> &'a Value {
    let sources = row["sources"].as_array().unwrap();
    sources.iter().find(|source| source["name"] == name).unwrap_or_else(|| panic!("no {name} in {row}"))
}

fn percent(share: &Value) -> String {
    format!("{:.2}", share.as_f64().unwrap() * 100.0)
}

fn percents(interval: &Value) -> String {
    format!("{} to {} %", percent(&interval["lower"]), percent(&interval["upper"]))
}

#[test]
fn shares_of_a_known_mixture_are_recovered() {
    let place = with_mixture();
    for options in ["", "--scorer naive-bayes", "--calibration logistic", "--unit document", "--interval bootstrap"] {
        let result = estimate(&place, &format!("target.jsonl {options}"));
        let row = &result["estimates"][0];
        // Standard errors of about 0.025 for 300 documents, as for one LLM.
        for (path, truth) in [("/alpha", 0.4), ("/sources/1/share", 0.25), ("/sources/2/share", 0.15)] {
            assert!((number(row, path) - truth).abs() < 0.06, "{options} {path}: {row}");
        }
        let names: Vec<&Value> = row["sources"].as_array().unwrap().iter().map(|source| &source["name"]).collect();
        assert_eq!(names, ["human", "one", "two"]);
        assert_eq!(row["source_sums"], serde_json::json!([]));
        let shares = ["human", "one", "two"].map(|name| number(source(row, name), "/share"));
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{row}");
        assert!((1.0 - shares[0] - number(row, "/alpha")).abs() < 1e-12, "{row}");
        for name in ["human", "one", "two"] {
            let (source, share) = (source(row, name), number(source(row, name), "/share"));
            assert_eq!(source["identified"], true);
            assert!(number(source, "/interval/lower") <= share && share <= number(source, "/interval/upper"), "{row}");
            assert!(number(source, "/interval/upper") - number(source, "/interval/lower") > 0.02, "{row}");
        }
    }
}

#[test]
fn the_largest_share_goes_to_the_only_llm_in_the_text() {
    let place = fitted_on_several();
    for (author, name, other) in [(Author::Llm, "one", "two"), (Author::Other, "two", "one")] {
        let authors = [(Author::Human, 200), (author, 100), (Author::Human, 0)];
        place.write("target.jsonl", jsonl(&Writer::new(34).mixture_of_three(authors, "t")));
        let row = &estimate(&place, "target.jsonl")["estimates"][0];
        assert!((number(row, "/alpha") - 1.0 / 3.0).abs() < 0.06, "{row}");
        assert!(number(source(row, name), "/share") > 0.25, "{row}");
        // Of the other there is nothing, and the interval knows.
        assert!(number(source(row, other), "/share") < 0.03, "{row}");
        assert!(number(source(row, other), "/interval/lower") < 0.01, "{row}");
    }
}

#[test]
fn shares_are_printed_beneath_alpha() {
    let place = with_mixture();
    let table = place.line("estimate target.jsonl --reference toy.json --by year").ok();
    let rows = estimate(&place, "target.jsonl --by year")["estimates"].as_array().unwrap().clone();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(cells(lines[0]), ["year", "documents", "sentences", "LLM share", "95 % interval", "s.e.", "misfit"]);
    assert!(lines[1].contains(&format!("{} %", percent(&rows[0]["alpha"]))), "{table}");
    assert_eq!(lines[5..7], ["", "By source (share of sentences):"]);
    assert_eq!(cells(lines[7]), ["year", "source", "share", "95 % interval"]);
    for (number, row) in rows.iter().enumerate() {
        for (place, name) in ["one", "two"].into_iter().enumerate() {
            let source = source(row, name);
            let share = format!("{} %", percent(&source["share"]));
            let expected = [row["group"]["year"].as_str().unwrap(), name, &share, &percents(&source["interval"])];
            assert_eq!(cells(lines[8 + 2 * number + place]), expected);
        }
    }
    assert!(lines[16].starts_with("LLM share of sentences; reference \"toy\" ("), "{table}");
    assert!(lines[17].starts_with("Interval: clustered by document"), "{table}");
    assert!(lines.iter().all(|line| *line == line.trim_end()), "white space at a line's end: {table}");
    // The columns of numbers end at one place, as above.
    let end_of_share = |line: &str| line.find(" %").unwrap();
    assert!(lines[8..16].iter().all(|line| end_of_share(line) == end_of_share(lines[8])), "{table}");
}

#[test]
fn markdown_has_a_table_of_shares_of_its_own() {
    let place = with_mixture();
    let text = place.line("estimate target.jsonl --reference toy.json --output markdown --level 0.9").ok();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..2], ["## LLM share of sentences", ""]);
    assert_eq!(lines[2], "| documents | sentences | LLM share | 90 % interval | s.e. | misfit |");
    assert_eq!(lines[5..8], ["", "By source (share of sentences):", ""]);
    assert_eq!(lines[8..10], ["| source | share | 90 % interval |", "| :-- | --: | --: |"]);
    assert!(lines[10].starts_with("| one | ") && lines[11].starts_with("| two | "), "{text}");
    assert_eq!(lines[12], "");
    assert!(lines[13].starts_with("LLM share of sentences"), "{text}");
}

#[test]
fn one_llm_prints_no_shares() {
    let place = with_target(0.3);
    let table = place.line("estimate target.jsonl --reference toy.json --by year").ok();
    assert_eq!(table.lines().count(), 8, "{table}");
    let text = place.line("estimate target.jsonl --reference toy.json --output markdown").ok();
    assert_eq!(text.lines().count(), 11, "{text}");
    let csv = csv_rows(&place.line("estimate target.jsonl --reference toy.json --by year --output csv").ok());
    assert_eq!(csv.len(), 4);
    assert!(csv.iter().all(|row| row["source"] == "all_llms" && row["identified"] == "true"), "{csv:?}");
    // Nor does the published method, which knows one LLM side whatever the reference.
    let place = with_mixture();
    let table = place.line("estimate target.jsonl --reference toy.json --method liang").ok();
    assert_eq!(table.lines().count(), 5, "{table}");
}

/// `one` and `twin` are by the same writer: how much is by which nobody can say.
#[test]
fn a_split_that_is_not_identified_is_a_sum() {
    let place = with_mixture();
    let line = "estimate target.jsonl --reference twins.json";
    let result = place.line(&format!("{line} --output json")).json();
    let row = &result["estimates"][0];
    for name in ["one", "twin"] {
        let expected = serde_json::json!({"name": name, "share": null, "interval": null, "identified": false});
        assert_eq!(source(row, name), &expected);
    }
    let sums = row["source_sums"].as_array().unwrap();
    assert_eq!(sums.len(), 1, "{row}");
    assert_eq!(keys(&sums[0]), ["names", "share", "interval"]);
    assert_eq!(sums[0]["names"], serde_json::json!(["one", "twin"]));
    // The sum is as well known as a share is: 0.25 of the documents.
    assert!((number(&sums[0], "/share") - 0.25).abs() < 0.06, "{row}");
    assert!(number(&sums[0], "/interval/lower") > 0.1 && number(&sums[0], "/interval/upper") < 0.4, "{row}");
    assert_eq!(source(row, "two")["identified"], true);
    let total = number(&sums[0], "/share") + number(source(row, "two"), "/share");
    assert!((total - number(row, "/alpha")).abs() < 1e-9, "{row}");
    // Printed as a sum alone.
    let shown = [format!("{} %", percent(&sums[0]["share"])), percents(&sums[0]["interval"])];
    let table = place.line(line).ok();
    let lines: Vec<Vec<&str>> = table.lines().map(cells).collect();
    assert_eq!(lines[3], ["By source (share of sentences):"]);
    assert_eq!(lines[4], ["source", "share", "95 % interval"]);
    assert_eq!(lines[5][0], "two");
    assert_eq!(lines[6][0], "unknown");
    assert_eq!(lines[7], ["one + twin (split not identified)", &shown[0], &shown[1]]);
    assert!(lines.iter().all(|line| !["one", "twin"].contains(line.first().unwrap_or(&""))), "{table}");
    let markdown = place.line(&format!("{line} --output markdown")).ok();
    let expected = format!("| one + twin (split not identified) | {} | {} |\n", shown[0], shown[1]);
    assert!(markdown.contains(&expected) && !markdown.contains("| twin |"), "{markdown}");
    let csv = csv_rows(&place.line(&format!("{line} --output csv")).ok());
    let found = csv.iter().map(|row| [&row["source"], &row["identified"]].map(String::as_str));
    let llms = [["one", "false"], ["two", "true"], ["twin", "false"], ["unknown", "true"]];
    let expected = [&[["all_llms", "true"]], &llms[..], &[["one + twin", "true"]]].concat();
    assert_eq!(found.collect::<Vec<_>>(), expected);
    assert_eq!(["alpha", "lower", "upper"].map(|column| csv[1][column].as_str()), ["", "", ""]);
    assert_eq!(csv[5]["alpha"].parse::<f64>().unwrap(), number(&sums[0], "/share"));
}

/// With strata the whole documents of a band are those that `--unit document` estimates.
#[test]
fn the_band_has_the_share_of_whole_documents() {
    let place = with_mixture();
    let line = "estimate target.jsonl --reference twins.json --output json";
    let band = place.line(&format!("{line} --band")).json();
    let choices = band["estimates"][0]["band"]["specifications"].as_array().unwrap();
    let of_documents: Vec<_> = choices.iter().filter(|choice| choice["unit"] == "document").collect();
    let documents = place.line(&format!("{line} --unit document")).json();
    assert_eq!(of_documents.len(), 1);
    assert_eq!(of_documents[0]["alpha"], documents["estimates"][0]["alpha"]);
    assert_ne!(documents["estimates"][0]["alpha"], band["estimates"][0]["alpha"]);
}

#[test]
fn csv_has_a_row_per_group_and_share() {
    let place = with_mixture();
    let line = "estimate target.jsonl --reference toy.json --by year --output";
    let result = place.line(&format!("{line} json")).json();
    let rows = csv_rows(&place.line(&format!("{line} csv")).ok());
    assert_eq!(rows.len(), 4 * 3);
    for (of_group, json) in rows.chunks(3).zip(result["estimates"].as_array().unwrap()) {
        let names: Vec<&str> = of_group.iter().map(|row| row["source"].as_str()).collect();
        assert_eq!(names, ["all_llms", "one", "two"]);
        let all = [json, source(json, "one"), source(json, "two")];
        for (row, (json_of_share, key)) in of_group.iter().zip(all.into_iter().zip(["/alpha", "/share", "/share"])) {
            for (column, path) in [("alpha", key), ("lower", "/interval/lower"), ("upper", "/interval/upper")] {
                assert_eq!(row[column].parse::<f64>().unwrap(), number(json_of_share, path), "{column} {row:?}");
            }
            assert_eq!(row["year"], json["group"]["year"].as_str().unwrap());
            assert_eq!([&row["unit"], &row["level"], &row["reference"]], ["sentence", "0.95", "toy"]);
            assert_eq!(row["n_units"], json["n_units"].to_string());
        }
        for column in ["standard_error", "design_effect", "p_zero", "misfit_distance", "misfit_flagged"] {
            assert!(!of_group[0][column].is_empty() && of_group[1][column].is_empty(), "{column} {of_group:?}");
        }
    }
}

#[test]
fn columns_of_the_data_may_have_the_names_of_fixed_ones() {
    let place = fitted_on_several();
    let mut lines = String::new();
    let authors = [(Author::Human, 60), (Author::Llm, 30), (Author::Other, 30)];
    for (number, document) in Writer::new(35).mixture_of_three(authors, "t").into_iter().enumerate() {
        let source = ["mail", "web"][number % 2];
        let object = serde_json::json!({"text": document.text, "source": source, "by_source": "x", "alpha": "y"});
        lines += &format!("{object}\n");
    }
    place.write("target.jsonl", lines);
    let line = "estimate target.jsonl --reference toy.json --by source --by by_source --by alpha --output";
    let csv = place.line(&format!("{line} csv")).ok();
    assert!(csv.starts_with("by_by_source,by_source,by_alpha,source,identified,unit,"), "{csv}");
    let rows = csv_rows(&csv);
    let of = |row: usize| ["by_by_source", "by_source", "by_alpha", "source"].map(|column| rows[row][column].as_str());
    assert_eq!(
        [of(0), of(2), of(3)],
        [["mail", "x", "y", "all_llms"], ["mail", "x", "y", "two"], ["web", "x", "y", "all_llms"]]
    );
    let table = place.line(&format!("{line} table")).ok();
    let headers: Vec<Vec<&str>> = table.lines().map(cells).filter(|line| line.contains(&"95 % interval")).collect();
    assert_eq!(headers[0][..4], ["source", "by_source", "alpha", "documents"]);
    assert_eq!(headers[1][..4], ["by_by_source", "by_source", "alpha", "source"]);
    assert_eq!(place.line(&format!("{line} json")).json()["estimates"][1]["group"]["source"], "web");
}

#[test]
fn a_small_group_has_no_shares() {
    let place = with_mixture();
    let mut documents = Writer::new(36).mixture(0.5, 60, "t");
    documents.iter_mut().enumerate().for_each(|(number, document)| {
        document.year = Some(if number < 2 { "1999" } else { "2020" }.to_owned());
    });
    place.write("target.jsonl", jsonl(&documents));
    let line = "estimate target.jsonl --reference toy.json --by year";
    let table = place.line(line).ok();
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[1].starts_with("1999  ") && lines[2].starts_with("2020  "), "{table}");
    assert!(lines[3].is_empty() && lines[4].starts_with("By source"), "{table}");
    assert!(lines[6].starts_with("2020  one") && lines[7].starts_with("2020  two"), "{table}");
    assert!(lines[8].starts_with("LLM share of"), "{table}");
    let rows = csv_rows(&place.line(&format!("{line} --output csv")).ok());
    let found: Vec<[&str; 3]> =
        rows.iter().map(|row| ["year", "source", "identified"].map(|column| row[column].as_str())).collect();
    let large = [["2020", "all_llms", "true"], ["2020", "one", "true"], ["2020", "two", "true"]];
    assert_eq!(found, [[["1999", "all_llms", ""]].as_slice(), &large].concat());
}

#[test]
fn a_score_table_gives_the_shares_of_its_text_to_the_bit() {
    let place = with_mixture();
    for (reference, scorer) in [("toy", "logistic"), ("toy", "naive-bayes"), ("twins", "logistic")] {
        let score = format!("score target.jsonl --reference {reference}.json --scorer {scorer} --by year -o t.parquet");
        place.line(&score).ok();
        for rest in ["", "--by year", "--unit document", "--calibration logistic", "--interval bootstrap --seed 3"] {
            let of = |input: &str| {
                let line = format!("estimate {input} --reference {reference}.json --output json {rest}");
                without_input(place.line(&line).json())
            };
            assert_eq!(of(&format!("target.jsonl --scorer {scorer}")), of("t.parquet"), "{reference} {scorer} {rest}");
        }
    }
}

#[test]
fn a_bootstrap_says_which_intervals_it_is_of() {
    let place = with_mixture();
    let table = place.line("estimate target.jsonl --reference toy.json --interval bootstrap").ok();
    let caption = "Interval: bootstrap over documents, without the reference's uncertainty; by source: clustered by \
                   document, with the reference's uncertainty\n";
    assert!(table.contains(caption), "{table}");
}

/// The same text under two names: nothing at all tells one from the other.
#[test]
fn equal_sources_are_a_sum() {
    let place = with_mixture();
    place.line("fit --human human.jsonl --llm a=one.jsonl --llm b=one.jsonl --llm two=two.jsonl -o same.json").ok();
    let result = place.line("estimate target.jsonl --reference same.json --output json").json();
    let row = &result["estimates"][0];
    assert_eq!(row["source_sums"][0]["names"], serde_json::json!(["a", "b"]), "{row}");
}
