//! Words over time as a figure: the share of units in which each occurs, beside the course it had before LLMs.

use crate::corpus::Period;
use crate::numbers::{counted, interval_name, share, share_with, thousands};
use crate::plot::{FigureOptions, LineFigure, LinePanel, LinePoint, LineSeries, LineValue};
use crate::report::timeline;
use crate::words::{Rate, WordGroup, WordPeriod, WordSeries, Words};

/// Maximum number of words and groups that a figure shows; the first of each.
const MOST_WORDS: usize = 10;
const MOST_GROUPS: usize = 4;

/// Builds the figure of the first ten words' rates over time, a panel for each of the first four groups.
pub fn words_figure(words: &Words, options: &FigureOptions) -> LineFigure {
    let panel = |group: &WordGroup| LinePanel {
        title: group.name.clone(),
        series: group.words.iter().take(MOST_WORDS).map(|word| series(words, group, word)).collect(),
    };
    LineFigure {
        panels: words.groups.iter().take(MOST_GROUPS).map(panel).collect(),
        axis: format!("{} with the word, %", capitalised(&format!("{}s", words.run.unit))),
        interval: interval_name(words.run.level),
        few: "few documents: uncertain".to_owned(),
        marks: timeline::marks(&words.events),
        shades: vec![],
        notes: notes(words),
        options: options.clone(),
    }
}

fn series(words: &Words, group: &WordGroup, word: &WordSeries) -> LineSeries {
    let points = group.periods.iter().zip(&word.rates).map(|(period, rate)| point(words, word, period, rate));
    LineSeries { name: word.word.clone(), points: points.collect() }
}

fn point(words: &Words, word: &WordSeries, of: &WordPeriod, rate: &Rate) -> LinePoint {
    let value = LineValue { share: rate.rate, lower: rate.interval.lower, upper: rate.interval.upper };
    let expected = rate.expected.map_or_else(String::new, |expected| format!(", expected {}", share(expected)));
    LinePoint {
        first: of.period.first,
        last: of.period.last,
        label: of.period.label.clone(),
        value: Some(value),
        expected: rate.expected,
        description: format!(
            "{}, {}: {}, {} of {}{expected}",
            word.word,
            of.period.label,
            share_with(rate.rate, [value.lower, value.upper], words.run.level),
            thousands(rate.n_units_with as usize),
            counted(of.n_units as usize, &words.run.unit.to_string()),
        ),
        ..LinePoint::default()
    }
}

fn notes(words: &Words) -> Vec<String> {
    let mut notes = Vec::new();
    let shown = |group: &WordGroup| group.words.len() > MOST_WORDS;
    if words.groups.iter().any(shown) {
        notes.push(format!("Only the first {MOST_WORDS} words are shown; the table has all of them."));
    }
    if words.groups.len() > MOST_GROUPS {
        let n = thousands(words.groups.len());
        notes.push(format!("Only the first {MOST_GROUPS} of {n} groups are shown; the table has all of them."));
    }
    let shown = words.groups.iter().take(MOST_GROUPS);
    let lines: Vec<Vec<&Period>> = shown.map(|group| group.periods.iter().map(|of| &of.period).collect()).collect();
    notes.extend(timeline::notes(&words.events, &lines));
    notes
}

pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
