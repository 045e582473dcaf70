//! Exit codes.

/// Exit code: the command ran, and what was checked did not pass.
pub const NOT_PASSED: u8 = 1;
/// Exit code: the command could not run, because of usage, I/O or bad input.
pub const FAILED: u8 = 2;
/// Exit code: a check is inconclusive, and that is to be told.
pub const INCONCLUSIVE: u8 = 3;
