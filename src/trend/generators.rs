//! Finds when the generators of a reference were released, as far as their names tell.

use jiff::civil::{Date, date};

use serde::Serialize;

use crate::reference::Source;

/// A generator, with its release date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NewestGenerator {
    /// Its name in the reference.
    pub name: String,
    /// Its release date.
    pub released: Date,
}

/// Families of models by the parts of their names, with the day on which the vendor announced the first of them
/// (announcements and model cards of OpenAI, Anthropic, Google, Meta, Alibaba, DeepSeek, Mistral, Microsoft, xAI,
/// Cohere). The longest that matches a name counts.
const FAMILIES: &[(&[&str], Date)] = &[
    (&["gpt", "2"], date(2019, 2, 14)),
    (&["gpt", "3"], date(2020, 6, 11)),
    (&["davinci", "003"], date(2022, 11, 28)),
    (&["chatgpt"], date(2022, 11, 30)),
    (&["gpt", "3", "5"], date(2022, 11, 30)),
    (&["gpt", "3", "5", "turbo"], date(2023, 3, 1)),
    (&["gpt", "35"], date(2022, 11, 30)),
    (&["gpt", "35", "turbo"], date(2023, 3, 1)),
    (&["gpt", "4"], date(2023, 3, 14)),
    (&["gpt", "4", "turbo"], date(2023, 11, 6)),
    (&["gpt", "4", "o"], date(2024, 5, 13)),
    (&["gpt", "4", "o", "mini"], date(2024, 7, 18)),
    (&["gpt", "4", "5"], date(2025, 2, 27)),
    (&["gpt", "4", "1"], date(2025, 4, 14)),
    (&["gpt", "oss"], date(2025, 8, 5)),
    (&["gpt", "5"], date(2025, 8, 7)),
    (&["o", "1"], date(2024, 9, 12)),
    (&["o", "3"], date(2025, 4, 16)),
    (&["o", "3", "mini"], date(2025, 1, 31)),
    (&["o", "4", "mini"], date(2025, 4, 16)),
    (&["claude"], date(2023, 3, 14)),
    (&["claude", "2"], date(2023, 7, 11)),
    (&["claude", "2", "1"], date(2023, 11, 21)),
    (&["claude", "3"], date(2024, 3, 4)),
    (&["claude", "3", "5"], date(2024, 6, 20)),
    (&["claude", "3", "5", "haiku"], date(2024, 10, 22)),
    (&["claude", "3", "7"], date(2025, 2, 24)),
    (&["claude", "4"], date(2025, 5, 22)),
    (&["claude", "opus", "4"], date(2025, 5, 22)),
    (&["claude", "opus", "4", "1"], date(2025, 8, 5)),
    (&["claude", "sonnet", "4"], date(2025, 5, 22)),
    (&["claude", "sonnet", "4", "5"], date(2025, 9, 29)),
    (&["claude", "haiku", "4", "5"], date(2025, 10, 15)),
    (&["palm", "2"], date(2023, 5, 10)),
    (&["gemini"], date(2023, 12, 6)),
    (&["gemini", "1", "5"], date(2024, 2, 15)),
    (&["gemini", "2"], date(2024, 12, 11)),
    (&["gemini", "2", "5"], date(2025, 3, 25)),
    (&["gemma"], date(2024, 2, 21)),
    (&["gemma", "2"], date(2024, 6, 27)),
    (&["gemma", "3"], date(2025, 3, 12)),
    (&["llama"], date(2023, 2, 24)),
    (&["llama", "2"], date(2023, 7, 18)),
    (&["llama", "3"], date(2024, 4, 18)),
    (&["llama", "3", "1"], date(2024, 7, 23)),
    (&["llama", "3", "2"], date(2024, 9, 25)),
    (&["llama", "3", "3"], date(2024, 12, 6)),
    (&["llama", "4"], date(2025, 4, 5)),
    (&["qwen"], date(2023, 8, 3)),
    (&["qwen", "1", "5"], date(2024, 2, 4)),
    (&["qwen", "2"], date(2024, 6, 7)),
    (&["qwen", "2", "5"], date(2024, 9, 19)),
    (&["qwq"], date(2024, 11, 28)),
    (&["qwen", "3"], date(2025, 4, 29)),
    (&["deepseek"], date(2023, 11, 29)),
    (&["deepseek", "v", "2"], date(2024, 5, 6)),
    (&["deepseek", "v", "2", "5"], date(2024, 9, 5)),
    (&["deepseek", "v", "3"], date(2024, 12, 26)),
    (&["deepseek", "r", "1"], date(2025, 1, 20)),
    (&["deepseek", "v", "3", "1"], date(2025, 8, 21)),
    (&["mistral"], date(2023, 9, 27)),
    (&["mixtral"], date(2023, 12, 11)),
    (&["mistral", "large"], date(2024, 2, 26)),
    (&["mistral", "large", "2"], date(2024, 7, 24)),
    (&["mistral", "nemo"], date(2024, 7, 18)),
    (&["mistral", "small", "3"], date(2025, 1, 30)),
    (&["command", "r"], date(2024, 3, 11)),
    (&["phi", "3"], date(2024, 4, 23)),
    (&["phi", "4"], date(2024, 12, 12)),
    (&["grok"], date(2023, 11, 4)),
    (&["grok", "2"], date(2024, 8, 13)),
    (&["grok", "3"], date(2025, 2, 17)),
    (&["grok", "4"], date(2025, 7, 9)),
];
/// Years that a date in a name may have.
const YEARS: std::ops::RangeInclusive<i16> = 2019..=2099;

