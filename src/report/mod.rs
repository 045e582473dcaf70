//! Finished records as people and programs read them: one page for each result, rendered for a terminal, in Markdown or HTML;
//! figures; and CSV.

mod card;
mod check;
mod citations;
mod input;
mod lint;
mod output;
mod page;
mod preview;
mod provenance;
mod shares;
#[cfg(test)]
mod tests;
mod timeline;
mod trend;
mod undated;
mod validation;
mod words;

pub use card::{card_page, list_page};
pub use check::{check_page, headline, policy_page, render_junit};
pub use input::{source_cut_notes, source_notes};
pub use lint::lint_page;
pub use output::{CheckOutput, LintOutput, Output};
pub use page::{HtmlError, Page};
pub use preview::render_preview;
pub use shares::{estimate_csv, estimate_page};
pub use trend::{trend_csv, trend_figure, trend_page};
pub use validation::{error_figure, validation_csv, validation_page};
pub use words::{words_csv, words_figure, words_page};
