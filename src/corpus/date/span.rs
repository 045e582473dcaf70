//! Dates as corpora write them.

use jiff::Timestamp;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

/// The years of corpora; a number outside of them is not taken as a year.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;
/// Number of digits from which a number is seconds since 1970; with three, six or nine more it is thousandths and so on.
const SECONDS_DIGITS: usize = 9;
const MILLISECONDS_DIGITS: usize = 12;
const MICROSECONDS_DIGITS: usize = 15;
const NANOSECONDS_DIGITS: usize = 18;
/// Days since the end of 1899, as workbooks count: from 1980 to 2100.
const EXCEL_DAYS: std::ops::RangeInclusive<i64> = 29_221..=73_415;
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Seasons that lie in one year; in which months depends on the place, and in terms of a university on it.
const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "fall"];
const WINTER: &str = "winter";

/// The days that a date in a corpus stands for: one, or those of a month, a quarter or a year. Where a date may mean several
/// days, all from the first to the last of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// Years whose first day programs write where there is no date: zero seconds since 1970, zero days since 1900.
const NO_DATE: [i16; 2] = [1900, 1970];

impl Span {
    /// Returns the span of one day.
    pub fn day(day: Date) -> Span {
        Span { first: day, last: day }
    }

    fn month(day: Date) -> Span {
        Span { first: day.first_of_month(), last: day.last_of_month() }
    }

    fn years(first: i16, last: i16) -> Option<Span> {
        Some(Span { first: Date::new(first, 1, 1).ok()?, last: Date::new(last, 12, 31).ok()? })
    }
}

/// Returns the days that `text` names, in UTC; `None` if it is none of: ISO 8601 (also with a time, or without day or month),
/// RFC 2822, seconds since 1970 or parts of them, "Jul 2023", "3 July 2023", "July 3rd, 2023", "2023/07/03", "3.7.2023",
/// "7/30/2023", "20230703", "202307", "2023-Q3", "Q3 2023", "Jul-Aug 2023", "Spring 2023", "2023/24", "2023-W12", "05MAR2023", "2023.0", days as
/// Excel counts them. A day and a month that cannot be told apart ("3/7/2023") are all days from the one to the other; a season is its
/// year, or for a winter the months of two years. Text without a whole year ("3 Jul 23"), a year before 1900 or after 2199, or the
/// day that programs write for no date at all (1970-01-01, 1900-01-01) is none.
pub fn span(text: &str) -> Option<Span> {
    let text = alone(text);
    let found = number(text)
        .or_else(|| quarter(text))
        .or_else(|| week(text))
        .or_else(|| glued(text))
        .or_else(|| rfc(text))
        .or_else(|| parts(text))?;
    let is_usual = YEARS.contains(&found.first.year()) && YEARS.contains(&found.last.year());
    let is_none = |year: i16| Date::new(year, 1, 1).is_ok_and(|day| found == Span::day(day));
    (is_usual && !NO_DATE.into_iter().any(is_none)).then_some(found)
}

/// Returns the first and the last of these dates by the day that each begins with, as they are written; of one day, in the order
/// of their text. Dates that cannot be read count only if none can.
pub(crate) fn first_and_last<'a>(dates: impl Iterator<Item = &'a str>) -> Option<(&'a str, &'a str)> {
    let mut days: Vec<(Option<Date>, &str)> = dates.map(|date| (span(date).map(|days| days.first), date)).collect();
    if days.iter().any(|(day, _)| day.is_some()) {
        days.retain(|(day, _)| day.is_some());
    }
    days.iter().min().zip(days.iter().max()).map(|((_, first), (_, last))| (*first, *last))
}

/// Returns a date without what JavaScript and OpenReview put around it: "/Date(1678000000000)/", "5 Nov 2023, 10:11 (modified: ...)".
fn alone(text: &str) -> &str {
    let text = text.trim();
    let of_script = text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/"));
    let text = of_script.map_or(text, |moment| moment.split(['+', '-']).next().unwrap_or(moment));
    text.split(" (modified").next().unwrap_or(text).trim_end()
}

/// Parses a week of ISO 8601: "2023-W12", "2023W12".
fn week(text: &str) -> Option<Span> {
    let (year, week) = text.split_once(['W', 'w'])?;
    let year = year.strip_suffix('-').unwrap_or(year);
    let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
    let week = week.parse().ok().filter(|_| week.len() == 2 && is_number(week))?;
    let day = |of_week| ISOWeekDate::new(year, week, of_week).ok().map(ISOWeekDate::date);
    Some(Span { first: day(Weekday::Monday)?, last: day(Weekday::Sunday)? })
}

