//! Reading a corpus straight into scores, batch after batch.

use super::args::{InputArgs, ReadingArgs};
use super::control::{Before, Side};
use super::dates::{DateColumns, PERIOD, Undated};
use crate::corpus::{Document, PeriodRule, ReadOptions, ReadSummary, find_inputs, read_corpus};
use crate::progress::Progress;
use crate::reference::grouping::{group_of_text, is_held_out};
use crate::reference::{Lexicon, Reference, Scorer};
use crate::score::store::{DOCUMENT, LOG_RATIO};
use crate::score::{ScoreTable, UnitScorer, WordCounts};

/// Keeps the documents that a reference has left out of its fit.
pub struct HeldOut {
    columns: Vec<String>,
    share: f64,
}

impl HeldOut {
    /// The rule of `reference`; an error if it has held out nothing.
    pub fn of(reference: &Reference) -> anyhow::Result<HeldOut> {
        let settings = &reference.settings;
        anyhow::ensure!(
            settings.held_out_share > 0.0,
            "--held-out: reference \"{}\" was fitted on everything [make one with `fit --hold-out SHARE`]",
            reference.card.name
        );
        Ok(HeldOut { columns: settings.split_by.clone(), share: settings.held_out_share })
    }

    fn keeps(&self, document: &Document, first: usize, n_grouped: &mut usize) -> bool {
        let group = document.values[first..].iter().flatten().next().cloned();
        *n_grouped += usize::from(group.is_some());
        is_held_out(&group.unwrap_or_else(|| group_of_text(&document.text)), self.share)
    }

    /// Without the columns that the fit was split by, nobody knows which documents it has seen.
    fn refuse_without_groups(&self, n_grouped: usize) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.columns.is_empty() || n_grouped > 0,
            "--held-out: the fit was split by {}, and no document here has a value for it [name the column so]",
            self.columns.join(" or ")
        );
        Ok(())
    }
}

/// What is wanted of a corpus besides its scores.
#[derive(Default)]
pub struct Wanted<'a> {
    /// Columns to keep.
    pub by: &'a [String],
    /// Whether a file may lack them.
    pub by_is_optional: bool,
    /// Keep only what the reference has left out of its fit.
    pub held_out: Option<&'a HeldOut>,
    /// Which documents are the control.
    pub before: Option<&'a Before>,
    /// Which period a document lies in, by the dates of these columns: a column [`PERIOD`] after those of `by`.
    pub periods: Option<(PeriodRule, &'a DateColumns)>,
    /// Whether to count words, for a vocabulary of this many.
    pub n_words: Option<usize>,
    /// Other scores of the same units, for a band.
    pub others: &'a [OtherScorer],
}

/// A scorer besides the one that is asked for.
pub struct OtherScorer {
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
pub struct Scored {
    pub table: ScoreTable,
    pub words: Option<WordCounts>,
    /// Other scores of the same documents.
    pub others: Vec<(Scorer, Lexicon, ScoreTable)>,
}

/// A corpus, scored.
pub struct ScoredCorpus {
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
pub fn score_corpus(
    arguments: &InputArgs,
    wanted: &Wanted<'_>,
    scorer: &UnitScorer,
    progress: &dyn Progress,
) -> anyhow::Result<ScoredCorpus> {
    check_columns(wanted.by)?;
    let inputs = find_inputs(&arguments.inputs)?;
    let options = wanted.options(&arguments.reading);
    let new = || Scored {
        table: ScoreTable::new(scorer.n_components(), wanted.kept_columns()),
        words: wanted.n_words.map(WordCounts::new),
        others: wanted.other_tables(),
    };
    let (mut target, mut control) = (new(), new());
    let (mut n_read, mut n_grouped, mut n_undated) = (0, 0, 0);
    let mut without_period = Undated::default();
    progress.step("reading");
    let summary = read_corpus(&inputs, &options, &mut |mut batch| {
        if let Some(held_out) = wanted.held_out {
            batch.retain(|document| held_out.keeps(document, wanted.n_columns(), &mut n_grouped));
        }
        n_read += batch.len();
        let (of_control, of_target) = wanted.split(batch, &mut n_undated, &mut without_period);
        control.add(of_control, scorer, wanted.others);
        target.add(of_target, scorer, wanted.others);
        progress.step(&format!("{n_read} documents scored"));
        Ok(())
    })?;
    wanted.held_out.map_or(Ok(()), |held_out| held_out.refuse_without_groups(n_grouped))?;
    Ok(ScoredCorpus { target, control, n_undated, without_period, summary })
}

impl Scored {
    fn add(&mut self, documents: Vec<Document>, scorer: &UnitScorer, others: &[OtherScorer]) {
        for (other, (_, _, table)) in others.iter().zip(&mut self.others) {
            other.scoring.score_into(&documents, table);
        }
        match &mut self.words {
            Some(words) => scorer.score_and_count(&documents, &mut self.table, words),
            None => scorer.score_into(&documents, &mut self.table),
        }
    }
}

impl Wanted<'_> {
    /// The columns with dates, where any are needed; both uses name the same.
    fn dates(&self) -> Option<&DateColumns> {
        self.before.map(|before| &before.columns).or(self.periods.map(|(_, columns)| columns))
    }

