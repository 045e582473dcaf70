//! Words over time as tidy CSV: a row for each group, word and period. A word's excess is in the row of its period.

use crate::words::{Excess, WordGroup, WordPeriod, WordSeries, Words};

const COLUMNS: [&str; 27] = [
    "group",
    "word",
    "llm_log_ratio",
    "is_llm_word",
    "period",
    "period_first",
    "period_last",
    "is_baseline",
    "n_documents",
    "n_units",
    "unit",
    "n_units_with",
    "rate",
    "lower",
    "upper",
    "level",
    "expected",
    "is_excess_period",
    "excess_difference",
    "excess_difference_lower",
    "excess_difference_upper",
    "excess_ratio",
    "excess_ratio_lower",
    "excess_ratio_upper",
    "p_value",
    "p_adjusted",
    "reference",
];

/// Renders words as CSV, with a line break at the end.
pub fn words_csv(words: &Words) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail; the row lengths agree by construction.
    let _ = writer.write_record(COLUMNS);
    for group in &words.groups {
        for word in &group.words {
            for (at, period) in group.periods.iter().enumerate() {
                let _ = writer.write_record(record(words, group, word, at, period));
            }
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn record(words: &Words, group: &WordGroup, word: &WordSeries, at: usize, of: &WordPeriod) -> [String; COLUMNS.len()] {
    let rate = &word.rates[at];
    let excess = word.excess.as_ref().filter(|excess| excess.period == of.period.label);
    // An upper end that does not exist is an empty cell.
    let number = |value: Option<f64>| value.filter(|of| of.is_finite()).map_or_else(String::new, |of| of.to_string());
    let of_excess = |value: &dyn Fn(&Excess) -> f64| number(excess.map(value));
    [
        group.name.clone(),
        word.word.clone(),
        number(word.llm_log_ratio),
        word.is_llm_word.to_string(),
        of.period.label.clone(),
        of.period.first.to_string(),
        of.period.last.to_string(),
        of.is_baseline.to_string(),
        of.n_documents.to_string(),
        of.n_units.to_string(),
        words.run.unit.to_string(),
        rate.n_units_with.to_string(),
        rate.rate.to_string(),
        rate.interval.lower.to_string(),
        rate.interval.upper.to_string(),
        words.run.level.to_string(),
        number(rate.expected),
        excess.is_some().to_string(),
        of_excess(&|of| of.difference),
        of_excess(&|of| of.difference_interval.lower),
        of_excess(&|of| of.difference_interval.upper),
        of_excess(&|of| of.ratio),
        of_excess(&|of| of.ratio_interval.lower),
        of_excess(&|of| of.ratio_interval.upper),
        of_excess(&|of| of.p_value),
        of_excess(&|of| of.p_adjusted),
        words.run.reference.clone().unwrap_or_default(),
    ]
}
