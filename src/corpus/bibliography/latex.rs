//! Values of BibTeX as text: accents and escapes are decoded and braces removed; formulas and unknown commands are left for
//! `prose` to judge.

use std::panic::{AssertUnwindSafe, catch_unwind};

use biblatex::{Bibliography, ChunksExt, Pair, RawBibliography, RawChunk, RawEntry, Spanned};

/// Limits on one value: its braces and formula signs, its bytes, and its nested braces; all far more than text has. The
/// decoder calls itself for each level, and its time grows with the square of their number.
const MAX_MARKS: usize = 4000;
const MAX_BYTES: usize = 1 << 20;
const MAX_DEPTH: usize = 50;
/// Accents whose names end without a letter after them.
const ACCENTS: [char; 6] = ['\'', '"', '`', '^', '~', '='];
/// The name of the field under which a value is decoded.
const FIELD: &str = "abstract";

/// Returns the text of a value, paragraph by paragraph.
pub(super) fn decoded(raw: &str) -> String {
    let paragraphs: Vec<&str> = split_paragraphs(raw);
    let each = paragraphs.iter().map(|paragraph| decode(paragraph)).collect::<Option<Vec<String>>>();
    // A brace may span paragraphs.
    let whole = each.map(|all| all.join("\n\n")).or_else(|| decode(raw));
    whole.unwrap_or_else(|| without_braces(raw)).trim().to_owned()
}

fn split_paragraphs(raw: &str) -> Vec<&str> {
    let (mut paragraphs, mut start, mut at) = (Vec::new(), 0, 0);
    for line in raw.split_inclusive('\n') {
        if line.trim().is_empty() && at > 0 {
            paragraphs.push(raw[start..at].trim());
            start = at;
        }
        at += line.len();
    }
    paragraphs.push(raw[start..].trim());
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// Decodes a text; `None` if braces are not balanced, or there are more than the decoder is given.
fn decode(text: &str) -> Option<String> {
    if !text.contains(['\\', '{', '}', '$']) && !text.contains("--") {
        return Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let (n_marks, n_formulas) = count(text)?;
    if n_marks > MAX_MARKS || text.len() > MAX_BYTES {
        return None;
    }
    // The decoder puts an accent on the next character, which is the backslash of an i without its dot.
    let dotted = ACCENTS
        .iter()
        .fold(text.to_owned(), |text, accent| text.replace(&format!("\\{accent}\\i"), &format!("\\{accent}i")));
    let text = dotted.as_str();
    // A sum of money is no formula.
    let priced = if n_formulas % 2 == 1 { text.replace("\\$", "$").replace('$', "\\$") } else { text.to_owned() };
    let value = Pair::new(at(FIELD), at(vec![at(RawChunk::Normal(&priced))]));
    let entry = RawEntry { key: at("entry"), kind: at("misc"), fields: vec![value] };
    let raw = RawBibliography { preamble: String::new(), entries: vec![at(entry)], abbreviations: Vec::new() };
    let parsed = catch_unwind(AssertUnwindSafe(|| Bibliography::from_raw(raw))).ok()?.ok()?;
    Some(parsed.get("entry")?.get(FIELD)?.format_verbatim().trim().to_owned())
}

/// Wraps a value as the decoder takes it; its position does not matter.
fn at<T>(value: T) -> Spanned<T> {
    Spanned::new(value, 0..0)
}

/// Counts the braces and formula signs of a text, and the latter alone; `None` if braces are not balanced or too deep.
fn count(text: &str) -> Option<(usize, usize)> {
    let (mut depth, mut n_braces, mut n_formulas, mut is_escaped) = (0_usize, 0, 0, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'{' if depth == MAX_DEPTH => return None,
            b'{' => (depth, n_braces) = (depth + 1, n_braces + 1),
            b'}' => (depth, n_braces) = (depth.checked_sub(1)?, n_braces + 1),
            b'$' => n_formulas += 1,
            _ => {}
        }
    }
    (depth == 0).then_some((n_braces + n_formulas, n_formulas))
}

fn without_braces(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '{' | '}')).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_what_they_stand_for() {
        for (raw, expected, reason) in [
            ("A plain\n  kite.", "A plain kite.", "lines are joined"),
            ("A {GPU} {T}ree", "A GPU Tree", "braces that keep capitals"),
            (r#"Caf\'{e} na{\"\i}ve Erd\H{o}s \v{S} {\o}re"#, "Café naïve Erdős Š øre", "accents"),
            (r"50\% of R\&D", "50% of R&D", "escapes"),
            ("a -- b --- c", "a – b — c", "dashes"),
            ("so $x^2$ grows", "so $x^2$ grows", "formulas stay"),
            ("it costs $5 more", "it costs $5 more", "money"),
            (r"an \emph{old} kite", r"an \emph{old} kite", "other commands stay"),
            ("an open {brace", "an open brace", "braces that are not balanced"),
            ("One.\n\n Two.", "One.\n\nTwo.", "paragraphs"),
            ("{One.\n\nTwo.}", "One. Two.", "a brace over paragraphs"),
        ] {
            assert_eq!(decoded(raw), expected, "{reason}");
        }
    }

    #[test]
    fn depth_and_number_of_braces_do_no_harm() {
        let deep = r"\a{".repeat(1_000_000) + &"}".repeat(1_000_000);
        assert_eq!(decoded(&deep).len(), 2_000_000);
        assert_eq!(decoded(&"{a}".repeat(100_000)).len(), 100_000);
    }
}
