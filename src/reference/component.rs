//! LLM components, and groups of sources that become one.

use serde::{Deserialize, Serialize};

/// Name of the human source.
pub const HUMAN: &str = "human";

/// LLM sources that are told from human text together, as one component.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Grouping {
    /// Name of the component.
    pub name: String,
    /// Names of the sources.
    pub sources: Vec<String>,
}

impl Grouping {
    /// Pools `sources` as the component `name`.
    pub fn new(name: impl Into<String>, sources: Vec<String>) -> Grouping {
        Grouping { name: name.into(), sources }
    }
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
