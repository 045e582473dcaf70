//! Parsers of the values of flags.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;
use serde::Serialize;

use crate::check::{OnInconclusive, OnMisfit};
use crate::corpus::{Event, PeriodRule};
use crate::estimate::{IntervalMethod, Method};
use crate::interval::CalibrationMap;
use crate::plot::Theme;
use crate::reference::Scorer;
use crate::tokenize::UnitRule;
use crate::trend::Pair;
use crate::words::Rank;

/// Returns the parser of a flag that names one of some choices, by the names that records have for them.
pub fn one_of<T: Serialize + Copy + Send + Sync + 'static>(choices: &'static [T]) -> impl TypedValueParser<Value = T> {
    let named = move |text: String| choices.iter().copied().find(|choice| name(choice) == text);
    PossibleValuesParser::new(choices.iter().map(name)).try_map(move |text| named(text).ok_or("not a choice"))
}

fn name<T: Serialize>(choice: &T) -> String {
    let value = serde_json::to_value(choice).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

pub const SCORERS: &[Scorer] = &[Scorer::NaiveBayes, Scorer::Logistic];
pub const CALIBRATIONS: &[CalibrationMap] = &[CalibrationMap::Histogram, CalibrationMap::Logistic];
pub const METHODS: &[Method] = &[Method::Calibrated, Method::Liang];
pub const INTERVALS: &[IntervalMethod] = &[IntervalMethod::Score, IntervalMethod::Bootstrap];
pub const UNITS: &[UnitRule] = &[UnitRule::Sentence, UnitRule::Document];
pub const PERIODS: &[PeriodRule] = &[PeriodRule::Year, PeriodRule::Quarter, PeriodRule::Month, PeriodRule::Week];
pub const RANKS: &[Rank] = &[Rank::Difference, Rank::Ratio];
pub const THEMES: &[Theme] = &[Theme::Light, Theme::Dark, Theme::Print];
pub const INCONCLUSIVE: &[OnInconclusive] = &[OnInconclusive::Pass, OnInconclusive::Warn, OnInconclusive::Fail];
pub const MISFIT: &[OnMisfit] = &[OnMisfit::Inconclusive, OnMisfit::Ignore];

/// Parses `DATE=LABEL`.
pub fn event(text: &str) -> Result<Event, String> {
    let hint = "[write it as 2023-03-14=GPT-4]";
    let (day, label) = text.split_once('=').ok_or_else(|| format!("a date and a label are needed {hint}"))?;
    let (day, label) = (day.trim(), label.trim());
    if label.is_empty() {
        return Err(format!("the label is empty {hint}"));
    }
    let date = date(day).map_err(|_| format!("\"{day}\" is not a date {hint}"))?;
    Ok(Event::new(date, label))
}

pub fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "not a date [write it as 2022-11-30]".to_owned())
}

/// Parses two periods by their labels, `FROM..TO`.
pub fn change(text: &str) -> Result<Pair, String> {
    let hint = "[write it as 2023..2024]";
    let (from, to) = text.split_once("..").ok_or_else(|| format!("two periods are needed {hint}"))?;
    let (from, to) = (from.trim().to_owned(), to.trim().to_owned());
    if from.is_empty() || to.is_empty() || from == to {
        return Err(format!("two different periods are needed {hint}"));
    }
    Ok((from, to))
}

pub fn level(text: &str) -> Result<f64, String> {
    let level: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.5..1.0).contains(&level) { Ok(level) } else { Err("a level is from 0.5 to below 1, such as 0.95".to_owned()) }
}

pub fn closed_share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("a share is from 0 to 1, such as 0.25".to_owned()) }
}

pub fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..1.0).contains(&share) { Ok(share) } else { Err("a share is from 0 to below 1, such as 0.2".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_a_date_and_a_label() {
        let event = event("2023-03-14 = GPT-4 = new").unwrap();
        assert_eq!((event.date.to_string().as_str(), event.label.as_str()), ("2023-03-14", "GPT-4 = new"));
        for (text, expected) in [("GPT-4", "are needed"), ("2023-03-14= ", "empty"), ("spring=GPT-4", "\"spring\" is")]
        {
            let error = super::event(text).unwrap_err();
            assert!(error.contains(expected) && error.contains("[write it as"), "{text}: {error}");
        }
    }
}
