//! Why there is no page.

use crate::plot::PlotError;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HtmlError {
    /// Its figure cannot be drawn.
    #[error(transparent)]
    Figure(#[from] PlotError),
    /// The template failed.
    #[error("no page: {reason}")]
    Template {
        /// What it says.
        reason: String,
    },
}
