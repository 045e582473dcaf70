//! Says what a lint found.

use std::fmt;

use crate::corpus::CHATGPT;
use crate::lint::{Example, FEW_UNITS, Finding, FitDifference, Kind, MIN_HEADING_SHARE, ReferenceMatch};
use crate::numbers::{counted, decimal, share, thousands};
use crate::reference::{HUMAN, MIN_DOCUMENTS, MIN_SOURCE_UNITS};
use crate::tokenize::UnitRule;

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_documents = share(self.share);
        match &self.kind {
            Kind::TooSmall { n_units } => {
                write!(f, "{}; `fit` refuses fewer than {MIN_SOURCE_UNITS}", counted(*n_units as usize, "unit"))
            }
            Kind::Small { n_units } => {
                write!(
                    f,
                    "{}, but a steady calibration takes at least {}",
                    counted(*n_units as usize, "unit"),
                    thousands(FEW_UNITS as usize)
                )
            }
            Kind::FewDocuments => write!(
                f,
                "{}, but the calibration of whole documents takes at least {MIN_DOCUMENTS}",
                counted(self.n_documents as usize, "document")
            ),
            Kind::NotOfFit(difference) => difference.fmt(f),
            Kind::OtherForm { share_of_human } => write!(
                f,
                "{of_documents} of its documents are given as ready-made words, compared with {} of the human ones",
                share(*share_of_human)
            ),
            Kind::Length { of, median, median_of_human } => write!(
                f,
                "{of}s have {} words (median), {} in human text; length alone gives an AUC of {}",
                thousands(*median as usize),
                thousands(*median_of_human as usize),
                decimal(self.auc.unwrap_or(0.5), 2)
            ),
            Kind::WordCharacters | Kind::Layout | Kind::Characters => f.write_str(&characters(self)),
            Kind::LateHumanText => {
                write!(f, "{of_documents} of the human documents are dated after {CHATGPT}, when ChatGPT came out")
            }
            Kind::UndatedHumanText => write!(f, "{of_documents} of the human documents have no readable date"),
            Kind::PapersOnBothSides { n_papers } => match n_papers {
                1 => f.write_str("one paper has both human text and text of this source"),
                n => write!(f, "{} papers have both human text and text of this source", thousands(*n)),
            },
            Kind::PapersUnknown => write!(f, "{of_documents} of its documents do not say which paper they belong to"),
            Kind::ChatTalk | Kind::LlmInHumanText => {
                write!(f, "{of_documents} of its documents have phrases that an LLM says to its user")?;
                self.examples
                    .first()
                    .map_or(Ok(()), |first| write!(f, ", such as \"{}\" ({})", first.text, thousands(first.n as usize)))
            }
            Kind::FormHeadings { n } => f.write_str(&repeated(self, *n, "heading")),
            Kind::StockSentences { n } => f.write_str(&repeated(self, *n, "sentence")),
            Kind::WordAlone { n, unit } => {
                let other = other_side(self);
                let what = match n {
                    1 => format!("one word separates it from {other}"),
                    n => format!("{} words each separate it from {other} on their own", thousands(*n)),
                };
                write!(f, "{what}{}", strongest(self, *unit))
            }
            Kind::OneSidedWords { n, unit } => {
                let subject = if *n == 1 { "one word is".to_owned() } else { format!("{} words are", thousands(*n)) };
                let other = other_side(self);
                write!(f, "{subject} frequent here and almost absent from {other}{}", strongest(self, *unit))
            }
            Kind::CopiesOfHuman { n_exact } => {
                write!(f, "{of_documents} of its documents are also human text: {}", exact(self, *n_exact))
            }
            Kind::Repeated { n_exact } => {
                write!(f, "{of_documents} of its documents repeat another of this source: {}", exact(self, *n_exact))
            }
        }
    }
}

impl fmt::Display for FitDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FitDifference::Files(matched) => {
                write!(f, "these are not the files that \"{}\" was fitted on; {}", matched.name, files(matched))
            }
            FitDifference::Side { files } => {
                write!(f, "human text here and LLM text in the fit, or the other way round: {}", files.join(", "))
            }
            FitDifference::Split { in_fit, here } => write!(
                f,
                "the fit held documents out by {}, but here they are grouped by {}",
                columns(in_fit),
                columns(here)
            ),
            FitDifference::Text { side, in_fit, here } => {
                write!(
                    f,
                    "the files are the same, but the fit used {} {side} units, and here there are {}",
                    thousands(*in_fit as usize),
                    thousands(*here as usize)
                )
            }
        }
    }
}

/// Lists the files that are missing, and those that the fit has not seen.
fn files(matched: &ReferenceMatch) -> String {
    let lists = [("missing here", &matched.missing_files), ("not in the fit", &matched.other_files)];
    let listed = lists.iter().filter(|(_, names)| !names.is_empty());
    listed.map(|(title, names)| format!("{title}: {}", names.join(", "))).collect::<Vec<_>>().join("; ")
}

fn columns(names: &[String]) -> String {
    if names.is_empty() { "the text".to_owned() } else { names.join(" or ") }
}

fn characters(of: &Finding) -> String {
    let Some(Example { text, value, value_other, .. }) = of.examples.first() else { return String::new() };
    let more = if of.examples.len() > 1 { format!("; and {} more", of.examples.len() - 1) } else { String::new() };
    format!(
        "{text}: {} per {} characters, {} in human text; they alone give an AUC of {}{more}",
        decimal(*value, 1),
        thousands(1000),
        decimal(*value_other, 1),
        decimal(of.auc.unwrap_or(0.5), 2)
    )
}

fn repeated(of: &Finding, n: usize, what: &str) -> String {
    let Some(Example { text, value, value_other, .. }) = of.examples.first() else { return String::new() };
    format!(
        "{} in at least {} of its documents: \"{text}\" in {}, {} on the other side",
        counted(n, what),
        share(MIN_HEADING_SHARE),
        share(*value),
        share(*value_other)
    )
}

fn other_side(of: &Finding) -> &'static str {
    if of.source == HUMAN { "LLM text" } else { "human text" }
}

/// Names the strongest word, after a colon.
fn strongest(of: &Finding, unit: UnitRule) -> String {
    let Some(Example { text, value, value_other, .. }) = of.examples.first() else { return String::new() };
    format!(": \"{text}\" in {} of {unit}s here, {} there", share(*value), share(*value_other))
}

fn exact(of: &Finding, n_exact: usize) -> String {
    format!("{} word for word, {} nearly", thousands(n_exact), thousands(of.n_documents as usize - n_exact))
}
