//! Underscores around words: Markdown's emphasis, and lines to fill in. Those inside of a name ("snake_case") stay, unless
//! the name began with one.

/// Length of "_x000D_", in bytes.
const EXCEL_LEN: usize = 7;

/// Returns the character that Excel writes as "_x000D_"; a line break for each of the two that make one.
fn excel_escape(rest: &str) -> Option<char> {
    let digits = rest.strip_prefix("_x")?.get(..4).filter(|_| rest[6..].starts_with('_'))?;
    let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    Some(if c == '\r' { '\n' } else { c })
}

/// Returns the text without underscores at the edges of words; `None` if there are none.
pub(super) fn unwrapped(text: &str) -> Option<String> {
    let mut plain = String::new();
    let (mut from, mut at) = (0, 0);
    // Where the word begins that an underscore stands before.
    let mut opened = usize::MAX;
    while let Some(found) = memchr::memchr(b'_', &text.as_bytes()[at..]) {
        at += found;
        let end = at + text.as_bytes()[at..].iter().take_while(|&&byte| byte == b'_').count();
        if let Some(c) = excel_escape(&text[at..]) {
            plain.push_str(&text[from..at]);
            plain.push(c);
            from = at + EXCEL_LEN;
            at = from;
            continue;
        }
        let is_before = text[..at].ends_with(char::is_alphanumeric);
        let is_after = text[end..].starts_with(char::is_alphanumeric);
        if !(is_before && is_after) {
            plain.push_str(&text[from..at]);
            from = end;
            opened = end;
        } else if opened < at && text[opened..at].chars().all(char::is_alphanumeric) {
            // "_filter_ing", as "*filter*ing".
            plain.push_str(&text[from..at]);
            plain.push(' ');
            from = end;
        }
        at = end;
    }
    plain.push_str(&text[from..]);
    (from > 0).then_some(plain)
}
