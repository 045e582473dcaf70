//! How wrong the share is where vendor and human form are both absent from the reference. Prints reports/unseen.md.
//!
//! `LLM_PREVALENCE_DATA=... cargo bench --bench unseen > reports/unseen.md`; with `UNSEEN_LLMS=mistral,google` only these
//! vendors are left out, which makes no report.
//!
//! Every LLM family is left out together with a human family in turn: scores, shapes, priors and systematic terms are learnt
//! without both, and without LLM text about the papers of the human text left out.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use llm_prevalence::corpus::{Document, ReadOptions, Text, find_inputs, read_corpus};
use llm_prevalence::occurrence::{Presence, Vocabulary, VocabularyRule, count_occurrences};
use llm_prevalence::progress::Silent;
use llm_prevalence::reference::strata_set::{Families, Member, StrataSet, StratumKey};
use llm_prevalence::reference::{Weights, learn_strata};
use llm_prevalence::tokenize::UnitRule;
use llm_prevalence::two_level::{
    BinCounts, Bound, CorpusShare, DocumentMean, ShareOf, Side, StrataModel, Stratum, bound, document_mean, estimate,
};
use rand::RngExt;
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

const SEED: u64 = 4;
const LEVEL: f64 = 0.95;
const HUMAN: [&str; 5] = [
    "reviews/iclr-2019.jsonl.gz",
    "reviews/iclr-2020.jsonl.gz",
    "reviews/human-iclr-2021-2022.jsonl.gz",
    "reviews/human-iclr-2023.jsonl.gz",
    "reviews/human-neurips-iclr-2021-2023.jsonl.gz",
];
/// Not for references: only ever a target.
const HUMAN_TARGETS: [&str; 1] = ["reviews/human-weaknesses-2016-2022-nc.jsonl.gz"];
const LLM: [&str; 7] = [
    "reviews/llm-generate-2025.jsonl.gz",
    "reviews/llm-rewrite-2025.jsonl.gz",
    "reviews/llm-agents-2026.jsonl.gz",
    "reviews/llm-multiagent-2025.jsonl.gz",
    "reviews/llm-gpt-iclr2022.jsonl.gz",
    "reviews/llm-gpt4o-iclr2022.jsonl.gz",
    "reviews/llm-qwen3-30b-iclr2025.jsonl.gz",
];
const VENDORS: [(&str, &str); 12] = [
    ("gpt", "openai"),
    ("o4", "openai"),
    ("claude-new", "newest"),
    ("Claude", "newest"),
    ("claude", "anthropic"),
    ("gemini", "google"),
    ("llama", "meta"),
    ("meta", "meta"),
    ("deepseek", "deepseek"),
    ("qwen", "qwen"),
    ("z-ai", "glm"),
    ("mistral", "mistral"),
];
/// Numbers of the project's own LLM reviews that are only ever a target: written apart from the others, for other requests.
const OWN_TARGETS: [std::ops::RangeInclusive<u32>; 2] = [446..=490, 536..=580];
/// Most documents of a stratum, to keep a run short.
const MAX_DOCUMENTS: [usize; 2] = [5000, 500];
/// Human families that are left out beside each LLM family in turn.
const N_HUMAN: usize = 4;
/// LLM strata of a family that are mixed, the largest first.
const MAX_LLMS: usize = 3;
/// Documents of a control; 0: none.
const CONTROLS: [usize; 4] = [0, 100, 500, 2000];
/// Factor by which people may write like an LLM more often than the control's, and the error that the bound allows itself.
const RHO: f64 = 2.0;
const DELTA: f64 = 1.0 - LEVEL;

/// Family of the newest LLM's texts that are targets only, so that other texts by it are in the reference.
const KNOWN: &str = "newest-known";

struct Known {
    key: StratumKey,
    target_only: bool,
    group: String,
    text: Text,
}

fn vendor(generator: &str) -> &'static str {
    VENDORS.iter().find(|(start, _)| generator.starts_with(start)).map_or("other", |(_, vendor)| vendor)
}

