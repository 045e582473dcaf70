//! Several LLMs: how wrong alpha and the shares are, and what a generator reads as that the reference does not have.
//! Prints reports/sources.md.
//!
//! `LLM_PREVALENCE_DATA=... cargo bench --bench sources > reports/sources.md`
//!
//! Parts of it: `SOURCES_ONLY=held-back|other-year|unseen`. `SOURCES_TRIAL=1` swaps the two years of human text and splits the papers otherwise, for trying things on mixtures that
//! the report does not judge.

mod common;

use std::collections::BTreeMap;

use common::{Known, corpus, draw_units, mean_and_worst, provenance, read, shuffled, split, stream};
use llm_prevalence::estimate::{EstimateOptions, GroupEstimate, estimate};
use llm_prevalence::interval::{CalibrationMap, Interval};
use llm_prevalence::progress::Silent;
use llm_prevalence::reference::{FitOptions, Grouping, Reference, Scorer, fit};
use llm_prevalence::score::{DocumentKey, ScoreTable, ScoredDocument, UnitScorer};
use llm_prevalence::tokenize::UnitRule;
use rayon::prelude::*;

const SEED: u64 = 3;
/// Generators as the reference groups them, by how their names in the data begin.
const GENERATORS: [(&str, &str); 5] = [
    ("gpt-3.5", "gpt-3.5-"),
    ("gpt-4", "gpt-4-"),
    ("gpt-4o", "gpt-4o-2024"),
    ("gpt-4o-mini", "gpt-4o-mini"),
    ("qwen3-30b", "qwen3-30B"),
];
const LLM: [&str; 3] = [
    "reviews/llm-gpt-iclr2022.jsonl.gz",
    "reviews/llm-gpt4o-iclr2022.jsonl.gz",
    "reviews/llm-qwen3-30b-iclr2025.jsonl.gz",
];
const HUMAN: [&str; 2] = ["reviews/iclr-2019.jsonl.gz", "reviews/iclr-2020.jsonl.gz"];
const VARIANTS: [(Scorer, CalibrationMap); 4] = [
    (Scorer::Logistic, CalibrationMap::Histogram),
    (Scorer::Logistic, CalibrationMap::Logistic),
    (Scorer::NaiveBayes, CalibrationMap::Histogram),
    (Scorer::NaiveBayes, CalibrationMap::Logistic),
];
const TRUTHS: [f64; 5] = [0.0, 0.05, 0.1, 0.25, 0.5];
const N_UNITS: usize = 20_000;
const N_DRAWS: u64 = 10;
/// The linear map takes seconds for a mixture with several components.
const N_DRAWS_OF_MAP: u64 = 2;

fn main() {
    if common::is_test_run() {
        return;
    }
    let trial = std::env::var_os("SOURCES_TRIAL").is_some();
    let (seed, human) = if trial { (SEED + 1, [HUMAN[1], HUMAN[0]]) } else { (SEED, HUMAN) };
    println!("# Several LLMs\n\nPrinted by `cargo bench --bench sources`.\n");
    println!("{}", provenance(seed, &[HUMAN.as_slice(), LLM.as_slice()].concat()));
    let only = std::env::var("SOURCES_ONLY").ok();
    let wants = |part: &str| only.as_deref().is_none_or(|only| only == part);
    if wants("held-back") {
        held_back(human, seed);
    }
    if wants("other-year") {
        other_year(human, seed);
    }
    if wants("unseen") {
        unseen(human[0]);
    }
}

/// The years are in the reference, the papers are not.
fn held_back(human: [&str; 2], seed: u64) {
    println!("\n## Mixtures of known shares, of papers that the reference does not have\n");
    println!(
        "Reference: `{}`, half of the papers of `{}` and the LLM reviews of half of the papers, five",
        human[0], human[1]
    );
    println!(
        "components. {N_DRAWS} mixtures ({N_DRAWS_OF_MAP} with the linear map) of whole reviews of the other papers for each row and truth, about"
    );
    let (seen, target) = split(read(&[human[1]]), 0.5, seed);
    mixtures(read(&[human[0]]).into_iter().chain(seen).collect(), &target, seed);
}

