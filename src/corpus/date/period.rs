//! Periods of a trend: years, quarters, months or weeks.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde::Serialize;

use super::span::Span;

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PeriodRule {
    /// A calendar year.
    #[default]
    Year,
    /// A quarter of a calendar year.
    Quarter,
    /// A calendar month.
    Month,
    /// A week of ISO 8601, from Monday.
    Week,
}

/// A period; periods of one rule are ordered by time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Period {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// Its name: `2023`, `2023-Q3`, `2023-07` or `2023-W27`.
    pub label: String,
}

impl fmt::Display for PeriodRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Week => "week",
        })
    }
}

impl PeriodRule {
    /// Returns the period that contains all days of `span`; `None` if the span is longer, as a year is for months.
    pub fn period(self, span: Span) -> Option<Period> {
        let period = self.around(span.first)?;
        (span.last <= period.last).then_some(period)
    }

    /// Returns the period that contains `day`; `None` at the ends of the calendar.
    pub fn around(self, day: Date) -> Option<Period> {
        let (year, month) = (day.year(), day.month());
        Some(match self {
            Self::Year => Period { first: day.first_of_year(), last: day.last_of_year(), label: format!("{year:04}") },
            Self::Quarter => {
                let quarter = (month - 1) / 3;
                let first = Date::new(year, quarter * 3 + 1, 1).ok()?;
                let last = first.checked_add(2.months()).ok()?.last_of_month();
                Period { first, last, label: format!("{year:04}-Q{}", quarter + 1) }
            }
            Self::Month => Period {
                first: day.first_of_month(),
                last: day.last_of_month(),
                label: format!("{year:04}-{month:02}"),
            },
            Self::Week => {
                let week = day.iso_week_date();
                let first = ISOWeekDate::new(week.year(), week.week(), Weekday::Monday).ok()?.date();
                let last = first.checked_add(6.days()).ok()?;
                Period { first, last, label: format!("{:04}-W{:02}", week.year(), week.week()) }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::span;

    fn label(rule: PeriodRule, text: &str) -> Option<String> {
        rule.period(span(text).unwrap()).map(|period| period.label)
    }

    #[test]
    fn days_lie_in_periods_and_longer_spans_only_where_they_fit() {
        use PeriodRule::{Month, Quarter, Week, Year};
        for (rule, text, expected) in [
            (Year, "2023", Some("2023")),
            (Year, "Jul 2023", Some("2023")),
            (Quarter, "2023-09-30", Some("2023-Q3")),
            (Quarter, "2023-Q3", Some("2023-Q3")),
            (Quarter, "2023", None),
            (Month, "2024-02-29", Some("2024-02")),
            (Month, "2024-02", Some("2024-02")),
            (Month, "2023-Q3", None),
            (Week, "2024-12-30", Some("2025-W01")),
            (Week, "2021-01-03", Some("2020-W53")),
            (Week, "2024-02", None),
        ] {
            assert_eq!(label(rule, text).as_deref(), expected, "{rule} {text}");
        }
    }

    #[test]
    fn periods_of_a_rule_follow_each_other_without_gap() {
        for rule in [PeriodRule::Year, PeriodRule::Quarter, PeriodRule::Month, PeriodRule::Week] {
            let mut day = jiff::civil::date(2019, 1, 1);
            while day.year() < 2026 {
                let period = rule.around(day).unwrap();
                assert!(period.first <= day && day <= period.last, "{rule} {day}");
                let next = rule.around(period.last.tomorrow().unwrap()).unwrap();
                assert!(next.first == period.last.tomorrow().unwrap() && next.label > period.label, "{rule} {day}");
                day = period.last.tomorrow().unwrap();
            }
        }
    }
}
