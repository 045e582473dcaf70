//! Fits a reference on texts of known source in memory.

use crate::corpus::{Document, Text};
use crate::progress::Silent;
use crate::reference::{Card, FitError, FitOptions, HUMAN, KnownCorpus, KnownDocument, Reference, fit};

/// Texts of known source, human and of one or several LLMs, to fit a [`Reference`] on.
///
/// # Examples
///
/// A real reference needs hundreds of texts per side; this one only shows the calls.
///
/// ```
/// use llm_prevalence::{Estimator, Texts};
///
/// // People use an LLM's words now and then, and an LLM theirs: only words of both sides can be told apart.
/// let text = |n: usize, is_llm: bool| match (n % 10 == 0) != is_llm {
///     false => format!("I liked part {n}. The proof is wrong in step {n}, I think."),
///     true => format!("Part {n} is commendable. The authors meticulously delve into step {n}."),
/// };
/// let [human, llm] = [false, true].map(|is_llm| (0..300).map(|n| text(n, is_llm)).collect::<Vec<String>>());
/// let reference = Texts::new().human(&human).llm("toy", &llm).fit("toy-reviews")?;
/// let share = Estimator::new(&reference).estimate(&llm)?;
/// assert!(share.alpha() > 0.9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Texts {
    corpora: Vec<KnownCorpus>,
}

impl Texts {
    /// Returns an empty set of texts.
    pub fn new() -> Texts {
        Texts::default()
    }

    /// Adds human texts.
    pub fn human<T: AsRef<str>>(self, texts: &[T]) -> Texts {
        self.of(HUMAN, texts)
    }

    /// Adds texts of the LLM `name`.
    pub fn llm<T: AsRef<str>>(self, name: &str, texts: &[T]) -> Texts {
        self.of(name, texts)
    }

    fn of<T: AsRef<str>>(mut self, source: &str, texts: &[T]) -> Texts {
        let documents = texts.iter().map(|text| known(text.as_ref())).collect();
        self.corpora.push(KnownCorpus::new(source, documents));
        self
    }

    /// Fits a reference called `name` with the usual choices.
    ///
    /// # Errors
    /// Fails if a side is missing, or if there is too little text.
    pub fn fit(self, name: &str) -> Result<Reference, FitError> {
        let card = Card { name: name.to_owned(), ..Card::default() };
        self.fit_with(&FitOptions { card, variants: true, ..FitOptions::default() })
    }

    /// Fits a reference with these options.
    ///
    /// # Errors
    /// Fails if a side is missing, or if there is too little text.
    pub fn fit_with(self, options: &FitOptions) -> Result<Reference, FitError> {
        fit(self.corpora, options, &Silent)
    }
}

fn known(text: &str) -> KnownDocument {
    KnownDocument::new(prose(text))
}

/// Returns a document without an id.
pub(super) fn document(text: &str, values: Vec<Option<String>>) -> Document {
    Document { id: None, text: prose(text), values }
}

/// Returns the prose in `text`, which is what its writer wrote.
fn prose(text: &str) -> Text {
    Text::prose(text)
}
