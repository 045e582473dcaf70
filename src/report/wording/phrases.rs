//! Puts together what several records say.

#[cfg(feature = "cli")]
use std::borrow::Borrow;
use std::fmt::Display;

#[cfg(feature = "cli")]
use crate::numbers::thousands;

/// Returns what each of `items` says, with `separator` between them.
pub fn joined<T: Display>(items: impl IntoIterator<Item = T>, separator: &str) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(separator)
}

/// Returns the first `n` names, and how many more there are: `a, b and 5 more`.
#[cfg(feature = "cli")]
pub fn first_of<T: Borrow<str>>(names: &[T], n: usize) -> String {
    let shown = names[..names.len().min(n)].join(", ");
    match names.len().saturating_sub(n) {
        0 => shown,
        more => format!("{shown} and {} more", thousands(more)),
    }
}

/// Returns a text with the name of what it is about before it: `2024: text`; the text alone without a name.
pub fn named(name: &str, text: impl Display) -> String {
    if name.is_empty() { text.to_string() } else { format!("{name}: {text}") }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    #[test]
    fn of_many_names_the_first_are_told() {
        assert_eq!(first_of(&["a", "b"], 2), "a, b");
        assert_eq!(first_of(&["a", "b", "c"], 2), "a, b and 1 more");
        assert_eq!(first_of(&["a".to_owned()], 2), "a");
    }
}
