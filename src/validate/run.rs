//! Runs a validation: on one split, on strata in turn, or on files of known alpha.

use super::cells::cells;
use super::error::ValidationError;
use super::measure::{Examiner, Measured, MethodExamined, Outcome};
use super::pool::{LeaveOut, Pool, StratumLeftOut, strata, without};
use super::record::{KnownTarget, StratumResult, Validation};
use super::tau::{Learning, TauPoint, learn_tau};
use crate::estimate::{
    EstimateOptions, GroupEstimate, ReferenceSummary, RunSummary, ShareEstimate, estimate, groups, liang,
};
use crate::interval::{CalibrationMap, Interval};
use crate::numbers::thousands;
use crate::progress::{Progress, Within};
use crate::reference::{Distribution, FitOptions, KnownCorpus, Reference, Scorer, SystematicError, Tau, fit};
use crate::score::{ScoreTable, UnitScorer};
use crate::tokenize::UnitRule;

/// Share of groups held out if nothing says otherwise, 0 to 1.
const HOLD_OUT: f64 = 0.3333;
/// Minimum number of documents of a stratum.
const MIN_STRATUM_DOCUMENTS: usize = 50;
/// Maximum number of strata for each way to leave out.
const MAX_STRATA: usize = 24;
/// Number of random streams set aside for the mixtures of a stratum.
const STREAMS_PER_STRATUM: u64 = 1 << 32;

/// Options of a validation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ValidateOptions {
    /// Options of the fits, including the share held out.
    pub fit: FitOptions,
    /// Shares of LLM text, 0 to 1.
    pub alphas: Vec<f64>,
    /// Sizes of the mixtures, in units.
    pub sizes: Vec<usize>,
    /// Number of mixtures of each share and size.
    pub n_replicates: usize,
    /// The ways to leave out strata in turn; if empty, one split is examined.
    pub leave_out: Vec<LeaveOut>,
    /// The scorer of units.
    pub scorer: Scorer,
    /// The calibration, which turns scores into log ratios of densities.
    pub calibration: CalibrationMap,
    /// Nominal coverage of the intervals, 0 to 1.
    pub level: f64,
    /// Seed of the mixtures.
    pub seed: u64,
}

impl Default for ValidateOptions {
    fn default() -> Self {
        ValidateOptions {
            fit: FitOptions::default().held_out_share(HOLD_OUT),
            alphas: vec![0.0, 0.05, 0.1, 0.25, 0.5],
            sizes: vec![600, 3000, 30_000],
            n_replicates: 20,
            leave_out: vec![],
            scorer: Scorer::default(),
            calibration: CalibrationMap::default(),
            level: 0.95,
            seed: 0,
        }
    }
}

impl ValidateOptions {
    /// Sets the options of the fits.
    pub fn fit(self, fit: FitOptions) -> ValidateOptions {
        ValidateOptions { fit, ..self }
    }

    /// Sets the shares of LLM text, 0 to 1.
    pub fn alphas(self, alphas: Vec<f64>) -> ValidateOptions {
        ValidateOptions { alphas, ..self }
    }

    /// Sets the sizes of the mixtures, in units.
    pub fn sizes(self, sizes: Vec<usize>) -> ValidateOptions {
        ValidateOptions { sizes, ..self }
    }

    /// Sets the number of mixtures of each share and size.
    pub fn n_replicates(self, n_replicates: usize) -> ValidateOptions {
        ValidateOptions { n_replicates, ..self }
    }

    /// Sets the ways to leave out strata in turn.
    pub fn leave_out(self, leave_out: Vec<LeaveOut>) -> ValidateOptions {
        ValidateOptions { leave_out, ..self }
    }

    /// Sets the scorer of units.
    pub fn scorer(self, scorer: Scorer) -> ValidateOptions {
        ValidateOptions { scorer, ..self }
    }

    /// Sets the calibration to use.
    pub fn calibration(self, calibration: CalibrationMap) -> ValidateOptions {
        ValidateOptions { calibration, ..self }
    }

