//! How alpha and its interval are found.

use serde::{Deserialize, Serialize};

/// A method of estimating alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Method {
    /// Calibrated scores with a clustered interval.
    #[default]
    Calibrated,
    /// The method of the published code of Liang et al. (2024), for comparison: uncalibrated, units as if independent.
    Liang,
}

/// A method of computing an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum IntervalMethod {
    /// Clustered score interval with the reference's uncertainty.
    #[default]
    Score,
    /// Percentiles of a bootstrap over documents, without the reference's uncertainty.
    Bootstrap,
    /// Percentiles of a bootstrap over units, as published.
    UnitBootstrap,
}
