//! Texts of known source, each with its stratum: what is left out, and what is only ever a target.

use std::collections::BTreeMap;

use llm_prevalence::corpus::{Document, ReadOptions, Text, find_inputs, read_corpus};
use llm_prevalence::reference::StratumKey;
use llm_prevalence::two_level::Side;

use super::{SEED, common};

/// A text of known source.
pub struct Known {
    pub key: StratumKey,
    pub target_only: bool,
    pub group: String,
    pub text: Text,
}

/// What the strata of a report are made of.
pub struct Collection {
    pub human: &'static [&'static str],
    /// Not for references: only ever a target.
    pub human_targets: &'static [&'static str],
    pub llm: &'static [&'static str],
    /// LLM texts written for this project.
    own: &'static str,
    /// Makes a text's stratum and whether it is only ever a target, or leaves the text out.
    stratum: fn(&Cells<'_>) -> Option<(StratumKey, bool)>,
    /// Most documents of a human and of an LLM stratum, to keep a run short.
    most_documents: [usize; 2],
    /// Fewest documents of a human family that is left out.
    pub fewest: usize,
    /// Human families that are left out beside each LLM family in turn.
    pub n_human: usize,
}

pub const REVIEWS: Collection = Collection {
    human: &[
        "reviews/iclr-2019.jsonl.gz",
        "reviews/iclr-2020.jsonl.gz",
        "reviews/human-iclr-2021-2022.jsonl.gz",
        "reviews/human-iclr-2023.jsonl.gz",
        "reviews/human-neurips-iclr-2021-2023.jsonl.gz",
    ],
    human_targets: &["reviews/human-weaknesses-2016-2022-nc.jsonl.gz"],
    llm: &[
        "reviews/llm-generate-2025.jsonl.gz",
        "reviews/llm-rewrite-2025.jsonl.gz",
        "reviews/llm-agents-2026.jsonl.gz",
        "reviews/llm-multiagent-2025.jsonl.gz",
        "reviews/llm-gpt-iclr2022.jsonl.gz",
        "reviews/llm-gpt4o-iclr2022.jsonl.gz",
        "reviews/llm-qwen3-30b-iclr2025.jsonl.gz",
    ],
    own: "corpora/examples/llm-reviews-for-reference.jsonl",
    stratum: of_review,
    most_documents: [5000, 500],
    fewest: 0,
    n_human: 4,
};

pub const ABSTRACTS: Collection = Collection {
    human: &[
        "abstracts/arxiv-cs-2017-2019.jsonl.gz",
        "abstracts/arxiv-cs-2020-2022.jsonl.gz",
        "abstracts/venues-acl-iclr-2022-2024.jsonl.gz",
        "abstracts/venue-abstracts-2018-2025.jsonl.gz",
        "abstracts/polish-acl-2023.jsonl.gz",
    ],
    human_targets: &[],
    llm: &["abstracts/llm-five-fields-2025.jsonl.gz", "abstracts/polish-acl-2023.jsonl.gz"],
    own: "corpora/examples/llm-abstracts-for-reference.jsonl",
    stratum: of_abstract,
    most_documents: [1100, 400],
    fewest: 300,
    n_human: 3,
};

const VENDORS: [(&str, &str); 13] = [
    ("gpt", "openai"),
    ("o4", "openai"),
    ("claude-new", "newest"),
    ("Claude", "newest"),
    ("claude", "anthropic"),
    ("gemini", "google"),
    ("gemma", "google"),
    ("llama", "meta"),
    ("meta", "meta"),
    ("deepseek", "deepseek"),
    ("qwen", "qwen"),
    ("z-ai", "glm"),
    ("mistral", "mistral"),
];
/// Numbers of the project's own LLM reviews that are only ever a target: written apart from the others, for other requests.
const OWN_TARGETS: [std::ops::RangeInclusive<u32>; 2] = [446..=490, 536..=580];
/// Family of the newest LLM's texts that are targets only, so that other texts by it are in the reference.
const KNOWN: &str = "newest-known";
/// Field of abstracts whose polished versions are known.
const POLISHED: &str = "NLP";
/// Last year of human abstracts.
const LAST_HUMAN_YEAR: &str = "2022";

const COLUMNS: [&str; 10] =
    ["forum", "paper", "venue", "year", "generator", "prompt", "kind", "category", "categories", "field"];

/// The cells of a document.
struct Cells<'a> {
    side: Side,
    id: Option<&'a str>,
    values: &'a [Option<String>],
}

impl Cells<'_> {
    fn get(&self, name: &str) -> &str {
        COLUMNS.iter().position(|column| *column == name).and_then(|at| self.values[at].as_deref()).unwrap_or_default()
    }
}

