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
    let unreadable = format!("with a date that cannot be read or spans more than a period{such}");
    let documents = |n| counted(n, "document");
    let found = match (undated.n_without_date, undated.n_unreadable) {
        (n, 0) => format!("{} without a date", documents(n)),
        (0, n) => format!("{} {unreadable}", documents(n)),
        (without, n) => format!("{} without a date, {} {unreadable}", documents(without), thousands(n)),
    };
    Some(format!("in no period: {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_there_is_is_told() {
        let note = |n_without_date, n_unreadable, examples: &[&str]| {
            let examples = examples.iter().map(|&text| text.to_owned()).collect();
            undated(&UndatedSummary { n_without_date, n_unreadable, examples })
        };
        assert_eq!(note(0, 0, &[]), None);
        assert_eq!(note(200, 0, &[]).unwrap(), "in no period: 200 documents without a date");
        assert_eq!(
            note(0, 1, &["soon"]).unwrap(),
            "in no period: 1 document with a date that cannot be read or spans more than a period (such as \"soon\")"
        );
        assert_eq!(
            note(2, 3, &[]).unwrap(),
            "in no period: 2 documents without a date, 3 with a date that cannot be read or spans more than a period"
        );
    }
}
