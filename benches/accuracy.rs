//! How wrong: estimates on mixtures of known alpha, beside the published method. Prints reports/accuracy.md.
//!
//! `LLM_PREVALENCE_DATA=... cargo bench --bench accuracy > reports/accuracy.md`

mod common;

use common::{Known, corpus, data, draw_units, mean_and_worst, provenance, read, split, stream};
use llm_prevalence::corpus::Text;
use llm_prevalence::estimate::{EstimateOptions, estimate, groups, liang};
use llm_prevalence::interval::{CalibrationMap, ScoredTarget};
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
/// Exact maxima of the published likelihood on its own files, as the published code finds them.
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
    let mut table = ScoreTable::new(vec![]);
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
    let interval = found.interval().unwrap();
    (found.alpha().unwrap(), [interval.lower, interval.upper])
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
                let options = EstimateOptions::default().scorer(scorer).calibration(calibration);
                let one = estimate(&table, &reference, &options).unwrap().remove(0);
                let interval = one.interval().unwrap();
                found.push((one.alpha().unwrap(), [interval.lower, interval.upper]));
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
        "the training sentences, so an interval that knows of neither is too narrow: tau (docs/method.md) is what is missing here."
    );
}

fn summary_rows(errors: &[Vec<f64>], covered: &[usize]) {
    let both: Vec<(f64, f64)> = errors.iter().map(|errors| mean_and_worst(errors)).collect();
    println!(
        "| mean error | points | {} |",
        both.iter().map(|(mean, _)| format!("{mean:.3}")).collect::<Vec<_>>().join(" | ")
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

const TRUTHS: [f64; 7] = [0.0, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5];
const N_UNITS: usize = 20_000;
const N_DRAWS: u64 = 20;

/// Mixtures of ICLR 2020 reviews with LLM reviews of papers that the fit has not seen.
fn reviews() {
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
    let distribution = Distribution::of_reference(&reference);
    let published = UnitScorer::with_weights(distribution.vocabulary, distribution.weights, reference.settings.unit);
    let mut methods =
        vec![Measured::of(&published, &humans, &test_half, |units, _| (mixture::alpha(&excess(&units)), false))];
    let mut largest_misfit = 0.0f64;
    for (scorer, map) in VARIANTS {
        let calibration = reference.calibration(scorer, reference.settings.unit).unwrap();
        methods.push(Measured::of(&UnitScorer::new(&reference, scorer), &humans, &test_half, |units, truth| {
            let target = ScoredTarget::new(units.into_iter().cloned(), calibration, map);
            let found = target.alpha(0.95);
            largest_misfit = largest_misfit.max(target.misfit().distance);
            (found.share, (found.interval.lower..=found.interval.upper).contains(&truth))
        }));
    }
    print_reviews(&methods);
    println!(
        "\nGoal: mean error 0.3 points, and at most 0.3 % at truth 0. Largest misfit of these mixtures: {largest_misfit:.3}."
    );
}

fn excess(documents: &[&Vec<f64>]) -> Vec<f64> {
    documents.iter().copied().flatten().map(|score| score.clamp(-700.0, 700.0).exp_m1()).collect()
}

/// One method's errors, truth after truth.
struct Measured {
    errors: Vec<Vec<f64>>,
    n_covered: usize,
}

impl Measured {
    fn of(
        scorer: &UnitScorer,
        humans: &[Known],
        llms: &[Known],
        mut estimate: impl FnMut(Vec<&Vec<f64>>, f64) -> (f64, bool),
    ) -> Measured {
        let scored = |known: &[Known]| -> Vec<Vec<f64>> {
            known.iter().map(|one| scorer.score_text(&one.text)).filter(|scores| !scores.is_empty()).collect()
        };
        let (humans, llms) = (scored(humans), scored(llms));
        let mut measured = Measured { errors: vec![], n_covered: 0 };
        for (place, truth) in TRUTHS.iter().enumerate() {
            let one = |draw: u64| {
                let mut generator = stream(SEED, place as u64 * 1000 + draw);
                let n_llm = (truth * N_UNITS as f64) as usize;
                let llms = draw_units(&llms, n_llm, &mut generator);
                let humans = draw_units(&humans, N_UNITS - n_llm, &mut generator);
                let n = |documents: &[&Vec<f64>]| documents.iter().map(|scores| scores.len()).sum::<usize>() as f64;
                let exact = n(&llms) / (n(&llms) + n(&humans));
                let (found, covered) = estimate([llms, humans].concat(), exact);
                measured.n_covered += usize::from(covered);
                found - exact
            };
            measured.errors.push((0..N_DRAWS).map(one).collect());
        }
        measured
    }
}

fn print_reviews(methods: &[Measured]) {
    println!(
        "| truth | liang | naive-bayes histogram | naive-bayes logistic | logistic histogram | logistic logistic |"
    );
    println!("| --: | --: | --: | --: | --: | --: |");
    let row = |cell: &dyn Fn(&Measured) -> String| methods.iter().map(cell).collect::<Vec<_>>().join(" | ");
    for (place, truth) in TRUTHS.iter().enumerate() {
        let mean = |one: &Measured| one.errors[place].iter().sum::<f64>() / N_DRAWS as f64 + truth;
        println!("| {} | {} |", truth * 100.0, row(&|one| format!("{:.2}", mean(one) * 100.0)));
    }
    println!("| mean error | {} |", row(&|one| format!("{:.3}", mean_and_worst(&one.errors.concat()).0)));
    println!("| worst error | {} |", row(&|one| format!("{:.2}", mean_and_worst(&one.errors.concat()).1)));
    let n = TRUTHS.len() as u64 * N_DRAWS;
    println!(
        "| covered, of {n} | - | {} |",
        methods[1..].iter().map(|one| one.n_covered.to_string()).collect::<Vec<_>>().join(" | ")
    );
}
