//! Shares of groups: the parts of a page that an estimate and a trend have in common, and their CSV.

mod caption;
mod choices;
mod csv;
mod main;
mod meaning;
mod page;
mod rows;
mod sources;
mod strata;
mod terms;

pub(super) use caption::{by_text, caption, control_line, group_notes, interval_line, notes, share_line};
pub use csv::estimate_csv;
pub(super) use csv::{ShareRow, csv_columns, csv_rows};
pub(super) use main::{PLACEBO, columns, table};
pub(super) use meaning::{NOT, Named, meaning, share_sentence};
pub use page::estimate_page;
pub(super) use rows::ShareRows;
pub(super) use sources::sources;
pub(super) use strata::strata;
pub(super) use terms::{Term, errors, interval, llm_share, misfit, unsaid};