    fn date_columns(&self) -> &[String] {
        self.dates().map_or(&[], |dates| &dates.names)
    }

    fn other_tables(&self) -> Vec<(Scorer, Lexicon, ScoreTable)> {
        let new =
            |of: &OtherScorer| (of.scorer, of.lexicon, ScoreTable::new(of.scoring.n_components(), self.kept_columns()));
        self.others.iter().map(new).collect()
    }

    /// The columns of the score table.
    fn kept_columns(&self) -> Vec<String> {
        self.by.iter().cloned().chain(self.periods.map(|_| PERIOD.to_owned())).collect()
    }

    /// Columns to group by and with dates; those that tell what was held out come after them.
    fn n_columns(&self) -> usize {
        self.by.len() + self.date_columns().len()
    }

    fn options(&self, reading: &ReadingArgs) -> ReadOptions {
        let held_out = self.held_out.map_or(&[][..], |held_out| &held_out.columns);
        let (dates, is_named) = (self.date_columns(), self.dates().is_some_and(|dates| dates.is_named));
        // Required columns come first, so there is one order for all only if the optional ones follow.
        let n_required = match (self.by_is_optional, is_named) {
            (true, _) => 0,
            (false, false) => self.by.len(),
            (false, true) => self.n_columns(),
        };
        let all: Vec<String> = self.by.iter().chain(dates).chain(held_out).cloned().collect();
        reading.options(all[..n_required].to_vec(), all[n_required..].to_vec())
    }

    /// The documents of the control and of the target, with the values of the columns to group by alone.
    fn split(
        &self,
        batch: Vec<Document>,
        n_undated: &mut usize,
        without_period: &mut Undated,
    ) -> (Vec<Document>, Vec<Document>) {
        let (mut control, mut target) = (Vec::new(), Vec::new());
        for mut document in batch {
            let dates = &document.values[self.by.len()..self.n_columns()];
            let side = self.before.map_or(Side::Target, |before| before.side(dates.iter()));
            let period = self.periods.map(|(rule, _)| without_period.period_or_count(rule, DateColumns::first(dates)));
            document.values.truncate(self.by.len());
            document.values.extend(period);
            *n_undated += usize::from(side == Side::Undated);
            if side == Side::Control { control.push(document) } else { target.push(document) }
        }
        (control, target)
    }
}

/// Refuses columns named twice, or like those that a score table has of its own.
pub fn check_columns(by: &[String]) -> anyhow::Result<()> {
    for (place, column) in by.iter().enumerate() {
        anyhow::ensure!(!by[..place].contains(column), "--by {column}: named twice");
        anyhow::ensure!(
            column != DOCUMENT && column != PERIOD && !column.starts_with(LOG_RATIO),
            "--by {column}: a score table has a column of this name [rename the column]"
        );
    }
    Ok(())
}
