//! Finished records to what people and programs read: aligned table, JSON, CSV, Markdown.

mod band;
mod card;
mod csv;
mod figure;
mod input;
mod lint;
mod markdown;
mod rows;
mod shares;
mod table;
mod validation;

use crate::estimate::Estimate;

pub use card::{card, list};
pub use figure::error_figure;
pub use lint::{LintOutput, render_lint};
pub use validation::render_validation;

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Output {
    /// An aligned table for people.
    #[default]
    Table,
    /// One JSON object with everything.
    Json,
    /// A row per group, with the sources' shares in rows of their own.
    Csv,
    /// A table for a document or an issue.
    Markdown,
}

/// The whole text of a result, with a line break at the end.
pub fn render(estimate: &Estimate, output: Output) -> String {
    match output {
        Output::Table => table::render(estimate),
        Output::Json => serde_json::to_string_pretty(estimate).unwrap_or_default() + "\n",
        Output::Csv => csv::render(estimate),
        Output::Markdown => markdown::render(estimate),
    }
}
