//! The parts of every page; the template escapes all of them but the drawings.

use askama::Template;
use sha2::{Digest, Sha256};

use super::citations::Citation;
use super::drawings::{Drawing, drawings};
use super::error::HtmlError;
use super::table::Table;
use crate::estimate::ToolSummary;
use crate::plot::{FigureOptions, LineFigure, Theme, base64};

const CSS: &str = include_str!("../../../templates/report.css");
const SCRIPT: &str = include_str!("../../../templates/report.js");

/// The content that differs between pages.
pub(super) struct Content {
    pub title: String,
    pub headline: String,
    pub facts: String,
    pub findings: Vec<String>,
    pub warnings: Vec<String>,
    pub tables: Vec<Table>,
    pub reading: Vec<(&'static str, String)>,
    pub methods: Vec<String>,
    pub citations: Vec<Citation>,
    pub command: String,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    title: String,
    headline: String,
    facts: String,
    theme: &'static str,
    drawings: Vec<Drawing>,
    findings: Vec<String>,
    warnings: Vec<String>,
    tables: Vec<Table>,
    reading: Vec<(&'static str, String)>,
    methods: Vec<String>,
    citations: Vec<Citation>,
    command: String,
    tool: String,
    style: String,
    style_hash: String,
    script: &'static str,
    script_hash: String,
}

/// Renders the page, with `figure` drawn for screens, telephones and paper.
pub(super) fn render(
    content: Content,
    figure: &LineFigure,
    tool: &ToolSummary,
    options: &FigureOptions,
) -> Result<String, HtmlError> {
    let (drawings, fonts) = drawings(figure, options)?;
    let style = fonts + CSS;
    let page = Page {
        title: content.title,
        headline: content.headline,
        facts: content.facts,
        theme: if options.theme == Theme::Dark { "dark" } else { "light" },
        drawings,
        findings: content.findings,
        warnings: content.warnings,
        tables: content.tables,
        reading: content.reading,
        methods: content.methods,
        citations: content.citations,
        command: content.command,
        tool: format!("{} {}", tool.name, tool.version),
        style_hash: hash(&style),
        style,
        script: SCRIPT,
        script_hash: hash(SCRIPT),
    };
    page.render().map_err(|error| HtmlError::Template { reason: error.to_string() })
}

/// Returns the hash by which the page's own policy allows a script or style: nothing else runs, whatever a name contains.
fn hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}
