//! Numbers of lines, which manuscripts for review have in their margin and programs put before each line: "12 the kite flies".

use super::lines::line_at;
use super::rules::{Cut, Rule};

/// Minimum number of numbered lines; fewer may be items of a list.
const FEWEST: usize = 6;
/// Number of lines from the beginning of a text among which one is numbered.
const HEAD: usize = 4;
/// Maximum number of digits.
const MOST_DIGITS: usize = 5;

/// Returns the numbers at the beginning of lines if they count nearly all lines of a text, and many sentences go on across lines.
pub(super) fn find(text: &str) -> Vec<Cut> {
    let (mut cuts, mut n_lines, mut n_small, mut last, mut at) = (Vec::new(), 0, 0, None, 0);
    while at < text.len() {
        let (line, next) = line_at(text, at);
        if !line.trim().is_empty() {
            n_lines += 1;
            if let Some((number, len)) = number(line).filter(|(number, _)| last.is_none_or(|last| last + 1 == *number))
            {
                last = Some(number);
                n_small += usize::from(line[len..].starts_with(char::is_lowercase));
                cuts.push(Cut::inline(Rule::RunningHead, at..at + len));
            } else if cuts.is_empty() && n_lines >= HEAD {
                return cuts;
            }
        }
        at = next;
    }
    if cuts.len() < FEWEST || 5 * cuts.len() < 4 * n_lines || 4 * n_small < cuts.len() {
        cuts.clear();
    }
    cuts
}

/// Returns the number that begins a line, and its length with the white space around it.
fn number(line: &str) -> Option<(u32, usize)> {
    let body = line.trim_start();
    let n_digits = body.bytes().take(MOST_DIGITS + 1).take_while(u8::is_ascii_digit).count();
    let after = &body[n_digits..];
    let rest = after.trim_start();
    let is_apart = rest.is_empty() || rest.len() < after.len();
    let number = body[..n_digits].parse().ok().filter(|_| n_digits <= MOST_DIGITS && is_apart)?;
    Some((number, line.len() - rest.len()))
}
