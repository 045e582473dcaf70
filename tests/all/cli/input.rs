//! How input is recognised and what is said of it: layouts, kinds of notes, languages, dry runs.

use serde_json::json;

use super::{Author, Place, Writer, estimate, fitted, jsonl, refused};

/// Notes of OpenReview's API 1: reviews, each with a comment, and one review twice.
fn notes(place: &Place, n: usize) {
    let mut writer = Writer::new(3);
    let note = |id: String, name: &str, content: serde_json::Value| {
        json!({
            "id": id, "forum": format!("f{}", id.len()), "tcdate": 1_600_000_000_000_i64,
            "invitation": format!("Kites.cc/2020/Conference/Paper1/-/{name}"), "content": content
        })
    };
    let mut lines = String::new();
    for (number, text) in (0..n).map(|number| (number, writer.text(Author::Human))).collect::<Vec<_>>() {
        let rating = if number % 2 == 0 { "6: Weak Accept" } else { "3: Weak Reject" };
        let review =
            note(format!("r{number}"), "Official_Review", json!({ "review": text, "rating": rating, "title": "Fine" }));
        let comment = note(format!("c{number}"), "Official_Comment", json!({ "comment": text }));
        lines += &format!("{review}\n{comment}\n");
        if number == 0 {
            lines += &format!("{review}\n");
        }
    }
    place.write("notes.jsonl", lines);
    place.write("target.jsonl", jsonl(&writer.documents(Author::Human, 60, "t")));
}

#[test]
fn notes_are_estimated_by_their_own_columns_and_what_is_left_out_is_said() {
    let place = fitted();
    notes(&place, 60);
    let found = estimate(&place, "notes.jsonl --by venue --by year --by rating");
    assert_eq!(found["input"]["layouts"], json!(["openreview-v1"]));
    assert_eq!(found["input"]["skipped"], json!({ "comment": 60, "duplicate": 1 }));
    assert_eq!(found["input"]["n_documents"], 60);
    let groups: Vec<&serde_json::Value> =
        found["estimates"].as_array().unwrap().iter().map(|row| &row["group"]).collect();
    assert_eq!(groups[0], &json!({ "venue": "Kites", "year": "2020", "rating": "3" }));
    assert_eq!(groups[1], &json!({ "venue": "Kites", "year": "2020", "rating": "6" }));
    let table = place.line("estimate --reference toy.json notes.jsonl").ok();
    assert!(table.contains("! records left out: 60 comments, 1 record with a newer version or a copy"), "{table}");
    let comments = estimate(&place, "notes.jsonl --note-kind comment");
    assert_eq!(comments["input"]["skipped"], json!({ "review": 61 }));
    refused(
        &place,
        "estimate --reference toy.json notes.jsonl --note-kind decision",
        &[
            "no document left to judge: 61 reviews, 60 comments left out [to read them: --note-kind review or --note-kind comment]",
        ],
    );
    refused(
        &place,
        "estimate --reference toy.json notes.jsonl --note-kind letter",
        &["letter: no such kind of notes [one of review, "],
    );
}

#[test]
fn a_dry_run_says_how_the_input_is_read_and_estimates_nothing() {
    let place = Place::new();
    notes(&place, 4);
    let text = place.line("estimate notes.jsonl --dry-run").ok();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..6],
        [
            "notes.jsonl: jsonl, layout openreview-v1, 4 documents",
            "  text: review",
            "  id: id",
            "date: date, 4 of 4 documents, 2020-09-13 to 2020-09-13",
            "documents: 4, 0 without text",
            "left out: 4 comments, 1 record with a newer version or a copy",
        ]
    );
    assert!(lines[6].starts_with("  r0: ") && lines[6].ends_with(" sentences"), "{text}");
    assert_eq!(lines.len(), 9);
    let found = place.line("estimate notes.jsonl --dry-run --output json").json();
    assert_eq!(found["files"][0]["layout"], "openreview-v1");
    assert_eq!(found["first_documents"].as_array().unwrap().len(), 3);
    place.line("estimate notes.jsonl --dry-run -o out.txt").ok();
    assert_eq!(String::from_utf8(place.read("out.txt")).unwrap(), text);
    place.write("rows.csv", "id,text,when\n1,A kite flies.,2021-05-01\n2,,\n");
    let text = place.line("estimate rows.csv --dry-run --date-field when").ok();
    assert!(text.contains("rows.csv: csv, 2 documents\n  text: text\n  id: id\ndate: when, 1 of 2 documents, 2021-05-01 to 2021-05-01\ndocuments: 2, 1 without text\n  1: 1 sentence\n  2: 0 sentences\n"), "{text}");
}

