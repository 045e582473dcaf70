//! The errors of the steps of a run; [`RunError`](super::RunError) gathers them.

use std::fmt;

use jiff::civil::Date;

use crate::corpus::PeriodRule;
use crate::reference::Scorer;
use crate::tokenize::UnitRule;

/// Maximum number of columns that an error lists.
const MAX_LISTED: usize = 30;

/// The reason why a reference cannot be found or used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SelectError {
    /// A name that is neither that of a file nor of an embedded reference; also holds the names of the latter.
    #[error("no reference \"{0}\": neither a file nor one that comes with the tool ({1})")]
    NoSuchReference(String, String),
    /// A file that cannot be read.
    #[error("{0}: cannot read")]
    Io(String, #[source] std::io::Error),
    /// A published table where a fitted reference is needed.
    #[error("{0}: a published distribution table has no calibration [use it with `estimate --method liang`]")]
    Published(String),
}

/// The reason why the documents of an input cannot be divided into control and target.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ControlError {
    /// A score table without a column of dates; holds the columns that were looked for.
    #[error("--control-before: the score table has no column {0} [score the text again with --by for the date]")]
    NoDateColumn(String),
    /// No document with a readable date: the columns that were looked for, and those that there are.
    #[error("--control-before: no document has a readable date in {0} [name the column with --date-field{1}]")]
    NoDate(String, Listed),
    /// No document from before the date; holds the date and the columns with dates.
    #[error("--control-before {0}: no document is older (dates from {1})")]
    NoneOlder(Date, String),
    /// No document that is not part of the control; holds the date.
    #[error("--control-before {0}: every document is older, so nothing is left to estimate")]
    AllOlder(Date),
}

/// The reason why a corpus cannot be scored as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScoringError {
    /// A reference that held out nothing.
    #[error("--held-out: reference \"{0}\" was fitted on everything [make one with `fit --hold-out SHARE`]")]
    NothingHeldOut(String),
    /// Documents of which it is not known whether the fit has seen them; holds the columns that would tell.
    #[error(
        "--held-out: the fit was split by {0}, but no document here has a value for it [give the column this name]"
    )]
    NoGroups(String),
    /// A column to group by that is named twice.
    #[error("--by {0}: named twice")]
    NamedTwice(String),
    /// A column whose name a score table uses itself.
    #[error("--by {0}: a score table has a column of this name [rename the column]")]
    NameTaken(String),
}

/// The reason why a target cannot be estimated as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// A column with dates that nothing needs.
    #[error("--date-field has no effect here without --control-before [leave it out, or add the date]")]
    DateWithoutUse,
    /// A file that is both input and control.
    #[error("{0}: the same file is input and control [use --control-before for the older documents of the input]")]
    SameFile(String),
    /// Text of which nearly nothing is prose: the number of documents, and what was cut.
    #[error(
        "no sentence is left to judge in {0} documents. {1} [give the text as its writer wrote it, without marks of quotes, code or tables]"
    )]
    AllCut(u64, String),
    /// Score tables, in a request to show how text is read.
    #[error("--dry-run shows how text is read, but these are score tables [leave it out]")]
    PreviewOfScores,
}

