//! Systematic error, learnt from strata that a fit has done without.
//!
//! DESIGN section 3 has tau^2 = mean squared error less mean sampling variance. This is the same by maximum likelihood: errors
//! are normal with variance se^2 + tau(alpha)^2, every stratum weighs the same, and an estimate that 0 or 1 has stopped counts as
//! being there or beyond. Two numbers are learnt, of human and of LLM text ([`Tau`]).

use statrs::distribution::{Continuous, ContinuousCDF, Normal};

use super::Outcome;
use crate::reference::Tau;

/// Smallest and largest tau looked for, in units of alpha.
const RANGE: [f64; 2] = [1e-4, 0.5];
/// Steps of a search along each of the two, and how often it is narrowed.
const N_STEPS: usize = 24;
const N_ROUNDS: usize = 4;

/// An estimate of a mixture from a stratum that was left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TauPoint {
    /// The truth.
    pub truth: f64,
    /// What was found, without systematic error.
    pub outcome: Outcome,
}

/// Points of each stratum.
pub type Learning = Vec<Vec<TauPoint>>;

/// The tau that makes the errors of the strata most likely; 0 where there is nothing to learn from.
///
/// `level` is that of the intervals, whose nearer half tells the sampling error.
pub fn learn_tau<'a>(strata: impl Iterator<Item = &'a Vec<TauPoint>>, level: f64) -> Tau {
    let strata: Vec<&Vec<TauPoint>> = strata.filter(|points| !points.is_empty()).collect();
    if strata.is_empty() {
        return Tau::default();
    }
    let z = Normal::standard().inverse_cdf((1.0 + level) / 2.0);
    let likelihood = |tau: Tau| -> f64 {
        let of_stratum = |points: &Vec<TauPoint>| {
            points.iter().map(|point| log_density(point, tau, z)).sum::<f64>() / points.len() as f64
        };
        strata.iter().map(|points| of_stratum(points)).sum()
    };
    let mut ranges = [RANGE.map(f64::ln); 2];
    let mut best = (f64::NEG_INFINITY, [0.0; 2]);
    for _ in 0..N_ROUNDS {
        let at = |axis: usize, step: usize| {
            let [low, high]: [f64; 2] = ranges[axis];
            low + (high - low) * step as f64 / N_STEPS as f64
        };
        for human in 0..=N_STEPS {
            for llm in 0..=N_STEPS {
                let logs = [at(0, human), at(1, llm)];
                let found = likelihood(Tau { human: logs[0].exp(), llm: logs[1].exp() });
                if found > best.0 {
                    best = (found, logs);
                }
            }
        }
        for (axis, range) in ranges.iter_mut().enumerate() {
            let reach = 1.5 * (range[1] - range[0]) / N_STEPS as f64;
            *range = [best.1[axis] - reach, best.1[axis] + reach];
        }
    }
    Tau { human: best.1[0].exp(), llm: best.1[1].exp() }
}

fn log_density(point: &TauPoint, tau: Tau, z: f64) -> f64 {
    let TauPoint { truth, outcome } = point;
    let Outcome { estimate, interval, .. } = outcome;
    let half = if truth > estimate { interval.upper - estimate } else { estimate - interval.lower };
    let sampling = if half > 0.0 { half / z } else { (interval.upper - interval.lower) / z };
    let Ok(normal) = Normal::new(*truth, sampling.hypot(tau.at(*truth)).max(1e-9)) else { return 0.0 };
    if *estimate <= 0.0 {
        normal.cdf(0.0).ln().max(-1e3)
    } else if *estimate >= 1.0 {
        normal.sf(1.0).ln().max(-1e3)
    } else {
        normal.ln_pdf(*estimate)
    }
}

#[cfg(test)]
mod tests {
    use rand::RngExt;

    use super::*;
    use crate::interval::{Interval, generator_of};

    /// Strata whose estimates are off by an error of their own, proportional to the human and to the LLM share.
    fn strata(tau: Tau, n_strata: usize, standard_error: f64) -> Learning {
        let normal = Normal::standard();
        let mut generator = generator_of(3, 7);
        let mut draw = || normal.inverse_cdf(generator.random_range(1e-9..1.0));
        let stratum = |draw: &mut dyn FnMut() -> f64| {
            let (human, llm) = (draw() * tau.human, draw() * tau.llm);
            let mut point = |truth: f64| {
                let error = human * (1.0 - truth) + llm * truth + draw() * standard_error;
                let estimate = (truth + error).clamp(0.0, 1.0);
                let interval = Interval {
                    lower: (estimate - 1.96 * standard_error).max(0.0),
                    upper: (estimate + 1.96 * standard_error).min(1.0),
                };
                TauPoint { truth, outcome: Outcome { estimate, interval, flagged: None } }
            };
            (0..40).map(|i| point([0.0, 0.05, 0.1, 0.25, 0.5][i % 5])).collect()
        };
        (0..n_strata).map(|_| stratum(&mut draw)).collect()
    }

    #[test]
    fn both_parts_are_recovered() {
        let truth = Tau { human: 0.008, llm: 0.06 };
        let found = learn_tau(strata(truth, 400, 0.005).iter(), 0.95);
        assert!((found.human / truth.human - 1.0).abs() < 0.15, "{found:?}");
        assert!((found.llm / truth.llm - 1.0).abs() < 0.15, "{found:?}");
    }

    #[test]
    fn sampling_error_alone_is_not_taken_for_systematic() {
        let found = learn_tau(strata(Tau::default(), 100, 0.01).iter(), 0.95);
        assert!(found.human < 0.003 && found.llm < 0.006, "{found:?}");
        assert_eq!(learn_tau(std::iter::empty(), 0.95), Tau::default());
    }
}
