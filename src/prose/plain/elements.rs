//! The effect of the elements of HTML, JATS, TEI and the like on the text in them.

use super::super::rules::Rule;

/// The effect of an element on its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A sentence ends where it begins and ends.
    Block,
    /// The text runs through it.
    Inline,
    /// A line's or page's end that ends no sentence.
    Space,
    /// Content that is not its writer's prose, with the rule that cuts it and whether a sentence ends there.
    Hidden(Rule, bool),
    Unknown,
}

/// Returns the kind of the element with this local name, in small letters.
pub(super) fn kind(name: &str) -> Kind {
    let is_in = |names: &[&str]| names.binary_search(&name).is_ok();
    match name {
        "script" | "style" | "title" | "template" | "svg" | "noscript" | "iframe" | "object" => {
            Kind::Hidden(Rule::Markup, true)
        }
        "math" | "tex-math" | "inline-formula" | "formula" | "equation" | "texmath" => Kind::Hidden(Rule::Math, false),
        "disp-formula" => Kind::Hidden(Rule::Math, false),
        "table" | "table-wrap" => Kind::Hidden(Rule::Table, true),
        "pre" => Kind::Hidden(Rule::Code, true),
        "code" | "samp" | "kbd" => Kind::Hidden(Rule::Code, false),
        "blockquote" | "disp-quote" => Kind::Hidden(Rule::Quote, true),
        "ref-list" | "listbibl" => Kind::Hidden(Rule::Bibliography, true),
        "lb" | "pb" | "cb" => Kind::Space,
        _ if is_in(BLOCKS) => Kind::Block,
        _ if is_in(INLINES) => Kind::Inline,
        _ => Kind::Unknown,
    }
}

/// Returns whether an unclosed opening tag of this name is a tag, and not a word in angle brackets ("<image>", "<s>").
pub(super) fn stands_alone(name: &str) -> bool {
    if name == "p" {
        return true;
    }
    name.len() > 1 && kind(name) != Kind::Unknown && PLACEHOLDERS.binary_search(&name).is_err()
}

/// Returns whether an attribute of this name needs no value.
pub(super) fn is_flag(name: &str) -> bool {
    ["async", "checked", "compact", "controls", "defer", "disabled", "hidden", "noshade", "nowrap", "open", "selected"]
        .contains(&name)
}

/// Elements that are blocks, sorted.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "abstract", "abstracttext", "ack", "address", "app", "article", "article-title", "aside", "back", "body",
    "boxed-text", "br", "break", "caption", "center", "chapter", "col", "colgroup", "dd", "def", "def-item",
    "def-list", "details", "dialog", "dir", "div", "dl", "dt", "eol", "fieldset", "fig", "figcaption", "figure",
    "fn", "fn-group", "footer", "form", "frame", "frameset", "front", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hr", "html", "item", "kwd", "kwd-group", "label", "legend", "li", "linebreak", "list", "list-item",
    "main", "menu", "meta", "nav", "newline", "nl", "note", "ol", "optgroup", "option", "p", "para", "paragraph",
    "sec", "section", "sentence", "simpara", "speech", "stanza", "statement", "subtitle", "summary", "tbody", "td",
    "term", "text", "textarea", "tfoot", "th", "thead", "title-group", "tr", "trans-abstract", "ul", "verse",
    "verse-group", "xml", "zone",
];

/// Elements that the text runs through, sorted.
#[rustfmt::skip]
const INLINES: &[&str] = &[
    "a", "abbr", "abbrev", "acronym", "area", "audio", "b", "base", "bdi", "bdo", "big", "bold", "button", "canvas",
    "chem", "cite", "data", "del", "dfn", "em", "email", "embed", "emph", "emphasis", "ext-link", "font", "foreign",
    "hi", "highlight", "i", "img", "inf", "inline-graphic", "input", "ins", "institution", "italic", "link", "mark",
    "meter", "monospace", "name", "named-content", "nobr", "output", "overline", "picture", "progress", "q", "ref",
    "rid", "roman", "rp", "rt", "ruby", "s", "sans-serif", "sc", "select", "small", "source", "span", "strike",
    "strong", "styled-content", "sub", "subscript", "sup", "superscript", "symbol", "time", "tt", "u", "ulink",
    "underline", "uri", "url", "var", "video", "wbr", "xref",
];

/// Names that stand in angle brackets in running text as well, sorted.
#[rustfmt::skip]
const PLACEHOLDERS: &[&str] = &[
    "abstract", "address", "answer", "app", "article", "audio", "back", "body", "button", "caption", "cite", "code",
    "data", "date", "def", "details", "email", "equation", "fig", "figure", "fn", "footer", "form", "formula",
    "front", "head", "header", "highlight", "image", "input", "item", "kwd", "label", "link", "list", "main", "map",
    "mark", "math", "meter", "name", "note", "object", "option", "output", "para", "paragraph", "pre", "quote",
    "ref", "script", "section", "select", "sentence", "source", "speech", "statement", "style", "sub", "summary",
    "sup", "symbol", "table", "template", "term", "text", "time", "title", "url", "verse", "video",
];
