//! The tables of words: each in the period of its largest excess, and all rates.

use crate::interval::Interval;
use crate::numbers::{interval_name, p_value, percent, signed, times, two_digits};
use crate::report::page::{Columns, Table, count};
use crate::report::words::figure::capitalised;
use crate::words::{Excess, Rate, WordGroup, WordPeriod, WordSeries, Words};

/// The mark of words that the reference knows as an LLM's.
pub(super) const LLM_MARK: &str = "LLM";

/// A word in a group.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub group: &'a WordGroup,
    pub word: &'a WordSeries,
}

impl<'a> Row<'a> {
    fn excess(&self) -> Option<&'a Excess> {
        self.word.excess.as_ref()
    }

    /// Returns the rate in the last period of the baseline.
    fn rate_before(&self) -> Option<(String, f64)> {
        let last = self.group.periods.iter().rposition(|period| period.is_baseline)?;
        Some(rate(self.word.rates[last].rate))
    }
}

fn rows(words: &Words) -> impl Iterator<Item = Row<'_>> {
    words.groups.iter().flat_map(|group| group.words.iter().map(move |word| Row { group, word }))
}

/// Returns the columns that name a word, which is at `row` of a row.
fn names<'a, R>(words: &Words, row: impl Fn(&R) -> Row<'a> + Copy + 'a) -> Columns<'a, R> {
    let mut columns = Columns::new();
    let has_groups = words.groups.iter().any(|group| !group.name.is_empty());
    if has_groups {
        columns.text("group", move |of| row(of).group.name.clone());
    }
    columns.text("word", move |of| row(of).word.word.clone());
    columns
}

/// Returns a row for each word: its excess over the rate expected without LLMs where it is known, else its first and last rate.
pub(super) fn excesses(words: &Words) -> Table {
    let mut columns = names(words, |row: &Row<'_>| *row);
    if words.run.reference.is_some() {
        columns.text("known as", |row| if row.word.is_llm_word { LLM_MARK } else { "" }.to_owned());
    }
    let interval = format!("({})", interval_name(words.run.level));
    if rows(words).any(|row| row.excess().is_some()) {
        add_excess(&mut columns, &interval);
    } else {
        add_rates(&mut columns, &interval);
    }
    Table::of("", columns, rows(words))
}

fn add_excess(columns: &mut Columns<'_, Row<'_>>, interval: &str) {
    columns.number("rate before", Row::rate_before);
    columns.text("period", |row| row.excess().map_or_else(|| "-".to_owned(), |of| of.period.clone()));
    columns.number("rate", |row| row.excess().map(|of| rate(of.observed)));
    columns.number("expected", |row| row.excess().map(|of| rate(of.expected)));
    columns
        .number(format!("difference, points {interval}"), |row| row.excess().map(|of| (difference(of), of.difference)));
    columns.number(format!("ratio {interval}"), |row| row.excess().map(|of| (ratio(of), of.ratio)));
    columns.number("adjusted p", |row| row.excess().map(|of| (p_value(of.p_adjusted), of.p_adjusted)));
}

fn add_rates(columns: &mut Columns<'_, Row<'_>>, interval: &str) {
    let label = |period: Option<&WordPeriod>| period.map_or_else(|| "-".to_owned(), |of| of.period.label.clone());
    columns.text("first", move |row| label(row.group.periods.first()));
    columns.number("rate", |row| row.word.rates.first().map(|of| rate(of.rate)));
    columns.text("last", move |row| label(row.group.periods.last()));
    columns.number(format!("rate {interval}"), |row| {
        let Rate { rate: share, interval: Interval { lower, upper }, .. } = *row.word.rates.last()?;
        Some((format!("{} ({} to {})", rate(share).0, two_digits(lower), two_digits(upper)), share))
    });
}

fn rate(share: f64) -> (String, f64) {
    (format!("{} %", two_digits(share)), share)
}

/// Formats the difference and its interval with the decimals of the difference.
fn difference(of: &Excess) -> String {
    let size = (of.difference * 100.0).abs().max(1e-4);
    let decimals = (1.0 - size.log10().floor()).clamp(1.0, 4.0) as usize;
    let Interval { lower, upper } = of.difference_interval;
    format!("{} ({} to {})", signed(of.difference, decimals), percent(lower, decimals), percent(upper, decimals))
}

fn ratio(of: &Excess) -> String {
    let Interval { lower, upper } = of.ratio_interval;
    if upper.is_finite() {
        format!("{} ({} to {})", times(of.ratio), times(lower), times(upper))
    } else {
        format!("({} and more)", times(lower))
    }
}

/// A word in a period.
pub(super) struct RateRow<'a> {
    pub of: Row<'a>,
    pub period: &'a WordPeriod,
    pub rate: &'a Rate,
}

/// Returns a row for each word and period.
pub(super) fn rates(words: &Words) -> Table {
    let unit = words.run.unit;
    let mut columns = names(words, |row: &RateRow<'_>| row.of);
    columns.text("period", |row| row.period.period.label.clone());
    columns.number(format!("{unit}s with it"), |row| Some(count(row.rate.n_units_with as usize)));
    columns.number(format!("{unit}s"), |row| Some(count(row.period.n_units as usize)));
    columns.number("rate", |row| Some(rate(row.rate.rate)));
    columns.number(interval_name(words.run.level), |row| {
        let Interval { lower, upper } = row.rate.interval;
        Some((format!("{} to {} %", two_digits(lower), two_digits(upper)), lower))
    });
    columns.number("expected", |row| row.rate.expected.map(rate));
    let heading = format!("{}s with each word, by {}", capitalised(&unit.to_string()), words.period);
    Table::of(heading, columns, rate_rows(words))
}

/// Returns all words, each in every period of its group.
pub(super) fn rate_rows(words: &Words) -> impl Iterator<Item = RateRow<'_>> {
    rows(words).flat_map(|of| {
        let rates = of.group.periods.iter().zip(&of.word.rates);
        rates.map(move |(period, rate)| RateRow { of, period, rate })
    })
}
