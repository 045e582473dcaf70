//! Quotes, code, formulas, tables, addresses, citations and bibliographies do not count, neither in a reference nor in a target.

use super::*;

/// What people put around their prose, one of each rule.
const AROUND: &str = "\n\n> Delve into kites.\n\n```\nfly(kite)\n```\n\n| kite | lift |\n|---|---|\n| red | 3 |\n\n$$delve = kite$$\n\n\
    https://example.org/delve\n\n(Delve et al., 2020)\n\n\\textbf\n\nReferences\n\n[1] Delve, Kite. Wind. 2019.\n";

fn with_more(documents: &[Doc]) -> Vec<Doc> {
    documents.iter().map(|document| Doc { text: document.text.clone() + AROUND, ..document.clone() }).collect()
}

#[test]
fn what_is_not_prose_changes_no_share_and_is_counted() {
    let place = with_target(0.3);
    let target = Writer::new(2).mixture(0.3, N_TARGET, "t");
    place.write("more.jsonl", jsonl(&with_more(&target)));
    let (plain, more) = (estimate(&place, "target.jsonl"), estimate(&place, "more.jsonl"));
    assert_eq!(plain["estimates"], more["estimates"]);
    assert_eq!(number(&plain, "/input/cut/share"), 0.0);
    let cut = &more["input"]["cut"];
    assert_eq!(cut["rules"], "prose-6");
    for rule in ["quote", "code", "math", "table", "url", "citation", "bibliography", "markup"] {
        assert_eq!(cut["by_rule"][rule]["n"], N_TARGET, "{rule}");
    }
    let n_cut: u64 = cut["by_rule"].as_object().unwrap().values().map(|c| c["n_characters"].as_u64().unwrap()).sum();
    assert_eq!(number(&more, "/input/cut/share"), n_cut as f64 / number(&more, "/input/cut/n_characters"));
    for line in ["estimate more.jsonl", "check more.jsonl --max 0.9", "words more.jsonl --by year --period year"] {
        let table = place.line(&format!("{line} --reference toy.json")).stdout;
        assert!(table.contains("Cut from the text (not the writer's prose): "), "{line}: {table}");
    }
}

#[test]
fn a_reference_is_made_of_prose_alone() {
    let place = fitted();
    let more = with_more(&Writer::new(1).documents(Author::Human, N_HUMAN, "a"));
    let prose = |document: &Doc| Doc {
        text: llm_prevalence::prose::cut(&document.text, &mut Default::default()).into_owned(),
        ..document.clone()
    };
    place.write("plain.jsonl", jsonl(&more.iter().map(prose).collect::<Vec<_>>()));
    place.write("more.jsonl", jsonl(&more));
    for name in ["plain", "more"] {
        let fit = place.line(&format!("fit --human {name}.jsonl --llm toy=llm.jsonl -o {name}.json --name toy"));
        assert_eq!(fit.stderr.contains("note: human: cut from the text (not the writer's prose): "), name == "more");
        fit.ok();
    }
    let read = |name: &str| -> Value { serde_json::from_slice(&place.read(name)).unwrap() };
    let (plain, more) = (read("plain.json"), read("more.json"));
    for (part, value) in plain.as_object().unwrap() {
        // Files differ, and the card of the human source names them.
        assert!(part == "sources" || value == &more[part], "{part}");
    }
    assert_eq!(plain["sources"][0]["n_units"], more["sources"][0]["n_units"]);
}

#[test]
fn a_text_without_prose_is_counted_as_one_without_text() {
    let place = ready();
    place.write("quotes.jsonl", "{\"text\": \"> Kites fly.\"}\n{\"text\": \"So they fly high.\"}\n");
    let said = place.line("estimate --reference toy.json quotes.jsonl --dry-run").ok();
    assert!(said.contains("documents: 2, 1 without text\n"), "{said}");
    assert!(
        said.contains("Cut from the text (not the writer's prose): 41.38 % of characters (quote 41.38)\n"),
        "{said}"
    );
}

/// The documents with every text changed.
fn changed(documents: &[Doc], change: impl Fn(&str) -> String) -> String {
    jsonl(
        &documents.iter().map(|document| Doc { text: change(&document.text), ..document.clone() }).collect::<Vec<_>>(),
    )
}

