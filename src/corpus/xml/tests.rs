use super::*;
use crate::corpus::known::Fault;

fn read(content: &str) -> Vec<Vec<(&'static str, String)>> {
    let mut found = Vec::new();
    let (schema, _) = Content::of(content.as_bytes()).and_then(|content| content.schema()).expect("a known format");
    let mut take = |_: Place, cells: Cells| -> Result<(), CorpusError> {
        found.push(cells);
        Ok(())
    };
    records(content.as_bytes(), schema, &mut take).expect("readable");
    found
}

fn get<'c>(cells: &'c Cells, name: &str) -> &'c str {
    cells.iter().find(|(known, _)| *known == name).map_or("-", |(_, value)| value)
}

/// A case: a format, its content, and the values of some cells of its records.
type Case = (&'static str, &'static str, &'static [&'static [(&'static str, &'static str)]]);

const CASES: [Case; 12] = [
    (
        "a JATS body without headings, figures, formulas and numbers of references",
        r#"<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "x.dtd">
        <article article-type="research-article" xml:lang="en"><front><journal-meta><journal-title-group>
        <journal-title>Kites</journal-title></journal-title-group></journal-meta><article-meta>
        <article-id pub-id-type="pmid">7</article-id><article-id pub-id-type="doi">10.5/k</article-id>
        <title-group><article-title>On <i>kites</i></article-title></title-group>
        <pub-date pub-type="ppub"><year>2021</year></pub-date>
        <pub-date pub-type="epub"><day>5</day><month>3</month><year>2021</year></pub-date>
        <abstract><title>Abstract</title><p>We fly.</p></abstract>
        <abstract abstract-type="graphical"><p>A picture.</p></abstract></article-meta></front>
        <body><sec><title>Intro</title><p>It flies <xref ref-type="bibr">[1]</xref>, as in <xref>Fig. 2</xref>
        with <inline-formula><mml:math xmlns:mml="m">x</mml:math></inline-formula>wind.<sup>3</sup> It lands.</p>
        <fig><caption><p>Not this.</p></caption></fig>
        <p>It <bold>sinks</bold>:<list list-type="bullet"><list-item><p>once</p></list-item></list></p></sec></body>
        <back><ref-list><ref><mixed-citation>Doe <article-title>No</article-title></mixed-citation></ref></ref-list></back></article>"#,
        &[&[
            ("id", "7"),
            ("doi", "10.5/k"),
            ("title", "On kites"),
            ("text", "It flies, as in Fig. 2 with wind. It lands.\n\nIt sinks:\n\nonce"),
            ("abstract", "We fly."),
            ("date", "2021-03-05"),
            ("year", "2021"),
            ("venue", "Kites"),
            ("type", "research-article"),
            ("language", "en"),
            ("note_kind", "-"),
        ]],
    ),
    (
        "sections of an abstract are paragraphs, and it is the text where there is no body",
        "<article><front><article-meta><abstract><sec><title>Aim</title><p>We fly.</p></sec><sec><title>End</title><p>It \
         lands.</p></sec></abstract></article-meta></front></article>",
        &[&[("text", "We fly.\n\nIt lands.")]],
    ),
    (
        "a report that is printed with its article is a record of its own",
        r#"<article><body><p>We fly.</p></body><sub-article article-type="reviewer-report" id="r1"><body><p>Does it?</p></body>
        </sub-article></article>"#,
        &[
            &[("text", "We fly."), ("note_kind", "-")],
            &[("id", "r1"), ("text", "Does it?"), ("type", "reviewer-report"), ("note_kind", "review")],
        ],
    ),
    (
        "sets of articles",
        "<pmc-articleset><article><front><article-meta/></front><body><p>A.</p></body></article><article><body><p>B.</p></body>\
         </article></pmc-articleset>",
        &[&[("text", "A.")], &[("text", "B.")]],
    ),
    (
        "GROBID's TEI",
        r#"<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader xml:lang="en"><fileDesc><titleStmt><title>Kites</title></titleStmt>
        <publicationStmt><date type="published" when="2019-05">May 2019</date></publicationStmt><sourceDesc><biblStruct>
        <idno type="DOI">10.5/k</idno></biblStruct></sourceDesc></fileDesc><profileDesc><abstract><div><p>We fly.</p></div>
        </abstract></profileDesc></teiHeader><text><body><div><head n="1">Intro</head><p>It flies <ref type="bibr">[1]</ref>.</p>
        <formula>x = 1</formula><p>It lands.</p></div><figure><head>Figure 1</head><figDesc>No.</figDesc></figure>
        <note place="foot">No.</note></body><back><div><listBibl><biblStruct><analytic><title>No</title></analytic></biblStruct>
        </listBibl></div></back></text></TEI>"#,
        &[&[
            ("title", "Kites"),
            ("date", "2019-05"),
            ("doi", "10.5/k"),
            ("abstract", "We fly."),
            ("text", "It flies.\n\nIt lands."),
            ("language", "en"),
        ]],
    ),
    (
        "arXiv's feed; lines are joined to paragraphs",
        r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Query</title><id>q</id><entry><id>http://arxiv.org/abs/1903.00001v2</id>
        <updated>2020-01-01T00:00:00Z</updated><published>2019-03-01T00:00:00Z</published><title>On
  kites</title><summary>  We &lt;fly&gt;
kites &amp; more.
  They land.
</summary><arxiv:primary_category xmlns:arxiv="a" term="cs.LG"/><category term="cs.LG"/><category term="stat.ML"/></entry></feed>"#,
        &[&[
            ("id", "1903.00001v2"),
            ("title", "On kites"),
            ("abstract", "We <fly> kites & more.\n\nThey land."),
            ("date", "2019-03-01T00:00:00Z"),
            ("year", "2019"),
            ("category", "cs.LG"),
            ("keywords", "cs.LG stat.ML"),
        ]],
    ),
    (
        "OAI-PMH with arXiv's metadata, and a record that was deleted",
        r#"<OAI-PMH xmlns="o"><ListRecords><record><header><identifier>oai:arXiv.org:1</identifier></header><metadata><arXiv>
        <id>0704.1</id><created>2007-04-02</created><title>On kites</title><categories>hep-ph cs.LG</categories>
        <abstract>  We fly.
</abstract></arXiv></metadata></record><record><header status="deleted"><identifier>oai:arXiv.org:2</identifier></header></record>
        </ListRecords></OAI-PMH>"#,
        &[
            &[
                ("id", "0704.1"),
                ("abstract", "We fly."),
                ("date", "2007-04-02"),
                ("category", "hep-ph"),
                ("status", "-"),
            ],
            &[("id", "oai:arXiv.org:2"), ("status", "deleted"), ("abstract", "-")],
        ],
    ),
    (
        "OAI-PMH with arXiv's raw metadata: the date of the first version",
        r#"<record><metadata><arXivRaw><id>1</id><version version="v1"><date>Mon, 2 Apr 2007 19:18:42 GMT</date></version>
        <version version="v2"><date>Tue, 24 Jul 2009 20:10:27 GMT</date></version><abstract>We fly.</abstract></arXivRaw></metadata></record>"#,
        &[&[("date", "2007-04-02"), ("abstract", "We fly.")]],
    ),
    (
        "Dublin Core: the longest description that is no comment",
        r#"<OAI-PMH><ListRecords><record><header><identifier>i</identifier></header><metadata><oai_dc:dc xmlns:oai_dc="a" xmlns:dc="b">
        <dc:title>Kites</dc:title><dc:description>Comment: 12 pages, 4 figures, and an appendix on string.</dc:description>
        <dc:description>We fly.</dc:description><dc:date>2008-11-26</dc:date><dc:date>2013-01-05</dc:date><dc:type>text</dc:type>
        <dc:identifier>http://arxiv.org/abs/1</dc:identifier><dc:identifier>doi:10.5/k</dc:identifier></oai_dc:dc></metadata></record>
        </ListRecords></OAI-PMH>"#,
        &[&[("id", "i"), ("abstract", "We fly."), ("date", "2008-11-26"), ("doi", "10.5/k")]],
    ),
    (
        "the ACL Anthology; what a volume says holds for its papers alone",
        r#"<collection id="2021.test"><volume id="main"><meta><booktitle>Kites</booktitle><month>August</month><year>2021</year></meta>
        <frontmatter><url>2021.test-main.0</url></frontmatter><paper id="1"><title>On <fixed-case>K</fixed-case>ites</title>
        <abstract>We fly <tex-math>x^2</tex-math> <b>kites</b>.</abstract><url hash="a">2021.test-main.1</url></paper></volume>
        <volume id="short"><meta><year>2022</year></meta><paper id="9"><abstract>They land.</abstract></paper></volume></collection>"#,
        &[
            &[
                ("id", "2021.test-main.1"),
                ("title", "On Kites"),
                ("abstract", "We fly kites."),
                ("date", "2021-08"),
                ("venue", "Kites"),
            ],
            &[("id", "2021.test-short.9"), ("date", "2022"), ("venue", "-")],
        ],
    ),
    (
        "entities that XML does not have stay for prose",
        "<article><body><p>We&nbsp;fly &#8212; caf&#xE9; &amp; more.</p></body></article>",
        &[&[("text", "We&nbsp;fly \u{2014} caf\u{e9} & more.")]],
    ),
    (
        "CDATA",
        "<feed><entry><summary><![CDATA[We <b>fly</b>.]]></summary></entry></feed>",
        &[&[("abstract", "We <b>fly</b>.")]],
    ),
];

