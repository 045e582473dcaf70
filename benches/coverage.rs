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
use llm_prevalence::interval::{CalibrationMap, ScoredTarget};
use llm_prevalence::occurrence::{Presence, Vocabulary, VocabularyRule, count_occurrences};
use llm_prevalence::progress::Silent;
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

/// Generators of the LLM side when several are told apart, by how their names in the data begin.
const GENERATORS: [(&str, &str); 4] =
    [("gpt-3.5", "gpt-3.5-"), ("gpt-4", "gpt-4-"), ("gpt-4o", "gpt-4o-"), ("qwen3-30b", "qwen3-30B")];

fn main() {
    if common::is_test_run() {
        return;
    }
    let n_components = std::env::var("COVERAGE_SOURCES").unwrap_or_else(|_| "1".to_owned());
    let (title, variable) = match n_components.as_str() {
        "4" => (" with four LLM components", "COVERAGE_SOURCES=4 "),
        _ => ("", ""),
    };
    println!("# Coverage of the 95 % interval{title}\n\nPrinted by `{variable}cargo bench --bench coverage`.\n");
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
    match n_components.as_str() {
        "4" => several_components(),
        _ => one_component(),
    }
}

/// Human against all LLM reviews together.
fn one_component() {
    let (human, llm) = (read(&named("COVERAGE_HUMAN", &HUMAN)), read(&named("COVERAGE_LLM", &LLM)));
    println!(
        "`profile interval` is the usual one for clustered data: profile likelihood, with c = sandwich / model variance at the estimate."
    );
    let vocabulary = vocabulary(&human, &llm);
    let sides = vec![Side::new(human, &vocabulary), Side::new(llm, &vocabulary)];
    // Fitting is what takes the time, so several repetitions share a split.
    for (scorer, n_splits) in [(Scorer::Logistic, 40), (Scorer::NaiveBayes, 100)] {
        let n_splits = wanted_splits(n_splits);
        if std::env::var("COVERAGE_SCORER").is_ok_and(|wanted| wanted != scorer.name()) {
            continue;
        }
        let cells = measure(&sides, scorer, vocabulary.len(), n_splits, &[Composition::Even], &MAPS);
        for (map, cells) in MAPS.iter().zip(cells) {
            let map = format!("{map:?}").to_lowercase();
            println!("\n## {scorer} scores, {map} calibration, {n_splits} splits\n");
            print_cells(&cells, 1);
        }
    }
}

/// Human against four generators, each a component.
fn several_components() {
    let human = read(&named("COVERAGE_HUMAN", &HUMAN));
    let llm = read(&LLM);
    let vocabulary = vocabulary(&human, &llm);
    let mut groups: Vec<Vec<Known>> = GENERATORS.iter().map(|_| Vec::new()).collect();
    for one in llm {
        let name = one.generator.clone().unwrap_or_default();
        groups[GENERATORS.iter().position(|(_, beginning)| name.starts_with(beginning)).unwrap()].push(one);
    }
    let sides: Vec<Side> = std::iter::once(human).chain(groups).map(|known| Side::new(known, &vocabulary)).collect();
    let n_splits = wanted_splits(20);
    let compositions = [Composition::Even, Composition::Single];
    // The logistic map takes minutes for a large target with several components.
    let cells = measure(&sides, Scorer::Logistic, vocabulary.len(), n_splits, &compositions, &MAPS[..1]);
    println!("The components: {}. Goal: every cell between 91 and 98 %.", GENERATORS.map(|(name, _)| name).join(", "));
    for (composition, cells) in compositions.iter().zip(cells) {
        let what = match composition {
            Composition::Even => "LLM reviews by all four",
            Composition::Single => "LLM reviews by one of the four, another in every repetition",
        };
        println!("\n## {what}: logistic scores, histogram calibration, {n_splits} splits\n");
        print_cells(&cells, GENERATORS.len());
    }
}

