//! Names a group.

/// Returns the values of a group in words.
pub fn group_name(values: &[(String, Option<String>)]) -> String {
    if values.is_empty() {
        return "all documents".to_owned();
    }
    values.iter().map(|(_, value)| value.as_deref().unwrap_or("(none)")).collect::<Vec<_>>().join(" ")
}
