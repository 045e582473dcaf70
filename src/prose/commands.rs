//! LaTeX: environments and commands.

use super::lines::prefix;
use super::rules::{Cut, Rule};
use super::{math, tex_names, tex_symbols};

/// Maximum length of an environment, in bytes.
const LONGEST_ENVIRONMENT: usize = 20_000;
/// Maximum length of a command's name, in bytes.
const LONGEST_NAME: usize = 30;
/// Maximum length of a command's argument in a formula, in bytes; a longer one is text.
const LONGEST_ARGUMENT: usize = 40;
/// Length within which two words begin an argument that is text, in bytes.
const LONGEST_WORDS: usize = 60;
/// Maximum length of an argument that is not text, in bytes.
const LONGEST_KEY: usize = 300;

/// Commands whose arguments are keys.
const CITING: [&str; 8] = ["cite", "ref", "eqref", "autoref", "cref", "Cref", "pageref", "label"];
/// Commands whose arguments are not text.
const WITH_KEYS: [&str; 7] =
    ["end", "includegraphics", "bibliography", "bibliographystyle", "vspace", "hspace", "usepackage"];
/// Commands around text that is kept.
#[rustfmt::skip]
const AROUND_TEXT: [&str; 34] = [
    "emph", "textbf", "textit", "texttt", "textsc", "textsf", "textrm", "textnormal", "underline", "uline", "section", "subsection",
    "subsubsection", "paragraph", "subparagraph", "chapter", "title", "caption", "footnote", "item", "bf", "it", "em", "tt", "sc", "noindent",
    "par", "newline", "newpage", "centering", "text", "mbox", "href", "todo",
];
/// Commands that mark text as new, old or important. All of it is its writer's, also what is struck out, as in `<del>` and `~~...~~`.
#[rustfmt::skip]
const MARKING: [&str; 21] = [
    "added", "changed", "dashuline", "deleted", "dotuline", "enquote", "highlight", "hl", "makebox", "replaced", "so", "sout", "st", "textmd",
    "textquote", "textsl", "textup", "ul", "uuline", "uwave", "xout",
];
/// Commands around text whose first argument is none: a colour, a width, a language.
const WITH_KEY: [&str; 6] = ["colorbox", "foreignlanguage", "parbox", "raisebox", "selectlanguage", "textcolor"];
const FORMULAS: [&str; 12] = [
    "equation",
    "align",
    "alignat",
    "aligned",
    "gather",
    "multline",
    "eqnarray",
    "displaymath",
    "math",
    "flalign",
    "cases",
    "array",
];
const TABLES: [&str; 4] = ["table", "tabular", "tabularx", "longtable"];
const CODE: [&str; 5] = ["verbatim", "lstlisting", "minted", "algorithm", "algorithmic"];

/// Returns the cut for what the backslash at `at` begins; if it is not cut, the position to go on from.
pub(super) fn find(text: &str, at: usize) -> Result<Cut, usize> {
    // Some dumps have every backslash twice.
    let start = at + text[at..].bytes().take_while(|&byte| byte == b'\\').count();
    let rest = &text[start..];
    match rest.as_bytes().first() {
        Some(b'[') if start - at == 2 && skip_len(&rest[1..]).is_some() => {
            Ok(Cut::inline(Rule::Markup, at..start + 1 + skip_len(&rest[1..]).unwrap_or(0)))
        }
        Some(&opening @ (b'(' | b'[')) => {
            let end = math::bracketed_end(text.as_bytes(), start + 1, opening).ok_or(start + 1)?;
            Ok(Cut::inline(Rule::Math, at..end))
        }
        Some(byte) if byte.is_ascii_alphabetic() => command(text, at, start),
        Some(byte) if breaks_line(start - at, *byte) => Ok(Cut::inline(Rule::Markup, at..start)),
        Some(byte) if byte.is_ascii() => Err(start + 1),
        _ => Err(start),
    }
}

/// Returns whether backslashes before this byte break a line: LaTeX's two before white space, Markdown's one at a line's end.
///
/// Neither ends a sentence.
fn breaks_line(n_backslashes: usize, next: u8) -> bool {
    matches!(next, b'\n' | b'\r') || n_backslashes > 1 && matches!(next, b' ' | b'\t')
}

/// Returns the length of the space in "\\\\[2pt]" with its closing bracket, given what follows the opening one.
fn skip_len(inside: &str) -> Option<usize> {
    let n_digits = inside.bytes().take_while(|byte| byte.is_ascii_digit() || b".-".contains(byte)).count();
    let unit = inside[n_digits..].get(..3)?;
    (n_digits > 0 && ["pt]", "em]", "ex]", "mm]", "cm]", "in]"].contains(&unit)).then_some(n_digits + 3)
}

/// Returns whether only white space stands before `at` in its line.
fn begins_line(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '\r'])
}

/// Returns whether TeX has a command of this name.
pub(super) fn is_known(name: &str) -> bool {
    let is_around = AROUND_TEXT.contains(&name) || CITING.contains(&name) || name.starts_with("cite");
    is_around
        || WITH_KEYS.contains(&name)
        || matches!(name, "begin" | "url" | "href")
        || tex_names::is_known(name)
        || tex_symbols::symbol(name).is_some()
}

/// Returns the command whose name begins at `start`, if TeX has it or it has an argument; otherwise the position to go on from.
fn command(text: &str, at: usize, start: usize) -> Result<Cut, usize> {
    let len = text[start..].bytes().take(LONGEST_NAME).take_while(u8::is_ascii_alphabetic).count();
    let name = &text[start..start + len];
    let has_argument = text[start + len..].starts_with(|c: char| "{[_^".contains(c) || c.is_ascii_digit());
    if len == 1 || has_argument || is_known(name) { Ok(known_command(text, at, start)) } else { Err(start + len) }
}

