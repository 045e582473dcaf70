//! Venue, year and day of a note, and the time of its last change.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::object::Object;
use super::openreview_kind::invitations;
use crate::corpus::date::span;

/// Keys with the time of a note, in milliseconds since 1970; the first one present counts.
const TIMES: [&str; 5] = ["cdate", "tcdate", "date", "pdate", "odate"];
/// Keys with the time of a version of a note, the last change before the first writing; the first one present counts.
const CHANGES: [&str; 4] = ["mdate", "tmdate", "cdate", "tcdate"];
const YEARS: std::ops::RangeInclusive<u16> = 1990..=2199;

/// Returns the venue and the year in the name of a note's group: `NeurIPS` and `2023` for `NeurIPS.cc/2023/Conference`,
/// `NeurIPS/Workshop/XAIA` and `2023` for `NeurIPS.cc/2023/Workshop/XAIA`.
pub(super) fn venue_and_year(note: &Object) -> (Option<String>, Option<String>) {
    let domain = note.get("domain").and_then(Value::as_str);
    let group = domain.or_else(|| invitations(note).into_iter().find(|of| of.contains('/')).map(group_of));
    match group {
        Some(group) => split(group),
        None => (None, None),
    }
}

/// Returns the group of an invitation: `ICLR.cc/2020/Conference` for `ICLR.cc/2020/Conference/Paper7/-/Official_Review`.
fn group_of(invitation: &str) -> &str {
    let group = invitation.split("/-/").next().unwrap_or(invitation);
    let mut end = 0;
    for part in group.split('/') {
        let name = part.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
        let is_numbered = name.len() < part.len();
        if end > 0 && is_numbered && matches!(name.as_str(), "paper" | "submission") {
            return &group[..end - 1];
        }
        end += part.len() + 1;
    }
    group
}

fn split(group: &str) -> (Option<String>, Option<String>) {
    let mut parts: Vec<&str> = group.split('/').filter(|part| !part.is_empty()).collect();
    let year_at = parts.iter().position(|part| part.len() == 4 && part.parse().is_ok_and(|year| YEARS.contains(&year)));
    let year = year_at.map(|at| parts.remove(at).to_owned());
    if parts.len() > 1 && parts.last().is_some_and(|last| last.eq_ignore_ascii_case("conference")) {
        parts.pop();
    }
    // A site such as `aclweb.org` before the venue says nothing; `NeurIPS.cc` is the venue.
    if parts.len() > 1 && parts[0].contains('.') && year_at != Some(1) {
        parts.remove(0);
    }
    let mut names: Vec<&str> = parts;
    if let Some(first) = names.first_mut() {
        *first = first.split('.').next().unwrap_or(first);
    }
    let venue = names.join("/");
    ((!venue.is_empty()).then_some(venue), year)
}

/// Returns the day of a note, in UTC.
pub(super) fn day(note: &Object) -> Option<String> {
    TIMES.iter().find_map(|key| note.get(*key).and_then(day_of))
}

fn day_of(value: &Value) -> Option<String> {
    let text = match value {
        // SampledColumns with gaps are often written as floating point.
        Value::Number(number) => format!("{:.0}", number.as_f64()?),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    span(&text).filter(|span| span.first == span.last).map(|span| span.first.to_string())
}

/// Returns the time at which this version of a note was written, in milliseconds since 1970.
pub(super) fn changed(note: &Object) -> Option<i64> {
    CHANGES.iter().find_map(|key| note.get(*key).and_then(milliseconds))
}

fn milliseconds(value: &Value) -> Option<i64> {
    let number = |number: f64| number.is_finite().then_some(number as i64);
    let Value::String(text) = value else { return value.as_f64().and_then(number) };
    let text = text.trim();
    if let Ok(of_text) = text.parse() {
        return number(of_text);
    }
    let with_zone = || text.parse::<Timestamp>().ok();
    let in_utc = || TimeZone::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok();
    with_zone().or_else(in_utc).map(Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn venues_and_years() {
        for (invitation, venue, year) in [
            ("NeurIPS.cc/2023/Conference/Submission9/-/Official_Review", "NeurIPS", Some("2023")),
            ("ICLR.cc/2019/Conference/-/Paper9/Official_Review", "ICLR", Some("2019")),
            ("ICLR.cc/2017/conference/-/paper12/official/review", "ICLR", Some("2017")),
            ("NeurIPS.cc/2023/Workshop/XAIA/Paper3/-/Review", "NeurIPS/Workshop/XAIA", Some("2023")),
            ("aclweb.org/ACL/ARR/2023/April/Paper3/-/Official_Review", "ACL/ARR/April", Some("2023")),
            ("colmweb.org/COLM/2024/Conference/Submission3/-/Official_Review", "COLM", Some("2024")),
            ("EMNLP/2023/Conference/Submission3/-/Official_Review", "EMNLP", Some("2023")),
            ("TMLR/Paper12/-/Review", "TMLR", None),
        ] {
            let note = json!({ "invitation": invitation });
            let found = venue_and_year(note.as_object().unwrap());
            assert_eq!(found, (Some(venue.to_owned()), year.map(str::to_owned)), "{invitation}");
        }
    }

    #[test]
    fn days_come_from_milliseconds() {
        let day = |note: Value| day(note.as_object().unwrap());
        assert_eq!(day(json!({ "cdate": 1688368213177_i64 })).as_deref(), Some("2023-07-03"));
        assert_eq!(day(json!({ "cdate": null, "tcdate": 1666852905236_f64 })).as_deref(), Some("2022-10-27"));
        assert_eq!(day(json!({ "tcdate": "1666852905236" })).as_deref(), Some("2022-10-27"));
        assert_eq!(day(json!({ "date": "2022-10-27T06:41:45Z" })).as_deref(), Some("2022-10-27"));
        assert_eq!(day(json!({ "cdate": 5 })), None);
    }

    #[test]
    fn versions_are_dated_by_their_last_change() {
        let changed = |note: Value| changed(note.as_object().unwrap());
        assert_eq!(changed(json!({ "cdate": 5, "mdate": 7, "tmdate": 8 })), Some(7));
        assert_eq!(changed(json!({ "mdate": null, "tmdate": 8.0, "cdate": 5 })), Some(8));
        assert_eq!(changed(json!({ "tcdate": "1666852905236.0" })), Some(1_666_852_905_236));
        assert_eq!(changed(json!({ "mdate": "1970-01-01T00:00:01Z" })), Some(1000));
        assert_eq!(changed(json!({ "mdate": "1970-01-01T00:00:01.5" })), Some(1500));
        assert_eq!(changed(json!({ "mdate": "NaN", "cdate": "soon" })), None);
    }
}
