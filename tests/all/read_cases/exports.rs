//! Exports of survey tools, statistics programs and data set libraries, and files that are not what they are called.

use super::*;

/// Returns the records as the lines of a value, however it is written.
fn objects() -> Value {
    array(|at, text| json!({ "id": format!("d{at}"), "text": text }))
}

#[test]
fn json_is_told_from_lines_by_its_content() {
    let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap();
    let one_after_another: String = objects().as_array().unwrap().iter().map(|object| pretty(object) + "\n").collect();
    let columns = json!({ "id": ["a", "b", "c", "d", "e", "f"], "text": TEXTS });
    for (reason, content) in [
        ("an array on many lines", pretty(&objects())),
        ("an array on one line", objects().to_string()),
        ("an array after blank lines", format!("\n\n{}\n", objects())),
        ("an array after a byte order mark", format!("\u{feff}{}", pretty(&objects()))),
        ("a page on many lines", pretty(&json!({ "count": 6, "results": objects() }))),
        ("a page on one line", json!({ "count": 6, "results": objects() }).to_string()),
        ("objects on many lines", one_after_another),
        ("columns", columns.to_string()),
        ("lines", lines(|at, text| json!({ "id": at, "text": text }))),
    ] {
        for name in ["a.jsonl", "a.ndjson", "a.json"] {
            assert_texts(reason, name, content.clone());
        }
    }
    let broken = lines(|at, text| json!({ "id": at, "text": text })).replace("It says", "\n");
    assert!(read("a.jsonl", broken).unwrap_err().contains("a.jsonl, line 1"));
}

#[test]
fn a_quotation_mark_that_is_not_closed_swallows_no_rows_whatever_separates_values() {
    let texts =
        ["Kites fly well.", "\"Wind is weak here.", "It lands, says the paper.", "\"Tails are long.", "It is red."];
    // Without quoting, as the marks do not pair within values.
    for separator in ["|", ";", "\t"] {
        let rows = |at: usize| format!("{at}{separator}{}{separator}2021\n", texts[at]);
        let content = format!("id{separator}text{separator}year\n{}", (0..5).map(rows).collect::<String>());
        let (documents, _) = read("a.csv", content).unwrap_or_else(|error| panic!("{separator}: {error}"));
        assert_eq!(prose(&documents), texts.map(|text| text.to_owned()), "{separator}");
    }
    let many = |marked: &[usize]| {
        let mark = |at| if marked.contains(&at) { "\"" } else { "" };
        let row = |at: usize| format!("{at},2021,{}Kite {at} flies well in weak wind.\n", mark(at));
        format!("id,year,text\n{}", (0..400).map(row).collect::<String>())
    };
    for (reason, content, line) in [
        ("never closed, below the rows that are looked at first", many(&[300]), 302),
        ("closed by the mark of another row", many(&[250, 300]), 252),
        ("one column", format!("text\n{}\n", texts.map(|text| text.replace(',', "")).join("\n")), 3),
    ] {
        let error = read("a.csv", content).unwrap_err();
        assert!(error.contains(&format!("a.csv, line {line}: a quotation mark begins a value")), "{reason}: {error}");
    }
    let quoted_twice = table("\"id,text,year\"", |at, text| doubled(&format!("{at},{},2021", doubled(text))));
    assert!(
        read("a.csv", quoted_twice).unwrap_err().contains("every value is a whole row: the header is `id,text,year`")
    );
}

#[test]
fn rows_about_the_columns_are_no_documents() {
    let numbered = |at: usize, text: &str| format!("{at},2023-05-0{},{}", at + 1, doubled(text));
    for (reason, header, n_more) in [
        (
            "Qualtrics",
            "Progress,StartDate,Q2\nProgress,Start Date,Please write your review of the paper.\n\"{\"\"ImportId\"\":\"\"progress\"\"}\",\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"QID2_TEXT\"\"}\"",
            2,
        ),
        ("SurveyMonkey", "Respondent ID,Start Date,Please write your review.\n,,Open-Ended Response", 1),
        ("two rows of names", "Paper,,Review\nNumber,Day,Comments to the author", 1),
    ] {
        let (documents, summary) = read("a.csv", table(header, numbered)).unwrap();
        assert_eq!(prose(&documents), TEXTS, "{reason}");
        let said =
            if n_more == 1 { "1 row below the header also describes" } else { "2 rows below the header also describe" };
        assert!(summary.remarks()[0].contains(said), "{reason}: {:?}", summary.remarks());
    }
    let first = "id,year,text\nd0,,It flies\n";
    let (documents, summary) = read("a.csv", format!("{first}{}", table("1,2021,It lands", numbered))).unwrap();
    assert_eq!((documents.len(), summary.remarks().len()), (8, 0), "a document without a year");
}

