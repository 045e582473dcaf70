//! The tags of each export, and the cells they become.

use crate::corpus::known::Cells;
use crate::corpus::xml::{date_of_words, year_of};

/// Tags with their values, in the order of the file.
pub(super) type Values = Vec<(String, String)>;

/// An export whose lines begin with tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::corpus) enum Tags {
    /// `TY  - JOUR`, up to `ER  - `.
    Ris,
    /// `PMID- 1`, as PubMed's nbib and Ovid's exports have it.
    Medline,
    /// `%0 Journal Article`, as EndNote and Refer have it.
    EndNote,
    /// `PT J` up to `ER`.
    WebOfScience,
}

/// A cell: its name, the separator of its values where several count, and the tags it is read from, in order of preference.
type Column = (&'static str, Option<&'static str>, &'static [&'static str]);

const RIS: [Column; 9] = [
    ("id", None, &["ID", "AN"]),
    ("title", None, &["TI", "T1"]),
    ("abstract", Some("\n\n"), &["AB", "N2"]),
    ("venue", None, &["T2", "JO", "JF", "JA", "J2", "BT"]),
    ("doi", None, &["DO"]),
    ("keywords", Some(", "), &["KW"]),
    ("language", None, &["LA"]),
    ("type", None, &["TY"]),
    ("date", None, &["DA", "Y1", "PY"]),
];
const MEDLINE: [Column; 9] = [
    ("id", None, &["PMID"]),
    ("title", None, &["TI", "BTI"]),
    ("abstract", Some("\n\n"), &["AB"]),
    ("venue", None, &["JT", "TA"]),
    ("doi", None, &["LID", "AID"]),
    ("keywords", Some(", "), &["OT", "MH"]),
    ("language", None, &["LA"]),
    ("type", None, &["PT"]),
    ("date", None, &["DP"]),
];
const ENDNOTE: [Column; 9] = [
    ("id", None, &["%F", "%M"]),
    ("title", None, &["%T"]),
    ("abstract", Some("\n\n"), &["%X"]),
    ("venue", None, &["%J", "%B"]),
    ("doi", None, &["%R"]),
    ("keywords", Some(", "), &["%K"]),
    ("language", None, &["%G"]),
    ("type", None, &["%0"]),
    ("date", None, &["%8", "%D"]),
];
const WEB_OF_SCIENCE: [Column; 9] = [
    ("id", None, &["UT"]),
    ("title", None, &["TI"]),
    ("abstract", Some("\n\n"), &["AB"]),
    ("venue", None, &["SO"]),
    ("doi", None, &["DI"]),
    ("keywords", Some("; "), &["DE"]),
    ("language", None, &["LA"]),
    ("type", None, &["DT", "PT"]),
    ("date", None, &["PD", "PY"]),
];
/// Tags of Web of Science; a line that begins with other capitals continues a value.
const KNOWN: &str = " FN VR PT AU AF BA BF CA GP RI OI BE TI SO SE BS LA DT CT CY CL SP HO DE ID AB C1 C3 RP EM FU FX CR NR TC Z9 U1 \
                     U2 PU PI PA SN EI BN J9 JI PD PY VL IS PN SU SI MA BP EP AR DI DL D2 EA EY PG WC WE SC GA UT PM OA HC HP DA ER EF ";

/// Tags of RIS that a line with a space too few may begin with.
const RIS_TAGS: &str =
    " TY ER AB N1 N2 TI T1 T2 T3 AU A1 A2 PY Y1 Y2 DA JO JF JA J2 BT DO KW ID AN LA UR L1 SP EP VL IS SN PB CY ";

impl Tags {
    const ALL: [Self; 4] = [Self::Ris, Self::Medline, Self::EndNote, Self::WebOfScience];

    /// Recognises the export from the first bytes of a file: its first non-blank line begins a record, and another line has a tag.
    pub(in crate::corpus) fn of(head: &[u8]) -> Option<Self> {
        let head = String::from_utf8_lossy(head);
        let mut lines =
            head.lines().map(|line| line.trim_start_matches('\u{FEFF}')).filter(|line| !line.trim().is_empty());
        let first = lines.next()?;
        let begins = |tags: &Self| {
            tags.split(first).is_some_and(|(tag, _)| tags.begins(tag) || (*tags == Self::WebOfScience && tag == "FN"))
        };
        let found = Self::ALL.into_iter().find(begins)?;
        lines.any(|line| found.split(line).is_some()).then_some(found)
    }

