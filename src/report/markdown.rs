//! A Markdown table, for a document or an issue.

use super::rows::{caption, cells, header, n_group_columns, notes};
use crate::estimate::Estimate;

pub(super) fn render(estimate: &Estimate) -> String {
    let header = header(estimate);
    let rule = (0..header.len()).map(|column| if column < n_group_columns(estimate) { ":--" } else { "--:" });
    let mut text = line(&header) + &line(&rule.map(str::to_owned).collect::<Vec<_>>());
    estimate.estimates.iter().for_each(|row| text += &line(&cells(row)));
    text += &format!("\n{}.\n", caption(estimate).join(". "));
    let notes = notes(estimate);
    if !notes.is_empty() {
        text.push('\n');
        notes.iter().for_each(|note| text += &format!("- {}\n", escape(note)));
    }
    text
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.iter().map(|cell| escape(cell)).collect::<Vec<_>>().join(" | "))
}

/// Keeps values from the data from being read as table structure or HTML.
fn escape(cell: &str) -> String {
    cell.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;").replace(['\n', '\r'], " ")
}
