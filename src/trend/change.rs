//! Computes differences between periods.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::interval::{Difference, Interval, difference};

use super::record::{Change, PeriodEstimate};

/// Labels of two periods to compare.
pub type Pair = (String, String);

/// Computes the changes of alpha, each `alpha_to - alpha_from`, -1 to 1, with its interval at `level`.
///
/// Intervals are those of [`difference`] (Zou and Donner 2008), which takes the estimates of periods as independent. That from
/// the highest of m earlier periods is m times as strict (Bonferroni), since a chance high is likely to be chosen.
///
/// These are the changes between the periods that are `asked` for by label, and then those to the last period from the
/// first, from the one before, and from the highest of the target before it, each once; small periods take part only in
/// those asked for. If the last is a control's, there is nothing else to compare.
///
/// ```
/// use jiff::civil::date;
/// use llm_prevalence::corpus::PeriodRule;
/// use llm_prevalence::estimate::{EstimateOptions, estimate};
/// use llm_prevalence::tokenize::UnitRule;
/// use llm_prevalence::trend::{changes, series_of};
/// use llm_prevalence::{Estimator, Reference};
///
/// // 300 documents of two sentences in each of three years.
/// let reference = Reference::embedded("abstracts")?;
/// let texts: Vec<String> = (0..900).map(|n| format!("I liked part {n}. The proof in step {n} is wrong.")).collect();
/// let mut table = Estimator::new(&reference).score(&texts);
/// let mut years = (2021..=2023).cycle().map(|year| date(year, 1, 1));
/// table.set_periods(|_| years.next());
/// let estimates = estimate(&table, &reference, &EstimateOptions::default())?;
/// let series = series_of(estimates, PeriodRule::Year, UnitRule::Sentence);
/// let found = changes(&series[0].periods, &[], 0.95);
/// assert_eq!((found[0].from.as_str(), found[0].to.as_str()), ("2021", "2023"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn changes(periods: &[PeriodEstimate], asked: &[Pair], level: f64) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for (from, to) in asked {
        if let Some((a, b)) = find(periods, from).zip(find(periods, to)) {
            let (from, to) = if a.period <= b.period { (a, b) } else { (b, a) };
            add(&mut changes, change(from, to, level, 1));
        }
    }
    let solid: Vec<&PeriodEstimate> = periods.iter().filter(|of| of.is_solid()).collect();
    let Some((last, earlier)) =
        solid.split_last().filter(|(last, earlier)| !last.estimate.placebo && !earlier.is_empty())
    else {
        return changes;
    };
    for from in [earlier[0], earlier[earlier.len() - 1]] {
        add(&mut changes, change(from, last, level, 1));
    }
    add(&mut changes, change_from_highest(periods, level));
    changes
}

/// Returns the change from the highest period before the target's last one to that, allowing for the choice.
pub(super) fn change_from_highest(periods: &[PeriodEstimate], level: f64) -> Option<Change> {
    let solid: Vec<&PeriodEstimate> = periods.iter().filter(|of| of.is_solid_target()).collect();
    let (last, earlier) = solid.split_last()?;
    change(highest(earlier)?, last, level, earlier.len())
}

/// Returns the highest period; of equals, the first.
pub fn highest<'a>(periods: &[&'a PeriodEstimate]) -> Option<&'a PeriodEstimate> {
    let share = |of: &PeriodEstimate| of.estimate.alpha().unwrap_or(0.0);
    periods.iter().rev().copied().max_by(|a, b| share(a).total_cmp(&share(b)))
}

/// Returns the period of this label that has an estimate; that of the target if the control has one too.
pub fn find<'a>(periods: &'a [PeriodEstimate], label: &str) -> Option<&'a PeriodEstimate> {
    periods.iter().rev().find(|of| of.period.label == label && of.estimate.alpha().is_some())
}

fn add(changes: &mut Vec<Change>, change: Option<Change>) {
    changes.extend(change.filter(|new| changes.iter().all(|old| (&old.from, &old.to) != (&new.from, &new.to))));
}

