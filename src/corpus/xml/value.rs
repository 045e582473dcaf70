//! The characters of one value, as they are read.

use crate::corpus::wrapped::unwrapped;

/// A value as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Value {
    text: String,
    /// Whether white space, or the end of a paragraph, follows the text so far.
    space: bool,
    paragraph: bool,
}

impl Value {
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Takes characters: as they are if lines mean something, else with one space for all white space.
    pub(super) fn push(&mut self, characters: &str, as_lines: bool) {
        if as_lines {
            self.text.push_str(characters);
            return;
        }
        for part in characters.split_inclusive(is_space) {
            let word = part.trim_end_matches(is_space);
            if !word.is_empty() {
                self.separate();
                self.text.push_str(word);
            }
            self.space |= word.len() < part.len();
        }
    }

    /// Begins another paragraph with the next characters.
    pub(super) fn paragraph(&mut self) {
        self.paragraph = true;
    }

    fn separate(&mut self) {
        let between = match (self.paragraph, self.space) {
            _ if self.text.is_empty() => "",
            (true, _) => "\n\n",
            (false, true) => " ",
            (false, false) => "",
        };
        self.text.push_str(between);
        (self.space, self.paragraph) = (false, false);
    }

    /// Leaves out what was taken after the first `from` bytes, if there is no letter in it.
    pub(super) fn drop_mark(&mut self, from: usize) {
        if self.text.get(from..).is_some_and(|mark| !mark.contains(char::is_alphabetic)) {
            self.text.truncate(from);
        }
    }

    /// Returns the value, which is complete.
    pub(super) fn finish(&mut self, as_lines: bool) -> String {
        let Self { text, .. } = std::mem::take(self);
        if as_lines { unwrapped(&text) } else { text }
    }
}

/// Returns whether a character is white space of XML; that of typography stays.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_one_space_and_blocks_are_paragraphs() {
        let mut value = Value::default();
        value.paragraph();
        [" A\n   kite", " ", "flies."].iter().for_each(|part| value.push(part, false));
        value.paragraph();
        value.paragraph();
        value.push("\n It lands.", false);
        assert_eq!(value.finish(false), "A kite flies.\n\nIt lands.");
        value.push("  A kite\nflies.\n  It lands.", true);
        assert_eq!(value.finish(true), "A kite flies.\n\nIt lands.");
    }

    #[test]
    fn marks_without_a_letter_are_left_out() {
        let mut value = Value::default();
        value.push("It flies", false);
        let from = value.len();
        value.push(" [3, 4]", false);
        value.drop_mark(from);
        value.push(", as in", false);
        let from = value.len();
        value.push(" Fig. 2", false);
        value.drop_mark(from);
        assert_eq!(value.finish(false), "It flies, as in Fig. 2");
    }
}
