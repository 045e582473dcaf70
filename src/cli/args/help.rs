//! The end of the help of every command.

use crate::report::GLOSSARY;

/// Returns the examples of a command, the usual exit codes, and where its terms are explained.
pub fn with_terms(examples: &str) -> String {
    with_codes(examples, "0 done; 2 error")
}

/// Returns the same for a command with exit codes of its own.
pub fn with_codes(examples: &str, codes: &str) -> String {
    format!("{examples}\n\nExit codes: {codes}.\n\nTerms: {GLOSSARY}")
}
