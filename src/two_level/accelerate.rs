//! Acceleration of EM, which moves in ever smaller steps of nearly the same direction.

use super::parameters::{Parameters, Priors};
use super::side::{SidePrior, Tilts};
use super::tilt::N_CLASSES;

/// Number of coordinates: location and log spread of both sides, and the classes.
const N_COORDINATES: usize = 4 + N_CLASSES;
/// Maximum length of a leap, in steps.
const MAX_LENGTH: f64 = 32.0;
/// Smallest part of a class's probability after two steps that a leap leaves.
const LEAST_PART: f64 = 0.1;

/// Extrapolates from two steps of EM, `from` to `first` to `second`: SQUAREM with the step length S3 (Varadhan and Roland 2008,
/// Scandinavian Journal of Statistics 35, 335-353). Returns `None` where it would not go beyond `second`.
///
/// Tilts count in standard deviations of their priors, probabilities as they are.
pub fn leap(from: &Parameters, first: &Parameters, second: &Parameters, priors: &Priors) -> Option<Parameters> {
    let [from, first, second] = [from, first, second].map(|parameters| coordinates(parameters, priors));
    let step: [f64; N_COORDINATES] = std::array::from_fn(|at| first[at] - from[at]);
    let turn: [f64; N_COORDINATES] = std::array::from_fn(|at| second[at] - first[at] - step[at]);
    let squares = |of: &[f64; N_COORDINATES]| of.iter().map(|value| value * value).sum::<f64>();
    let length = (squares(&step) / squares(&turn)).sqrt().min(MAX_LENGTH);
    // Not a number where neither step moved.
    if length.is_nan() || length <= 1.0 {
        return None;
    }
    let reached: [f64; N_COORDINATES] =
        std::array::from_fn(|at| from[at] + 2.0 * length * step[at] + length * length * turn[at]);
    Some(parameters(&reached, &second, priors))
}

fn coordinates(Parameters { human, llm, classes }: &Parameters, priors: &Priors) -> [f64; N_COORDINATES] {
    let of_side = |tilts: &Tilts, prior: &SidePrior| {
        [tilts.location / prior.location_variance.sqrt(), tilts.log_spread / prior.log_spread_variance.sqrt()]
    };
    let tilts = [of_side(human, &priors.human), of_side(llm, &priors.llm)].concat();
    std::array::from_fn(|at| if at < 4 { tilts[at] } else { classes[at - 4] })
}

fn parameters(
    reached: &[f64; N_COORDINATES],
    second: &[f64; N_COORDINATES],
    Priors { human, llm, .. }: &Priors,
) -> Parameters {
    let of_side = |at: usize, prior: &SidePrior| {
        let location = reached[at] * prior.location_variance.sqrt();
        let log_spread = reached[at + 1] * prior.log_spread_variance.sqrt();
        prior.clip(Tilts { location, log_spread })
    };
    let classes: [f64; N_CLASSES] = std::array::from_fn(|class| reached[4 + class].max(LEAST_PART * second[4 + class]));
    let total: f64 = classes.iter().sum();
    Parameters { human: of_side(0, human), llm: of_side(2, llm), classes: classes.map(|class| class / total) }
}
