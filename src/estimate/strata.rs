//! The estimate by a reference with strata: the two-level model replaces the mixture of units, but keeps its shares of
//! single sources.

use std::collections::{BTreeSet, HashSet};

use statrs::distribution::{ContinuousCDF, Normal};

use super::group::Group;
use super::record::ShareEstimate;
use super::sources::{SourceShare, SourceSum};
use super::strata_record::{MixedShare, StrataShare};
use crate::interval::{Interval, Misfit};
use crate::numbers::percent;
use crate::reference::{HUMAN, Tau};
use crate::score::ScoredDocument;
use crate::tokenize::UnitRule;
use crate::two_level::{
    BinCounts, Bound, CorpusShare, DocumentMean, HumanText, LEAST_RHO, ShareOf, StrataModel, Systematic, bound,
    document_mean, estimate,
};

/// Minimum mean number of units per document: sentences that stand alone do not tell which come together.
pub const MIN_UNITS_PER_DOCUMENT: f64 = 2.0;

/// Warning about documents that are shorter.
pub(super) const TOO_SHORT: &str = "its documents have too few sentences to tell which belong together, so the share is that of a mixture of single sentences, \
    which is worse at recognising an LLM missing from the reference, or another kind of text [give whole documents]";

/// Share of its own LLM text, left out in turn, that a reference misses, from which it may miss much text by other LLMs.
const MANY_OVERLOOKED: f64 = 0.2;

/// Minimum number of control documents to learn the corpus's human text from; fewer say less than the strata do.
pub(crate) const MIN_TILT_DOCUMENTS: usize = 100;

/// The strata of a reference with the control, ready to estimate groups.
pub struct StrataEstimator<'a> {
    model: &'a StrataModel,
    control: Vec<&'a ScoredDocument>,
    rho: f64,
    of: ShareOf,
    level: f64,
}

