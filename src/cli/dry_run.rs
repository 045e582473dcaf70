//! `estimate --dry-run`: how the input would be read, without an estimate.

use std::collections::BTreeMap;

use serde::Serialize;

use super::args::TargetArgs;
use super::dates::DateColumns;
use super::select::{Selected, select};
use super::target::score_tables;
use crate::corpus::{Document, FileSummary, ReadSummary, Span, find_inputs, read_corpus};
use crate::estimate::CutSummary;
use crate::progress::Progress;
use crate::report::{Output, cut_note};
use crate::tokenize::{UnitRule, UnitVisitor, visit_units};

/// Documents whose units are counted.
const N_SHOWN: usize = 3;
/// Characters of an id that are shown.
const MAX_ID_CHARACTERS: usize = 60;

/// What was recognised.
#[derive(Debug, Serialize)]
struct Recognised {
    /// Files that are read alike.
    files: Vec<Alike>,
    n_documents: u64,
    n_documents_without_text: u64,
    n_documents_invalid_utf8: u64,
    /// What is cut from running text as not prose.
    cut: Option<CutSummary>,
    skipped: BTreeMap<&'static str, u64>,
    other_languages: BTreeMap<&'static str, u64>,
    /// What share of the documents that is, 0 to 1.
    other_language_share: Option<f64>,
    /// The column with dates, the documents that have one, and the first and the last day.
    date: Option<DateRange>,
    unit: &'static str,
    /// The first documents and how many units they have.
    first_documents: Vec<Sample>,
}

#[derive(Debug, Serialize)]
struct Alike {
    n_files: usize,
    /// The first of them.
    name: String,
    format: &'static str,
    layout: Option<&'static str>,
    text_fields: Vec<String>,
    id_field: Option<String>,
    n_documents: u64,
}

#[derive(Debug, Serialize)]
struct DateRange {
    field: String,
    n_documents: u64,
    first: String,
    last: String,
}

#[derive(Debug, Serialize)]
struct Sample {
    id: Option<String>,
    n_units: usize,
}

/// What `--dry-run` prints.
pub fn dry_run(arguments: &TargetArgs, output: Output, progress: &dyn Progress) -> anyhow::Result<String> {
    anyhow::ensure!(
        score_tables(&arguments.input.inputs)?.is_empty(),
        "--dry-run says how text is read, and these are score tables [leave it out]"
    );
    let unit = unit(arguments)?;
    let dates = DateColumns::new(arguments.control.date_field.as_ref());
    let mut required = arguments.by.clone();
    required.extend(dates.names.iter().filter(|_| dates.is_named).cloned());
    let optional = if dates.is_named { Vec::new() } else { dates.names.clone() };
    let n_by = arguments.by.len();
    let mut days: Vec<Option<(u64, Span)>> = vec![None; dates.names.len()];
    let mut first_documents = Vec::new();
    progress.step("reading");
    let options = arguments.input.reading.options(required, optional);
    let summary = read_corpus(&find_inputs(&arguments.input.inputs)?, &options, &mut |batch| {
        for document in &batch {
            document.values[n_by..].iter().zip(&mut days).for_each(|(value, days)| widen(days, value.as_deref()));
        }
        let shown = batch.iter().take(N_SHOWN - first_documents.len());
        first_documents.extend(shown.map(|document| sample(document, unit)));
        Ok(())
    })?;
    let found = dates.names.iter().zip(days).find_map(|(name, days)| days.map(|days| (name, days)));
    let date = found.map(|(field, (n_documents, Span { first, last }))| DateRange {
        field: field.clone(),
        n_documents,
        first: first.to_string(),
        last: last.to_string(),
    });
    let recognised = recognised(summary, date, unit, first_documents);
    Ok(match output {
        Output::Json => serde_json::to_string_pretty(&recognised)? + "\n",
        _ => recognised.text(),
    })
}

/// The unit that an estimate would have: the one asked for, else the reference's.
fn unit(arguments: &TargetArgs) -> anyhow::Result<UnitRule> {
    let selected = match (arguments.unit, &arguments.reference) {
        (Some(unit), _) => return Ok(UnitRule::from(unit)),
        (None, None) => return Ok(UnitRule::default()),
        (None, Some(name)) => select(name)?,
    };
    Ok(match selected {
        Selected::Fitted(reference, _) => reference.settings.unit,
        Selected::Published(..) => UnitRule::default(),
    })
}

