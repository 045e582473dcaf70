//! Intervals: their ends, and how they widen.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use crate::reference::Tau;

/// Lower and upper end of an interval for a share, both in \[0, 1\].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

impl Interval {
    /// Returns the interval of `share` with the systematic error `tau`: every value x with |x - share| <= sqrt(h^2 + (z tau(x))^2), h the
    /// half of this interval on its side, z the two-sided normal quantile of `level`, and tau(x) of estimates on the other side of x.
    ///
    /// Not tau at the estimate: an unknown LLM is underestimated, so that tau at the estimate is too small where it is needed: of an LLM left out of `reviews`, 25 % are estimated as 18 %, and tau(18 %) does not reach 25 %.
    pub(crate) fn widened(self, share: f64, tau: Tau, level: f64) -> Interval {
        let z = Normal::standard().inverse_cdf((1.0 + level) / 2.0);
        let (below, above) = (share - self.lower, self.upper - share);
        Interval {
            lower: last_inside(self.lower, 0.0, |value| share - value <= below.hypot(z * tau.above(value))),
            upper: last_inside(self.upper, 1.0, |value| value - share <= above.hypot(z * tau.below(value))),
        }
    }
}

/// Returns the point on the way from `inside` to `end` at which `is_inside` ceases to hold.
fn last_inside(mut inside: f64, end: f64, is_inside: impl Fn(f64) -> bool) -> f64 {
    if is_inside(end) {
        return end;
    }
    let mut outside = end;
    for _ in 0..60 {
        let middle = (inside + outside) / 2.0;
        *(if is_inside(middle) { &mut inside } else { &mut outside }) = middle;
    }
    inside
}

/// An estimate of alpha, or of another share, with its uncertainty.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct IntervalEstimate {
    /// Share of the target's units; of all LLM components together, it is alpha.
    pub share: f64,
    /// Standard error of the share, including the reference's part.
    pub standard_error: f64,
    /// The interval at the level asked for.
    pub interval: Interval,
    /// Variance over that of as many independent units, because units of a document are alike (the target's part only).
    pub design_effect: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systematic_error_is_taken_at_the_share_that_is_tested() {
        let sampling = Interval { lower: 0.17, upper: 0.20 };
        let tau = Tau { human: 0.002, llm_below: 0.1, llm_above: 0.05 };
        let found = sampling.widened(0.18, tau, 0.95);
        let z = 1.959_963_985;
        for (end, half, of_llm) in [(found.lower, 0.01, 0.05), (found.upper, 0.02, 0.1)] {
            let tau = f64::hypot(0.002 * (1.0 - end), of_llm * end.powf(0.75));
            assert!(((end - 0.18).abs() - f64::hypot(half, z * tau)).abs() < 1e-9, "{found:?}");
        }
    }

    #[test]
    fn without_systematic_error_an_interval_stays_and_with_much_it_is_everything() {
        let sampling = Interval { lower: 0.0, upper: 0.02 };
        let same = sampling.widened(0.01, Tau::default(), 0.95);
        assert!(same.lower.abs() < 1e-12 && (same.upper - 0.02).abs() < 1e-12, "{same:?}");
        let much = Tau { human: 1.0, llm_below: 1.0, llm_above: 1.0 };
        assert_eq!(sampling.widened(0.01, much, 0.95), Interval { lower: 0.0, upper: 1.0 });
    }
}
