//! Dates in parts, as records of papers have them.

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Returns "2019-03-05", "2019-03" or "2019", as much as there is; `None` without a year of four digits.
pub(in crate::corpus) fn date(year: &str, month: &str, day: &str) -> Option<String> {
    let year = year.trim();
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let day = day.trim().parse::<u8>().ok().filter(|day| (1..=31).contains(day));
    Some(match (month_number(month), day) {
        (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year}-{month:02}"),
        (None, _) => year.to_owned(),
    })
}

/// Returns the year that a date begins with.
pub(in crate::corpus) fn year_of(date: &str) -> Option<String> {
    date.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned)
}

/// Returns the number of a month that is written as a number or by its English name.
pub(in crate::corpus) fn month_number(text: &str) -> Option<usize> {
    let text = text.trim().to_lowercase();
    let by_number = text.parse().ok().filter(|number| (1..=12).contains(number));
    by_number.or_else(|| MONTHS.iter().position(|name| text.starts_with(name)).map(|at| at + 1))
}

/// Returns the date that words such as "2021 Mar 5", "2021 Mar-Apr", "Mar 5 2021" and "2021 Spring" name, as far as a year tells.
pub(in crate::corpus) fn date_of_words(text: &str) -> Option<String> {
    let iso = text.trim().get(..10).filter(|day| day.as_bytes()[4] == b'-' && day.as_bytes()[7] == b'-');
    if let Some(Some(day)) = iso.map(|day| date(&day[..4], &day[5..7], &day[8..])) {
        return Some(day);
    }
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let is_year = |part: &str| date(part, "", "").is_some();
    let at = parts.iter().position(|part| is_year(part))?;
    let is_name = |part: &&&str| part.starts_with(char::is_alphabetic) && month_number(part).is_some();
    let month = parts.iter().find(is_name).copied();
    let month = month.or_else(|| parts.get(at + 1).copied().filter(|part| month_number(part).is_some()));
    let month_at = parts.iter().position(|part| Some(*part) == month);
    // What follows the first month of several is another month, or the year that it ends in.
    let is_day = |part: &&&str| part.len() <= 2 && part.starts_with(|c: char| c.is_ascii_digit());
    let beside = |at: Option<usize>| at.and_then(|at| parts.get(at)).filter(is_day).copied();
    let day = month_at.and_then(|at| beside(Some(at + 1)).or_else(|| beside(at.checked_sub(1))));
    date(parts[at], month.unwrap_or_default(), day.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_what_the_record_has() {
        for (year, month, day, expected) in [
            ("2019", "Mar", "5", Some("2019-03-05")),
            ("2019", "03", "", Some("2019-03")),
            ("2019", "", "5", Some("2019")),
            ("2019", "March", "32", Some("2019-03")),
            ("19", "3", "5", None),
            ("", "3", "5", None),
        ] {
            assert_eq!(date(year, month, day).as_deref(), expected, "{year} {month} {day}");
        }
    }

    #[test]
    fn words_name_dates() {
        for (words, expected) in [
            ("2021 Mar 5", Some("2021-03-05")),
            ("2021 Mar", Some("2021-03")),
            ("2021 Mar-Apr", Some("2021-03")),
            ("1998 Dec-1999 Jan", Some("1998-12")),
            ("2021 Spring", Some("2021")),
            ("Winter 1976-1977", Some("1976")),
            ("DEC 15 2021", Some("2021-12-15")),
            ("5 March 2021", Some("2021-03-05")),
            ("2021/03/05/", Some("2021-03-05")),
            ("2021/03//", Some("2021-03")),
            ("2021///", Some("2021")),
            ("2021-03-05", Some("2021-03-05")),
            ("2021-03-05T10:00:00Z", Some("2021-03-05")),
            ("Mon, 2 Apr 2007 19:18:42 GMT", Some("2007-04-02")),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(date_of_words(words).as_deref(), expected, "{words}");
        }
    }
}
