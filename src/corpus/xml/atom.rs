//! Feeds in Atom, such as those of arXiv's API: the summary of an entry.

use super::date::year_of;
use super::schema::{Rule, Schema, all, first, joined, present};
use crate::corpus::known::Cells;

pub(in crate::corpus) static ATOM: Schema = Schema {
    wrong: "not valid Atom",
    columns: &["id", "title", "abstract", "date", "year", "venue", "doi", "category", "keywords"],
    text: "abstract",
    records: &["entry"],
    rules: &[
        Rule::text(&["entry", "id"], "id"),
        Rule::text(&["entry", "title"], "title"),
        Rule::lines(&["entry", "summary"], "summary"),
        Rule::lines(&["entry", "content"], "content"),
        Rule::text(&["entry", "published"], "published"),
        Rule::text(&["entry", "updated"], "updated"),
        Rule::attribute(&["entry", "primary_category"], "term", "primary"),
        Rule::attribute(&["entry", "category"], "term", "category"),
        Rule::text(&["entry", "journal_ref"], "venue"),
        Rule::text(&["entry", "doi"], "doi"),
    ],
    scopes: &[],
    blocks: &[],
    dropped: &[],
    marks: &[],
    finish,
};

fn finish(cells: Cells) -> Cells {
    let own = |name| first(&cells, name).map(str::to_owned);
    let date = own("published").or_else(|| own("updated"));
    let categories = all(&cells, "category");
    present([
        ("id", own("id").map(|id| arxiv_id(&id).to_owned())),
        ("title", own("title")),
        ("abstract", own("summary").or_else(|| own("content"))),
        ("year", date.as_deref().and_then(year_of)),
        ("date", date),
        ("venue", own("venue")),
        ("doi", own("doi")),
        ("category", own("primary").or_else(|| categories.first().map(|first| (*first).to_owned()))),
        ("keywords", joined(&categories, " ")),
    ])
}

/// Returns the id of a paper without arXiv's address; the version stays, as it says which text this is.
fn arxiv_id(id: &str) -> &str {
    id.rsplit_once("arxiv.org/abs/").map_or(id, |(_, id)| id)
}
