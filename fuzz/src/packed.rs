//! Files that hold others: compressed streams, archives, workbooks.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use llm_prevalence::corpus::{Document, Format, ReadOptions};

use super::reading::{options, read};

/// Parts of a workbook that a fuzzed sheet comes with.
const PARTS: [(&str, &str); 5] = [
    ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
    ("xl/styles.xml", r#"<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
];

/// The stored bytes as they are, and the bytes compressed: whole they give what they give uncompressed, cut short an error or less.
pub fn compressed(data: &[u8]) -> bool {
    // What it begins with tells how it is compressed, bzip2 and xz among it.
    let is_text = read("fuzzed.txt.gz", data, &as_format(Format::Text)).is_some();
    let is_packed = data.starts_with(b"\x1F\x8B")
        || data.starts_with(b"PK")
        || data.starts_with(b"BZh")
        || data.starts_with(b"\xFD7zXZ")
        || data.get(1..4) == Some(b"\xB5\x2F\xFD");
    if is_packed || data.get(1..4) == Some(b"\x2A\x4D\x18") {
        return is_text; // packed once more they would be other bytes
    }
    let plain = documents("fuzzed.csv", data);
    for (name, packed) in [("fuzzed.csv.gz", gzip(data)), ("fuzzed.csv.zst", zstd(data))] {
        assert_eq!(documents(name, &packed), plain, "{name}");
        let cut = packed.len() * 3 / 4;
        assert_eq!(documents(name, &packed[..cut]), None, "{name}, cut short");
    }
    is_text
}

/// An archive as it is.
pub fn zip(data: &[u8]) -> bool {
    let by_name = read("fuzzed.zip", data, &options());
    let as_text = read("fuzzed.zip", data, &as_format(Format::Text));
    by_name.or(as_text).is_some()
}

/// A TAR archive as it is, also compressed.
pub fn tar(data: &[u8]) -> bool {
    let by_name = read("fuzzed.tar", data, &options());
    let as_text = read("fuzzed.tar", data, &as_format(Format::Text));
    by_name.or(as_text).is_some()
}

/// A workbook, or the XML of a sheet and, after a byte 0, that of its strings.
pub fn xlsx(data: &[u8]) -> bool {
    let whole = if data.starts_with(b"PK") {
        data.to_vec()
    } else {
        let (sheet, strings) = data.split_at(data.iter().position(|byte| *byte == 0).unwrap_or(data.len()));
        workbook(sheet, strings.get(1..))
    };
    read("fuzzed.xlsx", &whole, &as_format(Format::Xlsx)).is_some()
}

fn as_format(format: Format) -> ReadOptions {
    options().format(format)
}

fn documents(name: &str, content: &[u8]) -> Option<Vec<Document>> {
    read(name, content, &as_format(Format::Csv)).map(|(documents, _)| documents)
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}

fn zstd(content: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(content, 1).expect("a vector takes all")
}

/// A workbook of one sheet.
fn workbook(sheet: &[u8], strings: Option<&[u8]>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let parts = PARTS.iter().map(|(name, content)| (*name, content.as_bytes()));
    let own = [("xl/worksheets/sheet1.xml", Some(sheet)), ("xl/sharedStrings.xml", strings)];
    for (name, content) in parts.chain(own.into_iter().filter_map(|(name, content)| Some((name, content?)))) {
        zip.start_file(name, stored).expect("a vector takes all");
        zip.write_all(content).expect("a vector takes all");
    }
    zip.finish().expect("a vector takes all").into_inner()
}
