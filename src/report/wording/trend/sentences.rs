//! Writes the findings of a series as sentences that a person would write.

use crate::corpus::PeriodRule;
use crate::interval::{Difference, Interval};
use crate::numbers::{in_words, level, percent};
use crate::tokenize::UnitRule;
use crate::trend::{BreakTest, Change, PeriodEstimate, SlopeTest, Trend, TrendSeries, concerns, find, in_slope, sides};

/// Text added to a sentence if the reference has aged: after a fall, and after anything else.
const NO_DECLINE: &str = "; the reference is older than this text, so this does not show a decline";
const READ_TOO_LOW: &str = "; the reference is older than this text and may underestimate its share";

/// The terms in which sentences are worded.
pub(super) struct Wording {
    /// The unit that alpha is a share of.
    pub unit: UnitRule,
    /// The length of a period.
    pub period: PeriodRule,
    /// Nominal coverage of the intervals, 0 to 1.
    pub level: f64,
    /// Whether the reference is too old for some of the text.
    pub is_aged: bool,
}

/// Returns the changes, the slope, the break test and the placebos of a series of `trend` in words, a sentence each.
pub fn trend_sentences(trend: &Trend, series: &TrendSeries) -> Vec<String> {
    Wording::new(trend, concerns(&trend.ageing, series)).sentences(series)
}

impl Wording {
    /// Returns the terms of `trend`.
    pub(super) fn new(trend: &Trend, is_aged: bool) -> Wording {
        Wording { unit: trend.run.unit, period: trend.period, level: trend.run.level, is_aged }
    }

    fn sentences(&self, series: &TrendSeries) -> Vec<String> {
        let changes = series.changes.iter().filter_map(|change| self.change(change, &series.periods));
        let slope = self.slope(series.slope.as_ref(), &series.periods);
        let break_test = series.break_test.as_ref().map(|found| self.break_test(found, &series.periods));
        let placebos = self.placebos(&series.periods);
        changes.chain(slope).chain(break_test).chain(placebos).collect()
    }

    /// Returns a sentence such as "Between 2023 and 2024 the LLM share of sentences rose from 8.1 % to 17.1 %, by 9.0
    /// points (95 % interval 0.9 to 17.1)."
    pub(super) fn change(&self, change: &Change, periods: &[PeriodEstimate]) -> Option<String> {
        let (from, to) = (find(periods, &change.from)?, find(periods, &change.to)?);
        let highest = match change.n_choices {
            0 | 1 => String::new(),
            n => format!(", the highest of the {} {} before,", in_words(n), self.periods(n)),
        };
        let share = |of: &PeriodEstimate| share(of.estimate.alpha().unwrap_or(0.0));
        let direction = direction(&change.difference, self.level);
        let finding = self.finding(to.artefact.is_some(), direction);
        let (verb, rest) = match direction {
            Direction::Unsure => {
                ("went", format!(": a difference of {}{}", self.by(&change.difference), self.unsure(change)))
            }
            Direction::Up => ("rose", format!(", by {}", self.by(&change.difference))),
            Direction::Down => ("fell", format!(", by {}", self.by(&change.difference))),
        };
        Some(format!(
            "Between {}{highest} and {} the LLM share of {}s {verb} from {} to {}{rest}{finding}.",
            change.from,
            change.to,
            self.unit,
            share(from),
            share(to)
        ))
    }

    /// Returns why a difference is not significant: by chance in the documents, or else by systematic error.
    fn unsure(&self, change: &Change) -> String {
        let sampled = &change.without_systematic_error;
        match direction(sampled, self.level) {
            Direction::Unsure => ", which is not statistically significant".to_owned(),
            _ => format!(
                "; sampling alone does not explain it ({} to {}), but an LLM missing from the reference could also \
                 explain it",
                points(sampled.interval.lower),
                points(sampled.interval.upper)
            ),
        }
    }

