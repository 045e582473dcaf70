//! The looks of an entry of a bibliography: labels, and the names or the title that it begins with.

use super::citations::{has_year, is_keyed, is_named};
use super::lines::prefix;

/// Maximum length of a label in brackets, in bytes.
const LONGEST_LABEL: usize = 24;
/// Maximum length of the beginning of an entry that is looked at for names or a title, in bytes.
const LONGEST_BEGINNING: usize = 160;
/// Minimum number of words of a title that have capitals, if nothing else tells it from a sentence.
const LEAST_CAPITALS: usize = 3;
/// Maximum number of words of a sentence that an entry may have, as titles have some.
const MOST_SAID: usize = 1;

/// Words of people who speak; no entry has them, except in its title.
const SPEAKING: [&str; 9] = ["i", "my", "we", "our", "you", "your", "authors", "reviewer", "reviewers"];
/// Words that make a sentence about a work.
#[rustfmt::skip]
const SAYING: [&str; 27] = [
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "should", "would", "could", "may", "might", "must", "seems", "does",
    "please", "missing", "paper", "this", "these", "they", "it", "but", "however", "which",
];
/// Longer words without a capital in titles.
const SMALL: [&str; 10] =
    ["about", "across", "against", "between", "through", "towards", "under", "using", "within", "without"];
/// Small words of surnames.
const PARTICLES: [&str; 9] = ["van", "von", "de", "der", "den", "di", "da", "la", "le"];

/// A label at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// A number, as "[1]" or "2.", with the length up to what follows.
    Number(usize),
    /// The key of a work, as "[Lee+20]".
    Key(usize),
    /// What reviewers call a work or, seldom, a point: "[R1]".
    Work(usize),
    /// What reviewers also call their points, as "[W1]".
    Point(usize),
}

impl Label {
    /// Returns the label's length in bytes.
    pub(super) fn len(self) -> usize {
        let (Self::Number(len) | Self::Key(len) | Self::Work(len) | Self::Point(len)) = self;
        len
    }
}

/// Returns the label in square brackets at the beginning of an entry: "[1]", "[12]:", "[Lee+20]", "[R1]".
pub(super) fn bracketed(body: &str) -> Option<Label> {
    let inside = body.strip_prefix('[')?;
    let len = prefix(inside, LONGEST_LABEL).find([']', '\n', '\r']).filter(|len| inside[*len..].starts_with(']'))?;
    let (label, after) = (&inside[..len], &inside[len + 1..]);
    let is_followed = after.starts_with(|c: char| " \t:.\"“".contains(c) || c.is_uppercase());
    let begins = label.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase() || c == '*');
    if !is_followed || !begins {
        return None;
    }
    if label.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*') {
        return Some(Label::Number(len + 2));
    }
    if is_named(label) || is_keyed(label) && label.as_bytes()[1].is_ascii_alphabetic() {
        return Some(Label::Key(len + 2));
    }
    let sort = if label.starts_with('R') { Label::Work } else { Label::Point };
    label.contains(|c: char| c.is_ascii_digit()).then_some(sort(len + 2))
}

