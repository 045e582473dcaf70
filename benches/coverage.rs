//! How well covered: whether the interval contains the truth, in repeated fits and draws of whole documents that the fit
//! has not seen. Prints reports/coverage.md.
//!
//! `LLM_PREVALENCE_DATA=... cargo bench --bench coverage > reports/coverage.md`
//!
//! Every split draws anew which papers the reference is fitted on, so that the reference's own error varies as the
//! interval claims it does; every sample takes documents of the other papers without replacement. A document is an LLM's
//! with a chance that makes alpha the expected share of sentences, and alpha is the truth that is to be covered.

mod common;

use common::{Known, provenance, read, shuffled, stream};
use llm_prevalence::corpus::Text;
use llm_prevalence::interval::{CalibrationMap, Evidence, ScoreModel, estimate_alpha};
use llm_prevalence::mixture;
use llm_prevalence::occurrence::{Presence, Vocabulary, VocabularyRule, count_occurrences};
use llm_prevalence::reference::grouping::uniform;
use llm_prevalence::reference::training::{TrainingSet, calibrate, fit_weights, score_out_of_fold};
use llm_prevalence::reference::{Calibration, LogisticSettings, Scorer};
use llm_prevalence::tokenize::UnitRule;
use rand::RngExt;
use rayon::prelude::*;

const SEED: u64 = 4;
const ALPHAS: [f64; 6] = [0.0, 0.01, 0.05, 0.2, 0.5, 0.9];
const SIZES: [usize; 3] = [30, 300, 3000];
const REPETITIONS: usize = 400;
const N_FOLDS: u8 = 5;
const FIT_SHARE: f64 = 0.5;
/// ICLR 2019 and the GPT reviews served to choose the interval, so ICLR 2020 is the human side here.
const HUMAN: [&str; 1] = ["reviews/iclr-2020.jsonl.gz"];
const LLM: [&str; 3] = [
    "reviews/llm-gpt-iclr2022.jsonl.gz",
    "reviews/llm-gpt4o-iclr2022.jsonl.gz",
    "reviews/llm-qwen3-30b-iclr2025.jsonl.gz",
];

fn main() {
    if common::is_test_run() {
        return;
    }
    let human = read(&named("COVERAGE_HUMAN", &HUMAN));
    let llm = read(&named("COVERAGE_LLM", &LLM));
    let vocabulary = vocabulary(&human, &llm);
    let sides = [Side::new(human, &vocabulary), Side::new(llm, &vocabulary)];
    println!("# Coverage of the 95 % interval\n\nPrinted by `cargo bench --bench coverage`.\n");
    println!("{}", provenance(SEED, &[HUMAN.as_slice(), LLM.as_slice()].concat()));
    println!(
        "Each repetition takes documents of papers that its reference has not seen, without replacement; a document is an"
    );
    println!(
        "LLM's with a chance that makes alpha the expected share of sentences. The reference is fitted anew, on another"
    );
    println!(
        "half of the papers, for every split. {REPETITIONS} repetitions a cell: a true 95 % shows as 92.8 to 97.2 (95 % range)."
    );
    // Fitting is what takes the time, so several repetitions share a split.
    for (scorer, n_splits) in [(Scorer::Logistic, 40), (Scorer::NaiveBayes, 100)] {
        let n_splits = std::env::var("COVERAGE_SPLITS").ok().and_then(|n| n.parse().ok()).unwrap_or(n_splits);
        if std::env::var("COVERAGE_SCORER").is_ok_and(|wanted| wanted != scorer.name()) {
            continue;
        }
        let [histogram, logistic] = measure(&sides, scorer, vocabulary.len(), n_splits);
        for (map, cells) in [("histogram", histogram), ("logistic", logistic)] {
            println!("\n## {scorer} scores, {map} calibration, {n_splits} splits\n");
            print_cells(&cells);
        }
    }
}

