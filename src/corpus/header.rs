//! Tells the names of columns from a first row of values.

use super::date::span;
use super::names::{find, is_other_name, is_text_name, plain};
use super::options::ReadOptions;

/// Number of bytes from which a value is a text, and number of words from which one that ends in a full stop is a sentence.
const LONG_BYTES: usize = 100;
const SENTENCE_WORDS: usize = 5;
/// Maximum number of bytes of a question that a form asks.
const QUESTION_BYTES: usize = 300;
/// Maximum number of words of a usual name.
const NAME_WORDS: usize = 2;
/// Minimum number of rows below the first from which it can be compared with them.
const MIN_ROWS: usize = 2;
/// Usual names of columns that are neither text nor one of those that are never text, as [`plain`] has them.
const USUAL: [&str; 18] = [
    "id",
    "index",
    "year",
    "date",
    "timestamp",
    "score",
    "rating",
    "confidence",
    "decision",
    "label",
    "source",
    "generator",
    "model",
    "paper",
    "paperid",
    "reviewid",
    "forum",
    "name",
];

/// Returns whether the first row of a table holds the names of its columns; a column that was asked for settles it.
pub(super) fn is_header<S: AsRef<str>>(options: &ReadOptions, first: &[S], below: &[Vec<S>]) -> bool {
    let mut asked = options.text_fields.iter().chain(&options.id_field).chain(&options.columns);
    let names = first.iter().map(AsRef::as_ref);
    asked.any(|name| find(names.clone(), name).is_some()) || !is_data(first, below)
}

/// Returns whether a first row holds values, as nobody has given the columns names.
///
/// It does unless it has a usual name, if one of its values is a text, or is a number or a date like all below it, or occurs
/// again below it.
pub(super) fn is_data<S: AsRef<str>>(first: &[S], below: &[Vec<S>]) -> bool {
    let first: Vec<&str> = first.iter().map(|value| value.as_ref().trim()).collect();
    let column = |at: usize| below.iter().filter_map(move |row| row.get(at)).map(|value| value.as_ref().trim());
    let filled = || (0..first.len()).filter(|at| !first[*at].is_empty());
    let recurs = |at: usize| column(at).any(|value| value == first[at]);
    let is_like_all = |at: usize| is_figure(first[at]) && column(at).all(is_figure);
    if filled().any(|at| is_usual(first[at]) && !recurs(at)) {
        return false;
    }
    // Files that were put together repeat their header.
    let is_repeated =
        || below.iter().any(|row| row.iter().map(|value| value.as_ref().trim()).eq(first.iter().copied()));
    filled().any(|at| is_text(first[at]))
        || (below.len() >= MIN_ROWS
            && filled().any(|at| recurs(at) || is_like_all(at))
            && !is_counted(&first)
            && !is_repeated())
}

/// Returns whether columns are often called so.
pub(super) fn is_usual(name: &str) -> bool {
    name.split_whitespace().count() <= NAME_WORDS
        && (is_text_name(name) || is_other_name(name) || USUAL.contains(&plain(name).as_str()))
}

/// Returns whether these are 0, 1, 2 etc., as programs number columns.
fn is_counted(first: &[&str]) -> bool {
    let numbers = first.iter().filter(|value| !value.is_empty()).map(|value| value.parse::<usize>().ok());
    let numbers: Option<Vec<usize>> = numbers.collect();
    numbers.is_some_and(|numbers| numbers.windows(2).all(|pair| pair[1] == pair[0] + 1))
}

/// Returns whether a value is a text rather than a name, or a question that a form asks.
pub(super) fn is_text(value: &str) -> bool {
    let is_sentence = value.ends_with(['.', '!']) && value.split_whitespace().nth(SENTENCE_WORDS - 1).is_some();
    (value.len() > LONG_BYTES || is_sentence) && !is_question(value)
}

/// Returns whether a value is a question that a form asks.
pub(super) fn is_question(value: &str) -> bool {
    value.len() <= QUESTION_BYTES && asks(value)
}

/// Returns whether a text asks for something.
fn asks(text: &str) -> bool {
    let lower = text.to_lowercase();
    let asking = ["please", "your ", "describe", "explain", "summari"];
    text.ends_with([':', ')', '*']) || text.contains('?') || asking.iter().any(|word| lower.contains(word))
}

/// Returns whether a value is a number or a date.
pub(super) fn is_figure(value: &str) -> bool {
    value.is_empty() || value.parse::<f64>().is_ok_and(f64::is_finite) || span(value).is_some()
}

/// Gives the columns without a name that of a further row of the header.
pub(super) fn fill_names<S: AsRef<str>>(names: &mut [String], more: &[Vec<S>]) {
    for row in more {
        for (name, value) in names.iter_mut().zip(row).filter(|(name, _)| name.is_empty()) {
            value.as_ref().trim().clone_into(name);
        }
    }
}

/// Returns names for the columns of a table without any.
pub(super) fn numbered(n_columns: usize) -> Vec<String> {
    (1..=n_columns).map(|number| format!("column {number}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KITE: &str = "The kite of this paper flies in weak wind. It lands on its own.";
    const WIND: &str = "We do not learn how long the strings were, which matters.";
    const ASKED: &str =
        "Please describe in your own words what the paper does and how well it does it. Be as specific as you can be.";

    fn is(first: &[&str], below: &[&[&str]]) -> bool {
        is_data(first, &below.iter().map(|row| row.to_vec()).collect::<Vec<_>>())
    }

    #[test]
    fn a_first_row_of_values_is_no_header() {
        assert!(is(&[KITE], &[]));
        assert!(is(&["r1", WIND], &[&["r2", KITE]]));
        assert!(is(&["1", "kites"], &[&["2", KITE], &["3", WIND]]));
        assert!(is(&["2023-05-01", "kites"], &[&["2023-06-01", KITE], &["2023-07-01", WIND]]));
        assert!(is(&["human", "It flies"], &[&["llm", KITE], &["human", WIND]]));
        // A text that occurs twice is a text.
        assert!(is(&["a", KITE], &[&["b", WIND], &["a", KITE]]));
        assert!(is(&["review", "It flies"], &[&["comment", KITE], &["review", WIND]]));
    }

    #[test]
    fn names_and_questions_are_a_header_whatever_stands_below() {
        assert!(!is(&["id", "text"], &[&["1", KITE], &["2", WIND]]));
        assert!(!is(&["nr", "what they said"], &[&["1", KITE], &["2", WIND]]));
        assert!(!is(&["", "0", "1"], &[&["0", KITE, "3"], &["1", WIND, "4"]]));
        assert!(!is(&["id", "2023"], &[&["1", "5"], &["2", "6"]]));
        assert!(!is(&[ASKED, "Does it fly?"], &[&[KITE, "Yes."], &[WIND, "No."]]));
        assert!(!is(
            &[
                "Timestamp",
                "What the reviewer has to say about how the kites of the paper fly in weak wind and in strong wind"
            ],
            &[&["1", KITE]]
        ));
        assert!(!is(&["kind", "said"], &[&["a", KITE], &["kind", "said"], &["b", WIND]]));
    }

    #[test]
    fn a_column_that_was_asked_for_settles_it() {
        let of = |name: &str| ReadOptions { text_fields: vec![name.to_owned()], ..ReadOptions::default() };
        assert!(is_header(&of(KITE), &[KITE], &[vec![WIND]]));
        assert!(!is_header(&of("column 1"), &[KITE], &[vec![WIND]]));
    }

    #[test]
    fn columns_without_names_are_numbered() {
        assert_eq!(numbered(2), ["column 1", "column 2"]);
    }
}
