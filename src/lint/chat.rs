//! Chat talk: text addressed to the person at the prompt, which is not the text that was asked for.

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::kind::Kind;
use super::phrases::{GAPS, MARKS, OF_A_MODEL, OF_AN_ANSWER};
use super::report::{Example, Finding, Severity, share};
use super::sides::{Side, Sides};
use crate::corpus::Text;
use crate::tokenize::{UnitRule, UnitVisitor, for_each_word, visit_units};

/// Share of a source's documents from which it is an error.
const MANY: f64 = 0.01;
/// Share of documents with a phrase from which there is a warning.
const SOME: f64 = 0.001;
/// Ratio of frequencies in LLM and human text from which a phrase counts that people use too.
const RATIO: f64 = 5.0;
/// Maximum number of examples.
const N_EXAMPLES: usize = 20;

pub(super) fn check(sides: &Sides) -> Vec<Finding> {
    let phrases = Phrases::new();
    let human = phrases.search(&sides.human);
    let mut findings: Vec<Finding> = sides.llms.iter().filter_map(|side| phrases.of_llm(side, &human, sides)).collect();
    findings.extend(phrases.of_human(&human, sides));
    findings
}

/// A phrase, ready to be searched for.
struct Phrase {
    shown: &'static str,
    /// Whether no person writes it, so that once is enough.
    is_of_model: bool,
    /// Whether it is looked for letter by letter, rather than word by word.
    is_literal: bool,
    finder: Finder<'static>,
}

/// The numbers of the documents that have a phrase, for every phrase.
type Hits = Vec<Vec<u32>>;

struct Phrases(Vec<Phrase>);

impl Phrases {
    fn new() -> Phrases {
        let kinds: [(&[&'static str], bool, bool); 4] =
            [(&OF_AN_ANSWER, false, false), (&OF_A_MODEL, true, false), (&GAPS, false, true), (&MARKS, true, true)];
        let phrases = kinds.into_iter().flat_map(|(phrases, is_of_model, is_literal)| {
            phrases.iter().map(move |shown| {
                let searched = if is_literal { (*shown).to_owned() } else { joined_words(shown) };
                Phrase { shown, is_of_model, is_literal, finder: Finder::new(&searched).into_owned() }
            })
        });
        Phrases(phrases.collect())
    }

    fn search(&self, side: &Side) -> Hits {
        let of_document = |(number, text): (usize, &Text)| {
            let words = joined(text);
            let prose = if let Text::Prose(prose) = text { prose.to_lowercase() } else { String::new() };
            let is_in = |phrase: &Phrase| {
                let searched = if phrase.is_literal { &prose } else { &words };
                phrase.finder.find(searched.as_bytes()).is_some()
            };
            let found = self.0.iter().enumerate().filter(|(_, phrase)| is_in(phrase));
            found.map(|(phrase, _)| (phrase, number as u32)).collect::<Vec<_>>()
        };
        let texts: Vec<&Text> = side.documents.iter().map(|document| &document.text).collect();
        let found: Vec<Vec<(usize, u32)>> = texts.into_par_iter().enumerate().map(of_document).collect();
        let mut hits = vec![vec![]; self.0.len()];
        found.into_iter().flatten().for_each(|(phrase, document)| hits[phrase].push(document));
        hits
    }

    fn of_llm(&self, side: &Side, human: &Hits, sides: &Sides) -> Option<Finding> {
        let hits = self.search(side);
        let (n_total, n_human) = (side.documents.len() as u64, sides.human.documents.len() as u64);
        let counts = |phrase: usize| {
            let (here, there) = (share(hits[phrase].len() as u64, n_total), share(human[phrase].len() as u64, n_human));
            !hits[phrase].is_empty() && here > RATIO * there
        };
        let phrases: Vec<usize> = (0..hits.len()).filter(|&phrase| counts(phrase)).collect();
        let finding = self.finding(Kind::ChatTalk, side, &phrases, &hits, (human, n_human))?;
        // What a person might have written too is worth no note where it is this rare.
        let is_sure = phrases.iter().any(|&phrase| self.0[phrase].is_of_model);
        (is_sure || finding.severity < Severity::Note).then_some(finding)
    }

    fn of_human(&self, human: &Hits, sides: &Sides) -> Option<Finding> {
        let counts = |phrase: usize| self.0[phrase].is_of_model && !human[phrase].is_empty();
        let phrases: Vec<usize> = (0..human.len()).filter(|&phrase| counts(phrase)).collect();
        let none = vec![vec![]; human.len()];
        self.finding(Kind::LlmInHumanText, &sides.human, &phrases, human, (&none, 0))
    }

    fn finding(
        &self,
        kind: Kind,
        side: &Side,
        phrases: &[usize],
        hits: &Hits,
        (other, n_other): (&Hits, u64),
    ) -> Option<Finding> {
        let mut documents: Vec<u32> = phrases.iter().flat_map(|&phrase| hits[phrase].iter().copied()).collect();
        documents.sort_unstable();
        documents.dedup();
        let (n, n_total) = (documents.len(), side.documents.len());
        let shown = |&phrase: &usize| {
            let (here, there) = (hits[phrase].len(), other[phrase].len());
            Example::in_documents(self.0[phrase].shown.trim(), (here as u64, n_total as u64), (there as u64, n_other))
        };
        let mut examples: Vec<Example> = phrases.iter().map(shown).collect();
        examples.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.text.cmp(&b.text)));
        examples.truncate(N_EXAMPLES);
        let severity = match share(n as u64, n_total as u64) {
            share if share >= MANY => Severity::Error,
            share if share >= SOME => Severity::Warning,
            _ => Severity::Note,
        };
        let finding = Finding::new(severity, kind, &side.name).in_documents(n, n_total);
        (!examples.is_empty()).then(|| finding.with_examples(examples))
    }
}

/// Returns the words of a phrase with a space around each.
fn joined_words(phrase: &str) -> String {
    let mut joined = " ".to_owned();
    for_each_word(phrase, &mut String::new(), |word| {
        joined.push_str(word);
        joined.push(' ');
    });
    joined
}

/// Returns all words of a text with a space around each; the ends of units are ignored, as talk runs across them.
fn joined(text: &Text) -> String {
    struct Joined(String);
    impl UnitVisitor for Joined {
        fn word(&mut self, word: &str) {
            self.0.push_str(word);
            self.0.push(' ');
        }
        fn end_unit(&mut self, _counts: bool) {}
    }
    let mut joined = Joined(" ".to_owned());
    visit_units(text, UnitRule::Document, &mut String::new(), &mut joined);
    joined.0
}
