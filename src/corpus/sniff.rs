//! Recognises the kind of a file by the beginning of its content.

use serde_json::value::RawValue;

use super::bibliography::{Tags, is_bibtex};
use super::delimited::Dialect;
use super::foreign::{FOREIGN, FORMS, LATEX, MAIL, PACKED, PSQL, SQL};
use super::format::Format;
use super::workbook::is_xml_workbook;
use super::{archive, xml};

/// Beginnings of lines before the first statement of an SQL dump.
const BEFORE_SQL: [&str; 9] = ["--", "/*", "SET ", "USE ", "DROP ", "LOCK ", "BEGIN", "PRAGMA ", "SELECT pg_catalog"];
/// Number of lines of a text that are looked at for the marks of forms.
const LINES_OF_FORM: usize = 60;
/// Headers that e-mails have and no other text.
const HEADERS: [&str; 5] = ["message-id:", "mime-version:", "received:", "return-path:", "content-transfer-encoding:"];
/// Returns the format that the first bytes promise. Content that begins like an object is JSON; its reader tells it from JSON Lines.
pub(super) fn format(head: &[u8]) -> Option<Format> {
    if head.starts_with(b"PAR1") {
        return Some(Format::Parquet);
    }
    if head.starts_with(b"ARROW1\0\0") || (head.starts_with(&[0xFF; 4]) && head.get(6..8) == Some(&[0, 0])) {
        return Some(Format::Arrow);
    }
    if archive::is_tar(head) {
        return Some(Format::Tar);
    }
    if head.starts_with(b"PK\x03\x04") {
        // Workbooks are archives of this file.
        let is_workbook = memchr::memmem::find(head, b"[Content_Types].xml").is_some();
        return Some(if is_workbook { Format::Xlsx } else { Format::Zip });
    }
    let start = head.trim_ascii_start();
    match start.first() {
        Some(b'{' | b'[') => Some(Format::Json),
        Some(b'<') if is_xml_workbook(start) => Some(Format::ExcelXml),
        Some(b'<') => xml::Content::of(start).map(|_| Format::Xml),
        _ => bibliography(head),
    }
}

/// Recognises a bibliography by its first entry.
fn bibliography(head: &[u8]) -> Option<Format> {
    let tagged = Tags::of(head).map(|tags| match tags {
        Tags::Ris => Format::Ris,
        Tags::Medline => Format::Nbib,
        Tags::EndNote => Format::EndNote,
        Tags::WebOfScience => Format::WebOfScience,
    });
    tagged.or_else(|| is_bibtex(head).then_some(Format::BibTex))
}

/// Returns the format of a file named as a text or a table, if its content says otherwise.
pub(super) fn format_of_other(head: &[u8], named: Format) -> Option<Format> {
    let start = head.trim_ascii_start();
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_json = || serde_json::from_slice::<&RawValue>(line).is_ok();
    match start.first()? {
        // A line longer than what was looked at is hardly a sentence in brackets.
        b'{' if start.starts_with(b"{\"") && (is_json() || line.len() == start.len()) => Some(Format::JsonLines),
        b'{' | b'[' if begins_json(start) => Some(Format::Json),
        b'<' => match xml::Content::of(start) {
            Some(xml::Content::Other(_)) => None,
            found => found.map(|_| Format::Xml),
        },
        _ if bibliography(head).is_some() => bibliography(head),
        _ if named != Format::Text => None,
        _ => table(head),
    }
}

/// Returns the format of a table whose name does not say that it is one, such as the tab-separated `.xls` of some conference systems.
pub(super) fn table(head: &[u8]) -> Option<Format> {
    Dialect::of_text(head).map(|dialect| if dialect.delimiter() == b'\t' { Format::Tsv } else { Format::Csv })
}

