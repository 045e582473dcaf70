//! Words over time, for people: the headline, a table of words, and what to know.

use super::cells::thousands;
use super::input::{cut_note, input_notes};
use super::output::Output;
use super::table::{aligned, trimmed};
use super::{markdown, words_csv};
use crate::interval::Interval;
use crate::words::{Excess, MIN_LLM_LOG_RATIO, MIN_TESTED_DOCUMENTS, WordGroup, WordSeries, Words, percent, times};

/// Minimum p-value that is written out.
const MIN_SHOWN_P: f64 = 1e-4;
const LLM_MARK: &str = "LLM";
const NONE: &str = "-";

/// Renders the whole text of a result, with a line break at the end.
pub fn render_words(words: &Words, output: Output) -> String {
    match output {
        Output::Table => table(words),
        Output::Json => serde_json::to_string_pretty(words).unwrap_or_default() + "\n",
        Output::Csv => words_csv::render(words),
        Output::Markdown => as_markdown(words),
    }
}

/// Renders the report of a folder, in Markdown.
pub fn words_report(words: &Words) -> String {
    let tool = format!("{} {}", words.run.tool.name, words.run.tool.version);
    format!("# Words over time\n\n{}\n`{}` ({tool})\n", as_markdown(words), words.command.replace('`', "'"))
}

fn table(words: &Words) -> String {
    let mut text = format!("{}\n", words.headline);
    let rows = WordRows::of(words);
    if !rows.rows.is_empty() {
        let mut table = aligned(rows.header, rows.n_left);
        table.add_rows(rows.rows);
        text += &format!("\n{}", trimmed(&table));
    }
    caption(words).iter().for_each(|line| text += &format!("{line}\n"));
    notes(words).iter().for_each(|note| text += &format!("! {note}\n"));
    text
}

fn as_markdown(words: &Words) -> String {
    let mut text = format!("**{}**\n", markdown::escape(&words.headline));
    let rows = WordRows::of(words);
    if !rows.rows.is_empty() {
        text += &format!("\n{}", markdown::table(&rows.header, &|column| column < rows.n_left, &rows.rows));
    }
    text += &format!("\n{}.\n", markdown::escape(&caption(words).join(". ")));
    let notes = notes(words);
    if !notes.is_empty() {
        text.push('\n');
        notes.iter().for_each(|note| text += &format!("- {}\n", markdown::escape(note)));
    }
    text
}

/// A row for each word shown, and the number of first columns that are aligned to the left.
struct WordRows {
    header: Vec<String>,
    n_left: usize,
    rows: Vec<Vec<String>>,
}

impl WordRows {
    fn of(words: &Words) -> WordRows {
        let has_groups = words.groups.iter().any(|group| !group.name.is_empty());
        let has_marks = words.run.reference.is_some();
        let has_excess = words.groups.iter().flat_map(|group| &group.words).any(|word| word.excess.is_some());
        let interval = format!("({} % interval)", (words.run.level * 1e6).round() / 1e4);
        let text = [has_groups.then_some("group"), Some("word"), has_marks.then_some("known as")];
        let numbers: Vec<String> = if has_excess {
            ["rate before", "period", "rate", "expected"]
                .map(str::to_owned)
                .into_iter()
                .chain([format!("difference, points {interval}"), format!("ratio {interval}"), "adjusted p".to_owned()])
                .collect()
        } else {
            ["first", "rate", "last"].map(str::to_owned).into_iter().chain([format!("rate {interval}")]).collect()
        };
        let text: Vec<String> = text.into_iter().flatten().map(str::to_owned).collect();
        let row = |group: &WordGroup, word: &WordSeries| {
            let name = has_groups.then(|| group.name.clone());
            let mark = has_marks.then(|| if word.is_llm_word { LLM_MARK } else { "" }.to_owned());
            let numbers = if has_excess { excess_cells(group, word) } else { rate_cells(group, word) };
            name.into_iter().chain([word.word.clone()]).chain(mark).chain(numbers).collect()
        };
        let of_group = |group: &WordGroup| group.words.iter().map(|word| row(group, word)).collect::<Vec<_>>();
        WordRows {
            n_left: text.len(),
            header: text.into_iter().chain(numbers).collect(),
            rows: words.groups.iter().flat_map(of_group).collect(),
        }
    }
}

