//! Checks whether the fitted model explains the corpus's scores at all.

use statrs::distribution::{ContinuousCDF, StudentsT};

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

/// Compares the bins of `documents` with those of the `fit`, which has these numbers of units in each class.
pub fn distance(documents: &[BinCounts], shapes: &LogShapes, fit: &Fit, units: &[f64; N_CLASSES]) -> Distance {
    let expected = cumulative(expected_shares(shapes, fit, units));
    let n: f64 = documents.iter().map(BinCounts::n_units).sum();
    let mut observed = [0.0; N_BINS];
    for document in documents {
        observed.iter_mut().zip(document.counts()).for_each(|(sum, count)| *sum += f64::from(*count) / n);
    }
    let observed = cumulative(observed);
    let differences: Vec<f64> = observed.iter().zip(expected).map(|(seen, expected)| (seen - expected).abs()).collect();
    let variances = variances(documents, &observed, &expected);
    let z = (0..N_BINS - 1).map(|bin| differences[bin] / variances[bin].sqrt().max(1e-9)).fold(0.0, f64::max);
    let p_value = (2.0 * (N_BINS - 1) as f64 * tail(z, documents.len())).min(1.0);
    Distance { distance: differences.into_iter().fold(0.0, f64::max), p_value }
}

/// Returns the variance of each cumulative share of bins, clustered by document. In bins that hardly any unit is in, it is at least
/// that of the expected share if the units of a document are as alike there as they are elsewhere.
fn variances(documents: &[BinCounts], observed: &[f64; N_BINS], expected: &[f64; N_BINS]) -> [f64; N_BINS] {
    let n: f64 = documents.iter().map(BinCounts::n_units).sum();
    let mut variances = [0.0; N_BINS];
    for document in documents {
        let counts = cumulative(document.counts().map(f64::from));
        for bin in 0..N_BINS {
            variances[bin] += ((counts[bin] - document.n_units() * observed[bin]) / n).powi(2);
        }
    }
    let n_documents = documents.len() as f64;
    variances.iter_mut().for_each(|variance| *variance *= n_documents / (n_documents - 1.0).max(1.0));
    let independent = |share: f64| share * (1.0 - share) / n;
    let of_units: f64 = observed[..N_BINS - 1].iter().map(|&share| independent(share)).sum();
    let design_effect = (variances[..N_BINS - 1].iter().sum::<f64>() / of_units.max(1e-300)).max(1.0);
    std::array::from_fn(|bin| variances[bin].max(design_effect * independent(expected[bin].clamp(0.0, 1.0))))
}

/// Returns the probability of a value above `z` in as many documents, whose variance is known the worse the fewer they are.
fn tail(z: f64, n_documents: usize) -> f64 {
    let degrees = n_documents.saturating_sub(1) as f64;
    StudentsT::new(0.0, 1.0, degrees).map_or(1.0, |distribution| distribution.sf(z))
}

fn cumulative(mut shares: [f64; N_BINS]) -> [f64; N_BINS] {
    for bin in 1..N_BINS {
        shares[bin] += shares[bin - 1];
    }
    shares
}

fn expected_shares(shapes: &LogShapes, fit: &Fit, units: &[f64; N_CLASSES]) -> [f64; N_BINS] {
    let at = &fit.parameters;
    let weights = ColumnWeights::new((at.human.location, at.human.log_spread), (at.llm.location, at.llm.log_spread));
    let n: f64 = units.iter().sum();
    let mut expected = [0.0; N_BINS];
    for (class, of_class) in units.iter().enumerate() {
        for (column, weight) in columns_of(class).zip(weights.of(class)) {
            let share = of_class / n * f64::from(*weight);
            expected.iter_mut().enumerate().for_each(|(bin, sum)| *sum += share * shapes.at(bin, column).exp());
        }
    }
    expected
}

#[cfg(test)]
mod tests {
    use super::super::estimate::estimate;
    use super::super::learn::{Side, StrataModel, Stratum};
    use super::super::simulate::simulate;
    use super::*;
    use crate::interval::generator_of;
    use crate::two_level::ShareOf;

    /// Invented scores; people hardly ever reach the highest bins.
    fn model() -> StrataModel {
        let document = |mean: f64, at: usize| -> Vec<f64> {
            (0..12).map(|unit| mean + ((at * 37 + unit * 11) % 23) as f64 / 5.0 - 2.2).collect()
        };
        let stratum = |side: Side, name: String, mean: f64| {
            let documents = (0..60).map(|at| document(mean, at)).collect();
            Stratum::new(side, name.clone(), name, documents)
        };
        let human = (0..4).map(|i| stratum(Side::Human, format!("venue {i}"), -1.6 - 0.1 * f64::from(i)));
        let llm = (0..4).map(|i| stratum(Side::Llm, format!("vendor {i}"), 1.6 + 0.1 * f64::from(i)));
        StrataModel::learn(&human.chain(llm).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn chance_explains_the_distance_of_text_such_as_the_models() {
        let model = model();
        for (n_documents, of) in
            [(1, ShareOf::Units), (3, ShareOf::Units), (30, ShareOf::Units), (30, ShareOf::Documents)]
        {
            let sizes: Vec<usize> = (0..n_documents).map(|at| 5 + at % 20).collect();
            let is_rare = |seed: u64| {
                let corpus = simulate(&model, &sizes, 0.0, &mut generator_of(seed, n_documents as u64));
                estimate(&model, &corpus, None, of, 0.95).misfit.p_value <= 0.01
            };
            let n_rare = (0..100).filter(|&seed| is_rare(seed)).count();
            // More than five of a hundred happen once in two thousand times.
            assert!(n_rare <= 5, "{n_documents} documents: {n_rare}");
        }
    }

    /// Every unit is about as likely by people as by an LLM, which no document of the model is.
    #[test]
    fn text_of_another_kind_is_no_chance() {
        let model = model();
        let document = |at: usize| {
            model.bins.count(&(0..20).map(|unit| f64::from((unit + at as i32) % 7) / 40.0).collect::<Vec<_>>())
        };
        let corpus: Vec<BinCounts> = (0..60).map(document).collect();
        let found = estimate(&model, &corpus, None, ShareOf::Units, 0.95).misfit;
        assert!(found.distance > 0.1 && found.p_value < 0.001, "{found:?}");
    }

    /// Of documents by people and LLMs, those by LLMs have four times as many units.
    #[test]
    fn longer_documents_of_one_class_are_no_misfit() {
        let model = model();
        let corpus: Vec<BinCounts> = [(0.0, 10, 1), (1.0, 40, 2)]
            .into_iter()
            .flat_map(|(share, size, seed)| simulate(&model, &[size; 100], share, &mut generator_of(7, seed)))
            .collect();
        for of in [ShareOf::Units, ShareOf::Documents] {
            let found = estimate(&model, &corpus, None, of, 0.95).misfit;
            assert!(found.distance < 0.03, "{of:?}: {found:?}");
        }
    }
}
