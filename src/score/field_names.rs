//! Names of fields within a sentence, as programs write them that join the fields of a form: "strengths: it is new", "[strengths] It is new".

/// Lengths of names, in bytes.
const SHORTEST: usize = 3;
const LONGEST: usize = 32;
/// Marks of emphasis and quotes, which may stand around a name.
const MARKS: [char; 5] = ['*', '_', '"', '`', '}'];
/// What may stand between a name and the end of an arrow, or of signs around it.
const SIGNS: [char; 3] = ['-', '=', ' '];

/// Calls `f` with each name that text of the same sentence follows: with its colon or in its brackets, or before a tab, an
/// arrow or "==".
pub(super) fn for_each_name<'a>(sentence: &'a str, mut f: impl FnMut(&'a str)) {
    for (at, mark) in sentence.bytes().enumerate() {
        let name = match mark {
            b':' => word(sentence, at).map(|start| &sentence[start..=at]),
            b'\t' => word(sentence, at).map(|start| &sentence[start..at]),
            b'>' | b'=' if sentence[..at].ends_with(['-', '=']) => {
                word(sentence, at).map(|start| &sentence[start..=at])
            }
            b']' => in_brackets(sentence, '[', at),
            b'}' => in_brackets(sentence, '{', at),
            _ => None,
        };
        let is_followed = || sentence[at + 1..].trim_start_matches(MARKS).starts_with(char::is_whitespace);
        name.filter(|_| mark == b'\t' || is_followed()).into_iter().for_each(&mut f);
    }
}

/// Returns the start of the word before `at`, with what stands around it.
fn word(sentence: &str, at: usize) -> Option<usize> {
    let before = window(sentence, at);
    let name = before.trim_end_matches(SIGNS).trim_end_matches(MARKS);
    let start = name.trim_end_matches(is_of_name).len();
    is_long_enough(&name[start..]).then_some(at - before.len() + start)
}

/// Returns the text before `at`, no further back than a name and its marks may reach, so that any text takes linear time.
fn window(sentence: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(2 * LONGEST);
    while !sentence.is_char_boundary(from) {
        from += 1;
    }
    &sentence[from..at]
}

/// Returns the words before the closing bracket at `at`, with both brackets.
fn in_brackets(sentence: &str, opening: char, at: usize) -> Option<&str> {
    let before = window(sentence, at);
    let start = at - before.len() + before.rfind(opening)?;
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
        let examples: [(&str, &[&str]); 11] = [
            ("strengths: it is new weaknesses: it is old", &["strengths:", "weaknesses:"]),
            ("flag_for_ethics: no", &["flag_for_ethics:"]),
            ("[Minor points] It is old", &["[Minor points]"]),
            ("**Soundness:** good **Rating**: bad", &["Soundness:", "Rating**:"]),
            ("{Minor points} It is old", &["{Minor points}"]),
            ("Summary\tIt is new", &["Summary"]),
            ("== Summary == It is new", &["Summary =="]),
            ("summary -> It is new", &["summary ->"]),
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

    #[test]
    fn long_runs_take_linear_time() {
        for piece in ["=", "]", "}", "-> ", ": ", "a", "é", "*: "] {
            for_each_name(&piece.repeat(200_000), |_| {});
        }
    }
}
