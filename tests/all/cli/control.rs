//! A control of the target's own kind, and the placebo rows that come with it.

use super::*;

/// Documents of the target and of the control.
const N_SHIFTED: usize = 400;
/// Share of the target's documents that are by the LLM.
const ALPHA: f64 = 0.2;

/// Human text of another kind: every third word is one that the LLM, too, might have chosen.
fn shifted(writer: &mut Writer, n: usize, prefix: &str) -> Vec<Doc> {
    let mut documents = writer.documents(Author::Human, n, prefix);
    for document in &mut documents {
        let other = writer.text(Author::Llm).to_lowercase();
        let mut words = other.split([' ', '.']).filter(|word| !word.is_empty()).cycle().map(str::to_owned);
        let mixed = document.text.split(' ').enumerate().map(|(place, word)| match place % 3 {
            // A full stop is kept, or the sentence would run on.
            1 if !word.ends_with('.') && !word.starts_with(char::is_uppercase) => words.next().unwrap(),
            _ => word.to_owned(),
        });
        document.text = mixed.collect::<Vec<_>>().join(" ");
    }
    documents
}

/// A reference, `control.jsonl` from 2019 and `target.jsonl` from 2023, both of the shifted kind, and both in `all.jsonl`.
fn with_control() -> Place {
    let place = fitted();
    let mut writer = Writer::new(61);
    let dated = |mut documents: Vec<Doc>, year: &str| {
        documents.iter_mut().for_each(|document| document.year = Some(year.to_owned()));
        documents
    };
    let n_llm = (ALPHA * N_SHIFTED as f64) as usize;
    let control = dated(shifted(&mut writer, N_SHIFTED, "c"), "2019");
    let mut target = shifted(&mut writer, N_SHIFTED - n_llm, "t");
    target.extend(writer.documents(Author::Llm, n_llm, "l"));
    let target = dated(target, "2023");
    place.write("control.jsonl", jsonl(&control));
    place.write("target.jsonl", jsonl(&target));
    place.write("all.jsonl", jsonl(&[target, control].concat()));
    place
}

fn covers(row: &Value, truth: f64) -> bool {
    number(row, "/interval/lower") <= truth && truth <= number(row, "/interval/upper")
}