/// Returns the cut for the command whose name begins at `start`.
fn known_command(text: &str, at: usize, start: usize) -> Cut {
    let len = text[start..].bytes().take(LONGEST_NAME).take_while(u8::is_ascii_alphabetic).count();
    let (name, after) = (&text[start..start + len], start + len);
    let starred = after + usize::from(text[after..].starts_with('*'));
    if name == "begin" {
        return environment(text, at, after);
    }
    if name.starts_with("cite") || CITING.contains(&name) {
        return Cut::inline(Rule::Citation, at..arguments_end(text, starred, LONGEST_KEY, usize::MAX));
    }
    match name {
        _ if WITH_KEYS.contains(&name) => {
            Cut::inline(Rule::Markup, at..arguments_end(text, starred, LONGEST_KEY, usize::MAX))
        }
        "url" => Cut::inline(Rule::Url, at..arguments_end(text, after, LONGEST_KEY, 1)),
        "href" => Cut::inline(Rule::Url, at..arguments_end(text, after, LONGEST_KEY, 1)),
        // Each item is a paragraph, whether or not a blank line is before it.
        "item" => Cut::block(Rule::Markup, at..after),
        "bullet" if begins_line(text, at) => Cut::block(Rule::Markup, at..after),
        _ if WITH_KEY.contains(&name) => {
            let n_groups = 1 + usize::from(text[starred..].starts_with('['));
            Cut::inline(Rule::Markup, at..arguments_end(text, starred, LONGEST_KEY, n_groups))
        }
        _ if AROUND_TEXT.contains(&name) || MARKING.contains(&name) || is_around_words(text, name, starred) => {
            Cut::inline(Rule::Markup, at..option_end(text, starred))
        }
        _ => Cut::inline(Rule::Math, at..arguments_end(text, after, LONGEST_ARGUMENT, usize::MAX)),
    }
}

/// Returns where the option ends that stands between a command and its text: `\todo[inline]{why}`.
fn option_end(text: &str, at: usize) -> usize {
    let len = if text[at..].starts_with('[') { group_len(&text.as_bytes()[at..], LONGEST_KEY) } else { 0 };
    if text[at + len..].starts_with('{') { at + len } else { at }
}

/// Returns whether a command that TeX does not have is around words, as those are that people define to mark text: `\rev{It is new}`.
fn is_around_words(text: &str, name: &str, after: usize) -> bool {
    let Some(inside) = text[after..].strip_prefix('{') else { return false };
    if tex_names::is_known(name) || name.starts_with("math") {
        return false;
    }
    let mut words = prefix(inside, LONGEST_WORDS).split('}').next().unwrap_or_default().split_whitespace();
    let is_word = |word: &str| {
        let word = word.trim_matches(|c: char| matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | '(' | ')' | '"' | '\''));
        !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
    };
    words.next().is_some_and(is_word) && words.next().is_some_and(is_word)
}

/// Returns the environment whose `\begin` ends at `after`, or that command alone.
fn environment(text: &str, at: usize, after: usize) -> Cut {
    let opened = arguments_end(text, after, LONGEST_NAME, 1);
    let name = text[after..opened].trim_matches(['{', '}']);
    let alone = Cut::inline(Rule::Markup, at..opened);
    let Some((rule, is_block)) = kind(name.trim_end_matches('*')) else { return alone };
    let inside = &text.as_bytes()[opened..text.len().min(opened + LONGEST_ENVIRONMENT)];
    let closing = format!("\\end{{{name}}}");
    match memchr::memmem::find(inside, closing.as_bytes()) {
        Some(len) => Cut { rule, bytes: at..opened + len + closing.len(), is_block },
        None => alone,
    }
}

/// Returns the rule of an environment, and whether a paragraph ends there.
fn kind(environment: &str) -> Option<(Rule, bool)> {
    match environment {
        _ if FORMULAS.contains(&environment) || environment.ends_with("matrix") => Some((Rule::Math, false)),
        _ if TABLES.contains(&environment) => Some((Rule::Table, true)),
        _ if CODE.contains(&environment) => Some((Rule::Code, true)),
        "comment" => Some((Rule::Comment, true)),
        "quote" | "quotation" | "displayquote" => Some((Rule::Quote, true)),
        "thebibliography" => Some((Rule::Bibliography, true)),
        _ => None,
    }
}

/// Returns where the arguments from `at` on end: at most `most` groups in braces or square brackets of at most `longest` bytes.
fn arguments_end(text: &str, mut at: usize, longest: usize, most: usize) -> usize {
    for _ in 0..most {
        match group_len(&text.as_bytes()[at..], longest) {
            0 => break,
            len => at += len,
        }
    }
    at
}

/// Returns the length of the group in braces or square brackets that begins `bytes`, or 0; no group has a blank line.
fn group_len(bytes: &[u8], longest: usize) -> usize {
    let (opening, closing) = match bytes.first() {
        Some(b'{') => (b'{', b'}'),
        Some(b'[') => (b'[', b']'),
        _ => return 0,
    };
    let mut depth = 0_usize;
    for (at, &byte) in bytes.iter().take(longest + 2).enumerate() {
        if byte == b'\n' && math::begins_blank_line(&bytes[at..]) {
            return 0;
        }
        depth += usize::from(byte == opening);
        depth -= usize::from(byte == closing);
        if depth == 0 {
            return at + 1;
        }
    }
    0
}
