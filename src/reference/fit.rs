//! `fit`: texts of known source to a reference.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::LogisticSettings;
use super::components::{Grouping, HUMAN, components};
use super::fit_error::{FitError, MIN_SOURCE_UNITS};
use super::grouping::{fold, group_of_text, is_held_out};
use super::lexicon::Lexicon;
use super::paper_sides::PaperSides;
use super::record::{
    Card, Component, CorpusCard, FileCard, KnownCalibration, LogisticWeights, Reference, Settings, Source,
};
use super::store::{FORMAT, VERSION};
use super::strata::{Member, StrataSet, StratumKey, fit_strata};
use super::training::{Scorer, TrainingSet, fit_weights, score_out_of_fold};
use super::variants::{Variant, calibrations_of};
use crate::corpus::Text;
use crate::occurrence::{
    Occurrences, Presence, Vocabulary, VocabularyRule, count_occurrences, mostly_capitalised, text_profile,
};
use crate::progress::Progress;
use crate::tokenize::{TOKENIZER, UnitRule};
use crate::two_level::Side;

/// Fewest documents of every component that a calibration of whole documents needs.
pub const MIN_DOCUMENTS: u64 = 100;

/// A corpus of one source.
#[derive(Debug, Clone)]
pub struct KnownCorpus {
    /// [`HUMAN`], or the LLM's name; corpora of one name are one source.
    pub source: String,
    /// The files it was read from.
    pub files: Vec<FileCard>,
    /// Whether a column tells it from the other sources of its files; these may then be on both sides.
    pub by_column: bool,
    /// Its documents.
    pub documents: Vec<KnownDocument>,
}

/// A document of known source.
#[derive(Debug, Clone)]
pub struct KnownDocument {
    /// What it says.
    pub text: Text,
    /// The paper, thread or person that keeps documents together; `None`: it stands alone.
    pub group: Option<String>,
    /// Date or year, as text.
    pub date: Option<String>,
    /// The exact generator, if the corpus names it.
    pub generator: Option<String>,
    /// Values of the columns by which [`validate`](crate::validate) leaves documents out.
    pub strata: Vec<Option<String>>,
    /// The form or kind of text: human text of one venue and year, or what an LLM was asked for. `None`: not known.
    pub stratum: Option<String>,
}

impl KnownCorpus {
    /// Returns the source and its files without any document.
    pub fn without_documents(&self) -> KnownCorpus {
        let KnownCorpus { source, files, by_column, .. } = self;
        KnownCorpus { source: source.clone(), files: files.clone(), by_column: *by_column, documents: vec![] }
    }
}

/// The choices of a fit.
#[derive(Debug, Clone)]
pub struct FitOptions {
    /// What the card says.
    pub card: Card,
    /// LLM sources to group; each of the others is a component of its own.
    pub groups: Vec<Grouping>,
    /// What a unit is.
    pub unit: UnitRule,
    /// Which words enter the vocabulary.
    pub vocabulary_rule: VocabularyRule,
    /// Regularisation of the logistic scorer.
    pub logistic: LogisticSettings,
    /// Seed of the folds.
    pub seed: u64,
    /// Number of folds, at least 2.
    pub n_folds: u8,
    /// The columns that the groups came from, for the record.
    pub split_by: Vec<String>,
    /// Share of groups left out, 0 to below 1.
    pub held_out_share: f64,
    /// Whether to learn the scores from fewer words too, which the specification band needs.
    pub variants: bool,
}

impl Default for FitOptions {
    fn default() -> Self {
        FitOptions {
            card: Card::default(),
            groups: vec![],
            unit: UnitRule::default(),
            vocabulary_rule: VocabularyRule::default(),
            logistic: LogisticSettings::default(),
            seed: 0,
            n_folds: 5,
            split_by: vec![],
            held_out_share: 0.0,
            variants: false,
        }
    }
}

