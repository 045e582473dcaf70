//! The sentences of a check; none of them is about a document or a person.

use crate::check::{Basis, Check, GroupCheck, Reason, ReasonCode, Verdict};
use crate::numbers::{level, limit, percent};
use crate::report::input::read_lines;
use crate::report::shares::{control_line, group_notes, interval_line, share_line};
use crate::report::wording::phrases::joined;
use crate::report::wording::{deciding_reasons, group_message};

/// The reasons that are about the maximum, and about the maximum increase.
const OF_MAX: [ReasonCode; 4] =
    [ReasonCode::WithinMax, ReasonCode::AboveMax, ReasonCode::BoundAboveMax, ReasonCode::NotToldFromMax];
const OF_INCREASE: [ReasonCode; 3] =
    [ReasonCode::WithinIncrease, ReasonCode::AboveIncrease, ReasonCode::NotToldFromIncrease];

/// The sign of a misfit in the tables of `estimate`, as warnings name it.
const MISFIT_SIGN: &str = "misfit !";

/// Returns the verdict as a sentence.
pub fn headline(check: &Check) -> String {
    let (n_groups, with_verdict) = (check.groups.len(), check.with_verdict(check.verdict).count());
    if with_verdict == 0 {
        return "nothing was judged, because every group is exempt".to_owned();
    }
    let subject = match check.verdict {
        _ if is_alone(check) => "this batch".to_owned(),
        Verdict::Pass if check.groups.iter().any(|group| group.exemption.is_some()) => {
            "every group that is not exempt".to_owned()
        }
        Verdict::Pass => "every group".to_owned(),
        _ => format!("{with_verdict} of {n_groups} groups"),
    };
    format!("the LLM share of {subject} {}", predicate(check))
}

/// Returns the predicate about the limits that decide, or about why none can.
fn predicate(check: &Check) -> String {
    let codes: Vec<ReasonCode> =
        check.with_verdict(check.verdict).flat_map(deciding_reasons).map(|reason| reason.code).collect();
    let (is, has_risen) = match check.verdict {
        Verdict::Pass => ("is at most", "has risen by at most"),
        Verdict::Fail => ("is above", "has risen by more than"),
        Verdict::Inconclusive => ("cannot be distinguished from", "has a rise that cannot be distinguished from"),
    };
    let max = limit_of(check, "max", &codes, &OF_MAX).map(|max| format!("{is} {max} %"));
    let rise = limit_of(check, "max_increase", &codes, &OF_INCREASE).map(|rise| format!("{has_risen} {rise} points"));
    let separator = if check.verdict == Verdict::Pass { " and " } else { ", or " };
    joined([max, rise, unjudged(check.verdict, &codes)].into_iter().flatten(), separator)
}

/// Returns the limit at `key` of the policy, if one of `codes` is about it.
fn limit_of(check: &Check, key: &str, codes: &[ReasonCode], of_limit: &[ReasonCode]) -> Option<String> {
    let row = check.policy.0.iter().find(|row| row.key == key)?;
    let is_meant = codes.iter().any(|code| of_limit.contains(code));
    row.value.as_f64().filter(|_| is_meant).map(limit)
}

/// Returns why some groups cannot be judged; `None` if all can.
fn unjudged(verdict: Verdict, codes: &[ReasonCode]) -> Option<String> {
    let causes: [(&[ReasonCode], &str); 3] = [
        (&[ReasonCode::TooSmall], "too little text"),
        (&[ReasonCode::Misfit, ReasonCode::UnlikeText], "the reference does not fit"),
        (&[ReasonCode::NotInBaseline], "not in the baseline"),
    ];
    let found = causes.iter().filter(|(of, _)| codes.iter().any(|code| of.contains(code)));
    let found: Vec<&str> = found.map(|(_, cause)| *cause).collect();
    let is_without_reason = verdict == Verdict::Inconclusive && codes.is_empty();
    let found = if is_without_reason { vec!["no estimate"] } else { found };
    (!found.is_empty()).then(|| format!("cannot be judged: {}", found.join(", or ")))
}

/// Returns the sentence on what would be noticed in this group.
pub fn power(check: &Check, group: &GroupCheck) -> Option<String> {
    let power = group.power?;
    let name = if is_alone(check) { String::new() } else { format!("{}: ", one_line(&group.name())) };
    let chance = limit(power.probability);
    Some(match power.share {
        Some(share) => format!(
            "{name}in this much text a share of {} % would be noticed with {chance} % probability, and a smaller one less often",
            percent(share, 1)
        ),
        None => format!("{name}in this much text no share would be noticed with {chance} % probability"),
    })
}

/// Returns the reasons for the verdict of a group, without the share and its interval, which a table has beside them.
pub fn why(group: &GroupCheck) -> String {
    if group.exemption.is_some() {
        return group_message(group);
    }
    let relation = |reason: &Reason| {
        let text = reason.to_string();
        match &reason.basis {
            Basis::Share { share, .. } | Basis::Misfit { share, .. } => {
                let rest = text.strip_prefix(&share.to_string()).map(|rest| rest.trim_start_matches([':', ',', ' ']));
                rest.unwrap_or(&text).to_owned()
            }
            _ => text,
        }
    };
    joined(deciding_reasons(group).into_iter().map(relation), "; ")
}

