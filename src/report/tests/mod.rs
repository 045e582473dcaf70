//! Figures and pages of invented records.

mod pages;
mod records;
