//! Mixture to interval: clustered variance, the reference's own uncertainty, and the interval for alpha.
pub mod evidence;
pub mod variance;
