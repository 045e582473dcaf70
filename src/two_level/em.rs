//! EM for the classes of documents and the tilts of a corpus, with the realised share tilted where a profile asks for it.

use rayon::prelude::*;

use super::columns::{ColumnWeights, Likelihoods, class_likelihoods, columns_of};
use super::side::{SidePrior, Tilts, maximise};
use super::tilt::{HUMAN_GRID, LLM_GRID, MIXED_HUMAN_GRID, MIXED_LLM_GRID, N_CLASSES, PART_OF_CLASS};

/// Standard deviations that a location may lie from its prior mean.
pub const MAX_DEVIATIONS: f64 = 4.0;
/// Stops when an iteration gains less than this in log likelihood.
const TOLERANCE: f64 = 1e-4;
/// Mixed classes below this responsibility teach nothing of the tilts.
const LEAST_RESPONSIBILITY: f64 = 1e-3;

/// What EM estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    /// Tilts of human documents.
    pub human: Tilts,
    /// Tilts of LLM documents.
    pub llm: Tilts,
    /// Probability of each class.
    pub classes: [f64; N_CLASSES],
}

impl Parameters {
    /// Starts from the prior means, with this probability of a human document.
    pub fn start(priors: &Priors, human: f64) -> Parameters {
        let mixed = 0.1 / (N_CLASSES - 2) as f64;
        let mut classes = [mixed; N_CLASSES];
        (classes[0], classes[1]) = (human, 0.9 - human);
        Parameters { human: priors.human.mean, llm: priors.llm.mean, classes }
    }

    /// Returns the same with no class below 0.0001, from where EM can still move.
    pub fn floored(&self) -> Parameters {
        let floored = self.classes.map(|class| class.max(1e-4));
        let sum: f64 = floored.iter().sum();
        Parameters { classes: floored.map(|class| class / sum), ..*self }
    }
}

/// The priors of both sides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Priors {
    /// Of human documents.
    pub human: SidePrior,
    /// Of LLM documents.
    pub llm: SidePrior,
    /// Log probability of these priors, beside others.
    pub log_prior: f64,
    /// Whether mixed documents teach where the LLM's tilts lie; not where these are nearly free, as any human document could then be a mixed one.
    pub learns_from_mixed: bool,
}

/// Where EM stopped.
#[derive(Debug, Clone, Copy)]
pub struct Fit {
    /// Penalised log likelihood, tilted.
    pub value: f64,
    /// LLM share of units, 0 to 1.
    pub share: f64,
    /// The part of `share` that lies in mixed documents.
    pub mixed_share: f64,
    /// Where.
    pub parameters: Parameters,
    /// Expected number of documents in each class.
    pub n_documents: [f64; N_CLASSES],
    /// Expected number of units in documents of each class.
    pub n_units: [f64; N_CLASSES],
}

#[derive(Clone)]
struct Sums {
    value: f64,
    share: f64,
    mixed: f64,
    classes: [f64; N_CLASSES],
    units: [f64; N_CLASSES],
    human: Vec<f64>,
    llm: Vec<f64>,
    mixed_human: Vec<f64>,
    mixed_llm: Vec<f64>,
}

/// Runs EM from `start`; class k of a document of n units is weighted by exp(tilt n b_k), b_k its LLM part.
pub fn em(likelihoods: &Likelihoods, priors: &Priors, tilt: f64, start: Parameters, max_iterations: usize) -> Fit {
    let (mut parameters, mut last) = (start, f64::NEG_INFINITY);
    let n_units = likelihoods.n_units();
    let mut iteration = 0;
    loop {
        let sums = expect(likelihoods, &parameters, tilt);
        let shift = if tilt > 0.0 { tilt * n_units } else { 0.0 };
        let value = sums.value
            + shift
            + priors.human.log_density(parameters.human)
            + priors.llm.log_density(parameters.llm)
            + priors.log_prior;
        iteration += 1;
        if (value - last < TOLERANCE && iteration > 4) || iteration > max_iterations {
            let (share, mixed_share) = (sums.share / n_units, sums.mixed / n_units);
            return Fit { value, share, mixed_share, parameters, n_documents: sums.classes, n_units: sums.units };
        }
        last = value;
        parameters = step(&sums, &parameters, priors);
    }
}

fn step(sums: &Sums, at: &Parameters, priors: &Priors) -> Parameters {
    // A class that is 0 stays so: that is a corpus without it.
    let classes: [f64; N_CLASSES] =
        std::array::from_fn(|class| if at.classes[class] > 0.0 { sums.classes[class].max(1e-12) } else { 0.0 });
    let total: f64 = classes.iter().sum();
    let of_human: &[(&[f64], _)] = &[(&sums.human, HUMAN_GRID), (&sums.mixed_human, MIXED_HUMAN_GRID)];
    let of_human = if priors.learns_from_mixed { of_human } else { &of_human[..1] };
    let human = priors.human.clip(maximise(of_human, at.human, &priors.human), MAX_DEVIATIONS);
    let of_llm: &[(&[f64], _)] = &[(&sums.llm, LLM_GRID), (&sums.mixed_llm, MIXED_LLM_GRID)];
    let of_llm = if priors.learns_from_mixed { of_llm } else { &of_llm[..1] };
    let llm = priors.llm.clip(maximise(of_llm, at.llm, &priors.llm), MAX_DEVIATIONS);
    Parameters { human, llm, classes: classes.map(|n| n / total) }
}