#[test]
fn texts_unlike_those_of_the_reference_are_said_and_decide_nothing() {
    let place = fitted();
    let documents = Writer::new(3).mixture(0.1, 300, "t");
    place.write("plain.jsonl", jsonl(&documents));
    // Ends of sentences that no rule knows, and letters that no rule knows.
    place.write("long.jsonl", changed(&documents, |text| text.replace(". ", " ; ").replace('\n', " ")));
    let shifted = |c: char| if c.is_ascii_lowercase() { char::from((c as u8 - b'a' + 13) % 26 + b'a') } else { c };
    place.write("other.jsonl", changed(&documents, |text| text.chars().map(shifted).collect()));
    let plain = estimate(&place, "plain.jsonl");
    assert!(plain["input"]["text"]["warnings"].is_null(), "{}", plain["input"]["text"]);
    for (name, said) in
        [("long", "words on average, those of the reference "), ("other", "of the words, compared with ")]
    {
        let warnings = estimate(&place, &format!("{name}.jsonl"))["input"]["text"]["warnings"].clone();
        assert!(warnings[0].as_str().unwrap().contains(said), "{warnings}");
        for line in ["estimate", "estimate --output markdown", "trend --by year --period year", "check --max 0.9"] {
            let run = place.line(&format!("{line} {name}.jsonl --reference toy.json"));
            let all = run.stdout + &run.stderr;
            assert!(all.contains(said), "{line} {name}: {all}");
        }
        let check = |more: &str| {
            place.line(&format!("check --max 0.9 {name}.jsonl --reference toy.json --output json{more}")).json()
        };
        let group = &check("")["groups"][0];
        assert_eq!((&check("")["verdict"], &group["verdict"]), (&"inconclusive".into(), &"inconclusive".into()));
        assert_eq!(group["reasons"].as_array().unwrap().last().unwrap()["code"], "unlike-text");
        assert_ne!(check(" --misfit ignore")["verdict"], "inconclusive");
        // A score table knows as much, but has no words to show.
        place.line(&format!("score {name}.jsonl --reference toy.json -o {name}.parquet")).ok();
        let stored = estimate(&place, &format!("{name}.parquet"))["input"]["text"].clone();
        assert_eq!(stored["warnings"].as_array().unwrap().len(), warnings.as_array().unwrap().len());
    }
}

#[test]
fn some_documents_of_one_group_that_collapsed_set_that_group_aside() {
    let place = fitted();
    let year = |at: usize| if at.is_multiple_of(2) { "2021" } else { "2022" };
    let mut documents = Writer::new(3).mixture(0.1, 300, "t");
    documents.iter_mut().enumerate().for_each(|(at, document)| document.year = Some(year(at).to_owned()));
    // Every tenth document of 2021 has ends of sentences that no rule knows.
    for document in documents.iter_mut().step_by(20) {
        document.text = document.text.replace(". ", " ; ").replace('\n', " ");
    }
    place.write("some.jsonl", jsonl(&documents));
    let found = place.line("estimate some.jsonl --reference toy.json --by year --output json").json();
    let said = "15 of 150 documents have more than 3 times as many words per sentence as the reference's texts; ";
    let of = |at: usize| &found["estimates"][at];
    let warnings =
        |at: usize| of(at)["warnings"].as_array().unwrap().iter().any(|of| of.as_str().unwrap().starts_with(said));
    assert_eq!((&of(0)["unlike_text"], &of(1)["unlike_text"]), (&true.into(), &false.into()), "{found}");
    assert_eq!((warnings(0), warnings(1)), (true, false));
    assert_eq!(
        (number(of(0), "/text/n_documents_of_long_units"), number(of(1), "/text/n_documents_of_long_units")),
        (15.0, 0.0)
    );
    // A score table knows the same of each group.
    place.line("score some.jsonl --by year --reference toy.json -o some.parquet").ok();
    let rows = |file: &str| without_input(estimate(&place, &format!("{file} --by year")))["estimates"].take();
    assert_eq!(rows("some.parquet"), rows("some.jsonl"));
    for line in ["estimate some.jsonl --by year", "trend some.jsonl"] {
        let csv = place.line(&format!("{line} --reference toy.json --output csv")).ok();
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let column = rows.headers().unwrap().iter().position(|name| name == "unlike_text").unwrap();
        let flags: Vec<String> = rows.records().map(|row| row.unwrap()[column].to_owned()).collect();
        assert_eq!(flags, ["true", "false"], "{line}");
        let table = place.line(&format!("{line} --reference toy.json")).ok();
        assert!(table.contains("unlike text") && table.contains(said), "{line}: {table}");
    }
    let check = place.line("check some.jsonl --by year --max 0.9 --reference toy.json --output json").json();
    let verdicts = [0, 1].map(|at| check["groups"][at]["verdict"].as_str().unwrap().to_owned());
    assert_eq!(verdicts, ["inconclusive", "pass"]);
    assert_eq!(check["verdict"], "inconclusive");
    // A group that is fine is not told what is wrong with others.
    let reason = check["groups"][0]["reasons"].to_string();
    assert!(reason.contains(said) && !check["groups"][1]["reasons"].to_string().contains("words per"), "{check}");
}
