//! Renders finished records as people and programs read them.
//!
//! `wording` says in words what records found, in their JSON too. With the cargo feature `cli` there are a page for each
//! result, rendered for a terminal, in Markdown or HTML, figures, and CSV.

#[cfg(feature = "cli")]
mod card;
#[cfg(feature = "cli")]
mod check;
#[cfg(feature = "cli")]
mod citations;
#[cfg(feature = "cli")]
mod csv;
#[cfg(feature = "cli")]
mod glossary;
#[cfg(feature = "cli")]
mod input;
#[cfg(feature = "cli")]
mod lint;
#[cfg(feature = "cli")]
mod page;
#[cfg(feature = "cli")]
mod preview;
#[cfg(feature = "cli")]
mod provenance;
#[cfg(feature = "cli")]
mod shares;
#[cfg(all(test, feature = "cli"))]
mod tests;
#[cfg(feature = "cli")]
mod timeline;
#[cfg(feature = "cli")]
mod trend;
#[cfg(feature = "cli")]
mod undated;
#[cfg(feature = "cli")]
mod validation;
pub mod wording;
#[cfg(feature = "cli")]
mod words;

#[cfg(feature = "cli")]
pub use card::{card_page, list_page};
#[cfg(feature = "cli")]
pub use check::{check_page, headline, policy_page, render_junit};
#[cfg(feature = "cli")]
pub(crate) use glossary::GLOSSARY;
#[cfg(feature = "cli")]
pub(crate) use input::{source_cut_notes, source_notes};
#[cfg(feature = "cli")]
pub use lint::lint_page;
#[cfg(feature = "cli")]
pub use page::{HtmlError, Page};
#[cfg(feature = "cli")]
pub use preview::render_preview;
#[cfg(feature = "cli")]
pub use shares::{estimate_csv, estimate_page};
#[cfg(feature = "cli")]
pub use trend::{trend_csv, trend_figure, trend_page};
#[cfg(feature = "cli")]
pub use validation::{error_figure, validation_csv, validation_page};
#[cfg(feature = "cli")]
pub use words::{words_csv, words_figure, words_page};
