//! Estimates every group of a score table.

use jiff::civil::Date;
use rayon::prelude::*;

use super::control::Control;
use super::error::{EstimateError, MIN_TARGET_UNITS};
use super::evidence::{N_REPLICATES, bootstrap_documents, evidence_of};
use super::group::{Group, groups};
use super::methods::IntervalMethod;
use super::options::EstimateOptions;
use super::placebos::allow_for_placebos;
use super::record::{GroupEstimate, ShareEstimate};
use super::sources::{source_shares, widen_sources};
use super::strata::{self, StrataEstimator};
use super::text::{GroupText, comparable_profile};
use crate::interval::{CalibrationMap, Evidence, Misfit, ScoreModel, ShareTests, misfit};
use crate::numbers::thousands;
use crate::reference::{Calibration, Lexicon, Reference, Scorer, SystematicError, Tau};
use crate::score::ScoreTable;
use crate::tokenize::{TextProfile, UnitRule};
use crate::two_level::StrataModel;

/// Minimum number of documents whose clustering can be trusted.
const FEW_DOCUMENTS: usize = 10;

/// Estimates alpha, the LLM share of units, 0 to 1, for every group of `table`, whose scores were made with `reference`.
///
/// Where the reference has strata, alpha is that of the [two-level model](crate::two_level). Else it maximises
/// sum log(1 + alpha w) over units with w = f_llm / f_human - 1 (Liang et al. 2024, equation 6; with several LLMs, the sum of
/// [their shares](crate::mixture::Ratios::shares)), and the [interval](crate::interval) is clustered by document. Both
/// assume that the target's human and LLM units have scores like those of the reference's; the misfit tests it.
///
/// # Errors
/// Returns an error if a column to group by is missing, every group is a single document, or none has [`MIN_TARGET_UNITS`] units.
/// Smaller groups and single documents beside larger groups are listed without an estimate.
///
/// # Examples
///
/// ```
/// use llm_prevalence::estimate::{EstimateOptions, estimate};
/// use llm_prevalence::{Estimator, Texts};
///
/// let text = |n: usize, is_llm: bool| match (n % 10 == 0) != is_llm {
///     false => format!("I liked part {n}. The proof is wrong in step {n}, I think."),
///     true => format!("Part {n} is commendable. The authors meticulously delve into step {n}."),
/// };
/// let texts = |is_llm: bool| (0..300).map(|n| text(n, is_llm)).collect::<Vec<String>>();
/// let reference = Texts::new().human(&texts(false)).llm("toy", &texts(true)).fit("toy-reviews")?;
/// let table = Estimator::new(&reference).score(&[texts(false), texts(true)].concat());
/// let found = estimate(&table, &reference, &EstimateOptions::default())?;
/// let (alpha, interval) = (found[0].alpha().unwrap(), found[0].interval().unwrap());
/// assert!(interval.lower <= alpha && alpha <= interval.upper);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn estimate(
    table: &ScoreTable,
    reference: &Reference,
    options: &EstimateOptions,
) -> Result<Vec<GroupEstimate>, EstimateError> {
    for_groups(table, None, reference, options, |of, group, model, control| of.estimate(group, model, control))
}

