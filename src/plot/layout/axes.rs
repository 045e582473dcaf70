//! Both axes of the panels, which are the same in all.

use super::share_axis::ShareAxis;
use super::time_axis::TimeAxis;

/// Shares and days to places.
pub(super) struct Axes {
    pub shares: ShareAxis,
    pub time: TimeAxis,
    /// Height of the plot.
    pub height: f64,
}

impl Axes {
    /// How high above the axis a share is, at most at its upper end.
    pub(super) fn height_of(&self, share: f64) -> f64 {
        (share * 100.0 / self.shares.top).min(1.0) * self.height
    }

    /// Whether a share is above the axis.
    pub(super) fn is_beyond(&self, share: f64) -> bool {
        share * 100.0 > self.shares.top * (1.0 + 1e-9)
    }
}