/// The reason why stored tables cannot be used together, or as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TablesError {
    /// An occurrence table where scores are needed.
    #[error(
        "{0}: an occurrence table, which has no scores [use it with `words`, or score the text with `llm-prevalence score`]"
    )]
    Occurrences(String),
    /// Score tables mixed with text.
    #[error("score tables and text cannot be mixed [estimate them separately, or score the text first]")]
    Mixed,
    /// Text as input, and a score table as control.
    #[error("--control: score tables and text cannot be mixed [give the control as text, or score the input first]")]
    ControlIsTable,
    /// A score table as input, and text as control.
    #[error("--control: score tables and text cannot be mixed [score the control with the same reference first]")]
    ControlIsText,
    /// Scores of a kind other than the one asked for or that of the other tables: the file, and its kind of scores.
    #[error("{0}: the table holds {1} scores [leave out --scorer, or score the text again]")]
    OtherScorer(String, Scorer),
    /// A table whose columns differ from those of the first: the file, its columns, and those of the first.
    #[error("{0}: its columns ({1}) differ from those of the first table ({2})")]
    OtherColumns(String, String, String),
    /// A column to group by that the table lacks: the file, the column, and those it has.
    #[error("{0}: the score table has no column \"{1}\" [columns: {2}; or score the text again with --by {1}]")]
    NoColumn(String, String, String),
    /// A table without a column of dates; holds the columns that were looked for.
    #[error("the score table has no column {0} [score the text again with --by for the date]")]
    NoDates(String),
    /// Scores of a reference that does not come with the tool: the file, and the reference's name and hash.
    #[error(
        "{0}: scores of reference \"{1}\" ({2}), which does not come with this version [name its file with --reference]"
    )]
    UnknownReference(String, String, String),
    /// Scores of another reference: the file, the name and hash of its reference, and those of the one that is used.
    #[error(
        "{0}: scores of another reference: \"{1}\" ({2}), not \"{3}\" ({4}) [name the one that made it, or score the text again]"
    )]
    OtherReference(String, String, String, String, String),
    /// A request for the documents that the fit held out, of scores that do not say which these are.
    #[error("--held-out needs the text [use it with `score` instead]")]
    HeldOutNeedsText,
}

/// The reason why the published method cannot be used as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LiangError {
    /// A band, although there is only one choice.
    #[error("--method liang is a single choice, so it has no band [leave out --band]")]
    Band,
    /// A score table, whose scores are of another kind.
    #[error("--method liang scores differently and needs the text, not a score table [give it the text]")]
    Scores,
    /// Whole documents as units.
    #[error("--method liang is published for sentences [leave out --unit, or use the calibrated method]")]
    Documents,
    /// A control, which the method does not use.
    #[error("--method liang is published without a control [leave it out, or use the calibrated method]")]
    Control,
    /// A request for held-out documents, which a published table does not tell.
    #[error("--held-out: a published table does not say what it was fitted on")]
    HeldOut,
}

/// The reason why a share cannot be followed over time.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrendError {
    /// A period that does not exist: the one asked for, and those that there are.
    #[error("--change: there is no period \"{0}\" [periods here: {1}]")]
    NoSuchPeriod(String, String),
    /// No document with a date: the columns that were looked for, and those that there are.
    #[error("no document has a date in {0} [name the column with --date-field{1}]")]
    NoDate(String, Listed),
    /// No date that names a period: the length of a period, an example of a date, the reason, and the columns that there are.
    #[error("no document is in a {0}: dates such as \"{1}\" {2} [name another column with --date-field{3}]")]
    NoPeriod(PeriodRule, String, &'static str, Listed),
}

/// The columns of an input, as an error lists them; none where they are not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed(pub Vec<String>);

/// Writes what follows an advice to name a column.
impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, others)) = self.0.split_first() else { return Ok(()) };
        write!(f, "; columns: `{first}`")?;
        others.iter().take(MAX_LISTED - 1).try_for_each(|name| write!(f, ", `{name}`"))?;
        match others.len() {
            n if n >= MAX_LISTED => write!(f, " and {} more", n + 1 - MAX_LISTED),
            _ => Ok(()),
        }
    }
}

/// The reason why words cannot be followed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WordsError {
    /// A string that is not one word: the string, and its number of words.
    #[error(
        "--words \"{0}\": {1} words where one is needed between commas [words are letters, digits and _, not digits alone]"
    )]
    NotAWord(String, usize),
}

