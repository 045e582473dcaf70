//! Finds values of columns that only one side of the known texts has: a field with LLM text only is learnt as LLM text.

use std::collections::BTreeMap;

use crate::corpus::{Columns, Document};

/// Columns that name a field or a form, if a file has them.
pub(super) const FIELD_COLUMNS: [&str; 3] = ["venue", "field", "category"];
/// Maximum number of values that a warning names.
const N_NAMED: usize = 6;

/// Numbers of human and LLM documents with each value of each column.
#[derive(Debug, Default)]
pub(super) struct OneSided(BTreeMap<String, BTreeMap<String, [u64; 2]>>);

impl OneSided {
    /// Counts the values that a document has in the columns `names`.
    pub fn note(&mut self, document: &Document, columns: &Columns, names: &[String], is_human: bool) {
        for name in names {
            if let Some(value) = document.value(columns, name).filter(|value| !value.trim().is_empty()) {
                let counts = self.0.entry(name.clone()).or_default().entry(value.to_owned()).or_default();
                counts[usize::from(!is_human)] += 1;
            }
        }
    }

    /// Returns a warning for every column and side with values that the other side lacks, and for every column that only LLM
    /// text has; one that only human text has gives none.
    pub fn warnings(&self) -> Vec<String> {
        self.0.iter().flat_map(|(column, values)| of_column(column, values)).collect()
    }
}

fn of_column(column: &str, values: &BTreeMap<String, [u64; 2]>) -> Vec<String> {
    let n_of = |side: usize| values.values().map(|counts| counts[side]).sum::<u64>();
    if n_of(1) == 0 {
        return vec![];
    }
    if n_of(0) == 0 {
        let named = named(&values.keys().map(String::as_str).collect::<Vec<_>>());
        return vec![format!(
            "{column} {named}: no human text has a {column}, so it is unknown whether words of these topics are learnt as LLM words \
             [give human text the column `{column}`, with the same names]"
        )];
    }
    let of_side = |(side, [own, other]): (usize, [&str; 2])| {
        let only: Vec<&str> =
            values.iter().filter(|(_, n)| n[side] > 0 && n[1 - side] == 0).map(|(value, _)| value.as_str()).collect();
        (!only.is_empty()).then(|| {
            format!(
                "{column} {}: only {own} text, so words of its topics are learnt as {own} words [add {other} text of it, or leave it out]",
                named(&only)
            )
        })
    };
    [(0, ["human", "LLM"]), (1, ["LLM", "human"])].into_iter().filter_map(of_side).collect()
}

/// Joins the first of some values, and says how many more there are.
fn named(values: &[&str]) -> String {
    let more = if values.len() > N_NAMED { format!(" and {} more", values.len() - N_NAMED) } else { String::new() };
    values.iter().take(N_NAMED).copied().collect::<Vec<_>>().join(", ") + &more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_one_side_are_named_where_both_have_the_column() {
        let values = |pairs: &[(&str, [u64; 2])]| pairs.iter().map(|(value, n)| ((*value).to_owned(), *n)).collect();
        let found = of_column("field", &values(&[("CS", [9, 9]), ("medicine", [0, 5]), ("law", [2, 0])]));
        assert_eq!(found.len(), 2);
        assert!(found[0].starts_with("field law: only human text"), "{found:?}");
        assert!(found[1].starts_with("field medicine: only LLM text"), "{found:?}");
        assert_eq!(of_column("field", &values(&[("CS", [9, 0])])), Vec::<String>::new());
        assert_eq!(of_column("field", &values(&[("CS", [9, 9])])), Vec::<String>::new());
    }

    #[test]
    fn a_column_that_only_llm_text_has_is_told() {
        let values = [("law", [0, 5]), ("medicine", [0, 5])].map(|(value, n)| (value.to_owned(), n));
        let found = of_column("field", &values.into_iter().collect());
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("field law, medicine: no human text has a field"), "{found:?}");
    }
}
