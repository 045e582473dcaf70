//! Boxes to tick: lines that belong to a form, such as "- [x] I have read the code of conduct".

use super::lines::line_at;

/// Returns where the item that begins with this line ends, if it begins with a box; lines indented more belong to it.
pub(super) fn end(text: &str, at: usize, body: &str, next: usize) -> Option<usize> {
    if !has_box(body) {
        return None;
    }
    let indent_of = |line: &str| line.len() - line.trim_start().len();
    let indent = indent_of(line_at(text, at).0);
    let mut end = next;
    while end < text.len() {
        let (line, next) = line_at(text, end);
        let is_more = !line.trim().is_empty() && indent_of(line) > indent && !is_item(line.trim_start());
        if !is_more {
            break;
        }
        end = next;
    }
    Some(end)
}

fn is_item(body: &str) -> bool {
    body.starts_with(['-', '*', '+', '•']) && body[1..].starts_with([' ', '\t'])
}

/// Returns whether a line begins with a box, after a list mark or without one.
fn has_box(body: &str) -> bool {
    let item = after_mark(body);
    if item.starts_with(['☐', '☑', '☒', '⬜', '🗹', '🗷', '⮽']) {
        return true;
    }
    let unescaped =
        item.strip_prefix('\\').filter(|rest| rest.starts_with('[')).map(|rest| rest.replacen("\\]", "]", 1));
    if let Some(unescaped) = unescaped {
        return has_box(&unescaped);
    }
    let Some(inside) = item.strip_prefix(['[', '(']).filter(|_| item.starts_with('[') || item.len() < body.len())
    else {
        return false;
    };
    let Some((mark, after)) = inside.split_once([']', ')']) else { return false };
    let is_mark = match mark.trim() {
        "" => mark.len() <= 3 && item.starts_with('['),
        // "(x) text" and "[X] text" are a label where they stand alone, a ticked box in a list.
        "x" | "X" => item.starts_with('['),
        "✓" | "✔" | "✗" | "✘" | "☓" => true,
        _ => false,
    };
    is_mark && after.starts_with([' ', '\t'])
}

/// Returns the line without its list mark: a dash, a bullet, a number.
fn after_mark(body: &str) -> &str {
    let mark = match body.chars().next() {
        Some(c @ ('-' | '*' | '+' | '•' | '·' | '–')) => c.len_utf8(),
        Some('0'..='9') => {
            let digits = body.bytes().take_while(u8::is_ascii_digit).count();
            digits + usize::from(body[digits..].starts_with(['.', ')']))
        }
        _ => 0,
    };
    let rest = &body[mark..];
    if mark > 0 && rest.starts_with([' ', '\t']) { rest.trim_start() } else { body }
}
