//! Explains shares in three sentences for readers who know no statistics.

use crate::estimate::{GroupEstimate, RunSummary};
use crate::interval::Interval;
use crate::numbers::{interval_name, percent};
use crate::tokenize::UnitRule;

/// What no share says.
pub(in crate::report) const NOT: &str = "This is a statement about the whole corpus: it does not say which documents have LLM text, whose they are, or whether \
                   the use was allowed.";

/// A group that is spoken of, with its name.
pub(in crate::report) type Named<'a> = (String, &'a GroupEstimate);

/// Returns how much of the text is by LLMs, how far the method may be off at zero, and what it does not say; nothing without an
/// estimate. `where_one` says where a single group is, such as `In 2024`, and `where_several` where several are; `all` has the
/// control as well.
pub(in crate::report) fn meaning(
    run: &RunSummary,
    groups: &[Named<'_>],
    [where_one, where_several]: [&str; 2],
    all: &[&GroupEstimate],
) -> Vec<String> {
    let share = share_sentence(run, run.level, groups, [where_one, where_several]);
    share.map_or_else(Vec::new, |share| vec![share, floor(all), NOT.to_owned()])
}

/// Returns how much of the text is by LLMs, with intervals of this level; `None` without an estimate.
pub(in crate::report) fn share_sentence(
    run: &RunSummary,
    level: f64,
    groups: &[Named<'_>],
    [where_one, where_several]: [&str; 2],
) -> Option<String> {
    match groups {
        [(_, of)] => one(run, level, of, where_one),
        several => of_several(run, several, where_several),
    }
}

fn one(run: &RunSummary, level: f64, of: &GroupEstimate, here: &str) -> Option<String> {
    let (alpha, interval) = (of.alpha()?, of.interval()?);
    Some(format!(
        "{here} {} look as if an LLM had written or substantially rewritten them; the {} is {}{}.",
        about(alpha, run.unit),
        interval_name(level),
        range(interval),
        misfit(of)
    ))
}

fn of_several(run: &RunSummary, groups: &[Named<'_>], here: &str) -> Option<String> {
    let shares = || groups.iter().filter_map(|(name, of)| Some((of.alpha()?, name)));
    let (low, lowest) = shares().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let (high, highest) = shares().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let off = groups.iter().map(|(_, of)| misfit(of)).find(|text| !text.is_empty());
    Some(format!(
        "{here}, from {} ({lowest}) to {} ({highest}) of every 100 {}s look as if an LLM had written or substantially rewritten them; the \
         table has the interval of each{}.",
        percent(low, 0),
        percent(high, 0),
        run.unit,
        off.unwrap_or_default()
    ))
}

/// Returns "about 12 of every 100 sentences".
fn about(alpha: f64, unit: UnitRule) -> String {
    match percent(alpha, 0).as_str() {
        "0" => format!("fewer than 1 of every 100 {unit}s"),
        "100" => format!("nearly all {unit}s"),
        n => format!("about {n} of every 100 {unit}s"),
    }
}

fn range(of: Interval) -> String {
    match [percent(of.lower, 0), percent(of.upper, 0)] {
        [lower, upper] if lower == "0" && upper == "0" => "0 to less than 1".to_owned(),
        [lower, upper] => format!("{lower} to {upper}"),
    }
}

fn misfit(of: &GroupEstimate) -> &'static str {
    match of.is_misfit() {
        true => ", but the reference does not fit this text, so the number may be far off",
        false => "",
    }
}

/// Describes how far text that is surely human reads from 0.
fn floor(all: &[&GroupEstimate]) -> String {
    let highest = all.iter().filter(|of| of.placebo).filter_map(|of| of.alpha()).reduce(f64::max);
    match highest.map(|share| percent(share, 1)) {
        Some(zero) if zero == "0.0" => "Text of this kind from before LLMs reads 0.0 %, as it should.".to_owned(),
        Some(highest) => format!(
            "Text of this kind from before LLMs, which should read 0, reads up to {highest} % here, so a share no larger than that is not \
             evidence of LLM text."
        ),
        None => "Text of this kind from before LLMs should read 0, but that has not been checked here: give such text with --control or \
                 --control-before."
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::records::estimate;

    fn run() -> RunSummary {
        crate::report::tests::records::trend(1, 2).run
    }

    #[test]
    fn a_dean_understands_them() {
        let (of, control) =
            (estimate(0.124, 0.05, 0.01, 500), GroupEstimate { placebo: true, ..estimate(0.001, 0.01, 0.01, 90) });
        let run = RunSummary { unit: UnitRule::Sentence, ..run() };
        let said = meaning(&run, &[("2024".to_owned(), &of)], ["In 2024", ""], &[&of, &control]);
        assert_eq!(
            said[0],
            "In 2024 about 12 of every 100 sentences look as if an LLM had written or substantially rewritten them; the 95 % interval \
             is 7 to 18."
        );
        assert!(
            said[1].ends_with("up to 0.1 % here, so a share no larger than that is not evidence of LLM text.")
                && said.len() == 3
        );
        let off = estimate(0.3, 0.4, 0.2, 500);
        let said = meaning(&run, &[("a".to_owned(), &of), ("b".to_owned(), &off)], ["", "Of two"], &[&of, &off]);
        assert!(
            said[0].starts_with("Of two, from 12 (a) to 30 (b) of every 100") && said[0].ends_with("may be far off.")
        );
        assert!(said[1].contains("has not been checked here"));
        assert!(meaning(&run, &[], ["", ""], &[]).is_empty());
    }

    #[test]
    fn shares_near_the_ends_are_not_rounded_to_them() {
        let (none, all) = (estimate(0.001, 0.002, 0.01, 500), estimate(0.998, 0.01, 0.01, 500));
        let said = |of| meaning(&run(), &[(String::new(), of)], ["Here", ""], &[of])[0].clone();
        assert!(said(&none).starts_with("Here fewer than 1 of every 100 "), "{}", said(&none));
        assert!(said(&all).starts_with("Here nearly all "), "{}", said(&all));
        let control = GroupEstimate { placebo: true, ..estimate(0.0001, 0.002, 0.01, 500) };
        assert_eq!(floor(&[&control, &all]), "Text of this kind from before LLMs reads 0.0 %, as it should.");
    }
}
