//! Characters and layout that give a side away: stripped commas, curly quotes, markdown.

use std::borrow::Cow;

use rayon::prelude::*;

use super::auc::{GIVES_AWAY, SEPARATES, auc};
use super::kind::Kind;
use super::report::{Example, Finding, Measure, Severity};
use super::sides::{Side, Sides};
use crate::corpus::Text;

/// Ratio of the rates below which a difference is a by-product of longer words or sentences.
const MIN_RATIO: f64 = 1.5;
/// Ratio of the smaller to the larger rate up to which a character was taken out on one side.
const STRIPPED: f64 = 0.02;

/// The effect of a feature on the scores, which see only words and units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Without the character, words run together.
    Words,
    /// It is a boundary of units.
    Units,
    /// None; but if it differs, the sides were prepared in different ways.
    Unseen,
}

impl Effect {
    const ALL: [Effect; 3] = [Effect::Words, Effect::Units, Effect::Unseen];

    fn kind(self) -> Kind {
        match self {
            Effect::Words => Kind::WordCharacters,
            Effect::Units => Kind::Layout,
            Effect::Unseen => Kind::Characters,
        }
    }

    fn severity(self, auc: f64, is_stripped: bool) -> Severity {
        match (self, auc >= GIVES_AWAY) {
            // That one side has more of them is style; that it has none is preparation.
            (Effect::Words, _) if !is_stripped => Severity::Note,
            (Effect::Words, true) => Severity::Error,
            (Effect::Words, false) | (_, true) => Severity::Warning,
            (_, false) => Severity::Note,
        }
    }
}

/// Names and effects of the features, in the order of [`Counts`].
const FEATURES: [(&str, Effect); N_FEATURES] = [
    ("hyphens in words", Effect::Words),
    ("apostrophes in words", Effect::Words),
    ("line breaks", Effect::Units),
    ("blank lines", Effect::Units),
    ("list items", Effect::Units),
    ("# headings", Effect::Units),
    ("ends of sentences (. ! ?)", Effect::Units),
    ("commas", Effect::Unseen),
    ("colons and semicolons", Effect::Unseen),
    ("brackets", Effect::Unseen),
    ("straight quotes", Effect::Unseen),
    ("curly quotes", Effect::Unseen),
    ("en and em dashes", Effect::Unseen),
    ("other characters beyond ASCII", Effect::Unseen),
    ("capitals", Effect::Unseen),
    ("** marks", Effect::Unseen),
    ("double spaces", Effect::Unseen),
];

const N_FEATURES: usize = 17;

/// The number of times that each feature occurs in a text.
type Counts = [u32; N_FEATURES];

/// The features of one document, and its length in characters.
struct Measured {
    counts: Counts,
    n_characters: u32,
}

pub(super) fn check(sides: &Sides) -> Vec<Finding> {
    [false, true].into_iter().flat_map(|is_ready_made| check_form(sides, is_ready_made)).collect()
}

/// Compares running text with running text, and ready-made words with ready-made words.
fn check_form(sides: &Sides, is_ready_made: bool) -> Vec<Finding> {
    let human = measure(&sides.human, is_ready_made);
    let mut findings = Vec::new();
    for side in &sides.llms {
        let llm = measure(side, is_ready_made);
        let telling: Vec<(Effect, Example)> =
            (0..N_FEATURES).filter_map(|feature| compare(feature, &llm, &human)).collect();
        for effect in Effect::ALL {
            let of_effect = telling.iter().filter(|(one, _)| *one == effect).map(|(_, example)| example.clone());
            findings.extend(finding(effect, side, llm.len(), of_effect.collect()));
        }
    }
    findings
}

fn finding(effect: Effect, side: &Side, n_documents: usize, mut examples: Vec<Example>) -> Option<Finding> {
    examples.sort_by(|a, b| b.auc.unwrap_or(0.5).total_cmp(&a.auc.unwrap_or(0.5)));
    let auc = examples.first()?.auc.unwrap_or(0.5);
    let is_stripped = |one: &Example| one.value.min(one.value_other) <= STRIPPED * one.value.max(one.value_other);
    let worst = examples.iter().map(|one| effect.severity(one.auc.unwrap_or(0.5), is_stripped(one))).min();
    let severity = worst.unwrap_or(Severity::Note);
    let finding = Finding::new(severity, effect.kind(), &side.name);
    Some(finding.in_documents(n_documents, side.documents.len()).with_auc(auc).with_examples(examples))
}

