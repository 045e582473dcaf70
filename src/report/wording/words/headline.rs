//! Summarises the result in one sentence.

use crate::numbers::{thousands, times, two_digits};
use crate::report::wording::phrases::named;
use crate::tokenize::UnitRule;
use crate::words::{WordGroup, WordSeries, Words};

/// Returns the sentence on the first LLM word that rises beyond its course, of all groups the one with the largest gap,
/// or else on the first word; and on the number of words that do.
pub fn words_headline(words: &Words) -> String {
    if words.n_words_tested == 0 {
        return "There are no periods on both sides of the release of ChatGPT to compare, so only rates are shown."
            .to_owned();
    }
    let groups = &words.groups;
    let n_rising: usize = groups.iter().map(|group| group.n_excess_words).sum();
    let several = if groups.len() > 1 { ", summed over groups" } else { "" };
    let known = words.run.reference.as_ref().map_or_else(String::new, |name| {
        let n_llm: usize = groups.iter().map(|group| group.n_excess_llm_words).sum();
        format!(", {} of them LLM words of reference \"{name}\"", thousands(n_llm))
    });
    let tested = thousands(words.n_words_tested);
    let (are, their) = if n_rising == 1 { ("is", "its") } else { ("are", "their") };
    let rising = format!(
        "{} of {tested} words {are} used significantly more often than {their} pre-LLM trend predicts{known}{several}.",
        thousands(n_rising)
    );
    match foremost(groups, words.max_p_adjusted) {
        Some((group, word)) => format!("{} {rising}", sentence(group, word, words.run.unit)),
        None if n_rising == 0 => {
            format!("None of {tested} words is used significantly more often than its pre-LLM trend predicts.")
        }
        None => format!("{rising} None of the words shown is among them."),
    }
}

/// Returns the word that the headline is about.
fn foremost(groups: &[WordGroup], max_p: f64) -> Option<(&WordGroup, &WordSeries)> {
    let rises =
        |word: &&WordSeries| word.excess.as_ref().is_some_and(|of| of.p_adjusted <= max_p && of.difference > 0.0);
    let first_of = |group: &'_ WordGroup, llm_only: bool| {
        group.words.iter().position(|word| rises(&word) && (word.is_llm_word || !llm_only))
    };
    let gap = |word: &WordSeries| word.excess.as_ref().map_or(0.0, |of| of.difference);
    let best = |llm_only: bool| {
        let firsts = groups.iter().filter_map(|group| Some((group, &group.words[first_of(group, llm_only)?])));
        // Of equals the first group.
        firsts.reduce(|best, other| if gap(other.1) > gap(best.1) { other } else { best })
    };
    best(true).or_else(|| best(false))
}

fn sentence(group: &WordGroup, word: &WordSeries, unit: UnitRule) -> String {
    let Some(of) = &word.excess else { return String::new() };
    let baseline = group.periods.iter().rfind(|period| period.is_baseline);
    let until = baseline.map_or_else(String::new, |period| format!(" up to {}", period.period.label));
    let ends = of.ratio_interval;
    let (ratio, interval) = if ends.upper.is_finite() {
        (times(of.ratio), format!(" ({} to {})", times(ends.lower), times(ends.upper)))
    } else {
        (format!("at least {}", times(ends.lower)), String::new())
    };
    let sentence = format!(
        "In {}, \"{}\" occurs in {} % of {unit}s, {ratio} times as often as its trend{until} predicts{interval}.",
        of.period,
        word.word,
        two_digits(of.observed)
    );
    named(&group.name, sentence)
}
