//! Tests whether a reference has aged: whether its LLM words go out of use while others come into use.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

use super::llm_words::{LlmWord, LlmWords};
use crate::reference::Reference;
use crate::score::{GroupWords, WordCounts};

/// Minimum number of units of a period that is compared.
pub const MIN_PERIOD_UNITS: u64 = 1000;
/// Maximum share of the reference's human units with a word, 0 to 1, that counts as rare before LLMs.
pub const MAX_RARE_RATE: f64 = 0.001;
/// Minimum relative change of a summed rate that counts as one; smaller ones do not matter, however certain. For LLM
/// words, which people use too, it is relative to their excess over the reference's human text.
pub const MIN_RELATIVE_CHANGE: f64 = 0.1;
/// Maximum p-value of a change that counts as one.
pub const MAX_P_VALUE: f64 = 0.01;

/// The occurrence of LLM words, and of others that were rare, in the periods of a target.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LlmWordsOverTime {
    /// Number of words that the reference knows as LLM words.
    pub n_llm_words: usize,
    /// LLM words per unit in the reference's human text.
    pub human_rate: f64,
    /// Number of words that it does not know as such, and that were rare in its human text.
    pub n_rare_words: usize,
    /// The periods, by rising time; those with fewer than [`MIN_PERIOD_UNITS`] units are left out.
    pub periods: Vec<PeriodOfWords>,
    /// The change of LLM words, from the earlier period in which they were most frequent to the last period.
    pub llm_words: SummedChange,
    /// The change of the other words that were rare, between the same two periods.
    pub rare_words: SummedChange,
    /// The verdict: LLM words fall and others rise, so a falling share of LLM text may be the reference's age.
    pub llm_words_fall: bool,
}

/// Summed rates of a period: the mean number of these words per unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PeriodOfWords {
    /// First day of the period.
    pub first: Date,
    /// Number of its units.
    pub n_units: u64,
    /// LLM words per unit.
    pub llm_words: f64,
    /// Other words, rare before LLMs, per unit.
    pub rare_words: f64,
}

/// The change of a summed rate between two periods.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SummedChange {
    /// First day of the earlier period.
    pub from: Date,
    /// First day of the later one.
    pub to: Date,
    /// Words per unit in the earlier period.
    pub rate_from: f64,
    /// Words per unit in the later one.
    pub rate_to: f64,
    /// The change in standard errors, from the variation between words.
    pub z: f64,
    /// One-sided p-value of no fall of LLM words or no rise of the others, corrected for the choice among earlier
    /// periods.
    pub p_value: f64,
}

/// Compares the last period of `words` with the one before it in which the LLM words of `reference` were most frequent.
///
/// `words` counts the reference's vocabulary per group; groups of one period are taken together, and those without a
/// period are left out. Returns `None` with fewer than two periods of [`MIN_PERIOD_UNITS`] units, or for a reference
/// without LLM words.
///
/// The sums S are of the words' rates. With d the change of a word's rate, z = sum d / sqrt(sum d^2): each word's
/// change is taken as random in sign, which allows for units that are alike within documents and for words that come
/// and go, but not for words that move together; hence also a minimum relative change. The p-value of the fall is
/// multiplied by the number of earlier periods, of which the highest was taken. A rise of rare words may be due to new
/// topics, so the verdict alone proves nothing; and words that the vocabulary lacks are not seen.
///
/// ```
/// use jiff::civil::date;
/// use llm_prevalence::Reference;
/// use llm_prevalence::corpus::GroupKey;
/// use llm_prevalence::score::WordCounts;
/// use llm_prevalence::words::{LlmWords, MAX_RARE_RATE, llm_words_over_time};
///
/// // LLM words in every tenth of 1,000 sentences, and a year later in every twentieth; rare words the other way round.
/// let reference = Reference::embedded("abstracts")?;
/// let known = LlmWords::of(&reference);
/// let mut words = WordCounts::new(known.by_number().len());
/// for (year, every_llm, every_rare) in [(2024, 10, 20), (2025, 20, 10)] {
///     let key = GroupKey::default().in_period(Some(date(year, 1, 1)));
///     for unit in 0..1000 {
///         let is_present = |number: &u32| {
///             let word = known.by_number()[*number as usize];
///             let is_rare = !word.is_llm_word && word.human_rate <= MAX_RARE_RATE;
///             word.is_llm_word && unit % every_llm == 0 || is_rare && unit % every_rare == 0
///         };
///         words.add(&key, 1, &(0..known.by_number().len() as u32).filter(is_present).collect::<Vec<_>>());
///     }
/// }
/// let found = llm_words_over_time(&words, &reference).expect("two periods of enough sentences");
/// assert!(found.llm_words_fall);
/// assert!((found.llm_words.rate_to / found.llm_words.rate_from - 0.5).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn llm_words_over_time(words: &WordCounts, reference: &Reference) -> Option<LlmWordsOverTime> {
    let known = LlmWords::of(reference);
    let numbers = |wanted: &dyn Fn(&LlmWord) -> bool| -> Vec<usize> {
        (known.by_number().iter().enumerate()).filter(|(_, word)| wanted(word)).map(|(number, _)| number).collect()
    };
    let llm = numbers(&|word| word.is_llm_word);
    let rare = numbers(&|word| !word.is_llm_word && word.human_rate <= MAX_RARE_RATE);
    let human_rate = llm.iter().map(|&number| known.by_number()[number].human_rate).sum();
    compare(&by_period(words), &llm, human_rate, &rare)
}

/// Returns the counts of all groups by the first day of their period.
fn by_period(words: &WordCounts) -> BTreeMap<Date, GroupWords> {
    let mut periods: BTreeMap<Date, GroupWords> = BTreeMap::new();
    for (key, group) in words.groups() {
        if let Some(first) = key.period {
            periods.entry(first).or_default().add(group);
        }
    }
    periods.retain(|_, group| group.n_units >= MIN_PERIOD_UNITS);
    periods
}

