//! Excel workbooks: the rows of the sheet that is a table with text, and of all other sheets with the same columns. Hidden sheets
//! are read only if no other has text.

mod book;
mod cells;
mod rows;
mod size;
mod values;
mod xml_rows;

use self::book::{SheetName, Workbook};
use self::rows::{Header, SheetRows};
use super::context::{Context, Outcome};
use super::error::CorpusError;
use super::format::Format;
use super::input::{Bytes, into_file};
use super::names::{is_review_name, is_text_name, list};
use super::note::Skipped;
use super::problem::Problem;
use super::remark::Remark;
use super::sink::Sink;
use super::table::{Table, check_names};

pub(super) use xml_rows::is_xml_workbook;

/// Reads the rows of a workbook, packed as `.xlsx` or in XML.
pub(super) fn read(context: &Context, bytes: Bytes, format: Format, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let (file, sha256) = into_file(context.input, bytes)?;
    let mut workbook = match format {
        Format::ExcelXml => Workbook::of_xml(context, file)?,
        _ => Workbook::of_packed(context, file)?,
    };
    let sheets = look(context, &mut workbook)?;
    let (chosen, header) = choose(context, &sheets)?;
    let has_columns = |sheet: &&Sheet| sheet.header.as_ref().is_some_and(|of| of.has_columns_of(header));
    let is_like = |sheet: &&Sheet| has_columns(sheet) && sheet.is_visible == chosen.is_visible;
    let (read, others): (Vec<&Sheet>, Vec<&Sheet>) = sheets.iter().partition(is_like);
    let mut table = Table::new(context);
    let mut n_cells = 0;
    for sheet in &read {
        let mut rows = workbook.open(context, sheet.at)?;
        rows.header(context)?;
        let names = &sheet.header.as_ref().unwrap_or(header).names;
        rows.hand_over(context, &sheet.name, names, &mut table, sink)?;
        n_cells += rows.n_without_value();
    }
    others.iter().for_each(|_| sink.skip(Skipped::OtherSheet));
    let mut found = table.finish(sink)?;
    found.remarks.extend((!header.is_written).then_some(Remark::NoHeader));
    found.remarks.extend((header.n_more > 0).then_some(Remark::HeaderRows { n_more: header.n_more }));
    found.remarks.extend((n_cells > 0).then_some(Remark::Formulas { n_cells }));
    found.remarks.extend(of_sheets(&read, &others));
    Ok(Outcome { format, sha256, found })
}

/// A sheet as its first rows show it.
struct Sheet {
    /// Place among all sheets.
    at: usize,
    name: String,
    is_visible: bool,
    /// Its header; none if it is empty or holds no cells.
    header: Option<Header>,
    kind: Kind,
}

/// What a sheet holds.
enum Kind {
    /// No row.
    Empty,
    /// A chart or the like.
    NoCells,
    /// No column of text, and the error that says so.
    NoText(CorpusError),
    Text(Likeness),
}

/// How much a sheet with text is like a table of documents, rather than lines of notes about one; what counts most is first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Likeness {
    is_visible: bool,
    /// Whether a column has a usual name of text.
    is_named: bool,
    /// Whether it is called reviews; EasyChair's workbooks have submissions with abstracts before them.
    is_review: bool,
    has_several_columns: bool,
    has_header: bool,
}

/// Looks at the first rows of all sheets.
fn look(context: &Context, workbook: &mut Workbook) -> Result<Vec<Sheet>, CorpusError> {
    let sheets = workbook.sheets().to_vec();
    let mut looked = Vec::with_capacity(sheets.len());
    for (at, SheetName { name, has_cells, is_visible }) in sheets.into_iter().enumerate() {
        if !has_cells {
            looked.push(Sheet { at, name, is_visible, header: None, kind: Kind::NoCells });
            continue;
        }
        let mut rows = workbook.open(context, at)?;
        let header = rows.header(context)?;
        let kind = header.as_ref().map_or(Kind::Empty, |header| kind(context, &rows, header, &name, is_visible));
        looked.push(Sheet { at, name, is_visible, header, kind });
    }
    Ok(looked)
}

fn kind(context: &Context, rows: &SheetRows, header: &Header, sheet: &str, is_visible: bool) -> Kind {
    if let Err(error) = check_names(context, &header.names).and_then(|()| rows.check(context, &header.names)) {
        return Kind::NoText(error);
    }
    Kind::Text(Likeness {
        is_visible,
        is_named: header.names.iter().any(|name| is_text_name(name)),
        is_review: is_review_name(sheet),
        has_several_columns: header.names.iter().filter(|name| !name.is_empty()).count() > 1,
        has_header: header.is_written,
    })
}

/// Returns the sheet that is most like a table of documents, and its header; of several, the first.
fn choose<'s>(context: &Context, sheets: &'s [Sheet]) -> Result<(&'s Sheet, &'s Header), CorpusError> {
    let likeness = |sheet: &'s Sheet| match (&sheet.kind, &sheet.header) {
        (Kind::Text(likeness), Some(header)) => Some((*likeness, sheet, header)),
        _ => None,
    };
    // The last of the greatest is taken.
    let found = sheets.iter().rev().filter_map(likeness).max_by_key(|(likeness, ..)| *likeness);
    if let Some((_, sheet, header)) = found {
        return Ok((sheet, header));
    }
    let problem = sheets.iter().find_map(|sheet| match &sheet.kind {
        Kind::NoText(error) => error.problem(),
        _ => None,
    });
    Err(context.problem(problem.cloned().unwrap_or(Problem::Empty { found: "no row in any sheet" })))
}

/// Returns the remark that names the sheets which were read, and those which were not although they are not empty.
fn of_sheets(read: &[&Sheet], others: &[&Sheet]) -> Option<Remark> {
    let names = |sheets: &[&Sheet]| {
        let sheets = sheets.iter().filter(|sheet| !matches!(sheet.kind, Kind::Empty));
        let shown =
            |sheet: &&Sheet| if sheet.is_visible { sheet.name.clone() } else { format!("{} (hidden)", sheet.name) };
        let shown: Vec<String> = sheets.map(shown).collect();
        list(shown.iter().map(String::as_str))
    };
    let others = names(others);
    (!others.is_empty()).then(|| Remark::Sheets { read: names(read), others })
}
