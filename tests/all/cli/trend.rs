//! `trend`: periods, changes, events, the folder, and what it says of the reference's age.

use super::*;

/// Documents of a period.
const N_EACH_YEAR: usize = 120;

/// `n` documents of these dates in turn, of which the share `alpha` is by the LLM.
fn dated(writer: &mut Writer, alpha: f64, n: usize, dates: &[&str]) -> Vec<Doc> {
    let mut documents = writer.mixture(alpha, n, dates[0]);
    for (number, document) in documents.iter_mut().enumerate() {
        document.year = Some(dates[number % dates.len()].to_owned());
    }
    documents
}

/// A reference, and `target.jsonl` of four years: 0, 0, 20 and 40 % by the LLM.
fn rising() -> Place {
    let place = fitted();
    let mut writer = Writer::new(81);
    let years = [("2020", 0.0), ("2021", 0.0), ("2023", 0.2), ("2024", 0.4)];
    let documents: Vec<Doc> =
        years.iter().flat_map(|&(year, alpha)| dated(&mut writer, alpha, N_EACH_YEAR, &[year])).collect();
    place.write("target.jsonl", jsonl(&documents));
    place
}

fn trend(place: &Place, rest: &str) -> Value {
    place.line(&format!("trend target.jsonl --reference toy.json --output json {rest}")).json()
}

fn labels(series: &Value) -> Vec<&str> {
    let periods = series["periods"].as_array().unwrap();
    periods.iter().map(|of| of["period"]["label"].as_str().unwrap()).collect()
}

#[test]
fn years_become_periods_with_the_estimates_of_estimate() {
    let place = rising();
    let found = trend(&place, "");
    let series = &found["series"][0];
    assert_eq!(labels(series), ["2020", "2021", "2023", "2024"]);
    let by_year = estimate(&place, "target.jsonl --by year");
    for (period, row) in series["periods"].as_array().unwrap().iter().zip(by_year["estimates"].as_array().unwrap()) {
        for path in ["/alpha", "/interval/lower", "/interval/upper", "/misfit/distance"] {
            assert_eq!(number(period, path), number(row, path), "{path}");
        }
        assert_eq!((&period["is_small"], &period["artefact"]), (&false.into(), &Value::Null));
    }
    let changes: Vec<(&str, &str)> = (series["changes"].as_array().unwrap().iter())
        .map(|change| (change["from"].as_str().unwrap(), change["to"].as_str().unwrap()))
        .collect();
    assert_eq!(changes, [("2020", "2024"), ("2023", "2024")]);
    assert!((number(series, "/changes/0/difference") - 0.4).abs() < 0.12, "{series}");
    assert_eq!((&series["break_test"]["n_before"], &series["break_test"]["n_after"]), (&2.into(), &2.into()));
    assert!((number(series, "/break_test/difference") - 0.3).abs() < 0.08, "{series}");
    assert!((number(series, "/slope/per_year") - 0.1).abs() < 0.03, "{series}");
    assert_eq!(found["events"], serde_json::json!([{"date": "2022-11-30", "label": "ChatGPT"}]));
    // A generator of the name "toy" is of unknown age.
    assert_eq!((&found["ageing"]["aged"], &found["ageing"]["newest_generator"]), (&false.into(), &Value::Null));
    assert!(found["warnings"][0].as_str().unwrap().contains("the release date of toy is not known"), "{found}");
    let headline = found["headline"].as_str().unwrap();
    assert!(headline.starts_with("Between 2020 and 2024 the LLM share of sentences rose from "), "{headline}");
}

