//! The page of a validation.

use std::collections::BTreeSet;

use super::meaning;
use crate::numbers::{level, percent, signed, thousands};
use crate::reference::{SystematicError, Tau};
use crate::report::input::source_notes;
use crate::report::page::{Block, Columns, Medium, Page, Table, count};
use crate::validate::{Cell, MethodCell, MethodExamined, StratumResult, Validation};

/// A method on the mixtures of one share and size, and what was left out for them.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub left_out: &'a str,
    pub value: &'a str,
    pub cell: &'a Cell,
    pub of: &'a MethodCell,
}

/// Returns the page of a validation: error and coverage by share and size, and without each kind of text in turn.
pub fn validation_page(validation: &Validation) -> Page {
    let notes = source_notes(&validation.inputs, validation.run.unit);
    let mut page = Page {
        title: "Error and coverage on mixtures of known share".to_owned(),
        notes: validation.warnings.iter().cloned().chain(notes).collect(),
        ..Page::default()
    };
    page.add_for(Medium::Html, Block::List { heading: "What this means".into(), items: meaning::of(validation) });
    let mut columns = Columns::new();
    add_columns(&mut columns);
    page.add(Block::Table(Table::of("", columns, rows_of_all(validation))));
    let mut caption =
        vec!["Truth, errors and widths in percentage points; covered and flagged in % of mixtures".to_owned()];
    if validation.cells.iter().any(|cell| cell.n_mixtures > 1) {
        caption.push(
            "Documents are drawn at random with the true share: errors are measured from the share in each mixture, which \
             is also what intervals of the two-level model should contain; other intervals should contain the true share"
                .to_owned(),
        );
    }
    page.add(Block::Caption(caption));
    let strata = validation.strata.iter().flat_map(shown_of_stratum);
    let mut columns: Columns<'_, Row<'_>> = Columns::new();
    columns.text("left out", |row| row.left_out.to_owned());
    columns.text("value", |row| shortened(row.value));
    add_columns(&mut columns);
    page.add(Block::Table(Table::of("Without each in turn, at the largest size", columns, strata)));
    if let Some(learnt) = &validation.systematic_error {
        page.add_list("Systematic error", vec![systematic_error(learnt), coverage_by_size(&validation.cells)]);
    }
    page.add(Block::Caption(vec![format!(
        "{}; {} % of groups held out; {}s; seed {}; level {} %",
        reference(validation),
        percent(validation.held_out_share, 1),
        validation.run.unit,
        validation.run.seed,
        level(validation.run.level)
    )]));
    page
}

/// Names the reference that was examined.
fn reference(validation: &Validation) -> String {
    match validation.run.reference.name.as_str() {
        "" => "Reference fitted to part of these texts".to_owned(),
        name => format!("Reference \"{name}\""),
    }
}

/// Adds the columns of a method on some mixtures.
fn add_columns(columns: &mut Columns<'_, Row<'_>>) {
    columns.number("truth", |row| Some(points(row.cell.alpha, 1)));
    columns.number("units", |row| Some(count(row.cell.n_units)));
    columns.number("mixtures", |row| Some(count(row.cell.n_mixtures)));
    columns.text("method", |row| name(row.of.method).to_owned());
    columns.number("bias", |row| Some((signed(row.of.bias, 2), row.of.bias)));
    columns.number("mean error", |row| Some(points(row.of.mean_absolute_error, 2)));
    columns.number("RMSE", |row| Some(points(row.of.rmse, 2)));
    columns.number("covered", |row| Some(points(row.of.coverage, 1)));
    columns.number("mean width", |row| Some(points(row.of.mean_width, 2)));
    columns.number("flagged", |row| row.of.flagged.map(|flagged| points(flagged, 0)));
}

fn points(share: f64, decimals: usize) -> (String, f64) {
    (percent(share, decimals), share)
}

fn rows_of<'a>(left_out: &'a str, value: &'a str, cell: &'a Cell) -> impl Iterator<Item = Row<'a>> {
    cell.methods.iter().map(move |of| Row { left_out, value, cell, of })
}

/// Returns the rows of all strata together.
pub(super) fn rows_of_all(validation: &Validation) -> impl Iterator<Item = Row<'_>> {
    validation.cells.iter().flat_map(|cell| rows_of("", "", cell))
}

/// Returns the rows of a stratum.
pub(super) fn rows_of_stratum(result: &StratumResult) -> impl Iterator<Item = Row<'_>> {
    result.cells.iter().flat_map(|cell| rows_of(&result.stratum.left_out, &result.stratum.value, cell))
}

fn shown_of_stratum(result: &StratumResult) -> impl Iterator<Item = Row<'_>> {
    let largest = result.cells.iter().map(|cell| cell.n_units).max();
    let is_shown = |of: &Row<'_>| matches!(of.of.method, MethodExamined::Calibrated | MethodExamined::CalibratedTau);
    rows_of_stratum(result).filter(move |row| Some(row.cell.n_units) == largest && is_shown(row))
}

/// Describes coverage at each size over all shares, without and with tau: 95 % on average need not be 95 % at every size.
fn coverage_by_size(cells: &[Cell]) -> String {
    let sizes: BTreeSet<usize> = cells.iter().map(|cell| cell.n_units).collect();
    let line = |n_units: usize| {
        let covered = |method: MethodExamined| {
            let of_size = cells.iter().filter(|cell| cell.n_units == n_units);
            percent(meaning::mean(of_size, method, |of| of.coverage).unwrap_or(f64::NAN), 1)
        };
        let [without, with] = [MethodExamined::Calibrated, MethodExamined::CalibratedTau].map(covered);
        format!("{without} and {with} % at {} units", thousands(n_units))
    };
    let lines: Vec<String> = sizes.into_iter().map(line).collect();
    format!("Coverage by size, without and with tau: {}.", lines.join("; "))
}

/// Describes in two sentences how the systematic error was learnt.
pub(in crate::report) fn systematic_error(learnt: &SystematicError) -> String {
    let tau = |tau: Tau| {
        format!(
            "{} points in human text; in LLM text {} for estimates that are too low and {} for those that are too high",
            percent(tau.human, 2),
            percent(tau.llm_below, 2),
            percent(tau.llm_above, 2)
        )
    };
    format!(
        "Systematic error tau: {}; with a control {}. It was learnt from {} strata ({}) left out in turn; 95 % intervals there contain the \
         truth in {} % of {} mixtures without tau, and in {} % with the tau learnt from the other strata.",
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

pub(super) fn name(method: MethodExamined) -> &'static str {
    match method {
        MethodExamined::Calibrated => "calibrated",
        MethodExamined::CalibratedTau => "calibrated, tau",
        MethodExamined::Control => "control",
        MethodExamined::ControlTau => "control, tau",
        MethodExamined::Liang => "liang",
    }
}
