use super::*;
use crate::corpus::known::Fault;

fn read(content: &[u8]) -> Result<Vec<Entry>, (u64, String)> {
    let mut found = Vec::new();
    let mut take = |entry: Entry| -> Result<(), CorpusError> {
        found.push(entry);
        Ok(())
    };
    let result = match Tags::of(content) {
        Some(tags) => tagged(content, tags, &mut take),
        None => {
            assert!(is_bibtex(content), "{}", String::from_utf8_lossy(content));
            bibtex(content, &mut take)
        }
    };
    match result {
        Ok(()) => Ok(found),
        Err(Fault::Content { line, reason }) => Err((line, reason)),
        Err(other) => panic!("{other:?}"),
    }
}

fn get<'e>(entry: &'e Entry, name: &str) -> &'e str {
    entry.cells.iter().find(|(known, _)| *known == name).map_or("-", |(_, value)| value)
}

/// A case: its name, the content, and some cells of the entries in it.
type Case = (&'static str, &'static str, &'static [&'static [(&'static str, &'static str)]]);

const CASES: [Case; 13] = [
    (
        "BibTeX: abbreviations, braces, accents, months; what stands around entries is nothing",
        "% made by hand\n@string{kj = {Journal of } # \"Kites\"}\n@comment{jabref-meta: a:{b};}\n@Article{doe21,\n  title = {On {K}ites},\n  \
         journal = KJ,\n  year = 2021,\n  month = mar,\n  abstract = {We fly na{\\\"\\i}ve\n    kites.\n\n    They land: 50\\%.},\n  \
         keywords = \"wind, string\",\n  doi = {10.5/k},\n}\nMailed by me@example.org.\n@misc{b, title={Two}}\n",
        &[
            &[
                ("id", "doe21"),
                ("title", "On Kites"),
                ("venue", "Journal of Kites"),
                ("date", "2021-03"),
                ("year", "2021"),
                ("abstract", "We fly naïve kites.\n\nThey land: 50%."),
                ("keywords", "wind, string"),
                ("doi", "10.5/k"),
                ("type", "article"),
            ],
            &[("id", "b"), ("abstract", "-"), ("type", "misc")],
        ],
    ),
    (
        "BibLaTeX: dates in one field",
        "@online{a, date = {2021-03-05}, journaltitle = {Kites}, abstract = {A kite.}}",
        &[&[("date", "2021-03-05"), ("year", "2021"), ("venue", "Kites")]],
    ),
    (
        "an abbreviation that names itself or nobody",
        "@string{a = a # b}\n@misc{x, title = a, abstract = {A kite.}}",
        &[&[("title", "ab"), ("abstract", "A kite.")]],
    ),
    (
        "RIS",
        "\u{FEFF}\nTY  - JOUR\r\nID  - k1\r\nTI  - On kites\r\nT2  - Kites\r\nDA  - 2021/03/05/\r\nPY  - 2021\r\nKW  - wind\r\nKW  - string\r\n\
         AB  - We fly kites\r\nin wind.\r\n\r\nThey land.\r\nDO  - https://doi.org/10.5/k\r\nER  - \r\n\r\nTY  - RPRT\r\nN2  - A \
         kite.\r\nPY  - 2020///\r\nER  -\r\n",
        &[
            &[
                ("id", "k1"),
                ("title", "On kites"),
                ("venue", "Kites"),
                ("date", "2021-03-05"),
                ("year", "2021"),
                ("keywords", "wind, string"),
                ("abstract", "We fly kites\nin wind.\n\nThey land."),
                ("doi", "10.5/k"),
                ("type", "JOUR"),
            ],
            &[("abstract", "A kite."), ("date", "2020"), ("title", "-")],
        ],
    ),
    (
        "RIS without an end of records",
        "TY  - JOUR\nAB  - One.\nTY  - JOUR\nAB  - Two.\n",
        &[&[("abstract", "One.")], &[("abstract", "Two.")]],
    ),
    (
        "RIS with both fields of an abstract",
        "TY  - JOUR\nN2  - Notes.\nAB  - A kite.\nER  - \n",
        &[&[("abstract", "A kite.")]],
    ),
    (
        "nbib",
        "PMID- 30000001\nDP  - 2021 Mar-Apr\nTI  - On kites.\nLID - 10.5/k [doi]\nAID - S1 [pii]\nAB  - We fly kites in\n      wind.\nPT  - \
         Journal Article\nPT  - Review\nJT  - Kites\n\nPMID- 30000002\nAB  - Two.\n",
        &[
            &[
                ("id", "30000001"),
                ("date", "2021-03"),
                ("abstract", "We fly kites in wind."),
                ("doi", "10.5/k"),
                ("type", "Journal Article"),
                ("venue", "Kites"),
            ],
            &[("id", "30000002"), ("abstract", "Two.")],
        ],
    ),
    (
        "EndNote",
        "%0 Journal Article\n%T On kites\n%D 2021\n%8 March 5\n%J Kites\n%X We fly.\n\nThey land.\n%K wind\n%K string\n%M k1\n\n%0 Report\n%X Two.\n",
        &[
            &[
                ("id", "k1"),
                ("title", "On kites"),
                ("date", "2021-03-05"),
                ("venue", "Kites"),
                ("abstract", "We fly.\n\nThey land."),
                ("keywords", "wind, string"),
                ("type", "Journal Article"),
            ],
            &[("abstract", "Two."), ("type", "Report")],
        ],
    ),
    (
        "Web of Science, indented or not; capitals that are no tag go on",
        "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI On kites\nSO KITES\nAB We fly\n   kites by\nRL and wind.\nPD DEC 15\nPY \
         2021\nUT WOS:1\nER\n\nPT J\nAB Two.\nER\n\nEF\n",
        &[
            &[
                ("id", "WOS:1"),
                ("abstract", "We fly kites by RL and wind."),
                ("date", "2021-12-15"),
                ("venue", "KITES"),
            ],
            &[("abstract", "Two.")],
        ],
    ),
    (
        "a value that is no date stays as it was found",
        "TY  - JOUR\nPY  - in press\nAB  - A kite.\nER  - \n",
        &[&[("date", "in press"), ("year", "-")]],
    ),
    ("an entry a line", "@misc{a, abstract={One.}}\n@misc{b, abstract={Two.}}", &[&[("id", "a")], &[("id", "b")]]),
    (
        "two entries in one line",
        "@misc{a, abstract={One.}} @misc{b, abstract={Two.}}",
        &[&[("id", "a")], &[("id", "b")]],
    ),
    (
        "a key twice",
        "@misc{a, abstract={One.}}\n@misc{a, abstract={Two.}}",
        &[&[("abstract", "One.")], &[("abstract", "Two.")]],
    ),
];

