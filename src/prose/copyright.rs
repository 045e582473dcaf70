//! Copyright lines, which publishers put before or after an abstract.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::rules::{Cut, Rule};

/// Maximum length of a sentence of such a line, in bytes.
const LONGEST: usize = 400;
/// Maximum length of the reference to the work itself after it, in bytes.
const LONGEST_REFERENCE: usize = 120;

/// Phrases in the sentences that continue such a line, in small letters.
#[rustfmt::skip]
const GOING_ON: &[&str] = &[
    "all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados", "todos os direitos reservados", "tutti i diritti riservati", "alle rechten voorbehouden",
    "rights reserved", "published by", "publishing services by", "production and hosting", "licensee ", "creative commons", "cc by", "cc-by", "open access article", "protected by copyright",
    "under exclusive licen", "licensed under", "distributed under", "this is an open access", "for permissions", "reproduced with permission", "reprinted with permission", "on behalf of",
    "no claim to original", "u.s. government work", "public domain", "journal compilation", "copyright", "©", "the author(s)", "the authors.", "an imprint of",
];
/// Beginnings of sentences that are such a line by themselves, in small letters.
#[rustfmt::skip]
const ALONE: &[&str] = &[
    "all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados", "todos os direitos reservados", "tutti i diritti riservati", "alle rechten voorbehouden",
    "this article is protected by copyright", "this is an open access article", "this is an open-access article", "published by ", "licensee mdpi", "for permissions, please",
    "this article is licensed under", "this work is licensed under", "this article is distributed under", "reproduced with permission", "reprinted with permission", "crown copyright", "journal compilation ",
    "copyright of ", "(psycinfo database record", "psycinfo database record", "[abstract from author", "(author abstract)", "(journal abstract)",
    "rights managed by ",
];
/// Parts of what is said of an open article.
const OPEN: [&str; 6] = ["cc by", "cc-by", "creative commons", "distributed", "licen", "terms"];
/// Parts of publishers' names, in small letters.
#[rustfmt::skip]
const PUBLISHERS: &[&str] = &[
    "acm", "aip", "b.v", "bmj", "cambridge", "company", "elsevier", "gmbh", "ieee", "inc", "informa", "institute", "iop", "limited", "llc", "lippincott", "ltd", "mdpi", "nature", "oxford", "plc", "press",
    "publish", "sage", "societ", "sons", "springer", "taylor", "verlag", "wiley", "wolters", "association", "academy", "foundation", "university", "on behalf of", "elsevier b.v", "s.a", "s.r.l", "group",
];

/// Returns the copyright lines of a text, in order.
pub(super) fn find(text: &str) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    if !may_have(text) {
        return cuts;
    }
    for (start, end) in paragraphs(text) {
        let mut at = start;
        while at < end {
            let sentence = sentence_end(text, at, end);
            if begins_line(text[at..sentence].trim_start()) || is_unsigned(&text[at..sentence], &text[sentence..end]) {
                let last = last_sentence(text, sentence, end);
                let first = last - text[at..last].trim_start().len();
                cuts.push(Cut::inline(Rule::Copyright, first..at + text[at..last].trim_end().len()));
                at = last;
            } else {
                at = sentence;
            }
        }
    }
    cuts
}

/// Returns whether a sentence is a notice whose sign was lost: "2021 Elsevier Ltd." before "All rights reserved."
fn is_unsigned(sentence: &str, after: &str) -> bool {
    let notice = sentence.trim_start().trim_start_matches(['?', '\u{fffd}', ' ']).to_lowercase();
    let is_year = (notice.starts_with("19") || notice.starts_with("20"))
        && super::citations::has_year(super::lines::prefix(&notice, 6));
    let is_reserved = || super::lines::prefix(after.trim_start(), 19).eq_ignore_ascii_case("all rights reserved");
    is_year && notice.len() <= LONGEST_REFERENCE && is_reserved() && PUBLISHERS.iter().any(|name| notice.contains(name))
}

/// Pieces of which every copyright line has one, apart from the sign itself.
static SIGNS: LazyLock<[Finder<'static>; 9]> = LazyLock::new(|| {
    [
        "opyright",
        "(c)",
        "(C)",
        "ights reserved",
        "ublished by ",
        "pen access",
        "pen-access",
        "FROM AUTHOR",
        "uthor abstract)",
    ]
    .map(Finder::new)
});

/// Returns whether the text has any sign of a copyright line.
fn may_have(text: &str) -> bool {
    let has_sign = || memchr::memchr_iter(0xa9, text.as_bytes()).any(|at| text.as_bytes()[..at].last() == Some(&0xc2));
    SIGNS.iter().any(|sign| sign.find(text.as_bytes()).is_some()) || has_sign()
}

/// Returns the pieces between blank lines.
fn paragraphs(text: &str) -> Vec<(usize, usize)> {
    let (mut found, mut start, mut at) = (Vec::new(), 0, 0);
    while at < text.len() {
        let (line, next) = super::lines::line_at(text, at);
        if line.trim().is_empty() {
            found.push((start, at));
            start = next;
        }
        at = next;
    }
    found.push((start, text.len()));
    found
}