/// Estimates alpha, 0 to 1, with a `control` of human text of the target's kind, from which the human side of the calibration
/// is learnt. The groups of the control itself follow those of the target, and should read 0; where they do not, the lower
/// ends of the target allow for as much.
///
/// The estimators are those of [`estimate`]. In the two-level model the control replaces the prior of the human side; if the
/// control itself reads a share c above 0, alpha becomes `(alpha - c) / (1 - c)`. If the interval of one of the control's groups
/// begins at e > 0, a target's lower end moves to the distance `sqrt(distance^2 + e^2)` from its share. Assumed is that the
/// control has no LLM text, and that people write it as they write the target.
///
/// # Errors
/// Returns the errors of [`estimate`], or one if the control is too small or the calibration is not the histogram.
///
/// # Examples
///
/// ```
/// use llm_prevalence::estimate::{EstimateOptions, estimate_with_control};
/// use llm_prevalence::{Estimator, Reference};
///
/// let text = |part: &str, n: usize| format!("I liked {part} {n}. The proof in step {n} is wrong.");
/// let texts = |part: &str| (0..400).map(|n| text(part, n)).collect::<Vec<String>>();
/// let reference = Reference::embedded("abstracts")?;
/// let score = |part: &str| Estimator::new(&reference).score(&texts(part));
/// let found = estimate_with_control(&score("part"), &score("lemma"), &reference, &EstimateOptions::default())?;
/// assert!(!found[0].placebo && found[1].placebo);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn estimate_with_control(
    table: &ScoreTable,
    control: &ScoreTable,
    reference: &Reference,
    options: &EstimateOptions,
) -> Result<Vec<GroupEstimate>, EstimateError> {
    let mut found = for_groups(table, Some(control), reference, options, |of, group, model, control| {
        of.estimate(group, model, control)
    })?;
    allow_for_placebos(&mut found);
    Ok(found)
}

/// Applies `make` to every group of `table` and then of the control.
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

pub(crate) fn require_enough(
    groups: &[Group<'_>],
    unit: UnitRule,
    n_units: impl Fn(&Group<'_>) -> usize,
) -> Result<(), EstimateError> {
    let Some(largest) = groups.iter().max_by_key(|group| n_units(group)) else {
        return Err(EstimateError::TooFewUnits { n_units: 0, n_documents: 0, unit, grouped: false });
    };
    if groups.iter().all(Group::is_one_document) {
        return Err(EstimateError::SingleDocuments);
    }
    let n_units = n_units(largest);
    if n_units >= MIN_TARGET_UNITS {
        return Ok(());
    }
    let grouped = !largest.values.is_empty();
    Err(EstimateError::TooFewUnits { n_units, n_documents: largest.documents.len(), unit, grouped })
}

/// Returns the two-level model if the choices are the usual ones: it is learnt for the sentences of one score.
pub(crate) fn strata_of<'a>(reference: &'a Reference, options: &EstimateOptions) -> Option<&'a StrataModel> {
    let EstimateOptions { lexicon, calibration, interval, scorer, .. } = options;
    let is_usual = *lexicon == Lexicon::All
        && *calibration == CalibrationMap::Histogram
        && *interval == IntervalMethod::default()
        && *scorer == Scorer::Logistic
        && reference.settings.unit == UnitRule::Sentence;
    reference.strata.as_ref().filter(|_| is_usual).map(|strata| &strata.model)
}

