//! Learns from the first rows how a table is written: the separator of its values, their quotation, and the place of the
//! header.

use csv::{ByteRecord, ReaderBuilder};

use super::comments::starts_below;
use super::quotes::Quotes;
use crate::corpus::header::{is_data, is_usual};

/// Separators that are tried.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// Maximum number of records that are looked at.
const MAX_RECORDS: usize = 200;
/// Minimum share of records, 0 to 1, with as many values as most have.
const MIN_ALIKE: f64 = 0.7;
/// Maximum length of a column's name, in bytes.
const MAX_NAME: usize = 80;
/// Maximum number of lines before the header.
const MAX_PREAMBLE: usize = 10;

/// The way a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::corpus) struct Dialect {
    pub(super) delimiter: u8,
    /// Whether quotation marks hold values together.
    pub(super) is_quoted: bool,
    /// Whether a backslash stands before quotation marks within values.
    pub(super) has_escapes: bool,
    /// Bytes and line ends before the header.
    pub(super) start: usize,
    pub(super) n_lines: u64,
    /// Whether rows begin with a name that the header has no column for, as R writes them.
    pub(super) has_row_names: bool,
    /// Whether lines end in CR LF.
    pub(super) is_crlf: bool,
}

impl Dialect {
    /// Returns the dialect of a table that begins like this, maybe below comments; `delimiter` is the one that the file's name
    /// promises.
    pub(super) fn of(head: &[u8], delimiter: u8) -> Self {
        let below = |start: usize| {
            let table = &head[start..];
            let found = Self::of_table(table, delimiter);
            let n_lines = found.n_lines + memchr::memchr_iter(b'\n', &head[..start]).count() as u64;
            found.has_header(table).then_some(Self { start: start + found.start, n_lines, ..found })
        };
        starts_below(head).into_iter().find_map(below).unwrap_or_else(|| Self::of_table(head, delimiter))
    }

    fn of_table(head: &[u8], delimiter: u8) -> Self {
        let end = memchr::memchr(b'\n', head);
        let is_crlf = end.is_some_and(|end| end > 0 && head[end - 1] == b'\r');
        let mut plain = Self {
            delimiter,
            is_quoted: true,
            has_escapes: false,
            start: 0,
            n_lines: 0,
            has_row_names: false,
            is_crlf,
        };
        if let Some(named) = sep_line(head) {
            (plain.delimiter, plain.start, plain.n_lines) = (named, end.map_or(head.len(), |end| end + 1), 1);
            return plain.with_quotes(head);
        }
        let others = DELIMITERS.into_iter().filter(|other| *other != delimiter);
        let tried: Vec<(Self, Sample)> = std::iter::once(delimiter)
            .chain(others)
            .chain(is_spaced(head).then_some(b' '))
            .map(|delimiter| Self { delimiter, ..plain }.with_quotes(head))
            .map(|dialect| (dialect, dialect.sample(head)))
            .collect();
        let good = || tried.iter().filter(|(_, sample)| sample.is_table());
        let begins = |(_, sample): &&(Self, Sample)| sample.header == Some(0);
        let best = |a: &&(Self, Sample), b: &&(Self, Sample)| a.1.alike().total_cmp(&b.1.alike());
        // What the file's name promises comes first where it will do, and a header in the first line before one below it.
        let named = |found: &&(Self, Sample)| found.0.delimiter == delimiter;
        let found = good().filter(begins).find(named).or_else(|| good().filter(begins).max_by(best));
        match found.or_else(|| good().find(named)).or_else(|| good().max_by(best)) {
            Some((dialect, sample)) => dialect.with_header(head, sample),
            None => Self::without_header(&tried),
        }
    }

