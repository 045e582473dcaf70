//! Finds problems that would spoil a reference in the texts of known source, before the fit or after.
//!
//! A reference learns whatever separates its sides. If that is a leftover of the prompt, a form or a file format rather
//! than the writer of the text, its estimates measure that instead. Every kind of finding has a file of its own:
//!
//! - `sizes`, `forms`, `lengths`, `characters`: sides that are too small, or were made or prepared in different ways
//! - `dates`, `chat`: human text that may be an LLM's, and talk of the LLM to whoever prompted it
//! - `telltale_words`, `headings`: single words, form headings and stock sentences that give a side away
//! - `duplicates`, `papers`: texts that occur several times, or on both sides
//! - `provenance`: files that are not those of the reference
//!
//! A finding points at text that a person should look at; whether it is harmful is for that person to say.

mod auc;
mod characters;
mod chat;
mod dates;
mod duplicates;
mod forms;
mod headings;
mod kind;
mod lengths;
mod options;
mod papers;
mod phrases;
mod provenance;
mod reference_match;
mod report;
mod sides;
mod sizes;
mod sketch;
mod telltale_words;

use crate::progress::Progress;
use crate::reference::{FitError, KnownCorpus};

pub use headings::MIN_HEADING_SHARE;
pub use kind::{FitDifference, Kind};
pub use options::LintOptions;
pub use reference_match::ReferenceMatch;
pub use report::{Example, Finding, LintReport, Measure, Severity, SourceSummary};
pub use sizes::FEW_UNITS;

use sides::Sides;

/// Looks for problems in a reference made of `corpora`. The order of documents and files does not matter, except that
/// sources keep the order of their first corpus.
///
/// # Errors
///
/// [`FitError::MissingSide`] without a human or an LLM corpus, and any error of the groups.
///
/// # Examples
///
/// ```
/// use llm_prevalence::corpus::Text;
/// use llm_prevalence::lint::{LintOptions, Severity, lint};
/// use llm_prevalence::progress::Silent;
/// use llm_prevalence::reference::{KnownCorpus, KnownDocument};
///
/// let corpus = |source: &str, text: &str| KnownCorpus::new(source, vec![KnownDocument::new(Text::prose(text))]);
/// let corpora = [corpus("human", "A short text."), corpus("gpt", "As an AI language model, I like it.")];
/// let report = lint(&corpora, &LintOptions::default(), &Silent).unwrap();
/// let chat = report.findings.iter().find(|finding| finding.code() == "chat-talk").unwrap();
/// assert_eq!((chat.severity, chat.source.as_str(), chat.n_documents), (Severity::Error, "gpt", 1));
/// ```
pub fn lint(corpora: &[KnownCorpus], options: &LintOptions, progress: &dyn Progress) -> Result<LintReport, FitError> {
    let sides = Sides::gather(corpora, options)?;
    progress.step("sizes, lengths and characters");
    let sizes = lengths::measure(&sides, options.unit);
    let mut findings = sizes::check(&sides, &sizes);
    let reference = options.reference.map(|(reference, sha256)| {
        let (matched, differences) = provenance::compare(corpora, options, &sides, &sizes, reference, sha256);
        findings.extend(differences);
        matched
    });
    findings.extend(forms::check(&sides));
    findings.extend(lengths::check(&sides, &sizes, options.unit));
    findings.extend(characters::check(&sides));
    findings.extend(dates::check(&sides));
    findings.extend(papers::check(&sides));
    progress.step("chat talk and headings");
    findings.extend(chat::check(&sides));
    findings.extend(headings::check(&sides));
    progress.step("words that give a side away");
    findings.extend(telltale_words::check(&sides, options.unit));
    progress.step("duplicates");
    findings.extend(duplicates::check(&sides));
    Ok(LintReport::new(options.unit, reference, sizes::summaries(&sides, &sizes), findings))
}

#[cfg(test)]
mod tests;