#[test]
fn the_table_begins_with_the_headline_and_ends_with_the_notes() {
    let place = rising();
    let table = place.line("trend target.jsonl --reference toy.json").ok();
    let lines: Vec<&str> = table.lines().collect();
    let result = trend(&place, "");
    assert_eq!(lines[0], result["headline"]);
    assert_eq!(lines[1..3], ["", "What changed:"]);
    let sentences = result["series"][0]["sentences"].as_array().unwrap();
    assert_eq!(sentences.len(), 4);
    // The headline says the first of them.
    assert!(lines[0].starts_with(sentences[0].as_str().unwrap()), "{table}");
    for (line, sentence) in lines[3..6].iter().zip(&sentences[1..]) {
        assert_eq!(*line, format!("- {}", sentence.as_str().unwrap()));
    }
    assert_eq!(lines[6], "");
    assert_eq!(cells(lines[7]), ["period", "documents", "sentences", "LLM share", "95 % interval", "s.e.", "misfit"]);
    assert!(lines[8].starts_with("2020") && lines[11].starts_with("2024"), "{table}");
    assert!(lines[12].starts_with("LLM share of sentences; ") && lines[13].starts_with("Interval: "), "{table}");
    assert_eq!(lines[14], "Text from the column \"text\"");
    assert_eq!(lines[15..], [format!("! {}", result["warnings"][0].as_str().unwrap())]);
    assert!(lines.iter().all(|line| *line == line.trim_end()), "white space at a line's end: {table}");
}

#[test]
fn dates_of_all_kinds_are_read_and_the_others_counted() {
    let place = fitted();
    let mut writer = Writer::new(82);
    let july = ["2023-07-04", "Jul 2023", "1688169600000", "Tue, 04 Jul 2023 10:00:00 +0000"];
    let mut documents = dated(&mut writer, 0.1, 40, &july);
    documents.extend(dated(&mut writer, 0.1, 40, &["2023-08-01"]));
    documents.extend(dated(&mut writer, 0.1, 40, &["2023", "soon"]));
    let mut without = dated(&mut writer, 0.1, 40, &["2023"]);
    without.iter_mut().for_each(|document| document.year = None);
    documents.extend(without);
    place.write("target.jsonl", jsonl(&documents));
    let found = trend(&place, "--period month");
    assert_eq!(labels(&found["series"][0]), ["2023-07", "2023-08"]);
    assert_eq!(found["series"][0]["periods"][0]["n_documents"], 40);
    let expected = serde_json::json!({"n_without_date": 40, "n_unreadable": 40, "examples": ["2023", "soon"]});
    assert_eq!(found["undated"], expected);
    assert_eq!(found["series"][0]["undated"][0]["n_documents"], 80);
    let table = place.line("trend target.jsonl --reference toy.json --period month").ok();
    assert!(table.lines().any(|line| line.starts_with("undated") && line.contains("80")), "{table}");
    let note = "\n! in no period: 40 documents without a date, 40 with a date that cannot be read or spans more than a period \
                (such as \"2023\", \"soon\"); they are in the row undated\n";
    assert!(table.contains(note), "{table}");
    // By year the bare years have a place.
    let by_year = trend(&place, "--period year");
    assert_eq!(by_year["undated"]["n_unreadable"], 20);
    assert_eq!(by_year["series"][0]["periods"][0]["n_documents"], 100);
}

#[test]
fn small_periods_stay_and_take_no_part_in_comparisons_unless_asked_for() {
    let place = rising();
    let mut writer = Writer::new(83);
    let mut target = String::from_utf8(place.read("target.jsonl")).unwrap();
    target += &jsonl(&dated(&mut writer, 0.5, 20, &["2025"]));
    target += &jsonl(&dated(&mut writer, 0.0, 2, &["2026"]));
    place.write("target.jsonl", target);
    let found = trend(&place, "--change 2025..2020");
    let series = &found["series"][0];
    assert_eq!(labels(series), ["2020", "2021", "2023", "2024", "2025", "2026"]);
    assert_eq!((&series["periods"][4]["is_small"], &series["periods"][5]["alpha"]), (&true.into(), &Value::Null));
    assert!(number(&series["periods"][4], "/alpha") > 0.2);
    let pairs: Vec<String> =
        (series["changes"].as_array().unwrap().iter()).map(|of| format!("{}..{}", of["from"], of["to"])).collect();
    assert_eq!(pairs, ["\"2020\"..\"2025\"", "\"2020\"..\"2024\"", "\"2023\"..\"2024\""]);
    let table = place.line("trend target.jsonl --reference toy.json").ok();
    assert!(table.lines().any(|line| line.starts_with("2025") && line.ends_with("small")), "{table}");
    assert!(table.contains("! 2025: small: fewer than 30 documents or 600 sentences"), "{table}");
    assert!(table.lines().any(|line| line.starts_with("2026") && line.contains(" -  ")), "{table}");
}

