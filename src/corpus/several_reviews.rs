//! Recognises a text file that may hold several reviews, one below the other.

use std::collections::BTreeSet;

/// Words that a heading above a review begins with, in small letters.
const HEADS: [&str; 6] = ["reviewer", "review", "referee", "report", "official review", "anonymous referee"];
/// Minimum length of a line of `=` that parts texts, minimum number of words of a part, and of such parts.
const MIN_RULE: usize = 5;
const MIN_WORDS: usize = 30;
const MIN_PARTS: usize = 3;

/// Returns the number of reviews that a text may hold, from two on: by numbered headings, else by lines of `=` between long parts.
pub(super) fn several_reviews(prose: &str) -> Option<usize> {
    let numbers: BTreeSet<String> = prose.lines().filter_map(number_of_heading).collect();
    if numbers.len() > 1 {
        return Some(numbers.len());
    }
    let parts = parts(prose).into_iter().filter(|n_words| *n_words >= MIN_WORDS).count();
    (parts >= MIN_PARTS).then_some(parts)
}

/// Returns the number in a heading such as `Reviewer 2`, `Review #2` or `---- Review 3 ----`; `None` for any other line.
fn number_of_heading(line: &str) -> Option<String> {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let rest = HEADS.iter().find_map(|head| line.strip_prefix(head))?;
    let number = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let number = ["number", "no", "r"].iter().find_map(|word| number.strip_prefix(word)).unwrap_or(number);
    let number = number.trim_matches(|c: char| !c.is_alphanumeric());
    let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = matches!(number.as_bytes(), [b'a'..=b'z']) && rest.starts_with(|c: char| !c.is_alphanumeric());
    (is_number || is_letter).then(|| number.to_owned())
}

/// Returns the numbers of words between lines of `=`.
fn parts(prose: &str) -> Vec<usize> {
    let mut parts = vec![0];
    for line in prose.lines() {
        let line = line.trim();
        if line.len() >= MIN_RULE && line.bytes().all(|byte| byte == b'=') {
            parts.push(0);
        } else if let Some(n_words) = parts.last_mut() {
            *n_words += line.split_whitespace().count();
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reviews_below_each_other_are_told_from_one_review() {
        let part = "The kite flies in weak wind and lands on its own. ".repeat(4);
        let below = |headings: &[&str]| headings.iter().map(|of| format!("{of}\n{part}\n")).collect::<String>();
        for (what, text, expected) in [
            ("names of reviewers", below(&["Reviewer 1", "Reviewer 2", "Reviewer 3"]), Some(3)),
            ("numbers of reviews", below(&["Review #1", "Review #2"]), Some(2)),
            ("rules around them", below(&["---- Review 1 ----", "---- Review 3 ----"]), Some(2)),
            ("capitals and colons", below(&["REVIEWER: 1", "REVIEWER: 2"]), Some(2)),
            ("letters", below(&["Referee A", "Referee B:"]), Some(2)),
            ("lines between them", below(&["", "=====", "====="]), Some(3)),
            ("a single heading", below(&["Reviewer 2"]), None),
            ("one heading on every page", below(&["Reviewer 2", "Reviewer 2"]), None),
            ("a heading that is underlined", format!("A title\n=====\n{part}"), None),
            ("other reviewers in the text", format!("Reviewer 1 says so.\nReviewer 2 does not.\n{part}"), None),
        ] {
            assert_eq!(several_reviews(&text), expected, "{what}");
        }
    }
}