/// Returns the number of an entry labelled "1.", "1)", "(1)" or "[1]", the mark after it, and where what follows begins.
pub(super) fn numbered(body: &str) -> Option<(u32, u8, usize)> {
    let bytes = body.as_bytes();
    let opening = bytes.first().copied().filter(|byte| matches!(byte, b'(' | b'['));
    let start = usize::from(opening.is_some());
    let n_digits = bytes[start..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let mark = *bytes.get(start + n_digits)?;
    let closes = match opening {
        Some(b'(') => mark == b')',
        Some(_) => mark == b']',
        None => matches!(mark, b'.' | b')'),
    };
    if !closes || !(1..4).contains(&n_digits) {
        return None;
    }
    let after = &body[start + n_digits + 1..];
    let is_followed = after.starts_with([' ', '\t']) || opening.is_some() && after.starts_with(char::is_uppercase);
    let number = body[start..start + n_digits].parse().ok()?;
    let start = body.len() - after.trim_start_matches([' ', '\t']).len();
    is_followed.then_some((number, opening.unwrap_or(mark), start))
}

/// Returns whether there is a year or an address.
pub(super) fn is_dated(text: &str) -> bool {
    // "doi" alone: it stands in "doing".
    has_year(text) || ["http", "arXiv", "doi:", "doi.org", "DOI"].iter().any(|mark| text.contains(mark))
}

/// Returns whether somebody speaks.
pub(super) fn speaks(text: &str) -> bool {
    words(text).any(|word| SPEAKING.iter().any(|speaking| word.eq_ignore_ascii_case(speaking)))
}

/// Returns whether the text has the words of a sentence: "Lee et al. (2020) is missing, which should be cited".
pub(super) fn says(text: &str) -> bool {
    words(text).filter(|word| SAYING.contains(word)).nth(MOST_SAID).is_some()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Returns whether the text begins as an entry does: with names, or with a title in quotation marks or capitals.
pub(super) fn begins_as_entry(text: &str) -> bool {
    begins_with_names(text) || begins_with_title(text)
}

/// Returns whether the text begins with a title: a quotation mark, or long words with capitals.
fn begins_with_title(text: &str) -> bool {
    let text = prefix(text.trim_start_matches(['*', '_', ' ', '\t']), LONGEST_BEGINNING);
    let title = text.trim_start_matches(['"', '“', '`', '\'']);
    if title.len() < text.len() {
        return title.starts_with(char::is_uppercase);
    }
    let long = || words(title).filter(|word| word.len() > 4 && !SMALL.contains(word)).take(LEAST_CAPITALS + 1);
    long().count() >= LEAST_CAPITALS
        && long().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
}

/// Returns whether the text begins with names: "Lee, J.", "J. Lee,", "Lee J,", "Jo Lee, Ann Kim", "Lee et al.".
pub(super) fn begins_with_names(text: &str) -> bool {
    let text = prefix(text.trim_start_matches(['*', '_', ' ', '\t']), LONGEST_BEGINNING);
    let tokens: Vec<&str> = text.split_whitespace().take(12).collect();
    let surname = tokens.iter().take_while(|token| PARTICLES.contains(*token)).count();
    let Some((first, rest)) = tokens[surname..].split_first() else { return false };
    if is_initial(first) {
        return begins_with_initial(rest);
    }
    is_name(first)
        && (is_inverted(first, rest)
            || is_et_al(rest)
            || is_vancouver(first, rest)
            || are_surnames(rest)
            || are_full(&tokens))
}

/// Returns whether a token is one or more initials: "J.", "J.-P.", "J.K.".
fn is_initial(token: &str) -> bool {
    let token = token.trim_end_matches(',');
    let letters = token.chars().filter(|c| c.is_alphabetic());
    token.ends_with('.') && token.len() <= 8 && token.split(['.', '-']).all(|part| part.chars().count() <= 1) && {
        letters.clone().count() > 0 && letters.clone().all(char::is_uppercase)
    }
}

/// Returns whether a token is a word of a name, with at most a comma or stop after it.
fn is_name(token: &str) -> bool {
    let name = token.trim_end_matches([',', '.', ';']);
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '‐' | '{' | '}');
    name.starts_with(char::is_uppercase) && name.chars().count() > 1 && name.chars().all(is_letter)
}

/// Returns whether "Lee, ..." or "and ..." follows an initial.
fn begins_with_initial(rest: &[&str]) -> bool {
    let rest = &rest[rest.iter().take_while(|token| is_initial(token) || PARTICLES.contains(token)).count()..];
    let Some((surname, rest)) = rest.split_first() else { return false };
    let goes_on = |next: &str| matches!(next, "and" | "&" | "et") || !next.starts_with(char::is_lowercase);
    is_name(surname) && (surname.ends_with([',', '.', ';', ':']) || rest.first().is_none_or(|next| goes_on(next)))
}

/// Returns whether the first name follows the surname and its comma: "Lee, J.", "Lee, Jo, and".
fn is_inverted(surname: &str, rest: &[&str]) -> bool {
    let Some((first, rest)) = rest.split_first() else { return false };
    let goes_on = || matches!(rest.first(), Some(&("and" | "&" | "et")));
    let is_first = is_initial(first)
        || is_capitals(first)
        || is_name(first)
            && (first.ends_with([',', '.']) || goes_on() || rest.first().is_some_and(|next| is_initial(next)));
    surname.ends_with(',') && is_first
}

/// Returns whether "et al." follows at most two more names, and no word of a sentence after it.
fn is_et_al(rest: &[&str]) -> bool {
    let n_names = rest.iter().take(4).take_while(|token| is_name(token) || is_initial(token)).count();
    let (al, after) = match &rest[n_names..] {
        ["et", al, after @ ..] => (*al, after),
        [al @ ("etal" | "etal." | "etal.,"), after @ ..] => (&al[2..], after),
        _ => return false,
    };
    let is_year = |token: &&&str| token.trim_matches(|c: char| !c.is_ascii_digit()).len() == 4;
    let after = &after[after.iter().take(1).filter(is_year).count()..];
    al.starts_with("al") && !after.first().is_some_and(|next| next.starts_with(|c: char| c.is_lowercase() || c == '['))
}

/// Returns whether one more surname and a stop follow a surname: "Lee and Kim.", "Lee & Kim,".
fn are_surnames(rest: &[&str]) -> bool {
    let [joining, surname, ..] = rest else { return false };
    matches!(*joining, "and" | "&") && is_name(surname) && surname.ends_with([',', '.', ':'])
}

/// Returns whether initials without stops follow the surname: "Lee J," or "Lee JK.".
fn is_vancouver(surname: &str, rest: &[&str]) -> bool {
    let is_end = |token: &&str| token.ends_with([',', '.', ';']) && is_capitals(token);
    !surname.ends_with([',', '.', ';']) && rest.first().is_some_and(is_end)
}

fn is_capitals(token: &str) -> bool {
    let letters = token.trim_end_matches([',', '.', ';']);
    (1..=3).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns whether these begin with two names in full: "Jo Lee, Ann B. Kim, ..." or "Jo Lee and Ann Kim.".
fn are_full(tokens: &[&str]) -> bool {
    let is_joining = |token: &&str| matches!(*token, "and" | "&");
    let first = full_name_len(tokens);
    let n_joining = tokens[first..].iter().take(1).filter(|token| is_joining(token)).count();
    let is_joined = n_joining > 0 || first > 0 && tokens[first - 1].ends_with(',');
    first > 1 && is_joined && full_name_len(&tokens[first + n_joining..]) > 1
}

/// Returns the number of tokens of the name that these begin with, up to a comma or stop.
fn full_name_len(tokens: &[&str]) -> usize {
    let is_part = |token: &&str| is_name(token) || is_initial(token) || PARTICLES.contains(token);
    let n_parts = tokens.iter().take(4).take_while(|token| is_part(token)).count();
    let ends = |token: &&str| token.ends_with([',', '.', ';']) && !is_initial(token);
    tokens[..n_parts].iter().position(ends).map_or(n_parts, |last| last + 1)
}
