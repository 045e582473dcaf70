//! The methods paragraph: the method in words that a paper can adopt.

use super::super::cells::{interval_name, thousands};
use super::super::input::cut_note;
use super::super::timeline::counted;
use crate::corpus::UndatedSummary;
use crate::estimate::InputSummary;
use crate::reference::{Reference, Source};
use crate::trend::{PeriodEstimate, Trend};
use crate::words::Words;

/// Number of characters of a SHA-256 that distinguish references.
const SHORT_HASH: usize = 16;

/// Describes how the LLM share was estimated.
pub(super) fn of_trend(trend: &Trend, reference: &Reference) -> Vec<String> {
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
    let tau = if has_tau { ", and for systematic error on text of another kind than the reference" } else { "" };
    let what = format!(
        "The share of {unit}s written or substantially rewritten by large language models (LLMs) was estimated for each {} with {} {}. \
         Following Liang et al. (2024), the corpus was taken for a mixture of human and LLM {unit}s, each described by the words present \
         in it, and the share estimated by maximum likelihood. Unlike there, the log ratios{scorer} were calibrated on out-of-fold scores \
         of the reference, and the {}s account for {unit}s clustering in documents and for the uncertainty of the reference{tau}. The \
         estimate is of a corpus; it says nothing about a single document. {}",
        trend.period,
        tool.name,
        tool.version,
        interval_name(trend.run.level),
        read(&trend.run.input, &trend.undated),
    );
    let mut paragraphs = vec![what, provenance(reference, &trend.run.reference.sha256)];
    paragraphs.extend(of_control(
        trend,
        "The human side of the calibration was learnt",
        " instead of the reference's human text.",
    ));
    paragraphs.push(
        "Misfit is the largest distance of the cumulative distributions of scores in the text and in the fitted mixture. It is flagged \
         where it exceeds 0.05 and chance gives as much in at most 1 % of samples; such estimates may be far off."
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
         vendors weighing the same). Documents were taken to be human, by an LLM, or partly by one; what sentences of each look like may \
         differ from document to document and from corpus to corpus as much as the kinds of text of the reference (venues and years of \
         human text; LLMs that generate or rewrite) differ from each other. The {}s are profile intervals of the share in these very \
         documents, widened by systematic errors that were learnt by leaving kinds of text out of the reference. The estimate is of a \
         corpus; it says nothing about a single document. {}",
        trend.period,
        tool.name,
        tool.version,
        interval_name(trend.run.level),
        read(&trend.run.input, &trend.undated),
    );
    let mut paragraphs = vec![what, provenance(reference, &trend.run.reference.sha256)];
    paragraphs.extend(of_control(
        trend,
        "What people write like was learnt",
        ". The least share of documents, whatever the LLM, compares how many documents score beyond nearly all of the control's with how \
         many of the control do, and allows people to do so several times as often as the control's.",
    ));
    paragraphs
}

/// Describes how words were counted and compared.
pub(super) fn of_words(words: &Words, reference: Option<(&Reference, &str)>) -> Vec<String> {
    let unit = words.run.unit;
    let what = format!(
        "The share of {unit}s in which each word occurs (its occurrence rate) was measured for each {} with {} {}; {}s account for {unit}s \
         clustering in documents. Following Kobak et al. (2025), the rate expected without LLMs was extrapolated from the periods that end \
         before {}, and a word's excess is the observed less the expected rate (gap) or one over the other (ratio). Its p-value is \
         one-sided and corrected for the {} words and all periods that were looked at. {}",
        words.period,
        words.run.tool.name,
        words.run.tool.version,
        interval_name(words.run.level),
        words.baseline_before,
        thousands(words.n_words_tested),
        read(&words.run.input, &words.undated),
    );
    let marked = reference.map(|(reference, sha256)| {
        format!(
            "Words are called LLM words where the reference has them more often in LLM text. {}",
            provenance(reference, sha256)
        )
    });
    std::iter::once(what).chain(marked).collect()
}

/// Describes what was read.
fn read(input: &InputSummary, undated: &UndatedSummary) -> String {
    let n_undated = undated.n_without_date + undated.n_unreadable;
    let of_these = match n_undated {
        0 => String::new(),
        n => format!(
            " {} had no date that names a period and {} left out.",
            thousands(n),
            if n == 1 { "was" } else { "were" }
        ),
    };
    let cut =
        input.cut.as_ref().and_then(|cut| Some(format!(" {}, by the rules {}.", cut_note(&cut.tally)?, cut.rules)));
    format!(
        "The corpus had {} ({}).{of_these}{}",
        counted(input.n_documents, "document"),
        input.files.join(", "),
        cut.unwrap_or_default()
    )
}

/// Describes what the reference was made from.
fn provenance(reference: &Reference, sha256: &str) -> String {
    let settings = &reference.settings;
    let sources: Vec<String> = reference.sources.iter().map(|of| source(of, reference)).collect();
    let description = match reference.card.description.trim_end_matches('.') {
        "" => String::new(),
        text => format!(": {text}"),
    };
    let held_out = match settings.held_out_share {
        share if share > 0.0 => format!(" {:.1} % of the groups of documents were held out.", share * 100.0),
        _ => String::new(),
    };
    format!(
        "The reference “{}” (SHA-256 {}…){description}. It was fitted by llm-prevalence {} with the tokeniser “{}” on {} words of these \
         sources: {}.{held_out}",
        reference.card.name,
        &sha256[..sha256.len().min(SHORT_HASH)],
        settings.tool_version,
        settings.tokenizer,
        thousands(reference.vocabulary.len()),
        sources.join("; "),
    )
}

/// Describes one source: `human, 12,345 documents with 234,567 sentences from 2019 to 2020 (iclr-2019.jsonl.gz)`.
fn source(source: &Source, reference: &Reference) -> String {
    let dates = source.corpora.iter().filter_map(|corpus| corpus.dates.as_ref());
    let range = dates.fold(None, |range: Option<(&str, &str)>, (first, last)| {
        let (low, high) = range.unwrap_or((first, last));
        Some((low.min(first), high.max(last)))
    });
    let dates = match range {
        None => String::new(),
        Some((first, last)) if first == last => format!(" from {first}"),
        Some((first, last)) => format!(" from {first} to {last}"),
    };
    let mut files: Vec<&str> =
        source.corpora.iter().flat_map(|corpus| &corpus.files).map(|file| file.name.as_str()).collect();
    files.dedup();
    let files = if files.is_empty() { String::new() } else { format!(" ({})", files.join(", ")) };
    format!(
        "{}, {} with {}{dates}{files}",
        source.name,
        counted(source.n_documents as usize, "document"),
        counted(source.n_units as usize, &reference.settings.unit.to_string()),
    )
}
