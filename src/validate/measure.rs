//! Estimates mixtures by each method.

use rayon::prelude::*;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

use super::error::ValidationError;
use super::mixture::Mixture;
use super::pool::Pool;
use crate::corpus::Text;
use crate::estimate::{Control, EstimateError, EstimateOptions, Group, StrataEstimator, evidence_of, strata_of};
use crate::interval::{CalibrationMap, Evidence, Interval, Misfit, ScoreModel, ShareTests, misfit};
use crate::mixture::Ratios;
use crate::reference::{Calibration, Distribution, Reference, Scorer};
use crate::score::{ScoredDocument, UnitScorer};
use crate::tokenize::UnitRule;
use crate::two_level::StrataModel;

/// Limit of the published method's log ratios, in nats, so that no density ratio is 0 or infinite.
const MAX_LOG_RATIO: f64 = 700.0;

/// The method of an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MethodExamined {
    /// The method of `estimate`, without systematic error.
    Calibrated,
    /// The method of `estimate`, with tau: the reference's own, or what the other strata teach.
    CalibratedTau,
    /// The method of `estimate` with human text of the stratum as control, without systematic error.
    Control,
    /// The method of `estimate` with human text of the stratum as control, and with tau.
    ControlTau,
    /// The published method; its bootstrap interval is computed from the variance that the bootstrap has.
    Liang,
}

/// One estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// The estimated share, 0 to 1.
    pub estimate: f64,
    /// Its interval.
    pub interval: Interval,
    /// Whether the misfit was flagged; `None` for the published method.
    pub flagged: Option<bool>,
    /// Whether the interval is for the share in these very documents, as that of the two-level model is, rather than for the share with
    /// which they were drawn.
    pub is_of_documents: bool,
}

/// The estimates of one mixture.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    /// The share asked for, 0 to 1, with which its documents were drawn and which intervals should contain.
    pub alpha: f64,
    /// The number of units asked for.
    pub n_units: usize,
    /// The share of LLM text in it, 0 to 1, from which errors are measured.
    pub truth: f64,
    /// The estimates, by method.
    pub outcomes: Vec<(MethodExamined, Outcome)>,
}

/// A reference, with the scored texts to examine it on.
pub(crate) struct Examiner<'a> {
    calibration: &'a Calibration,
    model: ScoreModel<'a>,
    map: CalibrationMap,
    unit: UnitRule,
    level: f64,
    control: Option<Control>,
    /// The two-level model, if `estimate` would use it; `of_control` are the documents of the control.
    strata: Option<&'a StrataModel>,
    of_control: Vec<ScoredDocument>,
    human: Vec<Scored>,
    llm: Vec<Scored>,
}

/// A document, scored for both methods.
struct Scored {
    document: ScoredDocument,
    /// The uncalibrated density ratio less one of every unit.
    published: Vec<f64>,
    n_units: usize,
}

