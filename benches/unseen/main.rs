//! How wrong the share is where vendor and human form are both absent from the reference. Prints reports/unseen.md.
//!
//! `LLM_PREVALENCE_DATA=... cargo bench --bench unseen > reports/unseen.md`; with `UNSEEN_OF=abstracts` it prints
//! reports/unseen-abstracts.md; with `UNSEEN_LLMS=mistral,google` only these vendors are left out, which makes no report.
//!
//! Every LLM family is left out together with a human family in turn: scores, shapes, priors and systematic terms are learnt
//! without both, and without LLM text about the papers of the human text left out.

#[path = "../common/mod.rs"]
mod common;
mod mixture;
mod report;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use llm_prevalence::corpus::Text;
use llm_prevalence::occurrence::{Presence, Vocabulary, VocabularyRule, count_occurrences};
use llm_prevalence::progress::Silent;
use llm_prevalence::reference::{Families, Member, StrataSet, StratumKey, Weights, learn_strata};
use llm_prevalence::tokenize::UnitRule;
use llm_prevalence::two_level::{Side, StrataModel, Stratum};

use mixture::{Mixture, grid};
use texts::{ABSTRACTS, Collection, Known, REVIEWS};

const SEED: u64 = 4;
const LEVEL: f64 = 0.95;
/// Factor by which people may write like an LLM more often than the control's, and the error that the bound allows itself.
const RHO: f64 = 2.0;
const DELTA: f64 = 1.0 - LEVEL;

fn main() {
    if common::is_test_run() {
        return;
    }
    let of_abstracts = std::env::var("UNSEEN_OF").is_ok_and(|of| of == "abstracts");
    let (collection, title) = if of_abstracts {
        (ABSTRACTS, "LLMs and kinds of abstracts that no reference has")
    } else {
        (REVIEWS, "LLMs and forms of text that no reference has")
    };
    let known = collection.gather();
    let in_reference: Vec<&Known> = known.iter().filter(|known| !known.target_only).collect();
    let texts = |side: Side| -> Vec<&Text> {
        in_reference.iter().filter(|known| known.key.side == side).map(|known| &known.text).collect()
    };
    let [human, llm] = [Side::Human, Side::Llm].map(|side| count_occurrences(&texts(side), UnitRule::Sentence));
    let vocabulary = Vocabulary::choose(&human, &[llm], VocabularyRule::default());
    let all: Vec<&Text> = known.iter().map(|known| &known.text).collect();
    let presence = Presence::of(&all, UnitRule::Sentence, &vocabulary);
    eprintln!("{} documents, {} words, {} units", known.len(), vocabulary.len(), presence.n_units());
    let strata: Vec<StratumKey> =
        known.iter().map(|known| known.key.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    let member = |known: &Known| Member::new(strata.binary_search(&known.key).unwrap(), known.group.clone());
    let set = StrataSet::new(&presence, vocabulary.len(), known.iter().map(member).collect(), strata);
    let targets = known.iter().filter(|known| known.target_only);
    let targets: BTreeSet<StratumKey> = targets.map(|known| known.key.clone()).collect();
    let mixtures = left_out(&set, &targets, &pairs(&collection, &set));
    let files = [collection.human, collection.human_targets, collection.llm].concat();
    println!("# {title}\n\n{}\n", common::provenance(SEED, &files));
    println!("{}\n", introduction(&collection, of_abstracts));
    report::tables(&mixtures);
}

fn introduction(collection: &Collection, of_abstracts: bool) -> String {
    let human = if of_abstracts { "fields or venues" } else { "venue-years" };
    let n_human = if of_abstracts { "three" } else { "four" };
    let newest = if of_abstracts {
        "\"Claude\" are abstracts written for this project: they lie closer to human text than others, and are not in the rows by share."
    } else {
        "`newest` is the LLM text written for this project (\"Claude\"): it lies closer to human text than any other, \
         and left out no stratum is like it. \"Claude known\" are 90 other texts by it, written apart for other requests, that are left out \
         while the rest stays in. Neither is in the rows by share."
    };
    let fewest = if of_abstracts { format!(" with at least {} documents", collection.fewest) } else { String::new() };
    format!(
        "Every LLM vendor is left out together with {n_human} human {human}{fewest} in turn: words' weights, shapes, priors and systematic \
         errors are learnt without both, and without LLM text about the papers of the human text left out. Corpora of known share are put \
         together of what was left out: whole documents, or documents of which an LLM wrote a part (drawn evenly from 0 to 100 %). \
         Errors and widths in points of the share of sentences; \"beyond\" is how often the interval was opened upwards because the human \
         text would lie beyond the strata or the control. {} {newest}",
        if of_abstracts {
            "The strength of the penalties on what tells families of human text apart was chosen on three of these pairs, those of \
             Google's LLM; no other choice of the model was made on these corpora."
        } else {
            "Some choices of the model were made on such grids of these texts, so they are not a judge of it."
        }
    )
}

/// Pairs every LLM family with some human families, each in turn.
fn pairs<'a>(collection: &Collection, set: &'a StrataSet<'_>) -> Vec<(&'a str, &'a str)> {
    let n_documents = |family: &str| {
        let is_of = |member: &&Member| {
            let key = &set.strata[member.stratum];
            key.side == Side::Human && key.family == family
        };
        set.members.iter().filter(is_of).count()
    };
    let names = |side: Side| -> Vec<&'a str> {
        let of_side = set.strata.iter().filter(|key| key.side == side);
        of_side.map(|key| key.family.as_str()).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let (mut humans, llms) = (names(Side::Human), names(Side::Llm));
    humans.retain(|family| n_documents(family) >= collection.fewest);
    let only = std::env::var("UNSEEN_LLMS").ok();
    let is_asked = |llm: &str| only.as_ref().is_none_or(|only| only.split(',').any(|one| one == llm));
    let turns = |at: usize| (0..collection.n_human).map(move |turn| at * collection.n_human + turn);
    let asked = llms.iter().enumerate().filter(|(_, llm)| is_asked(llm));
    asked.flat_map(|(at, llm)| turns(at).map(|turn| (*llm, humans[turn % humans.len()])).collect::<Vec<_>>()).collect()
}

