//! A page as one self-contained HTML file, which opens from an e-mail without a network.

use std::path::Path;

use askama::Template;
use sha2::{Digest, Sha256};

use super::drawings::{Drawing, drawings};
use super::error::HtmlError;
use super::model::{Block, Download, Medium, Page, Part};
use crate::plot::{Theme, base64, render as svg};
use crate::report::glossary::GLOSSARY;

const CSS: &str = include_str!("../../../templates/report.css");
const SCRIPT: &str = include_str!("../../../templates/report.js");

/// The template escapes all text but the drawings.
#[derive(Template)]
#[template(path = "report.html")]
struct File<'a> {
    page: &'a Page,
    /// Name and version of the tool.
    tool: &'static str,
    /// The address at which terms are explained.
    glossary: &'static str,
    headline: String,
    theme: &'static str,
    blocks: Vec<Shown<'a>>,
    /// The number of the first table, which the notes come before.
    first_table: usize,
    drawings: Vec<Drawing>,
    downloads: Vec<Link>,
    style: String,
    style_hash: String,
    script: &'static str,
    script_hash: String,
}

/// A block, and whether it is shown only on demand.
struct Shown<'a> {
    block: &'a Block,
    is_folded: bool,
}

/// A file in the page.
struct Link {
    name: &'static str,
    address: String,
}

/// Renders the page, with its figure drawn for screens, telephones and paper.
pub(super) fn render(page: &Page) -> Result<String, HtmlError> {
    let figure = page.parts.iter().find_map(|part| match &part.block {
        Block::Figure(name, figure) => Some((*name, figure)),
        _ => None,
    });
    let (drawings, fonts) = figure.map(|(_, figure)| drawings(figure)).transpose()?.unwrap_or_default();
    let is_dark = figure.is_some_and(|(_, figure)| figure.options.theme == Theme::Dark);
    let style = fonts + CSS;
    // What a terminal has no room for, a page shows on demand, beside a table that it shows.
    let is_table = |part: &&Part| matches!(part.block, Block::Table(_));
    let has_open = page.parts.iter().filter(is_table).any(|part| part.medium == Medium::Terminal);
    let is_folded = |part: &Part| has_open && part.medium > Medium::Terminal && is_table(&part);
    let blocks: Vec<Shown<'_>> =
        page.parts.iter().map(|part| Shown { block: &part.block, is_folded: is_folded(part) }).collect();
    let first_table = blocks.iter().position(|shown| matches!(shown.block, Block::Table(_)));
    let mut downloads = page.downloads.clone();
    if let Some((name, figure)) = figure {
        let content = svg(&**figure, Path::new(name))?;
        downloads.push(Download { name, kind: "image/svg+xml", content });
    }
    let link =
        |of: Download| Link { name: of.name, address: format!("data:{};base64,{}", of.kind, base64(&of.content)) };
    let file = File {
        page,
        tool: concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")),
        glossary: GLOSSARY,
        headline: page.whole_headline(),
        theme: if is_dark { "dark" } else { "light" },
        first_table: first_table.unwrap_or(blocks.len()),
        blocks,
        drawings,
        downloads: downloads.into_iter().map(link).collect(),
        style_hash: hash(&style),
        style,
        script: SCRIPT,
        script_hash: hash(SCRIPT),
    };
    file.render().map_err(|error| HtmlError::Template { reason: error.to_string() })
}

/// Returns the hash by which the page's own policy allows a script or style: nothing else runs, whatever a name contains.
fn hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}