const MAPS: [CalibrationMap; 2] = [CalibrationMap::Histogram, CalibrationMap::Logistic];

/// Which generators the LLM documents are by.
#[derive(Clone, Copy)]
enum Composition {
    /// Each document by any of them.
    Even,
    /// All by one, which changes with the repetition.
    Single,
}

fn wanted_splits(usual: usize) -> usize {
    std::env::var("COVERAGE_SPLITS").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
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

/// Cells by composition and calibration (histogram, logistic map), alpha and size.
fn measure(
    sides: &[Side],
    scorer: Scorer,
    n_words: usize,
    n_splits: usize,
    compositions: &[Composition],
    maps: &[CalibrationMap],
) -> Vec<Vec<Vec<Cell>>> {
    let n_tables = compositions.len() * maps.len();
    let mut cells = vec![vec![vec![Cell::default(); SIZES.len()]; ALPHAS.len()]; n_tables];
    for split in 0..n_splits {
        let (calibration, scored) = fit_split(sides, scorer, n_words, split);
        let repetitions = split * REPETITIONS / n_splits..(split + 1) * REPETITIONS / n_splits;
        let of_alpha = |r: usize, a: usize| (0..SIZES.len()).map(move |s| (a, s, r));
        let n_alphas = std::env::var("COVERAGE_ALPHAS").ok().and_then(|n| n.parse().ok()).unwrap_or(ALPHAS.len());
        let jobs: Vec<_> = repetitions.flat_map(|r| (0..n_alphas).flat_map(move |a| of_alpha(r, a))).collect();
        let cases = compositions.iter().flat_map(|composition| maps.iter().map(move |map| (*composition, *map)));
        for (cells, (composition, map)) in cells.iter_mut().zip(cases) {
            let found: Vec<Found> =
                jobs.par_iter().map(|&(a, s, r)| one(&scored, &calibration, map, composition, [a, s, r])).collect();
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
fn fit_split(sides: &[Side], scorer: Scorer, n_words: usize, split: usize) -> (Calibration, Vec<Vec<Vec<f64>>>) {
    let mut presence = Presence::default();
    let (mut class_of, mut fold_of) = (Vec::new(), Vec::new());
    let mut unseen = vec![Vec::new(); sides.len()];
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
    let set = TrainingSet::new(&presence, &class_of, &fold_of, n_words);
    let weights = fit_weights(&set, scorer, LogisticSettings::default());
    let scores = score_out_of_fold(&set, scorer, LogisticSettings::default(), N_FOLDS, &weights, (&Silent, "coverage"));
    let score = |class: usize| {
        let side = &sides[class].presence;
        let mut out = vec![0.0; sides.len() - 1];
        unseen[class]
            .iter()
            .map(|&document| {
                side.units_of(document)
                    .flat_map(|unit| {
                        weights.score(side.unit(unit), &mut out);
                        out.iter().map(|score| f64::from(*score as f32)).collect::<Vec<f64>>()
                    })
                    .collect()
            })
            .collect()
    };
    (calibrate(&set, &scores), (0..sides.len()).map(score).collect())
}

fn one(
    scored: &[Vec<Vec<f64>>],
    calibration: &Calibration,
    map: CalibrationMap,
    composition: Composition,
    [a, s, r]: [usize; 3],
) -> Found {
    let mut generator = stream(SEED, ((a * SIZES.len() + s) * REPETITIONS + r) as u64);
    let (alpha, size, k) = (ALPHAS[a], SIZES[s], scored.len() - 1);
    let mean_size = |side: usize| scored[side].iter().map(Vec::len).sum::<usize>() as f64 / scored[side].len() as f64;
    let llms: Vec<usize> = match composition {
        Composition::Even => (1..=k).collect(),
        Composition::Single => vec![r % k + 1],
    };
    let size_of_llms = llms.iter().map(|&side| mean_size(side)).sum::<f64>() / llms.len() as f64;
    let (llm, human) = (alpha / size_of_llms, (1.0 - alpha) / mean_size(0));
    let chance = llm / (llm + human);
    let mut n_of_side = vec![0; k + 1];
    for _ in 0..size {
        let is_llm = generator.random::<f64>() < chance;
        // One generator alone is not drawn, so that K = 1 has the draws that it always had.
        let of_llm = if is_llm && llms.len() > 1 { generator.random_range(0..llms.len()) } else { 0 };
        n_of_side[if is_llm { llms[of_llm] } else { 0 }] += 1;
    }
    let mut documents: Vec<Vec<f64>> = Vec::new();
    for (side, n) in n_of_side.into_iter().enumerate() {
        for document in shuffled(scored[side].len(), &mut generator).into_iter().cycle().take(n) {
            documents.push(scored[side][document].clone());
        }
    }
    let target = ScoredTarget::new(documents, calibration, map);
    let found = target.alpha(0.95);
    let (lower, upper) = (found.interval.lower, found.interval.upper);
    Found {
        alpha: a,
        size: s,
        error: found.share - alpha,
        width: upper - lower,
        covered: (lower..=upper).contains(&alpha),
        below: upper < alpha,
        covered_by_profile: profile_covers(&target, found.share, alpha).unwrap_or_default(),
    }
}

/// Returns whether the usual interval for clustered data holds the truth: profile likelihood, with c = sandwich / model variance at the estimate.
fn profile_covers(target: &ScoredTarget<'_>, estimate: f64, truth: f64) -> Option<bool> {
    let (at, at_truth) = (target.at(estimate)?, target.at(truth)?);
    let c = (at.clustered_variance + at.variance_of_reference) * target.n_units() as f64 / at.information;
    Some(2.0 * (at.log_likelihood - at_truth.log_likelihood) <= c * 3.841_458_820_694_124)
}

fn print_cells(cells: &[Vec<Cell>], n_components: usize) {
    let has_profile = n_components == 1;
    let (name, rule) = if has_profile { (" profile interval, % |", " --: |") } else { ("", "") };
    println!(
        "| alpha | documents | covered, % | interval below, % |{name} bias, points | sd of estimate, points | mean width, points |"
    );
    println!("| --: | --: | --: | --: |{rule} --: | --: | --: |");
    let mut coverages = Vec::new();
    for (a, row) in cells.iter().enumerate() {
        for (s, cell) in row.iter().enumerate() {
            let n = cell.errors.len() as f64;
            let bias = cell.errors.iter().sum::<f64>() / n;
            let sd = (cell.errors.iter().map(|error| (error - bias).powi(2)).sum::<f64>() / n).sqrt();
            let coverage = cell.n_covered as f64 / n * 100.0;
            coverages.push(coverage);
            let by_profile = format!(" {:.1} |", cell.n_covered_by_profile as f64 / n * 100.0);
            let profile = if has_profile { by_profile.as_str() } else { "" };
            println!(
                "| {} | {} | {coverage:.1} | {:.1} |{profile} {:+.3} | {:.3} | {:.3} |",
                ALPHAS[a],
                SIZES[s],
                cell.n_below as f64 / n * 100.0,
                bias * 100.0,
                sd * 100.0,
                cell.widths.iter().sum::<f64>() / n * 100.0
            );
        }
    }
    let goal = if n_components == 1 { 92.0..=98.0 } else { 91.0..=98.0 };
    let outside = coverages.iter().filter(|coverage| !goal.contains(*coverage)).count();
    let average = coverages.iter().sum::<f64>() / coverages.len() as f64;
    println!(
        "\nAverage {average:.1} %; lowest {:.1}, highest {:.1}; {outside} of {} cells outside {} to {} %.",
        coverages.iter().copied().fold(f64::INFINITY, f64::min),
        coverages.iter().copied().fold(0.0, f64::max),
        coverages.len(),
        goal.start(),
        goal.end()
    );
}
