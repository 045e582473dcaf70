//! Cuts text into units (sentences, unless the document is the unit), and units into words.
//!
//! The input is prose already: the rules of [`prose`](crate::prose) are applied when a corpus is read.
//!
//! # Words
//!
//! A word is a maximal run of `\w` (letters, marks, decimal digits, connector punctuation and joiners, as Unicode
//! defines them), lower-cased on its own; a word of decimal digits alone is dropped. This is the rule of the published
//! code (`\b\w+\b`), kept so that its tables and token lists can be used as they are.
//!
//! # Sentences
//!
//! 1. The text is cut into paragraphs. A single line break is a space, as many texts are hard-wrapped, unless its line is short and
//!    a capital follows. A blank line is a boundary, unless a wrapped text has one after each line; so are the beginning of a list item (at a mark of Markdown, a symbol, or a label such as "W1:" or "a." that
//!    begins several lines; at bullets within lines if there are several), both ends of a heading, of a table row, of a rule and of a
//!    code fence, and a change in the depth of block quotes. After a label such as "1)" a capital is enough; "-Text" is an item if
//!    several lines begin so. So are lines that begin with a name in small letters and a colon, if there are two.
//! 2. A paragraph is cut by [UAX #29](https://www.unicode.org/reports/tr29/#Sentence_Boundaries); the marks of
//!    emphasis, code and formulas (`*`, `_`, `` ` ``, `$`) count as quotes. A boundary is added before an item within the line ("It
//!    works. - It is new", "It works. (b) the proof", "Weaknesses: - It is old"), after the number of a footnote and other marks
//!    ("It works.12 We", `works.[3] We`), and before a small letter if a word that opens sentences follows or the paragraph has no
//!    capital ("it works. however, it is old").
//! 3. Of these boundaries the following are dropped: after `.`, `!` or `?` without white space (addresses, decimals,
//!    file names), unless a sentence ends there nevertheless ("fails.It works"); after an abbreviation or an initial; inside a
//!    formula `$...$`; inside a word.
//!
//! Every word of a text is in exactly one unit.

mod abbreviations;
mod classes;
mod glued;
mod group_profile;
mod held;
mod inline_items;
mod keys;
mod lanes;
mod listed;
mod marks;
mod paragraphs;
mod profile;
mod repairs;
mod sentences;
mod small;
mod spacing;
mod visit;
mod words;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use group_profile::{DocumentProfile, GroupProfile};
pub use profile::{Departure, LONG_UNIT, TextProfile};
pub use visit::{UnitVisitor, visit_units};
pub use words::{for_each_word, ready_made_word};

/// Name and version of the rules of [`prose`](crate::prose), words and units; stored in every reference, refused if different.
pub const TOKENIZER: &str = "prose-6 words-1 sentences-6";

/// Minimum number of words (counting repeats) for a unit to count; the rule of the published code.
pub const MIN_WORDS: usize = 2;

/// The unit that the mixture's shares refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum UnitRule {
    /// Sentences, as defined in the [module](self).
    #[default]
    Sentence,
    /// Whole documents.
    Document,
}

impl fmt::Display for UnitRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sentence => "sentence",
            Self::Document => "document",
        })
    }
}

/// The error for an unknown unit rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no unit `{0}`; use `sentence` or `document`")]
pub struct UnknownUnitRule(String);

impl FromStr for UnitRule {
    type Err = UnknownUnitRule;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "sentence" => Ok(Self::Sentence),
            "document" => Ok(Self::Document),
            _ => Err(UnknownUnitRule(name.to_owned())),
        }
    }
}

/// Calls `f` with each unit as a slice of `text`, in order, without white space around it and never empty.
///
/// A unit may have no words; applying [`MIN_WORDS`] is up to the caller.
///
/// ```
/// use llm_prevalence::tokenize::{UnitRule, for_each_unit};
///
/// let mut units = Vec::new();
/// for_each_unit("See Fig. 3 for\nit. Dr. Who agrees.", UnitRule::Sentence, |unit| units.push(unit));
/// assert_eq!(units, ["See Fig. 3 for\nit.", "Dr. Who agrees."]);
/// ```
pub fn for_each_unit<'a>(text: &'a str, rule: UnitRule, mut f: impl FnMut(&'a str)) {
    match rule {
        UnitRule::Sentence => {
            for block in paragraphs::Blocks::new(text) {
                block.for_each_item(|item| repairs::for_each_sentence(item, |sentence| pass_trimmed(sentence, &mut f)));
            }
        }
        UnitRule::Document => pass_trimmed(text, &mut f),
    }
}

fn pass_trimmed<'a>(unit: &'a str, f: &mut impl FnMut(&'a str)) {
    let unit = unit.trim();
    if !unit.is_empty() {
        f(unit);
    }
}
