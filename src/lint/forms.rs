//! Checks for sides of which one is running text and the other ready-made words.

use super::kind::Kind;
use super::report::{Finding, Severity, share};
use super::sides::{Side, Sides};
use crate::corpus::Text;

/// Difference of the shares of ready-made words from which the sides were made in different ways.
const DIFFERENT: f64 = 0.05;

pub(super) fn check(sides: &Sides) -> Vec<Finding> {
    let (_, share_of_human) = ready_made(&sides.human);
    let finding = |side: &Side| {
        let (n, here) = ready_made(side);
        let is_different = (here - share_of_human).abs() >= DIFFERENT && !side.documents.is_empty();
        let kind = Kind::OtherForm { share_of_human };
        is_different.then(|| Finding::new(Severity::Warning, kind, &side.name).in_documents(n, side.documents.len()))
    };
    sides.llms.iter().filter_map(finding).collect()
}

/// Returns the number of documents that are ready-made words, and their share.
fn ready_made(side: &Side) -> (usize, f64) {
    let n = side.documents.iter().filter(|document| matches!(document.text, Text::Units(_))).count();
    (n, share(n as u64, side.documents.len() as u64))
}