#[test]
fn the_control_becomes_placebo_periods_of_the_same_series() {
    let place = rising();
    let mut writer = Writer::new(84);
    place.write("more.jsonl", jsonl(&dated(&mut writer, 0.0, 150, &["2018", "2019"])));
    let before = trend(&place, "--control-before 2022-01-01");
    let placebos = |found: &Value| -> Vec<bool> {
        let periods = found["series"][0]["periods"].as_array().unwrap();
        periods.iter().map(|of| of["placebo"].as_bool().unwrap()).collect()
    };
    assert_eq!(placebos(&before), [true, true, false, false]);
    assert_eq!(before["series"][0]["slope"], Value::Null);
    assert_eq!(before["series"][0]["break_test"]["n_before"], 2);
    let by_path = trend(&place, "--control more.jsonl");
    assert_eq!(labels(&by_path["series"][0]), ["2018", "2019", "2020", "2021", "2023", "2024"]);
    assert_eq!(placebos(&by_path), [true, true, false, false, false, false]);
    let table = place.line("trend target.jsonl --reference toy.json --control-before 2022-01-01").ok();
    assert!(table.lines().any(|line| line.starts_with("2020") && line.ends_with("placebo")), "{table}");
}

#[test]
fn the_folder_has_the_bytes_of_standard_output() {
    let place = rising();
    let common = "trend target.jsonl --reference toy.json --event 2023-03-14=GPT-4 -o out/report";
    let printed = place.line(common).ok();
    assert!(printed.starts_with("Between "), "{printed}");
    place.write("out/report/other.txt", "kept");
    for (output, name) in [("csv", "trend.csv"), ("json", "trend.json"), ("markdown", "report.md")] {
        let printed = place.line(&format!("{common} --output {output}")).ok();
        assert_eq!(String::from_utf8(place.read(&format!("out/report/{name}"))).unwrap(), printed);
    }
    assert_eq!(place.read("out/report/other.txt"), b"kept");
    let json: Value = serde_json::from_slice(&place.read("out/report/trend.json")).unwrap();
    assert_eq!(json["events"][1], serde_json::json!({"date": "2023-03-14", "label": "GPT-4"}));
    let command = "llm-prevalence trend target.jsonl --reference toy.json --event 2023-03-14=GPT-4";
    assert_eq!(json["command"], command);
}

#[test]
fn comparisons_that_were_asked_for_and_are_not_there_are_said() {
    let place = rising();
    let mut target = String::from_utf8(place.read("target.jsonl")).unwrap();
    target += &jsonl(&dated(&mut Writer::new(86), 0.0, 2, &["2026"]));
    place.write("target.jsonl", target);
    let found = trend(&place, "--change 2020..2026 --break 2019-01-01");
    let expected = [
        "--change 2020..2026: nothing to compare, because one of them has no estimate",
        "--break 2019-01-01: nothing to compare, because there are no large enough periods both before and after it",
    ];
    assert_eq!(found["warnings"].as_array().unwrap()[..2], expected);
    let at_2021 = trend(&place, "--break 2021-01-01");
    assert_eq!(at_2021["series"][0]["break_test"]["date"], "2021-01-01");
    assert_eq!(at_2021["series"][0]["break_test"]["n_before"], 1);
}

#[test]
fn csv_has_a_row_for_every_series_and_period() {
    let place = rising();
    let rows = csv_rows(&place.line("trend target.jsonl --reference toy.json --output csv").ok());
    let found = trend(&place, "");
    assert_eq!(rows.len(), 4);
    for (row, period) in rows.iter().zip(found["series"][0]["periods"].as_array().unwrap()) {
        assert_eq!(row["period"], period["period"]["label"]);
        assert_eq!(row["period_first"], period["period"]["first"]);
        assert_eq!(row["alpha"].parse::<f64>().unwrap(), number(period, "/alpha"));
        assert_eq!((row["small"].as_str(), row["artefact"].as_str()), ("false", ""));
    }
}

