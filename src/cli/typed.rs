//! Rewrites the command as it was typed, for the record of a result.

use std::ffi::OsString;
use std::path::Path;

use super::args::{KnownArgs, TargetArgs};

/// Arguments that do not change a result, with the number of their values.
const WITHOUT_EFFECT: [(&str, usize); 6] =
    [("--threads", 1), ("--quiet", 0), ("-q", 0), ("-o", 1), ("--output", 1), ("--junit", 1)];
/// Characters that have no meaning to any shell.
const PLAIN: &str = "-_./=,:+@%";

/// Returns the command line of a command that reads a target, and other `paths`.
pub fn of_target(arguments: &[OsString], target: &TargetArgs, paths: &[&str]) -> String {
    let named = target.control.control.iter().chain(&target.reference).map(String::as_str);
    as_typed(arguments, &target.input.inputs, &named.chain(paths.iter().copied()).collect::<Vec<_>>())
}

/// Returns the command line of a command that reads texts of known source, and other `paths`.
pub fn of_known(arguments: &[OsString], known: &KnownArgs, paths: &[&str]) -> String {
    let all = known.human.iter().chain(&known.llm).map(String::as_str).chain(paths.iter().copied());
    // A name or a share may come before a path.
    let paths: Vec<&str> = all.map(|text| text.split_once('=').map_or(text, |(_, path)| path)).collect();
    as_typed(arguments, &[], &paths)
}

/// Returns the command line, quoted so that it can be typed again. `inputs` and other `paths` are reduced to their file
/// names, because folders are private. Arguments without effect on the result are left out, and the inputs are sorted,
/// as their order has none.
pub fn as_typed(arguments: &[OsString], inputs: &[String], paths: &[&str]) -> String {
    let paths: Vec<&str> = inputs.iter().map(String::as_str).chain(paths.iter().copied()).collect();
    let mut words = vec![env!("CARGO_PKG_NAME").to_owned()];
    let mut places = Vec::new();
    let mut rest = arguments.iter().skip(1).map(|argument| argument.to_string_lossy());
    while let Some(argument) = rest.next() {
        let name = argument.split('=').next().unwrap_or_default();
        if let Some((_, n_values)) = WITHOUT_EFFECT.iter().find(|(known, _)| *known == name) {
            if !argument.contains('=') {
                (0..*n_values).for_each(|_| drop(rest.next()));
            }
            continue;
        }
        if inputs.iter().any(|input| *input == argument) {
            places.push(words.len());
        }
        words.push(quoted(&without_folders(&argument, &paths)));
    }
    let mut sorted: Vec<String> = places.iter().map(|&place| words[place].clone()).collect();
    sorted.sort_unstable();
    places.into_iter().zip(sorted).for_each(|(place, word)| words[place] = word);
    words.join(" ")
}

fn without_folders(argument: &str, paths: &[&str]) -> String {
    let of_this = |path: &&&str| !path.is_empty() && argument.ends_with(**path);
    // Takes the longest, as one path may be the end of another.
    let Some(path) = paths.iter().filter(of_this).max_by_key(|path| path.len()) else {
        return argument.to_owned();
    };
    let before = &argument[..argument.len() - path.len()];
    if !(before.is_empty() || before.ends_with('=')) {
        return argument.to_owned();
    }
    let name =
        Path::new(path).file_name().map_or_else(|| (*path).to_owned(), |name| name.to_string_lossy().into_owned());
    format!("{before}{name}")
}

fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || PLAIN.contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_left_out_blanks_quoted_and_inputs_sorted() {
        let typed = [
            "/usr/bin/tool",
            "trend",
            "/data/b.jsonl",
            "a*.jsonl",
            "--control=/data/c.jsonl",
            "-o",
            "/tmp/out",
            "--event",
            "2023-03-14=GPT-4 / 5",
            "--by",
            "it's",
            "--threads",
            "2",
            "-q",
            "--threads=3",
            "--output=json",
        ];
        let arguments: Vec<OsString> = typed.iter().map(OsString::from).collect();
        let inputs = ["/data/b.jsonl", "a*.jsonl"].map(str::to_owned);
        assert_eq!(
            as_typed(&arguments, &inputs, &["/data/c.jsonl"]),
            "llm-prevalence trend 'a*.jsonl' b.jsonl --control=c.jsonl --event '2023-03-14=GPT-4 / 5' --by 'it'\\''s'"
        );
    }
}