    /// Returns a sentence on the least-squares slope, or on why there is none.
    fn slope(&self, slope: Option<&SlopeTest>, periods: &[PeriodEstimate]) -> Option<String> {
        let used = in_slope(periods);
        let span = self.span(&used)?;
        let Some(slope) = slope else {
            return Some(format!(
                "The trend was not tested: that needs at least three {0} with enough text, not counting the control.",
                self.periods(2)
            ));
        };
        let found = Difference { difference: slope.per_year, interval: slope.interval, p_value: slope.p_value };
        let direction = direction(&found, self.level);
        let finding = self.finding(self.is_aged, direction);
        Some(match direction {
            Direction::Unsure => format!(
                "The trend over {span} is not statistically significant ({} points a year, {}){finding}.",
                points(slope.per_year),
                self.interval(slope.interval)
            ),
            direction => {
                let verb = if direction == Direction::Up { "rose" } else { "fell" };
                let (size, interval) = (slope.per_year.abs(), of_size(slope.per_year, slope.interval));
                format!(
                    "Over {span} the LLM share of {}s {verb} by {} points a year on average ({}){finding}.",
                    self.unit,
                    points(size),
                    self.interval(interval)
                )
            }
        })
    }

    /// Returns "the six years from 2019 to 2024", or "the four years with enough text between 2019 and 2024" if some are missing.
    fn span(&self, periods: &[&PeriodEstimate]) -> Option<String> {
        let (first, last) = (&periods.first()?.period, &periods.last()?.period);
        let has_gaps = periods.windows(2).any(|of| of[0].period.last.tomorrow().ok() != Some(of[1].period.first));
        let (from, to) = if has_gaps { ("with enough text between", "and") } else { ("from", "to") };
        let n = periods.len();
        Some(format!("the {} {} {from} {} {to} {}", in_words(n), self.periods(n), first.label, last.label))
    }

    /// Returns a sentence on the means on both sides of a date.
    fn break_test(&self, found: &BreakTest, periods: &[PeriodEstimate]) -> String {
        let (before, after) = sides(periods, found.date);
        let side = |side: &[&PeriodEstimate]| {
            let mean = side.iter().filter_map(|of| of.estimate.alpha()).sum::<f64>() / side.len().max(1) as f64;
            format!("{} in {} {}", share(mean), in_words(side.len()), self.periods(side.len()))
        };
        let (before, after) = (side(&before), side(&after));
        let (date, unit, by) = (found.date, self.unit, self.by(&found.difference));
        let direction = direction(&found.difference, self.level);
        let finding = self.finding(self.is_aged, direction);
        let midst = periods.iter().find(|of| of.is_solid() && of.period.first < date && date <= of.period.last);
        let left_out = midst.map_or_else(String::new, |of| {
            format!("; {} is left out because the date falls within it", of.period.label)
        });
        let way = match direction {
            Direction::Up => "higher",
            Direction::Down => "lower",
            Direction::Unsure => {
                return format!(
                    "On average the LLM share of {unit}s was {before} before {date} and {after} from then on: a difference \
                     of {by}, which is not statistically significant{left_out}{finding}."
                );
            }
        };
        format!(
            "On average the LLM share of {unit}s is {by} {way} from {date} on than before: {after} against {before}{left_out}{finding}."
        )
    }

