//! Parts that figures over time share: the marked dates, and the numbers of points for users who point at them.

use jiff::civil::{Date, date};

use super::cells::{interval_name, percent, thousands};
use crate::corpus::Event;
use crate::corpus::Period;
use crate::interval::Interval;
use crate::plot::Mark;
use crate::tokenize::UnitRule;

/// The release of ChatGPT.
pub(super) const CHATGPT: Date = date(2022, 11, 30);
const CHATGPT_LABEL: &str = "ChatGPT";

/// Returns the release of ChatGPT and the user's own events; none twice.
pub(super) fn marks(events: &[Event]) -> Vec<Mark> {
    let own = events.iter().map(|event| Mark { date: event.date, label: event.label.clone() });
    let is_known = events.iter().any(|event| event.date == CHATGPT);
    let chatgpt = (!is_known).then(|| Mark { date: CHATGPT, label: CHATGPT_LABEL.to_owned() });
    let mut marks: Vec<Mark> = own.chain(chatgpt).collect();
    marks.sort();
    marks.dedup();
    marks
}

/// Returns a note on the marks that lie before or after all periods; `None` if all are shown.
pub(super) fn unseen_marks<'a>(marks: &[Mark], periods: impl Iterator<Item = &'a Period> + Clone) -> Option<String> {
    let first = periods.clone().map(|period| period.first).min()?;
    let last = periods.map(|period| period.last).max()?;
    let told = |mark: &Mark| match mark.date {
        date if date < first => Some(format!("“{}” ({date}) is before the first period.", mark.label)),
        date if date > last => Some(format!("“{}” ({date}) is after the last period.", mark.label)),
        _ => None,
    };
    let notes: Vec<String> = marks.iter().filter_map(told).collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}

/// Returns whether periods are missing between the first and the last.
pub(super) fn has_gap<'a>(periods: impl Iterator<Item = &'a Period>) -> bool {
    let periods: Vec<&Period> = periods.collect();
    periods.windows(2).any(|pair| pair[0].last.tomorrow().ok() != Some(pair[1].first))
}

/// Formats a share in percent, with the sign; with two decimals if one would say little.
pub(super) fn share(share: f64) -> String {
    format!("{} %", percent(share, decimals(share)))
}

/// Formats a share with its interval: `8.1 % (95 % interval 4.2 to 12.0 %)`.
pub(super) fn share_with(value: f64, interval: Interval, level: f64) -> String {
    let decimals = decimals(value).max(decimals(interval.upper));
    let [value, lower, upper] = [value, interval.lower, interval.upper].map(|of| percent(of, decimals));
    format!("{value} % ({} {lower} to {upper} %)", interval_name(level))
}

/// Formats a count with its noun: `37,242 sentences`, `1 document`.
pub(super) fn counted(n: usize, what: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {what}{plural}", thousands(n))
}

/// Formats the numbers of documents and sentences; of documents alone if these are the units.
pub(super) fn sizes(n_documents: usize, n_units: usize, unit: UnitRule) -> String {
    let documents = counted(n_documents, "document");
    match unit {
        UnitRule::Document => documents,
        UnitRule::Sentence => format!("{documents}, {}", counted(n_units, "sentence")),
    }
}

/// Returns the number of decimals of a percentage.
fn decimals(share: f64) -> usize {
    match share * 100.0 {
        percent if percent >= 1.0 || percent == 0.0 => 1,
        percent if percent >= 0.1 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_the_digits_they_need() {
        let of = |lower, upper| Interval { lower, upper };
        assert_eq!(share_with(0.0814, of(0.042, 0.12), 0.95), "8.1 % (95 % interval 4.2 to 12.0 %)");
        assert_eq!(share_with(0.0, of(0.0, 0.0005), 0.9), "0.000 % (90 % interval 0.000 to 0.050 %)");
        assert_eq!([share(0.0), share(0.004), share(1.0)], ["0.0 %", "0.40 %", "100.0 %"]);
        assert_eq!(sizes(1, 12_345, UnitRule::Sentence), "1 document, 12,345 sentences");
    }

    #[test]
    fn marks_are_there_once_and_said_when_they_cannot_be_seen() {
        let event = |date, label: &str| Event { date, label: label.to_owned() };
        let both = marks(&[event(date(2024, 1, 1), "policy"), event(CHATGPT, "ChatGPT released")]);
        assert_eq!(both.iter().map(|mark| mark.label.as_str()).collect::<Vec<_>>(), ["ChatGPT released", "policy"]);
        let period = Period { first: date(2023, 1, 1), last: date(2023, 12, 31), label: "2023".to_owned() };
        let note = unseen_marks(&both, std::iter::once(&period)).unwrap();
        assert!(note.contains("before the first") && note.contains("after the last"), "{note}");
    }
}
