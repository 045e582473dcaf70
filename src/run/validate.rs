//! Measures error, coverage and systematic error on texts of known source.

use std::collections::BTreeMap;

use super::error::RunError;
use super::input::source_input;
use super::known::{KnownTexts, groups, read_known_texts};
use super::known_options::KnownOptions;
use super::leave_out::LeaveOutBy;
use super::refusals::ValidateError;
use super::select::select_fitted;
use crate::corpus::read_corpus;
use crate::estimate::{InputSummary, SourceInput};
use crate::interval::CalibrationMap;
use crate::progress::Progress;
use crate::reference::{Component, FitOptions, Grouping, HUMAN, KnownCorpus, Reference, Scorer, fit};
use crate::tokenize::UnitRule;
use crate::validate::{KnownTarget, LeaveOut, ValidateOptions, Validation, validate_targets};

/// The text before the share in the names of the published files.
const ALPHA: &str = "alpha_";

/// Texts of known source, and the options of a validation on them.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ValidateRun {
    /// The texts of known source.
    pub known: KnownOptions,
    /// Name or file of the reference to examine; `None` fits one.
    pub reference: Option<String>,
    /// Ways to leave out strata in turn.
    pub leave_out: Vec<LeaveOutBy>,
    /// Files of known share instead of mixtures: the share, 0 to 1, `None` if the name of each file has it after `alpha_`,
    /// and a file, folder or glob.
    pub targets: Vec<(Option<f64>, String)>,
    /// Shares of LLM text in the mixtures, 0 to 1.
    pub alphas: Vec<f64>,
    /// Sizes of the mixtures, in units.
    pub sizes: Vec<usize>,
    /// Number of mixtures of each share and size.
    pub n_replicates: usize,
    /// Share of groups that no fit sees, 0 to 1; `None` takes the reference's, or a third.
    pub hold_out: Option<f64>,
    /// The scorer of units.
    pub scorer: Scorer,
    /// The calibration, which turns scores into log ratios of densities.
    pub calibration: CalibrationMap,
    /// The unit that alpha is a share of; `None` takes the reference's, or sentences.
    pub unit: Option<UnitRule>,
    /// Nominal coverage of the intervals, 0 to 1.
    pub level: f64,
    /// Seed of the mixtures.
    pub seed: u64,
}

impl ValidateRun {
    /// Returns the usual choices for the texts `known`.
    pub fn new(known: KnownOptions) -> ValidateRun {
        let usual = ValidateOptions::default();
        ValidateRun {
            known,
            reference: None,
            leave_out: vec![],
            targets: vec![],
            alphas: usual.alphas,
            sizes: usual.sizes,
            n_replicates: usual.n_replicates,
            hold_out: None,
            scorer: usual.scorer,
            calibration: usual.calibration,
            unit: None,
            level: usual.level,
            seed: usual.seed,
        }
    }

    /// Sets the name or file of the reference to examine.
    pub fn reference(self, reference: impl Into<String>) -> ValidateRun {
        ValidateRun { reference: Some(reference.into()), ..self }
    }

    /// Sets the ways to leave out strata in turn.
    pub fn leave_out(self, leave_out: Vec<LeaveOutBy>) -> ValidateRun {
        ValidateRun { leave_out, ..self }
    }

    /// Sets files of known share instead of mixtures: the share, `None` if the names have it, and a file, folder or glob.
    pub fn targets(self, targets: Vec<(Option<f64>, String)>) -> ValidateRun {
        ValidateRun { targets, ..self }
    }

    /// Sets the shares of LLM text in the mixtures, 0 to 1.
    pub fn alphas(self, alphas: Vec<f64>) -> ValidateRun {
        ValidateRun { alphas, ..self }
    }

    /// Sets the sizes of the mixtures, in units.
    pub fn sizes(self, sizes: Vec<usize>) -> ValidateRun {
        ValidateRun { sizes, ..self }
    }

