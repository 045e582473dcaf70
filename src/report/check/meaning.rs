//! Explains a check in three sentences for readers who know no statistics.

use crate::check::{Check, Verdict};
use crate::report::shares::{NOT, Named, share_sentence};

/// Returns how much of the text is by LLMs, what the verdict says of it, and what it does not say; nothing without an estimate.
pub(super) fn meaning(check: &Check) -> Vec<String> {
    let estimated = check.groups.iter().filter(|group| group.estimate.outcome.is_some());
    let groups: Vec<Named<'_>> = estimated.map(|group| (group.name(), &group.estimate)).collect();
    let share = share_sentence(&check.run, check.level_each, &groups, ["In this batch", "Among the groups"]);
    share.map_or_else(Vec::new, |share| vec![share, of_verdict(check.verdict).to_owned(), NOT.to_owned()])
}

fn of_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "The check passes because even the upper end of the interval is within what is allowed.",
        Verdict::Fail => {
            "The check fails because even the lower end of an interval, or a lower bound, is above what is allowed."
        }
        Verdict::Inconclusive => {
            "The check is inconclusive: this text does not show whether the share is above or below what is allowed."
        }
    }
}
