//! Words over time on real text: a placebo, and what is known of the years after ChatGPT.

use crate::common::{data_path, embedded_reference};
use jiff::civil::{Date, date};
use llm_prevalence::corpus::{Document, PeriodRule, ReadOptions, find_inputs, read_corpus, span};
use llm_prevalence::reference::{Reference, Scorer};
use llm_prevalence::score::{ScoreTable, Setting, UnitScorer, WordCounts};
use llm_prevalence::tokenize::UnitRule;
use llm_prevalence::words::{
    Analysis, LlmWords, LlmWordsOverTime, OccurrenceTable, WordsOptions, analyse, llm_words_over_time,
};
use statrs::distribution::{Binomial, DiscreteCDF};

/// Hands over the documents of a file with the first day of the period of each.
fn read(name: &str, column: &str, rule: PeriodRule, on_batch: &mut dyn FnMut(Vec<Document>, Vec<Option<Date>>)) {
    let options = ReadOptions::default().columns(vec![column.to_owned()]);
    let inputs = find_inputs(&[data_path(name)]).unwrap();
    read_corpus(&inputs, &options, &mut |mut batch| {
        let mut period = |document: &mut Document| {
            let days = document.values.remove(0).as_deref().and_then(span).unwrap();
            Some(rule.period(days).unwrap().first)
        };
        let periods = batch.iter_mut().map(&mut period).collect();
        on_batch(batch, periods);
        Ok(())
    })
    .unwrap();
}

fn counted(names: &[&str], column: &str, rule: PeriodRule) -> OccurrenceTable {
    let mut table = OccurrenceTable::new(UnitRule::Sentence, vec![]);
    let mut count = |batch: Vec<Document>, periods: Vec<Option<Date>>| table.count_in_periods(&batch, &periods);
    names.iter().for_each(|name| read(name, column, rule, &mut count));
    table
}

fn analysed(table: &OccurrenceTable, rule: PeriodRule, before: Date, words: Vec<String>, llm: &LlmWords) -> Analysis {
    let options = WordsOptions::new(rule, before).n_top(1000).words(words);
    analyse(table, Some(llm), &options)
}

const ARXIV: &str = "abstracts/arxiv-cs-2017-2019.jsonl.gz";

/// Before LLMs no LLM word rises; topics may ("bert" did, in 2019).
#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn in_abstracts_from_before_llms_hardly_a_word_rises() {
    let known = LlmWords::of(&embedded_reference("abstracts"));
    for rule in [PeriodRule::Year, PeriodRule::Quarter, PeriodRule::Month] {
        let table = counted(&[ARXIV], "created", rule);
        let found = analysed(&table, rule, date(2019, 1, 1), vec![], &known);
        let group = &found.groups[0];
        let words: Vec<&str> = group.words.iter().map(|word| word.word.as_str()).collect();
        println!("{rule}: {} of {} words, {} tests: {words:?}", words.len(), found.n_words_tested, found.n_tests);
        assert!(found.n_words_tested > 4000);
        // A false discovery rate of 5 % where everything that is found is false would be none in 19 of 20 such corpora.
        assert!(group.n_excess_words <= 5 && group.n_excess_llm_words == 0, "{words:?}");
    }
}

/// The most of `n` words whose p-value is below `p` by chance, in 99 of 100 such corpora, if words were independent.
fn at_most(p: f64, n: usize) -> u64 {
    Binomial::new(p, n as u64).unwrap().inverse_cdf(0.99)
}

