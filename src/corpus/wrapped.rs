//! Text in hard-wrapped lines, as in abstracts of arXiv and of its harvesters.

/// Joins lines to paragraphs; a paragraph begins after a blank line, and where a line is indented.
pub(super) fn unwrapped(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut after_blank = false;
    for line in text.trim().lines() {
        if line.trim().is_empty() {
            after_blank = true;
            continue;
        }
        if !joined.is_empty() {
            joined.push_str(if after_blank || line.starts_with("  ") { "\n\n" } else { " " });
        }
        joined.push_str(line.trim());
        after_blank = false;
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hard_wrapped_lines_are_joined_to_paragraphs() {
        assert_eq!(
            unwrapped("  We study\nkites and\n1. not a list\n  A second part\nends.\n"),
            "We study kites and 1. not a list\n\nA second part ends."
        );
        assert_eq!(unwrapped("One.\n\nTwo.\n"), "One.\n\nTwo.");
        assert_eq!(unwrapped(" \n"), "");
    }
}
