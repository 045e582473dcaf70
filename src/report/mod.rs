//! Finished records to what people and programs read: aligned table, JSON, CSV, Markdown.

mod band;
mod card;
mod check;
mod csv;
mod figure;
mod html;
mod input;
mod lint;
mod markdown;
mod rows;
mod shares;
mod table;
mod timeline;
mod trend;
mod trend_figure;
mod validation;
mod words;
mod words_csv;
mod words_figure;

use crate::estimate::Estimate;

pub use card::{card, list};
pub use check::{CheckOutput, headline, render_check, render_check_markdown, render_junit, render_policy};
pub use figure::error_figure;
pub use html::{HtmlError, trend_html, words_html};
pub use input::{cut_note, source_cut_notes, source_notes};
pub use lint::{LintOutput, render_lint};
pub use rows::input_notes;
pub use trend::render_trend;
pub use trend_figure::trend_figure;
pub use validation::render_validation;
pub use words::{render_words, words_report};
pub use words_figure::words_figure;

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
