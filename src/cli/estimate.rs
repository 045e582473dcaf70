//! `estimate`: text or a score table to shares.

use super::args::{EstimateArgs, MethodArg};
use super::corpus::{HeldOut, Scored, ScoredCorpus, Wanted, score_corpus};
use super::dry_run::dry_run;
use super::output::deliver;
use super::progress::Spinner;
use super::select::{Selected, select};
use super::target::{DEFAULT_REFERENCE, Target, input_of, score_tables};
use crate::estimate::{
    Estimate, GroupEstimate, InputSummary, IntervalMethod, ReferenceSummary, SCHEMA_VERSION, ToolSummary, groups, liang,
};
use crate::progress::Progress;
use crate::reference::{Distribution, HUMAN};
use crate::report::render;
use crate::score::UnitScorer;
use crate::tokenize::UnitRule;

/// Runs the command.
pub fn run(arguments: &EstimateArgs, quiet: bool) -> anyhow::Result<()> {
    let progress = Spinner::new(quiet);
    if arguments.dry_run {
        let found = dry_run(&arguments.target, arguments.output, &progress)?;
        drop(progress);
        return deliver(&found, arguments.file.as_deref());
    }
    let result = match arguments.method {
        MethodArg::Liang => published(arguments, &progress)?,
        MethodArg::Calibrated => calibrated(arguments, &progress)?,
    };
    drop(progress);
    deliver(&render(&result, arguments.output), arguments.file.as_deref())
}

fn calibrated(arguments: &EstimateArgs, progress: &dyn Progress) -> anyhow::Result<Estimate> {
    let target = Target::read(&arguments.target, None, arguments.band, progress)?;
    let options = target.options(&arguments.target, arguments.interval.into());
    let mut estimates = target.estimate(&options)?;
    if arguments.band {
        progress.step("the same by other choices");
        target.add_bands(&mut estimates, &options);
    }
    let summary = target.reference_summary(&arguments.target);
    let mut result = result(arguments, target.unit(&arguments.target), summary, target.input, estimates);
    result.calibration = Some(options.calibration);
    result.control = target.control.map(|(_, summary)| summary);
    Ok(result)
}

fn published(of: &EstimateArgs, progress: &dyn Progress) -> anyhow::Result<Estimate> {
    let arguments = &of.target;
    anyhow::ensure!(!of.band, "--method liang is one choice, without a band [leave out --band]");
    anyhow::ensure!(
        score_tables(&arguments.input.inputs)?.is_empty(),
        "--method liang scores differently and needs the text, not a score table [give it the text]"
    );
    anyhow::ensure!(
        arguments.unit.is_none_or(|unit| UnitRule::from(unit) == UnitRule::Sentence),
        "--method liang is published for sentences [leave out --unit, or use the calibrated method]"
    );
    anyhow::ensure!(
        arguments.control.control.is_empty() && arguments.control.control_before.is_none(),
        "--method liang is published without a control [leave it out, or use the calibrated method]"
    );
    let name = arguments.reference.as_deref().unwrap_or(DEFAULT_REFERENCE);
    let held_out;
    let (name, sha256, distribution, unit, sources) = match select(name)? {
        Selected::Published(name, sha256, distribution) => {
            anyhow::ensure!(!arguments.held_out, "--held-out: a published table does not say what it was fitted on");
            held_out = None;
            let sources = vec![HUMAN.to_owned(), "llm".to_owned()];
            (name, sha256, *distribution, UnitRule::Sentence, sources)
        }
        Selected::Fitted(reference, sha256) => {
            held_out = arguments.held_out.then(|| HeldOut::of(&reference)).transpose()?;
            let sources = reference.sources.iter().map(|source| source.name.clone()).collect();
            let unit = reference.settings.unit;
            (reference.card.name.clone(), sha256, Distribution::of_reference(&reference), unit, sources)
        }
    };
    let unit_scorer = UnitScorer::with_weights(distribution.vocabulary, distribution.weights, unit);
    let wanted = Wanted { by: &arguments.by, held_out: held_out.as_ref(), ..Wanted::default() };
    let ScoredCorpus { target: Scored { table, .. }, summary, .. } =
        score_corpus(&arguments.input, &wanted, &unit_scorer, progress)?;
    progress.step("bootstrap over units");
    let estimates = liang::estimate_groups(groups(&table, &arguments.by)?, arguments.level, arguments.seed)?;
    let reference = ReferenceSummary { name, sha256, sources, scorer: None, calibration_slope: vec![] };
    let mut result = result(of, unit, reference, input_of(&table, &summary), estimates);
    result.interval_method = IntervalMethod::UnitBootstrap;
    Ok(result)
}

fn result(
    arguments: &EstimateArgs,
    unit: UnitRule,
    reference: ReferenceSummary,
    input: InputSummary,
    estimates: Vec<GroupEstimate>,
) -> Estimate {
    Estimate {
        schema_version: SCHEMA_VERSION,
        tool: ToolSummary::default(),
        unit,
        level: arguments.target.level,
        seed: arguments.target.seed,
        method: arguments.method.into(),
        calibration: None,
        interval_method: arguments.interval.into(),
        reference,
        input,
        control: None,
        estimates,
        warnings: vec![],
    }
}
