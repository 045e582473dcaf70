//! Says what a check rests on, and what to know before using it.

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::phrases::joined;
use crate::check::{Basis, CheckWarning, GroupCheck, JudgedShare, Reason, ReasonCode, Verdict};
use crate::interval::Interval;
use crate::numbers::{self, counted, decimal, level, limit, percent, signed};

/// Maximum number of groups that a warning lists.
const MAX_LISTED: usize = 10;

/// Returns the reasons that decide the verdict of a group.
pub fn group_message(group: &GroupCheck) -> String {
    if let Some(exemption) = &group.exemption {
        return format!("exempt until {}: {}", exemption.until, exemption.reason);
    }
    joined(deciding_reasons(group), "; ")
}

/// Returns the reasons for the verdict of a group: if the reference does not fit, that alone, because any other would be about the
/// wrong numbers.
pub fn deciding_reasons(group: &GroupCheck) -> Vec<&Reason> {
    let deciding = || group.reasons.iter().filter(|reason| Some(reason.verdict) == group.verdict);
    let first = |code: ReasonCode| deciding().find(|reason| reason.code == code);
    match first(ReasonCode::UnlikeText).or_else(|| first(ReasonCode::Misfit)) {
        Some(reason) => vec![reason],
        None => deciding().collect(),
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let relation = match self.verdict {
            Verdict::Pass => "at most",
            Verdict::Fail => "above",
            Verdict::Inconclusive => "cannot be distinguished from",
        };
        match &self.basis {
            Basis::Share { share, max } => write!(f, "{share}: {relation} {} %", limit(*max)),
            Basis::Bound { documents, rho, max } => write!(
                f,
                "at least {} % of documents have LLM text, whatever the LLM, if people write like an LLM at most {} times as often as \
                 in the control: above {} %",
                percent(*documents, 2),
                decimal(*rho, 1),
                limit(*max)
            ),
            Basis::Increase { earlier, increase, interval, level, most } => write!(
                f,
                "{} points on the baseline's {} % ({} points): {relation} an increase of {} points",
                signed(*increase, 2),
                percent(*earlier, 2),
                interval_of(*interval, *level),
                limit(*most)
            ),
            Basis::NoBaseline => f.write_str("the baseline has no estimate of this group to compare with"),
            Basis::Size { n_documents, n_sentences, needed } => {
                let more = match n_sentences {
                    Some(_) => {
                        let some = |n: usize| Some(n).filter(|n| *n > 0);
                        size(some(needed.documents), some(needed.units))
                    }
                    None => size(Some(needed.documents.max(needed.units)), None),
                };
                write!(f, "too small to judge: {}; it needs {more} more", size(Some(*n_documents), *n_sentences))
            }
            Basis::Misfit { share, misfit } => write!(
                f,
                "{share}, neither pass nor fail, because the reference does not fit this text (misfit {}; up to {} counts as a fit)",
                numbers::misfit(misfit.distance),
                misfit.tolerance
            ),
            Basis::UnlikeText(differences) => f.write_str(&differences.join("; ")),
        }
    }
}

impl fmt::Display for JudgedShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let interval = interval_of(self.interval, self.level);
        write!(f, "LLM share {} % of {}s ({interval} %)", percent(self.alpha, 2), self.unit)
    }
}

/// Formats an interval without its unit.
fn interval_of(interval: Interval, of: f64) -> String {
    format!("{} % interval {} to {}", level(of), percent(interval.lower, 2), percent(interval.upper, 2))
}

/// Formats the numbers of documents and sentences that are given.
fn size(n_documents: Option<usize>, n_sentences: Option<usize>) -> String {
    let documents = n_documents.map(|n| counted(n, "document"));
    joined(documents.into_iter().chain(n_sentences.map(|n| counted(n, "sentence"))), " and ")
}

impl fmt::Display for CheckWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CheckWarning::Ended(exemption) => write!(
                f,
                "the exemption of {} ended on {} and no longer holds [remove it from the policy, or give it a later date]",
                exemption.name(),
                exemption.until
            ),
            CheckWarning::OfNoGroup(exemption) => write!(
                f,
                "the exemption of {} applies to no group, because this check is not by {} [add the column to by]",
                exemption.name(),
                joined(exemption.group.keys(), " and ")
            ),
            CheckWarning::Unmatched(exemption, groups) => {
                let shown = joined(groups.iter().take(MAX_LISTED), ", ");
                let more = groups.len().saturating_sub(MAX_LISTED);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                write!(
                    f,
                    "the exemption of {} applies to no group; groups here: {shown}{more} [write the value as the data do]",
                    exemption.name()
                )
            }
            CheckWarning::Gone(names) => write!(f, "in the baseline, but not in this input: {}", names.join(", ")),
            CheckWarning::MisfitIgnored(name) => write!(
                f,
                "{name}: the reference does not fit this text, which the policy ignores; the share may be far off"
            ),
            CheckWarning::Input(note) => f.write_str(note),
            CheckWarning::ControlAboveZero => f.write_str(
                "documents of the control itself read above 0, so this check cannot be trusted; `estimate` shows them",
            ),
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut json = serializer.serialize_struct("Reason", 3)?;
        json.serialize_field("code", &self.code)?;
        json.serialize_field("verdict", &self.verdict)?;
        json.serialize_field("message", &self.to_string())?;
        json.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Needed;

    #[test]
    fn sizes_are_said_in_documents_and_sentences_or_in_documents_alone() {
        let said = |n_sentences, documents, units| {
            let basis = Basis::Size { n_documents: 9, n_sentences, needed: Needed { documents, units } };
            Reason { code: ReasonCode::TooSmall, verdict: Verdict::Inconclusive, basis }.to_string()
        };
        assert_eq!(
            said(Some(900), 1, 0),
            "too small to judge: 9 documents and 900 sentences; it needs 1 document more"
        );
        assert_eq!(said(None, 1, 41), "too small to judge: 9 documents; it needs 41 documents more");
    }
}
