//! A finished check: its page, and JUnit XML.

mod junit;
mod meaning;
mod page;
mod wording;

pub use junit::render_junit;
pub use page::{check_page, policy_page};
pub use wording::headline;
