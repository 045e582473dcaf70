//! What a form or a program wrote into many documents: sentences that they have word for word, and names of fields within sentences.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::field_names::for_each_name;
use crate::corpus::{Document, Text};
use crate::numbers::thousands;
use crate::tokenize::{UnitRule, for_each_unit};

/// Number of documents that are looked at, the first of the corpus, and number of bytes of sentences that end it.
const LOOKED_AT: usize = 1000;
const LOOKED_AT_BYTES: usize = 8 << 20;
/// Minimum number of them from which sentences count as repeated.
const MIN_DOCUMENTS: usize = 30;
/// Share of them, 0 to 1, from which a sentence is repeated: people write "The paper is well written." too.
const MIN_SHARE: f64 = 0.2;
/// Minimum number of words of such a sentence.
const MIN_WORDS: usize = 4;
/// Maximum number of characters of it that are shown.
const SHOWN: usize = 80;
/// Share of the documents, 0 to 1, from which names are a program's, and minimum number of them: LLMs write "Clarity: It is clear" too,
/// in up to three quarters of their reviews, and people hardly ever.
const MIN_NAMES_SHARE: f64 = 0.85;
const MIN_NAMES: usize = 3;

/// Numbers of documents that have a text.
type Counts = HashMap<String, usize, FixedState>;

/// Counts of the documents that have each sentence and each name of a field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Repeated {
    n_documents: usize,
    n_bytes: usize,
    sentences: Counts,
    names: Counts,
}

/// What one document has of both.
#[derive(Default)]
struct Found<'a> {
    sentences: HashSet<&'a str, FixedState>,
    names: HashSet<&'a str, FixedState>,
}

impl Repeated {
    /// Takes documents, until there are enough.
    pub(super) fn learn(&mut self, documents: &[Document]) {
        let left = if self.n_bytes < LOOKED_AT_BYTES { LOOKED_AT.saturating_sub(self.n_documents) } else { 0 };
        let documents = &documents[..documents.len().min(left)];
        let found: Vec<Found<'_>> = documents.par_iter().map(Found::of).collect();
        for Found { sentences, names } in found {
            if self.n_bytes >= LOOKED_AT_BYTES {
                break;
            }
            self.n_documents += 1;
            self.n_bytes += count(&mut self.sentences, sentences) + count(&mut self.names, names);
        }
    }

    /// Takes in the counts of other documents.
    pub(super) fn merge(&mut self, other: Repeated) {
        self.n_documents += other.n_documents;
        self.n_bytes += other.n_bytes;
        other.sentences.into_iter().for_each(|(sentence, n)| *self.sentences.entry(sentence).or_default() += n);
        other.names.into_iter().for_each(|(name, n)| *self.names.entry(name).or_default() += n);
    }

    /// Returns remarks on what many documents have.
    pub fn remarks(&self) -> Vec<String> {
        if self.n_documents < MIN_DOCUMENTS {
            return vec![];
        }
        self.on_sentences().into_iter().chain(self.on_names()).collect()
    }

    fn on_sentences(&self) -> Option<String> {
        let found = self.frequent(&self.sentences, MIN_SHARE);
        let &(sentence, n) = found.first()?;
        let shown: String = sentence.chars().take(SHOWN).collect();
        let dots = if shown.len() < sentence.len() { "..." } else { "" };
        let others = match found.len() - 1 {
            0 => String::new(),
            1 => ", and one more such sentence stands in many".to_owned(),
            n => format!(", and {} more such sentences stand in many", thousands(n)),
        };
        Some(format!(
            "\"{shown}{dots}\" stands word for word in {} of the first {} documents{others} [take out what a form or a program wrote]",
            thousands(n),
            thousands(self.n_documents)
        ))
    }

