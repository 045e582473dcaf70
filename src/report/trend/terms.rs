//! Explains the terms of a trend.

use crate::estimate::ShareEstimate;
use crate::report::shares::{Term, errors, interval, llm_share, misfit, unsaid};
use crate::report::timeline::has_gap;
use crate::trend::Trend;

/// Returns each term with its meaning.
pub(super) fn of(trend: &Trend) -> Vec<Term> {
    let unit = trend.run.unit;
    let has =
        |of: &dyn Fn(&ShareEstimate) -> bool| trend.periods().filter_map(|one| one.estimate.outcome.as_ref()).any(of);
    let cross =
        "A cross marks a point that the reference does not fit: its share may be far off, however narrow its interval.";
    let mut entries = vec![llm_share(unit), ("Interval", interval(trend.run.level)), misfit(cross)];
    if has(&|found| found.strata.and_then(|strata| strata.bound).is_some_and(|bound| bound.documents > 0.0)) {
        let text = "The lower bound of the share of documents with LLM text, drawn as a stroke. It needs no LLM text.";
        entries.push(("At least", text.to_owned()));
    }
    if trend.periods().any(|of| of.is_small || of.estimate.outcome.is_none()) {
        entries.push((
            "Hollow point",
            format!(
                "Few {unit}s or documents, so the estimate is uncertain. A fork on the axis marks too little text for any estimate."
            ),
        ));
    }
    if trend.periods().any(|of| of.artefact.is_some()) {
        entries.push((
            "Hatched and dashed",
            "A fall that may be an artefact: text by models newer than the reference can pass for human.".to_owned(),
        ));
    }
    entries.extend(errors(has(&|found| found.systematic_error.is_some()), has(&|found| found.band.is_some())));
    if trend.periods().any(|of| of.estimate.placebo) {
        entries.push((
            "Control",
            "The shaded periods are human text of this kind from before LLMs, each document judged without itself. It should read 0; \
             what it reads instead shows how far other shares may be off."
                .to_owned(),
        ));
    }
    let mut lines = trend.series.iter().map(|series| series.periods.iter().map(|of| &of.period).collect::<Vec<_>>());
    if lines.any(|periods| has_gap(&periods)) {
        entries.push(("Broken line", "No text in the periods between.".to_owned()));
    }
    entries.push((
        "Changes",
        "Periods may differ in more than who wrote them: a change of venue, form or field counts as a change too."
            .to_owned(),
    ));
    entries.push(unsaid());
    entries
}