    /// Sets the nominal coverage of the intervals, 0 to 1.
    pub fn level(self, level: f64) -> ValidateOptions {
        ValidateOptions { level, ..self }
    }

    /// Sets the seed of the mixtures.
    pub fn seed(self, seed: u64) -> ValidateOptions {
        ValidateOptions { seed, ..self }
    }
}

/// Examines `reference` (or, without one, a fit) on mixtures of texts that it has not seen, or refits without each
/// stratum in turn and learns the systematic error. A given reference must have held out texts by the same rule as
/// `options.fit` says.
///
/// Mixtures are drawn with a known share (the artificial-prevalence protocol; Forman 2008, Data Min. Knowl. Discov. 17:164).
/// Errors are the estimate minus the share in the mixture, 0.01 for one percentage point.
///
/// # Errors
/// Fails if a fit or an estimate fails, if there is too little text, or if there are fewer than two strata.
///
/// # Examples
///
/// ```
/// use llm_prevalence::corpus::Text;
/// use llm_prevalence::progress::Silent;
/// use llm_prevalence::reference::{KnownCorpus, KnownDocument};
/// use llm_prevalence::validate::{ValidateOptions, validate};
///
/// let text = |n: usize, is_llm: bool| match (n % 10 == 0) != is_llm {
///     false => format!("I liked part {n}. The proof is wrong in step {n}, I think."),
///     true => format!("Part {n} is commendable. The authors meticulously delve into step {n}."),
/// };
/// let corpus = |source: &str, is_llm: bool| {
///     KnownCorpus::new(source, (0..300).map(|n| KnownDocument::new(Text::prose(&text(n, is_llm)))).collect())
/// };
/// let options = ValidateOptions::default().alphas(vec![0.0, 0.5]).sizes(vec![60]).n_replicates(2);
/// let found = validate(&[corpus("human", false), corpus("toy", true)], None, &options, &Silent)?;
/// assert_eq!(found.cells.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn validate(
    corpora: &[KnownCorpus],
    reference: Option<(&Reference, &str)>,
    options: &ValidateOptions,
    progress: &dyn Progress,
) -> Result<Validation, ValidationError> {
    let mut warnings = Vec::new();
    if options.leave_out.is_empty() {
        let (fitted, pool) = without(corpora, None, options.fit.held_out_share)?;
        let (own, hash);
        let (reference, sha256) = match reference {
            Some(given) => given,
            None => {
                own = refit(fitted, options, "the fit", progress)?;
                hash = String::new();
                (&own, hash.as_str())
            }
        };
        progress.step("mixtures");
        let (mut measured, unused) = examine(reference, &pool, options, false, 0)?;
        warnings.extend(unused);
        if let Some(known) = reference.systematic_error.as_ref().filter(|known| known.unit == options.fit.unit) {
            measured.iter_mut().for_each(|one| add_tau(one, known.tau, MethodExamined::Calibrated, options.level));
        }
        let mut result = empty(options, ReferenceSummary::new(reference, sha256, options.scorer, options.fit.unit));
        (result.cells, result.warnings) = (cells(&measured), warnings);
        return Ok(result);
    }
    in_turn(corpora, reference, options, progress)
}