/// Makes a reference. The order of corpora and documents does not matter, except that sources keep the order of their
/// first corpus. Every LLM source is a component of the scores, unless it is grouped with others.
pub fn fit(corpora: Vec<KnownCorpus>, options: &FitOptions, progress: &dyn Progress) -> Result<Reference, FitError> {
    refuse_shared_files(&corpora)?;
    let sources = gather(corpora, options)?;
    let llms: Vec<String> = sources[1..].iter().map(|source| source.name.clone()).collect();
    let components = components(&llms, &options.groups)?;
    progress.step("counting words");
    let texts: Vec<Vec<&Text>> = sources.iter().map(GatheredSource::texts).collect();
    let occurrences: Vec<_> = texts.iter().map(|texts| count_occurrences(texts, options.unit)).collect();
    check_sizes(&sources, &components, &occurrences)?;
    let rule = options.vocabulary_rule;
    let vocabulary = Vocabulary::choose(&occurrences[0], &occurrences[1..], rule);
    if vocabulary.is_empty() {
        return Err(FitError::NoVocabulary { min_human: rule.min_human_units, min_llm: rule.min_llm_units });
    }
    let training = Training::new(&sources, &components, &texts, options, &vocabulary);
    let set = training.set(components.len(), vocabulary.len());
    let calibrations = calibrations(&set, options, progress);
    let strata = fit_strata(&training.strata(&sources, &components, vocabulary.len()), progress);
    let variants = match options.variants {
        true => variants(&set, &texts.concat(), &vocabulary, options, progress),
        false => vec![],
    };
    progress.step("logistic: weights on all folds");
    let weights = fit_weights(&set, Scorer::Logistic, options.logistic, None);
    let text_profile = Some(text_profile(&texts.concat(), options.unit, &vocabulary));
    Ok(Reference {
        format: FORMAT.to_owned(),
        version: VERSION,
        card: options.card.clone(),
        settings: settings(options),
        components,
        occurrences: occurrences.iter().map(|occurrences| vocabulary.counts(occurrences)).collect(),
        sources: training.cards(sources),
        vocabulary: vocabulary.words().to_vec(),
        logistic: LogisticWeights::round(&weights),
        calibrations,
        variants,
        strata,
        systematic_error: None,
        text_profile,
    })
}

/// The scores from fewer words.
fn variants(
    set: &TrainingSet<'_>,
    texts: &[&Text],
    vocabulary: &Vocabulary,
    options: &FitOptions,
    progress: &dyn Progress,
) -> Vec<Variant> {
    let is_name = mostly_capitalised(texts, vocabulary);
    let words = |lexicon: Lexicon| lexicon.words(vocabulary.words(), &is_name);
    let fit = |lexicon: Lexicon| Variant::fit(set, lexicon, words(lexicon), options, progress);
    Lexicon::RESTRICTED.into_iter().filter_map(fit).collect()
}

/// Those of every scorer.
fn calibrations(set: &TrainingSet<'_>, options: &FitOptions, progress: &dyn Progress) -> Vec<KnownCalibration> {
    let of_scorer = |scorer: Scorer| {
        progress.step(&format!("{scorer}: {}-fold out-of-fold scores", options.n_folds));
        let scores = score_out_of_fold(set, scorer, options.logistic, options.n_folds);
        calibrations_of(set, scorer, &scores, options.unit)
    };
    Scorer::ALL.into_iter().flat_map(of_scorer).collect()
}

/// Every component needs enough units; so does the human source.
fn check_sizes(
    sources: &[GatheredSource],
    components: &[Component],
    occurrences: &[Occurrences],
) -> Result<(), FitError> {
    let human = Component { name: HUMAN.to_owned(), sources: vec![0] };
    for component in std::iter::once(&human).chain(components) {
        let n_units = component.sources.iter().map(|&source| occurrences[source].n_units).sum();
        let corpora = component.sources.iter().flat_map(|&source| &sources[source].corpora);
        let n_held_out = corpora.map(|corpus| corpus.n_documents_held_out).sum();
        if n_units < MIN_SOURCE_UNITS {
            return Err(FitError::SourceTooSmall { source_name: component.name.clone(), n_units, n_held_out });
        }
    }
    Ok(())
}

