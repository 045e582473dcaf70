//! Tests the model against a plain second implementation of the same formulas, on invented scores made by one rule.

use super::bins::BinCounts;
use super::columns::Likelihoods;
use super::columns::ShareOf;
use super::em::{Run, em};
use super::estimate::estimate;
use super::learn::{Side, StrataModel, Stratum};
use super::parameters::{Parameters, Priors};
use super::profile::{Search, ends};
use super::side::{SidePrior, fit};

/// Knuth's linear congruential numbers, so that the other implementation has the same.
struct Numbers(u64);

impl Numbers {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        radius * (2.0 * std::f64::consts::PI * self.uniform()).cos()
    }
}

fn documents(seed: u64, n: usize, mean: f64, spread: f64) -> Vec<Vec<f64>> {
    let mut numbers = Numbers(seed);
    let document = |_| {
        let own = mean + spread * numbers.normal();
        let n_units = 5 + (20.0 * numbers.uniform()) as usize;
        (0..n_units).map(|_| own + 2.0 * numbers.normal()).collect()
    };
    (0..n).map(document).collect()
}

fn strata() -> Vec<Stratum> {
    let stratum = |side: Side, name: String, family: String, documents| Stratum { name, side, family, documents };
    let human = [-2.2, -1.9, -2.4, -1.8].into_iter().enumerate();
    let llm = [2.4, 2.0, 1.7, 2.6, 2.2, 1.5].into_iter().enumerate();
    let mut strata: Vec<Stratum> = human
        .map(|(i, mean)| {
            stratum(Side::Human, format!("h{i}"), format!("h{i}"), documents(100 + i as u64, 60, mean, 0.6))
        })
        .collect();
    strata.extend(llm.map(|(i, mean)| {
        stratum(Side::Llm, format!("g{i}"), format!("g{}", i / 2), documents(200 + i as u64, 50, mean, 0.8))
    }));
    strata
}

fn counts(model: &StrataModel, documents: &[Vec<f64>]) -> Vec<BinCounts> {
    documents.iter().map(|scores| model.bins.count(scores)).collect()
}

/// Estimates as the other implementation does: one explanation, with tilts learnt from pure documents alone.
fn plain(model: &StrataModel, target: &[BinCounts], control: &[BinCounts]) -> [f64; 4] {
    let shapes = model.log_shapes();
    let human = match control {
        [] => model.human,
        control => model.human.after(fit(control, &shapes, 0, &model.human), control.len(), 0.05),
    };
    let likelihoods = Likelihoods::new(target, &shapes, ShareOf::Units);
    let priors = Priors { human, llm: model.llm, log_prior: 0.0, learns_from_mixed: false };
    let run =
        |start: f64| Run { priors: &priors, tilt: 0.0, start: Parameters::start(&priors, start), max_iterations: 150 };
    let fits = em(&likelihoods, &[run(0.6), run(0.02)]);
    let best = if fits[1].value > fits[0].value { fits[1] } else { fits[0] };
    let ends = ends(&likelihoods, [-1.0, 1.0].map(|sign| Search::new(&priors, &best, sign, 3.84)).into());
    [best.share, ends[0].min(best.share), ends[1].max(best.share), best.mixed_share]
}

#[test]
fn runs_side_by_side_end_as_they_would_alone() {
    let model = StrataModel::learn(&strata()).unwrap();
    let mut target = documents(301, 300, -2.0, 0.6);
    target.extend(documents(302, 40, 1.9, 0.8));
    let likelihoods = Likelihoods::new(&counts(&model, &target), &model.log_shapes(), ShareOf::Units);
    let priors = Priors { human: model.human, llm: model.llm, log_prior: 0.0, learns_from_mixed: true };
    let run = |start: f64, tilt: f64| Run {
        priors: &priors,
        tilt,
        start: Parameters::start(&priors, start),
        max_iterations: 60,
    };
    let runs = [run(0.6, 0.0), run(0.02, 0.0), run(0.3, 0.04), run(0.3, -0.04)];
    for (together, alone) in em(&likelihoods, &runs).iter().zip(runs.map(|run| em(&likelihoods, &[run])[0])) {
        assert_eq!((together.value, together.share, together.parameters), (alone.value, alone.share, alone.parameters));
    }
}