    /// Sets the number of mixtures of each share and size.
    pub fn n_replicates(self, n_replicates: usize) -> ValidateRun {
        ValidateRun { n_replicates, ..self }
    }

    /// Sets the share of groups that no fit sees, 0 to 1.
    pub fn hold_out(self, hold_out: f64) -> ValidateRun {
        ValidateRun { hold_out: Some(hold_out), ..self }
    }

    /// Sets the scorer of units.
    pub fn scorer(self, scorer: Scorer) -> ValidateRun {
        ValidateRun { scorer, ..self }
    }

    /// Sets the calibration.
    pub fn calibration(self, calibration: CalibrationMap) -> ValidateRun {
        ValidateRun { calibration, ..self }
    }

    /// Sets the unit that alpha is a share of.
    pub fn unit(self, unit: UnitRule) -> ValidateRun {
        ValidateRun { unit: Some(unit), ..self }
    }

    /// Sets the nominal coverage of the intervals, 0 to 1.
    pub fn level(self, level: f64) -> ValidateRun {
        ValidateRun { level, ..self }
    }

    /// Sets the seed of the mixtures.
    pub fn seed(self, seed: u64) -> ValidateRun {
        ValidateRun { seed, ..self }
    }
}

/// Measures the error of estimates on mixtures or files of known share; with mixtures, also returns the reference that
/// was named, if any, with the systematic error that was learnt.
///
/// Errors are estimates minus true shares, 0.01 for one percentage point. How mixtures are drawn, and from which source that way
/// is: [`validate`](crate::validate::validate).
///
/// # Errors
/// Fails if a text cannot be read, there is too little text, or the options contradict each other.
///
/// # Examples
///
/// ```
/// use llm_prevalence::progress::Silent;
/// use llm_prevalence::run::{KnownOptions, ValidateRun, validate};
///
/// # let folder = tempfile::tempdir()?;
/// # let file = |name: &str| folder.path().join(name).display().to_string();
/// // People use an LLM's words now and then, and an LLM theirs.
/// let text = |n: usize, is_llm: bool| match (n % 10 == 0) != is_llm {
///     false => format!("{n},I liked part {n}. The proof is wrong in step {n} I think.\n"),
///     true => format!("{n},Part {n} is commendable. The authors meticulously delve into step {n}.\n"),
/// };
/// for (name, is_llm) in [("human.csv", false), ("llm.csv", true)] {
///     let rows: String = (0..300).map(|n| text(n, is_llm)).collect();
///     std::fs::write(file(name), format!("id,text\n{rows}"))?;
/// }
/// let llm = vec![(Some("toy".to_owned()), file("llm.csv"))];
/// let known = KnownOptions::default().human(vec![file("human.csv")]).llm(llm);
/// let run = ValidateRun::new(known).alphas(vec![0.0, 0.5]).sizes(vec![60]).n_replicates(2);
/// let (found, _) = validate(&run, &Silent)?;
/// assert_eq!(found.cells.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn validate(run: &ValidateRun, progress: &dyn Progress) -> Result<(Validation, Option<Reference>), RunError> {
    let given = run.reference.as_deref().map(select_fitted).transpose()?;
    if !run.targets.is_empty() {
        return Ok((on_targets(run, given, progress)?, None));
    }
    let columns: Vec<String> = run.leave_out.iter().filter_map(LeaveOutBy::column).map(str::to_owned).collect();
    let texts = read_known_texts(&run.known, &columns, progress)?;
    let options = options(run, given.as_ref().map(|(reference, _)| reference), &texts)?;
    let reference = given.as_ref().map(|(reference, sha256)| (reference, sha256.as_str()));
    let result = crate::validate::validate(&texts.corpora, reference, &options, progress)?;
    let learn = |known| Reference { systematic_error: result.systematic_error.clone(), ..known };
    let learnt = given.map(|(reference, _)| learn(reference));
    Ok((with_inputs(result, texts.inputs), learnt))
}

