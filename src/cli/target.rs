//! The target, scored: from text or from score tables, with its control.

use std::path::{Path, PathBuf};

use super::args::{InputArgs, TargetArgs};
use super::control::Before;
use super::corpus::{HeldOut, OtherScorer, Scored, ScoredCorpus, Wanted, check_columns, score_corpus};
use super::dates::{DateColumns, PERIOD, Undated, add_periods};
use super::select::{embedded_with_hash, select_fitted};
use crate::corpus::{FileSummary, PeriodRule, ReadSummary};
use crate::estimate::{
    ControlSummary, CutSummary, EstimateError, EstimateOptions, GroupEstimate, InputSummary, IntervalMethod,
    ReferenceSummary, add_bands, estimate, estimate_with_control, explain_misfit,
};
use crate::progress::Progress;
use crate::reference::{Lexicon, Reference, Scorer};
use crate::report::input_notes;
use crate::score::store::{Origin, read_origin, read_score_table};
use crate::score::{ScoreTable, UnitScorer};
use crate::tokenize::UnitRule;
use crate::words::store::read_stored_table;

/// The reference that is used when none is named.
pub const DEFAULT_REFERENCE: &str = "reviews";

/// Everything that an estimate is made from.
pub struct Target {
    pub scored: Scored,
    pub control: Option<(Scored, ControlSummary)>,
    pub reference: Reference,
    pub sha256: String,
    pub scorer: Scorer,
    pub input: InputSummary,
    /// Documents without a period, where periods are wanted.
    pub without_period: Undated,
}

impl Target {
    /// Reads and scores what `arguments` name; with periods, their column [`PERIOD`] comes after those of `--by`.
    pub fn read(
        arguments: &TargetArgs,
        period: Option<PeriodRule>,
        band: bool,
        progress: &dyn Progress,
    ) -> anyhow::Result<Target> {
        let control = &arguments.control;
        anyhow::ensure!(
            control.date_field.is_none() || control.control_before.is_some() || period.is_some(),
            "--date-field is of no use here without --control-before [leave it out, or add the date]"
        );
        let tables = score_tables(&arguments.input.inputs)?;
        if tables.is_empty() {
            from_text(arguments, period, band, progress)
        } else {
            from_tables(arguments, &tables, period, progress)
        }
    }

    /// What alpha is a share of.
    pub fn unit(&self, arguments: &TargetArgs) -> UnitRule {
        arguments.unit.map_or(self.reference.settings.unit, UnitRule::from)
    }

    /// The choices of an estimate of all groups, by period too where there are periods.
    pub fn options(&self, arguments: &TargetArgs, interval: IntervalMethod) -> EstimateOptions {
        EstimateOptions {
            by: self.scored.table.columns.clone(),
            scorer: self.scorer,
            lexicon: Lexicon::All,
            unit: arguments.unit.map(UnitRule::from),
            calibration: arguments.calibration.into(),
            interval,
            level: arguments.level,
            seed: arguments.seed,
        }
    }

    /// The estimates of all groups, then those of the control's, with the words of each misfit where the text is known.
    pub fn estimate(&self, options: &EstimateOptions) -> Result<Vec<GroupEstimate>, EstimateError> {
        let mut estimates = match &self.control {
            Some((control, _)) => estimate_with_control(&self.scored.table, &control.table, &self.reference, options)?,
            None => estimate(&self.scored.table, &self.reference, options)?,
        };
        let unit = options.unit.unwrap_or(self.reference.settings.unit);
        if let Some(words) = self.scored.words.as_ref().filter(|_| unit == self.reference.settings.unit) {
            let of_control = self.control.as_ref().and_then(|(control, _)| control.words.as_ref());
            explain_misfit(&mut estimates, words, of_control, &self.reference);
        }
        Ok(estimates)
    }

    /// Adds to each estimate the shares by other choices, as far as their scores are known.
    pub fn add_bands(&self, estimates: &mut [GroupEstimate], options: &EstimateOptions) {
        let find = |of: &'_ Scored, scorer: Scorer, lexicon: Lexicon| {
            of.others.iter().position(|(other, words, _)| *other == scorer && *words == lexicon)
        };
        let tables = |scorer: Scorer, lexicon: Lexicon| {
            let control = self.control.as_ref().map(|(control, _)| control);
            if scorer == self.scorer && lexicon == Lexicon::All {
                return Some((&self.scored.table, control.map(|of| &of.table)));
            }
            let at = find(&self.scored, scorer, lexicon)?;
            Some((&self.scored.others[at].2, control.map(|of| &of.others[at].2)))
        };
        add_bands(estimates, tables, &self.reference, options);
    }

    /// What the result says of the reference.
    pub fn reference_summary(&self, arguments: &TargetArgs) -> ReferenceSummary {
        ReferenceSummary::new(&self.reference, &self.sha256, self.scorer, self.unit(arguments))
    }
}