fn in_turn(
    corpora: &[KnownCorpus],
    reference: Option<(&Reference, &str)>,
    options: &ValidateOptions,
    progress: &dyn Progress,
) -> Result<Validation, ValidationError> {
    let found = strata(corpora, &options.leave_out, MIN_STRATUM_DOCUMENTS, MAX_STRATA);
    if found.len() < 2 {
        let what = options.leave_out.iter().map(LeaveOut::name).collect::<Vec<_>>().join(", ");
        return Err(ValidationError::NoStrata { what, n_least: MIN_STRATUM_DOCUMENTS });
    }
    let (mut measured, mut kept, mut warnings, mut last) = (Vec::new(), Vec::new(), Vec::new(), None);
    let n_strata = found.len();
    for (number, (way, stratum)) in found.into_iter().enumerate() {
        let name = format!("{} {}", stratum.left_out, stratum.value);
        let progress = &Within { progress, whole: format!("without {name} ({} of {n_strata})", number + 1) };
        let (fitted, pool) =
            without(corpora, Some((&options.leave_out[way], &stratum.value)), options.fit.held_out_share)?;
        let examined = refit(fitted, options, &format!("without {name}"), progress).and_then(|reference| {
            let found = examine(&reference, &pool, options, true, number as u64)?;
            last = Some(reference);
            Ok(found)
        });
        match examined {
            Ok((of_stratum, unused)) => {
                warnings.extend(unused.map(|note| format!("{name}: {note}")));
                measured.push(of_stratum);
                kept.push(stratum);
            }
            Err(error) => warnings.push(format!("{name} left out: {error}")),
        }
    }
    let learnt = systematic_error(&kept, &mut measured, options);
    let summary = match (reference, &last) {
        (Some((reference, sha256)), _) => ReferenceSummary::new(reference, sha256, options.scorer, options.fit.unit),
        (None, Some(last)) => ReferenceSummary::new(last, "", options.scorer, options.fit.unit),
        (None, None) => {
            return Err(ValidationError::NoStrata { what: warnings.join("; "), n_least: MIN_STRATUM_DOCUMENTS });
        }
    };
    let mut result = empty(options, summary);
    result.cells = cells(&measured.concat());
    let of_stratum = |(stratum, measured): (_, &Vec<Measured>)| StratumResult { stratum, cells: cells(measured) };
    result.strata = kept.into_iter().zip(&measured).map(of_stratum).collect();
    (result.systematic_error, result.warnings) = (Some(learnt), warnings);
    Ok(result)
}

fn empty(options: &ValidateOptions, reference: ReferenceSummary) -> Validation {
    Validation {
        run: RunSummary {
            calibration: Some(options.calibration),
            ..RunSummary::new(options.fit.unit, options.level, options.seed, reference)
        },
        warnings: vec![],
        held_out_share: options.fit.held_out_share,
        cells: vec![],
        strata: vec![],
        systematic_error: None,
        inputs: vec![],
    }
}

fn refit(
    corpora: Vec<KnownCorpus>,
    options: &ValidateOptions,
    what: &str,
    progress: &dyn Progress,
) -> Result<Reference, ValidationError> {
    let has_source = |source: &String| corpora.iter().any(|corpus| corpus.source == *source);
    let mut fit_options = options.fit.clone();
    fit_options.groups.iter_mut().for_each(|group| group.sources.retain(has_source));
    fit_options.groups.retain(|group| !group.sources.is_empty());
    fit(corpora, &fit_options, progress).map_err(|error| ValidationError::Fit { what: what.to_owned(), error })
}

/// Estimates mixtures of a pool; also returns a note on the shares and sizes for which it has too little text.
fn examine(
    reference: &Reference,
    pool: &Pool<'_>,
    options: &ValidateOptions,
    with_control: bool,
    number: u64,
) -> Result<(Vec<Measured>, Option<String>), ValidationError> {
    let spec = (options.scorer, options.calibration, options.fit.unit);
    let examiner = Examiner::new(reference, pool, spec, options.level, with_control)?;
    let [n_human, n_llm] = examiner.n_units();
    let (alphas, sizes) = (distinct(&options.alphas), distinct(&options.sizes));
    let first_stream = number * STREAMS_PER_STRATUM;
    let measured = examiner.examine(&alphas, &sizes, options.n_replicates, options.seed, first_stream);
    if measured.is_empty() {
        let smallest = sizes.iter().min().copied().unwrap_or_default();
        return Err(ValidationError::TooLittle { n_human, n_llm, smallest });
    }
    let n_missing = alphas.len() * sizes.len() - cells(&measured).len();
    let note = (n_missing > 0).then(|| {
        format!(
            "{n_missing} of the shares and sizes take more than the {} human and {} LLM units there are",
            thousands(n_human),
            thousands(n_llm)
        )
    });
    Ok((measured, note))
}

