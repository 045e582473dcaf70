//! Learns the systematic error from strata that a fit has done without.
//!
//! The plain estimate is tau^2 = mean squared error minus mean sampling variance. This is the same by maximum
//! likelihood: errors are two halves of normal distributions, with variances se^2 + tau(alpha)^2 of their own below and
//! above the truth, every stratum has the same weight, and an estimate that 0 or 1 has stopped counts as being there or
//! beyond. Three numbers are learnt ([`Tau`]).

use statrs::distribution::{Continuous, ContinuousCDF, Normal, StudentsT};

use super::measure::{Measured, Outcome};
use crate::reference::Tau;

/// Smallest and largest tau looked for, in units of alpha.
const RANGE: [f64; 2] = [1e-4, 0.5];
/// Number of steps of a search along each of the three, and number of times that it is narrowed.
const N_STEPS: usize = 14;
const N_ROUNDS: usize = 5;

/// The side, 0 for human and 1 for LLM, that each part of [`Tau`] is about.
const SIDES: [usize; 3] = [0, 1, 1];

/// An estimate of a mixture from a stratum that was left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TauPoint {
    /// The share that the interval is for, 0 to 1: for the two-level model that in the documents, else that with which they
    /// were drawn, as the interval then allows for the chance of drawing them.
    pub truth: f64,
    /// The estimate, without systematic error.
    pub outcome: Outcome,
}

impl TauPoint {
    /// Returns the point of one estimate of a mixture.
    pub fn of(mixture: &Measured, outcome: Outcome) -> TauPoint {
        TauPoint { truth: outcome.truth(mixture.alpha, mixture.truth), outcome }
    }
}

/// The data on a stratum that was left out, to learn from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Learning {
    /// Whether its human text is of a kind that the fit had not seen, and whether its LLM text is.
    pub is_new: [bool; 2],
    /// Estimates of its mixtures.
    pub points: Vec<TauPoint>,
}

/// Returns the tau that makes the errors of the strata most likely; 0 for a side of which no stratum was left out.
///
/// Each part is the most likely one times the ratio of Student's quantile to the normal one, with as many degrees of
/// freedom as there are strata: a variance learnt from few is uncertain. `level` is that of the intervals, whose half
/// towards the truth tells the sampling error.
pub(crate) fn learn_tau<'a>(strata: impl Iterator<Item = &'a Learning>, level: f64) -> Tau {
    let strata: Vec<&Learning> = strata.filter(|of| !of.points.is_empty()).collect();
    let z = Normal::standard().inverse_cdf((1.0 + level) / 2.0);
    let likelihood = |logs: [f64; 3]| -> f64 {
        let of_stratum = |of: &Learning| {
            let part = |number: usize| if of.is_new[SIDES[number]] { logs[number].exp() } else { 0.0 };
            let tau = Tau { human: part(0), llm_below: part(1), llm_above: part(2) };
            of.points.iter().map(|point| log_density(point, tau, z)).sum::<f64>() / of.points.len() as f64
        };
        strata.iter().map(|of| of_stratum(of)).sum()
    };
    let best = most_likely(likelihood);
    let part = |number: usize| {
        let n_strata = strata.iter().filter(|of| of.is_new[SIDES[number]]).count();
        if n_strata == 0 { 0.0 } else { best[number].exp() * student_factor(n_strata, level, z) }
    };
    Tau { human: part(0), llm_below: part(1), llm_above: part(2) }
}

/// Returns Student's two-sided quantile over the normal one.
fn student_factor(n_strata: usize, level: f64, z: f64) -> f64 {
    StudentsT::new(0.0, 1.0, n_strata as f64).map_or(1.0, |student| student.inverse_cdf((1.0 + level) / 2.0) / z)
}

/// Returns the logarithms of tau's parts at which `likelihood` is largest, by a search that narrows.
fn most_likely(likelihood: impl Fn([f64; 3]) -> f64) -> [f64; 3] {
    let mut ranges = [RANGE.map(f64::ln); 3];
    let mut best = (f64::NEG_INFINITY, [RANGE[0].ln(); 3]);
    let n_points = N_STEPS + 1;
    for _ in 0..N_ROUNDS {
        let at = |axis: usize, step: usize| {
            let [low, high]: [f64; 2] = ranges[axis];
            low + (high - low) * step as f64 / N_STEPS as f64
        };
        for point in 0..n_points.pow(3) {
            let steps = [point / n_points.pow(2), point / n_points % n_points, point % n_points];
            let logs = [0, 1, 2].map(|axis| at(axis, steps[axis]));
            let found = likelihood(logs);
            if found > best.0 {
                best = (found, logs);
            }
        }
        for (axis, range) in ranges.iter_mut().enumerate() {
            let reach = 1.5 * (range[1] - range[0]) / N_STEPS as f64;
            *range = [best.1[axis] - reach, best.1[axis] + reach];
        }
    }
    best.1
}

