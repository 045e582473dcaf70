//! Reading a corpus straight into scores, batch after batch.

use super::args::InputArgs;
use crate::corpus::{Document, ReadSummary, find_inputs, read_corpus};
use crate::progress::Progress;
use crate::reference::Reference;
use crate::reference::grouping::{group_of_text, is_held_out};
use crate::score::store::{DOCUMENT, LOG_RATIO};
use crate::score::{ScoreTable, UnitScorer};

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

/// Scores all inputs into one table with the columns `by`.
pub fn score_corpus(
    arguments: &InputArgs,
    by: &[String],
    scorer: &UnitScorer,
    held_out: Option<&HeldOut>,
    progress: &dyn Progress,
) -> anyhow::Result<(ScoreTable, ReadSummary)> {
    check_columns(by)?;
    let inputs = find_inputs(&arguments.inputs)?;
    let extra = held_out.map_or_else(Vec::new, |held_out| held_out.columns.clone());
    let options = arguments.reading.options(by.to_vec(), extra);
    let mut table = ScoreTable::new(scorer.n_components(), by.to_vec());
    let (mut n_read, mut n_grouped) = (0, 0);
    progress.step("reading");
    let summary = read_corpus(&inputs, &options, &mut |mut batch| {
        if let Some(held_out) = held_out {
            batch.retain(|document| held_out.keeps(document, by.len(), &mut n_grouped));
        }
        batch.iter_mut().for_each(|document| document.values.truncate(by.len()));
        n_read += batch.len();
        scorer.score_into(&batch, &mut table);
        progress.step(&format!("{n_read} documents scored"));
        Ok(())
    })?;
    held_out.map_or(Ok(()), |held_out| held_out.refuse_without_groups(n_grouped))?;
    Ok((table, summary))
}

/// Refuses columns named twice, or like those that a score table has of its own.
pub fn check_columns(by: &[String]) -> anyhow::Result<()> {
    for (place, column) in by.iter().enumerate() {
        anyhow::ensure!(!by[..place].contains(column), "--by {column}: named twice");
        anyhow::ensure!(
            column != DOCUMENT && !column.starts_with(LOG_RATIO),
            "--by {column}: a score table has a column of this name [rename the column]"
        );
    }
    Ok(())
}
