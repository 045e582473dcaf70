//! Reads and scores the target and its control, from text or from score tables.

use super::control::Before;
use super::dates::{DateColumns, Undated};
use super::error::RunError;
use super::input::input_of;
use super::options::{InputOptions, TargetOptions};
use super::refusals::{Listed, TablesError, TargetError};
use super::score_corpus::{HeldOut, OtherScorer, Scored, ScoredCorpus, Wanted, check_columns, score_corpus};
use super::select::select_fitted;
use super::table_source::TableSource;
use super::tables::{Tables, score_tables};
use crate::corpus::{FileSummary, PeriodRule, ReadSummary};
use crate::estimate::{
    ControlSummary, EstimateError, EstimateOptions, GroupEstimate, InputSummary, IntervalMethod, ReferenceSummary,
    RunSummary, TextSummary, add_bands, cut_note, estimate, estimate_with_control, explain_misfit, mark_unlike,
};
use crate::numbers::counted;
use crate::progress::Progress;
use crate::reference::{Lexicon, Reference, Scorer};
use crate::score::UnitScorer;
use crate::score::store::Origin;
use crate::tokenize::UnitRule;

/// The scored target, its control and the reference: everything that an estimate is made from.
pub(super) struct Target<'a> {
    options: &'a TargetOptions,
    pub scored: Scored,
    pub control: Option<(Scored, ControlSummary)>,
    pub reference: Reference,
    pub sha256: String,
    pub scorer: Scorer,
    pub input: InputSummary,
    /// Counts of documents without a period, if periods are wanted.
    pub without_period: Undated,
}

impl<'a> Target<'a> {
    /// Reads and scores the inputs; with a rule for periods, every document gets one, or is counted as undated.
    pub fn read(
        options: &'a TargetOptions,
        period: Option<PeriodRule>,
        band: bool,
        progress: &dyn Progress,
    ) -> Result<Target<'a>, RunError> {
        let control = &options.control;
        if control.date_field.is_some() && control.before.is_none() && period.is_none() {
            return Err(TargetError::DateWithoutUse.into());
        }
        let tables = score_tables(&options.input, &options.input.inputs)?;
        let mut target = if tables.is_empty() {
            from_text(options, period, band, progress)?
        } else {
            from_tables(options, &tables, period, progress)?
        };
        target.warn_of_shared_documents();
        Ok(target)
    }

    /// Adds a warning if the control has documents of the target.
    fn warn_of_shared_documents(&mut self) {
        let Some((control, summary)) = &mut self.control else { return };
        let n = self.scored.table.n_documents_of(&control.table);
        if n > 0 {
            summary.warnings.push(format!(
                "control: {} of the input {} the very scores of one in the control, as the same text has [give other text, by people]",
                counted(n, "document"),
                if n == 1 { "has" } else { "have" }
            ));
        }
    }

    /// Returns the unit that alpha is a share of.
    pub fn unit(&self) -> UnitRule {
        self.options.unit.unwrap_or(self.reference.settings.unit)
    }

    /// Returns the options for estimating all groups.
    pub fn estimate_options(&self, interval: IntervalMethod) -> EstimateOptions {
        EstimateOptions {
            by: self.scored.table.columns.clone(),
            scorer: self.scorer,
            lexicon: Lexicon::All,
            unit: self.options.unit,
            calibration: self.options.calibration,
            interval,
            level: self.options.level,
            seed: self.options.seed,
        }
    }

    /// Estimates all groups and then those of the control, with the words of each misfit if the text is known.
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
        mark_unlike(&mut estimates, self.input.text.as_ref());
        Ok(estimates)
    }

    /// Adds to each estimate the shares under other choices, as far as their scores are known.
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

    /// Returns the summary of how the result was made.
    pub fn summary(&self, level: f64) -> RunSummary {
        let reference = ReferenceSummary::new(&self.reference, &self.sha256, self.scorer, self.unit());
        RunSummary {
            input: self.input.clone(),
            control: self.control.as_ref().map(|(_, summary)| summary.clone()),
            calibration: Some(self.options.calibration),
            ..RunSummary::new(self.unit(), level, self.options.seed, reference)
        }
    }
}

