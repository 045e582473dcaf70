//! LLM components, and groups of sources that become one.

use serde::{Deserialize, Serialize};

/// Name of the human source.
pub const HUMAN: &str = "human";

/// LLM sources that are told from human text together, as one component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    /// Name of the component.
    pub name: String,
    /// Names of the sources.
    pub sources: Vec<String>,
}

/// LLM sources that are told from human text together, as one component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Component {
    /// Name of the score's column.
    pub name: String,
    /// Numbers of the pooled sources.
    pub sources: Vec<usize>,
}
