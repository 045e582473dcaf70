//! Rows of shares, whether they are groups of an estimate or periods of a trend: what their tables are made from.

use std::borrow::Cow;

use crate::estimate::{Estimate, GroupEstimate, IntervalMethod, Method, RunSummary};

/// Shares of groups, and what they have in common.
pub(super) struct ShareRows<'a> {
    /// What they were made from, and with what.
    pub run: &'a RunSummary,
    /// How alpha was estimated.
    pub method: Method,
    /// Which interval it has.
    pub interval_method: IntervalMethod,
    /// One a row.
    pub groups: Cow<'a, [GroupEstimate]>,
    /// What concerns all of them.
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
