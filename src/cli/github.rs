//! Writes what GitHub reads of a check: annotations, the step's summary, and its outputs.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

use crate::check::{Check, GroupCheck, OnInconclusive, Verdict};
use crate::report::wording::group_message;
use crate::report::{check_page, headline};

/// Maximum number of annotations of a kind that GitHub shows for a step; the last says how many more there are.
const N_SHOWN: usize = 10;

/// Appends the summary and the outputs to the files that GitHub names, if it names any.
pub fn append_files(check: &Check) -> anyhow::Result<()> {
    append("GITHUB_STEP_SUMMARY", &(check_page(check).markdown() + "\n"))?;
    let alpha = check.largest_alpha().map_or_else(String::new, |alpha| alpha.to_string());
    append("GITHUB_OUTPUT", &format!("verdict={}\nalpha={alpha}\n", check.verdict.name()))
}

/// Returns whether this runs as a step of a GitHub workflow.
pub fn is_here() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// Appends to a file that several steps append to, so that nothing in it is lost.
fn append(variable: &str, text: &str) -> anyhow::Result<()> {
    let Some(path) = std::env::var_os(variable).filter(|path: &OsString| !path.is_empty()).map(PathBuf::from) else {
        return Ok(());
    };
    let file = std::fs::OpenOptions::new().append(true).create(true).open(&path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| {
        anyhow::anyhow!("{}: cannot append: {} [check {variable}, which names it]", path.display(), error.kind())
    })
}

/// Returns a line for every group that does not pass; none for inconclusive ones that go through without a warning.
pub fn annotations(check: &Check) -> String {
    let mut text = of_verdict(check, Verdict::Fail, "error");
    match check.on_inconclusive {
        OnInconclusive::Pass => {}
        OnInconclusive::Warn => text += &of_verdict(check, Verdict::Inconclusive, "warning"),
        OnInconclusive::Fail => text += &of_verdict(check, Verdict::Inconclusive, "error"),
    }
    if text.is_empty() && check.verdict == Verdict::Inconclusive && check.on_inconclusive != OnInconclusive::Pass {
        text = format!("::warning title=LLM share inconclusive::{}\n", data(&headline(check)));
    }
    text
}

fn of_verdict(check: &Check, verdict: Verdict, command: &str) -> String {
    let title = property(&format!(
        "LLM share {}",
        if verdict == Verdict::Fail { "above what is allowed" } else { "inconclusive" }
    ));
    let line = |message: &str| format!("::{command} title={title}::{}\n", data(message));
    let groups: Vec<&GroupCheck> = check.with_verdict(verdict).collect();
    let n_own = if groups.len() > N_SHOWN { N_SHOWN - 1 } else { groups.len() };
    let mut text: String =
        groups[..n_own].iter().map(|group| line(&format!("{}: {}", group.name(), group_message(group)))).collect();
    if groups.len() > n_own {
        text += &line(&format!("{} more groups", groups.len() - n_own));
    }
    text
}

/// Escapes the message of a command, as GitHub's own toolkit does.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command, as GitHub's own toolkit does.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_line_or_a_property_is_escaped() {
        assert_eq!(data("5 %\r\nof: a, b"), "5 %25%0D%0Aof: a, b");
        assert_eq!(property("5 %\nof: a, b"), "5 %25%0Aof%3A a%2C b");
    }
}
