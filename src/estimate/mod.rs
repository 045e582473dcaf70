//! Composes the stages: the LLM share of a corpus or of each group in it, with its interval and what to make of it.

mod band;
mod control;
mod group;
pub mod liang;
pub(crate) mod notes;
mod options;
mod record;
mod source_input;
mod sources;
mod strata;
mod summary;
mod text;
mod words;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::interval::{Bootstrap, CalibrationMap, Evidence, Misfit, ScoreModel, ShareTests, bootstrap, misfit};
use crate::reference::{
    Calibration, Lexicon, MIN_SOURCE_UNITS, Reference, Scorer, SystematicError, Tau, document_score,
};
use crate::score::{ScoreTable, ScoredDocument};
use crate::tokenize::UnitRule;
use crate::two_level::StrataModel;

pub use band::{Band, Specification, SpecificationEstimate, Tables, add_bands};
pub use control::Control;
pub use group::{Group, groups};
pub use notes::cut_note;
pub use options::EstimateOptions;
pub use record::{Estimate, GroupEstimate, IntervalMethod, Method, ShareEstimate};
pub use source_input::SourceInput;
use sources::widen_sources;
pub use sources::{SourceShare, SourceSum, source_shares};
pub(crate) use strata::StrataEstimator;
pub use strata::{MIN_UNITS_PER_DOCUMENT, MixedShare, StrataShare, UNKNOWN};
pub use summary::{
    ControlSummary, CutSummary, InputSummary, ReferenceSummary, RunSummary, SCHEMA_VERSION, ToolSummary,
};
pub use text::TextSummary;
pub use words::{MisfitWord, explain_misfit};

/// Fewest units that an estimate is made of.
pub const MIN_TARGET_UNITS: usize = 50;
/// Replicates of a bootstrap.
pub const N_REPLICATES: usize = 1000;
/// Fewest documents whose clustering can be believed.
const FEW_DOCUMENTS: usize = 10;

/// Why there is no estimate.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum EstimateError {
    /// Too little text.
    #[error(
        "too little text: only {found}, at least {MIN_TARGET_UNITS} are needed [add documents{hint}]",
        found = found(*.n_units, *.n_documents, *.unit),
        hint = if *.grouped { ", or group by fewer columns" } else { "" }
    )]
    TooFewUnits {
        /// Units of the largest group.
        n_units: usize,
        /// Its documents.
        n_documents: usize,
        /// What a unit is.
        unit: UnitRule,
        /// Whether there were groups.
        grouped: bool,
    },
    /// A unit that the reference has no calibration for.
    #[error("reference \"{reference}\" has no calibration for --unit {unit} [{hint}]", hint = no_calibration_hint(*.unit))]
    NoSuchUnit {
        /// The reference's name.
        reference: String,
        /// The unit asked for.
        unit: UnitRule,
    },
    /// The linear map for whole documents of several LLM components.
    #[error(
        "whole documents of several LLMs are told apart too well for the linear map, which would have to be guessed where none lies [use --calibration histogram]"
    )]
    NoMapOfDocuments,
    /// A control with too little text.
    #[error(
        "too little control text: only {found}, at least {MIN_SOURCE_UNITS} are needed [add human text of this kind]",
        found = found(*.n_units, *.n_documents, *.unit)
    )]
    ControlTooSmall {
        /// Its units.
        n_units: usize,
        /// Its documents.
        n_documents: usize,
        /// What a unit is.
        unit: UnitRule,
    },
    /// The linear map, of which a control teaches nothing.
    #[error("a control teaches the histogram calibration [leave out --calibration logistic]")]
    ControlNeedsHistogram,
    /// Scores of another number of components.
    #[error("the scores have {found} components, and the reference has {expected} [score the text again]")]
    OtherComponents {
        /// Components of the scores.
        found: usize,
        /// Components of the reference.
        expected: usize,
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
    for_groups(table, None, reference, options, |of, group, model, control| of.estimate(group, model, control))
}

/// Estimates alpha with a `control` of human text of the target's kind, from which the human side of the calibration is learnt.
/// After the target's groups come those of the control itself, which should read 0.
///
/// # Errors
/// Those of [`estimate`]; a control that is too small, or another calibration than the histogram.
pub fn estimate_with_control(
    table: &ScoreTable,
    control: &ScoreTable,
    reference: &Reference,
    options: &EstimateOptions,
) -> Result<Vec<GroupEstimate>, EstimateError> {
    for_groups(table, Some(control), reference, options, |of, group, model, control| of.estimate(group, model, control))
}