#[test]
fn tables_of_r_are_read_with_their_spaces() {
    let content =
        table("\"id\" \"text\" \"year\"", |at, text| format!("\"{}\" \"d{at}\" {} 2021", at + 1, escaped(text)));
    assert_texts("write.table", "a.txt", content.clone());
    assert_texts("write.table called .csv", "a.csv", content);
}

#[test]
fn what_is_no_text_is_refused_by_its_content() {
    let mail =
        "From: Ann <ann@example.org>\nTo: chair@example.org\nSubject: My review\nMIME-Version: 1.0\n\nKites fly.\n";
    let folder = |start: &str| format!("{start}{mail}");
    for (name, content, expected) in [
        ("a.txt", mail.to_owned(), "this is an e-mail, or several"),
        ("a.txt", folder("From ann@example.org Mon Mar  1 10:00:00 2021\n"), "this is an e-mail, or several"),
        ("a.sql", "-- Dump\n\nSET x = 1;\nCREATE TABLE r (t text);\n".to_owned(), "this is a dump of an SQL database"),
        ("a.txt", "COPY public.r (id, t) FROM stdin;\n1\tKites fly.\n".to_owned(), "this is a dump of an SQL database"),
        ("a.txt", "% A review\n\\documentclass{article}\n".to_owned(), "this is a LaTeX document"),
        (
            "a.parquet",
            "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n".to_owned(),
            "a pointer of Git LFS, not the file itself, which cannot be read [fetch the file: git lfs pull]",
        ),
    ] {
        let error = read(name, content).unwrap_err();
        assert!(error.contains(expected), "{name}: {error}");
    }
}

/// A folder with the texts, and these files.
fn beside_texts(files: &[(&str, String)]) -> Vec<(String, Vec<u8>)> {
    let texts = TEXTS.iter().enumerate().map(|(at, text)| (format!("r{at}.txt"), text.as_bytes().to_vec()));
    texts.chain(files.iter().map(|(name, content)| ((*name).to_owned(), content.clone().into_bytes()))).collect()
}

fn read_folder(files: &[(String, Vec<u8>)]) -> (Vec<Document>, ReadSummary) {
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, content)| (name.as_str(), content.clone())).collect();
    read_files(&files, &ReadOptions::default()).unwrap()
}

#[test]
fn files_about_the_others_are_left_out_and_named() {
    let about = lines(|at, text| json!({ "file": format!("r{at}.txt"), "abstract": text.to_uppercase() }));
    let by_id = table("id,notes", |at, text| format!("r{at},{}", doubled(&text.to_uppercase())));
    let info =
        json!({ "description": TEXTS[0], "features": { "text": { "dtype": "string" } }, "splits": { "train": {} } });
    let old = json!({ "default": info });
    for (reason, name, content) in [
        ("records with the names of the texts", "meta.jsonl", about),
        ("records with the names of the texts without their ends", "index.csv", by_id),
        ("a description of a data set", "dataset_info.json", serde_json::to_string_pretty(&info).unwrap()),
        ("a description on one line", "dataset_info.json", info.to_string()),
        ("descriptions by configuration", "dataset_infos.json", old.to_string()),
    ] {
        let (documents, summary) = read_folder(&beside_texts(&[(name, content)]));
        assert_eq!(prose(&documents), TEXTS, "{reason}");
        let remark = &summary.remarks()[0];
        assert!(
            remark.contains(name) && remark.contains("left out because it describes the other files"),
            "{reason}: {remark}"
        );
    }
    // What is named is read.
    assert_eq!(read("dataset_info.json", info.to_string()).unwrap().0.len(), 1);
}

#[test]
fn records_beside_texts_are_read_and_that_is_said() {
    let others = lines(|at, text| json!({ "id": at, "text": text.to_lowercase() }));
    let (documents, summary) = read_folder(&beside_texts(&[("more.jsonl", others)]));
    assert_eq!(documents.len(), 12);
    assert!(
        summary.remarks()[0].starts_with("more.jsonl: its records were read as documents, and so were the text files")
    );
}

