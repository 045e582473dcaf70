//! `fit`: makes a reference from texts of known source.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::card::{CorpusCard, FileCard};
use super::component::{Component, HUMAN};
use super::components::components;
use super::fit_error::FitError;
use super::fit_options::FitOptions;
use super::grouping::{fold, group_of_text, is_held_out};
use super::known::{KnownCorpus, KnownDocument};
use super::lexicon::Lexicon;
use super::limits::MIN_SOURCE_UNITS;
use super::paper_sides::PaperSides;
use super::record::{Reference, Settings, Source};
use super::store::{FORMAT, VERSION};
use super::stored_weights::{KnownCalibration, LogisticWeights};
use super::strata::fit_strata;
use super::strata_set::{Member, StrataSet, StratumKey};
use super::training::{Scorer, fit_weights, score_out_of_fold};
use super::training_set::TrainingSet;
use super::variants::{Variant, calibrations_of};
use super::weights::Weights;
use crate::corpus::{Text, first_and_last};
use crate::occurrence::{Occurrences, Presence, Vocabulary, count_occurrences, mostly_capitalised, text_profile};
use crate::progress::Progress;
use crate::tokenize::TOKENIZER;
use crate::two_level::Side;

/// Fits a reference. The order of corpora and documents does not matter, except that sources keep the order of their
/// first corpus. Every LLM source is a component of the scores, unless it is grouped with others.
///
/// The scores are log ratios by L2-regularised multinomial logistic regression on the words present in a unit, in nats:
/// `l_k(x) = eta_k(x) - eta_0(x) - log(N_k / N_0)`, with `eta` linear in the words and `N` the numbers of units. They are
/// calibrated on documents that their fit has not seen (folds by paper); with enough strata the two-level model is learnt as
/// well ([`learn_strata`](super::learn_strata)). Assumed is that each text is wholly of the source it is given as.
///
/// # Errors
/// Fails if a side is missing or too small, a group names no source, or a file is on both sides.
///
/// # Examples
///
/// ```
/// use llm_prevalence::corpus::Text;
/// use llm_prevalence::progress::Silent;
/// use llm_prevalence::reference::{FitOptions, KnownCorpus, KnownDocument, fit};
///
/// let text = |n: usize, is_llm: bool| match (n % 10 == 0) != is_llm {
///     false => format!("I liked part {n}. The proof is wrong in step {n}, I think."),
///     true => format!("Part {n} is commendable. The authors meticulously delve into step {n}."),
/// };
/// let corpus = |source: &str, is_llm: bool| {
///     KnownCorpus::new(source, (0..300).map(|n| KnownDocument::new(Text::prose(&text(n, is_llm)))).collect())
/// };
/// let reference = fit(vec![corpus("human", false), corpus("toy", true)], &FitOptions::default(), &Silent)?;
/// assert_eq!(reference.component_names(), ["toy"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    progress.step("logistic: weights on all folds");
    let weights = fit_weights(&set, Scorer::Logistic, options.logistic);
    let calibrations = calibrations(&set, &weights, options, progress);
    let strata = fit_strata(&training.strata(&sources, &components, vocabulary.len()), progress);
    let variants = match options.variants {
        true => variants(&set, &texts.concat(), &vocabulary, &weights, options, progress),
        false => vec![],
    };
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

/// Fits the scores from fewer words; the searches begin at the `weights` of all.
fn variants(
    set: &TrainingSet<'_>,
    texts: &[&Text],
    vocabulary: &Vocabulary,
    weights: &Weights,
    options: &FitOptions,
    progress: &dyn Progress,
) -> Vec<Variant> {
    let is_name = mostly_capitalised(texts, vocabulary);
    let words = |lexicon: Lexicon| lexicon.words(vocabulary.words(), &is_name);
    let fit = |lexicon: Lexicon| Variant::fit(set, lexicon, words(lexicon), weights, options, progress);
    Lexicon::RESTRICTED.into_iter().filter_map(fit).collect()
}

/// Learns the calibrations of every scorer; `weights` are those of the logistic one on all documents.
fn calibrations(
    set: &TrainingSet<'_>,
    weights: &Weights,
    options: &FitOptions,
    progress: &dyn Progress,
) -> Vec<KnownCalibration> {
    let of_scorer = |scorer: Scorer| {
        let step = (progress, scorer.name());
        let scores = score_out_of_fold(set, scorer, options.logistic, options.n_folds, weights, step);
        calibrations_of(set, scorer, &scores, options.unit)
    };
    Scorer::ALL.into_iter().flat_map(of_scorer).collect()
}

/// Checks that every component and the human source have enough units.
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
    let dates = corpus.documents.iter().filter_map(|document| document.date.as_deref());
    let generators: BTreeSet<&String> =
        corpus.documents.iter().filter_map(|document| document.generator.as_ref()).collect();
    let mut files = corpus.files.clone();
    files.sort();
    CorpusCard {
        files,
        n_documents_read: corpus.documents.len() as u64,
        n_documents_held_out: 0,
        n_documents_of_other_side: 0,
        dates: first_and_last(dates).map(|(first, last)| (first.to_owned(), last.to_owned())),
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

    /// Returns the documents by stratum (an LLM's name and the kind of text) and family (component or human stratum).
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
        StrataSet::new(&self.presence, n_words, members, strata)
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