#[test]
fn a_layout_can_be_forced() {
    let place = Place::new();
    place.write("a.jsonl", "{\"reviews\":[],\"title\":\"Kites\",\"abstract\":\"A kite flies.\"}\n");
    let text = place.line("estimate a.jsonl --dry-run --text-field abstract").ok();
    assert!(text.starts_with("a.jsonl: jsonl, 1 document\n  text: abstract\n"), "{text}");
    let text = place.line("estimate a.jsonl --dry-run --format arxiv").ok();
    assert!(text.starts_with("a.jsonl: jsonl, layout arxiv, 1 document\n  text: abstract\n"), "{text}");
    refused(&place, "estimate a.jsonl --dry-run --format docx", &["docx: no such format [one of parquet, "]);
}

#[test]
fn other_languages_are_said_and_left_out_when_asked() {
    let place = fitted();
    let mut documents = jsonl(&Writer::new(4).documents(Author::Human, 60, "t"));
    let german = "Der Artikel beschreibt einen Drachen, der sich bei schwachem Wind von selbst steuert, und prüft ihn an drei Orten.";
    (0..20).for_each(|_| documents += &format!("{}\n", json!({ "text": german })));
    place.write("mixed.jsonl", documents);
    let found = estimate(&place, "mixed.jsonl");
    assert_eq!(found["input"]["other_languages"]["deu"], 20);
    let table = place.line("estimate --reference toy.json mixed.jsonl").ok();
    assert!(table.contains("deu 20"), "{table}");
    assert!(table.contains("[leave them out: --language en]"), "{table}");
    let left = estimate(&place, "mixed.jsonl --language en");
    assert!(left["input"]["skipped"]["other-language"].as_u64().unwrap() >= 20, "{}", left["input"]);
    refused(
        &place,
        "estimate mixed.jsonl --reference toy.json --language tlh",
        &["invalid value 'tlh' for '--language"],
    );
}

#[test]
fn every_command_says_what_was_left_out_or_replaced_while_reading() {
    let place = fitted();
    notes(&place, 60);
    let left_out = "records left out: 60 comments, 1 record with a newer version or a copy";
    let reference = "--reference toy.json";
    for line in [
        format!("estimate {reference} notes.jsonl"),
        format!("check {reference} notes.jsonl --max 0.9"),
        format!("trend {reference} notes.jsonl"),
        format!("trend {reference} notes.jsonl --output markdown"),
        "words notes.jsonl".to_owned(),
        "words notes.jsonl --output markdown".to_owned(),
    ] {
        let run = place.line(&line);
        assert!(run.stdout.contains(left_out), "{line}: {} {}", run.stdout, run.stderr);
    }
    let run = place.line(&format!("score {reference} notes.jsonl -o scores.parquet"));
    assert!(run.stderr.contains(left_out), "{}", run.stderr);
    let run = place.line(&format!("estimate {reference} target.jsonl --control notes.jsonl"));
    assert!(run.stdout.contains(&format!("! control: {left_out}")), "{} {}", run.stdout, run.stderr);
}

