//! Line breaks that programs have written as text: "It flies.[NEWLINE]It lands.", "It flies.\u{21b5}It lands.", "^M" at the ends of lines, and
//! the soft line breaks of mails.

/// Marks of line breaks.
const MARKS: [&str; 7] = ["[NEWLINE]", "[newline]", "[br]", "[BR]", "\u{21b5}", "\u{23ce}", "\u{b6}"];
/// The return of Windows, as terminals show it.
const RETURN: &str = "^M";
/// Minimum number of such marks.
const FEWEST: usize = 2;
/// Lengths of lines that mails break, in bytes, with the mark.
const MAIL_LINE: std::ops::RangeInclusive<usize> = 60..=77;

/// Returns the text with line breaks for their marks; `None` if it has none.
pub(super) fn broken(text: &str) -> Option<String> {
    let mut plain = without_soft_breaks(text).or_else(|| without_returns(text));
    for mark in MARKS {
        let now = plain.as_deref().unwrap_or(text);
        if is_line_break(now, mark) {
            plain = Some(now.replace(mark, "\n"));
        }
    }
    plain
}

/// Returns whether a mark stands for line breaks in a text: more than once, and not before the number of a paragraph.
fn is_line_break(text: &str, mark: &str) -> bool {
    let mut places = memchr::memmem::find_iter(text.as_bytes(), mark);
    let is_number = |at: usize| {
        text[at + mark.len()..].trim_start_matches([' ', '\u{a0}']).starts_with(|c: char| c.is_ascii_digit())
    };
    let Some(first) = places.next() else { return false };
    let n_more = places.filter(|at| !is_number(*at)).count();
    !is_number(first) && n_more + 1 >= FEWEST
}

/// Returns the text without the returns that end most of its lines.
fn without_returns(text: &str) -> Option<String> {
    memchr::memmem::find(text.as_bytes(), RETURN.as_bytes())?;
    let lines = || text.lines();
    let n = lines().filter(|line| line.ends_with(RETURN)).count();
    let are_most = n >= FEWEST && 2 * n >= lines().count();
    are_most.then(|| lines().map(|line| line.strip_suffix(RETURN).unwrap_or(line)).collect::<Vec<_>>().join("\n"))
}

/// Returns the text of a mail with its lines joined where "=" ends full ones.
fn without_soft_breaks(text: &str) -> Option<String> {
    memchr::memmem::find(text.as_bytes(), b"=\n").or_else(|| memchr::memmem::find(text.as_bytes(), b"=\r\n"))?;
    let is_full = |line: &&str| line.ends_with('=') && MAIL_LINE.contains(&line.len());
    let is_mail =
        text.lines().filter(is_full).count() >= FEWEST && text.lines().all(|line| line.len() <= *MAIL_LINE.end());
    is_mail.then(|| text.replace("=\r\n", "").replace("=\n", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_line_breaks() {
        for (text, expected) in [
            ("It flies.[NEWLINE]It lands.[NEWLINE]", "It flies.\nIt lands.\n"),
            ("It flies.\u{21b5}It lands.\u{21b5}\u{21b5}So.", "It flies.\nIt lands.\n\nSo."),
            ("It flies\u{b6}It lands\u{b6}So", "It flies\nIt lands\nSo"),
            ("It flies.^M\nIt lands.^M\n^M\nSo.", "It flies.\nIt lands.\n\nSo."),
        ] {
            assert_eq!(broken(text).as_deref(), Some(expected), "{text}");
        }
        let line = "The kite flies in weak wind and lands on its own, and so do all oth=";
        assert_eq!(
            broken(&format!("{line}\n{line}\ner kites.")),
            Some(format!("{0}{0}er kites.", &line[..line.len() - 1]))
        );
        for text in ["See \u{b6} 3 and \u{b6} 4.", "Press \u{21b5}.", "with x^M\nand more.\nIt is.\nSo.", "a =\nb =\nc"]
        {
            assert_eq!(broken(text), None, "{text}");
        }
    }
}
