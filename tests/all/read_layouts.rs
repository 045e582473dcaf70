//! Records in the layouts they are published in, on invented texts.

use std::collections::BTreeMap;

use crate::common::{json_lines, read_content, texts, zipped};
use llm_prevalence::corpus::{Document, Format, Layout, NoteChoice, NoteKind, ReadOptions, ReadSummary, Skipped};
use serde_json::{Value, json};

pub(crate) fn read(name: &str, content: impl AsRef<[u8]>, columns: &[&str]) -> (Vec<Document>, ReadSummary) {
    let columns = columns.iter().map(|name| (*name).to_owned()).collect();
    read_content(name, content, &ReadOptions::default().columns(columns)).unwrap()
}

pub(crate) fn values(document: &Document) -> Vec<&str> {
    document.values.iter().map(|value| value.as_deref().unwrap_or("-")).collect()
}

const KITE: &str = "The paper builds a kite that steers itself in weak wind.";
const STRONG: &str = "The kite flies.";
const WEAK: &str = "The line breaks.";
/// 2021-11-02 and a year later.
const DAY: i64 = 1_635_811_200_000;
const LATER: i64 = 1_667_347_200_000;

fn v1(id: &str, name: &str, content: Value) -> Value {
    json!({
        "id": id, "forum": "f1", "replyto": "f1", "tcdate": DAY, "cdate": null, "ddate": null, "nonreaders": [],
        "invitation": format!("Kites.cc/2021/Conference/Paper7/-/{name}"),
        "signatures": ["Kites.cc/2021/Conference/Paper7/AnonReviewer1"], "content": content
    })
}

fn v2(id: &str, name: &str, content: Value) -> Value {
    let content: BTreeMap<&String, Value> =
        content.as_object().unwrap().iter().map(|(key, value)| (key, json!({ "value": value }))).collect();
    json!({
        "id": id, "forum": "f2", "replyto": "f2", "cdate": LATER, "mdate": LATER,
        "invitations": [format!("Kites.cc/2022/Conference/Submission9/-/{name}"), "Kites.cc/2022/Conference/-/Edit"],
        "domain": "Kites.cc/2022/Conference", "content": content
    })
}

fn review_of_v1(id: &str) -> Value {
    v1(
        id,
        "Official_Review",
        json!({ "title": "Official Blind Review #1", "review": KITE, "rating": "6: Weak Accept", "confidence": "4: sure" }),
    )
}

/// The fields stand in another order here than the form has them.
fn review_of_v2(id: &str) -> Value {
    let content = json!({
        "limitations": "N/A", "weaknesses": WEAK, "strengths": STRONG, "summary": KITE, "questions": "Summary by AIRev 1",
        "rating": 5, "confidence": 3, "soundness": "3 good", "code_of_conduct": "Yes"
    });
    v2(id, "Official_Review", content)
}

const COLUMNS: [&str; 7] = ["venue", "year", "date", "rating", "confidence", "forum", "note_kind"];

#[test]
fn both_versions_of_the_api_are_told_apart_and_read_alike_in_every_wrapping() {
    let cases = [
        (review_of_v1("r1"), Layout::OpenReviewV1, KITE.to_owned(), "2021-11-02", ["6", "4", "f1"], "2021"),
        (
            review_of_v2("r2"),
            Layout::OpenReviewV2,
            format!("{KITE}\n\n{STRONG}\n\n{WEAK}"),
            "2022-11-02",
            ["5", "3", "f2"],
            "2022",
        ),
    ];
    for (note, layout, text, date, [rating, confidence, forum], year) in cases {
        let second = v1("c1", "Official_Comment", json!({ "comment": "Thanks for the kite." }));
        let notes = [note.clone(), second];
        for (name, content) in [
            ("a.json", json!(notes).to_string()),
            ("b.json", json!({ "notes": notes, "count": 2 }).to_string()),
            ("c.json", serde_json::to_string_pretty(&json!({ "notes": notes })).unwrap()),
            ("d.jsonl", json_lines(&notes)),
            ("e.jsonl", json_lines(&[json!({ "notes": [notes[0]] }), json!({ "notes": [notes[1]] })])),
        ] {
            let (documents, summary) = read(name, content, &COLUMNS);
            assert_eq!(texts(&documents), [text.as_str()], "{name}");
            assert_eq!(values(&documents[0]), ["Kites", year, date, rating, confidence, forum, "review"], "{name}");
            assert_eq!(documents[0].id.as_deref(), note["id"].as_str());
            assert_eq!(summary.files[0].layout, Some(layout), "{name}");
            assert_eq!(summary.skipped, [(Skipped::Note(NoteKind::Comment), 1)].into(), "{name}");
        }
    }
}