/// Parses a day as SAS writes it: "05MAR2023".
fn glued(text: &str) -> Option<Span> {
    let month = text.trim_matches(|c: char| c.is_ascii_digit());
    let (of_month, year) = text.split_once(month).filter(|_| !month.is_empty())?;
    match (part(of_month)?, part(month)?, part(year)?) {
        (Part::Number(of_month), Part::Month(month), Part::Year(year)) => {
            Date::new(year, month, of_month).ok().map(Span::day)
        }
        _ => None,
    }
}

/// Returns whether day and month of a date cannot be told apart, as in "3/7/2023".
pub fn is_ambiguous(text: &str) -> bool {
    let numbers = split(alone(text)).filter(|(_, separator)| *separator != '.').map(|(parts, _)| parts);
    matches!(numbers.as_deref(), Some([Part::Number(first @ ..=12), Part::Number(second @ ..=12), Part::Year(_)]) if first != second)
}

/// Returns whether these digits are a year, month, day and hours, with minutes and seconds if there are so many.
fn is_day_with_time(digits: &str) -> bool {
    let is_below = |from: usize, end: u8| {
        digits.get(from..from + 2).is_none_or(|part| part.parse::<u8>().is_ok_and(|part| part < end))
    };
    number(&digits[..8]).is_some() && is_below(8, 24) && is_below(10, 60) && is_below(12, 60)
}

fn number(text: &str) -> Option<Span> {
    // Columns of numbers with gaps are often stored as floating point.
    let digits = text.strip_suffix(".0").unwrap_or(text);
    // The time of day in ISO 8601's short form.
    let digits = digits.split_once('T').filter(|(day, _)| day.len() == 8).map_or(digits, |(day, _)| day);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let moment = |of: Result<Timestamp, jiff::Error>| of.ok().map(|of| Span::day(TimeZone::UTC.to_datetime(of).date()));
    let part = |range: std::ops::Range<usize>| digits[range].parse::<i8>().ok();
    let year = || digits[..4].parse().ok().filter(|year| YEARS.contains(year));
    match digits.len() {
        4 => Span::years(year()?, year()?),
        5 => {
            let days = digits.parse().ok().filter(|days| EXCEL_DAYS.contains(days))?;
            Date::constant(1899, 12, 30).checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(Span::day)
        }
        6 => Date::new(year()?, part(4..6)?, 1).ok().map(Span::month),
        8 => Date::new(year()?, part(4..6)?, part(6..8)?).ok().map(Span::day),
        // As seconds or milliseconds since 1970 these would be of 1976, or of 2030 and later.
        10 | 12 | 14 if is_day_with_time(digits) => number(&digits[..8]),
        SECONDS_DIGITS..MILLISECONDS_DIGITS => moment(Timestamp::from_second(digits.parse().ok()?)),
        MILLISECONDS_DIGITS..MICROSECONDS_DIGITS => moment(Timestamp::from_millisecond(digits.parse().ok()?)),
        MICROSECONDS_DIGITS..NANOSECONDS_DIGITS => moment(Timestamp::from_microsecond(digits.parse().ok()?)),
        NANOSECONDS_DIGITS..20 => moment(Timestamp::from_nanosecond(digits.parse().ok()?)),
        _ => None,
    }
}

/// Parses "2023-Q3", "2023Q3" and "Q3 2023".
fn quarter(text: &str) -> Option<Span> {
    let (before, after) = text.split_once(['Q', 'q'])?;
    let (year, quarter) = match before.is_empty() {
        true => after.split_at_checked(1).map(|(quarter, year)| (year.trim_start_matches(['-', ' ', '/']), quarter))?,
        false => (before.strip_suffix(['-', ' ']).unwrap_or(before), after),
    };
    let year: i16 = year.parse().ok().filter(|year| YEARS.contains(year))?;
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

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A year of four digits.
    Year(i16),
    /// A month by its name.
    Month(i8),
    /// One or two digits.
    Number(i8),
    /// A season that lies in one year.
    Season,
    /// A season that lies in two.
    Winter,
}

