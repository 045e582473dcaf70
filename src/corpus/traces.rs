//! Traces of what has happened to texts: marks of chat tools, line breaks that are missing.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::numbers::counted;

/// What chat tools leave in text that is copied from them; no person writes it.
const CHAT_MARKS: [&str; 4] = ["oaicite", "turn0search", "\u{2020}source\u{3011}", "utm_source=chatgpt.com"];

/// Line breaks, as characters, as programs write them, and as markup.
const LINE_BREAKS: [&str; 9] = ["\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\\n", "<br", "<p"];

/// Returns whether a text has a line break, or markup or an escape that stands for one.
pub(super) fn has_line_break(text: &str) -> bool {
    LINE_BREAKS.iter().any(|line_break| text.contains(line_break))
}

/// Returns whether a text has a mark of a chat tool.
pub(super) fn has_chat_mark(text: &str) -> bool {
    static FINDERS: LazyLock<[Finder<'static>; CHAT_MARKS.len()]> = LazyLock::new(|| CHAT_MARKS.map(Finder::new));
    FINDERS.iter().any(|mark| mark.find(text.as_bytes()).is_some())
}

/// Returns a remark on texts with marks of chat tools.
pub(super) fn remark_on_chat_marks(n_texts: u64) -> Option<String> {
    let remark = format!(
        "marks that chat tools leave in copied text, such as `oaicite` or `utm_source=chatgpt.com`, stand in {}",
        counted(n_texts as usize, "text")
    );
    (n_texts > 0).then_some(remark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_chat_tools_are_found() {
        for text in ["It flies.\u{3010}12\u{2020}source\u{3011} So.", "See https://a.b/c?utm_source=chatgpt.com here."]
        {
            assert!(has_chat_mark(text), "{text}");
        }
        assert!(!has_chat_mark("The source of the wind is open AI. It has turned."));
    }
}
