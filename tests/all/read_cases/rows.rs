//! What stands around and between rows: comments, sentences of one document, folders that are columns, answers of interfaces.

use super::*;

/// The ids of documents.
fn ids(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|document| document.id.as_deref().unwrap_or("-")).collect()
}

fn with_columns(columns: &[&str]) -> ReadOptions {
    ReadOptions::default().columns(columns.iter().map(|name| (*name).to_owned()).collect())
}

#[test]
fn lines_above_a_table_are_counted() {
    let row = |at: usize, text: &str| format!("{at},{},2021", doubled(text));
    let one = |_: usize, text: &str| text.replace([',', ';', '"'], "");
    let tabs = |at: usize, text: &str| format!("{at}\t{}\t2021", doubled(text));
    for (reason, name, content, n_lines) in [
        ("comments", "a.csv", table("# exported 2024-05-01\n# rows: 200\nid,review,year", row), 2),
        ("comments of as many values as columns", "a.csv", table("# by Ann, in May, for us\nid,review,year", row), 1),
        ("other marks, and a blank line", "a.csv", table("% kites\n// 6 rows\n\nid,review,year", row), 2),
        ("lines that end in CR LF", "a.csv", table("# kites\nid,review,year", row).replace('\n', "\r\n"), 1),
        ("a comment as a spreadsheet saves it", "a.csv", table("# kites,,\nid,review,year", row), 1),
        ("a title and a blank row as a spreadsheet saves them", "a.csv", table("Kites,,\n,,\nid,review,year", row), 2),
        ("a shorter row as a spreadsheet saves it", "a.csv", table("Exported,2024-05-01,\nid,review,year", row), 1),
        ("above the line that names the separator", "a.csv", table("# kites\nsep=,\nid,review,year", row), 1),
        ("tabs", "a.tsv", table("# kites\tof paper\tin wind\nid\treview\tyear", tabs), 1),
        ("a table called .txt", "a.txt", table("# kites\nid\treview\tyear", tabs), 1),
        ("a header with a mark", "a.tsv", table("## kites\n#id\treview\tyear", tabs), 1),
    ] {
        let (documents, summary) = read(name, content).unwrap_or_else(|error| panic!("{reason}: {error}"));
        assert_eq!(prose(&documents), TEXTS, "{reason}");
        let lines = if n_lines == 1 { "1 line" } else { "2 lines" };
        let was = if n_lines == 1 { "was" } else { "were" };
        let said = format!("{name}: {lines} above the table, such as comments, {was} skipped [");
        assert!(summary.remarks().len() == 1 && summary.remarks()[0].starts_with(&said), "{reason}: {summary:?}");
    }
    let (documents, summary) = read("a.csv", table("# kites\nreview", one)).unwrap();
    assert_eq!((documents.len(), summary.files[0].text_fields.concat()), (6, "review".to_owned()));
    for (reason, content) in [
        ("no comment", table("id,review,year", row)),
        ("a separator", table("sep=,\nid,review,year", row)),
        ("a header with a mark alone", table("#id,review,year", row)),
    ] {
        let (documents, summary) = read("a.csv", content).unwrap();
        assert_eq!((prose(&documents).len(), summary.remarks()), (6, vec![]), "{reason}");
    }
    let broken = format!("{}7,It flies\n", table("# kites\n# of paper\n\nid,review,year", row));
    let error = read("a.csv", broken).unwrap_err();
    assert!(error.contains("a.csv, line 11: 2 values where the header has 3 columns"), "{error}");
}

#[test]
fn lines_that_may_be_texts_are_one_document_and_that_is_said() {
    let text = |at: usize| TEXTS.iter().cycle().skip(at).take(3 + at % 3).copied().collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = (0..24).map(text).collect();
    let (documents, summary) = read("a.txt", lines.join("\n")).unwrap();
    assert_eq!(documents.len(), 1);
    assert!(summary.remarks()[0].contains("each line may be a text of its own [if so, write them as JSON Lines: jq"));
    for (reason, content) in [("paragraphs", lines.join("\n\n")), ("few lines", lines[..5].join("\n"))] {
        let (documents, summary) = read("a.txt", content).unwrap();
        assert_eq!((documents.len(), summary.remarks()), (1, vec![]), "{reason}");
    }
}

