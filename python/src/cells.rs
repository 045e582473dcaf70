//! Values of Arrow arrays as the readers of files have them: dates and times in ISO 8601, integers plainly, floats in their shortest form.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, TimeUnit};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, civil};
use llm_prevalence::corpus::FrameValue;
use serde_json::Value;

/// Replaces dictionaries and run ends by what they stand for.
pub fn plain(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    match array.data_type() {
        DataType::Dictionary(_, values) => plain(&cast(array, values)?),
        DataType::RunEndEncoded(_, values) => plain(&cast(array, values.data_type())?),
        DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..) | DataType::Decimal256(..) => {
            cast(array, &DataType::Float64)
        }
        _ => Ok(array.clone()),
    }
}

/// Whether values of a type can be shown.
pub fn is_readable(of: &DataType) -> bool {
    match of {
        DataType::Dictionary(_, values) => is_readable(values),
        DataType::RunEndEncoded(_, values) => is_readable(values.data_type()),
        DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView
        | DataType::FixedSizeBinary(_)
        | DataType::Duration(_)
        | DataType::Interval(_)
        | DataType::Time32(_)
        | DataType::Time64(_)
        | DataType::Union(..)
        | DataType::Map(..) => false,
        _ => true,
    }
}

/// Returns the value in a row.
pub fn value(array: &ArrayRef, row: usize) -> FrameValue<'_> {
    if array.is_null(row) || *array.data_type() == DataType::Null {
        return FrameValue::Null;
    }
    match array.data_type() {
        DataType::Utf8 => FrameValue::Text(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => FrameValue::Text(array.as_string::<i64>().value(row)),
        DataType::Utf8View => FrameValue::Text(array.as_string_view().value(row)),
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) | DataType::Struct(_) => {
            FrameValue::Nested(json(array, row))
        }
        _ => shown(array, row).map_or(FrameValue::Null, FrameValue::Number),
    }
}

/// Returns a number, a truth value, a date or a time as it is written.
fn shown(array: &ArrayRef, row: usize) -> Option<String> {
    macro_rules! number {
        ($type:ty) => {
            array.as_primitive::<$type>().value(row)
        };
    }
    Some(match array.data_type() {
        DataType::Boolean => array.as_boolean().value(row).to_string(),
        DataType::Int8 => number!(Int8Type).to_string(),
        DataType::Int16 => number!(Int16Type).to_string(),
        DataType::Int32 => number!(Int32Type).to_string(),
        DataType::Int64 => number!(Int64Type).to_string(),
        DataType::UInt8 => number!(UInt8Type).to_string(),
        DataType::UInt16 => number!(UInt16Type).to_string(),
        DataType::UInt32 => number!(UInt32Type).to_string(),
        DataType::UInt64 => number!(UInt64Type).to_string(),
        DataType::Float32 => number!(Float32Type).to_string(),
        DataType::Float64 => number!(Float64Type).to_string(),
        DataType::Date32 => date(number!(Date32Type).into()),
        DataType::Date64 => date_time(Timestamp::from_millisecond(number!(Date64Type)).ok()?, false),
        DataType::Timestamp(unit, zone) => {
            let moment = match unit {
                TimeUnit::Second => Timestamp::from_second(number!(TimestampSecondType)),
                TimeUnit::Millisecond => Timestamp::from_millisecond(number!(TimestampMillisecondType)),
                TimeUnit::Microsecond => Timestamp::from_microsecond(number!(TimestampMicrosecondType)),
                TimeUnit::Nanosecond => Timestamp::from_nanosecond(number!(TimestampNanosecondType).into()),
            };
            date_time(moment.ok()?, zone.is_some())
        }
        _ => return None,
    })
}

fn date(days: i64) -> String {
    let date = Span::new().try_days(days).and_then(|days| civil::date(1970, 1, 1).checked_add(days));
    date.map_or_else(|_| days.to_string(), |date| date.to_string())
}

fn date_time(moment: Timestamp, has_zone: bool) -> String {
    format!("{}{}", TimeZone::UTC.to_datetime(moment), if has_zone { "Z" } else { "" })
}

fn json(array: &ArrayRef, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    let items = |items: ArrayRef| (0..items.len()).map(|at| json(&items, at)).collect();
    match array.data_type() {
        DataType::List(_) => items(array.as_list::<i32>().value(row)),
        DataType::LargeList(_) => items(array.as_list::<i64>().value(row)),
        DataType::FixedSizeList(..) => items(array.as_fixed_size_list().value(row)),
        DataType::Struct(fields) => {
            let columns = array.as_struct().columns();
            fields.iter().zip(columns).map(|(field, column)| (field.name().clone(), json(column, row))).collect()
        }
        _ => match value(array, row) {
            FrameValue::Text(text) => text.into(),
            FrameValue::Number(number) => serde_json::from_str(&number).unwrap_or_else(|_| number.into()),
            _ => Value::Null,
        },
    }
}
