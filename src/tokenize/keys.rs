//! Lines that begin with the name of a field in small letters, as programs print forms: "strengths: The idea is new".

/// Maximum length of a name, in bytes, and maximum number of its words.
const LONGEST: usize = 48;
const MOST_WORDS: usize = 3;
/// Minimum number of such lines for any of them to be one.
const FEWEST: usize = 2;
/// Maximum length of a line in characters that no program has wrapped within a sentence.
const SHORT: usize = 50;

/// The number of lines of a text that begin with a name.
#[derive(Debug, Default)]
pub(super) struct Keys {
    n: usize,
}

impl Keys {
    /// Takes in a line, without quotes before it.
    #[inline]
    pub fn learn(&mut self, body: &str) {
        self.n += usize::from(is_key(body));
    }

    /// Returns whether a line begins a field, after the line before it. In running text a word with a colon may begin a line of a
    /// wrapped sentence.
    pub fn begins(&self, before: &str, body: &str) -> bool {
        self.n >= FEWEST && is_key(body) && !may_go_on(before.trim_end())
    }
}

/// Returns whether a line is full and ends within a sentence.
fn may_go_on(line: &str) -> bool {
    line.ends_with(|c: char| c.is_lowercase() || c == ',') && line.chars().nth(SHORT).is_some()
}

/// Returns whether a line begins with up to three words in small letters, perhaps joined by `_` or emphasised, and a colon.
fn is_key(body: &str) -> bool {
    let inside = body.trim_start_matches('*');
    if !inside.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
        return false;
    }
    let is_part = |byte: &u8| byte.is_ascii_lowercase() || matches!(byte, b'_' | b' ');
    let len = inside.bytes().take(LONGEST).take_while(|byte| is_part(byte)).count();
    let (name, after) = inside.split_at(len);
    let mark = &body[..body.len() - inside.len()];
    let closed = after.strip_prefix(mark).and_then(|after| after.strip_prefix(':'));
    let closed = closed.or_else(|| after.strip_prefix(':').and_then(|after| after.strip_prefix(mark)));
    let is_closed = closed.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    is_closed && name.len() > 1 && !name.ends_with(' ') && name.split(' ').count() <= MOST_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_words() {
        for body in [
            "strengths: It",
            "minor points: It",
            "limitations_and_impact: It",
            "rating: 3",
            "weaknesses:",
            "**strengths**: It",
            "**strengths:** It",
            "*tone*: It",
        ] {
            assert!(is_key(body), "{body}");
        }
        for body in [
            "Strengths: It",
            "strengths It",
            "as we said above: It",
            "a: It",
            "http://a.b",
            "**strengths: It",
            "*Strengths*: It",
        ] {
            assert!(!is_key(body), "{body}");
        }
    }

    #[test]
    fn wrapped_lines_go_on() {
        let keys = Keys { n: 2 };
        let full = "The kite of this paper flies well in weak wind because of its";
        assert!(keys.begins("The kite flies.", "color: red") && keys.begins("it is new", "color: red"));
        assert!(!keys.begins(full, "color: red") && !Keys { n: 1 }.begins("The kite flies.", "color: red"));
    }
}
