//! Numbers, intervals and names as all outputs for people show them.

pub(super) use crate::estimate::notes::{documents, percent, thousands};
use crate::estimate::{Band, GroupEstimate};
use crate::interval::Interval;

/// Returns the cells that name a group.
pub(super) fn group_cells(row: &GroupEstimate) -> Vec<String> {
    row.group.iter().map(|(_, value)| value.clone().unwrap_or_else(|| "(none)".to_owned())).collect()
}

/// Formats a band in percent.
pub(super) fn band_cell(band: &Band) -> String {
    interval_cell(Interval { lower: band.lower, upper: band.upper })
}

/// Formats an interval in percent.
pub(super) fn interval_cell(interval: Interval) -> String {
    format!("{} to {} %", percent(interval.lower, 2), percent(interval.upper, 2))
}

/// Returns the name of intervals of a level: `95 % interval`.
pub(super) fn interval_name(level: f64) -> String {
    format!("{} % interval", (level * 1e6).round() / 1e4)
}
