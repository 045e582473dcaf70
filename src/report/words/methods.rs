//! The methods paragraphs of words over time.

use crate::numbers::{interval_name, thousands};
use crate::reference::Reference;
use crate::report::provenance::{provenance, read};
use crate::words::Words;

/// Describes how words were counted and compared.
pub(super) fn of(words: &Words, reference: Option<(&Reference, &str)>) -> Vec<String> {
    let unit = words.run.unit;
    let what = format!(
        "The share of {unit}s in which each word occurs (its occurrence rate) was measured for each {} with {} {}; {}s account for {unit}s \
         clustering in documents. Following Kobak et al. (2025), the rate expected without LLMs was extrapolated from the periods that end \
         before {}, and a word's excess is the observed minus the expected rate (difference) or the observed divided by the expected \
         rate (ratio). Its p-value is one-sided and corrected for the {} words and all periods that were tested. {}",
        words.period,
        words.run.tool.name,
        words.run.tool.version,
        interval_name(words.run.level),
        words.baseline_before,
        thousands(words.n_words_tested),
        read(&words.run.input, &words.undated),
    );
    let marked = reference.map(|(reference, sha256)| {
        format!(
            "Words are called LLM words if the reference has them more often in LLM text than in human text. {}",
            provenance(reference, sha256)
        )
    });
    std::iter::once(what).chain(marked).collect()
}