/// Takes another date into the range.
fn widen(days: &mut Option<(u64, Span)>, value: Option<&str>) {
    let Some(span) = value.and_then(crate::corpus::span) else { return };
    let (n, known) = days.unwrap_or((0, span));
    *days = Some((n + 1, Span { first: known.first.min(span.first), last: known.last.max(span.last) }));
}

fn sample(document: &Document, unit: UnitRule) -> Sample {
    struct Count(usize);
    impl UnitVisitor for Count {
        fn word(&mut self, _: &str) {}
        fn end_unit(&mut self, counts: bool) {
            self.0 += usize::from(counts);
        }
    }
    let mut count = Count(0);
    visit_units(&document.text, unit, &mut String::new(), &mut count);
    let shown = |id: &String| id.chars().filter(|c| !c.is_control()).take(MAX_ID_CHARACTERS).collect();
    Sample { id: document.id.as_ref().map(shown), n_units: count.0 }
}

fn recognised(
    summary: ReadSummary,
    date: Option<DateRange>,
    unit: UnitRule,
    first_documents: Vec<Sample>,
) -> Recognised {
    let other_language_share = summary.other_language_share();
    let mut files: Vec<Alike> = Vec::new();
    for file in &summary.files {
        match files.iter_mut().find(|known| known.is_like(file)) {
            Some(known) => {
                known.n_files += 1;
                known.n_documents += file.n_documents;
            }
            None => files.push(Alike::of(file)),
        }
    }
    Recognised {
        files,
        n_documents: summary.n_documents,
        n_documents_without_text: summary.n_without_text,
        n_documents_invalid_utf8: summary.n_invalid_utf8,
        cut: CutSummary::new(&summary.cut),
        skipped: summary.skipped.iter().map(|(reason, n)| (reason.name(), *n)).collect(),
        other_languages: summary.other_languages,
        other_language_share,
        date,
        unit: match unit {
            UnitRule::Sentence => "sentence",
            UnitRule::Document => "document",
        },
        first_documents,
    }
}

impl Alike {
    fn of(file: &FileSummary) -> Alike {
        Alike {
            n_files: 1,
            name: file.name.clone(),
            format: file.format.name(),
            layout: file.layout.map(|layout| layout.name()),
            text_fields: file.text_fields.clone(),
            id_field: file.id_field.clone(),
            n_documents: file.n_documents,
        }
    }

    fn is_like(&self, file: &FileSummary) -> bool {
        self.format == file.format.name()
            && self.layout == file.layout.map(|layout| layout.name())
            && self.text_fields == file.text_fields
            && self.id_field == file.id_field
    }

    fn lines(&self) -> String {
        let others = match self.n_files {
            1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        let layout = self.layout.map(|layout| format!(", layout {layout}")).unwrap_or_default();
        let none = |what: &str| format!("no {what}");
        let text = match &self.text_fields[..] {
            [] => "the file".to_owned(),
            fields => fields.join(", "),
        };
        format!(
            "{}{others}: {}{layout}, {} documents\n  text: {text}\n  id: {}\n",
            self.name,
            self.format,
            self.n_documents,
            self.id_field.clone().unwrap_or_else(|| none("column"))
        )
    }
}

impl Recognised {
    fn text(&self) -> String {
        let mut text: String = self.files.iter().map(Alike::lines).collect();
        text += &match &self.date {
            Some(DateRange { field, n_documents, first, last }) => {
                format!("date: {field}, {n_documents} of {} documents, {first} to {last}\n", self.n_documents)
            }
            None => "date: no column with a readable date [name it with --date-field]\n".to_owned(),
        };
        text += &format!("documents: {}, {} without text\n", self.n_documents, self.n_documents_without_text);
        let counts = |counts: &BTreeMap<&str, u64>| {
            counts.iter().map(|(name, n)| format!("{n} {name}")).collect::<Vec<_>>().join(", ")
        };
        if self.n_documents_invalid_utf8 > 0 {
            text += &format!("bytes that are not UTF-8: in {} documents\n", self.n_documents_invalid_utf8);
        }
        if let Some(note) = self.cut.as_ref().and_then(|cut| cut_note(&cut.tally)) {
            text += &(note + "\n");
        }
        if !self.skipped.is_empty() {
            text += &format!("left out: {}\n", counts(&self.skipped));
        }
        if let Some(share) = self.other_language_share {
            text += &format!("not in English: {:.1} % ({})\n", 100.0 * share, counts(&self.other_languages));
        }
        for Sample { id, n_units } in &self.first_documents {
            let id = id.as_deref().unwrap_or("(no id)");
            text += &format!("  {id}: {n_units} {}{}\n", self.unit, if *n_units == 1 { "" } else { "s" });
        }
        text
    }
}
