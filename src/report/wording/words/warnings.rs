//! Says what to know before using words over time.

use std::fmt;

use crate::numbers::{counted, percent};
use crate::words::{FEW_PERIOD_DOCUMENTS, GroupWarning, WordsWarning};

impl fmt::Display for WordsWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WordsWarning::Missing { words, is_stored } => {
                let place = if *is_stored { "table, which leaves out rare words" } else { "text" };
                write!(f, "not in the {place}: {}", words.join(", "))
            }
            WordsWarning::LeftOut { n_words, min_documents } => write!(
                f,
                "{} in fewer than {min_documents} documents were left out when the occurrences were stored",
                counted(*n_words as usize, "word")
            ),
            WordsWarning::Input(note) => f.write_str(note),
            WordsWarning::LateBaseline(date) => write!(
                f,
                "the baseline has text from after {date}, which may already be by LLMs; the excess is then too low"
            ),
        }
    }
}

impl fmt::Display for GroupWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GroupWarning::NoBaseline { period, before } => write!(
                f,
                "no {period} ends before {before}, so there is no pre-LLM trend to compare with, and only rates are shown [add older text of the same kind, or set --baseline-before]"
            ),
            GroupWarning::NothingLater { period, before } => write!(
                f,
                "every {period} ends before {before}, so there is nothing to compare, and only rates are shown [add later text, or set --baseline-before]"
            ),
            GroupWarning::Divided { period, before } => write!(
                f,
                "{} contains {before} and counts as later text; --baseline-before {} would count it as text from before LLMs",
                period.label,
                period.last.tomorrow().unwrap_or(period.last)
            ),
            GroupWarning::OnePeriod { period, scatter } => write!(
                f,
                "the baseline is {period} alone, so each word is assumed to keep its rate there, with an assumed scatter of {} % of the rate from period to period",
                percent(*scatter, 0)
            ),
            GroupWarning::AssumedScatter(scatter) => write!(
                f,
                "there are too few frequent words to see how much rates scatter from period to period, so {} % of the rate is assumed",
                percent(*scatter, 0)
            ),
            GroupWarning::TwoPeriods(scatter) => write!(
                f,
                "two baseline periods leave no residuals, so the scatter from period to period ({} % of the rate) is that of the words between the two, as if none rose or fell",
                percent(*scatter, 0)
            ),
            GroupWarning::NoneRises => f.write_str(
                "no word is used significantly more often than its pre-LLM trend predicts, after correction",
            ),
            GroupWarning::FewDocuments(periods) => {
                write!(f, "fewer than {FEW_PERIOD_DOCUMENTS} documents in {}", periods.join(", "))
            }
        }
    }
}
