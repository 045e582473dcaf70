//! From scored documents to calibrated units.

use super::options::EstimateOptions;
use crate::interval::{Bootstrap, CalibrationMap, Evidence, bootstrap};
use crate::reference::{Calibration, document_score};
use crate::score::ScoredDocument;
use crate::tokenize::UnitRule;

/// Number of replicates of a bootstrap.
pub(crate) const N_REPLICATES: usize = 1000;

/// Returns the K scores of each unit of a document: of its sentences, or of the document itself.
pub(super) fn unit_scores(document: &ScoredDocument, k: usize, unit: UnitRule) -> Vec<f64> {
    let scores: Vec<f64> = document.scores().iter().map(|&score| f64::from(score)).collect();
    match unit {
        UnitRule::Sentence => scores,
        UnitRule::Document => document_score(k, &scores),
    }
}

/// Returns the calibrated units of some documents: their sentences, or the documents themselves.
pub(crate) fn evidence_of(
    documents: &[&ScoredDocument],
    calibration: &Calibration,
    map: CalibrationMap,
    unit: UnitRule,
) -> Evidence {
    let k = calibration.n_components();
    Evidence::new(documents.iter().map(|document| unit_scores(document, k, unit)), calibration, map)
}

/// Bootstraps alpha over documents; a replicate needs only the number of units of each kind in a document.
pub(super) fn bootstrap_documents(evidence: &Evidence, options: &EstimateOptions) -> Bootstrap {
    let documents = evidence.documents_by_kind();
    bootstrap(documents.len(), N_REPLICATES, options.seed, options.level, |draw| {
        let mut n_units = vec![0.0; evidence.n_kinds()];
        for &document in draw {
            documents[document as usize].iter().for_each(|&(kind, n)| n_units[kind as usize] += f64::from(n));
        }
        1.0 - evidence.ratios_with(&n_units).shares()[0]
    })
}