fn on_targets(
    run: &ValidateRun,
    given: Option<(Reference, String)>,
    progress: &dyn Progress,
) -> Result<Validation, RunError> {
    let mut inputs = Vec::new();
    let (reference, sha256) = match given {
        Some(given) => given,
        None => {
            let mut texts = read_known_texts(&run.known, &[], progress)?;
            inputs = std::mem::take(&mut texts.inputs);
            let fit_options = options(run, None, &texts)?.fit;
            let fit_options = FitOptions { held_out_share: run.hold_out.unwrap_or(0.0), ..fit_options };
            (fit(texts.corpora, &fit_options, progress)?, String::new())
        }
    };
    let none = KnownTexts { split_by: reference.settings.split_by.clone(), ..KnownTexts::default() };
    let options = options(run, Some(&reference), &none)?;
    let mut targets = Vec::new();
    for (share, path) in &run.targets {
        targets.extend(read_targets(run, *share, path, &mut inputs, progress)?);
    }
    progress.step("estimating");
    Ok(with_inputs(validate_targets((&reference, &sha256), &targets, &options)?, inputs))
}

fn with_inputs(mut validation: Validation, inputs: Vec<SourceInput>) -> Validation {
    validation.run.input = InputSummary::of_sources(&inputs);
    Validation { inputs, ..validation }
}

/// Reads the files at `path`, of this share if it is given, and adds summaries of them to `inputs`.
fn read_targets(
    run: &ValidateRun,
    share: Option<f64>,
    path: &str,
    inputs: &mut Vec<SourceInput>,
    progress: &dyn Progress,
) -> Result<Vec<KnownTarget>, RunError> {
    if let Some(share) = share.filter(|share| !(0.0..=1.0).contains(share)) {
        return Err(ValidateError::NotAShare(format!("{share}={path}")).into());
    }
    let mut targets = Vec::new();
    for input in run.known.reading.find_inputs(&[path.to_owned()])? {
        let name = input.name().to_owned();
        let unknown = || ValidateError::UnknownShare(path.to_owned(), name.clone(), path.to_owned());
        let alpha = share.or_else(|| alpha_in(&name)).ok_or_else(unknown)?;
        progress.step(&format!("reading {name}"));
        let mut documents = Vec::new();
        let summary = read_corpus(&[input], &run.known.reading, &mut |batch| {
            documents.extend(batch);
            Ok(())
        })?;
        inputs.push(source_input(&name, &summary));
        targets.push(KnownTarget { name, alpha, documents });
    }
    Ok(targets)
}

/// Returns the share in a name such as ground_truth_alpha_0.05.parquet.
fn alpha_in(name: &str) -> Option<f64> {
    let rest = name.split_once(ALPHA)?.1;
    let number: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    number.trim_end_matches('.').parse().ok().filter(|alpha| (0.0..=1.0).contains(alpha))
}

fn options(run: &ValidateRun, reference: Option<&Reference>, texts: &KnownTexts) -> Result<ValidateOptions, RunError> {
    let fit = fit_options(run, reference, texts)?;
    if fit.held_out_share <= 0.0 && run.targets.is_empty() {
        return Err(ValidateError::NothingHeldOut.into());
    }
    if let Some(unit) = run.unit.filter(|unit| *unit != fit.unit) {
        return Err(ValidateError::OtherUnit(unit, fit.unit).into());
    }
    Ok(ValidateOptions {
        leave_out: leave_out(&run.leave_out, &component_of(&fit.groups, &texts.corpora)),
        fit,
        alphas: run.alphas.clone(),
        sizes: run.sizes.clone(),
        n_replicates: run.n_replicates,
        scorer: run.scorer,
        calibration: run.calibration,
        level: run.level,
        seed: run.seed,
    })
}

