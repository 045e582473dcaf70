//! TEI as GROBID writes it: the body of a paper, or its abstract if there is no body.

use super::date::{date_of_words, year_of};
use super::schema::{Rule, Schema, all, first, joined, present};
use crate::corpus::known::Cells;

pub(in crate::corpus) static TEI: Schema = Schema {
    wrong: "not valid TEI",
    columns: &["id", "title", "text", "abstract", "date", "year", "venue", "doi", "keywords", "language"],
    text: "text",
    records: &["TEI", "TEI.2"],
    rules: &[
        Rule::text(&["titleStmt", "title"], "title"),
        Rule::text(&["sourceDesc", "biblStruct", "idno"], "doi").only("type", "DOI"),
        Rule::text(&["sourceDesc", "biblStruct", "idno"], "id").only("type", "arXiv"),
        Rule::text(&["sourceDesc", "biblStruct", "idno"], "id").only("type", "MD5"),
        Rule::attribute(&["publicationStmt", "date"], "when", "date"),
        Rule::attribute(&["sourceDesc", "biblStruct", "monogr", "imprint", "date"], "when", "date"),
        Rule::text(&["publicationStmt", "date"], "date"),
        Rule::text(&["sourceDesc", "biblStruct", "monogr", "title"], "venue"),
        Rule::text(&["keywords", "term"], "keyword"),
        Rule::attribute(&["profileDesc", "langUsage", "language"], "ident", "language"),
        Rule::attribute(&["teiHeader"], "lang", "language"),
        Rule::text(&["profileDesc", "abstract"], "abstract"),
        Rule::text(&["text", "body"], "body"),
    ],
    scopes: &[],
    blocks: &["p", "div", "item", "list", "quote", "ab", "lb"],
    dropped: &["head", "figure", "table", "formula", "note", "listBibl", "label", "graphic", "fw"],
    marks: &["ref"],
    finish,
};

fn finish(cells: Cells) -> Cells {
    let own = |name| first(&cells, name).map(str::to_owned);
    let body = all(&cells, "body").join("\n\n");
    let summary = own("abstract");
    let date = own("date").and_then(|date| date_of_words(&date));
    present([
        ("id", own("id").or_else(|| own("doi"))),
        ("title", own("title")),
        ("text", if body.is_empty() { summary.clone() } else { Some(body) }),
        ("abstract", summary),
        ("year", date.as_deref().and_then(year_of)),
        ("date", date),
        ("venue", own("venue")),
        ("doi", own("doi")),
        ("keywords", joined(&all(&cells, "keyword"), ", ")),
        ("language", own("language")),
    ])
}