    /// Returns the dialect of a table without a header: the one that the file's name promises, unless another has as many
    /// columns in every row, and that one has not. Commas do not count, as sentences have them.
    fn without_header(tried: &[(Self, Sample)]) -> Self {
        let is_even = |sample: &Sample| sample.usual > 1 && sample.records.len() > 2 && sample.alike() == 1.0;
        let mut others = tried.iter().filter(|(dialect, _)| dialect.delimiter != b',');
        let other = others.find(|(_, sample)| is_even(sample)).filter(|_| !is_even(&tried[0].1));
        other.unwrap_or(&tried[0]).0
    }

    /// Returns the dialect of text that is a table with a header, although nothing says so: all of its rows are alike.
    pub(in crate::corpus) fn of_text(head: &[u8]) -> Option<Self> {
        let dialect = Self::of(head, b'\t');
        let sample = dialect.sample(&head[dialect.start..]);
        let is_certain = sample.is_table()
            && sample.header == Some(0)
            && sample.alike() == 1.0
            && sample.records.len() >= if dialect.delimiter == b'\t' { 3 } else { 4 }
            // Sentences with a comma each are no table, a header has names.
            && sample.records.first().is_some_and(|header| has_names(header) && header.len() >= 2);
        is_certain.then_some(dialect)
    }

    /// Returns the separator.
    pub(in crate::corpus) fn delimiter(self) -> u8 {
        self.delimiter
    }

    /// Returns the number of lines above the table that say something else than its separator.
    pub(super) fn n_above(self, head: &[u8]) -> u64 {
        let lines = head[..self.start].split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        lines.filter(|line| !line.is_empty() && sep_line(line).is_none()).count() as u64
    }

    /// Returns whether the table begins with names, rather than with values like those below.
    fn has_header(self, table: &[u8]) -> bool {
        let sample = self.sample(&table[self.start..]);
        let rows = lossy(&sample.records);
        let first = rows.split_first().filter(|_| has_names(&sample.records[0]));
        first.is_some_and(|(first, below)| !is_data(first, below))
    }

    /// Decides on quotation marks and on backslashes before them.
    fn with_quotes(self, head: &[u8]) -> Self {
        let body = &head[self.start..];
        if memchr::memchr(b'"', body).is_none() {
            return self;
        }
        let quoted = self.sample(body);
        let escaped = Self { has_escapes: true, ..self };
        if self.delimiter != b'\t' && self.has_escaped_quotes(body) && escaped.sample(body).alike() >= quoted.alike() {
            return escaped;
        }
        let bare = Self { is_quoted: false, ..self };
        let unquoted = bare.sample(body);
        let is_good = unquoted.is_table() && unquoted.alike() >= quoted.alike();
        let is_bare = match self.delimiter {
            b'\t' => !unquoted.balances() && !are_closed(body, self.delimiter),
            _ => unquoted.has_open() && self.is_unclosed(body),
        };
        if is_good && is_bare { bare } else { self }
    }

    /// Returns whether a quotation mark is not closed; the end of what is looked at closes nothing, but may only be a cut.
    fn is_unclosed(self, body: &[u8]) -> bool {
        let whole = &body[..memchr::memrchr(b'\n', body).map_or(0, |end| end + 1)];
        let is_cut = whole.len() < body.len();
        let mut watched = Quotes::new(whole, self.delimiter, self.has_escapes, 1);
        std::io::copy(&mut watched, &mut std::io::sink()).is_err() && !(is_cut && watched.is_at_end())
    }

    /// Returns whether a quotation mark after a backslash is followed by something that cannot follow a closing one.
    fn has_escaped_quotes(self, body: &[u8]) -> bool {
        let after = |at: usize| body.get(at + 2).copied().unwrap_or(self.delimiter);
        let ends = |byte: u8| byte == self.delimiter || matches!(byte, b'\r' | b'\n' | b'"');
        memchr::memmem::find_iter(body, b"\\\"").any(|at| !ends(after(at)))
    }

