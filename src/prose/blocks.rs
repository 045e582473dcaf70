//! Whole lines that are not prose: quotes, fenced code, tables, bibliographies, front matter, items of forms, fillers.

use super::lines::{Line, line_at};
use super::rules::{Cut, Rule};
use super::{answers, bibliography, code, filler, forms, front_matter};

/// Returns the blocks of `text`, in order.
pub(super) fn find(text: &str) -> Vec<Cut> {
    let mut blocks: Vec<Cut> = Vec::new();
    let mut fences = code::Fences::new(text);
    let mut bibliographies = bibliography::Bibliographies::new(text);
    let (mut at, mut before) = (0, 0);
    if let Some(end) = front_matter::end(text) {
        blocks.push(Cut::block(Rule::FrontMatter, 0..end));
        (at, before) = (end, end);
    }
    while at < text.len() {
        let (line, next) = line_at(text, at);
        let body = line.trim_start();
        let start = if is_delimiter_row(body) && text[before..at].contains('|') { before } else { at };
        match end_of_block(text, Line { at, body, next }, &mut fences, &mut bibliographies) {
            Some((rule, end)) => {
                blocks.push(Cut::block(rule, start..end));
                (at, before) = (end, end);
            }
            None => (before, at) = (at, next),
        }
    }
    blocks
}

/// Returns the rule and the end of the block that begins with this line.
fn end_of_block(
    text: &str,
    line: Line<'_>,
    fences: &mut code::Fences<'_>,
    bibliographies: &mut bibliography::Bibliographies<'_>,
) -> Option<(Rule, usize)> {
    let Line { at, body, next } = line;
    if let Some(end) = forms::end(text, at, body, next) {
        return Some((Rule::Form, end));
    }
    if let Some(end) = answers::end(text, body, next) {
        return Some((Rule::Form, end));
    }
    if filler::is_filler_line(body) && stands_alone(text, at, next) {
        return Some((Rule::Filler, next));
    }
    let rule = match body.as_bytes().first()? {
        b'[' if is_comment(body) => return Some((Rule::Comment, next)),
        b'>' if is_quoted(body) => return Some((Rule::Quote, end_of_run(text, next, is_quoted))),
        b'`' | b'~' => return fences.end(line).map(|end| (Rule::Code, end)),
        b'|' if is_row(body) => return Some((Rule::Table, end_of_run(text, next, is_row))),
        0xe2 if is_drawn_row(body) => return Some((Rule::Table, end_of_run(text, next, is_drawn_row))),
        b'-' | b':' if is_delimiter_row(body) => Rule::Table,
        _ => return bibliographies.end(line).map(|end| (Rule::Bibliography, end)),
    };
    Some((rule, end_of_run(text, next, |line| line.contains('|'))))
}

/// Returns whether a line is a comment of Markdown, which is a link to nowhere with a title: `[//]: # (Be kind.)`, `[a]: <> "So."`.
fn is_comment(body: &str) -> bool {
    let target = body.split_once("]: ").map(|(_, target)| target.trim());
    let title = target.and_then(|target| target.strip_prefix('#').or_else(|| target.strip_prefix("<>")));
    title.map(str::trim).is_some_and(|title| {
        ["()", "\"\"", "''"].iter().any(|marks| title.starts_with(&marks[..1]) && title.ends_with(&marks[1..]))
            || title.is_empty()
    })
}

/// Returns whether the lines before `at` and from `next` on are blank.
fn stands_alone(text: &str, at: usize, next: usize) -> bool {
    let before = text[..at].trim_end();
    let gap = &text[before.len()..at];
    let is_first = before.is_empty() || gap.matches('\n').count().max(gap.matches('\r').count()) > 1;
    is_first && (next >= text.len() || line_at(text, next).0.trim().is_empty())
}

/// Returns where the lines of a kind that begin at `at` end.
fn end_of_run(text: &str, mut at: usize, is_of_kind: impl Fn(&str) -> bool) -> usize {
    while at < text.len() {
        let (line, next) = line_at(text, at);
        if !is_of_kind(line.trim_start()) {
            break;
        }
        at = next;
    }
    at
}

/// Returns whether a line quotes; "> 0.5" and ">= 3" compare, "> 2. text" quotes a list.
fn is_quoted(body: &str) -> bool {
    let inside = body.trim_start_matches('>');
    if inside.len() == body.len() || inside.starts_with('=') {
        return false;
    }
    let inside = inside.trim_start_matches(['>', ' ', '\t']).as_bytes();
    let n_digits = inside.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match &inside[n_digits..] {
        [b'.', next, ..] if n_digits == 0 => !next.is_ascii_digit(),
        [b'.' | b')', b' ' | b'\t', ..] => n_digits < 4,
        _ => n_digits == 0,
    }
}

/// Returns whether a line is a row of a table by itself, and not a norm.
fn is_row(body: &str) -> bool {
    body.len() > 2 && body.starts_with('|') && !body.starts_with("||") && body.trim_end().ends_with('|')
}

/// Returns whether a line is a row or a border of a table drawn with box characters.
fn is_drawn_row(body: &str) -> bool {
    let is_bar = |c: char| matches!(c, '│' | '┃' | '║');
    let is_drawn = |c: char| ('\u{2500}'..='\u{257f}').contains(&c);
    let body = body.trim_end();
    body.starts_with(is_bar) && body.len() > 3 && body.ends_with(is_bar)
        || body.starts_with(is_drawn) && body.chars().all(|c| is_drawn(c) || c == ' ')
}

/// Returns whether a line is the one under the head of a table without bars at its ends.
fn is_delimiter_row(body: &str) -> bool {
    let starts = matches!(body.as_bytes().first(), Some(b'-' | b':'));
    starts && body.contains('|') && body.contains("--") && body.trim_end().bytes().all(|byte| b"|-: \t".contains(&byte))
}
