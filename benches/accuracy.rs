//! How wrong: estimates on mixtures of known alpha, beside the published method. Prints reports/accuracy.md.
//!
//! `LLM_PREVALENCE_DATA=... cargo bench --bench accuracy > reports/accuracy.md`

mod common;

use common::{Known, corpus, data, draw_units, mean_and_worst, provenance, read, split, stream};
use llm_prevalence::corpus::Text;
use llm_prevalence::estimate::{EstimateOptions, estimate, groups, liang};
use llm_prevalence::interval::{CalibrationMap, Evidence, ScoreModel, estimate_alpha, misfit};
use llm_prevalence::mixture;
use llm_prevalence::progress::Silent;
use llm_prevalence::reference::{Distribution, FitOptions, Reference, Scorer, fit, published::read_distribution};
use llm_prevalence::score::{DocumentKey, ScoreTable, ScoredDocument, UnitScorer};

const SEED: u64 = 20_261_123;
const ALPHAS: [&str; 5] = ["0", "0.05", "0.1", "0.15", "0.25"];
const VARIANTS: [(Scorer, CalibrationMap); 4] = [
    (Scorer::NaiveBayes, CalibrationMap::Histogram),
    (Scorer::NaiveBayes, CalibrationMap::Logistic),
    (Scorer::Logistic, CalibrationMap::Histogram),
    (Scorer::Logistic, CalibrationMap::Logistic),
];
/// Exact maxima of the published method on its own files (DESIGN section 5).
const PUBLISHED: [[f64; 5]; 2] = [[0.0245, 0.0798, 0.1283, 0.1738, 0.2696], [0.0211, 0.0719, 0.1141, 0.1604, 0.2493]];

fn main() {
    if common::is_test_run() {
        return;
    }
    println!("# Accuracy\n\nPrinted by `cargo bench --bench accuracy`.\n");
    println!("{}", provenance(SEED, &FILES));
    sentences();
    reviews();
}

const FILES: [&str; 7] = [
    "arxiv-sentences/CS/human_data.parquet",
    "arxiv-sentences/CS/ai_data.parquet",
    "arxiv-sentences/Math/human_data.parquet",
    "arxiv-sentences/Math/ai_data.parquet",
    "reviews/iclr-2019.jsonl.gz",
    "reviews/iclr-2020.jsonl.gz",
    "reviews/llm-gpt-iclr2022.jsonl.gz",
];

fn fitted(human: Vec<Known>, llm: Vec<Known>) -> Reference {
    fit(vec![corpus("human", human), corpus("llm", llm)], &FitOptions::default(), &Silent).unwrap()
}

fn table_of(texts: &[Text], scorer: &UnitScorer) -> ScoreTable {
    let mut table = ScoreTable::new(1, vec![]);
    for (number, text) in texts.iter().enumerate() {
        let scores = scorer.score_text(text).iter().map(|&score| score as f32).collect();
        table.push(ScoredDocument::new(DocumentKey(number as u64), vec![], scores, 1));
    }
    table
}

fn published_alpha(
    distribution: &Distribution,
    texts: &[Text],
    unit: llm_prevalence::tokenize::UnitRule,
) -> (f64, [f64; 2]) {
    let scorer = UnitScorer::with_weights(distribution.vocabulary.clone(), distribution.weights.clone(), unit);
    let table = table_of(texts, &scorer);
    let found = liang::estimate_groups(groups(&table, &[]).unwrap(), 0.95, SEED).unwrap().remove(0);
    let interval = found.interval.unwrap();
    (found.alpha.unwrap(), [interval.lower, interval.upper])
}