    /// Finds the header, below whatever stands before it.
    fn with_header(self, head: &[u8], sample: &Sample) -> Self {
        let Some(at) = sample.header else { return self };
        let has_row_names = sample.has_row_names;
        let position = sample.records[at].position();
        let start = position.map_or(0, |position| position.byte() as usize);
        // A position may be before the line end of the record before.
        let n_blank = head[start..].len() - head[start..].trim_ascii_start().len();
        let start = if at == 0 { 0 } else { start + n_blank };
        let n_lines = memchr::memchr_iter(b'\n', &head[..start]).count() as u64;
        Self { start, n_lines, has_row_names, ..self }
    }

    pub(super) fn builder(self) -> ReaderBuilder {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(self.delimiter).quoting(self.is_quoted).has_headers(false).flexible(true);
        if self.has_escapes {
            builder.escape(Some(b'\\'));
        }
        builder
    }

    fn sample(self, content: &[u8]) -> Sample {
        let mut reader = self.builder().from_reader(content);
        let mut records: Vec<ByteRecord> = reader.byte_records().map_while(Result::ok).take(MAX_RECORDS + 1).collect();
        // The last may be cut.
        let is_cut = !content.ends_with(b"\n") && records.len() > 2;
        if is_cut || records.len() > MAX_RECORDS {
            records.pop();
        }
        Sample::new(records)
    }
}

/// Returns whether every value that begins with a quotation mark ends with one, before a separator or the end of a line; the last
/// value may be cut. Marks that only stand in the text do not.
fn are_closed(mut table: &[u8], delimiter: u8) -> bool {
    let is_cut = !table.ends_with(b"\n");
    loop {
        let end = match table.strip_prefix(b"\"") {
            Some(value) => match closing_mark(value) {
                Some(at) => at + 2,
                None => return is_cut,
            },
            None => memchr::memchr3(delimiter, b'\r', b'\n', table).unwrap_or(table.len()),
        };
        let Some((byte, rest)) = table[end..].split_first() else { return true };
        if *byte != delimiter && !matches!(byte, b'\r' | b'\n') {
            return false;
        }
        table = rest;
    }
}

/// Returns the place of the first quotation mark that is not doubled.
fn closing_mark(value: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr(b'"', &value[at..])?;
        if value.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// Returns the separator that a first line `sep=;` names, as Excel writes it.
fn sep_line(head: &[u8]) -> Option<u8> {
    let line = head.split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => Some(*delimiter),
        _ => None,
    }
}

/// Returns whether the first line holds quoted names with a space between them, as R's `write.table` writes it.
fn is_spaced(head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end();
    let inner = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\""));
    let n_marks = memchr::memchr_iter(b'"', line).count();
    let n_between = memchr::memmem::find_iter(line, b"\" \"").count();
    inner.is_some() && n_between > 0 && n_marks == 2 * (n_between + 1)
}

/// The first records of a table.
struct Sample {
    records: Vec<ByteRecord>,
    /// The number of values that most records have.
    usual: usize,
    /// The index of the header, if there is one.
    header: Option<usize>,
    has_row_names: bool,
}

impl Sample {
    fn new(records: Vec<ByteRecord>) -> Self {
        let mut counts: Vec<usize> = records.iter().map(width).collect();
        counts.sort_unstable();
        let n_of = |count: &usize| counts.iter().filter(|other| *other == count).count();
        let usual = counts.iter().copied().max_by_key(|count| (n_of(count), *count)).unwrap_or(0);
        let mut sample = Self { records, usual, header: None, has_row_names: false };
        sample.find_header();
        sample
    }

    fn find_header(&mut self) {
        let is_whole = |at: &usize| self.records[*at].len() >= self.usual && !self.is_title(*at);
        let Some(first) = (0..self.records.len()).find(is_whole) else { return };
        let before = first.checked_sub(1).map(|at| &self.records[at]);
        let is_short = before.is_some_and(|before| before.len() + 1 == self.usual && has_names(before));
        self.has_row_names = is_short && !has_names(&self.records[first]);
        let at = if self.has_row_names { first - 1 } else { first };
        let is_first = self.records[..at].iter().all(|record| width(record) < self.usual);
        self.header = (at <= MAX_PREAMBLE && is_first).then_some(at);
    }

