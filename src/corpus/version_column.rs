//! Recognises columns that say which row of a record is its newest: the number of a version, or when it was last changed.

use super::date::span;
use super::names::{is_abstract_name, plain};
use super::sampled::SampledColumns;

/// Names of columns, as [`plain`] has them, with the number of a version, of which the first that a file has is taken.
const NUMBERED: [&str; 7] = ["version", "revision", "versionnumber", "revisionnumber", "ver", "rev", "v"];
/// Names of columns with the time of the last change, or whether there was one; `tmdate` and `mdate` are OpenReview's.
const DATED: [&str; 18] = [
    "modified",
    "modifiedat",
    "modifieddate",
    "datemodified",
    "modificationdate",
    "lastmodified",
    "lastmodifieddate",
    "updated",
    "updatedat",
    "dateupdated",
    "lastupdated",
    "lastupdate",
    "lastedited",
    "lastedit",
    "editedat",
    "edited",
    "tmdate",
    "mdate",
];
/// Names of columns that tell the reviews of one paper apart, of which the first that nearly every row has is taken. `member #` is
/// EasyChair's, whose columns on the reviewer are empty unless a member of the committee has passed the review on.
const REVIEW_IDS: [&str; 10] = [
    "member#",
    "reviewid",
    "reviewerid",
    "reviewer",
    "reviewername",
    "revieweremail",
    "reviewernumber",
    "referee",
    "refereeid",
    "noteid",
];
/// Names of columns that identify a record with versions, and those among them that never are a paper with several reviews.
const VERSIONED_IDS: [&str; 6] = ["id", "doi", "pmid", "arxivid", "paperid", "submission#"];
const OWN_IDS: [&str; 3] = ["id", "reviewid", "noteid"];
/// Names of columns that identify a paper, which may have several reviews; `submission #` is EasyChair's, which exports no papers.
const PAPER_ID: &str = "paperid";
const REVIEWED_ID: &str = "submission#";

/// The columns that identify a record, and the one that says which of its rows is the newest.
type VersionColumns = (Vec<String>, String);

/// Returns the columns of records with numbered versions: a paper has a review by each reviewer. `id` is the column with the ids.
pub(super) fn numbered_version(columns: &SampledColumns, id: Option<&str>) -> Option<VersionColumns> {
    version(columns, id, &VERSIONED_IDS, &NUMBERED)
}

/// Returns the columns of records whose rows say when they were changed. A paper's id is enough only if the text is its abstract, as a
/// paper has several reviews.
pub(super) fn dated_version(columns: &SampledColumns, id: Option<&str>, text: &[String]) -> Option<VersionColumns> {
    let is_abstract = matches!(text, [text] if is_abstract_name(text));
    let names: &[&str] = if is_abstract { &VERSIONED_IDS } else { &OWN_IDS };
    let is_named = |id: &String, names: &[&str]| names.contains(&plain(id).as_str());
    version(columns, id, names, &DATED).filter(|(ids, changed)| {
        ids.iter().any(|id| is_named(id, names) || is_named(id, &REVIEW_IDS))
            && !text.contains(changed)
            && !ids.contains(changed)
    })
}

fn version(columns: &SampledColumns, id: Option<&str>, ids: &[&str], newest: &[&str]) -> Option<VersionColumns> {
    let named = |name: &&str| columns.columns.iter().find(|known| plain(&known.name) == **name);
    let of = |name: &str| columns.columns.iter().find(|known| known.name == name);
    let id = match id {
        Some(name) => of(name)?,
        None => ids.iter().find_map(named)?,
    };
    let newest = newest.iter().find_map(named)?;
    let n = id.repeats.len();
    let of_review = REVIEW_IDS.iter().filter_map(named).find(|column| 10 * column.repeats.len() >= 9 * n);
    let of_review = of_review.filter(|column| column.name != id.name);
    let are_reviews = match &*plain(&id.name) {
        REVIEWED_ID => true,
        // More rows than papers can have versions.
        PAPER_ID => n > id.repeats.n_distinct() * newest.repeats.n_distinct(),
        _ => false,
    };
    // Without the reviewers nothing says which rows are versions of one review.
    if of_review.is_none() && are_reviews {
        return None;
    }
    let columns = std::iter::once(id).chain(of_review);
    Some((columns.map(|column| column.name.clone()).collect(), newest.name.clone()))
}

/// Returns a number that rises from version to version: of a number, a date, a time, or of whether there was a change.
pub(super) fn rank(shown: &str) -> Option<i64> {
    let shown = shown.trim();
    let number = || shown.trim_start_matches(['v', 'V']).parse::<f64>().ok().map(|number| (number * 1000.0) as i64);
    let time = || shown.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond);
    let of_civil = |civil: jiff::civil::DateTime| jiff::tz::TimeZone::UTC.to_timestamp(civil).ok();
    let civil = || Some(of_civil(shown.parse().ok()?)?.as_millisecond());
    let day = || Some(of_civil(span(shown)?.first.into())?.as_millisecond());
    let is_changed = || match shown.to_ascii_lowercase().as_str() {
        "true" | "yes" => Some(1),
        "false" | "no" => Some(0),
        _ => None,
    };
    number().or_else(time).or_else(civil).or_else(day).or_else(is_changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_rise_with_their_numbers_and_times() {
        for (earlier, later) in [
            ("1", "2"),
            ("v2", "v10"),
            ("1600000000000", "1700000000000"),
            ("2021-01-01", "2021-03-01"),
            ("2021-03-01T09:00:00Z", "2021-03-01T10:00:00Z"),
            ("2021-03-01 09:00:00", "2021-03-01 10:00:00"),
            ("3 March 2021", "4 March 2021"),
            ("false", "True"),
        ] {
            assert!(rank(earlier).unwrap() < rank(later).unwrap(), "{earlier} {later}");
        }
        assert_eq!(rank("draft"), None);
    }
}
