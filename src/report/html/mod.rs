//! Self-contained pages: one file each, which opens from an e-mail without a network.

mod citations;
mod drawings;
mod error;
mod methods;
mod page;
mod reading;
mod table;
mod trend_page;
mod words_page;

pub use error::HtmlError;
pub use trend_page::trend_html;
pub use words_page::words_html;
