//! The results of `validate`, as table, Markdown, CSV or JSON.

use std::collections::BTreeSet;

use super::cells::{percent, thousands};
use super::input::source_notes;
use super::markdown;
use super::output::Output;
use super::table::{aligned, trimmed};
use crate::reference::{SystematicError, Tau};
use crate::validate::{Cell, Method, MethodCell, StratumResult, Validation};

/// Names of the columns, as in the CSV and, with spaces, in tables.
const COLUMNS: [&str; 9] =
    ["truth", "units", "mixtures", "method", "bias", "mean error", "RMSE", "covered", "mean width"];
const FLAGGED: &str = "flagged";

/// Renders the whole text of a validation, with a line break at the end.
pub fn render_validation(validation: &Validation, output: Output) -> String {
    match output {
        Output::Json => serde_json::to_string_pretty(validation).unwrap_or_default() + "\n",
        Output::Csv => csv(validation),
        Output::Table => text(validation, &|header, n_left, rows| {
            let mut table = aligned(header, n_left);
            table.add_rows(rows);
            trimmed(&table)
        }),
        Output::Markdown => {
            text(validation, &|header, n_left, rows| markdown::table(&header, &|column| column < n_left, &rows) + "\n")
        }
    }
}

/// A function that renders a table whose first columns are text.
type Print<'a> = &'a dyn Fn(Vec<String>, usize, Vec<Vec<String>>) -> String;

fn text(validation: &Validation, print: Print<'_>) -> String {
    let header = || COLUMNS.into_iter().chain([FLAGGED]).map(str::to_owned).collect::<Vec<_>>();
    let rows = validation.cells.iter().flat_map(rows_of).collect();
    let mut text = print(header(), 0, rows);
    text += "Truth, errors and widths in percentage points; covered and flagged in % of mixtures.\n";
    if validation.cells.iter().any(|cell| cell.n_mixtures > 1) {
        text += "Documents are drawn by chance with the true share: errors are from the share in each mixture, and intervals are to hold the true one.\n";
    }
    if !validation.strata.is_empty() {
        let header = ["left out", "value", "truth", "units", "method", "bias", "mean error", "covered", "flagged"];
        let rows = validation.strata.iter().flat_map(rows_of_stratum).collect();
        text += &format!(
            "\nWithout each in turn, at the largest size:\n\n{}",
            print(header.map(str::to_owned).to_vec(), 2, rows)
        );
    }
    if let Some(learnt) = &validation.systematic_error {
        text += &format!("\n{}\n", systematic_error(learnt));
        text += &coverage_by_size(&validation.cells);
    }
    text += &format!(
        "\nReference \"{}\"; {} % of groups held out; {}s; seed {}; level {} %.\n",
        validation.run.reference.name,
        percent(validation.held_out_share, 1),
        validation.run.unit,
        validation.run.seed,
        percent(validation.run.level, 0)
    );
    let of_inputs = source_notes(&validation.inputs, validation.run.unit);
    validation.notes.iter().chain(&of_inputs).for_each(|note| text += &format!("! {note}\n"));
    text
}

fn rows_of(cell: &Cell) -> Vec<Vec<String>> {
    let row = |of: &MethodCell| {
        vec![
            percent(cell.alpha, 1),
            thousands(cell.n_units),
            cell.n_mixtures.to_string(),
            name(of.method).to_owned(),
            signed(of.bias),
            percent(of.mean_absolute_error, 2),
            percent(of.rmse, 2),
            percent(of.coverage, 1),
            percent(of.mean_width, 2),
            of.flagged.map_or_else(|| "-".to_owned(), |flagged| percent(flagged, 0)),
        ]
    };
    cell.methods.iter().map(row).collect()
}

fn rows_of_stratum(result: &StratumResult) -> Vec<Vec<String>> {
    let largest = result.cells.iter().map(|cell| cell.n_units).max().unwrap_or_default();
    let of_cell = |cell: &Cell| {
        let row = |of: &MethodCell| {
            vec![
                result.stratum.left_out.clone(),
                shortened(&result.stratum.value),
                percent(cell.alpha, 1),
                thousands(cell.n_units),
                name(of.method).to_owned(),
                signed(of.bias),
                percent(of.mean_absolute_error, 2),
                percent(of.coverage, 0),
                of.flagged.map_or_else(|| "-".to_owned(), |flagged| percent(flagged, 0)),
            ]
        };
        let own = cell.methods.iter().filter(|of| matches!(of.method, Method::Calibrated | Method::CalibratedTau));
        own.map(row).collect::<Vec<_>>()
    };
    result.cells.iter().filter(|cell| cell.n_units == largest).flat_map(of_cell).collect()
}

