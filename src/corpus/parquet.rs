//! Parquet: a row is a document, read a few row groups at a time.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use polars::prelude::{
    ArrowDataType, DataFrame, FileMetadata, FileMetadataRef, ParquetReader, PlSmallStr, PolarsError, PolarsResult,
    SerReader,
};

use super::bytes::{Bytes, read_error};
use super::cells::join_texts;
use super::fields::{Column, Kind, Positions, choose_fields, list, list_columns};
use super::inputs::Source;
use super::parquet_sizes::{check_pages, read_metadata};
use super::parquet_values::{strings, texts};
use super::read::{Context, Outcome, Sink};
use super::{CorpusError, Document, Format};

/// Rows decoded together, unless a row group has more.
const ROWS_AT_ONCE: usize = 32_768;
const MARK: &[u8; 4] = b"PAR1";

pub(super) fn read(context: &Context, bytes: Bytes, sink: &mut Sink) -> Result<Outcome, CorpusError> {
    let (file, sha256) = into_file(context, bytes).map_err(|error| read_error(context.file(), error, 0))?;
    check_marks(context, &file)?;
    let metadata = guard(context, || read_metadata(&file))?;
    let columns = columns(context, &file, &metadata)?;
    let fields = choose_fields(context.file(), &columns, context.options)?;
    let positions = Positions::find(context.file(), &columns, &fields, context.options)?;
    check_kinds(context, &columns, &positions)?;
    let reader = Groups { context, columns: &columns, positions: &positions, file: &file };
    for part in reader.parts(&metadata)? {
        reader.read(part, sink)?;
    }
    Ok(Outcome::of_rows(Format::Parquet, fields, sha256))
}

/// Parquet is read from its end, so what is compressed or piped becomes a temporary file first.
pub(super) fn into_file(context: &Context, mut bytes: Bytes) -> io::Result<(File, String)> {
    if let (Source::File(path), true) = (context.input.source(), bytes.is_plain()) {
        return Ok((File::open(path)?, bytes.sha256()?));
    }
    let mut file = tempfile::tempfile()?;
    io::copy(&mut bytes, &mut file).map_err(|error| match error.kind() {
        kind @ (io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge) => {
            io::Error::new(
                kind,
                "no space for a temporary copy of it, which this format needs [set TMPDIR to another folder]",
            )
        }
        _ => error,
    })?;
    Ok((file, bytes.sha256()?))
}

fn clone(file: &File) -> PolarsResult<File> {
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
fn guard<T>(context: &Context, run: impl FnOnce() -> PolarsResult<T>) -> Result<T, CorpusError> {
    let reason = match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "its content contradicts itself".to_owned(),
    };
    Err(CorpusError::BadParquet { file: context.owned_file(), reason })
}

fn columns(context: &Context, file: &File, metadata: &FileMetadata) -> Result<Vec<Column>, CorpusError> {
    let names: Vec<&str> = metadata.schema().fields().iter().map(|field| field.name()).collect();
    if let Some(at) = (1..names.len()).find(|at| names[..*at].contains(&names[*at])) {
        return Err(CorpusError::DuplicateColumn { file: context.owned_file(), column: names[at].to_owned() });
    }
    // Without the arrow schema that writers embed, dictionaries and other wrappers show as what they wrap.
    let bare = FileMetadata { key_value_metadata: None, ..metadata.clone() };
    let schema = guard(context, || {
        let mut reader = ParquetReader::new(clone(file)?);
        reader.set_metadata(Arc::new(bare));
        reader.schema()
    })?;
    let column =
        |field: &polars::prelude::ArrowField| Column { name: field.name.to_string(), kind: kind(&field.dtype) };
    Ok(schema.iter_values().map(column).collect())
}

fn kind(dtype: &ArrowDataType) -> Kind {
    let inner = |dtype: &ArrowDataType| match dtype {
        ArrowDataType::LargeList(inner) => Some(inner.dtype.clone()),
        _ => None,
    };
    match dtype {
        ArrowDataType::Utf8View | ArrowDataType::BinaryView => Kind::Text,
        ArrowDataType::LargeList(words) => match inner(&words.dtype).unwrap_or_else(|| words.dtype.clone()) {
            ArrowDataType::Utf8View => Kind::Words,
            _ => Kind::Other(type_name(dtype)),
        },
        _ => Kind::Other(type_name(dtype)),
    }
}