impl<'a> Examiner<'a> {
    /// Scores a pool; `with_control` keeps every second human document as a control, which is then used if it is large
    /// enough.
    ///
    /// # Errors
    /// Fails if the reference has no calibration for the unit.
    pub fn new(
        reference: &'a Reference,
        pool: &Pool<'_>,
        (scorer, map, unit): (Scorer, CalibrationMap, UnitRule),
        level: f64,
        with_control: bool,
    ) -> Result<Examiner<'a>, ValidationError> {
        let calibration = reference
            .calibration(scorer, unit)
            .ok_or_else(|| EstimateError::NoSuchUnit { reference: reference.card.name.clone(), unit })?;
        let own = UnitScorer::new(reference, scorer);
        let Distribution { vocabulary, weights, .. } = Distribution::of_reference(reference);
        let published = UnitScorer::with_weights(vocabulary, weights, reference.settings.unit);
        let score = |texts: &[&Text]| -> Vec<Scored> {
            let scored = texts.par_iter().map(|text| Scored::new(text, &own, &published, unit));
            scored.filter(|of| of.n_units > 0).collect()
        };
        let (mut human, llm) = (score(&pool.human), score(&pool.llm));
        let mut of_control = Vec::new();
        let control = with_control.then(|| {
            let mut number = 0;
            let (kept, control): (Vec<Scored>, Vec<Scored>) = human.drain(..).partition(|_| {
                number += 1;
                number % 2 == 0
            });
            human = kept;
            of_control = control.into_iter().map(|of| of.document).collect();
            Control::learn(&of_control.iter().collect::<Vec<_>>(), calibration, unit)
        });
        let options =
            EstimateOptions { scorer, calibration: map, unit: Some(unit), level, ..EstimateOptions::default() };
        let strata = strata_of(reference, &options);
        let model = ScoreModel::new(calibration, map);
        let control = control.and_then(Result::ok);
        Ok(Examiner { calibration, model, map, unit, level, control, strata, of_control, human, llm })
    }

    /// Returns the numbers of human and of LLM units that mixtures can be drawn from.
    pub fn n_units(&self) -> [usize; 2] {
        [&self.human, &self.llm].map(|side| side.iter().map(|of| of.n_units).sum())
    }

    /// Draws `n_replicates` mixtures for each share and size and estimates them; sizes for which there is too little
    /// text are passed over. Each mixture has its own random stream, numbered from `first_stream`.
    pub fn examine(
        &self,
        alphas: &[f64],
        sizes: &[usize],
        n_replicates: usize,
        seed: u64,
        first_stream: u64,
    ) -> Vec<Measured> {
        let of = |side: &[Scored]| side.iter().map(|of| of.n_units).collect::<Vec<_>>();
        let (human_sizes, llm_sizes) = (of(&self.human), of(&self.llm));
        let cells: Vec<(usize, f64, usize)> = (sizes.iter())
            .flat_map(|&size| alphas.iter().map(move |&alpha| (alpha, size)))
            .flat_map(|(alpha, size)| (0..n_replicates).map(move |_| (alpha, size)))
            .enumerate()
            .map(|(number, (alpha, size))| (number, alpha, size))
            .collect();
        let one = |&(number, alpha, size): &(usize, f64, usize)| {
            let mut generator = crate::interval::generator_of(seed, first_stream + number as u64);
            let mixture = Mixture::draw(&human_sizes, &llm_sizes, alpha, size, &mut generator)?;
            Some(Measured { alpha, n_units: size, truth: mixture.alpha, outcomes: self.outcomes(&mixture) })
        };
        cells.par_iter().filter_map(one).collect()
    }

    fn outcomes(&self, mixture: &Mixture) -> Vec<(MethodExamined, Outcome)> {
        let human = mixture.human.iter().map(|&number| &self.human[number]);
        let scored: Vec<&Scored> = human.chain(mixture.llm.iter().map(|&number| &self.llm[number])).collect();
        let documents: Vec<&ScoredDocument> = scored.iter().map(|of| &of.document).collect();
        let mut outcomes = Vec::new();
        if let Some(strata) = self.strata {
            let [with, without] = self.of_strata(strata, &documents, false);
            outcomes.push((MethodExamined::Calibrated, without));
            if self.of_control.is_empty() {
                outcomes.push((MethodExamined::CalibratedTau, with));
            } else {
                outcomes.push((MethodExamined::Control, self.of_strata(strata, &documents, true)[1]));
            }
            outcomes.push((MethodExamined::Liang, self.liang(&scored)));
            return outcomes;
        }
        outcomes.push((MethodExamined::Calibrated, self.calibrated(&documents, self.calibration, &self.model)));
        if let Some(control) = &self.control {
            let model = ScoreModel::new(&control.calibration, CalibrationMap::Histogram);
            outcomes.push((MethodExamined::Control, self.calibrated(&documents, &control.calibration, &model)));
        }
        outcomes.push((MethodExamined::Liang, self.liang(&scored)));
        outcomes
    }

    fn liang(&self, scored: &[&Scored]) -> Outcome {
        let excess: Vec<f64> = scored.iter().flat_map(|of| of.published.iter().copied()).collect();
        published(&excess, self.level)
    }

    /// Returns the estimate of the two-level model, with systematic error and without.
    fn of_strata(&self, model: &StrataModel, documents: &[&ScoredDocument], with_control: bool) -> [Outcome; 2] {
        let control = if with_control { vec![Group::of(self.of_control.iter().collect())] } else { vec![] };
        let estimator = StrataEstimator::new(model, &control, self.unit, self.level);
        let found = estimator.share(&Group::of(documents.to_vec()), false);
        let flagged = Some(Misfit::of_distance(found.misfit.distance, found.misfit.p_value).flagged);
        [found.interval, found.sampling].map(|(lower, upper)| Outcome {
            estimate: found.share,
            interval: Interval { lower, upper },
            flagged,
            is_of_documents: true,
        })
    }

    fn calibrated(&self, documents: &[&ScoredDocument], calibration: &Calibration, model: &ScoreModel<'_>) -> Outcome {
        let map = if std::ptr::eq(calibration, self.calibration) { self.map } else { CalibrationMap::Histogram };
        let evidence: Evidence = evidence_of(documents, calibration, map, self.unit);
        let tests = ShareTests::new(&evidence, model);
        let found = tests.alpha(self.level);
        let misfit = misfit(&evidence, &calibration.histogram, tests.shares());
        Outcome {
            estimate: found.share,
            interval: found.interval,
            flagged: Some(misfit.flagged),
            is_of_documents: false,
        }
    }
}

impl Scored {
    fn new(text: &Text, own: &UnitScorer, published: &UnitScorer, unit: UnitRule) -> Scored {
        let own_document = own.score_one(text);
        let excess = |score: &f64| score.clamp(-MAX_LOG_RATIO, MAX_LOG_RATIO).exp_m1();
        let n_units = match unit {
            UnitRule::Sentence => own_document.n_units(),
            UnitRule::Document => usize::from(!own_document.scores().is_empty()),
        };
        Scored { document: own_document, published: published.score_text(text).iter().map(excess).collect(), n_units }
    }
}

/// Returns the published estimate, with the normal interval of independent units, which its bootstrap over units draws.
fn published(excess: &[f64], level: f64) -> Outcome {
    let even = vec![1.0; excess.len()];
    let alpha = crate::mixture::alpha(excess);
    let scores = Ratios { k: 1, excess, n_units: &even }.unit_scores(&[1.0 - alpha, alpha]);
    let squares: f64 = scores.iter().map(|score| score * score).sum();
    let half = Normal::standard().inverse_cdf((1.0 + level) / 2.0) / squares.sqrt();
    let interval = Interval { lower: (alpha - half).max(0.0), upper: (alpha + half).min(1.0) };
    Outcome { estimate: alpha, interval, flagged: None, is_of_documents: false }
}