/// Parses a year, month and day in any order that leaves no doubt, before a time of the day.
fn parts(text: &str) -> Option<Span> {
    let (parts, separator) = split(text)?;
    let day = |year, month, day| Date::new(year, month, day).ok().map(Span::day);
    match parts[..] {
        [Part::Year(year), Part::Number(next)] if !(1..=12).contains(&next) => {
            (i16::from(next) == (year + 1) % 100).then(|| Span::years(year, year + 1)).flatten()
        }
        [Part::Year(first), Part::Year(second)] if second == first + 1 => Span::years(first, second),
        [Part::Year(year), Part::Season] | [Part::Season, Part::Year(year)] => Span::years(year, year),
        // The winter that ends in the year, or the one that begins in it.
        [Part::Year(year), Part::Winter] | [Part::Winter, Part::Year(year)] => Some(Span {
            first: Date::new(year - 1, 12, 1).ok()?,
            last: Date::new(year + 1, 2, 1).ok()?.last_of_month(),
        }),
        [Part::Month(first), Part::Month(last), Part::Year(year)] if first < last => {
            Some(Span { first: Date::new(year, first, 1).ok()?, last: Date::new(year, last, 1).ok()?.last_of_month() })
        }
        [Part::Year(year), Part::Month(month) | Part::Number(month)]
        | [Part::Month(month) | Part::Number(month), Part::Year(year)] => {
            Date::new(year, month, 1).ok().map(Span::month)
        }
        [Part::Year(year), Part::Month(month) | Part::Number(month), Part::Number(of_month)]
        | [Part::Month(month), Part::Number(of_month), Part::Year(year)]
        | [Part::Number(of_month), Part::Month(month), Part::Year(year)] => day(year, month, of_month),
        // Nobody writes the month first between full stops.
        [Part::Number(of_month), Part::Number(month), Part::Year(year)] if separator == '.' => {
            day(year, month, of_month)
        }
        [Part::Number(first), Part::Number(second), Part::Year(year)] => match (first > 12, second > 12) {
            (true, false) => day(year, second, first),
            (false, true) => day(year, first, second),
            _ => {
                let (low, high) = (first.min(second), first.max(second));
                Some(Span { first: Date::new(year, low, high).ok()?, last: Date::new(year, high, low).ok()? })
            }
        },
        _ => None,
    }
}

/// Splits a date into its parts, and returns the separator after the first too.
fn split(text: &str) -> Option<(Vec<Part>, char)> {
    let mut parts = Vec::new();
    let mut first_separator = None;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let separator = after.chars().next();
        // Of "2023-07-03T10:00" the day ends at the T.
        let day = word.split_once(['T', 't']).filter(|(day, hour)| is_number(day) && is_number(hour));
        if let Some((day, _)) = day.filter(|_| parts.len() == 2) {
            parts.push(part(day)?);
            break;
        }
        if separator == Some(':') || (parts.len() == 3 && !word.is_empty()) {
            break;
        }
        if !(word.is_empty() || parts.is_empty() && is_weekday(word)) {
            parts.push(part(word)?);
            first_separator = first_separator.or(separator);
        }
        rest = after.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        let between = &after[..after.len() - rest.len()];
        let is_usual = between
            .chars()
            .all(|c| matches!(c, ' ' | '-' | '/' | '.' | ',' | '–' | '\u{2010}' | '\u{2011}' | '\u{A0}'));
        if !is_usual {
            return None;
        }
    }
    let is_time = rest.is_empty() || is_time_of_day(rest, parts.len());
    is_time.then(|| (parts, first_separator.unwrap_or(' ')))
}

