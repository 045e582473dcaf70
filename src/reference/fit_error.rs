//! Reasons why no reference can be made.

use super::limits::{MAX_COMPONENTS, MIN_SOURCE_UNITS};

/// A reason why no reference can be made.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum FitError {
    /// There is no human or no LLM corpus.
    #[error("a reference needs one human corpus and at least one LLM corpus; there is no {missing} corpus")]
    MissingSide {
        /// Missing side, `human` or `LLM`.
        missing: &'static str,
    },
    /// One file is on both sides.
    #[error("{file}: the same content is given as human and as LLM text [remove it from one side]")]
    OnBothSides {
        /// Name of the file on the LLM side.
        file: String,
    },
    /// A source has too little text.
    #[error(
        "source \"{source_name}\": only {n_units} units to fit on, but at least {MIN_SOURCE_UNITS} are needed [add text of this source{hint}]",
        hint = if *.n_held_out > 0 { format!(", or hold out less: {n_held_out} documents are left out") } else { String::new() }
    )]
    SourceTooSmall {
        /// Name of the source.
        source_name: String,
        /// Number of its units.
        n_units: u64,
        /// Number of its documents that were held out.
        n_held_out: u64,
    },
    /// A group of LLM sources cannot be formed.
    #[error("group \"{group}\": {reason} [LLM sources here: {}]", .known.join(", "))]
    BadGroup {
        /// Name of the group.
        group: String,
        /// Description of what is wrong.
        reason: String,
        /// Names of the LLM sources.
        known: Vec<String>,
    },
    /// There are more components than the scores have bins for.
    #[error(
        "{n_components} LLM components, but at most {MAX_COMPONENTS} can be distinguished [pool some with --group]"
    )]
    TooManyComponents {
        /// Number of components asked for.
        n_components: usize,
    },
    /// No word is common enough on both sides.
    #[error("no word is in at least {min_human} human and {min_llm} LLM units [add text, or lower the minimum counts]")]
    NoVocabulary {
        /// Minimum number of human units with a word.
        min_human: u64,
        /// Minimum number of LLM units with a word.
        min_llm: u64,
    },
    /// There are fewer groups of documents than folds.
    #[error("the documents form {n_groups} groups, too few for {n_folds} folds [check --split-by]")]
    TooFewGroups {
        /// Number of distinct groups.
        n_groups: usize,
        /// Number of folds asked for.
        n_folds: u8,
    },
}
