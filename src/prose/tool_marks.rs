//! References to sources that chat tools write, which stay when a text is copied: "【12†source】", "[cite: 3]",
//! ":contentReference[oaicite:0]{index=0}".

use super::lines::prefix;

/// The beginning of a reference that has two brackets.
pub(super) const REFERENCE: &str = ":contentReference[";
/// Maximum length, in bytes.
const LONGEST: usize = 120;
/// Words before the number in brackets.
const NAMES: [&str; 6] = ["cite", "oaicite", "web", "file", "source", "attached_file"];

/// Returns where the reference ends that begins at `at`.
pub(super) fn end(text: &str, at: usize) -> Option<usize> {
    let rest = prefix(&text[at..], LONGEST);
    let closing = match rest.chars().next()? {
        ':' => '}',
        '【' => '】',
        // Private characters around "cite", "turn0search1".
        '\u{e200}' => '\u{e201}',
        _ => return None,
    };
    let len = rest.find(closing)? + closing.len_utf8();
    let is_reference =
        closing != '】' || rest[..len].contains('†') || rest[..len].bytes().any(|byte| byte.is_ascii_digit());
    (is_reference && !rest[..len].contains('\n')).then_some(at + len)
}

/// Returns whether a square bracket holds such a reference: "cite_start", "cite: 1, 2", "web:12".
pub(super) fn is_inside(inside: &str) -> bool {
    let Some((name, numbers)) = inside.split_once(':') else { return inside == "cite_start" };
    let is_number = |number: &str| !number.trim().is_empty() && number.trim().bytes().all(|byte| byte.is_ascii_digit());
    NAMES.contains(&name) && numbers.split([',', '-']).all(is_number)
}
