//! Explains words over time in three sentences for readers who know no statistics.

use crate::numbers::thousands;
use crate::words::Words;

/// Returns what rises, what may be the reason, and what it does not say.
pub(super) fn of(words: &Words) -> Vec<String> {
    let n_rising: usize = words.groups.iter().map(|group| group.n_excess_words).sum();
    let first = match (words.n_words_tested, n_rising) {
        (0, _) => "There is no text both from before and from after the first LLMs, so this shows only how often words are used.".to_owned(),
        (_, 0) => "No word is used clearly more often than before LLMs, allowing for the trend.".to_owned(),
        (_, n) => format!(
            "{} used clearly more often than before LLMs, also allowing for the trend; LLMs are one reason, new topics and habits are \
             others.",
            if n == 1 { "1 word is".to_owned() } else { format!("{} words are", thousands(n)) }
        ),
    };
    let share = "This does not say how much of the text is by LLMs; `estimate` and `trend` do.";
    let person = "Anyone may use these words, so they say nothing about a single document or its author.";
    vec![first, share.to_owned(), person.to_owned()]
}
