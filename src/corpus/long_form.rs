//! Recognises tables in the long form: a row is one field of a record, with the field's name in one column and its value in another.

use super::names::plain;
use super::problem::Problem;
use super::sampled::{Column, SampledColumns};

/// Names of columns, as [`plain`] has them, with the names of fields, and with their values.
const FIELDS: [&str; 7] = ["field", "fieldname", "key", "attribute", "variable", "question", "section"];
const VALUES: [&str; 5] = ["value", "fieldvalue", "answer", "val", "entry"];
/// Number of columns beside these two from which a table is hardly in the long form.
const MAX_OTHERS: usize = 3;

/// Refuses a table in the long form, of which no column is the text.
pub(super) fn refuse_long_form(columns: &SampledColumns) -> Result<(), Problem> {
    let named = |names: &[&str]| columns.columns.iter().find(|column| names.contains(&plain(&column.name).as_str()));
    let Some((field, value)) = named(&FIELDS).zip(named(&VALUES)) else { return Ok(()) };
    let others: Vec<&Column> =
        columns.columns.iter().filter(|of| of.name != field.name && of.name != value.name).collect();
    let are_names = field.values.labels().is_some_and(|labels| labels.len() > 1) && field.repeats.recur();
    let has_record = others.iter().any(|column| column.repeats.recur() && column.repeats.n_distinct() > 1);
    if !are_names || !has_record || others.len() > MAX_OTHERS {
        return Ok(());
    }
    Err(Problem::LongForm { field: field.name.clone(), value: value.name.clone() })
}
