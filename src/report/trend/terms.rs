//! Explains the terms of a trend.

use crate::estimate::ShareEstimate;
use crate::report::shares::{Term, errors, interval, llm_share, misfit, unsaid};
use crate::trend::Trend;

/// Returns each term with its meaning.
pub(super) fn of(trend: &Trend) -> Vec<Term> {
    let unit = trend.run.unit;
    let has =
        |of: &dyn Fn(&ShareEstimate) -> bool| trend.periods().filter_map(|one| one.estimate.outcome.as_ref()).any(of);
    let cross =
        "A cross marks a point that the reference does not fit: its share may be far off, however narrow its interval.";
    let mut entries = vec![
        llm_share(unit),
        ("Interval", interval(trend.run.level)),
        misfit(cross),
        (
            "Hollow point",
            format!(
                "Few {unit}s or documents: the estimate is uncertain. A fork on the axis: too little text for any estimate."
            ),
        ),
        (
            "Hatched and dashed",
            "A fall that may be an artefact: text by models newer than the reference can pass for human.".to_owned(),
        ),
    ];
    entries.extend(errors(has(&|found| found.systematic_error.is_some()), has(&|found| found.band.is_some())));
    if trend.periods().any(|of| of.estimate.placebo) {
        entries.push((
            "Control",
            "The shaded periods are human text of this kind from before LLMs, each document judged without itself. It should read 0; \
             what it reads instead shows how far other shares may be off."
                .to_owned(),
        ));
    }
    entries.push(("Broken line", "No text in between.".to_owned()));
    entries.push((
        "Changes",
        "Periods may differ in more than who wrote them: another venue, form or field counts as a change, too."
            .to_owned(),
    ));
    entries.push(unsaid());
    entries
}
