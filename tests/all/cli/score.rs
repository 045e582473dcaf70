//! Score tables: no text, the same numbers.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;

#[test]
fn the_shipped_score_table_is_the_quickstart() {
    let place = Place::new();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/peer-reviews.scores.parquet");
    let shipped = shipped.to_str().unwrap();
    let table = place.run(&["estimate", shipped, "--by", "year"]).ok();
    assert_eq!(
        cells(table.lines().next().unwrap()),
        ["year", "documents", "sentences", "LLM share", "95 % interval", "s.e.", "tau", "misfit"]
    );
    let years: Vec<&str> = table.lines().skip(1).take(5).map(|line| &line[..4]).collect();
    assert_eq!(years, ["2021", "2022", "2023", "2024", "2025"]);
    // The table counts usual words for all years together.
    let unchecked = "it was not checked whether the text is of the reference's kind";
    let with_control = ["estimate", shipped, "--by", "year", "--control-before", "2023-01-01"];
    assert!(place.run(&with_control).ok().contains(unchecked) && !table.contains(unchecked));
    let result = place.run(&["estimate", shipped, "--by", "year", "--output", "json"]).json();
    let rows = result["estimates"].as_array().unwrap();
    let of = |year: &str| rows.iter().find(|row| row["group"]["year"] == year).unwrap();
    // Before LLMs: the truth is 0.
    for year in ["2021", "2022"] {
        assert_eq!(number(of(year), "/interval/lower"), 0.0, "{table}");
    }
    // No truth is known; every outside figure for these years rises.
    for (earlier, later) in [("2022", "2023"), ("2023", "2024"), ("2024", "2025")] {
        assert!(number(of(later), "/alpha") > number(of(earlier), "/alpha"), "{table}");
    }
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
fn a_table_without_venues_is_compared_with_a_control_of_all_venues_and_says_so() {
    let place = fitted();
    for (file, alpha, seed) in [("target", 0.5, 5), ("control", 0.0, 6)] {
        place.write(&format!("{file}.jsonl"), jsonl(&Writer::new(seed).mixture(alpha, 100, "t")));
        place.line(&format!("score {file}.jsonl --by year --reference toy.json -o {file}.parquet")).ok();
    }
    let remark = "a score table has no column venue, so the control is of all venues";
    assert!(place.line("estimate target.parquet --control control.parquet --reference toy.json").ok().contains(remark));
    assert!(!place.line("estimate target.parquet --reference toy.json").ok().contains(remark));
    assert!(!place.line("estimate target.jsonl --control control.jsonl --reference toy.json").ok().contains(remark));
}

#[test]
fn documents_that_are_in_the_input_and_in_the_control_are_noticed() {
    let place = fitted();
    let documents = Writer::new(8).mixture(0.3, N_TARGET, "t");
    place.write("all.jsonl", jsonl(&documents));
    place.write("some.jsonl", jsonl(&documents[..100]));
    place.write("others.jsonl", jsonl(&Writer::new(9).mixture(0.0, 100, "o")));
    let estimate =
        |control: &str| place.line(&format!("estimate all.jsonl --control {control} --reference toy.json")).ok();
    let warning = "100 documents of the input have the very scores of one in the control";
    assert!(estimate("some.jsonl").contains(warning));
    assert!(!estimate("others.jsonl").contains("very scores"));
}

#[test]
fn a_table_has_an_ending_by_which_it_is_found_again() {
    let place = with_target(0.3);
    for (rest, part) in [
        ("-o s.csv", "s.csv: the table is a parquet file, which is told by its ending [name it s.parquet]"),
        ("-o out/s", "out/s: the table is a parquet file, which is told by its ending [name it out/s.parquet]"),
        ("--words w.txt", "w.txt: the table is a parquet file, which is told by its ending [name it w.parquet]"),
    ] {
        // The input does not exist: that the name is refused first shows that nothing was read.
        refused(&place, &format!("score nowhere.jsonl --reference toy.json {rest}"), &[part]);
    }
    place.line("score target.jsonl --reference toy.json --by year -o s.pq --words w.pq").ok();
    let of_table = without_input(estimate(&place, "s.pq"));
    assert_eq!(of_table, without_input(estimate(&place, "target.jsonl")));
    place.line("words w.pq --reference none").ok();
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
    let of_text = without_input(estimate(&place, "target.jsonl --by year"));
    assert_eq!(without_input(score(1000, 0, "d.parquet"))["estimates"], of_text["estimates"]);
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
    assert!(holds("log_ratio_toy"), "the search finds what is there");
    for document in documents.iter().take(20) {
        assert!(!holds(&document.id) || document.id.len() < 4, "{}", document.id);
        assert!(document.text.split(' ').take(20).all(|word| !holds(word)), "{}", document.text);
    }
}
