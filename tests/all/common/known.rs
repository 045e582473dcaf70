//! Invented documents as the library takes them.

use llm_prevalence::corpus::{Document, Text};
use llm_prevalence::reference::{KnownCorpus, KnownDocument, Reference, Scorer};
use llm_prevalence::score::{ScoreTable, UnitScorer};

use super::Doc;

/// A corpus for `fit`, its documents grouped by paper.
pub fn known_corpus(source: &str, documents: Vec<Doc>) -> KnownCorpus {
    let known = |document: Doc| KnownDocument::new(Text::prose(&document.text)).group(document.paper);
    KnownCorpus::new(source, documents.into_iter().map(known).collect())
}

/// The scores of documents, which have no other columns.
pub fn scored(documents: &[Doc], reference: &Reference, scorer: Scorer) -> ScoreTable {
    let document = |doc: &Doc| Document::new(Some(doc.id.clone()), Text::prose(&doc.text));
    let documents: Vec<Document> = documents.iter().map(document).collect();
    let scorer = UnitScorer::new(reference, scorer);
    let mut table = ScoreTable::new(vec![]);
    scorer.score_into(&documents, &mut table);
    table
}

/// A reference that ships with the tool.
pub fn embedded_reference(name: &str) -> Reference {
    Reference::embedded(name).unwrap()
}
