//! Arguments of `words`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::{EventArg, InputArgs, PeriodArg, RankArg, UnitArg, date, level};
use crate::report::Output;

#[derive(Debug, Args)]
pub struct WordsArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Column with the date or year [default: date, created, announced or year]
    #[arg(long, value_name = "COLUMN")]
    pub date_field: Option<String>,
    /// How long a period is
    #[arg(long, value_enum, default_value_t)]
    pub period: PeriodArg,
    /// Column to group by; repeat for combinations
    #[arg(long, value_name = "COLUMN")]
    pub by: Vec<String>,
    /// Periods that end before this day are from before LLMs: the course that later ones are compared with
    #[arg(long, value_name = "DATE", default_value_t = DEFAULT_BASELINE, value_parser = date)]
    pub baseline_before: Date,
    /// Reference whose LLM words are marked: reviews, abstracts, a file, or none
    #[arg(long, value_name = "NAME|PATH", default_value = DEFAULT_REFERENCE)]
    pub reference: String,
    /// Words to show, separated by commas [default: those with the most excess]
    #[arg(long, value_name = "WORDS", value_delimiter = ',')]
    pub words: Vec<String>,
    /// How many words to show of each group
    #[arg(long, value_name = "N", default_value_t = DEFAULT_TOP, value_parser = clap::value_parser!(u32).range(1..), conflicts_with = "words")]
    pub top: u32,
    /// By what words with excess are put in order: difference (words that many sentences have) or ratio (words that were rare)
    #[arg(long, value_enum, default_value_t, conflicts_with = "words")]
    pub rank: RankArg,
    /// What a rate is a share of [default: sentence; an occurrence table knows its own]
    #[arg(long, value_enum)]
    pub unit: Option<UnitArg>,
    /// Date to mark, beside the release of ChatGPT; repeat for several
    #[arg(long, value_name = "DATE=LABEL")]
    pub event: Vec<EventArg>,
    /// Coverage of the intervals
    #[arg(long, default_value_t = DEFAULT_LEVEL, value_parser = level)]
    pub level: f64,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub output: Output,
    /// Folder for words.csv, words.json and report.md, beside what is printed
    #[arg(short = 'o', value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// What [`WordsArgs::command`] leaves out, because it is so anyway.
const DEFAULT_BASELINE: Date = jiff::civil::date(2022, 11, 30);
const DEFAULT_REFERENCE: &str = "reviews";
const DEFAULT_TOP: u32 = 30;
const DEFAULT_LEVEL: f64 = 0.95;

impl WordsArgs {
    /// The command as it can be typed again, without folders and without what does not change the result; inputs are sorted.
    pub fn command(&self) -> String {
        let mut inputs: Vec<&str> = self.input.inputs.iter().map(|input| name(input)).collect();
        inputs.sort_unstable();
        let mut parts: Vec<String> = vec!["llm-prevalence".to_owned(), "words".to_owned()];
        parts.extend(inputs.into_iter().map(quoted));
        let mut option = |flag: &str, value: String| parts.extend([flag.to_owned(), quoted(&value)]);
        let reading = &self.input.reading;
        reading.format.0.iter().for_each(|format| option("--format", format.to_string()));
        reading.text_field.iter().for_each(|column| option("--text-field", column.clone()));
        self.date_field.iter().for_each(|column| option("--date-field", column.clone()));
        if self.period != PeriodArg::default() {
            option("--period", crate::corpus::PeriodRule::from(self.period).to_string());
        }
        self.by.iter().for_each(|column| option("--by", column.clone()));
        if self.baseline_before != DEFAULT_BASELINE {
            option("--baseline-before", self.baseline_before.to_string());
        }
        if self.reference != DEFAULT_REFERENCE {
            option("--reference", name(&self.reference).to_owned());
        }
        if !self.words.is_empty() {
            option("--words", self.words.join(","));
        }
        if self.top != DEFAULT_TOP {
            option("--top", self.top.to_string());
        }
        if self.rank != RankArg::default() {
            option("--rank", "ratio".to_owned());
        }
        self.unit.iter().for_each(|unit| option("--unit", crate::tokenize::UnitRule::from(*unit).to_string()));
        self.event.iter().for_each(|event| option("--event", format!("{}={}", event.date, event.label)));
        if self.level != DEFAULT_LEVEL {
            option("--level", self.level.to_string());
        }
        parts.join(" ")
    }
}

/// A path without its folders.
fn name(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path)
}

/// As a shell reads it as one argument.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=,:+@%".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::{Cli, Command};

    fn command(line: &[&str]) -> String {
        let cli = Cli::try_parse_from([&["llm-prevalence", "words"], line].concat()).unwrap();
        match cli.command {
            Command::Words(arguments) => arguments.command(),
            _ => unreachable!(),
        }
    }

    #[test]
    fn the_command_can_be_typed_again() {
        assert_eq!(command(&["b/two.jsonl", "a/one.jsonl", "-o", "out"]), "llm-prevalence words one.jsonl two.jsonl");
        let line = [
            "x.csv",
            "--period",
            "month",
            "--by",
            "the venue",
            "--words",
            "delve,realm",
            "--event",
            "2023-03-14=GPT-4",
        ];
        let again = command(&line);
        assert_eq!(
            again,
            "llm-prevalence words x.csv --period month --by 'the venue' --words delve,realm --event 2023-03-14=GPT-4"
        );
        let defaults = ["--baseline-before", "2022-11-30", "--reference", "reviews", "--top", "30", "--level", "0.95"];
        assert_eq!(command(&[&["x.csv"][..], &defaults].concat()), command(&["x.csv"]));
    }
}
