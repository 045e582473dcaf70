//! What must hold whatever the corpus: shuffled, doubled, mixed, pure, with more LLM text.

use std::sync::OnceLock;

use crate::common::{Author, Writer, known_corpus, scored};
use llm_prevalence::estimate::{EstimateOptions, GroupEstimate, estimate};
use llm_prevalence::interval::{CalibrationMap, calibrated};
use llm_prevalence::progress::Silent;
use llm_prevalence::reference::{FitOptions, HUMAN, Reference, Scorer, fit};
use llm_prevalence::score::{ScoreTable, ScoredDocument};
use proptest::prelude::*;

const MAPS: [CalibrationMap; 2] = [CalibrationMap::Histogram, CalibrationMap::Logistic];

/// A reference with unseen documents by its authors, scored: human, LLM and, with two components, the other LLM.
struct World {
    reference: Reference,
    human: Vec<ScoredDocument>,
    llm: Vec<ScoredDocument>,
}

fn world(authors: &[Author]) -> World {
    let mut writer = Writer::new(81);
    let mut corpora = vec![known_corpus(HUMAN, writer.documents(Author::Human, 800, "h"))];
    let named = |author: &Author| format!("{author:?}").to_lowercase();
    corpora.extend(
        authors.iter().map(|author| known_corpus(&named(author), writer.documents(*author, 400, &named(author)))),
    );
    let reference = fit(corpora, &FitOptions::default(), &Silent).unwrap();
    let mut unseen = |author: Author| {
        scored(&writer.documents(author, 300, "t"), &reference, Scorer::default()).documents().to_vec()
    };
    let human = unseen(Author::Human);
    let llm = authors.iter().flat_map(|author| unseen(*author)).collect();
    World { reference, human, llm }
}

/// One LLM component, or two.
fn worlds() -> &'static [World; 2] {
    static WORLDS: OnceLock<[World; 2]> = OnceLock::new();
    WORLDS.get_or_init(|| [world(&[Author::Llm]), world(&[Author::Llm, Author::Other])])
}

impl World {
    fn estimate(&self, documents: &[ScoredDocument], calibration: CalibrationMap) -> GroupEstimate {
        let mut table = ScoreTable::new(vec![]);
        documents.iter().for_each(|document| table.push(document.clone()));
        let options = EstimateOptions::default().calibration(calibration);
        estimate(&table, &self.reference, &options).unwrap().remove(0)
    }

    fn alpha(&self, documents: &[ScoredDocument]) -> f64 {
        self.estimate(documents, CalibrationMap::Histogram).alpha().unwrap()
    }

