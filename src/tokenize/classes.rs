//! The sentence break property of characters (UAX #29), seen inside a paragraph.

use unicode_segmentation::UnicodeSegmentation;

/// Values of the property that the rules distinguish; `Extend` includes `Format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Other,
    Extend,
    Space,
    Separator,
    Lower,
    Upper,
    OtherLetter,
    Numeric,
    FullStop,
    Continue,
    Terminator,
    Close,
}

static ASCII: [Class; 128] = {
    let mut classes = [Class::Other; 128];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            // Line breaks are spaces, because paragraphs are already cut.
            b' ' | b'\t'..=b'\r' => Class::Space,
            b'a'..=b'z' => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            b'0'..=b'9' => Class::Numeric,
            b'.' => Class::FullStop,
            b'!' | b'?' => Class::Terminator,
            b',' | b'-' | b':' | b';' => Class::Continue,
            b'"' | b'\'' | b'(' | b')' | b'[' | b']' | b'{' | b'}' => Class::Close,
            // Marks of emphasis, code and formulas close like quotes.
            b'*' | b'_' | b'`' | b'$' => Class::Close,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// Returns the class of `c`.
#[inline]
pub(super) fn class_of(c: char) -> Class {
    if c.is_ascii() { ASCII[c as usize] } else { common_class(c).unwrap_or_else(|| probed_class(c)) }
}

/// Returns the class and the length of the character at `at`, which must be a character boundary.
#[inline]
pub(super) fn class_at(text: &str, at: usize) -> Option<(Class, usize)> {
    let &byte = text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some((ASCII[usize::from(byte)], 1));
    }
    text[at..].chars().next().map(|c| (class_of(c), c.len_utf8()))
}

/// Returns the class of characters beyond ASCII that are common in running text.
fn common_class(c: char) -> Option<Class> {
    Some(match c {
        '\u{2018}'..='\u{201f}' | '«' | '»' => Class::Close,
        '–' | '—' => Class::Continue,
        '…' | '•' => Class::Other,
        '\u{a0}' => Class::Space,
        'À'..='Ö' | 'Ø'..='Þ' => Class::Upper,
        'ß'..='ö' | 'ø'..='ÿ' => Class::Lower,
        'Α'..='Ρ' | 'А'..='Я' => Class::Upper,
        'α'..='ω' | 'а'..='я' => Class::Lower,
        'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿' | '가'..='힣' => Class::OtherLetter,
        _ => return terminator_class(c),
    })
}

/// Returns the class of full stops, terminators and separators beyond ASCII.
pub(super) fn terminator_class(c: char) -> Option<Class> {
    match c {
        '\u{2024}' | '\u{fe52}' | '\u{ff0e}' => return Some(Class::FullStop),
        '\u{85}' | '\u{2028}' | '\u{2029}' => return Some(Class::Separator),
        _ => {}
    }
    let following = TERMINATORS.partition_point(|&(first, _)| first <= c);
    (following > 0 && c <= TERMINATORS[following - 1].1).then_some(Class::Terminator)
}

/// Returns the class of a character that is in no table here, found by what the crate does with it: it knows the property,
/// but does not expose it.
fn probed_class(c: char) -> Class {
    let breaks = |before: &str, after: &str| format!("{before}{c}{after}").split_sentence_bounds().count() > 1;
    let first = format!("!{c}1").split_sentence_bounds().next().map_or(0, str::len);
    match first {
        // A boundary before it: a letter, a digit or nothing in particular.
        1 => match (breaks(".", ""), breaks(". ", "")) {
            (false, false) => Class::Lower,
            (false, true) => Class::Numeric,
            _ if !breaks("a.", "") => Class::Upper,
            _ if breaks(". ", "a") => Class::OtherLetter,
            _ => Class::Other,
        },
        // A boundary after it: it belongs to the end of the sentence.
        _ if first == 1 + c.len_utf8() => match (breaks("!", ")"), breaks("! ", "")) {
            (true, _) => Class::Space,
            (false, true) => Class::Close,
            (false, false) => Class::Extend,
        },
        _ => Class::Continue,
    }
}

