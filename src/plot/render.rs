//! Renders a figure as the bytes of a file.

use std::path::Path;

use super::figure::{Figure, PlotError};
use super::{raster, svg};

/// Renders a figure in the format that the file's name promises; the same figure gives the same bytes.
///
/// # Errors
/// If the name promises another format, and the errors of [`Figure::drawing`].
pub fn render(figure: &impl Figure, file: &Path) -> Result<Vec<u8>, PlotError> {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("svg") => svg::svg(&figure.drawing()?).map(String::into_bytes),
        Some("png") => raster::png(&figure.drawing()?),
        _ => Err(PlotError::UnknownFormat { name: file.display().to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::errors::{ErrorFigure, ErrorPanel, ErrorPoint, ErrorSeries};
    use super::super::options::FigureOptions;
    use super::*;

    fn figure(n_panels: usize, n_series: usize, truths: &[f64]) -> ErrorFigure {
        let point = |truth: &f64| ErrorPoint { truth: *truth, error: 0.01, lower: -0.02, upper: 0.05 };
        let series = |number: usize| ErrorSeries {
            name: format!("<script> of a method with a rather long name {number}"),
            points: truths.iter().map(point).collect(),
        };
        let panel = |number: usize| ErrorPanel {
            title: format!("{number} & more"),
            series: (0..n_series).map(series).collect(),
        };
        ErrorFigure { panels: (0..n_panels).map(panel).collect(), options: FigureOptions::default() }
    }

    #[test]
    fn figures_are_the_same_each_time_and_hold_every_point() {
        for (n_panels, n_series) in [(1, 1), (1, 6), (3, 2)] {
            let figure = figure(n_panels, n_series, &[0.0, 0.1, 0.5]);
            let svg = String::from_utf8(render(&figure, Path::new("a.svg")).unwrap()).unwrap();
            assert_eq!(svg.into_bytes(), render(&figure, Path::new("b.svg")).unwrap());
            let png = render(&figure, Path::new("a.png")).unwrap();
            assert!(png.starts_with(b"\x89PNG") && png == render(&figure, Path::new("a.png")).unwrap());
        }
        let svg = render(&figure(1, 1, &[0.0, 0.1, 0.5]), Path::new("a.svg")).unwrap();
        // A circle for each of three points, and one in the key.
        assert_eq!(String::from_utf8(svg).unwrap().matches("<circle").count(), 4);
    }

    #[test]
    fn names_are_escaped_and_shortened() {
        let svg = String::from_utf8(render(&figure(1, 2, &[0.2]), Path::new("a.svg")).unwrap()).unwrap();
        assert!(!svg.contains("<script>") && svg.contains("&lt;script&gt;") && svg.contains("…"), "{svg}");
        assert!(!svg.contains(" & "), "{svg}");
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let refused = |figure: &ErrorFigure, name: &str| render(figure, Path::new(name)).unwrap_err().to_string();
        assert!(refused(&figure(1, 1, &[]), "a.svg").contains("no point"));
        assert!(refused(&figure(0, 1, &[0.1]), "a.svg").contains("no point"));
        assert!(refused(&figure(1, 1, &[f64::NAN]), "a.png").contains("not a number"));
        assert!(refused(&figure(1, 1, &[0.1]), "a.pdf").contains("SVG or PNG"));
    }
}