#[test]
fn text_in_mac_os_roman_is_noticed() {
    let content = lines(|at, text| json!({ "id": at, "text": text.replace("is ", "isnÕt ") }));
    let (documents, summary) = read("a.jsonl", content).unwrap();
    assert_eq!(documents.len(), 6);
    assert!(summary.remarks()[0].contains(" with Õ for an apostrophe w"), "{:?}", summary.remarks());
}

#[test]
fn a_header_that_is_repeated_is_no_document() {
    let half = table("id,Comments to the author", |at, text| format!("{at},{}", doubled(text)));
    let (documents, summary) = read("a.csv", format!("{half}{}", half.replace("kite", "balloon"))).unwrap();
    assert_eq!((documents.len(), &prose(&documents)[..6]), (12, &TEXTS.map(str::to_owned)[..]));
    assert!(summary.remarks()[0].contains("1 row repeats the header (concatenated files?) and was skipped"));
}

#[test]
fn a_second_list_of_texts_in_a_page_is_not_lost_without_a_word() {
    let (papers, reviews) = (array(|at, _| json!({ "id": at, "abstract": TEXTS[0] })), objects());
    for (page, list) in [
        (format!("{{\"papers\":{papers},\"reviews\":{reviews}}}"), "reviews"),
        (format!("{{\"reviews\":{reviews},\"papers\":{papers}}}"), "reviews"),
        (format!("{{\"results\":{papers},\"more\":{{\"reviews\":{reviews}}}}}"), "more.reviews"),
    ] {
        let error = read("a.json", page).unwrap_err();
        assert!(error.contains(&format!("the list `{list}` holds texts beside the list that is read")), "{error}");
    }
    let named = ReadOptions::default().text_fields(vec!["abstract".into()]);
    let page = format!("{{\"papers\":{papers},\"reviews\":{reviews}}}");
    assert_eq!(read_files(&[("a.json", page.into_bytes())], &named).unwrap().0.len(), 6);
}

/// Returns rows of a table with one of these values before each text, in turn.
fn rows_of_kinds(header: &str, kinds: &[&str]) -> String {
    table(header, |at, text| format!("{},{}", kinds[at % kinds.len()], doubled(text)))
}

#[test]
fn rows_of_other_kinds_are_left_out_where_a_column_says_the_kind() {
    for (header, kinds) in [
        ("type,text", ["review", "author_response", "meta-review"]),
        ("role,text", ["Reviewer 1", "Authors", "Area Chair"]),
        ("invitation,text", ["V/2023/S1/-/Official_Review", "V/2023/S1/-/Official_Comment", "V/2023/S1/-/Decision"]),
        ("is_meta_review,review", ["false", "true", "true"]),
    ] {
        let content = rows_of_kinds(header, &kinds);
        let (documents, summary) = read("a.csv", content.clone()).unwrap();
        assert_eq!(prose(&documents), [TEXTS[0], TEXTS[3]], "{header}");
        assert_eq!(summary.skipped.values().sum::<u64>(), 4, "{header}");
        let columns = vec![header.split(',').next().unwrap().to_owned()];
        let grouped = ReadOptions::default().columns(columns);
        assert_eq!(read_files(&[("a.csv", content.into_bytes())], &grouped).unwrap().0.len(), 6, "{header}");
    }
    let later = format!(
        "{}article,{}\n",
        rows_of_kinds("type,text", &["Review"]).repeat(20).replace("type,text\n", ""),
        doubled(TEXTS[0])
    );
    let (documents, _) = read("a.csv", format!("type,text\n{later}")).unwrap();
    assert_eq!(documents.len(), 121);
    let (documents, _) = read("a.csv", rows_of_kinds("type,text", &["review", "journal-article", "essay"])).unwrap();
    assert_eq!(prose(&documents), TEXTS);
    let notes = array(|at, text| json!({ "type": (["review", "rebuttal"][at % 2]), "text": text }));
    let error = read("a.json", json!([{ "paper": 1, "notes": notes }]).to_string()).unwrap_err();
    assert!(error.contains("turns of a conversation"), "{error}");
}