fn settings(options: &FitOptions) -> Settings {
    Settings {
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        tokenizer: TOKENIZER.to_owned(),
        unit: options.unit,
        vocabulary_rule: options.vocabulary_rule,
        logistic: options.logistic,
        seed: options.seed,
        n_folds: options.n_folds,
        split_by: options.split_by.clone(),
        held_out_share: options.held_out_share,
    }
}

/// The documents of one source that take part, in an order that depends on their content alone.
struct GatheredSource {
    name: String,
    documents: Vec<GatheredDocument>,
    corpora: Vec<CorpusCard>,
}

struct GatheredDocument {
    group: String,
    text: Text,
    stratum: Option<String>,
}

impl GatheredSource {
    fn texts(&self) -> Vec<&Text> {
        self.documents.iter().map(|document| &document.text).collect()
    }
}

fn gather(corpora: Vec<KnownCorpus>, options: &FitOptions) -> Result<Vec<GatheredSource>, FitError> {
    let mut sources = vec![GatheredSource { name: HUMAN.to_owned(), documents: vec![], corpora: vec![] }];
    let (mut groups, sides) = (BTreeSet::new(), PaperSides::of(&corpora));
    for corpus in corpora {
        let at = sources.iter().position(|source| source.name == corpus.source).unwrap_or_else(|| {
            sources.push(GatheredSource { name: corpus.source.clone(), documents: vec![], corpora: vec![] });
            sources.len() - 1
        });
        let mut card = card_of(&corpus);
        for document in corpus.documents {
            let KnownDocument { text, group, stratum, .. } = document;
            let group = group.unwrap_or_else(|| group_of_text(&text));
            if is_held_out(&group, options.held_out_share) {
                card.n_documents_held_out += 1;
            } else if sides.is_of_other(&group, corpus.source == HUMAN) {
                card.n_documents_of_other_side += 1;
            } else {
                groups.insert(group.clone());
                sources[at].documents.push(GatheredDocument { group, text, stratum });
            }
        }
        sources[at].corpora.push(card);
    }
    if sources[0].corpora.is_empty() {
        return Err(FitError::MissingSide { missing: "human" });
    }
    if sources.len() < 2 {
        return Err(FitError::MissingSide { missing: "LLM" });
    }
    if groups.len() < usize::from(options.n_folds) {
        return Err(FitError::TooFewGroups { n_groups: groups.len(), n_folds: options.n_folds });
    }
    sources.par_iter_mut().for_each(|source| {
        source.documents.par_sort_by_cached_key(|document| (document.group.clone(), group_of_text(&document.text)));
        source.corpora.sort_by(|a, b| a.files.cmp(&b.files));
    });
    Ok(sources)
}

fn refuse_shared_files(corpora: &[KnownCorpus]) -> Result<(), FitError> {
    let files =
        |corpus: &'_ KnownCorpus| corpus.files.iter().map(|file| (file.clone(), corpus.by_column)).collect::<Vec<_>>();
    let of_side = |human: bool| corpora.iter().filter(move |corpus| (corpus.source == HUMAN) == human).flat_map(files);
    let human: Vec<(FileCard, bool)> = of_side(true).collect();
    let is_same = |(file, by_column): &(FileCard, bool)| {
        let same = |(other, other_by_column): &(FileCard, bool)| {
            other.sha256 == file.sha256 && !(*by_column && *other_by_column)
        };
        !file.sha256.is_empty() && human.iter().any(same)
    };
    match of_side(false).find(is_same) {
        Some((file, _)) => Err(FitError::OnBothSides { file: file.name.clone() }),
        None => Ok(()),
    }
}

