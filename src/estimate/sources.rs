//! The shares of the single LLM components, as far as the target tells them apart.

use rayon::prelude::*;
use serde::Serialize;

use crate::interval::{Interval, ShareTests};
use crate::reference::{HUMAN, Tau};

/// A source's share of units.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SourceShare {
    /// Name of the source: human, or an LLM component.
    pub name: String,
    /// Share of units, 0 to 1; `None` if only a sum with other sources is known, see [`SourceSum`].
    pub share: Option<f64>,
    /// Interval for the share, at the level of alpha's.
    pub interval: Option<Interval>,
    /// Whether the target tells this source's share from those of the others.
    pub identified: bool,
}

/// LLM components of which the target contains some, though it does not tell how much of which.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SourceSum {
    /// Names of the components.
    pub names: Vec<String>,
    /// Sum of their shares, 0 to 1.
    pub share: f64,
    /// Interval for the sum.
    pub interval: Interval,
}

/// Returns the share of every source, human first, and the sums of those that are not told apart.
///
/// Two components are not told apart if either may have no share at all, but not both: the target then has text that is
/// by one of them, and does not say by which.
pub(super) fn source_shares(
    tests: &ShareTests<'_>,
    names: &[String],
    alpha: Interval,
    level: f64,
) -> (Vec<SourceShare>, Vec<SourceSum>) {
    let human_interval = Interval { lower: 1.0 - alpha.upper, upper: 1.0 - alpha.lower };
    let mut sources = vec![known(HUMAN, tests.shares()[0], human_interval)];
    if let [only] = names {
        sources.push(known(only, tests.shares()[1], alpha));
        return (sources, vec![]);
    }
    let test = |components: Vec<usize>| {
        let found = tests.share_of(&components, level);
        (components, found.share, within(found.interval, alpha))
    };
    let alone = (0..names.len()).into_par_iter().map(|component| test(vec![component]));
    let found: Vec<(Vec<usize>, f64, Interval)> = alone.collect();
    let mut together = found.clone();
    // If there may be no LLM text at all, there is nothing to divide.
    while let Some((a, b)) = not_told_apart(tests, &together, level).filter(|_| alpha.lower > 0.0) {
        let mut both = [together.remove(b).0, std::mem::take(&mut together[a].0)].concat();
        both.sort_unstable();
        together[a] = test(both);
    }
    for (components, share, interval) in found {
        let alone = together.iter().any(|(set, ..)| *set == components);
        let name = &names[components[0]];
        sources.push(if alone {
            known(name, share, interval)
        } else {
            SourceShare { name: name.clone(), share: None, interval: None, identified: false }
        });
    }
    let sum_of = |(set, share, interval): (Vec<usize>, f64, Interval)| {
        let names = set.iter().map(|&component| names[component].clone()).collect();
        SourceSum { names, share, interval }
    };
    let sums = together.into_iter().filter(|(set, ..)| set.len() > 1).map(sum_of).collect();
    (sources, sums)
}

/// Adds the systematic error to the intervals of all sources, as large as alpha's would be for such a share.
pub(super) fn widen_sources(
    sources: &mut [SourceShare],
    sums: &mut [SourceSum],
    tau: Tau,
    alpha: Interval,
    level: f64,
) {
    let of_part = |interval: Interval, share: f64| within(interval.widened(share, tau, level), alpha);
    if let Some((human, llms)) = sources.split_first_mut() {
        human.interval = Some(Interval { lower: 1.0 - alpha.upper, upper: 1.0 - alpha.lower });
        for source in llms {
            source.interval = source.interval.zip(source.share).map(|(interval, share)| of_part(interval, share));
        }
    }
    sums.iter_mut().for_each(|sum| sum.interval = of_part(sum.interval, sum.share));
}

/// Makes a part's interval agree with alpha's: no part is larger than the whole may be, and if the whole may be 0, so
/// may every part. The tests of the parts alone do not know of each other.
fn within(part: Interval, alpha: Interval) -> Interval {
    Interval {
        lower: if alpha.lower <= 0.0 { 0.0 } else { part.lower.min(alpha.upper) },
        upper: part.upper.min(alpha.upper),
    }
}

fn known(name: &str, share: f64, interval: Interval) -> SourceShare {
    SourceShare { name: name.to_owned(), share: Some(share), interval: Some(interval), identified: true }
}

/// Finds the first two sets of components, larger shares first, either of which may have no share, but not both.
fn not_told_apart(tests: &ShareTests<'_>, sets: &[(Vec<usize>, f64, Interval)], level: f64) -> Option<(usize, usize)> {
    let mut open: Vec<usize> = (0..sets.len()).filter(|&set| sets[set].2.lower <= 0.0).collect();
    open.sort_by(|&a, &b| sets[b].1.total_cmp(&sets[a].1).then(a.cmp(&b)));
    let pairs = open.iter().enumerate().flat_map(|(place, &a)| open[place + 1..].iter().map(move |&b| (a, b)));
    let is_some_of = |&(a, b): &(usize, usize)| {
        let both: Vec<usize> = sets[a].0.iter().chain(&sets[b].0).copied().collect();
        sets[a].1 + sets[b].1 > 0.0 && !tests.accepts(&both, 0.0, level)
    };
    pairs.map(|(a, b)| (a.min(b), a.max(b))).find(is_some_of)
}