#[test]
fn reviews_of_one_paper_are_no_versions_of_each_other() {
    let row = |at: usize, text: &str| format!("P{},{},R{},{}", at / 3, 1 + at / 3, at % 3, doubled(text));
    for header in ["paper_id,version,reviewer,review", "doi,revision,review_id,report"] {
        assert_eq!(prose(&read("a.csv", table(header, row)).unwrap().0), TEXTS, "{header}");
    }
    let versions = table("id,abstract", |at, text| format!("2101.0000{}v{},{}", at % 3, 1 + at / 3, doubled(text)));
    let (documents, summary) = read("a.csv", versions).unwrap();
    assert_eq!(prose(&documents), TEXTS[3..]);
    let of_one_paper = table("id,review", |_, text| format!("2101.00001v1,{}", doubled(text)));
    assert_eq!(prose(&read("a.csv", of_one_paper).unwrap().0), TEXTS);
    assert_eq!(summary.skipped.values().sum::<u64>(), 3);
}

#[test]
fn the_newest_row_of_an_id_is_told_by_its_last_change() {
    for (column, earlier, later) in [
        ("modified", json!("2021-01-01"), json!("2021-03-01")),
        ("Last Modified", json!("2021-03-01 09:00:00"), json!("2021-03-01 10:00:00")),
        ("updated_at", json!("2021-03-01T09:00:00Z"), json!("2021-03-01T10:00:00Z")),
        ("tmdate", json!(1_600_000_000_000_i64), json!(1_700_000_000_000_i64)),
        ("mdate", json!(1_600_000_000_000_i64), json!(1_600_000_000_001_i64)),
        ("edited", json!(false), json!(true)),
        ("ver", json!("v1"), json!("v2")),
    ] {
        let all = |changed: &Value, more: &str| {
            lines(|at, text| json!({ "id": at, column: changed, "text": format!("{text}{more}") }))
        };
        let (old, new) = (all(&earlier, " It is old."), all(&later, ""));
        for content in [format!("{old}{new}"), format!("{new}{old}")] {
            let (documents, summary) = read("a.jsonl", content).unwrap();
            assert_eq!(prose(&documents), TEXTS, "{column}");
            assert_eq!(summary.skipped.values().sum::<u64>(), 6, "{column}");
        }
    }
    // The reviews of a paper are no versions of each other, whenever they were changed.
    let row = |at: usize, text: &str| format!("p{},2021-03-0{},{}", at / 3, 1 + at, doubled(text));
    let (documents, _) = read("a.csv", table("paper_id,modified,review", row)).unwrap();
    assert_eq!(prose(&documents), TEXTS);
    let row = |at: usize, text: &str| format!("p{},R{at},2021-03-0{},{}", at / 3, 1 + at, doubled(text));
    let (documents, _) = read("a.csv", table("id,reviewer,modified,review", row)).unwrap();
    assert_eq!(prose(&documents), TEXTS);
}

#[test]
fn ids_that_repeat_with_another_text_are_counted() {
    let row = |at: usize, text: &str| format!("r{},{}", at % 3, doubled(text));
    let (documents, summary) = read("a.csv", table("id,review", row)).unwrap();
    assert_eq!(prose(&documents), TEXTS);
    let said = "3 documents have the id of another one of the same file and another text, and each was counted [";
    assert!(summary.remarks()[0].starts_with(said), "{:?}", summary.remarks());
    let own = table("id,review", |at, text| format!("r{at},{}", doubled(text)));
    assert!(read("a.csv", own).unwrap().1.remarks().is_empty());
}

#[test]
fn titles_are_not_taken_for_the_text_beside_far_longer_prose() {
    let title = |at: usize| format!("Kites of paper in weak wind, part {at}");
    let long = |text: &str| format!("{text} {text}");
    for (short, other) in [("text", "generated_text"), ("content", "answer_full"), ("review", "comments_in_full")] {
        let content = lines(|at, text| json!({ short: title(at), other: long(text) }));
        let (documents, summary) = read("a.jsonl", content).unwrap();
        assert_eq!(summary.files[0].text_fields, [other], "{short}");
        assert_eq!(documents.len(), 6, "{short}");
    }
    let said = |at: usize| format!("It flies well in part {at}.");
    let content = lines(|at, text| json!({ "review": said(at), "description": long(&long(text)) }));
    let error = read("a.jsonl", content).unwrap_err();
    assert!(error.contains("the text could be in `review`, `description` [name one"), "{error}");
    for (reason, name, content) in [
        (
            "a title has no need of a rule",
            "a.jsonl",
            lines(|at, text| json!({ "title": title(at), "review_body": text })),
        ),
        (
            "the review is not the abstract",
            "a.jsonl",
            lines(
                |at, text| json!({ "abstract": format!("We fly kites of kind {at}. They land on their own."), "peer_review": text }),
            ),
        ),
        (
            "sentences stand beside their texts",
            "a.jsonl",
            lines(|at, text| json!({ "nr": at, "sentence": text, "paragraph_around": long(&long(text)).repeat(2) })),
        ),
    ] {
        assert_texts(reason, name, content);
    }
}

