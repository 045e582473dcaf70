//! The output formats of a result.

/// The output format of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
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
}