    /// Returns a sentence on whether the control reads 0, as it should.
    fn placebos(&self, periods: &[PeriodEstimate]) -> Option<String> {
        let of_control = periods.iter().filter(|of| of.estimate.placebo);
        let found: Vec<(&str, f64, Interval)> = of_control
            .filter_map(|of| of.share().map(|(share, of_it)| (of.period.label.as_str(), share, of_it)))
            .collect();
        let (n, highest) = (found.len(), found.iter().map(|(_, share, _)| *share).fold(0.0, f64::max));
        let off: Vec<&(&str, f64, Interval)> = found.iter().filter(|(.., interval)| interval.lower > 0.0).collect();
        match (n, off.len()) {
            (0, _) => None,
            (1, 0) => Some(format!(
                "The interval of the control's one {} includes 0; it reads {}.",
                self.period,
                share(highest)
            )),
            (_, 0) => Some(format!(
                "The intervals of the control's {} {} all include 0; the highest share is {}.",
                in_words(n),
                self.periods(n),
                share(highest)
            )),
            (_, n_off) => {
                let one = |(label, share, interval): &&(&str, f64, Interval)| {
                    format!("{label} {} ({})", self::share(*share), self.interval(*interval))
                };
                let have = if n_off == 1 { "has an interval" } else { "have intervals" };
                Some(format!(
                    "Of the control's {} {}, {} {have} above 0: {}.",
                    in_words(n),
                    self.periods(n),
                    in_words(n_off),
                    off.iter().map(one).collect::<Vec<_>>().join(", ")
                ))
            }
        }
    }

    /// Returns the text to add if the reference has aged, else nothing.
    fn finding(&self, is_aged: bool, direction: Direction) -> &'static str {
        match (is_aged, direction) {
            (false, _) => "",
            (true, Direction::Down) => NO_DECLINE,
            (true, _) => READ_TOO_LOW,
        }
    }

    /// Returns the size of a difference with its interval, such as "9.0 points (95 % interval 0.9 to 17.1)".
    fn by(&self, found: &Difference) -> String {
        let (size, interval) = match direction(found, self.level) {
            Direction::Unsure => (found.difference, found.interval),
            _ => (found.difference.abs(), of_size(found.difference, found.interval)),
        };
        format!("{} points ({})", points(size), self.interval(interval))
    }

    pub(super) fn interval(&self, interval: Interval) -> String {
        format!("{} % interval {} to {}", level(self.level), points(interval.lower), points(interval.upper))
    }

    fn periods(&self, n: usize) -> String {
        if n == 1 { self.period.to_string() } else { format!("{}s", self.period) }
    }
}

/// The direction of a difference, if it is significant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
    Unsure,
}

pub(super) fn direction(found: &Difference, level: f64) -> Direction {
    match (found.p_value < 1.0 - level, found.difference > 0.0) {
        (false, _) => Direction::Unsure,
        (true, true) => Direction::Up,
        (true, false) => Direction::Down,
    }
}

/// Returns the interval of a difference without its sign.
fn of_size(difference: f64, interval: Interval) -> Interval {
    if difference < 0.0 { Interval { lower: -interval.upper, upper: -interval.lower } } else { interval }
}

/// Formats a share in percent.
pub(super) fn share(share: f64) -> String {
    format!("{} %", points(share))
}

