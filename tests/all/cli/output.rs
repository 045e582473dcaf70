//! What a result looks like: table, CSV, Markdown, files.

use super::*;

#[test]
fn the_table_says_what_its_numbers_are() {
    let place = with_target(0.3);
    let table = place.line("estimate target.jsonl --reference toy.json --by year").ok();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(cells(lines[0]), ["year", "documents", "sentences", "LLM share", "95 % interval", "s.e.", "misfit"]);
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
    assert_eq!(lines[..2], ["## LLM share of sentences", ""]);
    assert_eq!(lines[2], "| year | documents | sentences | LLM share | 95 % interval | s.e. | misfit |");
    assert_eq!(lines[3], "| :-- | --: | --: | --: | --: | --: | --: |");
    assert!(lines[4].starts_with("| a\\|b&lt;i> | 60 | "), "{}", lines[4]);
    assert_eq!(lines[5], "");
    assert!(lines[6].starts_with("LLM share of sentences"), "{text}");
    assert_eq!(lines.iter().filter(|line| line.starts_with('|')).count(), 3, "{text}");
}

#[test]
fn the_ending_of_the_file_chooses_the_format() {
    let place = with_target(0.3);
    let run = |rest: &str| place.line(&format!("estimate target.jsonl --reference toy.json {rest}")).ok();
    for (file, output) in
        [("r.json", "json"), ("r.csv", "csv"), ("r.md", "markdown"), ("r.html", "html"), ("r.txt", "table")]
    {
        assert_eq!(run(&format!("-o {file}")), "");
        assert_eq!(String::from_utf8(place.read(file)).unwrap(), run(&format!("--output {output}")), "{file}");
    }
    // A format that was asked for wins.
    run("--output csv -o r.json");
    assert_eq!(place.read("r.json"), place.read("r.csv"));
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
