//! A validation as CSV: a row for each method in each cell.

use super::page::name;
use crate::validate::Validation;

/// Renders a validation as CSV, with a line break at the end.
pub fn validation_csv(validation: &Validation) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let header = ["left_out", "value", "alpha", "n_units", "n_mixtures", "method", "mean_estimate", "bias"];
    let more = ["mean_absolute_error", "worst_error", "rmse", "coverage", "mean_width", "flagged"];
    // Writing to memory cannot fail; the row lengths agree by construction.
    let _ = writer.write_record(header.into_iter().chain(more));
    let all = validation.cells.iter().map(|cell| ("", "", cell));
    let strata = validation.strata.iter().flat_map(|result| {
        result.cells.iter().map(|cell| (result.stratum.left_out.as_str(), result.stratum.value.as_str(), cell))
    });
    for (left_out, value, cell) in all.chain(strata) {
        for of in &cell.methods {
            let numbers = [
                of.mean_estimate,
                of.bias,
                of.mean_absolute_error,
                of.worst_error,
                of.rmse,
                of.coverage,
                of.mean_width,
            ];
            let first = [left_out.to_owned(), value.to_owned(), cell.alpha.to_string(), cell.n_units.to_string()];
            let middle = [cell.n_mixtures.to_string(), name(of.method).to_owned()];
            let flagged = of.flagged.map_or_else(String::new, |flagged| flagged.to_string());
            let _ = writer.write_record(
                first.into_iter().chain(middle).chain(numbers.map(|number| number.to_string())).chain([flagged]),
            );
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
