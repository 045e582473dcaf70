//! Which documents are the control.

use anyhow::Context;
use jiff::civil::Date;

use super::args::ControlArgs;
use super::dates::DateColumns;
use crate::estimate::ControlSummary;
use crate::score::{ScoreTable, ScoredDocument};

/// The release of ChatGPT: text from later may be by an LLM.
pub const CHATGPT: Date = jiff::civil::date(2022, 11, 30);

/// Documents before a date are the control.
pub struct Before {
    date: Date,
    /// Where the dates are.
    pub columns: DateColumns,
}

/// Where a document belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Control,
    Target,
    /// In the target, because nobody knows.
    Undated,
}

impl Before {
    /// What `--control-before` and `--date-field` ask for.
    pub fn of(arguments: &ControlArgs) -> anyhow::Result<Option<Before>> {
        let Some(text) = &arguments.control_before else {
            return Ok(None);
        };
        let date = text
            .parse()
            .map_err(|_| anyhow::anyhow!("--control-before {text}: not a date [write it as 2022-11-30]"))?;
        Ok(Some(Before { date, columns: DateColumns::new(arguments.date_field.as_ref()) }))
    }

    /// The side of a document with these values of the date columns.
    pub fn side<'a>(&self, values: impl Iterator<Item = &'a Option<String>>) -> Side {
        match DateColumns::span(values) {
            None => Side::Undated,
            Some(span) if span.last < self.date => Side::Control,
            Some(_) => Side::Target,
        }
    }

    /// The target and the control in a score table, which has its dates in one of the columns.
    pub fn split(
        &self,
        mut table: ScoreTable,
        files: Vec<String>,
    ) -> anyhow::Result<(ScoreTable, ScoreTable, ControlSummary)> {
        let place = table.columns.iter().position(|column| self.columns.names.contains(column)).with_context(|| {
            format!(
                "--control-before: the score table has no column {} [score the text again with --by for the date]",
                self.columns.names.join(", ")
            )
        })?;
        let side = |document: &ScoredDocument| self.side(std::iter::once(&document.values[place]));
        let n_undated = table.documents().iter().filter(|document| side(document) == Side::Undated).count();
        let mut control = table.clone();
        control.n_documents_without_units = 0;
        control.retain(|document| side(document) == Side::Control);
        table.retain(|document| side(document) != Side::Control);
        let n_control = control.documents().len();
        self.refuse_one_sided(n_control, table.documents().len(), n_undated)?;
        Ok((table, control, self.summary(files, n_control, n_undated)))
    }

    /// What the result says of the control.
    pub fn summary(&self, files: Vec<String>, n_documents: usize, n_undated: usize) -> ControlSummary {
        let warnings = self.warning().into_iter().collect();
        ControlSummary { files, before: Some(self.date.to_string()), n_documents, n_undated, warnings }
    }

    /// What to know of the choice of date.
    fn warning(&self) -> Option<String> {
        (self.date > CHATGPT).then(|| {
            format!(
                "the control has text from after {CHATGPT}, which may be by LLMs already; the share is then read too low"
            )
        })
    }

    /// The error where no document is on one side.
    pub fn refuse_one_sided(&self, n_control: usize, n_target: usize, n_undated: usize) -> anyhow::Result<()> {
        let columns = self.columns.names.join(", ");
        anyhow::ensure!(
            n_control > 0 || n_undated == 0 || n_target > n_undated,
            "--control-before: no document has a readable date in {columns} [name the column with --date-field]"
        );
        anyhow::ensure!(n_control > 0, "--control-before {}: no document is older (dates from {columns})", self.date);
        anyhow::ensure!(
            n_target > 0,
            "--control-before {}: every document is older, nothing is left to estimate",
            self.date
        );
        Ok(())
    }
}
