//! `estimate`: text or a score table to shares.

use std::path::{Path, PathBuf};

use super::args::{EstimateArgs, InputArgs, MethodArg};
use super::control::Before;
use super::corpus::{HeldOut, Scored, ScoredCorpus, Wanted, check_columns, score_corpus};
use super::output::deliver;
use super::progress::Spinner;
use super::select::{Selected, embedded_with_hash, select, select_fitted};
use crate::corpus::{FileSummary, ReadSummary};
use crate::estimate::{
    ControlSummary, Estimate, EstimateOptions, GroupEstimate, InputSummary, IntervalMethod, ReferenceSummary,
    SCHEMA_VERSION, ToolSummary, estimate, estimate_with_control, explain_misfit, groups, liang,
};
use crate::progress::Progress;
use crate::reference::{Distribution, HUMAN, Reference, Scorer};
use crate::report::render;
use crate::score::store::{Origin, read_origin, read_score_table};
use crate::score::{ScoreTable, UnitScorer};
use crate::tokenize::UnitRule;

/// The reference that is used when none is named.
const DEFAULT_REFERENCE: &str = "reviews";

/// Runs the command.
pub fn run(arguments: &EstimateArgs, quiet: bool) -> anyhow::Result<()> {
    let progress = Spinner::new(quiet);
    let result = match (score_tables(&arguments.input.inputs)?, arguments.method) {
        (tables, MethodArg::Liang) => {
            anyhow::ensure!(
                tables.is_empty(),
                "--method liang scores differently and needs the text, not a score table [give it the text]"
            );
            published(arguments, &progress)?
        }
        (tables, MethodArg::Calibrated) if tables.is_empty() => from_text(arguments, &progress)?,
        (tables, MethodArg::Calibrated) => from_tables(arguments, &tables, &progress)?,
    };
    drop(progress);
    deliver(&render(&result, arguments.output), arguments.file.as_deref())
}

