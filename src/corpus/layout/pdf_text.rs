//! Text extracted from a PDF: pages end with a form feed. Words broken at line ends are joined by the rules of prose.

/// The character that ends a page.
const FORM_FEED: char = '\u{C}';

/// Returns whether a text has pages.
pub(in crate::corpus) fn has_pages(text: &str) -> bool {
    text.contains(FORM_FEED)
}

/// Returns the running text: without page numbers, and with sentences joined across page ends.
pub(in crate::corpus) fn running_text(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for page in text.split(FORM_FEED) {
        let page = without_numbers(page);
        if page.is_empty() {
            continue;
        }
        if !joined.is_empty() {
            joined.push_str(if ends_sentence(&joined) { "\n\n" } else { "\n" });
        }
        joined.push_str(page);
    }
    joined.trim_end().to_owned()
}

/// Removes the lines at the edges of a page that hold only its number.
fn without_numbers(page: &str) -> &str {
    let is_number = |line: &str| {
        let line = line.trim();
        !line.is_empty() && line.len() <= 5 && line.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut page = page.trim_matches(['\n', '\r']);
    if let Some((_, rest)) = page.split_once('\n').filter(|(first, _)| is_number(first)) {
        page = rest;
    }
    let (body, last) = page.rsplit_once('\n').unwrap_or(("", page));
    let page = if is_number(last) { body } else { page };
    page.trim_matches(['\n', '\r'])
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ':', '"', '\u{201D}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_put_together_without_their_numbers_and_breaks() {
        let text =
            "We give infor-\nmation about long-\nlasting kites that\n12\n\u{C}13\nfly.\n\u{C}A new part.\n14\n\u{C}";
        assert!(has_pages(text));
        assert_eq!(running_text(text), "We give infor-\nmation about long-\nlasting kites that\nfly.\n\nA new part.");
        assert_eq!(running_text("\u{C}\u{C}"), "");
        assert_eq!(running_text("GPT-\n4 and X-\nRays"), "GPT-\n4 and X-\nRays");
    }
}
