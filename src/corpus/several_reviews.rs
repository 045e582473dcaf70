//! Recognises a text file that may hold several reviews, one below the other.

use std::collections::{BTreeMap, BTreeSet};

/// Words that a heading above a review begins with, in small letters.
const HEADS: [&str; 6] = ["reviewer", "review", "referee", "report", "official review", "anonymous referee"];
/// Symbols that lines between texts are made of.
const RULES: &[u8] = b"-_*#~=+";
/// Minimum length of such a line, minimum number of words of a part, and of such parts.
const MIN_RULE: usize = 5;
const MIN_WORDS: usize = 30;
const MIN_PARTS: usize = 3;
/// Maximum length of the beginning of a line that recurs, in bytes.
const LONGEST_START: usize = 24;
/// Maximum length of a heading that a rule underlines, in bytes.
const LONGEST_HEADING: usize = 60;
/// Names that fields of records have, in small letters; other words with a capital and a colon begin the points of one review.
const FIELDS: [&str; 7] = ["abstract", "id", "paper", "review", "summary", "text", "title"];
/// Elements of HTML that stand before each paragraph of one text, besides those of fewer than three letters.
const PARAGRAPHS: [&str; 4] = ["blockquote", "div", "span", "strong"];

/// Returns the number of reviews that a text may hold, from two on: by numbered headings, else by lines of one symbol, or lines that
/// begin alike, between long parts.
pub(super) fn several_reviews(prose: &str) -> Option<usize> {
    let numbers: BTreeSet<String> = prose.lines().filter_map(number_of_heading).collect();
    if numbers.len() > 1 {
        return Some(numbers.len());
    }
    by_rules(prose).or_else(|| by_starts(prose))
}

/// Returns the number in a heading such as `Reviewer 2`, `Review #2` or `---- Review 3 ----`; `None` for any other line.
fn number_of_heading(line: &str) -> Option<String> {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let rest = HEADS.iter().find_map(|head| line.strip_prefix(head))?;
    let number = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let number = ["number", "no", "r"].iter().find_map(|word| number.strip_prefix(word)).unwrap_or(number);
    let number = number.trim_matches(|c: char| !c.is_alphanumeric());
    let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = matches!(number.as_bytes(), [b'a'..=b'z']) && rest.starts_with(|c: char| !c.is_alphanumeric());
    (is_number || is_letter).then(|| number.to_owned())
}

/// Returns the number of long parts between lines of one symbol, if there are several.
fn by_rules(prose: &str) -> Option<usize> {
    let mut parts = vec![0];
    let mut above = "";
    for line in prose.lines().map(str::trim) {
        if is_rule(line) && !is_heading(above) {
            parts.push(0);
        } else if let Some(n_words) = parts.last_mut() {
            *n_words += line.split_whitespace().count();
        }
        above = line;
    }
    let n_parts = parts.into_iter().filter(|n_words| *n_words >= MIN_WORDS).count();
    (n_parts >= MIN_PARTS).then_some(n_parts)
}

/// Returns whether a rule below this line underlines it.
fn is_heading(line: &str) -> bool {
    !line.is_empty() && line.len() <= LONGEST_HEADING && !line.ends_with(['.', '!', '?'])
}

/// Returns whether a line is a rule of one symbol.
fn is_rule(line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes.len() >= MIN_RULE && RULES.contains(&bytes[0]) && bytes.iter().all(|byte| *byte == bytes[0])
}

/// Returns how often lines begin alike with a long part below each, if they do so several times.
fn by_starts(prose: &str) -> Option<usize> {
    // For each start the number of long parts, and the number of words above it where it stood last.
    let mut found: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut n_words = 0;
    for line in prose.lines().map(str::trim) {
        if let Some(start) = start(line) {
            let (n_parts, last) = found.entry(start).or_insert((0, n_words));
            *n_parts += usize::from(n_words - *last >= MIN_WORDS);
            *last = n_words;
        }
        n_words += line.split_whitespace().count();
    }
    let parts = found.into_values().map(|(n_parts, last)| n_parts + usize::from(n_words - last >= MIN_WORDS));
    parts.filter(|n_parts| *n_parts >= MIN_PARTS).max()
}