/// Returns the values in their order, each once.
fn distinct<T: Copy + PartialEq>(values: &[T]) -> Vec<T> {
    let mut kept = Vec::new();
    for value in values {
        if !kept.contains(value) {
            kept.push(*value);
        }
    }
    kept
}

/// Learns tau from all strata, and widens the intervals of each by the tau learnt from the others.
fn systematic_error(
    strata: &[StratumLeftOut],
    measured: &mut [Vec<Measured>],
    options: &ValidateOptions,
) -> SystematicError {
    let points = |method: MethodExamined| -> Vec<Learning> {
        let of_one = |one: &Measured| {
            let outcomes = one.outcomes.iter().filter(move |(of, _)| *of == method);
            outcomes.map(|(_, outcome)| TauPoint::of(one, *outcome)).collect::<Vec<_>>()
        };
        let learning = |(stratum, of_stratum): (&StratumLeftOut, &Vec<Measured>)| Learning {
            is_new: [stratum.n_human > 0, stratum.n_llm > 0],
            points: of_stratum.iter().flat_map(of_one).collect(),
        };
        strata.iter().zip(measured.iter()).map(learning).collect()
    };
    let [calibrated, control] = [MethodExamined::Calibrated, MethodExamined::Control].map(points);
    let (tau, with_control) = (learn_tau(calibrated.iter(), options.level), learn_tau(control.iter(), options.level));
    for (number, of_stratum) in measured.iter_mut().enumerate() {
        for (method, learning) in [(MethodExamined::Calibrated, &calibrated), (MethodExamined::Control, &control)] {
            let others = learning.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, points)| points);
            let tau = learn_tau(others, options.level);
            of_stratum.iter_mut().for_each(|one| add_tau(one, tau, method, options.level));
        }
    }
    let coverage = |method: MethodExamined| {
        let all = || measured.iter().flatten();
        let covers = |one: &&Measured| {
            one.outcomes.iter().any(|(of, outcome)| *of == method && outcome.covers(one.alpha, one.truth))
        };
        all().filter(covers).count() as f64 / all().count().max(1) as f64
    };
    SystematicError {
        tau,
        with_control,
        unit: options.fit.unit,
        left_out: options.leave_out.iter().map(|way| way.name().to_owned()).collect(),
        n_strata: measured.len(),
        n_mixtures: measured.iter().map(Vec::len).sum(),
        coverage_without: coverage(MethodExamined::Calibrated),
        coverage_with: coverage(MethodExamined::CalibratedTau),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: options.seed,
    }
}

/// Adds the outcome of `method` with systematic error, unless there is one: the two-level model has systematic terms of its own.
fn add_tau(measured: &mut Measured, tau: Tau, method: MethodExamined, level: f64) {
    let with =
        if method == MethodExamined::Control { MethodExamined::ControlTau } else { MethodExamined::CalibratedTau };
    let find = |wanted: MethodExamined| measured.outcomes.iter().find(|(of, _)| *of == wanted);
    if let (Some(&(_, found)), None) = (find(method), find(with)) {
        let interval = found.interval.widened(found.estimate, tau, level);
        measured.outcomes.push((with, Outcome { interval, ..found }));
    }
}

