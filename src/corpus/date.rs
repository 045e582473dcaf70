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

/// The last day of the day, month or year that `text` names, in UTC; `None` if it is none of: ISO 8601 (also with a time, or without
/// day or month), RFC 2822, seconds or milliseconds since 1970, "Jul 2023", "3 July 2023", "July 3, 2023", "2023/07/03", "2023.0".
pub fn last_day(text: &str) -> Option<Date> {
    let text = text.trim();
    number(text).or_else(|| iso(text)).or_else(|| by_name(text)).or_else(|| rfc(text))
}

fn number(text: &str) -> Option<Date> {
    // Columns of numbers with gaps are often stored as floating point.
    let digits = text.strip_suffix(".0").unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let moment = |of: Result<Timestamp, jiff::Error>| of.ok().map(|of| TimeZone::UTC.to_datetime(of).date());
    match digits.len() {
        4 => digits.parse().ok().filter(|year| YEARS.contains(year)).and_then(|year| Date::new(year, 12, 31).ok()),
        SECONDS_DIGITS..MILLISECONDS_DIGITS => moment(Timestamp::from_second(digits.parse().ok()?)),
        MILLISECONDS_DIGITS..15 => moment(Timestamp::from_millisecond(digits.parse().ok()?)),
        _ => None,
    }
}

fn iso(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() < 10 || bytes[4] != b'-' {
        return None;
    }
    let is_time = |byte: Option<&u8>| matches!(byte, None | Some(b'T' | b't' | b' '));
    text.get(..10).filter(|_| is_time(bytes.get(10)))?.parse().ok()
}

fn by_name(text: &str) -> Option<Date> {
    let parse = |format: &str, text: &str| strtime::parse(format, text).ok().and_then(|of| of.to_date().ok());
    let month = || {
        let first = format!("1 {text}");
        MONTH_FORMATS.iter().find_map(|format| parse(format, &first)).map(Date::last_of_month)
    };
    // The month alone first: as a day, "Feb 2024" would be the 20th of February 24.
    month().or_else(|| DAY_FORMATS.iter().find_map(|format| parse(format, text)))
}

fn rfc(text: &str) -> Option<Date> {
    rfc2822::parse(text).ok().map(|of| of.with_time_zone(TimeZone::UTC).date())
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
        ] {
            assert_eq!(day(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "soon", "12", "99999", "2022-13-01", "2022-02-30", "20221130x", "2022-11-30x", "0001", "-5"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
