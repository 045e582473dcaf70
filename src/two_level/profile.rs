//! The interval of the realised share: every share that the profile of the likelihood does not reject.

use super::columns::Likelihoods;
use super::em::em;
use super::parameters::{Fit, Parameters, Priors};

/// Maximum number of iterations of EM at one tilt.
const MAX_ITERATIONS: usize = 60;
/// First tilt of the realised share.
const FIRST_TILT: f64 = 0.02;
/// Maximum number of times that the tilt is doubled.
const MAX_DOUBLINGS: usize = 12;
/// Maximum number of times that the range of tilts is halved.
const MAX_HALVINGS: usize = 5;
/// Distance of a share from 0 or 1 below which the search ends.
const AT_THE_END: f64 = 1e-5;
/// Distance between shares below which the halving ends.
const CLOSE: f64 = 1e-3;

/// A share and its profile deviance at one tilt.
#[derive(Clone, Copy)]
struct Point {
    share: f64,
    deviance: f64,
    tilt: f64,
}

/// Finds the share, 0 to 1, below (`sign` -1) or above (+1) the estimate where the profile deviance reaches `critical`.
///
/// With l(s) the largest log-likelihood when class k of document d counts exp(s n_d b_k) times, and A(s) the share
/// there, dev(s) = 2 (l(0) - l(s) + s N A(s)) is the deviance of the share A(s): its Legendre transform.
pub fn end(likelihoods: &Likelihoods, priors: &Priors, best: &Fit, sign: f64, critical: f64) -> f64 {
    let n_units = likelihoods.n_units();
    let at = |tilt: f64, start: Parameters| {
        let fit = em(likelihoods, priors, tilt, start.floored(), MAX_ITERATIONS);
        let deviance = 2.0 * (best.value - fit.value + tilt * n_units * fit.share);
        (Point { share: fit.share, deviance, tilt }, fit.parameters)
    };
    let (mut inside, mut outside) = (Point { share: best.share, deviance: 0.0, tilt: 0.0 }, None);
    let (mut tilt, mut parameters) = (sign * FIRST_TILT, best.parameters);
    for _ in 0..MAX_DOUBLINGS {
        let (point, reached) = at(tilt, parameters);
        parameters = reached;
        if point.deviance >= critical {
            outside = Some(point);
            break;
        }
        inside = point;
        tilt *= 2.0;
        if (sign < 0.0 && point.share < AT_THE_END) || (sign > 0.0 && point.share > 1.0 - AT_THE_END) {
            break;
        }
    }
    let Some(mut outside) = outside else { return if sign > 0.0 { 1.0 } else { 0.0 } };
    for _ in 0..MAX_HALVINGS {
        if (outside.share - inside.share).abs() < CLOSE {
            break;
        }
        let (point, reached) = at((inside.tilt + outside.tilt) / 2.0, parameters);
        parameters = reached;
        if point.deviance >= critical { outside = point } else { inside = point }
    }
    between(inside, outside, critical)
}

/// Interpolates where the deviance, whose root is nearly linear, reaches `critical`.
fn between(inside: Point, outside: Point, critical: f64) -> f64 {
    let (from, to) = (inside.deviance.max(0.0).sqrt(), outside.deviance.sqrt());
    let part = ((critical.sqrt() - from) / (to - from).max(1e-9)).clamp(0.0, 1.0);
    inside.share + part * (outside.share - inside.share)
}