#[test]
fn flattened_notes_are_read_like_nested_ones() {
    let first = json!({
        "id": "r1", "forum": "f1", "invitation": "Kites.cc/2021/Conference/Paper7/-/Official_Review",
        "tcdate": DAY, "content.review": KITE, "content.rating": "6: Weak Accept", "content.title": "Fine"
    });
    let second = json!({
        "id": "r2", "forum": "f2", "invitations": "['Kites.cc/2022/Conference/Submission9/-/Official_Review', 'Kites.cc/-/Edit']",
        "cdate": LATER as f64, "content.summary.value": KITE, "content.weaknesses.value": WEAK, "content.rating.value": 5.0
    });
    let (documents, summary) = read("a.jsonl", json_lines(&[first]), &["venue", "date", "rating"]);
    assert_eq!(texts(&documents), [KITE]);
    assert_eq!(values(&documents[0]), ["Kites", "2021-11-02", "6"]);
    assert_eq!(summary.files[0].layout, Some(Layout::OpenReviewV1));
    let (documents, summary) = read("a.jsonl", json_lines(&[second]), &["venue", "date", "rating"]);
    assert_eq!(texts(&documents), [format!("{KITE}\n\n{WEAK}")]);
    assert_eq!(values(&documents[0]), ["Kites", "2022-11-02", "5"]);
    assert_eq!(summary.files[0].layout, Some(Layout::OpenReviewV2));
}

#[test]
fn flattened_notes_may_be_a_table() {
    let csv = format!(
        "id,forum,invitations,cdate,content.summary.value,content.weaknesses.value,content.rating.value\n\
         r1,f1,\"['Kites.cc/2022/Conference/Submission9/-/Official_Review']\",{LATER}.0,{KITE},N/A,6\n\
         c1,f1,\"['Kites.cc/2022/Conference/Submission9/-/Official_Comment']\",{LATER}.0,,,\n\
         r1,f1,\"['Kites.cc/2022/Conference/Submission9/-/Official_Review']\",{LATER}.0,{KITE},N/A,6\n"
    );
    let (documents, summary) = read("a.csv", &csv, &["venue", "date", "rating", "forum"]);
    assert_eq!(texts(&documents), [KITE]);
    assert_eq!(values(&documents[0]), ["Kites", "2022-11-02", "6", "f1"]);
    assert_eq!((summary.files[0].layout, summary.files[0].format), (Some(Layout::OpenReviewV2), Format::Csv));
    let skipped = [(Skipped::Note(NoteKind::Comment), 1), (Skipped::Duplicate, 1)];
    assert_eq!(summary.skipped, skipped.into());
}