/// The published files of arXiv sentences.
fn sentences() {
    println!("\n## arXiv sentences: the ten published files\n");
    println!(
        "Reference: the training sentences of the same field. Estimates in percent; a star where the 95 % interval"
    );
    println!(
        "contains the truth. `published` is `--method liang` with the authors' tables, `refitted` with a reference"
    );
    println!("fitted here, unsmoothed.\n");
    println!(
        "| field | truth | published | refitted | naive-bayes histogram | naive-bayes logistic | logistic histogram | logistic logistic |"
    );
    println!("| :-- | --: | --: | --: | --: | --: | --: | --: |");
    let mut errors: Vec<Vec<f64>> = vec![vec![]; 6];
    let mut covered = [0; 6];
    let mut parity = [0.0f64; 2];
    for (field, wanted) in ["CS", "Math"].iter().zip(PUBLISHED) {
        let folder = format!("arxiv-sentences/{field}");
        let text = |name: &str| read(&[&format!("{folder}/{name}.parquet")]);
        let reference = fitted(text("human_data"), text("ai_data"));
        let table = read_distribution(&data().join(&folder).join("published_distribution.parquet")).unwrap();
        let refitted = Distribution::of_reference(&reference);
        for (alpha, wanted) in ALPHAS.iter().zip(wanted) {
            let truth: f64 = alpha.parse().unwrap();
            let texts: Vec<Text> =
                text(&format!("ground_truth_alpha_{alpha}")).into_iter().map(|one| one.text).collect();
            let unit = reference.settings.unit;
            let mut found = vec![published_alpha(&table, &texts, unit), published_alpha(&refitted, &texts, unit)];
            parity[0] = parity[0].max((found[0].0 - wanted).abs());
            parity[1] = parity[1].max((found[1].0 - wanted).abs());
            for (scorer, calibration) in VARIANTS {
                let table = table_of(&texts, &UnitScorer::new(&reference, scorer));
                let options = EstimateOptions { scorer, calibration, ..EstimateOptions::default() };
                let one = estimate(&table, &reference, &options).unwrap().remove(0);
                let interval = one.interval.unwrap();
                found.push((one.alpha.unwrap(), [interval.lower, interval.upper]));
            }
            let cells: Vec<String> = found
                .iter()
                .enumerate()
                .map(|(method, (estimate, [lower, upper]))| {
                    let covers = (*lower..=*upper).contains(&truth);
                    errors[method].push(estimate - truth);
                    covered[method] += usize::from(covers);
                    format!("{:.2}{}", estimate * 100.0, if covers { " *" } else { "" })
                })
                .collect();
            println!("| {field} | {:.0} | {} |", truth * 100.0, cells.join(" | "));
        }
    }
    summary_rows(&errors, &covered);
    println!(
        "\nLargest difference from the ten exact maxima of the published method: {:.6} with the published tables, {:.6} refitted (goal 0.0002).",
        parity[0], parity[1]
    );
    println!(
        "The files draw sentences with replacement (about half of the rows of the alpha = 0 files are repeats) and are later than"
    );
    println!(
        "the training sentences, so an interval that knows of neither is too narrow: tau (DESIGN section 3) is what is missing here."
    );
}

fn summary_rows(errors: &[Vec<f64>], covered: &[usize]) {
    let both: Vec<(f64, f64)> = errors.iter().map(|errors| mean_and_worst(errors)).collect();
    println!(
        "| mean error | points | {} |",
        both.iter().map(|(mean, _)| format!("{mean:.2}")).collect::<Vec<_>>().join(" | ")
    );
    println!(
        "| worst error | points | {} |",
        both.iter().map(|(_, worst)| format!("{worst:.2}")).collect::<Vec<_>>().join(" | ")
    );
    println!(
        "| covered | of {} | {} |",
        errors[0].len(),
        covered.iter().map(usize::to_string).collect::<Vec<_>>().join(" | ")
    );
}