/// The reference and the choices that all groups are estimated with.
struct Estimator<'a> {
    strata: Option<StrataEstimator<'a>>,
    calibration: &'a Calibration,
    has_control: bool,
    systematic_error: Option<&'a SystematicError>,
    /// Unit that alpha is a share of.
    unit: UnitRule,
    /// Unit of the mixture: with strata always sentences, of which they make documents.
    mixed_unit: UnitRule,
    /// Profile of the reference's texts, if the target's can be compared with it.
    text_profile: Option<&'a TextProfile>,
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
        let expected = calibration.n_components();
        if let Some(found) = table.other_components(expected) {
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
            text_profile: comparable_profile(reference),
            names,
            options,
        })
    }

    fn n_units(&self, group: &Group<'_>) -> usize {
        match self.unit {
            UnitRule::Sentence => group.n_units(),
            UnitRule::Document => group.documents.len(),
        }
    }

    /// Returns the systematic error of a mixture of units, if it is known.
    fn tau(&self) -> Option<Tau> {
        if let Some(strata) = &self.strata {
            return Some(strata.unit_tau());
        }
        self.systematic_error.map(|learnt| if self.has_control { learnt.with_control } else { learnt.tau })
    }

    /// Returns the calibrated units of a group of the target, or of the `control` if it is given.
    fn evidence(&self, group: &Group<'_>, control: Option<&Control>) -> Evidence {
        match control {
            Some(control) => control.placebo(&group.documents, self.mixed_unit),
            None => evidence_of(&group.documents, self.calibration, self.options.calibration, self.mixed_unit),
        }
    }

    /// Estimates share and misfit alone, without intervals, which take most of the time.
    fn point(&self, group: Group<'_>, model: &ScoreModel<'_>, control: Option<&Control>) -> PointEstimate {
        let n_units = self.n_units(&group);
        let placebo = control.is_some();
        if let Some(without) = GroupEstimate::without_share(&group, n_units, self.unit) {
            let outcome = Err(without.warnings.join("; "));
            return PointEstimate { group: without.group, period: group.period, placebo, outcome };
        }
        if let Some(strata) = self.strata.as_ref().filter(|strata| strata.applies_to(&group)) {
            let found = strata.share(&group, placebo);
            let outcome = Ok((found.share, Misfit::of_distance(found.misfit.distance, found.misfit.p_value)));
            return PointEstimate { group: group.values, period: group.period, placebo, outcome };
        }
        let evidence = self.evidence(&group, control);
        let tests = ShareTests::new(&evidence, model);
        let (shares, misfit) = (tests.shares(), misfit(&evidence, &self.calibration.histogram, tests.shares()));
        // The same rule as in the tests of alpha.
        let alpha = if shares[0] <= 0.0 { 1.0 } else { shares[1..].iter().sum::<f64>().min(1.0) };
        PointEstimate { group: group.values, period: group.period, placebo, outcome: Ok((alpha, misfit)) }
    }

    fn estimate(&self, group: Group<'_>, model: &ScoreModel<'_>, control: Option<&Control>) -> GroupEstimate {
        let n_known = self.n_units(&group);
        let n_documents = group.documents.len();
        if let Some(without) = GroupEstimate::without_share(&group, n_known, self.unit) {
            return GroupEstimate { placebo: control.is_some(), ..without };
        }
        let evidence = self.evidence(&group, control);
        let strata = self.strata.as_ref().filter(|strata| strata.applies_to(&group));
        let tests = ShareTests::new(&evidence, model);
        let (mut found, of_run) = self.share(&evidence, &tests);
        let of_fit = match strata {
            Some(strata) => {
                found = strata.refine(&group, control.is_some(), found);
                let overlooked = strata.overlooked(&found).filter(|_| control.is_none());
                strata::warnings(&found).into_iter().chain(overlooked).collect()
            }
            None => {
                self.test_fit(&evidence, &tests, &mut found);
                let too_short = self.strata.iter().map(|_| strata::TOO_SHORT.to_owned());
                let of_misfit = found.misfit.iter().flat_map(|misfit| warnings(misfit, n_documents, self.has_control));
                of_misfit.chain(too_short).collect()
            }
        };
        let text = self.text_profile.and_then(|expected| GroupText::new(&group, expected));
        let of_size = group.size.map(|size| {
            format!(
                "estimated from {} of its {} documents, drawn at random",
                thousands(n_documents),
                thousands(size.n_documents)
            )
        });
        GroupEstimate {
            placebo: control.is_some(),
            n_documents: group.n_documents(),
            n_units: match (group.size, self.unit) {
                (Some(size), UnitRule::Sentence) => size.n_units,
                (Some(size), UnitRule::Document) => size.n_documents,
                (None, _) => n_known,
            },
            outcome: Some(found),
            unlike_text: text.as_ref().is_some_and(GroupText::is_unlike),
            unlike_because: text.as_ref().map_or_else(Vec::new, |text| text.warnings.clone()),
            text,
            warnings: [of_fit, of_run, of_size.into_iter().collect()].concat(),
            group: group.values,
            period: group.period,
        }
    }

    /// Estimates the share of the units in `evidence`, and returns it with the warnings of the run.
    fn share(&self, evidence: &Evidence, tests: &ShareTests<'_>) -> (ShareEstimate, Vec<String>) {
        let level = self.options.level;
        let mut found = tests.alpha(level);
        let mut warnings = Vec::new();
        if !found.standard_error.is_finite() {
            warnings.push("the scores cannot distinguish the reference's sources, so any share is possible".to_owned());
        }
        let (mut sources, mut source_sums) = source_shares(tests, &self.names, found.interval, level);
        if self.options.interval == IntervalMethod::Bootstrap {
            let resampled = bootstrap_documents(evidence, self.options);
            (found.interval, found.standard_error) = (resampled.interval, resampled.standard_error);
            if resampled.n_failed > 0 {
                let (n_failed, n) = (thousands(resampled.n_failed), thousands(N_REPLICATES));
                warnings.push(format!("{n_failed} of {n} bootstrap replicates failed"));
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
            sources,
            source_sums,
            shares: tests.shares().to_vec(),
            ..ShareEstimate::new(found.share, found.standard_error, found.interval)
        };
        (share, warnings)
    }

    /// Tests a share of 0 and the fit of the mixture of units, for groups whose documents tell nothing of it.
    fn test_fit(&self, evidence: &Evidence, tests: &ShareTests<'_>, found: &mut ShareEstimate) {
        found.p_zero = Some(tests.p_zero(self.tau().map_or(0.0, |tau| tau.below(0.0))));
        found.misfit = Some(misfit(evidence, &self.calibration.histogram, tests.shares()));
    }
}

