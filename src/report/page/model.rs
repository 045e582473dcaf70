//! What a page is made of, whatever renders it.

use std::borrow::Cow;

use super::table::Table;
use crate::plot::LineFigure;

/// A result as people read it: a headline, parts beneath it, and notes on what to know before using the numbers.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub(in crate::report) title: String,
    pub(in crate::report) headline: String,
    pub(in crate::report) verdict: Option<Verdict>,
    pub(in crate::report) parts: Vec<Part>,
    pub(in crate::report) notes: Vec<String>,
    pub(in crate::report) downloads: Vec<Download>,
}

/// The word that a headline begins with, and its colour in a terminal.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Verdict {
    pub word: &'static str,
    pub tone: Tone,
}

/// How good a verdict is.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) enum Tone {
    Good,
    Unsure,
    Bad,
}

/// A block, and the least medium that has room for it.
#[derive(Debug, Clone)]
pub(in crate::report) struct Part {
    pub medium: Medium,
    pub block: Block,
}

/// Where a page is read, by rising room: a larger medium shows all that a smaller one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum Medium {
    Terminal,
    Markdown,
    Html,
}

/// A part of a page.
#[derive(Debug, Clone)]
pub(in crate::report) enum Block {
    /// Rows of cells; HTML folds those that a terminal does not show.
    Table(Table),
    /// Sentences as a list, below a heading that may be empty.
    List { heading: Cow<'static, str>, items: Vec<String> },
    /// Terms with what is to be said of each.
    Terms { heading: &'static str, entries: Vec<(&'static str, String)> },
    /// What explains the table above.
    Caption(Vec<String>),
    /// A figure over time, with its name as a file.
    Figure(&'static str, Box<LineFigure>),
    /// Paragraphs that a paper can adopt, with what it has to cite.
    Methods { paragraphs: Vec<String>, citations: Vec<Citation> },
    /// The command line that made the page.
    Command(String),
}

/// A work to cite.
#[derive(Debug, Clone)]
pub(in crate::report) struct Citation {
    pub text: String,
    pub bibtex: String,
}

/// A file that an HTML page carries.
#[derive(Debug, Clone)]
pub(in crate::report) struct Download {
    pub name: &'static str,
    pub kind: &'static str,
    pub content: Vec<u8>,
}

impl Download {
    /// Returns a table as a file.
    pub fn csv(name: &'static str, table: String) -> Download {
        Download { name, kind: "text/csv", content: table.into_bytes() }
    }
}

impl Page {
    /// Adds a block that every medium shows.
    pub(in crate::report) fn add(&mut self, block: Block) {
        self.add_for(Medium::Terminal, block);
    }

    /// Adds a block for media with at least the room of `medium`; nothing if the block is empty.
    pub(in crate::report) fn add_for(&mut self, medium: Medium, block: Block) {
        if !block.is_empty() {
            self.parts.push(Part { medium, block });
        }
    }

    /// Adds a list that every medium shows.
    pub(in crate::report) fn add_list(&mut self, heading: impl Into<Cow<'static, str>>, items: Vec<String>) {
        self.add(Block::List { heading: heading.into(), items });
    }

    pub(in crate::report) fn blocks(&self, medium: Medium) -> impl Iterator<Item = &Block> {
        self.parts.iter().filter(move |part| part.medium <= medium).map(|part| &part.block)
    }

    /// Returns the headline with its verdict, if it has one.
    pub(in crate::report) fn whole_headline(&self) -> String {
        match self.verdict {
            Some(Verdict { word, .. }) => format!("{word}: {}", self.headline),
            None => self.headline.clone(),
        }
    }
}

impl Block {
    fn is_empty(&self) -> bool {
        match self {
            Block::Table(table) => table.rows.is_empty(),
            Block::List { items, .. } => items.is_empty(),
            Block::Terms { entries, .. } => entries.is_empty(),
            Block::Caption(lines) => lines.is_empty(),
            Block::Figure(..) => false,
            Block::Methods { paragraphs, .. } => paragraphs.is_empty(),
            Block::Command(command) => command.is_empty(),
        }
    }
}
