//! Human text that may be an LLM's, because ChatGPT existed when it was written.

use super::kind::Kind;
use super::report::{Finding, Severity, share};
use super::sides::Sides;
use crate::corpus::{CHATGPT, span};

/// Share of the human documents from which it is an error.
const MANY: f64 = 0.01;

pub(super) fn check(sides: &Sides) -> Vec<Finding> {
    let side = &sides.human;
    let verdicts = side.documents.iter().map(|document| document.date.as_deref().and_then(is_late));
    let (mut n_late, mut n_undated, n_total) = (0, 0, side.documents.len());
    verdicts.for_each(|verdict| match verdict {
        Some(true) => n_late += 1,
        Some(false) => {}
        None => n_undated += 1,
    });
    let finding = |severity, kind, n| Finding::new(severity, kind, &side.name).in_documents(n, n_total);
    let mut findings = Vec::new();
    if n_late > 0 {
        let late_share = share(n_late as u64, n_total as u64);
        let severity = if late_share >= MANY { Severity::Error } else { Severity::Warning };
        findings.push(finding(severity, Kind::LateHumanText, n_late));
    }
    if n_undated > 0 {
        findings.push(finding(Severity::Note, Kind::UndatedHumanText, n_undated));
    }
    findings
}

/// Returns whether a date is certainly after the release of ChatGPT; `None` if it cannot be read. What a date does not say is
/// taken as early as can be; where [`span`] finds no day, a year in words decides.
fn is_late(date: &str) -> Option<bool> {
    span(date).map(|days| days.first > CHATGPT).or_else(|| is_late_in_words(date))
}

/// Judges by the year in a date such as "2 Apr 2019 or later"; that of the release leaves it open.
fn is_late_in_words(date: &str) -> Option<bool> {
    let year = |digits: &str| digits.parse().ok().filter(|year| digits.len() == 4 && (1900..2200).contains(year));
    let year: i16 = date.split(|c: char| !c.is_ascii_digit()).find_map(year)?;
    (year != CHATGPT.year()).then_some(year > CHATGPT.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_in_many_forms() {
        for late in [
            "2023",
            "2022-12",
            "2022-12-01",
            "2022/12/01",
            "2023-01-05T10:00:00Z",
            "20230105",
            "1672531200",
            "1672531200000",
            "1669852800000",
            "2023.0",
            " 2024-05-01 ",
            "Tue, 02 Apr 2024 17:59:59 GMT",
            "202503151030",
            "Dec 2022",
            "printed in 2024",
        ] {
            assert_eq!(is_late(late), Some(true), "{late}");
        }
        for early in [
            "2022",
            "2022-11",
            "2022-11-30",
            "2022-11-30T23:59:59Z",
            "20221130",
            "1669852799",
            "1669852799000",
            "2019",
            "1546300800000",
            "02 Apr 2019",
            "2017-01-01",
            "202203151030",
            "12/05/2022",
            "printed in 2019",
        ] {
            assert_eq!(is_late(early), Some(false), "{early}");
        }
        for unreadable in ["", "yesterday", "12", "printed in 2022", "123456", "20231345", "99999"] {
            assert_eq!(is_late(unreadable), None, "{unreadable}");
        }
    }
}