/// Returns the log density of an estimate under two halves of normal distributions that meet at the truth.
fn log_density(point: &TauPoint, tau: Tau, z: f64) -> f64 {
    let TauPoint { truth, outcome } = point;
    let Outcome { estimate, interval, .. } = outcome;
    // The half towards the truth, unless 0 or 1 has cut it off.
    let is_upper = if interval.lower <= 0.0 { true } else { interval.upper < 1.0 && truth > estimate };
    let sampling = if is_upper { interval.upper - estimate } else { estimate - interval.lower } / z;
    let deviation = |tau: f64| sampling.hypot(tau).max(1e-9);
    let (below, above) = (deviation(tau.below(*truth)), deviation(tau.above(*truth)));
    let normal = Normal::standard();
    let mass = |deviation: f64| 2.0 * deviation / (below + above);
    if *estimate <= 0.0 {
        (mass(below) * normal.cdf(-truth / below)).ln().max(-1e3)
    } else if *estimate >= 1.0 {
        (mass(above) * normal.sf((1.0 - truth) / above)).ln().max(-1e3)
    } else {
        let own = if estimate < truth { below } else { above };
        (mass(own) / own).ln() + normal.ln_pdf((estimate - truth) / own)
    }
}

#[cfg(test)]
mod tests {
    use rand::RngExt;

    use super::*;
    use crate::interval::{Interval, generator_of};

    /// Returns strata whose estimates are off by an error of their own, proportional to the human and to the LLM share;
    /// the latter to one side.
    fn strata(tau: Tau, n_strata: usize, standard_error: f64) -> Vec<Learning> {
        let normal = Normal::standard();
        let mut generator = generator_of(3, 7);
        let mut draw = || normal.inverse_cdf(generator.random_range(1e-9..1.0));
        let stratum = |draw: &mut dyn FnMut() -> f64| {
            let (human, llm) = (draw() * tau.human, -draw().abs() * tau.llm_below);
            let mut point = |truth: f64| {
                let error = human * (1.0 - truth) + llm * truth.powf(0.75) + draw() * standard_error;
                let estimate = (truth + error).clamp(0.0, 1.0);
                let interval = Interval {
                    lower: (estimate - 1.96 * standard_error).max(0.0),
                    upper: (estimate + 1.96 * standard_error).min(1.0),
                };
                TauPoint { truth, outcome: Outcome { estimate, interval, flagged: None, is_of_documents: false } }
            };
            let points = (0..40).map(|i| point([0.0, 0.05, 0.1, 0.25, 0.5][i % 5])).collect();
            Learning { is_new: [true; 2], points }
        };
        (0..n_strata).map(|_| stratum(&mut draw)).collect()
    }

    #[test]
    fn both_parts_are_recovered() {
        let truth = Tau { human: 0.008, llm_below: 0.06, llm_above: 0.0 };
        let found = learn_tau(strata(truth, 400, 0.005).iter(), 0.95);
        assert!((found.human / truth.human - 1.0).abs() < 0.2, "{found:?}");
        assert!((found.llm_below / truth.llm_below - 1.0).abs() < 0.2, "{found:?}");
        assert!(found.llm_above < 0.25 * truth.llm_below, "{found:?}");
    }

    #[test]
    fn sampling_error_alone_is_not_taken_for_systematic() {
        let found = learn_tau(strata(Tau::default(), 100, 0.01).iter(), 0.95);
        assert!(found.human < 0.003 && found.llm_below < 0.006 && found.llm_above < 0.006, "{found:?}");
        assert_eq!(learn_tau(std::iter::empty(), 0.95), Tau::default());
    }

    #[test]
    fn the_chance_of_drawing_documents_is_no_systematic_error_of_the_share_in_them() {
        let mut generator = generator_of(5, 7);
        // Estimates are exactly the share in the documents, which is up to 8 points off the one they were drawn with.
        let mut point = |alpha: f64, is_of_documents: bool| {
            let truth = alpha + generator.random_range(-0.08..0.08);
            let interval = Interval { lower: truth - 0.01, upper: truth + 0.01 };
            let outcome = Outcome { estimate: truth, interval, flagged: Some(false), is_of_documents };
            TauPoint::of(&Measured { alpha, n_units: 600, truth, outcomes: vec![] }, outcome)
        };
        let mut learnt = |is_of_documents: bool| {
            let points = |_| (0..30).map(|at| point([0.1, 0.25, 0.5][at % 3], is_of_documents)).collect();
            let strata: Vec<Learning> =
                (0..40).map(points).map(|points| Learning { is_new: [true; 2], points }).collect();
            learn_tau(strata.iter(), 0.95)
        };
        let (of_documents, drawn) = (learnt(true), learnt(false));
        assert!(of_documents.below(0.25) < 0.003 && of_documents.above(0.25) < 0.003, "{of_documents:?}");
        assert!(drawn.below(0.25) > 0.02 && drawn.above(0.25) > 0.02, "{drawn:?}");
    }

    #[test]
    fn a_side_that_was_never_left_out_teaches_nothing_and_few_strata_less() {
        let mut known = strata(Tau { human: 0.02, ..Tau::default() }, 200, 0.005);
        known.iter_mut().for_each(|of| of.is_new = [true, false]);
        let found = learn_tau(known.iter(), 0.95);
        assert!(
            found.llm_below == 0.0 && found.llm_above == 0.0 && (found.human / 0.02 - 1.0).abs() < 0.15,
            "{found:?}"
        );
        let z = Normal::standard().inverse_cdf(0.975);
        // Student's quantile for 5 degrees of freedom is 2.571.
        assert!((student_factor(5, 0.95, z) - 2.570_58 / 1.959_96).abs() < 1e-3);
    }
}
