//! Comments of TeX, from a percent sign to the end of the line. Only a text with commands of TeX has them.

use memchr::{memchr, memchr_iter, memmem};

use super::lines::line_at;
use super::rules::{Cut, Rule};

/// Commands by which a text is one of TeX.
const TELLING: [&str; 7] = ["\\begin{", "\\section", "\\subsection", "\\cite", "\\label{", "\\ref{", "\\item"];

/// Returns the comments of a text of TeX, in order.
///
/// One that begins its line goes with the line. After text in the same line it must follow the end of a sentence or of a group, as
/// "50 % of" is text whose percent sign lacks its backslash.
pub(super) fn find(text: &str) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    let is_tex = || TELLING.iter().any(|command| memmem::find(text.as_bytes(), command.as_bytes()).is_some());
    if memchr(b'%', text.as_bytes()).is_none() || !is_tex() {
        return cuts;
    }
    let (mut line, (mut inside, mut end)) = (0, line_at(text, 0));
    for at in memchr_iter(b'%', text.as_bytes()) {
        while end <= at {
            line = end;
            (inside, end) = line_at(text, line);
        }
        let before = text[line..at].trim_end();
        let is_comment = before.is_empty() || before.len() < at - line && before.ends_with(['.', '!', '?', '}']);
        if is_comment && cuts.last().is_none_or(|last| last.bytes.end <= line) {
            let bytes = if before.is_empty() { line..end } else { at..line + inside.len() };
            cuts.push(Cut::inline(Rule::Comment, bytes));
        }
    }
    cuts
}
