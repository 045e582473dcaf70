//! Artificial mixtures: whole documents of known source, drawn to a share of LLM text.

use rand::RngExt;
use rand_pcg::Pcg64Mcg;

/// Numbers of the documents drawn from a pool.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    /// Of people.
    pub human: Vec<usize>,
    /// Of LLMs.
    pub llm: Vec<usize>,
    /// Share of units by LLMs.
    pub alpha: f64,
    /// Units in all.
    pub n_units: usize,
}

impl Mixture {
    /// Draws about `n_units` units, `alpha` of them by LLMs, without replacement from documents with these numbers of units;
    /// `None` where these do not suffice.
    pub fn draw(
        human_sizes: &[usize],
        llm_sizes: &[usize],
        alpha: f64,
        n_units: usize,
        generator: &mut Pcg64Mcg,
    ) -> Option<Mixture> {
        let n_llm = (alpha * n_units as f64).round() as usize;
        let (llm, n_llm) = draw(llm_sizes, n_llm, generator)?;
        let (human, n_human) = draw(human_sizes, n_units.saturating_sub(n_llm), generator)?;
        let n_units = n_human + n_llm;
        Some(Mixture { human, llm, alpha: n_llm as f64 / n_units.max(1) as f64, n_units })
    }
}

/// Documents until `n_wanted` units are reached, and the units in them.
fn draw(sizes: &[usize], n_wanted: usize, generator: &mut Pcg64Mcg) -> Option<(Vec<usize>, usize)> {
    if sizes.iter().sum::<usize>() < n_wanted {
        return None;
    }
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    let (mut drawn, mut n_units) = (Vec::new(), 0);
    for place in 0..order.len() {
        if n_units >= n_wanted {
            break;
        }
        let other = generator.random_range(place..order.len());
        order.swap(place, other);
        drawn.push(order[place]);
        n_units += sizes[order[place]];
    }
    Some((drawn, n_units))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::generator_of;

    #[test]
    fn draws_each_document_once_and_knows_the_share() {
        let (human, llm) = (vec![10; 100], vec![7; 50]);
        let mixture = Mixture::draw(&human, &llm, 0.25, 400, &mut generator_of(1, 1)).unwrap();
        let n_llm = 7 * mixture.llm.len();
        assert_eq!(n_llm, 105);
        assert_eq!(mixture.n_units, n_llm + 10 * mixture.human.len());
        assert_eq!(mixture.alpha, n_llm as f64 / mixture.n_units as f64);
        for drawn in [&mixture.human, &mixture.llm] {
            assert_eq!(drawn.iter().collect::<std::collections::BTreeSet<_>>().len(), drawn.len());
        }
    }

    #[test]
    fn too_little_text_is_no_mixture() {
        assert_eq!(Mixture::draw(&[10; 3], &[10; 100], 0.5, 100, &mut generator_of(1, 1)), None);
        assert!(Mixture::draw(&[10; 10], &[], 0.0, 100, &mut generator_of(1, 1)).is_some());
    }
}