/// The human text of the target is of another year than the reference's, too.
fn other_year(human: [&str; 2], seed: u64) {
    println!("\n## The same with human text of another year\n");
    println!(
        "Reference: `{}` and the LLM reviews of half of the papers, five components. {N_DRAWS} mixtures of",
        human[0]
    );
    println!(
        "({N_DRAWS_OF_MAP} with the linear map) whole reviews of `{}` and of the other papers' LLM reviews for each row and truth, about",
        human[1]
    );
    mixtures(read(&[human[0]]), &read(&[human[1]]), seed);
}

/// LLM reviews by generator, in the order of [`GENERATORS`].
fn by_generator(known: Vec<Known>) -> Vec<Vec<Known>> {
    let mut groups: Vec<Vec<Known>> = GENERATORS.iter().map(|_| Vec::new()).collect();
    for one in known {
        let name = one.generator.clone().unwrap_or_default();
        let place = GENERATORS.iter().position(|(_, beginning)| name.starts_with(beginning));
        groups[place.unwrap_or_else(|| panic!("{name}: no such generator here"))].push(one);
    }
    groups
}

fn fitted(human: Vec<Known>, llms: Vec<(&str, Vec<Known>)>, groups: Vec<Grouping>) -> Reference {
    let mut corpora = vec![corpus("human", human)];
    corpora.extend(llms.into_iter().map(|(name, known)| corpus(name, known)));
    fit(corpora, &FitOptions::default().groups(groups), &Silent).unwrap()
}

fn scored(scorer: &UnitScorer, known: &[Known]) -> Vec<Vec<f64>> {
    known.iter().map(|one| scorer.score_text(&one.text)).filter(|scores| !scores.is_empty()).collect()
}

fn table(k: usize, documents: &[&Vec<f64>]) -> ScoreTable {
    let mut table = ScoreTable::new(vec![]);
    for (number, scores) in documents.iter().enumerate() {
        let scores = scores.iter().map(|&score| score as f32).collect();
        table.push(ScoredDocument::new(DocumentKey(number as u64), vec![], scores, k));
    }
    table
}

/// What a mixture is made of: parts of the LLM share by generator.
struct Recipe {
    name: String,
    kind: char,
    parts: Vec<(usize, f64)>,
}

fn recipes() -> Vec<Recipe> {
    let n = GENERATORS.len();
    let single = (0..n).map(|g| Recipe { name: GENERATORS[g].0.to_owned(), kind: 'a', parts: vec![(g, 1.0)] });
    let even =
        Recipe { name: "all equally".to_owned(), kind: 'b', parts: (0..n).map(|g| (g, 1.0 / n as f64)).collect() };
    let pair = |g: usize| {
        let other = (g + 2) % n;
        let name = format!("{} and {}, 80:20", GENERATORS[g].0, GENERATORS[other].0);
        Recipe { name, kind: 'c', parts: vec![(g, 0.8), (other, 0.2)] }
    };
    single.chain([even]).chain((0..n).map(pair)).collect()
}

/// Errors of one variant: by kind of recipe, and how often the largest share is the right generator's.
#[derive(Default)]
struct Errors {
    by_kind: BTreeMap<char, Vec<f64>>,
    at_zero: Vec<f64>,
    n_right: usize,
    n_asked: usize,
    n_covered: usize,
    n_shares_covered: usize,
    n_shares: usize,
}

