//! The page of words over time.

use super::caption::{caption, notes};
use super::csv::words_csv;
use super::figure::words_figure;
use super::table::{excesses, rates};
use super::{meaning, methods, terms};
use crate::plot::FigureOptions;
use crate::reference::Reference;
use crate::report::citations;
use crate::report::page::{Block, Download, Medium, Page};
use crate::report::wording::words_headline;
use crate::words::Words;

/// Returns the page of `words`, with its figure in the look of `options`; `reference` is the one that LLM words were marked with,
/// and its SHA-256, if any.
pub fn words_page(words: &Words, reference: Option<(&Reference, &str)>, options: &FigureOptions) -> Page {
    let mut page = Page {
        title: options.title.clone().unwrap_or_else(|| "Words over time".to_owned()),
        headline: words_headline(words),
        notes: notes(words),
        downloads: vec![Download::csv("words.csv", words_csv(words))],
        ..Page::default()
    };
    page.add_for(Medium::Html, Block::List { heading: "What this means".into(), items: meaning::of(words) });
    page.add_for(Medium::Html, Block::Figure("words.svg", Box::new(words_figure(words, options))));
    page.add(Block::Table(excesses(words)));
    page.add(Block::Caption(caption(words)));
    page.add_for(Medium::Html, Block::Table(rates(words)));
    page.add_for(Medium::Html, Block::Terms { heading: "How to read it", entries: terms::of(words) });
    let citations = vec![citations::kobak(), citations::liang(), citations::this(&words.run.tool)];
    page.add_for(Medium::Markdown, Block::Methods { paragraphs: methods::of(words, reference), citations });
    page.add_for(Medium::Markdown, Block::Command(words.command.clone()));
    page
}
