//! The note on documents that are in no period.

use crate::corpus::UndatedSummary;
use crate::numbers::{counted, thousands};

/// Returns a note on the documents that are in no period, if there are any.
pub(super) fn undated(undated: &UndatedSummary) -> Option<String> {
    if undated.n_without_date + undated.n_unreadable == 0 {
        return None;
    }
    let examples: Vec<String> = undated.examples.iter().map(|text| format!("\"{text}\"")).collect();
    let such = if examples.is_empty() { String::new() } else { format!(" (such as {})", examples.join(", ")) };
    Some(format!(
        "in no period: {} without a date, {} with a date that cannot be read or spans more than a period{such}",
        counted(undated.n_without_date, "document"),
        thousands(undated.n_unreadable)
    ))
}