/// The reason why words cannot be counted as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OccurrencesError {
    /// A column to group by whose name an occurrence table uses itself.
    #[error("--by {0}: an occurrence table has a column of this name [rename the column]")]
    NameTaken(String),
    /// No document with text.
    #[error("no document with text is left to count")]
    NoText,
    /// No document with a date: the columns that were looked for, and those that there are.
    #[error("no document has a date in {0} [name the column with --date-field{1}]")]
    NoDate(String, Listed),
    /// No date that names a period: the length of a period, the columns, and some dates.
    #[error(
        "no document has a date that identifies a {0}; found in {1}: {2} [name another column with --date-field, or choose a longer --period]"
    )]
    NoPeriod(PeriodRule, String, String),
    /// A score table where words are needed.
    #[error("{0}: a score table, which has no words [make an occurrence table with `llm-prevalence score --words`]")]
    Scores(String),
    /// Occurrence tables mixed with text.
    #[error("occurrence tables and text cannot be mixed [make tables of all with `llm-prevalence score --words`]")]
    Mixed,
    /// Occurrences in other units: the file, and its unit.
    #[error("{0}: its units are {1}s [leave out --unit, or make the table again]")]
    OtherUnit(String, UnitRule),
    /// A table whose columns differ from those of the first: the file and its columns, then the first file and its own.
    #[error("{0}: its columns ({1}) differ from those of {2} ({3})")]
    OtherColumns(String, String, String, String),
    /// A column that the table lacks: the file, the column, and those it has.
    #[error("{0}: the occurrence table has no column {1} [columns: {2}; or make it again with --by for it]")]
    NoColumn(String, String, String),
}

/// The reason why texts of known source cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KnownError {
    /// No LLM text.
    #[error("--llm is missing: LLM text is needed, such as --llm gpt-4=reviews.jsonl")]
    NoLlm,
    /// No human text.
    #[error("--human is missing: human text is needed, or a column that tells the sources apart (--source-field)")]
    NoHuman,
    /// An LLM without a name of its own: the argument, and the name in it.
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
    /// A group whose pattern is not valid.
    #[error("--group {0}: not a pattern")]
    NotAPattern(String, #[source] glob::PatternError),
    /// A kind of LLM text without a name or pattern.
    #[error("--kind {0}: a name and a pattern are needed, such as rewritten=polish*")]
    NotAKind(String),
    /// A group whose pattern matches no source: the argument, and the sources that there are.
    #[error("--group {0}: no LLM source has a name that matches [LLM sources here: {1}]")]
    EmptyGroup(String, String),
    /// Documents of unknown source: their path, their number, and the column that should name it.
    #[error(
        "{0}: {1} of its documents have no value in column \"{2}\", so their source is unknown [fill it in, or leave them out]"
    )]
    UnknownSource(String, usize, String),
}

/// The reason why the options of a validation contradict each other.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ValidateError {
    /// A share of a file that is not from 0 to 1.
    #[error("--target {0}: a share is from 0 to 1")]
    NotAShare(String),
    /// A file whose share is not known: the argument, the file, and its path.
    #[error("--target {0}: the share of LLM text in {1} is not known [write it in front: 0.1={2}]")]
    UnknownShare(String, String, String),
    /// No text that the fit has not seen.
    #[error("nothing is held out, so there is no text that the fit has not seen [--hold-out 0.3333]")]
    NothingHeldOut,
    /// A unit other than the reference's: the one asked for, and the reference's.
    #[error("--unit {0}: references here are made with {1}s as units [leave it out, or give a reference of that unit]")]
    OtherUnit(UnitRule, UnitRule),
    /// A share to hold out, for a reference that has its own.
    #[error("--hold-out: reference \"{0}\" has its own held-out share [leave it out]")]
    OwnHoldOut(String),
    /// A reference that held out nothing.
    #[error("reference \"{0}\" was fitted on everything [make one with `fit --hold-out SHARE`, or use --leave-out]")]
    FittedOnAll(String),
    /// Texts of a source that the reference lacks: the reference, the source, and the reference's sources.
    #[error("reference \"{0}\" has no source \"{1}\" [give the texts under the names it was made with: {2}]")]
    OtherSource(String, String, String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_listed_where_they_are_known() {
        let listed = |n: usize| Listed((0..n).map(|at| format!("c{at}")).collect()).to_string();
        assert_eq!(listed(0), "");
        assert_eq!(listed(2), "; columns: `c0`, `c1`");
        assert!(listed(32).ends_with(", `c29` and 2 more"));
    }
}