impl<'a> StrataEstimator<'a> {
    /// Prepares the model with the groups of the control, if there is one.
    pub fn new(model: &'a StrataModel, control: &[Group<'a>], unit: UnitRule, level: f64) -> StrataEstimator<'a> {
        let estimator = StrataEstimator {
            model,
            control: control.iter().flat_map(|group| group.documents.iter().copied()).collect(),
            rho: LEAST_RHO,
            of: if unit == UnitRule::Document { ShareOf::Documents } else { ShareOf::Units },
            level,
        };
        let ratio = |group: &Group<'_>| {
            let others = estimator.matched(group, estimator.control_without(group));
            estimator.bound(&group.documents, &others).map_or(0.0, |found| found.breakdown)
        };
        let rho = control.iter().map(ratio).fold(LEAST_RHO, f64::max);
        StrataEstimator { rho, ..estimator }
    }

    /// Returns whether the group's documents are long enough for the model.
    pub fn applies_to(&self, group: &Group<'_>) -> bool {
        let n_units: usize = group.documents.iter().map(|document| document.pooled().len()).sum();
        n_units as f64 >= MIN_UNITS_PER_DOCUMENT * group.documents.len() as f64
    }

    fn control_without(&self, group: &Group<'_>) -> Vec<&'a ScoredDocument> {
        let address = |document: &&ScoredDocument| std::ptr::from_ref(*document);
        let own: HashSet<*const ScoredDocument> = group.documents.iter().map(address).collect();
        self.control.iter().filter(|document| !own.contains(&address(document))).copied().collect()
    }

    /// Returns the systematic error of a mixture of single units.
    pub fn unit_tau(&self) -> Tau {
        let Systematic { unit_human, unit_llm, .. } = self.model.systematic;
        Tau { human: unit_human, llm_below: unit_llm, llm_above: 0.0 }
    }

    /// Returns a warning if the reference overlooks much LLM text that it lacks, unless the interval that was `found` is open.
    pub fn overlooked(&self, found: &ShareEstimate) -> Option<String> {
        let share = self.model.systematic.unit_llm;
        let is_hidden = share > MANY_OVERLOOKED && found.interval.upper < 1.0;
        is_hidden.then(|| {
            format!(
                "when its own LLM text is left out in turn, this reference misses {} % of it (root mean square, sentences one by one): text by \
                 an LLM that it lacks may be missing from the share and from its interval [add text by the LLMs in use: llm-prevalence fit]",
                percent(share, 0)
            )
        })
    }

    /// Returns the share of a group; documents of the control itself (`placebo`) are judged by the rest of it.
    pub fn share(&self, group: &Group<'_>, placebo: bool) -> CorpusShare {
        self.share_beside(group, &self.control_of(group, placebo).0)
    }

    /// Returns the control documents of the group's kind, and whether they are too few though the control is large.
    fn control_of(&self, group: &Group<'_>, placebo: bool) -> (Vec<&'a ScoredDocument>, bool) {
        let given = if placebo { self.control_without(group) } else { self.control.clone() };
        let is_large = given.len() >= MIN_TILT_DOCUMENTS;
        let control = self.matched(group, given);
        let lacks_venue = is_large && control.len() < MIN_TILT_DOCUMENTS;
        (control, lacks_venue)
    }

    /// Returns the control's documents, counted in bins, if there are enough to learn human text from.
    #[cfg(feature = "files")]
    pub fn control_counts(&self) -> Option<Vec<BinCounts>> {
        self.tilt_counts(&self.control)
    }

    fn tilt_counts(&self, control: &[&ScoredDocument]) -> Option<Vec<BinCounts>> {
        (control.len() >= MIN_TILT_DOCUMENTS).then(|| self.counts(control))
    }

    fn share_beside(&self, group: &Group<'_>, control: &[&ScoredDocument]) -> CorpusShare {
        let control = self.tilt_counts(control);
        estimate(self.model, &self.counts(&group.documents), control.as_deref(), self.of, self.level)
    }

    /// Keeps the control documents of the group's venues, as far as venues are known, and of these the ones that share
    /// its other columns, if there are enough.
    fn matched(&self, group: &Group<'_>, control: Vec<&'a ScoredDocument>) -> Vec<&'a ScoredDocument> {
        let venues: BTreeSet<&String> = group.documents.iter().filter_map(|document| document.venue.as_ref()).collect();
        let is_known = group.documents.iter().all(|document| document.venue.is_some());
        let is_same = |document: &&ScoredDocument| document.venue.as_ref().is_none_or(|venue| venues.contains(venue));
        let mut matched = control;
        if is_known {
            matched.retain(is_same);
        }
        for (place, (_, value)) in group.values.iter().enumerate() {
            let same: Vec<&ScoredDocument> =
                matched.iter().filter(|document| document.values.get(place) == Some(value)).copied().collect();
            if same.len() >= MIN_TILT_DOCUMENTS {
                matched = same;
            }
        }
        matched
    }

    /// Replaces the share in `found` by that of the two-level model; documents of the control itself (`placebo`) are
    /// judged by the rest of it.
    pub fn refine(&self, group: &Group<'_>, placebo: bool, found: ShareEstimate) -> ShareEstimate {
        let (control, lacks_venue) = self.control_of(group, placebo);
        let share = self.share_beside(group, &control);
        let bound = self.bound(&group.documents, &control);
        let z = Normal::standard().inverse_cdf((1.0 + self.level) / 2.0);
        let of_draw = z * error_of_draw(group, share.share, self.of);
        let interval = Interval {
            lower: (share.share - (share.share - share.interval.0).hypot(of_draw)).max(0.0),
            upper: (share.share + (share.interval.1 - share.share).hypot(of_draw)).min(1.0),
        };
        let (sources, source_sums) = with_unknown(&found, share.share, interval);
        ShareEstimate {
            alpha: share.share,
            standard_error: (share.sampling.1 - share.sampling.0) / (2.0 * z),
            interval,
            sampling_interval: Some(Interval { lower: share.sampling.0, upper: share.sampling.1 }),
            systematic_error: Some(share.systematic_error),
            design_effect: None,
            p_zero: Some(p_zero(&share, self.model.systematic.at(0.0, 0.0, group.documents.len()))),
            misfit: Some(Misfit::of_distance(share.misfit.distance, share.misfit.p_value)),
            shares: sources_shares(&found, share.share),
            sources,
            source_sums,
            strata: Some(StrataShare {
                mixed: self.mixed(&share, interval, z),
                llm_documents: share.llm_documents,
                human_text: share.human_text,
                is_unlike: share.is_unlike,
                n_control: control.len(),
                control_share: share.of_control,
                control_lacks_venue: lacks_venue,
                bound,
            }),
            ..found
        }
    }

    fn bound(&self, documents: &[&ScoredDocument], control: &[&ScoredDocument]) -> Option<Bound> {
        let sensitivity = |kind, mean, n_units| self.model.sensitivity(kind, mean, n_units);
        bound(&means(documents), &means(control), self.rho, 1.0 - self.level, &sensitivity)
    }

    fn counts(&self, documents: &[&ScoredDocument]) -> Vec<BinCounts> {
        documents.iter().map(|document| self.model.bins.count(&scores(document))).collect()
    }

    /// Returns the part of the share in mixed documents; neither end of its interval is above that of the `whole`.
    fn mixed(&self, share: &CorpusShare, whole: Interval, z: f64) -> MixedShare {
        let systematic = z * self.model.systematic.mixed * share.mixed_share;
        let reach = |end: f64| (share.share - end).min(share.mixed_share).hypot(systematic);
        let lower = share.mixed_share - reach(share.sampling.0).hypot(share.may_be_human);
        let lower = lower.max(0.0).min(whole.lower);
        let upper = (share.mixed_share + reach(share.sampling.1)).min(share.interval.1);
        MixedShare {
            share: share.mixed_share,
            interval: Interval { lower, upper: upper.max(share.mixed_share) },
            documents: share.mixed_documents,
        }
    }
}

