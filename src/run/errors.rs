//! Why a step of a run fails, step by step; [`RunError`](super::RunError) gathers them.

use jiff::civil::Date;

use crate::corpus::PeriodRule;
use crate::reference::Scorer;
use crate::tokenize::UnitRule;

/// Why there is no reference.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SelectError {
    /// A name that is neither that of a file nor of an embedded reference, and the names of these.
    #[error("no reference \"{0}\": neither a file nor one that comes with the tool ({1})")]
    NoSuchReference(String, String),
    /// A file that cannot be read.
    #[error("{0}: cannot read")]
    Io(String, #[source] std::io::Error),
    /// A published table where a fit is needed.
    #[error("{0}: a published distribution table has no calibration [use it with `estimate --method liang`]")]
    Published(String),
}

/// Why the documents of an input cannot be divided into control and target.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ControlError {
    /// A score table without a date, and the columns that were looked for.
    #[error("--control-before: the score table has no column {0} [score the text again with --by for the date]")]
    NoDateColumn(String),
    /// No document with a date, and the columns that were looked for.
    #[error("--control-before: no document has a readable date in {0} [name the column with --date-field]")]
    NoDate(String),
    /// No document from before the date, and the columns with dates.
    #[error("--control-before {0}: no document is older (dates from {1})")]
    NoneOlder(Date, String),
    /// Nothing but the control.
    #[error("--control-before {0}: every document is older, nothing is left to estimate")]
    AllOlder(Date),
}

/// Why a corpus is not scored as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScoringError {
    /// A reference that has left out nothing.
    #[error("--held-out: reference \"{0}\" was fitted on everything [make one with `fit --hold-out SHARE`]")]
    NothingHeldOut(String),
    /// Documents of which nobody knows whether the fit has seen them, and the columns that would tell.
    #[error("--held-out: the fit was split by {0}, and no document here has a value for it [name the column so]")]
    NoGroups(String),
    /// A column to group by, named twice.
    #[error("--by {0}: named twice")]
    NamedTwice(String),
    /// A column of the name of one that a score table has of its own.
    #[error("--by {0}: a score table has a column of this name [rename the column]")]
    NameTaken(String),
}

/// Why a target cannot be estimated as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// A column with dates, which nothing needs.
    #[error("--date-field is of no use here without --control-before [leave it out, or add the date]")]
    DateWithoutUse,
    /// A file that is input and control.
    #[error("{0}: the same file is input and control [use --control-before for the older documents of the input]")]
    SameFile(String),
    /// Scores, where it is asked how text is read.
    #[error("--dry-run says how text is read, and these are score tables [leave it out]")]
    PreviewOfScores,
}

/// Why stored tables cannot be used together, or as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TablesError {
    /// An occurrence table where scores are needed.
    #[error(
        "{0}: an occurrence table, which has no scores [use it with `words`, or score the text with `llm-prevalence score`]"
    )]
    Occurrences(String),
    /// Score tables among text.
    #[error("score tables and text cannot be mixed [estimate them apart, or score the text first]")]
    Mixed,
    /// Text as input, and a score table as control.
    #[error("--control: score tables and text cannot be mixed [give the control as text, or score the input first]")]
    ControlIsTable,
    /// A score table as input, and text as control.
    #[error("--control: score tables and text cannot be mixed [score the control with the same reference first]")]
    ControlIsText,
    /// Scores of another kind than those that are asked for or than those of the other tables: the file, and its scores.
    #[error("{0}: the table holds {1} scores [leave out --scorer, or score the text again]")]
    OtherScorer(String, Scorer),
    /// Tables with other columns: the file, its columns, and those of the first.
    #[error("{0}: its columns ({1}) differ from those of the first table ({2})")]
    OtherColumns(String, String, String),
    /// A column to group by that the table lacks: the file, the column, and those it has.
    #[error("{0}: the score table has no column \"{1}\" [columns: {2}; or score the text again with --by {1}]")]
    NoColumn(String, String, String),
    /// No column with dates, and those that were looked for.
    #[error("the score table has no column {0} [score the text again with --by for the date]")]
    NoDates(String),
    /// Scores of a reference that nobody has here: the file, and the reference's name and hash.
    #[error(
        "{0}: scores of reference \"{1}\" ({2}), which does not come with this version [name its file with --reference]"
    )]
    UnknownReference(String, String, String),
    /// Scores of another reference: the file, the name and hash of its reference, and those of the one that is used.
    #[error(
        "{0}: scores of another reference: \"{1}\" ({2}), not \"{3}\" ({4}) [name the one that made it, or score the text again]"
    )]
    OtherReference(String, String, String, String, String),
    /// Documents that the fit has left out, of scores that do not say which these are.
    #[error("--held-out needs the text [use it with `score` instead]")]
    HeldOutNeedsText,
}

/// Why the published method cannot be used as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LiangError {
    /// A band of one choice.
    #[error("--method liang is one choice, without a band [leave out --band]")]
    Band,
    /// Scores of another kind.
    #[error("--method liang scores differently and needs the text, not a score table [give it the text]")]
    Scores,
    /// Whole documents.
    #[error("--method liang is published for sentences [leave out --unit, or use the calibrated method]")]
    Documents,
    /// A control.
    #[error("--method liang is published without a control [leave it out, or use the calibrated method]")]
    Control,
    /// Documents that a published table has left out.
    #[error("--held-out: a published table does not say what it was fitted on")]
    HeldOut,
}

