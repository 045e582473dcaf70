//! Draws corpora from a model: what would be seen of a share.

use rand::{Rng, RngExt};

use super::bins::{BinCounts, N_BINS};
use super::learn::{Side, StrataModel};
use super::side::Tilts;
use super::tilt::{Grid, HUMAN_GRID, LLM_GRID, tilted};

/// Draws a corpus of documents with these numbers of units, of which about `share` are wholly by an LLM such as most
/// strata have shown it, and the others human.
///
/// Each document has a tilt drawn from the normal distribution of its side's prior means, and each of its units a bin of the
/// shape tilted by it. Assumed is that no document is mixed, and that the corpus lies at the prior means.
///
/// ```
/// use llm_prevalence::interval::generator_of;
/// use llm_prevalence::two_level::{BinCounts, Side, StrataModel, Stratum, simulate};
///
/// // Invented scores: strata differ in their means, and so do sentences.
/// let document = |mean: f64, at: usize| -> Vec<f64> {
///     (0..12).map(|unit| mean + ((at * 37 + unit * 11) % 23) as f64 / 5.0 - 2.2).collect()
/// };
/// let stratum = |side: Side, name: &str, mean: f64| {
///     let documents = (0..60).map(|at| document(mean, at)).collect();
///     Stratum::new(side, name, name, documents)
/// };
/// let human = [("venue 0", -1.7), ("venue 1", -1.6)].map(|(name, mean)| stratum(Side::Human, name, mean));
/// let llm = [("vendor 0", 1.6), ("vendor 1", 1.7)].map(|(name, mean)| stratum(Side::Llm, name, mean));
/// let model = StrataModel::learn(&[human, llm].concat()).expect("two strata a side");
/// let corpus = simulate(&model, &[10, 20, 30], 0.5, &mut generator_of(0, 0));
/// assert_eq!(corpus.iter().map(BinCounts::n_units).collect::<Vec<_>>(), [10.0, 20.0, 30.0]);
/// ```
pub fn simulate(model: &StrataModel, sizes: &[usize], share: f64, generator: &mut impl Rng) -> Vec<BinCounts> {
    let of_side = |side: Side, grid: Grid, tilts: Tilts| -> (Vec<[f64; N_BINS]>, Vec<f64>) {
        let shape = if side == Side::Human { &model.human_shape } else { &model.llm_shape };
        let shapes = grid.points().map(|tilt| tilted(shape, &model.bins.levels, tilt)).collect();
        (shapes, grid.normal(tilts.location, tilts.log_spread))
    };
    let human = of_side(Side::Human, HUMAN_GRID, model.human.mean);
    let llm = of_side(Side::Llm, LLM_GRID, model.llm.mean);
    // Documents take turns, so that the share is met and sizes are spread over both sides.
    let is_llm = |at: usize| ((at + 1) as f64 * share).floor() > (at as f64 * share).floor();
    let document = |(at, &n_units): (usize, &usize)| {
        let (shapes, weights) = if is_llm(at) { &llm } else { &human };
        let shape = &shapes[draw(weights, generator)];
        let mut counts = [0.0; N_BINS];
        (0..n_units).for_each(|_| counts[draw(shape, generator)] += 1.0);
        BinCounts::new(counts)
    };
    sizes.iter().enumerate().map(document).collect()
}

/// Draws a place by its weight; the weights sum to 1.
fn draw(weights: &[f64], generator: &mut impl Rng) -> usize {
    let mut rest: f64 = generator.random_range(0.0..1.0);
    for (at, weight) in weights.iter().enumerate() {
        rest -= weight;
        if rest < 0.0 {
            return at;
        }
    }
    weights.len() - 1
}
