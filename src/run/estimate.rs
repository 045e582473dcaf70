//! Estimates shares from text or score tables.

use super::error::RunError;
use super::input::input_of;
use super::options::TargetOptions;
use super::refusals::LiangError;
use super::score_corpus::{HeldOut, Scored, ScoredCorpus, Wanted, score_corpus};
use super::select::{Selected, select};
use super::tables::score_tables;
use super::target::Target;
use crate::estimate::{Estimate, IntervalMethod, Method, ReferenceSummary, RunSummary, groups, liang};
use crate::progress::Progress;
use crate::reference::Distribution;
use crate::score::UnitScorer;
use crate::tokenize::UnitRule;

/// A target, and the options of its estimate.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct EstimateRun {
    /// The target, with the reference and the settings that it is estimated with.
    pub target: TargetOptions,
    /// The method of estimation.
    pub method: Method,
    /// The kind of interval to report.
    pub interval: IntervalMethod,
    /// Whether to report the range of the estimate over other reasonable choices.
    pub band: bool,
}

impl EstimateRun {
    /// Returns the usual choices for `target`.
    pub fn new(target: TargetOptions) -> EstimateRun {
        EstimateRun { target, method: Method::default(), interval: IntervalMethod::default(), band: false }
    }

    /// Sets the method of estimation.
    pub fn method(self, method: Method) -> EstimateRun {
        EstimateRun { method, ..self }
    }

    /// Sets the kind of interval to report.
    pub fn interval(self, interval: IntervalMethod) -> EstimateRun {
        EstimateRun { interval, ..self }
    }

    /// Sets whether to report the range of the estimate over other reasonable choices.
    pub fn band(self, band: bool) -> EstimateRun {
        EstimateRun { band, ..self }
    }
}

/// Estimates the LLM share alpha, 0 to 1, of the units of every group of a corpus, with an interval.
///
/// The units are sentences or documents. Formulas, assumptions and sources: [`estimate`](crate::estimate::estimate) and
/// [`two_level`](crate::two_level); of the published method, [`liang`](crate::estimate::liang).
///
/// # Errors
/// Fails if the input or the reference cannot be read, the options contradict each other, or there is too little text.
///
/// # Examples
///
/// ```
/// use llm_prevalence::progress::Silent;
/// use llm_prevalence::run::{EstimateRun, InputOptions, TargetOptions, estimate};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("reviews.csv").display().to_string();
/// let rows = (0..40).map(|n| format!("{n},I liked part {n}. The proof in step {n} is wrong.\n"));
/// std::fs::write(&path, format!("id,text\n{}", rows.collect::<String>()))?;
/// let found = estimate(&EstimateRun::new(TargetOptions::new(InputOptions::new([path]))), &Silent)?;
/// assert_eq!(found.estimates[0].n_documents, 40);
/// assert!(found.estimates[0].alpha().is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn estimate(run: &EstimateRun, progress: &dyn Progress) -> Result<Estimate, RunError> {
    match run.method {
        Method::Liang => published(run, progress),
        Method::Calibrated => calibrated(run, progress),
    }
}

fn calibrated(run: &EstimateRun, progress: &dyn Progress) -> Result<Estimate, RunError> {
    let target = Target::read(&run.target, None, run.band, progress)?;
    let options = target.estimate_options(run.interval);
    progress.step("estimating");
    let mut estimates = target.estimate(&options)?;
    if run.band {
        progress.step("the same by other choices");
        target.add_bands(&mut estimates, &options);
    }
    let summary = target.summary(options.level);
    Ok(Estimate {
        warnings: summary.notes(),
        run: summary,
        method: run.method,
        interval_method: run.interval,
        estimates,
    })
}

fn published(run: &EstimateRun, progress: &dyn Progress) -> Result<Estimate, RunError> {
    refuse_unpublished(run)?;
    let target = &run.target;
    let found = Published::find(target)?;
    let unit = found.unit;
    let scorer = UnitScorer::with_weights(found.distribution.vocabulary, found.distribution.weights, unit);
    let wanted = Wanted { by: &target.by, held_out: found.held_out.as_ref(), ..Wanted::default() };
    let ScoredCorpus { target: Scored { table, .. }, summary, .. } =
        score_corpus(&target.input, &wanted, &scorer, progress)?;
    progress.step("bootstrap over units");
    let estimates = liang::estimate_groups(groups(&table, &target.by)?, target.level, target.seed)?;
    let input = input_of(&table, &summary);
    let summary = RunSummary { input, ..RunSummary::new(unit, target.level, target.seed, found.summary) };
    Ok(Estimate {
        warnings: summary.notes(),
        run: summary,
        method: run.method,
        interval_method: IntervalMethod::UnitBootstrap,
        estimates,
    })
}

fn refuse_unpublished(EstimateRun { target, band, .. }: &EstimateRun) -> Result<(), RunError> {
    if *band {
        return Err(LiangError::Band.into());
    }
    if !score_tables(&target.input, &target.input.inputs)?.is_empty() {
        return Err(LiangError::Scores.into());
    }
    if target.unit.is_some_and(|unit| unit != UnitRule::Sentence) {
        return Err(LiangError::Documents.into());
    }
    if !target.control.inputs.is_empty() || target.control.before.is_some() {
        return Err(LiangError::Control.into());
    }
    Ok(())
}

/// The distribution that the published method scores with, and its settings.
struct Published {
    summary: ReferenceSummary,
    distribution: Distribution,
    unit: UnitRule,
    held_out: Option<HeldOut>,
}

impl Published {
    fn find(options: &TargetOptions) -> Result<Published, RunError> {
        match select(options.reference_name())? {
            Selected::Published(..) if options.held_out => Err(LiangError::HeldOut.into()),
            Selected::Published(name, sha256, distribution) => {
                let (summary, unit) = (ReferenceSummary::published(&name, &sha256), UnitRule::Sentence);
                Ok(Published { summary, distribution: *distribution, unit, held_out: None })
            }
            Selected::Fitted(reference, sha256) => {
                let sources = reference.sources.iter().map(|source| source.name.clone()).collect();
                Ok(Published {
                    summary: ReferenceSummary { sources, ..ReferenceSummary::published(&reference.card.name, &sha256) },
                    distribution: Distribution::of_reference(&reference),
                    unit: reference.settings.unit,
                    held_out: HeldOut::of(&reference, options.held_out)?,
                })
            }
        }
    }
}
