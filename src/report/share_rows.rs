//! Rows of shares, either groups of an estimate or periods of a trend, from which their tables are made.

use std::borrow::Cow;

use crate::estimate::{Estimate, GroupEstimate, IntervalMethod, Method, RunSummary};

/// Shares of groups, and their common settings.
pub(super) struct ShareRows<'a> {
    /// The inputs and settings they were made with.
    pub run: &'a RunSummary,
    /// The method by which alpha was estimated.
    pub method: Method,
    /// The kind of its interval.
    pub interval_method: IntervalMethod,
    /// The groups, one per row.
    pub groups: Cow<'a, [GroupEstimate]>,
    /// Warnings that concern all of them.
    pub warnings: Cow<'a, [String]>,
}

impl<'a> From<&'a Estimate> for ShareRows<'a> {
    fn from(estimate: &'a Estimate) -> ShareRows<'a> {
        ShareRows {
            run: &estimate.run,
            method: estimate.method,
            interval_method: estimate.interval_method,
            groups: Cow::Borrowed(&estimate.estimates),
            warnings: Cow::Borrowed(&estimate.run.warnings),
        }
    }
}
