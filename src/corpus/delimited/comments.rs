//! Finds lines of comments above the header of a table, such as `# exported 2024-05-01`.

use crate::corpus::header::is_usual;

/// Marks that begin a comment.
const MARKS: [&str; 3] = ["#", "%", "//"];

/// Returns the offsets at which a table below comments may begin, in bytes: the last comment if it has the usual name of a
/// column, as a header may begin with a mark too; then what follows the comments. None without a comment.
pub(super) fn starts_below(head: &[u8]) -> Vec<usize> {
    let (mut end, mut last) = (0, None);
    for line in head.split_inclusive(|byte| *byte == b'\n') {
        let text = String::from_utf8_lossy(line.trim_ascii());
        let comment = comment(&text);
        if comment.is_none() && !text.is_empty() {
            break;
        }
        last = comment.map(|comment| (end, has_usual_name(comment))).or(last);
        end += line.len();
    }
    let Some((start, is_named)) = last else { return Vec::new() };
    let header = (is_named && start > 0).then_some(start);
    header.into_iter().chain([end]).filter(|_| start > 0 || !is_named).collect()
}

/// Returns what a line says below its mark; a spreadsheet may have put it into quotation marks.
fn comment(line: &str) -> Option<&str> {
    let line = line.strip_prefix('"').unwrap_or(line);
    MARKS.iter().find_map(|mark| line.strip_prefix(mark))
}

fn has_usual_name(comment: &str) -> bool {
    let values = comment.trim_start_matches(['#', '%', '/']).split([',', '\t', ';', '|']);
    values.map(|value| value.trim_matches(['"', ' '])).any(is_usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_begin_below_comments_or_with_a_marked_header() {
        for (what, head, expected) in [
            ("none", "id,text\n# a,b\n", &[][..]),
            ("two, and a blank line", "# exported 2024-05-01\n// rows: 200\n\nid,text\n", &[36]),
            ("in quotation marks", "\"# by Ann, in May\"\r\nid,text\r\n", &[20]),
            ("a header with a mark below a comment", "% kites\n#id\ttext\n1\tA kite.\n", &[8, 17]),
            ("a header with a mark", "#id,text\n1,A kite.\n", &[]),
        ] {
            assert_eq!(starts_below(head.as_bytes()), expected, "{what}");
        }
    }
}
