//! Records harvested by OAI-PMH: arXiv's metadata (`arXiv`, `arXivRaw`) and Dublin Core, one abstract per record.

use super::date::{date_of_words, year_of};
use super::schema::{Rule, Schema, all, first, joined, present};
use crate::corpus::known::Cells;

/// The prefix of comments, which arXiv gives as another description.
const COMMENT: &str = "Comment:";

pub(in crate::corpus) static OAI: Schema = Schema {
    wrong: "not valid OAI-PMH",
    columns: &["id", "title", "abstract", "date", "year", "venue", "doi", "category", "keywords", "language", "type"],
    text: "abstract",
    records: &["record"],
    rules: &[
        Rule::attribute(&["record", "header"], "status", "status"),
        Rule::text(&["header", "identifier"], "identifier"),
        Rule::text(&["arXiv", "id"], "id"),
        Rule::text(&["arXiv", "created"], "date"),
        Rule::text(&["arXiv", "title"], "title"),
        Rule::text(&["arXiv", "categories"], "category"),
        Rule::text(&["arXiv", "journal-ref"], "venue"),
        Rule::text(&["arXiv", "doi"], "doi"),
        Rule::lines(&["arXiv", "abstract"], "abstract"),
        Rule::text(&["arXivRaw", "id"], "id"),
        Rule::text(&["arXivRaw", "version", "date"], "date"),
        Rule::text(&["arXivRaw", "title"], "title"),
        Rule::text(&["arXivRaw", "categories"], "category"),
        Rule::text(&["arXivRaw", "journal-ref"], "venue"),
        Rule::text(&["arXivRaw", "doi"], "doi"),
        Rule::lines(&["arXivRaw", "abstract"], "abstract"),
        Rule::text(&["dc", "title"], "title"),
        Rule::lines(&["dc", "description"], "abstract"),
        Rule::text(&["dc", "date"], "date"),
        Rule::text(&["dc", "type"], "type"),
        Rule::text(&["dc", "language"], "language"),
        Rule::text(&["dc", "source"], "venue"),
        Rule::text(&["dc", "subject"], "keyword"),
        Rule::text(&["dc", "identifier"], "link"),
    ],
    scopes: &[],
    blocks: &["p", "br"],
    dropped: &[],
    marks: &[],
    finish,
};

fn finish(cells: Cells) -> Cells {
    let own = |name| first(&cells, name).map(str::to_owned);
    // Of several descriptions the longest is the abstract; the others are notes on it, or its translation.
    let texts = all(&cells, "abstract").into_iter().filter(|text| !text.starts_with(COMMENT));
    let text = texts.reduce(|longest, text| if text.len() > longest.len() { text } else { longest });
    let doi = all(&cells, "link").into_iter().find_map(|link| link.strip_prefix("doi:").or(doi_of(link)));
    let date = own("date").map(|date| date_of_words(&date).unwrap_or(date));
    let category = own("category").and_then(|all| all.split_whitespace().next().map(str::to_owned));
    let keywords = joined(&all(&cells, "keyword"), ", ").or_else(|| own("category"));
    present([
        ("id", own("id").or_else(|| own("identifier"))),
        ("title", own("title")),
        ("abstract", text.map(str::to_owned)),
        ("year", date.as_deref().and_then(year_of)),
        ("date", date),
        ("venue", own("venue")),
        ("doi", own("doi").or_else(|| doi.map(str::to_owned))),
        ("category", category),
        ("keywords", keywords),
        ("language", own("language")),
        ("type", own("type")),
        ("status", own("status")),
    ])
}

fn doi_of(link: &str) -> Option<&str> {
    link.split_once("doi.org/").map(|(_, doi)| doi)
}
