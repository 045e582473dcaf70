//! Finds rows below the header that are about the columns, too: second names, questions of a survey, notes of its program.

use super::header::{is_figure, is_question, is_text};

/// Maximum number of such rows.
const MAX_ROWS: usize = 2;
/// Minimum number of rows below them, with which they are compared, and of those that have a value in a column to compare.
const MIN_ROWS: usize = 3;
/// Maximum number of words of a name.
const NAME_WORDS: usize = 8;
/// Values that stand for a missing number.
const MISSING: [&str; 9] = ["na", "n/a", "nan", "none", "null", "missing", "unknown", "n.a.", "\\n"];

/// Returns the number of rows below the header that belong to it: they have names, or nothing, in all columns of numbers and dates.
pub(super) fn n_more_rows<S: AsRef<str>>(rows: &[Vec<S>]) -> usize {
    let Some(others) = rows.get(MAX_ROWS..).filter(|others| others.len() >= MIN_ROWS) else { return 0 };
    let n_columns = others.iter().map(Vec::len).max().unwrap_or(0);
    let figures: Vec<usize> = (0..n_columns).filter(|at| has_figures(others, *at)).collect();
    rows[..MAX_ROWS].iter().take_while(|row| is_about_columns(row, &figures)).count()
}

/// Returns whether a column holds nothing but numbers and dates.
fn has_figures<S: AsRef<str>>(rows: &[Vec<S>], at: usize) -> bool {
    let values = || rows.iter().filter_map(|row| row.get(at)).map(|value| value.as_ref().trim());
    values().filter(|value| !value.is_empty()).count() >= MIN_ROWS
        && values().all(|value| is_figure(value) || is_missing(value))
}

fn is_about_columns<S: AsRef<str>>(row: &[S], figures: &[usize]) -> bool {
    let filled = || row.iter().map(|value| value.as_ref().trim()).filter(|value| !value.is_empty());
    let in_figures = figures.iter().filter_map(|at| row.get(*at)).map(|value| value.as_ref().trim());
    let in_figures: Vec<&str> = in_figures.collect();
    let n_named = in_figures.iter().filter(|value| !value.is_empty()).count();
    let are_names = in_figures.iter().all(|value| value.is_empty() || !(is_figure(value) || is_missing(value)));
    // One empty cell may be a gap, several are a row of another kind.
    let n_empty = in_figures.len() - n_named;
    are_names && (n_empty > 1 || (n_empty == 0 && n_named > 0)) && filled().count() > 0 && filled().all(is_name)
}

fn is_missing(value: &str) -> bool {
    !value.chars().any(char::is_alphanumeric) || MISSING.contains(&value.to_lowercase().as_str())
}

/// Returns whether a value may say what a column holds.
fn is_name(value: &str) -> bool {
    let is_short = value.split_whitespace().count() <= NAME_WORDS && !value.ends_with(['.', '!']);
    (is_short && !is_text(value)) || is_question(value) || value.starts_with("{\"ImportId\":")
}

#[cfg(test)]
mod tests {
    use super::*;

    const KITE: &str = "The kite of this paper flies in weak wind. It lands on its own.";

    fn n(first: &[&[&str]]) -> usize {
        let days = ["2023-05-01", "2023-05-02", "", "NA", "2023-05-03"];
        let others = [
            ["1", days[0], KITE],
            ["2", days[1], KITE],
            ["3", days[2], KITE],
            ["4", days[3], KITE],
            ["5", days[4], KITE],
        ];
        let rows: Vec<Vec<&str>> = first.iter().map(|row| row.to_vec()).chain(others.map(|row| row.to_vec())).collect();
        n_more_rows(&rows)
    }

    #[test]
    fn rows_about_columns_are_told_from_documents() {
        for (what, expected, first) in [
            ("none", 0, &[][..]),
            ("second names", 1, &[&["Number", "Day", "Comments to author"][..]][..]),
            ("kinds of answers", 1, &[&["", "", "Open-Ended Response"]]),
            (
                "a survey's questions and ids",
                2,
                &[
                    &["Id", "Start Date", "Please write your review."],
                    &["{\"ImportId\":\"a\"}", "{\"ImportId\":\"b\"}", "{\"ImportId\":\"QID2_TEXT\"}"],
                ],
            ),
            ("a document without a date", 0, &[&["5", "", "Good paper"]]),
            ("a document without numbers", 0, &[&["NA", "n/a", "Good paper"]]),
            ("a text without numbers", 0, &[&["", "", KITE]]),
        ] {
            assert_eq!(n(first), expected, "{what}");
        }
        assert_eq!(n_more_rows(&[vec!["Number", "Day"], vec!["1", "2"], vec!["3", "4"]]), 0);
    }
}
