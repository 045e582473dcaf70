//! Words over time on simulated text: nothing is found where nothing rises, and what rises is.

use jiff::civil::date;
use llm_prevalence::corpus::{GroupKey, PeriodRule};
use llm_prevalence::interval::Interval;
use llm_prevalence::tokenize::UnitRule;
use llm_prevalence::words::{Analysis, Counts, MAX_P_ADJUSTED, OccurrenceTable, WordSeries, WordsOptions, analyse};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use statrs::distribution::{ContinuousCDF, Normal};

const N_WORDS: usize = 1500;
const N_DOCUMENTS: u64 = 4000;
/// Units of a document.
const N_UNITS: u64 = 10;
/// The baseline is 2018 to 2021.
const YEARS: [i16; 7] = [2018, 2019, 2020, 2021, 2022, 2023, 2024];

/// Words of rates from 0.0005 to 0.03, in a document either in none of the units or in a third of them. Their rates scatter from year
/// to year by `scatter`, and rise or fall steadily by `slope` in a year; those that rise are three times as frequent from 2023 on.
fn simulated(seed: u64, years: &[i16], usual: (f64, f64), rises: fn(usize) -> bool) -> OccurrenceTable {
    simulated_with_rates(seed, years, usual, rises).0
}

/// The same, and the words' true rates in the last year.
fn simulated_with_rates(
    seed: u64,
    years: &[i16],
    (scatter, slope): (f64, f64),
    rises: fn(usize) -> bool,
) -> (OccurrenceTable, Vec<f64>) {
    let mut last = vec![0.0; N_WORDS];
    let mut generator = Pcg64Mcg::seed_from_u64(seed);
    let mut table = OccurrenceTable::new(UnitRule::Sentence, vec![]);
    let mut normal = || Normal::standard().inverse_cdf(generator.random_range(0.0..1.0));
    let slopes: Vec<f64> = (0..N_WORDS).map(|_| slope * normal()).collect();
    for &year in years {
        let key = GroupKey::default().in_period(Some(date(year, 1, 1)));
        let (n_documents, n_units) = (N_DOCUMENTS, N_DOCUMENTS * N_UNITS);
        let squares = n_documents * N_UNITS * N_UNITS;
        table.add(&key, None, Counts { n_documents, n_units, sum_squares: squares, sum_products: squares });
        for word in 0..N_WORDS {
            let factor = if rises(word) && year > 2022 { 3.0 } else { 1.0 };
            let of_year = (scatter * Normal::standard().inverse_cdf(generator.random_range(0.0..1.0))).exp();
            let course = (1.0 + slopes[word] * f64::from(year - 2020)).max(0.0);
            let rate = rate_of(word) * factor * of_year * course;
            table.add(&key, Some(&format!("w{word:04}")), counts(&mut generator, 3.0 * rate));
            last[word] = rate;
        }
    }
    (table, last)
}

fn rate_of(word: usize) -> f64 {
    0.0005 * 60f64.powf(word as f64 / N_WORDS as f64)
}

/// The counts of a word that a document has with this probability.
fn counts(generator: &mut Pcg64Mcg, has_it: f64) -> Counts {
    let mut counts = Counts::default();
    let mut document = 0.0;
    loop {
        // The number of documents to the next that has it is geometric.
        let at: f64 = generator.random_range(0.0..1.0);
        document += 1.0 + (at.ln() / (1.0 - has_it).ln()).floor();
        if document > N_DOCUMENTS as f64 {
            return counts;
        }
        let n = (0..N_UNITS).filter(|_| generator.random_range(0..3) == 0).count() as u64;
        counts.n_documents += u64::from(n > 0);
        counts.n_units += n;
        counts.sum_squares += n * n;
        counts.sum_products += n * N_UNITS;
    }
}

fn analysed(table: &OccurrenceTable, words: Vec<String>) -> Analysis {
    let options = WordsOptions::new(PeriodRule::Year, date(2022, 11, 30)).n_top(N_WORDS).words(words);
    analyse(table, None, &options)
}

fn all_words() -> Vec<String> {
    (0..N_WORDS).map(|word| format!("w{word:04}")).collect()
}

/// Under the null a false discovery is any discovery: at most 5 % of runs may have one, or 4 of 20 (more would have a probability of
/// 0.003).
#[test]
fn steady_words_are_not_found() {
    // Baselines of one, two and four years.
    for (n_left_out, scatter, slope) in [(3, 0.1, 0.0), (2, 0.1, 0.05), (0, 0.0, 0.0), (0, 0.1, 0.0), (0, 0.1, 0.05)] {
        let n_with_any = (0..20)
            .filter(|seed| {
                let found = analysed(&simulated(*seed, &YEARS[n_left_out..], (scatter, slope), |_| false), vec![]);
                assert!(found.n_words_tested > N_WORDS / 2);
                found.groups[0].n_excess_words > 0
            })
            .count();
        assert!(
            n_with_any <= 4,
            "{n_left_out} left out, scatter {scatter}, slope {slope}: {n_with_any} of 20 runs found a word"
        );
    }
}

