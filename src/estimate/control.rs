//! The control: human text of the target's own kind, from which the human side of the calibration is learnt.
//!
//! Its own documents can be estimated too: with a calibration that has not seen them they are placebos, of alpha 0.

use super::error::EstimateError;
use super::evidence::unit_scores;
use crate::interval::Evidence;
use crate::reference::grouping::uniform;
use crate::reference::{Calibration, MIN_SOURCE_UNITS};
use crate::score::ScoredDocument;
use crate::tokenize::UnitRule;

/// Number of parts of the control; a placebo's calibration is learnt on the other parts.
const N_FOLDS: usize = 5;

/// The calibrations learnt from a control.
pub(crate) struct Control {
    /// Calibration learnt on the whole control.
    pub calibration: Calibration,
    /// Calibrations that are each learnt without one part.
    without: Vec<Calibration>,
}

impl Control {
    /// Learns the human side from `documents`, in canonical order.
    ///
    /// # Errors
    /// Returns an error if there are fewer units than a source of a reference needs.
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

    /// Returns the units of the control's own documents, each calibrated without the part that it lies in.
    pub(crate) fn placebo(&self, documents: &[&ScoredDocument], unit: UnitRule) -> Evidence {
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

/// Returns the part of a document. It depends on the scores, so that text and a score table give the same part.
fn fold(document: &ScoredDocument) -> usize {
    let bytes: Vec<u8> = document.scores().iter().flat_map(|score| score.to_be_bytes()).collect();
    ((uniform(&bytes) * N_FOLDS as f64) as usize).min(N_FOLDS - 1)
}