/// Share that a control itself reads from which on it is said, and from which on the reference hardly tells its text from LLMs'.
const LEAST_TO_SAY: f64 = 0.01;
const HARDLY_TOLD: f64 = 0.1;
const HARDLY_TELLS: &str =
    ": the reference hardly tells this kind of human text from LLM text [make a reference from text of this kind]";

/// Returns the warnings to read before using the share that was `found`.
pub(super) fn warnings(found: &ShareEstimate) -> Vec<String> {
    let Some(strata) = found.strata else { return vec![] };
    let of_human = human_text_warning(strata.human_text).map(str::to_owned);
    let of_llm = llm_text_warnings(found, &strata).into_iter().map(str::to_owned);
    control_warnings(&strata).into_iter().chain(of_human).chain(of_llm).collect()
}

fn control_warnings(strata: &StrataShare) -> Vec<String> {
    let mut warnings = Vec::new();
    if strata.control_lacks_venue {
        warnings.push(format!(
            "the control has {} documents of this venue, fewer than {MIN_TILT_DOCUMENTS}, so the style of its human text is taken from the \
             reference alone [give human text of the same venue and form]",
            strata.n_control
        ));
    }
    if strata.control_share >= LEAST_TO_SAY {
        let read = percent(strata.control_share, 1);
        let what_to_do = if strata.control_share >= HARDLY_TOLD { HARDLY_TELLS } else { "" };
        warnings.push(format!(
            "the control, which should read 0, reads {read} %; this is subtracted from the share and from its lower end{what_to_do}"
        ));
    }
    warnings
}

fn human_text_warning(human_text: HumanText) -> Option<&'static str> {
    match human_text {
        HumanText::BeyondStrata => Some(
            "the text taken for human looks more like LLM text than any human text of the reference does: either its people write \
             differently, or some of it is by an LLM that writes like people, and then the share is larger \
             [give human text of this kind as a control]",
        ),
        HumanText::BeyondControl => Some(
            "the text taken for human looks more like LLM text than the control does: either people write differently now, or some of \
             it is by an LLM that writes like people, and then the share is larger [give a control of the same form and closer in time]",
        ),
        HumanText::OfControl | HumanText::WithinStrata => None,
    }
}