#[test]
fn entries_have_what_their_format_says() {
    for (reason, content, expected) in CASES {
        let found = read(content.as_bytes()).expect(reason);
        assert_eq!(found.len(), expected.len(), "{reason}: {found:?}");
        for (entry, expected) in found.iter().zip(expected) {
            let got: Vec<(&str, &str)> = expected.iter().map(|(name, _)| (*name, get(entry, name))).collect();
            assert_eq!(got, *expected, "{reason}");
        }
    }
}

#[test]
fn places_are_lines_and_replaced_bytes_are_told() {
    let found = read(b"TY  - JOUR\nAB  - One.\nER  - \n\nTY  - JOUR\nAB  - caf\xE9\nER  - \n").unwrap();
    assert_eq!(found.iter().map(|entry| entry.place.line.unwrap()).collect::<Vec<_>>(), [1, 5]);
    assert_eq!(found.iter().map(|entry| entry.replaced).collect::<Vec<_>>(), [false, true]);
    let found = read(b"@misc{a, note={x}}\n\n@misc{b,\n abstract={caf\xE9}}\n").unwrap();
    assert_eq!(found.iter().map(|entry| entry.place.line.unwrap()).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(found.iter().map(|entry| entry.replaced).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn an_entry_that_is_broken_is_named_by_its_lines() {
    for (content, line, wanted) in [
        ("@misc{a, note = {x}}\n@misc{b,\n  abstract = {We fly\n\n}", 5, "in the entry that begins on line 2"),
        ("@misc{a,\n  title {x}, note = {y}\n}", 2, "expected equals, in the entry that begins on line 1"),
    ] {
        let (found, reason) = read(content.as_bytes()).unwrap_err();
        assert_eq!(found, line, "{reason}");
        assert!(reason.ends_with(wanted), "{reason}");
    }
}

#[test]
fn what_begins_otherwise_is_no_bibliography() {
    for content in [
        "",
        "A kite.",
        "TY",
        "Type: TY  - JOUR",
        "@kite flies = far",
        "PT boats sank.\nNobody knows.",
        "%later\nnothing",
        "# On kites\n\n@misc{a, b={c}}",
    ] {
        assert_eq!(Tags::of(content.as_bytes()), None, "{content}");
        assert!(!is_bibtex(content.as_bytes()), "{content}");
    }
}

#[test]
fn tags_of_ris_may_have_a_space_too_few() {
    let tags = super::Tags::Ris;
    for (line, expected) in [
        ("TY  - JOUR", Some(("TY", "JOUR"))),
        ("TY - JOUR", Some(("TY", "JOUR"))),
        ("AB  -The kite flies.", Some(("AB", "The kite flies."))),
        ("ER -", Some(("ER", ""))),
        ("AI - it flies", None),
        ("AB-flight is rare", None),
    ] {
        assert_eq!(tags.split(line), expected, "{line}");
    }
}
