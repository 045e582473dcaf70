//! `words` on invented text: what rises, what is printed, tables without text, and what is refused.

use std::collections::BTreeSet;
use std::fs;

use polars::io::parquet::write::KeyValueMetadata;
use polars::prelude::{ParquetReader, SerReader};

use super::*;

/// Documents of a year.
const N_EACH_YEAR: usize = 160;
const INPUT: &str = "words early.jsonl late.jsonl --reference toy.json";

/// Human text of 2018 to 2021 in `early.jsonl`, and of 2023 and 2024 in `late.jsonl`, where four in five are by the LLM.
fn over_years() -> Place {
    let place = fitted();
    let mut writer = Writer::new(11);
    let mut of_years = |years: std::ops::Range<u32>, alpha: f64| {
        let documents = years.flat_map(|year| {
            let mut of_year = writer.mixture(alpha, N_EACH_YEAR, &format!("y{year}"));
            of_year.iter_mut().for_each(|document| document.year = Some(year.to_string()));
            of_year
        });
        jsonl(&documents.collect::<Vec<Doc>>())
    };
    place.write("early.jsonl", of_years(2018..2022, 0.0));
    place.write("late.jsonl", of_years(2023..2025, 0.8));
    place
}

fn words_json(place: &Place, rest: &str) -> Value {
    place.line(&format!("{rest} --output json")).json()
}

fn shown(result: &Value) -> Vec<&str> {
    result["groups"][0]["words"].as_array().unwrap().iter().map(|word| word["word"].as_str().unwrap()).collect()
}

#[test]
fn the_words_that_rise_are_the_llms_favourites() {
    let place = over_years();
    let result = words_json(&place, INPUT);
    let group = &result["groups"][0];
    let words = group["words"].as_array().unwrap();
    assert!(words.len() >= 10, "{}", words.len());
    // 57 of 400 words are its favourites.
    let n_llm = words.iter().filter(|word| word["is_llm_word"] == true).count();
    assert!(n_llm * 10 >= words.len() * 9, "{n_llm} of {}", words.len());
    for word in words {
        let excess = &word["excess"];
        let [observed, expected] = ["observed", "expected"].map(|name| excess[name].as_f64().unwrap());
        assert!((number(excess, "/difference") - (observed - expected)).abs() < 1e-12);
        assert!((number(excess, "/ratio") - observed / expected).abs() < 1e-9);
        assert!(number(excess, "/difference_interval/lower") > 0.0 && number(excess, "/p_adjusted") <= 0.05, "{word}");
        assert!(number(excess, "/p_adjusted") >= number(excess, "/p_value"));
    }
    let years: Vec<&Value> = group["periods"].as_array().unwrap().iter().map(|of| &of["period"]["label"]).collect();
    assert_eq!(years, ["2018", "2019", "2020", "2021", "2023", "2024"]);
    let baseline: Vec<bool> =
        group["periods"].as_array().unwrap().iter().map(|of| of["is_baseline"].as_bool().unwrap()).collect();
    assert_eq!(baseline, [true, true, true, true, false, false]);
    assert_eq!(result["n_tests"].as_u64().unwrap(), 2 * result["n_words_tested"].as_u64().unwrap());
    assert_eq!(result["events"], serde_json::json!([{"date": "2022-11-30", "label": "ChatGPT"}]));
    assert_eq!(result["command"], "llm-prevalence words early.jsonl late.jsonl --reference toy.json");
}

#[test]
fn the_table_says_it_in_a_sentence_and_in_rows() {
    let place = over_years();
    let table = place.line(&format!("{INPUT} --top 5")).ok();
    let result = words_json(&place, &format!("{INPUT} --top 5"));
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[0], result["headline"].as_str().unwrap());
    assert!(
        lines[0].starts_with("In 202") && lines[0].contains("times as often as its trend up to 2021 predicts"),
        "{table}"
    );
    assert!(lines[0].contains(" of them LLM words of reference \"toy\"."), "{table}");
    let header = ["word", "known as", "rate before", "period", "rate", "expected"];
    assert_eq!(cells(lines[2])[..6], header);
    assert_eq!(
        cells(lines[2])[6..],
        ["difference, points (95 % interval)", "ratio (95 % interval)", "adjusted p"],
        "{table}"
    );
    let first: Vec<&str> = lines[3..8].iter().map(|line| cells(line)[0]).collect();
    assert_eq!(first, shown(&result));
    assert!(lines[8].starts_with("Rates: share of sentences with the word, by year, in 960 documents"), "{table}");
    assert!(table.contains("false discovery rate over") && table.contains("Kobak et al. (2025)"), "{table}");
    assert!(lines.iter().all(|line| *line == line.trim_end()), "{table}");
}

