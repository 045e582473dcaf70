//! The text that replaces a cut within a line.

/// Keeps the words on both sides apart, and the full stop of a formula that ends a sentence.
pub(super) fn close_gap(prose: &mut String, piece: &str, rest: &str) {
    let inside = piece.trim_end_matches(['$', '`', ')', ']', '\\', '}']).trim_end();
    if inside.len() < piece.len() && rest.starts_with(char::is_whitespace) {
        prose.extend(inside.chars().next_back().filter(|c| matches!(c, '.' | '!' | '?')));
    }
    // Marks and joiners are of a word as much as letters are.
    let is_word = |c: char| c.is_alphanumeric() || regex_syntax::is_word_character(c);
    if prose.ends_with(is_word) && rest.starts_with(is_word) {
        prose.push(' ');
    }
}
