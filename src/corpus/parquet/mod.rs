//! Parquet: a row is a document, read a few row groups at a time.

mod columns;
mod values;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use polars::prelude::{DataFrame, FileMetadata};

use super::context::{Context, Outcome};
use super::error::CorpusError;
use super::format::Format;
use super::input::{Bytes, into_file};
use super::names::is_document_id;
use super::problem::{Place, Problem};
use super::row::{Cell, Row};
use super::sampled::SampledColumns;
use super::sink::Sink;
use super::table::{N_SCANNED, Reading, check_names};
use crate::parquet;
use columns::type_name;

pub(super) use columns::Kind;
pub(super) use values::{Replaced, cells};

const MARK: &[u8; 4] = b"PAR1";

pub(super) fn read(context: &Context, bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let (file, sha256) = into_file(context.input, bytes)?;
    check_marks(context, &file)?;
    let bad = |reason| bad(context, reason);
    let metadata = parquet::read_metadata(&file).map_err(bad)?;
    let names: Vec<String> = metadata.schema().fields().iter().map(|field| field.name().to_owned()).collect();
    check_names(context, &names)?;
    let schema = parquet::read_schema(&file, &metadata).map_err(bad)?;
    let columns = schema.into_iter().map(|(name, dtype)| (name, Kind::of(&dtype), type_name(&dtype)));
    let table = Table { context, file: &file, metadata: &metadata, columns: columns.collect() };
    let reading = table.choose()?;
    let wanted = table.wanted(&reading)?;
    let mut n_rows = 0;
    for part in parquet::parts(&metadata, &wanted).map_err(bad)? {
        let n_more = part.num_rows as u64;
        let frame = parquet::read_part(&file, part, None).map_err(bad)?;
        table.hand_over(&frame, &wanted, n_rows, &reading, sink)?;
        n_rows += n_more;
    }
    Ok(Outcome { format: Format::Parquet, sha256, found: reading.finish()? })
}

fn check_marks(context: &Context, mut file: &File) -> Result<(), CorpusError> {
    let mut mark = |from| -> io::Result<[u8; 4]> {
        let mut mark = [0; 4];
        file.seek(from)?;
        file.read_exact(&mut mark)?;
        Ok(mark)
    };
    let reason = match (mark(SeekFrom::Start(0)), mark(SeekFrom::End(-4))) {
        (Ok(first), Ok(last)) if &first == MARK && &last == MARK => return Ok(()),
        (Ok(first), _) if &first == MARK => "it does not end with PAR1",
        (Ok(first), _) if &first == b"PARE" => "it is encrypted",
        _ => "it does not begin with PAR1",
    };
    let (what, hint) = ("not a parquet file, or cut short", "check the file, or pass --format");
    Err(context.problem(Problem::Unreadable { what, reason: reason.to_owned(), hint }))
}

fn bad(context: &Context, reason: String) -> CorpusError {
    let (what, hint) = ("cannot read this parquet file", "write it again, or check that it was copied whole");
    context.problem(Problem::Unreadable { what, reason, hint })
}

/// A file whose metadata has been read.
struct Table<'a> {
    context: &'a Context<'a>,
    file: &'a File,
    metadata: &'a FileMetadata,
    /// The columns by name, with the kind they can be read as, and their types.
    columns: Vec<(String, Kind, String)>,
}

impl<'a> Table<'a> {
    /// Chooses the columns by the first rows of those that could be text, or say of which document a row is a part.
    fn choose(&self) -> Result<Reading<'a>, CorpusError> {
        let bad = |reason| bad(self.context, reason);
        let is_looked_at = |name: &str, kind: &Kind| match kind {
            Kind::Text => true,
            Kind::Plain => is_document_id(name),
            Kind::Unreadable => false,
        };
        let texts = self.columns.iter().filter(|(name, kind, _)| is_looked_at(name, kind));
        let texts: Vec<&str> = texts.map(|(name, ..)| name.as_str()).collect();
        if self.metadata.num_rows == 0 {
            return Err(self.context.problem(Problem::Empty { found: "no row" }));
        }
        let parts = if texts.is_empty() { Vec::new() } else { parquet::parts(self.metadata, &texts).map_err(bad)? };
        let frame = match parts.into_iter().next() {
            Some(first) => parquet::read_part(self.file, first, Some(N_SCANNED)).map_err(bad)?,
            None => DataFrame::empty(),
        };
        let mut replaced = vec![None; frame.height()];
        let rows = self.rows(&frame, &texts, 0, &mut replaced)?;
        let mut columns = SampledColumns::default();
        // In the order of the file.
        for (name, kind, type_name) in &self.columns {
            let column = columns.column(name);
            column.has_strings = matches!(kind, Kind::Text) && !type_name.starts_with("Struct");
            column.type_name = (!column.has_strings).then(|| type_name.clone());
        }
        rows.iter().for_each(|row| columns.take(row));
        let mut first = rows.into_iter().next().unwrap_or_else(|| Row::at(Place::FILE));
        for (name, ..) in self.columns.iter().filter(|(name, ..)| !texts.contains(&name.as_str())) {
            first.push(name.as_str(), Cell::Null);
        }
        Reading::of_table(self.context, columns, Some(&first))
    }

    /// Returns the columns that are read.
    fn wanted(&self, reading: &Reading) -> Result<Vec<&str>, CorpusError> {
        let mut wanted = Vec::new();
        for (name, kind, type_name) in self.columns.iter().filter(|(name, ..)| reading.wants(name)) {
            match kind {
                Kind::Unreadable if matches!(reading, Reading::Layout(_)) => {}
                Kind::Unreadable => {
                    let (column, found) = (name.clone(), type_name.clone());
                    return Err(self.context.problem(Problem::UnreadableColumn { column, found }));
                }
                _ => wanted.push(name.as_str()),
            }
        }
        Ok(wanted)
    }

    fn rows<'f>(
        &self,
        frame: &'f DataFrame,
        names: &[&'f str],
        first_row: u64,
        replaced: &mut [Replaced],
    ) -> Result<Vec<Row<'f>>, CorpusError> {
        let mut column = |name: &&str| {
            parquet::with(|| cells(frame.column(name)?.as_materialized_series(), replaced))
                .map_err(|reason| bad(self.context, reason))
        };
        let columns = names.iter().map(&mut column).collect::<Result<Vec<_>, _>>()?;
        let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
        let row = |number: usize| {
            let mut row = Row::at(Place::row(first_row + number as u64 + 1));
            for (name, column) in names.iter().zip(&mut columns) {
                row.push(*name, column.next().unwrap_or(Cell::Null));
            }
            row
        };
        Ok((0..frame.height()).map(row).collect())
    }

    fn hand_over(
        &self,
        frame: &DataFrame,
        names: &[&str],
        first_row: u64,
        reading: &Reading,
        sink: &mut Sink,
    ) -> Result<(), CorpusError> {
        let mut replaced = vec![None; frame.height()];
        let rows = self.rows(frame, names, first_row, &mut replaced)?;
        for (row, replaced) in rows.into_iter().zip(replaced) {
            if let Some(byte) = replaced {
                if self.context.options.strict {
                    return Err(self.context.error(row.place.at_byte(byte), Problem::NotUtf8));
                }
                sink.count_replaced();
            }
            reading.records(&row)?.into_iter().try_for_each(|record| sink.push_record(record))?;
        }
        Ok(())
    }
}
