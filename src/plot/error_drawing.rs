//! Errors against truth, drawn.

use super::errors::ErrorFigure;
use super::figure::{Drawing, Figure, PlotError};
use super::layout::layout_errors;
use super::text::cleaned;

impl Figure for ErrorFigure {
    fn drawing(&self) -> Result<Drawing, PlotError> {
        if self.points().next().is_none() {
            return Err(PlotError::Nothing { reason: "there are no points to draw".to_owned() });
        }
        if !self.points().all(|of| [of.truth, of.error, of.lower, of.upper].iter().all(|number| number.is_finite())) {
            return Err(PlotError::Nothing { reason: "an estimate is not a number".to_owned() });
        }
        let title = cleaned(self.options.title.as_deref().unwrap_or("Error against truth"));
        Ok(Drawing { scene: layout_errors(self), options: self.options.clone(), title })
    }
}
