//! The output formats of results.

/// The output format of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
#[non_exhaustive]
pub enum Output {
    /// An aligned table for people.
    #[default]
    Table,
    /// One JSON object with everything.
    Json,
    /// A row per group, with the sources' shares in rows of their own.
    Csv,
    /// A table for a document or an issue.
    Markdown,
    /// One page that opens without a network.
    Html,
}

/// The output format of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
#[non_exhaustive]
pub enum CheckOutput {
    /// The verdict first, then what does not pass.
    #[default]
    Summary,
    /// One JSON object with everything.
    Json,
    /// The verdict and a table of all groups, for a document or an issue.
    Markdown,
    /// The verdict and the table as one page that opens without a network.
    Html,
}

/// The output format of the findings of a lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
#[non_exhaustive]
pub enum LintOutput {
    /// Aligned tables for people.
    #[default]
    Table,
    /// One JSON object with everything.
    Json,
    /// Tables for a document or an issue.
    Markdown,
    /// One page that opens without a network.
    Html,
}
