//! Front matter: fields about a text at its beginning, between lines of dashes, plus signs or semicolons, or as an object of JSON.

use super::lines::line_at;

/// Maximum number of lines that are looked at for its end.
const MOST_LINES: usize = 200;
/// Maximum length of a field's name, in bytes.
const LONGEST_NAME: usize = 60;

/// Returns where the front matter at the beginning of a text ends, ignoring blank lines before it.
pub(super) fn end(text: &str) -> Option<usize> {
    let start = text.len() - text.trim_start().len();
    if text[start..].starts_with(['{', ';']) {
        return json_end(text, start);
    }
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

/// Returns where an object of JSON at the beginning of a text ends, perhaps between lines of semicolons; text must follow in a line of its own.
fn json_end(text: &str, start: usize) -> Option<usize> {
    const FENCE: &str = ";;;";
    let has_fence = text[start..].starts_with(FENCE);
    let object = if has_fence { text[start + FENCE.len()..].trim_start() } else { &text[start..] };
    let mut objects =
        serde_json::Deserializer::from_str(object).into_iter::<serde_json::Map<String, serde_json::Value>>();
    objects.next()?.ok().filter(|fields| !fields.is_empty())?;
    let mut end = text.len() - object.len() + objects.byte_offset();
    if has_fence {
        end = text.len() - text[end..].trim_start().strip_prefix(FENCE)?.len();
    }
    let (rest, next) = line_at(text, end);
    (rest.trim().is_empty() && !text[next..].trim().is_empty()).then_some(next)
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
