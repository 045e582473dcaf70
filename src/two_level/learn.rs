//! Learns a model from strata: the shapes of both sides, and how strata differ.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use super::bins::{BinCounts, Bins, N_BINS};
use super::bound::TextKind;
use super::columns::LogShapes;
use super::side::{SidePrior, Tilts, VAGUE, fit, sampling_variance};
use super::systematic::Systematic;
use super::tilt::{LLM_GRID, tilted};

/// Probability added to every bin of a shape, so that none is empty.
const EMPTY_BIN: f64 = 1e-5;
/// Minimum variances between strata, of locations and of log spreads.
const MIN_VARIANCE: (f64, f64) = (1e-4, 0.005);
/// Log spread below which differences do not count: such documents are all alike.
const LEAST_LOG_SPREAD: f64 = -2.8;
/// Number of standard deviations below the other families at which an LLM that writes like people is a kind of its own.
pub const ODD_DEVIATIONS: f64 = 2.0;
/// Variance of the location of LLMs of that kind, of which there are too few to learn it from.
const UNLIKE_VARIANCE: f64 = 0.04;
/// Number of documents beyond which a human stratum counts no more.
const MAX_WEIGHT: usize = 300;

/// The side that wrote a stratum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// People.
    Human,
    /// LLMs.
    Llm,
}

/// The documents of one kind: human text of one form and time, or one LLM's text of one kind.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Stratum {
    /// Name, such as "NeurIPS 2021" or "gpt-5 rewritten".
    pub name: String,
    /// Side that wrote it.
    pub side: Side,
    /// Family that is left out as a whole: the vendor of an LLM, the venue and year of human text.
    pub family: String,
    /// Scores of the units of each document, by a fit that has seen neither this family nor LLM text about its papers.
    pub documents: Vec<Vec<f64>>,
}

impl Stratum {
    /// Returns the stratum of this name and family, from the scores of the units of each document.
    pub fn new(side: Side, name: impl Into<String>, family: impl Into<String>, documents: Vec<Vec<f64>>) -> Stratum {
        Stratum { name: name.into(), side, family: family.into(), documents }
    }
}

/// The facts that a reference keeps of a stratum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StratumCard {
    /// Name of the stratum.
    pub name: String,
    /// Side that wrote it.
    pub side: Side,
    /// Family that is left out as a whole.
    pub family: String,
    /// Number of its documents.
    pub n_documents: u64,
    /// Location and log spread of the tilts of its documents.
    pub tilts: Tilts,
}

/// The model that strata teach: everything that an estimate needs beside the scores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StrataModel {
    /// Bins of the score.
    pub bins: Bins,
    /// Probability of each bin in human text.
    pub human_shape: Vec<f64>,
    /// Probability of each bin in LLM text.
    pub llm_shape: Vec<f64>,
    /// Prior of human documents.
    pub human: SidePrior,
    /// Prior of LLM documents.
    pub llm: SidePrior,
    /// Prior of LLMs that write like people, of families that the others do not suggest, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlike: Option<SidePrior>,
    /// Names of the families of this kind that the score does not find like any other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub odd_families: Vec<String>,
    /// Systematic errors.
    pub systematic: Systematic,
    /// Whether the log ratio was kept from telling families of human text apart (docs/method.md, "From words to scores").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub families_alike: bool,
    /// Strata that it was learnt from.
    pub strata: Vec<StratumCard>,
}

/// A stratum whose documents are counted in bins.
pub struct CountedStratum {
    /// Side that wrote it.
    pub side: Side,
    /// Name of the stratum.
    pub name: String,
    /// Family that is left out as a whole.
    pub family: String,
    /// Documents of the stratum, counted in bins.
    pub documents: Vec<BinCounts>,
}

