//! Several LLM sources: what must not depend on how they are named and ordered.

use crate::common::{Author, Doc, Writer, known_corpus, scored};
use llm_prevalence::estimate::{EstimateOptions, GroupEstimate, estimate};
use llm_prevalence::interval::CalibrationMap;
use llm_prevalence::mixture::Ratios;
use llm_prevalence::progress::Silent;
use llm_prevalence::reference::{FitOptions, HUMAN, Reference, Scorer, fit};
use proptest::prelude::*;

/// Every order of three.
const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

/// The columns of K values for each kind, in another order.
fn permuted(excess: &[f64], order: &[usize; 3]) -> Vec<f64> {
    excess.chunks_exact(3).flat_map(|of_kind| order.map(|component| of_kind[component])).collect()
}

proptest! {
    /// Log ratios between -5 and 5 nats, three for each kind of unit; most kinds are like human text.
    #[test]
    fn the_order_of_sources_permutes_the_shares(
        kinds in prop::collection::vec(([-5.0..5.0f64, -5.0..5.0, -5.0..5.0], 1.0..100.0f64), 8..60),
        order in prop::sample::select(&ORDERS[1..]),
    ) {
        let excess: Vec<f64> = kinds.iter().flat_map(|(ratios, _)| ratios.map(f64::exp_m1)).collect();
        let n_units: Vec<f64> = kinds.iter().map(|(_, n)| *n).collect();
        let shares = Ratios::new(&excess, &n_units).shares();
        let other = Ratios::new(&permuted(&excess, &order), &n_units).shares();
        // Eight kinds or more of which no two are alike: one maximum, and a Newton step ends below 1e-8 of it.
        prop_assert!((shares[0] - other[0]).abs() < 1e-6, "{shares:?} {other:?}");
        for (place, component) in order.into_iter().enumerate() {
            prop_assert!((shares[component + 1] - other[place + 1]).abs() < 1e-6, "{shares:?} {other:?}");
        }
    }

    /// A source that explains nothing that the others do not has no share, and takes none away.
    #[test]
    fn a_source_that_no_unit_is_like_changes_nothing(
        kinds in prop::collection::vec(([-5.0..5.0f64, -5.0..5.0], 1.0..100.0f64), 8..60),
    ) {
        let n_units: Vec<f64> = kinds.iter().map(|(_, n)| *n).collect();
        let two: Vec<f64> = kinds.iter().flat_map(|(ratios, _)| ratios.map(f64::exp_m1)).collect();
        // Always half as likely as human text.
        let three: Vec<f64> = two.chunks_exact(2).flat_map(|of_kind| [of_kind[0], -0.5, of_kind[1]]).collect();
        let without = Ratios::new(&two, &n_units).shares();
        let with = Ratios::new(&three, &n_units).shares();
        prop_assert!(with[2] < 1e-9, "{with:?}");
        for (one, other) in [(0, 0), (1, 1), (2, 3)] {
            prop_assert!((without[one] - with[other]).abs() < 1e-6, "{without:?} {with:?}");
        }
    }
}

const SOURCES: [(&str, Author); 3] = [("one", Author::Llm), ("two", Author::Other), ("both", Author::Llm)];

/// A reference of three LLMs in this order; of the third every other document is by either writer.
fn reference(order: [usize; 3]) -> Reference {
    let mut writer = Writer::new(41);
    let human = known_corpus(HUMAN, writer.documents(Author::Human, 200, "h"));
    let mut llms = SOURCES.map(|(name, author)| {
        let mut documents = writer.documents(author, 120, name);
        if name == "both" {
            documents.iter_mut().step_by(2).for_each(|document| document.text = writer.text(Author::Other));
        }
        Some(known_corpus(name, documents))
    });
    let corpora = std::iter::once(human).chain(order.map(|source| llms[source].take().unwrap()));
    fit(corpora.collect(), &FitOptions::default(), &Silent).unwrap()
}

fn estimate_with(reference: &Reference, documents: &[Doc], options: &EstimateOptions) -> GroupEstimate {
    estimate(&scored(documents, reference, options.scorer), reference, options).unwrap().remove(0)
}

/// From text to shares: counts, training, bins and calibration do not favour the first source.
#[test]
fn the_order_of_sources_in_a_fit_changes_no_share() {
    let authors = [(Author::Human, 120), (Author::Llm, 50), (Author::Other, 30)];
    let documents = Writer::new(42).mixture_of_three(authors, "t");
    let references = [ORDERS[0], ORDERS[3], ORDERS[5]].map(reference);
    for scorer in Scorer::ALL {
        for calibration in [CalibrationMap::Histogram, CalibrationMap::Logistic] {
            let options = EstimateOptions::default().scorer(scorer).calibration(calibration);
            let [first, others @ ..] = references.each_ref().map(|one| estimate_with(one, &documents, &options));
            for other in others {
                let what = format!("{scorer} {calibration:?}: {first:?} {other:?}");
                assert!((first.alpha().unwrap() - other.alpha().unwrap()).abs() < 1e-6, "{what}");
                let sources = |of: &GroupEstimate| of.outcome.as_ref().unwrap().sources.clone();
                for source in &sources(&first) {
                    let others = sources(&other);
                    let same = others.iter().find(|one| one.name == source.name).unwrap();
                    assert_eq!(source.identified, same.identified, "{what}");
                    let difference = source.share.zip(same.share).map_or(0.0, |(a, b)| (a - b).abs());
                    assert!(difference < 1e-6, "{} {what}", source.name);
                }
            }
        }
    }
}