/// Explains the numbers in a few lines.
pub fn caption(check: &Check) -> Vec<String> {
    let (each, all) = (level(check.level_each), level(check.run.level));
    let mut lines = Vec::new();
    if check.n_intervals > 1 {
        lines.push(format!(
            "Corrected for {} intervals: {each} % each, so that all of them are right together in at least {all} % of checks",
            check.n_intervals
        ));
    }
    let outcomes = || check.groups.iter().filter_map(|group| group.estimate.outcome.as_ref());
    let has_tau = outcomes().any(|found| found.systematic_error.is_some());
    lines.push(share_line(&check.run));
    let has_strata = outcomes().any(|found| found.strata.is_some());
    lines.push(interval_line(has_strata, has_tau));
    lines.extend(check.run.control.as_ref().map(|control| control_line(control, has_strata)));
    lines.extend(read_lines(&check.run.input));
    let is_file = |source: &&str| !matches!(*source, "flag" | "default");
    let mut sources = check.policy.0.iter().map(|row| row.source.as_str());
    lines.extend(sources.find(is_file).map(|path| format!("Policy: {path}")));
    lines
}

/// Returns further notes.
pub fn notes(check: &Check) -> Vec<String> {
    let mut notes: Vec<String> = check.warnings.iter().map(ToString::to_string).collect();
    notes.extend(group_notes(check.groups.iter().flat_map(unsaid_warnings)));
    let is_misfit = |reason: &Reason| reason.code == ReasonCode::Misfit;
    if check.groups.iter().any(|group| group.reasons.iter().any(is_misfit)) {
        let control =
            if check.run.control.is_some() { "" } else { "a control of human text of this kind (--control), " };
        notes.push(format!(
            "where the reference does not fit, try {control}a reference made from text of this kind, or one with more LLMs; \
             with --misfit ignore, the interval decides anyway"
        ));
    }
    notes.iter().map(|note| one_line(note)).collect()
}

/// Returns the warnings about a group, with its name, that its verdict does not say: the verdict of a group with too little text says that
/// already, and a misfit is told in words of the check, which has no column of that sign.
pub(super) fn unsaid_warnings(group: &GroupCheck) -> Vec<(String, &str)> {
    let said = group_message(group);
    let has_enough = group.estimate.outcome.is_some() && group.needed.is_none();
    let warnings = group.estimate.warnings.iter().filter(|_| has_enough);
    let unsaid = warnings.filter(|warning| !said.contains(*warning) && !warning.contains(MISFIT_SIGN));
    unsaid.map(|warning| (group.estimate.name(), warning.as_str())).collect()
}

/// Returns whether there is only one group, which has no name.
pub fn is_alone(check: &Check) -> bool {
    check.groups.iter().all(|group| group.estimate.group.is_empty())
}

/// Removes line breaks and terminal commands from a value of the data, and the beginnings of GitHub's older commands.
pub fn one_line(value: &str) -> String {
    value.replace(|character: char| character.is_control(), " ").replace("##[", "# #[")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Needed;
    use crate::report::tests::records;

    fn group(warnings: &[&str]) -> GroupCheck {
        let warnings = warnings.iter().map(|&warning| warning.to_owned()).collect();
        GroupCheck::unjudged(crate::estimate::GroupEstimate { warnings, ..records::estimate(0.1, 0.02, 0.02, 100) })
    }

    #[test]
    fn warnings_about_a_group_are_told_unless_the_verdict_does() {
        let unlike = "its sentences are far longer than those of the reference";
        let told = |group: &GroupCheck| -> Vec<String> {
            unsaid_warnings(group).into_iter().map(|(_, warning)| warning.to_owned()).collect()
        };
        let plain = group(&[unlike, "the human text looks like LLM text", "it does not fit (misfit !)"]);
        assert_eq!(told(&plain), [unlike, "the human text looks like LLM text"]);
        let basis = Basis::UnlikeText(vec!["another reason".to_owned(), unlike.to_owned()]);
        let reason = Reason { code: ReasonCode::UnlikeText, verdict: Verdict::Inconclusive, basis };
        let said = GroupCheck { verdict: Some(Verdict::Inconclusive), reasons: vec![reason], ..plain.clone() };
        assert_eq!(told(&said), ["the human text looks like LLM text"]);
        assert_eq!(
            told(&GroupCheck { needed: Some(Needed { documents: 1, units: 0 }), ..plain }),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_warning_of_several_groups_is_told_once_with_their_names() {
        let of = |year: &str, warnings: &[&str]| {
            let mut group = group(warnings);
            group.estimate.group = vec![("year".to_owned(), Some(year.to_owned()))];
            group
        };
        let groups = [of("2023", &["first", "both"]), of("2024", &["both"])];
        assert_eq!(group_notes(groups.iter().flat_map(unsaid_warnings)), ["2023: first", "2023, 2024: both"]);
        assert_eq!(group_notes(unsaid_warnings(&group(&["alone"]))), ["alone"]);
    }
}
