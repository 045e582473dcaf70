//! Words over time as tidy CSV: a row for each group, word and period. A word's excess is in the row of its period.

use super::table::{RateRow, rate_rows};
use crate::report::csv::Csv;
use crate::words::{Excess, Words};

impl RateRow<'_> {
    /// Returns the excess of the word, if this is its period.
    fn excess(&self) -> Option<&Excess> {
        self.of.word.excess.as_ref().filter(|excess| excess.period == self.period.period.label)
    }
}

/// Renders words as CSV, with a line break at the end.
pub fn words_csv(words: &Words) -> String {
    // An upper end that does not exist is an empty cell.
    let finite = |value: f64| Some(value).filter(|of| of.is_finite());
    let mut columns: Csv<'_, RateRow<'_>> = Csv::new();
    columns.add("group", |row| Some(row.of.group.name.clone()));
    columns.add("word", |row| Some(row.of.word.word.clone()));
    columns.add("llm_log_ratio", |row| finite(row.of.word.llm_log_ratio?));
    columns.add("is_llm_word", |row| Some(row.of.word.is_llm_word));
    columns.add("period", |row| Some(row.period.period.label.clone()));
    columns.add("period_first", |row| Some(row.period.period.first));
    columns.add("period_last", |row| Some(row.period.period.last));
    columns.add("is_baseline", |row| Some(row.period.is_baseline));
    columns.add("n_documents", |row| Some(row.period.n_documents));
    columns.add("n_units", |row| Some(row.period.n_units));
    columns.add("unit", |_| Some(words.run.unit));
    columns.add("n_units_with", |row| Some(row.rate.n_units_with));
    columns.add("rate", |row| Some(row.rate.rate));
    columns.add("lower", |row| Some(row.rate.interval.lower));
    columns.add("upper", |row| Some(row.rate.interval.upper));
    columns.add("level", |_| Some(words.run.level));
    columns.add("expected", |row| finite(row.rate.expected?));
    columns.add("is_excess_period", |row| Some(row.excess().is_some()));
    columns.add("excess_difference", |row| finite(row.excess()?.difference));
    columns.add("excess_difference_lower", |row| finite(row.excess()?.difference_interval.lower));
    columns.add("excess_difference_upper", |row| finite(row.excess()?.difference_interval.upper));
    columns.add("excess_ratio", |row| finite(row.excess()?.ratio));
    columns.add("excess_ratio_lower", |row| finite(row.excess()?.ratio_interval.lower));
    columns.add("excess_ratio_upper", |row| finite(row.excess()?.ratio_interval.upper));
    columns.add("p_value", |row| finite(row.excess()?.p_value));
    columns.add("p_adjusted", |row| finite(row.excess()?.p_adjusted));
    columns.add("reference", |_| words.run.reference.as_ref());
    columns.render(rate_rows(words))
}
