//! Both axes of the panels, which are the same in all.

use super::share_axis::ShareAxis;
use super::time_axis::TimeAxis;

/// Maps from shares and days to places.
pub(super) struct Axes {
    pub shares: ShareAxis,
    pub time: TimeAxis,
    /// Height of the plot, in points.
    pub height: f64,
}

impl Axes {
    /// Returns the height of a share above the axis, in points, at most its upper end.
    pub(super) fn height_of(&self, share: f64) -> f64 {
        (share * 100.0 / self.shares.top).min(1.0) * self.height
    }

    /// Returns whether a share is above the axis.
    pub(super) fn is_beyond(&self, share: f64) -> bool {
        share * 100.0 > self.shares.top * (1.0 + 1e-9)
    }
}
