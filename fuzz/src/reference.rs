//! The reference file.

use llm_prevalence::corpus::{Document, Text};
use llm_prevalence::estimate::{EstimateOptions, PointEstimate, estimate, points};
use llm_prevalence::interval::{CalibrationMap, Interval};
use llm_prevalence::reference::{Reference, Scorer};
use llm_prevalence::score::{ScoreTable, UnitScorer};

use super::reading::check_message;

/// Documents that are scored with every reference, of words that the seeds know.
const N_DOCUMENTS: usize = 12;

/// What is read as a reference is written as it was read, and can be used: to score, to estimate.
pub fn reference(data: &[u8]) -> bool {
    let reference = match Reference::parse(data, "fuzzed.json") {
        Ok(reference) => reference,
        Err(error) => {
            check_message("fuzzed.json", &error.to_string());
            return false;
        }
    };
    let bytes = reference.to_bytes();
    let again = Reference::parse(&bytes, "fuzzed.json").expect("what was written can be read");
    assert_eq!(again.to_bytes(), bytes);
    for scorer in Scorer::ALL {
        let mut table = ScoreTable::new(vec![]);
        UnitScorer::new(&reference, scorer).score_into(&documents(), &mut table);
        for calibration in [CalibrationMap::Histogram, CalibrationMap::Logistic] {
            // Intervals of several shares take half a second, in which hundreds of inputs can be read.
            let options = EstimateOptions::default().scorer(scorer).calibration(calibration);
            if reference.components.len() == 1 {
                check_shares(&table, &reference, &options);
            } else if let Ok(found) = points(&table, None, &reference, &options) {
                let share = |of: PointEstimate| of.outcome.map_or(0.0, |(alpha, _)| alpha);
                assert!(found.into_iter().map(share).all(|alpha| (0.0..=1.0).contains(&alpha)));
            }
        }
    }
    true
}

/// Asserts that an estimate, where there is one, is a share inside its interval.
pub fn check_shares(table: &ScoreTable, reference: &Reference, options: &EstimateOptions) {
    let Ok(estimates) = estimate(table, reference, options) else { return };
    for found in estimates {
        assert!(found.alpha().is_none_or(|alpha| (0.0..=1.0).contains(&alpha)), "{found:?}");
        let is_inside = |of: Interval| 0.0 <= of.lower && of.lower <= of.upper && of.upper <= 1.0;
        assert!(found.interval().is_none_or(is_inside), "{found:?}");
    }
}

fn documents() -> Vec<Document> {
    let text = "Kites fly in the wind. The line is long. We show a robust kite. It soars and turns. The wind is weak. A kite lands.";
    let document = |n: usize| Document::new(Some(n.to_string()), Text::prose(text));
    (0..N_DOCUMENTS).map(document).collect()
}
