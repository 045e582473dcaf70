//! Invented records of trends and words, for figures and pages.

use crate::corpus::{CHATGPT, Event, Period, PeriodRule, UndatedSummary};
use crate::estimate::{GroupEstimate, InputSummary, ReferenceSummary, RunSummary, ShareEstimate};
use crate::interval::{Interval, Misfit};
use crate::tokenize::UnitRule;
use crate::trend::{
    Ageing, Artefact, NewestGenerator, PeriodEstimate, SeriesSign, Sign, Trend, TrendSeries, TrendWarning,
};
use crate::words::{Excess, Rate, WordGroup, WordPeriod, WordSeries, Words};
use jiff::civil::date;

/// Names of venues, long and short, one of them hostile.
pub const VENUES: [&str; 12] = [
    "ICLR",
    "NeurIPS",
    "<script>alert(1)</script>",
    "International Conference on Very Long Names and Their Abbreviations",
    "International Conference on Very Long Names and Their Reviewers",
    "CoRL & friends",
    "\"EMNLP\" 'Findings'",
    "Journal of Café Studies",
    "ACL",
    "AISTATS",
    "UAI",
    "COLT",
];

/// Words that rise, as in 2024.
pub const WORDS: [&str; 10] = [
    "commendable",
    "meticulous",
    "intricate",
    "delve",
    "notably",
    "pivotal",
    "showcasing",
    "underscores",
    "innovative",
    "versatile",
];

/// Returns the rule with which so many periods are a plausible time.
fn rule(n_periods: usize) -> PeriodRule {
    if n_periods <= 12 { PeriodRule::Year } else { PeriodRule::Month }
}

/// Returns periods that end around 2025, or begin in 2022 if there are few.
pub fn periods(n_periods: usize) -> Vec<Period> {
    let rule = rule(n_periods);
    let start = if n_periods <= 4 {
        date(2022, 1, 1)
    } else if n_periods <= 12 {
        date(2026 - n_periods as i16, 1, 1)
    } else {
        date(2019, 1, 1)
    };
    let mut periods = vec![rule.around(start).unwrap()];
    while periods.len() < n_periods {
        let next = periods.last().unwrap().last.tomorrow().unwrap();
        periods.push(rule.around(next).unwrap());
    }
    periods
}

/// Returns a number from 0 to 1 that looks random and is the same each time.
pub fn chance(a: usize, b: usize) -> f64 {
    let mixed = (a as u64 * 7919 + b as u64 * 104_729 + 17).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 40) as f64 / (1u64 << 24) as f64
}

/// Returns an estimate of a group.
pub fn estimate(alpha: f64, half: f64, distance: f64, n_documents: usize) -> GroupEstimate {
    let interval = Interval { lower: (alpha - half).max(0.0), upper: (alpha + half * 1.2).min(1.0) };
    let found = ShareEstimate {
        sampling_interval: Some(interval),
        systematic_error: Some(half / 4.0),
        design_effect: Some(2.0),
        p_zero: Some(0.001),
        misfit: Some(Misfit { distance, tolerance: 0.05, p_value: 0.001, flagged: distance > 0.05 }),
        ..ShareEstimate::new(alpha, half / 2.0, interval)
    };
    GroupEstimate {
        outcome: Some(found),
        warnings: vec![],
        ..GroupEstimate::too_small(vec![], n_documents, n_documents * 25, UnitRule::Sentence)
    }
}

/// Returns a rise after 2022, its height depending on the series; with periods that are small, empty, missing, flagged and falling.
fn series(number: usize, name: &str, periods: &[Period]) -> TrendSeries {
    let n = periods.len();
    let mut estimates: Vec<PeriodEstimate> = Vec::new();
    for (at, period) in periods.iter().enumerate() {
        let years = (period.last.year() - 2022) as f64 + f64::from(period.last.month()) / 12.0;
        let rise = if years > 0.0 { 0.04 * years * (1.0 + number as f64 / 3.0) } else { 0.0 };
        let alpha = (rise * (0.85 + 0.3 * chance(number, at))).min(0.95);
        let is_small = n > 4 && (at + number) % 7 == 5;
        let half = (0.008 + alpha * 0.12) * if is_small { 4.0 } else { 1.0 };
        let distance = if n > 2 && at + 2 == n && number.is_multiple_of(3) { 0.133 } else { 0.02 };
        let mut one = PeriodEstimate {
            period: period.clone(),
            estimate: estimate(alpha, half, distance, if is_small { 12 } else { 1500 + 37 * at + 11 * number }),
            is_small,
            artefact: None,
        };
        if n > 4 && at == 1 && number % 4 == 1 {
            one.estimate = GroupEstimate::too_small(vec![], 2, 31, UnitRule::Sentence);
            one.is_small = true;
        }
        one.estimate.placebo = n > 4 && period.last < date(2021, 1, 1) && one.estimate.outcome.is_some();
        // Falls at the end, which may be an artefact.
        if n > 2 && at + 1 == n && number.is_multiple_of(2) {
            let fallen = alpha * 0.6;
            one.estimate = estimate(fallen, half, distance, 1400);
            one.artefact = Some(Artefact { highest: "the year before".to_owned(), newest: newest() });
        }
        if n > 4 && at == n / 2 && number % 5 == 2 {
            continue;
        }
        estimates.push(one);
    }
    let name = name.to_owned();
    TrendSeries { name, periods: estimates, undated: vec![], changes: vec![], slope: None, break_test: None }
}

