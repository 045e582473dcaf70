//! Papers (or other groups that keep documents together) that have text on both sides, or are known on one side only.

use std::collections::BTreeSet;

use super::report::{Finding, Severity, share};
use super::sides::{Side, Sides};
use crate::numbers;

const ADVICE_BOTH: &str = "this is good if the LLM wrote about the same paper from scratch: folds and --hold-out keep the two together, so \
                           no paper is in both fit and test; it is bad if the LLM polished the human text: look for copies-of-human";
const ADVICE_UNKNOWN: &str = "texts of one paper may now be in both fit and test, which makes a reference look better than it is; give \
                              both sides a column that names the paper (--split-by)";

pub(super) fn check(sides: &Sides) -> Vec<Finding> {
    let human = papers(&sides.human);
    let mut findings: Vec<Finding> = sides.llms.iter().filter_map(|side| on_both(side, &human)).collect();
    let (known, unknown): (Vec<&Side>, Vec<&Side>) =
        sides.all().filter(|side| !side.documents.is_empty()).partition(|side| n_without(side) == 0);
    if !known.is_empty() || unknown.iter().any(|side| n_without(side) < side.documents.len()) {
        findings.extend(unknown.into_iter().map(without_paper));
    }
    findings
}

fn papers<'a>(side: &Side<'a>) -> BTreeSet<&'a str> {
    side.documents.iter().filter_map(|document| document.group.as_deref()).collect()
}

fn n_without(side: &Side) -> usize {
    side.documents.iter().filter(|document| document.group.is_none()).count()
}

fn on_both(side: &Side, human: &BTreeSet<&str>) -> Option<Finding> {
    let shared = |group: &str| human.contains(group);
    let n = side.documents.iter().filter(|document| document.group.as_deref().is_some_and(shared)).count();
    let n_papers = papers(side).intersection(human).count();
    let message = format!("{n_papers} papers have both human text and text of this source");
    (n > 0).then(|| {
        Finding::new(Severity::Note, "papers-on-both-sides", &side.name, message, ADVICE_BOTH)
            .in_documents(n, side.documents.len())
    })
}

fn without_paper(side: &Side) -> Finding {
    let (n, n_total) = (n_without(side), side.documents.len());
    let message = format!(
        "{} of its documents do not say which paper they belong to",
        numbers::share(share(n as u64, n_total as u64))
    );
    Finding::new(Severity::Note, "papers-unknown", &side.name, message, ADVICE_UNKNOWN).in_documents(n, n_total)
}