fn leave_out(ways: &[LeaveOutBy], component_of: &BTreeMap<String, String>) -> Vec<LeaveOut> {
    let way = |by: &LeaveOutBy| match by {
        LeaveOutBy::Source => LeaveOut::Source,
        LeaveOutBy::Component => LeaveOut::Component(component_of.clone()),
        LeaveOutBy::Column(column, side) => {
            LeaveOut::Column { name: by.to_string(), column: column.clone(), side: *side }
        }
    };
    ways.iter().map(way).collect()
}

/// Returns the options of the fits: those that the reference was made with, if there is one.
fn fit_options(run: &ValidateRun, reference: Option<&Reference>, texts: &KnownTexts) -> Result<FitOptions, RunError> {
    let mut fit = ValidateOptions::default().fit.split_by(texts.split_by.clone());
    if let Some(reference) = reference {
        let settings = &reference.settings;
        (fit.unit, fit.vocabulary_rule, fit.logistic) = (settings.unit, settings.vocabulary_rule, settings.logistic);
        (fit.seed, fit.n_folds) = (settings.seed, settings.n_folds);
        fit.held_out_share = settings.held_out_share;
        refuse_other_texts(run, reference, &texts.corpora)?;
    }
    fit.groups = match reference {
        Some(reference) if run.known.groups.is_empty() => groups_of(reference),
        _ => groups(&run.known.groups, &texts.corpora)?,
    };
    fit.held_out_share = run.hold_out.unwrap_or(fit.held_out_share);
    Ok(fit)
}

/// Refuses texts and shares other than those that the reference was made with: it is examined on what it held out, or
/// refitted, and both need them.
fn refuse_other_texts(run: &ValidateRun, reference: &Reference, corpora: &[KnownCorpus]) -> Result<(), ValidateError> {
    let name = || reference.card.name.clone();
    if corpora.is_empty() {
        return Ok(());
    }
    if run.leave_out.is_empty() && run.hold_out.is_some() {
        return Err(ValidateError::OwnHoldOut(name()));
    }
    if run.leave_out.is_empty() && reference.settings.held_out_share <= 0.0 {
        return Err(ValidateError::FittedOnAll(name()));
    }
    let known: Vec<&str> = reference.sources.iter().map(|source| source.name.as_str()).collect();
    match corpora.iter().find(|corpus| !known.contains(&corpus.source.as_str())) {
        Some(other) => Err(ValidateError::OtherSource(name(), other.source.clone(), known.join(", "))),
        None => Ok(()),
    }
}

/// Returns the groupings that a reference was made with.
fn groups_of(reference: &Reference) -> Vec<Grouping> {
    let source = |&number: &usize| reference.sources[number].name.clone();
    let pools = |component: &&Component| component.sources.iter().map(source).any(|name| name != component.name);
    let grouping = |component: &Component| Grouping {
        name: component.name.clone(),
        sources: component.sources.iter().map(source).collect(),
    };
    reference.components.iter().filter(pools).map(grouping).collect()
}

/// Returns the component of every LLM source.
fn component_of(groups: &[Grouping], corpora: &[KnownCorpus]) -> BTreeMap<String, String> {
    let of = |source: &String| {
        groups.iter().find(|group| group.sources.contains(source)).map_or(source, |group| &group.name).clone()
    };
    let llms = corpora.iter().map(|corpus| &corpus.source).filter(|source| *source != HUMAN);
    llms.map(|source| (source.clone(), of(source))).collect()
}

#[cfg(test)]
mod tests {
    use super::alpha_in;

    #[test]
    fn shares_are_read_from_published_names() {
        assert_eq!(alpha_in("ground_truth_alpha_0.05.parquet"), Some(0.05));
        assert_eq!(alpha_in("ground_truth_alpha_0.parquet"), Some(0.0));
        assert_eq!(alpha_in("alpha_1.jsonl.gz"), Some(1.0));
        for name in ["reviews.parquet", "alpha_.parquet", "alpha_7.parquet"] {
            assert_eq!(alpha_in(name), None, "{name}");
        }
    }
}
