//! Puts together what several records say.

use std::fmt::Display;

/// Returns what each of `items` says, with `separator` between them.
pub fn joined<T: Display>(items: impl IntoIterator<Item = T>, separator: &str) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(separator)
}

/// Returns a text with the name of what it is about before it: `2024: text`; the text alone without a name.
pub fn named(name: &str, text: impl Display) -> String {
    if name.is_empty() { text.to_string() } else { format!("{name}: {text}") }
}
