//! The one model of what people read, and its three renderers: terminal, Markdown and HTML.

mod drawings;
mod error;
mod html;
mod markdown;
mod model;
mod table;
mod terminal;

pub use error::HtmlError;
pub use model::Page;
pub(super) use model::{Block, Citation, Download, Medium, Tone, Verdict};
pub(super) use table::{Columns, Table, count, interval, share};

impl Page {
    /// Adds the command line that made the page.
    #[must_use]
    pub fn with_command(mut self, command: String) -> Page {
        self.add_for(Medium::Markdown, Block::Command(command));
        self
    }

    /// Renders the page for a terminal, with a line break at the end; `styled` adds colours.
    pub fn terminal(&self, styled: bool) -> String {
        terminal::render(self, styled)
    }

    /// Renders the page as Markdown, with a line break at the end.
    pub fn markdown(&self) -> String {
        markdown::render(self)
    }

    /// Renders the page as one HTML file that opens without a network.
    ///
    /// # Errors
    /// If its figure cannot be drawn: no period, or an estimate that is not a number.
    pub fn html(&self) -> Result<String, HtmlError> {
        html::render(self)
    }
}
