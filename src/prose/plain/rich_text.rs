//! Rich text as editors store it in JSON: documents of ProseMirror, Atlassian, Slate, Lexical and Draft.js, and Quill's inserts.

use serde_json::{Map, Value};

/// Members of a node that hold other nodes.
const CHILDREN: [&str; 7] = ["content", "children", "blocks", "root", "document", "data", "items"];
/// Types of nodes that the text runs through.
const INLINE: [&str; 12] = [
    "a",
    "autolink",
    "code_inline",
    "emoji",
    "hyperlink",
    "inlineCard",
    "inlineCode",
    "link",
    "mark",
    "mention",
    "status",
    "text",
];

/// Returns the text of a document that is nothing but rich text, a paragraph for each block; `None` for any other.
pub(super) fn text(text: &str) -> Option<String> {
    let text = text.trim();
    let is_json = text.starts_with('{') && text.ends_with('}') || text.starts_with("[{") && text.ends_with("}]");
    if !is_json {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let mut plain = String::with_capacity(text.len() / 2);
    if let Some(inserts) = inserts(&value) {
        inserts.iter().filter_map(|insert| insert.get("insert")?.as_str()).for_each(|insert| plain.push_str(insert));
    } else if is_document(&value) {
        push(&value, "", &mut plain);
    } else {
        return None;
    }
    Some(plain)
}

/// Returns whether a value is a document of rich text.
#[cfg(feature = "files")]
pub(crate) fn is_rich_text(value: &Value) -> bool {
    inserts(value).is_some() || is_document(value)
}

/// Returns the inserts of Quill: `{"ops": [{"insert": "One."}]}`.
fn inserts(value: &Value) -> Option<&Vec<Value>> {
    let inserts = value.get("ops").unwrap_or(value).as_array()?;
    (!inserts.is_empty() && inserts.iter().all(|insert| insert.get("insert").is_some())).then_some(inserts)
}

/// Returns whether a value is a document: nodes in a member that holds nodes, or in a list.
fn is_document(value: &Value) -> bool {
    let are_nodes =
        |value: &Value| value.as_array().is_some_and(|nodes| !nodes.is_empty() && nodes.iter().all(is_node));
    let is_typed =
        value.get("type").or_else(|| value.get("nodeType")).is_some_and(|kind| kind == "doc" || kind == "document");
    let root = value.get("root").or_else(|| value.get("document")).unwrap_or(value);
    is_typed && value.get("content").is_some_and(are_nodes)
        || ["children", "blocks"].iter().any(|name| root.get(name).is_some_and(are_nodes))
        || are_nodes(value)
}

/// Returns whether a value is a node with others in it, or a block of Draft.js with its text.
fn is_node(value: &Value) -> bool {
    let Some(node) = value.as_object() else { return false };
    let has_children = ["content", "children"].iter().any(|name| node.get(*name).is_some_and(Value::is_array));
    let has_own = || ["text", "attrs", "data"].iter().any(|name| node.contains_key(*name)) || node.len() == 1;
    has_children || node.contains_key("type") && has_own()
}

/// Appends the text of a value to `plain`; `mark` begins the lines of blocks in it.
fn push(value: &Value, mark: &str, plain: &mut String) {
    match value {
        Value::Array(nodes) => nodes.iter().for_each(|node| push(node, mark, plain)),
        Value::Object(node) => push_node(node, mark, plain),
        Value::String(item) => plain.extend(["\n\n", item]),
        _ => {}
    }
}

fn push_node(node: &Map<String, Value>, mark: &str, plain: &mut String) {
    let kind = node.get("type").or_else(|| node.get("nodeType")).and_then(Value::as_str).unwrap_or("");
    if matches!(kind, "hardBreak" | "hard_break" | "linebreak" | "br") {
        plain.push('\n');
        return;
    }
    let own = node.get("text").or_else(|| node.get("value").filter(|_| kind == "text")).and_then(Value::as_str);
    let is_inline = INLINE.contains(&kind) || kind.is_empty() && own.is_some();
    let mark = match kind {
        "blockquote" | "block-quote" | "quote" => "> ",
        _ => mark,
    };
    let is_code = matches!(kind, "codeBlock" | "code_block" | "code-block" | "code");
    if !is_inline {
        plain.push_str("\n\n");
        plain.push_str(if is_code { "```\n" } else { mark });
    }
    plain.push_str(own.unwrap_or(""));
    CHILDREN.iter().filter_map(|name| node.get(*name)).for_each(|value| push(value, mark, plain));
    if !is_inline {
        plain.push_str(if is_code { "\n```\n\n" } else { "\n\n" });
    }
}
