//! Parts that figures over time share: the marked dates, and gaps between periods.

use crate::corpus::Event;
use crate::corpus::Period;
use crate::plot::Mark;

/// Returns the marks of the events of a record.
pub(super) fn marks(events: &[Event]) -> Vec<Mark> {
    events.iter().map(|event| Mark { date: event.date, label: event.label.clone() }).collect()
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
    use jiff::civil::date;

    use super::*;

    #[test]
    fn marks_are_said_when_they_cannot_be_seen() {
        let both = marks(&[Event::new(date(2022, 11, 30), "ChatGPT"), Event::new(date(2024, 1, 1), "policy")]);
        let period = Period { first: date(2023, 1, 1), last: date(2023, 12, 31), label: "2023".to_owned() };
        let note = unseen_marks(&both, std::iter::once(&period)).unwrap();
        assert!(note.contains("before the first") && note.contains("after the last"), "{note}");
    }
}
