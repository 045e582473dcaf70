//! Estimates shares of texts in memory: the short way from strings to a share.
//!
//! [`Estimator`] composes the stages for texts as [`run`](crate::run) does for files, and [`Texts`] are texts of known
//! source to fit a reference on. Both cut what is not prose, as the readers of files do.

mod estimator;
mod share;
mod texts;

pub use estimator::Estimator;
pub use share::Share;
pub use texts::Texts;
