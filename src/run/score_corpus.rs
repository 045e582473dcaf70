//! Reads a corpus straight into scores, batch by batch.

use super::control::{Before, Side, Undecided};
use super::dates::{DateColumns, Undated};
use super::error::RunError;
use super::options::InputOptions;
use super::reading::Reading;
use super::refusals::ScoringError;
use crate::corpus::{Columns, Document, PeriodRule, ReadSummary, read_corpus};
use crate::numbers::counted;
use crate::progress::Progress;
use crate::reference::grouping::{group_of_text, is_held_out};
use crate::reference::{Lexicon, Reference, Scorer};
use crate::score::store::is_own_column;
use crate::score::{ScoreTable, Setting, UnitScorer, VENUE, WordCounts};
use crate::tokenize::UnitRule;
use crate::words::OccurrenceTable;

/// The rule that keeps only documents that a reference held out of its fit.
pub(super) struct HeldOut {
    columns: Vec<String>,
    share: f64,
}

impl HeldOut {
    /// Returns the rule of `reference` if it is `wanted`, or an error if the reference held out nothing.
    pub fn of(reference: &Reference, wanted: bool) -> Result<Option<HeldOut>, ScoringError> {
        let settings = &reference.settings;
        if wanted && settings.held_out_share <= 0.0 {
            return Err(ScoringError::NothingHeldOut(reference.card.name.clone()));
        }
        Ok(wanted.then(|| HeldOut { columns: settings.split_by.clone(), share: settings.held_out_share }))
    }

    fn keeps(&self, document: &Document, columns: &Columns, n_grouped: &mut usize) -> bool {
        let group = document.first_value(columns, &self.columns).map(str::to_owned);
        *n_grouped += usize::from(group.is_some());
        is_held_out(&group.unwrap_or_else(|| group_of_text(&document.text)), self.share)
    }

    /// Returns an error if no document has a column that the fit was split by: which ones the fit saw is then unknown.
    fn refuse_without_groups(&self, n_grouped: usize) -> Result<(), ScoringError> {
        if self.columns.is_empty() || n_grouped > 0 {
            return Ok(());
        }
        Err(ScoringError::NoGroups(self.columns.join(" or ")))
    }
}

/// The data wanted of a corpus besides its scores.
#[derive(Default)]
pub(super) struct Wanted<'a> {
    /// Columns to keep.
    pub by: &'a [String],
    /// Whether a file may lack these columns.
    pub by_is_optional: bool,
    /// The rule that keeps only documents that the reference held out of its fit.
    pub held_out: Option<&'a HeldOut>,
    /// The rule for which documents are the control.
    pub before: Option<&'a Before>,
    /// The rule for periods, and the columns with the dates.
    pub periods: Option<(PeriodRule, &'a DateColumns)>,
    /// Size of the vocabulary whose words are counted; `None` counts no words.
    pub n_words: Option<usize>,
    /// Other scorers of the same units, for a band.
    pub others: &'a [OtherScorer],
    /// The unit in which every word is counted for an occurrence table; `None` makes no table.
    pub occurrences: Option<UnitRule>,
    /// Whether some documents of large groups are enough.
    pub draws: bool,
}

/// A scorer other than the one asked for.
pub(super) struct OtherScorer {
    pub scorer: Scorer,
    pub lexicon: Lexicon,
    pub scoring: UnitScorer,
}

impl OtherScorer {
    /// Returns the scorers that a band needs besides `own`.
    pub fn of_band(reference: &Reference, own: Scorer) -> Vec<OtherScorer> {
        let others = Scorer::ALL.into_iter().filter(|scorer| *scorer != own);
        let plain = others.map(|scorer| OtherScorer {
            scorer,
            lexicon: Lexicon::All,
            scoring: UnitScorer::new(reference, scorer),
        });
        let variants = reference.variants.iter().map(|variant| OtherScorer {
            scorer: Scorer::Logistic,
            lexicon: variant.lexicon,
            scoring: UnitScorer::of_variant(reference, variant),
        });
        plain.chain(variants).collect()
    }
}

/// The scores of documents, with their words if they were counted.
pub(super) struct Scored {
    pub table: ScoreTable,
    pub words: Option<WordCounts>,
    /// Other scores of the same documents.
    pub others: Vec<(Scorer, Lexicon, ScoreTable)>,
    pub occurrences: Option<OccurrenceTable>,
}

/// A scored corpus, divided into target and control.
pub(super) struct ScoredCorpus {
    pub target: Scored,
    /// Documents from before the control's date.
    pub control: Scored,
    /// Numbers of documents of the target whose date does not tell the side.
    pub undecided: Undecided,
    /// Counts of documents without a period, if periods are wanted.
    pub without_period: Undated,
    pub summary: ReadSummary,
}