/// Returns the format of a file named as JSON that begins with the header of a table: several names, as no value of JSON does.
pub(super) fn table_called_json(head: &[u8]) -> Option<Format> {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-. \"".contains(byte);
    let is_header = |separator: u8| {
        let mut names = line.split(|byte| *byte == separator);
        line.contains(&separator) && names.all(|name| !name.is_empty() && name.iter().all(is_part))
    };
    let is_name = line.first().is_some_and(u8::is_ascii_alphabetic);
    let found = [(b'\t', Format::Tsv), (b',', Format::Csv), (b';', Format::Csv)].into_iter().find(|of| is_header(of.0));
    found.filter(|_| is_name).map(|(_, format)| format)
}

/// Returns whether this begins as objects in JSON do: `{ "key":` or `[{ "key":`.
fn begins_json(start: &[u8]) -> bool {
    let mut rest = start.strip_prefix(b"[").unwrap_or(start).trim_ascii_start();
    rest = match rest.strip_prefix(b"{") {
        Some(rest) => rest.trim_ascii_start(),
        None => return false,
    };
    let Some(key) = rest.strip_prefix(b"\"") else { return false };
    let end = memchr::memchr(b'"', key).map(|end| &key[end + 1..]);
    end.is_some_and(|rest| rest.trim_ascii_start().starts_with(b":"))
}

/// Returns the name of a format that is not read, and how to convert it.
pub(super) fn foreign(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let start = head.trim_ascii_start();
    let begins = |mark: &[u8]| {
        // A text may begin with the same letters.
        let is_binary = !mark.iter().all(u8::is_ascii_alphanumeric) || head.contains(&0);
        let is_start = start.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
        is_binary && (is_start || head.starts_with(mark))
    };
    if let Some((_, what, how)) = FOREIGN.iter().find(|(mark, ..)| begins(mark)) {
        return Some((what, how));
    }
    let is_packed = head.starts_with(b"PK\x03\x04");
    let holds = |name: &[u8]| memchr::memmem::find(head, name).is_some();
    if start.starts_with(b"1. ") && holds(b"\nPMID: ") && (holds(b"doi: ") || holds(b"\nDOI: ")) {
        return Some(("a page of PubMed's abstracts", "save them there in the format PubMed, as .nbib, which is read"));
    }
    if is_mail(start) {
        return Some(MAIL);
    }
    if is_printed_form(start) {
        return Some(FORMS);
    }
    if is_printed_table(start) {
        return Some(PSQL);
    }
    if first_line(start, &BEFORE_SQL).is_some_and(|line| is_sql(&line)) {
        return Some(SQL);
    }
    if first_line(start, &["%"]).is_some_and(|line| line.starts_with("\\documentclass")) {
        return Some(LATEX);
    }
    let (_, what, how) = PACKED.iter().filter(|_| is_packed).find(|(name, ..)| holds(name))?;
    Some((what, how))
}

/// Returns the first line that is not blank and begins with none of these.
fn first_line(start: &[u8], others: &[&str]) -> Option<String> {
    let mut lines = start.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let is_other = |line: &[u8]| line.is_empty() || others.iter().any(|other| line.starts_with(other.as_bytes()));
    lines.find(|line| !is_other(line)).map(|line| String::from_utf8_lossy(line).into_owned())
}

/// Returns whether a text is made of review forms that a conference system has printed.
fn is_printed_form(start: &[u8]) -> bool {
    let lines = || start.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).take(LINES_OF_FORM);
    let pairs = || lines().zip(lines().skip(1));
    let is_rule = |line: &[u8], mark: u8| line.len() >= 3 && line.iter().all(|byte| *byte == mark);
    let is_hotcrp = |(line, next): (&[u8], &[u8])| line.starts_with(b"Review #") && is_rule(next, b'=');
    let is_easychair = |line: &[u8]| {
        let line = String::from_utf8_lossy(line);
        let title = line.trim_matches('-').trim();
        let is_review = title.strip_prefix("REVIEW ").is_some_and(|number| number.parse::<u32>().is_ok());
        line.starts_with("--") && (title == "TEXT:" || line.ends_with("--") && is_review)
    };
    lines().next().is_some_and(|line| line.starts_with(b"==+==")) || pairs().any(is_hotcrp) || lines().any(is_easychair)
}