/// Characters beyond ASCII that end a sentence by themselves (`STerm`), as ranges, sorted.
#[rustfmt::skip]
const TERMINATORS: &[(char, char)] = &[
    ('\u{589}', '\u{589}'), ('\u{61d}', '\u{61f}'), ('\u{6d4}', '\u{6d4}'), ('\u{700}', '\u{702}'),
    ('\u{7f9}', '\u{7f9}'), ('\u{837}', '\u{837}'), ('\u{839}', '\u{839}'), ('\u{83d}', '\u{83e}'),
    ('\u{964}', '\u{965}'), ('\u{104a}', '\u{104b}'), ('\u{1362}', '\u{1362}'), ('\u{1367}', '\u{1368}'),
    ('\u{166e}', '\u{166e}'), ('\u{1735}', '\u{1736}'), ('\u{17d4}', '\u{17d5}'), ('\u{1803}', '\u{1803}'),
    ('\u{1809}', '\u{1809}'), ('\u{1944}', '\u{1945}'), ('\u{1aa8}', '\u{1aab}'), ('\u{1b4e}', '\u{1b4f}'),
    ('\u{1b5a}', '\u{1b5b}'), ('\u{1b5e}', '\u{1b5f}'), ('\u{1b7d}', '\u{1b7f}'), ('\u{1c3b}', '\u{1c3c}'),
    ('\u{1c7e}', '\u{1c7f}'), ('\u{203c}', '\u{203d}'), ('\u{2047}', '\u{2049}'), ('\u{2cf9}', '\u{2cfb}'),
    ('\u{2e2e}', '\u{2e2e}'), ('\u{2e3c}', '\u{2e3c}'), ('\u{2e53}', '\u{2e54}'), ('\u{3002}', '\u{3002}'),
    ('\u{a4ff}', '\u{a4ff}'), ('\u{a60e}', '\u{a60f}'), ('\u{a6f3}', '\u{a6f3}'), ('\u{a6f7}', '\u{a6f7}'),
    ('\u{a876}', '\u{a877}'), ('\u{a8ce}', '\u{a8cf}'), ('\u{a92f}', '\u{a92f}'), ('\u{a9c8}', '\u{a9c9}'),
    ('\u{aa5d}', '\u{aa5f}'), ('\u{aaf0}', '\u{aaf1}'), ('\u{abeb}', '\u{abeb}'), ('\u{fe12}', '\u{fe12}'),
    ('\u{fe15}', '\u{fe16}'), ('\u{fe56}', '\u{fe57}'), ('\u{ff01}', '\u{ff01}'), ('\u{ff1f}', '\u{ff1f}'),
    ('\u{ff61}', '\u{ff61}'), ('\u{10a56}', '\u{10a57}'), ('\u{10f55}', '\u{10f59}'), ('\u{10f86}', '\u{10f89}'),
    ('\u{11047}', '\u{11048}'), ('\u{110be}', '\u{110c1}'), ('\u{11141}', '\u{11143}'), ('\u{111c5}', '\u{111c6}'),
    ('\u{111cd}', '\u{111cd}'), ('\u{111de}', '\u{111df}'), ('\u{11238}', '\u{11239}'), ('\u{1123b}', '\u{1123c}'),
    ('\u{112a9}', '\u{112a9}'), ('\u{113d4}', '\u{113d5}'), ('\u{1144b}', '\u{1144c}'), ('\u{115c2}', '\u{115c3}'),
    ('\u{115c9}', '\u{115d7}'), ('\u{11641}', '\u{11642}'), ('\u{1173c}', '\u{1173e}'), ('\u{11944}', '\u{11944}'),
    ('\u{11946}', '\u{11946}'), ('\u{11a42}', '\u{11a43}'), ('\u{11a9b}', '\u{11a9c}'), ('\u{11c41}', '\u{11c42}'),
    ('\u{11ef7}', '\u{11ef8}'), ('\u{11f43}', '\u{11f44}'), ('\u{16a6e}', '\u{16a6f}'), ('\u{16af5}', '\u{16af5}'),
    ('\u{16b37}', '\u{16b38}'), ('\u{16b44}', '\u{16b44}'), ('\u{16d6e}', '\u{16d6f}'), ('\u{16e98}', '\u{16e98}'),
    ('\u{1bc9f}', '\u{1bc9f}'), ('\u{1da88}', '\u{1da88}'),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns whether the crate ends a sentence with `c` when a letter without case follows.
    fn ends_sentence(c: char) -> bool {
        format!("1{c}一").split_sentence_bounds().count() == 2
    }

    #[test]
    fn terminators_equal_the_crate_on_every_character() {
        for c in '\u{80}'..=char::MAX {
            let class = terminator_class(c);
            assert_eq!(class.is_some(), ends_sentence(c), "{c:?}");
            // A separator also ends a sentence before a bracket, a full stop does not before a lower-case letter.
            let before_bracket = format!("1{c})").split_sentence_bounds().count() == 2;
            assert_eq!(class == Some(Class::Separator), before_bracket, "{c:?}");
            let before_lower = format!("1{c}a").split_sentence_bounds().count() == 2;
            assert_eq!(class == Some(Class::FullStop), class.is_some() && !before_lower, "{c:?}");
        }
    }

    #[test]
    fn common_classes_equal_the_crate() {
        for c in '\u{80}'..=char::MAX {
            if terminator_class(c).is_none() {
                assert!(common_class(c).is_none_or(|class| class == probed_class(c)), "{c:?}");
            }
        }
    }

    #[test]
    fn probes_find_every_class() {
        let examples = [
            ('\u{301}', Class::Extend),
            ('\u{200d}', Class::Extend),
            ('\u{3000}', Class::Space),
            ('ă', Class::Lower),
            ('Ă', Class::Upper),
            ('א', Class::OtherLetter),
            ('٣', Class::Numeric),
            ('、', Class::Continue),
            ('（', Class::Close),
            ('§', Class::Other),
        ];
        for (c, class) in examples {
            assert_eq!(probed_class(c), class, "{c:?}");
        }
    }
}