#[test]
fn fields_in_rows_of_their_own_are_refused() {
    let rows = TEXTS.iter().enumerate().flat_map(|(at, text)| {
        [("summary", *text), ("rating", "6: weak accept"), ("weaknesses", *text)]
            .map(|(field, value)| format!("{at},{field},{}\n", doubled(value)))
    });
    let content = format!("review_id,field,value\n{}", rows.collect::<String>());
    let error = read("a.csv", content).unwrap_err();
    assert!(error.contains("each row is one field of a record: `field` names it and `value` holds it"), "{error}");
}

#[test]
fn a_word_with_a_space_makes_no_list_of_words_one_of_texts() {
    let words = |text: &str| text.split(' ').map(str::to_owned).chain(["et al".to_owned()]).collect::<Vec<_>>();
    let (documents, _) = read("a.jsonl", lines(|at, text| json!({ "id": at, "text": words(text) }))).unwrap();
    assert!(prose(&documents).iter().all(|text| text == "1 units"), "{:?}", prose(&documents));
}

#[test]
fn what_others_wrote_beside_a_review_is_no_part_of_it() {
    let form = |more: &str| {
        table(&format!("paper,reviewer,strengths,weaknesses,{more}"), |at, text| {
            let others = doubled("The authors thank all and will add the kites.");
            format!("{at},R{at},{},{},{others}", doubled(text), doubled(text))
        })
    };
    for more in
        ["rebuttal", "Comments for Editor", "Comments to AC and SAC only", "author_feedback", "metareview", "Abstract"]
    {
        let (documents, _) = read("a.csv", form(more)).unwrap();
        assert_eq!(documents.len(), 6, "{more}");
        assert!(prose(&documents).iter().all(|text| !text.contains("authors thank")), "{more}");
    }
    let wide = table("Paper ID,Reviewer 1,Reviewer 2", |at, text| format!("{at},{},{}", doubled(text), doubled(text)));
    let refused = read("a.csv", wide).unwrap_err();
    assert!(refused.contains("the text could be in `Reviewer 1`, `Reviewer 2`, and columns with numbers"), "{refused}");
    assert!(refused.contains("[give each a row of its own, such as df.melt("), "{refused}");
    let wide =
        table("Paper ID,R1 comments,R2 comments", |at, text| format!("{at},{},{}", doubled(text), doubled(text)));
    let refused = read("a.csv", wide).unwrap_err();
    assert!(refused.contains("`R1 comments`, `R2 comments`, and columns with numbers"), "{refused}");
}

#[test]
fn reviews_in_one_cell_are_documents_each() {
    let review = |by: &str, text: &str| json!({ "reviewer": by, "review": text });
    let cell = |text: &str| doubled(&json!([review("R1", text), review("R2", text)]).to_string());
    let (documents, _) = read("a.csv", table("id,reviews", |at, text| format!("{at},{}", cell(text)))).unwrap();
    assert_eq!(documents.len(), 12);
    assert_eq!(prose(&documents)[..2], [TEXTS[0], TEXTS[0]]);
}

#[test]
fn a_header_again_in_another_order_is_refused() {
    let first = table("id,text", |at, text| format!("{at},{}", doubled(text)));
    let second = table("text,id", |at, text| format!("{},{at}", doubled(text)));
    let error = read("a.csv", format!("{first}{second}")).unwrap_err();
    assert!(error.contains("line 8") && error.contains("with its columns in another order"), "{error}");
    let (documents, _) = read("a.csv", format!("{first}\u{feff}{first}")).unwrap();
    assert_eq!(documents.len(), 12);
}

#[test]
fn forms_and_tables_that_programs_print_are_refused() {
    let easychair = "SUBMISSION: 1\nTITLE: Kites\n\n------- REVIEW 1 -------\nSUBMISSION: 1\n----- TEXT:\nGood.\n";
    for (content, what) in [
        ("Review #1A\n==========\n\nOverall merit\n----\n4. Accept\n", "HotCRP and EasyChair"),
        ("==+== Review Form\n==-== DO NOT CHANGE\n", "HotCRP and EasyChair"),
        (easychair, "HotCRP and EasyChair"),
        (" id | review\n----+--------\n  1 | The kite flies.\n", "psql"),
    ] {
        let error = read("a.txt", content).unwrap_err();
        assert!(error.contains(what), "{error}");
    }
    assert_eq!(read("a.txt", "Review #1A is right.\n\nThe kite flies.\n").unwrap().0.len(), 1);
}

