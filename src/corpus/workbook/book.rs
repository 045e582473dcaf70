//! A workbook that is open, of either kind.

use std::fs::File;
use std::io::BufReader;

use calamine::{Reader, SheetType, SheetVisible, Xlsx};

use super::cells::PackedRows;
use super::rows::{SheetRows, Source};
use super::size::{check_size, too_large};
use super::values::bad;
use super::xml_rows::{XmlRows, XmlSheet, sheets};
use crate::corpus::CorpusError;
use crate::corpus::context::Context;
use crate::corpus::input::read_error;
use crate::guard::guard;

/// A workbook and the names of its sheets.
pub(super) struct Workbook {
    kind: Kind,
    sheets: Vec<SheetName>,
}

enum Kind {
    Packed(Box<Xlsx<BufReader<File>>>),
    Xml(File),
}

/// What a workbook says of a sheet.
#[derive(Debug, Clone)]
pub(super) struct SheetName {
    pub(super) name: String,
    /// Whether it holds cells, rather than a chart or the like.
    pub(super) has_cells: bool,
    pub(super) is_visible: bool,
}

impl Workbook {
    /// Opens an `.xlsx` file.
    pub(super) fn of_packed(context: &Context, file: File) -> Result<Workbook, CorpusError> {
        check_size(context, &file)?;
        let workbook = guard(|| Xlsx::new(BufReader::new(file))).map_err(|reason| bad(context, reason))?;
        let sheets = workbook.sheets_metadata().iter().map(|sheet| SheetName {
            name: sheet.name.clone(),
            has_cells: sheet.typ == SheetType::WorkSheet,
            is_visible: sheet.visible == SheetVisible::Visible,
        });
        let sheets = sheets.collect();
        Ok(Workbook { kind: Kind::Packed(Box::new(workbook)), sheets })
    }

    /// Opens a workbook in XML.
    pub(super) fn of_xml(context: &Context, file: File) -> Result<Workbook, CorpusError> {
        let n_bytes = file.metadata().map_err(|error| read_error(context.file(), error, 0))?.len();
        too_large(context, n_bytes)?;
        let of_sheet = |XmlSheet { name, is_visible }| SheetName { name, has_cells: true, is_visible };
        let sheets = sheets(context, &file)?.into_iter().map(of_sheet).collect();
        Ok(Workbook { kind: Kind::Xml(file), sheets })
    }

    /// Returns the sheets in their order.
    pub(super) fn sheets(&self) -> &[SheetName] {
        &self.sheets
    }

    /// Returns the rows of the sheet at this place.
    pub(super) fn open(&mut self, context: &Context, at: usize) -> Result<SheetRows<'_>, CorpusError> {
        let rows = match &mut self.kind {
            Kind::Packed(workbook) => {
                let name = &self.sheets[at].name;
                let cells = guard(|| workbook.worksheet_cells_reader(name)).map_err(|reason| bad(context, reason))?;
                Source::Packed(Box::new(PackedRows::new(cells)))
            }
            Kind::Xml(file) => Source::Xml(Box::new(XmlRows::of_sheet(context, file, at)?)),
        };
        Ok(SheetRows::new(rows))
    }
}
