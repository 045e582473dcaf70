//! How much was cut, and by which rules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Rule;

/// Characters looked at, and what was cut of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Characters of running text before anything was cut.
    pub n_characters: u64,
    /// What each rule cut; rules that cut nothing are left out.
    pub by_rule: BTreeMap<Rule, CutCount>,
}

/// What one rule cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutCount {
    /// Pieces: a formula, a block of quoted lines.
    pub n: u64,
    /// Their characters, marks included.
    pub n_characters: u64,
}

impl Tally {
    /// Characters cut by all rules.
    pub fn n_characters_cut(&self) -> u64 {
        self.by_rule.values().map(|count| count.n_characters).sum()
    }

    /// Share of the characters that was cut, 0 to 1; `None` if there were none.
    pub fn share(&self) -> Option<f64> {
        (self.n_characters > 0).then(|| self.n_characters_cut() as f64 / self.n_characters as f64)
    }

    /// Takes in what was cut elsewhere.
    pub fn merge(&mut self, other: &Tally) {
        self.n_characters += other.n_characters;
        for (rule, count) in &other.by_rule {
            let own = self.by_rule.entry(*rule).or_default();
            own.n += count.n;
            own.n_characters += count.n_characters;
        }
    }

    pub(super) fn count_text(&mut self, text: &str) {
        self.n_characters += text.chars().count() as u64;
    }

    pub(super) fn count_cut(&mut self, rule: Rule, piece: &str) {
        let count = self.by_rule.entry(rule).or_default();
        count.n += 1;
        count.n_characters += piece.chars().count() as u64;
    }
}
