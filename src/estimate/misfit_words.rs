//! The words that make up a misfit.

use super::misfit_word::MisfitWord;
use super::record::GroupEstimate;
use crate::reference::Reference;
use crate::score::{GroupWords, WordCounts};

/// Number of words that explain a misfit.
const N_WORDS: usize = 20;

/// Finds the words that the mixture fitted to each group explains worst, the worst first.
///
/// `words` holds the occurrences in the target's groups, `control` those in the control if there is one, whose rates
/// then are those of human text. Placebo rows are left alone.
///
/// With `o` the share of the target's `n` units that have the word, `pi_k` the fitted shares and `r_k` the rates of the
/// sources, all 0 to 1, words are sorted by the size of
///
/// ```text
/// z = (o - e) / sqrt(e (1 - e) / n + sum_k pi_k^2 r_k / (n_k + 1)),   e = sum_k pi_k r_k,   r_k = (c_k + 1/2) / (n_k + 1)
/// ```
///
/// where `c_k` of the source's `n_k` units have the word. Units are taken as independent, which those of one document are
/// not, so `z` is for sorting and not for a test.
pub fn explain_misfit(
    estimates: &mut [GroupEstimate],
    words: &WordCounts,
    control: Option<&WordCounts>,
    reference: &Reference,
) {
    let (counts, n_units) = reference.counts_by_class();
    let mut sources: Vec<GroupWords> =
        (counts.into_iter().zip(n_units)).map(|(n_units_with, n_units)| GroupWords { n_units, n_units_with }).collect();
    if let Some(control) = control {
        sources[0] = control.total();
    }
    for found in estimates.iter_mut().filter(|found| !found.placebo) {
        if let Some((observed, outcome)) = words.group(&found.key()).zip(found.outcome.as_mut()) {
            outcome.misfit_words = worst(observed, &sources, &outcome.shares, reference);
        }
    }
}

fn worst(observed: &GroupWords, sources: &[GroupWords], shares: &[f64], reference: &Reference) -> Vec<MisfitWord> {
    let n = observed.n_units as f64;
    let word = |at: usize| {
        let rate = |source: &GroupWords| (source.n_units_with[at] as f64 + 0.5) / (source.n_units as f64 + 1.0);
        let expected: f64 = sources.iter().zip(shares).map(|(source, share)| share * rate(source)).sum();
        let of_reference: f64 = (sources.iter().zip(shares))
            .map(|(source, share)| share * share * rate(source) / (source.n_units as f64 + 1.0))
            .sum();
        let observed = observed.n_units_with[at] as f64 / n;
        let z = (observed - expected) / (expected * (1.0 - expected) / n + of_reference).sqrt();
        MisfitWord { word: reference.vocabulary[at].to_string(), observed, expected, z }
    };
    let mut words: Vec<MisfitWord> = (0..reference.vocabulary.len()).map(word).collect();
    words.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()).then_with(|| a.word.cmp(&b.word)));
    words.truncate(N_WORDS);
    words
}
