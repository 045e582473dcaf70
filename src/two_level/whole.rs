//! Large corpora: the model is fitted to some of the documents, and says then what all of them are.

use std::borrow::Cow;

use rayon::prelude::*;

use super::bins::BinCounts;
use super::columns::{ColumnWeights, DOCUMENTS_PER_PIECE, LogShapes, Row, ShareOf};
use super::parameters::Fit;
use super::tilt::{N_CLASSES, PART_OF_CLASS};

/// Most documents that a model is fitted to. With as many, the interval of a share of 20 % was at most 6 % wider than with any number;
/// measured with the systematic terms of version 0.2.0, which were larger.
pub const MOST_DOCUMENTS: usize = 8000;
/// Most iterations for the classes of all documents, and the gain in log likelihood per document that ends them.
const MAX_ITERATIONS: usize = 100;
const TOLERANCE: f64 = 1e-9;

/// Returns the documents to fit a model to: all, or some, evenly spread over documents in the order of their scores.
pub fn sample(documents: &[BinCounts]) -> Cow<'_, [BinCounts]> {
    if documents.len() <= MOST_DOCUMENTS {
        return documents.into();
    }
    let place = |at: usize| at * documents.len() / MOST_DOCUMENTS;
    (0..MOST_DOCUMENTS).map(|at| documents[place(at)].clone()).collect()
}

/// Returns the units, as they are and not as they count for the share, in documents of each class.
pub fn units_of_classes(fit: &Fit, documents: &[BinCounts], shapes: &LogShapes, of: ShareOf) -> [f64; N_CLASSES] {
    if of == ShareOf::Units {
        return fit.n_units;
    }
    let sizes: Vec<f64> = documents.iter().map(BinCounts::n_units).collect();
    Sums::at(&likelihoods_of_classes(fit, documents, shapes), &sizes, &fit.parameters.classes).units
}

/// Returns the likelihoods of each document as one of each class, with the tilts of the fit.
fn likelihoods_of_classes(fit: &Fit, documents: &[BinCounts], shapes: &LogShapes) -> Vec<[f32; N_CLASSES]> {
    let at = &fit.parameters;
    let weights = ColumnWeights::new((at.human.location, at.human.log_spread), (at.llm.location, at.llm.log_spread));
    let of_document =
        |counts: &BinCounts| Row::new(counts, shapes).of_classes(&weights, &[1.0; N_CLASSES]).map(|value| value as f32);
    documents.par_iter().map(of_document).collect()
}

/// Returns the fit to all `documents` with the tilts that were `learnt` from some: their classes are found by EM, and the value stays.
pub fn of_all(learnt: &Fit, documents: &[BinCounts], shapes: &LogShapes, of: ShareOf) -> Fit {
    let rows = likelihoods_of_classes(learnt, documents, shapes);
    let sizes: Vec<f64> = documents.iter().map(|counts| of.weight(counts)).collect();
    let n = documents.len().max(1) as f64;
    let (mut classes, mut last) = (learnt.parameters.classes, f64::NEG_INFINITY);
    let mut sums = Sums::at(&rows, &sizes, &classes);
    for _ in 0..MAX_ITERATIONS {
        if sums.value - last < TOLERANCE * n {
            break;
        }
        last = sums.value;
        classes = sums.documents.map(|of_class| of_class / n);
        sums = Sums::at(&rows, &sizes, &classes);
    }
    let total: f64 = sums.units.iter().sum();
    let part = |class: usize| sums.units[class] * PART_OF_CLASS[class] / total;
    let mixed_share = (2..N_CLASSES).map(part).sum();
    let mut fit = *learnt;
    fit.parameters.classes = classes;
    Fit { share: part(1) + mixed_share, mixed_share, n_documents: sums.documents, n_units: sums.units, ..fit }
}

/// Expected numbers of documents and units in each class, and the log likelihood.
struct Sums {
    value: f64,
    documents: [f64; N_CLASSES],
    units: [f64; N_CLASSES],
}

impl Sums {
    fn at(rows: &[[f32; N_CLASSES]], sizes: &[f64], classes: &[f64; N_CLASSES]) -> Sums {
        let pieces = rows.par_chunks(DOCUMENTS_PER_PIECE).zip(sizes.par_chunks(DOCUMENTS_PER_PIECE));
        let pieces: Vec<Sums> = pieces.map(|(rows, sizes)| Sums::of_piece(rows, sizes, classes)).collect();
        let mut total = Sums { value: 0.0, documents: [0.0; N_CLASSES], units: [0.0; N_CLASSES] };
        for piece in &pieces {
            total.value += piece.value;
            for class in 0..N_CLASSES {
                total.documents[class] += piece.documents[class];
                total.units[class] += piece.units[class];
            }
        }
        total
    }

    fn of_piece(rows: &[[f32; N_CLASSES]], sizes: &[f64], classes: &[f64; N_CLASSES]) -> Sums {
        let mut sums = Sums { value: 0.0, documents: [0.0; N_CLASSES], units: [0.0; N_CLASSES] };
        for (row, n) in rows.iter().zip(sizes) {
            let joint: [f64; N_CLASSES] = std::array::from_fn(|class| f64::from(row[class]) * classes[class]);
            let sum = joint.iter().sum::<f64>().max(1e-300);
            sums.value += sum.ln();
            for (class, joint) in joint.into_iter().enumerate() {
                sums.documents[class] += joint / sum;
                sums.units[class] += joint / sum * n;
            }
        }
        sums
    }
}