/// Returns warnings about LLM text, and about what may be LLM text, that the reference does not know.
fn llm_text_warnings(found: &ShareEstimate, strata: &StrataShare) -> Vec<&'static str> {
    let mut warnings = Vec::new();
    let of_unknown = found.sources.iter().find(|source| source.name == UNKNOWN).and_then(|source| source.share);
    if of_unknown.is_some_and(|share| share > found.alpha / 2.0) && found.interval.lower > 0.0 {
        warnings.push(
            "most of the share is text unlike that of any LLM in the reference (unknown) [add text by the LLMs in use: llm-prevalence fit]",
        );
    } else if strata.is_unlike && found.alpha > 0.0 {
        warnings.push(
            "the LLM text here is unlike that of any LLM in the reference [add text by the LLMs in use: llm-prevalence fit]",
        );
    }
    if strata.is_beyond_share(found.interval.upper) {
        warnings.push(
            "more documents score above the control than the share explains: there may be text by an LLM that the reference lacks [report the bound]",
        );
    }
    if found.is_misfit() {
        warnings.push(
            "the scores of this text are unlike those of any mixture of human and LLM text that the reference predicts (misfit !), \
             so the estimate may be far off [make a reference from text of this kind]",
        );
    }
    if strata.mixed.share > found.alpha / 2.0 && found.interval.lower > 0.0 {
        warnings.push(
            "most of the share lies in documents that an LLM wrote only in part, and how large a part is poorly known",
        );
    }
    warnings
}

fn scores(document: &ScoredDocument) -> Vec<f64> {
    document.pooled().iter().map(|&score| f64::from(score)).collect()
}

fn means(documents: &[&ScoredDocument]) -> Vec<DocumentMean> {
    documents.iter().map(|document| document_mean(document.pooled().iter().map(|&score| f64::from(score)))).collect()
}

/// Returns the standard error of a share of which only some documents are known, beside that of a share of these.
fn error_of_draw(group: &Group<'_>, share: f64, of: ShareOf) -> f64 {
    let weight = |document: &&ScoredDocument| match of {
        ShareOf::Units => document.pooled().len() as f64,
        ShareOf::Documents => 1.0,
    };
    let weights = group.documents.iter().map(weight);
    let (sum, squares) = (weights.clone().sum::<f64>(), weights.map(|weight| weight * weight).sum::<f64>());
    // Without any unit nothing is divided.
    (share * (1.0 - share) * squares / (sum * sum).max(1.0) * (1.0 - group.known_share())).sqrt()
}

/// Returns the one-sided p-value of a share of 0, with the systematic error there.
fn p_zero(share: &CorpusShare, systematic_error: f64) -> f64 {
    let z = share.deviance_at_zero.sqrt();
    if z <= 0.0 || share.share <= 0.0 {
        return 1.0;
    }
    let standard_error = (share.share / z).hypot(systematic_error);
    let surely_llm = (share.share - share.may_be_human).max(0.0);
    Normal::standard().sf(surely_llm / standard_error)
}

/// Returns the human share and those of the LLM components in their old proportions, so that they add up to 1.
fn sources_shares(found: &ShareEstimate, alpha: f64) -> Vec<f64> {
    let llm: f64 = found.shares.iter().skip(1).sum();
    let n = found.shares.len().saturating_sub(1).max(1) as f64;
    let scaled = |share: &f64| if llm > 0.0 { share / llm * alpha } else { alpha / n };
    std::iter::once(1.0 - alpha).chain(found.shares.iter().skip(1).map(scaled)).collect()
}

/// Name for the source of LLM text that fits none of the reference's sources.
pub const UNKNOWN: &str = "unknown";