#[test]
fn what_was_replaced_in_texts_of_known_source_is_said_with_the_source() {
    let place = fitted();
    let human = [&place.read("human.jsonl")[..], b"{\"id\": \"x\", \"text\": \"A caf\xE9 flies.\"}\n"].concat();
    place.write("human.jsonl", human);
    let replaced = "human: 1 document had bytes that are not UTF-8; they were replaced";
    let known = "--human human.jsonl --llm toy=llm.jsonl";
    let run = place.line(&format!("fit {known} -o again.json"));
    assert!(run.stderr.contains(&format!("note: {replaced}")), "{}", run.stderr);
    for line in [
        format!("reference lint {known}"),
        format!("reference lint {known} --output markdown"),
        format!("validate {known} --sizes 100 --replicates 2"),
        format!("validate {known} --target 0=human.jsonl"),
    ] {
        let run = place.line(&line);
        assert!(run.stdout.contains(replaced), "{line}: {} {}", run.stdout, run.stderr);
    }
    for line in [format!("reference lint {known}"), format!("validate {known} --sizes 100 --replicates 2")] {
        let found = place.line(&format!("{line} --output json")).json();
        assert_eq!(found["inputs"][0]["name"], "human");
        assert_eq!(found["inputs"][0]["n_documents_invalid_utf8"], 1);
        assert_eq!(found["inputs"][1]["name"], "toy");
    }
}

#[test]
fn fields_of_unknown_forms_that_were_taken_as_text_are_named() {
    let place = fitted();
    let mut writer = Writer::new(5);
    let note = |number: usize| {
        let content = json!({ "evaluation": writer.text(Author::Human), "grade": "3: good" });
        let invitation = "Kites.cc/2021/Workshop/Paper1/-/Official_Review";
        json!({ "id": number.to_string(), "forum": "f", "invitation": invitation, "content": content }).to_string()
    };
    place.write("notes.jsonl", (0..60).map(note).collect::<Vec<_>>().join("\n"));
    let found = estimate(&place, "notes.jsonl");
    assert_eq!(found["input"]["unlisted_text_fields"], json!(["evaluation"]));
    let table = place.line("estimate --reference toy.json notes.jsonl").ok();
    let note = "! unknown fields of review forms were read as text too: evaluation [if some are not text, name all that are: --text-field]";
    assert!(table.contains(note), "{table}");
    let dry = place.line("estimate --dry-run notes.jsonl").ok();
    assert!(dry.contains("\n  text: evaluation\n"), "{dry}");
}

#[test]
fn every_result_says_where_its_text_came_from_and_how_often_a_text_is_there_twice() {
    let place = fitted();
    let documents = Writer::new(12).mixture(0.2, 60, "t");
    let twice = jsonl(&documents).repeat(2).replace("\"text\":", "\"comment\":");
    place.write("twice.jsonl", twice);
    place.write("titles.csv", "title,year\nOn kites,2020\nOf wind,2021\n");
    for line in [
        "estimate",
        "estimate --output markdown",
        "estimate --output html",
        "check --max 0.9",
        "words --baseline-before 2022-01-01",
    ] {
        let said = place.line(&format!("{line} twice.jsonl --reference toy.json")).stdout;
        let quoted = said.replace("&#34;", "\"");
        assert!(quoted.contains("Text from the column \"comment\""), "{line}: {said}");
        assert!(said.contains("60 documents repeat the text of another"), "{line}: {said}");
    }
    let record = place.line("estimate twice.jsonl --reference toy.json --output json").json();
    assert_eq!(record["input"]["text_fields"][0], "comment");
    assert_eq!(record["input"]["n_same_text"], 60);
    place.write("folder/a.jsonl", jsonl(&documents));
    place.write("folder/titles.csv", place.read("titles.csv"));
    let said = place.line("estimate folder --reference toy.json").ok();
    assert!(said.contains("titles.csv was left out because it has no column of text"), "{said}");
}
