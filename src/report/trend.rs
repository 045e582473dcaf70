//! A trend as text: table, JSON, CSV, Markdown.

use super::cells::thousands;
use super::csv;
use super::markdown::escape;
use super::markdown::table as markdown_table;
use super::output::Output;
use super::rows::{PLACEBO, caption, cells, header, n_group_columns, notes};
use super::share_rows::ShareRows;
use super::shares::n_text_columns as n_text_columns_of_shares;
use super::shares::shares;
use super::strata::strata;
use super::table::{aligned, trimmed};
use crate::corpus::UndatedSummary;
use crate::estimate::{GroupEstimate, IntervalMethod, Method};
use crate::trend::{PeriodEstimate, Trend};

/// The column of the period, and its value without a period.
const PERIOD: &str = "period";
const UNDATED: &str = "undated";
/// Columns of the CSV after those of an estimate.
const MORE: [&str; 4] = ["period_first", "period_last", "small", "artefact"];
/// The last column of a table.
const NOTES: &str = "notes";

/// Renders the whole text of a trend, with a line break at the end.
pub fn render_trend(trend: &Trend, output: Output) -> String {
    match output {
        Output::Table => table(trend),
        Output::Json => serde_json::to_string_pretty(trend).unwrap_or_default() + "\n",
        Output::Csv => tidy(trend),
        Output::Markdown => markdown(trend),
    }
}

/// Returns the rows, series by series, each by period, the undated last.
fn rows(trend: &Trend) -> Vec<(Option<&PeriodEstimate>, &GroupEstimate)> {
    let of_series = trend.series.iter().map(|series| {
        let periods = series.periods.iter().map(|of| (Some(of), &of.estimate));
        periods.chain(series.undated.iter().map(|of| (None, of))).collect::<Vec<_>>()
    });
    of_series.collect::<Vec<_>>().concat()
}

/// Returns the rows by group and period, so that their cells, caption and notes are those of an estimate.
fn share_rows(trend: &Trend) -> ShareRows<'_> {
    let row = |(period, of): (Option<&PeriodEstimate>, &GroupEstimate)| {
        let mut row = of.clone();
        row.group.iter_mut().filter(|(column, _)| is_taken(column)).for_each(|(column, _)| column.insert_str(0, "by_"));
        let label = period.map_or_else(|| UNDATED.to_owned(), |of| of.period.label.clone());
        row.group.push((PERIOD.to_owned(), Some(label)));
        row
    };
    ShareRows {
        run: &trend.run,
        method: Method::Calibrated,
        interval_method: IntervalMethod::Score,
        groups: rows(trend).into_iter().map(row).collect(),
        warnings: trend.run.warnings.iter().cloned().chain(undated(&trend.undated)).collect(),
    }
}

fn is_taken(column: &str) -> bool {
    column == PERIOD || MORE.contains(&column)
}

fn tidy(trend: &Trend) -> String {
    let rows = rows(trend);
    csv::render_with(&share_rows(trend), &MORE, &|row| {
        let Some(of) = rows[row].0 else { return MORE.map(|_| String::new()).to_vec() };
        let artefact = of.artefact.clone().unwrap_or_default();
        vec![of.period.first.to_string(), of.period.last.to_string(), of.is_small.to_string(), artefact]
    })
}

/// Returns a note on the documents in no period, if there are any.
fn undated(undated: &UndatedSummary) -> Option<String> {
    let n = undated.n_without_date + undated.n_unreadable;
    if n == 0 {
        return None;
    }
    let examples: Vec<String> = undated.examples.iter().map(|text| format!("\"{text}\"")).collect();
    let such = if examples.is_empty() { String::new() } else { format!(" (such as {})", examples.join(", ")) };
    Some(format!(
        "in no period: {} without a date, {} with one that cannot be read or names a longer time{such}; they are in the row {UNDATED}",
        thousands(undated.n_without_date),
        thousands(undated.n_unreadable)
    ))
}

/// Returns what to know before using the numbers.
pub(super) fn warnings(trend: &Trend) -> Vec<String> {
    Page::of(trend).notes
}

/// The content for people: cells in rows, and the lines beneath.
struct Page {
    header: Vec<String>,
    n_left: usize,
    rows: Vec<Vec<String>>,
    caption: Vec<String>,
    notes: Vec<String>,
}

impl Page {
    fn of(trend: &Trend) -> Page {
        let mut all = share_rows(trend);
        let remarks: Vec<String> = rows(trend).into_iter().map(|(period, of)| remark(period, of)).collect();
        // Said in the last column, with the rest.
        let groups = all.groups.to_mut();
        groups.iter_mut().for_each(|row| row.placebo = false);
        explain_last_misfit(groups);
        let has_remarks = remarks.iter().any(|remark| !remark.is_empty());
        let cells = |(row, remark): (&GroupEstimate, String)| {
            cells(&all, row).into_iter().chain(has_remarks.then_some(remark)).collect()
        };
        Page {
            header: header(&all).into_iter().chain(has_remarks.then(|| NOTES.to_owned())).collect(),
            n_left: n_group_columns(&all),
            rows: all.groups.iter().zip(remarks).map(cells).collect(),
            caption: caption(&all),
            notes: notes(&all),
        }
    }