fn change(from: &PeriodEstimate, to: &PeriodEstimate, level: f64, n_choices: usize) -> Option<Change> {
    let found = difference(from.share()?, to.share()?, level);
    let sampled = difference(from.sampled_share()?, to.sampled_share()?, level);
    Some(Change {
        from: from.period.label.clone(),
        to: to.period.label.clone(),
        n_choices,
        difference: for_choice(found, n_choices, level),
        without_systematic_error: for_choice(sampled, n_choices, level),
    })
}

/// Applies Bonferroni's correction: the highest of several estimates is likely to be too high.
fn for_choice(found: Difference, n_choices: usize, level: f64) -> Difference {
    if n_choices < 2 {
        return found;
    }
    let normal = Normal::standard();
    let quantile = |level: f64| normal.inverse_cdf(0.5 + level / 2.0);
    let wider = quantile(1.0 - (1.0 - level) / n_choices as f64) / quantile(level);
    let Difference { difference, interval, p_value } = found;
    Difference {
        difference,
        interval: Interval {
            lower: (difference - wider * (difference - interval.lower)).max(-1.0),
            upper: (difference + wider * (interval.upper - difference)).min(1.0),
        },
        p_value: (p_value * n_choices as f64).min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::super::series::tests::by_year;
    use super::*;

    fn pairs(changes: &[Change]) -> Vec<(&str, &str, usize)> {
        changes.iter().map(|of| (of.from.as_str(), of.to.as_str(), of.n_choices)).collect()
    }

    fn asked(pairs: &[(&str, &str)]) -> Vec<Pair> {
        pairs.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
    }

    #[test]
    fn the_last_is_compared_with_first_previous_and_highest_each_once() {
        let rising = by_year(&[(2021, 0.0, 0.02), (2022, 0.1, 0.02), (2023, 0.2, 0.02)]);
        assert_eq!(pairs(&changes(&rising.periods, &[], 0.95)), [("2021", "2023", 1), ("2022", "2023", 1)]);
        let peaked = by_year(&[(2021, 0.0, 0.02), (2022, 0.3, 0.02), (2023, 0.1, 0.02), (2024, 0.2, 0.02)]);
        let found = changes(&peaked.periods, &asked(&[("2023", "2021")]), 0.95);
        let expected = [("2021", "2023", 1), ("2021", "2024", 1), ("2023", "2024", 1), ("2022", "2024", 3)];
        assert_eq!(pairs(&found), expected);
        assert!((found[1].difference.difference - 0.2).abs() < 1e-12);
        assert!(changes(&by_year(&[(2021, 0.0, 0.02)]).periods, &[], 0.95).is_empty());
    }

    #[test]
    fn small_periods_are_compared_only_when_asked_for() {
        let mut series = by_year(&[(2021, 0.0, 0.02), (2022, 0.1, 0.02), (2023, 0.2, 0.02)]);
        series.periods[2].is_small = true;
        assert_eq!(pairs(&changes(&series.periods, &[], 0.95)), [("2021", "2022", 1)]);
        let found = changes(&series.periods, &asked(&[("2022", "2023")]), 0.95);
        assert_eq!(pairs(&found), [("2022", "2023", 1), ("2021", "2022", 1)]);
    }

    /// Tests that of equal shares, the highest of nine, which exceeds the last by chance, seldom does so significantly.
    #[test]
    fn the_choice_of_the_highest_is_allowed_for() {
        use rand::RngExt;
        let mut generator = crate::interval::generator_of(3, 3);
        let mut draw = || Normal::standard().inverse_cdf(generator.random_range(f64::EPSILON..1.0));
        let (n_trials, mut n_sure) = (1000, 0);
        for _ in 0..n_trials {
            let years: Vec<(i16, f64, f64)> = (2011..2021).map(|year| (year, 0.4 + 0.01 * draw(), 0.0196)).collect();
            let found = change_from_highest(&by_year(&years).periods, 0.95).unwrap();
            n_sure += usize::from(found.difference.p_value < 0.05);
        }
        assert!(n_sure <= 50, "{n_sure} of {n_trials}");
    }
}
