//! Parts that figures over time share: the marked dates, and gaps between periods.

use jiff::civil::{Date, date};

use crate::corpus::Event;
use crate::corpus::Period;
use crate::plot::Mark;

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

/// Returns notes on gaps in the lines, whose periods are given, and on marks that are not shown.
pub(super) fn notes(events: &[Event], lines: &[Vec<&Period>]) -> Vec<String> {
    let gap = lines.iter().any(|periods| has_gap(periods));
    let gap = gap.then(|| "A line is broken where there is no text.".to_owned());
    gap.into_iter().chain(unseen_marks(&marks(events), lines.iter().flatten().copied())).collect()
}

/// Returns a note on the marks that lie before or after all periods; `None` if all are shown.
fn unseen_marks<'a>(marks: &[Mark], periods: impl Iterator<Item = &'a Period> + Clone) -> Option<String> {
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
pub(super) fn has_gap(periods: &[&Period]) -> bool {
    periods.windows(2).any(|pair| pair[0].last.tomorrow().ok() != Some(pair[1].first))
}

#[cfg(test)]
mod tests {
    use super::*;

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
