//! Follows words over time, in text or occurrence tables.

use super::error::RunError;
use super::occurrences::{Counted, count};
use super::options::{NO_REFERENCE, WordsRun};
use super::refusals::WordsError;
use super::select::select_fitted;
use super::trend::marked;
use crate::corpus::CHATGPT;
use crate::estimate::RunSummary;
use crate::progress::Progress;
use crate::reference::Reference;
use crate::tokenize::for_each_word;
use crate::words::{
    Analysis, Correction, LlmWords, MAX_P_ADJUSTED, OccurrenceTable, Words, WordsOptions, WordsWarning, analyse,
};

/// Follows words over time; also returns the reference whose LLM words are marked, with the SHA-256 of its file.
///
/// Rates are shares of documents or sentences with the word, 0 to 1; the excess is over a word's course before LLMs (Kobak et
/// al. 2025, Sci. Adv. 11:eadt3813): [`analyse`].
///
/// # Errors
/// Fails if the input or the reference cannot be read, or if no document has a date that names a period.
///
/// # Examples
///
/// ```
/// use llm_prevalence::progress::Silent;
/// use llm_prevalence::run::{InputOptions, WordsRun, words};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("reviews.csv").display().to_string();
/// let rows = (0..240).map(|n| format!("{n},{},I liked part {n}. The proof in step {n} is wrong.\n", 2018 + n % 6));
/// std::fs::write(&path, format!("id,year,text\n{}", rows.collect::<String>()))?;
/// let (found, _) = words(&WordsRun::new(InputOptions::new([path])), &Silent)?;
/// assert_eq!(found.groups.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn words(run: &WordsRun, progress: &dyn Progress) -> Result<(Words, Option<(Reference, String)>), RunError> {
    let words = asked_words(&run.words)?;
    let reference = (run.reference != NO_REFERENCE).then(|| select_fitted(&run.reference)).transpose()?;
    let llm_words = reference.as_ref().map(|(reference, _)| LlmWords::of(reference));
    let counted = count(run, progress)?;
    progress.step("comparing");
    let options = WordsOptions {
        period: run.period,
        baseline_before: run.baseline_before,
        level: run.level,
        n_top: run.n_top,
        rank: run.rank,
        words,
    };
    let analysis = analyse(&counted.table, llm_words.as_ref(), &options);
    let named = reference.as_ref().map(|(reference, sha256)| (reference.card.name.clone(), sha256.clone()));
    Ok((result(run, counted, &options, named, analysis), reference))
}

/// Returns the words asked for in the tokeniser's form, each once.
fn asked_words(asked: &[String]) -> Result<Vec<String>, WordsError> {
    let mut words: Vec<String> = Vec::new();
    for text in asked {
        let mut found: Vec<String> = Vec::new();
        for_each_word(text, &mut String::new(), |word| found.push(word.to_owned()));
        let [word] = &found[..] else {
            return Err(WordsError::NotAWord(text.clone(), found.len()));
        };
        if !words.contains(word) {
            words.push(word.clone());
        }
    }
    Ok(words)
}

fn result(
    run: &WordsRun,
    counted: Counted,
    options: &WordsOptions,
    reference: Option<(String, String)>,
    analysis: Analysis,
) -> Words {
    let Analysis { groups, n_words_tested, n_tests } = analysis;
    let unit = counted.table.unit;
    let mut warnings = missing_words(&options.words, &counted.table, counted.left_out);
    if groups.iter().flat_map(|group| &group.periods).any(|of| of.is_baseline && of.period.first >= CHATGPT) {
        warnings.push(WordsWarning::LateBaseline(CHATGPT));
    }
    let (reference, reference_sha256) = reference.unzip();
    let run_summary =
        RunSummary { input: counted.input, reference_sha256, ..RunSummary::new(unit, options.level, 0, reference) };
    warnings.extend(run_summary.notes().into_iter().map(WordsWarning::Input));
    Words {
        run: run_summary,
        warnings,
        command: run.command.clone(),
        period: options.period,
        undated: counted.undated.into(),
        events: marked(&run.events, true),
        baseline_before: options.baseline_before,
        n_words_tested,
        n_tests,
        correction: Correction::default(),
        max_p_adjusted: MAX_P_ADJUSTED,
        groups,
    }
}

/// Returns warnings about words asked for that do not occur, and about those that a stored table leaves out.
fn missing_words(asked: &[String], table: &OccurrenceTable, left_out: Option<(u64, u64)>) -> Vec<WordsWarning> {
    let is_missing = |word: &&String| {
        let number = table.number(word);
        number.is_none_or(|number| table.groups().values().all(|group| group.of_word(number).n_documents == 0))
    };
    let words: Vec<String> = asked.iter().filter(is_missing).cloned().collect();
    let mut warnings = Vec::new();
    if !words.is_empty() {
        warnings.push(WordsWarning::Missing { words, is_stored: left_out.is_some() });
    }
    if let Some((n_words, min_documents)) = left_out.filter(|(n_words, _)| *n_words > 0) {
        warnings.push(WordsWarning::LeftOut { n_words, min_documents });
    }
    warnings
}
