//! Workbooks: which sheet is read, and what is said of the others.

use crate::common::{read_content, texts, zipped};
use crate::read_layouts::{read, values};
use llm_prevalence::corpus::{Format, Layout, NoteKind, ReadOptions, Skipped};

const KITE: &str = "The paper builds a kite that steers itself in weak wind.";
const STRONG: &str = "The kite flies.";
const WEAK: &str = "The line breaks.";

/// A workbook with a sheet of these rows and an empty one.
fn workbook(rows: &str) -> Vec<u8> {
    workbook_of(&[("Reviews", Some(rows)), ("Notes", Some(""))])
}

/// A workbook as small as they come: strings inside the cells. A sheet without rows is a chart, one with a `~` is hidden.
fn workbook_of(sheets: &[(&str, Option<&str>)]) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let types = format!(
        r#"<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#
    );
    let relation = |at: usize, kind: &str, target: &str| {
        format!(r#"<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    let relations = |inner: &str| {
        format!(r#"<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>"#)
    };
    let kind = |rows: &Option<&str>| if rows.is_some() { "worksheet" } else { "chartsheet" };
    let (mut list, mut links, mut files) = (String::new(), String::new(), Vec::new());
    for (at, (name, rows)) in sheets.iter().enumerate() {
        let (at, kind) = (at + 1, kind(rows));
        let state = if name.starts_with('~') { r#" state="hidden""# } else { "" };
        let name = name.trim_start_matches('~');
        list += &format!(r#"<sheet name="{name}" sheetId="{at}"{state} r:id="rId{at}"/>"#);
        links += &relation(at, kind, &format!("{kind}s/sheet{at}.xml"));
        let inner = rows.map_or_else(String::new, |rows| format!("<sheetData>{rows}</sheetData>"));
        let sheet = format!(r#"<?xml version="1.0"?><{kind} xmlns="{MAIN}">{inner}</{kind}>"#);
        files.push((format!("xl/{kind}s/sheet{at}.xml"), sheet));
    }
    let book = format!(
        r#"<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{list}</sheets></workbook>"#
    );
    files.extend([
        ("[Content_Types].xml".to_owned(), types),
        ("_rels/.rels".to_owned(), relations(&relation(1, "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml".to_owned(), book),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations(&links)),
    ]);
    // Its table of contents comes first, by which a workbook is told from other archives.
    files.sort();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, content)| (name.as_str(), content.as_bytes())).collect();
    zipped(&files)
}

fn rows(rows: &[&[&str]]) -> String {
    let cells = |row: &&[&str]| {
        let cells = row.iter().zip('A'..).map(|(text, column)| cell(&column.to_string(), text));
        cells.collect::<String>()
    };
    let numbered = |(at, row): (usize, &&[&str])| {
        let cells = cells(row).replace("\" t=", &format!("{}\" t=", at + 1));
        format!(r#"<row r="{}">{cells}</row>"#, at + 1)
    };
    rows.iter().enumerate().map(numbered).collect()
}

fn cell(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn the_first_sheet_of_a_workbook_is_a_table() {
    let header = [cell("A1", "id"), cell("B1", "year"), cell("C1", "text")].concat();
    let first = [cell("A2", "a"), r#"<c r="B2"><v>2021</v></c>"#.to_owned(), cell("C2", KITE)].concat();
    let second = [cell("A3", "b"), cell("C3", WEAK)].concat();
    let book = workbook(&format!(r#"<row r="1">{header}</row><row r="2">{first}</row><row r="3">{second}</row>"#));
    for name in ["w.xlsx", "w.bin"] {
        let (documents, summary) = read(name, &book, &["year"]);
        assert_eq!(texts(&documents), [KITE, WEAK]);
        assert_eq!((values(&documents[0]), values(&documents[1])), (vec!["2021"], vec!["-"]));
        assert_eq!(documents[1].id.as_deref(), Some("b"));
        assert_eq!(summary.files[0].format, Format::Xlsx);
        assert_eq!(summary.skipped, [(Skipped::OtherSheet, 1)].into());
    }
}

#[test]
fn the_sheet_that_is_a_table_with_text_is_read_and_the_others_are_named() {
    let about = rows(&[&["This workbook holds reviews of kites."], &["Ask the chair of the kites for more of them."]]);
    let data = rows(&[&["id", "text"], &["a", KITE], &["b", WEAK]]);
    let more = rows(&[&["id", "text"], &["c", STRONG]]);
    let sheets = [
        ("Read me", Some(about.as_str())),
        ("Wind", None),
        ("Data", Some(data.as_str())),
        ("Empty", Some("")),
        ("More", Some(more.as_str())),
    ];
    for name in ["w.xlsx", "w.xlsm"] {
        let (documents, summary) = read(name, workbook_of(&sheets), &[]);
        assert_eq!(texts(&documents), [KITE, WEAK, STRONG]);
        assert_eq!(summary.skipped, [(Skipped::OtherSheet, 3)].into());
        let remark = format!(
            "{name}: sheets read: `Data`, `More`; not read: `Read me`, `Wind` [to read another, save it as a file of its own]"
        );
        assert_eq!(summary.remarks(), [remark]);
    }
    let (documents, _) = read("w.xlsx", workbook_of(&sheets[..1]), &[]);
    assert_eq!(documents.len(), 2);
}

#[test]
fn hidden_sheets_are_read_only_where_no_other_has_text() {
    let data = rows(&[&["id", "text"], &["a", KITE], &["b", WEAK]]);
    let old = rows(&[&["id", "text"], &["c", STRONG]]);
    let about = rows(&[&["n"], &["3"]]);
    let of = |sheets: &[(&str, Option<&str>)]| read("w.xlsx", workbook_of(sheets), &[]);
    let (documents, summary) = of(&[("~Old", Some(&old)), ("Data", Some(&data))]);
    assert_eq!(texts(&documents), [KITE, WEAK]);
    assert!(summary.remarks()[0].contains("sheets read: `Data`; not read: `Old (hidden)`"));
    let (documents, summary) = of(&[("About", Some(&about)), ("~Old", Some(&old))]);
    assert_eq!(texts(&documents), [STRONG]);
    assert!(summary.remarks()[0].contains("sheets read: `Old (hidden)`; not read: `About`"));
}

#[test]
fn a_second_row_of_names_is_no_document() {
    let mut table = vec![vec!["Paper", "", "Review"], vec!["Number", "Title", "Comments to the author"]];
    let texts_of = [
        KITE,
        "The line of this kite breaks in strong wind.",
        "It is not said how long the lines were.",
        "I would have liked to see a kite without a tail.",
        "The second table has no units, and the third no wind.",
    ];
    for (number, text) in ["1", "2", "3", "4", "5"].into_iter().zip(texts_of) {
        table.push(vec![number, "", text]);
    }
    let table: Vec<&[&str]> = table.iter().map(Vec::as_slice).collect();
    let (documents, summary) = read("w.xlsx", workbook_of(&[("Data", Some(&rows(&table)))]), &["paper", "title"]);
    assert_eq!((texts(&documents), values(&documents[0])), (texts_of.to_vec(), vec!["1", "-"]));
    assert!(summary.remarks()[0].contains("1 row below the header also describes the columns and was skipped"));
}

#[test]
fn a_sheet_without_a_header_loses_no_row() {
    let data = rows(&[&["1", KITE, "x"], &["2", "The line of this kite breaks in strong wind.", "y"]]);
    let (documents, summary) = read("w.xlsx", workbook_of(&[("Data", Some(&data))]), &[]);
    assert_eq!(texts(&documents), [KITE, "The line of this kite breaks in strong wind."]);
    assert!(summary.remarks()[0].starts_with("w.xlsx: its first row holds values, so it was read as a document"));
}

#[test]
fn flattened_notes_may_be_in_a_workbook() {
    let header = [("A1", "id"), ("B1", "forum"), ("C1", "invitation"), ("D1", "content.review")];
    let first = [("A2", "r1"), ("B2", "f1"), ("C2", "Kites.cc/2021/Conference/Paper7/-/Official_Review"), ("D2", KITE)];
    let second = [("A3", "c1"), ("B3", "f1"), ("C3", "Kites.cc/2021/Conference/Paper7/-/Official_Comment")];
    let row = |cells: &[(&str, &str)]| {
        let cells: String = cells.iter().map(|(at, text)| cell(at, text)).collect();
        format!("<row>{cells}</row>")
    };
    let book = workbook(&[row(&header), row(&first), row(&second)].concat());
    let (documents, summary) = read("w.xlsx", &book, &["venue", "forum"]);
    assert_eq!((texts(&documents), values(&documents[0])), (vec![KITE], vec!["Kites", "f1"]));
    assert_eq!(summary.files[0].layout, Some(Layout::OpenReviewV1));
    assert_eq!(summary.skipped[&Skipped::Note(NoteKind::Comment)], 1);
}

/// A workbook as one file of XML, as Microsoft CMT exports reviews.
fn xml_workbook(sheets: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\r\n<?mso-application progid=\"Excel.Sheet\"?>\r\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">{sheets}</Workbook>"
    )
}

#[test]
fn a_workbook_in_xml_is_read_as_a_packed_one_is() {
    let cell = |kind: &str, text: &str| format!(r#"<Cell><Data ss:Type="{kind}">{text}</Data></Cell>"#);
    let header = ["Paper ID", "Submitted", "Rating", "Comments"].map(|name| cell("String", name)).concat();
    let first = [
        cell("Number", "7"),
        cell("DateTime", "2021-03-05T00:00:00.000"),
        r#"<Cell><Data ss:Type="Number">6</Data><Comment><Data>It was 5.</Data></Comment></Cell>"#.to_owned(),
        format!(r#"<Cell><ss:Data ss:Type="String"><B>{KITE}</B>&#10;{STRONG} &amp; {WEAK}</ss:Data></Cell>"#),
    ]
    .concat();
    let second = format!(
        r#"<Cell ss:MergeAcross="1"><Data ss:Type="Number">8</Data></Cell><Cell ss:Index="4">{}</Cell>"#,
        format_args!(r#"<Data ss:Type="String"><![CDATA[{WEAK}]]></Data>"#)
    );
    let sheet = |name: &str, rows: &str, options: &str| {
        format!(
            r#"<Worksheet ss:Name="{name}"><Table>{rows}</Table><x:WorksheetOptions>{options}</x:WorksheetOptions></Worksheet>"#
        )
    };
    let reviews = format!(r#"<Row>{header}</Row><Row>{first}</Row><Row/><Row ss:Index="9">{second}</Row>"#);
    let hidden = format!("<Row>{}</Row>", cell("String", "Lists"));
    let book = xml_workbook(
        &[sheet("Choices", &hidden, "<x:Visible>SheetHidden</x:Visible>"), sheet("Reviews", &reviews, "")].concat(),
    );
    for name in ["Reviews.xls", "Reviews.xml", "Reviews.txt"] {
        let (documents, summary) = read(name, book.as_bytes(), &["Submitted", "Rating"]);
        assert_eq!(texts(&documents), [format!("{KITE}\n{STRONG} & {WEAK}").as_str(), WEAK], "{name}");
        assert_eq!(values(&documents[0]), ["2021-03-05", "6"]);
        assert_eq!(summary.files[0].format, Format::ExcelXml);
    }
}

#[test]
fn a_damaged_workbook_in_xml_is_an_error() {
    let book = xml_workbook(r#"<Worksheet ss:Name="Reviews"><Table><Row><Cell><Data>text</Data></Cell></Row>"#);
    let cut = &book[..book.len() - "</Workbook>".len()];
    let error = read_content("Reviews.xls", cut, &ReadOptions::default()).map(drop).unwrap_err().to_string();
    assert!(error.contains("it ends inside <Table>"), "{error}");
    let far = r#"<Worksheet><Table><Row ss:Index="18446744073709551615"><Cell ss:MergeAcross="18446744073709551615"/><Cell><Data>a</Data></Cell></Row><Row/></Table></Worksheet>"#;
    let error =
        read_content("Reviews.xls", xml_workbook(far), &ReadOptions::default()).map(drop).unwrap_err().to_string();
    assert!(error.contains("where a sheet has 16384 at most"), "{error}");
    for (content, expected) in [
        ("<a>".repeat(300), "elements are nested more than 256 deep"),
        ("<Worksheet/>".repeat(300), "it has more than 256 sheets"),
        ("<Worksheet></Table>".to_owned(), "byte "),
    ] {
        let book = xml_workbook(&content);
        let error = read_content("Reviews.xls", book, &ReadOptions::default()).map(drop).unwrap_err().to_string();
        assert!(error.contains("Reviews.xls") && error.contains(expected), "{error}");
    }
}