impl StrataModel {
    /// Learns from `strata`, without systematic errors; `None` if a side has fewer than two strata, which do not tell
    /// how strata differ.
    ///
    /// The shape of a side is the mean of its strata's shares of units per bin, with weights
    /// `sqrt(documents / strata of the family)`. The tilts of each stratum are fitted by EM; the prior of a side, for their
    /// locations and log spreads `x_s` alike, has the moments
    ///
    /// ```text
    /// mean = sum_s w_s x_s
    /// variance = (sum_s w_s (x_s - mean)^2 / (1 - sum_s w_s^2) - sum_s w_s v_s) (1 + sum_s w_s^2)
    /// ```
    ///
    /// with the first factor of the variance kept above a minimum, and `v_s` the sampling variance of `x_s`. The weights
    /// sum to 1, and are in proportion to `sqrt(min(documents, 300))` for people and to `1 / sqrt(strata of the family)`
    /// for LLMs. Scores are in nats, tilts per nat. LLM families that lie more than two standard
    /// deviations closer to people than the others have a prior of their own.
    ///
    /// Assumed is that the strata are a sample of the kinds of text that a corpus may be of, and that their scores are by
    /// fits that have not seen them. The model is the project's own: docs/method.md, "The two-level model".
    ///
    /// ```
    /// use llm_prevalence::two_level::{N_BINS, Side, StrataModel, Stratum};
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
    /// assert!(StrataModel::learn(&human).is_none());
    /// let model = StrataModel::learn(&[human, llm].concat()).expect("two strata a side");
    /// assert_eq!(model.strata.len(), 4);
    /// // The highest scores are those of LLMs.
    /// assert!(model.llm_shape[N_BINS - 1] > model.human_shape[N_BINS - 1]);
    /// ```
    pub fn learn(strata: &[Stratum]) -> Option<StrataModel> {
        StrataModel::learn_beside(strata, &BTreeSet::new())
    }

    /// Learns from `strata` as [`learn`](Self::learn) does, where the families `odd` are known to write like people.
    pub(crate) fn learn_beside(strata: &[Stratum], odd: &BTreeSet<String>) -> Option<StrataModel> {
        let scores = |side: Side| -> Vec<f64> {
            let of_side = strata.iter().filter(|stratum| stratum.side == side);
            of_side.flat_map(|stratum| stratum.documents.iter().flatten().copied()).collect()
        };
        let (human, llm) = (scores(Side::Human), scores(Side::Llm));
        if human.is_empty() || llm.is_empty() {
            return None;
        }
        let bins = Bins::between(&human, &llm);
        let counted: Vec<CountedStratum> = strata.iter().map(|stratum| count(stratum, &bins)).collect();
        StrataModel::of_counted(bins, &counted.iter().collect::<Vec<_>>(), odd)
    }

    /// Learns from strata that are already counted in these bins. Without families that are known to be `odd`, those that are
    /// are found.
    pub(super) fn of_counted(bins: Bins, strata: &[&CountedStratum], odd: &BTreeSet<String>) -> Option<StrataModel> {
        let of_side = |side: Side| -> Vec<&CountedStratum> {
            strata.iter().copied().filter(|stratum| stratum.side == side).collect()
        };
        let (human, llm) = (of_side(Side::Human), of_side(Side::Llm));
        if human.len() < 2 || llm.len() < 2 {
            return None;
        }
        let human_shape = shape(&human);
        let mut usual = llm.clone();
        let mut llm_shape = shape(&usual);
        let tilts = |of: &[&CountedStratum], class: usize, llm_shape: &[f64]| -> Vec<Tilts> {
            let shapes = LogShapes::new(&human_shape, llm_shape, &bins.levels);
            of.iter().map(|stratum| fit(&stratum.documents, &shapes, class, &VAGUE)).collect()
        };
        let mut of_llm = tilts(&llm, 1, &llm_shape);
        let is_here = |family: &&String| llm.iter().any(|stratum| stratum.family == **family);
        let odd: BTreeSet<String> = match odd.is_empty() {
            true => odd_families(&llm, &of_llm),
            false => odd.iter().filter(is_here).cloned().collect(),
        };
        if !odd.is_empty() {
            usual.retain(|stratum| !odd.contains(&stratum.family));
            llm_shape = shape(&usual);
            of_llm = tilts(&llm, 1, &llm_shape);
        }
        let is_odd = |stratum: &CountedStratum| odd.contains(&stratum.family);
        let of_prior = |odd: bool| {
            let part = llm.iter().zip(&of_llm).filter(|(stratum, _)| is_odd(stratum) == odd);
            let (strata, tilts): (Vec<&CountedStratum>, Vec<Tilts>) =
                part.map(|(stratum, tilts)| (*stratum, *tilts)).unzip();
            let weights = strata.iter().map(|stratum| 1.0 / n_relatives(stratum, &strata).sqrt()).collect();
            prior(&strata, &tilts, weights)
        };
        let of_human = tilts(&human, 0, &llm_shape);
        let human_weights: Vec<f64> =
            human.iter().map(|stratum| (stratum.documents.len().min(MAX_WEIGHT) as f64).sqrt()).collect();
        let cards =
            human.iter().zip(&of_human).chain(llm.iter().zip(&of_llm)).map(|(stratum, tilts)| card(stratum, *tilts));
        let llm_prior = of_prior(false);
        Some(StrataModel {
            human: prior(&human, &of_human, human_weights),
            llm: llm_prior,
            unlike: (!odd.is_empty()).then(|| SidePrior { location_variance: UNLIKE_VARIANCE, ..of_prior(true) }),
            strata: cards.collect(),
            systematic: Systematic::default(),
            families_alike: false,
            odd_families: odd.into_iter().collect(),
            bins,
            human_shape,
            llm_shape,
        })
    }