/// Reads and scores all inputs.
pub(super) fn score_corpus(
    input: &InputOptions,
    wanted: &Wanted<'_>,
    scorer: &UnitScorer,
    progress: &dyn Progress,
) -> Result<ScoredCorpus, RunError> {
    check_columns(wanted.by)?;
    let inputs = input.reading.find_inputs(&input.inputs)?;
    let columns = wanted.columns();
    let (mut target, mut control) = (Scored::new(wanted), Scored::new(wanted));
    let (mut n_read, mut n_grouped, mut undecided) = (0, 0, Undecided::default());
    let mut without_period = Undated::default();
    let waiting = Reading::new(&inputs, &input.reading.amount, progress);
    waiting.step("reading");
    let summary = read_corpus(&inputs, &columns.read_by(&input.reading), &mut |mut batch| {
        if let Some(held_out) = wanted.held_out {
            batch.retain(|document| held_out.keeps(document, &columns, &mut n_grouped));
        }
        n_read += batch.len();
        let (of_control, of_target) = wanted.split(batch, &columns, &mut undecided, &mut without_period);
        control.add(&of_control, scorer, wanted.others);
        target.add(&of_target, scorer, wanted.others);
        waiting.step(&format!("{} scored", counted(n_read, "document")));
        Ok(())
    })?;
    target.settle();
    control.settle();
    wanted.held_out.map_or(Ok(()), |held_out| held_out.refuse_without_groups(n_grouped))?;
    Ok(ScoredCorpus { target, control, undecided, without_period, summary })
}

/// Documents, with the period and the venue of each.
#[derive(Default)]
struct Dated {
    documents: Vec<Document>,
    settings: Vec<Setting>,
}

impl Scored {
    fn new(wanted: &Wanted<'_>) -> Scored {
        let by = || wanted.by.to_vec();
        let table = || if wanted.draws { ScoreTable::drawn(by()) } else { ScoreTable::new(by()) };
        let other = |of: &OtherScorer| (of.scorer, of.lexicon, table());
        Scored {
            table: table(),
            words: wanted.n_words.map(WordCounts::new),
            others: wanted.others.iter().map(other).collect(),
            occurrences: wanted.occurrences.map(|unit| OccurrenceTable::new(unit, by())),
        }
    }

    /// Returns scores alone, as they are stored.
    pub fn of_table(table: ScoreTable) -> Scored {
        Scored { table, words: None, others: vec![], occurrences: None }
    }

    /// Ends the draw of documents, where not all are kept.
    fn settle(&mut self) {
        self.table.settle();
        self.others.iter_mut().for_each(|(_, _, table)| table.settle());
    }

    fn add(&mut self, Dated { documents, settings }: &Dated, scorer: &UnitScorer, others: &[OtherScorer]) {
        for (other, (_, _, table)) in others.iter().zip(&mut self.others) {
            other.scoring.score(documents, settings, table, None);
        }
        if let Some(occurrences) = &mut self.occurrences {
            occurrences.count(documents);
        }
        scorer.score(documents, settings, &mut self.table, self.words.as_mut());
    }
}

impl Wanted<'_> {
    /// Returns the columns with dates, if any are needed; both uses name the same ones.
    fn dates(&self) -> Option<&DateColumns> {
        self.before.map(|before| &before.columns).or(self.periods.map(|(_, columns)| columns))
    }

    /// Returns the columns to read, whose values documents give by name.
    fn columns(&self) -> Columns {
        let columns = Columns::default();
        let columns = if self.by_is_optional { columns.offer(self.by) } else { columns.require(self.by) };
        let columns = match self.dates() {
            Some(dates) if !self.by_is_optional => dates.add_to(columns),
            Some(dates) => columns.offer(&dates.names),
            None => columns,
        };
        columns.offer(self.held_out.map_or(&[], |held_out| &held_out.columns)).offer(&[VENUE.to_owned()])
    }

    /// Splits a batch into control and target; the documents keep only the values of the columns to group by.
    fn split(
        &self,
        batch: Vec<Document>,
        columns: &Columns,
        undecided: &mut Undecided,
        without_period: &mut Undated,
    ) -> (Dated, Dated) {
        let (mut control, mut target) = (Dated::default(), Dated::default());
        for mut document in batch {
            let side = self.before.map_or(Side::Target, |before| before.side(&document, columns));
            let period = self
                .periods
                .and_then(|(rule, dates)| without_period.period_or_count(rule, dates.of(&document, columns), 1));
            let venue = document.value(columns, VENUE).map(str::to_owned);
            document.values = self.by.iter().map(|name| document.value(columns, name).map(str::to_owned)).collect();
            undecided.take(side);
            let dated = if side == Side::Control { &mut control } else { &mut target };
            dated.documents.push(document);
            dated.settings.push(Setting { period: period.map(|period| period.first), venue });
        }
        (control, target)
    }
}

/// Refuses columns that are named twice, or whose names a score table uses itself.
pub(super) fn check_columns(by: &[String]) -> Result<(), ScoringError> {
    refuse_repeats(by)?;
    by.iter().find(|column| is_own_column(column)).map_or(Ok(()), |column| Err(ScoringError::NameTaken(column.clone())))
}

/// Refuses columns that are named twice.
pub(super) fn refuse_repeats(by: &[String]) -> Result<(), ScoringError> {
    let repeated = by.iter().enumerate().find(|(place, column)| by[..*place].contains(column));
    repeated.map_or(Ok(()), |(_, column)| Err(ScoringError::NamedTwice(column.clone())))
}