fn excess_cells(group: &WordGroup, word: &WordSeries) -> Vec<String> {
    let last_baseline = group.periods.iter().rposition(|period| period.is_baseline);
    let before = last_baseline.map_or_else(|| NONE.to_owned(), |at| rate(word.rates[at].rate));
    let Some(of) = &word.excess else {
        return [before].into_iter().chain(std::iter::repeat_n(NONE.to_owned(), 6)).collect();
    };
    let Excess { period, observed, expected, .. } = of;
    let numbers = [before, period.clone(), rate(*observed), rate(*expected)];
    numbers.into_iter().chain([difference(of), ratio(of), p_value(of.p_adjusted)]).collect()
}

fn rate_cells(group: &WordGroup, word: &WordSeries) -> Vec<String> {
    let (Some(first), Some(last)) = (group.periods.first(), group.periods.last()) else { return vec![] };
    let (of_first, of_last) = (word.rates[0], word.rates[word.rates.len() - 1]);
    let Interval { lower, upper } = of_last.interval;
    let shown = format!("{} ({} to {})", rate(of_last.rate), percent(lower), percent(upper));
    vec![first.period.label.clone(), rate(of_first.rate), last.period.label.clone(), shown]
}

fn rate(share: f64) -> String {
    format!("{} %", percent(share))
}

/// Formats the difference and its interval with the decimals of the difference.
fn difference(of: &Excess) -> String {
    let size = (of.difference * 100.0).abs().max(1e-4);
    let decimals = (1.0 - size.log10().floor()).clamp(1.0, 4.0) as usize;
    let points = |share: f64| format!("{:.decimals$}", share * 100.0);
    let Interval { lower, upper } = of.difference_interval;
    format!("{:+.decimals$} ({} to {})", of.difference * 100.0, points(lower), points(upper))
}

fn ratio(of: &Excess) -> String {
    let Interval { lower, upper } = of.ratio_interval;
    if upper.is_finite() {
        format!("{} ({} to {})", times(of.ratio), times(lower), times(upper))
    } else {
        format!("({} and more)", times(lower))
    }
}

fn p_value(p: f64) -> String {
    if p < MIN_SHOWN_P { format!("<{MIN_SHOWN_P}") } else { format!("{p:.4}") }
}

/// Explains the numbers.
fn caption(words: &Words) -> Vec<String> {
    let unit = words.run.unit;
    let n_periods = words.groups.iter().map(|group| group.periods.len()).max().unwrap_or_default();
    let mut lines = vec![format!(
        "Rates: share of {unit}s with the word, by {}, in {} documents; intervals clustered by document",
        words.period,
        thousands(words.run.input.n_documents)
    )];
    lines.extend(words.run.input.cut.as_ref().and_then(|cut| cut_note(&cut.tally)));
    if words.n_tests > 0 {
        lines.push(format!(
            "Expected: the course of the word in each {} that ends before {} (least squares, not falling), extrapolated; excess as in Kobak et al. (2025), with the error of the extrapolation and the scatter from {0} to {0}",
            words.period, words.baseline_before
        ));
        lines.push(format!(
            "Adjusted p: one-sided, false discovery rate over {} words in at least {MIN_TESTED_DOCUMENTS} documents ({} tests, Benjamini-Hochberg)",
            thousands(words.n_words_tested),
            thousands(words.n_tests)
        ));
    }
    if let Some(reference) = &words.run.reference {
        lines.push(format!(
            "{LLM_MARK}: in the reference \"{reference}\" at least {:.0} times as often in LLM as in human text, and surely so",
            MIN_LLM_LOG_RATIO.exp()
        ));
    }
    if words.n_tests > 0 && n_periods > 1 {
        lines
            .push("Words also rise with topics, forms and venues; a word says nothing of a single document".to_owned());
    }
    lines
}

/// Returns everything to know before using the numbers.
fn notes(words: &Words) -> Vec<String> {
    let mut notes = words.run.warnings.clone();
    let (input, undated) = (&words.run.input, &words.undated);
    if undated.n_without_date > 0 {
        notes.push(format!("{} without a date left out", documents(undated.n_without_date)));
    }
    if undated.n_unreadable > 0 {
        notes.push(format!(
            "{} left out, with a date that names no {}, such as {}",
            documents(undated.n_unreadable),
            words.period,
            undated.examples.iter().map(|example| format!("\"{example}\"")).collect::<Vec<_>>().join(", ")
        ));
    }
    notes.extend(input_notes(input, None, words.run.unit));
    for group in &words.groups {
        let name = if group.name.is_empty() { String::new() } else { format!("{}: ", group.name) };
        notes.extend(group.warnings.iter().map(|warning| format!("{name}{warning}")));
    }
    notes
}

fn documents(n: usize) -> String {
    if n == 1 { "1 document".to_owned() } else { format!("{} documents", thousands(n)) }
}
