//! Labels of list items, such as "W1:", "Comment 2 -", "a." and "o", where a text counts its items with them.
//!
//! They say which item it is, and people and LLMs use them in different amounts. An item begins there all the same, so a dash
//! stays in their place. Labels without a letter are no words and stay, and so do those that stand once, those within a line, and
//! names of places in the paper ("Figure 2: It is small").

use super::labels::{Label, Labels, label};
use super::lines::line_at;
use super::rules::{Cut, Rule};

/// Returns the labels with letters at the beginning of lines, if they are repeated.
pub(super) fn find(text: &str) -> Vec<Cut> {
    let (mut labels, mut found) = (Labels::default(), Vec::new());
    let mut at = 0;
    while at < text.len() {
        let (line, next) = line_at(text, at);
        let start = at + marks_len(line);
        if let Some(label) = lettered(&text[start..at + line.len()]) {
            labels.count(&label);
            found.push((start, label));
        }
        at = next;
    }
    found.retain(|(_, label)| labels.is_counted(label.key));
    found.into_iter().map(|(start, label)| Cut::inline(Rule::Label, start..start + label.len)).collect()
}

/// Returns the label that begins `body`, if it has a letter.
fn lettered(body: &str) -> Option<Label<'_>> {
    label(body).filter(|label| body[..label.len].contains(char::is_alphabetic))
}

/// Returns the length of the indent and the marks of lists and headings before a label: "- W1: one", "### Q2. two".
fn marks_len(line: &str) -> usize {
    let body = line.trim_start();
    let item = body.trim_start_matches('#');
    let item =
        if item.len() == body.len() { item.strip_prefix(['-', '+', '*', '•', '–']).unwrap_or(item) } else { item };
    let label = item.trim_start();
    if label.len() < item.len() { line.len() - label.len() } else { line.len() - body.len() }
}
