//! Letters and digits that are variants of plain ones: ligatures, full-width, mathematical and circled ones.

use unicode_normalization::char::decompose_compatible;

/// Appends the plain spelling of a character to `plain`; returns whether it differs from the character.
pub(super) fn push_plain(c: char, plain: &mut String) -> bool {
    if let Some(letter) = squared(c).or_else(|| small_capital(c)) {
        plain.push(letter);
        return true;
    }
    if !may_be_dressed(c) {
        return false;
    }
    let start = plain.len();
    decompose_compatible(c, |part| plain.push(part));
    let is_letters = plain[start..].chars().all(|part| part.is_alphanumeric() || is_mark(part));
    let is_other = !plain[start..].chars().eq([c]);
    if !(is_letters && is_other) {
        plain.truncate(start);
    }
    is_letters && is_other
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Returns whether a character is in a block with such letters; superscripts are left out, as most are exponents.
fn may_be_dressed(c: char) -> bool {
    matches!(c,
        '\u{132}'..='\u{133}' | '\u{13f}'..='\u{140}' | '\u{149}' | '\u{17f}' | '\u{1c4}'..='\u{1cc}' | '\u{1f1}'..='\u{1f3}'
        | '\u{2100}'..='\u{211f}' | '\u{2123}'..='\u{214f}' | '\u{2160}'..='\u{217f}' | '\u{24b6}'..='\u{24e9}'
        | '\u{3250}'..='\u{33ff}' | '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{ff10}'..='\u{ffdc}'
        | '\u{1d400}'..='\u{1d7ff}' | '\u{1ee00}'..='\u{1eeff}' | '\u{1fbf0}'..='\u{1fbf9}')
}

/// Returns the letter in a square or circle that Unicode does not decompose.
fn squared(c: char) -> Option<char> {
    let code = u32::from(c);
    let first = [0x1f130, 0x1f150, 0x1f170].into_iter().find(|first| (*first..*first + 26).contains(&code))?;
    char::from_u32(u32::from('A') + code - first)
}

/// Returns the letter of a small capital, which to Unicode is a letter of its own.
fn small_capital(c: char) -> Option<char> {
    const SMALL: &str = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡ\u{0}ʏᴢ";
    if !('\u{1eb}'..='\u{a731}').contains(&c) {
        return None;
    }
    let place = SMALL.chars().position(|small| small == c)?;
    u8::try_from(place).ok().map(|place| char::from(b'a' + place))
}

/// Returns the plain form of full-width punctuation.
pub(super) fn narrow_mark(c: char) -> Option<char> {
    let narrow = u32::from(c).checked_sub(0xfee0).and_then(char::from_u32)?;
    narrow.is_ascii_punctuation().then_some(narrow)
}