/// What `make` makes of every group of `table` and then of the control.
fn for_groups<T: Send>(
    table: &ScoreTable,
    control: Option<&ScoreTable>,
    reference: &Reference,
    options: &EstimateOptions,
    make: impl Fn(&Estimator<'_>, Group<'_>, &ScoreModel<'_>, Option<&Control>) -> T + Sync,
) -> Result<Vec<T>, EstimateError> {
    let mut estimator = Estimator::new(table, reference, options)?;
    if control.is_some() && options.calibration != CalibrationMap::Histogram {
        return Err(EstimateError::ControlNeedsHistogram);
    }
    let learn = |control: &ScoreTable| {
        Control::learn(&control.in_canonical_order(), estimator.calibration, estimator.mixed_unit)
    };
    let learnt = control.map(learn).transpose()?;
    if let Some(learnt) = &learnt {
        (estimator.calibration, estimator.has_control) = (&learnt.calibration, true);
    }
    let model = ScoreModel::new(estimator.calibration, options.calibration);
    let of_control = control.map(|control| groups(control, &options.by)).transpose()?.unwrap_or_default();
    if let Some(strata) = strata_of(reference, options) {
        estimator.strata = Some(StrataEstimator::new(strata, &of_control, estimator.unit, options.level));
    }
    let targets = groups(table, &options.by)?;
    require_enough(&targets, estimator.unit, |group| estimator.n_units(group))?;
    let mut found: Vec<T> = targets.into_par_iter().map(|group| make(&estimator, group, &model, None)).collect();
    found.par_extend(of_control.into_par_iter().map(|group| make(&estimator, group, &model, learnt.as_ref())));
    Ok(found)
}

fn found(n_units: usize, n_documents: usize, unit: UnitRule) -> String {
    match unit {
        UnitRule::Sentence => format!("{n_units} units (documents: {n_documents})"),
        UnitRule::Document => format!("{n_units} documents"),
    }
}

fn no_calibration_hint(unit: UnitRule) -> &'static str {
    match unit {
        UnitRule::Sentence => "it was fitted with whole documents as units; make another without --unit document",
        UnitRule::Document => "too few of its documents are of one source; add documents and fit again",
    }
}

pub(crate) fn require_enough(
    groups: &[Group<'_>],
    unit: UnitRule,
    n_units: impl Fn(&Group<'_>) -> usize,
) -> Result<(), EstimateError> {
    let Some(largest) = groups.iter().max_by_key(|group| n_units(group)) else {
        return Err(EstimateError::TooFewUnits { n_units: 0, n_documents: 0, unit, grouped: false });
    };
    let n_units = n_units(largest);
    if n_units >= MIN_TARGET_UNITS {
        return Ok(());
    }
    let grouped = !largest.values.is_empty();
    Err(EstimateError::TooFewUnits { n_units, n_documents: largest.documents.len(), unit, grouped })
}

/// Returns the two-level model, for the usual choices alone: it is learnt for the sentences of one score.
pub(crate) fn strata_of<'a>(reference: &'a Reference, options: &EstimateOptions) -> Option<&'a StrataModel> {
    let EstimateOptions { lexicon, calibration, interval, scorer, .. } = options;
    let is_usual = *lexicon == Lexicon::All
        && *calibration == CalibrationMap::Histogram
        && *interval == IntervalMethod::default()
        && *scorer == Scorer::Logistic
        && reference.settings.unit == UnitRule::Sentence;
    reference.strata.as_ref().filter(|_| is_usual).map(|strata| &strata.model)
}

/// What all groups are estimated with.
struct Estimator<'a> {
    strata: Option<StrataEstimator<'a>>,
    calibration: &'a Calibration,
    has_control: bool,
    systematic_error: Option<&'a SystematicError>,
    /// What alpha is a share of.
    unit: UnitRule,
    /// What the mixture is of: with strata always sentences, of which they make documents.
    mixed_unit: UnitRule,
    names: Vec<String>,
    options: &'a EstimateOptions,
}