#[test]
fn several_series_are_told_apart_in_headline_sentences_and_csv() {
    let place = rising();
    let of_venue = |venue: &str| {
        let target = String::from_utf8(place.read("target.jsonl")).unwrap();
        let start = format!("{{\"period\":\"{venue}\",\"id\"");
        target.lines().map(|line| line.replace("{\"id\"", &start) + "\n").collect::<String>()
    };
    // A column that has the name of one of the table's own.
    place.write("target.jsonl", of_venue("A") + &of_venue("B").replace("\"2024\"", "\"2023\""));
    let found = trend(&place, "--by period");
    assert_eq!((found["series"][1]["name"].as_str(), labels(&found["series"][1]).len()), (Some("B"), 3));
    let headline = found["headline"].as_str().unwrap();
    let expected = "Between the first and the last year of each series the LLM share of sentences rose in both (A, B).";
    assert_eq!(headline, expected);
    let table = place.line("trend target.jsonl --reference toy.json --by period").ok();
    for start in ["A: Between 2020 and 2024 ", "B: Between 2020 and 2023 "] {
        assert!(table.contains(&format!("\n- {start}")), "no {start:?} in:\n{table}");
    }
    let rows = csv_rows(&place.line("trend target.jsonl --reference toy.json --by period --output csv").ok());
    let names: Vec<(&str, &str)> = rows.iter().map(|row| (row["by_period"].as_str(), row["period"].as_str())).collect();
    let of_a = [("A", "2020"), ("A", "2021"), ("A", "2023"), ("A", "2024")];
    assert_eq!(names, [&of_a[..], &[("B", "2020"), ("B", "2021"), ("B", "2023")]].concat());
}

