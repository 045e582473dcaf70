//! Papers (or other groups that keep documents together) that have text on both sides, or are known on one side only.

use std::collections::BTreeSet;

use super::kind::Kind;
use super::report::{Finding, Severity};
use super::sides::{Side, Sides};

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
    let kind = Kind::PapersOnBothSides { n_papers };
    (n > 0).then(|| Finding::new(Severity::Note, kind, &side.name).in_documents(n, side.documents.len()))
}

fn without_paper(side: &Side) -> Finding {
    Finding::new(Severity::Note, Kind::PapersUnknown, &side.name).in_documents(n_without(side), side.documents.len())
}
