//! Sentence boundaries inside a paragraph by UAX #29, before any repair, and places that its rules forbid and readers may see as one.
//!
//! The `unicode-segmentation` crate has the same rules but walks every character through its table; here a byte table
//! finds the terminators, and only their surroundings are looked at. The tests check that both agree.

use super::classes::{Class, class_at, class_of, terminator_class};

/// A boundary and the positions that led to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Boundary {
    /// The start of the terminator.
    pub terminator: usize,
    /// The end of closing quotes and brackets, where white space begins.
    pub space: usize,
    /// The boundary itself, where the next sentence begins.
    pub at: usize,
    pub rule: Rule,
}

/// What UAX #29 says of a boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// It has it.
    Standard,
    /// It has none: a digit follows the full stop, or a letter stands on both sides (SB6, SB7), or a mark follows and a small letter
    /// after it (SB8, SB8a).
    Glued,
    /// It has none, because a dash or a small letter follows the white space (SB8, SB8a): an item may begin there, or a sentence without a
    /// capital.
    Small,
}

/// The boundaries of a paragraph after the byte `at`, in order.
pub(super) struct Boundaries<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Boundaries<'a> {
    pub fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }
}

impl Iterator for Boundaries<'_> {
    type Item = Boundary;

    #[inline]
    fn next(&mut self) -> Option<Boundary> {
        while let Some((class, start, end)) = next_terminator(self.text, self.at) {
            let (boundary, resume) = judge(self.text, class, start, end);
            self.at = resume;
            // The end of the text is nobody's beginning.
            if boundary.is_some_and(|boundary| boundary.at < self.text.len()) {
                return boundary;
            }
        }
        None
    }
}

/// Bytes that are a terminator or may begin one.
static MAY_TERMINATE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        // U+0085 begins with C2; between it and the Armenian full stop (D6) are Latin, Greek and Cyrillic letters.
        table[byte] = matches!(byte as u8, b'.' | b'!' | b'?' | 0xc2 | 0xd6..);
        byte += 1;
    }
    table
};

/// Returns the class, start and end of the first terminator or separator at or after `at`.
#[inline]
fn next_terminator(text: &str, mut at: usize) -> Option<(Class, usize, usize)> {
    loop {
        at += text.as_bytes()[at..].iter().position(|&byte| MAY_TERMINATE[usize::from(byte)])?;
        if text.as_bytes()[at].is_ascii() {
            return class_at(text, at).map(|(class, len)| (class, at, at + len));
        }
        let c = text[at..].chars().next()?;
        let end = at + c.len_utf8();
        if let Some(class) = terminator_class(c) {
            return Some((class, at, end));
        }
        at = end;
    }
}

/// Returns the boundary that a terminator makes, if any, and where to look for the next one. Rules in the order of UAX #29.
fn judge(text: &str, terminator: Class, start: usize, end: usize) -> (Option<Boundary>, usize) {
    if terminator == Class::Separator {
        return (Some(Boundary { terminator: start, space: start, at: end, rule: Rule::Standard }), end); // SB4
    }
    let full_stop = terminator == Class::FullStop;
    let next = skip(text, end, Class::Extend); // SB5
    let is_glued = match class_at(text, next) {
        Some((Class::Numeric, _)) => full_stop,                               // not SB6
        Some((Class::Upper, _)) => full_stop && is_cased_before(text, start), // not SB7
        _ => false,
    };
    if is_glued {
        return (Some(Boundary { terminator: start, space: next, at: next, rule: Rule::Glued }), next);
    }
    let space = skip(text, next, Class::Close); // SB9
    let boundary = |at, rule| Some(Boundary { terminator: start, space, at, rule });
    let after = skip(text, space, Class::Space); // SB10
    let refused = || if after > space { boundary(after, Rule::Small) } else { boundary(end, Rule::Glued) };
    match class_at(text, after) {
        Some((Class::Separator, len)) => (boundary(after + len, Rule::Standard), after + len), // SB9, SB10, SB4
        Some((Class::Continue, _)) => (refused(), after),                                      // SB8a
        Some((Class::Terminator | Class::FullStop, _)) => (None, after),                       // SB8a
        _ if full_stop && is_lower_ahead(text, after) => (refused(), after),                   // SB8
        _ => (boundary(after, Rule::Standard), after),                                         // SB11
    }
}

/// Returns the first position at or after `at` whose character is neither of `class` nor ignored as an extension.
#[inline]
fn skip(text: &str, mut at: usize, class: Class) -> usize {
    while let Some((found, len)) = class_at(text, at) {
        if found != class && found != Class::Extend {
            break;
        }
        at += len;
    }
    at
}

/// Returns whether the character before `at`, extensions ignored, is a letter with case.
fn is_cased_before(text: &str, at: usize) -> bool {
    let last = text[..at].chars().rev().map(class_of).find(|&class| class != Class::Extend);
    matches!(last, Some(Class::Upper | Class::Lower))
}

/// Returns whether the first letter at or after `at`, before the next terminator, is in lower case.
fn is_lower_ahead(text: &str, mut at: usize) -> bool {
    while let Some((class, len)) = class_at(text, at) {
        match class {
            Class::Lower => return true,
            Class::OtherLetter | Class::Upper | Class::Separator | Class::Terminator | Class::FullStop => return false,
            _ => at += len,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    /// Returns the crate's boundaries of the paragraph, with line breaks as spaces and Markdown's marks as quotes.
    fn slow_boundaries(text: &str) -> Vec<usize> {
        let text = text.replace(['\n', '\r'], " ").replace(['*', '_', '`', '$'], "'");
        text.split_sentence_bound_indices().map(|(at, _)| at).filter(|&at| at > 0).collect()
    }

    fn boundaries(text: &str) -> Vec<usize> {
        Boundaries::new(text, 0)
            .filter(|boundary| boundary.rule == Rule::Standard)
            .map(|boundary| boundary.at)
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn equal_the_crate_on_ascii_marks(text in r#"[.!?()\[\]"'*_`$ ,:;aAzZ09\t\n-]{0,24}"#) {
            prop_assert_eq!(boundaries(&text), slow_boundaries(&text));
        }

        #[test]
        fn equal_the_crate_around_footnotes(text in r#"([.!?()\[\]"^ aAz0]|\[\^[aA0]{0,2}\]?){0,12}"#) {
            prop_assert_eq!(boundaries(&text), slow_boundaries(&text));
        }

        #[test]
        fn equal_the_crate_on_common_marks(text in "[.!?()\" ,aA0\n‘’“”–—…«»éÉßαΩжЖ中か\u{a0}]{0,24}") {
            prop_assert_eq!(boundaries(&text), slow_boundaries(&text));
        }

        #[test]
        fn equal_the_crate_on_rare_marks(
            text in "[.!? aA0)。．․！؟،（」٣ªǅǀăĂא§€😀\u{301}\u{ad}\u{200b}\u{200d}\u{3000}\u{85}\u{2028}\u{2029}\u{feff}]{0,24}"
        ) {
            prop_assert_eq!(boundaries(&text), slow_boundaries(&text));
        }

        #[test]
        fn equal_the_crate_on_anything(text in r"(\PC|[.!? \n]){0,48}") {
            prop_assert_eq!(boundaries(&text), slow_boundaries(&text));
        }
    }

    #[test]
    fn long_runs_take_linear_time() {
        for piece in [")", " ", "1", "(", "*", "\u{301}", "（", ". ", ".)", "\u{301}.A"] {
            let text = format!("a.{}", piece.repeat(200_000));
            assert!(boundaries(&text).len() <= 200_001);
        }
    }
}
