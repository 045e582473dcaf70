//! Checks for sides of which one is running text and the other ready-made words.

use super::report::{Finding, Severity, share};
use super::sides::{Side, Sides};
use crate::corpus::Text;
use crate::numbers;

/// Difference of the shares of ready-made words from which the sides were made in different ways.
const DIFFERENT: f64 = 0.05;

const ADVICE: &str = "the words and sentences of the two sides were split by different rules, which the scores can learn; give both \
                      sides as running text, or both as words split by the same program";

pub(super) fn check(sides: &Sides) -> Vec<Finding> {
    let (_, human) = ready_made(&sides.human);
    let finding = |side: &Side| {
        let (n, here) = ready_made(side);
        let message = format!(
            "{} of its documents are given as ready-made words, compared with {} of the human ones",
            numbers::share(here),
            numbers::share(human)
        );
        let is_different = (here - human).abs() >= DIFFERENT && !side.documents.is_empty();
        is_different.then(|| {
            Finding::new(Severity::Warning, "other-form", &side.name, message, ADVICE)
                .in_documents(n, side.documents.len())
        })
    };
    sides.llms.iter().filter_map(finding).collect()
}

/// Returns the number of documents that are ready-made words, and their share.
fn ready_made(side: &Side) -> (usize, f64) {
    let n = side.documents.iter().filter(|document| matches!(document.text, Text::Units(_))).count();
    (n, share(n as u64, side.documents.len() as u64))
}
