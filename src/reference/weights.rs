//! The linear score of a unit: K log ratios from the words present in it.

use crate::occurrence::UnitWords;

/// Weights of K log ratios: l_k(x) = bias_k + sum over the words t present in x of weight_tk, in nats.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    bias: Vec<f64>,
    by_word: Vec<f64>,
}

impl Weights {
    /// Returns the weights; `bias` has one entry per LLM component, `by_word` as many for each word, word after word.
    pub fn new(bias: Vec<f64>, by_word: Vec<f64>) -> Weights {
        debug_assert_eq!(by_word.len() % bias.len().max(1), 0);
        Weights { bias, by_word }
    }

    /// Returns the number of LLM components, K.
    pub fn n_components(&self) -> usize {
        self.bias.len()
    }

    /// Returns the bias of each component, in nats.
    pub fn bias(&self) -> &[f64] {
        &self.bias
    }

    /// Returns the weights in nats, K for each word, word after word.
    pub fn by_word(&self) -> &[f64] {
        &self.by_word
    }

    /// Keeps the weights of these words, in their order.
    pub(super) fn restricted_to(&self, words: &[u32]) -> Weights {
        let rows = words.iter().map(|&word| &self.by_word[word as usize * self.bias.len()..][..self.bias.len()]);
        Weights::new(self.bias.clone(), rows.flatten().copied().collect())
    }

    /// Writes the K log ratios of a unit into `score`; words are summed in rising order, so it is exact to the bit.
    #[inline]
    pub fn score(&self, unit: UnitWords<'_>, score: &mut [f64]) {
        score.copy_from_slice(&self.bias);
        let k = self.bias.len();
        if let [only] = score {
            *only += unit.iter().map(|&word| self.by_word[word as usize]).sum::<f64>();
            return;
        }
        for &word in unit {
            let at = word as usize * k;
            score.iter_mut().zip(&self.by_word[at..at + k]).for_each(|(sum, weight)| *sum += weight);
        }
    }
}
