//! From texts of known source to a reference.

use super::error::RunError;
use super::known::{KnownTexts, groups, read_known_texts};
use super::options::KnownOptions;
use crate::estimate::SourceInput;
use crate::progress::Progress;
use crate::reference::strata::{MIN_FAMILIES, MIN_STRATUM_DOCUMENTS};
use crate::reference::{FitOptions, Reference};

/// What to fit, and how.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FitRun {
    /// The texts.
    pub known: KnownOptions,
    /// How they are fitted; groups and the columns that keep documents together are filled in from the texts.
    pub fit: FitOptions,
}

impl FitRun {
    /// Returns the usual choices for the texts `known`.
    pub fn new(known: KnownOptions) -> FitRun {
        FitRun { known, fit: FitOptions { variants: true, ..FitOptions::default() } }
    }
}

/// A reference, and what was read for it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Fitted {
    /// The reference.
    pub reference: Reference,
    /// What was read, one for each argument.
    pub inputs: Vec<SourceInput>,
    /// What may bias it: fields and forms of one side, and too few kinds of text.
    pub warnings: Vec<String>,
}

/// Fits a reference.
///
/// # Errors
/// When texts cannot be read, a side is missing, or there is too little text.
pub fn fit(run: &FitRun, progress: &dyn Progress) -> Result<Fitted, RunError> {
    let KnownTexts { corpora, split_by, inputs, mut warnings } = read_known_texts(&run.known, &[], progress)?;
    let groups = groups(&run.known.groups, &corpora)?;
    let options = FitOptions { groups, split_by, ..run.fit.clone() };
    let reference = crate::reference::fit(corpora, &options, progress)?;
    if reference.strata.is_none() {
        warnings.push(format!(
            "there are not {MIN_FAMILIES} kinds of human text and {MIN_FAMILIES} families of LLMs with at least {MIN_STRATUM_DOCUMENTS} \
             documents each, so nothing is known of how kinds differ: intervals will not allow for LLMs and forms of text that the \
             reference lacks [add texts and name their columns with --stratum and --group, or learn it with `validate --leave-out`]"
        ));
    }
    Ok(Fitted { reference, inputs, warnings })
}