#[test]
fn replies_are_found_below_their_submission_and_taken_once() {
    let mut submission =
        v2("f2", "Submission", json!({ "abstract": "We build a kite.", "title": "Kites", "primary_area": "wind" }));
    let decision = v2("d1", "Decision", json!({ "decision": "Accept", "comment": "All like the kite." }));
    submission["details"] = json!({
        "replies": [review_of_v2("r2"), decision, review_of_v2("r3")],
        "directReplies": [review_of_v2("r2"), review_of_v2("r3")]
    });
    let rows = [submission, review_of_v2("r3"), review_of_v2("r4")];
    let (documents, summary) = read("a.jsonl", json_lines(&rows[..2]), &["forum", "primary_area"]);
    let ids: Vec<&str> = documents.iter().map(|document| document.id.as_deref().unwrap()).collect();
    assert_eq!(ids, ["r2", "r3"]);
    // A reply has what its submission has.
    assert_eq!(values(&documents[0]), ["f2", "wind"]);
    let skipped =
        [(Skipped::Note(NoteKind::Submission), 1), (Skipped::Note(NoteKind::Decision), 1), (Skipped::Duplicate, 3)];
    assert_eq!(summary.skipped, skipped.into());
}

#[test]
fn other_kinds_of_notes_are_read_when_asked_for() {
    let mut deleted = review_of_v1("r9");
    deleted["ddate"] = json!(LATER);
    let notes = [
        review_of_v1("r1"),
        v1("m1", "Meta_Review", json!({ "metareview": "All like it.", "recommendation": "Accept" })),
        v1("c1", "Official_Comment", json!({ "comment": "A word." })),
        v1("b1", "Rebuttal", json!({ "rebuttal": "It flies." })),
        v1("d1", "Decision", json!({ "decision": "Accept", "comment": "Good." })),
        v1("f1", "Blind_Submission", json!({ "abstract": "We build.", "title": "Kites" })),
        deleted,
    ];
    let content = json_lines(&notes);
    for (name, expected) in [
        ("review", &[KITE][..]),
        ("meta-review", &["All like it."]),
        ("comment", &["A word."]),
        ("rebuttal", &["It flies."]),
        ("decision", &["Good."]),
        ("submission", &["We build."]),
        ("all", &[KITE, "All like it.", "A word.", "It flies.", "Good."]),
    ] {
        let options = ReadOptions::default().note_kind(name.parse().unwrap());
        let (documents, summary) = read_content("a.jsonl", &content, &options).unwrap();
        assert_eq!(texts(&documents), expected, "{name}");
        assert_eq!(summary.skipped[&Skipped::Deleted], 1);
    }
    let error = "letter".parse::<NoteChoice>().unwrap_err().to_string();
    assert!(error.starts_with("letter: no such kind of notes [one of review, "), "{error}");
}

#[test]
fn a_file_of_other_notes_alone_is_an_error_that_says_what_there_is() {
    let notes = [v1("c1", "Official_Comment", json!({ "comment": "A word." }))];
    let error = read_content("a.jsonl", json_lines(&notes), &ReadOptions::default()).unwrap_err().to_string();
    assert_eq!(error, "no document left to judge: 1 comment left out [to read them: --note-kind comment]");
}

#[test]
fn columns_of_a_layout_can_be_overridden_and_missing_ones_are_named() {
    let content = json_lines(&[review_of_v1("r1")]);
    let named =
        |text: &[&str]| ReadOptions::default().text_fields(text.iter().map(|name| (*name).to_owned()).collect());
    for fields in [&["title"][..], &["content.title"]] {
        let (documents, summary) = read_content("a.jsonl", &content, &named(fields)).unwrap();
        assert_eq!(texts(&documents), ["Official Blind Review #1"]);
        assert_eq!(summary.files[0].text_fields, fields);
    }
    let error = read_content("a.jsonl", &content, &named(&["body"])).unwrap_err().to_string();
    assert!(error.contains("a.jsonl: no column `body` [columns: `venue`, `year`, `date`, `rating`, "), "{error}");
    let by_signature = ReadOptions::default().columns(vec!["signatures".into()]).id_field("replyto");
    let (documents, _) = read_content("a.jsonl", &content, &by_signature).unwrap();
    assert_eq!(values(&documents[0]), ["Kites.cc/2021/Conference/Paper7/AnonReviewer1"]);
    assert_eq!(documents[0].id.as_deref(), Some("f1"));
}

