//! Divides documents into control and target.

use jiff::civil::Date;

use super::dates::DateColumns;
use super::errors::{ControlError, Listed};
use super::options::{CHATGPT, ControlOptions};
use crate::corpus::{Columns, Document, span};
use crate::estimate::ControlSummary;
use crate::score::{ScoreTable, ScoredDocument};

/// The rule that documents from before a date are the control.
pub(super) struct Before {
    date: Date,
    /// The columns with the dates.
    pub columns: DateColumns,
}

/// The side that a document is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Control,
    Target,
    /// The date is unknown; the document counts as part of the target.
    Undated,
}

impl Before {
    /// Returns the rule that the options ask for; `None` if the control is not part of the input.
    pub fn of(options: &ControlOptions) -> Option<Before> {
        let columns = DateColumns::new(options.date_field.as_ref());
        options.before.map(|date| Before { date, columns })
    }

    /// Returns the side of a document.
    pub fn side(&self, document: &Document, columns: &Columns) -> Side {
        self.side_of(self.columns.of(document, columns))
    }

    fn side_of(&self, date: Option<&str>) -> Side {
        match date.and_then(span) {
            None => Side::Undated,
            Some(span) if span.last < self.date => Side::Control,
            Some(_) => Side::Target,
        }
    }

    /// Divides a score table, which has its dates in one of the columns, into target and control.
    pub fn split(
        &self,
        mut table: ScoreTable,
        files: Vec<String>,
    ) -> Result<(ScoreTable, ScoreTable, ControlSummary), ControlError> {
        let place = self.columns.place(&table.columns);
        let place = place.ok_or_else(|| ControlError::NoDateColumn(self.columns.shown()))?;
        let side = |document: &ScoredDocument| self.side_of(document.values[place].as_deref());
        let n_undated = table.documents().iter().filter(|document| side(document) == Side::Undated).count();
        let mut control = table.clone();
        control.n_documents_without_units = 0;
        control.retain(|document| side(document) == Side::Control);
        table.retain(|document| side(document) != Side::Control);
        let n_control = control.documents().len();
        let columns = Listed(table.columns.clone());
        self.refuse_one_sided(n_control, table.documents().len(), n_undated, columns)?;
        Ok((table, control, self.summary(files, n_control, n_undated)))
    }

    /// Returns the summary of the control.
    pub fn summary(&self, files: Vec<String>, n_documents: usize, n_undated: usize) -> ControlSummary {
        let warnings = self.warning().into_iter().collect();
        ControlSummary { files, before: Some(self.date.to_string()), n_documents, n_undated, warnings }
    }

    /// Returns a warning if the date is after the release of ChatGPT.
    fn warning(&self) -> Option<String> {
        (self.date > CHATGPT).then(|| {
            format!(
                "the control has text from after {CHATGPT}, which may already be by LLMs; the share is then too low"
            )
        })
    }

    /// Returns an error if a side has no document; `columns` are those that there are.
    pub fn refuse_one_sided(
        &self,
        n_control: usize,
        n_target: usize,
        n_undated: usize,
        columns: Listed,
    ) -> Result<(), ControlError> {
        if n_control == 0 && n_undated > 0 && n_target <= n_undated {
            return Err(ControlError::NoDate(self.columns.shown(), columns));
        }
        match (n_control, n_target) {
            (0, _) => Err(ControlError::NoneOlder(self.date, self.columns.shown())),
            (_, 0) => Err(ControlError::AllOlder(self.date)),
            _ => Ok(()),
        }
    }
}
