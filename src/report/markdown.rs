//! A Markdown table, for a document or an issue.

use super::band::choices;
use super::band::n_text_columns as n_text_columns_of_band;
use super::rows::{caption, cells, header, n_group_columns, n_text_columns, notes};
use super::share_rows::ShareRows;
use super::shares::n_text_columns as n_text_columns_of_shares;
use super::shares::shares;
use super::strata::strata;

pub(super) fn render(all: &ShareRows<'_>) -> String {
    let n_group_columns = n_group_columns(all);
    let rows: Vec<_> = all.groups.iter().map(|row| cells(all, row)).collect();
    let n_text = n_text_columns(all);
    let mut text = table(&header(all), &|column| column < n_text, &rows);
    for shares in [shares(all), strata(all)].into_iter().flatten() {
        let n_left = n_text_columns_of_shares(n_group_columns);
        let beneath = table(&shares.header, &|column| column < n_left, &shares.rows);
        text += &format!("\n{}\n\n{beneath}", shares.heading);
    }
    let choices = choices(all);
    if let Some(choices) = &choices {
        let n_left = n_text_columns_of_band(n_group_columns);
        let beneath = table(&choices.header, &|column| column < n_left, &choices.rows);
        text += &format!("\n{}\n\n{beneath}", choices.heading);
    }
    text += &format!("\n{}.\n", caption(all).join(". "));
    let missing = choices.into_iter().flat_map(|choices| choices.missing);
    let notes: Vec<String> = notes(all).into_iter().chain(missing).collect();
    if !notes.is_empty() {
        text.push('\n');
        notes.iter().for_each(|note| text += &format!("- {}\n", escape(note)));
    }
    text
}

/// Renders a table in which the columns that `is_left` names are aligned to the left, the others to the right.
pub(super) fn table(header: &[String], is_left: &dyn Fn(usize) -> bool, rows: &[Vec<String>]) -> String {
    let rule: Vec<String> =
        (0..header.len()).map(|column| if is_left(column) { ":--" } else { "--:" }.to_owned()).collect();
    let rows: String = rows.iter().map(|row| line(row)).collect();
    line(header) + &line(&rule) + &rows
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.iter().map(|cell| escape(cell)).collect::<Vec<_>>().join(" | "))
}

/// Keeps values from the data from being read as table structure or HTML.
pub(super) fn escape(cell: &str) -> String {
    cell.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;").replace(['\n', '\r'], " ")
}
