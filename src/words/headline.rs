//! Summarises the result in one sentence.

use super::options::MAX_P_ADJUSTED;
use super::record::{WordGroup, WordSeries};
use crate::tokenize::UnitRule;

/// Returns the sentence on the first LLM word that rises beyond its course, of all groups the one with the largest gap,
/// or else on the first word; and on the number of words that do.
pub fn headline(groups: &[WordGroup], unit: UnitRule, n_words_tested: usize, reference: Option<&str>) -> String {
    if n_words_tested == 0 {
        return "There are no periods both before and after LLMs to compare: rates only.".to_owned();
    }
    let n_rising: usize = groups.iter().map(|group| group.n_excess_words).sum();
    let several = if groups.len() > 1 { ", summed over groups" } else { "" };
    let known = reference.map_or_else(String::new, |name| {
        let n_llm: usize = groups.iter().map(|group| group.n_excess_llm_words).sum();
        format!(", {} of them known as LLM words to reference \"{name}\"", thousands(n_llm as u64))
    });
    let tested = thousands(n_words_tested as u64);
    let rise = if n_rising == 1 { "rises beyond its" } else { "rise beyond their" };
    let rising = format!("{} of {tested} words {rise} course{known}{several}.", thousands(n_rising as u64));
    match foremost(groups) {
        Some((group, word)) => format!("{} {rising}", sentence(group, word, unit)),
        None if n_rising == 0 => format!("No word of {tested} rises beyond its course."),
        None => format!("None of the words shown rises beyond its course. {rising}"),
    }
}

/// Returns the word that the headline is about.
fn foremost(groups: &[WordGroup]) -> Option<(&WordGroup, &WordSeries)> {
    let rises = |word: &&WordSeries| {
        word.excess.as_ref().is_some_and(|of| of.p_adjusted <= MAX_P_ADJUSTED && of.difference > 0.0)
    };
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
    let until = baseline.map_or_else(String::new, |period| format!(" to {}", period.period.label));
    let name = if group.name.is_empty() { String::new() } else { format!("{}: ", group.name) };
    let ends = of.ratio_interval;
    let (ratio, interval) = if ends.upper.is_finite() {
        (times(of.ratio), format!(" ({} to {})", times(ends.lower), times(ends.upper)))
    } else {
        (format!("at least {}", times(ends.lower)), String::new())
    };
    format!(
        "{name}In {}, \"{}\" occurs in {} % of {unit}s, {ratio} times what its course{until} let expect{interval}.",
        of.period,
        word.word,
        percent(of.observed)
    )
}

/// Formats a share in percent with two significant digits.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent == 0.0 {
        return "0".to_owned();
    }
    let decimals = (1.0 - percent.abs().log10().floor()).clamp(0.0, 4.0) as usize;
    let shown = format!("{percent:.decimals$}");
    if percent > 0.0 && percent < 0.00005 { "<0.0001".to_owned() } else { shown }
}

/// Formats a ratio with two significant digits.
pub fn times(ratio: f64) -> String {
    match ratio {
        ratio if ratio < 1.0 => format!("{ratio:.2}"),
        ratio if ratio < 10.0 => format!("{ratio:.1}"),
        ratio => thousands(ratio.round() as u64),
    }
}

fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_count() {
        let percents = [0.0, 0.137, 0.0092, 0.00034, 0.0000041, 1e-7, 0.99].map(percent);
        assert_eq!(percents, ["0", "14", "0.92", "0.034", "0.0004", "<0.0001", "99"]);
        assert_eq!([0.42, 3.21, 24.4, 1234.0].map(times), ["0.42", "3.2", "24", "1,234"]);
    }
}