/// The uncorrected p-values of the same words in the first year after the baseline.
#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn p_values_of_words_from_before_llms_are_not_too_small() {
    let known = LlmWords::of(&embedded_reference("abstracts"));
    for (rule, until) in [(PeriodRule::Year, 12), (PeriodRule::Quarter, 3), (PeriodRule::Month, 1)] {
        let table = counted(&[ARXIV], "created", rule);
        let last = date(2019, until, 1).last_of_month();
        let table = table.regroup(vec![], |key, _| (key.period? <= last).then(|| key.clone()));
        let frequent: Vec<String> = table
            .words()
            .iter()
            .filter(|(_, number)| table.groups().values().map(|of| of.of_word(*number).n_documents).sum::<u64>() >= 20)
            .map(|(word, _)| (*word).to_owned())
            .collect();
        let found = analysed(&table, rule, date(2019, 1, 1), frequent, &known);
        let p = |word: &llm_prevalence::words::WordSeries| word.excess.as_ref().unwrap().p_value;
        let values: Vec<f64> = found.groups[0].words.iter().map(p).collect();
        let share = |below: f64| values.iter().filter(|p| **p < below).count() as f64 / values.len() as f64;
        println!(
            "{rule}: {} below 0.05, {} below 0.01, {} below 0.001, scatter {:?}",
            share(0.05),
            share(0.01),
            share(0.001),
            found.groups[0].scatter
        );
        for p in [0.05, 0.01] {
            let n = values.iter().filter(|value| **value < p).count() as u64;
            assert!(n <= at_most(p, values.len()), "{rule}: {n} of {} below {p}", values.len());
        }
    }
}

#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn after_chatgpt_llm_words_rise() {
    let known = LlmWords::of(&embedded_reference("abstracts"));
    let table = counted(&["abstracts/venue-abstracts-2018-2025.jsonl.gz"], "year", PeriodRule::Year);
    let found = analysed(&table, PeriodRule::Year, date(2023, 1, 1), vec![], &known);
    let group = &found.groups[0];
    println!("{} words, {} of them LLM words", group.n_excess_words, group.n_excess_llm_words);
    for word in ["enhancing", "advancements", "intricate", "leveraging", "particularly"] {
        assert!(group.words.iter().any(|of| of.word == word && of.is_llm_word), "{word}");
    }
    // Of all words tested the reference knows fewer than one in seven as LLM words.
    assert!(
        group.n_excess_llm_words * 2 > group.n_excess_words,
        "{} of {}",
        group.n_excess_llm_words,
        group.n_excess_words
    );
}

fn over_time(reference: &Reference, files: &[(&str, &str)], rule: PeriodRule) -> LlmWordsOverTime {
    let scorer = UnitScorer::new(reference, Scorer::Logistic);
    let mut table = ScoreTable::new(vec![]);
    let mut words = WordCounts::new(reference.vocabulary.len());
    let mut count = |batch: Vec<Document>, periods: Vec<Option<Date>>| {
        let settings: Vec<Setting> = periods.into_iter().map(|period| Setting::new(period, None)).collect();
        scorer.score(&batch, &settings, &mut table, Some(&mut words));
    };
    files.iter().for_each(|(name, column)| read(name, column, rule, &mut count));
    llm_words_over_time(&words, reference).unwrap()
}

/// The reviews' LLM words go on rising from 2023 to 2024; none of the references is that old.
#[test]
#[ignore = "needs LLM_PREVALENCE_DATA"]
fn while_llm_words_rise_the_reference_has_not_aged() {
    let (reviews, abstracts) = (embedded_reference("reviews"), embedded_reference("abstracts"));
    let years =
        ["iclr-2019", "iclr-2020", "neurips-2023", "neurips-2024"].map(|name| format!("reviews/{name}.jsonl.gz"));
    let files: Vec<(&str, &str)> = years.iter().map(|name| (name.as_str(), "year")).collect();
    let found = over_time(&reviews, &files, PeriodRule::Year);
    println!("{found:#?}");
    assert!(!found.llm_words_fall && found.llm_words.rate_to > found.llm_words.rate_from, "{found:?}");
    for (files, rule) in [
        (&[("abstracts/venue-abstracts-2018-2025.jsonl.gz", "year")], PeriodRule::Year),
        (&[("abstracts/arxiv-cs-2025.jsonl.gz", "announced")], PeriodRule::Month),
        (&[(ARXIV, "created")], PeriodRule::Quarter),
    ] {
        let found = over_time(&abstracts, files, rule);
        println!("{rule}: {found:#?}");
    }
}
