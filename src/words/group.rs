//! Tests the words of one group in its periods, and returns the results to show.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use super::counts::GroupCounts;
use super::course::{Baseline, Course, Expected, Usual};
use super::excess::excess;
use super::llm_words::LlmWord;
use super::options::{MAX_P_ADJUSTED, MIN_TESTED_DOCUMENTS, WordsOptions};
use super::rates::Occurrence;
use super::record::{Excess, Rate, WordPeriod, WordSeries};
use super::scatter::{ASSUMED_SCATTER, scatter_of, typical_deviation};
use super::variance::RelativeVariance;
use crate::corpus::Period;

const DAYS_PER_YEAR: f64 = 365.25;

/// The counts of a group, by rising period; those of the baseline come first.
pub(super) struct Group<'a> {
    pub name: String,
    pub periods: Vec<Period>,
    pub counts: Vec<&'a GroupCounts>,
    pub n_baseline: usize,
    options: &'a WordsOptions,
}

/// A group with its words tested.
pub(super) struct TestedGroup<'a> {
    pub group: Group<'a>,
    /// The tested words, in order; empty without baseline periods or without later ones.
    pub words: Vec<TestedWord<'a>>,
    /// Typical relative scatter of a word.
    pub scatter: f64,
    /// Typical relative change of a word per year; `None` if it is not known.
    pub slope: Option<f64>,
    /// Whether the scatter had to be assumed.
    pub scatter_is_assumed: bool,
    baseline: Baseline,
}

/// A word with a course.
pub(super) struct TestedWord<'a> {
    pub word: &'a str,
    number: u32,
    course: Course,
    own_scatter: Option<RelativeVariance>,
    /// The tests, one for each period after the baseline.
    pub tests: Vec<Test>,
}

/// The result of a test of a word in a period.
#[derive(Clone, Copy)]
pub(super) struct Test {
    pub difference: f64,
    pub ratio_lower: f64,
    pub p_value: f64,
    pub p_adjusted: f64,
}

