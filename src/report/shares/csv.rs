//! An estimate as tidy CSV: the JSON's fields, a row per group and share. The first row of a group is alpha's; if the reference keeps
//! several LLMs apart, a row for each of them follows, and one for each sum of some that are not told apart.

use super::main::{PLACEBO, TARGET};
use super::rows::ShareRows;
use super::sources::{has_several_sources, sum_name};
use crate::estimate::{Estimate, GroupEstimate, ShareEstimate, StrataShare};
use crate::interval::{Interval, Misfit};
use crate::report::csv::Csv;
use crate::two_level::Bound;

/// The name in the column of sources in alpha's row.
const ALL_LLMS: &str = "all_llms";

/// Renders an estimate as CSV, with a line break at the end.
pub fn estimate_csv(estimate: &Estimate) -> String {
    let all = ShareRows::from(estimate);
    csv_columns(&all).render(csv_rows(&all))
}

/// Alpha of a group, or the share of some sources in it.
pub(in crate::report) struct ShareRow<'a> {
    group: &'a GroupEstimate,
    /// The number of the group.
    pub number: usize,
    source: String,
    /// Whether it is alpha; values that hold only for alpha are written in its row alone.
    is_alpha: bool,
    identified: Option<bool>,
    share: Option<f64>,
    interval: Option<Interval>,
}

impl ShareRow<'_> {
    fn found(&self) -> Option<&ShareEstimate> {
        self.group.outcome.as_ref().filter(|_| self.is_alpha)
    }

    fn sampling(&self) -> Option<Interval> {
        self.found()?.sampling_interval
    }

    fn strata(&self) -> Option<StrataShare> {
        self.found()?.strata
    }

    fn bound(&self) -> Option<Bound> {
        self.strata()?.bound
    }

    fn misfit(&self) -> Option<Misfit> {
        self.found()?.misfit
    }
}

/// Returns the rows of all groups.
pub(in crate::report) fn csv_rows<'a>(all: &'a ShareRows<'_>) -> impl Iterator<Item = ShareRow<'a>> {
    all.groups.iter().enumerate().flat_map(|(number, group)| shares_of(group, number))
}

fn shares_of(group: &GroupEstimate, number: usize) -> Vec<ShareRow<'_>> {
    let mut shares = vec![ShareRow {
        group,
        number,
        source: ALL_LLMS.to_owned(),
        is_alpha: true,
        identified: group.alpha().map(|_| true),
        share: group.alpha(),
        interval: group.interval(),
    }];
    let part = |source, identified, share, interval| {
        let identified = Some(identified);
        ShareRow { group, number, source, is_alpha: false, identified, share, interval }
    };
    if let Some(found) = group.outcome.as_ref().filter(|found| has_several_sources(found)) {
        shares.extend(found.sources[1..].iter().map(|of| part(of.name.clone(), of.identified, of.share, of.interval)));
        let sums = found.source_sums.iter();
        shares.extend(sums.map(|sum| part(sum_name(&sum.names), true, Some(sum.share), Some(sum.interval))));
    }
    shares
}

/// Returns the columns: those of the group, renamed if they clash with others, and these.
pub(in crate::report) fn csv_columns<'a>(all: &'a ShareRows<'_>) -> Csv<'a, ShareRow<'a>> {
    let own = own_columns(all);
    let mut columns = Csv::new();
    for (place, name) in all.group_names(&own.names()).into_iter().enumerate() {
        columns.add(name, move |row: &ShareRow<'_>| row.group.group[place].1.clone());
    }
    columns.append(own);
    columns
}

fn own_columns<'a>(all: &'a ShareRows<'_>) -> Csv<'a, ShareRow<'a>> {
    let mut columns: Csv<'_, ShareRow<'_>> = Csv::new();
    columns.add("source", |row| Some(row.source.clone()));
    columns.add("identified", |row| row.identified);
    columns.add("unit", |_| Some(all.run.unit));
    columns.add("n_documents", |row| Some(row.group.n_documents));
    columns.add("n_units", |row| Some(row.group.n_units));
    columns.add("alpha", |row| row.share);
    columns.add("standard_error", |row| Some(row.found()?.standard_error));
    columns.add("lower", |row| Some(row.interval?.lower));
    columns.add("upper", |row| Some(row.interval?.upper));
    columns.add("level", |_| Some(all.run.level));
    columns.add("sampling_lower", |row| Some(row.sampling()?.lower));
    columns.add("sampling_upper", |row| Some(row.sampling()?.upper));
    columns.add("band_lower", |row| Some(row.found()?.band.as_ref()?.lower));
    columns.add("band_upper", |row| Some(row.found()?.band.as_ref()?.upper));
    columns.add("systematic_error", |row| row.found()?.systematic_error);
    columns.add("mixed_share", |row| Some(row.strata()?.mixed.share));
    columns.add("mixed_lower", |row| Some(row.strata()?.mixed.interval.lower));
    columns.add("mixed_upper", |row| Some(row.strata()?.mixed.interval.upper));
    columns.add("bound_documents", |row| Some(row.bound()?.documents));
    columns.add("bound_upper_generated", |row| row.bound()?.upper_generated);
    columns.add("bound_upper_rewritten", |row| row.bound()?.upper_rewritten);
    columns.add("bound_breakdown", |row| Some(row.bound()?.breakdown));
    columns.add("human_text", |row| Some(row.strata()?.human_text.name()));
    columns.add("design_effect", |row| row.found()?.design_effect);
    columns.add("p_zero", |row| row.found()?.p_zero);
    columns.add("misfit_distance", |row| Some(row.misfit()?.distance));
    columns.add("misfit_tolerance", |row| Some(row.misfit()?.tolerance));
    columns.add("misfit_p_value", |row| Some(row.misfit()?.p_value));
    columns.add("misfit_flagged", |row| Some(row.misfit()?.flagged));
    columns.add("unlike_text", |row| row.is_alpha.then_some(row.group.unlike_text));
    columns.add("text", |row| Some(if row.group.placebo { PLACEBO } else { TARGET }));
    columns.add("reference", |_| Some(&all.run.reference.name));
    columns.add("reference_sha256", |_| Some(&all.run.reference.sha256));
    columns.add("warnings", |row| row.is_alpha.then(|| row.group.warnings.join("; ")));
    columns
}
