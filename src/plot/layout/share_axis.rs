//! The axis of shares: from 0, in percent.

/// An axis from 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ShareAxis {
    /// Its upper end, in percent.
    pub top: f64,
    /// Distance between two ticks, in percent.
    pub step: f64,
}

impl ShareAxis {
    /// Returns the axis that holds `largest` percent, with at most `most` steps; up to 100 at most.
    pub(super) fn new(largest: f64, most: usize) -> ShareAxis {
        let largest = if largest > 0.0 { largest.min(100.0) } else { 1.0 };
        let step = round_step(largest, most);
        let top = ((largest / step - 1e-9).ceil() * step).min(100.0);
        ShareAxis { top, step }
    }

    /// Returns the ticks with their labels.
    pub(super) fn ticks(&self) -> Vec<(f64, String)> {
        ticks(0.0, self.top, self.step)
    }
}

/// Returns the least round step with which at most `most` of them are `length` long.
pub(super) fn round_step(length: f64, most: usize) -> f64 {
    let rough = length / most.max(1) as f64;
    let power = 10f64.powf(rough.log10().floor());
    // A hair of tolerance, so that 30 in three steps takes steps of 10.
    let step = [1.0, 2.0, 5.0, 10.0].map(|of| of * power).into_iter().find(|step| *step >= rough * (1.0 - 1e-9));
    step.unwrap_or(10.0 * power)
}

/// Returns the multiples of `step` from `low` to `high` with their labels.
pub(super) fn ticks(low: f64, high: f64, step: f64) -> Vec<(f64, String)> {
    let decimals = (0..6).find(|&decimals| {
        let scaled = step * 10f64.powi(decimals);
        (scaled - scaled.round()).abs() < 1e-6
    });
    let decimals = decimals.unwrap_or(6) as usize;
    let numbers = (low / step - 1e-9).ceil() as i64..=(high / step + 1e-9).floor() as i64;
    numbers.map(|number| number as f64 * step).map(|at| (at, format!("{at:.decimals$}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_hold_their_values_and_have_round_ticks() {
        let labels = |largest, most| {
            let ticks = ShareAxis::new(largest, most).ticks();
            ticks.into_iter().map(|(_, label)| label).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(labels(30.0, 3), "0 10 20 30");
        assert_eq!(labels(13.7, 5), "0 5 10 15");
        assert_eq!(labels(0.043, 5), "0.00 0.01 0.02 0.03 0.04 0.05");
        assert_eq!(labels(99.0, 4), "0 50 100");
        assert_eq!(labels(0.0, 4), "0.0 0.5 1.0");
        for largest in [0.001, 0.7, 3.3, 47.0, 88.0, 100.0] {
            let axis = ShareAxis::new(largest, 5);
            assert!(axis.top >= largest && axis.ticks().len() <= 6, "{axis:?}");
        }
    }
}
