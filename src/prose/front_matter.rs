//! Front matter: fields about a text between lines of dashes or plus signs at its beginning.

use super::lines::line_at;

/// Maximum number of lines that are looked at for its end.
const MOST_LINES: usize = 200;
/// Maximum length of a field's name, in bytes.
const LONGEST_NAME: usize = 60;

/// Returns where the front matter at the beginning of a text ends, ignoring blank lines before it.
pub(super) fn end(text: &str) -> Option<usize> {
    let start = text.len() - text.trim_start().len();
    let (fence, mut at) = line_at(text, start);
    let (mark, separator) = match fence.trim_end() {
        "---" => ("---", ':'),
        "+++" => ("+++", '='),
        _ => return None,
    };
    let mut n_fields = 0;
    for _ in 0..MOST_LINES {
        if at >= text.len() {
            return None;
        }
        let (line, next) = line_at(text, at);
        if line.trim_end() == mark || mark == "---" && line.trim_end() == "..." {
            return (n_fields > 0).then_some(next);
        }
        let is_field = is_field(line, separator);
        n_fields += usize::from(is_field);
        if !is_field && !is_part_of_field(line, n_fields) {
            return None;
        }
        at = next;
    }
    None
}

/// Returns whether a line is a field: "title: Kites", "title = \"Kites\"".
fn is_field(line: &str, separator: char) -> bool {
    let Some((name, value)) = line.split_once(separator) else { return false };
    let name = name.trim_end().trim_matches(['"', '\'']);
    let is_name = !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name.chars().all(|c| c.is_alphanumeric() || "_-. /".contains(c))
        && name.starts_with(char::is_alphanumeric);
    is_name && (separator == '=' || value.is_empty() || value.starts_with([' ', '\t']))
}

/// Returns whether a line is an item, a value over several lines, a comment, a table of TOML, or blank.
fn is_part_of_field(line: &str, n_fields: usize) -> bool {
    let body = line.trim_start();
    let is_indented = body.len() < line.len() && n_fields > 0;
    is_indented || body.is_empty() || body.starts_with(['#', '[', ']', '}']) || body.starts_with("- ") && n_fields > 0
}
