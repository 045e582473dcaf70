//! Archives and compressed files that lie, or end too early.

use super::*;

#[test]
fn archives_made_to_hurt() {
    let bomb = bomb(700);
    let nested = zipped(&[("inner.zip", &zipped(&[("a.txt", b"A kite.")]))]);
    let paths = zipped(&[("../../out.csv", b"text\nA kite flies.\n"), ("/root.txt", b"A line breaks.")]);
    let mut damaged = zipped(&[("a.txt", "A kite flies in the wind. ".repeat(50).as_bytes())]);
    damaged[60] ^= 0x55;
    let whole = zipped(&[("a.txt", b"A kite.")]);
    let sheet = zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/big.xml", &vec![b' '; 300 << 20])]);
    let folder = folder_of(&[
        ("bomb.zip", &bomb),
        ("nested.zip", &nested),
        ("paths.zip", &paths),
        ("damaged.zip", &damaged),
        ("short.zip", &whole[..whole.len() - 10]),
        ("head.zip", b"PK\x03\x04"),
        ("big.xlsx", &sheet),
        ("none.xlsx", &whole),
        ("not.xlsx", b"A kite."),
    ]);
    refused(
        folder.path(),
        &["bomb.zip"],
        &["bomb.zip/a.jsonl: cannot read this archive: it unpacks to more than", "zip bomb"],
    );
    refused(
        folder.path(),
        &["nested.zip"],
        &["nested.zip: cannot read this archive: there is no file of a known format in it, among 1"],
    );
    refused(folder.path(), &["damaged.zip"], &["damaged.zip/a.txt: zip data is damaged after"]);
    refused(folder.path(), &["short.zip"], &["short.zip: cannot read this archive"]);
    refused(folder.path(), &["head.zip"], &["head.zip: cannot read this archive"]);
    refused(
        folder.path(),
        &["big.xlsx"],
        &["big.xlsx: the unpacked workbook is larger than 256 MiB [save the sheet as CSV]"],
    );
    refused(folder.path(), &["none.xlsx"], &["none.xlsx: cannot read this workbook"]);
    refused(folder.path(), &["not.xlsx"], &["not.xlsx: cannot read this archive"]);
    let before = fs::read_dir(folder.path()).unwrap().count();
    let run = dry_run(folder.path(), &["paths.zip"]);
    assert!(run.stdout.contains("documents: 2, 0 without text"), "{} {}", run.stdout, run.stderr);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), before);
    assert!(!folder.path().join("../../out.csv").exists() && !Path::new("/root.txt").exists());
}

/// An archive of one empty file, whose table of contents has these names for it and tells of `n_told` entries.
fn archive_telling(names: impl Iterator<Item = String>, n_told: u64) -> Vec<u8> {
    let numbers = |of_two: &[u16]| of_two.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    let mut archive = [&b"PK\x03\x04"[..], &numbers(&[20, 0, 0, 0, 0]), &[0; 12], &numbers(&[5, 0]), b"a.txt"].concat();
    let table_at = archive.len() as u64;
    for name in names {
        archive.extend(b"PK\x01\x02");
        archive.extend(numbers(&[20, 20, 0, 0, 0, 0]));
        archive.extend([0; 12]);
        archive.extend(numbers(&[name.len() as u16, 0, 0, 0, 0, 0, 0, 0, 0]));
        archive.extend(name.bytes());
    }
    let end_at = archive.len() as u64;
    archive.extend(b"PK\x06\x06");
    archive.extend(44_u64.to_le_bytes());
    archive.extend(numbers(&[45, 45, 0, 0, 0, 0]));
    [n_told, n_told, end_at - table_at, table_at].iter().for_each(|number| archive.extend(number.to_le_bytes()));
    archive.extend(b"PK\x06\x07\0\0\0\0");
    archive.extend(end_at.to_le_bytes());
    archive.extend(1_u32.to_le_bytes());
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([0xFF; 12]);
    archive.extend([0; 2]);
    archive
}

