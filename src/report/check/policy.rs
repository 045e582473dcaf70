//! The policy in force, for people.

use serde_json::Value;

use super::super::table::{aligned, trimmed};
use crate::check::PolicyInForce;

/// Renders a table of every key with its value and its source.
pub fn render_policy(policy: &PolicyInForce) -> String {
    let mut table = aligned(["key", "value", "source"].map(str::to_owned).to_vec(), 3);
    table.add_rows(policy.0.iter().map(|row| [row.key.to_owned(), shown(&row.value), row.source.clone()]));
    trimmed(&table)
}

/// Formats a value of the table.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.is_empty() => "-".to_owned(),
        Value::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Object(of) => match (of.get("group"), of.get("until"), of.get("reason")) {
            (Some(Value::Object(group)), Some(until), Some(reason)) => {
                let values: Vec<String> =
                    group.iter().map(|(column, value)| format!("{column} {}", shown(value))).collect();
                format!("{} until {} ({})", values.join(" "), shown(until), shown(reason))
            }
            _ => value.to_string(),
        },
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
