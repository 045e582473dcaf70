//! The shares of the single LLM components, as far as the target tells them apart.

use serde::Serialize;

use crate::interval::{Interval, ShareTests};
use crate::reference::HUMAN;

/// A source's share of units.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceShare {
    /// Human, or an LLM component.
    pub name: String,
    /// 0 to 1; none where only a sum with other sources is known, see [`SourceSum`].
    pub share: Option<f64>,
    /// Interval for the share, at the level of alpha's.
    pub interval: Option<Interval>,
    /// Whether the target tells this source's share from those of the others.
    pub identified: bool,
}

/// LLM components of which the target contains some, without telling how much of which.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceSum {
    /// The components.
    pub names: Vec<String>,
    /// Their share together, 0 to 1.
    pub share: f64,
    /// Its interval.
    pub interval: Interval,
}

/// The share of every source, human first, and the sums of those that are not told apart.
///
/// Two components are not told apart if either may have no share at all, but not both: the target then has text that is
/// by one of them, and does not say by which.
pub fn source_shares(
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
    let mut found: Vec<(Vec<usize>, f64, Interval)> = Vec::new();
    for component in 0..names.len() {
        let one = tests.share_of(&[component], level);
        found.push((vec![component], one.share, one.interval));
    }
    let mut together = found.clone();
    while let Some((a, b)) = not_told_apart(tests, &together, level) {
        let (second, first) = (together.remove(b).0, &mut together[a]);
        first.0.extend(second);
        first.0.sort_unstable();
        let sum = tests.share_of(&first.0, level);
        (first.1, first.2) = (sum.share, sum.interval);
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

fn known(name: &str, share: f64, interval: Interval) -> SourceShare {
    SourceShare { name: name.to_owned(), share: Some(share), interval: Some(interval), identified: true }
}

/// The first two sets of components, the larger shares first, either of which may have no share, but not both.
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
