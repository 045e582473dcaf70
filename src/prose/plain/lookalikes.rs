//! Replaces letters of other scripts in Latin words that look like them: a Cyrillic "а" in "pаper".

/// Cyrillic and Greek letters with the Latin letters that they look like.
#[rustfmt::skip]
const LOOKALIKES: [(char, char); 54] = [
    ('Α', 'A'), ('Β', 'B'), ('Ε', 'E'), ('Ζ', 'Z'), ('Η', 'H'), ('Ι', 'I'), ('Κ', 'K'), ('Μ', 'M'), ('Ν', 'N'), ('Ο', 'O'),
    ('Ρ', 'P'), ('Τ', 'T'), ('Υ', 'Y'), ('Χ', 'X'), ('ι', 'i'), ('ν', 'v'), ('ο', 'o'), ('ρ', 'p'), ('ϲ', 'c'), ('ϳ', 'j'),
    ('Ѕ', 'S'), ('І', 'I'), ('Ј', 'J'), ('А', 'A'), ('В', 'B'), ('Е', 'E'), ('К', 'K'), ('М', 'M'), ('Н', 'H'), ('О', 'O'),
    ('Р', 'P'), ('С', 'C'), ('Т', 'T'), ('У', 'Y'), ('Х', 'X'), ('а', 'a'), ('е', 'e'), ('о', 'o'), ('р', 'p'), ('с', 'c'),
    ('у', 'y'), ('х', 'x'), ('ѕ', 's'), ('і', 'i'), ('ј', 'j'), ('һ', 'h'), ('Ү', 'Y'), ('Һ', 'H'), ('Ӏ', 'I'), ('ӏ', 'l'),
    ('ԁ', 'd'), ('ԛ', 'q'), ('Ԝ', 'W'), ('ԝ', 'w'),
];

/// Returns the text with its Latin words in Latin letters; `None` if they already are.
///
/// A word with Latin letters is Latin if all its other letters look like Latin ones; a word without any is Latin if it is
/// Cyrillic and the text has no Cyrillic letter without a Latin lookalike, and has Latin words besides.
pub(super) fn latin(text: &str) -> Option<String> {
    if !text.bytes().any(|byte| (0xcd..=0xd4).contains(&byte)) {
        return None;
    }
    let has_latin = text.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_foreign = text.chars().any(|c| is_cyrillic(c) && look(c).is_none());
    let mut plain = String::with_capacity(text.len());
    let mut is_changed = false;
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        if is_latin(word, has_latin && !is_foreign) {
            plain.extend(word.chars().map(|c| look(c).unwrap_or(c)));
            is_changed = true;
        } else {
            plain.push_str(word);
        }
        plain.push_str(&piece[word.len()..]);
    }
    is_changed.then_some(plain)
}

fn is_latin(word: &str, is_latin_text: bool) -> bool {
    let (mut n_latin, mut n_alike) = (0, 0);
    for c in word.chars() {
        match look(c) {
            Some(_) => n_alike += 1,
            _ if c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c) => n_latin += 1,
            _ => return false,
        }
    }
    n_alike > 0 && (n_latin > 0 || is_latin_text && word.chars().all(is_cyrillic))
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}

fn look(c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    LOOKALIKES.iter().find(|(other, _)| *other == c).map(|(_, latin)| *latin)
}