fn read(path: &str, side: Side, target_only: bool) -> Vec<Known> {
    let path = if path.starts_with('/') { path.into() } else { common::data().join(path) };
    let inputs = find_inputs(&[path.display().to_string()]).unwrap();
    let columns = ["forum", "paper", "venue", "year", "generator", "prompt", "kind"];
    let options = ReadOptions::default().optional_columns(columns.map(str::to_owned).to_vec());
    let mut known = Vec::new();
    read_corpus(&inputs, &options, &mut |batch| {
        for document in batch {
            let Document { id, text, values, .. } = document;
            let value = |at: usize| values[at].clone().unwrap_or_default();
            let number = id.as_ref().and_then(|id| id.strip_prefix("review-")?.parse().ok()).unwrap_or(0);
            let is_known = side == Side::Llm && OWN_TARGETS.iter().any(|numbers| numbers.contains(&number));
            let group = [value(0), value(1)].into_iter().find(|value| !value.is_empty()).or(id).unwrap_or_default();
            let key = match side {
                Side::Human => {
                    let family = format!("{} {}", value(2), value(3));
                    let part = if target_only { " part" } else { "" };
                    StratumKey::new(side, family.clone(), format!("{family}{part}"))
                }
                Side::Llm => {
                    let generator = value(4);
                    let kind = [value(5), value(6)].join(" ");
                    let rewritten = ["polish", "regenerate", "from-notes"].iter().any(|start| kind.contains(start));
                    let base = generator.split("_temp").next().unwrap_or_default().to_owned();
                    let kind = if rewritten { "rewritten" } else { "generated" };
                    let (known, family) = if is_known { (" known", KNOWN) } else { ("", vendor(&generator)) };
                    StratumKey::new(side, family, format!("{base}{known} {kind}"))
                }
            };
            known.push(Known { key, target_only: target_only || is_known, group, text });
        }
        Ok(())
    })
    .unwrap();
    known
}

fn gather() -> Vec<Known> {
    let mut all: Vec<Known> = HUMAN.iter().flat_map(|path| read(path, Side::Human, false)).collect();
    all.extend(HUMAN_TARGETS.iter().flat_map(|path| read(path, Side::Human, true)));
    all.extend(LLM.iter().flat_map(|path| read(path, Side::Llm, false)));
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/corpora/examples/llm-reviews-for-reference.jsonl");
    all.extend(read(own, Side::Llm, false));
    let mut generator = common::stream(SEED, 0);
    let order = common::shuffled(all.len(), &mut generator);
    let mut all: Vec<Option<Known>> = all.into_iter().map(Some).collect();
    let mut sizes: BTreeMap<StratumKey, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for place in order {
        let known = all[place].take().unwrap();
        let size = sizes.entry(known.key.clone()).or_default();
        let most = MAX_DOCUMENTS[usize::from(known.key.side == Side::Llm)];
        if *size < most {
            *size += 1;
            kept.push(known);
        }
    }
    kept
}

struct Mixture {
    human: String,
    llm: String,
    mode: &'static str,
    control: usize,
    alpha: f64,
    truth: f64,
    /// Documents with any LLM text.
    n_llm_documents: usize,
    n: usize,
    found: CorpusShare,
    bound: Option<Bound>,
}

