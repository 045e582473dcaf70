//! Turns columns of parquet into cells.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use polars::prelude::{
    AnyValue, ChunkExplode, ChunkedArray, DataType, ListChunked, PolarsNumericType, PolarsResult, Series,
    StringChunked, TimeUnit,
};
use rayon::prelude::*;
use serde_json::Value;

use crate::corpus::Units;
use crate::corpus::row::{Cell, cell};

/// Minimum number of rows per thread.
const MIN_ROWS: usize = 1024;

/// The offset in bytes of the first byte of a row's value that is not UTF-8, if one was replaced.
pub(in crate::corpus) type Replaced = Option<u64>;

/// Returns a column's values as cells: dates and times in ISO 8601, integers plainly, floats in their shortest form that
/// round-trips. Marks the rows in which bytes that are not UTF-8 were replaced.
pub(in crate::corpus) fn cells<'s>(series: &'s Series, replaced: &mut [Replaced]) -> PolarsResult<Vec<Cell<'s>>> {
    let physical = series.to_physical_repr();
    Ok(match series.dtype() {
        DataType::String => {
            let values = series.str()?.downcast_iter().flat_map(|array| array.iter());
            values.map(|text| text.map_or(Cell::Null, |text| Cell::Text(text.into()))).collect()
        }
        DataType::Binary => {
            let values = series.binary()?.downcast_iter().flat_map(|array| array.iter());
            let text = |(bytes, replaced): (Option<&'s [u8]>, &mut Replaced)| match bytes {
                Some(bytes) => Cell::Text(lossy(bytes, replaced)),
                None => Cell::Null,
            };
            values.zip(replaced).map(text).collect()
        }
        DataType::Boolean => {
            let values = series.bool()?.downcast_iter().flat_map(|array| array.iter());
            values.map(|value| value.map_or(Cell::Null, |value| number(value.to_string()))).collect()
        }
        DataType::Float32 => plain(series.f32()?, |value| value.to_string()),
        DataType::Float64 => plain(series.f64()?, |value| value.to_string()),
        DataType::UInt64 => plain(series.u64()?, |value| value.to_string()),
        DataType::Date => plain(physical.i32()?, |days| date(days.into())),
        DataType::Datetime(unit, zone) => {
            let zone = if zone.is_some() { "Z" } else { "" };
            plain(physical.i64()?, |value| format!("{}{zone}", date_time(value, *unit)))
        }
        DataType::List(inner) if is_words(inner) => units(series)?.into_iter().map(list).collect(),
        DataType::List(_) | DataType::Struct(_) => {
            let values = (0..series.len()).map(|row| series.get(row).map(|value| nested(&value)));
            values.collect::<PolarsResult<_>>()?
        }
        _ => plain(series.cast(&DataType::Int64)?.i64()?, |value| value.to_string()),
    })
}

fn number(text: String) -> Cell<'static> {
    Cell::Number(text.into())
}

fn list(units: Option<Units>) -> Cell<'static> {
    units.map_or(Cell::Null, Cell::List)
}

/// Returns whether a list is of words, or of lists of words.
fn is_words(inner: &DataType) -> bool {
    match inner {
        DataType::String => true,
        DataType::List(words) => **words == DataType::String,
        _ => false,
    }
}

fn nested(value: &AnyValue) -> Cell<'static> {
    cell(&json(value)).into_owned()
}

/// Returns a nested value as JSON.
fn json(value: &AnyValue) -> Value {
    match value {
        AnyValue::Null => Value::Null,
        AnyValue::Boolean(flag) => (*flag).into(),
        AnyValue::String(text) => (*text).into(),
        AnyValue::List(items) => items.iter().map(|item| json(&item)).collect(),
        AnyValue::Struct(_, _, fields) => {
            let names = fields.iter().map(|field| field.name().to_string());
            names.zip(value._iter_struct_av()).map(|(name, value)| (name, json(&value))).collect()
        }
        other => match other.extract::<f64>() {
            Some(number) if other.is_primitive_numeric() => {
                serde_json::from_str(&other.to_string()).unwrap_or(number.into())
            }
            _ => other.to_string().into(),
        },
    }
}

