//! Choices and numbers as flags.

use clap::ValueEnum;
use jiff::civil::Date;

use crate::corpus::Event;
use crate::corpus::PeriodRule;
use crate::estimate::{IntervalMethod, Method};
use crate::interval::CalibrationMap;
use crate::reference::Scorer;
use crate::tokenize::UnitRule;
use crate::words::Rank;

/// [`Scorer`] as a flag.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ScorerArg {
    NaiveBayes,
    Logistic,
}

impl From<ScorerArg> for Scorer {
    fn from(scorer: ScorerArg) -> Scorer {
        match scorer {
            ScorerArg::NaiveBayes => Scorer::NaiveBayes,
            ScorerArg::Logistic => Scorer::Logistic,
        }
    }
}

/// [`CalibrationMap`] as a flag.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum CalibrationArg {
    #[default]
    Histogram,
    Logistic,
}

impl From<CalibrationArg> for CalibrationMap {
    fn from(calibration: CalibrationArg) -> CalibrationMap {
        match calibration {
            CalibrationArg::Histogram => CalibrationMap::Histogram,
            CalibrationArg::Logistic => CalibrationMap::Logistic,
        }
    }
}

/// [`Method`] as a flag.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum MethodArg {
    #[default]
    Calibrated,
    Liang,
}

impl From<MethodArg> for Method {
    fn from(method: MethodArg) -> Method {
        match method {
            MethodArg::Calibrated => Method::Calibrated,
            MethodArg::Liang => Method::Liang,
        }
    }
}

/// [`IntervalMethod`] as a flag.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum IntervalArg {
    #[default]
    Score,
    Bootstrap,
}

impl From<IntervalArg> for IntervalMethod {
    fn from(interval: IntervalArg) -> IntervalMethod {
        match interval {
            IntervalArg::Score => IntervalMethod::Score,
            IntervalArg::Bootstrap => IntervalMethod::Bootstrap,
        }
    }
}

/// [`UnitRule`] as a flag.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum UnitArg {
    Sentence,
    Document,
}

impl From<UnitArg> for UnitRule {
    fn from(unit: UnitArg) -> UnitRule {
        match unit {
            UnitArg::Sentence => UnitRule::Sentence,
            UnitArg::Document => UnitRule::Document,
        }
    }
}

impl From<UnitRule> for UnitArg {
    fn from(unit: UnitRule) -> UnitArg {
        match unit {
            UnitRule::Sentence => UnitArg::Sentence,
            UnitRule::Document => UnitArg::Document,
        }
    }
}

/// [`PeriodRule`] as a flag.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum PeriodArg {
    #[default]
    Year,
    Quarter,
    Month,
    Week,
}

impl From<PeriodArg> for PeriodRule {
    fn from(period: PeriodArg) -> PeriodRule {
        match period {
            PeriodArg::Year => PeriodRule::Year,
            PeriodArg::Quarter => PeriodRule::Quarter,
            PeriodArg::Month => PeriodRule::Month,
            PeriodArg::Week => PeriodRule::Week,
        }
    }
}

/// [`Rank`] as a flag.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum RankArg {
    #[default]
    Difference,
    Ratio,
}

impl From<RankArg> for Rank {
    fn from(rank: RankArg) -> Rank {
        match rank {
            RankArg::Difference => Rank::Difference,
            RankArg::Ratio => Rank::Ratio,
        }
    }
}

/// [`Event`] as a flag, `DATE=LABEL`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventArg {
    pub date: Date,
    pub label: String,
}

impl std::str::FromStr for EventArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let hint = "[write it as 2023-03-14=GPT-4]";
        let (date, label) = text.split_once('=').ok_or_else(|| format!("a date and a label are needed {hint}"))?;
        let (date, label) = (date.trim(), label.trim());
        if label.is_empty() {
            return Err(format!("the label is empty {hint}"));
        }
        let date = self::date(date).map_err(|_| format!("\"{date}\" is not a date {hint}"))?;
        Ok(EventArg { date, label: label.to_owned() })
    }
}

impl From<EventArg> for Event {
    fn from(EventArg { date, label }: EventArg) -> Event {
        Event { date, label }
    }
}

pub fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "not a date [write it as 2022-11-30]".to_owned())
}

/// Two periods by their labels, `FROM..TO`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeArg {
    pub from: String,
    pub to: String,
}

impl std::str::FromStr for ChangeArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let hint = "[write it as 2023..2024]";
        let (from, to) = text.split_once("..").ok_or_else(|| format!("two periods are needed {hint}"))?;
        let (from, to) = (from.trim().to_owned(), to.trim().to_owned());
        if from.is_empty() || to.is_empty() || from == to {
            return Err(format!("two different periods are needed {hint}"));
        }
        Ok(ChangeArg { from, to })
    }
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
        let event: EventArg = "2023-03-14 = GPT-4 = new".parse().unwrap();
        assert_eq!((event.date.to_string().as_str(), event.label.as_str()), ("2023-03-14", "GPT-4 = new"));
        for (text, expected) in [("GPT-4", "are needed"), ("2023-03-14= ", "empty"), ("spring=GPT-4", "\"spring\" is")]
        {
            let error = text.parse::<EventArg>().unwrap_err();
            assert!(error.contains(expected) && error.contains("[write it as"), "{text}: {error}");
        }
    }
}
