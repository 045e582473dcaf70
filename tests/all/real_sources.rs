//! What must hold on real text with several LLMs: mixtures of held-out reviews by the embedded reference. The bounds are
//! the goals that were set for reports/sources.md.

use crate::common::{data_path, embedded_reference};
use llm_prevalence::corpus::{ReadOptions, find_inputs, read_corpus};
use llm_prevalence::estimate::{EstimateOptions, GroupEstimate, estimate};
use llm_prevalence::reference::grouping::{is_held_out, uniform};
use llm_prevalence::reference::{Reference, Scorer};
use llm_prevalence::score::{ScoreTable, ScoredDocument, UnitScorer};
use llm_prevalence::tokenize::UnitRule;

/// Components of the embedded reference, by how the names of their generators begin.
const GENERATORS: [(&str, &str); 5] = [
    ("openai", "gpt-3.5-"),
    ("openai", "gpt-4-"),
    ("openai", "gpt-4o-2024"),
    ("openai", "gpt-4o-mini"),
    ("alibaba", "qwen3-30B"),
];
const K: usize = GENERATORS.len();
const N_SENTENCES: usize = 10_000;

/// Held-out reviews by source, human first, each scored, in an order drawn by their ids.
struct HeldOut {
    reference: Reference,
    by_source: Vec<Vec<ScoredDocument>>,
}

impl HeldOut {
    fn read() -> HeldOut {
        let reference = embedded_reference("reviews");
        let scorer = UnitScorer::new(&reference, Scorer::default());
        let names = ["iclr-2020", "llm-gpt-iclr2022", "llm-gpt4o-iclr2022", "llm-qwen3-30b-iclr2025"];
        let paths: Vec<String> = names.iter().map(|name| data_path(&format!("reviews/{name}.jsonl.gz"))).collect();
        let columns = vec!["forum".to_owned(), "generator".to_owned()];
        let options = ReadOptions::default().optional_columns(columns);
        let mut drawn: Vec<Vec<(f64, ScoredDocument)>> = vec![vec![]; K + 1];
        read_corpus(&find_inputs(&paths).unwrap(), &options, &mut |batch| {
            for document in batch {
                let paper = document.values[0].clone().unwrap();
                if !is_held_out(&paper, reference.settings.held_out_share) {
                    continue;
                }
                let generator = document.values[1].as_deref();
                let component =
                    |name: &str| GENERATORS.iter().position(|(_, beginning)| name.starts_with(beginning)).unwrap() + 1;
                let place = uniform(format!("{} {paper}", document.id.clone().unwrap_or_default()).as_bytes());
                let source = generator.map_or(0, component);
                let mut table = ScoreTable::new(vec![]);
                scorer.score_into(&[document.values(vec![])], &mut table);
                drawn[source].extend(table.documents().iter().map(|scored| (place, scored.clone())));
            }
            Ok(())
        })
        .unwrap();
        let by_source = drawn.into_iter().map(|mut documents| {
            documents.sort_by(|a, b| a.0.total_cmp(&b.0));
            documents.into_iter().map(|(_, scored)| scored).collect()
        });
        HeldOut { by_source: by_source.collect(), reference }
    }

    /// Whole reviews with about this share of sentences by each source; returns the estimate and the exact shares.
    fn mixture(&self, shares: &[(usize, f64)], unit: UnitRule) -> (GroupEstimate, Vec<f64>) {
        let mut table = ScoreTable::new(vec![]);
        let mut n_units = [0; K + 1];
        for &(source, share) in shares {
            for scored in self.by_source[source].iter().cycle() {
                if n_units[source] as f64 >= share * N_SENTENCES as f64 {
                    break;
                }
                n_units[source] += scored.pooled().len();
                table.push(scored.clone());
            }
        }
        let total = n_units.iter().sum::<usize>() as f64;
        let options = EstimateOptions::default().unit(unit);
        let found = estimate(&table, &self.reference, &options).unwrap().remove(0);
        (found, n_units.iter().map(|&n| n as f64 / total).collect())
    }
}

fn largest(found: &GroupEstimate) -> &str {
    let llms = found.outcome.as_ref().unwrap().sources[1..].iter();
    &llms.max_by(|a, b| a.share.unwrap_or(0.0).total_cmp(&b.share.unwrap_or(0.0))).unwrap().name
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn mixtures_of_one_of_all_and_of_two_generators_read_right_and_name_the_generator() {
    let held_out = HeldOut::read();
    let all = (1..=K).map(|source| (source, 1.0 / K as f64)).collect::<Vec<_>>();
    let one = (1..=K).map(|source| vec![(source, 1.0)]);
    let two = (1..=K).map(|source| vec![(source, 0.8), ((source + 1) % K + 1, 0.2)]);
    let mut errors = Vec::new();
    for parts in one.chain(two).chain([all]) {
        for alpha in [0.0, 0.05, 0.1, 0.25, 0.5] {
            let llms = parts.iter().map(|(source, part)| (*source, part * alpha));
            let shares: Vec<(usize, f64)> = std::iter::once((0, 1.0 - alpha)).chain(llms).collect();
            let (found, exact) = held_out.mixture(&shares, UnitRule::Sentence);
            let error = found.alpha().unwrap() - (1.0 - exact[0]);
            assert!(error.abs() <= 0.01, "{parts:?} {alpha}: off by {error}");
            errors.push(error.abs());
            let outcome = found.outcome.as_ref().unwrap();
            let sum: f64 = outcome.sources.iter().filter_map(|source| source.share).sum::<f64>()
                + outcome.source_sums.iter().map(|sum| sum.share).sum::<f64>();
            assert!((sum - 1.0).abs() < 1e-9, "shares sum to {sum}");
            if alpha > 0.0
                && parts.len() < K
                && parts.iter().all(|(source, _)| GENERATORS[source - 1].0 == GENERATORS[parts[0].0 - 1].0)
            {
                assert_eq!(largest(&found), GENERATORS[parts[0].0 - 1].0, "{parts:?} {alpha}");
            }
        }
    }
    let mean = errors.iter().sum::<f64>() / errors.len() as f64;
    assert!(mean <= 0.005, "mean error {mean}");
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn whole_documents_count_as_documents() {
    let held_out = HeldOut::read();
    let (human, _) = held_out.mixture(&[(0, 1.0)], UnitRule::Document);
    assert!(human.interval().unwrap().lower == 0.0 && human.alpha().unwrap() <= 0.01, "{human:?}");
    let (llm, _) = held_out.mixture(&[(2, 0.5), (5, 0.5)], UnitRule::Document);
    assert!(llm.alpha().unwrap() >= 0.97, "{llm:?}");
    let (half, _) = held_out.mixture(&[(0, 0.5), (2, 0.5)], UnitRule::Document);
    assert_eq!(half.n_documents, half.n_units);
    let n_llm = held_out.by_source[2].iter().cycle().scan(0, |n, scores| {
        let before = *n;
        *n += scores.pooled().len();
        (before < N_SENTENCES / 2).then_some(())
    });
    let truth = n_llm.count() as f64 / half.n_documents as f64;
    let interval = half.interval().unwrap();
    assert!((interval.lower..=interval.upper).contains(&truth), "{truth}: {half:?}");
}
