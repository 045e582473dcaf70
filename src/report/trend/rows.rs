//! The rows of a trend, so that its cells, caption and notes are those of an estimate.

use crate::estimate::{GroupEstimate, IntervalMethod, Method};
use crate::report::shares::ShareRows;
use crate::report::undated::undated;
use crate::report::wording::period_warnings;
use crate::trend::{PeriodEstimate, Trend};

/// The column of the period, and its value without a period.
const PERIOD: &str = "period";
const UNDATED: &str = "undated";
/// Columns of the CSV after those of an estimate.
pub(super) const MORE: [&str; 4] = ["period_first", "period_last", "small", "artefact"];

/// Returns the rows, series by series, each by period, the undated last.
pub(super) fn rows(trend: &Trend) -> Vec<(Option<&PeriodEstimate>, &GroupEstimate)> {
    let of_series = trend.series.iter().map(|series| {
        let periods = series.periods.iter().map(|of| (Some(of), &of.estimate));
        periods.chain(series.undated.iter().map(|of| (None, of))).collect::<Vec<_>>()
    });
    of_series.collect::<Vec<_>>().concat()
}

/// Returns the rows by group and period.
pub(super) fn share_rows(trend: &Trend) -> ShareRows<'_> {
    let row = |(period, of): (Option<&PeriodEstimate>, &GroupEstimate)| {
        let mut row = of.clone();
        row.group.iter_mut().filter(|(column, _)| is_taken(column)).for_each(|(column, _)| column.insert_str(0, "by_"));
        if let Some(period) = period {
            row.warnings = period_warnings(period, trend.run.unit);
        }
        let label = period.map_or_else(|| UNDATED.to_owned(), |of| of.period.label.clone());
        row.group.push((PERIOD.to_owned(), Some(label)));
        row
    };
    let in_row = |note| format!("{note}; they are in the row {UNDATED}");
    ShareRows {
        run: &trend.run,
        method: Method::Calibrated,
        interval_method: IntervalMethod::Score,
        groups: rows(trend).into_iter().map(row).collect(),
        warnings: trend.warnings.iter().map(ToString::to_string).chain(undated(&trend.undated).map(in_row)).collect(),
    }
}

fn is_taken(column: &str) -> bool {
    column == PERIOD || MORE.contains(&column)
}

/// Keeps the misfit words of only the last flagged period of a series; the others mostly have the same ones.
pub(super) fn explain_last_misfit(rows: &mut [GroupEstimate]) {
    for at in 0..rows.len() {
        let n = rows[at].group.len().saturating_sub(1);
        let is_last = !rows[at + 1..].iter().any(|row| row.group[..n] == rows[at].group[..n] && row.is_misfit());
        if !is_last {
            rows[at].outcome.iter_mut().for_each(|found| found.misfit_words.clear());
        }
    }
}
