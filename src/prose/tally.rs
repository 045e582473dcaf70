//! Counts of what was cut, by rule.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rules::Rule;

/// A kind of repair that makes a text plain before anything is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Mend {
    /// A list or map of strings as a program prints it.
    Listing,
    /// Escapes such as a backslash and `n`, or `\u2019`.
    Escapes,
    /// Accents of LaTeX.
    Accents,
    /// Entities of HTML.
    Entities,
    /// UTF-8 that was read as another encoding.
    Mojibake,
    /// Invisible characters, ligatures, full-width and mathematical letters, decomposed accents, spaces of other widths.
    Characters,
    /// Words broken at the end of a line.
    Hyphens,
    /// Marks of language models around texts.
    Marks,
    /// Characters that were lost earlier (U+FFFD); nothing mends them.
    Lost,
}

impl Mend {
    /// Returns a description in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Listing => "printed lists of strings",
            Self::Escapes => "escapes with a backslash",
            Self::Accents => "LaTeX accents",
            Self::Entities => "HTML entities",
            Self::Mojibake => "text read in a wrong encoding",
            Self::Characters => "invisible or unusual characters",
            Self::Hyphens => "words broken at line ends",
            Self::Marks => "marks of language models",
            Self::Lost => "lost characters (U+FFFD)",
        }
    }
}

/// Counts of the characters looked at, and of those cut.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tally {
    /// Number of characters of running text before anything was cut.
    pub n_characters: u64,
    /// Counts of what each rule cut; rules that cut nothing are left out.
    pub by_rule: BTreeMap<Rule, CutCount>,
    /// Number of running texts looked at.
    #[serde(default)]
    pub n_texts: u64,
    /// Number of texts in which something was mended, by kind; kinds without any are left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub mended: BTreeMap<Mend, u64>,
}

/// Counts of what one rule cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CutCount {
    /// Number of pieces: a formula, a block of quoted lines.
    pub n: u64,
    /// Number of their characters, including marks.
    pub n_characters: u64,
}

impl Tally {
    /// Returns the number of characters cut by all rules.
    pub fn n_characters_cut(&self) -> u64 {
        self.by_rule.values().map(|count| count.n_characters).sum()
    }

    /// Returns the share of the characters that was cut, 0 to 1; `None` if there were none.
    pub fn share(&self) -> Option<f64> {
        (self.n_characters > 0).then(|| self.n_characters_cut() as f64 / self.n_characters as f64)
    }

    /// Adds the counts of another tally.
    pub fn merge(&mut self, other: &Tally) {
        self.n_characters += other.n_characters;
        for (rule, count) in &other.by_rule {
            let own = self.by_rule.entry(*rule).or_default();
            own.n += count.n;
            own.n_characters += count.n_characters;
        }
        self.n_texts += other.n_texts;
        for (kind, n) in &other.mended {
            *self.mended.entry(*kind).or_default() += n;
        }
    }

    pub(super) fn count_text(&mut self, text: &str) {
        self.n_texts += 1;
        self.n_characters += text.chars().count() as u64;
    }

    pub(super) fn count_cut(&mut self, rule: Rule, piece: &str) {
        let count = self.by_rule.entry(rule).or_default();
        count.n += 1;
        count.n_characters += piece.chars().count() as u64;
    }

    pub(super) fn count_mend(&mut self, kind: Mend) {
        *self.mended.entry(kind).or_default() += 1;
    }

    /// Counts a repair, and returns the mended text.
    pub(super) fn mended(&mut self, kind: Mend, text: String) -> Cow<'static, str> {
        self.count_mend(kind);
        Cow::Owned(text)
    }
}