fn lossy<'b>(bytes: &'b [u8], replaced: &mut Replaced) -> Cow<'b, str> {
    if let Err(error) = std::str::from_utf8(bytes) {
        replaced.get_or_insert(error.valid_up_to() as u64);
    }
    String::from_utf8_lossy(bytes)
}

fn plain<T: PolarsNumericType>(column: &ChunkedArray<T>, show: impl Fn(T::Native) -> String) -> Vec<Cell<'static>> {
    let values = column.downcast_iter().flat_map(|array| array.iter());
    values.map(|value| value.map_or(Cell::Null, |value| number(show(*value)))).collect()
}

/// The first position of a list among the values, and the one after its last; `None` for null.
type Bounds = Option<(usize, usize)>;

fn units(series: &Series) -> PolarsResult<Vec<Option<Units>>> {
    let lists = series.list()?.rechunk();
    let documents = bounds(&lists)?;
    let inner = lists.get_inner();
    if let DataType::List(_) = inner.dtype() {
        let inner = inner.list()?.rechunk();
        let units = bounds(&inner)?;
        let words = inner.get_inner();
        let words = words_of(words.str()?);
        let text = |list: Bounds| list.map(|(from, to)| of_words(&units[from..to], &words));
        return Ok(documents.into_par_iter().with_min_len(MIN_ROWS).map(text).collect());
    }
    let words = words_of(inner.str()?);
    let text = |list: Bounds| list.map(|_| of_words(&[list], &words));
    Ok(documents.into_par_iter().with_min_len(MIN_ROWS).map(text).collect())
}

fn bounds(lists: &ListChunked) -> PolarsResult<Vec<Bounds>> {
    let offsets = lists.offsets()?;
    let valid = lists.is_not_null();
    let valid = valid.downcast_iter().flat_map(|array| array.iter());
    let bounds = offsets.as_slice().windows(2).zip(valid);
    Ok(bounds.map(|(ends, valid)| valid?.then_some((ends[0] as usize, ends[1] as usize))).collect())
}

fn words_of(column: &StringChunked) -> Vec<Option<&str>> {
    column.downcast_iter().flat_map(|array| array.iter()).collect()
}

/// Builds units of words; a null unit is empty, a null word is skipped.
fn of_words(units: &[Bounds], words: &[Option<&str>]) -> Units {
    let units = units.iter().map(|unit| unit.map_or(&[][..], |(from, to)| &words[from..to]));
    let n_words = units.clone().map(<[_]>::len).sum();
    let n_bytes = units.clone().flatten().flatten().map(|word| word.len()).sum();
    let mut text = Units::with_capacity(n_bytes, n_words, units.len());
    for words in units {
        words.iter().flatten().for_each(|word| text.push_word(word));
        text.end_unit();
    }
    text
}

fn date(days: i64) -> String {
    let first = Date::constant(1970, 1, 1);
    match Span::new().try_days(days).and_then(|days| first.checked_add(days)) {
        Ok(date) => date.to_string(),
        Err(_) => days.to_string(),
    }
}

fn date_time(value: i64, unit: TimeUnit) -> String {
    let moment = match unit {
        TimeUnit::Nanoseconds => Timestamp::from_nanosecond(value.into()),
        TimeUnit::Microseconds => Timestamp::from_microsecond(value),
        TimeUnit::Milliseconds => Timestamp::from_millisecond(value),
    };
    match moment {
        Ok(moment) => TimeZone::UTC.to_datetime(moment).to_string(),
        Err(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(-1), "1969-12-31");
        assert_eq!(date(19_326), "2022-11-30");
        assert_eq!(date(19_782), "2024-02-29");
    }

    #[test]
    fn times_keep_the_fraction_they_have() {
        assert_eq!(date_time(0, TimeUnit::Milliseconds), "1970-01-01T00:00:00");
        assert_eq!(date_time(-1, TimeUnit::Milliseconds), "1969-12-31T23:59:59.999");
        assert_eq!(date_time(1_500_000, TimeUnit::Microseconds), "1970-01-01T00:00:01.5");
    }
}
