//! Pieces within a line that are not prose, found by a telling byte.

use std::ops::Range;

use super::rules::{Cut, Rule};
use super::{citations, code, commands, links, math, tool_marks};

/// Bytes at which something may be cut.
static TELLING: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let is_mark = matches!(byte as u8, b'`' | b'$' | b'\\' | b'(' | b'[' | b']' | b'!' | b':' | b'@' | b'w');
        // The first bytes of the marks of chat tools.
        table[byte] = is_mark || matches!(byte as u8, 0xe3 | 0xee);
        byte += 1;
    }
    table
};

/// Appends the cuts in these bytes of `text`, in order.
pub(super) fn find(text: &str, bytes: Range<usize>, cuts: &mut Vec<Cut>) {
    // Nothing reaches beyond what is looked at.
    let text = &text[..bytes.end];
    let (mut from, mut at) = (bytes.start, bytes.start);
    while let Some(found) = text.as_bytes()[at..].iter().position(|byte| TELLING[usize::from(*byte)]) {
        at += found;
        match look(text, from, at) {
            Ok(cut) => {
                (from, at) = (cut.bytes.end, cut.bytes.end);
                cuts.push(cut);
            }
            Err(next) => at = next,
        }
    }
}

/// Returns how often the first byte is repeated.
fn run_len(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|&byte| Some(byte) == bytes.first()).count()
}

/// Returns the cut at the telling byte at `at`, not reaching before `from`; otherwise the position to go on from.
fn look(text: &str, from: usize, at: usize) -> Result<Cut, usize> {
    let rest = &text.as_bytes()[at..];
    let to = |rule: Rule, end: Option<usize>| end.map(|end| Cut::inline(rule, at..end)).ok_or(at + 1);
    let over = |range: Option<Range<usize>>| range.map(|range| Cut::inline(Rule::Url, range)).ok_or(at + 1);
    match rest[0] {
        b'\\' => commands::find(text, at),
        b'`' => to(Rule::Code, code::end(text, at)).map_err(|_| at + run_len(rest)),
        b'$' => to(Rule::Math, math::formula_end(text.as_bytes(), at)).map_err(|_| at + run_len(rest)),
        b'(' | b'[' => to(Rule::Citation, citations::end(text, at)),
        b']' if rest.starts_with(b"](") => to(Rule::Url, links::link_end(text, at)),
        b'!' if rest.starts_with(b"![") => to(Rule::Url, links::image_end(text, at)),
        0xe3 | 0xee => to(Rule::Citation, tool_marks::end(text, at)).map_err(|_| at + 3),
        b':' if rest.starts_with(tool_marks::REFERENCE.as_bytes()) => to(Rule::Citation, tool_marks::end(text, at)),
        b':' => over(links::around_colon(text, from, at)),
        b'@' => over(links::around_at(text, from, at)),
        b'w' if rest.starts_with(b"www.") => over(links::at_www(text, at)),
        _ => Err(at + 1),
    }
}