/// Describes coverage at each size over all shares, without and with tau: 95 % on average need not be 95 % at every size.
fn coverage_by_size(cells: &[Cell]) -> String {
    let sizes: BTreeSet<usize> = cells.iter().map(|cell| cell.n_units).collect();
    let line = |n_units: usize| {
        let covered = |method: Method| {
            let of_size = cells.iter().filter(|cell| cell.n_units == n_units);
            let found = of_size.flat_map(|cell| {
                let of = cell.methods.iter().find(|of| of.method == method);
                of.map(|of| (cell.n_mixtures as f64, of.coverage))
            });
            let (n, sum) = found.fold((0.0, 0.0), |(n, sum), (more, share)| (n + more, sum + more * share));
            percent(sum / n, 1)
        };
        let [without, with] = [Method::Calibrated, Method::CalibratedTau].map(covered);
        format!("{without} and {with} % at {} units", thousands(n_units))
    };
    let lines: Vec<String> = sizes.into_iter().map(line).collect();
    format!("By size, without and with it: {}.\n", lines.join("; "))
}

/// Describes in two sentences how the systematic error was learnt.
pub(super) fn systematic_error(learnt: &SystematicError) -> String {
    let tau = |tau: Tau| {
        format!(
            "{} points in human text; in LLM text {} of estimates that are too low and {} of those too high",
            percent(tau.human, 2),
            percent(tau.llm_below, 2),
            percent(tau.llm_above, 2)
        )
    };
    format!(
        "Systematic error tau: {}; with a control {}. Learnt from {} strata ({}) left out in turn; 95 % intervals there hold the truth in \
         {} % of {} mixtures without it, and in {} % with what the other strata teach.",
        tau(learnt.tau),
        tau(learnt.with_control),
        learnt.n_strata,
        learnt.left_out.join(", "),
        percent(learnt.coverage_without, 1),
        thousands(learnt.n_mixtures),
        percent(learnt.coverage_with, 1),
    )
}

/// Cuts long values, such as grades spelt out, to the width of a table.
fn shortened(value: &str) -> String {
    const MOST: usize = 28;
    if value.chars().count() <= MOST {
        value.to_owned()
    } else {
        value.chars().take(MOST - 3).collect::<String>() + "..."
    }
}

fn signed(share: f64) -> String {
    format!("{:+.2}", share * 100.0)
}

pub(super) fn name(method: Method) -> &'static str {
    match method {
        Method::Calibrated => "calibrated",
        Method::CalibratedTau => "calibrated, tau",
        Method::Control => "control",
        Method::ControlTau => "control, tau",
        Method::Liang => "liang",
    }
}

fn csv(validation: &Validation) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let header = ["left_out", "value", "alpha", "n_units", "n_mixtures", "method", "mean_estimate", "bias"];
    let more = ["mean_absolute_error", "worst_error", "rmse", "coverage", "mean_width", "flagged"];
    // Writing to memory cannot fail; the row lengths agree by construction.
    let _ = writer.write_record(header.into_iter().chain(more));
    let all = validation.cells.iter().map(|cell| ("", "", cell));
    let strata = validation.strata.iter().flat_map(|result| {
        result.cells.iter().map(|cell| (result.stratum.left_out.as_str(), result.stratum.value.as_str(), cell))
    });
    for (left_out, value, cell) in all.chain(strata) {
        for of in &cell.methods {
            let numbers = [
                of.mean_estimate,
                of.bias,
                of.mean_absolute_error,
                of.worst_error,
                of.rmse,
                of.coverage,
                of.mean_width,
            ];
            let first = [left_out.to_owned(), value.to_owned(), cell.alpha.to_string(), cell.n_units.to_string()];
            let middle = [cell.n_mixtures.to_string(), name(of.method).to_owned()];
            let flagged = of.flagged.map_or_else(String::new, |flagged| flagged.to_string());
            let _ = writer.write_record(
                first.into_iter().chain(middle).chain(numbers.map(|number| number.to_string())).chain([flagged]),
            );
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
