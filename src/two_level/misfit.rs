//! Checks whether the fitted model explains the corpus's scores at all.

use statrs::distribution::{ContinuousCDF, Normal};

use super::bins::{BinCounts, N_BINS};
use super::columns::{ColumnWeights, LogShapes, columns_of};
use super::parameters::Fit;
use super::tilt::N_CLASSES;

/// The distance between the scores of a corpus and those that its fitted model predicts.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Distance {
    /// Largest difference of the cumulative shares of the bins, 0 to 1.
    pub distance: f64,
    /// Probability of a difference as large by chance in the documents, corrected for looking at all bins.
    pub p_value: f64,
}

/// Compares the bins of `documents` with those of the `fit`.
pub fn distance(documents: &[BinCounts], shapes: &LogShapes, fit: &Fit) -> Distance {
    let expected = expected_shares(shapes, fit);
    let n: f64 = documents.iter().map(BinCounts::n_units).sum();
    let mut observed = [0.0; N_BINS];
    for document in documents {
        observed.iter_mut().zip(document.counts()).for_each(|(sum, count)| *sum += f64::from(*count) / n);
    }
    let observed = cumulative(observed);
    let differences: Vec<f64> =
        observed.iter().zip(cumulative(expected)).map(|(seen, expected)| (seen - expected).abs()).collect();
    let mut variances = [0.0; N_BINS];
    for document in documents {
        let counts = cumulative(document.counts().map(f64::from));
        for bin in 0..N_BINS {
            variances[bin] += ((counts[bin] - document.n_units() * observed[bin]) / n).powi(2);
        }
    }
    let z = (0..N_BINS - 1).map(|bin| differences[bin] / variances[bin].sqrt().max(1e-9)).fold(0.0, f64::max);
    let p_value = (2.0 * (N_BINS - 1) as f64 * Normal::standard().sf(z)).min(1.0);
    Distance { distance: differences.into_iter().fold(0.0, f64::max), p_value }
}

fn cumulative(mut shares: [f64; N_BINS]) -> [f64; N_BINS] {
    for bin in 1..N_BINS {
        shares[bin] += shares[bin - 1];
    }
    shares
}

fn expected_shares(shapes: &LogShapes, fit: &Fit) -> [f64; N_BINS] {
    let at = &fit.parameters;
    let weights = ColumnWeights::new((at.human.location, at.human.log_spread), (at.llm.location, at.llm.log_spread));
    let n: f64 = fit.n_units.iter().sum();
    let mut expected = [0.0; N_BINS];
    for class in 0..N_CLASSES {
        for (column, weight) in columns_of(class).zip(weights.of(class)) {
            let share = fit.n_units[class] / n * f64::from(*weight);
            expected.iter_mut().enumerate().for_each(|(bin, sum)| *sum += share * shapes.at(bin, column).exp());
        }
    }
    expected
}
