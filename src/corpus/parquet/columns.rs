//! The columns of a parquet file by their types: which may hold text, and which cannot be read.

use polars::prelude::ArrowDataType;

/// The kind of values that a column can be read as.
pub(in crate::corpus) enum Kind {
    /// Something that could be text: strings, lists, structures.
    Text,
    /// Numbers, dates and the like.
    Plain,
    Unreadable,
}

impl Kind {
    pub(in crate::corpus) fn of(dtype: &ArrowDataType) -> Self {
        match dtype {
            ArrowDataType::Utf8View | ArrowDataType::BinaryView => Self::Text,
            ArrowDataType::LargeList(inner) if is_nested_readable(&inner.dtype) => Self::Text,
            ArrowDataType::Struct(_) if is_nested_readable(dtype) => Self::Text,
            _ if has_text_form(&type_name(dtype)) => Self::Plain,
            _ => Self::Unreadable,
        }
    }
}

fn is_nested_readable(dtype: &ArrowDataType) -> bool {
    match dtype {
        ArrowDataType::Utf8View => true,
        ArrowDataType::LargeList(inner) => is_nested_readable(&inner.dtype),
        ArrowDataType::Struct(fields) => fields.iter().all(|field| is_nested_readable(&field.dtype)),
        _ => has_text_form(&type_name(dtype)),
    }
}

pub(super) fn type_name(dtype: &ArrowDataType) -> String {
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

/// Returns whether a column of this type can be turned into strings.
fn has_text_form(type_name: &str) -> bool {
    let plain = ["Boolean", "Float32", "Float64", "Date", "Timestamp"];
    plain.contains(&type_name)
        || ["8", "16", "32", "64"]
            .iter()
            .any(|bits| type_name.strip_suffix(bits).is_some_and(|name| name == "Int" || name == "UInt"))
}
