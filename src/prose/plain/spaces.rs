//! Spaces that a program has written as another character: "the_kite_flies", "the+kite+flies", "theĠkiteĠflies",
//! "the~kite~flies".

/// Number of bytes at the beginning of a text within which a space is looked for.
const WINDOW: usize = 100;
/// Minimum number of such characters.
const FEWEST: usize = 20;
/// Minimum number of such characters per space.
const MOST_SPACES: usize = 5;

/// Returns the text with its spaces, if nearly all of them are written as one other character.
pub(super) fn restored(text: &str) -> Option<String> {
    if text.len() < WINDOW || memchr::memchr(b' ', &text.as_bytes()[..WINDOW]).is_some() {
        return None;
    }
    let n_spaces = text.bytes().filter(|byte| *byte == b' ').count();
    let is_space = |mark: &str| {
        let n = memchr::memmem::find_iter(text.as_bytes(), mark).count();
        n >= FEWEST && n >= MOST_SPACES * n_spaces
    };
    ["_", "+", "Ġ", "~"].into_iter().find(|mark| is_space(mark)).map(|mark| text.replace(mark, " "))
}
