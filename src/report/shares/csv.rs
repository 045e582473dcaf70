//! Tidy CSV: the JSON's fields, a row per group and share. The first row of a group is alpha's; if the reference keeps
//! several LLMs apart, a row for each of them follows, and one for each sum of some that are not told apart.

use super::main::{PLACEBO, TARGET};
use super::rows::ShareRows;
use super::sources::{has_several_sources, sum_name};
use crate::estimate::{Estimate, GroupEstimate};
use crate::interval::Interval;

/// The name in the column of sources in alpha's row.
const ALL_LLMS: &str = "all_llms";
/// Columns after those of the group, which are renamed if they clash with these.
const COLUMNS: [&str; 33] = [
    "source",
    "identified",
    "unit",
    "n_documents",
    "n_units",
    "alpha",
    "standard_error",
    "lower",
    "upper",
    "level",
    "sampling_lower",
    "sampling_upper",
    "band_lower",
    "band_upper",
    "systematic_error",
    "mixed_share",
    "mixed_lower",
    "mixed_upper",
    "bound_documents",
    "bound_upper_generated",
    "bound_upper_rewritten",
    "bound_breakdown",
    "human_text",
    "design_effect",
    "p_zero",
    "misfit_distance",
    "misfit_tolerance",
    "misfit_p_value",
    "misfit_flagged",
    "text",
    "reference",
    "reference_sha256",
    "warnings",
];

/// Renders an estimate as CSV, with a line break at the end.
pub fn estimate_csv(estimate: &Estimate) -> String {
    render_with(&ShareRows::from(estimate), &[], &|_| vec![])
}

/// Renders the CSV with `more` columns at the end, whose cells `cells` returns for the row of this number.
pub(in crate::report) fn render_with(
    all: &ShareRows<'_>,
    more: &[&str],
    cells: &dyn Fn(usize) -> Vec<String>,
) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail; the row lengths agree by construction.
    let header = all.group_names(&COLUMNS).into_iter().chain(COLUMNS.iter().chain(more).map(|&name| name.to_owned()));
    let _ = writer.write_record(header);
    for (number, row) in all.groups.iter().enumerate() {
        let groups: Vec<String> = row.group.iter().map(|(_, value)| value.clone().unwrap_or_default()).collect();
        for share in shares_of(row) {
            let _ = writer.write_record(groups.iter().cloned().chain(record(all, row, share)).chain(cells(number)));
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Alpha, or the share of some sources.
struct Share {
    source: String,
    /// Whether it is alpha; values that hold only for alpha are written in its row alone.
    is_alpha: bool,
    identified: Option<bool>,
    share: Option<f64>,
    interval: Option<Interval>,
}

fn shares_of(row: &GroupEstimate) -> Vec<Share> {
    let mut shares = vec![Share {
        source: ALL_LLMS.to_owned(),
        is_alpha: true,
        identified: row.alpha().map(|_| true),
        share: row.alpha(),
        interval: row.interval(),
    }];
    if let Some(found) = row.outcome.as_ref().filter(|found| has_several_sources(found)) {
        shares.extend(found.sources[1..].iter().map(|of| Share {
            source: of.name.clone(),
            is_alpha: false,
            identified: Some(of.identified),
            share: of.share,
            interval: of.interval,
        }));
        shares.extend(found.source_sums.iter().map(|sum| Share {
            source: sum_name(&sum.names),
            is_alpha: false,
            identified: Some(true),
            share: Some(sum.share),
            interval: Some(sum.interval),
        }));
    }
    shares
}

/// Returns the cells of [`COLUMNS`].
fn record(all: &ShareRows<'_>, row: &GroupEstimate, of: Share) -> [String; COLUMNS.len()] {
    let flag = |value: Option<bool>| value.map_or_else(String::new, |value| value.to_string());
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let found = row.outcome.as_ref().filter(|_| of.is_alpha);
    let misfit = found.and_then(|of| of.misfit);
    let sampling = found.and_then(|of| of.sampling_interval);
    let band = found.and_then(|of| of.band.as_ref());
    let strata = found.and_then(|of| of.strata);
    let bound = strata.and_then(|of| of.bound);
    [
        of.source,
        flag(of.identified),
        all.run.unit.to_string(),
        row.n_documents.to_string(),
        row.n_units.to_string(),
        number(of.share),
        number(found.map(|of| of.standard_error)),
        number(of.interval.map(|interval| interval.lower)),
        number(of.interval.map(|interval| interval.upper)),
        all.run.level.to_string(),
        number(sampling.map(|interval| interval.lower)),
        number(sampling.map(|interval| interval.upper)),
        number(band.map(|band| band.lower)),
        number(band.map(|band| band.upper)),
        number(found.and_then(|of| of.systematic_error)),
        number(strata.map(|of| of.mixed.share)),
        number(strata.map(|of| of.mixed.interval.lower)),
        number(strata.map(|of| of.mixed.interval.upper)),
        number(bound.map(|of| of.documents)),
        number(bound.and_then(|of| of.upper_generated)),
        number(bound.and_then(|of| of.upper_rewritten)),
        number(bound.map(|of| of.breakdown)),
        strata.map_or_else(String::new, |of| of.human_text.name().to_owned()),
        number(found.and_then(|of| of.design_effect)),
        number(found.and_then(|of| of.p_zero)),
        number(misfit.map(|misfit| misfit.distance)),
        number(misfit.map(|misfit| misfit.tolerance)),
        number(misfit.map(|misfit| misfit.p_value)),
        flag(misfit.map(|misfit| misfit.flagged)),
        if row.placebo { PLACEBO } else { TARGET }.to_owned(),
        all.run.reference.name.clone(),
        all.run.reference.sha256.clone(),
        if of.is_alpha { row.warnings.join("; ") } else { String::new() },
    ]
}