/// Learns without each pair in turn, and estimates corpora of what was left out.
fn left_out(set: &StrataSet<'_>, targets: &BTreeSet<StratumKey>, pairs: &[(&str, &str)]) -> Vec<Mixture> {
    let families = |of_targets: bool| -> Families<'_> {
        let keys = set.strata.iter().filter(|key| targets.contains(key) == of_targets);
        keys.map(|key| (key.side, key.family.as_str())).collect()
    };
    let not_in_reference: Families<'_> = &families(true) - &families(false);
    let is_kept = |stratum: &Stratum| {
        let is_it = |key: &StratumKey| key.side == stratum.side && key.name == stratum.name;
        !targets.iter().any(is_it)
    };
    // Families that are only targets are in no fit, so that pairs with them share one.
    let mut learnt: BTreeMap<Families<'_>, Option<(Weights, StrataModel)>> = BTreeMap::new();
    let mut mixtures: Vec<Mixture> = Vec::new();
    for (number, (llm, human)) in pairs.iter().enumerate() {
        let left_out: Families<'_> = Families::from([(Side::Llm, *llm), (Side::Human, *human)]);
        let without: Families<'_> = left_out.union(&not_in_reference).copied().collect();
        let is_new = !learnt.contains_key(&without);
        let learn = || learn_strata(set, &without, &is_kept, &Silent);
        let Some((weights, model)) = learnt.entry(without.clone()).or_insert_with(learn) else { continue };
        let target = set.strata_of(&left_out, weights);
        let fit = if is_new { "new fit" } else { "known fit" };
        eprintln!("{} of {}: {llm} {human}: {fit}, {:?}", number + 1, pairs.len(), model.systematic);
        mixtures.extend(grid(model, &target, number as u64));
    }
    mixtures
}
