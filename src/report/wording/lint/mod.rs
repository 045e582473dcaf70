//! What a lint says in words.

mod advice;
mod json;
mod message;

pub use advice::lint_advice;