/// Returns the newest generator of the reference.
fn newest() -> NewestGenerator {
    NewestGenerator { name: "qwen3-30b".to_owned(), released: date(2024, 4, 29) }
}

/// Returns the summary of how results were made.
fn run<R>(reference: R) -> RunSummary<R> {
    let files = vec!["reviews.jsonl.gz".to_owned()];
    let input = InputSummary { files, n_documents: 23_456, ..InputSummary::default() };
    RunSummary { input, ..RunSummary::new(UnitRule::Sentence, 0.95, 0, reference) }
}

/// Returns a trend of so many series and periods.
pub fn trend(n_series: usize, n_periods: usize) -> Trend {
    let periods = periods(n_periods);
    let name = |number: usize| if n_series == 1 { "" } else { VENUES[number % VENUES.len()] };
    Trend {
        run: run(ReferenceSummary {
            name: "reviews".to_owned(),
            sha256: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef".to_owned(),
            sources: vec!["human".to_owned(), "gpt-4".to_owned(), "qwen3-30b".to_owned()],
            scorer: Some(crate::reference::Scorer::Logistic),
            calibration_slope: vec![0.93],
        }),
        warnings: vec![TrendWarning::WordsUnknown],
        command: "llm-prevalence trend reviews.jsonl.gz --by venue --html report.html".to_owned(),
        period: rule(n_periods),
        undated: UndatedSummary { n_without_date: 3, n_unreadable: 1, examples: vec!["<b>soon</b>".to_owned()] },
        events: vec![Event::new(CHATGPT, "ChatGPT"), Event::new(date(2024, 3, 14), "policy against LLM reviews")],
        series: (0..n_series).map(|number| series(number, name(number), &periods)).collect(),
        ageing: Ageing {
            aged: true,
            newest_generator: Some(newest()),
            later_from: Some("2025".to_owned()),
            misfit_rises: true,
            llm_words_fall: Some(true),
            words: None,
            reasons: vec![Sign::OfSeries {
                series: String::new(),
                sign: SeriesSign::MisfitRise {
                    from: ("2024".to_owned(), 0.020),
                    to: ("2025".to_owned(), 0.133),
                    exceeds_share: true,
                },
            }],
        },
    }
}

/// Returns words over so many periods, in so many groups.
pub fn words(n_groups: usize, n_words: usize, n_periods: usize) -> Words {
    let all = periods(n_periods);
    let is_baseline = |period: &Period| period.last < CHATGPT;
    let group = |number: usize| WordGroup {
        name: if n_groups == 1 { String::new() } else { VENUES[(number + 2) % VENUES.len()].to_owned() },
        periods: all
            .iter()
            .map(|period| WordPeriod {
                period: period.clone(),
                is_baseline: is_baseline(period),
                n_documents: 1500,
                n_units: 37_242,
            })
            .collect(),
        words: (0..n_words).map(|word| word_series(number, word, &all, is_baseline)).collect(),
        n_excess_words: n_words,
        n_excess_llm_words: n_words / 2,
        scatter: Some(0.12),
        slope: None,
        warnings: vec![],
    };
    Words {
        run: run(Some("reviews".to_owned())),
        warnings: vec![],
        command: "llm-prevalence words reviews.jsonl.gz --top 10".to_owned(),
        period: rule(n_periods),
        undated: UndatedSummary::default(),
        events: vec![Event::new(CHATGPT, "ChatGPT")],
        baseline_before: CHATGPT,
        n_words_tested: 8_123,
        n_tests: 16_246,
        correction: crate::words::Correction::default(),
        max_p_adjusted: 0.05,
        groups: (0..n_groups).map(group).collect(),
    }
}

fn word_series(group: usize, number: usize, periods: &[Period], is_baseline: impl Fn(&Period) -> bool) -> WordSeries {
    let base = 0.0004 + 0.0001 * number as f64;
    let rate = |(at, period): (usize, &Period)| {
        let years = ((period.last.year() - 2022) as f64 + f64::from(period.last.month()) / 12.0 - 1.0).max(0.0);
        let rate =
            (base + years * 0.0014 / (1.0 + number as f64 * 0.4)) * (0.9 + 0.2 * chance(number + 31 * group, at));
        let half = 2.0 * (rate / 37_242.0).sqrt();
        Rate {
            n_units_with: (rate * 37_242.0).round() as u64,
            rate,
            interval: Interval { lower: (rate - half).max(0.0), upper: rate + half * 1.2 },
            expected: (!is_baseline(period)).then_some(base),
        }
    };
    let rates: Vec<Rate> = periods.iter().enumerate().map(rate).collect();
    let last = rates[rates.len() - 1];
    WordSeries {
        word: WORDS[number % WORDS.len()].to_owned(),
        llm_log_ratio: (number % 4 != 3).then_some(2.0 - 0.1 * number as f64),
        is_llm_word: number % 4 != 3,
        excess: last.expected.map(|expected| Excess {
            period: periods[periods.len() - 1].label.clone(),
            observed: last.rate,
            expected,
            difference: last.rate - expected,
            difference_interval: Interval {
                lower: last.interval.lower - expected,
                upper: last.interval.upper - expected,
            },
            ratio: last.rate / expected,
            ratio_interval: Interval { lower: last.interval.lower / expected, upper: last.interval.upper / expected },
            p_value: 1e-9,
            p_adjusted: 1e-5,
        }),
        rates,
    }
}
