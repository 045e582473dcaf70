//! Files whose rows, records or articles are documents, and text that is one document.

use llm_prevalence::corpus::{Format, Layout, NoteChoice};

use super::reading::{options, read_both_ways};

fn as_format(name: &str, data: &[u8], format: Format) -> bool {
    read_both_ways(name, data, &options().format(format))
}

/// Arrow's IPC files and streams.
pub fn arrow(data: &[u8]) -> bool {
    as_format("fuzzed.arrow", data, Format::Arrow)
}

/// BibTeX, and exports whose lines begin with tags, each by name.
pub fn bibliography(data: &[u8]) -> bool {
    let formats = [Format::BibTex, Format::Ris, Format::Nbib, Format::EndNote, Format::WebOfScience];
    formats.into_iter().fold(false, |is_read, format| is_read | as_format("fuzzed.bib", data, format))
}

/// CSV and TSV.
pub fn delimited(data: &[u8]) -> bool {
    as_format("fuzzed.csv", data, Format::Csv) | as_format("fuzzed.csv", data, Format::Tsv)
}

/// JSON and JSON Lines, in whatever layout their first record has.
pub fn json(data: &[u8]) -> bool {
    as_format("fuzzed.json", data, Format::Json) | as_format("fuzzed.json", data, Format::JsonLines)
}

/// JSON in each layout by name, every kind of note.
pub fn layouts(data: &[u8]) -> bool {
    Layout::ALL.into_iter().fold(false, |is_read, layout| {
        let options = options().layout(layout).note_kind(NoteChoice::All);
        is_read | read_both_ways("fuzzed.json", data, &options)
    })
}

/// XML of papers, in each format by name.
pub fn papers(data: &[u8]) -> bool {
    let formats = [Format::Jats, Format::Tei, Format::Atom, Format::Oai, Format::Acl];
    formats.into_iter().fold(false, |is_read, format| is_read | as_format("fuzzed.xml", data, format))
}

/// Parquet; the stores of tables have targets of their own.
pub fn parquet(data: &[u8]) -> bool {
    as_format("fuzzed.parquet", data, Format::Parquet)
}

/// PubMed's XML.
pub fn pubmed(data: &[u8]) -> bool {
    as_format("fuzzed.xml", data, Format::PubMed)
}

/// Plain text, text out of a PDF, and a file whose format has to be told from its first bytes.
pub fn text(data: &[u8]) -> bool {
    let of_pdf = options().format(Format::Text).layout(Layout::PdfText);
    as_format("fuzzed.txt", data, Format::Text)
        | read_both_ways("fuzzed.txt", data, &of_pdf)
        | read_both_ways("fuzzed.bin", data, &options())
}
