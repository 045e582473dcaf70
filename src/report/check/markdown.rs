//! A check in Markdown: the verdict and a table of all groups.

use super::super::cells::{interval_cell, percent, thousands};
use super::super::markdown::{escape, table};
use super::wording::{caption, headline, is_alone, notes, one_line, power};
use crate::check::{Check, GroupCheck, Verdict, level_name};
use crate::tokenize::UnitRule;

/// Renders a heading, the verdict, a table of all groups and the notes.
pub fn render_check_markdown(check: &Check) -> String {
    let mut text =
        format!("### LLM share: {}\n\nThe check says: {}.\n\n", check.verdict.name(), escape(&headline(check)));
    let mut columns: Vec<Column> = Vec::new();
    if !is_alone(check) {
        columns.push(("group".to_owned(), true, Box::new(|group| one_line(&group.name()))));
    }
    columns.push(("verdict".to_owned(), true, Box::new(|group| verdict(group).to_owned())));
    columns.push(("documents".to_owned(), false, Box::new(|group| thousands(group.estimate.n_documents))));
    if check.run.unit == UnitRule::Sentence {
        columns.push(("sentences".to_owned(), false, Box::new(|group| thousands(group.estimate.n_units))));
    }
    columns.push(("LLM share".to_owned(), false, Box::new(share)));
    let interval = |group: &GroupCheck| group.estimate.interval().map_or_else(|| "-".to_owned(), interval_cell);
    columns.push((format!("{} % interval", level_name(check.level_each)), false, Box::new(interval)));
    columns.push(("why".to_owned(), true, Box::new(|group| one_line(&group.message()))));
    let header: Vec<String> = columns.iter().map(|(name, ..)| name.clone()).collect();
    let cells = |group: &GroupCheck| columns.iter().map(|(_, _, cell)| cell(group)).collect();
    let rows: Vec<Vec<String>> = check.groups.iter().map(cells).collect();
    text += &table(&header, &|column| columns[column].1, &rows);
    let said: Vec<String> = check.groups.iter().filter_map(|group| power(check, group)).collect();
    text += &format!("\n{}.\n", caption(check).join(". "));
    let beneath: Vec<String> = said.into_iter().chain(notes(check)).collect();
    if !beneath.is_empty() {
        text.push('\n');
        beneath.iter().for_each(|note| text += &format!("- {}\n", escape(note)));
    }
    text
}

/// A column: its name, whether it is aligned to the left, and the cell of a group.
type Column = (String, bool, Box<dyn Fn(&GroupCheck) -> String>);

fn verdict(group: &GroupCheck) -> &'static str {
    group.verdict.map_or("exempt", Verdict::name)
}

fn share(group: &GroupCheck) -> String {
    group.estimate.alpha().map_or_else(|| "-".to_owned(), |alpha| format!("{} %", percent(alpha, 2)))
}