fn mixtures(human: Vec<Known>, target: &[Known], seed: u64) {
    println!(
        "{N_UNITS} sentences each. Mean estimate of alpha in percent; errors are of single mixtures against their exact share.\n"
    );
    let (fit_half, test_half): (Vec<_>, Vec<_>) =
        by_generator(read(&LLM)).into_iter().map(|known| split(known, 0.5, seed)).unzip();
    let llms = GENERATORS.iter().map(|(name, _)| *name).zip(fit_half).collect();
    let reference = fitted(human, llms, vec![]);
    let recipes = recipes();
    let mut rows: Vec<Vec<String>> =
        recipes.iter().map(|recipe| vec![format!("({}) {}", recipe.kind, recipe.name)]).collect();
    let mut all = Vec::new();
    let n_variants = if std::env::var_os("SOURCES_TRIAL").is_some() { 1 } else { VARIANTS.len() };
    for (number, variant) in VARIANTS.into_iter().take(n_variants).enumerate() {
        let scorer = UnitScorer::new(&reference, variant.0);
        let humans = scored(&scorer, target);
        let llms: Vec<Vec<Vec<f64>>> = test_half.iter().map(|known| scored(&scorer, known)).collect();
        let mut errors = Errors::default();
        for (place, recipe) in recipes.iter().enumerate() {
            for (t, truth) in TRUTHS.iter().enumerate() {
                let n_draws = if variant.1 == CalibrationMap::Histogram { N_DRAWS } else { N_DRAWS_OF_MAP };
                let found: Vec<Found> = (0..n_draws)
                    .into_par_iter()
                    .map(|draw| {
                        let mut generator = stream(seed, ((place * TRUTHS.len() + t) as u64) * 1000 + draw);
                        one(&reference, variant, &humans, &llms, recipe, *truth, &mut generator)
                    })
                    .collect();
                found.iter().for_each(|found| errors.add(found, recipe, *truth));
                if number == 0 {
                    let sum: f64 = found.iter().map(|found| found.estimate.alpha().unwrap()).sum();
                    rows[place].push(format!("{:.2}", sum / N_DRAWS as f64 * 100.0));
                }
            }
        }
        all.push(errors);
    }
    println!("Default (logistic scores, histogram):\n");
    println!("| LLM share by | {} |", TRUTHS.map(|truth| format!("{} %", truth * 100.0)).join(" | "));
    println!("| :-- | {} |", TRUTHS.map(|_| "--:").join(" | "));
    rows.iter().for_each(|row| println!("| {} |", row.join(" | ")));
    summary(&all);
    documents(&reference, target, &test_half, seed);
}

/// One mixture's estimate, its units by source, human first.
struct Found {
    estimate: GroupEstimate,
    n_units: Vec<f64>,
}

fn one(
    reference: &Reference,
    (scorer, calibration): (Scorer, CalibrationMap),
    humans: &[Vec<f64>],
    llms: &[Vec<Vec<f64>>],
    recipe: &Recipe,
    truth: f64,
    generator: &mut rand_pcg::Pcg64Mcg,
) -> Found {
    let k = GENERATORS.len();
    let mut n_units = vec![0.0; k + 1];
    let mut documents = Vec::new();
    let parts = recipe.parts.iter().map(|(g, part)| (g + 1, llms[*g].as_slice(), truth * part));
    for (source, known, share) in std::iter::once((0, humans, 1.0 - truth)).chain(parts) {
        // draw_units counts numbers, and a unit has k.
        let drawn = draw_units(known, (N_UNITS as f64 * share) as usize * k, generator);
        n_units[source] += drawn.iter().map(|scores| scores.len() / k).sum::<usize>() as f64;
        documents.extend(drawn.into_iter().cloned());
    }
    let options = EstimateOptions::default().scorer(scorer).calibration(calibration);
    let table = table(k, &documents.iter().collect::<Vec<_>>());
    Found { estimate: estimate(&table, reference, &options).unwrap().remove(0), n_units }
}

impl Errors {
    fn add(&mut self, Found { estimate, n_units }: &Found, recipe: &Recipe, truth: f64) {
        let total: f64 = n_units.iter().sum();
        let (alpha, exact) = (estimate.alpha().unwrap(), 1.0 - n_units[0] / total);
        self.by_kind.entry(recipe.kind).or_default().push(alpha - exact);
        if truth == 0.0 {
            self.at_zero.push(alpha);
        }
        let holds = |interval: Interval, share: f64| usize::from((interval.lower..=interval.upper).contains(&share));
        self.n_covered += holds(estimate.interval().unwrap(), exact);
        for (source, n_units) in estimate.outcome.as_ref().unwrap().sources[1..].iter().zip(&n_units[1..]) {
            if let Some(interval) = source.interval {
                self.n_shares += 1;
                self.n_shares_covered += holds(interval, n_units / total);
            }
        }
        if truth > 0.0 && recipe.kind != 'b' {
            self.n_asked += 1;
            self.n_right += usize::from(largest(estimate) == Some(GENERATORS[recipe.parts[0].0].0));
        }
    }
}

