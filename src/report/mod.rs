//! Renders finished records for people and programs: aligned table, JSON, CSV, Markdown.

mod band;
mod card;
mod cells;
mod check;
mod csv;
mod figure;
mod html;
mod input;
mod lint;
mod markdown;
mod output;
mod preview;
mod rows;
mod share_rows;
mod shares;
mod strata;
mod table;
#[cfg(test)]
mod tests;
mod timeline;
mod trend;
mod trend_figure;
mod validation;
mod words_csv;
mod words_figure;
mod words_text;

use crate::estimate::Estimate;
use share_rows::ShareRows;

pub use card::{card, list};
pub use check::{CheckOutput, headline, render_check, render_check_markdown, render_junit, render_policy};
pub use figure::error_figure;
pub use html::{HtmlError, trend_html, words_html};
pub use input::{source_cut_notes, source_notes};
pub use lint::{LintOutput, render_lint};
pub use output::Output;
pub use preview::render_preview;
pub use trend::render_trend;
pub use trend_figure::trend_figure;
pub use validation::render_validation;
pub use words_figure::words_figure;
pub use words_text::{render_words, words_report};

/// Renders the whole text of a result, with a line break at the end.
pub fn render(estimate: &Estimate, output: Output) -> String {
    let rows = ShareRows::from(estimate);
    match output {
        Output::Table => table::render(&rows),
        Output::Json => serde_json::to_string_pretty(estimate).unwrap_or_default() + "\n",
        Output::Csv => csv::render(&rows),
        Output::Markdown => markdown::render(&rows),
    }
}