fn main() {
    if common::is_test_run() {
        return;
    }
    let known = gather();
    let in_reference: Vec<&Known> = known.iter().filter(|known| !known.target_only).collect();
    let texts = |side: Side| -> Vec<&Text> {
        in_reference.iter().filter(|known| known.key.side == side).map(|known| &known.text).collect()
    };
    let [human, llm] = [Side::Human, Side::Llm].map(|side| count_occurrences(&texts(side), UnitRule::Sentence));
    let vocabulary = Vocabulary::choose(&human, &[llm], VocabularyRule::default());
    let all: Vec<&Text> = known.iter().map(|known| &known.text).collect();
    let presence = Presence::of(&all, UnitRule::Sentence, &vocabulary);
    let strata: Vec<StratumKey> =
        known.iter().map(|known| known.key.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    let member = |known: &Known| Member::new(strata.binary_search(&known.key).unwrap(), known.group.clone());
    let targets: BTreeSet<(Side, String)> =
        known.iter().filter(|known| known.target_only).map(|known| (known.key.side, known.key.name.clone())).collect();
    let members = known.iter().map(member).collect();
    let set = StrataSet::new(&presence, vocabulary.len(), members, strata.clone());
    eprintln!("{} documents, {} words, {} units", known.len(), vocabulary.len(), presence.n_units());
    let names = |side: Side| -> Vec<&str> {
        let of_side = strata.iter().filter(|key| key.side == side);
        of_side.map(|key| key.family.as_str()).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let (humans, llms) = (names(Side::Human), names(Side::Llm));
    let mut pairs = vec![];
    let only = std::env::var("UNSEEN_LLMS").ok();
    let is_asked = |llm: &str| only.as_ref().is_none_or(|only| only.split(',').any(|one| one == llm));
    for (at, llm) in llms.iter().enumerate().filter(|(_, llm)| is_asked(llm)) {
        for turn in 0..N_HUMAN {
            pairs.push((*llm, humans[(at * N_HUMAN + turn) % humans.len()]));
        }
    }
    let is_target = |key: &StratumKey| targets.contains(&(key.side, key.name.clone()));
    let families = |of_targets: bool| -> Families<'_> {
        let keys = strata.iter().filter(|key| is_target(key) == of_targets);
        keys.map(|key| (key.side, key.family.as_str())).collect()
    };
    let not_in_reference: Families<'_> = &families(true) - &families(false);
    let is_kept = |stratum: &Stratum| !targets.contains(&(stratum.side, stratum.name.clone()));
    // Families that are only targets are in no fit, so that pairs with them share one.
    let mut learnt: BTreeMap<Families<'_>, Option<(Weights, StrataModel)>> = BTreeMap::new();
    let mut mixtures: Vec<Mixture> = Vec::new();
    for (number, (llm, human)) in pairs.iter().enumerate() {
        let left_out: Families<'_> = Families::from([(Side::Llm, *llm), (Side::Human, *human)]);
        let without: Families<'_> = left_out.union(&not_in_reference).copied().collect();
        let is_new = !learnt.contains_key(&without);
        let learn = || learn_strata(&set, &without, &is_kept, &Silent);
        let Some((weights, model)) = learnt.entry(without.clone()).or_insert_with(learn) else { continue };
        let target = set.strata_of(&left_out, weights);
        let fit = if is_new { "new fit" } else { "known fit" };
        eprintln!("{} of {}: {llm} {human}: {fit}, {:?}", number + 1, pairs.len(), model.systematic);
        mixtures.extend(grid(model, &target, number as u64));
    }
    report(&mixtures);
}

const ALPHAS: [f64; 5] = [0.0, 0.05, 0.2, 0.5, 1.0];
const SIZES: [usize; 3] = [100, 400, 1500];

fn grid(model: &StrataModel, target: &[Stratum], number: u64) -> Vec<Mixture> {
    let of = |side: Side| target.iter().filter(|stratum| stratum.side == side).collect::<Vec<_>>();
    let (humans, mut llms) = (of(Side::Human), of(Side::Llm));
    llms.sort_by_key(|stratum| std::cmp::Reverse(stratum.documents.len()));
    llms.truncate(MAX_LLMS);
    let mut jobs = vec![];
    for human in &humans {
        for llm in &llms {
            for control in CONTROLS {
                for size in SIZES {
                    for mode in ["whole", "partly"] {
                        for alpha in ALPHAS {
                            jobs.push((*human, *llm, control, size, mode, alpha));
                        }
                    }
                }
            }
        }
    }
    jobs.into_par_iter()
        .enumerate()
        .filter_map(|(at, (human, llm, control, size, mode, alpha))| {
            if human.documents.len() < 2 * control || (size == 1500 && human.documents.len() < 250) {
                return None;
            }
            if mode == "partly" && (size == 1500 || alpha == 0.0 || alpha >= 1.0) {
                return None;
            }
            let mut generator = common::stream(SEED + 1, number * 100_000 + at as u64);
            mixture(model, human, llm, control, size, mode, alpha, &mut generator)
        })
        .collect()
}

#[allow(clippy::too_many_arguments)]
fn mixture(
    model: &StrataModel,
    human: &Stratum,
    llm: &Stratum,
    n_control: usize,
    size: usize,
    mode: &'static str,
    alpha: f64,
    generator: &mut Pcg64Mcg,
) -> Option<Mixture> {
    let order = common::shuffled(human.documents.len(), generator);
    let (control, rest) = order.split_at(n_control);
    let mut documents: Vec<Vec<f64>> = Vec::new();
    let (mut n_llm, mut n_all, mut n_llm_documents) = (0, 0, 0);
    if mode == "whole" {
        let n_human = rest.len().min((size as f64 * (1.0 - alpha)).round() as usize);
        if alpha < 1.0 && n_human == 0 {
            return None;
        }
        let n_docs = if alpha >= 1.0 {
            size
        } else if alpha > 0.0 {
            ((n_human as f64 * alpha / (1.0 - alpha)).round() as usize).max(1)
        } else {
            0
        };
        documents.extend(rest[..n_human].iter().map(|&at| human.documents[at].clone()));
        let mut picks = common::shuffled(llm.documents.len(), generator);
        while picks.len() < n_docs {
            picks.push(generator.random_range(0..llm.documents.len()));
        }
        n_all += documents.iter().map(Vec::len).sum::<usize>();
        n_llm_documents = n_docs;
        for &at in &picks[..n_docs] {
            n_llm += llm.documents[at].len();
            n_all += llm.documents[at].len();
            documents.push(llm.documents[at].clone());
        }
    } else {
        let n = rest.len().min(size);
        let n_mixed = (n as f64 * alpha / 0.5).round() as usize;
        if n_mixed > n {
            return None;
        }
        for (place, &at) in rest[..n].iter().enumerate() {
            let mut document = human.documents[at].clone();
            if place < n_mixed {
                let part: f64 = generator.random_range(0.0..1.0);
                let k = ((document.len() as f64 * part).round() as usize).min(document.len());
                let source = &llm.documents[generator.random_range(0..llm.documents.len())];
                document.truncate(document.len() - k);
                document.extend(source.iter().rev().cycle().take(k));
                n_llm += k;
                n_llm_documents += usize::from(k > 0);
            }
            n_all += document.len();
            documents.push(document);
        }
    }
    let counts: Vec<BinCounts> = documents.iter().map(|scores| model.bins.count(scores)).collect();
    let control: Vec<&Vec<f64>> = control.iter().map(|&at| &human.documents[at]).collect();
    let control_counts: Vec<BinCounts> = control.iter().map(|scores| model.bins.count(scores)).collect();
    let found = estimate(model, &counts, (n_control > 0).then_some(&control_counts[..]), ShareOf::Units, LEVEL);
    let mean = |scores: &Vec<f64>| document_mean(scores.iter().copied());
    let [means, control_means]: [Vec<DocumentMean>; 2] =
        [documents.iter().map(mean).collect(), control.iter().map(|scores| mean(scores)).collect()];
    let bound = bound(&means, &control_means, RHO, DELTA, &|kind, mean, n| model.sensitivity(kind, mean, n));
    Some(Mixture {
        human: human.name.clone(),
        llm: llm.name.clone(),
        mode,
        control: control.len(),
        alpha,
        truth: n_llm as f64 / n_all.max(1) as f64,
        n_llm_documents,
        n: counts.len(),
        found,
        bound,
    })
}

struct Row {
    n: usize,
    documents: f64,
    bias: f64,
    error: f64,
    worst: f64,
    covered_raw: f64,
    covered: f64,
    width: f64,
    beyond: f64,
}

fn row(of: &[&Mixture]) -> Row {
    let n = of.len() as f64;
    let mean = |value: &dyn Fn(&Mixture) -> f64| of.iter().map(|one| value(one)).sum::<f64>() / n;
    let error = |one: &Mixture| 100.0 * (one.found.share - one.truth);
    let holds =
        |(lower, upper): (f64, f64), truth: f64| f64::from(u8::from(lower - 1e-9 <= truth && truth <= upper + 1e-9));
    Row {
        n: of.len(),
        documents: mean(&|one| one.n as f64),
        bias: mean(&error),
        error: mean(&|one| error(one).abs()),
        worst: of.iter().map(|one| error(one).abs()).fold(0.0, f64::max),
        covered_raw: 100.0 * mean(&|one| holds(one.found.sampling, one.truth)),
        covered: 100.0 * mean(&|one| holds(one.found.interval, one.truth)),
        width: 100.0 * mean(&|one| one.found.interval.1 - one.found.interval.0),
        beyond: 100.0 * mean(&|one| f64::from(u8::from(one.found.human_text.is_beyond()))),
    }
}

fn print_row(name: &str, of: &[&Mixture]) {
    let Row { n, documents, bias, error, worst, covered_raw, covered, width, beyond } = row(of);
    println!(
        "| {name} | {n} | {documents:.0} | {bias:+.2} | {error:.2} | {worst:.1} | {covered_raw:.0} | {covered:.0} | {width:.1} | {beyond:.0} |"
    );
}

const HEAD: &str = "| | corpora | documents | bias | mean error | worst | covered, raw % | covered % | width | beyond strata % |\n| :-- | --: | --: | --: | --: | --: | --: | --: | --: | --: |";

fn report(mixtures: &[Mixture]) {
    let files = [&HUMAN[..], &HUMAN_TARGETS, &LLM].concat();
    println!("# LLMs and forms of text that no reference has\n\n{}\n", common::provenance(SEED, &files));
    println!(
        "Every LLM vendor is left out together with four human venue-years in turn: words' weights, shapes, priors and systematic errors \
         are learnt without both, and without LLM text about the papers of the human text left out. Corpora of known share are put \
         together of what was left out: whole documents, or documents of which an LLM wrote a part (drawn evenly from 0 to 100 %). \
         Errors and widths in points of the share of sentences; \"beyond\" is how often the interval was opened upwards because the human \
         text would lie beyond the strata or the control. Some choices of the model were made on such grids of these texts, so they are \
         not a judge of it. `newest` is the LLM text written for this project (\"Claude\"): it lies closer to human text than any other, \
         and left out no stratum is like it. \"Claude known\" are 90 other texts by it, written apart for other requests, that are left out \
         while the rest stays in. Neither is in the rows by share.\n"
    );
    for mode in ["whole", "partly"] {
        for control in CONTROLS {
            let name = if control > 0 { format!("control of {control}") } else { "no control".to_owned() };
            println!("\n## {mode} documents, {name}\n\n{HEAD}");
            for alpha in ALPHAS {
                let of: Vec<&Mixture> = mixtures
                    .iter()
                    .filter(|one| one.mode == mode && one.control == control && one.alpha == alpha)
                    .filter(|one| !one.llm.starts_with("Claude "))
                    .collect();
                if !of.is_empty() {
                    print_row(&format!("{:.0} %", 100.0 * alpha), &of);
                }
            }
        }
    }
    println!("\n## By LLM left out: wholly LLM, and 20 % whole without and with control\n\n{HEAD}");
    for llm in mixtures.iter().map(|one| &one.llm).collect::<BTreeSet<_>>() {
        for (alpha, control) in [(1.0, false), (0.2, false), (0.2, true)] {
            let of: Vec<&Mixture> = mixtures
                .iter()
                .filter(|one| {
                    one.mode == "whole" && one.llm == *llm && one.alpha == alpha && (one.control > 0) == control
                })
                .collect();
            if !of.is_empty() {
                print_row(&format!("{llm} {:.0} %{}", 100.0 * alpha, if control { ", control" } else { "" }), &of);
            }
        }
    }
    println!("\n## By human stratum left out: no LLM text\n\n{HEAD}");
    for human in mixtures.iter().map(|one| &one.human).collect::<BTreeSet<_>>() {
        for control in [false, true] {
            let of: Vec<&Mixture> = mixtures
                .iter()
                .filter(|one| {
                    one.mode == "whole" && one.human == *human && one.alpha == 0.0 && (one.control > 0) == control
                })
                .collect();
            if !of.is_empty() {
                print_row(&format!("{human}{}", if control { ", control" } else { "" }), &of);
            }
        }
    }
    bounds(mixtures);
}

/// How often the bound holds, and how far it is below the truth.
fn bounds(mixtures: &[Mixture]) {
    println!(
        "\n## The bound at rho {RHO}\n\n\"Valid\": the least share is at most the share of documents with LLM text; the ends upwards are \
         for LLM text at least as unlike human text as that of any LLM of the reference.\n\n\
         | documents | control | share % | corpora | valid % | mean bound % | mean breakdown | upper end, generated: given % | holds % |\n\
         | :-- | --: | --: | --: | --: | --: | --: | --: | --: |"
    );
    for mode in ["whole", "partly"] {
        for control in CONTROLS.into_iter().filter(|control| *control > 0) {
            for alpha in ALPHAS {
                let is_such = |one: &&Mixture| one.mode == mode && one.control == control && one.alpha == alpha;
                let of: Vec<(f64, Bound)> = mixtures
                    .iter()
                    .filter(is_such)
                    .filter_map(|one| Some((one.n_llm_documents as f64 / one.n as f64, one.bound?)))
                    .collect();
                if of.is_empty() {
                    continue;
                }
                let n = of.len() as f64;
                let mean = |value: &dyn Fn(&(f64, Bound)) -> f64| of.iter().map(value).sum::<f64>() / n;
                let upper: Vec<bool> =
                    of.iter().filter_map(|(truth, bound)| Some(*truth <= bound.upper_generated?)).collect();
                let holds = upper.iter().filter(|holds| **holds).count() as f64 / upper.len().max(1) as f64;
                println!(
                    "| {mode} | {control} | {:.0} | {} | {:.1} | {:.1} | {:.1} | {:.0} | {:.0} |",
                    100.0 * alpha,
                    of.len(),
                    100.0 * mean(&|(truth, bound)| f64::from(u8::from(bound.documents <= *truth))),
                    100.0 * mean(&|(_, bound)| bound.documents),
                    mean(&|(_, bound)| bound.breakdown),
                    100.0 * upper.len() as f64 / n,
                    100.0 * holds
                );
            }
        }
    }
}
