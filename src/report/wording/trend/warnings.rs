//! Says what to know before using a trend.

use std::fmt;

use crate::report::wording::phrases::joined;
use crate::tokenize::UnitRule;
use crate::trend::{PeriodEstimate, SMALL_DOCUMENTS, SMALL_UNITS, TrendWarning};

impl fmt::Display for TrendWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TrendWarning::NoChange { from, to, series } => write!(
                f,
                "--change {from}..{to}: nothing to compare{}, because one of them has no estimate",
                within(series)
            ),
            TrendWarning::NoBreak { date, series } => write!(
                f,
                "--break {date}: nothing to compare{}, because there are no large enough periods both before and after it",
                within(series)
            ),
            TrendWarning::Signs { signs, is_later } => {
                write!(f, "age of the reference: {}", joined(signs, "; "))?;
                f.write_str(match is_later {
                    true => "; this does not show whether it has aged [watch the misfit]",
                    false => "",
                })
            }
            TrendWarning::WordsUnknown => {
                f.write_str("without the text, it is not known whether the reference's LLM words go out of use")
            }
            TrendWarning::Input(note) => f.write_str(note),
            TrendWarning::ControlAlone => f.write_str("all periods belong to the control"),
        }
    }
}

/// Names some series; the only series has no name.
fn within(series: &[String]) -> String {
    match series {
        [only] if only.is_empty() => String::new(),
        names => format!(" in {}", names.join(", ")),
    }
}

/// Returns the warnings about a period: those about its estimate, and that it is small.
pub fn period_warnings(of: &PeriodEstimate, unit: UnitRule) -> Vec<String> {
    let sentences = if unit == UnitRule::Sentence { format!(" or {SMALL_UNITS} sentences") } else { String::new() };
    let small = format!(
        "small: fewer than {SMALL_DOCUMENTS} documents{sentences}; left out of the comparisons unless --change asks for them"
    );
    let is_small = of.is_small && of.estimate.outcome.is_some();
    of.estimate.warnings.iter().cloned().chain(is_small.then_some(small)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trend::by_year;

    #[test]
    fn a_small_period_is_said_to_be_one_if_it_has_an_estimate() {
        let mut series = by_year(&[(2023, 0.1, 0.02)]);
        let period = &mut series.periods[0];
        assert!(period_warnings(period, UnitRule::Sentence).is_empty());
        period.is_small = true;
        let said = period_warnings(period, UnitRule::Sentence);
        assert!(said[0].starts_with("small: fewer than 30 documents or 600 sentences;") && said.len() == 1, "{said:?}");
        assert!(period_warnings(period, UnitRule::Document)[0].starts_with("small: fewer than 30 documents;"));
        period.estimate.outcome = None;
        assert!(period_warnings(period, UnitRule::Sentence).is_empty());
    }
}