#[test]
fn agrees_with_a_plain_second_implementation() {
    let model = StrataModel::learn(&strata()).unwrap();
    let close = |found: f64, expected: f64, tolerance: f64, what: &str| {
        assert!((found - expected).abs() < tolerance, "{what}: {found} instead of {expected}");
    };
    let SidePrior { mean, location_variance, .. } = model.llm;
    close(mean.location, 0.012437, 2e-4, "mean location of LLM strata");
    close(location_variance, 0.012909, 2e-4, "variance of their locations");
    close(model.human.mean.location, -0.007114, 2e-4, "mean location of human strata");
    let (human, llm, control) =
        (documents(301, 80, -2.0, 0.6), documents(302, 40, 1.9, 0.8), documents(303, 60, -2.0, 0.6));
    for (n_human, n_llm, n_control, expected) in [
        (80, 0, 0, [1e-05, 0.0, 0.01566, 1e-05]),
        (80, 20, 0, [0.1598, 0.13703, 0.18624, 0.02415]),
        (80, 20, 60, [0.16004, 0.14024, 0.19073, 0.02248]),
        (0, 40, 0, [0.98746, 0.93877, 1.0, 0.0045]),
        (60, 2, 0, [0.01852, 0.01352, 0.04039, 2e-05]),
    ] {
        let target = [&human[..n_human], &llm[..n_llm]].concat();
        let found = plain(&model, &counts(&model, &target), &counts(&model, &control[..n_control]));
        for (at, what) in ["share", "lower end", "upper end", "mixed share"].into_iter().enumerate() {
            close(found[at], expected[at], 0.001, &format!("{n_human} + {n_llm}, control {n_control}, {what}"));
        }
    }
}

#[test]
fn llms_that_write_like_people_lie_where_the_documents_of_all_their_families_do() {
    let names = ["o0", "o1"].map(str::to_owned);
    let odd = [(801, -0.4), (802, -1.0)].map(|(seed, mean)| documents(seed, 50, mean, 0.8));
    let mut strata = strata();
    strata.extend(names.iter().zip(odd).map(|(name, documents)| Stratum::new(Side::Llm, name, name, documents)));
    let model = StrataModel::learn_beside(&strata, &names.iter().cloned().collect()).unwrap();
    let [first, second, usual] =
        [(811, -0.4), (812, -1.0), (813, 2.1)].map(|(seed, mean)| documents(seed, 60, mean, 0.8));
    let after = |scores: [[&Vec<Vec<f64>>; 2]; 2]| {
        let mut model = model.clone();
        model.expect_unlike(names.iter().zip(scores.map(|of_family| of_family.map(Clone::clone))));
        (model.unlike.unwrap().mean, model.odd_families)
    };
    let mean = model.tilts_of(Side::Llm, &[first.clone(), second.clone()].concat());
    let [of_first, of_second] = [&first, &second].map(|documents| model.tilts_of(Side::Llm, documents).location);
    assert!(of_second < mean.location - 0.02 && mean.location < of_first - 0.02, "{of_second} {mean:?} {of_first}");
    assert_eq!(after([[&first, &usual], [&second, &usual]]), (mean, names.to_vec()));
    // The log ratio of their own finds the first, which then lies where it does without.
    assert_eq!(after([[&usual, &first], [&second, &usual]]), (mean, names[1..].to_vec()));
}