/// Returns where the sentence that begins at `at` ends: after a stop before white space and a capital, or before a copyright sign.
fn sentence_end(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut from = at + text[at..end].len() - text[at..end].trim_start().len();
    let begins_with_sign = is_sign(&text[from..end]);
    while let Some(found) = bytes[from..end].iter().position(|byte| matches!(byte, b'.' | b'!' | b'?' | 0xc2 | b'\n')) {
        let stop = from + found;
        from = stop + text[stop..].chars().next().map_or(1, char::len_utf8);
        let (before, rest) = (&text[at..stop], &text[from..end]);
        let next = rest.trim_start_matches([')', '"', '”', ']']);
        match bytes[stop] {
            0xc2 if !begins_with_sign
                && text[stop..].starts_with('©')
                && before.ends_with([' ', '\n', '.'])
                && !ends_in_word(before) =>
            {
                return stop;
            }
            0xc2 => {}
            b'\n' if is_sign(rest.trim_start()) => return from,
            b'\n' => {}
            _ if is_initial(before) => {}
            _ if next.trim_start().is_empty() || is_next_sentence(next) => return from + rest.len() - next.len(),
            _ => {}
        }
    }
    end
}

/// Returns whether the text ends with the word "copyright", which goes with the sign.
fn ends_in_word(before: &str) -> bool {
    let before = before.trim_end();
    before
        .len()
        .checked_sub("copyright".len())
        .and_then(|at| before.get(at..))
        .is_some_and(|end| end.eq_ignore_ascii_case("copyright"))
}

/// Returns whether the text ends with an initial: "J" in "J. Wiley", but not the "V" of "B.V.".
fn is_initial(before: &str) -> bool {
    let mut last = before.chars().rev();
    last.next().is_some_and(char::is_uppercase) && last.next().is_none_or(|c| c.is_whitespace() || c == '(')
}

/// Returns whether white space and something that opens a sentence follow, or the sign itself.
fn is_next_sentence(rest: &str) -> bool {
    let next = rest.trim_start();
    let opens = |c: char| c.is_uppercase() || c.is_ascii_digit() || "©([\"“".contains(c);
    next.starts_with('©') || next.len() < rest.len() && next.starts_with(opens) || glued(rest)
}

/// Returns whether a sentence follows without white space: "Ltd.The paper".
fn glued(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
}

/// Returns where the sentences end that continue with what publishers say.
fn last_sentence(text: &str, mut at: usize, end: usize) -> usize {
    while at < end {
        let next = sentence_end(text, at, end);
        let sentence = text[at..next].trim().to_lowercase();
        let is_said = GOING_ON.iter().any(|mark| sentence.contains(mark)) || next == end && is_reference(&sentence);
        let goes_on = sentence.len() <= LONGEST && is_said && !speaks(&sentence);
        if !goes_on && !sentence.is_empty() {
            break;
        }
        at = next;
    }
    at
}

/// Returns whether a sentence says where the work appeared: "J Kites 30: 1-9, 2009".
fn is_reference(sentence: &str) -> bool {
    let after_colon = sentence.split_once(':').map(|(_, after)| after.trim_start());
    let has_pages = after_colon.is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()));
    sentence.len() <= LONGEST_REFERENCE && has_pages && super::citations::has_year(sentence)
}

/// Returns whether somebody speaks of the work in the sentence.
fn speaks(sentence: &str) -> bool {
    [" we ", " our ", " i ", " paper", " reviewer"].iter().any(|word| sentence.contains(word))
}

/// Returns whether the text begins with a copyright sign.
fn is_sign(text: &str) -> bool {
    let lower = super::lines::prefix(text, 60).to_lowercase();
    let after = ["©", "(c)", "copyright"].iter().find_map(|sign| lower.strip_prefix(sign));
    after.is_some_and(|after| {
        let after = after.trim_start_matches(['©', ' ', ':', ',', '\u{a0}']);
        let after = after.strip_prefix("(c)").unwrap_or(after).trim_start();
        let has_year = super::citations::has_year(super::lines::prefix(after, 48));
        lower.starts_with('©') && (has_year || after.starts_with("the author") || after.starts_with("author"))
            || has_year && starts_as_notice(after)
    })
}

/// Returns whether the text after "(c)" or "copyright" is a year or a name, not a sentence.
fn starts_as_notice(after: &str) -> bool {
    after.starts_with("19") || after.starts_with("20") || after.starts_with("the author") || after.starts_with("by ")
}

/// Returns whether a sentence is a copyright line.
fn begins_line(sentence: &str) -> bool {
    if sentence.len() > LONGEST {
        return false;
    }
    if is_sign(sentence) {
        return true;
    }
    let lower = sentence.to_lowercase();
    let Some(begin) = ALONE.iter().find(|begin| lower.starts_with(**begin)) else { return false };
    match *begin {
        "published by " => {
            PUBLISHERS.iter().any(|name| lower.contains(name))
                && sentence["published by ".len()..].starts_with(char::is_uppercase)
        }
        "copyright of " => lower.contains(" is the property of "),
        "this is an open access article" | "this is an open-access article" => {
            OPEN.iter().any(|word| lower.contains(word))
        }
        "crown copyright" | "journal compilation " => super::citations::has_year(&lower),
        _ => true,
    }
}