#[test]
fn files_of_other_kinds_and_endings_are_told_of() {
    let lines_of = |text: &str| format!("{}\n", json!({ "id": 1, "text": text })).into_bytes();
    let (documents, summary) = read_folder(&[
        ("reviews.jsonl".to_owned(), lines_of(TEXTS[0])),
        ("rebuttals.jsonl".to_owned(), lines_of(TEXTS[1])),
        ("papers.csv".to_owned(), format!("id,abstract\n1,{}\n", doubled(TEXTS[2])).into_bytes()),
        ("review.docx".to_owned(), b"PK".to_vec()),
        ("kites".to_owned(), b"A kite.".to_vec()),
    ]);
    assert_eq!(documents.len(), 3);
    let remarks = summary.remarks().join("\n");
    for part in [
        "these files do not hold reviews, but they were read like `reviews.jsonl`: `papers.csv`, `rebuttals.jsonl`",
        "`abstract` in papers.csv, `text` in rebuttals.jsonl",
        "1 without an ending, 1 .docx",
    ] {
        assert!(remarks.contains(part), "{remarks}");
    }
}

#[test]
fn cells_that_a_page_has_cut_are_counted() {
    let rows = array(|at, text| {
        let cut = if at == 1 { json!(["text"]) } else { json!([]) };
        json!({ "row_idx": at, "row": { "id": at, "text": text }, "truncated_cells": cut })
    });
    let (documents, summary) = read("a.json", json!({ "rows": rows }).to_string()).unwrap();
    assert_eq!(prose(&documents), TEXTS);
    assert!(summary.remarks()[0].contains("only the beginnings of long cells in 1 row ["), "{:?}", summary.remarks());
}

#[test]
fn marks_of_open_workbooks_are_passed_over() {
    let (documents, _) = read_folder(&beside_texts(&[("~$reviews.xlsx", "user".to_owned())]));
    assert_eq!(prose(&documents), TEXTS);
}

#[test]
fn of_versions_of_a_review_in_easychair_the_newest_counts() {
    let header = "#,submission #,member #,member name,number,version,text,date";
    let row = |at: usize, text: &str| {
        let version =
            |of: usize, text: &str| format!("{},{},4,A B,1,{of},{},2023-03-0{of}", 2 * at + of, at + 1, doubled(text));
        format!("{}\n{}", version(1, "An older version that is not read."), version(2, text))
    };
    let (documents, _) = read("review.csv", table(header, row)).unwrap();
    assert_eq!(prose(&documents), TEXTS);
}

/// EasyChair writes who has reviewed for a member of the committee, which is nobody for most reviews.
#[test]
fn reviews_of_a_paper_in_easychair_are_told_apart_by_the_members_of_its_committee() {
    let header =
        "#,submission #,member #,member name,number,version,text,scores,reviewer first name,reviewer email,date";
    let row = |at: usize, text: &str| {
        let email = if at == 2 { "a@b.org" } else { "" };
        let version = |of: usize, text: &str| format!("9,1,{at},A B,1,{of},{},3,,{email},2023-03-0{of}", doubled(text));
        format!("{}\n{}", version(1, "An older version that is not read."), version(2, text))
    };
    let (documents, _) = read("review.csv", table(header, row)).unwrap();
    assert_eq!(prose(&documents), TEXTS);
}

#[test]
fn reviews_of_a_paper_in_easychair_without_its_members_are_all_read() {
    let row = |at: usize, text: &str| format!("{at},1,1,,{}", doubled(text));
    let (documents, _) = read("review.csv", table("#,submission #,version,reviewer email,text", row)).unwrap();
    assert_eq!(prose(&documents), TEXTS);
    let row = |_: usize, text: &str| format!("7,1,{}", doubled(text));
    let (documents, _) = read("reviews.csv", table("paper_id,version,review", row)).unwrap();
    assert_eq!(prose(&documents), TEXTS);
}

#[test]
fn a_table_called_xls_is_read() {
    let rows = table("Paper ID\tReviewer Number\tComments", |at, text| format!("{at}\t1\t{text}"));
    assert_texts("a table with tabs", "Reviews.xls", rows);
    assert!(read("a.xls", "The kite flies.\n\nIt lands.\n").unwrap_err().contains("cannot tell the format"));
}