#[test]
fn with_a_control_text_of_another_kind_reads_right_and_the_placebo_zero() {
    let place = with_control();
    let raw = &estimate(&place, "target.jsonl")["estimates"][0];
    assert!(!covers(raw, ALPHA) && number(raw, "/alpha") > ALPHA + 0.05, "the shift does not show: {raw}");
    let result = estimate(&place, "target.jsonl --control control.jsonl");
    let rows = result["estimates"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert!(covers(&rows[0], ALPHA), "{}", rows[0]);
    assert_eq!((&rows[0]["placebo"], &rows[1]["placebo"]), (&false.into(), &true.into()));
    assert!(covers(&rows[1], 0.0) && number(&rows[1], "/alpha") < 0.02, "{}", rows[1]);
    assert!(number(&rows[1], "/p_zero") > 0.05 && number(&rows[0], "/p_zero") < 1e-6, "{result}");
    assert_eq!(result["control"]["n_documents"], N_SHIFTED);
    // Without the control the same human text is no placebo: it reads far above 0.
    assert!(number(&estimate(&place, "control.jsonl")["estimates"][0], "/interval/lower") > 0.02);
}

#[test]
fn rows_of_the_input_before_a_date_are_the_same_control() {
    let place = with_control();
    let by_path = estimate(&place, "target.jsonl --control control.jsonl");
    for date_field in ["", "--date-field year"] {
        let by_date = estimate(&place, &format!("all.jsonl --control-before 2022-11-30 {date_field}"));
        assert_eq!(by_date["estimates"], by_path["estimates"]);
        assert_eq!(by_date["control"]["before"], "2022-11-30");
    }
    let by_year = estimate(&place, "all.jsonl --control-before 2022-11-30 --by year");
    let rows = by_year["estimates"].as_array().unwrap();
    let found: Vec<_> = rows.iter().map(|row| (row["group"]["year"].as_str().unwrap(), &row["placebo"])).collect();
    assert_eq!(found, [("2023", &false.into()), ("2019", &true.into())]);
    let score = "score all.jsonl --reference toy.json --by year -o all.parquet";
    place.line(score).ok();
    let from_table = estimate(&place, "all.parquet --control-before 2022-11-30 --by year");
    for (table, text) in from_table["estimates"].as_array().unwrap().iter().zip(rows) {
        let without_words = |row: &Value| {
            let mut row = row.clone();
            remove_words(&mut row);
            row
        };
        assert_eq!(without_words(table), without_words(text));
    }
}

#[test]
fn tables_print_both_kinds_of_rows_and_what_the_control_is() {
    let place = with_control();
    let table = place.line("estimate target.jsonl --reference toy.json --control control.jsonl").ok();
    for part in
        ["placebo", "target", "Control: 400 documents (control.jsonl), from which the style of human text was learnt"]
    {
        assert!(table.contains(part), "{table}");
    }
    let csv = place.line("estimate target.jsonl --reference toy.json --control control.jsonl --output csv").ok();
    let place_of_kind = csv.lines().next().unwrap().split(',').position(|name| name == "text").unwrap();
    let kinds: Vec<&str> = csv.lines().map(|line| line.split(',').nth(place_of_kind).unwrap()).collect();
    assert_eq!(kinds, ["text", "target", "placebo"]);
}

#[test]
fn documents_without_a_date_stay_in_the_target_and_are_counted() {
    let place = with_control();
    let undated: String = String::from_utf8(place.read("target.jsonl")).unwrap().replace("\"2023\"", "\"soon\"");
    place.write("all.jsonl", undated + &String::from_utf8(place.read("control.jsonl")).unwrap());
    let run = place.line("estimate all.jsonl --reference toy.json --control-before 2022-11-30 --output json");
    assert_eq!(run.json()["control"]["n_undated"], N_SHIFTED);
    let table = place.line("estimate all.jsonl --reference toy.json --control-before 2022-11-30").ok();
    assert!(table.contains("400 documents had no readable date and went into the target"), "{table}");
    let coarse = String::from_utf8(place.read("target.jsonl")).unwrap().replace("\"2023\"", "\"2022\"");
    place.write("coarse.jsonl", coarse + &String::from_utf8(place.read("control.jsonl")).unwrap());
    let table = place.line("estimate coarse.jsonl --reference toy.json --control-before 2022-11-30").ok();
    let note =
        "400 documents had a date that may be before 2022-11-30 or not, such as a year, and went into the target";
    assert!(table.contains(note), "{table}");
    let late = place.line("estimate all.jsonl --reference toy.json --control-before 2024-01-01").ok();
    assert!(late.contains("after 2022-11-30"), "{late}");
}

#[test]
fn a_control_that_cannot_be_one_is_refused() {
    let place = with_control();
    place.write("few.jsonl", jsonl(&Writer::new(5).documents(Author::Human, 5, "f")));
    place.write("undated.jsonl", String::from_utf8(place.read("all.jsonl")).unwrap().replace("\"year\"", "\"when\""));
    for (rest, parts) in [
        ("target.jsonl --control few.jsonl", &["too little control text", "at least 200"][..]),
        ("target.jsonl --control target.jsonl", &["target.jsonl", "input and control", "--control-before"]),
        ("target.jsonl --control nowhere.jsonl", &["nowhere.jsonl"]),
        ("target.jsonl --control control.jsonl --calibration logistic", &["--calibration logistic"]),
        ("target.jsonl --control control.jsonl --method liang", &["--method liang", "control"]),
        ("all.jsonl --control-before soon", &["'soon' for '--control-before", "2022-11-30"]),
        ("all.jsonl --control-before 1999-01-01", &["no document is older"]),
        ("all.jsonl --control-before 2100-01-01", &["nothing is left"]),
        ("undated.jsonl --control-before 2022-11-30", &["no document has a readable date", "--date-field; columns: `"]),
        ("all.jsonl --control-before 2022-11-30 --date-field nope", &["nope"]),
    ] {
        refused(&place, &format!("estimate --reference toy.json {rest}"), parts);
    }
    place.line("score target.jsonl --reference toy.json -o target.parquet").ok();
    for rest in ["target.parquet --control control.jsonl", "control.jsonl --control target.parquet"] {
        refused(&place, &format!("estimate --reference toy.json {rest}"), &["--control", "cannot be mixed"]);
    }
}

#[test]
fn the_words_of_a_misfit_are_those_that_do_not_fit() {
    let place = fitted();
    let mut writer = Writer::new(71);
    place.write("other.jsonl", jsonl(&writer.documents(Author::Other, 200, "o")));
    let result = estimate(&place, "other.jsonl");
    let row = &result["estimates"][0];
    assert_eq!(row["misfit"]["flagged"], true, "{row}");
    assert!(number(row, "/misfit/p_value") <= 0.01, "{row}");
    let words = row["misfit_words"].as_array().unwrap();
    assert_eq!(words.len(), 20);
    let sizes: Vec<f64> = words.iter().map(|word| number(word, "/z").abs()).collect();
    assert!(sizes.windows(2).all(|pair| pair[0] >= pair[1]) && sizes[19] > 4.0, "{sizes:?}");
    // Both sides of the reference lack the manners of the other LLM: the words it likes are there more often than expected.
    let n_more = words.iter().filter(|word| number(word, "/observed") > number(word, "/expected")).count();
    assert!(n_more >= 5, "{words:?}");
    let table = place.line("estimate other.jsonl --reference toy.json").ok();
    assert!(table.contains("words that fit worst") && table.contains("--control"), "{table}");
    // In a mixture of what the reference knows, nothing is flagged.
    let known = estimate(&with_target(0.3), "target.jsonl");
    assert_eq!(known["estimates"][0]["misfit"]["flagged"], false);
    assert!(number(&known, "/estimates/0/misfit/p_value") > 0.01);
}
