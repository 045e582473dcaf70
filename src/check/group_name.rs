//! Names a group.

/// Returns the values of a group in words.
pub(crate) fn group_name(values: &[(String, Option<String>)]) -> String {
    if values.is_empty() { "all documents".to_owned() } else { crate::estimate::group_name(values) }
}
