//! The cards of references: what they were made from, and what they are and are not good for.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{Block, Columns, Page, Table, count};
use super::provenance::dates;
use super::validation::systematic_error;
use crate::numbers::{decimal, percent, thousands};
use crate::reference::{Confusion, Reference, Source, confusions};
use crate::two_level::{Side, StrataModel, StratumCard};

/// Number of pairs of components that are listed, those that are hardest to tell apart.
const LISTED_PAIRS: usize = 10;

/// Returns the page that lists references, one per line.
pub fn list_page(references: &[(Reference, String)]) -> Page {
    let n_units = |reference: &Reference| reference.sources.iter().map(|source| source.n_units).sum::<u64>();
    let mut columns: Columns<'_, &Reference> = Columns::new();
    columns.text("reference", |of| of.card.name.clone());
    columns.number("sources", |of| Some(count(of.sources.len())));
    columns.number("units", move |of| Some(count(n_units(of) as usize)));
    columns.number("words", |of| Some(count(of.vocabulary.len())));
    columns.text("description", |of| of.card.description.clone());
    let mut page = Page::default();
    page.add(Block::Table(Table::of("", columns, references.iter().map(|(reference, _)| reference))));
    page
}

/// Returns the page of everything a person should know before using a reference.
pub fn card_page(reference: &Reference, sha256: &str) -> Page {
    let card = &reference.card;
    let separator = if card.description.is_empty() { "" } else { ": " };
    let mut page = Page { headline: format!("{}{separator}{}", card.name, card.description), ..Page::default() };
    page.add_list("Good for", card.good_for.clone());
    page.add_list("Not for", card.not_for.clone());
    page.add(Block::Table(sources(reference)));
    page.add_list("Files", files(reference));
    page.add(Block::Terms { heading: "", entries: facts(reference, sha256) });
    let unit = reference.settings.unit;
    page.add_list(
        format!("Confused with each other ({unit}s that score higher for the wrong one of the two; 50 % is chance)"),
        told_apart(reference),
    );
    page.add_list("Systematic error", reference.systematic_error.iter().map(systematic_error).collect());
    if let Some(strata) = &reference.strata {
        page.add(Block::Table(families(&strata.model)));
        page.add_list("Standard errors beyond sampling, from leaving families out", beyond_sampling(&strata.model));
    }
    page
}

/// Returns the strata that the two-level model was learnt from, a row for each family of a side.
fn families(model: &StrataModel) -> Table {
    let mut all: BTreeMap<(Side, &str), Vec<&StratumCard>> = BTreeMap::new();
    for stratum in &model.strata {
        all.entry((stratum.side, &stratum.family)).or_default().push(stratum);
    }
    type Row<'a> = ((Side, &'a str), Vec<&'a StratumCard>);
    let n_documents = |strata: &[&StratumCard]| strata.iter().map(|stratum| stratum.n_documents).sum::<u64>();
    let mut columns: Columns<'_, Row<'_>> = Columns::new();
    columns.text("side", |((side, _), _)| if *side == Side::Human { "human" } else { "LLM" }.to_owned());
    columns.text("family", |((_, family), _)| if family.is_empty() { "(none)" } else { *family }.to_owned());
    columns.number("strata", |(_, strata)| Some(count(strata.len())));
    columns.number("documents", move |(_, strata)| Some(count(n_documents(strata) as usize)));
    Table::of("Families of the two-level model", columns, all)
}

/// Describes the systematic terms of the two-level model.
fn beyond_sampling(model: &StrataModel) -> Vec<String> {
    let points = |term: f64| format!("{} points", percent(term, 2));
    let of = &model.systematic;
    vec![
        format!("human text: {} in a corpus wholly by people", points(of.human)),
        format!("LLM text: {} in a corpus wholly by LLMs", points(of.llm)),
        format!("LLM text in mixed documents: {} in a corpus wholly of such text", points(of.mixed)),
        format!("human text that looks like mixed documents: up to {}", points(of.human_mixed)),
        format!(
            "units taken one by one: {} for human text, {} for LLM text",
            points(of.unit_human),
            points(of.unit_llm)
        ),
    ]
}

