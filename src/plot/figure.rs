//! The interface of every figure to the code that draws it.

use plotters::drawing::DrawingAreaErrorKind;

use super::options::FigureOptions;
use super::scene::Scene;

/// The reason why there is no figure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlotError {
    /// A file name whose extension is neither SVG nor PNG.
    #[error("{name}: figures are written as SVG or PNG [name it figure.svg, for example]")]
    UnknownFormat {
        /// The name.
        name: String,
    },
    /// Nothing to draw, or a value that is not a number.
    #[error("no figure: {reason}")]
    Nothing {
        /// The reason.
        reason: String,
    },
    /// The drawing library failed.
    #[error("no figure: {reason}")]
    Drawing {
        /// The error of the library.
        reason: String,
    },
}

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for PlotError {
    fn from(error: DrawingAreaErrorKind<E>) -> PlotError {
        PlotError::Drawing { reason: error.to_string() }
    }
}

/// A figure once everything is placed, which can be written in any format.
#[derive(Debug, Clone)]
pub struct Drawing {
    pub(super) scene: Scene,
    pub(super) options: FigureOptions,
    /// What screen readers say.
    pub(super) title: String,
}

impl Drawing {
    /// Returns all characters that the drawing writes, in regular and in bold.
    pub(super) fn characters(&self) -> [String; 2] {
        let labels = |bold: bool| self.scene.labels().filter(move |label| label.bold == bold);
        [false, true].map(|bold| labels(bold).map(|label| label.text.as_str()).collect())
    }
}

/// Something that can be drawn.
pub trait Figure {
    /// Places everything.
    ///
    /// # Errors
    /// If there is nothing to draw, or a value is not a number.
    fn drawing(&self) -> Result<Drawing, PlotError>;
}
