//! Reads and writes the reference file: one JSON object, whose version and tokeniser are checked before anything else is believed.

use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::grouping::hex;
use super::record::Reference;
use super::stored_weights::LogisticWeights;
use super::strata::Strata;
use super::training::Scorer;
use super::usual_words::UsualWord;
use crate::tokenize::TOKENIZER;

/// Value of the first key of a reference file.
pub const FORMAT: &str = "llm-prevalence reference";
/// Version of the layout that this tool writes and reads.
pub const VERSION: u32 = 6;

/// A reason why a reference cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReferenceError {
    /// The file cannot be read.
    #[error("{name}: cannot read the reference")]
    Unreadable {
        /// Name or path.
        name: String,
        /// Error of the operating system.
        source: std::io::Error,
    },
    /// No reference of this name comes with the crate.
    #[error("no reference \"{name}\" comes with this version [these do: {known}]")]
    NotEmbedded {
        /// Name asked for.
        name: String,
        /// Names of the references that come with the crate.
        known: String,
    },
    /// The file is something else than a reference.
    #[error("{name}: not a reference file: {found} [make one with `llm-prevalence fit`]")]
    NotAReference {
        /// Name or path.
        name: String,
        /// Description of what it is instead.
        found: String,
    },
    /// The reference has a layout of another version.
    #[error(
        "{name}: reference of layout version {found}, but this tool reads version {VERSION} [{hint}]",
        hint = if *found > VERSION { "update llm-prevalence" } else { "make it again with `llm-prevalence fit`" }
    )]
    OtherVersion {
        /// Name or path.
        name: String,
        /// Version found.
        found: u32,
    },
    /// The reference was made with other rules for words and sentences.
    #[error(
        "{name}: reference made with tokeniser \"{found}\", but this tool has \"{TOKENIZER}\"; scores would not be comparable [make it again with `llm-prevalence fit`]"
    )]
    OtherTokenizer {
        /// Name or path.
        name: String,
        /// Tokeniser found.
        found: String,
    },
    /// The parts of the reference do not belong together.
    #[error("{name}: damaged reference: {what} [make it again with `llm-prevalence fit`]")]
    Damaged {
        /// Name or path.
        name: String,
        /// Description of what does not fit.
        what: String,
    },
}

/// The keys that have to be known before the rest can be understood.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

#[derive(Deserialize)]
struct TokenizerHead {
    settings: TokenizerSettings,
}

#[derive(Deserialize)]
struct TokenizerSettings {
    tokenizer: String,
}

