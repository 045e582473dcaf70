//! The stores of score tables and occurrence tables.

use std::sync::LazyLock;

use jiff::civil::date;
use llm_prevalence::corpus::{GroupKey, PeriodRule, span};
use llm_prevalence::estimate::EstimateOptions;
use llm_prevalence::interval::CalibrationMap;
use llm_prevalence::reference::Reference;
use llm_prevalence::score::store::{read_origin, read_score_table};
use llm_prevalence::words::store::{read_occurrence_table, read_stored_table};
use llm_prevalence::words::{OccurrenceTable, Rank, WordsOptions, analyse};

use super::reading::{check_message, with_file};
use super::reference::check_shares;

/// The reference that the seeds are scored with.
static ABSTRACTS: LazyLock<Reference> =
    LazyLock::new(|| Reference::embedded("abstracts").expect("it comes with the tool"));

/// What is read as a score table can be estimated, grouped by its first column.
pub fn scores(data: &[u8]) -> bool {
    let read = with_file("fuzzed.parquet", data, |path| (read_origin(path), read_score_table(path)));
    let table = match read {
        (origin, Ok((table, read))) => {
            assert_eq!(origin.ok().flatten(), Some(read));
            table
        }
        (_, Err(error)) => {
            check_message("fuzzed.parquet", &error.to_string());
            return false;
        }
    };
    let by: Vec<String> = table.columns.first().cloned().into_iter().collect();
    for calibration in [CalibrationMap::Histogram, CalibrationMap::Logistic] {
        check_shares(&table, &ABSTRACTS, &EstimateOptions::default().calibration(calibration).by(by.clone()));
    }
    true
}

/// What is read as an occurrence table can be merged with another and analysed.
pub fn occurrences(data: &[u8]) -> bool {
    let read = with_file("fuzzed.parquet", data, |path| (read_stored_table(path), read_occurrence_table(path)));
    let table = match read {
        (said, Ok((table, stored))) => {
            assert_eq!(said.ok().flatten(), Some(stored));
            table
        }
        (_, Err(error)) => {
            check_message("fuzzed.parquet", &error.to_string());
            return false;
        }
    };
    let mut twice = table.clone();
    twice.merge(&table);
    assert_eq!(twice.n_documents(), 2 * table.n_documents());
    let by_year = by_year(&twice);
    for rank in [Rank::Difference, Rank::Ratio] {
        let options = WordsOptions::new(PeriodRule::Year, date(2022, 1, 1)).n_top(5).rank(rank);
        let analysis = analyse(&by_year, None, &options);
        assert!(analysis.groups.len() <= by_year.groups().len());
    }
    true
}

/// The table by the year of its last column, as `words` makes it.
fn by_year(table: &OccurrenceTable) -> OccurrenceTable {
    table.regroup(vec![], |key, _| {
        let span = key.values.last()?.as_deref().and_then(span)?;
        Some(GroupKey::default().in_period(Some(PeriodRule::Year.period(span)?.first)))
    })
}