/// The sentences of the texts, as rows of a table with the number of their text.
fn sentences(header: &str, row: impl Fn(usize, usize, &str) -> String) -> String {
    let rows = TEXTS.iter().enumerate().flat_map(|(at, text)| {
        let sentences = text.split_inclusive(". ").map(str::trim).enumerate();
        sentences.map(|(number, sentence)| row(at, number, sentence) + "\n").collect::<Vec<_>>()
    });
    format!("{header}\n{}", rows.collect::<String>())
}

#[test]
fn rows_that_are_sentences_are_joined_to_documents() {
    let row = |at: usize, number: usize, text: &str| format!("d{at},{number},2021,{}", doubled(text));
    for header in ["doc_id,nr,year,sentence", "review_id,sent_idx,year,text", "id,sentence_id,year,review_sentence"] {
        let (documents, summary) = read("a.csv", sentences(header, row)).unwrap();
        assert_eq!(prose(&documents), TEXTS, "{header}");
        assert_eq!(ids(&documents), ["d0", "d1", "d2", "d3", "d4", "d5"], "{header}");
        let said = "a.csv: its rows are parts of documents: 12 rows were joined to 6 documents, one wherever `";
        assert!(summary.remarks()[0].starts_with(said), "{header}: {:?}", summary.remarks());
    }
    let line = |at: usize, _: usize, text: &str| json!({ "paper": 1, "doc_id": at, "sentence": text }).to_string();
    let (documents, _) = read("a.jsonl", sentences("", line)).unwrap();
    assert_eq!(prose(&documents), TEXTS);
    let two_of_a_paper =
        |at: usize, number: usize, text: &str| format!("p{},R{},{number},{}", at / 2, at % 2, doubled(text));
    let (documents, _) = read("a.csv", sentences("paper_id,reviewer,nr,sentence", two_of_a_paper)).unwrap();
    assert_eq!(prose(&documents), TEXTS);
}

#[test]
fn sentences_of_two_groups_are_not_joined() {
    let row = |at: usize, number: usize, text: &str| format!("d{at},{},{}", number % 2, doubled(text));
    let content = sentences("doc_id,by,sentence", row);
    let (documents, summary) = read_files(&[("a.csv", content.clone().into_bytes())], &with_columns(&["by"])).unwrap();
    assert!(documents.iter().all(|document| matches!(document.values[0].as_deref(), Some("0" | "1"))));
    assert_eq!(documents.len(), 12, "{:?}", summary.remarks());
    assert_eq!(read("a.csv", content).unwrap().0.len(), 6);
}

