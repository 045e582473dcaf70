//! Traces in texts of how they came here: marks of chat tools, and an end at the same length.

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// What chat tools leave in text that is copied from them; no person writes it.
const CHAT_MARKS: [&str; 9] = [
    "oaicite",
    "contentReference[",
    "turn0search",
    "\u{2020}source\u{3011}",
    "utm_source=chatgpt.com",
    "utm_source=openai",
    "<|im_start|>",
    "<|start_header_id|>",
    "ChatGPT can make mistakes",
];
/// Minimum number of characters of texts that were cut.
const MIN_CUT: usize = 100;
/// Minimum number of texts of the largest length, and their share of all, 0 to 1, from which they were cut.
const MIN_TEXTS: u64 = 5;
const MIN_SHARE: f64 = 0.02;

/// Returns whether a text has a mark of a chat tool.
pub(super) fn has_chat_mark(text: &str) -> bool {
    static FINDERS: LazyLock<[Finder<'static>; CHAT_MARKS.len()]> = LazyLock::new(|| CHAT_MARKS.map(Finder::new));
    FINDERS.iter().any(|mark| mark.find(text.as_bytes()).is_some())
}

/// Returns a remark on texts with marks of chat tools.
pub(super) fn remark_on_chat_marks(n_texts: u64) -> Option<String> {
    let remark = format!(
        "texts with marks that chat tools leave in what is copied from them, such as `oaicite` or `utm_source=chatgpt.com`: {n_texts}"
    );
    (n_texts > 0).then_some(remark)
}

/// The length of the longest texts, and their number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Longest {
    /// Number of characters.
    pub n_characters: usize,
    /// Number of texts that have as many.
    pub n_texts: u64,
}

impl Longest {
    /// Takes a text of this many characters.
    pub(super) fn take(&mut self, n_characters: usize) {
        if n_characters > self.n_characters {
            *self = Longest { n_characters, n_texts: 0 };
        }
        self.n_texts += u64::from(n_characters == self.n_characters);
    }

    /// Returns a remark if texts were cut, of so many documents and copies of others.
    pub(super) fn remark(self, n_documents: u64, n_same: u64) -> Option<String> {
        let Longest { n_characters, n_texts } = self;
        let remark = format!(
            "{n_texts} texts end at the same length, {n_characters} characters, as if they had been cut there [take the whole texts]"
        );
        self.is_cut(n_documents, n_same).then_some(remark)
    }

    /// Returns whether so many of the texts end at the same length, `n_same` of them copies of others, that they were cut.
    fn is_cut(self, n_documents: u64, n_same: u64) -> bool {
        let is_often = self.n_texts >= MIN_TEXTS && self.n_texts as f64 >= MIN_SHARE * n_documents as f64;
        is_often && self.n_characters >= MIN_CUT && self.n_texts > n_same
    }
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

    #[test]
    fn texts_that_end_at_one_length_were_cut() {
        let longest = |lengths: &[usize]| {
            let mut longest = Longest::default();
            lengths.iter().for_each(|n| longest.take(*n));
            longest
        };
        let cut = longest(&[300, 1000, 999, 1000, 1000, 20, 1000, 1000]);
        assert_eq!(cut, Longest { n_characters: 1000, n_texts: 5 });
        assert!(cut.is_cut(8, 0) && !cut.is_cut(8, 5) && !cut.is_cut(1000, 0));
        assert!(!longest(&[50; 20]).is_cut(20, 0) && !longest(&[300, 1000, 999]).is_cut(3, 0));
    }
}
