//! The columns of a parquet file, and which of them can be read.

use std::fs::File;
use std::sync::Arc;

use polars::prelude::{ArrowDataType, FileMetadata, ParquetReader, SerReader};

use super::CorpusError;
use super::fields::{Column, Kind, Positions, list_columns};
use super::parquet::{clone, guard};
use super::read::Context;

pub(super) fn columns(context: &Context, file: &File, metadata: &FileMetadata) -> Result<Vec<Column>, CorpusError> {
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

pub(super) fn check_kinds(context: &Context, columns: &[Column], positions: &Positions) -> Result<(), CorpusError> {
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

/// Whether the values of a column can be turned into strings, lists of words included.
pub(super) fn is_readable(column: &Column) -> bool {
    match &column.kind {
        Kind::Text | Kind::Words => true,
        Kind::Other(found) => has_text_form(found),
    }
}
