//! Formulas between dollar signs and between escaped brackets.

/// Maximum length of a formula in a line of text, in bytes; two dollar signs farther apart are prices.
const LONGEST_INLINE: usize = 200;
/// Maximum length of a displayed formula, in bytes.
const LONGEST_DISPLAYED: usize = 2000;

/// Returns where the formula ends that the dollar sign at `start` begins: `$...$` by pandoc's rule, `$$...$$`.
///
/// After the first single dollar sign and before the second there is no white space, and after the second no digit.
pub(crate) fn formula_end(bytes: &[u8], start: usize) -> Option<usize> {
    let is_escaped = |at: usize| at > 0 && bytes[at - 1] == b'\\';
    let upto = |len: usize| bytes.get(start + 1..bytes.len().min(start + 1 + len));
    let &first = upto(1)?.first()?;
    if first == b'$' {
        let inside = &upto(LONGEST_DISPLAYED)?[1..];
        let inside = &inside[..blank_line(inside).unwrap_or(inside.len())];
        return memchr::memmem::find(inside, b"$$").map(|len| start + 2 + len + 2);
    }
    let inside = upto(LONGEST_INLINE)?;
    if is_escaped(start) || first.is_ascii_whitespace() {
        return None;
    }
    let inside = &inside[..blank_line(inside).unwrap_or(inside.len())];
    let len = memchr::memchr_iter(b'$', inside).find(|&len| len > 0 && inside[len - 1] != b'\\')?;
    let end = start + 1 + len;
    let closes = !bytes[end - 1].is_ascii_whitespace() && !bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    closes.then_some(end + 1)
}

/// Returns where the formula ends whose `\(` or `\[` ends before `start`, given the bracket that opens it.
pub(super) fn bracketed_end(bytes: &[u8], start: usize, opening: u8) -> Option<usize> {
    let closing: &[u8] = if opening == b'(' { b"\\)" } else { b"\\]" };
    let inside = &bytes[start..bytes.len().min(start + LONGEST_DISPLAYED)];
    let inside = &inside[..blank_line(inside).unwrap_or(inside.len())];
    memchr::memmem::find(inside, closing).map(|len| start + len + closing.len())
}

/// Returns where a blank line begins: no formula has one.
fn blank_line(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find(|&at| begins_blank_line(&bytes[at..]))
}

/// Returns whether a blank line follows the line break that begins `bytes`.
pub(super) fn begins_blank_line(bytes: &[u8]) -> bool {
    let after = bytes[1..].iter().find(|&&byte| byte != b' ' && byte != b'\t' && byte != b'\r');
    after == Some(&b'\n')
}
