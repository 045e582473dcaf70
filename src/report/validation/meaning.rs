//! Explains a validation in three sentences for readers who know no statistics.

use crate::numbers::{percent, thousands};
use crate::validate::{Cell, MethodCell, MethodExamined, Validation};

/// Returns what was done, how far off the estimates were, and for which text this holds; nothing without a mixture.
pub(super) fn of(validation: &Validation) -> Vec<String> {
    let n: usize = validation.cells.iter().map(|cell| cell.n_mixtures).sum();
    let off = mean(&validation.cells, MethodExamined::Calibrated, |of| of.mean_absolute_error);
    let covered = mean(&validation.cells, MethodExamined::Calibrated, |of| of.coverage);
    let (Some(off), Some(covered)) = (off, covered) else { return vec![] };
    vec![
        format!("Samples with a known LLM share were estimated as if it were unknown ({}).", thousands(n)),
        format!(
            "On average the estimate was off by {} percentage points, and {} of every 100 intervals contained the truth.",
            percent(off, 1),
            percent(covered, 0)
        ),
        "This holds for text and LLMs of the kinds examined; for others, estimates may be further off.".to_owned(),
    ]
}

/// Returns the mean of a result of a method over all mixtures; `None` if there is none.
pub(super) fn mean<'a>(
    cells: impl IntoIterator<Item = &'a Cell>,
    method: MethodExamined,
    value: impl Fn(&MethodCell) -> f64,
) -> Option<f64> {
    let of_method = |cell: &Cell| cell.methods.iter().find(|of| of.method == method).map(&value);
    let found = cells.into_iter().filter_map(|cell| Some((cell.n_mixtures as f64, of_method(cell)?)));
    let (n, sum) = found.fold((0.0, 0.0), |(n, sum), (more, of)| (n + more, sum + more * of));
    (n > 0.0).then_some(sum / n)
}