/// Shares of uncorrected p-values below 0.01 and 0.001, of words in a single later year, are no larger than that.
#[test]
fn p_values_of_steady_words_are_not_too_small() {
    for (n_left_out, scatter, slope) in [(3, 0.1, 0.0), (2, 0.1, 0.05), (0, 0.0, 0.0), (0, 0.1, 0.0), (0, 0.1, 0.05)] {
        let mut p_values = Vec::new();
        for seed in 0..10 {
            let found =
                analysed(&simulated(100 + seed, &YEARS[n_left_out..5], (scatter, slope), |_| false), all_words());
            p_values.extend(found.groups[0].words.iter().map(|word| word.excess.as_ref().unwrap().p_value));
        }
        let share = |below: f64| p_values.iter().filter(|p| **p < below).count() as f64 / p_values.len() as f64;
        println!(
            "{n_left_out} left out, scatter {scatter}, slope {slope}: {} below 0.01, {} below 0.001",
            share(0.01),
            share(0.001)
        );
        // Standard errors of 15,000 words are 0.0008 and 0.0003.
        assert!(
            share(0.01) <= 0.012 && share(0.001) <= 0.0018,
            "{n_left_out} left out, scatter {scatter}, slope {slope}"
        );
    }
}

#[test]
fn words_that_rise_are_found_and_hardly_any_other() {
    let found = analysed(&simulated(7, &YEARS, (0.1, 0.05), |word| word % 3 == 0), vec![]);
    let number = |word: &WordSeries| word.word[1..].parse::<usize>().unwrap();
    let words = &found.groups[0].words;
    let right: Vec<usize> = words.iter().map(number).filter(|word| word % 3 == 0).collect();
    println!("{} of {} found are right", right.len(), words.len());
    assert_eq!(found.groups[0].n_excess_words, words.len());
    assert!(words.len() - right.len() <= words.len() / 10, "{} of {}", right.len(), words.len());
    // The rarest third cannot be told; of those with a rate of 0.0077 or more, 300 units a year, nine in ten must be.
    let frequent = right.iter().filter(|word| **word >= 1000).count();
    assert!(frequent >= 150, "{frequent} of 167");
    // Ranked by the gap.
    let gaps: Vec<f64> = words.iter().map(|word| word.excess.as_ref().unwrap().difference).collect();
    assert!(gaps.is_sorted_by(|a, b| a >= b));
    assert!(words.iter().all(|word| word.excess.as_ref().unwrap().p_adjusted <= MAX_P_ADJUSTED));
}

/// Intervals of gap and ratio hold the truth in at least 95 % of words: two thirds of the rate in that year, whatever it is, and three
/// times.
#[test]
fn the_intervals_of_the_excess_cover() {
    let (mut n, mut n_gap, mut n_ratio) = (0.0, 0.0, 0.0);
    for seed in 0..4 {
        let years = [2018, 2019, 2020, 2021, 2024];
        let (table, rates) = simulated_with_rates(50 + seed, &years, (0.1, 0.0), |_| true);
        let found = analysed(&table, all_words());
        for (word, series) in found.groups[0].words.iter().enumerate() {
            let excess = series.excess.as_ref().unwrap();
            let is_in = |of: Interval, truth: f64| of.lower <= truth && truth <= of.upper;
            n += 1.0;
            n_gap += f64::from(is_in(excess.difference_interval, rates[word] * 2.0 / 3.0));
            n_ratio += f64::from(is_in(excess.ratio_interval, 3.0));
        }
    }
    println!("gap {}, ratio {}", n_gap / n, n_ratio / n);
    // 6,000 words: a standard error of 0.003.
    assert!(n_gap / n >= 0.944 && n_ratio / n >= 0.944, "{} {}", n_gap / n, n_ratio / n);
}

#[test]
fn twice_the_documents_keep_the_rates_and_narrow_the_intervals() {
    let once = simulated(3, &YEARS, (0.1, 0.0), |word| word % 3 == 0);
    let mut twice = once.clone();
    twice.merge(&once);
    let (once, twice) = (analysed(&once, all_words()), analysed(&twice, all_words()));
    for (a, b) in once.groups[0].words.iter().zip(&twice.groups[0].words).filter(|(a, _)| a.word.as_str() > "w0700") {
        for (a, b) in a.rates.iter().zip(&b.rates) {
            assert_eq!(a.rate, b.rate);
            let narrower = (a.interval.upper - a.interval.lower) / (b.interval.upper - b.interval.lower);
            // Wilson's interval of few units, and D / (D - 1), keep it from being the root of two exactly.
            assert!((narrower - 2f64.sqrt()).abs() < 0.02, "{narrower}");
        }
    }
}