    /// Returns whether a record stands above the header, with the separators that spreadsheets write after a shorter row.
    fn is_title(&self, at: usize) -> bool {
        let (record, mut below) = (&self.records[at], self.records[at + 1..].iter());
        let header = below.find(|record| width(record) >= self.usual).filter(|below| has_names(below));
        width(record) < self.usual
            && !has_usual_name(record)
            && header.is_some_and(|header| width(record) <= 1 || has_usual_name(header))
    }

    /// Returns the share of records, from the header on, with as many values as most have, 0 to 1.
    fn alike(&self) -> f64 {
        let records = &self.records[self.header.unwrap_or(0)..];
        let n_alike = records.iter().filter(|record| width(record) <= self.usual && record.len() >= self.usual).count();
        (n_alike + usize::from(self.has_row_names)) as f64 / records.len().max(1) as f64
    }

    /// Returns whether this is a table of several columns with a header.
    fn is_table(&self) -> bool {
        let header = self.header.map(|at| &self.records[at]);
        self.usual > 1
            && (!self.has_row_names || self.begins_with_names())
            && header.is_some_and(has_names)
            && self.alike() >= MIN_ALIKE
    }

    /// Returns whether rows begin with possible names: a number, or in a wider table a word, none twice.
    fn begins_with_names(&self) -> bool {
        let rows = &self.records[self.header.map_or(0, |at| at + 1)..];
        let names: Vec<&[u8]> = rows.iter().filter_map(|row| row.get(0)).map(<[u8]>::trim_ascii).collect();
        let is_word = |name: &[u8]| !name.is_empty() && name.len() <= MAX_NAME && !name.contains(&b' ');
        let differ = || names.iter().collect::<std::collections::HashSet<_>>().len() == names.len();
        names.iter().all(|name| is_number(name))
            || (self.usual > 2 && names.iter().all(|name| is_word(name)) && differ())
    }

    /// Returns whether every value that begins with a quotation mark ends with one, and doubles those within.
    fn balances(&self) -> bool {
        self.records.iter().flatten().filter(|value| value.starts_with(b"\"")).all(|value| {
            let inner = value.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
            inner.is_some_and(|inner| !String::from_utf8_lossy(inner).replace("\"\"", "").contains('"'))
        })
    }

    /// Returns whether a value begins with a quotation mark and does not end with one, below a header without any.
    fn has_open(&self) -> bool {
        let Some((header, rows)) = self.records.split_first() else { return false };
        let is_open = |value: &[u8]| value.starts_with(b"\"") && (value.len() == 1 || !value.ends_with(b"\""));
        !header.iter().any(|name| name.starts_with(b"\"")) && rows.iter().flatten().any(is_open)
    }
}

/// Returns records as text.
pub(super) fn lossy(records: &[ByteRecord]) -> Vec<Vec<String>> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    records.iter().map(|record| record.iter().map(text).collect()).collect()
}

/// Returns the number of values of a record without the empty ones at its end.
fn width(record: &ByteRecord) -> usize {
    let n_empty = (0..record.len()).rev().take_while(|at| record[*at].is_empty()).count();
    record.len() - n_empty
}

/// Returns whether a record may be a header: short names, none twice, no numbers.
fn has_names(record: &ByteRecord) -> bool {
    let names: Vec<&[u8]> = record.iter().map(<[u8]>::trim_ascii).filter(|name| !name.is_empty()).collect();
    let is_name = |name: &[u8]| name.len() <= MAX_NAME && !is_number(name) && !name.ends_with(b".");
    let differ = (1..names.len().min(64)).all(|at| !names[..at].contains(&names[at]));
    !names.is_empty() && differ && names.iter().all(|name| is_name(name))
}

fn has_usual_name(record: &ByteRecord) -> bool {
    record.iter().any(|name| is_usual(String::from_utf8_lossy(name).trim()))
}

