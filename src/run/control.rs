//! Divides documents into control and target.

use jiff::civil::Date;

use super::dates::DateColumns;
use super::options::ControlOptions;
use super::refusals::{ControlError, Listed};
use crate::corpus::{CHATGPT, Columns, Document, span};
use crate::estimate::ControlSummary;
use crate::score::{ScoreTable, ScoredDocument, UsualCounts};

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
    /// The date may be on either side, as a year or `3/4/2021` may; the document counts as part of the target.
    Unclear,
}

/// Numbers of documents whose date does not tell their side.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Undecided {
    pub n_undated: usize,
    pub n_unclear: usize,
}

impl Undecided {
    /// Takes the side of a document.
    pub fn take(&mut self, side: Side) {
        self.n_undated += usize::from(side == Side::Undated);
        self.n_unclear += usize::from(side == Side::Unclear);
    }
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
            Some(span) if span.first < self.date => Side::Unclear,
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
        let mut undecided = Undecided::default();
        table.documents().iter().for_each(|document| undecided.take(side(document)));
        // Usual words are counted for all documents of a table together: those of the control would hide another kind of text.
        table.usual = UsualCounts::default();
        let mut control = table.clone();
        control.n_documents_without_units = 0;
        control.retain(|document| side(document) == Side::Control);
        table.retain(|document| side(document) != Side::Control);
        let n_control = control.documents().len();
        let columns = Listed(table.columns.clone());
        self.refuse_one_sided(n_control, table.documents().len(), undecided, columns)?;
        Ok((table, control, self.summary(files, n_control, undecided)))
    }

    /// Returns the summary of the control.
    pub fn summary(&self, files: Vec<String>, n_documents: usize, undecided: Undecided) -> ControlSummary {
        let warnings = self.warning().into_iter().collect();
        let Undecided { n_undated, n_unclear } = undecided;
        ControlSummary { files, before: Some(self.date), n_documents, n_undated, n_unclear, warnings }
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
        Undecided { n_undated, .. }: Undecided,
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
