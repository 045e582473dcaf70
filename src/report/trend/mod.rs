//! A trend: its page, figure and CSV.

mod csv;
mod figure;
mod methods;
mod page;
mod rows;
mod terms;

pub use csv::trend_csv;
pub use figure::trend_figure;
pub use page::trend_page;
