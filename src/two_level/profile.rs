//! The interval of the realised share: every share that the profile of the likelihood does not reject.

use super::columns::Likelihoods;
use super::em::{Run, em};
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

/// A search for the share, 0 to 1, below (`sign` -1) or above (+1) the estimate where the profile deviance reaches `critical`.
///
/// With l(s) the largest log-likelihood when class k of document d counts exp(s n_d b_k) times, and A(s) the share
/// there, dev(s) = 2 (l(0) - l(s) + s N A(s)) is the deviance of the share A(s): its Legendre transform.
pub struct Search<'a> {
    priors: &'a Priors,
    best: &'a Fit,
    sign: f64,
    critical: f64,
    /// The furthest point within the interval, and the nearest one outside, once there is one.
    inside: Point,
    outside: Option<Point>,
    /// Parameters at the last point.
    parameters: Parameters,
    n_doublings: usize,
    n_halvings: usize,
}

impl<'a> Search<'a> {
    /// Returns the search from the `best` fit with these priors.
    pub fn new(priors: &'a Priors, best: &'a Fit, sign: f64, critical: f64) -> Search<'a> {
        let (inside, parameters) = (Point { share: best.share, deviance: 0.0, tilt: 0.0 }, best.parameters);
        Search { priors, best, sign, critical, inside, outside: None, parameters, n_doublings: 0, n_halvings: 0 }
    }

    /// Returns the run of EM that the search needs next; `None` at its end.
    fn next(&self) -> Option<Run<'a>> {
        let tilt = match self.outside {
            None if self.n_doublings == MAX_DOUBLINGS || self.n_doublings > 0 && self.is_at_the_end() => return None,
            None => self.sign * FIRST_TILT * 2f64.powi(self.n_doublings as i32),
            Some(outside) if self.n_halvings == MAX_HALVINGS || (outside.share - self.inside.share).abs() < CLOSE => {
                return None;
            }
            Some(outside) => (self.inside.tilt + outside.tilt) / 2.0,
        };
        Some(Run { priors: self.priors, tilt, start: self.parameters.floored(), max_iterations: MAX_ITERATIONS })
    }

    fn is_at_the_end(&self) -> bool {
        let left = if self.sign < 0.0 { self.inside.share } else { 1.0 - self.inside.share };
        left < AT_THE_END
    }

    /// Takes the fit of the run at `tilt`.
    fn take(&mut self, tilt: f64, fit: &Fit, n_units: f64) {
        match self.outside {
            None => self.n_doublings += 1,
            Some(_) => self.n_halvings += 1,
        }
        self.parameters = fit.parameters;
        let deviance = 2.0 * (self.best.value - fit.value + tilt * n_units * fit.share);
        let point = Point { share: fit.share, deviance, tilt };
        if deviance >= self.critical {
            self.outside = Some(point);
        } else {
            self.inside = point;
        }
    }

    fn end(&self) -> f64 {
        let open = if self.sign > 0.0 { 1.0 } else { 0.0 };
        self.outside.map_or(open, |outside| between(self.inside, outside, self.critical))
    }
}

/// Finds the ends of several searches, side by side.
pub fn ends(likelihoods: &Likelihoods, mut searches: Vec<Search<'_>>) -> Vec<f64> {
    let n_units = likelihoods.n_units();
    loop {
        let mut active: Vec<(&mut Search<'_>, Run<'_>)> =
            searches.iter_mut().filter_map(|search| search.next().map(|run| (search, run))).collect();
        if active.is_empty() {
            return searches.iter().map(Search::end).collect();
        }
        let runs: Vec<Run<'_>> = active.iter().map(|(_, run)| *run).collect();
        let fits = em(likelihoods, &runs);
        active.iter_mut().zip(&fits).for_each(|((search, run), fit)| search.take(run.tilt, fit, n_units));
    }
}

/// Interpolates where the deviance, whose root is nearly linear, reaches `critical`.
fn between(inside: Point, outside: Point, critical: f64) -> f64 {
    let (from, to) = (inside.deviance.max(0.0).sqrt(), outside.deviance.sqrt());
    let part = ((critical.sqrt() - from) / (to - from).max(1e-9)).clamp(0.0, 1.0);
    inside.share + part * (outside.share - inside.share)
}