#[test]
fn chosen_words_come_in_their_order_and_absent_ones_are_said() {
    let place = over_years();
    let top = words_json(&place, &format!("{INPUT} --top 3"));
    let [a, b, c] = shown(&top)[..] else { panic!("three words") };
    let result = words_json(&place, &format!("{INPUT} --words {c},{},{b},{c},qqq", a.to_uppercase()));
    assert_eq!(shown(&result), [c, a, b, "qqq"]);
    // The same numbers as when they were found.
    assert_eq!(result["groups"][0]["words"][1], top["groups"][0]["words"][0]);
    assert_eq!(result["warnings"], serde_json::json!(["not in the text: qqq"]));
    assert_eq!(result["groups"][0]["words"][3]["rates"][0]["n_units_with"], 0);
    assert!(number(&result["groups"][0]["words"][3]["rates"][0], "/interval/upper") > 0.0);
}

#[test]
fn a_folder_has_the_files_and_they_have_the_same_numbers() {
    let place = over_years();
    let printed = place.line(&format!("{INPUT} --top 4 -o out/words")).ok();
    let names: BTreeSet<String> = fs::read_dir(place.path("out/words"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(names.is_superset(&["report.md", "words.csv", "words.json"].map(str::to_owned).into()), "{names:?}");
    let text = |name: &str| String::from_utf8(place.read(&format!("out/words/{name}"))).unwrap();
    assert_eq!(printed, place.line(&format!("{INPUT} --top 4")).ok());
    for (output, name) in [("csv", "words.csv"), ("json", "words.json")] {
        assert_eq!(text(name), place.line(&format!("{INPUT} --top 4 --output {output}")).ok());
    }
    let result: Value = serde_json::from_str(&text("words.json")).unwrap();
    let report = text("report.md");
    assert!(report.starts_with("## Words over time\n\n**In 202"), "{report}");
    assert!(report.contains("\n| word | known as |"), "{report}");
    let command = "llm-prevalence words early.jsonl late.jsonl --reference toy.json --top 4";
    assert!(report.ends_with(&format!("\n### The command\n\n    {command}\n")), "{report}");
    let rows = csv_rows(&text("words.csv"));
    assert_eq!(rows.len(), 4 * 6);
    for (at, row) in rows.iter().enumerate() {
        let word = &result["groups"][0]["words"][at / 6];
        let rate = &word["rates"][at % 6];
        assert_eq!(row["word"], word["word"]);
        for (column, path) in [("rate", "/rate"), ("lower", "/interval/lower"), ("upper", "/interval/upper")] {
            assert_eq!(row[column].parse::<f64>().unwrap(), number(rate, path), "{column}");
        }
        let is_excess = word["excess"]["period"] == row["period"];
        assert_eq!(row["is_excess_period"], is_excess.to_string());
        assert_eq!(row["p_adjusted"].is_empty(), !is_excess);
        assert_eq!(row["expected"].is_empty(), row["is_baseline"] == "true");
    }
}

#[test]
fn neither_the_order_of_files_nor_threads_change_a_byte() {
    let place = over_years();
    for output in ["table", "json", "csv", "markdown"] {
        let one = place.line(&format!("{INPUT} --output {output} --threads 1")).ok();
        let two = place
            .line(&format!("words late.jsonl early.jsonl --reference toy.json --output {output} --threads 2"))
            .ok();
        assert_eq!(one, two);
    }
}

#[test]
fn groups_are_analysed_apart_and_corrected_together() {
    let place = over_years();
    // Every other document is of another venue.
    let with_venue = |name: &str| {
        let lines = String::from_utf8(place.read(name)).unwrap();
        let venue = |(at, line): (usize, &str)| {
            let mut object: Value = serde_json::from_str(line).unwrap();
            object["venue"] = ["A", "B"][at % 2].into();
            object.to_string() + "\n"
        };
        lines.lines().enumerate().map(venue).collect::<String>()
    };
    for name in ["early", "late"] {
        place.write(&format!("venues/{name}.jsonl"), with_venue(&format!("{name}.jsonl")));
    }
    let result = words_json(&place, "words venues --reference toy.json --by venue");
    let groups = result["groups"].as_array().unwrap();
    let names: Vec<&Value> = groups.iter().map(|group| &group["name"]).collect();
    assert_eq!(names, ["A", "B"]);
    let n_documents: u64 = groups
        .iter()
        .flat_map(|group| group["periods"].as_array().unwrap())
        .map(|period| period["n_documents"].as_u64().unwrap())
        .sum();
    assert_eq!(n_documents, 6 * N_EACH_YEAR as u64);
    // Each is what it is alone, but for the correction.
    place.write(
        "alone.jsonl",
        ["early", "late"]
            .map(|name| String::from_utf8(place.read(&format!("venues/{name}.jsonl"))).unwrap())
            .concat()
            .lines()
            .filter(|line| line.contains("\"venue\":\"A\""))
            .map(|line| line.to_owned() + "\n")
            .collect::<String>(),
    );
    let chosen = shown(&words_json(&place, &format!("{INPUT} --top 2"))).join(",");
    let both = words_json(&place, &format!("words venues --reference toy.json --by venue --words {chosen}"));
    let alone = words_json(&place, &format!("words alone.jsonl --reference toy.json --words {chosen}"));
    for word in 0..2 {
        let [both, alone] = [&both, &alone].map(|of| &of["groups"][0]["words"][word]);
        assert_eq!(both["rates"], alone["rates"]);
        assert_eq!(both["excess"]["p_value"], alone["excess"]["p_value"]);
    }
    let table = place.line(&format!("words venues --reference toy.json --by venue --words {chosen}")).ok();
    let rows: Vec<&str> =
        table.lines().filter(|line| ["group", "A", "B"].contains(cells(line).first().unwrap_or(&""))).collect();
    assert_eq!(rows.iter().map(|row| cells(row)[0]).collect::<Vec<_>>(), ["group", "A", "A", "B", "B"], "{table}");
}

#[test]
fn without_a_baseline_there_are_rates_and_a_hint() {
    let place = over_years();
    let table = place.line("words late.jsonl --reference toy.json").ok();
    assert!(
        table.starts_with(
            "There are no periods on both sides of the release of ChatGPT to compare, so only rates are shown."
        ),
        "{table}"
    );
    assert!(
        table.contains("! no year ends before 2022-11-30") && table.contains("or set --baseline-before]"),
        "{table}"
    );
    let result = words_json(&place, "words late.jsonl --reference toy.json --top 7");
    assert_eq!((&result["n_tests"], shown(&result).len()), (&Value::from(0), 7));
    assert!(result["groups"][0]["words"].as_array().unwrap().iter().all(|word| word["excess"].is_null()));
    let early = place.line("words early.jsonl --reference none").ok();
    assert!(early.contains("! every year ends before 2022-11-30") && !early.contains("known as"), "{early}");
    let later = place.line(&format!("{INPUT} --baseline-before 2023-06-01")).ok();
    assert!(
        later.contains("! 2023 contains 2023-06-01 and counts as later text; --baseline-before 2024-01-01"),
        "{later}"
    );
    let with_llms = place.line(&format!("{INPUT} --baseline-before 2024-01-01")).ok();
    assert!(with_llms.contains("the baseline has text from after 2022-11-30"), "{with_llms}");
}

#[test]
fn one_or_two_baseline_periods_say_what_is_assumed() {
    let place = over_years();
    let lines = String::from_utf8(place.read("early.jsonl")).unwrap();
    let of = |years: &[&str]| {
        let is_of = |line: &&str| years.iter().any(|year| line.contains(&format!("\"year\":\"{year}\"")));
        lines.lines().filter(is_of).map(|line| line.to_owned() + "\n").collect::<String>()
    };
    place.write("one.jsonl", of(&["2021"]));
    place.write("two.jsonl", of(&["2020", "2021"]));
    let one = place.line("words one.jsonl late.jsonl --reference toy.json").ok();
    assert!(
        one.contains("! the baseline is 2021 alone") && one.contains("20 % of the rate") && one.contains("assumed"),
        "{one}"
    );
    let two = place.line("words two.jsonl late.jsonl --reference toy.json").ok();
    assert!(two.contains("! two baseline periods leave no residuals"), "{two}");
}

#[test]
fn documents_without_a_period_are_counted_and_shown() {
    let place = over_years();
    place.write(
        "odd.jsonl",
        "{\"year\": \"soon\", \"text\": \"Some plain words here.\"}\n{\"year\": null, \"text\": \"Some more words here.\"}\n\
         {\"year\": \"2024\", \"text\": \"\"}\n",
    );
    let table = place.line(&format!("{INPUT} odd.jsonl")).ok();
    let note = "\n! left out, in no period: 1 document without a date, 1 with a date that cannot be read or spans \
                more than a period (such as \"soon\")\n";
    assert!(table.contains(note), "{table}");
    assert!(table.contains("! 1 document left out: empty, or no sentence of two words"), "{table}");
    let result = words_json(&place, &format!("{INPUT} odd.jsonl"));
    assert_eq!(result["undated"], serde_json::json!({"n_without_date": 1, "n_unreadable": 1, "examples": ["soon"]}));
    assert_eq!(result["input"]["n_documents"], 960);
}

/// Everything but what names the files and the words left out.
fn numbers(mut result: Value) -> Value {
    let object = result.as_object_mut().unwrap();
    ["input", "command", "warnings"].iter().for_each(|key| drop(object.remove(*key).unwrap()));
    result
}

#[test]
fn a_table_without_text_gives_the_numbers_of_its_text() {
    let place = over_years();
    let score = "score early.jsonl late.jsonl --reference toy.json --by year --words words.parquet";
    let said = place.line(score);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(
        said.stderr.contains("words.parquet: words of 960 documents, ") && said.stderr.contains("no text; "),
        "{}",
        said.stderr
    );
    for rest in ["", "--rank ratio --top 12", "--baseline-before 2021-01-01", "--level 0.9"] {
        let of_text = words_json(&place, &format!("{INPUT} {rest}"));
        let of_table = words_json(&place, &format!("words words.parquet --reference toy.json {rest}"));
        assert_eq!(numbers(of_text), numbers(of_table), "{rest}");
    }
    // Beside the score table, which is what it is without.
    place.line("score early.jsonl --reference toy.json --by year -o alone.parquet").ok();
    place.line("score early.jsonl --reference toy.json --by year -o beside.parquet --words early.parquet").ok();
    assert_eq!(place.read("alone.parquet"), place.read("beside.parquet"));
    // Tables of parts are those of the whole, but for words that are rare in one of them.
    place.line("score late.jsonl --reference toy.json --by year --words late.parquet").ok();
    let of_parts = words_json(&place, "words late.parquet early.parquet --reference toy.json --top 5");
    assert_eq!(shown(&of_parts), shown(&words_json(&place, &format!("{INPUT} --top 5"))));
}

#[test]
fn a_table_has_no_text_and_no_rare_word() {
    let place = fitted();
    let mut documents = Writer::new(4).mixture(0.5, 60, "t");
    for document in &mut documents[..4] {
        document.text += " Only zyzzyvas are here.";
    }
    for document in &mut documents[4..9] {
        document.text += " Also quokkas are here.";
    }
    place.write("target.jsonl", jsonl(&documents));
    place.line("score target.jsonl --reference toy.json --by year --words w.parquet").ok();
    let (table, stored) = llm_prevalence::words::store::read_occurrence_table(&place.path("w.parquet")).unwrap();
    assert!(table.number("quokkas").is_some() && table.number("zyzzyvas").is_none());
    // "only" as well.
    assert!(stored.n_words_left_out >= 2 && stored.min_documents == 5, "{stored:?}");
    let said = place.line("words w.parquet --reference none --words zyzzyvas").ok();
    assert!(said.contains("! not in the table, which leaves out rare words: zyzzyvas"), "{said}");
    assert!(said.contains("words in fewer than 5 documents were left out when the occurrences were stored"), "{said}");
    // A group of one document would show that document's words.
    let by_paper = place.line("score target.jsonl --reference toy.json --by id --words w.parquet").stderr;
    assert!(
        by_paper.contains("60 groups have fewer than 5 documents") && by_paper.contains("[keep coarser"),
        "{by_paper}"
    );
}

#[test]
fn tables_of_dates_are_mapped_to_periods() {
    let place = over_years();
    for name in ["early", "late"] {
        let lines = String::from_utf8(place.read(&format!("{name}.jsonl"))).unwrap();
        let dated = lines.lines().enumerate().map(|(at, line)| {
            let mut object: Value = serde_json::from_str(line).unwrap();
            object["created"] = format!("{}-0{}-15", object["year"].as_str().unwrap(), 1 + at % 9).into();
            object.as_object_mut().unwrap().remove("year");
            object.to_string() + "\n"
        });
        place.write(&format!("dated/{name}.jsonl"), dated.collect::<String>());
    }
    place.line("score dated --reference toy.json --by created --words w.parquet").ok();
    for period in ["year", "quarter", "month"] {
        let rest = format!("--reference toy.json --period {period}");
        let of_text = words_json(&place, &format!("words dated {rest}"));
        let of_table = words_json(&place, &format!("words w.parquet {rest}"));
        assert_eq!(numbers(of_text), numbers(of_table), "{period}");
    }
}

/// `words.parquet` with other metadata, as `other.parquet`.
fn changed_table(place: &Place, change: impl FnOnce(&mut Value)) {
    let key = "llm_prevalence_occurrence_table";
    let mut reader = ParquetReader::new(File::open(place.path("words.parquet")).unwrap());
    let entries = reader.get_metadata().unwrap().key_value_metadata().clone().unwrap();
    let text = entries.into_iter().find(|entry| entry.key == key).unwrap().value.unwrap();
    let mut metadata: Value = serde_json::from_str(&text).unwrap();
    change(&mut metadata);
    let mut frame = ParquetReader::new(File::open(place.path("words.parquet")).unwrap()).finish().unwrap();
    ParquetWriter::new(File::create(place.path("other.parquet")).unwrap())
        .with_key_value_metadata(Some(KeyValueMetadata::from_static(vec![(key.to_owned(), metadata.to_string())])))
        .finish(&mut frame)
        .unwrap();
}

#[test]
fn tables_that_are_refused() {
    let place = over_years();
    place.line("score early.jsonl --reference toy.json --by year --words words.parquet -o scores.parquet").ok();
    let words = |rest: &str, parts: &[&str]| refused(&place, &format!("words {rest} --reference none"), parts);
    words("scores.parquet", &["scores.parquet: a score table, which has no words", "score --words`]"]);
    words("words.parquet late.jsonl", &["occurrence tables and text cannot be mixed"]);
    words("words.parquet --by paper", &["words.parquet: the occurrence table has no column paper", "columns: year"]);
    words("words.parquet --date-field day", &["the occurrence table has no column day"]);
    let estimate = "estimate words.parquet --reference toy.json";
    refused(&place, estimate, &["words.parquet: an occurrence table, which has no scores", "use it with `words`"]);
    words("words.parquet --unit document", &["words.parquet: its units are sentences", "[leave out --unit"]);
    changed_table(&place, |of| of["version"] = 7.into());
    words("other.parquet", &["other.parquet: occurrence table of layout version 7", "reads version 1 [make it again"]);
    changed_table(&place, |of| of["table"]["tokenizer"] = "words-9".into());
    words("other.parquet", &["other.parquet: occurrence table made with tokeniser \"words-9\"", "[make it again"]);
    changed_table(&place, |of| of["table"]["columns"] = serde_json::json!(["venue"]));
    words("other.parquet --date-field venue", &["other.parquet: damaged occurrence table: "]);
    place.line("score late.jsonl --reference toy.json --by paper --words papers.parquet").ok();
    words("words.parquet papers.parquet", &["its columns (", ") differ from those of "]);
    let whole = place.read("words.parquet");
    place.write("cut.parquet", &whole[..whole.len() / 2]);
    let cut = place.line("words cut.parquet --reference none");
    assert_eq!((cut.code, cut.stdout.as_str()), (2, ""), "{}", cut.stderr);
    assert!(cut.stderr.contains("cut.parquet: "), "{}", cut.stderr);
    let damaged: Vec<u8> =
        whole.iter().enumerate().map(|(at, byte)| if at % 97 == 96 { !byte } else { *byte }).collect();
    place.write("bad.parquet", damaged);
    assert_eq!(place.line("words bad.parquet --reference none").code, 2);
}

#[test]
fn arguments_that_are_refused() {
    let place = over_years();
    let words = |rest: &str, parts: &[&str]| refused(&place, &format!("{INPUT} {rest}"), parts);
    words("--by year --by year", &["--by year: named twice"]);
    words("--by nothing", &["nothing", "early.jsonl"]);
    words("--date-field nothing", &["nothing", "early.jsonl"]);
    words("--words delve,42", &["--words \"42\": 0 words where one is needed"]);
    words("--words well-known", &["--words \"well-known\": 2 words"]);
    words("--period month", &["no document has a date that identifies a month", "2018", "[name another column"]);
    words("--date-field text", &["no document has a date that identifies a year"]);
    refused(&place, "words early.jsonl --reference nothing", &["no reference \"nothing\""]);
    place.write("undated.jsonl", "{\"text\": \"Some plain words here.\"}\n");
    refused(
        &place,
        "words undated.jsonl --reference none",
        &["no document has a date in date", "--date-field; columns: `"],
    );
    place.write("empty.jsonl", "{\"text\": \"\", \"year\": 2020}\n");
    refused(&place, "words empty.jsonl --reference none", &["no document with text is left to count"]);
    for (rest, part) in [
        ("--event GPT-4", "a date and a label are needed [write it as 2023-03-14=GPT-4]"),
        ("--event soon=GPT-4", "\"soon\" is not a date"),
        ("--baseline-before 2022", "not a date [write it as 2022-11-30]"),
        ("--top 0", "--top"),
        ("--words delve --top 3", "cannot be used with"),
        ("--rank size", "ratio"),
    ] {
        let run = place.line(&format!("{INPUT} {rest}"));
        assert!(run.code == 2 && run.stderr.contains(part), "{rest}: {}", run.stderr);
    }
    place.write("file", "");
    refused(
        &place,
        &format!("{INPUT} -o file"),
        &["-o file: this is a file, but the report needs a folder [name another place]"],
    );
    let score =
        |rest: &str, parts: &[&str]| refused(&place, &format!("score early.jsonl --reference toy.json {rest}"), parts);
    score("--by word --words w.parquet", &["--by word: an occurrence table has a column of this name"]);
    score("--words t.parquet -o t.parquet", &["t.parquet: named by both -o and --words"]);
    assert!(!place.names().contains("t.parquet"));
    assert_eq!(place.line("score early.jsonl --reference toy.json").code, 2);
    assert_eq!(place.line("score early.jsonl --reference toy.json --words w.parquet --sample 3").code, 2);
}

#[test]
fn own_events_are_marked_beside_chatgpt() {
    let place = over_years();
    let result = words_json(&place, &format!("{INPUT} --event 2021-06-29=Copilot --event 2023-03-14=GPT-4"));
    let labels: Vec<&Value> = result["events"].as_array().unwrap().iter().map(|event| &event["label"]).collect();
    assert_eq!(labels, ["Copilot", "ChatGPT", "GPT-4"]);
    let result = words_json(&place, &format!("{INPUT} --event 2022-11-30=release"));
    assert_eq!(result["events"], serde_json::json!([{"date": "2022-11-30", "label": "release"}]));
}