/// Files to use instead of the report's, for trying things on data that the report does not judge.
fn named<'a>(variable: &str, usual: &'a [&'a str]) -> Vec<&'a str> {
    match std::env::var(variable) {
        Ok(names) => names.leak().split(',').collect(),
        Err(_) => usual.to_vec(),
    }
}

fn vocabulary(human: &[Known], llm: &[Known]) -> Vocabulary {
    let count = |known: &[Known]| {
        let texts: Vec<&Text> = known.iter().map(|one| &one.text).collect();
        count_occurrences(&texts, UnitRule::Sentence)
    };
    Vocabulary::choose(&count(human), &[count(llm)], VocabularyRule::default())
}

/// All documents of one side.
struct Side {
    presence: Presence,
    papers: Vec<String>,
}

impl Side {
    fn new(known: Vec<Known>, vocabulary: &Vocabulary) -> Side {
        let texts: Vec<&Text> = known.iter().map(|one| &one.text).collect();
        let presence = Presence::of(&texts, UnitRule::Sentence, vocabulary);
        Side { presence, papers: known.into_iter().map(|one| one.paper).collect() }
    }
}

/// Estimates and hits of one cell.
#[derive(Clone, Default)]
struct Cell {
    errors: Vec<f64>,
    widths: Vec<f64>,
    n_covered: usize,
    n_below: usize,
    n_covered_by_profile: usize,
}

/// One repetition.
struct Found {
    alpha: usize,
    size: usize,
    error: f64,
    width: f64,
    covered: bool,
    below: bool,
    covered_by_profile: bool,
}

/// Cells by calibration (histogram, logistic map), alpha and size.
fn measure(sides: &[Side; 2], scorer: Scorer, n_words: usize, n_splits: usize) -> [Vec<Vec<Cell>>; 2] {
    let mut cells = [(); 2].map(|()| vec![vec![Cell::default(); SIZES.len()]; ALPHAS.len()]);
    for split in 0..n_splits {
        let (calibration, scored) = fit_split(sides, scorer, n_words, split);
        let repetitions = split * REPETITIONS / n_splits..(split + 1) * REPETITIONS / n_splits;
        let of_alpha = |r: usize, a: usize| (0..SIZES.len()).map(move |s| (a, s, r));
        let jobs: Vec<_> = repetitions.flat_map(|r| (0..ALPHAS.len()).flat_map(move |a| of_alpha(r, a))).collect();
        for (cells, map) in cells.iter_mut().zip([CalibrationMap::Histogram, CalibrationMap::Logistic]) {
            let model = ScoreModel::new(&calibration, map);
            let found: Vec<Found> =
                jobs.par_iter().map(|&(a, s, r)| one(&scored, &calibration, &model, map, a, s, r)).collect();
            found.into_iter().for_each(|one| cells[one.alpha][one.size].add(&one));
        }
    }
    cells
}

impl Cell {
    fn add(&mut self, one: &Found) {
        self.errors.push(one.error);
        self.widths.push(one.width);
        self.n_covered += usize::from(one.covered);
        self.n_below += usize::from(one.below);
        self.n_covered_by_profile += usize::from(one.covered_by_profile);
    }
}

/// Fits on the papers of one half; returns the calibration and the scores of the other papers' documents.
fn fit_split(sides: &[Side; 2], scorer: Scorer, n_words: usize, split: usize) -> (Calibration, [Vec<Vec<f64>>; 2]) {
    let mut presence = Presence::default();
    let (mut class_of, mut fold_of) = (Vec::new(), Vec::new());
    let mut unseen = [Vec::new(), Vec::new()];
    for (class, side) in sides.iter().enumerate() {
        for document in 0..side.presence.n_documents() {
            let place = uniform(format!("split {SEED} {split} {}", side.papers[document]).as_bytes());
            if place < FIT_SHARE {
                presence.push_document(&side.presence, document);
                class_of.push(class as u8);
                fold_of.push((place / FIT_SHARE * f64::from(N_FOLDS)) as u8);
            } else if !side.presence.units_of(document).is_empty() {
                unseen[class].push(document);
            }
        }
    }
    let set = TrainingSet { presence: &presence, class_of: &class_of, fold_of: &fold_of, n_components: 1, n_words };
    let weights = fit_weights(&set, scorer, LogisticSettings::default(), None);
    let scores = score_out_of_fold(&set, scorer, LogisticSettings::default(), N_FOLDS);
    let score = |class: usize| {
        let side = &sides[class].presence;
        let mut out = [0.0];
        unseen[class]
            .iter()
            .map(|&document| {
                side.units_of(document)
                    .map(|unit| {
                        weights.score(side.unit(unit), &mut out);
                        f64::from(out[0] as f32)
                    })
                    .collect()
            })
            .collect()
    };
    (calibrate(&set, &scores), [score(0), score(1)])
}

fn one(
    scored: &[Vec<Vec<f64>>; 2],
    calibration: &Calibration,
    model: &ScoreModel<'_>,
    map: CalibrationMap,
    a: usize,
    s: usize,
    r: usize,
) -> Found {
    let mut generator = stream(SEED, ((a * SIZES.len() + s) * REPETITIONS + r) as u64);
    let (alpha, size) = (ALPHAS[a], SIZES[s]);
    let mean_size = |side: usize| scored[side].iter().map(Vec::len).sum::<usize>() as f64 / scored[side].len() as f64;
    let (llm, human) = (alpha / mean_size(1), (1.0 - alpha) / mean_size(0));
    let chance = llm / (llm + human);
    let n_llm = (0..size).filter(|_| generator.random::<f64>() < chance).count();
    let mut units = Vec::new();
    let mut ends = Vec::new();
    for (side, n) in [(0, size - n_llm), (1, n_llm)] {
        for document in shuffled(scored[side].len(), &mut generator).into_iter().cycle().take(n) {
            units.extend_from_slice(&scored[side][document]);
            ends.push(units.len() as u32);
        }
    }
    let evidence = Evidence::new(units, ends, calibration, map);
    let found = estimate_alpha(&evidence, model, 0.95);
    let (lower, upper) = (found.interval.lower, found.interval.upper);
    Found {
        alpha: a,
        size: s,
        error: found.alpha - alpha,
        width: upper - lower,
        covered: (lower..=upper).contains(&alpha),
        below: upper < alpha,
        covered_by_profile: profile_covers(&evidence, model, found.alpha, alpha),
    }
}

/// The interval of DESIGN section 3, for comparison: profile likelihood, with c = sandwich / model variance at the estimate.
fn profile_covers(evidence: &Evidence, model: &ScoreModel<'_>, estimate: f64, truth: f64) -> bool {
    let likelihood = |alpha| mixture::log_likelihood(evidence.excess(), alpha);
    let at = evidence.moments(estimate);
    let variance = at.clustered_variance + model.reference_variance(evidence, estimate);
    let c = variance * evidence.n_units() as f64 / at.information;
    2.0 * (likelihood(estimate) - likelihood(truth)) <= c * 3.841_458_820_694_124
}

fn print_cells(cells: &[Vec<Cell>]) {
    println!(
        "| alpha | documents | covered, % | interval below, % | profile interval, % | bias, points | sd of estimate, points | mean width, points |"
    );
    println!("| --: | --: | --: | --: | --: | --: | --: | --: |");
    let mut coverages = Vec::new();
    for (a, row) in cells.iter().enumerate() {
        for (s, cell) in row.iter().enumerate() {
            let n = cell.errors.len() as f64;
            let bias = cell.errors.iter().sum::<f64>() / n;
            let sd = (cell.errors.iter().map(|error| (error - bias).powi(2)).sum::<f64>() / n).sqrt();
            let coverage = cell.n_covered as f64 / n * 100.0;
            coverages.push(coverage);
            println!(
                "| {} | {} | {coverage:.1} | {:.1} | {:.1} | {:+.3} | {:.3} | {:.3} |",
                ALPHAS[a],
                SIZES[s],
                cell.n_below as f64 / n * 100.0,
                cell.n_covered_by_profile as f64 / n * 100.0,
                bias * 100.0,
                sd * 100.0,
                cell.widths.iter().sum::<f64>() / n * 100.0
            );
        }
    }
    let outside = coverages.iter().filter(|coverage| !(92.0..=98.0).contains(*coverage)).count();
    let average = coverages.iter().sum::<f64>() / coverages.len() as f64;
    println!(
        "\nAverage {average:.1} %; lowest {:.1}, highest {:.1}; {outside} of {} cells outside 92 to 98 %.",
        coverages.iter().copied().fold(f64::INFINITY, f64::min),
        coverages.iter().copied().fold(0.0, f64::max),
        coverages.len()
    );
}
