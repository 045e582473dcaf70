//! Numbers, intervals and names as all outputs for people have them.

use crate::estimate::{Band, GroupEstimate};
use crate::interval::Interval;

/// The cells that name a group.
pub(super) fn group_cells(row: &GroupEstimate) -> Vec<String> {
    row.group.iter().map(|(_, value)| value.clone().unwrap_or_else(|| "(none)".to_owned())).collect()
}

/// A band in percent.
pub(super) fn band_cell(band: &Band) -> String {
    interval_cell(Interval { lower: band.lower, upper: band.upper })
}

/// An interval in percent.
pub(super) fn interval_cell(interval: Interval) -> String {
    format!("{} to {} %", percent(interval.lower, 2), percent(interval.upper, 2))
}

/// `95 % interval`.
pub(super) fn interval_name(level: f64) -> String {
    format!("{} % interval", (level * 1e6).round() / 1e4)
}

/// So many documents.
pub(super) fn documents(n: u64) -> String {
    if n == 1 { "1 document".to_owned() } else { format!("{} documents", thousands(n as usize)) }
}

/// A share in percent, without the sign.
pub(super) fn percent(share: f64, decimals: usize) -> String {
    format!("{:.decimals$}", share * 100.0)
}

/// A count with a thin comma between thousands.
pub(super) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let first = digits.len() % 3;
    let mut groups: Vec<&str> = Vec::new();
    if first > 0 {
        groups.push(&digits[..first]);
    }
    groups.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_for_people() {
        assert_eq!(
            [thousands(0), thousands(999), thousands(1000), thousands(1234567)],
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!(percent(0.13671, 2), "13.67");
    }
}