#[test]
fn half_characters_in_notes_are_replaced_and_counted() {
    let content = json_lines(&[review_of_v1("r1")]).replace("steers itself", r"steers \ud83d itself");
    let (documents, summary) = read("a.jsonl", &content, &[]);
    assert!(texts(&documents)[0].contains("steers \u{FFFD} itself"));
    assert_eq!(summary.n_invalid_utf8, 1);
    let strict = ReadOptions::default().strict(true);
    let error = read_content("a.jsonl", &content, &strict).unwrap_err().to_string();
    assert!(error.contains("a.jsonl, line 1: a \\u escape stands for half a character"), "{error}");
}

#[test]
fn plain_rows_with_keys_like_those_of_notes_stay_plain() {
    let rows = [
        json!({ "id": "1", "content": KITE, "forum": "f" }),
        json!({ "id": "2", "review": KITE, "rating": "6: Accept" }),
        json!({ "notes": "none", "text": KITE }),
    ];
    for row in rows {
        let (documents, summary) = read("a.jsonl", json_lines(&[row]), &[]);
        assert_eq!(texts(&documents), [KITE]);
        assert_eq!(summary.files[0].layout, None);
    }
}

fn paper() -> Value {
    json!({
        "id": "k1", "title": "Kites", "abstract": "We build a kite.", "conference": "KiteConf 2021", "accepted": true, "histories": [],
        "reviews": [
            { "comments": format!("SUMMARY:\n{KITE}\n\nSTRENGTHS:\n{STRONG}\n\nLIMITATIONS:\nN/A"), "IS_META_REVIEW": false,
              "TITLE": "Official Review", "RECOMMENDATION": 6, "REVIEWER_CONFIDENCE": "3", "DATE": "2021-07-01" },
            { "comments": format!("SUMMARY:\n{KITE}\n\nSTRENGTHS:\n{STRONG}\n\nLIMITATIONS:\nN/A"), "IS_META_REVIEW": false },
            { "comments": "", "TITLE": "Official Review", "RECOMMENDATION": 2 },
            { "comments": "DECISION:\nAccept", "IS_META_REVIEW": true, "TITLE": "Decision" }
        ]
    })
}

#[test]
fn reviews_are_taken_out_of_their_papers() {
    for (name, content) in
        [("k.json", serde_json::to_string_pretty(&paper()).unwrap()), ("k.jsonl", json_lines(&[paper()]))]
    {
        let (documents, summary) = read(name, content, &[&COLUMNS[..], &["accepted"]].concat());
        assert_eq!(texts(&documents), [format!("{KITE}\n\n{STRONG}").as_str(), ""]);
        assert_eq!(values(&documents[0]), ["KiteConf", "2021", "2021-07-01", "6", "3", "k1", "review", "true"]);
        assert_eq!(documents[0].id.as_deref(), Some("k1#1"));
        assert_eq!((summary.n_without_text, summary.files[0].layout), (1, Some(Layout::PeerRead)));
        let skipped = [(Skipped::Note(NoteKind::Decision), 1), (Skipped::Duplicate, 1)];
        assert_eq!(summary.skipped, skipped.into());
    }
}

#[test]
fn the_text_of_the_paper_itself_can_be_asked_for() {
    let options = ReadOptions::default().text_fields(vec!["abstract".into()]);
    let (documents, summary) = read_content("k.jsonl", json_lines(&[paper()]), &options).unwrap();
    assert_eq!(texts(&documents), ["We build a kite."]);
    assert_eq!(summary.files[0].layout, None);
}