impl<'a> Estimator<'a> {
    fn new(
        table: &ScoreTable,
        reference: &'a Reference,
        options: &'a EstimateOptions,
    ) -> Result<Estimator<'a>, EstimateError> {
        let unit = options.unit.unwrap_or(reference.settings.unit);
        let mixed_unit = if strata_of(reference, options).is_some() { UnitRule::Sentence } else { unit };
        let calibration = match options.lexicon {
            Lexicon::All => reference.calibration(options.scorer, mixed_unit),
            lexicon => reference.variant(lexicon).and_then(|variant| variant.calibration(mixed_unit)),
        };
        let calibration =
            calibration.ok_or_else(|| EstimateError::NoSuchUnit { reference: reference.card.name.clone(), unit })?;
        if calibration.n_components() != table.n_components {
            let (found, expected) = (table.n_components, calibration.n_components());
            return Err(EstimateError::OtherComponents { found, expected });
        }
        let names = reference.component_names();
        if mixed_unit == UnitRule::Document && options.calibration == CalibrationMap::Logistic && names.len() > 1 {
            return Err(EstimateError::NoMapOfDocuments);
        }
        let systematic_error = reference.systematic_error.as_ref().filter(|learnt| learnt.unit == unit);
        Ok(Estimator {
            strata: None,
            calibration,
            has_control: false,
            systematic_error,
            unit,
            mixed_unit,
            names,
            options,
        })
    }

    fn n_units(&self, group: &Group<'_>) -> usize {
        match self.unit {
            UnitRule::Sentence => group.n_units(self.names.len()),
            UnitRule::Document => group.documents.len(),
        }
    }

    /// The systematic error of a mixture of units.
    fn tau(&self) -> Option<Tau> {
        if let Some(strata) = &self.strata {
            return Some(strata.unit_tau());
        }
        self.systematic_error.map(|learnt| if self.has_control { learnt.with_control } else { learnt.tau })
    }

    /// The calibrated units of a group of the target, or of the `control` that is given.
    fn evidence(&self, group: &Group<'_>, control: Option<&Control>) -> Evidence {
        match control {
            Some(control) => control.placebo(&group.documents, self.mixed_unit),
            None => evidence_of(&group.documents, self.calibration, self.options.calibration, self.mixed_unit),
        }
    }

    /// Share and misfit alone: without intervals, which take most of the time.
    fn point(&self, group: Group<'_>, model: &ScoreModel<'_>, control: Option<&Control>) -> PointEstimate {
        let n_units = self.n_units(&group);
        let placebo = control.is_some();
        if n_units < MIN_TARGET_UNITS {
            let small = GroupEstimate::too_small(group.values, group.documents.len(), n_units, self.unit);
            let outcome = Err(small.warnings.join("; "));
            return PointEstimate { group: small.group, period: group.period, placebo, outcome };
        }
        if let Some(strata) = self.strata.as_ref().filter(|strata| strata.applies_to(&group)) {
            let found = strata.share(&group, placebo);
            let outcome = Ok((found.share, Misfit::of_distance(found.misfit.distance, found.misfit.p_value)));
            return PointEstimate { group: group.values, period: group.period, placebo, outcome };
        }
        let evidence = self.evidence(&group, control);
        let tests = ShareTests::new(&evidence, model);
        let (shares, misfit) = (tests.shares(), misfit(&evidence, &self.calibration.histogram, tests.shares()));
        // As the tests of alpha have it.
        let alpha = if shares[0] <= 0.0 { 1.0 } else { shares[1..].iter().sum::<f64>().min(1.0) };
        PointEstimate { group: group.values, period: group.period, placebo, outcome: Ok((alpha, misfit)) }
    }

    fn estimate(&self, group: Group<'_>, model: &ScoreModel<'_>, control: Option<&Control>) -> GroupEstimate {
        let n_units = self.n_units(&group);
        let n_documents = group.documents.len();
        if n_units < MIN_TARGET_UNITS {
            let small = GroupEstimate::too_small(group.values, n_documents, n_units, self.unit);
            return GroupEstimate { period: group.period, placebo: control.is_some(), ..small };
        }
        let evidence = self.evidence(&group, control);
        let (mut found, of_run) = self.share(&evidence, model);
        let mut of_fit = found.misfit.map_or_else(Vec::new, |misfit| warnings(&misfit, n_documents, self.has_control));
        match &self.strata {
            Some(strata) if strata.applies_to(&group) => {
                found = strata.refine(&group, control.is_some(), found);
                of_fit = strata::warnings(&found);
            }
            Some(_) => of_fit.push(strata::TOO_SHORT.to_owned()),
            None => {}
        }
        GroupEstimate {
            group: group.values,
            period: group.period,
            placebo: control.is_some(),
            n_documents,
            n_units,
            outcome: Some(found),
            warnings: [of_fit, of_run].concat(),
        }
    }

    /// The share of what the `evidence` is of, and what to know of how it was found.
    fn share(&self, evidence: &Evidence, model: &ScoreModel<'_>) -> (ShareEstimate, Vec<String>) {
        let level = self.options.level;
        let tests = ShareTests::new(evidence, model);
        let mut found = tests.alpha(level);
        let mut warnings = Vec::new();
        if !found.standard_error.is_finite() {
            warnings.push("the scores do not tell the reference's sources apart: any share is possible".to_owned());
        }
        let (mut sources, mut source_sums) = source_shares(&tests, &self.names, found.interval, level);
        if self.options.interval == IntervalMethod::Bootstrap {
            let resampled = bootstrap_documents(evidence, self.options);
            (found.interval, found.standard_error) = (resampled.interval, resampled.standard_error);
            if resampled.n_failed > 0 {
                warnings.push(format!("{} of {N_REPLICATES} bootstrap replicates failed", resampled.n_failed));
            }
        }
        let tau = self.tau();
        let sampling_interval = found.interval;
        if let Some(tau) = tau {
            found.interval = found.interval.widened(found.share, tau, level);
            widen_sources(&mut sources, &mut source_sums, tau, found.interval, level);
        }
        let share = ShareEstimate {
            sampling_interval: Some(sampling_interval),
            systematic_error: tau.map(|tau| tau.below(found.share)),
            design_effect: Some(found.design_effect),
            p_zero: Some(tests.p_zero(tau.map_or(0.0, |tau| tau.below(0.0)))),
            sources,
            source_sums,
            shares: tests.shares().to_vec(),
            misfit: Some(misfit(evidence, &self.calibration.histogram, tests.shares())),
            ..ShareEstimate::new(found.share, found.standard_error, found.interval)
        };
        (share, warnings)
    }
}

