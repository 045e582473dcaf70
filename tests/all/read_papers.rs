//! Bibliographies, papers and containers as people have them: each reads as the same texts in JSON Lines do.

use std::path::{Path, PathBuf};

use llm_prevalence::corpus::{
    CorpusError, Document, Format, NoteChoice, NoteKind, ReadOptions, ReadSummary, Skipped, Text, find_inputs,
    read_corpus,
};

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name)
}

fn read_with(path: &Path, options: &ReadOptions) -> Result<(Vec<Document>, ReadSummary), CorpusError> {
    let mut documents = Vec::new();
    let summary = read_corpus(&find_inputs(&[path.to_str().unwrap().to_owned()])?, options, &mut |batch| {
        documents.extend(batch);
        Ok(())
    })?;
    Ok((documents, summary))
}

fn read(name: &str, columns: &[&str]) -> (Vec<Document>, ReadSummary) {
    let optional_columns = columns.iter().map(|name| (*name).to_owned()).collect();
    let options = ReadOptions::default().optional_columns(optional_columns);
    read_with(&case(name), &options).unwrap_or_else(|error| panic!("{error}"))
}

/// Texts with one space for all white space, and with the words that lines broke.
fn texts(documents: &[Document]) -> Vec<String> {
    let text = |document: &Document| match &document.text {
        Text::Prose(prose) => prose.replace("-\n", "").split_whitespace().collect::<Vec<_>>().join(" "),
        Text::Units(_) => panic!("words"),
    };
    documents.iter().map(text).collect()
}

fn clean() -> Vec<String> {
    texts(&read("00-clean.jsonl", &[]).0)
}

/// Files with twenty texts: the file, its format, and id and date of the first.
const TWENTY: [(&str, Format, &str, &str); 21] = [
    ("43-export.bib", Format::BibTex, "k0", "2021"),
    ("43-export.ris", Format::Ris, "-", "2021"),
    ("43-export-ris.txt", Format::Ris, "-", "2021"),
    ("43-pubmed.nbib", Format::Nbib, "30000000", "2021-03"),
    ("26-wos-plaintext.txt", Format::WebOfScience, "WOS:000000000000000", "2021-12-15"),
    ("44-acl-anthology.xml", Format::Acl, "2021.test-main.0", "2021"),
    ("47-arxiv-api.xml", Format::Atom, "1903.00000v1", "2019-03-01T00:00:00Z"),
    ("47-arxiv-html.atom", Format::Atom, "1903.00000v1", "2019-03-01T00:00:00Z"),
    ("42-data-00000-of-00001.arrow", Format::Arrow, "d0", "-"),
    ("42-table.feather", Format::Arrow, "d0", "-"),
    ("54-lines.jsonl.bz2", Format::JsonLines, "d0", "-"),
    ("54-lines.jsonl.xz", Format::JsonLines, "d0", "-"),
    ("54-texts.tar.gz", Format::Text, "r00.txt", "-"),
    ("20-openalex-page.json", Format::Json, "W0", "2021-03-01"),
    ("20-openalex-works.jsonl", Format::JsonLines, "W0", "2021-03-01"),
    ("07-crossref-works.json", Format::Json, "10.5555/x0", "2021-03-01"),
    ("43-csl.json", Format::Json, "k0", "2021-03"),
    ("47-arxiv.jsonl", Format::JsonLines, "1903.00000", "2019-03-01"),
    ("47-arxiv.csv", Format::Csv, "1903.00000", "2019-03-01"),
    ("47-arxiv.parquet", Format::Parquet, "1903.00000", "2019-03-01"),
    ("47-arxiv-public-datasets.json", Format::JsonLines, "1903.00000", "2019-03-01"),
];

