//! What stands around and between rows: comments, sentences of one document, folders that are columns, answers of interfaces.

use super::*;

#[test]
fn lines_above_a_table_are_counted() {
    let row = |at: usize, text: &str| format!("{at},{},2021", doubled(text));
    let one = |_: usize, text: &str| text.replace([',', ';', '"'], "");
    let tabs = |at: usize, text: &str| format!("{at}\t{}\t2021", doubled(text));
    for (reason, name, content, n_lines) in [
        ("comments", "a.csv", table("# exported 2024-05-01\n# rows: 200\nid,review,year", row), 2),
        ("comments of as many values as columns", "a.csv", table("# by Ann, in May, for us\nid,review,year", row), 1),
        ("other marks, and a blank line", "a.csv", table("% kites\n// 6 rows\n\nid,review,year", row), 2),
        ("lines that end in CR LF", "a.csv", table("# kites\nid,review,year", row).replace('\n', "\r\n"), 1),
        ("a comment as a spreadsheet saves it", "a.csv", table("# kites,,\nid,review,year", row), 1),
        ("a title and a blank row as a spreadsheet saves them", "a.csv", table("Kites,,\n,,\nid,review,year", row), 2),
        ("a shorter row as a spreadsheet saves it", "a.csv", table("Exported,2024-05-01,\nid,review,year", row), 1),
        ("above the line that names the separator", "a.csv", table("# kites\nsep=,\nid,review,year", row), 1),
        ("tabs", "a.tsv", table("# kites\tof paper\tin wind\nid\treview\tyear", tabs), 1),
        ("a table called .txt", "a.txt", table("# kites\nid\treview\tyear", tabs), 1),
        ("a header with a mark", "a.tsv", table("## kites\n#id\treview\tyear", tabs), 1),
    ] {
        let (documents, summary) = read(name, content).unwrap_or_else(|error| panic!("{reason}: {error}"));
        assert_eq!(prose(&documents), TEXTS, "{reason}");
        let said = format!("{name}: lines above the table, such as comments, that were not read: {n_lines} [");
        assert!(summary.remarks().len() == 1 && summary.remarks()[0].starts_with(&said), "{reason}: {summary:?}");
    }
    let (documents, summary) = read("a.csv", table("# kites\nreview", one)).unwrap();
    assert_eq!((documents.len(), summary.files[0].text_fields.concat()), (6, "review".to_owned()));
    for (reason, content) in [
        ("no comment", table("id,review,year", row)),
        ("a separator", table("sep=,\nid,review,year", row)),
        ("a header with a mark alone", table("#id,review,year", row)),
    ] {
        let (documents, summary) = read("a.csv", content).unwrap();
        assert_eq!((prose(&documents).len(), summary.remarks()), (6, vec![]), "{reason}");
    }
    let broken = format!("{}7,It flies\n", table("# kites\n# of paper\n\nid,review,year", row));
    let error = read("a.csv", broken).unwrap_err();
    assert!(error.contains("a.csv, line 11: 2 values where the header has 3 columns"), "{error}");
}

#[test]
fn lines_that_may_be_texts_are_one_document_and_that_is_said() {
    let text = |at: usize| TEXTS.iter().cycle().skip(at).take(3 + at % 3).copied().collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = (0..24).map(text).collect();
    let (documents, summary) = read("a.txt", lines.join("\n")).unwrap();
    assert_eq!(documents.len(), 1);
    assert!(summary.remarks()[0].contains("its lines may be a text each [if they are, write them as JSON Lines: jq"));
    for (reason, content) in [("paragraphs", lines.join("\n\n")), ("few lines", lines[..5].join("\n"))] {
        let (documents, summary) = read("a.txt", content).unwrap();
        assert_eq!((documents.len(), summary.remarks()), (1, vec![]), "{reason}");
    }
}
