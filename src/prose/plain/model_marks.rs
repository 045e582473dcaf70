//! Marks by which language models know where a text begins and ends: `[CLS]`, `[SEP]`, `</s>`, `<|endoftext|>`.
//!
//! They are no words where a text or a sentence ends before them, or the text after them. Within a sentence somebody writes about them.

/// The marks, apart from those of the form "<|...|>".
#[rustfmt::skip]
const MARKS: [&str; 16] = [
    "[CLS]", "[SEP]", "[PAD]", "[BOS]", "[EOS]", "[INST]", "[/INST]", "<s>", "</s>", "<bos>", "<eos>", "<pad>", "<BOS>", "<EOS>", "<sep>",
    "<SEP>",
];
/// Maximum length of the name in "<|endoftext|>", in bytes.
const LONGEST_NAME: usize = 30;

/// Returns the text with paragraphs that end at these marks; `None` if it has none.
pub(super) fn removed(text: &str) -> Option<String> {
    let end = end_of_words(text);
    let mut plain = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(found) = memchr::memchr2(b'[', b'<', &text.as_bytes()[at..]) {
        at += found;
        let len = mark_len(&text[at..]);
        let before = text[from..at].trim_end();
        if len > 0 && (before.is_empty() || at >= end || before.ends_with(['.', '!', '?', '"', '”'])) {
            plain.push_str(&text[from..at]);
            plain.push_str("\n\n");
            from = at + len;
        }
        at += len.max(1);
    }
    plain.push_str(&text[from..]);
    (from > 0).then_some(plain)
}

/// Returns where nothing but such marks and white space follows.
fn end_of_words(text: &str) -> usize {
    let mut rest = text.trim_end();
    while let Some(at) = memchr::memrchr2(b'[', b'<', rest.as_bytes()).filter(|at| {
        let len = mark_len(&rest[*at..]);
        len > 0 && at + len == rest.len()
    }) {
        rest = rest[..at].trim_end();
    }
    rest.len()
}

/// Returns the length of the mark that begins `rest`, or 0.
fn mark_len(rest: &str) -> usize {
    if let Some(inside) = rest.strip_prefix("<|") {
        let len =
            inside.bytes().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        return if len > 0 && inside[len..].starts_with("|>") { len + 4 } else { 0 };
    }
    MARKS.iter().find(|mark| rest.starts_with(**mark)).map_or(0, |mark| mark.len())
}