/// The inputs, if they are score tables; a mixture of these and of text is refused.
pub fn score_tables(inputs: &[String]) -> anyhow::Result<Vec<(PathBuf, Origin)>> {
    let mut tables = Vec::new();
    for path in inputs.iter().map(Path::new).filter(|path| path.is_file() && has_extension(path, "parquet")) {
        anyhow::ensure!(
            read_stored_table(path)?.is_none(),
            "{}: an occurrence table, which has no scores [use it with `words`, or score the text with `llm-prevalence score`]",
            path.display()
        );
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

fn from_text(
    arguments: &TargetArgs,
    period: Option<PeriodRule>,
    band: bool,
    progress: &dyn Progress,
) -> anyhow::Result<Target> {
    let name = arguments.reference.as_deref().unwrap_or(DEFAULT_REFERENCE);
    let (reference, sha256) = select_fitted(name)?;
    let scorer = arguments.scorer.map_or_else(Scorer::default, Scorer::from);
    let held_out = arguments.held_out.then(|| HeldOut::of(&reference)).transpose()?;
    let before = Before::of(&arguments.control)?;
    let dates = DateColumns::new(arguments.control.date_field.as_ref());
    let unit_scorer = UnitScorer::new(&reference, scorer);
    let others = if band { OtherScorer::of_band(&reference, scorer) } else { vec![] };
    let wanted = Wanted {
        by: &arguments.by,
        held_out: held_out.as_ref(),
        before: before.as_ref(),
        periods: period.map(|rule| (rule, &dates)),
        n_words: Some(reference.vocabulary.len()),
        others: &others,
        ..Wanted::default()
    };
    let corpus = score_corpus(&arguments.input, &wanted, &unit_scorer, progress)?;
    let input = input_of(&corpus.target.table, &corpus.summary);
    let control = match &before {
        Some(before) => Some(control_before(before, &corpus, input.files.clone())?),
        None => control_files(arguments, &wanted, &unit_scorer, &corpus.summary, progress)?,
    };
    let ScoredCorpus { target: scored, control: older, without_period, .. } = corpus;
    let control = control.map(|(texts, summary)| (texts.unwrap_or(older), summary));
    Ok(Target { scored, control, reference, sha256, scorer, input, without_period })
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
    arguments: &TargetArgs,
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
    let input = input_of(&control.target.table, &control.summary);
    let notes = input_notes(&input, None, arguments.unit.map_or_else(UnitRule::default, UnitRule::from));
    let warnings = notes.into_iter().map(|note| format!("control: {note}")).collect();
    let summary = ControlSummary { files: input.files, n_documents, warnings, ..ControlSummary::default() };
    Ok(Some((Some(control.target), summary)))
}

fn from_tables(
    arguments: &TargetArgs,
    tables: &[(PathBuf, Origin)],
    period: Option<PeriodRule>,
    progress: &dyn Progress,
) -> anyhow::Result<Target> {
    progress.step("reading scores");
    check_columns(&arguments.by)?;
    let (path, origin) = &tables[0];
    anyhow::ensure!(!arguments.held_out, "--held-out needs the text [use it with `score` instead]");
    let (reference, sha256) = reference_of(arguments, path, origin)?;
    let mut table = read_tables(arguments, tables, origin, &reference, &sha256)?;
    let dates = DateColumns::new(arguments.control.date_field.as_ref());
    let add = |table: &mut ScoreTable| period.map_or(Ok(Undated::default()), |rule| add_periods(table, &dates, rule));
    let without_period = add(&mut table)?;
    let before = Before::of(&arguments.control)?;
    let (mut target, control) = match &before {
        Some(before) => {
            let (target, control, summary) = before.split(table, file_names(tables))?;
            (target, Some((control, summary)))
        }
        None => {
            let mut control = control_tables(arguments, origin, &reference, &sha256)?;
            if let Some((table, _)) = &mut control
                && dates.has_any(table)
            {
                add(table)?;
            }
            (table, control)
        }
    };
    if let Some(column) = arguments.by.iter().find(|column| !target.columns.contains(column)) {
        anyhow::bail!(
            "{}: the score table has no column \"{column}\" [columns: {}; or score the text again with --by {column}]",
            path.display(),
            target.columns.join(", ")
        );
    }
    let kept: Vec<String> = arguments.by.iter().cloned().chain(period.map(|_| PERIOD.to_owned())).collect();
    target.keep_columns(&kept);
    let input = InputSummary {
        files: file_names(tables),
        n_documents: target.documents().len(),
        n_documents_without_units: target.n_documents_without_units,
        ..InputSummary::default()
    };
    let without_words = |table| Scored { table, words: None, others: vec![], occurrences: None };
    let control = control.map(|(mut table, summary)| {
        table.keep_columns(&kept);
        (without_words(table), summary)
    });
    let scored = without_words(target);
    Ok(Target { scored, control, reference, sha256, scorer: origin.scorer, input, without_period })
}

/// The score tables that `--control` names.
fn control_tables(
    arguments: &TargetArgs,
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
    arguments: &TargetArgs,
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
fn reference_of(arguments: &TargetArgs, path: &Path, origin: &Origin) -> anyhow::Result<(Reference, String)> {
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

/// What the result says of what was read.
pub fn input_of(table: &ScoreTable, summary: &ReadSummary) -> InputSummary {
    InputSummary {
        n_documents: table.documents().len(),
        n_documents_without_units: table.n_documents_without_units,
        ..input_read(summary)
    }
}

/// The same before the documents with units are known.
pub fn input_read(summary: &ReadSummary) -> InputSummary {
    let mut files: Vec<String> = summary.files.iter().map(|file| file.name.clone()).collect();
    files.sort();
    InputSummary {
        files,
        n_documents: 0,
        n_documents_without_units: 0,
        n_documents_invalid_utf8: summary.n_invalid_utf8,
        cut: CutSummary::new(&summary.cut),
        layouts: summary.layouts().into_iter().map(|layout| layout.name().to_owned()).collect(),
        unlisted_text_fields: summary.unlisted_fields().into_iter().map(str::to_owned).collect(),
        skipped: summary.skipped.iter().map(|(reason, n)| (reason.name().to_owned(), *n)).collect(),
        other_languages: summary.other_languages.iter().map(|(code, n)| ((*code).to_owned(), *n)).collect(),
        other_language_share: summary.other_language_share(),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
