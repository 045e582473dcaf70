//! Whether `check` keeps its bounds on real reviews, in a few batches; benches/check.rs has many.

use crate::common::{Place, data_path as path, embedded_reference};
use llm_prevalence::check::{GroupCheck, Plan, Policy, PolicySettings, Verdict, judge};
use llm_prevalence::corpus::{ReadOptions, find_inputs, read_corpus};
use llm_prevalence::estimate::{EstimateOptions, estimate, groups};
use llm_prevalence::interval::generator_of;
use llm_prevalence::reference::grouping::is_held_out;
use llm_prevalence::reference::{Reference, Scorer};
use llm_prevalence::score::{ScoreTable, ScoredDocument, UnitScorer};
use llm_prevalence::tokenize::UnitRule;
use rand::RngExt;
use rayon::prelude::*;

const SEED: u64 = 11;
/// Batches of a size; large ones take their time.
fn n_batches(size: usize) -> u64 {
    if size < 1000 { 20 } else { 5 }
}

/// The documents that `reviews` has not seen, scored.
fn held_out(reference: &Reference, path: String) -> Vec<ScoredDocument> {
    let scorer = UnitScorer::new(reference, Scorer::Logistic);
    let options = ReadOptions::default().columns(vec!["forum".to_owned()]);
    let mut scored = ScoreTable::new(vec![]);
    read_corpus(&find_inputs(&[path]).unwrap(), &options, &mut |batch| {
        for document in batch {
            let forum = document.values[0].as_ref().unwrap();
            if is_held_out(forum, reference.settings.held_out_share) {
                scorer.score_into(&[document.values(vec![])], &mut scored);
            }
        }
        Ok(())
    })
    .unwrap();
    scored.documents().to_vec()
}

/// `n` of these, without replacement.
fn draw(from: &[ScoredDocument], n: usize, draw: u64) -> impl Iterator<Item = &ScoredDocument> {
    let mut generator = generator_of(SEED, draw);
    let mut order: Vec<usize> = (0..from.len()).collect();
    (1..from.len()).rev().for_each(|last| order.swap(last, generator.random_range(0..last + 1)));
    order.into_iter().take(n).map(|place| &from[place])
}

fn check(reference: &Reference, batch: Vec<&ScoredDocument>, max: f64) -> GroupCheck {
    let mut table = ScoreTable::new(vec![]);
    batch.into_iter().for_each(|document| table.push(document.clone()));
    let policy = Policy::new(PolicySettings::default().max(max)).unwrap();
    let groups = groups(&table, &[]).unwrap();
    let plan = Plan::new(&groups, UnitRule::Sentence, &policy, None, false, jiff::civil::Date::ZERO);
    let options = EstimateOptions::default().level(plan.level_each);
    judge(&plan, estimate(&table, reference, &options).unwrap(), UnitRule::Sentence, &policy, None).remove(0)
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn clean_batches_do_not_fail_and_batches_with_30_percent_gpt_reviews_do() {
    let (human, gpt) = (path("reviews/iclr-2020.jsonl.gz"), path("reviews/llm-gpt-iclr2022.jsonl.gz"));
    let reference = embedded_reference("reviews");
    let (human, gpt) = (held_out(&reference, human), held_out(&reference, gpt));
    let verdicts = |size: usize, n_gpt: usize, max: f64| -> Vec<Option<Verdict>> {
        let batch = |number| draw(&human, size - n_gpt, 2 * number).chain(draw(&gpt, n_gpt, 2 * number + 1)).collect();
        (0..n_batches(size)).into_par_iter().map(|number| check(&reference, batch(number), max).verdict).collect()
    };
    let count = |verdicts: &[Option<Verdict>], of: Verdict| verdicts.iter().filter(|found| **found == Some(of)).count();
    for size in [30, 100, 1000] {
        let found = verdicts(size, 0, 0.05);
        println!("clean, {size}: {found:?}");
        // The bound is 2.5 %: of so few batches none may fail.
        assert_eq!(count(&found, Verdict::Fail), 0, "{size}");
        // A thousand clean reviews are enough to be told from 5 %.
        assert!(size < 1000 || count(&found, Verdict::Pass) == 5, "{size}: {found:?}");
    }
    let found = verdicts(100, 30, 0.1);
    println!("30 % GPT: {found:?}");
    // The bound is 95 %: 19 of 20.
    assert!(count(&found, Verdict::Fail) >= 19, "{found:?}");
}

/// The whole tool on whole files: years from before LLMs pass, years of LLMs fail.
#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn files_are_judged_as_what_they_are_known_to_be() {
    let human = path("reviews/iclr-2020.jsonl.gz");
    let place = Place::new();
    let clean = place.run(&["check", &human, "--held-out", "--max", "0.05"]);
    assert_eq!(clean.code, 0, "{}", clean.stdout);
    assert!(clean.stdout.starts_with("pass: "), "{}", clean.stdout);
    let gpt = path("reviews/llm-gpt-iclr2022.jsonl.gz");
    assert_eq!(place.run(&["check", &human, &gpt, "--held-out", "--max", "0.05"]).code, 1);
    let neurips = path("reviews/neurips-2025.jsonl.gz");
    assert_eq!(place.run(&["check", &neurips, "--max", "0.05"]).code, 1);
}