    fn on_names(&self) -> Option<String> {
        let found = self.frequent(&self.names, MIN_NAMES_SHARE);
        let least = found.get(MIN_NAMES - 1..)?.last()?.1;
        let shown: Vec<String> = found.iter().take(MIN_NAMES).map(|(name, _)| format!("\"{name}\"")).collect();
        let others = match found.len() - MIN_NAMES {
            0 => String::new(),
            n => format!(" and {} more", thousands(n)),
        };
        Some(format!(
            "names of fields stand within the sentences of at least {} of the first {} documents: {}{others} \
             [give each field a column of its own, or put a line break after each name]",
            thousands(least),
            thousands(self.n_documents),
            shown.join(", ")
        ))
    }

    /// Returns what at least a `share` of the documents has, and in how many, the most frequent first.
    fn frequent<'a>(&self, counts: &'a Counts, share: f64) -> Vec<(&'a String, usize)> {
        let least = (share * self.n_documents as f64).max(1.0);
        let mut found: Vec<_> = counts.iter().filter(|(_, n)| **n as f64 >= least).map(|(of, n)| (of, *n)).collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        found
    }
}

/// Counts a document for each text, and returns the number of bytes that this adds.
fn count<'a>(counts: &mut Counts, texts: impl IntoIterator<Item = &'a str>) -> usize {
    let mut n_bytes = 0;
    for text in texts {
        match counts.get_mut(text) {
            Some(n) => *n += 1,
            None => {
                n_bytes += text.len();
                counts.insert(text.to_owned(), 1);
            }
        }
    }
    n_bytes
}

impl Found<'_> {
    fn of(document: &Document) -> Found<'_> {
        let mut found = Found::default();
        if let Text::Prose(prose) = &document.text {
            for_each_unit(prose, UnitRule::Sentence, |sentence| {
                if sentence.split_ascii_whitespace().nth(MIN_WORDS - 1).is_some() {
                    found.sentences.insert(sentence.trim());
                }
                for_each_name(sentence, |name| {
                    found.names.insert(name);
                });
            });
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remarks(n: usize, text: impl Fn(usize) -> String) -> Vec<String> {
        let document = |at| Document { id: None, text: Text::as_it_is(text(at)), values: vec![] };
        let documents: Vec<Document> = (0..n).map(document).collect();
        let (mut all, mut rest) = (Repeated::default(), Repeated::default());
        all.learn(&documents[..n / 2]);
        rest.learn(&documents[n / 2..]);
        all.merge(rest);
        all.remarks()
    }

    #[test]
    fn questions_of_a_form_are_quoted_and_what_some_people_write_is_not() {
        let form =
            |at: usize| format!("Does the paper fly its kites? Kite {at} flies well today. Is it new? Yes, it is.");
        assert_eq!(
            remarks(40, form),
            [
                "\"Does the paper fly its kites?\" stands word for word in 40 of the first 40 documents [take out what a form or a program wrote]"
            ]
        );
        assert!(remarks(20, form).is_empty());
        let some = |at: usize| {
            let praise = if at.is_multiple_of(6) { "The paper is well written. " } else { "" };
            format!("{praise}Kite {at} flies well today.")
        };
        assert!(remarks(60, some).is_empty());
    }

    #[test]
    fn names_of_fields_are_told_unless_they_head_their_text() {
        let form = |break_: &'static str| {
            move |at: usize| {
                let fields = ["summary", "strengths", "weaknesses", "rating"];
                fields.map(|name| format!("{name}:{break_}kite {at} flies well today")).join("; ")
            }
        };
        assert_eq!(
            remarks(40, form(" ")),
            [
                "names of fields stand within the sentences of at least 40 of the first 40 documents: \"rating:\", \"strengths:\", \
              \"summary:\" and 1 more [give each field a column of its own, or put a line break after each name]"
            ]
        );
        assert!(remarks(40, form("\n\n")).is_empty());
        let llm = |at: usize| match at % 4 {
            0 => format!("Kite {at} flies well."),
            _ => format!("Clarity: Kite {at} flies. Quality: Kite {at} is red. Novelty: Kite {at} is new."),
        };
        assert!(remarks(60, llm).is_empty());
    }
}