/// Returns what a line begins with where records begin: `id:`, `<doc>`, `Record 7`, `<7>`, `-[ RECORD 7 ]-`; each number is `#`.
fn start(line: &str) -> Option<String> {
    let head = crate::prose::prefix(line, LONGEST_START);
    let tag = || head.strip_prefix('<').and_then(|inside| inside.find('>')).map(|end| &head[..end + 2]);
    let tag = || tag().filter(|tag| is_record_tag(&tag[1..tag.len() - 1]));
    let record = || head.starts_with("-[ ").then(|| head.find(" ]-")).flatten().map(|end| &head[..end + 3]);
    let key = || head.find(':').map(|end| &head[..end]).filter(|key| is_key(key)).map(|key| &head[..=key.len()]);
    let numbered = || (head.len() == line.len() && is_numbered(head)).then(|| head.split(" of ").next()).flatten();
    let found = tag().or_else(record).or_else(key).or_else(numbered)?;
    let mut start = String::new();
    for c in found.chars() {
        match c {
            '0'..='9' if start.ends_with('#') => {}
            '0'..='9' => start.push('#'),
            c => start.push(c),
        }
    }
    Some(start)
}

/// Returns whether an element with this in its tag may hold a record.
fn is_record_tag(inside: &str) -> bool {
    let name = inside.split(' ').next().unwrap_or_default().to_ascii_lowercase();
    let is_number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_number || is_name && !PARAGRAPHS.contains(&name.as_str())
}

/// Returns whether this is the name of a field: `text`, `paper_id`, `review/text`, `AB`, `Abstract`.
fn is_key(key: &str) -> bool {
    let is_name = key.len() > 1 && key.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'/'));
    let is_word =
        || key[..1] != key[..1].to_ascii_lowercase() && key[1..].bytes().any(|byte| byte.is_ascii_lowercase());
    is_name && (!is_word() || FIELDS.contains(&key.to_ascii_lowercase().as_str()))
}

/// Returns whether a line is a word and a number, such as `Record 7`, `Doc #7` and `Record #7 of 9`.
fn is_numbered(line: &str) -> bool {
    let Some((word, number)) = line.split_once(' ') else { return false };
    let number = number.split(" of ").next().unwrap_or_default();
    let digits = number.trim_start_matches('#').trim_end_matches([':', '.']);
    let is_word = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_word && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reviews_below_each_other_are_told_from_one_review() {
        let part = "The kite flies in weak wind and lands on its own. ".repeat(4);
        let below = |headings: &[&str]| headings.iter().map(|of| format!("{of}\n{part}\n")).collect::<String>();
        for (what, text, expected) in [
            ("names of reviewers", below(&["Reviewer 1", "Reviewer 2", "Reviewer 3"]), Some(3)),
            ("numbers of reviews", below(&["Review #1", "Review #2"]), Some(2)),
            ("rules around them", below(&["---- Review 1 ----", "---- Review 3 ----"]), Some(2)),
            ("capitals and colons", below(&["REVIEWER: 1", "REVIEWER: 2"]), Some(2)),
            ("letters", below(&["Referee A", "Referee B:"]), Some(2)),
            ("lines between them", below(&["", "=====", "====="]), Some(3)),
            ("lines of another symbol", below(&["", "-----", "-----", "-----"]), Some(4)),
            ("fields", below(&["id: 1", "id: 2", "id: 3"]), Some(3)),
            ("tags", below(&["<doc id=\"1\">", "<doc id=\"2\">", "<doc id=\"3\">"]), Some(3)),
            ("numbers in brackets", below(&["<1>", "<2>", "<3>"]), Some(3)),
            ("records", below(&["-[ RECORD 1 ]---", "-[ RECORD 2 ]---", "-[ RECORD 3 ]---"]), Some(3)),
            ("numbered lines", below(&["Record #1", "Record #2 of 3", "Record #3"]), Some(3)),
            ("fields after a path", below(&["review/id: 1", "review/id: 2", "review/id: 3"]), Some(3)),
            ("headings of one text", below(&["Summary\n-----", "Details\n-----", "Questions\n-----"]), None),
            ("paragraphs of HTML", below(&["<p>", "<p>", "<p>"]), None),
            ("points of one review", below(&["Comment:", "Comment:", "Comment:"]), None),
            ("a single heading", below(&["Reviewer 2"]), None),
            ("fields of one review", below(&["Summary: It flies.", "Strengths: None.", "Questions: Why?"]), None),
            ("short fields", "Line: It flies.\n".repeat(9), None),
            ("short items", "-----\nIt flies.\n".repeat(9), None),
            ("one heading on every page", below(&["Reviewer 2", "Reviewer 2"]), None),
            ("a heading that is underlined", format!("A title\n=====\n{part}"), None),
            ("other reviewers in the text", format!("Reviewer 1 says so.\nReviewer 2 does not.\n{part}"), None),
        ] {
            assert_eq!(several_reviews(&text), expected, "{what}");
        }
    }
}
