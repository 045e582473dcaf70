//! What people have that is no corpus yet: named, with what makes one of it.

/// Something that is not read: what it is, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Foreign {
    pub(super) what: &'static str,
    pub(super) how: &'static str,
}

/// What is known by its first bytes.
const BY_CONTENT: [(&[u8], Foreign); 21] = [
    (b"%PDF-", PDF),
    (b"{\\rtf", Foreign { what: "RTF", how: "save it as text, or: pandoc -f rtf -t plain FILE -o NEW.txt" }),
    (
        b"SQLite format 3\0",
        Foreign { what: "an SQLite database", how: "sqlite3 -csv -header FILE \"select * from TABLE\" > NEW.csv" },
    ),
    (b"\x80\x02", PICKLE),
    (b"\x80\x03", PICKLE),
    (b"\x80\x04\x95", PICKLE),
    (b"\x80\x05\x95", PICKLE),
    (b"\x89HDF\r\n\x1A\n", Foreign { what: "HDF5", how: "in Python: pandas.read_hdf(FILE).to_parquet(NEW)" }),
    (b"RDX2\n", R_DATA),
    (b"RDX3\n", R_DATA),
    (b"X\n\0\0\0\x02", R_DATA),
    (b"X\n\0\0\0\x03", R_DATA),
    (b"FEA1", Foreign { what: "Feather of version 1", how: "in Python: pandas.read_feather(FILE).to_parquet(NEW)" }),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        Foreign { what: "a document of Office before 2007", how: "save it as .xlsx or CSV, a text as .txt" },
    ),
    (b"\x93NUMPY", Foreign { what: "an array of NumPy", how: "write the texts as JSON Lines, one object a line" }),
    (b"7z\xBC\xAF\x27\x1C", Foreign { what: "a 7z archive", how: "unpack it and name the folder" }),
    (b"Rar!\x1A\x07", Foreign { what: "a RAR archive", how: "unpack it and name the folder" }),
    (b"Obj\x01", Foreign { what: "Avro", how: "in Python: write the records of fastavro.reader as JSON Lines" }),
    (b"ORC", Foreign { what: "ORC", how: "in Python: pandas.read_orc(FILE).to_parquet(NEW)" }),
    (b"\x04\x22\x4D\x18", Foreign { what: "compressed with LZ4", how: "lz4 -d FILE NEW" }),
    (b"\x1F\x9D", Foreign { what: "compressed with compress", how: "gzip -dc FILE > NEW" }),
];
const PDF: Foreign = Foreign { what: "a PDF", how: "pdftotext FILE NEW.txt, or GROBID, whose TEI is read" };
const PICKLE: Foreign =
    Foreign { what: "a pickle of Python", how: "in Python: pandas.read_pickle(FILE).to_parquet(NEW)" };
const R_DATA: Foreign = Foreign { what: "data of R", how: "in R: write.csv(TABLE, \"NEW.csv\", row.names = FALSE)" };

/// Office's archives, by a part of them that stands in their beginning.
const BY_PART: [(&[u8], Foreign); 6] = [
    (
        b"application/vnd.oasis.opendocument.spreadsheet",
        Foreign { what: "an OpenDocument sheet", how: "save it as .xlsx or CSV" },
    ),
    (
        b"application/vnd.oasis.opendocument.text",
        Foreign { what: "an OpenDocument text", how: "save it as text, or: pandoc FILE -o NEW.txt" },
    ),
    (b"application/epub+zip", Foreign { what: "an EPUB", how: "pandoc FILE -t plain -o NEW.txt" }),
    (
        b"word/document.xml",
        Foreign { what: "a Word document", how: "save it as text, or: pandoc FILE -t plain -o NEW.txt" },
    ),
    (b"ppt/presentation.xml", Foreign { what: "slides of PowerPoint", how: "save them as text" }),
    (b"xl/workbook.bin", Foreign { what: "a binary workbook (.xlsb)", how: "save it as .xlsx or CSV" }),
];
/// How ZIP archives begin, and how far in these the parts are looked for.
const ZIP: &[u8] = b"PK\x03\x04";

/// Tells what content is by its first bytes, if it is one of the formats that are known and not read.
pub(super) fn foreign(head: &[u8]) -> Option<Foreign> {
    // A text may begin with a mark that is letters.
    let is_binary = |mark: &[u8]| !mark.iter().all(u8::is_ascii_alphanumeric) || head.contains(&0);
    let by_content = BY_CONTENT.iter().find(|(mark, _)| head.starts_with(mark) && is_binary(mark));
    let has = |part: &[u8]| head.starts_with(ZIP) && memchr::memmem::find(head, part).is_some();
    let by_part = || BY_PART.iter().find(|(part, _)| has(part));
    by_content.or_else(by_part).map(|(_, foreign)| *foreign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_named() {
        for (head, expected) in [
            (&b"%PDF-1.7\n"[..], Some("a PDF")),
            (b"{\\rtf1\\ansi", Some("RTF")),
            (b"SQLite format 3\0\x10", Some("an SQLite database")),
            (b"\x80\x04\x95\x10", Some("a pickle of Python")),
            (b"\x89HDF\r\n\x1A\n", Some("HDF5")),
            (b"RDX3\nX\n", Some("data of R")),
            (b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK", Some("an OpenDocument sheet")),
            (b"PK\x03\x04..[Content_Types].xml..PK\x03\x04word/document.xml", Some("a Word document")),
            (b"PK\x03\x04..texts/a.txt", None),
            (b"{\"a\": 1}", None),
            (b"ORC\x08\0\x10", Some("ORC")),
            (b"ORCHIDS in wind.", None),
            (b"", None),
        ] {
            assert_eq!(foreign(head).map(|foreign| foreign.what), expected);
        }
    }
}