fn is_number(value: &[u8]) -> bool {
    let value = value.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(value);
    std::str::from_utf8(value).is_ok_and(|text| text.parse::<f64>().is_ok() && !text.eq_ignore_ascii_case("nan"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KITE: &str = "The kite flies, even in weak wind; it lands well.";

    fn of(content: &str, named: u8) -> (char, bool, bool, u64, bool) {
        let Dialect { delimiter, is_quoted, has_escapes, n_lines, has_row_names, .. } =
            Dialect::of(content.as_bytes(), named);
        (delimiter.into(), is_quoted, has_escapes, n_lines, has_row_names)
    }

    #[test]
    fn dialects_are_told_by_the_first_rows() {
        let plain = |delimiter| (delimiter, true, false, 0, false);
        for (what, content, expected) in [
            ("commas", format!("id,text\n1,\"{KITE}\"\n2,\"{KITE}\"\n"), plain(',')),
            ("semicolons", format!("id;text\n1;\"{KITE}\"\n2;\"{KITE}\"\n"), plain(';')),
            ("tabs", format!("id\ttext\n1\t{KITE}\n2\t{KITE}\n"), plain('\t')),
            ("one column", "text\nA kite; a string; a tail.\nA bow; wind.\n".to_owned(), plain(',')),
            ("sep", format!("sep=;\nid;text\n1;\"{KITE}\"\n"), (';', true, false, 1, false)),
            (
                "preamble",
                format!("Export of 2024\n\nid,text\n1,\"{KITE}\"\n2,\"{KITE}\"\n"),
                (',', true, false, 2, false),
            ),
            (
                "backslashes",
                "id,text\n1,\"A \\\"kite\\\", it flies\"\n2,\"Wind\"\n".to_owned(),
                (',', true, true, 0, false),
            ),
            ("row names", format!("\"text\"\t\"year\"\n\"1\"\t\"{KITE}\"\t2021\n"), ('\t', true, false, 0, true)),
            ("open quote", "id\ttext\n1\t\"Kites\" fly\n2\tWind\n".to_owned(), ('\t', false, false, 0, false)),
            (
                "names in quotes",
                "id;text;year\n1;\"Kites\" fly;2021\n2;\"Wind;2021\n".to_owned(),
                (';', false, false, 0, false),
            ),
            (
                "R's spaces",
                "\"id\" \"text\"\n\"1\" \"a\" \"A \\\"kite\\\" flies.\"\n\"2\" \"b\" \"Wind\"\n".to_owned(),
                (' ', true, true, 0, true),
            ),
            ("quotes", "id\ttext\n1\t\"A \"\"kite\"\" flies\"\n2\tWind\n".to_owned(), plain('\t')),
            ("tabs in quotes", "id\ttext\n1\t\"Kites.\n1.\tThey fly\"\n2\tWind\n".to_owned(), plain('\t')),
            ("a tab each", "id\tyear\ttext\n1\t2021\t\"a\tkite\"\n2\t2022\t\"a\tbow\"\n".to_owned(), plain('\t')),
        ] {
            let named = if matches!(what, "row names" | "open quote" | "quotes" | "tabs in quotes" | "a tab each") {
                b'\t'
            } else {
                b','
            };
            assert_eq!(of(&content, named), expected, "{what}");
        }
    }

    #[test]
    fn text_is_a_table_only_where_all_rows_are_alike() {
        let is_table = |content: &str| Dialect::of_text(content.as_bytes()).is_some();
        assert!(is_table(&format!("id\ttext\n1\t{KITE}\n2\t{KITE}\n")));
        assert!(is_table("id,text\n1,A kite\n2,Wind\n3,Tail\n"));
        assert!(!is_table("The kite flies, and lands.\nIt is red, and big.\nIt flew, I think.\nWe saw, too.\n"));
        assert!(!is_table("One line\ttwo\n"));
    }
}
