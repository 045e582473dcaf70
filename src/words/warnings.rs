//! Writes the warnings about the words of a group.

use super::group::TestedGroup;
use super::options::WordsOptions;
use crate::numbers::percent;

/// Number of documents below which a period says little.
const FEW_PERIOD_DOCUMENTS: u64 = 10;

/// Returns the warnings for a group in which `n_rising` words rise beyond their course.
pub(super) fn of_group(of: &TestedGroup<'_>, n_rising: usize, options: &WordsOptions) -> Vec<String> {
    let group = &of.group;
    let (n_baseline, before) = (group.n_baseline, options.baseline_before);
    let rule = options.period;
    let mut warnings = Vec::new();
    if n_baseline == 0 {
        warnings.push(format!(
            "no {rule} ends before {before}, so there is no pre-LLM trend to compare with, and only rates are shown [add older text of the same kind, or set --baseline-before]"
        ));
    } else if !group.has_course() {
        warnings.push(format!(
            "every {rule} ends before {before}, so there is nothing to compare, and only rates are shown [add later text, or set --baseline-before]"
        ));
    }
    let straddles = |period: &&crate::corpus::Period| period.first < before && before <= period.last;
    if let Some(period) = group.periods.iter().find(straddles) {
        let next = period.last.tomorrow().unwrap_or(period.last);
        warnings.push(format!(
            "{period} contains {before} and counts as later text; --baseline-before {next} would count it as text from before LLMs",
            period = period.label
        ));
    }
    if group.has_course() {
        warnings.extend(of_course(of));
        if n_rising == 0 {
            warnings.push(
                "no word is used significantly more often than its pre-LLM trend predicts, after correction".to_owned(),
            );
        }
    }
    let small = group.periods.iter().zip(&group.counts).filter(|(_, of)| of.size.n_documents < FEW_PERIOD_DOCUMENTS);
    let small: Vec<&str> = small.map(|(period, _)| period.label.as_str()).collect();
    if !small.is_empty() {
        warnings.push(format!("fewer than {FEW_PERIOD_DOCUMENTS} documents in {}", small.join(", ")));
    }
    warnings
}

/// Returns the assumption made if the baseline has too few periods, or words, to show it.
fn of_course(of: &TestedGroup<'_>) -> Option<String> {
    let rule = of.group.periods.first().map(|period| period.label.as_str()).unwrap_or_default();
    let scatter = percent(of.scatter, 0);
    match (of.group.n_baseline, of.scatter_is_assumed) {
        (1, _) => Some(format!(
            "the baseline is {rule} alone, so each word is assumed to keep its rate there, with an assumed scatter of {scatter} % of the rate from period to period"
        )),
        (_, true) => Some(format!(
            "there are too few frequent words to see how much rates scatter from period to period, so {scatter} % of the rate is assumed"
        )),
        (2, _) => Some(format!(
            "two baseline periods leave no residuals, so the scatter from period to period ({scatter} % of the rate) is that of the words between the two, as if none rose or fell"
        )),
        _ => None,
    }
}
