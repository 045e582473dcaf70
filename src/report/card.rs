//! The cards of references: what they were made from, and what they are and are not good for.

use super::cells::{percent, thousands};
use super::table::{aligned, trimmed};
use super::validation::systematic_error;
use crate::reference::{Confusion, Reference, Source, confusions};

/// Lists references, one per line.
pub fn list(references: &[(Reference, String)]) -> String {
    let names = ["reference", "sources", "units", "words", "description"];
    let mut table = aligned(names.map(str::to_owned).to_vec(), 1);
    for (reference, _) in references {
        let n_units = reference.sources.iter().map(|source| source.n_units).sum::<u64>();
        table.add_row([
            reference.card.name.clone(),
            reference.sources.len().to_string(),
            thousands(n_units as usize),
            thousands(reference.vocabulary.len()),
            reference.card.description.clone(),
        ]);
    }
    if let Some(column) = table.column_mut(4) {
        column.set_cell_alignment(comfy_table::CellAlignment::Left);
    }
    trimmed(&table)
}

/// Renders everything a person should know before using a reference.
pub fn card(reference: &Reference, sha256: &str) -> String {
    let (card, settings) = (&reference.card, &reference.settings);
    let separator = if card.description.is_empty() { "" } else { ": " };
    let mut text = format!("{}{separator}{}\n\n", card.name, card.description);
    text += &bullets("Good for", &card.good_for);
    text += &bullets("Not for", &card.not_for);
    text += &sources(reference);
    text += &format!(
        "\nVocabulary   {} words in at least {} human and {} LLM {}s\n",
        thousands(reference.vocabulary.len()),
        settings.vocabulary_rule.min_human_units,
        settings.vocabulary_rule.min_llm_units,
        settings.unit,
    );
    for of in &reference.calibrations {
        let slopes: Vec<String> =
            of.calibration.logistic.own_slopes().iter().map(|slope| format!("{slope:.3}")).collect();
        text += &format!("Calibration  {}, {}s: slope {}\n", of.scorer, of.unit, slopes.join(", "));
    }
    for variant in &reference.variants {
        text += &format!("Also         {}: {} words, for --band\n", variant.lexicon, thousands(variant.words.len()));
    }
    text += &told_apart(reference);
    if let Some(learnt) = &reference.systematic_error {
        text += &format!("{}\n", systematic_error(learnt));
    }
    if settings.held_out_share > 0.0 {
        let by = if settings.split_by.is_empty() { "the text".to_owned() } else { settings.split_by.join(" or ") };
        text += &format!(
            "Held out     {} % of groups, by hash of {by}; `estimate --held-out` reads only these\n",
            percent(settings.held_out_share, 1),
        );
    }
    text += &format!(
        "Made by      llm-prevalence {}, tokeniser \"{}\", {} folds, seed {}\nSHA-256      {sha256}\n",
        settings.tool_version, settings.tokenizer, settings.n_folds, settings.seed
    );
    text
}

/// Renders how well the components are told apart, the hardest pairs first.
fn told_apart(reference: &Reference) -> String {
    let line =
        |pair: Confusion| format!("  {:>4} %  {} and {}\n", percent(pair.share, 1), pair.names[0], pair.names[1]);
    let lines: String = confusions(reference).into_iter().map(line).collect();
    match lines.is_empty() {
        true => String::new(),
        false => format!(
            "Confusion    {}s that score higher for the other of two (50 % is chance)\n{lines}",
            reference.settings.unit
        ),
    }
}

fn bullets(title: &str, items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: String = items.iter().map(|item| format!("  - {item}\n")).collect();
    format!("{title}:\n{items}\n")
}

fn sources(reference: &Reference) -> String {
    let names = ["source", "documents", "units", "held out", "dates", "files", "generators"];
    let mut table = aligned(names.map(str::to_owned).to_vec(), 1);
    reference.sources.iter().for_each(|source| {
        table.add_row(source_row(source));
    });
    for number in 4..7 {
        if let Some(column) = table.column_mut(number) {
            column.set_cell_alignment(comfy_table::CellAlignment::Left);
        }
    }
    trimmed(&table)
}

fn source_row(source: &Source) -> [String; 7] {
    let corpora = &source.corpora;
    let n_held_out: u64 = corpora.iter().map(|corpus| corpus.n_documents_held_out).sum();
    let first = corpora.iter().filter_map(|corpus| corpus.dates.as_ref().map(|(first, _)| first)).min();
    let last = corpora.iter().filter_map(|corpus| corpus.dates.as_ref().map(|(_, last)| last)).max();
    let dates =
        first.zip(last).map_or_else(|| "-".to_owned(), |(a, b)| if a == b { a.clone() } else { format!("{a} to {b}") });
    let files: Vec<&str> = corpora.iter().flat_map(|corpus| &corpus.files).map(|file| file.name.as_str()).collect();
    let n_generators = corpora.iter().map(|corpus| corpus.generators.len()).sum::<usize>();
    [
        source.name.clone(),
        thousands(source.n_documents as usize),
        thousands(source.n_units as usize),
        thousands(n_held_out as usize),
        dates,
        files.join(", "),
        if n_generators == 0 { "-".to_owned() } else { n_generators.to_string() },
    ]
}