/// The share and the misfit of one group, without an interval.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PointEstimate {
    /// Names and values of the columns to group by.
    pub group: Vec<(String, Option<String>)>,
    /// First day of the period, if there is one.
    pub period: Option<Date>,
    /// Whether the documents are those of the control.
    pub placebo: bool,
    /// Alpha (0 to 1) and misfit, or the reason why there are none.
    pub outcome: Result<(f64, Misfit), String>,
}

/// Estimates every group as [`estimate`] and [`estimate_with_control`] do, but without intervals, which take longest.
///
/// # Errors
/// Returns the errors of [`estimate_with_control`].
///
/// # Examples
///
/// ```
/// use llm_prevalence::estimate::{EstimateOptions, points};
/// use llm_prevalence::{Estimator, Reference};
///
/// let texts: Vec<String> = (0..60).map(|n| format!("I liked part {n}. The proof in step {n} is wrong.")).collect();
/// let reference = Reference::embedded("abstracts")?;
/// let table = Estimator::new(&reference).score(&texts);
/// let found = points(&table, None, &reference, &EstimateOptions::default())?;
/// assert!(found[0].outcome.as_ref().is_ok_and(|(alpha, _)| (0.0..=1.0).contains(alpha)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn points(
    table: &ScoreTable,
    control: Option<&ScoreTable>,
    reference: &Reference,
    options: &EstimateOptions,
) -> Result<Vec<PointEstimate>, EstimateError> {
    for_groups(table, control, reference, options, |of, group, model, control| of.point(group, model, control))
}

fn warnings(misfit: &Misfit, n_documents: usize, has_control: bool) -> Vec<String> {
    let mut warnings = Vec::new();
    if misfit.flagged {
        let control = if has_control { "" } else { "a control of human text of this kind (--control), " };
        warnings.push(format!(
            "the reference does not fit this text (misfit !), so the estimate may be far off; try {control}a reference made from text \
             of this kind, or one with more LLMs"
        ));
    }
    if n_documents < FEW_DOCUMENTS {
        warnings.push(format!(
            "fewer than {FEW_DOCUMENTS} documents, so the similarity of units within a document is taken from the reference"
        ));
    }
    warnings
}