/// Returns how the reference was fitted.
fn facts(reference: &Reference, sha256: &str) -> Vec<(&'static str, String)> {
    let settings = &reference.settings;
    let rule = &settings.vocabulary_rule;
    let mut facts = vec![(
        "Vocabulary",
        format!(
            "{} words in at least {} human and {} LLM {}s",
            thousands(reference.vocabulary.len()),
            rule.min_human_units,
            rule.min_llm_units,
            settings.unit,
        ),
    )];
    for of in &reference.calibrations {
        let slopes: Vec<String> = of.calibration.logistic.own_slopes().iter().map(|slope| decimal(*slope, 3)).collect();
        facts.push(("Calibration", format!("{}, {}s: slope {}", of.scorer, of.unit, slopes.join(", "))));
    }
    for variant in &reference.variants {
        let words = thousands(variant.words.len());
        facts.push(("Also", format!("{}: {words} words, for --band", variant.lexicon)));
    }
    if reference.strata.as_ref().is_some_and(|strata| strata.model.families_alike) {
        let why = "fitted so that families of human text score alike, because left-out families read as LLM text";
        facts.push(("Pooled score", why.to_owned()));
    }
    if settings.held_out_share > 0.0 {
        let by = if settings.split_by.is_empty() { "the text".to_owned() } else { settings.split_by.join(" or ") };
        let share = percent(settings.held_out_share, 1);
        facts.push((
            "Held out",
            format!("{share} % of groups, by hash of {by}; `estimate --held-out` reads only these"),
        ));
    }
    facts.push((
        "Made by",
        format!(
            "llm-prevalence {}, tokeniser \"{}\", {} folds, seed {}",
            settings.tool_version, settings.tokenizer, settings.n_folds, settings.seed
        ),
    ));
    facts.push(("SHA-256", sha256.to_owned()));
    facts
}

/// Describes how well the components are told apart, the hardest pairs first.
fn told_apart(reference: &Reference) -> Vec<String> {
    let line = |pair: &Confusion| format!("{} %  {} and {}", percent(pair.share, 1), pair.names[0], pair.names[1]);
    let pairs = confusions(reference);
    let (listed, others) = pairs.split_at(LISTED_PAIRS.min(pairs.len()));
    let rest = others.first().map(|next| {
        let pairs =
            if others.len() == 1 { "1 other pair" } else { &format!("{} other pairs", thousands(others.len())) };
        format!("{pairs}: at most {} %", percent(next.share, 1))
    });
    listed.iter().map(line).chain(rest).collect()
}

fn sources(reference: &Reference) -> Table {
    let n_held_out = |of: &&Source| of.corpora.iter().map(|corpus| corpus.n_documents_held_out).sum::<u64>() as usize;
    let n_generators =
        |of: &&Source| of.corpora.iter().flat_map(|corpus| &corpus.generators).collect::<BTreeSet<_>>().len();
    let mut columns: Columns<'_, &Source> = Columns::new();
    columns.text("source", |of| of.name.clone());
    columns.number("documents", |of| Some(count(of.n_documents as usize)));
    columns.number("units", |of| Some(count(of.n_units as usize)));
    columns.number("held out", move |of| Some(count(n_held_out(of))));
    columns.text("dates", |of| dates(of).unwrap_or_else(|| "-".to_owned()));
    if reference.sources.iter().any(|source| n_generators(&source) > 1) {
        columns.number("generators", move |of| Some(n_generators(of)).filter(|n| *n > 0).map(count));
    }
    Table::of("", columns, &reference.sources)
}

/// Lists the files, each with the sources that were read from it.
fn files(reference: &Reference) -> Vec<String> {
    let mut sources: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for source in &reference.sources {
        for file in source.corpora.iter().flat_map(|corpus| &corpus.files) {
            let of_file = sources.entry(&file.name).or_default();
            if of_file.last() != Some(&source.name.as_str()) {
                of_file.push(&source.name);
            }
        }
    }
    sources.into_iter().map(|(file, sources)| format!("{file}: {}", sources.join(", "))).collect()
}