fn card_of(corpus: &KnownCorpus) -> CorpusCard {
    let dates: BTreeSet<&String> = corpus.documents.iter().filter_map(|document| document.date.as_ref()).collect();
    let generators: BTreeSet<&String> =
        corpus.documents.iter().filter_map(|document| document.generator.as_ref()).collect();
    let mut files = corpus.files.clone();
    files.sort();
    CorpusCard {
        files,
        n_documents_read: corpus.documents.len() as u64,
        n_documents_held_out: 0,
        n_documents_of_other_side: 0,
        dates: dates.first().zip(dates.last()).map(|(first, last)| (first.to_string(), last.to_string())),
        generators: generators.into_iter().cloned().collect(),
    }
}

/// Presence vectors, classes and folds of all documents, human first.
struct Training {
    presence: Presence,
    class_of: Vec<u8>,
    fold_of: Vec<u8>,
    n_documents: Vec<usize>,
}

impl Training {
    fn new(
        sources: &[GatheredSource],
        components: &[Component],
        texts: &[Vec<&Text>],
        options: &FitOptions,
        vocabulary: &Vocabulary,
    ) -> Training {
        let mut training =
            Training { presence: Presence::default(), class_of: vec![], fold_of: vec![], n_documents: vec![] };
        for (number, (source, texts)) in sources.iter().zip(texts).enumerate() {
            training.presence.append(&Presence::of(texts, options.unit, vocabulary));
            let class = components.iter().position(|component| component.sources.contains(&number));
            training.class_of.extend(std::iter::repeat_n(class.map_or(0, |at| at as u8 + 1), texts.len()));
            training
                .fold_of
                .extend(source.documents.iter().map(|document| fold(&document.group, options.seed, options.n_folds)));
            training.n_documents.push(texts.len());
        }
        training
    }

    fn set(&self, n_components: usize, n_words: usize) -> TrainingSet<'_> {
        TrainingSet {
            presence: &self.presence,
            class_of: &self.class_of,
            fold_of: &self.fold_of,
            n_components,
            n_words,
        }
    }

    /// The documents by stratum, an LLM's by its name and the kind of text; component and human stratum are families.
    fn strata(&self, sources: &[GatheredSource], components: &[Component], n_words: usize) -> StrataSet<'_> {
        let mut keys = Vec::new();
        for (number, source) in sources.iter().enumerate() {
            let family = components.iter().find(|component| component.sources.contains(&number));
            keys.extend(source.documents.iter().map(|document| {
                let stratum = document.stratum.clone().unwrap_or_default();
                match family {
                    None => StratumKey { side: Side::Human, family: stratum.clone(), name: stratum },
                    Some(family) => {
                        let name = format!("{} {stratum}", source.name).trim_end().to_owned();
                        StratumKey { side: Side::Llm, family: family.name.clone(), name }
                    }
                }
            }));
        }
        let strata: Vec<StratumKey> = keys.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect();
        let groups = sources.iter().flat_map(|source| &source.documents).map(|document| &document.group);
        let member = |(key, group): (StratumKey, &String)| Member {
            // Every key is among the strata.
            stratum: strata.binary_search(&key).unwrap_or_default(),
            group: group.clone(),
        };
        let members = keys.into_iter().zip(groups).map(member).collect();
        StrataSet { presence: &self.presence, n_words, members, strata }
    }

    fn cards(&self, sources: Vec<GatheredSource>) -> Vec<Source> {
        let mut first = 0;
        let mut cards = Vec::new();
        for (source, &n_documents) in sources.into_iter().zip(&self.n_documents) {
            let sizes = (first..first + n_documents).map(|document| self.presence.units_of(document).len());
            let (n_with_units, n_units) =
                sizes.fold((0, 0), |(n, units), size| (n + usize::from(size > 0), units + size));
            cards.push(Source {
                name: source.name,
                n_documents: n_with_units as u64,
                n_units: n_units as u64,
                n_documents_without_units: (n_documents - n_with_units) as u64,
                corpora: source.corpora,
            });
            first += n_documents;
        }
        cards
    }
}
