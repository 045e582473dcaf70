//! Parquet: a row is a document, read a few row groups at a time.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use polars::prelude::{
    DataFrame, FileMetadata, FileMetadataRef, ParquetReader, PlSmallStr, PolarsError, PolarsResult, SerReader,
};

use super::bytes::{Bytes, read_error};
use super::cells::join_texts;
use super::fields::{Column, Positions, list};
use super::inputs::Source;
use super::layout::Reader;
use super::limits::explain_space;
use super::parquet_columns::{check_kinds, columns, is_readable};
use super::parquet_sizes::{check_pages, read_metadata};
use super::parquet_values::{strings, texts};
use super::read::{Context, Outcome, Sink};
use super::table::{TableRows, note};
use super::{CorpusError, Document, Format};

/// Rows decoded together, unless a row group has more.
const ROWS_AT_ONCE: usize = 32_768;
const MARK: &[u8; 4] = b"PAR1";

pub(super) fn read(context: &Context, bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let (file, sha256) = into_file(context, bytes).map_err(|error| read_error(context.file(), error, 0))?;
    check_marks(context, &file)?;
    let metadata = guard(context, || read_metadata(&file))?;
    let columns = columns(context, &file, &metadata)?;
    let rows = TableRows::choose(context, &columns)?;
    if let TableRows::Plain(_, positions) = &rows {
        check_kinds(context, &columns, positions)?;
    }
    let groups = Groups { context, columns: &columns, rows: &rows, file: &file };
    let mut n_rows = 0;
    for part in groups.parts(&metadata)? {
        let n_more = part.num_rows as u64;
        groups.read(part, n_rows, sink)?;
        n_rows += n_more;
    }
    Ok(rows.finish(context, &columns)?.outcome(Format::Parquet, sha256))
}

/// Parquet is read from its end, so what is compressed or piped becomes a temporary file first.
pub(super) fn into_file(context: &Context, mut bytes: Bytes) -> io::Result<(File, String)> {
    if let (Source::File(path), true) = (context.input.source(), bytes.is_plain()) {
        return Ok((File::open(path)?, bytes.sha256()?));
    }
    let mut file = tempfile::tempfile()?;
    io::copy(&mut bytes, &mut file).map_err(explain_space)?;
    Ok((file, bytes.sha256()?))
}

pub(super) fn clone(file: &File) -> PolarsResult<File> {
    Ok(file.try_clone()?)
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
    Err(CorpusError::NotParquet { file: context.owned_file(), reason })
}

/// Runs polars, which returns an error for some damaged files and panics on others.
pub(super) fn guard<T>(context: &Context, run: impl FnOnce() -> PolarsResult<T>) -> Result<T, CorpusError> {
    let reason = match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "its content contradicts itself".to_owned(),
    };
    Err(CorpusError::BadParquet { file: context.owned_file(), reason })
}

/// Reads row groups into documents.
struct Groups<'a> {
    context: &'a Context<'a>,
    columns: &'a [Column],
    rows: &'a TableRows<'a>,
    file: &'a File,
}

