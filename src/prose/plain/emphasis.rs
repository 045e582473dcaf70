//! Underscores around words: Markdown's emphasis, and lines to fill in. Those inside of a name ("snake_case") stay, unless
//! the name began with one.

/// Returns the text without underscores at the edges of words; `None` if there are none.
pub(super) fn unwrapped(text: &str) -> Option<String> {
    let mut plain = String::new();
    let (mut from, mut at) = (0, 0);
    // Where the word begins that an underscore stands before.
    let mut opened = usize::MAX;
    while let Some(found) = memchr::memchr(b'_', &text.as_bytes()[at..]) {
        at += found;
        let end = at + text.as_bytes()[at..].iter().take_while(|&&byte| byte == b'_').count();
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
