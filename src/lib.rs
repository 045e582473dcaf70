//! Which fraction of a corpus was written by large language models, with a calibrated interval.
//!
//! # From strings to a share
//!
//! ```
//! use llm_prevalence::{Estimator, Reference};
//!
//! # let texts: Vec<String> = (1..=60)
//! #     .map(|n| format!("Theorem {n} is proved by induction. We thank referee {n} for a shorter proof, and use it."))
//! #     .collect();
//! let reference = Reference::embedded("reviews")?;
//! let share = Estimator::new(&reference).estimate(&texts)?;
//! println!("{share}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! prints a line such as `13.7 % of sentences (95 % interval 11.2 to 16.4 %)`. The estimate is of the corpus; nothing is said of a
//! single text. [`Estimator`] also takes a control and groups, and scores texts here that are estimated elsewhere; [`Texts`] fit
//! a reference on texts of known source. The folder `examples` has a program for each.
//!
//! # From files to a record
//!
//! With the cargo feature `files`, `run` has one function for each command of the tool: plain options in, a finished record out.
//!
//! # The stages
//!
//! In the order of the data; a stage imports only from those above it:
//!
//! 1. [`prose`]: what of a text is its writer's: no quotes, code, math, bibliographies
//! 2. [`corpus`]: files to documents
//! 3. [`tokenize`]: text to units (sentences) to words
//! 4. [`occurrence`]: in how many units of a source each word is present
//! 5. [`two_level`]: documents made of units, strata as random effects: what an unknown form or LLM may look like
//! 6. [`reference`](mod@reference): what `fit` learns from texts of known source
//! 7. [`score`]: log ratios per unit, a table without text
//! 8. [`mixture`]: the shares that explain the scores best
//! 9. [`interval`]: how sure that is, and whether the reference fits
//! 10. [`estimate`]: all of it, per group
//! 11. `trend`, `words`: the same over time, with the feature `files`
//! 12. `check`: whether the share is above what is allowed, with the feature `files`
//! 13. [`validate`]: mixtures of known alpha, to see whether it holds
//! 14. [`face`] and `run`: the stages composed, for texts in memory and for files
//!
//! Beside them, [`lint`](mod@lint) looks for problems in texts of known source that would bias a reference.
//!
//! After them, [`report`] says in words what was found; with the cargo feature `cli` it also makes pages, figures and CSV, and `cli` is
//! the tool.

#![warn(missing_docs)]
#![warn(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

#[cfg(feature = "files")]
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod corpus;
pub mod estimate;
pub mod face;
#[cfg(feature = "files")]
mod guard;
pub mod interval;
pub mod lint;
pub mod mixture;
mod numbers;
pub mod occurrence;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "cli")]
pub mod plot;
pub mod progress;
pub mod prose;
pub mod reference;
pub mod report;
#[cfg(feature = "files")]
pub mod run;
pub mod score;
pub mod tokenize;
#[cfg(feature = "files")]
pub mod trend;
pub mod two_level;
pub mod validate;
#[cfg(feature = "files")]
pub mod words;

pub use estimate::{Estimate, GroupEstimate};
pub use face::{Estimator, Share, Texts};
pub use reference::Reference;
pub use score::ScoreTable;
