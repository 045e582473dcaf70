//! How `check` decides on real reviews of known share: false alarms, detection, and whether the power that it prints is right.
//! Prints reports/check.md.
//!
//! `LLM_PREVALENCE_DATA=... cargo bench --bench check > reports/check.md`
//!
//! `CHECK_BATCHES=20` for a quick look.

mod common;

use std::collections::BTreeMap;

use common::{Known, provenance, read, shuffled, stream};
use llm_prevalence::check::{GroupCheck, Plan, Policy, PolicySettings, PowerModel, ReasonCode, Verdict, judge};
use llm_prevalence::estimate::{EstimateOptions, estimate, groups};
use llm_prevalence::reference::grouping::is_held_out;
use llm_prevalence::reference::{Reference, Scorer};
use llm_prevalence::score::{DocumentKey, ScoreTable, ScoredDocument, UnitScorer};
use llm_prevalence::tokenize::UnitRule;
use rayon::prelude::*;

const SEED: u64 = 6;
const SIZES: [usize; 3] = [30, 100, 1000];
const N_BATCHES: usize = 20;
const N_GROUPS: usize = 10;
const HUMAN: &str = "reviews/iclr-2020.jsonl.gz";
const LLM: [&str; 4] = [
    "reviews/llm-generate-2025.jsonl.gz",
    "reviews/llm-gpt-iclr2022.jsonl.gz",
    "reviews/llm-gpt4o-iclr2022.jsonl.gz",
    "reviews/llm-qwen3-30b-iclr2025.jsonl.gz",
];

fn main() {
    if common::is_test_run() {
        return;
    }
    println!("# How `check` decides\n\nPrinted by `cargo bench --bench check`.\n");
    println!("{}", provenance(SEED, &[&[HUMAN][..], &LLM].concat()));
    let bench = Bench::new();
    bench.introduce();
    bench.operating();
    bench.boundary();
    bench.family();
    bench.power();
}

/// The reference, and the scored documents of papers that it has held out.
struct Bench {
    reference: Reference,
    human: Vec<ScoredDocument>,
    /// By generator.
    llm: Vec<Vec<ScoredDocument>>,
    names: Vec<String>,
    n_batches: usize,
}

/// What a check says of a batch.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Said {
    verdict: Verdict,
    is_misfit: bool,
}

impl Said {
    fn of(group: &GroupCheck) -> Said {
        let is_misfit = group.reasons.iter().any(|reason| reason.code == ReasonCode::Misfit);
        Said { verdict: group.verdict.unwrap(), is_misfit }
    }
}

/// Which documents of a batch are by LLMs.
#[derive(Clone, Copy)]
enum Mixture {
    /// This share of the documents, to the nearest one.
    OfDocuments(f64),
    /// As many documents as keep the share of sentences at or below this.
    OfSentences(f64),
}

/// Batches of a kind.
#[derive(Clone, Copy)]
struct Kind {
    mixture: Mixture,
    size: usize,
}

/// What many batches came to.
#[derive(Default)]
struct Tally {
    n: usize,
    n_pass: usize,
    n_fail: usize,
    n_misfit: usize,
}

impl Bench {
    fn new() -> Bench {
        let reference = Reference::embedded("reviews").unwrap();
        let scorer = UnitScorer::new(&reference, Scorer::Logistic);
        let held_out = |files: &[&str]| -> Vec<Known> {
            let share = reference.settings.held_out_share;
            read(files).into_iter().filter(|one| is_held_out(&one.paper, share)).collect()
        };
        let score = |known: &[&Known]| -> Vec<ScoredDocument> {
            let scored = known.par_iter().map(|one| scorer.score_one(&one.text));
            scored.filter(|document| !document.pooled().is_empty()).collect()
        };
        let human = held_out(&[HUMAN]);
        let mut by_generator: BTreeMap<String, Vec<&Known>> = BTreeMap::new();
        let by_llm = held_out(&LLM);
        for one in &by_llm {
            by_generator.entry(one.generator.clone().unwrap_or_default()).or_default().push(one);
        }
        let n_batches = std::env::var("CHECK_BATCHES").ok().and_then(|n| n.parse().ok()).unwrap_or(N_BATCHES);
        Bench {
            human: score(&human.iter().collect::<Vec<_>>()),
            llm: by_generator.values().map(|known| score(known)).collect(),
            names: by_generator.into_keys().collect(),
            reference,
            n_batches,
        }
    }