#[test]
fn sentences_that_cannot_be_joined_are_read_one_by_one_and_that_is_said() {
    let row = |at: usize, number: usize, text: &str| format!("{at}.{number},{}", doubled(text));
    let (documents, summary) = read("a.csv", sentences("nr,sentence", row)).unwrap();
    assert_eq!(documents.len(), 12);
    assert!(summary.remarks()[0].contains("`sentence` holds sentences, and each was read as a document"));
    let sorted = sentences("doc_id,sentence", |at, _, text| format!("{at},{}", doubled(text)));
    let mut rows: Vec<&str> = sorted.lines().skip(1).collect();
    rows.rotate_left(1);
    let (even, odd): (Vec<_>, Vec<_>) = rows.iter().enumerate().partition(|(at, _)| at % 2 == 0);
    let mixed: Vec<&str> = even.into_iter().chain(odd).map(|(_, row)| *row).collect();
    let (documents, summary) = read("a.csv", format!("doc_id,sentence\n{}\n", mixed.join("\n"))).unwrap();
    assert_eq!(documents.len(), 12);
    let said = "because rows with the same `doc_id` are not next to each other [sort the rows by `doc_id`]";
    assert!(summary.remarks()[0].contains(said), "{:?}", summary.remarks());
    let many: String = (0..120).map(|at| format!("{},{}\n", at / 2, doubled(TEXTS[at % 6]))).collect();
    let (documents, summary) = read("a.csv", format!("doc_id,sentence\n{many}0,It is red.\n")).unwrap();
    assert_eq!(documents.len(), 61);
    let said = "121 rows were joined to 61 documents, one wherever `doc_id` stays the same; 1 document has the id of an earlier ";
    assert!(summary.remarks()[0].contains(said), "{:?}", summary.remarks());
    let named = ReadOptions::default().id_field("nr");
    let by_row = sentences("doc_id,nr,sentence", |at, number, text| format!("{at},{at}.{number},{}", doubled(text)));
    let (documents, summary) = read_files(&[("a.csv", by_row.into_bytes())], &named).unwrap();
    assert_eq!((documents.len(), summary.remarks()), (12, vec![]));
}

#[test]
fn ids_are_found_by_their_usual_names() {
    for name in ["entry_id", "paperId", "submission_number", "review_id", "note_id", "_id"] {
        let content = table(&format!("{name},review"), |at, text| format!("k{at},{}", doubled(text)));
        let (documents, summary) = read("a.csv", content).unwrap();
        assert_eq!(ids(&documents), ["k0", "k1", "k2", "k3", "k4", "k5"], "{name}");
        assert_eq!(summary.files[0].id_field.as_deref(), Some(name));
    }
    let twice = table("paper_id,review", |at, text| format!("k{},{}", at / 2, doubled(text)));
    assert_eq!(ids(&read("a.csv", twice).unwrap().0), ["-"; 6]);
    let of_review = table("paper_id,review_id,review", |at, text| format!("k{at},r{at},{}", doubled(text)));
    assert_eq!(ids(&read("a.csv", of_review).unwrap().0)[0], "r0");
}

#[test]
fn the_comment_of_a_paper_on_its_pages_is_not_its_text() {
    let row = |at: usize, text: &str| {
        format!("http://arxiv.org/abs/2101.0000{at}v1,{},\"{at}0 pages, {at} figures\"", doubled(text))
    };
    let (documents, _) = read("a.csv", table("entry_id,summary,comment", row)).unwrap();
    assert_eq!(
        (prose(&documents), ids(&documents)[5]),
        (TEXTS.map(str::to_owned).to_vec(), "http://arxiv.org/abs/2101.00005v1")
    );
}

#[test]
fn paths_lead_to_an_element_of_a_list() {
    let nested = lines(|at, text| json!({ "id": at, "a": { "b": [{ "t": text, "n": 1 }, { "t": "No.", "n": 2 }] } }));
    for path in ["a.b[0].t", "A.b[0].t"] {
        let text = with_columns(&["a.b[1].n"]).text_fields(vec![path.to_owned()]);
        let (documents, _) = read_files(&[("a.jsonl", nested.clone().into_bytes())], &text).unwrap();
        assert_eq!(
            (prose(&documents), documents[0].values[0].as_deref()),
            (TEXTS.map(str::to_owned).to_vec(), Some("2")),
            "{path}"
        );
    }
}