/// Returns the release date of a generator: the date in its name (`gpt-4o-2024-08-06`, `claude-3-5-sonnet-20241022`,
/// `gpt-4-1106-preview`, `mistral-large-2407`), or else that of its family; `None` if the name is not known.
pub fn released(name: &str) -> Option<Date> {
    let name = name.to_lowercase();
    let mut parts = parts(&name);
    if let Some(date) = full_date(&parts) {
        return Some(date);
    }
    let short = parts.iter().position(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let short = short.map(|place| parts.remove(place));
    let family = family(&parts)?;
    Some(short.and_then(|digits| short_date(digits, family)).unwrap_or(family))
}

/// Returns the generator of these sources that was released last, and the names of those whose release is not known.
pub fn newest_generator(sources: &[Source]) -> (Option<NewestGenerator>, Vec<String>) {
    let (mut newest, mut unknown): (Option<NewestGenerator>, Vec<String>) = (None, Vec::new());
    for source in sources {
        let of_corpora = source.corpora.iter().flat_map(|corpus| &corpus.generators);
        let known = of_corpora.chain([&source.name]).filter_map(|name| released(name).map(|date| (date, name)));
        // The largest date and then the smallest name, so that the order of files does not matter.
        match known.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(a.1))) {
            None => unknown.push(source.name.clone()),
            Some((released, name)) if newest.as_ref().is_none_or(|newest| newest.released < released) => {
                newest = Some(NewestGenerator { name: name.clone(), released });
            }
            Some(_) => {}
        }
    }
    (newest, unknown)
}

/// Splits a name into runs of letters and runs of digits.
fn parts(name: &str) -> Vec<&str> {
    let kind = |byte: u8| (byte.is_ascii_digit(), byte.is_ascii_alphabetic());
    name.as_bytes()
        .chunk_by(|a, b| kind(*a) == kind(*b))
        .scan(0, |start, run| {
            let at = *start;
            *start += run.len();
            Some((at, run))
        })
        .filter(|(_, run)| run[0].is_ascii_alphanumeric())
        .filter_map(|(at, run)| name.get(at..at + run.len()))
        .collect()
}

fn full_date(parts: &[&str]) -> Option<Date> {
    let day = |year: &str, month: &str, day: &str| {
        let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    let apart = parts.windows(3).find_map(|of| {
        if (of[0].len(), of[1].len(), of[2].len()) == (4, 2, 2) { day(of[0], of[1], of[2]) } else { None }
    });
    let joined = || {
        let digits = |part: &&&str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_digit());
        parts.iter().filter(digits).find_map(|part| day(&part[..4], &part[4..6], &part[6..]))
    };
    apart.or_else(joined)
}

