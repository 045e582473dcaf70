//! Where terms are explained.

/// The address of the glossary.
pub(crate) const GLOSSARY: &str = "https://github.com/llm-prevalence/llm-prevalence/blob/main/docs/glossary.md";
