//! Errors of pages.

use crate::plot::PlotError;

/// The reason why there is no page.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HtmlError {
    /// The page's figure cannot be drawn.
    #[error(transparent)]
    Figure(#[from] PlotError),
    /// The template failed.
    #[error("no page: {reason}")]
    Template {
        /// The error message.
        reason: String,
    },
}