    fn introduce(&self) {
        let n_llm: usize = self.llm.iter().map(Vec::len).sum();
        println!(
            "The reference `reviews` and the papers that it has held out: reviews of `{HUMAN}` ({}) and LLM reviews by {} generators",
            self.human.len(),
            self.names.len()
        );
        println!(
            "({n_llm}), all of which the reference has. Of the LLM reviews of a batch as many as possible are by each generator alike. A"
        );
        println!(
            "batch has whole reviews, drawn without replacement; {} batches a row, which tell a rate of 80 %",
            self.n_batches
        );
        println!(
            "to within {:.0} points, twice its standard error. Policy: level 95 % and the defaults. The goals were set before anything was measured.",
            200.0 * (0.8 * 0.2 / self.n_batches as f64).sqrt()
        );
    }

    /// The documents of a batch.
    fn batch(&self, kind: Kind, draw: usize) -> Vec<&ScoredDocument> {
        let mut generator = stream(SEED, (draw * 10_000 + kind.size) as u64);
        let orders: Vec<Vec<usize>> = self.llm.iter().map(|of| shuffled(of.len(), &mut generator)).collect();
        let turns = shuffled(self.llm.len(), &mut generator);
        let rounds = 0..orders.iter().map(Vec::len).max().unwrap_or(0);
        let places = rounds.flat_map(|round| turns.iter().map(move |&of| (of, round)));
        let by_llm = places.filter_map(|(of, round)| orders[of].get(round).map(|&place| &self.llm[of][place]));
        let by_llm: Vec<&ScoredDocument> = by_llm.collect();
        let order = shuffled(self.human.len(), &mut generator);
        let human: Vec<&ScoredDocument> = order.into_iter().map(|place| &self.human[place]).collect();
        let n_llm = match kind.mixture {
            Mixture::OfDocuments(share) => (share * kind.size as f64).round() as usize,
            Mixture::OfSentences(most) => {
                let share = |n: usize| {
                    let (llm, human) = (n_units(&by_llm[..n]), n_units(&human[..kind.size - n]));
                    llm as f64 / (llm + human) as f64
                };
                (0..=kind.size).take_while(|&n| share(n) <= most).last().unwrap_or(0)
            }
        };
        [&by_llm[..n_llm], &human[..kind.size - n_llm]].concat()
    }

    fn table(&self, batches: &[Vec<&ScoredDocument>]) -> ScoreTable {
        let k = self.reference.components.len();
        let mut table = ScoreTable::new(vec!["batch".to_owned()]);
        for (number, of) in
            batches.iter().enumerate().flat_map(|(number, batch)| batch.iter().map(move |of| (number, of)))
        {
            let key = DocumentKey(table.documents().len() as u64);
            let (values, scores, pooled) = (vec![Some(number.to_string())], of.scores().to_vec(), of.pooled().to_vec());
            table.push(ScoredDocument::with_pooled(key, values, scores, pooled, k));
        }
        table
    }

    /// What `check` says of each group of a table.
    fn check(&self, table: &ScoreTable, max: f64) -> Vec<Said> {
        let policy = Policy::new(PolicySettings::default().max(max)).unwrap();
        let by = vec!["batch".to_owned()];
        let found = groups(table, &by).unwrap();
        let plan = Plan::new(&found, UnitRule::Sentence, &policy, None, false, jiff::civil::Date::ZERO);
        let options = EstimateOptions::default().by(by).level(plan.level_each);
        let estimates = estimate(table, &self.reference, &options).unwrap();
        judge(&plan, estimates, UnitRule::Sentence, &policy, None).iter().map(Said::of).collect()
    }

    fn tally(&self, kind: Kind, max: f64) -> Tally {
        let check = |draw: usize| self.check(&self.table(&[self.batch(kind, draw)]), max)[0];
        let found: Vec<Said> = (0..self.n_batches).into_par_iter().map(check).collect();
        let mut tally = Tally { n: found.len(), ..Tally::default() };
        found.into_iter().for_each(|said| tally.add(said));
        tally
    }

    /// A row, and whether its goal is met.
    fn row(&self, what: &str, kind: Kind, max: f64, goal: Option<Goal>) {
        let tally = self.tally(kind, max);
        let (goal, is_met) = goal.map_or(("", ""), |(goal, is_met)| (goal, met(is_met(tally.percent(tally.n_fail)))));
        println!(
            "| {what} | {} | {} |{} {:.1} | {goal} | {is_met} |",
            max * 100.0,
            kind.size,
            tally.cells(),
            tally.percent(tally.n_misfit)
        );
    }

    fn header() {
        println!("| batches | max, % | documents | pass, % | inconclusive, % | fail, % | misfit, % | goal | |");
        println!("| :-- | --: | --: | --: | --: | --: | --: | :-- | :-- |");
    }

