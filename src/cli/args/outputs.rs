//! The output formats of results, and the other choices that help explains one by one.

use std::path::Path;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// The output format of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    Table,
    Json,
    Csv,
    Markdown,
    Html,
}

/// The output format of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckOutput {
    Summary,
    Json,
    Markdown,
    Html,
}

/// The output format of the findings of a lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LintOutput {
    Table,
    Json,
    Markdown,
    Html,
}

/// A language that documents may be in.
#[derive(Debug, Clone, Copy)]
pub enum Language {
    English,
}

/// Returns the parser of a flag that names one of some choices, each with what help says of it.
pub fn one_of_these<T: Copy + Send + Sync + 'static>(
    choices: &'static [(&'static str, T, &'static str)],
) -> impl TypedValueParser<Value = T> {
    let named = move |text: String| choices.iter().find(|(name, ..)| *name == text).map(|(_, choice, _)| *choice);
    PossibleValuesParser::new(choices.iter().map(|(name, _, help)| PossibleValue::new(*name).help(*help)))
        .try_map(move |text| named(text).ok_or("not a choice"))
}

/// Returns the format that was asked for, else the one that the ending of `file` names, else `usual`.
pub fn format_of<T: Copy>(
    asked: Option<T>,
    file: Option<&Path>,
    choices: &[(&'static str, T, &'static str)],
    usual: T,
) -> T {
    let ending = file.and_then(|file| file.extension()).map(|ending| ending.to_string_lossy().to_lowercase());
    let name = match ending.as_deref() {
        Some("md") => Some("markdown"),
        Some("htm") => Some("html"),
        other => other,
    };
    let named = choices.iter().find(|(choice, ..)| Some(*choice) == name).map(|(_, format, _)| *format);
    asked.or(named).unwrap_or(usual)
}

/// Returns the formats of a result, of which `csv` says what its rows are.
pub const fn outputs(csv: &'static str) -> [(&'static str, Output, &'static str); 5] {
    [
        ("table", Output::Table, "An aligned table for people"),
        ("json", Output::Json, "One JSON object with everything"),
        ("csv", Output::Csv, csv),
        ("markdown", Output::Markdown, "A table for a document or an issue"),
        ("html", Output::Html, "One page that opens without a network"),
    ]
}
pub const CHECK_OUTPUTS: &[(&str, CheckOutput, &str)] = &[
    ("summary", CheckOutput::Summary, "The verdict first, then what does not pass"),
    ("json", CheckOutput::Json, "One JSON object with everything"),
    ("markdown", CheckOutput::Markdown, "The verdict and a table of all groups, for a document or an issue"),
    ("html", CheckOutput::Html, "The verdict and the table as one page that opens without a network"),
];
pub const LINT_OUTPUTS: &[(&str, LintOutput, &str)] = &[
    ("table", LintOutput::Table, "Aligned tables for people"),
    ("json", LintOutput::Json, "One JSON object with everything"),
    ("markdown", LintOutput::Markdown, "Tables for a document or an issue"),
    ("html", LintOutput::Html, "One page that opens without a network"),
];
pub const LANGUAGES: &[(&str, Language, &str)] = &[("en", Language::English, "English")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_the_file_chooses_the_format_unless_it_was_asked_for() {
        let choices = outputs("rows");
        let of = |asked, file: Option<&str>| format_of(asked, file.map(Path::new), &choices, Output::Table);
        for (file, format) in [
            ("a.json", Output::Json),
            ("a.CSV", Output::Csv),
            ("a.md", Output::Markdown),
            ("b/a.html", Output::Html),
            ("a.txt", Output::Table),
            ("json", Output::Table),
        ] {
            assert_eq!(of(None, Some(file)), format, "{file}");
            assert_eq!(of(Some(Output::Csv), Some(file)), Output::Csv, "{file}");
        }
        assert_eq!(of(None, None), Output::Table);
        // A check has no rows.
        let check = format_of(None, Some(Path::new("a.csv")), CHECK_OUTPUTS, CheckOutput::Summary);
        assert_eq!(check, CheckOutput::Summary);
    }
}
