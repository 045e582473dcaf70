//! Composes the stages: the LLM share of a corpus or of each group in it, with its interval and what to make of it.

mod group;
pub mod liang;
mod record;

use crate::interval::{Bootstrap, CalibrationMap, Evidence, Misfit, ScoreModel, bootstrap, estimate_alpha, misfit};
use crate::mixture;
use crate::reference::{Calibration, Reference, Scorer};
use crate::score::{ScoreTable, ScoredDocument};

pub use group::{Group, groups};
pub use record::{
    Estimate, GroupEstimate, InputSummary, IntervalMethod, Method, ReferenceSummary, SCHEMA_VERSION, SourceShare,
    ToolSummary,
};

/// Fewest units that an estimate is made of.
pub const MIN_TARGET_UNITS: usize = 50;
/// Replicates of a bootstrap.
pub const N_REPLICATES: usize = 1000;
/// Fewest documents whose clustering can be believed.
const FEW_DOCUMENTS: usize = 10;

/// The choices of an estimate.
#[derive(Debug, Clone)]
pub struct EstimateOptions {
    /// Columns of the score table to group by; none: all documents together.
    pub by: Vec<String>,
    /// Which scores the table holds.
    pub scorer: Scorer,
    /// Which calibration to use.
    pub calibration: CalibrationMap,
    /// Which interval to report.
    pub interval: IntervalMethod,
    /// Coverage asked of the interval, such as 0.95.
    pub level: f64,
    /// Seed of the bootstrap.
    pub seed: u64,
}

impl Default for EstimateOptions {
    fn default() -> Self {
        EstimateOptions {
            by: vec![],
            scorer: Scorer::default(),
            calibration: CalibrationMap::default(),
            interval: IntervalMethod::default(),
            level: 0.95,
            seed: 0,
        }
    }
}

/// Why there is no estimate.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum EstimateError {
    /// Too little text.
    #[error(
        "too little text: only {n_units} units (documents: {n_documents}), at least {MIN_TARGET_UNITS} are needed [add documents{hint}]",
        hint = if *.grouped { ", or group by fewer columns" } else { "" }
    )]
    TooFewUnits {
        /// Units of the largest group.
        n_units: usize,
        /// Its documents.
        n_documents: usize,
        /// Whether there were groups.
        grouped: bool,
    },
    /// A reference that tells several LLM components apart.
    #[error(
        "the scores tell {n_components} LLM components apart, and this version estimates one share [update llm-prevalence]"
    )]
    SeveralComponents {
        /// Components of the score table.
        n_components: usize,
    },
    /// A column that the table does not have.
    #[error("no column \"{column}\" to group by [columns here: {}]", if .known.is_empty() { "none".to_owned() } else { .known.join(", ") })]
    NoSuchColumn {
        /// The column asked for.
        column: String,
        /// Those there are.
        known: Vec<String>,
    },
}

/// Estimates alpha for every group of `table`, whose scores `reference` made.
///
/// # Errors
/// When a column to group by is missing, or no group has [`MIN_TARGET_UNITS`] units. Smaller groups beside large ones
/// are listed without an estimate.
pub fn estimate(
    table: &ScoreTable,
    reference: &Reference,
    options: &EstimateOptions,
) -> Result<Vec<GroupEstimate>, EstimateError> {
    let [calibration] = reference.calibrations(options.scorer) else {
        return Err(EstimateError::SeveralComponents { n_components: table.n_components });
    };
    let model = ScoreModel::new(calibration, options.calibration);
    let name = &reference.components[0].name;
    let groups = groups(table, &options.by)?;
    require_enough(&groups, table.n_components)?;
    Ok(groups.into_iter().map(|group| estimate_group(group, calibration, &model, name, options)).collect())
}

pub(crate) fn require_enough(groups: &[Group<'_>], k: usize) -> Result<(), EstimateError> {
    let Some(largest) = groups.iter().max_by_key(|group| group.n_units(k)) else {
        return Err(EstimateError::TooFewUnits { n_units: 0, n_documents: 0, grouped: false });
    };
    let n_units = largest.n_units(k);
    if n_units >= MIN_TARGET_UNITS {
        return Ok(());
    }
    let grouped = !largest.values.is_empty();
    Err(EstimateError::TooFewUnits { n_units, n_documents: largest.documents.len(), grouped })
}

fn estimate_group(
    group: Group<'_>,
    calibration: &Calibration,
    model: &ScoreModel<'_>,
    component: &str,
    options: &EstimateOptions,
) -> GroupEstimate {
    let n_units = group.n_units(1);
    if n_units < MIN_TARGET_UNITS {
        return GroupEstimate::too_small(group.values, group.documents.len(), n_units);
    }
    let evidence = evidence_of(&group.documents, calibration, options.calibration);
    let mut found = estimate_alpha(&evidence, model, options.level);
    let misfit = misfit(&evidence, &calibration.histogram, found.alpha);
    let mut warnings = warnings(&misfit, group.documents.len());
    if !found.standard_error.is_finite() {
        warnings.push("the scores do not tell the reference's sources apart: any share is possible".to_owned());
    }
    if options.interval == IntervalMethod::Bootstrap {
        let resampled = bootstrap_documents(&evidence, options);
        (found.interval, found.standard_error) = (resampled.interval, resampled.standard_error);
        if resampled.n_failed > 0 {
            warnings.push(format!("{} of {N_REPLICATES} bootstrap replicates failed", resampled.n_failed));
        }
    }
    GroupEstimate {
        group: group.values,
        n_documents: group.documents.len(),
        n_units,
        alpha: Some(found.alpha),
        standard_error: Some(found.standard_error),
        interval: Some(found.interval),
        systematic_error: None,
        design_effect: Some(found.design_effect),
        p_zero: Some(found.p_zero),
        sources: vec![
            SourceShare { name: crate::reference::HUMAN.to_owned(), share: 1.0 - found.alpha },
            SourceShare { name: component.to_owned(), share: found.alpha },
        ],
        misfit: Some(misfit),
        warnings,
    }
}

/// The calibrated units of some documents.
pub fn evidence_of(documents: &[&ScoredDocument], calibration: &Calibration, map: CalibrationMap) -> Evidence {
    let scores: Vec<f64> =
        documents.iter().flat_map(|document| document.scores()).map(|&score| f64::from(score)).collect();
    let mut end = 0;
    let ends = documents.iter().map(|document| {
        end += document.scores().len() as u32;
        end
    });
    Evidence::new(scores, ends.collect(), calibration, map)
}

/// Resamples documents; what a replicate needs of a document is how many units it has of each density ratio.
fn bootstrap_documents(evidence: &Evidence, options: &EstimateOptions) -> Bootstrap {
    let (ratios, documents) = evidence.distinct_ratios();
    bootstrap(documents.len(), N_REPLICATES, options.seed, options.level, |draw| {
        let mut n_units = vec![0.0; ratios.len()];
        for &document in draw {
            documents[document as usize].iter().for_each(|&(ratio, n)| n_units[ratio as usize] += f64::from(n));
        }
        mixture::weighted_alpha(&ratios, &n_units)
    })
}

fn warnings(misfit: &Misfit, n_documents: usize) -> Vec<String> {
    let mut warnings = Vec::new();
    if misfit.flagged {
        warnings.push(
            "the reference does not fit this text (misfit !), the estimate may be far off; use a reference made from text \
             of this kind and by the models in question"
                .to_owned(),
        );
    }
    if n_documents < FEW_DOCUMENTS {
        warnings.push(format!(
            "fewer than {FEW_DOCUMENTS} documents; how alike the units of a document are is taken from the reference"
        ));
    }
    warnings
}
