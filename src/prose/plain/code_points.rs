//! Characters by their numbers: `<U+2019>` and `<e2><80><99>`, as R prints what it cannot show, and `=E2=80=99` of mails.

/// Returns the text with these characters as themselves; `None` if it has none.
pub(super) fn decoded(text: &str) -> Option<String> {
    let mut plain = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(found) = memchr::memchr2(b'<', b'=', &text.as_bytes()[at..]) {
        at += found;
        match numbered(&text[at..]).or_else(|| in_bytes(&text[at..])) {
            Some((c, len)) => {
                plain.push_str(&text[from..at]);
                plain.push(c);
                at += len;
                from = at;
            }
            None => at += 1,
        }
    }
    plain.push_str(&text[from..]);
    (from > 0).then_some(plain)
}

/// Returns the character of "<U+2019>" and the length of that.
fn numbered(rest: &str) -> Option<(char, usize)> {
    let inside = rest.strip_prefix("<U+")?;
    let len = inside.bytes().take(9).take_while(u8::is_ascii_hexdigit).count();
    let c = u32::from_str_radix(&inside[..len], 16).ok().and_then(char::from_u32)?;
    ((4..=8).contains(&len) && inside[len..].starts_with('>')).then_some((c, len + 4))
}

/// Returns the character of "<e2><80><99>" or "=E2=80=99", beyond ASCII, and the length of that.
fn in_bytes(rest: &str) -> Option<(char, usize)> {
    let len = if rest.starts_with('=') { 3 } else { 4 };
    let bytes: Vec<u8> = rest.as_bytes().chunks(len).take(4).map_while(byte).collect();
    let n = match bytes.first()? {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let c = std::str::from_utf8(bytes.get(..n)?).ok()?.chars().next()?;
    Some((c, len * n))
}

/// Returns the byte of "<e2>" or "=E2".
fn byte(piece: &[u8]) -> Option<u8> {
    let digits = match piece {
        [b'<', digits @ .., b'>'] => digits,
        [b'=', digits @ ..] if !digits.iter().any(u8::is_ascii_lowercase) => digits,
        _ => return None,
    };
    let [first, second] = digits else { return None };
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(16 * digit(first)? + digit(second)?)
}
