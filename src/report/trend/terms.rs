//! Explains the terms of a trend.

use crate::estimate::ShareEstimate;
use crate::numbers::{interval_name, level};
use crate::trend::Trend;

/// Returns each term with its meaning.
pub(super) fn of(trend: &Trend) -> Vec<(&'static str, String)> {
    let unit = trend.run.unit;
    let has =
        |of: &dyn Fn(&ShareEstimate) -> bool| trend.periods().filter_map(|one| one.estimate.outcome.as_ref()).any(of);
    let mut entries = vec![
        ("LLM share", format!("The estimated share of {unit}s written or substantially rewritten by large language models.")),
        ("Interval", interval(trend.run.level)),
        (
            "Misfit",
            "How far the text is from any mixture of the reference's human and LLM text, 0 to 1; up to 0.05 counts as a fit. A cross marks a \
             point that the reference does not fit: its share may be far off, however narrow its interval."
                .to_owned(),
        ),
        ("Hollow point", format!("Few {unit}s or documents: the estimate is uncertain. A fork on the axis: too little text for any estimate.")),
        (
            "Hatched and dashed",
            "A fall that may be an artefact: text by models newer than the reference can pass for human.".to_owned(),
        ),
    ];
    if has(&|found| found.systematic_error.is_some()) {
        entries.push((
            "tau",
            "The systematic error at this share: the standard deviation of the reference's error on kinds of text and LLMs that were left \
             out of it in turn. The interval includes it."
                .to_owned(),
        ));
    }
    if has(&|found| found.band.is_some()) {
        entries.push((
            "Band",
            "The range of the share under other reasonable choices: scorer, calibration, function words only, no names and numbers, whole \
             documents. It shows how much depends on the choices made here; the JSON data lists each of them."
                .to_owned(),
        ));
    }
    if trend.periods().any(|of| of.estimate.placebo) {
        entries.push((
            "Control",
            "The shaded periods are human text of this kind from before LLMs, estimated without themselves. They should read 0; how \
             far they are off shows how far others may be."
                .to_owned(),
        ));
    }
    entries.push(("Broken line", "No text in between.".to_owned()));
    entries.push((
        "Changes",
        "Periods may differ in more than who wrote them: another venue, form or field counts as a change, too."
            .to_owned(),
    ));
    entries.push((
        "What it does not say",
        "Anything about one document or person, or whether LLMs were used for ideas: only how much of the text looks written or \
         substantially rewritten by them."
            .to_owned(),
    ));
    entries
}

/// Explains intervals of a level.
pub(in crate::report) fn interval(of: f64) -> String {
    format!(
        "The {}: made so that {} of 100 such intervals contain the true value, if the reference fits.",
        interval_name(of),
        level(of)
    )
}
