//! The methods paragraphs of a trend, in words that a paper can adopt.

use crate::estimate::MIN_TILT_DOCUMENTS;
use crate::numbers::{counted, interval_name};
use crate::reference::Reference;
use crate::report::provenance::{provenance, read};
use crate::trend::Trend;

/// Describes how the LLM share was estimated.
pub(super) fn of(trend: &Trend, reference: &Reference) -> Vec<String> {
    let outcomes = trend.periods().filter_map(|of| of.estimate.outcome.as_ref());
    let has_strata = outcomes.clone().any(|found| found.strata.is_some());
    let has_tau = outcomes.clone().any(|found| found.systematic_error.is_some());
    let is_small = trend.run.control.as_ref().is_some_and(|control| control.n_documents < MIN_TILT_DOCUMENTS);
    let (how, of_control, rest) = match has_strata {
        true if is_small => (two_level(trend), BOUND_ALONE, None),
        true => (two_level(trend), TWO_LEVEL_CONTROL, None),
        false => (mixture(trend, has_tau), MIXTURE_CONTROL, Some(MISFIT.to_owned())),
    };
    let what = format!(
        "The share of {}s written or substantially rewritten by large language models (LLMs) was estimated for each {} with {} {}. {how} The \
         estimate is of a corpus; it says nothing about a single document. {} The random seed was {}.",
        trend.run.unit,
        trend.period,
        trend.run.tool.name,
        trend.run.tool.version,
        read(&trend.run.input, &trend.undated),
        trend.run.seed,
    );
    let paragraphs =
        [Some(what), Some(provenance(reference, &trend.run.reference.sha256)), control(trend, of_control), rest];
    paragraphs.into_iter().flatten().collect()
}

const MISFIT: &str = "Misfit is the largest distance between the cumulative distributions of scores in the text and in the fitted mixture. It is \
    flagged where it exceeds 0.05 and chance would produce as much in at most 1 % of samples; flagged estimates may be far off.";
/// What a control was for, before and after its name.
const MIXTURE_CONTROL: [&str; 2] =
    ["The human side of the calibration was learnt", " instead of the reference's human text."];
const TWO_LEVEL_CONTROL: [&str; 2] = [
    "The style of human text was learnt",
    ". The lower bound of the share of documents, which holds whatever the LLM, compares how many documents score beyond nearly all of the \
     control's with how many of the control do, and allows people to do so several times as often as the control's.",
];

const BOUND_ALONE: [&str; 2] = [
    "The lower bound of the share of documents was computed",
    ", which is too small for the style of human text to be learnt from it. The bound compares how many documents score beyond nearly all of \
     the control's with how many of the control do, and allows people to do so several times as often as the control's.",
];

fn mixture(trend: &Trend, has_tau: bool) -> String {
    let (unit, interval) = (trend.run.unit, interval_name(trend.run.level));
    let scorer = trend.run.reference.scorer.map_or_else(String::new, |scorer| format!(" ({scorer} scores)"));
    let tau = if has_tau { ", and for systematic error on text of another kind than the reference's" } else { "" };
    format!(
        "Following Liang et al. (2024), the corpus was modelled as a mixture of human and LLM {unit}s, each described by the words present \
         in it, and the share was estimated by maximum likelihood. Unlike in their work, the log ratios{scorer} were calibrated on \
         out-of-fold scores of the reference, and the {interval}s account for {unit}s clustering in documents and for the uncertainty of \
         the reference{tau}."
    )
}

fn two_level(trend: &Trend) -> String {
    format!(
        "Every sentence was scored by the log ratio of its words in LLM and in human text (logistic regression on the words present, all LLM \
         vendors weighing the same). Documents were modelled as written by people, by an LLM, or partly by an LLM; the style of sentences \
         of each kind may differ from document to document and from corpus to corpus as much as the kinds of text of the reference (venues \
         and years of human text; LLMs that generate or rewrite) differ from each other. The {}s are profile intervals of the share in \
         exactly these documents, widened by systematic errors that were learnt by leaving kinds of text out of the reference.",
        interval_name(trend.run.level)
    )
}

fn control(trend: &Trend, [what, rest]: [&str; 2]) -> Option<String> {
    let control = trend.run.control.as_ref()?;
    let before = control.before.as_ref().map_or_else(String::new, |date| format!(" from before {date}"));
    let n = counted(control.n_documents, "document");
    Some(format!("{what} from a control of {n}{before} ({}){rest}", control.files.join(", ")))
}