/// Mixtures of ICLR 2020 reviews with LLM reviews of papers that the fit has not seen.
fn reviews() {
    const TRUTHS: [f64; 7] = [0.0, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5];
    const N_UNITS: usize = 20_000;
    const N_DRAWS: u64 = 20;
    println!("\n## Reviews: ICLR 2020 with GPT reviews of papers the fit has not seen\n");
    println!(
        "Reference: ICLR 2019 and the GPT reviews of half of the papers. {N_DRAWS} mixtures of whole documents for each truth,"
    );
    println!(
        "about {N_UNITS} sentences each; mean estimate in percent. Errors are of single mixtures against their exact share.\n"
    );
    let (fit_half, test_half) = split(read(&["reviews/llm-gpt-iclr2022.jsonl.gz"]), 0.5, SEED);
    let reference = fitted(read(&["reviews/iclr-2019.jsonl.gz"]), fit_half);
    let humans = read(&["reviews/iclr-2020.jsonl.gz"]);
    let scored = |scorer: &UnitScorer, known: &[Known]| -> Vec<Vec<f64>> {
        known.iter().map(|one| scorer.score_text(&one.text)).filter(|scores| !scores.is_empty()).collect()
    };
    let distribution = Distribution::of_reference(&reference);
    let liang_scorer = UnitScorer::with_weights(distribution.vocabulary, distribution.weights, reference.settings.unit);
    println!(
        "| truth | liang | naive-bayes histogram | naive-bayes logistic | logistic histogram | logistic logistic |"
    );
    println!("| --: | --: | --: | --: | --: | --: |");
    let mut columns: Vec<Vec<Vec<f64>>> = Vec::new();
    let mut covered = vec![0; 5];
    let mut distances = Vec::new();
    for method in 0..5 {
        let variant = (method > 0).then(|| VARIANTS[method - 1]);
        let scorer = variant.map_or_else(|| None, |(scorer, _)| Some(UnitScorer::new(&reference, scorer)));
        let scorer = scorer.as_ref().unwrap_or(&liang_scorer);
        let (human, llm) = (scored(scorer, &humans), scored(scorer, &test_half));
        let of_truth = |(place, &truth): (usize, &f64)| -> Vec<f64> {
            (0..N_DRAWS)
                .map(|draw| {
                    let mut generator = stream(SEED, place as u64 * 1000 + draw);
                    let n_llm = (truth * N_UNITS as f64) as usize;
                    let drawn =
                        [draw_units(&llm, n_llm, &mut generator), draw_units(&human, N_UNITS - n_llm, &mut generator)];
                    let n: Vec<usize> = drawn.iter().map(|side| side.iter().map(|scores| scores.len()).sum()).collect();
                    let exact = n[0] as f64 / (n[0] + n[1]) as f64;
                    let documents: Vec<&Vec<f64>> = drawn.into_iter().flatten().collect();
                    let Some((scorer, map)) = variant else {
                        let excess: Vec<f64> = documents
                            .iter()
                            .copied()
                            .flatten()
                            .map(|score| score.clamp(-700.0, 700.0).exp_m1())
                            .collect();
                        return mixture::alpha(&excess) - exact;
                    };
                    let calibration = &reference.calibrations(scorer)[0];
                    let mut end = 0;
                    let ends = documents
                        .iter()
                        .map(|scores| {
                            end += scores.len() as u32;
                            end
                        })
                        .collect();
                    let evidence =
                        Evidence::new(documents.iter().copied().flatten().copied().collect(), ends, calibration, map);
                    let found = estimate_alpha(&evidence, &ScoreModel::new(calibration, map), 0.95);
                    covered[method] += usize::from((found.interval.lower..=found.interval.upper).contains(&exact));
                    distances.push(misfit(&evidence, &calibration.histogram, found.alpha).distance);
                    found.alpha - exact
                })
                .collect()
        };
        columns.push(TRUTHS.iter().enumerate().map(of_truth).collect());
    }
    for (row, truth) in TRUTHS.iter().enumerate() {
        let mean = |method: usize| columns[method][row].iter().sum::<f64>() / N_DRAWS as f64 + truth;
        println!(
            "| {} | {} |",
            truth * 100.0,
            (0..5).map(|method| format!("{:.2}", mean(method) * 100.0)).collect::<Vec<_>>().join(" | ")
        );
    }
    let errors: Vec<Vec<f64>> = columns.iter().map(|column| column.concat()).collect();
    let both: Vec<(f64, f64)> = errors.iter().map(|errors| mean_and_worst(errors)).collect();
    println!("| mean error | {} |", both.iter().map(|(mean, _)| format!("{mean:.2}")).collect::<Vec<_>>().join(" | "));
    println!(
        "| worst error | {} |",
        both.iter().map(|(_, worst)| format!("{worst:.2}")).collect::<Vec<_>>().join(" | ")
    );
    println!(
        "| covered, of {} | - | {} |",
        errors[0].len(),
        covered[1..].iter().map(usize::to_string).collect::<Vec<_>>().join(" | ")
    );
    let largest = distances.iter().copied().fold(0.0, f64::max);
    println!("\nLargest misfit of these mixtures: {largest:.3}.");
}
