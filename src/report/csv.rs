//! Tidy CSV: the JSON's fields, a row per group and share. The first row of a group is alpha's; where the reference keeps
//! several LLMs apart, a row for each of them follows, and one for each sum of some that are not told apart.

use super::rows::{PLACEBO, TARGET};
use super::shares::{group_names, has_several_sources, sum_name};
use crate::estimate::{Estimate, GroupEstimate};
use crate::interval::Interval;

/// What alpha's row has in the column of sources.
const ALL_LLMS: &str = "all_llms";
/// Columns after those of the group, which make way for these.
const COLUMNS: [&str; 25] = [
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

pub(super) fn render(estimate: &Estimate) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail; the row lengths agree by construction.
    let header = group_names(estimate, &COLUMNS).into_iter().chain(COLUMNS.map(str::to_owned));
    let _ = writer.write_record(header);
    for row in &estimate.estimates {
        let groups: Vec<String> = row.group.iter().map(|(_, value)| value.clone().unwrap_or_default()).collect();
        for share in shares_of(row) {
            let _ = writer.write_record(groups.iter().cloned().chain(record(estimate, row, share)));
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Alpha, or the share of some sources.
struct Share {
    source: String,
    /// What holds for alpha alone is written in its row only.
    is_alpha: bool,
    identified: Option<bool>,
    share: Option<f64>,
    interval: Option<Interval>,
}

fn shares_of(row: &GroupEstimate) -> Vec<Share> {
    let mut shares = vec![Share {
        source: ALL_LLMS.to_owned(),
        is_alpha: true,
        identified: row.alpha.map(|_| true),
        share: row.alpha,
        interval: row.interval,
    }];
    if has_several_sources(row) {
        shares.extend(row.sources[1..].iter().map(|of| Share {
            source: of.name.clone(),
            is_alpha: false,
            identified: Some(of.identified),
            share: of.share,
            interval: of.interval,
        }));
        shares.extend(row.source_sums.iter().map(|sum| Share {
            source: sum_name(&sum.names),
            is_alpha: false,
            identified: Some(true),
            share: Some(sum.share),
            interval: Some(sum.interval),
        }));
    }
    shares
}

/// The cells of [`COLUMNS`].
fn record(estimate: &Estimate, row: &GroupEstimate, of: Share) -> [String; COLUMNS.len()] {
    let flag = |value: Option<bool>| value.map_or_else(String::new, |value| value.to_string());
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let of_alpha = |value: Option<f64>| number(value.filter(|_| of.is_alpha));
    let misfit = row.misfit.filter(|_| of.is_alpha);
    let sampling = row.sampling_interval.filter(|_| of.is_alpha);
    [
        of.source,
        flag(of.identified),
        estimate.unit.to_string(),
        row.n_documents.to_string(),
        row.n_units.to_string(),
        number(of.share),
        of_alpha(row.standard_error),
        number(of.interval.map(|interval| interval.lower)),
        number(of.interval.map(|interval| interval.upper)),
        estimate.level.to_string(),
        number(sampling.map(|interval| interval.lower)),
        number(sampling.map(|interval| interval.upper)),
        of_alpha(row.band.as_ref().map(|band| band.lower)),
        of_alpha(row.band.as_ref().map(|band| band.upper)),
        of_alpha(row.systematic_error),
        of_alpha(row.design_effect),
        of_alpha(row.p_zero),
        number(misfit.map(|misfit| misfit.distance)),
        number(misfit.map(|misfit| misfit.tolerance)),
        number(misfit.map(|misfit| misfit.p_value)),
        flag(misfit.map(|misfit| misfit.flagged)),
        if row.placebo { PLACEBO } else { TARGET }.to_owned(),
        estimate.reference.name.clone(),
        estimate.reference.sha256.clone(),
        if of.is_alpha { row.warnings.join("; ") } else { String::new() },
    ]
}