/// Returns the shares of sources and of sums of them. The known sources keep what their mixture finds; the rest of what
/// the two-level model finds is by an LLM that is like none of them.
fn with_unknown(found: &ShareEstimate, alpha: f64, interval: Interval) -> (Vec<SourceShare>, Vec<SourceSum>) {
    let known = found.alpha.min(alpha);
    let factor = if found.alpha > 0.0 { known / found.alpha } else { 0.0 };
    // If the whole may be 0, so may every part.
    let scaled = |share: f64, part: Interval| Interval {
        lower: if interval.lower > 0.0 { part.lower * factor } else { 0.0 },
        upper: part.upper.min(interval.upper).max(share * factor),
    };
    let source = |source: &SourceShare| {
        if source.name == HUMAN {
            let human = Interval { lower: 1.0 - interval.upper, upper: 1.0 - interval.lower };
            return SourceShare { share: Some(1.0 - alpha), interval: Some(human), ..source.clone() };
        }
        let of_interval = source.share.zip(source.interval).map(|(share, part)| scaled(share, part));
        SourceShare { share: source.share.map(|share| share * factor), interval: of_interval, ..source.clone() }
    };
    let sum = |sum: &SourceSum| SourceSum {
        names: sum.names.clone(),
        share: sum.share * factor,
        interval: scaled(sum.share, sum.interval),
    };
    let unknown = alpha - known;
    let of_known = found.sampling_interval.unwrap_or(found.interval);
    let of_unknown = Interval {
        lower: (interval.lower - of_known.upper).clamp(0.0, unknown),
        upper: (interval.upper - of_known.lower * factor).max(unknown),
    };
    let unknown =
        SourceShare { name: UNKNOWN.to_owned(), share: Some(unknown), interval: Some(of_unknown), identified: true };
    let sources = found.sources.iter().map(source).chain([unknown]).collect();
    (sources, found.source_sums.iter().map(sum).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::{DocumentKey, GroupSize};
    use crate::two_level::{Side, Stratum};

    /// Invented scores of a document.
    fn document(at: usize, mean: f64) -> Vec<f64> {
        (0..12).map(|unit| mean + ((at * 37 + unit * 11) % 23) as f64 / 5.0 - 2.2).collect()
    }

    /// A model of four invented strata a side.
    fn invented() -> StrataModel {
        let stratum = |side: Side, at: usize, mean: f64| {
            Stratum::new(side, format!("{at}"), format!("{at}"), (0..60).map(|n| document(n, mean)).collect())
        };
        let strata: Vec<Stratum> = (0..4)
            .flat_map(|at| {
                let off = 0.1 * at as f64;
                [stratum(Side::Human, at, -1.6 - off), stratum(Side::Llm, at, 1.6 + off)]
            })
            .collect();
        StrataModel::learn(&strata).unwrap()
    }

    #[test]
    fn a_reference_that_misses_its_own_llms_says_so_unless_the_interval_is_open() {
        let says = |unit_llm: f64, upper: f64| {
            let systematic = Systematic { unit_llm, ..Systematic::default() };
            let model = StrataModel { systematic, ..invented() };
            let estimator = StrataEstimator::new(&model, &[], UnitRule::Sentence, 0.95);
            estimator.overlooked(&ShareEstimate::new(0.0, 0.01, Interval { lower: 0.0, upper }))
        };
        assert!(says(0.38, 0.1).is_some_and(|warning| warning.contains("misses 38 % of it")));
        assert_eq!((says(0.38, 1.0), says(0.06, 0.1)), (None, None));
    }

    /// A control that reads as two of five documents by LLMs is said, and leaves nothing sure of a share as large.
    #[test]
    fn what_the_control_reads_is_said_and_nothing_of_it_is_sure() {
        let model = invented();
        let people = |start: usize| -> Vec<BinCounts> {
            let mean = |at: usize| if at % 5 < 2 { 1.7 } else { -1.7 };
            (start..start + 200).map(|at| model.bins.count(&document(at, mean(at)))).collect()
        };
        let llm: Vec<BinCounts> = (0..20).map(|at| model.bins.count(&document(at, 1.7))).collect();
        let found = estimate(&model, &[people(1000), llm].concat(), Some(&people(0)), ShareOf::Units, 0.95);
        assert!(found.of_control > 0.3 && found.share > 0.03 && found.interval.0 <= 0.0, "{found:?}");
        // Without what the control reads it would be 1e-6 and less.
        assert!(p_zero(&found, 0.0) > 0.05 && p_zero(&CorpusShare { may_be_human: 0.0, ..found }, 0.0) < 1e-6);
        let said = |control_share: f64| {
            let mixed = MixedShare { share: 0.0, interval: Interval { lower: 0.0, upper: 0.0 }, documents: 0.0 };
            let strata = StrataShare {
                mixed,
                llm_documents: 0.0,
                human_text: HumanText::OfControl,
                is_unlike: false,
                n_control: 200,
                control_share,
                control_lacks_venue: false,
                bound: None,
            };
            warnings(&ShareEstimate { strata: Some(strata), ..ShareEstimate::new(0.1, 0.01, mixed.interval) })
        };
        assert_eq!(said(0.004), Vec::<String>::new());
        assert_eq!(
            said(0.023),
            ["the control, which should read 0, reads 2.3 %; this is subtracted from the share and from its lower end"]
        );
        assert!(said(0.4)[0].contains("reads 40.0 %") && said(0.4)[0].ends_with(HARDLY_TELLS));
    }

    /// Text of mixed documents is part of the LLM text, so that no end of its interval may lie above that of the whole.
    #[test]
    fn the_interval_of_mixed_text_is_within_that_of_all_llm_text() {
        let model = invented();
        let documents: Vec<BinCounts> = (0..20).map(|at| model.bins.count(&document(at, 1.7))).collect();
        let found = CorpusShare {
            share: 0.45,
            mixed_share: 0.4,
            sampling: (0.43, 0.47),
            interval: (0.1, 0.47),
            may_be_human: 0.0,
            ..estimate(&model, &documents, None, ShareOf::Units, 0.95)
        };
        let estimator = StrataEstimator::new(&model, &[], UnitRule::Sentence, 0.95);
        for lower in [0.0, 0.1, 0.3] {
            let mixed = estimator.mixed(&found, Interval { lower, upper: 0.5 }, 1.96);
            assert!(mixed.interval.lower <= lower && lower <= mixed.share, "{mixed:?}");
            assert!(mixed.share <= mixed.interval.upper && mixed.interval.upper <= 0.47, "{mixed:?}");
        }
    }

    #[test]
    fn documents_that_were_not_drawn_make_a_share_less_sure() {
        let document = |at: u64| ScoredDocument::with_pooled(DocumentKey(at), vec![], vec![0.5; 20], vec![0.5; 20], 1);
        let documents: Vec<ScoredDocument> = (0..100).map(document).collect();
        let all = Group::of(documents.iter().collect());
        assert_eq!(error_of_draw(&all, 0.2, ShareOf::Units), 0.0);
        let size = Some(GroupSize { n_documents: 1000, n_units: 20_000 });
        let drawn = Group { size, ..Group::of(documents.iter().collect()) };
        let expected = (0.2_f64 * 0.8 / 100.0 * 0.9).sqrt();
        for of in [ShareOf::Units, ShareOf::Documents] {
            assert!((error_of_draw(&drawn, 0.2, of) - expected).abs() < 1e-12);
            assert_eq!(error_of_draw(&drawn, 0.0, of), 0.0);
        }
    }

    #[test]
    fn documents_count_alike_in_the_draw_of_a_share_of_documents_and_by_their_size_in_one_of_units() {
        let document = |at: u64| {
            let scores = vec![0.5; if at.is_multiple_of(2) { 1 } else { 19 }];
            ScoredDocument::with_pooled(DocumentKey(at), vec![], scores.clone(), scores, 1)
        };
        let documents: Vec<ScoredDocument> = (0..100).map(document).collect();
        let size = Some(GroupSize { n_documents: 200, n_units: 2000 });
        let drawn = Group { size, ..Group::of(documents.iter().collect()) };
        let variance = |of| error_of_draw(&drawn, 0.2, of).powi(2);
        assert!((variance(ShareOf::Documents) - 0.16 / 100.0 / 2.0).abs() < 1e-12);
        // 50 (1 + 19^2) / 1000^2.
        assert!((variance(ShareOf::Units) - 0.16 * 0.0181 / 2.0).abs() < 1e-12);
    }
}
