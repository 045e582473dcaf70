//! Says in words what a lint found.

mod advice;
mod json;
mod message;

pub use advice::lint_advice;