/// The share and the misfit of one group, without an interval.
#[derive(Debug, Clone, PartialEq)]
pub struct PointEstimate {
    /// Column and value.
    pub group: Vec<(String, Option<String>)>,
    /// The first day of the period, where there are periods.
    pub period: Option<Date>,
    /// Whether these are documents of the control.
    pub placebo: bool,
    /// Alpha and misfit, or why there are none.
    pub outcome: Result<(f64, Misfit), String>,
}

/// Estimates every group as [`estimate`] and [`estimate_with_control`] do, without the intervals, which take most of the time.
///
/// # Errors
/// Those of [`estimate_with_control`].
pub fn points(
    table: &ScoreTable,
    control: Option<&ScoreTable>,
    reference: &Reference,
    options: &EstimateOptions,
) -> Result<Vec<PointEstimate>, EstimateError> {
    for_groups(table, control, reference, options, |of, group, model, control| of.point(group, model, control))
}

/// The K scores of a document's units: its sentences, or itself.
fn unit_scores(document: &ScoredDocument, k: usize, unit: UnitRule) -> Vec<f64> {
    let scores: Vec<f64> = document.scores().iter().map(|&score| f64::from(score)).collect();
    match unit {
        UnitRule::Sentence => scores,
        UnitRule::Document => document_score(k, &scores),
    }
}

/// The calibrated units of some documents: their sentences, or the documents themselves.
pub fn evidence_of(
    documents: &[&ScoredDocument],
    calibration: &Calibration,
    map: CalibrationMap,
    unit: UnitRule,
) -> Evidence {
    let k = calibration.n_components();
    let (mut scores, mut ends) = (Vec::new(), Vec::new());
    for document in documents {
        scores.extend(unit_scores(document, k, unit));
        ends.push((scores.len() / k) as u32);
    }
    Evidence::new(scores, ends, calibration, map)
}

/// Resamples documents; what a replicate needs of a document is how many units it has of each kind.
fn bootstrap_documents(evidence: &Evidence, options: &EstimateOptions) -> Bootstrap {
    let documents = evidence.documents_by_kind();
    bootstrap(documents.len(), N_REPLICATES, options.seed, options.level, |draw| {
        let mut n_units = vec![0.0; evidence.n_kinds()];
        for &document in draw {
            documents[document as usize].iter().for_each(|&(kind, n)| n_units[kind as usize] += f64::from(n));
        }
        1.0 - evidence.ratios_with(&n_units).shares()[0]
    })
}

fn warnings(misfit: &Misfit, n_documents: usize, has_control: bool) -> Vec<String> {
    let mut warnings = Vec::new();
    if misfit.flagged {
        let control = if has_control { "" } else { "a control of human text of this kind (--control), " };
        warnings.push(format!(
            "the reference does not fit this text (misfit !), the estimate may be far off; try {control}a reference made from text \
             of this kind, or one with more generators"
        ));
    }
    if n_documents < FEW_DOCUMENTS {
        warnings.push(format!(
            "fewer than {FEW_DOCUMENTS} documents; how alike the units of a document are is taken from the reference"
        ));
    }
    warnings
}
