//! The page of a trend.

use super::csv::trend_csv;
use super::figure::trend_figure;
use super::rows::{explain_last_misfit, rows, share_rows};
use super::{methods, terms};
use crate::estimate::GroupEstimate;
use crate::plot::FigureOptions;
use crate::reference::Reference;
use crate::report::citations;
use crate::report::page::{Block, Download, Medium, Page, Table};
use crate::report::shares::{
    Named, PLACEBO, ShareRows, by_text, caption, columns, meaning, notes, sources, strata, table,
};
use crate::report::wording::phrases::named;
use crate::report::wording::{trend_headline, trend_sentences};
use crate::trend::{PeriodEstimate, Trend};

/// Returns the page of a trend that was estimated with `reference`, with its figure in the look of `options`.
pub fn trend_page(trend: &Trend, reference: &Reference, options: &FigureOptions) -> Page {
    let remarks: Vec<String> = rows(trend).into_iter().map(|(period, of)| remark(period, of)).collect();
    let mut all = share_rows(trend);
    let (sources, strata) = (sources(&all), strata(&all));
    // The last column says which rows are the control's.
    let groups = all.groups.to_mut();
    groups.iter_mut().for_each(|row| row.placebo = false);
    explain_last_misfit(groups);
    let title = || format!("LLM share of {}s over time", trend.run.unit);
    let mut page = Page {
        title: options.title.clone().unwrap_or_else(title),
        headline: trend_headline(trend),
        notes: notes(&all),
        downloads: vec![Download::csv("trend.csv", trend_csv(trend))],
        ..Page::default()
    };
    let signs = trend.ageing.reasons.iter().filter(|_| trend.ageing.aged);
    page.add_list("", signs.map(ToString::to_string).collect());
    page.add_for(Medium::Markdown, Block::List { heading: "What this means".into(), items: means(trend) });
    page.add_for(Medium::Html, Block::Figure("trend.svg", Box::new(trend_figure(trend, options))));
    page.add_list("What changed", sentences(trend));
    page.add(Block::Table(main_table(&all, &remarks)));
    page.add(Block::Table(strata));
    page.add(Block::Caption(caption(&all)));
    page.add_for(Medium::Markdown, Block::Table(sources));
    page.add_for(Medium::Markdown, Block::Caption(marked(trend)));
    let cited = vec![citations::liang(), citations::this(&trend.run.tool)];
    page.add_for(Medium::Html, Block::Terms { heading: "How to read it", entries: terms::of(trend) });
    page.add_for(Medium::Markdown, Block::Methods { paragraphs: methods::of(trend, reference), citations: cited });
    page.add_for(Medium::Markdown, Block::Command(trend.command.clone()));
    page
}

/// Returns the table of all rows, with their remarks in a column of its own where there are some.
fn main_table(all: &ShareRows<'_>, remarks: &[String]) -> Table {
    let mut columns = columns(all);
    if remarks.iter().any(|remark| !remark.is_empty()) {
        let place = |row: &&GroupEstimate| all.groups.iter().position(|other| std::ptr::eq(other, *row));
        columns.text("notes", move |row| place(row).map_or_else(String::new, |at| remarks[at].clone()));
    }
    table(all, columns)
}

fn remark(period: Option<&PeriodEstimate>, of: &GroupEstimate) -> String {
    let small = period.is_some_and(|of| of.is_small);
    let artefact = period.is_some_and(|of| of.artefact.is_some());
    let all = [(of.placebo, PLACEBO), (small, "small"), (artefact, "artefact: old reference")];
    all.iter().filter(|(holds, _)| *holds).map(|(_, remark)| *remark).collect::<Vec<_>>().join(", ")
}

/// Returns what the latest period of each series means.
fn means(trend: &Trend) -> Vec<String> {
    let latest = trend.series.iter().filter_map(|series| {
        let last = series.periods.iter().rfind(|of| of.is_solid_target())?;
        Some((series.name.clone(), last))
    });
    let latest: Vec<(String, &PeriodEstimate)> = latest.collect();
    let here = latest.first().map_or_else(String::new, |(_, of)| format!("In {}", of.period.label));
    let groups: Vec<Named<'_>> = latest.iter().map(|(name, of)| (name.clone(), &of.estimate)).collect();
    let several = format!("In the last {} of each series", trend.period);
    meaning(&trend.run, &groups, [&here, &several], &trend.periods().map(|of| &of.estimate).collect::<Vec<_>>())
}

/// Names the dates that the figure marks.
fn marked(trend: &Trend) -> Vec<String> {
    let events: Vec<String> = trend.events.iter().map(|event| format!("{} {}", event.date, event.label)).collect();
    if events.is_empty() { vec![] } else { vec![format!("Marked in the figure: {}", events.join(", "))] }
}

/// Returns the sentences of all series, each once, with the names of its series if there are several.
fn sentences(trend: &Trend) -> Vec<String> {
    let headline = trend_headline(trend);
    let of_series = trend.series.iter().flat_map(|series| {
        // What the headline says is said once.
        let mut new = trend_sentences(trend, series);
        new.retain(|sentence| !headline.starts_with(sentence.as_str()));
        new.into_iter().map(|sentence| (series.name.clone(), sentence))
    });
    by_text(of_series).into_iter().map(|(sentence, names)| named(&names.join(", "), sentence)).collect()
}
