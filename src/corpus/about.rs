//! Recognises files that are about the other files of a folder, by their content.

use super::context::Context;
use super::error::CorpusError;
use super::problem::Problem;
use super::sampled::SampledColumns;

/// Keys that together are those of a description of a data set: of Hugging Face's `datasets`, Croissant, Frictionless, Zenodo.
const DESCRIPTIONS: [&[&str]; 6] = [
    &["features", "splits"],
    &["_data_files", "_fingerprint"],
    &["@context", "distribution"],
    &["@context", "recordSet"],
    &["resources", "profile"],
    &["creators", "upload_type"],
];

/// Returns whether an object with these keys describes a data set.
pub(super) fn is_description(has: impl Fn(&str) -> bool) -> bool {
    DESCRIPTIONS.iter().any(|keys| keys.iter().all(|key| has(key)))
}

/// Fails for a table that was found beside texts and has a column with their names.
pub(super) fn refuse_about_texts(context: &Context, columns: &SampledColumns) -> Result<(), CorpusError> {
    let names_text = |value: &str| context.input.is_beside_text(value);
    match columns.columns.iter().filter_map(|column| column.values.example()).any(names_text) {
        true => Err(context.problem(Problem::AboutOthers)),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_told_by_their_keys() {
        let is = |keys: &[&str]| is_description(|key| keys.contains(&key));
        assert!(is(&["description", "features", "splits", "version"]));
        assert!(!is(&["id", "text", "features"]));
    }
}
