//! Documents: an identity, the columns that were asked for, and text or ready-made units.

use crate::prose::{Prose, Tally};

/// One document of a corpus: a review, an abstract, a batch item.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// The document's name in its source: the id column, or the file's path below the folder that was given.
    pub id: Option<String>,
    /// The text, or the units it was already cut into.
    pub text: Text,
    /// The values of the columns asked for, in the order they were asked for; `None` where the document has no value.
    pub values: Vec<Option<String>>,
}

impl Document {
    /// Returns a document with this id, if it has one, and no values of columns.
    pub fn new(id: Option<String>, text: Text) -> Document {
        Document { id, text, values: vec![] }
    }

    /// Sets the values of the columns asked for.
    pub fn values(self, values: Vec<Option<String>>) -> Document {
        Document { values, ..self }
    }
}

/// The text of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// Running text, still to be cut into units.
    Prose(Prose),
    /// Units that are lists of words already, as in the layout of Liang et al. (2024).
    Units(Units),
}

impl Text {
    /// Cuts running text, without counting what is cut.
    pub fn prose(text: &str) -> Text {
        Text::Prose(Prose::of(text, &mut Tally::default()))
    }

    /// Holds running text as it is: before a reader cuts it.
    #[cfg(any(test, feature = "files"))]
    pub(crate) fn as_it_is(text: impl Into<String>) -> Text {
        Text::Prose(Prose::as_it_is(text.into()))
    }

    /// Returns the number of bytes of text held, whether as prose or as words.
    pub fn n_bytes(&self) -> usize {
        match self {
            Self::Prose(prose) => prose.len(),
            Self::Units(units) => units.words.len(),
        }
    }
}

/// Ready-made units, each a list of words, in three flat buffers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Units {
    words: String,
    word_ends: Vec<u32>,
    unit_ends: Vec<u32>,
}

impl Units {
    /// Returns a list without units, with room for this many bytes of words, words and units.
    pub fn with_capacity(n_bytes: usize, n_words: usize, n_units: usize) -> Self {
        Self {
            words: String::with_capacity(n_bytes),
            word_ends: Vec::with_capacity(n_words),
            unit_ends: Vec::with_capacity(n_units),
        }
    }

    /// Appends a word to the unit that is being filled.
    pub fn push_word(&mut self, word: &str) {
        self.words.push_str(word);
        self.word_ends.push(self.words.len() as u32);
    }

    /// Closes the unit that is being filled; a unit may be empty.
    pub fn end_unit(&mut self) {
        self.unit_ends.push(self.word_ends.len() as u32);
    }

    /// Returns the number of closed units.
    pub fn len(&self) -> usize {
        self.unit_ends.len()
    }

    /// Returns whether there is no closed unit.
    pub fn is_empty(&self) -> bool {
        self.unit_ends.is_empty()
    }

    /// Returns the units in order, each an iterator over its words as they were given.
    pub fn iter(&self) -> impl Iterator<Item = impl ExactSizeIterator<Item = &str>> {
        (0..self.len()).map(|unit| {
            let first = if unit == 0 { 0 } else { self.unit_ends[unit - 1] as usize };
            (first..self.unit_ends[unit] as usize).map(|word| self.word(word))
        })
    }

    fn word(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.word_ends[index - 1] as usize };
        &self.words[start..self.word_ends[index] as usize]
    }
}
