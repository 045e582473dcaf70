//! The XML files of the ACL Anthology: the abstract of a paper.

use super::date::date;
use super::schema::{Rule, Schema, first, present};
use crate::corpus::known::Cells;

pub(in crate::corpus) static ACL: Schema = Schema {
    wrong: "not valid XML of the ACL Anthology",
    columns: &["id", "title", "abstract", "date", "year", "venue", "doi"],
    text: "abstract",
    records: &["paper"],
    rules: &[
        Rule::attribute(&["collection"], "id", "collection"),
        Rule::attribute(&["volume"], "id", "volume"),
        Rule::text(&["volume", "meta", "booktitle"], "venue"),
        Rule::text(&["volume", "meta", "month"], "month"),
        Rule::text(&["volume", "meta", "year"], "year"),
        Rule::attribute(&["paper"], "id", "paper"),
        Rule::text(&["paper", "title"], "title"),
        Rule::text(&["paper", "abstract"], "abstract"),
        Rule::text(&["paper", "doi"], "doi"),
        Rule::text(&["paper", "url"], "url"),
    ],
    scopes: &["volume"],
    blocks: &["p"],
    dropped: &["tex-math"],
    marks: &[],
    finish,
};

fn finish(cells: Cells) -> Cells {
    let own = |name| first(&cells, name).map(str::to_owned);
    let get = |name| first(&cells, name).unwrap_or_default();
    let date = date(get("year"), get("month"), "");
    present([
        ("id", own("url").filter(|url| !url.contains('/')).or_else(|| id(&cells))),
        ("title", own("title")),
        ("abstract", own("abstract")),
        ("year", own("year")),
        ("date", date),
        ("venue", own("venue")),
        ("doi", own("doi")),
    ])
}

/// Returns an id such as "2021.acl-long.7"; papers before 2020 have ids such as "P19-1007", given by their `url`.
fn id(cells: &Cells) -> Option<String> {
    let (collection, volume, paper) = (first(cells, "collection")?, first(cells, "volume")?, first(cells, "paper")?);
    Some(format!("{collection}-{volume}.{paper}"))
}
