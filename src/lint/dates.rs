//! Human text that may be an LLM's, because ChatGPT existed when it was written.

use super::kind::Kind;
use super::report::{Finding, Severity, share};
use super::sides::Sides;

/// The last day before ChatGPT.
const LAST_DAY: (u32, u32, u32) = (2022, 11, 30);
/// The first second after it, in seconds since 1970.
const FIRST_SECOND: u64 = 1_669_852_800;
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

/// Returns whether a date is certainly after 2022-11-30; `None` if it cannot be read. Readable are a year, ISO dates, even
/// incomplete, days without separators, seconds and milliseconds since 1970, and a year somewhere in words.
fn is_late(date: &str) -> Option<bool> {
    let date = date.trim();
    let date = date.strip_suffix(".0").unwrap_or(date);
    if !date.is_empty() && date.bytes().all(|byte| byte.is_ascii_digit()) {
        return is_late_number(date);
    }
    let mut parts = date.split(|c: char| !c.is_ascii_digit());
    match parts.next().and_then(year) {
        Some(year) => {
            // What an ISO date does not say is taken as early as can be.
            let mut next = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(1);
            Some((year, next(), next()) > LAST_DAY)
        }
        None => is_late_in_words(date),
    }
}

fn year(digits: &str) -> Option<u32> {
    let year = digits.parse().ok().filter(|year| (1900..2200).contains(year));
    year.filter(|_| digits.len() == 4)
}

fn is_late_number(digits: &str) -> Option<bool> {
    let number: u64 = digits.parse().ok()?;
    match digits.len() {
        4 => year(digits).map(|year| year > LAST_DAY.0),
        8 => {
            let (day, month) = (number % 100, number / 100 % 100);
            let is_day = (1..=12).contains(&month) && (1..=31).contains(&day);
            year(&digits[..4]).filter(|_| is_day).map(|_| number > 20_221_130)
        }
        9 | 10 => Some(number >= FIRST_SECOND),
        12 | 13 => Some(number / 1000 >= FIRST_SECOND),
        _ => None,
    }
}

/// Judges by the year in a date such as "Tue, 02 Apr 2019"; 2022 leaves it open.
fn is_late_in_words(date: &str) -> Option<bool> {
    let year = date.split(|c: char| !c.is_ascii_digit()).find_map(year)?;
    (year != LAST_DAY.0).then_some(year > LAST_DAY.0)
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
        ] {
            assert_eq!(is_late(early), Some(false), "{early}");
        }
        for unreadable in ["", "yesterday", "12", "Dec 2022", "123456", "20231345", "99999"] {
            assert_eq!(is_late(unreadable), None, "{unreadable}");
        }
    }
}
