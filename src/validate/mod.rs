//! Tests whether estimates hold, on texts of known source that the fit has not seen.
//!
//! 1. [`strata`](StratumLeftOut): the kinds of text left out in turn, and the texts that a fit without one has not seen
//!    (`Pool`);
//! 2. `Mixture`: whole documents drawn to a share of LLM text, which is then known to the unit;
//! 3. `Measured`: the estimates of each by the tool, the tool with a control, and the published method;
//! 4. `cells`: bias, error, coverage and width for each share and size;
//! 5. `learn_tau`: the systematic error, from strata that were left out in turn.

mod cells;
mod error;
mod measure;
mod mixture;
mod pool;
mod record;
mod run;
mod tau;

pub use cells::{Cell, MethodCell};
pub use error::ValidationError;
pub use measure::{MethodExamined, Outcome};
pub use pool::{LeaveOut, SideLeftOut, StratumLeftOut};
pub use record::{KnownTarget, StratumResult, Validation};
pub use run::{ValidateOptions, validate, validate_targets};
