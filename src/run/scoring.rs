//! Reading a corpus straight into scores, batch after batch.

use super::control::{Before, Side};
use super::dates::{DateColumns, Undated};
use super::error::RunError;
use super::errors::ScoringError;
use super::options::InputOptions;
use crate::corpus::{Columns, Document, PeriodRule, ReadSummary, find_inputs, read_corpus};
use crate::progress::Progress;
use crate::reference::grouping::{group_of_text, is_held_out};
use crate::reference::{Lexicon, Reference, Scorer};
use crate::score::store::{DOCUMENT, LOG_RATIO};
use crate::score::{ScoreTable, Setting, UnitScorer, VENUE, WordCounts};
use crate::tokenize::UnitRule;
use crate::words::OccurrenceTable;

/// Keeps the documents that a reference has left out of its fit.
pub(super) struct HeldOut {
    columns: Vec<String>,
    share: f64,
}

impl HeldOut {
    /// The rule of `reference`, where it is `wanted`; an error if it has held out nothing.
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

    /// Without the columns that the fit was split by, nobody knows which documents it has seen.
    fn refuse_without_groups(&self, n_grouped: usize) -> Result<(), ScoringError> {
        if self.columns.is_empty() || n_grouped > 0 {
            return Ok(());
        }
        Err(ScoringError::NoGroups(self.columns.join(" or ")))
    }
}

/// What is wanted of a corpus besides its scores.
#[derive(Default)]
pub(super) struct Wanted<'a> {
    /// Columns to keep.
    pub by: &'a [String],
    /// Whether a file may lack them.
    pub by_is_optional: bool,
    /// Keep only what the reference has left out of its fit.
    pub held_out: Option<&'a HeldOut>,
    /// Which documents are the control.
    pub before: Option<&'a Before>,
    /// Which period a document lies in, by the dates of these columns.
    pub periods: Option<(PeriodRule, &'a DateColumns)>,
    /// Whether to count words, for a vocabulary of this many.
    pub n_words: Option<usize>,
    /// Other scores of the same units, for a band.
    pub others: &'a [OtherScorer],
    /// Whether to count every word for an occurrence table, and in which units.
    pub occurrences: Option<UnitRule>,
}

/// A scorer besides the one that is asked for.
pub(super) struct OtherScorer {
    pub scorer: Scorer,
    pub lexicon: Lexicon,
    pub scoring: UnitScorer,
}

impl OtherScorer {
    /// Those that a band needs besides `own`.
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

/// Scores, and words if they were counted.
pub(super) struct Scored {
    pub table: ScoreTable,
    pub words: Option<WordCounts>,
    /// Other scores of the same documents.
    pub others: Vec<(Scorer, Lexicon, ScoreTable)>,
    pub occurrences: Option<OccurrenceTable>,
}

/// A corpus, scored.
pub(super) struct ScoredCorpus {
    pub target: Scored,
    /// Documents from before the control's date.
    pub control: Scored,
    /// Documents of the target without a readable date.
    pub n_undated: usize,
    /// Documents without a period, where periods are wanted.
    pub without_period: Undated,
    pub summary: ReadSummary,
}

/// Scores all inputs.
pub(super) fn score_corpus(
    input: &InputOptions,
    wanted: &Wanted<'_>,
    scorer: &UnitScorer,
    progress: &dyn Progress,
) -> Result<ScoredCorpus, RunError> {
    check_columns(wanted.by)?;
    let inputs = find_inputs(&input.inputs)?;
    let columns = wanted.columns();
    let (mut target, mut control) = (Scored::new(wanted, scorer), Scored::new(wanted, scorer));
    let (mut n_read, mut n_grouped, mut n_undated) = (0, 0, 0);
    let mut without_period = Undated::default();
    progress.step("reading");
    let summary = read_corpus(&inputs, &columns.read_by(&input.reading), &mut |mut batch| {
        if let Some(held_out) = wanted.held_out {
            batch.retain(|document| held_out.keeps(document, &columns, &mut n_grouped));
        }
        n_read += batch.len();
        let (of_control, of_target) = wanted.split(batch, &columns, &mut n_undated, &mut without_period);
        control.add(&of_control, scorer, wanted.others);
        target.add(&of_target, scorer, wanted.others);
        progress.step(&format!("{n_read} documents scored"));
        Ok(())
    })?;
    wanted.held_out.map_or(Ok(()), |held_out| held_out.refuse_without_groups(n_grouped))?;
    Ok(ScoredCorpus { target, control, n_undated, without_period, summary })
}

/// Documents, and when and where each is from.
#[derive(Default)]
struct Dated {
    documents: Vec<Document>,
    settings: Vec<Setting>,
}

impl Scored {
    fn new(wanted: &Wanted<'_>, scorer: &UnitScorer) -> Scored {
        let by = || wanted.by.to_vec();
        let other = |of: &OtherScorer| (of.scorer, of.lexicon, ScoreTable::new(of.scoring.n_components(), by()));
        Scored {
            table: ScoreTable::new(scorer.n_components(), by()),
            words: wanted.n_words.map(WordCounts::new),
            others: wanted.others.iter().map(other).collect(),
            occurrences: wanted.occurrences.map(|unit| OccurrenceTable::new(unit, by())),
        }
    }

    /// Scores alone, as they are stored.
    pub fn of_table(table: ScoreTable) -> Scored {
        Scored { table, words: None, others: vec![], occurrences: None }
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
    /// The columns with dates, where any are needed; both uses name the same.
    fn dates(&self) -> Option<&DateColumns> {
        self.before.map(|before| &before.columns).or(self.periods.map(|(_, columns)| columns))
    }

    /// The columns that are read: those to group by first, as the tables have them.
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

    /// The documents of the control and of the target, with the values of the columns to group by alone.
    fn split(
        &self,
        batch: Vec<Document>,
        columns: &Columns,
        n_undated: &mut usize,
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
            *n_undated += usize::from(side == Side::Undated);
            let dated = if side == Side::Control { &mut control } else { &mut target };
            dated.documents.push(document);
            dated.settings.push(Setting { period: period.map(|period| period.first), venue });
        }
        (control, target)
    }
}

/// Refuses columns named twice, or like those that a score table has of its own.
pub(super) fn check_columns(by: &[String]) -> Result<(), ScoringError> {
    refuse_repeats(by)?;
    let is_taken = |column: &&String| *column == DOCUMENT || column.starts_with(LOG_RATIO);
    by.iter().find(is_taken).map_or(Ok(()), |column| Err(ScoringError::NameTaken(column.clone())))
}

/// Refuses columns named twice.
pub(super) fn refuse_repeats(by: &[String]) -> Result<(), ScoringError> {
    let repeated = by.iter().enumerate().find(|(place, column)| by[..*place].contains(column));
    repeated.map_or(Ok(()), |(_, column)| Err(ScoringError::NamedTwice(column.clone())))
}
