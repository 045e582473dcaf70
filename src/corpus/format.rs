//! The formats of files, and the layouts of their records.

use std::fmt;
use std::str::FromStr;

use super::error::CorpusError;

/// The format of a file: how its documents are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Format {
    /// Apache Parquet; a row is a document.
    Parquet,
    /// Comma-separated values with a header; a record is a document.
    Csv,
    /// Tab-separated values with a header; quoted as CSV is where the quotation marks balance.
    Tsv,
    /// A JSON array of objects, each a document, or one object.
    Json,
    /// A JSON object a line, each a document.
    JsonLines,
    /// Plain text or Markdown; a file is a document.
    Text,
    /// The first sheet of an Excel workbook, with a header; a row is a document.
    Xlsx,
    /// An Excel workbook as XML (XML Spreadsheet 2003), as Microsoft CMT exports it under the name `.xls`.
    ExcelXml,
    /// An Arrow IPC file or stream, such as Feather; a row is a document.
    Arrow,
    /// PubMed's XML; an article's abstract is a document.
    PubMed,
    /// XML of papers in JATS; an article's body, else its abstract, is a document.
    Jats,
    /// XML of papers in TEI, as GROBID writes it; a paper's body, else its abstract, is a document.
    Tei,
    /// A feed in Atom, such as arXiv's; the summary of an entry is a document.
    Atom,
    /// Records harvested by OAI-PMH, in arXiv's formats or in Dublin Core; an abstract is a document.
    Oai,
    /// XML of the ACL Anthology; an abstract is a document.
    Acl,
    /// XML in any of these formats, told by its elements.
    Xml,
    /// BibTeX or BibLaTeX; an entry's abstract is a document.
    BibTex,
    /// A bibliography in RIS; an entry's abstract is a document.
    Ris,
    /// A bibliography in PubMed's tagged format; an entry's abstract is a document.
    Nbib,
    /// A bibliography in EndNote's tagged format; an entry's abstract is a document.
    EndNote,
    /// Web of Science's plain text; an entry's abstract is a document.
    WebOfScience,
    /// A ZIP archive of files in any of the other formats.
    Zip,
    /// A TAR archive of files in any of the other formats.
    Tar,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 23] = [
        Self::Parquet,
        Self::Csv,
        Self::Tsv,
        Self::Json,
        Self::JsonLines,
        Self::Text,
        Self::Xlsx,
        Self::ExcelXml,
        Self::Arrow,
        Self::PubMed,
        Self::Jats,
        Self::Tei,
        Self::Atom,
        Self::Oai,
        Self::Acl,
        Self::Xml,
        Self::BibTex,
        Self::Ris,
        Self::Nbib,
        Self::EndNote,
        Self::WebOfScience,
        Self::Zip,
        Self::Tar,
    ];

    /// Returns the name used by `--format` and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Text => "text",
            Self::Xlsx => "xlsx",
            Self::ExcelXml => "excel-xml",
            Self::Arrow => "arrow",
            Self::PubMed => "pubmed",
            Self::Jats => "jats",
            Self::Tei => "tei",
            Self::Atom => "atom",
            Self::Oai => "oai",
            Self::Acl => "acl",
            Self::Xml => "xml",
            Self::BibTex => "bibtex",
            Self::Ris => "ris",
            Self::Nbib => "nbib",
            Self::EndNote => "endnote",
            Self::WebOfScience => "wos",
            Self::Zip => "zip",
            Self::Tar => "tar",
        }
    }

    /// Returns the format that a file name promises, with or without `.gz`, `.zst`, `.bz2` or `.xz` at its end.
    pub fn from_file_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let name =
            [".gz", ".zst", ".zstd", ".bz2", ".xz"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        match name.rsplit_once('.')?.1 {
            "parquet" | "pq" => Some(Self::Parquet),
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "txt" | "text" | "md" | "markdown" => Some(Self::Text),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "arrow" | "feather" | "ipc" => Some(Self::Arrow),
            "xml" | "nxml" | "atom" => Some(Self::Xml),
            "bib" => Some(Self::BibTex),
            "ris" => Some(Self::Ris),
            "nbib" => Some(Self::Nbib),
            "enw" => Some(Self::EndNote),
            "ciw" => Some(Self::WebOfScience),
            "zip" => Some(Self::Zip),
            "tar" | "tgz" | "tbz2" | "txz" => Some(Self::Tar),
            _ => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = CorpusError;

    fn from_str(name: &str) -> Result<Self, CorpusError> {
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| {
            let layouts = Layout::ALL.into_iter().map(Layout::name);
            let known: Vec<&str> = Self::ALL.into_iter().map(Self::name).chain(layouts).collect();
            CorpusError::NoSuchFormat { name: name.to_owned(), known: known.join(", ") }
        })
    }
}

/// A known arrangement of records inside a file, recognised from the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Layout {
    /// Notes of OpenReview's API 1: `content.review`, `invitation`.
    OpenReviewV1,
    /// Notes of OpenReview's API 2: `content.summary.value`, `invitations`.
    OpenReviewV2,
    /// A paper with `reviews[].comments`, as PeerRead has it.
    PeerRead,
    /// arXiv's metadata: `abstract`, `categories`, `versions[0].created`.
    Arxiv,
    /// A work of OpenAlex: `abstract_inverted_index`, `publication_date`.
    OpenAlex,
    /// A work of Crossref, or CSL JSON: dates in `date-parts`.
    Crossref,
    /// A paper's body in sections, as S2ORC and unarXive have it.
    S2orc,
    /// Text taken out of a PDF, with a form feed between its pages.
    PdfText,
}

impl Layout {
    /// Every layout that can be asked for by name.
    pub const ALL: [Self; 8] = [
        Self::OpenReviewV1,
        Self::OpenReviewV2,
        Self::PeerRead,
        Self::Arxiv,
        Self::OpenAlex,
        Self::Crossref,
        Self::S2orc,
        Self::PdfText,
    ];

    /// Returns the name used by `--format` and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenReviewV1 => "openreview-v1",
            Self::OpenReviewV2 => "openreview-v2",
            Self::PeerRead => "peerread",
            Self::Arxiv => "arxiv",
            Self::OpenAlex => "openalex",
            Self::Crossref => "crossref",
            Self::S2orc => "s2orc",
            Self::PdfText => "pdf-text",
        }
    }

    /// Returns the columns that documents of this layout have besides the keys of their records.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::OpenReviewV1 | Self::OpenReviewV2 => {
                &["venue", "year", "date", "rating", "confidence", "forum", "note_kind"]
            }
            Self::PeerRead => &["venue", "year", "date", "rating", "confidence", "forum", "note_kind"],
            Self::Arxiv => &["date", "year", "category"],
            Self::OpenAlex | Self::Crossref => &["date", "year", "venue", "category", "doi"],
            Self::S2orc => &["date", "year", "venue"],
            Self::PdfText => &[],
        }
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
