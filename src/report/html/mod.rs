//! Pages of their own: one file each, with everything in it, that opens from an e-mail without a network.

mod citations;
mod drawings;
mod methods;
mod page;
mod reading;
mod table;
mod trend;
mod words;

pub use page::HtmlError;
pub use trend::trend_html;
pub use words::words_html;
