//! Turns an interval into a verdict.

use serde::Serialize;

use crate::interval::Interval;

/// The verdict on a group, or on the batch; later ones are worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The whole interval is at most what is allowed.
    Pass,
    /// Neither is certain.
    Inconclusive,
    /// The whole interval is above what is allowed.
    Fail,
}

impl Verdict {
    /// Judges by the interval, not the point: `upper <= most` passes, `lower > most` fails, all else is inconclusive.
    pub fn of(interval: Interval, most: f64) -> Verdict {
        match interval {
            Interval { upper, .. } if upper <= most => Verdict::Pass,
            Interval { lower, .. } if lower > most => Verdict::Fail,
            _ => Verdict::Inconclusive,
        }
    }

    /// Returns the worst of several; inconclusive if there is none, because nothing to judge is never a pass.
    pub fn worst(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
        verdicts.into_iter().max().unwrap_or(Verdict::Inconclusive)
    }

    /// Returns the name in JSON and every other output.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Inconclusive => "inconclusive",
            Verdict::Fail => "fail",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_decides_and_its_ends_belong_to_it() {
        let of = |lower, upper, most| Verdict::of(Interval { lower, upper }, most);
        assert_eq!(of(0.1, 0.2, 0.2), Verdict::Pass);
        assert_eq!(of(0.2, 0.3, 0.2), Verdict::Inconclusive);
        assert_eq!(of(0.200_000_1, 0.3, 0.2), Verdict::Fail);
        assert_eq!(of(0.0, 0.0, 0.0), Verdict::Pass);
        assert_eq!(of(0.0, 1.0, 1.0), Verdict::Pass);
        // Without a number there is neither a pass nor a fail.
        assert_eq!(of(f64::NAN, f64::NAN, 0.2), Verdict::Inconclusive);
    }

    #[test]
    fn nothing_is_never_a_pass() {
        assert_eq!(Verdict::worst([]), Verdict::Inconclusive);
        assert_eq!(Verdict::worst([Verdict::Pass, Verdict::Inconclusive]), Verdict::Inconclusive);
        assert_eq!(Verdict::worst([Verdict::Fail, Verdict::Inconclusive, Verdict::Pass]), Verdict::Fail);
    }
}