    /// Human documents from `first` on and LLM documents from `first_llm` on.
    fn some(&self, (first, n): (usize, usize), (first_llm, n_llm): (usize, usize)) -> Vec<ScoredDocument> {
        [&self.human[first..first + n], &self.llm[first_llm..first_llm + n_llm]].concat()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// To the bit, every number of the estimate.
    #[test]
    fn the_order_of_documents_changes_nothing(
        (world, map, seed) in (0..2usize, 0..2usize, 0..1000u64),
        (n, n_llm) in (20..80usize, 0..40usize),
    ) {
        let world = &worlds()[world];
        let mut documents = world.some((0, n), (0, n_llm));
        let before = world.estimate(&documents, MAPS[map]);
        Writer::new(seed).shuffle(&mut documents);
        let after = world.estimate(&documents, MAPS[map]);
        prop_assert_eq!(format!("{before:?}"), format!("{after:?}"));
    }

    /// With one component the maximum of the log-likelihoods' sum lies between their maxima, because both are concave. With several
    /// that holds of the likelihood, not of each share; a standard error is allowed.
    #[test]
    fn two_corpora_together_lie_between_them(
        (world, map) in (0..2usize, 0..2usize),
        (n, n_llm) in (20..100usize, 0..50usize),
        (m, m_llm) in (20..100usize, 0..50usize),
    ) {
        let of = &worlds()[world];
        let (a, b) = (of.some((0, n), (0, n_llm)), of.some((150, m), (150, m_llm)));
        let [one, other, both] = [&a, &b, &[&a[..], &b[..]].concat()].map(|documents| of.estimate(documents, MAPS[map]));
        let alpha = |found: &GroupEstimate| found.alpha().unwrap();
        let slack = if world == 0 { 1e-9 } else { both.outcome.as_ref().unwrap().standard_error };
        let (low, high) = (alpha(&one).min(alpha(&other)), alpha(&one).max(alpha(&other)));
        prop_assert!(low - slack <= alpha(&both) && alpha(&both) <= high + slack, "{low} {} {high}", alpha(&both));
    }

    /// A document raises alpha if the log-likelihood of its own units rises at the present alpha, and lowers it if that falls: with one
    /// component a theorem. So an LLM document can lower alpha only by looking more human than the mixture does.
    #[test]
    fn a_document_moves_alpha_towards_its_own(
        (n, n_llm, added) in (20..100usize, 1..50usize, 0..600usize),
    ) {
        let of = &worlds()[0];
        let documents = of.some((0, n), (0, n_llm));
        let all: Vec<&ScoredDocument> = of.human.iter().chain(&of.llm).collect();
        let calibration = of.reference.calibration(Default::default(), Default::default()).unwrap();
        let before = of.alpha(&documents);
        let rises: f64 = (all[added].scores().iter())
            .map(|score| {
                let excess = calibrated(calibration, CalibrationMap::Histogram, &[f64::from(*score)])[0].exp_m1();
                excess / (1.0 + before * excess)
            })
            .sum();
        let after = of.alpha(&[&documents[..], &[all[added].clone()]].concat());
        let is_at_end = before <= 0.0 || before >= 1.0;
        prop_assert!((after - before) * rises >= -1e-9, "{before} {after} {rises}");
        prop_assert!(is_at_end || rises.abs() < 1e-6 || after != before, "{before} {after} {rises}");
    }
}

/// Twenty LLM documents at a time, as real as the others: no batch of them looks more human than the mixture does.
#[test]
fn more_llm_documents_never_lower_alpha() {
    for world in worlds() {
        let alphas: Vec<f64> = (0..=12).map(|batch| world.alpha(&world.some((0, 200), (0, batch * 20)))).collect();
        assert!(alphas.windows(2).all(|pair| pair[1] > pair[0]), "{alphas:?}");
    }
}

/// Alpha stays, and the part of its variance that comes from the target halves; the reference's part stays, so variances differ by
/// twice as much from one to two copies as from two to four.
#[test]
fn a_corpus_twice_keeps_alpha_and_shrinks_its_interval() {
    for world in worlds() {
        for map in MAPS {
            let once = world.some((0, 200), (0, 100));
            let copies = |n: usize| world.estimate(&vec![once.clone(); n].concat(), map);
            let found = [1, 2, 4].map(copies);
            let alpha = |found: &GroupEstimate| found.alpha().unwrap();
            assert!(found.iter().all(|of| (alpha(of) - alpha(&found[0])).abs() < 1e-6), "{found:?}");
            let [one, two, four] =
                [0, 1, 2].map(|copy: usize| found[copy].outcome.as_ref().unwrap().standard_error.powi(2));
            let ratio = (one - two) / (two - four);
            // The prior worth two documents, and n / (n - 1), weigh less with more copies.
            assert!((ratio - 2.0).abs() < 0.15, "{map:?}: {ratio} of {one} {two} {four}");
            let width = |found: &GroupEstimate| found.interval().unwrap().upper - found.interval().unwrap().lower;
            let shrunk = width(&found[0]) / width(&found[1]);
            // The square root of 2, less what the reference's part takes away; it is a tenth of the variance here.
            assert!((1.3..1.45).contains(&shrunk), "{map:?}: {shrunk}");
        }
    }
}

#[test]
fn pure_text_of_either_source_reads_zero_or_one() {
    for world in worlds() {
        for (documents, truth) in [(&world.human, 0.0), (&world.llm, 1.0)] {
            for map in MAPS {
                let found = world.estimate(documents, map);
                let (alpha, interval) = (found.alpha().unwrap(), found.interval().unwrap());
                assert!((alpha - truth).abs() < 0.02, "{map:?} {truth}: {alpha}");
                assert!((interval.lower..=interval.upper).contains(&truth), "{map:?} {truth}: {interval:?}");
                assert!(!found.misfit().unwrap().flagged);
            }
        }
    }
}
