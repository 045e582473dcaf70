//! The aligned table of the terminal.

use comfy_table::{CellAlignment, Table, presets};

use super::band::choices;
use super::band::n_text_columns as n_text_columns_of_band;
use super::rows::{caption, cells, header, n_group_columns, n_text_columns, notes};
use super::share_rows::ShareRows;
use super::shares::n_text_columns as n_text_columns_of_shares;
use super::shares::shares;
use super::strata::strata;

pub(super) fn render(all: &ShareRows<'_>) -> String {
    let mut table = aligned(header(all), n_text_columns(all));
    all.groups.iter().for_each(|row| {
        table.add_row(cells(all, row));
    });
    let mut text = trimmed(&table);
    for shares in [shares(all), strata(all)].into_iter().flatten() {
        let mut beneath = aligned(shares.header, n_text_columns_of_shares(n_group_columns(all)));
        beneath.add_rows(shares.rows);
        text += &format!("{}\n{}", shares.heading, trimmed(&beneath));
    }
    let choices = choices(all);
    if let Some(choices) = &choices {
        let mut beneath = aligned(choices.header.clone(), n_text_columns_of_band(n_group_columns(all)));
        beneath.add_rows(choices.rows.clone());
        text += &format!("{}\n{}", choices.heading, trimmed(&beneath));
    }
    caption(all).iter().for_each(|line| text += &format!("{line}\n"));
    let missing = choices.into_iter().flat_map(|choices| choices.missing);
    notes(all).into_iter().chain(missing).for_each(|note| text += &format!("! {note}\n"));
    text
}

/// Builds a table whose first `n_left` columns are aligned to the left, the others to the right.
pub(super) fn aligned(header: Vec<String>, n_left: usize) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header);
    for (number, column) in table.column_iter_mut().enumerate() {
        column.set_cell_alignment(if number < n_left { CellAlignment::Left } else { CellAlignment::Right });
        column.set_padding((0, 2));
    }
    table
}

/// Returns the table's lines without white space at their ends.
pub(super) fn trimmed(table: &Table) -> String {
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}
