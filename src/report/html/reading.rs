//! Explanations of how to read a page.

use super::super::cells::interval_name;
use crate::trend::Trend;
use crate::words::Words;

/// The entry on what the result does not say.
const NOT: (&str, &str) = (
    "What it does not say",
    "Anything about one document or person, or whether LLMs were used for ideas: only how much of the text looks written or \
     substantially rewritten by them.",
);

/// Explains the terms of a trend.
pub(super) fn of_trend(trend: &Trend) -> Vec<(&'static str, String)> {
    let unit = trend.run.unit;
    let mut entries = vec![
        ("LLM share", format!("The estimated share of {unit}s written or substantially rewritten by large language models.")),
        ("Interval", interval(trend.run.level)),
        (
            "Misfit",
            "How far the text is from any mixture of the reference's human and LLM text, 0 to 1; up to 0.05 is a fit. A cross marks a \
             point that the reference does not fit: its share may be far off, however narrow its interval."
                .to_owned(),
        ),
        ("Hollow point", format!("Few {unit}s or documents: not to lean on. A fork on the axis: too little text for any estimate.")),
        (
            "Hatched and dashed",
            "A fall that may be an artefact: text by models newer than the reference can pass for human.".to_owned(),
        ),
    ];
    if trend
        .series
        .iter()
        .flat_map(|of| &of.periods)
        .any(|of| of.estimate.outcome.as_ref().is_some_and(|of| of.systematic_error.is_some()))
    {
        entries.push((
            "tau",
            "The systematic error at this share: how far the reference is off, as a standard deviation, on kinds of text and LLMs left out \
             of it in turn. It is a part of the interval."
                .to_owned(),
        ));
    }
    if has_band(trend) {
        entries.push((
            "Band",
            "From the lowest to the highest share by other reasonable choices: scorer, calibration, function words only, no names and \
             numbers, whole documents. It shows how much hangs on the choices made here; the data (JSON) has each."
                .to_owned(),
        ));
    }
    if trend.series.iter().flat_map(|of| &of.periods).any(|of| of.estimate.placebo) {
        entries.push((
            "Control",
            "The shaded periods are human text of this kind from before LLMs, estimated without themselves. They should read 0; how \
             far they are off shows how far others may be."
                .to_owned(),
        ));
    }
    entries.push(("Broken line", "No text in between.".to_owned()));
    entries.push((NOT.0, NOT.1.to_owned()));
    entries
}

/// Returns whether the shares by other choices are known.
pub(super) fn has_band(trend: &Trend) -> bool {
    trend
        .series
        .iter()
        .flat_map(|of| &of.periods)
        .any(|of| of.estimate.outcome.as_ref().is_some_and(|of| of.band.is_some()))
}

/// Explains the terms of words.
pub(super) fn of_words(words: &Words) -> Vec<(&'static str, String)> {
    let unit = words.run.unit;
    vec![
        ("Rate", format!("The share of {unit}s in which the word occurs, however often.")),
        ("Interval", interval(words.run.level)),
        ("Expected", format!("The rate that the word's course before {} lets expect; dotted in the figure.", words.baseline_before)),
        ("Gap and ratio", "Observed less expected rate, in percentage points; and observed over expected.".to_owned()),
        (
            "p",
            "The probability of such an excess without any change, corrected for all the words and periods that were looked at."
                .to_owned(),
        ),
        ("LLM word", "The reference has the word more often in LLM text than in human text.".to_owned()),
        (
            "What it does not say",
            "That a word was written by an LLM: words rise for other reasons too, such as a new topic, and people take them over."
                .to_owned(),
        ),
    ]
}

fn interval(level: f64) -> String {
    let percent = (level * 1e6).round() / 1e4;
    format!(
        "The {}: made so that {percent} of 100 such intervals hold the true value, if the reference fits.",
        interval_name(level)
    )
}