/// Reads four digits as month and day, of the first such day since the family exists, or else as year and month.
fn short_date(digits: &str, family: Date) -> Option<Date> {
    let (first, second): (i8, i8) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    let in_year = |year: i16| Date::new(year, first, second).ok().filter(|date| *date >= family);
    let month = || Date::new(2000 + i16::from(first), second, 1).ok().filter(|date| date.last_of_month() >= family);
    in_year(family.year()).or_else(|| in_year(family.year() + 1)).or_else(month)
}

fn family(parts: &[&str]) -> Option<Date> {
    let has = |wanted: &[&str]| parts.windows(wanted.len()).any(|of| of == wanted);
    let known = FAMILIES.iter().filter(|(wanted, _)| has(wanted));
    known.max_by_key(|(wanted, date)| (wanted.len(), *date)).map(|(_, date)| *date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_told_by_name() {
        for (name, expected) in [
            ("gpt-3.5", "2022-11-30"),
            ("gpt-3.5-turbo-regenerated", "2023-03-01"),
            ("gpt-35-turbo", "2023-03-01"),
            ("gpt-3.5-turbo-0613", "2023-06-13"),
            ("gpt-3.5-turbo-0125", "2024-01-25"),
            ("GPT-4", "2023-03-14"),
            ("gpt-4-1106-preview", "2023-11-06"),
            ("gpt4-turbo", "2023-11-06"),
            ("gpt-4o-2024-08-06", "2024-08-06"),
            ("gpt-4o-2024-05-13_temp_0_1_fewshot_1_pages_all", "2024-05-13"),
            ("gpt-4o-mini", "2024-07-18"),
            ("gpt-4.1-nano", "2025-04-14"),
            ("openai/gpt-5", "2025-08-07"),
            ("o1-preview", "2024-09-12"),
            ("o3", "2025-04-16"),
            ("o3-mini", "2025-01-31"),
            ("claude-3-5-sonnet-20241022", "2024-10-22"),
            ("claude-3.5-sonnet", "2024-06-20"),
            ("claude-sonnet-4", "2025-05-22"),
            ("gemini-1.5-pro", "2024-02-15"),
            ("meta-llama/Llama-3.1-70B-Instruct", "2024-07-23"),
            ("llama2-7b", "2023-07-18"),
            ("qwen3-30B", "2025-04-29"),
            ("qwen3-235b-a22b-2507", "2025-07-01"),
            ("qwen2-57b", "2024-06-07"),
            ("Qwen2.5-72B", "2024-09-19"),
            ("deepseek-v3-0324", "2025-03-24"),
            ("DeepSeek-R1", "2025-01-20"),
            ("mistral-large-2407", "2024-07-01"),
            ("mistral-7b-instruct", "2023-09-27"),
        ] {
            assert_eq!(released(name).map(|date| date.to_string()).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn other_names_are_not_known() {
        for name in ["", "toy", "our-model-2", "llm", "1106", "radio1", "gpt", "ChatGPTéé2"] {
            let expected = if name.starts_with("Chat") { Some(date(2022, 11, 30)) } else { None };
            assert_eq!(released(name), expected, "{name}");
        }
    }

    #[test]
    fn the_newest_counts_and_the_unknown_are_named() {
        let source = |name: &str, generators: &[&str]| {
            let generators = generators.iter().map(|name| (*name).to_owned()).collect();
            let corpus = crate::reference::CorpusCard {
                files: vec![],
                n_documents_read: 1,
                n_documents_held_out: 0,
                n_documents_of_other_side: 0,
                dates: None,
                generators,
            };
            Source {
                name: name.to_owned(),
                n_documents: 1,
                n_units: 1,
                n_documents_without_units: 0,
                corpora: vec![corpus],
            }
        };
        let sources = [source("openai", &["gpt-4", "gpt-4o"]), source("toy", &[]), source("gpt-3.5", &[])];
        let (newest, unknown) = newest_generator(&sources);
        assert_eq!(newest.unwrap(), NewestGenerator { name: "gpt-4o".to_owned(), released: date(2024, 5, 13) });
        assert_eq!(unknown, ["toy"]);
        assert_eq!(newest_generator(&sources[1..2]), (None, vec!["toy".to_owned()]));
    }
}
