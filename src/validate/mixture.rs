//! Draws artificial mixtures: whole documents of known source, to a share of LLM text.

use rand::RngExt;
use rand_pcg::Pcg64Mcg;

/// The documents drawn from a pool, by their numbers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mixture {
    /// Numbers of the human documents.
    pub human: Vec<usize>,
    /// Numbers of the LLM documents.
    pub llm: Vec<usize>,
    /// Share of units by LLMs, 0 to 1.
    pub alpha: f64,
    /// Number of all units.
    pub n_units: usize,
}

impl Mixture {
    /// Draws documents, whose numbers of units are given, without replacement until there are `n_units` units. Each is
    /// by an LLM with the probability that makes `alpha` the expected share of units. Returns `None` if the documents
    /// might not suffice.
    ///
    /// The share is not fixed, because intervals treat documents as a sample of those that might have been written.
    pub fn draw(
        human_sizes: &[usize],
        llm_sizes: &[usize],
        alpha: f64,
        n_units: usize,
        generator: &mut Pcg64Mcg,
    ) -> Option<Mixture> {
        let (mean_human, mean_llm) = (mean(human_sizes), mean(llm_sizes));
        let (of_llm, of_human) = (alpha / mean_llm, (1.0 - alpha) / mean_human);
        let chance = if alpha <= 0.0 { 0.0 } else { of_llm / (of_llm + of_human) };
        let n_documents = n_units as f64 / (chance * mean_llm + (1.0 - chance) * mean_human);
        let deviation = (n_documents * chance * (1.0 - chance)).sqrt();
        let suffices = |sizes: &[usize], share: f64| {
            let wanted = n_documents * share + if share > 0.0 { MARGIN * deviation } else { 0.0 };
            wanted.ceil() as usize <= sizes.len()
        };
        if !suffices(llm_sizes, chance) || !suffices(human_sizes, 1.0 - chance) {
            return None;
        }
        let (mut human, mut llm) = (Deck::new(human_sizes), Deck::new(llm_sizes));
        while human.n_units + llm.n_units < n_units {
            let is_llm = generator.random_range(0.0..1.0) < chance;
            if is_llm { &mut llm } else { &mut human }.draw(generator)?;
        }
        let n_units = human.n_units + llm.n_units;
        let alpha = llm.n_units as f64 / n_units.max(1) as f64;
        Some(Mixture { human: human.drawn(), llm: llm.drawn(), alpha, n_units })
    }
}

/// Number of documents of a side that must exist beyond the expected one, in standard deviations of that number.
const MARGIN: f64 = 4.0;

fn mean(sizes: &[usize]) -> f64 {
    sizes.iter().sum::<usize>().max(1) as f64 / sizes.len().max(1) as f64
}

/// Documents to draw from, each once.
struct Deck<'a> {
    sizes: &'a [usize],
    order: Vec<usize>,
    n_drawn: usize,
    n_units: usize,
}

impl Deck<'_> {
    fn new(sizes: &[usize]) -> Deck<'_> {
        Deck { sizes, order: (0..sizes.len()).collect(), n_drawn: 0, n_units: 0 }
    }

    /// Draws one more document, if there is one.
    fn draw(&mut self, generator: &mut Pcg64Mcg) -> Option<()> {
        if self.n_drawn == self.order.len() {
            return None;
        }
        let other = generator.random_range(self.n_drawn..self.order.len());
        self.order.swap(self.n_drawn, other);
        self.n_units += self.sizes[self.order[self.n_drawn]];
        self.n_drawn += 1;
        Some(())
    }

    fn drawn(mut self) -> Vec<usize> {
        self.order.truncate(self.n_drawn);
        self.order
    }
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
        assert_eq!(mixture.n_units, n_llm + 10 * mixture.human.len());
        assert!((400..410).contains(&mixture.n_units));
        assert_eq!(mixture.alpha, n_llm as f64 / mixture.n_units as f64);
        for drawn in [&mixture.human, &mixture.llm] {
            assert_eq!(drawn.iter().collect::<std::collections::BTreeSet<_>>().len(), drawn.len());
        }
    }

    #[test]
    fn the_share_asked_for_is_the_expected_one() {
        let (human, llm) = (vec![10; 1000], vec![30; 1000]);
        let draws =
            (0..2000).map(|number| Mixture::draw(&human, &llm, 0.25, 3000, &mut generator_of(5, number)).unwrap());
        let mean = draws.map(|mixture| mixture.alpha).sum::<f64>() / 2000.0;
        // Of 225 documents a ninth is long: the share has a standard deviation of 0.026, its mean one of 0.0006.
        assert!((mean - 0.25).abs() < 0.003, "{mean}");
    }

    #[test]
    fn too_little_text_is_no_mixture() {
        assert_eq!(Mixture::draw(&[10; 3], &[10; 100], 0.5, 100, &mut generator_of(1, 1)), None);
        assert!(Mixture::draw(&[10; 10], &[], 0.0, 100, &mut generator_of(1, 1)).is_some());
    }
}
