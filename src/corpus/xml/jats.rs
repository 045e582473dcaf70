//! JATS (PubMed Central, eLife, PLOS, most journals): the body of an article, or its abstract if there is no body. Reports of
//! reviewers and answers that are printed with an article (`sub-article`, `response`) are records of their own, of their own
//! kinds; so are those that are articles themselves.

use super::date::{date, year_of};
use super::schema::{Rule, Schema, all, first, groups, joined, present};
use super::walk::records;
use crate::corpus::known::Cells;
use crate::corpus::{CorpusError, NoteKind, Place};

const BLOCKS: &[&str] =
    &["p", "sec", "list", "list-item", "disp-quote", "boxed-text", "def", "def-item", "term", "break"];
const DROPPED: &[&str] = &[
    "title",
    "label",
    "sec-meta",
    "fig",
    "fig-group",
    "table",
    "table-wrap",
    "table-wrap-group",
    "disp-formula",
    "disp-formula-group",
    "inline-formula",
    "tex-math",
    "math",
    "graphic",
    "inline-graphic",
    "media",
    "supplementary-material",
    "fn",
    "fn-group",
    "ref-list",
    "object-id",
    "code",
    "preformat",
    "chem-struct-wrap",
    "alternatives",
    "permissions",
    "verse-group",
];
const MARKS: &[&str] = &["xref", "sup"];
/// Types of articles that are no papers, but parts of their review.
const OF_REVIEW: [&str; 11] = [
    "referee-report",
    "reviewer-report",
    "review-report",
    "peer-review",
    "peer-review-report",
    "aggregated-review-documents",
    "decision-letter",
    "editor-report",
    "author-comment",
    "author-response",
    "community-comment",
];

pub(in crate::corpus) static JATS: Schema = Schema {
    wrong: "not valid JATS",
    columns: &[
        "id",
        "title",
        "text",
        "abstract",
        "date",
        "year",
        "venue",
        "doi",
        "category",
        "keywords",
        "language",
        "type",
        "note_kind",
    ],
    text: "text",
    records: &["article", "sub-article", "response"],
    rules: &[
        Rule::attribute(&["article"], "article-type", "type"),
        Rule::attribute(&["sub-article"], "article-type", "part"),
        Rule::attribute(&["response"], "response-type", "part"),
        Rule::attribute(&["sub-article"], "id", "id"),
        Rule::attribute(&["response"], "id", "id"),
        Rule::attribute(&["article"], "lang", "language"),
        Rule::text(&["article-meta", "article-id"], "doi").only("pub-id-type", "doi"),
        Rule::text(&["front-stub", "article-id"], "doi").only("pub-id-type", "doi"),
        Rule::text(&["article-meta", "article-id"], "id"),
        Rule::text(&["article-meta", "title-group", "article-title"], "title"),
        Rule::text(&["front-stub", "title-group", "article-title"], "title"),
        Rule::text(&["journal-meta", "journal-title-group", "journal-title"], "venue"),
        Rule::text(&["journal-meta", "journal-title"], "venue"),
        Rule::text(&["subj-group", "subject"], "category"),
        Rule::text(&["kwd-group", "kwd"], "keyword"),
        Rule::start(&["pub-date"], "pub-date"),
        Rule::attribute(&["pub-date"], "iso-8601-date", "iso"),
        Rule::text(&["pub-date", "year"], "year"),
        Rule::text(&["pub-date", "month"], "month"),
        Rule::text(&["pub-date", "day"], "day"),
        // A plain-language summary or a list of highlights is an abstract of its own kind, and often another's.
        Rule::text(&["article-meta", "abstract"], "summary").only("abstract-type", "graphical"),
        Rule::text(&["article-meta", "abstract"], "summary").only("abstract-type", "teaser"),
        Rule::text(&["article-meta", "abstract"], "summary").only("abstract-type", "toc"),
        Rule::text(&["article-meta", "abstract"], "abstract"),
        Rule::text(&["front-stub", "abstract"], "abstract"),
        Rule::text(&["article", "body"], "body"),
        Rule::text(&["sub-article", "body"], "body"),
        Rule::text(&["response", "body"], "body"),
    ],
    scopes: &[],
    blocks: BLOCKS,
    dropped: DROPPED,
    marks: MARKS,
    finish,
};

/// The schema of elements of JATS without an article around them.
static FRAGMENT: Schema = Schema {
    wrong: "not valid JATS",
    columns: &["text"],
    text: "text",
    records: &["fragment"],
    rules: &[Rule::text(&["fragment"], "text")],
    scopes: &[],
    blocks: BLOCKS,
    dropped: DROPPED,
    marks: MARKS,
    finish: |cells| cells,
};

/// Returns the text of elements of JATS as Crossref gives them; `None` if they are not well-formed.
pub(in crate::corpus) fn jats_fragment(content: &str) -> Option<String> {
    let whole = format!("<fragment>{content}</fragment>");
    let mut text = None;
    let mut take = |_: Place, cells: Cells| -> Result<(), CorpusError> {
        text = Some(first(&cells, "text").unwrap_or_default().to_owned());
        Ok(())
    };
    records(whole.as_bytes(), &FRAGMENT, &mut take).ok()?;
    text
}

fn finish(cells: Cells) -> Cells {
    let own = |name| first(&cells, name).map(str::to_owned);
    let part = own("part");
    let body = all(&cells, "body").join("\n\n");
    let summary = all(&cells, "abstract").join("\n\n");
    let date = published(&cells);
    let of_review = first(&cells, "type").filter(|kind| OF_REVIEW.contains(kind));
    present([
        ("id", own("id").or_else(|| own("doi"))),
        ("title", own("title")),
        ("text", Some(if body.is_empty() { summary.clone() } else { body })),
        ("abstract", Some(summary)),
        ("year", date.as_deref().and_then(year_of)),
        ("date", date),
        ("venue", own("venue")),
        ("doi", own("doi")),
        ("category", own("category")),
        ("keywords", joined(&all(&cells, "keyword"), ", ")),
        ("language", own("language").filter(|_| part.is_none())),
        ("note_kind", part.as_deref().or(of_review).map(|part| kind(part).name().to_owned())),
        ("printed", part.as_ref().map(|_| "true".to_owned())),
        ("type", part.or_else(|| own("type"))),
    ])
}

/// Returns the kind of a part of a paper's review, by its type.
fn kind(part: &str) -> NoteKind {
    let has = |words: &[&str]| words.iter().any(|word| part.contains(word));
    match part {
        // Authors may reply "to reviewers".
        _ if has(&["reply", "author", "response"]) => NoteKind::Rebuttal,
        _ if has(&["meta"]) => NoteKind::MetaReview,
        _ if has(&["review", "referee"]) => NoteKind::Review,
        _ if has(&["decision"]) => NoteKind::Decision,
        _ if has(&["editor", "evaluation"]) => NoteKind::MetaReview,
        _ if has(&["comment"]) => NoteKind::Comment,
        _ => NoteKind::Other,
    }
}

/// Returns the most precise of the dates of publication, and of those the earliest.
fn published(cells: &Cells) -> Option<String> {
    let of_parts = groups(cells, "pub-date").filter_map(|parts| {
        let part = |name| first(parts, name).unwrap_or_default();
        date(part("year"), part("month"), part("day"))
    });
    let dates = all(cells, "iso").into_iter().map(str::to_owned).chain(of_parts);
    dates.min_by_key(|date| (usize::MAX - date.len(), date.clone()))
}
