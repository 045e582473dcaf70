//! What stands below the help of every command.

use crate::report::GLOSSARY;

/// Returns the examples of a command, and where its terms are explained.
pub fn with_terms(examples: &str) -> String {
    format!("{examples}\n\nTerms: {GLOSSARY}")
}