fn compare(
    periods: &BTreeMap<Date, GroupWords>,
    llm: &[usize],
    human_rate: f64,
    rare: &[usize],
) -> Option<LlmWordsOverTime> {
    let sum = |group: &GroupWords, of: &[usize]| of.iter().map(|&word| group.rate(word)).sum::<f64>();
    let (last, last_words) = periods.last_key_value()?;
    let earlier = || periods.iter().filter(|(first, _)| *first < last);
    let (highest, highest_words) = earlier().max_by(|a, b| sum(a.1, llm).total_cmp(&sum(b.1, llm)))?;
    if llm.is_empty() {
        return None;
    }
    let change = |of: &[usize], sign: f64, n_choices: usize| {
        let z = z_of_words(highest_words, last_words, of);
        let p_value = (Normal::standard().sf(sign * z) * n_choices as f64).min(1.0);
        let (rate_from, rate_to) = (sum(highest_words, of), sum(last_words, of));
        SummedChange { from: *highest, to: *last, rate_from, rate_to, z, p_value }
    };
    let (llm_words, rare_words) = (change(llm, -1.0, earlier().count()), change(rare, 1.0, 1));
    let is_sure = |of: &SummedChange| of.p_value <= MAX_P_VALUE;
    let above_human = llm_words.rate_from - human_rate;
    let fall = llm_words.rate_from - llm_words.rate_to;
    let falls = is_sure(&llm_words) && above_human > 0.0 && fall >= MIN_RELATIVE_CHANGE * above_human;
    let rise = is_sure(&rare_words) && rare_words.rate_to >= (1.0 + MIN_RELATIVE_CHANGE) * rare_words.rate_from;
    let period = |(first, words): (&Date, &GroupWords)| PeriodOfWords {
        first: *first,
        n_units: words.n_units,
        llm_words: sum(words, llm),
        rare_words: sum(words, rare),
    };
    Some(LlmWordsOverTime {
        n_llm_words: llm.len(),
        human_rate,
        n_rare_words: rare.len(),
        periods: periods.iter().map(period).collect(),
        llm_words,
        rare_words,
        llm_words_fall: falls && rise,
    })
}

/// Returns the summed change in standard errors, from the spread of the words' changes around 0.
fn z_of_words(from: &GroupWords, to: &GroupWords, of: &[usize]) -> f64 {
    let (sum, squares) = of.iter().fold((0.0, 0.0), |(sum, squares), &word| {
        let change = to.rate(word) - from.rate(word);
        (sum + change, squares + change * change)
    });
    if squares > 0.0 { sum / squares.sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::GroupKey;

    /// Compares periods in which words 0 to 19 are LLM words, 20 to 59 others that were rare; `rates` are per 1,000
    /// units.
    fn compared(rates: &[(u64, u64)]) -> LlmWordsOverTime {
        let (llm, rare): (Vec<usize>, Vec<usize>) = ((0..20).collect(), (20..60).collect());
        let group = |(of_llm, of_rare): (u64, u64)| {
            // Words differ: a little above and below the rate.
            let count = |number: usize| (if number < 20 { of_llm } else { of_rare }) * 10 + number as u64 % 3;
            GroupWords { n_units: 10_000, n_units_with: (0..60).map(count).collect() }
        };
        let year = |number: usize| jiff::civil::date(2020 + number as i16, 1, 1);
        let periods = rates.iter().enumerate().map(|(number, &of)| (year(number), group(of))).collect();
        compare(&periods, &llm, 0.02, &rare).unwrap()
    }

    #[test]
    fn llm_words_that_fall_while_others_rise_are_noticed() {
        let found = compared(&[(2, 1), (10, 1), (5, 4)]);
        assert!(found.llm_words_fall, "{found:?}");
        assert_eq!(found.llm_words.from, jiff::civil::date(2021, 1, 1));
        assert!((found.llm_words.rate_from - 20.0 * 0.010).abs() < 0.003, "{found:?}");
        // Twenty words that all fall by the same: the square root of 20.
        assert!((found.llm_words.z + 20f64.sqrt()).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn one_half_of_it_is_not_enough() {
        for rates in [[(2, 1), (10, 1), (5, 1)], [(2, 1), (10, 1), (10, 4)], [(2, 1), (5, 1), (10, 4)]] {
            assert!(!compared(&rates).llm_words_fall, "{rates:?}");
        }
    }

    #[test]
    fn a_small_change_is_no_news_however_sure() {
        assert!(!compared(&[(20, 10), (19, 20)]).llm_words_fall);
        // What is above human text, 1 in 1000, falls from 1 to 0.
        assert!(compared(&[(2, 10), (1, 20)]).llm_words_fall);
    }

    #[test]
    fn periods_are_pooled_over_groups_and_small_ones_left_out() {
        let mut words = WordCounts::new(2);
        let group = |name: &str, year: Option<i16>| GroupKey {
            values: vec![Some(name.to_owned())],
            period: year.map(|year| jiff::civil::date(year, 1, 1)),
        };
        words.add(&group("a", Some(2021)), 600, &[0, 0]);
        words.add(&group("b", Some(2021)), 600, &[0, 1]);
        words.add(&group("a", Some(2022)), 999, &[0]);
        words.add(&group("a", None), 5000, &[1]);
        let periods = by_period(&words);
        assert_eq!(periods.len(), 1);
        let pooled = &periods[&jiff::civil::date(2021, 1, 1)];
        assert_eq!((pooled.n_units, pooled.n_units_with.as_slice()), (1200, &[3, 1][..]));
    }
}