/// Examines `reference` on files of known alpha, 0 to 1, each as it is: the error is the estimate minus that alpha, -1 to 1.
///
/// A cell has the mean, the largest and the root of the mean squared error of the files of one alpha and size, and the share of
/// their intervals that hold alpha. Assumed is that the reference was not fitted on these texts; that is for the caller to see to.
///
/// # Errors
/// Fails if an estimate fails.
///
/// # Examples
///
/// ```
/// use llm_prevalence::Reference;
/// use llm_prevalence::corpus::{Document, Text};
/// use llm_prevalence::estimate::SCHEMA_VERSION;
/// use llm_prevalence::validate::{KnownTarget, ValidateOptions, validate_targets};
///
/// let text = |n: usize| Text::prose(&format!("I liked part {n}. The proof in step {n} is wrong."));
/// let document = |n: usize| Document::new(Some(n.to_string()), text(n));
/// let target = KnownTarget::new("human.jsonl", 0.0, (0..60).map(document).collect());
/// let reference = Reference::embedded("abstracts")?;
/// let found = validate_targets((&reference, ""), &[target], &ValidateOptions::default())?;
/// assert_eq!((found.run.schema_version, found.cells.len()), (SCHEMA_VERSION, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn validate_targets(
    reference: (&Reference, &str),
    targets: &[KnownTarget],
    options: &ValidateOptions,
) -> Result<Validation, ValidationError> {
    let (reference, sha256) = reference;
    let own = UnitScorer::new(reference, options.scorer);
    let Distribution { vocabulary, weights, .. } = Distribution::of_reference(reference);
    let published = UnitScorer::with_weights(vocabulary, weights, reference.settings.unit);
    let estimate_options = EstimateOptions {
        scorer: options.scorer,
        calibration: options.calibration,
        unit: Some(options.fit.unit),
        level: options.level,
        seed: options.seed,
        ..EstimateOptions::default()
    };
    let mut result = empty(options, ReferenceSummary::new(reference, sha256, options.scorer, options.fit.unit));
    let mut measured = Vec::new();
    for target in targets {
        let table = |scorer: &UnitScorer| {
            let mut table = ScoreTable::new(vec![]);
            scorer.score_into(&target.documents, &mut table);
            table
        };
        let found = estimate(&table(&own), reference, &estimate_options)?.remove(0);
        let mut outcomes = vec![];
        outcomes.extend(outcome(&found, |of| of.sampling_interval).map(|of| (MethodExamined::Calibrated, of)));
        if found.outcome.as_ref().is_some_and(|of| of.systematic_error.is_some()) {
            outcomes.extend(outcome(&found, |of| Some(of.interval)).map(|of| (MethodExamined::CalibratedTau, of)));
        }
        if options.fit.unit == UnitRule::Sentence {
            let scores = table(&published);
            let liang = liang::estimate_groups(groups(&scores, &[])?, options.level, options.seed)?.remove(0);
            outcomes.extend(outcome(&liang, |of| Some(of.interval)).map(|of| (MethodExamined::Liang, of)));
        }
        measured.push(Measured { alpha: target.alpha, n_units: found.n_units, truth: target.alpha, outcomes });
    }
    result.cells = cells(&measured);
    Ok(result)
}

fn outcome(found: &GroupEstimate, interval: impl Fn(&ShareEstimate) -> Option<Interval>) -> Option<Outcome> {
    let found = found.outcome.as_ref()?;
    let flagged = found.misfit.map(|misfit| misfit.flagged);
    let is_of_documents = found.strata.is_some();
    Some(Outcome { estimate: found.alpha, interval: interval(found)?, flagged, is_of_documents })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_removed_and_the_order_stays() {
        assert_eq!(distinct(&[0.5, 0.1, 0.5, 0.0, -0.0, 0.1]), [0.5, 0.1, 0.0]);
        assert!(distinct::<usize>(&[]).is_empty());
    }

    #[test]
    fn an_outcome_gets_a_systematic_error_once() {
        use MethodExamined::{Calibrated, CalibratedTau};
        let outcome = |lower: f64, upper: f64| Outcome {
            estimate: 0.3,
            interval: Interval { lower, upper },
            flagged: Some(false),
            is_of_documents: true,
        };
        let after = |outcomes: Vec<(MethodExamined, Outcome)>| {
            let mut one = Measured { alpha: 0.3, n_units: 600, truth: 0.3, outcomes };
            add_tau(&mut one, Tau { human: 0.1, ..Tau::default() }, Calibrated, 0.95);
            one.outcomes
        };
        let added = after(vec![(Calibrated, outcome(0.25, 0.35))]);
        assert_eq!(added[1].0, CalibratedTau);
        assert!(added[1].1.interval.lower < 0.25 && added[1].1.interval.upper > 0.35, "{added:?}");
        let own = vec![(Calibrated, outcome(0.25, 0.35)), (CalibratedTau, outcome(0.2, 0.4))];
        assert_eq!(after(own.clone()), own);
    }
}
