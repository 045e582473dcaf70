//! The page of an estimate.

use super::caption::{caption, notes};
use super::choices::{choices, missing};
use super::csv::estimate_csv;
use super::main::{columns, table};
use super::meaning::{Named, meaning};
use super::rows::ShareRows;
use super::sources::sources;
use super::strata::strata;
use super::terms::of_estimate;
use crate::estimate::{Estimate, GroupEstimate};
use crate::report::page::{Block, Download, Medium, Page};

/// Returns the page of an estimate: a row per group, what the share is made of, and what to know before using it.
pub fn estimate_page(estimate: &Estimate) -> Page {
    let rows = ShareRows::from(estimate);
    let mut page = Page {
        title: format!("LLM share of {}s", estimate.run.unit),
        notes: notes(&rows).into_iter().chain(missing(&rows)).collect(),
        downloads: vec![Download::csv("estimate.csv", estimate_csv(estimate))],
        ..Page::default()
    };
    let all: Vec<&GroupEstimate> = estimate.estimates.iter().collect();
    let groups: Vec<Named<'_>> =
        all.iter().filter(|of| !of.placebo && of.outcome.is_some()).map(|of| (of.name(), *of)).collect();
    let items = meaning(&estimate.run, &groups, ["In this corpus", "Among the groups"], &all);
    page.add_for(Medium::Html, Block::List { heading: "What this means".into(), items });
    page.add(Block::Table(table(&rows, columns(&rows))));
    [sources(&rows), strata(&rows), choices(&rows)].into_iter().for_each(|table| page.add(Block::Table(table)));
    page.add(Block::Caption(caption(&rows)));
    page.add_for(Medium::Html, Block::Terms { heading: "How to read it", entries: of_estimate(&rows) });
    page
}