/// Sums over documents what the M step needs (the E step).
fn expect(likelihoods: &Likelihoods, at: &Parameters, tilt: f64) -> Sums {
    let weights = ColumnWeights::new((at.human.location, at.human.log_spread), (at.llm.location, at.llm.log_spread));
    let pieces: Vec<Sums> = likelihoods
        .pieces()
        .map(|piece| {
            let mut sums = Sums::zero();
            piece.for_each(|(row, n)| sums.add(row, n, &weights, at, tilt));
            sums
        })
        .collect();
    let mut total = pieces.into_iter().reduce(Sums::plus).unwrap_or_else(Sums::zero);
    total.human.iter_mut().zip(weights.of(0)).for_each(|(sum, weight)| *sum *= f64::from(*weight));
    total.llm.iter_mut().zip(weights.of(1)).for_each(|(sum, weight)| *sum *= f64::from(*weight));
    total
}

impl Sums {
    fn zero() -> Sums {
        Sums {
            value: 0.0,
            share: 0.0,
            mixed: 0.0,
            classes: [0.0; N_CLASSES],
            units: [0.0; N_CLASSES],
            human: vec![0.0; HUMAN_GRID.len()],
            llm: vec![0.0; LLM_GRID.len()],
            mixed_human: vec![0.0; MIXED_HUMAN_GRID.len()],
            mixed_llm: vec![0.0; MIXED_LLM_GRID.len()],
        }
    }

    fn add(&mut self, row: &[f32], n: f64, weights: &ColumnWeights, at: &Parameters, tilt: f64) {
        let likelihood = class_likelihoods(row, weights);
        // Weights by exp(tilt n (b - 1)) where the tilt is positive, so that none is infinite.
        let least = f64::from(u8::from(tilt > 0.0));
        let joint: [f64; N_CLASSES] = std::array::from_fn(|class| {
            likelihood[class] * at.classes[class] * (tilt * n * (PART_OF_CLASS[class] - least)).exp()
        });
        let sum = joint.iter().sum::<f64>().max(1e-300);
        self.value += sum.ln();
        for class in 0..N_CLASSES {
            let responsibility = joint[class] / sum;
            self.classes[class] += responsibility;
            self.units[class] += responsibility * n;
            let units = responsibility * n * PART_OF_CLASS[class];
            self.share += units;
            self.mixed += if class > 1 { units } else { 0.0 };
        }
        let add_tilts = |class: usize, mass: &mut [f64]| {
            let scale = joint[class] / sum / likelihood[class];
            if scale > 0.0 {
                let values = &row[columns_of(class)];
                mass.iter_mut().zip(values).for_each(|(sum, value)| *sum += scale * f64::from(*value));
            }
        };
        add_tilts(0, &mut self.human);
        add_tilts(1, &mut self.llm);
        for class in 2..N_CLASSES {
            let scale = joint[class] / sum / likelihood[class];
            if joint[class] / sum > LEAST_RESPONSIBILITY {
                let posterior = row[columns_of(class)].iter().zip(weights.of(class));
                for (at, (value, weight)) in posterior.enumerate() {
                    let mass = scale * f64::from(*value) * f64::from(*weight);
                    self.mixed_human[at / MIXED_LLM_GRID.len()] += mass;
                    self.mixed_llm[at % MIXED_LLM_GRID.len()] += mass;
                }
            }
        }
    }

    fn plus(mut self, other: Sums) -> Sums {
        self.value += other.value;
        self.share += other.share;
        self.mixed += other.mixed;
        self.classes.iter_mut().zip(other.classes).for_each(|(sum, part)| *sum += part);
        self.units.iter_mut().zip(other.units).for_each(|(sum, part)| *sum += part);
        self.human.iter_mut().zip(&other.human).for_each(|(sum, part)| *sum += part);
        self.llm.iter_mut().zip(&other.llm).for_each(|(sum, part)| *sum += part);
        self.mixed_human.iter_mut().zip(&other.mixed_human).for_each(|(sum, part)| *sum += part);
        self.mixed_llm.iter_mut().zip(&other.mixed_llm).for_each(|(sum, part)| *sum += part);
        self
    }
}

/// Returns for each document the expected part of it that is by an LLM, 0 to 1. For sums over documents alone: it is no verdict on any.
pub fn llm_parts(likelihoods: &Likelihoods, at: &Parameters) -> Vec<f64> {
    let weights = ColumnWeights::new((at.human.location, at.human.log_spread), (at.llm.location, at.llm.log_spread));
    let pieces: Vec<Vec<f64>> = likelihoods
        .pieces()
        .map(|piece| {
            let part = |row: &[f32]| {
                let likelihood = class_likelihoods(row, &weights);
                let joint: [f64; N_CLASSES] = std::array::from_fn(|class| likelihood[class] * at.classes[class]);
                let expected: f64 = joint.iter().zip(PART_OF_CLASS).map(|(joint, part)| joint * part).sum();
                expected / joint.iter().sum::<f64>().max(1e-300)
            };
            piece.map(|(row, _)| part(row)).collect()
        })
        .collect();
    pieces.concat()
}
