//! Analyses occurrences per period: finds the words that rise beyond their course, and those to show.

use std::collections::{BTreeMap, BTreeSet};

use super::correction::benjamini_hochberg;
use super::counts::OccurrenceTable;
use super::group::{Group, Test, TestedGroup, TestedWord};
use super::llm_words::LlmWords;
use super::options::{MIN_TESTED_DOCUMENTS, Rank, WordsOptions};
use super::record::WordGroup;
use super::warnings;

/// Words over time, group by group.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Analysis {
    /// The groups, by their values.
    pub groups: Vec<WordGroup>,
    /// Number of distinct words tested.
    pub n_words_tested: usize,
    /// Number of tests: words times later periods, over all groups.
    pub n_tests: usize,
}

/// Analyses a table whose groups have periods; groups without one are left out.
///
/// All words in at least [`MIN_TESTED_DOCUMENTS`] documents of a group, and those asked for, are tested in every period
/// after the baseline; the p-values of all groups are adjusted together ([`benjamini_hochberg`]). Without baseline
/// periods, or later ones, there are only rates, of the words that changed most.
///
/// A rate `p` is the share of units with the word, 0 to 1, and `q` the rate expected at the time `x` of its period, in
/// years. The excess is the gap `p - q` and the ratio `p / q` (Kobak et al. 2025, Sci. Adv. 11:eadt3813), with
///
/// ```text
/// q = m + max(b, 0) (x - x_m)
/// z = (p - q) / sqrt(d r (1 - r) / n + var(q) + (s q)^2),   r = (p + q) / 2
/// ```
///
/// where `m` is the mean rate of the baseline, `x_m` its mean time and `b` the slope of the least-squares line through its
/// periods, all weighted by units: with two periods and a rise, `q` is that of Kobak et al. The period has `n` units with
/// the design effect `d` ([`Occurrence::design_effect`](super::Occurrence::design_effect)), and the word's rate scatters
/// from period to period by the part `s`. The p-value is that of a larger normal `z`.
///
/// Assumed is that documents are independent, and that without LLMs rates would have gone on as in the baseline.
///
/// ```
/// use jiff::civil::date;
/// use llm_prevalence::corpus::{GroupKey, PeriodRule};
/// use llm_prevalence::tokenize::UnitRule;
/// use llm_prevalence::words::{Counts, OccurrenceTable, WordsOptions, analyse};
///
/// // A word in 1 of 100 documents of ten sentences, and from 2023 on in 5.
/// let mut table = OccurrenceTable::new(UnitRule::Sentence, vec![]);
/// for year in 2017..=2024 {
///     let key = GroupKey::default().in_period(Some(date(year, 1, 1)));
///     let counts = |n: u64, units: u64| Counts {
///         n_documents: n,
///         n_units: n * units,
///         sum_squares: n * units * units,
///         sum_products: n * units * 10,
///     };
///     table.add(&key, None, counts(10_000, 10));
///     table.add(&key, Some("delve"), counts(if year < 2023 { 100 } else { 500 }, 1));
/// }
/// let found = analyse(&table, None, &WordsOptions::new(PeriodRule::Year, date(2022, 11, 30)));
/// assert_eq!((found.n_words_tested, found.groups[0].n_excess_words), (1, 1));
/// ```
pub fn analyse(table: &OccurrenceTable, llm: Option<&LlmWords>, options: &WordsOptions) -> Analysis {
    let words = table.words();
    let asked: BTreeSet<&str> = options.words.iter().map(String::as_str).collect();
    let mut groups: Vec<TestedGroup<'_>> =
        groups(table, options).into_iter().map(|group| group.test(&words, &asked)).collect();
    let tests = |group: &TestedGroup<'_>| group.words.iter().flat_map(|word| word.tests.clone()).collect::<Vec<Test>>();
    let p_values: Vec<f64> = groups.iter().flat_map(tests).map(|test| test.p_value).collect();
    let tests = groups.iter_mut().flat_map(|group| &mut group.words).flat_map(|word| &mut word.tests);
    tests.zip(benjamini_hochberg(&p_values)).for_each(|(test, adjusted)| test.p_adjusted = adjusted);
    let distinct: BTreeSet<&str> = groups.iter().flat_map(|group| &group.words).map(|word| word.word).collect();
    Analysis {
        groups: groups.iter().map(|group| show(group, table, &words, llm, options)).collect(),
        n_words_tested: distinct.len(),
        n_tests: p_values.len(),
    }
}