#[test]
fn twenty_texts_read_alike_in_every_format() {
    let clean = clean();
    let mut wrong = Vec::new();
    for (name, format, id, date) in TWENTY {
        let options = ReadOptions::default().optional_columns(vec!["date".to_owned()]);
        let (documents, summary) = match read_with(&case(name), &options) {
            Ok(read) => read,
            Err(error) => {
                wrong.push(error.to_string());
                continue;
            }
        };
        let first = documents.first();
        let found_id = first.and_then(|first| first.id.as_deref()).unwrap_or("-");
        let found_date = first.and_then(|first| first.values[0].as_deref()).unwrap_or("-");
        let found = (summary.files.first().map(|file| file.format), found_id, found_date);
        if found != (Some(format), id, date) {
            wrong.push(format!("{name}: {found:?}"));
        }
        let texts = texts(&documents);
        // A work of OpenAlex is without an abstract.
        let is_same = |(text, clean): (&String, &String)| text == clean || (text.is_empty() && name.starts_with("20-"));
        if texts.len() != clean.len() || !texts.iter().zip(&clean).all(is_same) {
            let at = texts.iter().zip(&clean).position(|(text, clean)| text != clean);
            wrong.push(format!("{name}: {} texts, {:?}", texts.len(), at.map(|at| &texts[at])));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_paper_is_its_body_and_reports_printed_with_it_are_asked_for() {
    let whole = clean().join(" ");
    for (name, format) in
        [("44-jats.xml", Format::Jats), ("44-jats.nxml", Format::Jats), ("44-grobid.tei.xml", Format::Tei)]
    {
        let (documents, summary) = read(name, &["type"]);
        assert_eq!(texts(&documents), [whole.as_str()], "{name}");
        assert_eq!(summary.files[0].format, format, "{name}");
        let skipped = if format == Format::Jats { vec![(Skipped::Note(NoteKind::Review), 1)] } else { vec![] };
        assert_eq!(summary.skipped, skipped.into_iter().collect(), "{name}");
    }
    let options = ReadOptions::default().note_kind(NoteChoice::All).columns(vec!["type".to_owned()]);
    let (documents, _) = read_with(&case("44-jats.xml"), &options).unwrap();
    assert_eq!(texts(&documents), [clean()[1].as_str()]);
    assert_eq!(documents[0].values, [Some("reviewer-report".to_owned())]);
}

/// A report on a paper, an answer of its authors and so on, each as a part of JATS.
const PARTS: [(&str, NoteKind); 7] = [
    ("referee-report", NoteKind::Review),
    ("reviewer-report", NoteKind::Review),
    ("decision-letter", NoteKind::Decision),
    ("editor-report", NoteKind::MetaReview),
    ("author-comment", NoteKind::Rebuttal),
    ("response-to-reviewers", NoteKind::Rebuttal),
    ("community-comment", NoteKind::Comment),
];

/// Reads JATS of this content, with the notes of this kind.
fn read_jats(content: &str, note_kind: NoteChoice) -> Result<(Vec<Document>, ReadSummary), CorpusError> {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("a.xml");
    std::fs::write(&path, content).unwrap();
    read_with(&path, &ReadOptions::default().note_kind(note_kind))
}

#[test]
fn parts_of_a_review_in_jats_are_read_by_their_kinds() {
    let body = |text: &str| format!("<body><p>{text}</p></body>");
    let part = |kind: &str| format!("<sub-article article-type=\"{kind}\">{}</sub-article>", body(kind));
    let parts: String = PARTS.iter().map(|(kind, _)| part(kind)).collect();
    let paper = format!("<article article-type=\"review-article\">{}{parts}</article>", body("It flies."));
    for (name, expected) in [
        ("review", vec!["referee-report", "reviewer-report"]),
        ("rebuttal", vec!["author-comment", "response-to-reviewers"]),
        ("submission", vec!["It flies."]),
        ("comment", vec!["community-comment"]),
    ] {
        let (documents, summary) = read_jats(&paper, name.parse().unwrap()).unwrap();
        assert_eq!(texts(&documents), expected, "{name}");
        assert_eq!(summary.skipped.values().sum::<u64>() as usize, 8 - expected.len(), "{name}");
    }
    let (documents, summary) = read_jats(&paper, NoteChoice::default()).unwrap();
    assert_eq!(texts(&documents), ["It flies."]);
    assert_eq!(summary.skipped[&Skipped::Note(NoteKind::Review)], 2);
}

#[test]
fn parts_of_a_review_that_are_articles_are_no_papers() {
    let article = |kind: &str| format!("<article article-type=\"{kind}\"><body><p>{kind}</p></body></article>");
    for (kind, expected) in PARTS.into_iter().filter(|(kind, _)| !kind.starts_with("response")) {
        let both = format!("<set>{}{}</set>", article(kind), article("research-article"))
            .replace("<body>", "<front><article-meta/></front><body>");
        let (documents, summary) = read_jats(&both, NoteChoice::default()).unwrap();
        match expected {
            NoteKind::Review => assert_eq!(texts(&documents), [kind, "research-article"]),
            other => {
                assert_eq!(texts(&documents), ["research-article"], "{kind}");
                assert_eq!(summary.skipped, [(Skipped::Note(other), 1)].into(), "{kind}");
            }
        }
    }
}

#[test]
fn sections_of_an_abstract_are_paragraphs_without_headings() {
    let (dirty, _) = read("07-crossref-sections.jsonl", &[]);
    let (plain, _) = read("07-plain-sections.jsonl", &[]);
    for (dirty, plain) in dirty.iter().zip(&plain) {
        assert_eq!(dirty.text, plain.text);
    }
}

#[test]
fn what_is_not_read_says_what_it_is() {
    let folder = tempfile::TempDir::new().unwrap();
    let made = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    for (path, wanted) in [
        (case("37-sheet.ods"), "an OpenDocument spreadsheet"),
        (case("37-review.docx"), "a Word document"),
        (case("61-abstract-export.txt"), "a page of PubMed's abstracts"),
        (made("a.pdf", b"%PDF-1.7\n%\xE2\xE3"), "a PDF"),
        (made("b.txt", b"%PDF-1.7\n%\xE2\xE3"), "a PDF"),
        (made("c.pkl", b"\x80\x04\x95\x10\0\0"), "a Python pickle"),
        (made("d.db", b"SQLite format 3\0\x10"), "an SQLite database"),
        (made("e.rtf", b"{\\rtf1 A kite.}"), "an RTF document"),
        (made("f.RData", b"RDX3\nX\n"), "an R workspace"),
        (made("g.h5", b"\x89HDF\r\n\x1A\n\0"), "an HDF5 file"),
        (made("h.xml", b"<html><body>A kite.</body></html>"), "a web page"),
        (made("i.xml", b"<kites><kite>A kite.</kite></kites>"), "<kites>"),
    ] {
        let error = read_with(&path, &ReadOptions::default()).unwrap_err().to_string();
        assert!(error.contains(wanted) && error.ends_with(']'), "{error}");
        assert!(error.starts_with(path.to_str().unwrap()), "{error}");
    }
}