/// Why there is nothing to follow.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrendError {
    /// A period that was asked for, and those that there are.
    #[error("--change: there is no period \"{0}\" [those there are: {1}]")]
    NoSuchPeriod(String, String),
    /// No dates, and the columns that were looked for.
    #[error("no document has a date in {0} [name the column with --date-field]")]
    NoDate(String),
    /// No date that names a period: which, and a date.
    #[error(
        "no document is in a {0}: its date, such as \"{1}\", is none or names a longer time [name another column with --date-field, or \
         choose a longer --period]"
    )]
    NoPeriod(PeriodRule, String),
}

/// Why words cannot be followed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WordsError {
    /// What is not one word, and how many it is.
    #[error(
        "--words \"{0}\": {1} words, one is needed between commas [words are letters, digits and _, not digits alone]"
    )]
    NotAWord(String, usize),
}

/// Why words cannot be counted as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OccurrencesError {
    /// A column to group by of the name of one that an occurrence table has of its own.
    #[error("--by {0}: an occurrence table has a column of this name [rename the column]")]
    NameTaken(String),
    /// No text.
    #[error("no document with text is left to count")]
    NoText,
    /// No dates, and the columns that were looked for.
    #[error("no document has a date, looked for in {0} [name the column with --date-field]")]
    NoDate(String),
    /// No date that names a period: which, in which columns, and some dates.
    #[error(
        "no document has a date that names a {0}, found in {1}: {2} [name another column with --date-field, or choose a longer --period]"
    )]
    NoPeriod(PeriodRule, String, String),
    /// A score table where words are needed.
    #[error("{0}: a score table, which has no words [make an occurrence table with `llm-prevalence score --words`]")]
    Scores(String),
    /// Occurrence tables among text.
    #[error("occurrence tables and text cannot be mixed [make tables of all with `llm-prevalence score --words`]")]
    Mixed,
    /// Occurrences in other units: the file, and its unit.
    #[error("{0}: its units are {1}s [leave out --unit, or make the table again]")]
    OtherUnit(String, UnitRule),
    /// Tables with other columns: the file and its columns, and the first file and its columns.
    #[error("{0}: its columns ({1}) differ from those of {2} ({3})")]
    OtherColumns(String, String, String, String),
    /// A column that the table lacks: the file, the column, and those it has.
    #[error("{0}: the occurrence table has no column {1} [columns: {2}; or make it again with --by for it]")]
    NoColumn(String, String, String),
}

/// Why texts of known source cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KnownError {
    /// No LLM text.
    #[error("--llm is missing: LLM text is needed, such as --llm gpt-4=reviews.jsonl")]
    NoLlm,
    /// No human text.
    #[error("--human is missing: human text is needed, or a column that tells the sources apart (--source-field)")]
    NoHuman,
    /// An LLM without a name of its own: what was given, and the name in it.
    #[error("--llm {0}: an LLM source needs a name of its own, not \"{1}\"")]
    NotAName(String, String),
    /// LLM text without a name.
    #[error(
        "--llm {0}: a name and a path are needed, such as gpt-4=reviews.jsonl, or a column that names the LLM (--source-field)"
    )]
    Nameless(String),
    /// A group without a name or pattern.
    #[error("--group {0}: a name and a pattern are needed, such as gpt-4o=gpt-4o*")]
    NotAGroup(String),
    /// A group whose pattern is none.
    #[error("--group {0}: not a pattern")]
    NotAPattern(String, #[source] glob::PatternError),
    /// A kind of LLM text without a name or pattern.
    #[error("--kind {0}: a name and a pattern are needed, such as rewritten=polish*")]
    NotAKind(String),
    /// A group without a source, and the sources that there are.
    #[error("--group {0}: no LLM source has such a name [LLM sources here: {1}]")]
    EmptyGroup(String, String),
    /// Documents that do not say who wrote them: where, how many, and the column that should.
    #[error(
        "{0}: {1} of its documents have nothing in column \"{2}\", so their source is unknown [fill it in, or leave them out]"
    )]
    UnknownSource(String, usize, String),
}

/// Why the choices of a validation contradict each other.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ValidateError {
    /// A share of a file that is none.
    #[error("--target {0}: a share is from 0 to 1")]
    NotAShare(String),
    /// A file whose share nobody knows: what was given, the file, and its path.
    #[error("--target {0}: the share of LLM text in {1} is not known [write it in front: 0.1={2}]")]
    UnknownShare(String, String, String),
    /// No text that the fit has not seen.
    #[error("nothing is held out, so there is no text that the fit has not seen [--hold-out 0.3333]")]
    NothingHeldOut,
    /// Another unit than the reference's.
    #[error("--unit {0}: references here are made with {1}s as units [leave it out, or give a reference of that unit]")]
    OtherUnit(UnitRule, UnitRule),
    /// A share to hold out, of a reference that has one.
    #[error("--hold-out: reference \"{0}\" has its own held-out share [leave it out]")]
    OwnHoldOut(String),
    /// A reference that has held out nothing.
    #[error("reference \"{0}\" was fitted on everything [make one with `fit --hold-out SHARE`, or use --leave-out]")]
    FittedOnAll(String),
    /// Texts of a source that the reference lacks: the reference, the source, and its sources.
    #[error("reference \"{0}\" has no source \"{1}\" [give the texts under the names it was made with: {2}]")]
    OtherSource(String, String, String),
}