#[test]
fn a_series_for_each_value_of_by_even_of_the_date_column() {
    let place = rising();
    let found = trend(&place, "--by year");
    let names: Vec<&str> =
        found["series"].as_array().unwrap().iter().map(|series| series["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["2020", "2021", "2023", "2024"]);
    assert_eq!(labels(&found["series"][2]), ["2023"]);
    assert!(found["headline"].as_str().unwrap().starts_with("No two years have enough text"), "{found}");
}

#[test]
fn markdown_escapes_the_data() {
    let place = rising();
    let target = String::from_utf8(place.read("target.jsonl")).unwrap();
    // As a value of --by, and as a label.
    let target: String =
        target.lines().map(|line| line.replace("{\"id\"", "{\"venue\":\"<script>|x\",\"id\"") + "\n").collect();
    place.write("target.jsonl", target);
    let event = "2023-03-14=<b>new</b>";
    let line =
        ["trend", "target.jsonl", "--reference", "toy.json", "--by", "venue", "--event", event, "--output", "markdown"];
    let text = place.run(&line).ok();
    assert!(text.contains("| &lt;script>\\|x | 2020 |"), "{text}");
    assert!(text.contains("\n- &lt;script>\\|x: Between 2023 and 2024 "), "{text}");
    // The label is in the command alone, which is in a block of code, where nothing is markup.
    let unescaped: Vec<&str> = text.lines().filter(|line| line.contains("<script>") || line.contains("<b>")).collect();
    assert_eq!(unescaped.len(), 1, "{unescaped:?}");
    assert!(unescaped[0].starts_with("    llm-prevalence trend"), "{unescaped:?}");
    assert!(text.starts_with("## LLM share of sentences over time\n\n**Between 2020 and 2024 "), "{text}");
}

#[test]
fn a_score_table_gives_the_same_as_its_text() {
    let place = rising();
    place.line("score target.jsonl --reference toy.json --by year -o scores.parquet").ok();
    let table = place.line("trend scores.parquet --reference toy.json --output json").json();
    let text = trend(&place, "");
    for (a, b) in [("series", "series"), ("headline", "headline"), ("events", "events")] {
        let without_words = |value: &Value| {
            let mut value = value.clone();
            for period in
                value.as_array_mut().into_iter().flatten().flat_map(|series| series["periods"].as_array_mut()).flatten()
            {
                remove_words(period);
            }
            value
        };
        assert_eq!(without_words(&table[a]), without_words(&text[b]));
    }
}

#[test]
fn the_order_of_files_and_the_number_of_threads_change_nothing() {
    let place = rising();
    let target = String::from_utf8(place.read("target.jsonl")).unwrap();
    let (even, odd): (Vec<_>, Vec<_>) = target.lines().enumerate().partition(|(number, _)| number % 2 == 0);
    for (name, lines) in [("even.jsonl", even), ("odd.jsonl", odd)] {
        place.write(name, lines.iter().map(|(_, line)| format!("{line}\n")).collect::<String>());
    }
    let of = |inputs: &str| {
        let run = place.line(&format!("trend {inputs} --reference toy.json --output json"));
        run.json()
    };
    assert_eq!(of("even.jsonl odd.jsonl --threads 1"), of("odd.jsonl even.jsonl --threads 3"));
}

/// A reference of a generator from 2023 whose later text is by another LLM: it fits less and less.
#[test]
fn an_aged_reference_is_the_headline_and_its_falls_are_marked() {
    let place = fitted();
    let mut writer = Writer::new(85);
    place.write("llm.jsonl", jsonl(&writer.documents(Author::Llm, N_LLM, "l")));
    place.line("fit --human human.jsonl --llm gpt-4=llm.jsonl -o old.json").ok();
    let mut documents = Vec::new();
    // Ever less by the LLM of the reference, ever more by another.
    for (year, n_llm, n_other) in [("2024", 60, 0), ("2025", 30, 40), ("2026", 0, 80)] {
        let mut of_year =
            writer.mixture_of_three([(Author::Human, 90), (Author::Llm, n_llm), (Author::Other, n_other)], year);
        of_year.iter_mut().for_each(|document| document.year = Some(year.to_owned()));
        documents.extend(of_year);
    }
    place.write("target.jsonl", jsonl(&documents));
    let run = place.line("trend target.jsonl --reference old.json --output json").json();
    assert_eq!(run["ageing"]["aged"], true, "{}", run["ageing"]);
    assert_eq!(run["ageing"]["newest_generator"], serde_json::json!({"name": "gpt-4", "released": "2023-03-14"}));
    assert_eq!(run["ageing"]["later_from"], "2024");
    let headline = run["headline"].as_str().unwrap();
    assert!(headline.starts_with("Reference \"old\" has aged: the text from 2024 on is later"), "{headline}");
    assert!(headline.contains("but this does not show that LLMs write less"), "{headline}");
    let artefacts: Vec<bool> =
        (run["series"][0]["periods"].as_array().unwrap().iter()).map(|of| of["artefact"].is_string()).collect();
    assert_eq!(artefacts, [false, true, true]);
    let table = place.line("trend target.jsonl --reference old.json").ok();
    assert!(table.lines().any(|line| line.starts_with("2026") && line.ends_with("artefact: old reference")), "{table}");
    assert!(table.contains("; the reference is older than this text, so this does not show a decline."), "{table}");
}

#[test]
fn what_cannot_be_done_is_refused_with_a_reason() {
    let place = rising();
    place.write("file", "");
    place
        .write("undated.jsonl", String::from_utf8(place.read("target.jsonl")).unwrap().replace("\"year\"", "\"when\""));
    place.line("score target.jsonl --reference toy.json --by paper -o scores.parquet").ok();
    for (rest, parts) in [
        ("target.jsonl -o file", &["-o file", "a file", "folder"][..]),
        ("target.jsonl --change 2020..2031", &["no period \"2031\"", "2020, 2021, 2023, 2024"]),
        ("target.jsonl --change 2020", &["--change", "2023..2024"]),
        ("target.jsonl --event soon", &["--event", "2023-03-14=GPT-4"]),
        ("target.jsonl --break soon", &["--break", "2022-11-30"]),
        ("target.jsonl --period month", &["no document is in a month", "\"2020\"", "--period"]),
        ("undated.jsonl", &["no document has a date in date, created, announced, year", "--date-field"]),
        ("target.jsonl --date-field nope", &["nope"]),
        ("scores.parquet", &["the score table has no column", "--by"]),
    ] {
        refused(&place, &format!("trend --reference toy.json {rest}"), parts);
    }
    assert!(!place.names().contains("out"));
}