    /// Returns whether a column is aligned to the left.
    fn is_left(&self, column: usize) -> bool {
        column < self.n_left || self.header[column] == NOTES
    }
}

/// Keeps the misfit words of only the last flagged period of a series; the others mostly have the same ones.
fn explain_last_misfit(rows: &mut [GroupEstimate]) {
    for at in 0..rows.len() {
        let n = rows[at].group.len().saturating_sub(1);
        let is_flagged = |row: &GroupEstimate| row.is_misfit();
        let is_last = !rows[at + 1..].iter().any(|row| row.group[..n] == rows[at].group[..n] && is_flagged(row));
        if !is_last {
            rows[at].outcome.iter_mut().for_each(|found| found.misfit_words.clear());
        }
    }
}

fn remark(period: Option<&PeriodEstimate>, of: &GroupEstimate) -> String {
    let small = period.is_some_and(|of| of.is_small);
    let artefact = period.is_some_and(|of| of.artefact.is_some());
    let all = [(of.placebo, PLACEBO), (small, "small"), (artefact, "artefact: old reference")];
    all.iter().filter(|(holds, _)| *holds).map(|(_, remark)| *remark).collect::<Vec<_>>().join(", ")
}

/// Returns the sentences of all series, each with the series' name if there are several.
fn sentences(trend: &Trend) -> Vec<String> {
    let of_series = trend.series.iter().flat_map(|series| {
        let name = if series.name.is_empty() { String::new() } else { format!("{}: ", series.name) };
        series.sentences.iter().map(move |sentence| format!("{name}{sentence}"))
    });
    of_series.collect()
}

/// Returns the reasons why the reference seems to have aged.
fn signs(trend: &Trend) -> &[String] {
    if trend.ageing.aged { &trend.ageing.reasons } else { &[] }
}

fn table(trend: &Trend) -> String {
    let page = Page::of(trend);
    let mut text = format!("{}\n", trend.headline);
    signs(trend).iter().for_each(|sign| text += &format!("  - {sign}\n"));
    let mut table = aligned(page.header.clone(), page.n_left);
    if let Some(column) = page.header.iter().position(|name| name == NOTES).and_then(|at| table.column_mut(at)) {
        column.set_cell_alignment(comfy_table::CellAlignment::Left);
    }
    table.add_rows(page.rows);
    text += &format!("\n{}\n", trimmed(&table));
    let all = share_rows(trend);
    if let Some(strata) = strata(&all) {
        let mut beneath = aligned(strata.header, n_text_columns_of_shares(n_group_columns(&all)));
        beneath.add_rows(strata.rows);
        text += &format!("{}\n{}\n", strata.heading, trimmed(&beneath));
    }
    sentences(trend).iter().for_each(|sentence| text += &format!("{sentence}\n"));
    text.push('\n');
    page.caption.iter().for_each(|line| text += &format!("{line}\n"));
    page.notes.iter().for_each(|note| text += &format!("! {note}\n"));
    text
}

fn markdown(trend: &Trend) -> String {
    let page = Page::of(trend);
    let list = |items: &[String]| items.iter().map(|item| format!("- {}\n", escape(item))).collect::<String>();
    let mut text = format!("# LLM share of {}s over time\n\n**{}**\n\n", trend.run.unit, escape(&trend.headline));
    if !signs(trend).is_empty() {
        text += &format!("{}\n", list(signs(trend)));
    }
    text += &markdown_table(&page.header, &|column| page.is_left(column), &page.rows);
    let all = share_rows(trend);
    for shares in [shares(&all), strata(&all)].into_iter().flatten() {
        let n_left = n_text_columns_of_shares(n_group_columns(&all));
        let beneath = markdown_table(&shares.header, &|column| column < n_left, &shares.rows);
        text += &format!("\n{}\n\n{beneath}", shares.heading);
    }
    text += &format!("\n{}.\n", page.caption.iter().map(|line| escape(line)).collect::<Vec<_>>().join(". "));
    let sentences = sentences(trend);
    if !sentences.is_empty() {
        text += &format!(
            "\n## What changed\n\n{}\nPeriods may differ in more than who wrote them: another venue, form or field counts as a change, too.\n",
            list(&sentences)
        );
    }
    if !page.notes.is_empty() {
        text += &format!("\n## To know before using the numbers\n\n{}", list(&page.notes));
    }
    text + &made_with(trend)
}

/// Describes where the numbers come from.
fn made_with(trend: &Trend) -> String {
    let events: Vec<String> = trend.events.iter().map(|event| format!("{} {}", event.date, event.label)).collect();
    let mut text = format!(
        "\n## How it was made\n\nBy {} {}, with reference \"{}\" (SHA-256 {}) and seed {}, from {} documents of {}:\n\n    {}\n",
        trend.run.tool.name,
        trend.run.tool.version,
        escape(&trend.run.reference.name),
        trend.run.reference.sha256,
        trend.run.seed,
        thousands(trend.run.input.n_documents),
        escape(&trend.run.input.files.join(", ")),
        trend.command.replace(['\n', '\r'], " ")
    );
    if !events.is_empty() {
        text += &format!("\nMarked: {}.\n", escape(&events.join(", ")));
    }
    text
}