#[test]
fn archives_with_a_table_of_contents_made_to_hurt() {
    let names = |n: u64, end: &'static str| (0..n).map(move |number| format!("{number}{end}"));
    let long = (0..3000).map(|number| format!("{number:065000}.txt"));
    let folder = folder_of(&[
        ("whole.zip", &archive_telling(names(3, ".txt"), 3)),
        ("fewer.zip", &archive_telling(names(3, ".txt"), 1)),
        ("more.zip", &archive_telling(names(3, ".txt"), 400_000)),
        ("long.zip", &archive_telling(long, 3000)),
        ("huge.zip", &archive_telling(names(3_000_000, ""), 3_000_000)),
        ("hidden.zip", &archive_telling(names(3_000_000, ""), 1000)),
        ("most.zip", &archive_telling(names(500_000, ""), 500_000)),
        ("sheet.xlsx", &archive_telling(names(500_000, ""), 500_000)),
    ]);
    let run = dry_run(folder.path(), &["whole.zip"]);
    assert!(run.stdout.contains("documents: 3, 3 without text"), "{} {}", run.stdout, run.stderr);
    let fewer =
        "fewer.zip: cannot read this archive: its table of contents has more than the 1 entries that it declares";
    refused(folder.path(), &["fewer.zip"], &[fewer]);
    refused(folder.path(), &["more.zip"], &["more.zip: cannot read this archive"]);
    refused(
        folder.path(),
        &["long.zip"],
        &["long.zip: cannot read this archive: its names are longer than 128 MiB together"],
    );
    refused(folder.path(), &["huge.zip"], &["huge.zip: more than 500000 files [pack them: one JSON Lines file"]);
    refused(
        folder.path(),
        &["hidden.zip"],
        &["hidden.zip: cannot read this archive: its table of contents has more than the 1000"],
    );
    refused(
        folder.path(),
        &["most.zip"],
        &["most.zip: cannot read this archive: there is no file of a known format in it, among 500000"],
    );
    refused(folder.path(), &["sheet.xlsx"], &["sheet.xlsx: cannot read this workbook"]);
}

#[test]
fn compressed_files_cut_short() {
    let xml = format!("<PubmedArticleSet>{}", "<PubmedArticle><PMID>1</PMID></PubmedArticle>".repeat(20_000));
    let json = format!("[{}]", vec![r#"{"text":"A kite flies."}"#; 20_000].join(","));
    for (name, content) in [("a.xml.gz", xml), ("a.json.gz", json)] {
        let stored = gzip(content.as_bytes());
        let folder = folder_of(&[(name, &stored[..stored.len() * 3 / 4])]);
        refused(folder.path(), &[name], &[name, ": gzip data is cut short: it ends after "]);
    }
    let folder = folder_of(&[("a.xml", b"<PubmedArticleSet><PubmedArticle><PMID>1")]);
    refused(folder.path(), &["a.xml"], &["a.xml, byte 40: not valid PubMed XML: "]);
    let folder = folder_of(&[("a.xml", b"<html><body>A kite.</body></html>")]);
    refused(folder.path(), &["a.xml"], &["a.xml: this is a web page, which cannot be read [convert it: pandoc"]);
    let folder = folder_of(&[("a.xml", b"<kites><kite>A kite.</kite></kites>")]);
    refused(folder.path(), &["a.xml"], &["a.xml: no XML that can be read: it begins with <kites> [PubMed, JATS, TEI"]);
}

#[test]
fn tar_archives_made_to_hurt() {
    let header = |name: &[u8], kind: u8, n_bytes: u64| {
        let mut header = tar::Header::new_gnu();
        header.as_old_mut().name[..name.len()].copy_from_slice(name);
        header.set_entry_type(tar::EntryType::new(kind));
        header.set_size(n_bytes);
        header.set_cksum();
        header.as_bytes().to_vec()
    };
    let long_name = [header(b"a", b'L', 300 << 20), vec![b'k'; 300 << 20]].concat();
    let cut = [header(b"a.txt", b'0', 4000), b"A kite.".to_vec()].concat();
    let link = [header(b"a.txt", b'2', 0), vec![0; 1024]].concat();
    let damaged = [header(b"a.txt", b'0', 5), vec![b'x'; 2048]].concat();
    let folder = folder_of(&[
        ("a.tar.gz", gzip(&long_name).as_slice()),
        ("b.tar", &cut),
        ("c.tar", &link),
        ("d.tar", &damaged),
        ("e.tar.gz", &gzip(&cut)[..60]),
    ]);
    for (name, part) in [
        ("a.tar.gz", "a.tar.gz: cannot read this archive: it has names of more than 128 MiB"),
        ("b.tar", "b.tar: cannot read this archive: "),
        ("c.tar", "c.tar: cannot read this archive: there is no file of a known format in it, among 1"),
        ("d.tar", "d.tar: cannot read this archive: "),
        ("e.tar.gz", "e.tar.gz: gzip data is cut short"),
    ] {
        refused(folder.path(), &[name], &[part]);
    }
    // A file of the archive's own choice is no file of this machine.
    let escaping = [header(b"../../a.txt", b'0', 7), [&b"A kite."[..], &[0; 505 + 1024]].concat()].concat();
    let folder = folder_of(&[("a.tar", &escaping)]);
    assert_eq!(dry_run(folder.path(), &["a.tar"]).code, 0);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