    /// Fits the tilts of one side's documents to their scores.
    pub(crate) fn tilts_of(&self, side: Side, documents: &[Vec<f64>]) -> Tilts {
        let counts: Vec<BinCounts> = documents.iter().map(|scores| self.bins.count(scores)).collect();
        fit(&counts, &self.log_shapes(), usize::from(side == Side::Llm), &VAGUE)
    }

    /// Sets the mean tilts of LLMs that write like people to those of the documents of all their `families` together, under
    /// scores that have seen others of their texts: first by the score with a log ratio of their own, and then without it.
    /// If a family's tilts by the former are as LLMs usually have them, it is found like any other, and stands for such LLMs
    /// that the reference lacks, by its scores without that log ratio.
    pub(crate) fn expect_unlike<'a>(&mut self, families: impl IntoIterator<Item = (&'a String, [Vec<Vec<f64>>; 2])>) {
        let least = self.llm.mean.location - ODD_DEVIATIONS * self.llm.location_variance.sqrt();
        let mut documents = Vec::new();
        for (family, [seen, usual]) in families {
            let is_found = self.tilts_of(Side::Llm, &seen).location >= least;
            if is_found {
                self.odd_families.retain(|odd| odd != family);
            }
            documents.extend(if is_found { usual } else { seen });
        }
        let mean = self.tilts_of(Side::Llm, &documents);
        self.unlike = self.unlike.map(|unlike| SidePrior { mean, ..unlike });
    }

    /// Returns the least probability, over the LLM strata of a kind, that a document of `n_units` units has a mean
    /// clipped score above `mean`, in nats; `None` if no stratum's name tells that it is of the kind.
    ///
    /// The probability is that of a normal mean, given the document's tilt, averaged over the tilts of the stratum. Names
    /// tell the kind by their ends, ` generated` and ` rewritten`.
    ///
    /// ```
    /// use llm_prevalence::two_level::{Side, StrataModel, Stratum, TextKind};
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
    /// let llm = [("a generated", 1.6), ("b generated", 1.7)].map(|(name, mean)| stratum(Side::Llm, name, mean));
    /// let model = StrataModel::learn(&[human, llm].concat()).expect("two strata a side");
    /// let beyond = |mean: f64| model.sensitivity(TextKind::Generated, mean, 12.0).expect("two strata of generated text");
    /// assert!(beyond(-1.0) >= beyond(1.0) && beyond(1.0) >= beyond(3.0));
    /// assert_eq!(model.sensitivity(TextKind::Rewritten, 0.0, 12.0), None);
    /// ```
    pub fn sensitivity(&self, kind: TextKind, mean: f64, n_units: f64) -> Option<f64> {
        let suffix = match kind {
            TextKind::Generated => " generated",
            TextKind::Rewritten => " rewritten",
        };
        let of_kind = self.strata.iter().filter(|card| card.side == Side::Llm && card.name.ends_with(suffix));
        of_kind.map(|card| self.exceedance(card.tilts, mean, n_units)).min_by(f64::total_cmp)
    }

    /// Returns the probability that an LLM document has a mean above `mean`, taken as normal given its tilt.
    fn exceedance(&self, tilts: Tilts, mean: f64, n_units: f64) -> f64 {
        let weights = LLM_GRID.normal(tilts.location, tilts.log_spread);
        let beyond = |tilt: f64| {
            let shape = tilted(&self.llm_shape, &self.bins.levels, tilt);
            let moment = |power: i32| -> f64 {
                shape.iter().zip(&self.bins.levels).map(|(p, level)| p * level.powi(power)).sum()
            };
            let deviation = ((moment(2) - moment(1).powi(2)) / n_units.max(1.0)).max(1e-9).sqrt();
            Normal::standard().sf((mean - moment(1)) / deviation)
        };
        LLM_GRID.points().zip(weights).map(|(tilt, weight)| weight * beyond(tilt)).sum()
    }

    /// Returns the likelihood columns of this model.
    pub(super) fn log_shapes(&self) -> LogShapes {
        LogShapes::new(&self.human_shape, &self.llm_shape, &self.bins.levels)
    }
}