#[test]
fn the_snapshot_of_arxiv_is_dated_by_first_versions() {
    let row = json!({
        "id": "2101.00001", "submitter": "A. Kite", "title": "Kites\n  in wind", "comments": "12 pages", "categories": "cs.RO math.OC",
        "abstract": "  We build a kite\nthat steers.\n  It also\nlands.\n", "update_date": "2023-05-01",
        "versions": [{ "version": "v1", "created": "Tue, 5 Jan 2021 23:59:59 GMT" }, { "version": "v2", "created": "Mon, 1 May 2023 10:00:00 GMT" }]
    });
    let (documents, summary) =
        read("arxiv.json", json_lines(&[row]), &["date", "year", "category", "categories", "update_date"]);
    assert_eq!(texts(&documents), ["We build a kite that steers.\n\nIt also lands."]);
    assert_eq!(values(&documents[0]), ["2021-01-05", "2021", "cs.RO", "cs.RO math.OC", "2023-05-01"]);
    assert_eq!(documents[0].id.as_deref(), Some("2101.00001"));
    assert_eq!((summary.files[0].layout, summary.files[0].format), (Some(Layout::Arxiv), Format::Json));
}

#[test]
fn bodies_of_papers_are_their_paragraphs() {
    let unarxive = json!({
        "paper_id": "2101.00001", "discipline": "Physics", "abstract": { "section": "Abstract", "text": "Short." },
        "metadata": { "categories": "cs.RO", "versions": [{ "version": "v1", "created": "Tue, 5 Jan 2021 23:59:59 GMT" }] },
        "body_text": [
            { "section": "Introduction", "content_type": "paragraph", "text": "Kites fly {{cite:ab}} well." },
            { "section": "Introduction", "content_type": "table", "text": "1 2 3" },
            { "section": "End", "content_type": "paragraph", "text": WEAK }
        ]
    });
    let (documents, summary) = read("u.jsonl", json_lines(&[unarxive]), &["date", "discipline", "categories"]);
    assert_eq!(texts(&documents), [format!("Kites fly  well.\n\n{WEAK}")]);
    assert_eq!(values(&documents[0]), ["2021-01-05", "Physics", "cs.RO"]);
    assert_eq!(summary.files[0].layout, Some(Layout::S2orc));
    let s2orc = json!({ "paper_id": "9", "year": 2020, "pdf_parse": { "body_text": [{ "section": "A", "text": KITE }, { "section": "B", "text": WEAK }] } });
    let (documents, _) = read("s.jsonl", json_lines(&[s2orc]), &["year"]);
    assert_eq!((texts(&documents), values(&documents[0])), (vec![format!("{KITE}\n\n{WEAK}").as_str()], vec!["2020"]));
    let text = format!("Ä heading\n{KITE}\n{WEAK}");
    let at = [10, 10 + KITE.len(), 11 + KITE.len(), 11 + KITE.len() + WEAK.len()];
    let spans = format!("[{{\"start\":{},\"end\":{}}},{{\"start\":{},\"end\":{}}}]", at[0], at[1], at[2], at[3]);
    let release =
        json!({ "corpusid": 12, "content": { "text": text, "annotations": { "paragraph": spans, "title": null } } });
    let (documents, _) = read("r.jsonl", json_lines(&[release]), &[]);
    assert_eq!(texts(&documents), [format!("{KITE}\n\n{WEAK}")]);
    assert_eq!(documents[0].id.as_deref(), Some("12"));
}

const PUBMED: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" "pubmed.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID Version="1">101</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2019</Year><Month>Mar</Month><Day>5</Day></PubDate></JournalIssue><Title>Kites &amp; Wind</Title></Journal>
<ArticleTitle>A <i>new</i> kite</ArticleTitle>
<Abstract><AbstractText Label="BACKGROUND">Kites fall &lt; often.</AbstractText><AbstractText Label="METHODS">We built H<sub>2</sub>O kites &#x3b1;.</AbstractText>
<CopyrightInformation>Nobody's.</CopyrightInformation></Abstract><Language>eng</Language></Article>
<CommentsCorrectionsList><CommentsCorrections><PMID>999</PMID></CommentsCorrections></CommentsCorrectionsList>
<OtherAbstract><AbstractText>Un cerf-volant.</AbstractText></OtherAbstract></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>102</PMID><Article>
<Journal><JournalIssue><PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue><Title>Kites</Title></Journal>
<ArticleTitle>No abstract</ArticleTitle></Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>"#;