/// The LLM component with the largest share, where it is identified.
fn largest(found: &GroupEstimate) -> Option<&str> {
    let found = found.outcome.as_ref()?;
    let shares = found.sources[1..].iter().map(|source| (source.share.unwrap_or(0.0), source.name.as_str()));
    let of_sums = found.source_sums.iter().map(|sum| (sum.share, "a sum"));
    shares.chain(of_sums).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

fn summary(all: &[Errors]) {
    let header: Vec<String> = VARIANTS.iter().map(|(scorer, map)| format!("{scorer} {map:?}").to_lowercase()).collect();
    println!("\n| absolute error, points | goal | {} |", header.join(" | "));
    println!("| :-- | --: | {} |", VARIANTS.map(|_| "--:").join(" | "));
    let row = |name: &str, goal: &str, cell: &dyn Fn(&Errors) -> String| {
        println!("| {name} | {goal} | {} |", all.iter().map(cell).collect::<Vec<_>>().join(" | "));
    };
    for (kind, name) in [('a', "one generator"), ('b', "all equally"), ('c', "two, 80:20")] {
        row(&format!("({kind}) {name}: mean"), "0.5", &|errors| {
            format!("{:.3}", mean_and_worst(&errors.by_kind[&kind]).0)
        });
        row(&format!("({kind}) {name}: worst"), "1.0", &|errors| {
            format!("{:.2}", mean_and_worst(&errors.by_kind[&kind]).1)
        });
    }
    row("truth 0: mean estimate, %", "0.3", &|errors| {
        format!("{:.3}", errors.at_zero.iter().sum::<f64>() / errors.at_zero.len() as f64 * 100.0)
    });
    row("largest share is the right generator's", "all", &|errors| format!("{} of {}", errors.n_right, errors.n_asked));
    row("95 % interval of alpha holds the exact share", "", &|errors| {
        format!("{} of {}", errors.n_covered, errors.by_kind.values().map(Vec::len).sum::<usize>())
    });
    row("the same for the shares of single generators", "", &|errors| {
        format!("{:.1} %", errors.n_shares_covered as f64 / errors.n_shares as f64 * 100.0)
    });
}

const N_DOCUMENTS: usize = 1000;

/// `--unit document` on the same texts: whole documents by one source, and documents that are partly an LLM's.
fn documents(reference: &Reference, humans: &[Known], llms: &[Vec<Known>], seed: u64) {
    println!("\n### Whole documents (`--unit document`)\n");
    println!(
        "The same reference and reviews, {N_DOCUMENTS} reviews a mixture, {} mixtures a row; LLM reviews by any generator.",
        2 * N_DRAWS
    );
    println!("Truth is the share of reviews that are wholly an LLM's, goal as above.\n");
    let scorer = UnitScorer::new(reference, Scorer::default());
    let (humans, llms) =
        (scored(&scorer, humans), llms.iter().flat_map(|known| scored(&scorer, known)).collect::<Vec<_>>());
    let k = GENERATORS.len();
    let estimate_documents = |documents: &[&Vec<f64>]| {
        let options = EstimateOptions::default().unit(UnitRule::Document);
        estimate(&table(k, documents), reference, &options).unwrap().remove(0)
    };
    println!(
        "| truth, % | mean estimate, % | mean error, points | worst | covered | mean misfit |\n| --: | --: | --: | --: | --: | --: |"
    );
    for (t, truth) in TRUTHS.iter().enumerate() {
        let n_llm = (truth * N_DOCUMENTS as f64) as usize;
        let draw = |draw: u64| {
            let mut generator = stream(seed, 1_000_000 + t as u64 * 1000 + draw);
            let mut chosen = |known: &'_ [Vec<f64>], n: usize| -> Vec<Vec<f64>> {
                shuffled(known.len(), &mut generator)
                    .into_iter()
                    .cycle()
                    .take(n)
                    .map(|place| known[place].clone())
                    .collect()
            };
            let documents = [chosen(&llms, n_llm), chosen(&humans, N_DOCUMENTS - n_llm)].concat();
            estimate_documents(&documents.iter().collect::<Vec<_>>())
        };
        let found: Vec<GroupEstimate> = (0..2 * N_DRAWS).into_par_iter().map(draw).collect();
        let mean = |value: &dyn Fn(&GroupEstimate) -> f64| found.iter().map(value).sum::<f64>() / found.len() as f64;
        let errors: Vec<f64> = found.iter().map(|one| one.alpha().unwrap() - truth).collect();
        let covered =
            found.iter().filter(|one| one.interval().is_some_and(|i| (i.lower..=i.upper).contains(truth))).count();
        println!(
            "| {} | {:.2} | {:.2} | {:.2} | {covered} of {} | {:.3} |",
            truth * 100.0,
            mean(&|one| one.alpha().unwrap()) * 100.0,
            mean_and_worst(&errors).0,
            mean_and_worst(&errors).1,
            found.len(),
            mean(&|one| one.misfit().unwrap().distance)
        );
    }
    println!(
        "\nReviews of which only a part is an LLM's, put together from sentences of one human and one LLM review. None is"
    );
    println!("wholly an LLM's, and the misfit says that they are of neither kind:\n");
    println!(
        "| LLM part of each review, % | share of reviews, % | share of sentences, % | misfit, reviews |\n| --: | --: | --: | --: |"
    );
    for part in [0.25, 0.5, 0.75] {
        let join = |(human, llm): (&Vec<f64>, &Vec<f64>)| {
            let n = (human.len() / k).min(llm.len() / k);
            let n_llm = (n as f64 * part).round() as usize;
            [&llm[..n_llm * k], &human[..(n - n_llm) * k]].concat()
        };
        let mut generator = stream(seed, 2_000_000);
        let (order_of_humans, order_of_llms) =
            (shuffled(humans.len(), &mut generator), shuffled(llms.len(), &mut generator));
        let pairs = order_of_humans.iter().zip(&order_of_llms).map(|(h, l)| (&humans[*h], &llms[*l]));
        let mixed: Vec<Vec<f64>> = pairs.take(N_DOCUMENTS).map(join).filter(|scores| !scores.is_empty()).collect();
        let mixed: Vec<&Vec<f64>> = mixed.iter().collect();
        let of_documents = estimate_documents(&mixed);
        let of_sentences = estimate(&table(k, &mixed), reference, &EstimateOptions::default()).unwrap().remove(0);
        let misfit = of_documents.misfit().unwrap();
        println!(
            "| {:.0} | {:.1} | {:.1} | {:.3}{} |",
            part * 100.0,
            of_documents.alpha().unwrap() * 100.0,
            of_sentences.alpha().unwrap() * 100.0,
            misfit.distance,
            if misfit.flagged { " !" } else { "" }
        );
    }
}

