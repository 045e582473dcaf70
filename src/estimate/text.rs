//! Checks whether the texts of a target look to the tokeniser like those that the reference was made of.

use serde::Serialize;

use crate::numbers::{decimal, percent, thousands};
use crate::reference::{Reference, Unusual};
use crate::score::ScoreTable;
use crate::tokenize::{Departure, GroupProfile, LONG_UNIT, TextProfile, UnitRule};

use super::group::Group;

/// The length of a target's units, and the share of its words that the reference has.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TextSummary {
    /// Mean number of words per unit.
    pub words_per_unit: f64,
    /// Share of words in units of more than 100 words, 0 to 1.
    pub long_unit_share: f64,
    /// Share of words that are in the reference's vocabulary, 0 to 1.
    pub known_word_share: f64,
    /// Of the words that all text of the reference uses about as often, the share that these texts use far more or less
    /// often, 0 to 1; `None` if the reference has no strata or there is too little text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unusual_word_share: Option<f64>,
    /// Differences from the texts of the reference, with an example each; empty if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Whether the last of these says that the texts are of another kind.
    #[serde(skip)]
    is_other_kind: bool,
}

impl TextSummary {
    /// Returns the summary of the texts behind `table`; `None` if they were not counted, or there is no unit.
    ///
    /// Only sentences are compared with those of the reference, because documents may have any length.
    pub fn new(table: &ScoreTable, reference: &Reference) -> Option<TextSummary> {
        let profile = &table.profile;
        let departures = comparable_profile(reference).map_or_else(Vec::new, |expected| profile.departures(expected));
        let of_strata = reference.strata.as_ref();
        let unusual = of_strata.and_then(|strata| strata.usual_words.unusual(&table.usual.counts, table.usual.n_units));
        let other_kind = unusual.as_ref().filter(|found| found.is_another_kind);
        let mut warnings: Vec<String> =
            departures.iter().map(|departure| warning(departure, &Examples::of(table, reference))).collect();
        let is_other_kind = other_kind.is_some();
        warnings.extend(other_kind.map(|found| other_kind_warning(found, reference)));
        Some(TextSummary {
            words_per_unit: profile.words_per_unit()?,
            long_unit_share: profile.long_share()?,
            known_word_share: profile.cover()?,
            unusual_word_share: unusual.as_ref().map(|found| found.share),
            warnings,
            is_other_kind,
        })
    }

    /// Returns the warning that the texts are of another kind, if they are.
    pub(super) fn of_other_kind(&self) -> &[String] {
        &self.warnings[self.warnings.len() - usize::from(self.is_other_kind)..]
    }
}

/// Returns the profile that a target's sentences are compared with; `None` if it is not known, or for documents, which may have any
/// length.
pub(super) fn comparable_profile(reference: &Reference) -> Option<&TextProfile> {
    reference.text_profile.as_ref().filter(|_| reference.settings.unit == UnitRule::Sentence)
}

/// The length of a group's units, the share of its words that the reference has, and the documents that collapsed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GroupText {
    /// Mean number of words per unit.
    pub words_per_unit: f64,
    /// Share of words in units of more than 100 words, 0 to 1.
    pub long_unit_share: f64,
    /// Share of words that are in the reference's vocabulary, 0 to 1.
    pub known_word_share: f64,
    /// Number of documents with more than three times as many words per unit as the reference's texts.
    pub n_documents_of_long_units: u64,
    /// Differences from the texts of the reference; empty if there are none. They are among the group's warnings, unless those of
    /// the run say the same.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

impl GroupText {
    /// Returns the summary of a group's texts, compared with those of a reference; `None` if words were not counted.
    pub(super) fn new(group: &Group<'_>, expected: &TextProfile) -> Option<GroupText> {
        let counted = group.documents.iter().map(|document| Some((document.n_units(), document.profile?)));
        let profile = GroupProfile::of(counted.collect::<Option<Vec<_>>>()?, expected);
        let departures = profile.departures(expected);
        Some(GroupText {
            words_per_unit: profile.units.words_per_unit()?,
            long_unit_share: profile.units.long_share()?,
            known_word_share: profile.units.cover()?,
            n_documents_of_long_units: profile.n_collapsed,
            warnings: departures.iter().map(|departure| warning(departure, &Examples::default())).collect(),
        })
    }

    /// Returns whether the texts are far from those of the reference, so that their share is not to be trusted.
    pub fn is_unlike(&self) -> bool {
        !self.warnings.is_empty()
    }
}

/// Examples of what is odd about texts, to be added to a warning; empty for a group.
#[derive(Default)]
struct Examples {
    longest: String,
    unknown: String,
}

impl Examples {
    fn of(table: &ScoreTable, reference: &Reference) -> Examples {
        let longest = match table.sample.longest(&reference.vocabulary) {
            (0, _) => String::new(),
            (n, first) => format!("; the longest has {}: \"{first} ...\"", thousands(n as usize)),
        };
        let unknown = table.sample.unknown_words().collect::<Vec<_>>().join(", ");
        let unknown = if unknown.is_empty() { unknown } else { format!(" (not known: {unknown})") };
        Examples { longest, unknown }
    }
}

/// Number of unusual words that a warning names.
const N_NAMED: usize = 6;

fn other_kind_warning(found: &Unusual, reference: &Reference) -> String {
    let named = found.words.iter().take(N_NAMED).map(|&word| reference.vocabulary[word as usize].as_ref());
    format!(
        "{} % of the words that all texts of the reference use about equally often are far more or less frequent here ({}); this is text of another kind, or by an LLM unlike any in the reference, so the share cannot be trusted [use a reference made from text of this kind]",
        percent(found.share, 0),
        named.collect::<Vec<&str>>().join(", ")
    )
}

fn warning(departure: &Departure, examples: &Examples) -> String {
    let share = |share: f64| format!("{} %", percent(share, 1));
    let Examples { longest, unknown } = examples;
    match *departure {
        Departure::Longer { found, expected } => format!(
            "sentences have {} words on average, those of the reference {}{}; if whole texts were read as one sentence, the share is wrong [see how sentences end in the file, and whether the text is in another column]",
            decimal(found, 1),
            decimal(expected, 1),
            longest
        ),
        Departure::Shorter { found, expected } => format!(
            "sentences have {} words on average, those of the reference {}; if lines or cells were read as sentences, the share is wrong [see whether each line of the file is part of a sentence]",
            decimal(found, 1),
            decimal(expected, 1)
        ),
        Departure::MoreLong { found, expected } => format!(
            "{} of the words are in sentences of more than {LONG_UNIT} words, compared with {} of the reference's{}; if whole texts were read as one sentence, the share is wrong [see how sentences end in the file]",
            share(found),
            share(expected),
            longest
        ),
        Departure::LessCover { found, expected } => format!(
            "the reference knows {} of the words, compared with {} of its own{unknown}, so the share cannot be trusted [see whether characters are damaged, or the text is of another kind or language]",
            share(found),
            share(expected)
        ),
        Departure::Collapsed { n_collapsed, n_documents, times } => format!(
            "{} of {} documents have more than {times} times as many words per sentence as the reference's texts; if whole texts were read as one sentence, the share is wrong [see how sentences end in these documents]",
            thousands(n_collapsed as usize),
            thousands(n_documents as usize)
        ),
    }
}
