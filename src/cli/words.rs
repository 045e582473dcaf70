//! `words`: text or an occurrence table to words over time.

use std::ffi::OsString;

use super::args::WordsArgs;
use super::control::CHATGPT;
use super::folder::{Files, pictures, refuse_file, write_folder};
use super::occurrences::{Counted, count};
use super::output::deliver;
use super::progress::Spinner;
use super::select::select_fitted;
use super::typed::as_typed;
use crate::corpus::Event;
use crate::estimate::{SCHEMA_VERSION, ToolSummary};
use crate::progress::Progress;
use crate::reference::Reference;
use crate::report::{Output, render_words, words_figure, words_html, words_report};
use crate::tokenize::for_each_word;
use crate::words::{
    Analysis, Correction, LlmWords, MAX_P_ADJUSTED, OccurrenceTable, Words, WordsOptions, analyse, headline,
};

/// What `--reference` says where no words are to be marked.
const NO_REFERENCE: &str = "none";

/// Runs the command; `typed` is what was typed.
pub fn run(arguments: &WordsArgs, typed: &[OsString], quiet: bool) -> anyhow::Result<()> {
    if let Some(folder) = &arguments.folder {
        refuse_file(folder)?;
    }
    let progress = Spinner::new(quiet);
    let words = asked_words(&arguments.words)?;
    let reference = (arguments.reference != NO_REFERENCE).then(|| select_fitted(&arguments.reference)).transpose()?;
    let llm_words = reference.as_ref().map(|(reference, _)| LlmWords::of(reference));
    let counted = count(arguments, &progress)?;
    progress.step("comparing");
    let options = WordsOptions {
        period: arguments.period.into(),
        baseline_before: arguments.baseline_before,
        level: arguments.level,
        n_top: arguments.top as usize,
        rank: arguments.rank.into(),
        words,
    };
    let analysis = analyse(&counted.table, llm_words.as_ref(), &options);
    let name = reference.as_ref().map(|(reference, _)| reference.card.name.clone());
    let mut result = result(arguments, counted, &options, name, analysis);
    let named = (arguments.reference != NO_REFERENCE).then_some(arguments.reference.as_str());
    result.command = as_typed(typed, &arguments.input.inputs, named.as_slice());
    if let Some(folder) = &arguments.folder {
        progress.step("drawing");
        let reference = reference.as_ref().map(|(reference, sha256)| (reference, sha256.as_str()));
        write_folder(folder, &files(&result, reference, arguments)?)?;
    }
    drop(progress);
    deliver(&render_words(&result, arguments.output), None)
}

/// The words asked for as the tokeniser has them, each once.
fn asked_words(asked: &[String]) -> anyhow::Result<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    for text in asked {
        let mut found: Vec<String> = Vec::new();
        for_each_word(text, &mut String::new(), |word| found.push(word.to_owned()));
        let [word] = &found[..] else {
            anyhow::bail!(
                "--words \"{text}\": {} words, one is needed between commas [words are letters, digits and _, not digits alone]",
                found.len()
            );
        };
        if !words.contains(word) {
            words.push(word.clone());
        }
    }
    Ok(words)
}

fn result(
    arguments: &WordsArgs,
    counted: Counted,
    options: &WordsOptions,
    reference: Option<String>,
    analysis: Analysis,
) -> Words {
    let Analysis { groups, n_words_tested, n_tests } = analysis;
    let unit = counted.table.unit;
    let mut warnings = missing_words(&options.words, &counted.table, counted.left_out);
    if groups.iter().flat_map(|group| &group.periods).any(|of| of.is_baseline && of.period.first >= CHATGPT) {
        warnings.push(format!(
            "the baseline has text from after {CHATGPT}, which may be by LLMs already; excess is then read too low"
        ));
    }
    Words {
        schema_version: SCHEMA_VERSION,
        tool: ToolSummary::default(),
        command: String::new(),
        unit,
        level: options.level,
        input: counted.input,
        period: options.period,
        undated: counted.undated.into(),
        events: events(arguments),
        baseline_before: options.baseline_before,
        headline: headline(&groups, unit, n_words_tested, reference.as_deref()),
        reference,
        n_words_tested,
        n_tests,
        correction: Correction::default(),
        max_p_adjusted: MAX_P_ADJUSTED,
        groups,
        warnings,
    }
}

/// What to say of words asked for that are not there, and of those that a stored table leaves out.
fn missing_words(asked: &[String], table: &OccurrenceTable, left_out: Option<(u64, u64)>) -> Vec<String> {
    let is_missing = |word: &&String| {
        let number = table.number(word);
        number.is_none_or(|number| table.groups().values().all(|group| group.of_word(number).n_documents == 0))
    };
    let missing: Vec<&str> = asked.iter().filter(is_missing).map(String::as_str).collect();
    let mut warnings = Vec::new();
    if !missing.is_empty() {
        let place = if left_out.is_some() { "table, which leaves out rare words" } else { "text" };
        warnings.push(format!("not in the {place}: {}", missing.join(", ")));
    }
    if let Some((n_words, min_documents)) = left_out.filter(|(n_words, _)| *n_words > 0) {
        warnings.push(format!(
            "{n_words} words in fewer than {min_documents} documents were left out when the occurrences were stored"
        ));
    }
    warnings
}

/// The release of ChatGPT and those asked for, by date.
fn events(arguments: &WordsArgs) -> Vec<Event> {
    let mut events = vec![Event { date: CHATGPT, label: "ChatGPT".to_owned() }];
    events.extend(arguments.event.iter().cloned().map(Event::from));
    events.sort();
    events.dedup();
    events
}

/// The report, its figures and its data.
fn files(result: &Words, reference: Option<(&Reference, &str)>, arguments: &WordsArgs) -> anyhow::Result<Files> {
    let options = arguments.figure.options();
    let mut files = pictures("words", &words_figure(result, &options), || words_html(result, reference, &options))?;
    for (name, text) in [
        ("words.csv", render_words(result, Output::Csv)),
        ("words.json", render_words(result, Output::Json)),
        ("report.md", words_report(result)),
    ] {
        files.push((name.to_owned(), text.into_bytes()));
    }
    Ok(files)
}