/// Every generator in turn is left out of the reference, and all its reviews are the target.
fn unseen(human: &str) {
    println!("\n## A generator that the reference does not have\n");
    println!(
        "Reference: `{human}` and the reviews of the other generators. Target: all reviews of the one left out, so the truth is"
    );
    println!("100 %. Goal: at least 95 %, or flagged as misfit.\n");
    println!(
        "| left out | reviews | components | LLM share | 95 % interval | misfit | goal | one pooled component | misfit |"
    );
    println!("| :-- | --: | --: | --: | --: | --: | :-- | --: | --: |");
    for (left_out, (name, _)) in GENERATORS.iter().enumerate() {
        let target = by_generator(read(&LLM)).remove(left_out);
        let [apart, together] = [false, true].map(|pool| {
            let known = GENERATORS.map(|(name, _)| name).into_iter().zip(by_generator(read(&LLM)));
            let others: Vec<(&str, Vec<Known>)> =
                known.enumerate().filter(|(g, _)| *g != left_out).map(|(_, known)| known).collect();
            let names = others.iter().map(|(name, _)| (*name).to_owned()).collect();
            let pooled = Grouping::new("llm", names);
            let reference = fitted(read(&[human]), others, if pool { vec![pooled] } else { vec![] });
            whole(&reference, &target)
        });
        let percent = |share: f64| format!("{:.1}", share * 100.0);
        let misfit = |found: &GroupEstimate| {
            let misfit = found.misfit().unwrap();
            format!("{:.3}{}", misfit.distance, if misfit.flagged { " !" } else { "" })
        };
        let (alpha, interval) = (apart.alpha().unwrap(), apart.interval().unwrap());
        let is_met = alpha >= 0.95 || apart.misfit().unwrap().flagged;
        println!(
            "| {name} | {} | {} | {} % | {} to {} % | {} | {} | {} % | {} |",
            target.len(),
            GENERATORS.len() - 1,
            percent(alpha),
            percent(interval.lower),
            percent(interval.upper),
            misfit(&apart),
            if is_met { "met" } else { "missed" },
            percent(together.alpha().unwrap()),
            misfit(&together)
        );
    }
    println!("\n`!` is flagged.");
}

fn whole(reference: &Reference, target: &[Known]) -> GroupEstimate {
    let scorer = UnitScorer::new(reference, Scorer::default());
    let documents = scored(&scorer, target);
    let table = table(reference.components.len(), &documents.iter().collect::<Vec<_>>());
    estimate(&table, reference, &EstimateOptions::default()).unwrap().remove(0)
}
