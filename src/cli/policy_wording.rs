//! Words what the TOML reader finds wrong in a policy file for the people who write one.

/// Returns what the reader says of the value of `key`, or of no value, in plain words.
pub fn plain(key: Option<&str>, message: &str) -> String {
    let key = key.map_or_else(|| "this value".to_owned(), str::to_owned);
    if let Some((found, wanted)) = wrong_kind(message) {
        return format!("{key} is {}; write {}", shown(found), wanted_of(&key, found, wanted));
    }
    if let Some((variant, choices)) = unknown(message, "unknown variant ") {
        let choices: Vec<String> = choices.iter().map(|choice| format!("\"{choice}\"")).collect();
        return format!("{key} is \"{variant}\"; write {}", listed(&choices, "or"));
    }
    if let Some((name, keys)) = unknown(message, "unknown field ") {
        return format!("there is no key `{name}`; the keys here are {}", listed(&keys, "and"));
    }
    if let Some(name) = message.strip_prefix("missing field ") {
        return format!("the key {name} is missing");
    }
    match message {
        "wanted string or table" => format!("{key} is no text; write one in quotation marks"),
        _ if message.starts_with("invalid boolean") => format!("{key} is a word without quotation marks; add them"),
        _ if KINDS.contains(&message) => format!("{key} is not {message}"),
        _ => message.to_owned(),
    }
}

/// What values of several kinds are to be, as their types in `policy_file` say it.
const KINDS: [&str; 3] = ["a string or a list of strings", "a string or a whole number", "a date such as 2026-12-31"];

/// Splits `invalid type: FOUND, expected WANTED`.
fn wrong_kind(message: &str) -> Option<(&str, &str)> {
    let rest = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "))?;
    rest.rsplit_once(", expected ")
}

/// Splits a message on a name that is not among some: the name, and those that are known.
fn unknown<'m>(message: &'m str, beginning: &str) -> Option<(&'m str, Vec<String>)> {
    let (name, known) = message.strip_prefix(beginning)?.split_once(", expected ")?;
    let known = known.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    Some((name.trim_matches('`'), known))
}

/// Returns the value that was found.
fn shown(found: &str) -> String {
    match found.split_once(' ') {
        Some(("string", text)) => format!("the text {text}"),
        _ if found == "sequence" => "a list".to_owned(),
        _ if found == "map" => "a table of keys".to_owned(),
        _ => found.split('`').nth(1).unwrap_or(found).to_owned(),
    }
}

/// Returns the value to write instead; a number in quotation marks is shown without them.
fn wanted_of(key: &str, found: &str, wanted: &str) -> String {
    let number = found.strip_prefix("string ").map(|text| text.trim_matches('"'));
    let example = |kind: &str, usual: &str| {
        let number = number.filter(|text| text.parse::<f64>().is_ok_and(f64::is_finite)).unwrap_or(usual);
        format!("{kind}: {key} = {number}")
    };
    match wanted {
        "f64" if key == "level" => example("a number", "0.95"),
        "f64" => example("a number", "0.2"),
        "usize" => example("a whole number", "30"),
        "a string" | "path string" => "a text in quotation marks".to_owned(),
        "a sequence" => "[[exempt]], with its keys beneath".to_owned(),
        "a map" => "columns with their values, such as { venue = \"VALUE\" }".to_owned(),
        other => other.to_owned(),
    }
}

/// Lists names in a sentence, with `word` before the last.
fn listed(names: &[String], word: &str) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} {word} {last}", first.join(", ")),
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_in_the_words_of_a_policy() {
        for (key, message, expected) in [
            ("max", "invalid type: string \"0.2\", expected f64", "max is the text \"0.2\"; write a number: max = 0.2"),
            ("level", "invalid type: boolean `true`, expected f64", "level is true; write a number: level = 0.95"),
            ("max", "invalid type: sequence, expected f64", "max is a list; write a number: max = 0.2"),
            (
                "min_units",
                "invalid value: integer `-3`, expected usize",
                "min_units is -3; write a whole number: min_units = 30",
            ),
            (
                "baseline",
                "invalid type: integer `3`, expected path string",
                "baseline is 3; write a text in quotation marks",
            ),
            (
                "inconclusive",
                "unknown variant `Fail`, expected one of `pass`, `warn`, `fail`",
                "inconclusive is \"Fail\"; write \"pass\", \"warn\" or \"fail\"",
            ),
            (
                "unit",
                "unknown variant `x`, expected `sentence` or `document`",
                "unit is \"x\"; write \"sentence\" or \"document\"",
            ),
            (
                "maximum",
                "unknown field `maximum`, expected one of `max`, `by`, `level`",
                "there is no key `maximum`; the keys here are max, by and level",
            ),
            ("by", "a string or a list of strings", "by is not a string or a list of strings"),
            ("max", "duplicate key", "duplicate key"),
        ] {
            assert_eq!(plain(Some(key), message), expected);
        }
        assert_eq!(plain(None, "missing field `until`"), "the key `until` is missing");
    }
}
