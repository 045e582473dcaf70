//! Sentences that end without white space after them: "It fails.It works", "Why?Because", "as in [3].We".

use super::abbreviations::is_opener;
use super::held::is_held;
use super::words::is_word_character;

/// Parts after a full stop in names of files, hosts and libraries, in small letters. Sorted.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "bat", "bib", "biz", "bz", "cfg", "com", "cpp", "cs", "css", "csv", "cu", "dat", "db", "dll", "doc", "docx", "edu", "eps", "exe", "gif", "gov", "gz", "hpp", "htm", "html", "info", "ini", "io",
    "ipynb", "jar", "java", "jl", "jpeg", "jpg", "js", "json", "jsonl", "jsx", "lua", "md", "mp3", "mp4", "net", "npy", "npz", "onnx", "org", "parquet", "pdf", "php", "pkl", "png", "ppt", "pptx", "ps",
    "pt", "pth", "py", "rb", "rs", "rst", "sh", "sql", "svg", "swf", "tar", "tex", "tgz", "toml", "ts", "tsv", "tsx", "txt", "vue", "wav", "xls", "xlsx", "xml", "xz", "yaml", "yml", "zip",
];
/// Parts before a full stop in names of code and in arXiv's subjects, in small letters. Sorted.
#[rustfmt::skip]
const MODULES: &[&str] = &[
    "cls", "cs", "econ", "eess", "http", "https", "java", "javax", "jax", "keras", "math", "matplotlib", "nn", "np", "numpy", "pandas", "pd", "plt", "pytorch", "scipy", "sklearn", "stat", "sys", "tensorflow", "tf", "torch", "torchvision", "www",
];
/// Maximum number of bytes that are looked at on either side.
const WINDOW: usize = 64;

/// Returns whether a sentence ends at the mark at `terminator` although the next one begins right at `at`.
pub(super) fn ends_glued(text: &str, terminator: usize, at: usize) -> bool {
    let before = text[..terminator].trim_end_matches(['.', '!', '?']);
    let after = &text[at..];
    let Some(right) = word_after(after) else { return false };
    if is_name_after(&after[right.len()..]) || !opens_sentence(right, &after[right.len()..]) {
        return false;
    }
    let lower = right.to_lowercase();
    let is_ending = ENDINGS.binary_search(&lower.as_str()).is_ok();
    if is_ending || is_held(&text[..terminator], after) || is_name_before(before, right) {
        return false;
    }
    match before.chars().next_back() {
        None => false,
        Some(c) if c.is_lowercase() => is_plain_word_before(before) || is_opening(right),
        Some(c) if c.is_uppercase() || c.is_numeric() => is_opening(right),
        Some(c) => !c.is_alphanumeric(),
    }
}

/// Returns the letters and digits that begin `after`, if the first is a capital.
fn word_after(after: &str) -> Option<&str> {
    let word = &after[..after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len())];
    word.starts_with(char::is_uppercase).then_some(word)
}

/// Returns whether a word may open a sentence: "It", "I", "A", "GPT", but no other single capital.
fn opens_sentence(word: &str, after: &str) -> bool {
    let is_single = word.chars().nth(1).is_none();
    !is_single || matches!(word, "I" | "A") && after.starts_with([' ', '\'', '’', '\n'])
}

/// Returns whether what follows the word makes it a name: "Tensor(", "Doe@", "Out.print", "Name_2", "A::b".
fn is_name_after(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some('(' | '@' | '_' | '/' | '\\' | '=') => true,
        Some('.') => chars.next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit()),
        Some(':') => chars.next() == Some(':'),
        _ => false,
    }
}

/// Returns the end of the text back to white space.
fn chunk_before(before: &str) -> &str {
    let mut from = before.len().saturating_sub(WINDOW);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    before[from..].rsplit(char::is_whitespace).next().unwrap_or("")
}

/// Returns whether the text before `right` is part of an address, a path or a name in code.
fn is_name_before(before: &str, right: &str) -> bool {
    let chunk = chunk_before(before);
    let word = chunk.rsplit(|c: char| !is_word_character(c)).next().unwrap_or("");
    let is_address = chunk.contains("://") || chunk.contains('@') || chunk.starts_with("www.");
    let is_path = chunk.contains('\\')
        || chunk.contains("::")
        || chunk.split_once('/').is_some_and(|(host, _)| host.contains('.'));
    is_address
        || is_path
        || word.contains('_')
        || !is_opener(right) && MODULES.binary_search(&word.to_lowercase().as_str()).is_ok()
}

/// Returns whether the text ends with a word of at least two letters without a capital inside (unlike "AdaBoost.MH").
fn is_plain_word_before(before: &str) -> bool {
    let mut letters = before.chars().rev().take(WINDOW).take_while(|c| c.is_alphabetic()).peekable();
    let (mut n, mut has_capital_inside) = (0, false);
    while let Some(c) = letters.next() {
        n += 1;
        has_capital_inside |= c.is_uppercase() && letters.peek().is_some();
    }
    n > 1 && !has_capital_inside
}

/// Returns whether the word is one that sentences open with, of at least two letters.
fn is_opening(word: &str) -> bool {
    is_opener(word) && word.len() > 1
}