/// Formats a difference in percentage points, without the unit.
fn points(difference: f64) -> String {
    percent(difference, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trend::{break_test, by_year, changes, slope};

    const YEARS: Wording = Wording { unit: UnitRule::Sentence, period: PeriodRule::Year, level: 0.95, is_aged: false };

    fn said(years: &[(i16, f64, f64)], is_aged: bool) -> Vec<String> {
        let mut series = by_year(years);
        series.changes = changes(&series.periods, &[], 0.95);
        series.slope = slope(&series.periods, 0.95);
        series.break_test = break_test(&series.periods, jiff::civil::date(2022, 11, 30), 0.95);
        Wording { is_aged, ..YEARS }.sentences(&series)
    }

    #[test]
    fn a_rise_is_told_as_a_person_would() {
        assert_eq!(
            said(&[(2023, 0.081, 0.04), (2024, 0.171, 0.07)], false),
            [
                "Between 2023 and 2024 the LLM share of sentences rose from 8.1 % to 17.1 %, by 9.0 points (95 % interval 0.9 to 17.1).",
                "The trend was not tested: that needs at least three years with enough text, not counting the control.",
            ]
        );
    }

    #[test]
    fn falls_highs_and_breaks_are_told_with_their_sizes() {
        let years = [(2020, 0.0, 0.004), (2021, 0.0, 0.004), (2023, 0.3, 0.02), (2024, 0.2, 0.02), (2025, 0.1, 0.02)];
        assert_eq!(
            said(&years, false),
            [
                "Between 2020 and 2025 the LLM share of sentences rose from 0.0 % to 10.0 %, by 10.0 points (95 % interval 8.0 to 12.0).",
                "Between 2024 and 2025 the LLM share of sentences fell from 20.0 % to 10.0 %, by 10.0 points (95 % interval 7.2 to 12.8).",
                "Between 2023, the highest of the four years before, and 2025 the LLM share of sentences fell from 30.0 % to 10.0 %, by 20.0 points (95 % interval 16.4 to 23.6).",
                "Over the five years with enough text between 2020 and 2025 the LLM share of sentences rose by 3.7 points a year on average (95 % interval 3.4 to 4.0).",
                "On average the LLM share of sentences is 20.0 points (95 % interval 18.8 to 21.2) higher from 2022-11-30 on than before: 20.0 % in three years against 0.0 % in two years.",
            ]
        );
        let aged = said(&years, true);
        assert!(
            aged[3].ends_with("may underestimate its share.") && aged[4].contains("may underestimate its share"),
            "{aged:?}"
        );
        let falling = said(&[(2023, 0.3, 0.02), (2024, 0.2, 0.02), (2025, 0.1, 0.02)], true);
        assert!(falling[2].contains("fell") && falling[2].ends_with("so this does not show a decline."), "{falling:?}");
    }

    #[test]
    fn a_control_that_does_not_read_zero_is_said() {
        let mut series = by_year(&[(2018, 0.001, 0.004), (2019, 0.003, 0.002), (2024, 0.2, 0.02)]);
        series.periods[..2].iter_mut().for_each(|of| of.estimate.placebo = true);
        let said = |series: &TrendSeries| YEARS.sentences(series).pop().unwrap();
        let found = "Of the control's two years, one has an interval above 0: 2019 0.3 % (95 % interval 0.1 to 0.5).";
        assert_eq!(said(&series), found);
        let zero = Interval { lower: 0.0, upper: 0.005 };
        series.periods[..2].iter_mut().for_each(|of| of.estimate.outcome.as_mut().unwrap().interval = zero);
        assert_eq!(
            said(&series),
            "The intervals of the control's two years all include 0; the highest share is 0.3 %."
        );
    }

    #[test]
    fn what_an_unknown_llm_could_make_is_not_called_chance() {
        let mut series = by_year(&[(2023, 0.08, 0.06), (2024, 0.16, 0.1)]);
        for of in &mut series.periods {
            let found = of.estimate.outcome.as_mut().unwrap();
            found.sampling_interval = Some(Interval { lower: found.alpha - 0.01, upper: found.alpha + 0.01 });
        }
        series.changes = changes(&series.periods, &[], 0.95);
        let found = YEARS.sentences(&series);
        assert_eq!(
            found[0],
            "Between 2023 and 2024 the LLM share of sentences went from 8.0 % to 16.0 %: a difference of 8.0 points (95 % interval -3.7 to 19.7); \
             sampling alone does not explain it (6.6 to 9.4), but an LLM missing from the reference could also explain it."
        );
    }

    #[test]
    fn what_chance_explains_is_said_so() {
        let found = said(&[(2023, 0.1, 0.03), (2024, 0.104, 0.03), (2025, 0.098, 0.03)], false);
        assert_eq!(
            found[0],
            "Between 2023 and 2025 the LLM share of sentences went from 10.0 % to 9.8 %: a difference of -0.2 points (95 % interval -4.4 to 4.0), which is not statistically significant."
        );
        assert_eq!(
            found[2],
            "The trend over the three years from 2023 to 2025 is not statistically significant (-0.1 points a year, 95 % interval -2.2 to 2.0)."
        );
    }
}
