//! Draws figures of finished records as SVG and PNG, with a font of their own, so that they look alike everywhere.
//!
//! Figures are made by [`report`](crate::report), as the last step from a record: its functions such as
//! [`trend_figure`](crate::report::trend_figure) return them, and [`render`] draws them.

mod base64;
mod error_drawing;
mod errors;
mod figure;
mod font;
mod geometry;
mod layout;
mod line;
mod line_drawing;
mod options;
mod paint;
mod raster;
mod render;
mod scene;
mod style;
mod svg;
mod text;

pub(crate) use base64::base64;
pub use errors::{ErrorFigure, ErrorPanel, ErrorPoint, ErrorSeries};
pub use figure::{Drawing, Figure, PlotError};
pub use font::font_face;
pub use line::{LineFigure, LinePanel, LinePoint, LineSeries, LineValue, Mark, Shade};
pub use line_drawing::InlineFigure;
pub use options::{DOUBLE_COLUMN, DPI, FigureOptions, Theme};
pub use render::render;
pub use scene::Hit;