    /// The bounds that `check` was built to.
    fn operating(&self) {
        println!("\n## Operating characteristics\n");
        Bench::header();
        for size in SIZES {
            let kind = Kind { mixture: Mixture::OfDocuments(0.0), size };
            self.row("human reviews only", kind, 0.05, Some(FALSE_ALARM));
        }
        for size in SIZES {
            let goal = Some(("fail at least 95 %", (|rate| rate >= 95.0) as fn(f64) -> bool)).filter(|_| size == 100);
            self.row("30 % of reviews by LLMs", Kind { mixture: Mixture::OfDocuments(0.3), size }, 0.1, goal);
        }
    }

    /// Where false alarms are likeliest.
    fn boundary(&self) {
        println!(
            "\n## At the maximum itself\n\nThe share of sentences is just at or below the maximum, so every fail is a false alarm:\n"
        );
        Bench::header();
        for (max, size) in [0.05, 0.1].into_iter().flat_map(|max| SIZES.map(|size| (max, size))) {
            let kind = Kind { mixture: Mixture::OfSentences(max), size };
            self.row(&format!("{} % of sentences", max * 100.0), kind, max, Some(FALSE_ALARM));
        }
    }

    /// Many groups, all at the maximum.
    fn family(&self) {
        let kind = Kind { mixture: Mixture::OfSentences(0.1), size: 100 };
        let n_checks = self.n_batches / 2;
        let fails = |check: &usize| {
            let batches: Vec<_> =
                (0..N_GROUPS).map(|group| self.batch(kind, 1_000_000 + check * N_GROUPS + group)).collect();
            self.check(&self.table(&batches), 0.1).iter().any(|said| said.verdict == Verdict::Fail)
        };
        let n_fails = (0..n_checks).filter(fails).count();
        let rate = n_fails as f64 / n_checks as f64 * 100.0;
        println!(
            "\n{N_GROUPS} groups of {} documents at once, each with 10 % of sentences by LLMs and max 10 %: any of them fails in",
            kind.size
        );
        println!("{rate:.1} % of {n_checks} checks (goal: at most 5 %, {}).", met(rate <= 5.0));
    }

    /// Whether the share that --power prints is noticed as often as it says.
    fn power(&self) {
        println!(
            "\n## Power\n\nThe smallest share that `--power` says is noticed with 80 % probability (max 10 %), and how often batches of it fail:\n"
        );
        println!("| documents | smallest share, % | fail, % |");
        println!("| --: | --: | --: |");
        let model = PowerModel::new(&self.reference, None, &EstimateOptions::default()).unwrap();
        for size in SIZES {
            let table = self.table(&[self.batch(Kind { mixture: Mixture::OfDocuments(0.0), size }, 0)]);
            let found = model.smallest_noticed(&groups(&table, &[]).unwrap()[0], 0.1, 0.95).share;
            let fails = |share: f64| {
                let tally = self.tally(Kind { mixture: Mixture::OfSentences(share), size }, 0.1);
                format!("{:.1}", tally.percent(tally.n_fail))
            };
            let fails = found.map_or_else(String::new, fails);
            let share = found.map_or_else(|| "none".to_owned(), |share| format!("{:.1}", share * 100.0));
            println!("| {size} | {share} | {fails} |");
        }
    }
}

fn n_units(documents: &[&ScoredDocument]) -> usize {
    documents.iter().map(|document| document.pooled().len()).sum()
}

/// What it is, and whether this share of fails in percent meets it.
type Goal = (&'static str, fn(f64) -> bool);

/// The goal of rows in which every fail is a false alarm.
const FALSE_ALARM: Goal = ("fail at most 2.5 %", |rate| rate <= 2.5);

impl Tally {
    fn add(&mut self, said: Said) {
        self.n_pass += usize::from(said.verdict == Verdict::Pass);
        self.n_fail += usize::from(said.verdict == Verdict::Fail);
        self.n_misfit += usize::from(said.is_misfit);
    }

    fn percent(&self, n: usize) -> f64 {
        n as f64 / self.n as f64 * 100.0
    }

    fn cells(&self) -> String {
        let [pass, inconclusive, fail] =
            [self.n_pass, self.n - self.n_pass - self.n_fail, self.n_fail].map(|n| self.percent(n));
        format!(" {pass:.1} | {inconclusive:.1} | {fail:.1} |")
    }
}

fn met(is_met: bool) -> &'static str {
    if is_met { "met" } else { "**missed**" }
}
