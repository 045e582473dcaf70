//! Why no reference could be made.

use super::components::MAX_COMPONENTS;

/// Fewest units that a source needs.
pub const MIN_SOURCE_UNITS: u64 = 200;

/// Why no reference could be made.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum FitError {
    /// No human or no LLM corpus.
    #[error("a reference needs one human corpus and at least one LLM corpus; there is no {missing} corpus")]
    MissingSide {
        /// `human` or `LLM`.
        missing: &'static str,
    },
    /// One file on both sides.
    #[error("{file}: the same content is given as human and as LLM text [take it out of one side]")]
    OnBothSides {
        /// The file's name on the LLM side.
        file: String,
    },
    /// A source with too little text.
    #[error(
        "source \"{source_name}\": only {n_units} units to fit on, at least {MIN_SOURCE_UNITS} are needed [add text of this source{hint}]",
        hint = if *.n_held_out > 0 { format!(", or hold out less: {n_held_out} documents are left out") } else { String::new() }
    )]
    SourceTooSmall {
        /// The source's name.
        source_name: String,
        /// Its units.
        n_units: u64,
        /// Documents of it that were held out.
        n_held_out: u64,
    },
    /// A group without a source, or two with one.
    #[error("group \"{group}\": {reason} [LLM sources here: {}]", .known.join(", "))]
    BadGroup {
        /// The group's name.
        group: String,
        /// What is wrong.
        reason: String,
        /// Names of the LLM sources.
        known: Vec<String>,
    },
    /// More components than the scores have bins for.
    #[error("{n_components} LLM components, and at most {MAX_COMPONENTS} can be told apart [pool some with --group]")]
    TooManyComponents {
        /// Components asked for.
        n_components: usize,
    },
    /// No word is common enough on both sides.
    #[error("no word is in at least {min_human} human and {min_llm} LLM units [add text, or lower the minimum counts]")]
    NoVocabulary {
        /// Minimum on the human side.
        min_human: u64,
        /// Minimum on the LLM side.
        min_llm: u64,
    },
    /// Every document is in one fold.
    #[error("the documents form {n_groups} groups, too few for {n_folds} folds [check --split-by]")]
    TooFewGroups {
        /// Distinct groups.
        n_groups: usize,
        /// Folds asked for.
        n_folds: u8,
    },
}