#[test]
fn a_model_that_cannot_be_learnt_is_damaged() {
    let whole = StrataModel::learn(&strata()).unwrap();
    assert_eq!(whole.damage(), None);
    let written = serde_json::to_vec(&whole).unwrap();
    assert_eq!(serde_json::from_slice::<StrataModel>(&written).unwrap().damage(), None);
    type Change = fn(&mut StrataModel);
    let damage: [(&str, Change); 14] = [
        ("edges", |model| model.bins.edges.extend([9.0; 5])),
        ("edges", |model| _ = model.bins.edges.pop()),
        ("edges", |model| model.bins.edges.swap(3, 4)),
        ("edges", |model| model.bins.edges[18] = f64::INFINITY),
        ("levels", |model| _ = model.bins.levels.pop()),
        ("levels", |model| model.bins.levels[0] = -4.1),
        ("shape of human text", |model| model.human_shape.truncate(10)),
        ("shape of human text", |model| model.human_shape[0] += 0.001),
        ("shape of LLM text", |model| {
            (model.llm_shape[0], model.llm_shape[1]) = (0.0, model.llm_shape[0] + model.llm_shape[1])
        }),
        ("prior", |model| model.human.location_variance = 0.0),
        ("prior", |model| model.llm.mean.location = f64::NAN),
        ("prior", |model| model.unlike = Some(SidePrior { log_spread_variance: -0.1, ..model.llm })),
        ("tilt", |model| model.strata[0].tilts.log_spread = f64::NEG_INFINITY),
        ("systematic error", |model| model.systematic.mixed = -0.1),
    ];
    for (what, change) in damage {
        let mut model = whole.clone();
        change(&mut model);
        let found = model.damage().unwrap_or_default();
        assert!(found.contains(what), "{what}: {found}");
    }
}

/// Many units have one score, as they do in text of few words: edges are the same.
#[test]
fn a_model_of_few_scores_is_whole() {
    let few = |mut stratum: Stratum| {
        stratum.documents.iter_mut().flatten().for_each(|score| *score = 2.0 * (*score / 2.0).round().clamp(-1.0, 1.0));
        stratum
    };
    let model = StrataModel::learn(&strata().into_iter().map(few).collect::<Vec<_>>()).unwrap();
    assert!(model.bins.edges.windows(2).any(|pair| pair[0] >= pair[1]), "{:?}", model.bins.edges);
    assert_eq!(model.damage(), None);
}

#[test]
fn holds_the_share_of_known_mixtures_and_reads_human_text_as_0() {
    let model = StrataModel::learn(&strata()).unwrap();
    let (human, llm) = (documents(401, 200, -2.1, 0.6), documents(402, 200, 2.1, 0.5));
    for n_llm in [0, 10, 50, 200] {
        let target = [&human[..], &llm[..n_llm]].concat();
        let n_units = |documents: &[Vec<f64>]| documents.iter().map(Vec::len).sum::<usize>() as f64;
        let truth = n_units(&llm[..n_llm]) / n_units(&target);
        let found = estimate(&model, &counts(&model, &target), None, ShareOf::Units, 0.95);
        assert!((found.share - truth).abs() < 0.01, "{n_llm}: {found:?}");
        assert!(found.interval.0 <= truth && truth <= found.interval.1, "{n_llm}: {found:?}");
        assert!(found.interval.1 - found.interval.0 < 0.06, "{n_llm}: {found:?}");
    }
}

#[test]
fn an_llm_that_writes_like_people_opens_the_interval() {
    let model = StrataModel::learn(&strata()).unwrap();
    let unseen = documents(501, 200, -0.4, 0.5);
    let found = estimate(&model, &counts(&model, &unseen), None, ShareOf::Units, 0.95);
    assert!(found.interval.1 >= 1.0, "{found:?}");
}