/// Returns the groups of the table, each with its periods by time; a missing value comes last.
fn groups<'a>(table: &'a OccurrenceTable, options: &'a WordsOptions) -> Vec<Group<'a>> {
    let mut by_name: BTreeMap<Vec<(bool, &str)>, BTreeMap<_, _>> = BTreeMap::new();
    for (key, counts) in table.groups() {
        let Some(period) = key.period.and_then(|first| options.period.around(first)) else { continue };
        let name = key.values.iter().map(|value| (value.is_none(), value.as_deref().unwrap_or("(none)"))).collect();
        by_name.entry(name).or_default().insert(period, counts);
    }
    let name = |values: Vec<(bool, &str)>| values.iter().map(|(_, value)| *value).collect::<Vec<_>>().join(" ");
    by_name.into_iter().map(|(values, periods)| Group::new(name(values), periods, options)).collect()
}

/// Returns a group with the words of it to show.
fn show(
    of: &TestedGroup<'_>,
    table: &OccurrenceTable,
    words: &[(&str, u32)],
    llm: Option<&LlmWords>,
    options: &WordsOptions,
) -> WordGroup {
    let known = |word: &str| llm.and_then(|llm| llm.get(word));
    let is_llm = |word: &str| known(word).is_some_and(|word| word.is_llm_word);
    let rising: Vec<&TestedWord<'_>> = of.words.iter().filter(|word| word.rises()).collect();
    let n_excess_llm_words = rising.iter().filter(|word| is_llm(word.word)).count();
    let shown: Vec<&str> = if !options.words.is_empty() {
        options.words.iter().map(String::as_str).collect()
    } else if of.group.has_course() {
        most_excess(&rising, options)
    } else {
        most_changed(&of.group, words, options.n_top, &|word| llm.is_none() || is_llm(word))
    };
    WordGroup {
        name: of.group.name.clone(),
        periods: of.periods(),
        words: shown.iter().map(|word| of.series(word, table.number(word), known(word))).collect(),
        n_excess_words: rising.len(),
        n_excess_llm_words,
        scatter: of.group.has_course().then_some(of.scatter),
        slope: of.slope,
        warnings: warnings::of_group(of, rising.len(), options),
    }
}

fn most_excess<'a>(rising: &[&TestedWord<'a>], options: &WordsOptions) -> Vec<&'a str> {
    let value = |word: &TestedWord<'_>| {
        word.largest().map_or(0.0, |(_, test)| match options.rank {
            Rank::Difference => test.difference,
            Rank::Ratio => test.ratio_lower,
        })
    };
    largest(rising.iter().map(|word| (value(word), word.word)).collect(), options.n_top)
}

/// Returns the words to show without a course: those whose rate has risen most from the first period to the last, or
/// with a single period the most frequent.
fn most_changed<'a>(
    group: &Group<'_>,
    words: &[(&'a str, u32)],
    n_top: usize,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Vec<&'a str> {
    let change = |number: u32| {
        let occurrences = group.occurrences(Some(number));
        let n_documents: u64 = occurrences.iter().map(|of| of.word.n_documents).sum();
        let (first, last) = (occurrences.first()?.rate(), occurrences.last()?.rate());
        let change = if occurrences.len() > 1 { last - first } else { last };
        (n_documents >= MIN_TESTED_DOCUMENTS).then_some(change)
    };
    let wanted = words.iter().filter(|(word, _)| is_wanted(word));
    largest(wanted.filter_map(|&(word, number)| Some((change(number)?, word))).collect(), n_top)
}

/// Returns the words with the largest values; ties go to the first in the alphabet.
fn largest(mut words: Vec<(f64, &str)>, n: usize) -> Vec<&str> {
    words.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    words.truncate(n);
    words.into_iter().map(|(_, word)| word).collect()
}