fn of_review(cells: &Cells<'_>) -> Option<(StratumKey, bool)> {
    if cells.side == Side::Human {
        let family = format!("{} {}", cells.get("venue"), cells.get("year"));
        return Some((StratumKey::new(Side::Human, family.clone(), family), false));
    }
    let number = cells.id.and_then(|id| id.strip_prefix("review-")?.parse().ok()).unwrap_or(0);
    let is_known = OWN_TARGETS.iter().any(|numbers| numbers.contains(&number));
    let (known, family) = if is_known { (" known", KNOWN) } else { ("", vendor(cells.get("generator"))) };
    Some((of_llm(cells, known, family), is_known))
}

/// Computer science alone: text of other fields on one side would be learnt as an LLM's.
fn of_abstract(cells: &Cells<'_>) -> Option<(StratumKey, bool)> {
    let (field, generator) = (cells.get("field"), cells.get("generator"));
    if cells.side == Side::Llm {
        let is_cs = field == "CS" || field.starts_with("cs") || field.starts_with(POLISHED);
        let is_llm = is_cs && generator != "human";
        return is_llm.then(|| (of_llm(cells, "", vendor(generator)), false));
    }
    // The originals of polished abstracts are of one field, in four venues.
    let is_original = field.starts_with(POLISHED) && generator == "human";
    let is_human = is_original || matches!(generator, "" | "human") && cells.get("year") <= LAST_HUMAN_YEAR;
    let names = ["category", "categories", "venue"].map(|name| cells.get(name));
    let of_original = is_original.then_some(POLISHED);
    let family = of_original.or_else(|| names.into_iter().find(|name| !name.is_empty()))?.to_owned();
    is_human.then(|| (StratumKey::new(Side::Human, family.clone(), family), false))
}

fn of_llm(cells: &Cells<'_>, known: &str, family: &str) -> StratumKey {
    let kind = [cells.get("prompt"), cells.get("kind")].join(" ");
    let rewritten = ["polish", "regenerate", "from-notes"].iter().any(|start| kind.contains(start));
    let base = cells.get("generator").split("_temp").next().unwrap_or_default();
    let kind = if rewritten { "rewritten" } else { "generated" };
    StratumKey::new(Side::Llm, family, format!("{base}{known} {kind}"))
}

fn vendor(generator: &str) -> &'static str {
    VENDORS.iter().find(|(start, _)| generator.starts_with(start)).map_or("other", |(_, vendor)| vendor)
}

impl Collection {
    fn read(&self, path: &str, side: Side, target_only: bool) -> Vec<Known> {
        let path = if path.starts_with('/') { path.into() } else { common::data().join(path) };
        let inputs = find_inputs(&[path.display().to_string()]).unwrap();
        let options = ReadOptions::default().optional_columns(COLUMNS.map(str::to_owned).to_vec());
        let mut known = Vec::new();
        read_corpus(&inputs, &options, &mut |batch| {
            for document in batch {
                let Document { id, text, values, .. } = document;
                let cells = Cells { side, id: id.as_deref(), values: &values };
                let Some((mut key, is_target)) = (self.stratum)(&cells) else { continue };
                if target_only {
                    key.name += " part";
                }
                let paper = ["forum", "paper"].map(|name| cells.get(name)).into_iter().find(|value| !value.is_empty());
                let group = paper.map(str::to_owned).or(id).unwrap_or_default();
                known.push(Known { key, target_only: target_only || is_target, group, text });
            }
            Ok(())
        })
        .unwrap();
        known
    }

    /// Reads all texts; of each stratum random ones up to the most.
    pub fn gather(&self) -> Vec<Known> {
        let of = |paths: &[&str], side: Side, target_only: bool| -> Vec<Known> {
            paths.iter().flat_map(|path| self.read(path, side, target_only)).collect()
        };
        let own = format!("{}/{}", env!("CARGO_MANIFEST_DIR"), self.own);
        let mut all = of(self.human, Side::Human, false);
        all.extend(of(self.human_targets, Side::Human, true));
        all.extend(of(self.llm, Side::Llm, false));
        all.extend(of(&[&own], Side::Llm, false));
        let mut generator = common::stream(SEED, 0);
        let order = common::shuffled(all.len(), &mut generator);
        let mut all: Vec<Option<Known>> = all.into_iter().map(Some).collect();
        let mut sizes: BTreeMap<StratumKey, usize> = BTreeMap::new();
        let taken = order.into_iter().filter_map(|place| all[place].take());
        let mut is_kept = |known: &Known| {
            let size = sizes.entry(known.key.clone()).or_default();
            *size += 1;
            *size <= self.most_documents[usize::from(known.key.side == Side::Llm)]
        };
        taken.filter(|known| is_kept(known)).collect()
    }
}
