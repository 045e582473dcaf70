//! Parquet columns to strings and texts.

use polars::prelude::{
    ChunkExplode, ChunkedArray, DataType, ListChunked, PolarsNumericType, PolarsResult, Series, StringChunked, TimeUnit,
};

use rayon::prelude::*;

use super::{Text, Units};

/// Rows that one thread takes at least.
const MIN_ROWS: usize = 1024;
const SECONDS_PER_DAY: i64 = 86_400;

/// Where the first byte of a row's value that is not UTF-8 stood, if one was replaced.
pub(super) type Replaced = Option<u64>;

/// A column's values as strings: dates and times in ISO 8601, integers plainly, floats as short as they round-trip, lists
/// joined by `, `. Marks the rows in which bytes that are not UTF-8 were replaced.
pub(super) fn strings(series: &Series, replaced: &mut [Replaced]) -> PolarsResult<Vec<Option<String>>> {
    let physical = series.to_physical_repr();
    Ok(match series.dtype() {
        DataType::String => series.str()?.downcast_iter().flat_map(|array| array.iter()).map(own).collect(),
        DataType::Binary => {
            let values = series.binary()?.downcast_iter().flat_map(|array| array.iter());
            values.zip(replaced).map(|(bytes, replaced)| bytes.map(|bytes| lossy(bytes, replaced))).collect()
        }
        DataType::Boolean => {
            let values = series.bool()?.downcast_iter().flat_map(|array| array.iter());
            values.map(|value| value.map(|value| value.to_string())).collect()
        }
        DataType::Float32 => plain(series.f32()?, |value| value.to_string()),
        DataType::Float64 => plain(series.f64()?, |value| value.to_string()),
        DataType::UInt64 => plain(series.u64()?, |value| value.to_string()),
        DataType::Date => plain(physical.i32()?, |days| date(days.into())),
        DataType::Datetime(unit, zone) => {
            let zone = if zone.is_some() { "Z" } else { "" };
            plain(physical.i64()?, |value| format!("{}{zone}", date_time(value, *unit)))
        }
        DataType::List(_) => texts(series, replaced)?.into_iter().map(|text| text.map(join_words)).collect(),
        _ => plain(series.cast(&DataType::Int64)?.i64()?, |value| value.to_string()),
    })
}

fn own(value: Option<&str>) -> Option<String> {
    value.map(str::to_owned)
}

fn lossy(bytes: &[u8], replaced: &mut Replaced) -> String {
    if let Err(error) = std::str::from_utf8(bytes) {
        replaced.get_or_insert(error.valid_up_to() as u64);
    }
    String::from_utf8_lossy(bytes).into_owned()
}

fn plain<T: PolarsNumericType>(column: &ChunkedArray<T>, show: impl Fn(T::Native) -> String) -> Vec<Option<String>> {
    column.downcast_iter().flat_map(|array| array.iter()).map(|value| value.map(|value| show(*value))).collect()
}

fn join_words(text: Text) -> String {
    match text {
        Text::Prose(prose) => prose,
        Text::Units(units) => units.iter().flatten().collect::<Vec<_>>().join(", "),
    }
}

/// A text column: strings are prose, a list of words is one unit, a list of such lists several.
pub(super) fn texts(series: &Series, replaced: &mut [Replaced]) -> PolarsResult<Vec<Option<Text>>> {
    if let DataType::List(_) = series.dtype() {
        return units(series);
    }
    let prose = strings(series, replaced)?;
    Ok(prose.into_iter().map(|prose| prose.map(Text::Prose)).collect())
}

/// The first position of a list among the values, and the one after its last; `None` for null.
type Bounds = Option<(usize, usize)>;

fn units(series: &Series) -> PolarsResult<Vec<Option<Text>>> {
    let lists = series.list()?.rechunk();
    let documents = bounds(&lists)?;
    let inner = lists.get_inner();
    if let DataType::List(_) = inner.dtype() {
        let inner = inner.list()?.rechunk();
        let units = bounds(&inner)?;
        let words = inner.get_inner();
        let words = words_of(words.str()?);
        let text = |list: Bounds| list.map(|(from, to)| text(&units[from..to], &words));
        return Ok(documents.into_par_iter().with_min_len(MIN_ROWS).map(text).collect());
    }
    let words = words_of(inner.str()?);
    let text = |list: Bounds| list.map(|_| text(&[list], &words));
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

/// Units of words; a null unit is empty, a null word is passed over.
fn text(units: &[Bounds], words: &[Option<&str>]) -> Text {
    let units = units.iter().map(|unit| unit.map_or(&[][..], |(from, to)| &words[from..to]));
    let n_words = units.clone().map(<[_]>::len).sum();
    let n_bytes = units.clone().flatten().flatten().map(|word| word.len()).sum();
    let mut text = Units::with_capacity(n_bytes, n_words, units.len());
    for words in units {
        words.iter().flatten().for_each(|word| text.push_word(word));
        text.end_unit();
    }
    Text::Units(text)
}

fn date(days: i64) -> String {
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}")
}

fn date_time(value: i64, unit: TimeUnit) -> String {
    let (per_second, width) = match unit {
        TimeUnit::Nanoseconds => (1_000_000_000, 9),
        TimeUnit::Microseconds => (1_000_000, 6),
        TimeUnit::Milliseconds => (1_000, 3),
    };
    let (seconds, fraction) = (value.div_euclid(per_second), value.rem_euclid(per_second));
    let (days, second) = (seconds.div_euclid(SECONDS_PER_DAY), seconds.rem_euclid(SECONDS_PER_DAY));
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:0width$}") };
    let time = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
    format!("{}T{time}{}", date(days), fraction.trim_end_matches('0'))
}

/// Year, month and day of a day counted from 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms").
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
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
