//! Explains the terms of words over time.

use crate::numbers::{interval_name, level};
use crate::words::Words;

/// Returns each term with its meaning.
pub(super) fn of(words: &Words) -> Vec<(&'static str, String)> {
    let (unit, of) = (words.run.unit, words.run.level);
    let interval = format!(
        "The {}: made so that {} of 100 such intervals contain the true rate, difference or ratio.",
        interval_name(of),
        level(of)
    );
    vec![
        ("Rate", format!("The share of {unit}s in which the word occurs, however often.")),
        ("Interval", interval),
        ("Expected", format!("The rate that the word's trend before {} predicts; dotted in the figure.", words.baseline_before)),
        ("Difference and ratio", "Observed minus expected rate, in percentage points; and observed divided by expected rate.".to_owned()),
        (
            "p",
            "The probability of such an excess if nothing has changed, corrected for all the words and periods that were tested."
                .to_owned(),
        ),
        ("LLM word", "The reference has the word more often in LLM text than in human text.".to_owned()),
        (
            "What it does not say",
            "That a word was written by an LLM: words rise for other reasons too, such as a new topic, and people adopt them."
                .to_owned(),
        ),
    ]
}
