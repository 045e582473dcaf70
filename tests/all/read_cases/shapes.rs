//! Tables without a header, lists of parts, columns as lists, and conversations.

use super::*;

const NO_HEADER: &str = "its first row holds values, so it was read as a document";

#[test]
fn tables_without_a_header_lose_no_row() {
    let joined = |row: fn(usize, &str) -> String| {
        TEXTS.iter().enumerate().map(|(at, text)| row(at, text) + "\n").collect::<String>()
    };
    for (name, content) in [
        ("a.csv", joined(|at, text| format!("{at},2023-05-0{},{}", at + 1, doubled(text)))),
        ("a.csv", joined(|_, text| doubled(text))),
        ("a.csv", joined(|at, text| format!("r{at};{}", doubled(text)))),
        ("a.csv", joined(|at, text| format!("r{at}\t{}", text.replace('"', "'")))),
        ("a.tsv", joined(|at, text| format!("r{at}\t{}", text.replace('"', "'")))),
    ] {
        let expected: Vec<String> = match content.contains('\t') {
            true => TEXTS.map(|text| text.replace('"', "'")).to_vec(),
            false => TEXTS.map(str::to_owned).to_vec(),
        };
        let (documents, summary) = read(name, content.clone()).unwrap_or_else(|error| panic!("{content}: {error}"));
        assert_eq!(prose(&documents), expected, "{content}");
        assert!(summary.remarks()[0].contains(NO_HEADER), "{:?}", summary.remarks());
    }
    let column = ReadOptions::default().text_fields(vec!["column 2".into()]);
    let short = b"1,It flies\n2,It lands\n3,It falls\n".to_vec();
    let (documents, _) = read_files(&[("a.csv", short)], &column).unwrap();
    assert_eq!(prose(&documents), ["It flies", "It lands", "It falls"]);
}

#[test]
fn parts_of_a_text_are_joined() {
    let halves = |text: &str| text.split_inclusive(". ").map(|part| part.trim().to_owned()).collect::<Vec<_>>();
    let sentences = |text: &str| halves(text).into_iter().map(|part| json!({ "text": part, "score": 1 })).collect();
    assert_texts(
        "sentences as objects",
        "a.jsonl",
        lines(|at, text| json!({ "id": at, "review_sentences": Value::Array(sentences(text)) })),
    );
    assert_texts(
        "sentences of reviews",
        "a.jsonl",
        lines(|at, text| json!({ "id": at, "reviews": [{ "sentences": Value::Array(sentences(text)) }] })),
    );
    assert_texts(
        "columns as lists",
        "a.jsonl",
        lines(|at, text| json!({ "id": at, "reviews": { "text": [text], "score": [at] } })),
    );
    let two = json!({ "id": "p", "reviews": { "text": [TEXTS[0], TEXTS[1]], "score": [3, 4] } });
    let options = ReadOptions::default().columns(vec!["score".into()]);
    let (documents, _) = read_files(&[("a.jsonl", two.to_string().into_bytes())], &options).unwrap();
    assert_eq!(prose(&documents), TEXTS[..2]);
    assert_eq!(documents[1].id.as_deref(), Some("p#2"));
    assert_eq!(documents[1].values, [Some("4".to_owned())]);
}

#[test]
fn turns_of_a_conversation_are_not_taken_without_being_named() {
    let asked = "Please write a review of this paper about kites, in five sentences or more.";
    for (path, content) in [
        (
            "messages[].content",
            lines(
                |at, text| json!({ "id": at, "messages": [{ "role": "user", "content": asked }, { "role": "assistant", "content": text }] }),
            ),
        ),
        (
            "log[].value",
            lines(
                |at, text| json!({ "id": at, "log": [{ "from": "human", "value": asked }, { "from": "gpt", "value": text }] }),
            ),
        ),
    ] {
        let error = read("a.jsonl", content.clone()).unwrap_err();
        assert!(error.contains(&format!("`{path}` holds the turns of a conversation")), "{error}");
        let named = ReadOptions::default().text_fields(vec![path.into()]);
        assert_eq!(read_files(&[("a.jsonl", content.into_bytes())], &named).unwrap().0.len(), 12);
    }
}

#[test]
fn the_authors_answer_is_not_taken_for_the_review_beside_it() {
    let content = lines(
        |at, text| json!({ "paper": at, "review body": text, "rebuttal": TEXTS[(at + 1) % 6], "author_response": TEXTS[0] }),
    );
    assert_texts("a rebuttal", "a.jsonl", content);
    let alone = lines(|at, text| json!({ "paper": at, "prompt": "p", "response": text }));
    assert_texts("a response alone", "a.jsonl", alone);
}