impl Reference {
    /// Returns the content of the file; the same reference gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        // A reference holds no map with keys other than strings and no failing Serialize, so this cannot fail.
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Parses a reference file and checks it; `name` is for messages.
    ///
    /// # Errors
    /// Fails if it is no reference, of another layout or tokeniser, or damaged.
    pub fn parse(bytes: &[u8], name: &str) -> Result<Reference, ReferenceError> {
        let name = name.to_owned();
        let not_one = |found: String| ReferenceError::NotAReference { name: name.clone(), found };
        let head: Head = serde_json::from_slice(bytes).map_err(|_| not_one(describe(bytes)))?;
        if head.format != FORMAT {
            return Err(not_one(format!("its format is \"{}\"", head.format)));
        }
        if head.version != VERSION {
            return Err(ReferenceError::OtherVersion { name, found: head.version });
        }
        let damaged = |what: String| ReferenceError::Damaged { name: name.clone(), what };
        let tokenizer: TokenizerHead = serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))?;
        if tokenizer.settings.tokenizer != TOKENIZER {
            return Err(ReferenceError::OtherTokenizer { name, found: tokenizer.settings.tokenizer });
        }
        let reference: Reference = serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))?;
        reference.check().map_err(damaged)?;
        Ok(reference)
    }

    /// Reads a reference file, and returns its SHA-256 too.
    ///
    /// # Errors
    /// Fails if the file cannot be read, and as [`parse`](Self::parse) does.
    pub fn read(path: &Path) -> Result<(Reference, String), ReferenceError> {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|source| ReferenceError::Unreadable { name: name.clone(), source })?;
        Ok((Reference::parse(&bytes, &name)?, sha256(&bytes)))
    }

    /// Checks that all parts have the sizes that the others expect, and that the two-level model is one that can be learnt.
    fn check(&self) -> Result<(), String> {
        let (n_words, k) = (self.vocabulary.len(), self.components.len());
        let expect = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
        expect(k > 0 && self.sources.len() > 1, "it has no LLM source")?;
        expect(self.vocabulary.windows(2).all(|pair| pair[0] < pair[1]), "its vocabulary is not sorted")?;
        expect(self.occurrences.len() == self.sources.len(), "sources and occurrences differ in number")?;
        expect(
            self.occurrences.iter().all(|counts| counts.len() == n_words),
            "occurrences and words differ in number",
        )?;
        let known = |component: &super::component::Component| {
            component.sources.iter().all(|&s| s > 0 && s < self.sources.len())
        };
        expect(self.components.iter().all(known), "a component names a source that does not exist")?;
        expect(
            self.logistic.bias.len() == k && self.logistic.by_word.len() == n_words * k,
            "logistic weights are missing",
        )?;
        for scorer in Scorer::ALL {
            let calibration = self.calibration(scorer, self.settings.unit);
            expect(calibration.is_some(), &format!("it has no calibration of the {scorer} scores"))?;
        }
        if let Some(damage) = self.strata.as_ref().and_then(|strata| strata.damage(n_words)) {
            return Err(damage);
        }
        let mut weights = self.variants.iter().map(|variant| &variant.logistic).chain([&self.logistic]);
        expect(weights.all(LogisticWeights::are_finite), "a weight is not a number")?;
        expect(self.calibrations.iter().all(|of| of.calibration.is_consistent(k)), "a calibration has the wrong size")?;
        expect(
            self.variants.iter().all(|variant| variant.is_consistent(n_words, k)),
            "the scores from fewer words have the wrong size",
        )
    }
}

impl Strata {
    /// Describes the first part that cannot have been learnt with a vocabulary of `n_words`, if there is one.
    fn damage(&self, n_words: usize) -> Option<String> {
        let LogisticWeights { bias, by_word } = &self.logistic;
        let is_known = |usual: &UsualWord| (usual.word as usize) < n_words;
        let parts = [
            (
                matches!(bias.len(), 1 | 2) && by_word.len() == n_words * bias.len(),
                "weights of the strata's log ratio are missing",
            ),
            (self.logistic.are_finite(), "a weight of the strata's log ratio is not a number"),
            (self.usual_words.words.iter().all(is_known), "a usual word is not in the vocabulary"),
        ];
        let found = parts.into_iter().find(|(holds, _)| !holds).map(|(_, what)| what.to_owned());
        found.or_else(|| self.model.damage())
    }
}

/// Returns the SHA-256 of a file's content, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn describe(bytes: &[u8]) -> String {
    match bytes.first() {
        None => "it is empty".to_owned(),
        Some(b'{') => "it is JSON without the keys \"format\" and \"version\"".to_owned(),
        Some(_) => "it is not JSON".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::embedded::EMBEDDED;

    #[test]
    fn the_references_that_come_with_the_tool_are_whole() {
        for embedded in &EMBEDDED {
            assert_eq!(Reference::embedded(embedded.name).unwrap().check(), Ok(()), "{}", embedded.name);
        }
    }

    #[test]
    fn damage_to_what_strata_have_taught_is_found() {
        let whole = Reference::embedded("abstracts").unwrap();
        type Change = fn(&mut Strata);
        let damage: [(&str, Change); 5] = [
            ("the strata's bins do not have 19 rising edges", |strata| strata.model.bins.edges.extend([9.0; 5])),
            ("the strata's shape of human text", |strata| strata.model.human_shape.truncate(10)),
            ("weights of the strata's log ratio are missing", |strata| _ = strata.logistic.by_word.pop()),
            ("a weight of the strata's log ratio is not a number", |strata| strata.logistic.by_word[0] = f32::INFINITY),
            ("a usual word is not in the vocabulary", |strata| strata.usual_words.words[0].word = u32::MAX),
        ];
        for (what, change) in damage {
            let mut reference = whole.clone();
            reference.strata.iter_mut().for_each(change);
            let found = reference.check().unwrap_err();
            assert!(found.starts_with(what), "{what}: {found}");
        }
    }
}