/// The inputs, if they are score tables; a mixture of these and of text is refused.
fn score_tables(inputs: &[String]) -> anyhow::Result<Vec<(PathBuf, Origin)>> {
    let mut tables = Vec::new();
    for path in inputs.iter().map(Path::new).filter(|path| path.is_file() && has_extension(path, "parquet")) {
        tables.extend(read_origin(path)?.map(|origin| (path.to_owned(), origin)));
    }
    anyhow::ensure!(
        tables.is_empty() || tables.len() == inputs.len(),
        "score tables and text cannot be mixed [estimate them apart, or score the text first]"
    );
    tables.sort_by(|a, b| a.0.cmp(&b.0));
    tables.dedup_by(|a, b| a.0 == b.0);
    Ok(tables)
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

fn from_text(arguments: &EstimateArgs, progress: &dyn Progress) -> anyhow::Result<Estimate> {
    let name = arguments.reference.as_deref().unwrap_or(DEFAULT_REFERENCE);
    let (reference, sha256) = select_fitted(name)?;
    let scorer = arguments.scorer.map_or_else(Scorer::default, Scorer::from);
    let held_out = arguments.held_out.then(|| HeldOut::of(&reference)).transpose()?;
    let before = Before::of(&arguments.control)?;
    let unit_scorer = UnitScorer::new(&reference, scorer);
    let wanted = Wanted {
        by: &arguments.by,
        held_out: held_out.as_ref(),
        before: before.as_ref(),
        n_words: Some(reference.vocabulary.len()),
        ..Wanted::default()
    };
    let corpus = score_corpus(&arguments.input, &wanted, &unit_scorer, progress)?;
    let input = input_of(&corpus.target.table, &corpus.summary);
    let control = match &before {
        Some(before) => Some(control_before(before, &corpus, input.files.clone())?),
        None => control_files(arguments, &wanted, &unit_scorer, &corpus.summary, progress)?,
    };
    let control = control.map(|(texts, summary)| (texts.unwrap_or(corpus.control), summary));
    calibrated(arguments, corpus.target, control, &reference, &sha256, scorer, input)
}

/// Checks the control that `--control-before` took out of the input.
fn control_before(
    before: &Before,
    corpus: &ScoredCorpus,
    files: Vec<String>,
) -> anyhow::Result<(Option<Scored>, ControlSummary)> {
    let [n_control, n_target] = [&corpus.control, &corpus.target].map(|side| side.table.documents().len());
    before.refuse_one_sided(n_control, n_target, corpus.n_undated)?;
    Ok((None, before.summary(files, n_control, corpus.n_undated)))
}

/// Reads the control that `--control` names.
fn control_files(
    arguments: &EstimateArgs,
    wanted: &Wanted<'_>,
    scorer: &UnitScorer,
    target: &ReadSummary,
    progress: &dyn Progress,
) -> anyhow::Result<Option<(Option<Scored>, ControlSummary)>> {
    if arguments.control.control.is_empty() {
        return Ok(None);
    }
    let inputs = InputArgs { inputs: arguments.control.control.clone(), reading: arguments.input.reading.clone() };
    anyhow::ensure!(
        score_tables(&inputs.inputs)?.is_empty(),
        "--control: score tables and text cannot be mixed [give the control as text, or score the input first]"
    );
    let control = score_corpus(&inputs, &Wanted { by_is_optional: true, ..*wanted }, scorer, progress)?;
    let is_same = |file: &&FileSummary| target.files.iter().any(|other| other.sha256 == file.sha256);
    if let Some(same) = control.summary.files.iter().find(is_same) {
        anyhow::bail!(
            "{}: the same file is input and control [use --control-before for the older documents of the input]",
            same.name
        );
    }
    let n_documents = control.target.table.documents().len();
    let files = input_of(&control.target.table, &control.summary).files;
    let summary = ControlSummary { files, n_documents, ..ControlSummary::default() };
    Ok(Some((Some(control.target), summary)))
}

fn from_tables(
    arguments: &EstimateArgs,
    tables: &[(PathBuf, Origin)],
    progress: &dyn Progress,
) -> anyhow::Result<Estimate> {
    progress.step("reading scores");
    check_columns(&arguments.by)?;
    let (path, origin) = &tables[0];
    anyhow::ensure!(!arguments.held_out, "--held-out needs the text [use it with `score` instead]");
    let (reference, sha256) = reference_of(arguments, path, origin)?;
    let table = read_tables(arguments, tables, origin, &reference, &sha256)?;
    let before = Before::of(&arguments.control)?;
    let (mut target, control) = match &before {
        Some(before) => {
            let (target, control, summary) = before.split(table, file_names(tables))?;
            (target, Some((control, summary)))
        }
        None => (table, control_tables(arguments, origin, &reference, &sha256)?),
    };
    if let Some(column) = arguments.by.iter().find(|column| !target.columns.contains(column)) {
        anyhow::bail!(
            "{}: the score table has no column \"{column}\" [columns: {}; or score the text again with --by {column}]",
            path.display(),
            target.columns.join(", ")
        );
    }
    target.keep_columns(&arguments.by);
    let input = InputSummary {
        files: file_names(tables),
        n_documents: target.documents().len(),
        n_documents_without_units: target.n_documents_without_units,
        n_documents_invalid_utf8: 0,
    };
    let without_words = |table| Scored { table, words: None, occurrences: None };
    let control = control.map(|(mut table, summary)| {
        table.keep_columns(&arguments.by);
        (without_words(table), summary)
    });
    calibrated(arguments, without_words(target), control, &reference, &sha256, origin.scorer, input)
}

/// The score tables that `--control` names.
fn control_tables(
    arguments: &EstimateArgs,
    origin: &Origin,
    reference: &Reference,
    sha256: &str,
) -> anyhow::Result<Option<(ScoreTable, ControlSummary)>> {
    let paths = &arguments.control.control;
    if paths.is_empty() {
        return Ok(None);
    }
    let tables = score_tables(paths)?;
    anyhow::ensure!(
        !tables.is_empty(),
        "--control: score tables and text cannot be mixed [score the control with the same reference first]"
    );
    let table = read_tables(arguments, &tables, origin, reference, sha256)?;
    let n_documents = table.documents().len();
    let summary = ControlSummary { files: file_names(&tables), n_documents, ..ControlSummary::default() };
    Ok(Some((table, summary)))
}

/// All of these tables in one; they have to be by one reference and have the same columns.
fn read_tables(
    arguments: &EstimateArgs,
    tables: &[(PathBuf, Origin)],
    origin: &Origin,
    reference: &Reference,
    sha256: &str,
) -> anyhow::Result<ScoreTable> {
    for (path, other) in tables {
        refuse_other(path, other, sha256, &reference.card.name)?;
        anyhow::ensure!(
            other.scorer == origin.scorer && arguments.scorer.is_none_or(|scorer| Scorer::from(scorer) == other.scorer),
            "{}: the table holds {} scores [leave out --scorer, or score the text again]",
            path.display(),
            other.scorer
        );
    }
    let (mut table, _) = read_score_table(&tables[0].0)?;
    for (path, _) in &tables[1..] {
        let (more, _) = read_score_table(path)?;
        anyhow::ensure!(
            more.columns == table.columns,
            "{}: its columns ({}) differ from those of the first table ({})",
            path.display(),
            more.columns.join(", "),
            table.columns.join(", ")
        );
        table.append(more);
    }
    Ok(table)
}

fn file_names(tables: &[(PathBuf, Origin)]) -> Vec<String> {
    tables.iter().map(|(path, _)| file_name(path)).collect()
}

/// The reference that made the table: the one named, or else the embedded one with its hash.
fn reference_of(arguments: &EstimateArgs, path: &Path, origin: &Origin) -> anyhow::Result<(Reference, String)> {
    if let Some(name) = &arguments.reference {
        return select_fitted(name);
    }
    match embedded_with_hash(&origin.reference_sha256) {
        Some(name) => select_fitted(name),
        None => anyhow::bail!(
            "{}: scores of reference \"{}\" ({}), which does not come with this version [name its file with --reference]",
            path.display(),
            origin.reference_name,
            short(&origin.reference_sha256)
        ),
    }
}

fn refuse_other(path: &Path, origin: &Origin, sha256: &str, name: &str) -> anyhow::Result<()> {
    anyhow::ensure!(
        origin.reference_sha256 == sha256,
        "{}: scores of another reference: \"{}\" ({}), not \"{name}\" ({}) [name the one that made it, or score the text again]",
        path.display(),
        origin.reference_name,
        short(&origin.reference_sha256),
        short(sha256)
    );
    Ok(())
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

fn calibrated(
    arguments: &EstimateArgs,
    target: Scored,
    control: Option<(Scored, ControlSummary)>,
    reference: &Reference,
    sha256: &str,
    scorer: Scorer,
    input: InputSummary,
) -> anyhow::Result<Estimate> {
    let options = EstimateOptions {
        by: arguments.by.clone(),
        scorer,
        unit: arguments.unit.map(UnitRule::from),
        calibration: arguments.calibration.into(),
        interval: arguments.interval.into(),
        level: arguments.level,
        seed: arguments.seed,
    };
    let mut estimates = match &control {
        Some((control, _)) => estimate_with_control(&target.table, &control.table, reference, &options)?,
        None => estimate(&target.table, reference, &options)?,
    };
    let unit = options.unit.unwrap_or(reference.settings.unit);
    if let Some(words) = target.words.as_ref().filter(|_| unit == reference.settings.unit) {
        let of_control = control.as_ref().and_then(|(control, _)| control.words.as_ref());
        explain_misfit(&mut estimates, words, of_control, reference);
    }
    let summary = ReferenceSummary::new(reference, sha256, scorer, unit);
    let mut result = result(arguments, unit, summary, input, estimates);
    result.calibration = Some(options.calibration);
    result.control = control.map(|(_, summary)| summary);
    Ok(result)
}

fn published(arguments: &EstimateArgs, progress: &dyn Progress) -> anyhow::Result<Estimate> {
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
    let mut result = result(arguments, unit, reference, input_of(&table, &summary), estimates);
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
        level: arguments.level,
        seed: arguments.seed,
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

fn input_of(table: &ScoreTable, summary: &ReadSummary) -> InputSummary {
    let mut files: Vec<String> = summary.files.iter().map(|file| file.name.clone()).collect();
    files.sort();
    InputSummary {
        files,
        n_documents: table.documents().len(),
        n_documents_without_units: table.n_documents_without_units,
        n_documents_invalid_utf8: summary.n_invalid_utf8,
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