fn compare(feature: usize, llm: &[Measured], human: &[Measured]) -> Option<(Effect, Example)> {
    let rates = |side: &[Measured]| {
        side.iter().map(|one| per_thousand(one.counts[feature].into(), one.n_characters.into())).collect::<Vec<f64>>()
    };
    let auc = auc(&rates(llm), &rates(human));
    let (name, effect) = FEATURES[feature];
    let n_of = |side: &[Measured]| side.iter().map(|one| u64::from(one.counts[feature])).sum::<u64>();
    let n_characters = |side: &[Measured]| side.iter().map(|one| u64::from(one.n_characters)).sum::<u64>();
    let (n, n_other) = (n_of(llm), n_of(human));
    let example = Example {
        text: name.to_owned(),
        measure: Measure::PerThousandCharacters,
        n,
        n_other,
        value: per_thousand(n, n_characters(llm)),
        value_other: per_thousand(n_other, n_characters(human)),
        log_odds: None,
        auc: Some(auc),
    };
    let differs = example.value.max(example.value_other) >= MIN_RATIO * example.value.min(example.value_other);
    (auc >= SEPARATES && differs).then_some((effect, example))
}

fn per_thousand(n: u64, n_characters: u64) -> f64 {
    1000.0 * n as f64 / (n_characters as f64).max(1.0)
}

fn measure(side: &Side, is_ready_made: bool) -> Vec<Measured> {
    let of_form = |text: &&Text| matches!(text, Text::Units(_)) == is_ready_made;
    let texts: Vec<&Text> = side.documents.iter().map(|document| &document.text).filter(of_form).collect();
    let measured = texts.into_par_iter().map(|text| {
        let text = running(text);
        Measured { counts: count(&text), n_characters: text.chars().count() as u32 }
    });
    measured.filter(|one| one.n_characters > 0).collect()
}

/// Returns the text, or its ready-made words with spaces between them.
fn running(text: &Text) -> Cow<'_, str> {
    match text {
        Text::Prose(prose) => Cow::Borrowed(prose),
        Text::Units(units) => {
            let mut joined = String::new();
            units.iter().flatten().for_each(|word| {
                joined.push_str(word);
                joined.push(' ');
            });
            Cow::Owned(joined)
        }
    }
}

fn count(text: &str) -> Counts {
    let mut counts = [0; N_FEATURES];
    let mut characters = text.chars().peekable();
    let mut before = '\n';
    while let Some(c) = characters.next() {
        let after = characters.peek().copied().unwrap_or('\n');
        if let Some(feature) = feature_of(before, c, after) {
            counts[feature] += 1;
        }
        before = c;
    }
    text.trim_end().lines().for_each(|line| {
        if let Some(feature) = feature_of_line(line.trim()) {
            counts[feature] += 1;
        }
    });
    counts
}

/// Returns the feature of a character between two others.
fn feature_of(before: char, c: char, after: char) -> Option<usize> {
    let in_word = before.is_alphabetic() && after.is_alphabetic();
    Some(match c {
        '-' | '\u{2010}' | '\u{2011}' if in_word => 0,
        '\'' | '’' if in_word => 1,
        '\n' => 2,
        '.' | '!' | '?' => 6,
        ',' => 7,
        ':' | ';' => 8,
        '(' | ')' | '[' | ']' => 9,
        '"' | '\'' => 10,
        '‘' | '’' | '“' | '”' => 11,
        '–' | '—' => 12,
        '*' if before == '*' => 15,
        ' ' if before == ' ' => 16,
        c if c.is_ascii_uppercase() => 14,
        c if c.is_ascii() => return None,
        _ => 13,
    })
}

fn feature_of_line(line: &str) -> Option<usize> {
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = after_digits.len() < line.len() && after_digits.starts_with(['.', ')']);
    let is_item = is_numbered || ["- ", "* ", "• "].iter().any(|mark| line.starts_with(mark));
    match line {
        "" => Some(3),
        _ if is_item => Some(4),
        _ if line.starts_with('#') => Some(5),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&'static str, u32)> {
        FEATURES.iter().zip(count(text)).filter(|(_, n)| *n > 0).map(|((name, _), n)| (*name, n)).collect()
    }

    #[test]
    fn every_feature_is_counted() {
        assert_eq!(
            found("well-known - don't ‘do’"),
            [("hyphens in words", 1), ("apostrophes in words", 1), ("curly quotes", 2)]
        );
        assert_eq!(
            found("a\n\n- b\n12) c\n# d\n"),
            [("line breaks", 5), ("blank lines", 1), ("list items", 2), ("# headings", 1), ("brackets", 1)]
        );
        assert_eq!(
            found("a, b; c. \"D\" – é"),
            [
                ("ends of sentences (. ! ?)", 1),
                ("commas", 1),
                ("colons and semicolons", 1),
                ("straight quotes", 2),
                ("en and em dashes", 1),
                ("other characters beyond ASCII", 1),
                ("capitals", 1),
            ]
        );
        assert_eq!(found("**a**  b"), [("** marks", 2), ("double spaces", 1)]);
        assert_eq!(found("don’t"), [("apostrophes in words", 1)]);
    }
}