/// Returns the families of LLMs all of whose strata lie closer to human text than the others suggest.
fn odd_families(llm: &[&CountedStratum], tilts: &[Tilts]) -> BTreeSet<String> {
    let families: BTreeSet<&String> = llm.iter().map(|stratum| &stratum.family).collect();
    let is_odd = |family: &str| {
        let (own, others): (Vec<_>, Vec<_>) = llm.iter().zip(tilts).partition(|(stratum, _)| stratum.family == family);
        let (strata, tilts): (Vec<&CountedStratum>, Vec<Tilts>) = others.into_iter().map(|(s, t)| (*s, *t)).unzip();
        if strata.len() < 2 {
            return false;
        }
        let weights = strata.iter().map(|stratum| 1.0 / n_relatives(stratum, &strata).sqrt()).collect();
        let known = prior(&strata, &tilts, weights);
        let least = known.mean.location - ODD_DEVIATIONS * known.location_variance.sqrt();
        own.iter().all(|(_, tilts)| tilts.location < least)
    };
    families.into_iter().filter(|family| is_odd(family)).cloned().collect()
}

/// Counts the documents of a stratum.
pub fn count(stratum: &Stratum, bins: &Bins) -> CountedStratum {
    CountedStratum {
        side: stratum.side,
        name: stratum.name.clone(),
        family: stratum.family.clone(),
        documents: stratum.documents.iter().map(|scores| bins.count(scores)).collect(),
    }
}

fn card(stratum: &CountedStratum, tilts: Tilts) -> StratumCard {
    StratumCard {
        name: stratum.name.clone(),
        side: stratum.side,
        family: stratum.family.clone(),
        n_documents: stratum.documents.len() as u64,
        tilts,
    }
}

fn n_relatives(stratum: &CountedStratum, strata: &[&CountedStratum]) -> f64 {
    strata.iter().filter(|other| other.family == stratum.family).count() as f64
}

/// Returns the mean of the strata's shapes, with weights sqrt(documents / strata of the same family).
fn shape(strata: &[&CountedStratum]) -> Vec<f64> {
    let mut shape = [0.0; N_BINS];
    let weight = |stratum: &CountedStratum| (stratum.documents.len() as f64 / n_relatives(stratum, strata)).sqrt();
    let total: f64 = strata.iter().map(|stratum| weight(stratum)).sum();
    for stratum in strata {
        let n: f64 = stratum.documents.iter().map(BinCounts::n_units).sum();
        for document in &stratum.documents {
            let counts = document.counts().iter();
            shape
                .iter_mut()
                .zip(counts)
                .for_each(|(sum, count)| *sum += weight(stratum) / total * f64::from(*count) / n);
        }
    }
    let sum: f64 = shape.iter().map(|p| p + EMPTY_BIN).sum();
    shape.iter().map(|p| (p + EMPTY_BIN) / sum).collect()
}

/// Returns the mean and variance of the strata's tilts, less their sampling variance, enlarged because strata are few.
fn prior(strata: &[&CountedStratum], tilts: &[Tilts], mut weights: Vec<f64>) -> SidePrior {
    let total: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|weight| *weight /= total);
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    let moments = |value: fn(&Tilts) -> f64, sampling: &dyn Fn(Tilts, usize) -> f64, least: f64| {
        let mean: f64 = weights.iter().zip(tilts).map(|(weight, tilts)| weight * value(tilts)).sum();
        let spread: f64 = weights.iter().zip(tilts).map(|(weight, tilts)| weight * (value(tilts) - mean).powi(2)).sum();
        let of_sampling: f64 = (weights.iter().zip(tilts).zip(strata))
            .map(|((weight, tilts), stratum)| weight * sampling(*tilts, stratum.documents.len()))
            .sum();
        // One stratum alone does not tell how strata differ.
        let spread = if strata.len() > 1 { spread / (1.0 - squares) } else { 0.0 };
        (mean, (spread - of_sampling).max(least) * (1.0 + squares))
    };
    let (location, location_variance) =
        moments(|tilts| tilts.location, &|tilts, n| sampling_variance(tilts, n).0, MIN_VARIANCE.0);
    let (log_spread, log_spread_variance) = moments(
        |tilts| tilts.log_spread.max(LEAST_LOG_SPREAD),
        &|tilts, n| sampling_variance(tilts, n).1,
        MIN_VARIANCE.1,
    );
    SidePrior { mean: Tilts { location, log_spread }, location_variance, log_spread_variance }
}
