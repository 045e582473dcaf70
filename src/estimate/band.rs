//! The specification band: the share under other reasonable choices, which shows how much the estimate depends on ours.

use super::band_record::{Band, Specification, SpecificationEstimate, SpecificationShare};
use super::estimator::{PointEstimate, points};
use super::options::EstimateOptions;
use super::record::GroupEstimate;
use crate::interval::Misfit;
use crate::reference::{Lexicon, Reference, Scorer};
use crate::score::ScoreTable;

/// Scores of the target, and of the control if there is one, by one scorer and lexicon.
pub type Tables<'a> = (&'a ScoreTable, Option<&'a ScoreTable>);

/// Adds the band to `estimates`, which `options` made; `tables` returns the scores by a scorer and lexicon, if any.
///
/// The band goes from `min_s alpha_s` to `max_s alpha_s`, each 0 to 1, over the specifications `s` of
/// [`Specification::all`] and that of `options`, as far as there is an estimate: a specification curve (Simonsohn et al.
/// 2020, Nat. Hum. Behav. 4:1208). It shows how much alpha depends on choices that are all reasonable. It is not an
/// interval: it knows nothing of sampling.
///
/// ```
/// use llm_prevalence::estimate::{EstimateOptions, add_bands, estimate};
/// use llm_prevalence::reference::{Lexicon, Scorer};
/// use llm_prevalence::{Estimator, Reference};
///
/// let reference = Reference::embedded("abstracts")?;
/// let texts: Vec<String> = (0..200).map(|n| format!("I liked part {n}. The proof in step {n} is wrong.")).collect();
/// let scores = |scorer: Scorer| Estimator::new(&reference).scorer(scorer).score(&texts);
/// let (logistic, histogram) = (scores(Scorer::Logistic), scores(Scorer::NaiveBayes));
/// let options = EstimateOptions::default();
/// let mut estimates = estimate(&logistic, &reference, &options)?;
/// let tables = |scorer: Scorer, words: Lexicon| {
///     let table = if scorer == Scorer::Logistic { &logistic } else { &histogram };
///     (words == Lexicon::All).then_some((table, None))
/// };
/// add_bands(&mut estimates, tables, &reference, &options);
/// let band = estimates[0].outcome.as_ref().and_then(|of| of.band.as_ref()).expect("enough text");
/// assert!(band.lower <= band.upper && band.specifications.len() > 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn add_bands<'a>(
    estimates: &mut [GroupEstimate],
    tables: impl Fn(Scorer, Lexicon) -> Option<Tables<'a>>,
    reference: &Reference,
    options: &EstimateOptions,
) {
    let own = Specification::of(options, reference);
    let mut choices = Specification::all(reference);
    if !choices.contains(&own) {
        choices.insert(0, own);
    }
    let mut found: Vec<Vec<SpecificationEstimate>> = vec![vec![]; estimates.len()];
    for choice in choices {
        if choice == own {
            let rows = estimates.iter().map(|row| of_row(choice, row));
            found.iter_mut().zip(rows).for_each(|(of, row)| of.push(row));
            continue;
        }
        let rows = by(choice, tables(choice.scorer, choice.words), reference, options);
        for (of, row) in found.iter_mut().zip(estimates.iter()) {
            of.push(match &rows {
                Err(reason) => missing(choice, reason.clone()),
                Ok(rows) => match rows.iter().find(|other| is_same(other, row)) {
                    Some(other) => of_point(choice, other),
                    None => missing(choice, "no such group".to_owned()),
                },
            });
        }
    }
    for (row, specifications) in estimates.iter_mut().zip(found) {
        let shares = || specifications.iter().filter_map(SpecificationEstimate::alpha);
        let (lower, upper) = (shares().fold(f64::INFINITY, f64::min), shares().fold(f64::NEG_INFINITY, f64::max));
        if let Some(outcome) = &mut row.outcome {
            outcome.band = Some(Band { lower, upper, specifications });
        }
    }
}

fn by(
    choice: Specification,
    tables: Option<Tables<'_>>,
    reference: &Reference,
    options: &EstimateOptions,
) -> Result<Vec<PointEstimate>, String> {
    if choice.words != Lexicon::All && reference.variant(choice.words).is_none() {
        return Err("the reference was not fitted with these words".to_owned());
    }
    let Some((target, control)) = tables else {
        return Err("only other scores are stored".to_owned());
    };
    let options = EstimateOptions {
        scorer: choice.scorer,
        lexicon: choice.words,
        calibration: choice.calibration,
        unit: Some(choice.unit),
        ..options.clone()
    };
    points(target, control, reference, &options).map_err(|error| error.to_string())
}

fn is_same(point: &PointEstimate, row: &GroupEstimate) -> bool {
    point.group == row.group && point.period == row.period && point.placebo == row.placebo
}

fn of_row(specification: Specification, row: &GroupEstimate) -> SpecificationEstimate {
    let share = row.outcome.as_ref().map(|found| SpecificationShare {
        alpha: found.alpha,
        misfit_flagged: found.misfit.map(|misfit| misfit.flagged),
    });
    SpecificationEstimate { specification, outcome: share.ok_or_else(|| row.warnings.join("; ")) }
}

fn of_point(specification: Specification, point: &PointEstimate) -> SpecificationEstimate {
    let share =
        |(alpha, misfit): &(f64, Misfit)| SpecificationShare { alpha: *alpha, misfit_flagged: Some(misfit.flagged) };
    SpecificationEstimate { specification, outcome: point.outcome.as_ref().map(share).map_err(String::clone) }
}

fn missing(specification: Specification, reason: String) -> SpecificationEstimate {
    SpecificationEstimate { specification, outcome: Err(reason) }
}
