//! The page of words over time.

use super::super::cells::{interval_name, percent, thousands};
use super::super::input::input_notes;
use super::super::timeline::{counted, share};
use super::super::words_figure::{capitalised, words_figure};
use super::error::HtmlError;
use super::page::{Content, render};
use super::table::{Cell, Column, Row, Table};
use super::trend_page::undated;
use super::{citations, methods, reading};
use crate::interval::Interval;
use crate::plot::FigureOptions;
use crate::reference::Reference;
use crate::words::{Rate, WordGroup, WordPeriod, WordSeries, Words};

/// Renders the page of `words`; `reference` is the one that LLM words were marked with, and its SHA-256, if any. Of `options` it
/// uses the theme and the title.
///
/// # Errors
/// If the figure cannot be drawn: no word or period, or a rate that is not a number.
pub fn words_html(
    words: &Words,
    reference: Option<(&Reference, &str)>,
    options: &FigureOptions,
) -> Result<String, HtmlError> {
    let named = |group: &WordGroup| {
        let name = if group.name.is_empty() { String::new() } else { format!("{}: ", group.name) };
        group.warnings.iter().map(|warning| format!("{name}{warning}")).collect::<Vec<_>>()
    };
    let warnings = words.run.warnings.iter().cloned().chain(words.groups.iter().flat_map(named));
    let warnings = warnings.chain(undated(&words.undated)).chain(input_notes(&words.run.input, None, words.run.unit));
    let content = Content {
        title: options.title.clone().unwrap_or_else(|| "Words over time".to_owned()),
        headline: words.headline.clone(),
        facts: format!(
            "{}; {} words looked at; {}s; course before {} taken as the baseline.",
            counted(words.run.input.n_documents, "document"),
            thousands(words.n_words_tested),
            interval_name(words.run.level),
            words.baseline_before
        ),
        findings: vec![],
        warnings: warnings.collect(),
        tables: vec![excesses(words), rates(words)],
        reading: reading::of_words(words),
        methods: methods::of_words(words, reference),
        citations: vec![citations::kobak(), citations::liang(), citations::this(&words.run.tool)],
        command: words.command.clone(),
    };
    render(content, &words_figure(words, options), &words.run.tool, options)
}

/// Returns whether groups have names.
fn has_names(words: &Words) -> bool {
    words.groups.iter().any(|group| !group.name.is_empty())
}

/// Returns the cells that name a row.
fn names(words: &Words, group: &WordGroup, word: &WordSeries) -> Vec<Cell> {
    let group = has_names(words).then(|| Cell::text(&group.name));
    group.into_iter().chain([Cell::name(&word.word)]).collect()
}

fn columns(words: &Words, names: &[&str], n_text: usize) -> Vec<Column> {
    let group = if has_names(words) { &["group"][..] } else { &[] };
    let all: Vec<&str> = group.iter().chain(names).copied().collect();
    Column::of(&all, |place| place >= n_text + group.len())
}

/// Builds the table of each word in the period of its largest excess.
fn excesses(words: &Words) -> Table {
    let interval = interval_name(words.run.level);
    let (gap, ratio) = (format!("gap, points ({interval})"), format!("ratio ({interval})"));
    let names_of = ["word", "LLM word", "period", "observed", "expected", &gap, &ratio, "p, corrected"];
    let row = |group: &WordGroup, word: &WordSeries| {
        let is_llm = match (word.llm_log_ratio, word.is_llm_word) {
            (None, false) => "–",
            (_, true) => "yes",
            (Some(_), false) => "no",
        };
        let period = word.excess.as_ref().map_or("–", |excess| excess.period.as_str());
        let texts = [Cell::text(is_llm), Cell::text(period)];
        let cells = names(words, group, word).into_iter().chain(texts).chain(excess(word)).collect();
        Row { cells, is_warned: false }
    };
    let rows =
        words.groups.iter().flat_map(|group| group.words.iter().map(|word| row(group, word)).collect::<Vec<_>>());
    let caption = "Each word in the period in which it is most in excess of its course before LLMs".to_owned();
    Table { caption, columns: columns(words, &names_of, 3), rows: rows.collect(), folded: false }
}

/// Returns the numbers of the largest excess.
fn excess(word: &WordSeries) -> [Cell; 5] {
    let of = word.excess.as_ref();
    let both = |value: f64, interval: Interval, text: &dyn Fn(f64) -> String| {
        format!("{} ({} to {})", text(value), text(interval.lower), text(interval.upper))
    };
    let points = |value: f64| format!("{:+.3}", value * 100.0);
    let times = |value: f64| format!("{value:.1}");
    [
        Cell::number(of.map(|of| (share(of.observed), of.observed))),
        Cell::number(of.map(|of| (share(of.expected), of.expected))),
        Cell::number(of.map(|of| (both(of.difference, of.difference_interval, &points), of.difference))),
        Cell::number(of.map(|of| (both(of.ratio, of.ratio_interval, &times), of.ratio))),
        Cell::number(of.map(|of| (probability(of.p_adjusted), of.p_adjusted))),
    ]
}

fn probability(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_owned() } else { format!("{p:.3}") }
}

/// Builds the table of all rates, shown on demand.
fn rates(words: &Words) -> Table {
    let units = format!("{}s with it", words.run.unit);
    let all_units = format!("{}s", words.run.unit);
    let interval = interval_name(words.run.level);
    let names_of = ["word", "period", &units, &all_units, "rate", &interval, "expected"];
    let row = |group: &WordGroup, word: &WordSeries, period: &WordPeriod, rate: &Rate| {
        let count = |n: u64| Cell::number(Some((thousands(n as usize), n as f64)));
        let ends = rate.interval;
        let interval = format!("{} to {} %", percent(ends.lower, 3), percent(ends.upper, 3));
        let numbers = [
            count(rate.n_units_with),
            count(period.n_units),
            Cell::number(Some((share(rate.rate), rate.rate))),
            Cell::number(Some((interval, ends.lower))),
            Cell::number(rate.expected.map(|expected| (share(expected), expected))),
        ];
        let period = Cell::text(&period.period.label);
        Row { cells: names(words, group, word).into_iter().chain([period]).chain(numbers).collect(), is_warned: false }
    };
    let mut rows = Vec::new();
    for group in &words.groups {
        for word in &group.words {
            rows.extend(group.periods.iter().zip(&word.rates).map(|(period, rate)| row(group, word, period, rate)));
        }
    }
    let caption = format!("{}s with each word, by {}", capitalised(&words.run.unit.to_string()), words.period);
    Table { caption, columns: columns(words, &names_of, 2), rows, folded: true }
}
