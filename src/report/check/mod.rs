//! A finished check: summary for a terminal, JSON, Markdown, JUnit XML.

mod junit;
mod markdown;
mod policy;
mod wording;

use clap::builder::styling::{AnsiColor, Style};

use crate::check::{Check, GroupCheck, Verdict};

pub use junit::render_junit;
pub use markdown::render_check_markdown;
pub use policy::render_policy;
pub use wording::headline;
use wording::{caption, is_alone, notes, one_line, power};

/// The output format of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum CheckOutput {
    /// The verdict first, then what does not pass.
    #[default]
    Summary,
    /// One JSON object with everything.
    Json,
    /// The verdict and a table of all groups, for a document or an issue.
    Markdown,
}

/// Renders the whole text of a check, with a line break at the end; `styled` colours the verdicts of the summary.
pub fn render_check(check: &Check, output: CheckOutput, styled: bool) -> String {
    match output {
        CheckOutput::Summary => summary(check, styled),
        CheckOutput::Json => serde_json::to_string_pretty(check).unwrap_or_default() + "\n",
        CheckOutput::Markdown => render_check_markdown(check),
    }
}

fn summary(check: &Check, styled: bool) -> String {
    let mut text = format!("{}: {}\n", coloured(check.verdict, styled), headline(check));
    let is_alone = is_alone(check);
    let line = |group: &GroupCheck| {
        // A mark in front, because GitHub takes a line that begins with two colons for a command, and names are data.
        let name = if is_alone { String::new() } else { format!("{}: ", group.name()) };
        format!("- {}\n", one_line(&format!("{name}{}", group.message())))
    };
    for verdict in [Verdict::Fail, Verdict::Inconclusive] {
        check.with_verdict(verdict).for_each(|group| text += &line(group));
    }
    let passing: Vec<&GroupCheck> = check.with_verdict(Verdict::Pass).collect();
    match (passing.as_slice(), is_alone) {
        ([], _) => {}
        ([only], true) => text += &line(only),
        (several, _) => text += &format!("- {} of {} groups pass\n", several.len(), check.groups.len()),
    }
    check.groups.iter().filter(|group| group.exemption.is_some()).for_each(|group| text += &line(group));
    check.groups.iter().filter_map(|group| power(check, group)).for_each(|said| text += &format!("- {said}\n"));
    caption(check).iter().for_each(|line| text += &format!("{line}\n"));
    notes(check).iter().for_each(|note| text += &format!("! {note}\n"));
    text
}

fn coloured(verdict: Verdict, styled: bool) -> String {
    let colour = match verdict {
        Verdict::Pass => AnsiColor::Green,
        Verdict::Inconclusive => AnsiColor::Yellow,
        Verdict::Fail => AnsiColor::Red,
    };
    let style = if styled { Style::new().bold().fg_color(Some(colour.into())) } else { Style::new() };
    format!("{style}{}{style:#}", verdict.name())
}
