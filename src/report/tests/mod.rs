//! Figures and pages of invented records.

mod pages;
pub(super) mod records;