#[test]
fn records_have_what_their_format_says() {
    for (reason, content, expected) in CASES {
        let found = read(content);
        assert_eq!(found.len(), expected.len(), "{reason}");
        for (cells, expected) in found.iter().zip(expected) {
            let got: Vec<(&str, &str)> = expected.iter().map(|(name, _)| (*name, get(cells, name))).collect();
            assert_eq!(got, *expected, "{reason}");
        }
    }
}

#[test]
fn formats_are_told_by_their_elements() {
    for (content, expected) in [
        ("<PubmedArticleSet><PubmedArticle>", Content::PubMed),
        ("\n<!-- x --><article dtd-version=\"1\"><fr", Content::Jats),
        ("<OAI-PMH><ListRecords><record><metadata><article><front><journal-meta/>", Content::Jats),
        ("<OAI-PMH><ListRecords><record>", Content::Oai),
        ("<tei:TEI xmlns:tei=\"t\">", Content::Tei),
        ("<html><body>", Content::Other("html".into())),
        ("<collection><record>", Content::Other("collection".into())),
    ] {
        assert_eq!(Content::of(content.as_bytes()), Some(expected), "{content}");
    }
    for content in ["", "A kite.", "<", "<!-- only", "{\"a\": \"<article>\"}"] {
        assert_eq!(Content::of(content.as_bytes()), None, "{content}");
    }
}

#[test]
fn what_is_broken_is_an_error_with_its_line() {
    let nested = "<article><body>".to_owned() + &"<p>".repeat(300);
    for (content, line, wanted) in [
        ("<article>\n<body><p>A kite.</p>", 2, "it ends inside <body>"),
        ("<article>\n<body>\n<p>A kite.</b></p>", 3, "expected `</p>`"),
        (nested.as_str(), 1, "nested more than 256 deep"),
    ] {
        let mut take = |_: Place, _: Cells| -> Result<(), CorpusError> { Ok(()) };
        match records(content.as_bytes(), &jats::JATS, &mut take) {
            Err(Fault::Content { line: found, reason }) => {
                assert!(reason.contains(wanted), "{reason}");
                assert_eq!(found, line, "{reason}");
            }
            other => panic!("{other:?}"),
        }
    }
}