#[test]
fn folders_give_columns_that_files_do_not_have() {
    let of_year = |year: usize| table("id,review", |at, text| format!("{year}{at},{}", doubled(text))).into_bytes();
    let values = |documents: &[Document]| -> Vec<String> {
        documents
            .iter()
            .map(|document| document.values.iter().flatten().cloned().collect::<Vec<_>>().join(" "))
            .collect()
    };
    let files = [("venue=A/year=2022/part-0.csv", of_year(2022)), ("venue=A/year=2023/part-0.csv", of_year(2023))];
    let (documents, _) = read_files(&files, &with_columns(&["year", "Venue"])).unwrap();
    assert_eq!(values(&documents), [["2022 A"; 6], ["2023 A"; 6]].concat());
    let own = table("id,review,year", |at, text| format!("{at},{},2019", doubled(text))).into_bytes();
    let (documents, _) = read_files(&[("year=2022/a.csv", own)], &with_columns(&["year"])).unwrap();
    assert_eq!(values(&documents), ["2019"; 6]);
    let texts = [("year=2022/a.txt", TEXTS[0].into()), ("year=2023/b.txt", TEXTS[1].into())];
    let (documents, _) = read_files(&texts, &with_columns(&["year"])).unwrap();
    assert_eq!(values(&documents), ["2022", "2023"]);
    let none = read_files(&[("year=__HIVE_DEFAULT_PARTITION__/a.csv", of_year(1))], &with_columns(&["year"]));
    assert!(none.unwrap_err().contains("no column `year`"));
}

#[test]
fn answers_of_llms_are_read_with_the_ids_of_their_requests() {
    let chat = |at: usize, text: &str| {
        let message = json!({ "role": "assistant", "content": text });
        let body = json!({ "id": "c", "model": "m", "choices": [{ "index": 0, "message": message }] });
        json!({ "id": "b", "custom_id": format!("r{at}"), "response": { "status_code": 200, "body": body } })
    };
    let output = |at: usize, text: &str| {
        let message = json!({ "type": "message", "content": [{ "type": "output_text", "text": text }] });
        let body = json!({ "output": [{ "type": "reasoning", "summary": [] }, message] });
        json!({ "id": "b", "custom_id": format!("r{at}"), "response": { "status_code": 200, "body": body } })
    };
    let content = |at: usize, text: &str| {
        let blocks = json!([{ "type": "thinking", "thinking": TEXTS[0] }, { "type": "text", "text": text }]);
        let message = json!({ "role": "assistant", "content": blocks });
        json!({ "custom_id": format!("r{at}"), "result": { "type": "succeeded", "message": message } })
    };
    for (reason, answers) in [("chat", lines(chat)), ("responses", lines(output)), ("messages", lines(content))] {
        let failed = json!({ "custom_id": "r6", "response": null, "result": { "type": "errored" } });
        let (documents, summary) = read("a.jsonl", format!("{answers}{failed}\n")).unwrap();
        assert_eq!(prose(&documents)[..6], TEXTS, "{reason}");
        assert_eq!(ids(&documents), ["r0", "r1", "r2", "r3", "r4", "r5", "r6"], "{reason}");
        assert_eq!((summary.n_documents, summary.n_without_text), (7, 1), "{reason}");
    }
}

#[test]
fn records_of_elasticsearch_have_the_ids_beside_them() {
    let hit = |at: usize, text: &str| json!({ "_index": "k", "_id": format!("e{at}"), "_source": { "text": text } });
    let page = json!({ "took": 3, "hits": { "total": { "value": 6 }, "hits": array(hit) } }).to_string();
    let bulk = |at: usize, text: &str| {
        format!("{}\n{}\n", json!({ "index": { "_index": "k", "_id": format!("e{at}") } }), json!({ "text": text }))
    };
    let bulk: String = TEXTS.iter().enumerate().map(|(at, text)| bulk(at, text)).collect();
    for (reason, name, content) in [
        ("a page of hits", "a.json", page),
        ("a line each", "a.jsonl", lines(hit)),
        ("lines to load in bulk", "a.ndjson", bulk.clone()),
        ("lines to load in bulk, called .json", "a.json", bulk),
    ] {
        let (documents, summary) = read(name, content).unwrap_or_else(|error| panic!("{reason}: {error}"));
        assert_eq!(prose(&documents), TEXTS, "{reason}");
        assert_eq!(ids(&documents), ["e0", "e1", "e2", "e3", "e4", "e5"], "{reason}");
        assert_eq!((summary.n_documents, summary.n_without_text), (6, 0), "{reason}");
    }
}
