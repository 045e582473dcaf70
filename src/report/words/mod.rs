//! Words over time: their page, figure and CSV.

mod caption;
mod csv;
mod figure;
mod meaning;
mod methods;
mod page;
mod table;
mod terms;

pub use csv::words_csv;
pub use figure::words_figure;
pub use page::words_page;
