//! The methods paragraphs of a trend, in words that a paper can adopt.

use crate::numbers::{counted, interval_name};
use crate::reference::Reference;
use crate::report::provenance::{provenance, read};
use crate::trend::{PeriodEstimate, Trend};

/// Describes how the LLM share was estimated.
pub(super) fn of(trend: &Trend, reference: &Reference) -> Vec<String> {
    let (tool, unit) = (&trend.run.tool, trend.run.unit);
    let scorer = trend.run.reference.scorer.map_or_else(String::new, |scorer| format!(" ({scorer} scores)"));
    let has_tau = trend
        .series
        .iter()
        .flat_map(|of| &of.periods)
        .any(|of| of.estimate.outcome.as_ref().is_some_and(|of| of.systematic_error.is_some()));
    let is_strata = |of: &PeriodEstimate| of.estimate.outcome.as_ref().is_some_and(|found| found.strata.is_some());
    if trend.series.iter().flat_map(|of| &of.periods).any(is_strata) {
        return of_strata(trend, reference);
    }
    let tau = if has_tau { ", and for systematic error on text of another kind than the reference's" } else { "" };
    let what = format!(
        "The share of {unit}s written or substantially rewritten by large language models (LLMs) was estimated for each {} with {} {}. \
         Following Liang et al. (2024), the corpus was modelled as a mixture of human and LLM {unit}s, each described by the words present \
         in it, and the share was estimated by maximum likelihood. Unlike in their work, the log ratios{scorer} were calibrated on \
         out-of-fold scores of the reference, and the {}s account for {unit}s clustering in documents and for the uncertainty of the \
         reference{tau}. The estimate is of a corpus; it says nothing about a single document. {} The random seed was {}.",
        trend.period,
        tool.name,
        tool.version,
        interval_name(trend.run.level),
        read(&trend.run.input, &trend.undated),
        trend.run.seed,
    );
    let mut paragraphs = vec![what, provenance(reference, &trend.run.reference.sha256)];
    paragraphs.extend(of_control(
        trend,
        "The human side of the calibration was learnt",
        " instead of the reference's human text.",
    ));
    paragraphs.push(
        "Misfit is the largest distance between the cumulative distributions of scores in the text and in the fitted mixture. It is \
         flagged where it exceeds 0.05 and chance would produce as much in at most 1 % of samples; flagged estimates may be far off."
            .to_owned(),
    );
    paragraphs
}

fn of_control(trend: &Trend, what: &str, rest: &str) -> Option<String> {
    let control = trend.run.control.as_ref()?;
    let before = control.before.as_ref().map_or_else(String::new, |date| format!(" from before {date}"));
    let n = counted(control.n_documents, "document");
    Some(format!("{what} from a control of {n}{before} ({}){rest}", control.files.join(", ")))
}

/// Describes how the share was estimated with the two-level model.
fn of_strata(trend: &Trend, reference: &Reference) -> Vec<String> {
    let (tool, unit) = (&trend.run.tool, trend.run.unit);
    let what = format!(
        "The share of {unit}s written or substantially rewritten by large language models (LLMs) was estimated for each {} with {} {}. \
         Every sentence was scored by the log ratio of its words in LLM and in human text (logistic regression on the words present, all LLM \
         vendors weighing the same). Documents were modelled as written by people, by an LLM, or partly by an LLM; the style of sentences \
         of each kind may differ from document to document and from corpus to corpus as much as the kinds of text of the reference (venues \
         and years of human text; LLMs that generate or rewrite) differ from each other. The {}s are profile intervals of the share in \
         exactly these documents, widened by systematic errors that were learnt by leaving kinds of text out of the reference. The \
         estimate is of a corpus; it says nothing about a single document. {} The random seed was {}.",
        trend.period,
        tool.name,
        tool.version,
        interval_name(trend.run.level),
        read(&trend.run.input, &trend.undated),
        trend.run.seed,
    );
    let mut paragraphs = vec![what, provenance(reference, &trend.run.reference.sha256)];
    paragraphs.extend(of_control(
        trend,
        "The style of human text was learnt",
        ". The lower bound of the share of documents, which holds whatever the LLM, compares how many documents score beyond nearly all of \
         the control's with how many of the control do, and allows people to do so several times as often as the control's.",
    ));
    paragraphs
}
