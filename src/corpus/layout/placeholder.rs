//! What stands in a form's field where nothing was written.

/// Fillers, in lower case, without white space and punctuation around them.
const FILLERS: [&str; 15] = [
    "n/a",
    "na",
    "n.a",
    "n / a",
    "none",
    "nil",
    "null",
    "nan",
    "nothing",
    "not applicable",
    "no comment",
    "no comments",
    "tba",
    "todo",
    "placeholder",
];
/// Words of "Summary by AIRev 1" at most, with which systems fill a field that a person has not.
const MAX_SUMMARY_BY_WORDS: usize = 6;

/// Whether a field says nothing: no letter or digit, a filler, or only whose field it is.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    if text.is_empty() {
        return true;
    }
    // Longer than any filler.
    if text.len() > 80 {
        return false;
    }
    let lower = text.to_lowercase();
    FILLERS.contains(&lower.as_str())
        || (lower.starts_with("summary by ") && lower.split_whitespace().count() <= MAX_SUMMARY_BY_WORDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fillers_are_told_from_short_answers() {
        for filler in
            ["", " - ", "N/A", "n/a.", "(N/A)", "None.", "**NA**", "---", "Not applicable.", "Summary by AIRev 1"]
        {
            assert!(is_placeholder(filler), "{filler}");
        }
        for text in [
            "Yes.",
            "No",
            "See questions.",
            "None of the baselines is strong.",
            "Summary by section would help the reader here a lot.",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