#[test]
fn pubmed_gives_abstracts_without_labels_and_dates_as_far_as_known() {
    for name in ["p.xml", "p.bin"] {
        let (documents, summary) = read(name, PUBMED, &["date", "year", "venue", "language", "title"]);
        assert_eq!(texts(&documents), ["Kites fall < often.\n\nWe built H2O kites \u{3b1}.", ""]);
        assert_eq!(values(&documents[0]), ["2019-03-05", "2019", "Kites & Wind", "eng", "A new kite"]);
        assert_eq!(values(&documents[1]), ["1998-12", "1998", "Kites", "-", "No abstract"]);
        assert_eq!(documents[0].id.as_deref(), Some("101"));
        assert_eq!((summary.n_without_text, summary.files[0].format), (1, Format::PubMed));
    }
    let error = read_content("p.xml", PUBMED, &ReadOptions::default().columns(vec!["rating".into()]));
    assert!(error.unwrap_err().to_string().contains("p.xml: no column `rating` [columns: `pmid`, "));
}

#[test]
fn text_out_of_pdfs_is_put_together() {
    let (documents, summary) =
        read("paper.txt", "We steer kites auto-\nmatically in the\n1\n\u{C}wind.\n2\n\u{C}", &["file"]);
    assert_eq!(texts(&documents), ["We steer kites automatically in the\nwind."]);
    assert_eq!(summary.files[0].layout, Some(Layout::PdfText));
}

#[test]
fn archives_are_read_file_by_file_in_the_order_of_names() {
    let notes = json!({ "notes": [review_of_v1("r1")] }).to_string();
    let csv = format!("id,text\nc1,{STRONG}\n");
    let archive = zipped(&[
        ("set/b.json", notes.as_bytes()),
        ("set/a.csv", csv.as_bytes()),
        ("set/.hidden.csv", b"text\nNo.\n"),
        ("README.md", b"About."),
        ("image.png", b"x"),
        ("out/note.txt", WEAK.as_bytes()),
    ]);
    for name in ["a.zip", "a.bin"] {
        let (documents, summary) = read(name, &archive, &[]);
        assert_eq!(texts(&documents), [WEAK, STRONG, KITE]);
        assert_eq!(documents[0].id.as_deref(), Some("out/note.txt"));
        let names: Vec<&str> = summary.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["note.txt", "a.csv", "b.json"]);
        // The image and the readme.
        assert_eq!(summary.skipped, [(Skipped::UnreadableMember, 1), (Skipped::AboutCorpus, 1)].into());
    }
}

#[test]
fn archives_inside_archives_are_counted() {
    let inner = zipped(&[("b.txt", b"Another kite.")]);
    let outer = zipped(&[("a.txt", KITE.as_bytes()), ("b.zip", &inner)]);
    let (documents, summary) = read("a.zip", &outer, &[]);
    assert_eq!(texts(&documents), [KITE]);
    assert_eq!(summary.skipped, [(Skipped::NestedArchive, 1)].into());
}

#[test]
fn other_languages_are_counted_and_left_out_when_asked() {
    let german = "Der Artikel beschreibt einen Drachen, der sich bei schwachem Wind von selbst steuert, und prüft ihn an drei Orten.";
    let english = format!("{KITE} It is tested in three places, and the results are good.");
    let content = json_lines(&[json!({ "text": german }), json!({ "text": english })]);
    let (documents, summary) = read("a.jsonl", &content, &[]);
    assert_eq!((documents.len(), &summary.other_languages), (2, &BTreeMap::from([("deu", 1)])));
    let options = ReadOptions::default().english_only(true);
    let (documents, summary) = read_content("a.jsonl", &content, &options).unwrap();
    assert_eq!(texts(&documents), [english]);
    assert_eq!(summary.skipped, [(Skipped::OtherLanguage, 1)].into());
}
