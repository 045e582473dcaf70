//! Computes error and coverage for each share and size.

use std::collections::BTreeMap;

use serde::Serialize;

use super::measure::{Measured, MethodExamined, Outcome};

/// The results of mixtures of one share and size.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Cell {
    /// Share of LLM text asked for, 0 to 1.
    pub alpha: f64,
    /// Number of units asked for.
    pub n_units: usize,
    /// Number of mixtures.
    pub n_mixtures: usize,
    /// The result of each method.
    pub methods: Vec<MethodCell>,
}

/// The result of a method. Errors are the estimate minus the share in the mixture, in units of alpha: 0.01 is one
/// percentage point.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MethodCell {
    /// The method.
    pub method: MethodExamined,
    /// Mean estimate.
    pub mean_estimate: f64,
    /// Mean error.
    pub bias: f64,
    /// Mean absolute error.
    pub mean_absolute_error: f64,
    /// Largest absolute error.
    pub worst_error: f64,
    /// Root of the mean squared error.
    pub rmse: f64,
    /// Share of intervals that contain what they are for, 0 to 1: the share in the mixture for the two-level model, else the share
    /// with which its documents were drawn.
    pub coverage: f64,
    /// Mean width of the interval.
    pub mean_width: f64,
    /// Mean lower and upper end of the interval.
    pub mean_interval: [f64; 2],
    /// Share of mixtures flagged as misfit, 0 to 1; `None` for the published method.
    pub flagged: Option<f64>,
}

/// Returns all cells, by size and then share.
pub(crate) fn cells(measured: &[Measured]) -> Vec<Cell> {
    let mut by_cell: BTreeMap<(usize, u64), Vec<&Measured>> = BTreeMap::new();
    for one in measured {
        // Shares are not negative, so their bits sort in the same order.
        by_cell.entry((one.n_units, one.alpha.to_bits())).or_default().push(one);
    }
    by_cell.into_values().map(|of_cell| cell(&of_cell)).collect()
}

fn cell(measured: &[&Measured]) -> Cell {
    let alpha = measured[0].alpha;
    let mut by_method: BTreeMap<MethodExamined, Vec<(f64, Outcome)>> = BTreeMap::new();
    for one in measured {
        one.outcomes.iter().for_each(|(method, of)| by_method.entry(*method).or_default().push((one.truth, *of)));
    }
    let methods = by_method.into_iter().map(|(method, of)| method_cell(method, alpha, &of)).collect();
    Cell { alpha, n_units: measured[0].n_units, n_mixtures: measured.len(), methods }
}

fn method_cell(method: MethodExamined, alpha: f64, outcomes: &[(f64, Outcome)]) -> MethodCell {
    let n = outcomes.len() as f64;
    let mean = |value: &dyn Fn(&(f64, Outcome)) -> f64| outcomes.iter().map(value).sum::<f64>() / n;
    let error = |(truth, of): &(f64, Outcome)| of.estimate - truth;
    let flags: Option<Vec<bool>> = outcomes.iter().map(|(_, of)| of.flagged).collect();
    MethodCell {
        method,
        mean_estimate: mean(&|(_, of)| of.estimate),
        bias: mean(&error),
        mean_absolute_error: mean(&|of| error(of).abs()),
        worst_error: outcomes.iter().map(|of| error(of).abs()).fold(0.0, f64::max),
        rmse: mean(&|of| error(of).powi(2)).sqrt(),
        coverage: mean(&|(truth, of)| f64::from(u8::from(of.covers(alpha, *truth)))),
        mean_width: mean(&|(_, of)| of.interval.upper - of.interval.lower),
        mean_interval: [mean(&|(_, of)| of.interval.lower), mean(&|(_, of)| of.interval.upper)],
        flagged: flags.map(|flags| flags.iter().filter(|flag| **flag).count() as f64 / n),
    }
}

impl Outcome {
    /// Returns whether the interval contains what it is for, given the share `drawn` with which the documents were drawn and the share
    /// `in_documents` that they have.
    pub fn covers(&self, drawn: f64, in_documents: f64) -> bool {
        (self.interval.lower..=self.interval.upper).contains(&self.truth(drawn, in_documents))
    }

    /// Returns what the interval is for: the share `in_documents` for the two-level model, else the share `drawn`.
    pub(crate) fn truth(&self, drawn: f64, in_documents: f64) -> f64 {
        if self.is_of_documents { in_documents } else { drawn }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::Interval;

    /// Documents were drawn with a share of 0.2 and have one of 0.3; the interval is 0.25 to 0.35.
    #[test]
    fn an_interval_is_right_if_it_holds_what_it_is_for() {
        let of = |is_of_documents| {
            let interval = Interval { lower: 0.25, upper: 0.35 };
            let outcome = Outcome { estimate: 0.3, interval, flagged: Some(false), is_of_documents };
            let one = Measured {
                alpha: 0.2,
                n_units: 600,
                truth: 0.3,
                outcomes: vec![(MethodExamined::Calibrated, outcome)],
            };
            cells(&[one])[0].methods[0].coverage
        };
        assert_eq!([of(true), of(false)], [1.0, 0.0]);
    }
}
