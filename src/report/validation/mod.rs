//! A validation: its page, figure and CSV.

mod csv;
mod figure;
mod meaning;
mod page;

pub use csv::validation_csv;
pub use figure::error_figure;
pub(super) use page::systematic_error;
pub use page::validation_page;