fn from_text<'a>(
    options: &'a TargetOptions,
    period: Option<PeriodRule>,
    band: bool,
    progress: &dyn Progress,
) -> Result<Target<'a>, RunError> {
    let (reference, sha256) = select_fitted(options.reference_name())?;
    let scorer = options.scorer.unwrap_or_default();
    let held_out = HeldOut::of(&reference, options.held_out)?;
    let before = Before::of(&options.control);
    let dates = DateColumns::new(options.control.date_field.as_ref());
    let unit_scorer = UnitScorer::new(&reference, scorer);
    let others = if band { OtherScorer::of_band(&reference, scorer) } else { vec![] };
    let wanted = Wanted {
        by: &options.by,
        held_out: held_out.as_ref(),
        before: before.as_ref(),
        periods: period.map(|rule| (rule, &dates)),
        n_words: Some(reference.vocabulary.len()),
        others: &others,
        draws: true,
        ..Wanted::default()
    };
    let corpus = score_corpus(&options.input, &wanted, &unit_scorer, progress)?;
    refuse_all_cut(&corpus)?;
    let text = TextSummary::new(&corpus.target.table, &reference);
    let input = InputSummary { text, ..input_of(&corpus.target.table, &corpus.summary) };
    let control = match &before {
        Some(before) => Some(control_before(before, &corpus, &input)?),
        None => control_files(options, &wanted, &unit_scorer, &corpus.summary, progress)?,
    };
    let ScoredCorpus { target: scored, control: older, without_period, .. } = corpus;
    let control = control.map(|(texts, summary)| (texts.unwrap_or(older), summary));
    Ok(Target { options, scored, control, reference, sha256, scorer, input, without_period })
}

/// Returns an error if most of the text was cut and none of the rest can be judged.
fn refuse_all_cut(corpus: &ScoredCorpus) -> Result<(), TargetError> {
    let (cut, n_left) = (&corpus.summary.cut, corpus.target.table.n_documents() + corpus.control.table.n_documents());
    let is_cut = 2 * cut.n_characters_cut() > cut.n_characters;
    match cut_note(cut).filter(|_| n_left == 0 && is_cut) {
        Some(note) => Err(TargetError::AllCut(corpus.summary.n_documents, note)),
        None => Ok(()),
    }
}

/// The control, unless it is part of the input, and its summary.
type FoundControl = (Option<Scored>, ControlSummary);

/// Checks the control that was taken out of the input, and returns its summary.
fn control_before(before: &Before, corpus: &ScoredCorpus, input: &InputSummary) -> Result<FoundControl, RunError> {
    let [n_control, n_target] = [&corpus.control, &corpus.target].map(|side| side.table.n_documents());
    before.refuse_one_sided(n_control, n_target, corpus.undecided, Listed(input.columns.clone()))?;
    Ok((None, before.summary(input.files.clone(), n_control, corpus.undecided)))
}

/// Reads and scores the files of the control, if there are any.
fn control_files(
    options: &TargetOptions,
    wanted: &Wanted<'_>,
    scorer: &UnitScorer,
    target: &ReadSummary,
    progress: &dyn Progress,
) -> Result<Option<FoundControl>, RunError> {
    if options.control.inputs.is_empty() {
        return Ok(None);
    }
    let inputs = InputOptions { inputs: options.control.inputs.clone(), ..options.input.clone() };
    if !score_tables(&inputs, &inputs.inputs)?.is_empty() {
        return Err(TablesError::ControlIsTable.into());
    }
    let control = score_corpus(&inputs, &Wanted { by_is_optional: true, ..*wanted }, scorer, progress)?;
    let is_same = |file: &&FileSummary| target.files.iter().any(|other| other.sha256 == file.sha256);
    if let Some(same) = control.summary.files.iter().find(is_same) {
        return Err(TargetError::SameFile(same.name.clone()).into());
    }
    let n_documents = control.target.table.n_documents();
    let input = input_of(&control.target.table, &control.summary);
    let notes = input.notes(options.unit.unwrap_or_default());
    let warnings = notes.into_iter().map(|note| format!("control: {note}")).collect();
    let summary = ControlSummary { files: input.files, n_documents, warnings, ..ControlSummary::default() };
    Ok(Some((Some(control.target), summary)))
}

fn from_tables<'a>(
    options: &'a TargetOptions,
    tables: &[TableSource<Origin>],
    period: Option<PeriodRule>,
    progress: &dyn Progress,
) -> Result<Target<'a>, RunError> {
    progress.step("reading scores");
    check_columns(&options.by)?;
    let tables = Tables::new(options, tables)?;
    let split = tables.read(period)?;
    let input = InputSummary {
        files: tables.file_names(),
        n_documents: split.target.n_documents(),
        n_units: split.target.n_units(),
        n_documents_without_units: split.target.n_documents_without_units,
        text: TextSummary::new(&split.target, &tables.reference),
        remarks: split.remarks.clone(),
        ..InputSummary::default()
    };
    let scored = Scored::of_table(split.target);
    let control = split.control.map(|(table, summary)| (Scored::of_table(table), summary));
    let Tables { reference, sha256, scorer, .. } = tables;
    Ok(Target { options, scored, control, reference, sha256, scorer, input, without_period: split.without_period })
}
