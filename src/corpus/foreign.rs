//! Formats that are not read, and how to convert them.

/// A format that is not read: the beginning of its files, its name, and how to convert it.
pub(super) type Foreign = (&'static [u8], &'static str, &'static str);

/// Formats that are not read, by the first bytes of their files.
pub(super) const FOREIGN: [Foreign; 32] = [
    (b"%PDF", "a PDF", "take the text out of it: pdftotext FILE.pdf FILE.txt"),
    (b"{\\rtf", "an RTF document", "convert it: pandoc FILE.rtf -t plain -o FILE.txt"),
    (
        b"\xD0\xCF\x11\xE0",
        "a document or workbook of old Microsoft Office (.doc, .xls)",
        "save it as .xlsx, CSV or plain text",
    ),
    (
        b"SQLite format 3\0",
        "an SQLite database",
        "export a table: sqlite3 -header -csv FILE 'select * from TABLE' > FILE.csv",
    ),
    (b"\x89HDF", "an HDF5 file", "write the table as parquet or CSV"),
    (b"\x93NUMPY", "a NumPy array", "write it as parquet, CSV or JSON Lines"),
    (b"RDX2\n", "an R workspace (.RData)", "write the data frame with write.csv or arrow::write_parquet"),
    (b"RDX3\n", "an R workspace (.RData)", "write the data frame with write.csv or arrow::write_parquet"),
    (b"X\n\0\0\0", "an R object (.rds)", "write the data frame with write.csv or arrow::write_parquet"),
    (b"$FL2", "an SPSS file (.sav)", "export it as CSV"),
    (b"<stata_dta>", "a Stata file (.dta)", "export it as CSV"),
    (b"ORC", "an ORC file", "write it as parquet"),
    (b"FEA1", "a Feather file of version 1", "write it as parquet, or as Feather of version 2"),
    (b"Obj\x01", "an Avro file", "write it as parquet or JSON Lines"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", "unpack it: 7z x FILE, and name the folder"),
    (b"Rar!", "a RAR archive", "unpack it: unrar x FILE, and name the folder"),
    (b"\x04\x22\x4D\x18", "compressed with lz4", "unpack it: lz4 -d FILE"),
    (b"LZIP", "compressed with lzip", "unpack it: lzip -d FILE"),
    (b"\x1F\x9D", "compressed with compress (.Z)", "unpack it: uncompress FILE"),
    (b"\x89PNG", "a picture", "take the text out of it with OCR"),
    (b"\xFF\xD8\xFF", "a picture", "take the text out of it with OCR"),
    (b"GIF8", "a picture", "take the text out of it with OCR"),
    (b"<!doctype html", "a web page", "convert it: pandoc FILE.html -t plain -o FILE.txt"),
    (b"<html", "a web page", "convert it: pandoc FILE.html -t plain -o FILE.txt"),
    (b"version https://git-lfs", "a pointer of Git LFS, not the file itself", "fetch the file: git lfs pull"),
    (b"\x1F\x8B", TWICE.0, TWICE.1),
    (b"\x28\xB5\x2F\xFD", TWICE.0, TWICE.1),
    (b"BZh91AY&SY", TWICE.0, TWICE.1),
    (b"\xFD7zXZ\0", TWICE.0, TWICE.1),
    (b"\x80\x03", PICKLE.0, PICKLE.1),
    (b"\x80\x04\x95", PICKLE.0, PICKLE.1),
    (b"\x80\x05\x95", PICKLE.0, PICKLE.1),
];
const WORD: (&str, &str) = ("a Word document (.docx)", "convert it: pandoc FILE.docx -t plain -o FILE.txt");
const PICKLE: (&str, &str) = ("a Python pickle", "write the data frame with to_parquet or to_json(orient=\"records\")");
const TWICE: (&str, &str) = ("compressed twice", "decompress it once");
pub(super) const SQL: (&str, &str) = ("a dump of an SQL database", "load it, and export the table as CSV");
pub(super) const LATEX: (&str, &str) = ("a LaTeX document", "convert it: pandoc FILE.tex -t plain -o FILE.txt");
pub(super) const MAIL: (&str, &str) =
    ("an e-mail, or several", "save the texts of the messages without their headers, as .txt or JSON Lines");
pub(super) const FORMS: (&str, &str) = (
    "a page of reviews with the headings of their forms, as HotCRP and EasyChair print it",
    "download the reviews as CSV or JSON, which have the text apart",
);
pub(super) const PSQL: (&str, &str) =
    ("a table as psql prints it", "write it as CSV: psql --csv -c 'select * from TABLE' > FILE.csv");
/// Archived formats that are not read, by the names of files in them.
pub(super) const PACKED: [Foreign; 8] = [
    (b"word/document.xml", WORD.0, WORD.1),
    // Google Docs begins with these.
    (b"word/numbering.xml", WORD.0, WORD.1),
    (b"word/settings.xml", WORD.0, WORD.1),
    (b"ppt/presentation.xml", "a presentation (.pptx)", "save its text as .txt"),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)", "save it as .xlsx or CSV"),
    (b"opendocument.text", "an OpenDocument text (.odt)", "convert it: pandoc FILE.odt -t plain -o FILE.txt"),
    (b"epub+zip", "an e-book (.epub)", "convert it: pandoc FILE.epub -t plain -o FILE.txt"),
    (b"AndroidManifest.xml", "an Android application", "name another file"),
];

/// Returns how to convert files of a format that is not read, if it is known by their ending.
pub(super) fn conversion(ending: &str) -> Option<&'static str> {
    let file = format!(" FILE.{ending} ");
    FOREIGN.iter().chain(&PACKED).map(|(.., how)| *how).chain([LATEX.1]).find(|how| how.contains(&file))
}
