//! The unsmoothed distributions of the published code, which `--method liang` scores with.

use super::record::Reference;
use super::weights::Weights;
use crate::occurrence::Vocabulary;

/// A published distribution: for every word the log probabilities of being present or absent in a unit.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Distribution {
    /// Words of the distribution.
    pub vocabulary: Vocabulary,
    /// Weights of l(x) = sum over absent words of log (1-q)/(1-p) + sum over present words of log q/p, in nats.
    pub weights: Weights,
}

/// A row of a published table: log P, log (1 - P), log Q, log (1 - Q) of a word; P is human, Q LLM.
pub type Row = [f64; 4];

impl Distribution {
    /// Returns the distribution with these rows, which may come in any order.
    pub fn new(mut rows: Vec<(Box<str>, Row)>) -> Distribution {
        rows.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        rows.dedup_by(|later, earlier| later.0 == earlier.0);
        let absent = |row: &Row| row[3] - row[1];
        let bias = rows.iter().map(|(_, row)| absent(row)).sum();
        let by_word = rows.iter().map(|(_, row)| row[2] - row[0] - absent(row)).collect();
        Distribution {
            vocabulary: Vocabulary::new(rows.into_iter().map(|(word, _)| word).collect()),
            weights: Weights::new(vec![bias], by_word),
        }
    }

    /// Returns the unsmoothed distribution of a reference, its LLM sources pooled. Words present in no or in every unit
    /// of a side are left out, as their logarithms are infinite.
    pub fn of_reference(reference: &Reference) -> Distribution {
        let human = (&reference.occurrences[0], reference.sources[0].n_units as f64);
        let n_llm: u64 = reference.sources[1..].iter().map(|source| source.n_units).sum();
        let rows = reference.vocabulary.iter().enumerate().filter_map(|(word, name)| {
            let in_llms: u64 = reference.occurrences[1..].iter().map(|counts| counts[word]).sum();
            let (p, q) = (human.0[word] as f64 / human.1, in_llms as f64 / n_llm as f64);
            let row = [p.ln(), (-p).ln_1p(), q.ln(), (-q).ln_1p()];
            row.iter().all(|log| log.is_finite()).then(|| (name.clone(), row))
        });
        Distribution::new(rows.collect())
    }
}