/// Returns whether what follows a day is a time: digits, colons, the names of zones.
fn is_time_of_day(rest: &str, n_parts: usize) -> bool {
    let is_part = |c: char| {
        c.is_ascii_digit() || c.is_ascii_alphabetic() || matches!(c, ':' | '.' | '+' | '-' | ' ' | '/' | '(' | ')')
    };
    let is_after_t = rest.starts_with(['T', 't']);
    n_parts == 3
        && rest.len() <= 40
        && rest.chars().all(is_part)
        && (is_after_t || rest.contains(':') || rest.len() <= 5)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_weekday(word: &str) -> bool {
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && names.iter().any(|name| name.starts_with(&word.to_ascii_lowercase()))
}

/// Parses a year, a month by its name (or at least its first three letters), or a number, also "3rd".
fn part(word: &str) -> Option<Part> {
    let lower = word.to_ascii_lowercase();
    if is_number(&lower) {
        return match lower.len() {
            4 => lower.parse().ok().filter(|year| YEARS.contains(year)).map(Part::Year),
            1 | 2 => lower.parse().ok().map(Part::Number),
            _ => None,
        };
    }
    if SEASONS.contains(&lower.as_str()) {
        return Some(Part::Season);
    }
    if lower == WINTER {
        return Some(Part::Winter);
    }
    if let Some(number) = ["st", "nd", "rd", "th"].iter().find_map(|end| lower.strip_suffix(end)) {
        return number.parse().ok().filter(|number| (1..=31).contains(number)).map(Part::Number);
    }
    let is_name =
        |name: &&str| lower.len() >= 3 && (name.starts_with(&lower) || (lower == "sept" && **name == *"september"));
    let month = MONTHS.iter().position(is_name)?;
    i8::try_from(month + 1).ok().map(Part::Month)
}

fn rfc(text: &str) -> Option<Span> {
    rfc2822::parse(text).ok().map(|of| Span::day(of.with_time_zone(TimeZone::UTC).date()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        span(text).map(|span| span.last.to_string())
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
            ("30.11.2023", "2023-11-30"),
            ("5.3.2023", "2023-03-05"),
            ("11/30/2023", "2023-11-30"),
            ("30/11/2023", "2023-11-30"),
            ("5/5/2023", "2023-05-05"),
            ("11/30/2023 03:07:00PM -05:00", "2023-11-30"),
            ("20230315", "2023-03-15"),
            ("2023031510", "2023-03-15"),
            ("202303151030", "2023-03-15"),
            ("20230315103059", "2023-03-15"),
            ("20230315T103000Z", "2023-03-15"),
            ("202303", "2023-03-31"),
            ("2023-3-5", "2023-03-05"),
            ("2023 Mar 5", "2023-03-05"),
            ("2023 Mar", "2023-03-31"),
            ("15-Mar-2023", "2023-03-15"),
            ("March 15th, 2023", "2023-03-15"),
            ("Wed Mar 15 2023", "2023-03-15"),
            ("Sept. 2023", "2023-09-30"),
            ("03/2023", "2023-03-31"),
            ("45291", "2023-12-31"),
            ("1669766400000000", "2022-11-30"),
            ("2023-03-05T10:00:00.000Z", "2023-03-05"),
            ("Q3 2023", "2023-09-30"),
            ("q1/2024", "2024-03-31"),
            ("2023-W12", "2023-03-26"),
            ("05MAR2023", "2023-03-05"),
            ("2023–03–05", "2023-03-05"),
            ("/Date(1678000000000)/", "2023-03-05"),
            ("05 Nov 2023, 10:11 (modified: 10 Nov 2023, 18:32)", "2023-11-05"),
            ("Jul-Aug 2023", "2023-08-31"),
            ("2011/12", "2011-12-31"),
            ("2013.0", "2013-12-31"),
        ] {
            assert_eq!(day(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn dates_that_may_mean_several_days_are_all_of_them() {
        for (text, first, last, is_unclear) in [
            ("12/05/2023", "2023-05-12", "2023-12-05", true),
            ("9/11/2023 03:07:00PM -05:00", "2023-09-11", "2023-11-09", true),
            ("5/5/2023", "2023-05-05", "2023-05-05", false),
            ("5.3.2023", "2023-03-05", "2023-03-05", false),
            ("Spring 2023", "2023-01-01", "2023-12-31", false),
            ("2022 Autumn", "2022-01-01", "2022-12-31", false),
            ("Fall, 2022", "2022-01-01", "2022-12-31", false),
            ("Winter 2023", "2022-12-01", "2024-02-29", false),
            ("2023/24", "2023-01-01", "2024-12-31", false),
            ("2023-2024", "2023-01-01", "2024-12-31", false),
            ("1999/00", "1999-01-01", "2000-12-31", false),
        ] {
            let found = span(text).map(|span| (span.first.to_string(), span.last.to_string()));
            assert_eq!(found, Some((first.to_owned(), last.to_owned())), "{text}");
            assert_eq!(is_ambiguous(text), is_unclear, "{text}");
        }
    }

    #[test]
    fn dates_in_several_forms_are_in_the_order_of_their_days() {
        let found = |dates: &[&'static str]| first_and_last(dates.iter().copied());
        let mixed = ["1/2/2019", "2016-05-01", "12 May 2018", "3/7/2017"];
        assert_eq!(found(&mixed), Some(("2016-05-01", "1/2/2019")));
        assert_eq!(found(&["2017", "2016-05-01", "2016-05", "2017-01-01"]), Some(("2016-05", "2017-01-01")));
        assert_eq!(found(&["soon", "2017", "a long time ago"]), Some(("2017", "2017")));
        assert_eq!(found(&["soon", "later"]), Some(("later", "soon")));
        assert_eq!(found(&[]), None);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "1970-01-01",
            "1970-01-01T00:00:00Z",
            "1900-01-01",
            "12",
            "99999",
            "2022-13-01",
            "2022-02-30",
            "20221130x",
            "2022-11-30x",
            "0001",
            "-5",
            "5 Mar 23",
            "Mar 23",
            "1/5/15",
            "5/13/23",
            "13/13/2023",
            "0015-01-05",
            "1789-07-14",
            "12345",
            "2023-03-05 and later",
            "2300-01-01",
            "2023-Q5",
            "Q3",
            "Q5 2023",
            "Spring",
            "Spring 23",
            "2023/25",
            "2023-2025",
            "Aug-Jul 2023",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
