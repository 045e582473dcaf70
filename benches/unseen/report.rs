//! The tables of the report.

use std::collections::BTreeSet;

use llm_prevalence::two_level::Bound;

use super::RHO;
use super::mixture::{ALPHAS, CONTROLS, Mixture};

/// A row of a table: means over corpora.
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

/// Prints all tables.
pub fn tables(mixtures: &[Mixture]) {
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
