//! Where numbers come from, in words that a paper can adopt: what was read, and what the reference was made from.

use super::input::cut_note;
use crate::corpus::{UndatedSummary, first_and_last};
use crate::estimate::InputSummary;
use crate::numbers::{counted, percent, thousands};
use crate::reference::{Reference, Source};

/// Number of characters of a SHA-256 that distinguish references, in a paper and beneath a table.
const SHORT_HASH: usize = 16;
const SHORT: usize = 12;

/// Describes what was read.
pub(super) fn read(input: &InputSummary, undated: &UndatedSummary) -> String {
    let n_undated = undated.n_without_date + undated.n_unreadable;
    let of_these = match n_undated {
        0 => String::new(),
        n => format!(
            " {} had no date that identifies a period and {} left out.",
            thousands(n),
            if n == 1 { "was" } else { "were" }
        ),
    };
    let cut =
        input.cut.as_ref().and_then(|cut| Some(format!(" {}, by the rules {}.", cut_note(&cut.tally)?, cut.rules)));
    format!(
        "The corpus had {} ({}).{of_these}{}",
        counted(input.n_documents, "document"),
        input.files.join(", "),
        cut.unwrap_or_default()
    )
}

/// Describes what the reference was made from.
pub(super) fn provenance(reference: &Reference, sha256: &str) -> String {
    let settings = &reference.settings;
    let sources: Vec<String> = reference.sources.iter().map(|of| source(of, reference)).collect();
    let description = match reference.card.description.trim_end_matches('.') {
        "" => String::new(),
        text => format!(": {text}"),
    };
    let held_out = match settings.held_out_share {
        share if share > 0.0 => format!(" {} % of the groups of documents were held out.", percent(share, 1)),
        _ => String::new(),
    };
    format!(
        "The reference “{}” (SHA-256 {}…){description}. It was fitted by llm-prevalence {} with the tokeniser “{}” on {} words of these \
         sources: {}.{held_out}",
        reference.card.name,
        &sha256[..sha256.len().min(SHORT_HASH)],
        settings.tool_version,
        settings.tokenizer,
        thousands(reference.vocabulary.len()),
        sources.join("; "),
    )
}

/// Returns the first and the last date of a source's texts: `2019`, `2019 to 2020`.
pub(super) fn dates(of: &Source) -> Option<String> {
    let dates = of.corpora.iter().filter_map(|corpus| corpus.dates.as_ref());
    let (first, last) = first_and_last(dates.flat_map(|(first, last)| [first.as_str(), last.as_str()]))?;
    Some(if first == last { first.to_owned() } else { format!("{first} to {last}") })
}

/// Returns the beginning of a SHA-256 that distinguishes the references of a reader.
pub(super) fn short_hash(sha256: &str) -> &str {
    sha256.get(..SHORT).unwrap_or(sha256)
}

/// Describes one source: `human, 12,345 documents with 234,567 sentences from 2019 to 2020 (iclr-2019.jsonl.gz)`.
fn source(source: &Source, reference: &Reference) -> String {
    let dates = dates(source).map_or_else(String::new, |dates| format!(" from {dates}"));
    let mut files: Vec<&str> =
        source.corpora.iter().flat_map(|corpus| &corpus.files).map(|file| file.name.as_str()).collect();
    files.dedup();
    let files = if files.is_empty() { String::new() } else { format!(" ({})", files.join(", ")) };
    format!(
        "{}, {} with {}{dates}{files}",
        source.name,
        counted(source.n_documents as usize, "document"),
        counted(source.n_units as usize, &reference.settings.unit.to_string()),
    )
}
