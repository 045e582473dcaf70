//! Sentences that many documents have word for word: questions of a form, footers and the like, which are nobody's prose.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use rayon::prelude::*;

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

/// Counts of the documents that have each sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Repeated {
    n_documents: usize,
    n_bytes: usize,
    counts: HashMap<String, usize, FixedState>,
}

impl Repeated {
    /// Takes documents, until there are enough.
    pub(super) fn learn(&mut self, documents: &[Document]) {
        let left = if self.n_bytes < LOOKED_AT_BYTES { LOOKED_AT.saturating_sub(self.n_documents) } else { 0 };
        let documents = &documents[..documents.len().min(left)];
        let sentences: Vec<HashSet<&str, FixedState>> = documents.par_iter().map(sentences).collect();
        for of_document in sentences {
            if self.n_bytes >= LOOKED_AT_BYTES {
                break;
            }
            self.n_documents += 1;
            for sentence in of_document {
                match self.counts.get_mut(sentence) {
                    Some(n) => *n += 1,
                    None => {
                        self.n_bytes += sentence.len();
                        self.counts.insert(sentence.to_owned(), 1);
                    }
                }
            }
        }
    }

    /// Takes in the counts of other documents.
    pub(super) fn merge(&mut self, other: Repeated) {
        self.n_documents += other.n_documents;
        self.n_bytes += other.n_bytes;
        other.counts.into_iter().for_each(|(sentence, n)| *self.counts.entry(sentence).or_default() += n);
    }

    /// Returns a remark on the sentences that many documents have.
    pub fn remark(&self) -> Option<String> {
        let least = (MIN_SHARE * self.n_documents as f64).max(1.0);
        let mut found: Vec<(&String, usize)> =
            self.counts.iter().filter(|(_, n)| **n as f64 >= least).map(|(sentence, n)| (sentence, *n)).collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let &(sentence, n) = found.first().filter(|_| self.n_documents >= MIN_DOCUMENTS)?;
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
}

fn sentences(document: &Document) -> HashSet<&str, FixedState> {
    let mut found = HashSet::default();
    if let Text::Prose(prose) = &document.text {
        for_each_unit(prose, UnitRule::Sentence, |sentence| {
            if sentence.split_ascii_whitespace().nth(MIN_WORDS - 1).is_some() {
                found.insert(sentence.trim());
            }
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remark(n: usize, text: impl Fn(usize) -> String) -> Option<String> {
        let document = |at| Document { id: None, text: Text::as_it_is(text(at)), values: vec![] };
        let documents: Vec<Document> = (0..n).map(document).collect();
        let (mut all, mut rest) = (Repeated::default(), Repeated::default());
        all.learn(&documents[..n / 2]);
        rest.learn(&documents[n / 2..]);
        all.merge(rest);
        all.remark()
    }

    #[test]
    fn questions_of_a_form_are_quoted_and_what_some_people_write_is_not() {
        let form =
            |at: usize| format!("Does the paper fly its kites? Kite {at} flies well today. Is it new? Yes, it is.");
        assert_eq!(
            remark(40, form).unwrap(),
            "\"Does the paper fly its kites?\" stands word for word in 40 of the first 40 documents [take out what a form or a program wrote]"
        );
        assert_eq!(remark(20, form), None);
        let some = |at: usize| {
            let praise = if at.is_multiple_of(6) { "The paper is well written. " } else { "" };
            format!("{praise}Kite {at} flies well today.")
        };
        assert_eq!(remark(60, some), None);
    }
}
