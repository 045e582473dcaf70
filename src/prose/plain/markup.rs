//! HTML and XML in a text: tags are removed, blocks end sentences, and content that is not the writer's prose goes with its tags.

use std::ops::Range;

use super::super::gaps::close_gap;
use super::super::lines::continues;
use super::super::rules::{Cut, Rule};
use super::super::tally::Tally;
use super::elements::{Kind, kind};
use super::tags::{Form, Tag, find};

/// Length, in bytes, above which the content of an unknown element is more than a phrase.
const LONGEST_PHRASE: usize = 200;
/// Number of words from which a sentence in such an element stands by itself.
const FEWEST_WORDS: usize = 3;
/// Minimum number of line breaks within sentences for a text that was wrapped by them.
const FEWEST_WRAPS: usize = 2;
/// Minimum length of a line that a program has broken, in bytes; items of lists are shorter.
const FULL_LINE: usize = 40;

/// A piece to cut, and its replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    cut: Cut,
    gap: Gap,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing,
    Space,
    Paragraph,
    /// A line break.
    Line,
    /// A space where words would touch.
    Apart,
    /// A box to tick, which begins a line.
    Box,
}

/// Returns the text without its tags, and counts what is cut. `None` if there are none.
pub(super) fn stripped(text: &str, tally: &mut Tally) -> Option<String> {
    memchr::memchr(b'<', text.as_bytes())?;
    let tags = find(text);
    if tags.is_empty() {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    let mut from = 0;
    let wraps = wraps_lines(text, &tags);
    for Piece { cut, gap } in pieces(text, &tags) {
        let piece = &text[cut.bytes.clone()];
        tally.count_cut(cut.rule, piece);
        tally.n_characters += piece.chars().count() as u64;
        plain.push_str(&text[from..cut.bytes.start]);
        from = cut.bytes.end;
        let is_wrap = wraps && gap == Gap::Paragraph && is_break(piece);
        fill(&mut plain, if is_wrap { Gap::Line } else { gap }, piece, &text[from..]);
    }
    plain.push_str(&text[from..]);
    let has_data = tags.iter().any(|tag| tag.form == Form::Cdata);
    Some(if has_data { plain.replace("]]>", "") } else { plain })
}

/// Appends the replacement of a piece between `plain` and `rest`.
fn fill(plain: &mut String, gap: Gap, piece: &str, rest: &str) {
    match gap {
        Gap::Nothing => {}
        Gap::Space => plain.push(' '),
        Gap::Apart => close_gap(plain, piece, rest),
        Gap::Box => plain.push_str("\n\n☐ "),
        Gap::Line => plain.push_str(if rest.starts_with(['\n', '\r']) { "" } else { "\n" }),
        Gap::Paragraph if is_within_word(plain, rest) => {
            plain.push_str(if rest.starts_with(['\n', '\r']) { "" } else { "\n" })
        }
        Gap::Paragraph => {
            let line = plain[memchr::memrchr(b'\n', plain.as_bytes()).map_or(0, |end| end + 1)..].trim_start();
            // A row of a table stays one line, and a quote goes on.
            let (is_row, is_quote) = (line.starts_with('|'), line.starts_with('>') || line.starts_with("&gt;"));
            let goes_on = !rest.is_empty() && !rest.starts_with(['\n', '\r']);
            plain.push_str(match () {
                () if is_row => " ",
                () if is_quote && goes_on => "\n>\n> ",
                () => "\n\n",
            });
        }
    }
}

/// Returns whether a program has wrapped the lines of a text by `<br>`: many of them stand within sentences.
fn wraps_lines(text: &str, tags: &[Tag<'_>]) -> bool {
    let is_within = |tag: &&Tag<'_>| {
        let line = text[..tag.bytes.start].rsplit(['\n', '>']).next().unwrap_or_default().trim_end();
        line.len() >= FULL_LINE && continues(line, text[tag.bytes.end..].trim_start())
    };
    let breaks = || tags.iter().filter(|tag| tag.name == "br");
    let n_within = breaks().filter(is_within).count();
    n_within >= FEWEST_WRAPS && 3 * n_within >= breaks().count()
}

/// Returns whether this is the tag of a line break.
fn is_break(piece: &str) -> bool {
    piece.get(1..3).is_some_and(|name| name.eq_ignore_ascii_case("br"))
}

/// Returns whether a word goes on after a hyphen at the end of a line: "infor-<br>mation".
fn is_within_word(plain: &str, rest: &str) -> bool {
    plain.strip_suffix('-').is_some_and(|part| part.ends_with(char::is_lowercase))
        && rest.trim_start().starts_with(char::is_lowercase)
}

/// Returns the pieces to cut, in order and without overlap.
fn pieces(text: &str, tags: &[Tag<'_>]) -> Vec<Piece> {
    let hides_all = hides_all(text, tags);
    let mut pieces = Vec::with_capacity(tags.len());
    let mut closings = vec![None; tags.len()];
    let mut index = 0;
    while index < tags.len() {
        let tag = &tags[index];
        let hidden = hidden(text, tags, tag).filter(|(rule, _)| !hides_all || is_never_prose(*rule));
        if let (Some((rule, is_block)), Some(closing)) = (hidden, tag.closed_by) {
            let bytes = tag.bytes.start..tags[closing].bytes.end;
            let gap = if is_block { Gap::Paragraph } else { Gap::Apart };
            pieces.push(Piece { cut: Cut { rule, bytes, is_block }, gap });
            index = closing + 1;
            continue;
        }
        let gap = match tag.form {
            Form::Close => closings[index].unwrap_or_else(|| gap(text, tags, tag)),
            _ => gap(text, tags, tag),
        };
        if let Some(closing) = tag.closed_by {
            closings[closing] = Some(gap);
        }
        let rule = if tag.form == Form::Comment { Rule::Comment } else { Rule::Markup };
        pieces.push(Piece { cut: Cut::inline(rule, tag.bytes.clone()), gap: beside(tags, index, gap) });
        index += 1;
    }
    pieces
}

/// Keeps apart the words of consecutive elements that hold one word each.
fn beside(tags: &[Tag<'_>], index: usize, gap: Gap) -> Gap {
    let tag = &tags[index];
    let touches = tags
        .get(index + 1)
        .is_some_and(|next| next.form == Form::Open && next.name == tag.name && next.bytes.start == tag.bytes.end);
    let is_unknown = kind(&tag.name) == Kind::Unknown;
    if gap == Gap::Nothing && tag.form == Form::Close && touches && is_unknown { Gap::Space } else { gap }
}

/// Returns the rule by which an element is cut with its content, and whether a sentence ends there.
fn hidden(text: &str, tags: &[Tag<'_>], tag: &Tag<'_>) -> Option<(Rule, bool)> {
    let closing = tag.closed_by?;
    let content = &text[tag.bytes.end..tags[closing].bytes.start];
    match kind(&tag.name) {
        Kind::Hidden(rule, is_block) => Some((rule, is_block)),
        _ if matches!(tag.name.as_str(), "sup" | "xref" | "ref") && is_reference_mark(text, tag, content) => {
            Some((Rule::Citation, false))
        }
        _ => None,
    }
}

/// Returns whether "<sup>3,4</sup>" or "<xref>[5]</xref>" is the number of a work, and not an exponent.
fn is_reference_mark(text: &str, tag: &Tag<'_>, content: &str) -> bool {
    let is_number = content.len() < 40
        && content.contains(|c: char| c.is_ascii_digit())
        && content.chars().all(|c| c.is_ascii_digit() || " ,;-–[]()*†‡".contains(c));
    let after_word = text[..tag.bytes.start].ends_with(|c: char| c.is_alphanumeric());
    is_number && (tag.name != "sup" || !after_word)
}

/// Returns whether a rule cuts content that is never text, even if nothing else is there.
fn is_never_prose(rule: Rule) -> bool {
    matches!(rule, Rule::Markup | Rule::Math)
}

/// Returns whether all the words of a text are in elements that are cut: a mail in a table, a text in `<pre>`.
fn hides_all(text: &str, tags: &[Tag<'_>]) -> bool {
    let (mut index, mut from) = (0, 0);
    let has_words = |bytes: Range<usize>| text[bytes].contains(char::is_alphanumeric);
    while index < tags.len() {
        let tag = &tags[index];
        if has_words(from..tag.bytes.start) {
            return false;
        }
        let end = tag.closed_by.filter(|_| hidden(text, tags, tag).is_some()).unwrap_or(index);
        from = tags[end].bytes.end;
        index = end + 1;
    }
    !has_words(from..text.len())
}

/// Returns the replacement of a tag.
fn gap(text: &str, tags: &[Tag<'_>], tag: &Tag<'_>) -> Gap {
    match (tag.form, kind(&tag.name)) {
        (Form::Comment, _) => Gap::Apart,
        (Form::Other | Form::Cdata, _) => Gap::Nothing,
        _ if is_box(tag) => Gap::Box,
        (_, Kind::Block | Kind::Hidden(_, true)) => Gap::Paragraph,
        (_, Kind::Space) => Gap::Space,
        (_, Kind::Inline | Kind::Hidden(_, false)) => Gap::Nothing,
        (_, Kind::Unknown) => {
            let content = tag.closed_by.map(|closing| &text[tag.bytes.end..tags[closing].bytes.start]);
            if content.is_some_and(is_passage) { Gap::Paragraph } else { Gap::Nothing }
        }
    }
}

/// Returns whether a tag is a box to tick: `<input type="checkbox">`.
fn is_box(tag: &Tag<'_>) -> bool {
    let is_type = || ["checkbox", "radio"].iter().any(|kind| tag.attributes.to_ascii_lowercase().contains(kind));
    tag.name == "input" && tag.form != Form::Close && is_type()
}

/// Returns whether the content of an unknown element is a sentence or more.
fn is_passage(content: &str) -> bool {
    if content.len() > LONGEST_PHRASE {
        return true;
    }
    let ends = content.trim_end().ends_with(['.', '!', '?', '…', '>']);
    ends && content.split_whitespace().take(FEWEST_WORDS).count() == FEWEST_WORDS
}