    /// Returns the tag that a line begins with, and what follows it.
    pub(super) fn split(self, line: &str) -> Option<(&str, &str)> {
        match self {
            Self::Ris => split_hyphen(line).or_else(|| split_loose(line)),
            Self::Medline => split_hyphen(line),
            Self::EndNote => {
                let is_tag = line.starts_with('%') && line.as_bytes().get(1).is_some_and(u8::is_ascii_graphic);
                let value = line.get(2..).filter(|value| value.is_empty() || value.starts_with(' '))?;
                is_tag.then(|| (&line[..2], value.trim_start()))
            }
            Self::WebOfScience => {
                let (tag, value) = (line.get(..2)?, line.get(2..)?);
                let is_tag = tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
                let is_known = is_tag && KNOWN.contains(&format!(" {tag} "));
                (is_known && (value.is_empty() || value.starts_with(' '))).then(|| (tag, value.trim()))
            }
        }
    }

    /// Returns whether a tag begins a record.
    pub(super) fn begins(self, tag: &str) -> bool {
        match self {
            Self::Ris => tag == "TY",
            Self::Medline => tag == "PMID",
            Self::EndNote => tag == "%0",
            Self::WebOfScience => tag == "PT",
        }
    }

    /// Returns whether a tag ends a record.
    pub(super) fn ends(self, tag: &str) -> bool {
        matches!((self, tag), (Self::Ris, "ER") | (Self::WebOfScience, "ER" | "EF"))
    }

    /// Returns whether all values are hard-wrapped, so that the end of a line means nothing.
    pub(super) fn is_wrapped(self) -> bool {
        matches!(self, Self::Medline | Self::WebOfScience)
    }

    /// Returns the cells of a record.
    pub(super) fn cells(self, values: &Values) -> Cells {
        let columns = match self {
            Self::Ris => &RIS,
            Self::Medline => &MEDLINE,
            Self::EndNote => &ENDNOTE,
            Self::WebOfScience => &WEB_OF_SCIENCE,
        };
        let mut cells = Cells::new();
        for (cell, between, tags) in columns {
            let value = match *cell {
                "date" => date(values, tags),
                "doi" => doi(values, tags),
                _ => tags.iter().find_map(|tag| value(values, tag, *between)),
            };
            cells.extend(value.map(|value| (*cell, value)));
        }
        let year = cells.iter().find(|(cell, _)| *cell == "date").and_then(|(_, date)| year_of(date));
        cells.extend(year.map(|year| ("year", year)));
        cells
    }
}

/// Splits a line such as "AB  - ..." or "PMID- ..." after its tag, which has two to four characters and is padded to four.
fn split_hyphen(line: &str) -> Option<(&str, &str)> {
    let (tag, value) = (line.get(..4)?, line.get(4..)?.strip_prefix('-')?);
    let tag = tag.trim_end();
    let is_tag = tag.len() >= 2
        && tag.starts_with(|c: char| c.is_ascii_uppercase())
        && tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    (is_tag && (value.trim().is_empty() || value.starts_with(' '))).then(|| (tag, value.trim()))
}

/// Splits a line of RIS with a space too few, such as "TY - JOUR" or "TY  -JOUR".
fn split_loose(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(2).filter(|(tag, _)| RIS_TAGS.contains(&format!(" {tag} ")))?;
    let value = [" - ", "  -"].iter().find_map(|mark| rest.strip_prefix(mark)).or((rest == " -").then_some(""))?;
    Some((tag, value.trim()))
}

/// Returns the first value of a tag, or all of them joined by `between`.
fn value(values: &Values, tag: &str, between: Option<&str>) -> Option<String> {
    let mut all = values.iter().filter(|(known, value)| known == tag && !value.trim().is_empty());
    match between {
        None => all.next().map(|(_, value)| value.trim().to_owned()),
        Some(between) => {
            let all: Vec<&str> = all.map(|(_, value)| value.trim()).collect();
            (!all.is_empty()).then(|| all.join(between))
        }
    }
}

/// Returns the first of the tags with a year, or an incomplete date ("DEC 15") with the year of another tag; unchanged if it
/// is no date.
fn date(values: &Values, tags: &[&str]) -> Option<String> {
    let found: Vec<String> = tags.iter().filter_map(|tag| value(values, tag, None)).collect();
    let first = found.first()?;
    let dated = date_of_words(first).or_else(|| date_of_words(&format!("{} {first}", found.last()?)));
    Some(dated.unwrap_or_else(|| first.clone()))
}

/// Returns a DOI that stands alone or among other ids ("10.5/k [doi]").
fn doi(values: &Values, tags: &[&str]) -> Option<String> {
    let all = values.iter().filter(|(tag, _)| tags.contains(&tag.as_str())).map(|(_, value)| value.trim());
    let mut dois = all.filter_map(|value| {
        let doi = value.strip_suffix("[doi]").unwrap_or(value).trim();
        let doi = doi.rsplit_once("doi.org/").map_or(doi, |(_, doi)| doi);
        doi.starts_with("10.").then(|| doi.to_owned())
    });
    dois.next()
}
