//! Why there is no estimate.

use crate::numbers::counted;
use crate::reference::MIN_SOURCE_UNITS;
use crate::tokenize::UnitRule;

/// Minimum number of units of an estimate.
pub const MIN_TARGET_UNITS: usize = 50;

/// A reason why there is no estimate.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum EstimateError {
    /// The target has too little text.
    #[error(
        "too little text: only {found}, but at least {MIN_TARGET_UNITS} are needed [add documents{hint}]",
        found = found(*.n_units, *.n_documents, *.unit),
        hint = if *.grouped { ", or group by fewer columns" } else { "" }
    )]
    TooFewUnits {
        /// Number of units of the largest group.
        n_units: usize,
        /// Number of its documents.
        n_documents: usize,
        /// Kind of unit.
        unit: UnitRule,
        /// Whether the target was grouped.
        grouped: bool,
    },
    /// Every group is one document.
    #[error(
        "every group is a single document, and of single documents no share is told [group by other columns, such as year or venue]"
    )]
    SingleDocuments,
    /// The reference has no calibration for the unit.
    #[error("reference \"{reference}\" has no calibration for --unit {unit} [{hint}]", hint = no_calibration_hint(*.unit))]
    NoSuchUnit {
        /// Name of the reference.
        reference: String,
        /// Unit asked for.
        unit: UnitRule,
    },
    /// The linear map cannot be used for whole documents of several LLM components.
    #[error(
        "the scores separate whole documents of several LLMs too well for the linear map, which would have to be guessed where no document lies [use --calibration histogram]"
    )]
    NoMapOfDocuments,
    /// The control has too little text.
    #[error(
        "too little control text: only {found}, but at least {MIN_SOURCE_UNITS} are needed [add human text of this kind]",
        found = found(*.n_units, *.n_documents, *.unit)
    )]
    ControlTooSmall {
        /// Number of its units.
        n_units: usize,
        /// Number of its documents.
        n_documents: usize,
        /// Kind of unit.
        unit: UnitRule,
    },
    /// A control teaches nothing about the linear map.
    #[error("a control works only with the histogram calibration [leave out --calibration logistic]")]
    ControlNeedsHistogram,
    /// The scores have another number of components than the reference.
    #[error("the scores have {found} components, but the reference has {expected} [score the text again]")]
    OtherComponents {
        /// Number of components of the scores.
        found: usize,
        /// Number of components of the reference.
        expected: usize,
    },
    /// The table lacks a column to group by.
    #[error("no column \"{column}\" to group by [columns here: {}]", if .known.is_empty() { "none".to_owned() } else { .known.join(", ") })]
    NoSuchColumn {
        /// Column asked for.
        column: String,
        /// Columns of the table.
        known: Vec<String>,
    },
}

fn found(n_units: usize, n_documents: usize, unit: UnitRule) -> String {
    match unit {
        UnitRule::Sentence => format!("{} in {}", counted(n_units, "sentence"), counted(n_documents, "document")),
        UnitRule::Document => counted(n_units, "document"),
    }
}

fn no_calibration_hint(unit: UnitRule) -> &'static str {
    match unit {
        UnitRule::Sentence => "it was fitted with whole documents as units; make another without --unit document",
        UnitRule::Document => "too few of its documents are of one source; add documents and fit again",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_sentence_is_not_told_as_several() {
        let error = |n_units, n_documents, unit| {
            EstimateError::TooFewUnits { n_units, n_documents, unit, grouped: false }.to_string()
        };
        let rest = ", but at least 50 are needed [add documents]";
        assert_eq!(error(1, 1, UnitRule::Sentence), format!("too little text: only 1 sentence in 1 document{rest}"));
        assert_eq!(
            error(12, 2, UnitRule::Sentence),
            format!("too little text: only 12 sentences in 2 documents{rest}")
        );
        assert_eq!(error(1, 1, UnitRule::Document), format!("too little text: only 1 document{rest}"));
    }
}
