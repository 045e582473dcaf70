//! A validation as a figure: a panel for each size, a series for each method.

use std::collections::BTreeSet;

use super::page::name;
use crate::numbers::thousands;
use crate::plot::{ErrorFigure, ErrorPanel, ErrorPoint, ErrorSeries, FigureOptions};
use crate::validate::{Cell, MethodExamined, Validation};

/// Builds the figure of error against truth of all mixtures, by size.
pub fn error_figure(validation: &Validation) -> ErrorFigure {
    let sizes: BTreeSet<usize> = validation.cells.iter().map(|cell| cell.n_units).collect();
    let panel = |n_units: usize| {
        let cells: Vec<&Cell> = validation.cells.iter().filter(|cell| cell.n_units == n_units).collect();
        let methods: BTreeSet<MethodExamined> =
            cells.iter().flat_map(|cell| cell.methods.iter().map(|of| of.method)).collect();
        let series = methods.into_iter().map(|method| series(&cells, method)).collect();
        ErrorPanel { title: format!("{} {}s", thousands(n_units), validation.run.unit), series }
    };
    ErrorFigure { panels: sizes.into_iter().map(panel).collect(), options: FigureOptions::default() }
}

fn series(cells: &[&Cell], method: MethodExamined) -> ErrorSeries {
    let point = |cell: &&Cell| {
        let of = cell.methods.iter().find(|of| of.method == method)?;
        let truth = of.mean_estimate - of.bias;
        let [lower, upper] = of.mean_interval.map(|end| end - truth);
        Some(ErrorPoint { truth, error: of.bias, lower, upper })
    };
    ErrorSeries { name: name(method).to_owned(), points: cells.iter().filter_map(point).collect() }
}
