//! Control: human text of the target's own kind, from which the human side of the calibration is learnt.
//!
//! Its own documents can be estimated too: with a calibration that has not seen them they are placebos, whose alpha is 0.

use super::{EstimateError, unit_scores};
use crate::interval::Evidence;
use crate::reference::grouping::uniform;
use crate::reference::{Calibration, MIN_SOURCE_UNITS};
use crate::score::ScoredDocument;
use crate::tokenize::UnitRule;

/// Parts of the control; a placebo's calibration is learnt on the others.
const N_FOLDS: usize = 5;

/// What a control teaches.
pub struct Control {
    /// Learnt on all of it.
    pub calibration: Calibration,
    /// Learnt without one part each.
    without: Vec<Calibration>,
}

impl Control {
    /// Learns the human side from `documents`, in canonical order.
    ///
    /// # Errors
    /// When there are fewer units than a source of a reference needs.
    pub fn learn(
        documents: &[&ScoredDocument],
        calibration: &Calibration,
        unit: UnitRule,
    ) -> Result<Control, EstimateError> {
        let k = calibration.n_components();
        let scores: Vec<(usize, Vec<f64>)> =
            documents.iter().map(|document| (fold(document), unit_scores(document, k, unit))).collect();
        let n_units = scores.iter().map(|(_, of)| of.len() / k).sum::<usize>();
        if (n_units as u64) < MIN_SOURCE_UNITS {
            return Err(EstimateError::ControlTooSmall { n_units, n_documents: documents.len(), unit });
        }
        let all = || scores.iter().map(|(_, of)| of.as_slice());
        let without = |left_out: usize| {
            let kept = scores.iter().filter(|(fold, _)| *fold != left_out);
            calibration.with_human(kept.map(|(_, of)| of.as_slice()))
        };
        Ok(Control { calibration: calibration.with_human(all()), without: (0..N_FOLDS).map(without).collect() })
    }

    /// The units of documents of the control itself, each calibrated without the part it lies in.
    pub fn placebo(&self, documents: &[&ScoredDocument], unit: UnitRule) -> Evidence {
        let k = self.calibration.n_components();
        let (mut scores, mut ends) = (Vec::new(), Vec::new());
        for document in documents {
            scores.extend(unit_scores(document, k, unit));
            ends.push((scores.len() / k) as u32);
        }
        let fold_of: Vec<usize> = documents.iter().map(|document| fold(document)).collect();
        Evidence::cross_fitted(scores, ends, &self.without, &fold_of)
    }
}

/// The part that a document lies in: by its scores, so that it is the same from text and from a score table.
fn fold(document: &ScoredDocument) -> usize {
    let bytes: Vec<u8> = document.scores().iter().flat_map(|score| score.to_be_bytes()).collect();
    ((uniform(&bytes) * N_FOLDS as f64) as usize).min(N_FOLDS - 1)
}
