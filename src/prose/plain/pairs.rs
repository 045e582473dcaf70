//! Accents of TeX: the marks that there are, and the letters they make.

use unicode_normalization::char::compose;

/// Combining marks of TeX's accents that are named by a mark.
const MARKS: [(char, char); 8] = [
    ('\'', '\u{301}'),
    ('`', '\u{300}'),
    ('^', '\u{302}'),
    ('"', '\u{308}'),
    ('~', '\u{303}'),
    ('=', '\u{304}'),
    ('.', '\u{307}'),
    ('|', '\u{30d}'),
];
/// Combining marks of TeX's accents that are named by a letter.
const NAMED: [(char, char); 8] = [
    ('c', '\u{327}'),
    ('v', '\u{30c}'),
    ('u', '\u{306}'),
    ('H', '\u{30b}'),
    ('k', '\u{328}'),
    ('r', '\u{30a}'),
    ('d', '\u{323}'),
    ('b', '\u{331}'),
];

/// Returns the letter with the accent of TeX's command `\accent`, if Unicode has it as one character.
pub(super) fn accented(accent: char, letter: char) -> Option<char> {
    let of = |table: &[(char, char)]| table.iter().find(|(name, _)| *name == accent).map(|(_, mark)| *mark);
    compose(letter, of(&MARKS).or_else(|| of(&NAMED))?)
}

/// Returns whether this is an accent whose command is a mark.
pub(super) fn is_mark(c: char) -> bool {
    MARKS.iter().any(|(mark, _)| *mark == c)
}

/// Returns whether this is an accent whose command is a letter.
pub(super) fn is_named(c: char) -> bool {
    NAMED.iter().any(|(name, _)| *name == c)
}
