//! Dates as corpora write them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;

/// Years that a bare number of four digits may mean.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;
/// A number of at least this many digits is seconds since 1970; three more, milliseconds.
const SECONDS_DIGITS: usize = 9;
const MILLISECONDS_DIGITS: usize = 12;
/// Days and months by name.
const DAY_FORMATS: [&str; 7] = ["%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y", "%Y/%m/%d"];
const MONTH_FORMATS: [&str; 3] = ["%d %b %Y", "%d %B %Y", "%d %Y-%m"];

/// The days that a date in a corpus stands for: one, or those of a month, a quarter or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl Span {
    /// One day.
    pub fn day(day: Date) -> Span {
        Span { first: day, last: day }
    }

    fn month(day: Date) -> Span {
        Span { first: day.first_of_month(), last: day.last_of_month() }
    }

    fn year(year: i16) -> Option<Span> {
        Some(Span { first: Date::new(year, 1, 1).ok()?, last: Date::new(year, 12, 31).ok()? })
    }
}

/// The days that `text` names, in UTC; `None` if it is none of: ISO 8601 (also with a time, or without day or month), RFC 2822,
/// seconds or milliseconds since 1970, "Jul 2023", "3 July 2023", "July 3, 2023", "2023/07/03", "2023-Q3", "2023.0".
pub fn span(text: &str) -> Option<Span> {
    let text = text.trim();
    number(text).or_else(|| iso(text)).or_else(|| quarter(text)).or_else(|| by_name(text)).or_else(|| rfc(text))
}

/// The last of these days: what is older than a date is so as a whole.
pub fn last_day(text: &str) -> Option<Date> {
    span(text).map(|span| span.last)
}

fn number(text: &str) -> Option<Span> {
    // Columns of numbers with gaps are often stored as floating point.
    let digits = text.strip_suffix(".0").unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let moment = |of: Result<Timestamp, jiff::Error>| of.ok().map(|of| Span::day(TimeZone::UTC.to_datetime(of).date()));
    match digits.len() {
        4 => digits.parse().ok().filter(|year| YEARS.contains(year)).and_then(Span::year),
        SECONDS_DIGITS..MILLISECONDS_DIGITS => moment(Timestamp::from_second(digits.parse().ok()?)),
        MILLISECONDS_DIGITS..15 => moment(Timestamp::from_millisecond(digits.parse().ok()?)),
        _ => None,
    }
}

fn iso(text: &str) -> Option<Span> {
    let bytes = text.as_bytes();
    if bytes.len() < 10 || bytes[4] != b'-' {
        return None;
    }
    let is_time = |byte: Option<&u8>| matches!(byte, None | Some(b'T' | b't' | b' '));
    text.get(..10).filter(|_| is_time(bytes.get(10)))?.parse().ok().map(Span::day)
}

/// "2023-Q3" and "2023Q3".
fn quarter(text: &str) -> Option<Span> {
    let (year, quarter) = text.split_once(['Q', 'q'])?;
    let year: i16 = year.strip_suffix(['-', ' ']).unwrap_or(year).parse().ok().filter(|year| YEARS.contains(year))?;
    let first_month = match quarter {
        "1" => 1,
        "2" => 4,
        "3" => 7,
        "4" => 10,
        _ => return None,
    };
    let last_month = Date::new(year, first_month + 2, 1).ok()?;
    Some(Span { first: Date::new(year, first_month, 1).ok()?, last: last_month.last_of_month() })
}

fn by_name(text: &str) -> Option<Span> {
    let parse = |format: &str, text: &str| strtime::parse(format, text).ok().and_then(|of| of.to_date().ok());
    let month = || {
        let first = format!("1 {text}");
        MONTH_FORMATS.iter().find_map(|format| parse(format, &first)).map(Span::month)
    };
    // The month alone first: as a day, "Feb 2024" would be the 20th of February 24.
    month().or_else(|| DAY_FORMATS.iter().find_map(|format| parse(format, text)).map(Span::day))
}

fn rfc(text: &str) -> Option<Span> {
    rfc2822::parse(text).ok().map(|of| Span::day(of.with_time_zone(TimeZone::UTC).date()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        last_day(text).map(|date| date.to_string())
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, expected) in [
            ("2022-11-30", "2022-11-30"),
            (" 2022-11-30T23:59:59Z ", "2022-11-30"),
            ("2022-11-30 08:00", "2022-11-30"),
            ("2022-11", "2022-11-30"),
            ("2020", "2020-12-31"),
            ("2020.0", "2020-12-31"),
            ("1669766400", "2022-11-30"),
            ("1669766400000", "2022-11-30"),
            ("Feb 2024", "2024-02-29"),
            ("July 2023", "2023-07-31"),
            ("3 Jul 2023", "2023-07-03"),
            ("July 3, 2023", "2023-07-03"),
            ("2023/07/03", "2023-07-03"),
            ("Wed, 30 Nov 2022 10:00:00 +0000", "2022-11-30"),
            ("2023-Q3", "2023-09-30"),
            ("2024q1", "2024-03-31"),
        ] {
            assert_eq!(day(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "12",
            "99999",
            "2022-13-01",
            "2022-02-30",
            "20221130x",
            "2022-11-30x",
            "0001",
            "-5",
            "2023-Q5",
            "Q3",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