/// Returns whether a text is a table with a rule of `-` and `+` below its header.
fn is_printed_table(start: &[u8]) -> bool {
    let mut lines = start.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let (header, rule) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let is_rule = rule.iter().all(|byte| matches!(byte, b'-' | b'+')) && memchr::memmem::find(rule, b"-+-").is_some();
    is_rule && header.contains(&b'|')
}

fn is_sql(line: &str) -> bool {
    let is_copy = line.starts_with("COPY ") && line.ends_with("FROM stdin;");
    is_copy || ["INSERT INTO ", "CREATE TABLE ", "CREATE DATABASE "].iter().any(|start| line.starts_with(start))
}

/// Returns whether the lines before the first blank one are headers of an e-mail.
fn is_mail(start: &[u8]) -> bool {
    let mut n_headers = 0;
    let mut is_sure = false;
    for line in String::from_utf8_lossy(start).lines().take_while(|line| !line.is_empty()) {
        let name = line.split_once(':').map_or("", |(name, _)| name);
        let is_header = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let is_start = n_headers == 0 && line.starts_with("From ");
        if !is_header && !is_start && !line.starts_with([' ', '\t']) {
            return false;
        }
        n_headers += 1;
        let lower = line.to_ascii_lowercase();
        is_sure |= is_start && is_envelope(line) || HEADERS.iter().any(|header| lower.starts_with(header));
    }
    is_sure && n_headers > 2
}

/// Returns whether a line that begins with "From " begins an e-mail in a mailbox: it has an address, or ends in a year.
fn is_envelope(line: &str) -> bool {
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    line.contains('@') || line.split_whitespace().next_back().is_some_and(is_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_what_is_only_called_so() {
        for (head, expected) in [
            ("{\"id\": 1, \"text\": \"A kite.\"}\n{\"id\": 2}\n", Some(Format::JsonLines)),
            ("[\n  {\"id\": 1}]", Some(Format::Json)),
            ("{\n  \"id\": 1}", Some(Format::Json)),
            ("id\ttext\n1\tA kite.\n2\tWind.\n", Some(Format::Tsv)),
            ("[1] shows that kites fly.\n", None),
            ("{sic} It flies.\n", None),
            ("A kite flies, and lands.\nIt is red.\n", None),
        ] {
            assert_eq!(format_of_other(head.as_bytes(), Format::Text), expected, "{head}");
        }
        assert_eq!(table_called_json(b"id,text\n1,A kite.\n2,Wind.\n"), Some(Format::Csv));
        assert_eq!(table_called_json(b"data = [1, 2]\n"), None);
    }

    #[test]
    fn what_is_not_read_is_named() {
        assert_eq!(foreign(b"%PDF-1.7").unwrap().0, "a PDF");
        assert_eq!(foreign(b"PK\x03\x04....word/document.xml").unwrap().0, "a Word document (.docx)");
        assert_eq!(foreign(b"<!DOCTYPE HTML><p>").unwrap().0, "a web page");
        let mail = "From: ann@example.org\nSubject: My review\nMessage-ID: <1@example.org>\n\nA kite.\n";
        assert_eq!(foreign(mail.as_bytes()).unwrap().0, "an e-mail, or several");
        let mailbox =
            "From MAILER-DAEMON Fri Jul  8 12:08:34 2011\nFrom: ann@example.org\nSubject: My review\n\nA kite.\n";
        assert_eq!(foreign(mailbox.as_bytes()).unwrap().0, "an e-mail, or several");
        assert_eq!(foreign(b"PK\x03\x04....word/numbering.xml").unwrap().0, "a Word document (.docx)");
        assert_eq!(foreign(b"% A review\n\\documentclass{article}\n").unwrap().0, "a LaTeX document");
        assert_eq!(foreign(b"COPY r (id, t) FROM stdin;\n1\tA kite.\n").unwrap().0, "a dump of an SQL database");
        for text in [
            "A kite.",
            "From the start it flies.\nSummary: a kite\nWind: weak\n\nNo.",
            "Summary: It flies.\nSubject: kites\nFrom: me\n\nA kite.",
            "Insert into it.\n",
        ] {
            assert!(foreign(text.as_bytes()).is_none(), "{text}");
        }
    }
}