impl TestedWord<'_> {
    /// Returns the period with the largest excess (of those with a significant one, if any), counted from the first
    /// after the baseline.
    pub fn largest(&self) -> Option<(usize, &Test)> {
        let rank = |test: &Test| (test.p_adjusted <= MAX_P_ADJUSTED, test.difference);
        let later = |a: &Test, b: &Test| {
            let (a, b) = (rank(a), rank(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        };
        // The first of equals.
        self.tests.iter().enumerate().rev().max_by(|a, b| later(a.1, b.1))
    }

    /// Returns whether it rises beyond its course in some period.
    pub fn rises(&self) -> bool {
        self.tests.iter().any(|test| test.p_adjusted <= MAX_P_ADJUSTED && test.difference > 0.0)
    }
}

impl<'a> Group<'a> {
    pub fn new(name: String, periods: BTreeMap<Period, &'a GroupCounts>, options: &'a WordsOptions) -> Group<'a> {
        let (periods, counts): (Vec<Period>, Vec<&GroupCounts>) = periods.into_iter().unzip();
        let n_baseline = periods.iter().filter(|period| period.last < options.baseline_before).count();
        Group { name, periods, counts, n_baseline, options }
    }

    /// Returns whether there is a course and something to compare with it.
    pub fn has_course(&self) -> bool {
        0 < self.n_baseline && self.n_baseline < self.periods.len()
    }

    /// Returns the counts of a word in each period.
    pub fn occurrences(&self, number: Option<u32>) -> Vec<Occurrence> {
        let of = |counts: &&GroupCounts| Occurrence {
            word: number.map(|number| counts.of_word(number)).unwrap_or_default(),
            size: counts.size,
        };
        self.counts.iter().map(of).collect()
    }

    fn n_documents_with(&self, number: u32) -> u64 {
        self.counts.iter().map(|counts| counts.of_word(number).n_documents).sum()
    }

    /// Returns the words in enough documents to be tested, of all words and their numbers.
    fn testable(&self, words: &[(&'a str, u32)], asked: &BTreeSet<&str>) -> Vec<(&'a str, u32)> {
        let is_wanted = |(word, number): &&(&str, u32)| {
            asked.contains(word) || self.n_documents_with(*number) >= MIN_TESTED_DOCUMENTS
        };
        words.iter().filter(is_wanted).copied().collect()
    }

    /// Tests every word in every period after the baseline.
    pub fn test(self, words: &[(&'a str, u32)], asked: &BTreeSet<&str>) -> TestedGroup<'a> {
        let n_baseline = if self.has_course() { self.n_baseline } else { 0 };
        let units = self.periods.iter().zip(&self.counts).map(|(period, counts)| (middle(period), counts.size.n_units));
        let baseline = Baseline::new(units.take(n_baseline));
        let words = if n_baseline > 0 { self.testable(words, asked) } else { vec![] };
        let word = |&(word, number): &(&'a str, u32)| {
            let course = baseline.course(&self.occurrences(Some(number))[..n_baseline]);
            let own_scatter = baseline.residual_scatter(&course);
            TestedWord { word, number, course, own_scatter, tests: vec![] }
        };
        let words: Vec<TestedWord<'_>> = words.par_iter().map(word).collect();
        let scatter = typical_deviation(words.iter().filter_map(|word| word.own_scatter));
        let (scatter, scatter_is_assumed) = (scatter.unwrap_or(ASSUMED_SCATTER), scatter.is_none());
        let slope = typical_deviation(words.iter().filter_map(|word| baseline.relative_slope(&word.course)));
        let mut tested = TestedGroup { group: self, words: vec![], scatter, slope, scatter_is_assumed, baseline };
        tested.words = words.into_par_iter().map(|word| tested.test(word)).collect();
        tested
    }
}

impl<'a> TestedGroup<'a> {
    fn test(&self, word: TestedWord<'a>) -> TestedWord<'a> {
        let later = self.group.n_baseline..self.group.periods.len();
        let test = |at: usize| {
            let found = self.excess(&word, at);
            let (difference, ratio_lower) = (found.difference, found.ratio_interval.lower);
            Test { difference, ratio_lower, p_value: found.p_value, p_adjusted: 1.0 }
        };
        TestedWord { tests: later.map(test).collect(), ..word }
    }

    fn scatter(&self, word: &TestedWord<'_>) -> f64 {
        // The line through two periods leaves nothing of a word's own.
        scatter_of(word.own_scatter, self.baseline.len() > 2, self.scatter)
    }

    fn expected(&self, word: &TestedWord<'_>, at: usize) -> Expected {
        let usual = Usual { scatter: self.scatter(word), slope: self.slope };
        self.baseline.expected(&word.course, middle(&self.group.periods[at]), usual)
    }

    fn excess(&self, word: &TestedWord<'_>, at: usize) -> Excess {
        let counts = self.group.counts[at];
        let observed = Occurrence { word: counts.of_word(word.number), size: counts.size };
        let (label, level) = (&self.group.periods[at].label, self.group.options.level);
        excess(&observed, self.expected(word, at), self.scatter(word), label, level)
    }

    /// Returns the rates of a word over the periods, and its largest excess if it was tested.
    pub fn series(&self, word: &str, number: Option<u32>, known: Option<LlmWord>) -> WordSeries {
        let tested = self.words.binary_search_by(|tested| tested.word.cmp(word)).ok().map(|at| &self.words[at]);
        let (level, n_baseline) = (self.group.options.level, self.group.n_baseline);
        let rate = |(at, of): (usize, &Occurrence)| Rate {
            n_units_with: of.word.n_units,
            rate: of.rate(),
            interval: of.interval(level),
            expected: tested.filter(|_| at >= n_baseline).map(|word| self.expected(word, at).rate),
        };
        let excess = tested.and_then(|word| {
            let (at, test) = word.largest()?;
            Some(Excess { p_adjusted: test.p_adjusted, ..self.excess(word, n_baseline + at) })
        });
        WordSeries {
            word: word.to_owned(),
            llm_log_ratio: known.map(|known| known.log_ratio),
            is_llm_word: known.is_some_and(|known| known.is_llm_word),
            rates: self.group.occurrences(number).iter().enumerate().map(rate).collect(),
            excess,
        }
    }

    /// Returns the periods with their sizes.
    pub fn periods(&self) -> Vec<WordPeriod> {
        let group = &self.group;
        let of = |(at, (period, counts)): (usize, (&Period, &&GroupCounts))| WordPeriod {
            period: period.clone(),
            is_baseline: at < group.n_baseline,
            n_documents: counts.size.n_documents,
            n_units: counts.size.n_units,
        };
        group.periods.iter().zip(&group.counts).enumerate().map(of).collect()
    }
}

/// Returns the middle of a period, in years.
fn middle(period: &Period) -> f64 {
    let days = |date: Date| f64::from(date.year()) * DAYS_PER_YEAR + f64::from(date.day_of_year());
    (days(period.first) + days(period.last)) / 2.0 / DAYS_PER_YEAR
}
