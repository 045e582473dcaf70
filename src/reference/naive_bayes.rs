//! The naive Bayes score: the likelihood of Liang et al. (2024, equation 4), smoothed and made sparse.

use super::training_set::TrainingSet;
use super::weights::Weights;

/// Number of pseudo-units with and without a word that smoothing adds to a source: p = (n + 1/2) / (N + 1).
const HALF: f64 = 0.5;

/// Computes the weights from the counts of the documents outside the fold `left_out`.
pub(super) fn fit(set: &TrainingSet<'_>, left_out: Option<u8>) -> Weights {
    let mut counts = vec![vec![0u64; set.n_words]; set.n_components + 1];
    for (document, class) in set.documents(left_out) {
        for unit in set.presence.units_of(document) {
            set.presence.unit(unit).iter().for_each(|&word| counts[class as usize][word as usize] += 1);
        }
    }
    weights_from_counts(&counts, &set.n_units_of_class(left_out))
}

/// Computes weights from occurrences: `counts[s][t]` units of class s with word t, of `n_units[s]`; class 0 is human.
pub(crate) fn weights_from_counts(counts: &[Vec<u64>], n_units: &[u64]) -> Weights {
    let n_words = counts[0].len();
    let k = counts.len() - 1;
    let probability = |class: usize, word: usize| (counts[class][word] as f64 + HALF) / (n_units[class] as f64 + 1.0);
    let (mut bias, mut by_word) = (vec![0.0; k], vec![0.0; n_words * k]);
    for word in 0..n_words {
        let human = probability(0, word);
        for llm in 1..=k {
            let p = probability(llm, word);
            let absent = (-p).ln_1p() - (-human).ln_1p();
            bias[llm - 1] += absent;
            by_word[word * k + llm - 1] = (p / human).ln() - absent;
        }
    }
    Weights::new(bias, by_word)
}