impl Groups<'_> {
    /// The columns that are read, by their places.
    fn wanted(&self) -> Vec<usize> {
        match self.rows {
            TableRows::Plain(_, Positions { text, id, values }) => {
                text.iter().chain(id).chain(values.iter().flatten()).copied().collect()
            }
            TableRows::Notes(_) => (0..self.columns.len()).filter(|at| is_readable(&self.columns[*at])).collect(),
        }
    }

    /// The file's metadata cut to the wanted columns and into parts of some row groups each.
    fn parts(&self, metadata: &FileMetadata) -> Result<Vec<FileMetadataRef>, CorpusError> {
        let wanted: Vec<PlSmallStr> =
            self.wanted().into_iter().map(|at| self.columns[at].name.as_str().into()).collect();
        let bare = guard(self.context, || {
            let pruned = metadata.pruned(&wanted, &[]);
            pruned.map_err(|error| PolarsError::ComputeError(error.to_string().into()))
        })?;
        let mut parts = Vec::new();
        let mut rest = &bare.row_groups[..];
        while !rest.is_empty() {
            let mut n_rows = 0;
            let n_more = rest.iter().position(|group| {
                n_rows += group.num_rows();
                n_rows >= ROWS_AT_ONCE
            });
            let (part, after) = rest.split_at(n_more.map_or(rest.len(), |at| at + 1));
            parts.push(Arc::new(FileMetadata { row_groups: part.to_vec(), num_rows: n_rows, ..bare.clone() }));
            rest = after;
        }
        Ok(parts)
    }

    fn read(&self, part: FileMetadataRef, first_row: u64, sink: &mut Sink) -> Result<(), CorpusError> {
        let n_rows = part.num_rows;
        let frame = guard(self.context, || {
            check_pages(self.file, &part).map_err(|reason| PolarsError::ComputeError(reason.into()))?;
            let mut reader = ParquetReader::new(clone(self.file)?);
            reader.set_metadata(part);
            reader.set_rechunk(true).finish()
        })?;
        if frame.height() != n_rows {
            let reason = format!("{} rows where it promises {n_rows}", frame.height());
            return Err(CorpusError::BadParquet { file: self.context.owned_file(), reason });
        }
        match self.rows {
            TableRows::Plain(_, positions) => self.documents(positions, &frame, first_row, sink),
            TableRows::Notes(reader) => self.notes(reader, &frame, first_row, sink),
        }
    }

    fn notes(&self, reader: &Reader, frame: &DataFrame, first_row: u64, sink: &mut Sink) -> Result<(), CorpusError> {
        let mut replaced = vec![None; frame.height()];
        let wanted = self.wanted();
        let names: Vec<&str> = wanted.iter().map(|at| self.columns[*at].name.as_str()).collect();
        let mut column =
            |name: &&str| guard(self.context, || strings(frame.column(name)?.as_materialized_series(), &mut replaced));
        let mut columns = names.iter().map(&mut column).collect::<Result<Vec<_>, _>>()?;
        for row in 0..frame.height() {
            let number = first_row + row as u64 + 1;
            if let Some(byte) = replaced[row] {
                self.count_replaced(|| format!("row {number}"), byte, sink)?;
            }
            let cells = names.iter().zip(&mut columns).map(|(name, column)| (*name, column[row].take()));
            let records = reader.records_of(&note(cells)).map_err(|error| error.at(self.context, number))?;
            records.into_iter().try_for_each(|record| sink.push_record(record))?;
        }
        Ok(())
    }

    fn documents(
        &self,
        positions: &Positions,
        frame: &DataFrame,
        first_row: u64,
        sink: &mut Sink,
    ) -> Result<(), CorpusError> {
        let name = |at: usize| self.columns[at].name.as_str();
        let mut replaced = vec![None; frame.height()];
        let mut column = |at: usize| {
            guard(self.context, || strings(frame.column(name(at))?.as_materialized_series(), &mut replaced))
        };
        let mut ids = positions.id.map(&mut column).transpose()?;
        let values = positions.values.iter().map(|at| at.map(&mut column).transpose());
        let mut values = values.collect::<Result<Vec<_>, _>>()?;
        let text = |at: &usize| {
            guard(self.context, || texts(frame.column(name(*at))?.as_materialized_series(), &mut replaced))
        };
        let mut parts = positions.text.iter().map(text).collect::<Result<Vec<_>, _>>()?;
        for row in 0..frame.height() {
            let place = || format!("row {}", first_row + row as u64 + 1);
            let text = join_texts(parts.iter_mut().map(|part| part[row].take()));
            let text = text.ok_or_else(|| CorpusError::MixedText {
                file: self.context.owned_file(),
                place: place(),
                columns: list(positions.text.iter().map(|at| name(*at))),
            })?;
            if let Some(byte) = replaced[row] {
                self.count_replaced(place, byte, sink)?;
            }
            let values = values.iter_mut().map(|column| column.as_mut().and_then(|column| column[row].take()));
            let values = values.collect();
            sink.push(Document { id: ids.as_mut().and_then(|ids| ids[row].take()), text, values })?;
        }
        Ok(())
    }

    fn count_replaced(&self, place: impl FnOnce() -> String, byte: u64, sink: &mut Sink) -> Result<(), CorpusError> {
        if self.context.options.strict {
            return Err(CorpusError::NotUtf8 { file: self.context.owned_file(), place: place(), byte });
        }
        sink.count_replaced();
        Ok(())
    }
}
