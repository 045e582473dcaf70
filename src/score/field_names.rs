//! Names of fields within a sentence, as programs write them that join the fields of a form: "strengths: it is new", "[strengths] It is new".

/// Maximum length of a name, in bytes, and minimum of it.
const LONGEST: usize = 32;
const SHORTEST: usize = 3;

/// Marks of emphasis and quotes, which may stand around a name.
const MARKS: [char; 5] = ['*', '_', '"', '`', '}'];

/// Calls `f` with each name that text of the same sentence follows: with its colon or in its brackets, or before a tab.
pub(super) fn for_each_name<'a>(sentence: &'a str, mut f: impl FnMut(&'a str)) {
    for (at, mark) in sentence.bytes().enumerate() {
        let name = match mark {
            b':' => word(sentence, at).map(|start| &sentence[start..=at]),
            b'\t' => word(sentence, at).map(|start| &sentence[start..at]),
            b']' => in_brackets(sentence, b'[', at),
            b'}' => in_brackets(sentence, b'{', at),
            _ => None,
        };
        let is_followed = || sentence[at + 1..].trim_start_matches(MARKS).starts_with(char::is_whitespace);
        name.filter(|_| mark == b'\t' || is_followed()).into_iter().for_each(&mut f);
    }
}

/// Returns the start of the word before `at`, with what stands around it.
fn word(sentence: &str, at: usize) -> Option<usize> {
    let before = sentence[..at].trim_end_matches(MARKS);
    let start = before.trim_end_matches(is_of_name).len();
    is_long_enough(&before[start..]).then_some(start)
}

/// Returns the words before the closing bracket at `at`, with both brackets.
fn in_brackets(sentence: &str, opening: u8, at: usize) -> Option<&str> {
    // No further back than a name may reach, so that a text of brackets takes linear time.
    let window = &sentence.as_bytes()[at.saturating_sub(LONGEST + 1)..at];
    let start = at - window.len() + memchr::memrchr(opening, window)?;
    let name = &sentence[start + 1..at];
    (is_long_enough(name) && name.chars().all(|c| is_of_name(c) || c == ' ')).then(|| &sentence[start..=at])
}

fn is_long_enough(name: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&name.len())
}

fn is_of_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_before_a_colon_or_in_brackets() {
        let examples: [(&str, &[&str]); 9] = [
            ("strengths: it is new weaknesses: it is old", &["strengths:", "weaknesses:"]),
            ("flag_for_ethics: no", &["flag_for_ethics:"]),
            ("[Minor points] It is old", &["[Minor points]"]),
            ("**Soundness:** good **Rating**: bad", &["Soundness:", "Rating**:"]),
            ("{Minor points} It is old", &["{Minor points}"]),
            ("Summary\tIt is new", &["Summary"]),
            ("weaknesses:", &[]),
            ("at 10:30 see [12] and [it", &[]),
            ("für: ja", &["für:"]),
        ];
        for (sentence, expected) in examples {
            let mut names = vec![];
            for_each_name(sentence, |name| names.push(name));
            assert_eq!(names, expected, "{sentence}");
        }
    }
}
