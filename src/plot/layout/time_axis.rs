//! The axis of time, with labels for all periods if they fit, else for years, else for every n-th period.

use jiff::civil::{Date, date};

use super::super::line::{LineFigure, LinePoint};
use super::super::text::width;
use super::look::NORMAL;

/// Minimum distance between two labels, in points.
const ROOM: f64 = 5.0;
/// Steps of years at which labels are thinned.
const YEARS: [i16; 8] = [1, 2, 5, 10, 20, 50, 100, 1000];

/// Returns the number of days since 1970.
pub(super) fn day(date: Date) -> f64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    (date.duration_since(epoch).as_hours() / 24) as f64
}

/// Returns the time of a point: the middle of its period.
pub(super) fn middle(point: &LinePoint) -> f64 {
    (day(point.first) + day(point.last) + 1.0) / 2.0
}

/// A map from days to places.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TimeAxis {
    /// The first day, and the one after the last.
    pub days: (f64, f64),
    /// The places of these, from the panel's left.
    pub places: (f64, f64),
    /// All periods: first day, last day, name.
    pub periods: Vec<(Date, Date, String)>,
}

/// A label of the axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// Its place.
    pub x: f64,
    /// Its text.
    pub label: String,
}

impl TimeAxis {
    /// Returns the axis of all periods of a figure, between two places.
    pub(super) fn new(figure: &LineFigure, places: (f64, f64)) -> TimeAxis {
        let mut periods: Vec<(Date, Date, String)> =
            figure.points().map(|point| (point.first, point.last, point.label.clone())).collect();
        periods.sort();
        periods.dedup();
        let first = periods.iter().map(|period| day(period.0)).fold(f64::INFINITY, f64::min);
        let last = periods.iter().map(|period| day(period.1)).fold(f64::NEG_INFINITY, f64::max);
        TimeAxis { days: (first, last + 1.0), places, periods }
    }

    pub(super) fn place(&self, day: f64) -> f64 {
        let share = (day - self.days.0) / (self.days.1 - self.days.0).max(1.0);
        self.places.0 + share * (self.places.1 - self.places.0)
    }

    /// Returns whether a day is on the axis.
    pub(super) fn holds(&self, date: Date) -> bool {
        (self.days.0..=self.days.1).contains(&day(date))
    }

    /// Returns the width of the shortest period.
    pub(super) fn step(&self) -> f64 {
        let length = |period: &(Date, Date, String)| day(period.1) + 1.0 - day(period.0);
        let shortest = self.periods.iter().map(length).fold(f64::INFINITY, f64::min);
        self.place(shortest + self.days.0) - self.places.0
    }

    /// Returns labels that do not touch each other.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let all = self.of_periods();
        if fits(&all) {
            return all;
        }
        let is_years = self
            .periods
            .iter()
            .all(|period| period.0 == period.0.first_of_year() && period.1 == period.0.last_of_year());
        let thinned = |step: i16| match is_years {
            true => self.years(step).into_iter().map(|(year, _)| (year, self.in_year(year))).collect::<Vec<_>>(),
            false => self.years(step),
        };
        let by_year = YEARS.iter().map(|&step| thinned(step)).map(|years| {
            years.into_iter().map(|(year, x)| Tick { x, label: format!("{year:04}") }).collect::<Vec<_>>()
        });
        let by_year = by_year.filter(|ticks| ticks.len() >= 2).find(|ticks| fits(ticks));
        let by_number = || {
            let each = |n: usize| all.iter().step_by(n).cloned().collect::<Vec<_>>();
            (2..=all.len()).map(each).find(|ticks| fits(ticks)).unwrap_or_default()
        };
        by_year.unwrap_or_else(by_number)
    }

    /// Returns a tick for every period, in its middle.
    fn of_periods(&self) -> Vec<Tick> {
        let tick = |(first, last, label): &(Date, Date, String)| Tick {
            x: self.place((day(*first) + day(*last) + 1.0) / 2.0),
            label: label.clone(),
        };
        self.periods.iter().map(tick).collect()
    }

    /// Returns the years on the axis that `step` divides, at their first day.
    fn years(&self, step: i16) -> Vec<(i16, f64)> {
        let years = self.periods.iter().flat_map(|period| [period.0.year(), period.1.year()]);
        let (first, last) = years.fold((i16::MAX, i16::MIN), |(low, high), year| (low.min(year), high.max(year)));
        let on_axis = |year: &i16| year.rem_euclid(step) == 0 && self.holds(date(*year, 1, 1));
        (first..=last).filter(on_axis).map(|year| (year, self.place(day(date(year, 1, 1))))).collect()
    }

    /// Returns the middle of a year.
    fn in_year(&self, year: i16) -> f64 {
        self.place((day(date(year, 1, 1)) + day(date(year, 12, 31)) + 1.0) / 2.0)
    }
}

fn fits(ticks: &[Tick]) -> bool {
    let half = |tick: &Tick| width(&tick.label, NORMAL, false) / 2.0;
    ticks.windows(2).all(|pair| pair[0].x + half(&pair[0]) + ROOM <= pair[1].x - half(&pair[1]))
}