/// Tests 20,000 documents, of which the model is fitted to 8,000: the share is that of all, and more of them are by an LLM
/// among those that it is not fitted to than chance would have it.
#[test]
fn a_large_corpus_is_estimated_from_some_of_its_documents() {
    let model = StrataModel::learn(&strata()).unwrap();
    let target = [documents(601, 17_000, -2.1, 0.6), documents(602, 3_000, 2.1, 0.5)].concat();
    let n_units = |documents: &[Vec<f64>]| documents.iter().map(Vec::len).sum::<usize>() as f64;
    let truth = n_units(&target[17_000..]) / n_units(&target);
    let mut counts = counts(&model, &target);
    let found = estimate(&model, &counts, None, ShareOf::Units, 0.95);
    assert!((found.share - truth).abs() < 0.005, "{truth}: {found:?}");
    assert!(found.interval.0 <= truth && truth <= found.interval.1, "{truth}: {found:?}");
    assert!((found.llm_documents + found.mixed_documents - 0.15).abs() < 0.01, "{found:?}");
    // Two of five places are looked at; in the others human documents give way to LLM ones.
    let llm = counts[17_000].clone();
    let is_fitted: Vec<bool> = (0..20_000).map(|at| (0..=1).any(|off| (at * 2 / 5 + off) * 5 / 2 == at)).collect();
    let others = (0..17_000).filter(|&at| !is_fitted[at]).take(2_000);
    others.for_each(|at| counts[at] = llm.clone());
    let moved = estimate(&model, &counts, None, ShareOf::Documents, 0.95);
    assert!((moved.share - 0.25).abs() < 0.02, "{moved:?}");
}

/// Tests documents of which half of the sentences are by an LLM: the lower end alone allows for human text that reads so.
#[test]
fn human_text_that_reads_as_partly_by_an_llm_takes_the_lower_end_down() {
    let mut model = StrataModel::learn(&strata()).unwrap();
    let (human, llm) = (documents(701, 200, -2.1, 0.6), documents(702, 60, 2.1, 0.5));
    let half = |human: &[f64], llm: &[f64]| [&human[..human.len() / 2], &llm[..llm.len() / 2]].concat();
    let mixed: Vec<Vec<f64>> = human.iter().zip(&llm).map(|(human, llm)| half(human, llm)).collect();
    let target = counts(&model, &[&mixed[..], &human[60..]].concat());
    let control = counts(&model, &documents(703, 150, -2.1, 0.6));
    for (control, part) in [(None, 1.0), (Some(&control[..]), 0.5)] {
        let mut at = |human_mixed: f64| {
            model.systematic.human_mixed = human_mixed;
            estimate(&model, &target, control, ShareOf::Units, 0.95)
        };
        let (without, with, most) = (at(0.0), at(0.02), at(1.0));
        assert!(without.mixed_share > 0.05 && without.interval.0 > 0.05, "{without:?}");
        assert_eq!((with.may_be_human, most.may_be_human), (0.02 * part, without.mixed_share.min(part)));
        let distance = |found: &super::estimate::CorpusShare| found.share - found.interval.0;
        assert!((distance(&with) - distance(&without).hypot(0.02 * part)).abs() < 1e-12, "{with:?}");
        assert_eq!((with.share, with.interval.1), (without.share, without.interval.1));
    }
}

#[test]
fn what_the_control_itself_reads_is_taken_off() {
    let model = StrataModel::learn(&strata()).unwrap();
    // Two of five people write like an LLM, which no tilt of one shape explains.
    let people = |seed: u64| [documents(seed, 180, -2.0, 0.6), documents(seed + 1, 120, 1.9, 0.8)].concat();
    let llm = documents(605, 60, 2.0, 0.8);
    let n_units = |documents: &[Vec<f64>]| documents.iter().map(Vec::len).sum::<usize>() as f64;
    let control = counts(&model, &people(601));
    let read = |target: &[Vec<f64>], control: Option<&[BinCounts]>| {
        estimate(&model, &counts(&model, target), control, ShareOf::Units, 0.95)
    };
    let human = people(603);
    assert!(read(&human, None).share > 0.3);
    let found = read(&human, Some(&control));
    assert!(found.of_control > 0.3 && found.share < 0.1 && found.interval.0 <= 0.0, "{found:?}");
    let mixed = [human, llm.clone()].concat();
    let truth = n_units(&llm) / n_units(&mixed);
    let found = read(&mixed, Some(&control));
    assert!((found.share - truth).abs() < 0.1, "{truth} {found:?}");
    assert!(found.interval.0 <= truth && truth <= found.interval.1, "{truth} {found:?}");
    // A control that reads 0 changes nothing.
    let found = read(&mixed, Some(&counts(&model, &documents(607, 100, -2.0, 0.6))));
    assert_eq!(found.of_control, 0.0);
}
