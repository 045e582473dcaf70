//! `words`: text or an occurrence table to words over time.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::args::WordsArgs;
use super::control::CHATGPT;
use super::dates::Undated;
use super::occurrences::{Counted, count};
use super::output::{deliver, write_whole};
use super::progress::Spinner;
use super::select::select_fitted;
use crate::estimate::{SCHEMA_VERSION, ToolSummary};
use crate::progress::Progress;
use crate::report::{Output, render_words, words_report};
use crate::tokenize::for_each_word;
use crate::trend::{Event, UndatedSummary};
use crate::words::{
    Analysis, Correction, LlmWords, MAX_P_ADJUSTED, OccurrenceTable, Words, WordsOptions, analyse, headline,
};

/// What `--reference` says where no words are to be marked.
const NO_REFERENCE: &str = "none";

/// Runs the command.
pub fn run(arguments: &WordsArgs, quiet: bool) -> anyhow::Result<()> {
    let progress = Spinner::new(quiet);
    let words = asked_words(&arguments.words)?;
    let reference = (arguments.reference != NO_REFERENCE).then(|| select_fitted(&arguments.reference)).transpose()?;
    let reference = reference.map(|(reference, _)| (reference.card.name.clone(), LlmWords::of(&reference)));
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
    let analysis = analyse(&counted.table, reference.as_ref().map(|(_, words)| words), &options);
    let result = result(arguments, counted, &options, reference.map(|(name, _)| name), analysis);
    drop(progress);
    if let Some(folder) = &arguments.folder {
        write_folder(folder, &files(&result))?;
    }
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
        command: arguments.command(),
        unit,
        level: options.level,
        input: counted.input,
        period: options.period,
        undated: summary(counted.undated),
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

fn summary(undated: Undated) -> UndatedSummary {
    let Undated { n_without_date, n_unreadable, examples } = undated;
    UndatedSummary { n_without_date, n_unreadable, examples: examples.into_iter().collect() }
}

/// The release of ChatGPT and those asked for, by date.
fn events(arguments: &WordsArgs) -> Vec<Event> {
    let mut events = vec![Event { date: CHATGPT, label: "ChatGPT".to_owned() }];
    events.extend(arguments.event.iter().cloned().map(Event::from));
    events.sort();
    events.dedup();
    events
}

/// The files of `-o`.
fn files(result: &Words) -> Vec<(&'static str, String)> {
    vec![
        ("words.csv", render_words(result, Output::Csv)),
        ("words.json", render_words(result, Output::Json)),
        ("report.md", words_report(result)),
    ]
}

/// Writes every file whole into a folder, which is made if it is not there.
fn write_folder(folder: &Path, files: &[(&str, String)]) -> anyhow::Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("{}: cannot make the folder [name another with -o]", folder.display()))?;
    for (name, content) in files {
        write_whole(&folder.join(name), |out| Ok(out.write_all(content.as_bytes())?))?;
    }
    Ok(())
}