fn type_name(dtype: &ArrowDataType) -> String {
    match dtype {
        ArrowDataType::Struct(_) => "Struct".to_owned(),
        ArrowDataType::Map(..) => "Map".to_owned(),
        ArrowDataType::LargeList(inner) => format!("List of {}", type_name(&inner.dtype)),
        ArrowDataType::Decimal(precision, scale) => format!("Decimal({precision}, {scale})"),
        ArrowDataType::Utf8View => "String".to_owned(),
        ArrowDataType::BinaryView => "Binary".to_owned(),
        ArrowDataType::Timestamp(..) => "Timestamp".to_owned(),
        ArrowDataType::Date32 => "Date".to_owned(),
        other => format!("{other:?}"),
    }
}

/// Whether a column of this type can be turned into strings.
fn has_text_form(type_name: &str) -> bool {
    let plain = ["Boolean", "Float32", "Float64", "Date", "Timestamp"];
    plain.contains(&type_name)
        || ["8", "16", "32", "64"]
            .iter()
            .any(|bits| type_name.strip_suffix(bits).is_some_and(|name| name == "Int" || name == "UInt"))
}

fn check_kinds(context: &Context, columns: &[Column], positions: &Positions) -> Result<(), CorpusError> {
    for Column { name, kind } in positions.text.iter().map(|at| &columns[*at]) {
        if let Kind::Other(found) = kind {
            return Err(CorpusError::NotTextColumn {
                file: context.owned_file(),
                column: name.clone(),
                found: found.clone(),
                columns: list_columns(columns),
            });
        }
    }
    for Column { name, kind } in positions.id.iter().chain(positions.values.iter().flatten()).map(|at| &columns[*at]) {
        match kind {
            Kind::Other(found) if !has_text_form(found) => {
                return Err(CorpusError::UnreadableColumn {
                    file: context.owned_file(),
                    column: name.clone(),
                    found: found.clone(),
                });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Reads row groups into documents.
struct Groups<'a> {
    context: &'a Context<'a>,
    columns: &'a [Column],
    positions: &'a Positions,
    file: &'a File,
}

impl Groups<'_> {
    /// The file's metadata cut to the wanted columns and into parts of some row groups each.
    fn parts(&self, metadata: &FileMetadata) -> Result<Vec<FileMetadataRef>, CorpusError> {
        let Positions { text, id, values } = self.positions;
        let wanted = text.iter().chain(id).chain(values.iter().flatten());
        let wanted: Vec<PlSmallStr> = wanted.map(|at| self.columns[*at].name.as_str().into()).collect();
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

    fn read(&self, part: FileMetadataRef, sink: &mut Sink) -> Result<(), CorpusError> {
        let n_rows = part.num_rows;
        let first_row = sink.n_in_file();
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
        self.documents(&frame, first_row, sink)
    }

    fn documents(&self, frame: &DataFrame, first_row: u64, sink: &mut Sink) -> Result<(), CorpusError> {
        let name = |at: usize| self.columns[at].name.as_str();
        let mut replaced = vec![None; frame.height()];
        let mut column = |at: usize| {
            guard(self.context, || strings(frame.column(name(at))?.as_materialized_series(), &mut replaced))
        };
        let mut ids = self.positions.id.map(&mut column).transpose()?;
        let values = self.positions.values.iter().map(|at| at.map(&mut column).transpose());
        let mut values = values.collect::<Result<Vec<_>, _>>()?;
        let text = |at: &usize| {
            guard(self.context, || texts(frame.column(name(*at))?.as_materialized_series(), &mut replaced))
        };
        let mut parts = self.positions.text.iter().map(text).collect::<Result<Vec<_>, _>>()?;
        for row in 0..frame.height() {
            let place = || format!("row {}", first_row + row as u64 + 1);
            let text = join_texts(parts.iter_mut().map(|part| part[row].take()));
            let text = text.ok_or_else(|| CorpusError::MixedText {
                file: self.context.owned_file(),
                place: place(),
                columns: list(self.positions.text.iter().map(|at| name(*at))),
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
