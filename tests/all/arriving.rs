//! Texts as they arrive: whatever some program or publisher did to a text, its units and words are those of the text itself.

use llm_prevalence::prose::{Tally, cut};
use llm_prevalence::tokenize::{UnitRule, for_each_unit, for_each_word};
use proptest::prelude::*;

/// Invented reviews, a sentence an item.
const REVIEWS: [[&str; 5]; 3] = [
    [
        "The paper studies how a field of kites can be kept in step when some of them drift.",
        "It offers a simple scheme that corrects the offset of each kite from its neighbours.",
        "I find the motivation clear, and the first figure shows the difficulty.",
        "The proof of the second claim isn’t easy to follow.",
        "My main worry is that the baseline is not tuned at all.",
    ],
    [
        "Why is the final table missing the deviation?",
        "Five flights are not enough to tell these two rows apart!",
        "Please check the exponent in the third line, as Erdős and Schrödinger would.",
        "Still, the effect is specific and the significant gap is explained in a naïve way.",
        "With a fairer comparison this could be a useful paper.",
    ],
    [
        "No wind is measured in the office building.",
        "The café experiment is affluent in detail, and the figures are sufficient.",
        "There should be a comma after the second clause.",
        "Overall the writing is fine but the notation changes halfway.",
        "It took me a while to find out what it stands for.",
    ],
];

type Sentences = [&'static str; 5];
/// What was done to a text, and how.
type Dirt = (&'static str, fn(&Sentences) -> String);

/// The words of each unit that counts.
fn units(text: &str) -> Vec<Vec<String>> {
    let prose = cut(text, &mut Tally::default()).into_owned();
    let (mut units, mut buffer) = (Vec::new(), String::new());
    for_each_unit(&prose, UnitRule::Sentence, |unit| {
        let mut words = Vec::new();
        for_each_word(unit, &mut buffer, |word| words.push(word.to_owned()));
        units.extend((words.len() > 1).then_some(words));
    });
    units
}

/// Checks each kind of dirt on each review.
fn check(table: &[Dirt]) {
    for (reason, dirty) in table {
        for review in &REVIEWS {
            let text = dirty(review);
            assert_eq!(units(&text), units(&review.join(" ")), "{reason}: {text}");
        }
    }
}

/// The sentences with answers of a form among them, whose questions have something before and after them.
fn answered(review: &Sentences, before: &str, between: &str) -> String {
    let answers = [
        ("Soundness", "3 good"),
        ("Rating", "6: marginally above the acceptance threshold"),
        ("Confidence", "4: You are confident in your assessment, but not absolutely certain."),
    ];
    let lines = answers.map(|(question, answer)| format!("{before}{question}{between}{answer}\n")).concat();
    format!("{}\n{lines}{}", review[..3].join(" "), review[3..].join(" "))
}

/// The sentences with something before and after each.
fn around(review: &Sentences, before: &str, after: &str) -> String {
    review.iter().map(|sentence| format!("{before}{sentence}{after}")).collect()
}

/// Lines that begin with a mark and end without a full stop.
fn items(review: &Sentences, mark: impl Fn(usize) -> String) -> String {
    let lines = review.iter().enumerate();
    lines.map(|(n, sentence)| format!("{}{}\n", mark(n + 1), sentence.trim_end_matches(['.', '?', '!']))).collect()
}

/// The text with `mark` inside of every word of six letters or more.
fn inside_words(review: &Sentences, mark: &str) -> String {
    let broken = |word: &str| match word.chars().take(6).all(|c| c.is_ascii_alphabetic()) && word.len() > 5 {
        true => format!("{}{mark}{}", &word[..3], &word[3..]),
        false => word.to_owned(),
    };
    review.join(" ").split(' ').map(broken).collect::<Vec<_>>().join(" ")
}

/// The text with each character replaced.
fn each(review: &Sentences, replace: impl Fn(char) -> String) -> String {
    review.join(" ").chars().map(replace).collect()
}

/// Letters and digits of another block, by the places of "A" and "a" in it.
fn letters(review: &Sentences, capital: u32, small: u32) -> String {
    let other =
        |c: char, zero: char, first: u32| char::from_u32(first + u32::from(c) - u32::from(zero)).unwrap().to_string();
    each(review, |c| match c {
        'A'..='Z' => other(c, 'A', capital),
        'a'..='z' => other(c, 'a', small),
        _ => c.to_string(),
    })
}

#[test]
fn characters_that_look_the_same() {
    check(&[
        ("ligatures of PDFs", |r| {
            r.join(" ").replace("ffi", "ﬃ").replace("ffl", "ﬄ").replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ")
        }),
        ("soft hyphens", |r| inside_words(r, "\u{ad}")),
        ("zero-width spaces", |r| inside_words(r, "\u{200b}")),
        ("word joiners", |r| inside_words(r, "\u{2060}")),
        ("a byte order mark inside", |r| inside_words(r, "\u{feff}")),
        ("zero-width joiners", |r| inside_words(r, "\u{200d}\u{200c}")),
        ("marks of direction", |r| inside_words(r, "\u{202b}\u{202c}")),
        ("a variation selector", |r| inside_words(r, "\u{fe0f}")),
        ("control characters", |r| inside_words(r, "\u{8}\u{7f}")),
        ("words broken at line ends", |r| inside_words(r, "-\n")),
        ("words broken at line ends of DOS, with an indent", |r| inside_words(r, "-\r\n    ")),
        ("soft hyphens at line ends", |r| inside_words(r, "\u{ad}\n")),
        ("full width", |r| letters(r, 0xff21, 0xff41)),
        ("full width, marks and spaces too", |r| {
            each(r, |c| match c {
                ' ' => "\u{3000}".to_owned(),
                '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap().to_string(),
                _ => c.to_string(),
            })
        }),
        ("mathematical bold", |r| letters(r, 0x1d400, 0x1d41a)),
        ("mathematical sans-serif", |r| letters(r, 0x1d5a0, 0x1d5ba)),
        ("mathematical monospace", |r| letters(r, 0x1d670, 0x1d68a)),
        ("letters in circles", |r| letters(r, 0x24b6, 0x24d0)),
        ("Cyrillic letters that look the same", |r| {
            each(r, |c| match c {
                'a' => "а".to_owned(),
                'e' => "е".to_owned(),
                'o' => "о".to_owned(),
                'c' => "с".to_owned(),
                'T' => "Т".to_owned(),
                _ => c.to_string(),
            })
        }),
        ("decomposed accents", |r| {
            r.join(" ")
                .replace('é', "e\u{301}")
                .replace('ö', "o\u{308}")
                .replace('ő', "o\u{30b}")
                .replace('ï', "i\u{308}")
        }),
        ("spaces of another width", |r| r.join("\u{2009}").replace(' ', "\u{a0}")),
        ("letters under strokes", |r| each(r, |c| if c == 'e' { "e\u{336}".to_owned() } else { c.to_string() })),
        ("UTF-8 read as Windows-1252", |r| {
            r.join(" ").replace('’', "â€™").replace('é', "Ã©").replace('ö', "Ã¶").replace('ï', "Ã¯").replace('ő', "Å‘")
        }),
        ("Windows-1252 read as Latin-1", |r| r.join(" ").replace('’', "\u{92}")),
        ("accents of LaTeX", |r| {
            let text = r.join(" ").replace('é', "\\'e").replace('ö', "{\\\"o}").replace('ő', "\\H{o}");
            text.replace('ï', "\\\"{\\i}")
        }),
        ("emphasis with underscores", |r| {
            r.join(" ").replace(" paper", " _paper_").replace(" the second ", " __the second__ ")
        }),
        ("emphasis with stars", |r| {
            r.join(" ").replace(" paper", " *paper*").replace(" the second ", " **the second** ")
        }),
    ]);
}

#[test]
fn markup_around_sentences() {
    check(&[
        ("paragraphs", |r| around(r, "<p>", "</p>")),
        ("paragraphs with attributes, in capitals", |r| around(r, "<P CLASS=\"x\" id=y>", "</P>\n")),
        ("paragraphs that are not closed", |r| around(r, "<p>", "")),
        ("JATS", |r| {
            format!("<jats:title>Abstract</jats:title><jats:sec>{}</jats:sec>", around(r, "<jats:p>", "</jats:p>"))
        }),
        ("JATS with titles of sections", |r| {
            around(r, "<jats:sec><jats:title>Results and Aims</jats:title><jats:p>", "</jats:p></jats:sec>")
        }),
        ("line breaks", |r| around(r, "", "<br>")),
        ("line breaks as names", |r| r.join("<NEWLINE>")),
        ("line breaks of XHTML", |r| around(r, "", "<br />")),
        ("a list", |r| format!("<ul>{}</ul>", around(r, "<li>", "</li>"))),
        ("divisions", |r| around(r, "<div><div>", "</div></div>")),
        ("elements that nobody knows", |r| around(r, "<answer>", "</answer>")),
        ("a namespace that nobody knows", |r| around(r, "<x:para>", "</x:para>")),
        ("markup inside of words", |r| {
            inside_words(r, "<b></b>")
                .replace(" paper", " <i>pa</i>per")
                .replace(" the ", " <span style='x: y'>the</span> ")
        }),
        ("comments", |r| around(r, "<!-- The form says: be kind. -->", "\n")),
        ("markup that was escaped", |r| around(r, "&lt;p&gt;", "&lt;/p&gt;")),
        ("markup that was escaped twice", |r| around(r, "&amp;lt;p&amp;gt;", "&amp;lt;/p&amp;gt;")),
        ("a whole page", |r| {
            format!(
                "<!DOCTYPE html><html><head><title>A review of it</title><style>p {{ x: y }}</style></head><body>{}</body></html>",
                around(r, "<p>", "</p>")
            )
        }),
        ("entities for spaces", |r| r.join(" ").replace(' ', "&nbsp;")),
        ("entities for spaces without a semicolon", |r| r.join("&nbsp ")),
        ("entities in numbers", |r| {
            each(r, |c| if c.is_ascii_alphabetic() { c.to_string() } else { format!("&#{};", u32::from(c)) })
        }),
        ("entities in hexadecimal numbers", |r| {
            each(r, |c| if c.is_ascii_lowercase() { c.to_string() } else { format!("&#x{:x};", u32::from(c)) })
        }),
        ("entities with names", |r| {
            r.join(" ")
                .replace('’', "&rsquo;")
                .replace('é', "&eacute;")
                .replace('ö', "&ouml;")
                .replace('ï', "&iuml;")
                .replace('ő', "&odblac;")
        }),
        ("entities that were escaped", |r| r.join("&amp;nbsp;").replace('’', "&amp;rsquo;")),
        ("soft hyphens as entities", |r| inside_words(r, "&shy;")),
        ("a quote with its mark escaped", |r| format!("&gt; They say that kites fly. So they do.\n\n{}", r.join(" "))),
    ]);
}

#[test]
fn escapes_of_programs() {
    check(&[
        ("line breaks as backslash and n", |r| r.join("\\n")),
        ("blank lines as backslashes and n", |r| r.join("\\n\\n")),
        ("line breaks of DOS", |r| r.join("\\r\\n")),
        ("line breaks with two backslashes", |r| r.join("\\\\n")),
        ("carriage returns of Excel", |r| r.join("_x000D_\n\n")),
        ("tabs", |r| r.join("\\t")),
        ("hard-wrapped lines", |r| r.join(" ").replace(" the ", "\\nthe ").replace(" of ", "\\nof ")),
        ("escapes of JSON", |r| {
            each(r, |c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) })
        }),
        ("bytes", |r| {
            each(r, |c| match c.is_ascii() {
                true => c.to_string(),
                false => c.to_string().bytes().map(|byte| format!("\\x{byte:02x}")).collect(),
            })
        }),
        ("spaces as underscores", |r| r.join(" ").replace(' ', "_")),
        ("spaces as in addresses", |r| r.join(" ").replace(' ', "+")),
        ("spaces as in a model's tokens", |r| r.join(" ").replace(' ', "Ġ")),
        ("spaces of TeX", |r| r.join(" ").replace(' ', "~")),
        ("quotes", |r| r.join(" ").replace(" paper", " \\\"paper\\\"").replace('’', "\\'")),
        ("a list of Python", |r| format!("['{}']", r.join("', '"))),
        ("a list of Python with both quotes", |r| format!("[\"{}\", '{}']", r[..4].join("\", \""), r[4])),
        ("a list of JSON", |r| format!("[\"{}\"]", r.join("\",\"").replace('’', "\\u2019"))),
        ("an array of numpy", |r| format!("array(['{}'],\n      dtype=object)", r.join("',\n       '"))),
        ("an array without commas", |r| format!("['{}']", r.join("'\n '"))),
        ("a vector of R", |r| format!("c(\"{}\")", r.join("\", \""))),
        ("a tuple", |r| format!("('{}')", r.join("', '"))),
        ("a map", |r| format!("{{'value': '{}'}}", r.join(" "))),
        ("a list of maps", |r| format!("[{{'text': '{}', 'n': 3}}]", r.join("', 'n': None}, {'text': '"))),
        ("the words of a list", |r| format!("['{}']", r.join(" ").split(' ').collect::<Vec<_>>().join("', '"))),
    ]);
}

#[test]
fn sentences_without_the_usual_ends() {
    check(&[
        ("no space after the stop", |r| r.join("")),
        ("an ellipsis", |r| r.join(" ").replace(". ", "… ")),
        ("quotation marks after the stop", |r| r.join("\"").replacen(&r[0][..1], &format!("\"{}", &r[0][..1]), 1)),
        ("the number of a work after the stop", |r| r.join("<sup>3,4</sup> ")),
        ("a source of a chat after the stop", |r| r.join("【12†source】 ")),
        ("a work in brackets after the stop", |r| r.join("[3] ")),
        ("emoji after the stop", |r| r.join("😀 ")),
        ("line breaks of PowerPoint", |r| r.join("\u{b}")),
        ("separators of records", |r| r.join("\u{1e}")),
        ("small letters", |r| r.join(" ").to_lowercase()),
        ("a work before the stop", |r| r.join("").replace('.', " [3].")),
    ]);
    check(&[
        ("dashes", |r| items(r, |_| "- ".to_owned())),
        ("middle dots", |r| items(r, |_| "· ".to_owned())),
        ("Word's bullets", |r| items(r, |_| "\u{f0b7} ".to_owned())),
        ("Word's squares, with a tab", |r| items(r, |_| "\u{f0a7}\t".to_owned())),
        ("arrows", |r| items(r, |_| "➢ ".to_owned())),
        ("plain arrows", |r| items(r, |_| "→ ".to_owned())),
        ("ASCII arrows", |r| items(r, |_| "-> ".to_owned())),
        ("ticks", |r| items(r, |_| "✓ ".to_owned())),
        ("hyphen bullets", |r| items(r, |_| "⁃ ".to_owned())),
        ("small squares", |r| items(r, |_| "▫ ".to_owned())),
        ("triangles without a space", |r| items(r, |_| "▶".to_owned())),
        ("emoji", |r| items(r, |_| "👉 ".to_owned())),
        ("minus signs", |r| items(r, |_| "− ".to_owned())),
        ("tildes", |r| items(r, |_| "~ ".to_owned())),
        ("asterisms", |r| items(r, |_| "※ ".to_owned())),
        ("numbers in circles", |r| items(r, |n| format!("{} ", char::from_u32(0x245f + n as u32).unwrap()))),
        ("numbers with a colon", |r| items(r, |n| format!("{n}: "))),
        ("numbers in brackets", |r| items(r, |n| format!("({n}) "))),
        ("numbers with a dash", |r| items(r, |n| format!("{n}- "))),
        ("numbers with a stroke", |r| items(r, |n| format!("{n}/ "))),
        ("signs in brackets", |r| items(r, |_| "[+] ".to_owned())),
        ("bold numbers", |r| items(r, |n| format!("**{n}.** "))),
        ("bullets in a line", |r| format!("• {}", r.join(" • ").replace(['.', '?', '!'], ""))),
        ("bullets as entities", |r| items(r, |_| "&bull; ".to_owned())),
        ("escaped lines", |r| items(r, |_| "• ".to_owned()).replace('\n', "\\n")),
    ]);
}

/// Labels are words of their own in front of what they label; no unit goes on over them.
#[test]
fn labels_begin_items() {
    let labels: [fn(usize) -> String; 12] = [
        |_| "o ".to_owned(),
        |n| format!("W{n}: "),
        |n| format!("Q{n}. "),
        |n| format!("**S{n}:** "),
        |n| format!("[R{n}] "),
        |n| format!("Point {n}: "),
        |n| format!("Weakness #{n}: "),
        |n| format!("Frage {n} - "),
        |n| format!("Точка {n}. "),
        |n| format!("{}. ", char::from(b'a' + n as u8 - 1)),
        |n| format!("{}. ", ["i", "ii", "iii", "iv", "v"][n - 1]),
        |n| format!("1.{n} "),
    ];
    for label in labels {
        for review in &REVIEWS {
            let text = items(review, label);
            let found = units(&text);
            assert_eq!(found.len(), 5, "{text}");
            for (found, sentence) in found.iter().zip(review) {
                assert!(found.ends_with(&units(sentence)[0]), "{found:?}");
            }
        }
    }
}

#[test]
fn what_others_put_around_a_text() {
    check(&[
        ("answers of a form", |r| answered(r, "", ": ")),
        ("answers below headings", |r| answered(r, "## ", "\n")),
        ("answers in a list", |r| answered(r, "- **", ":** ")),
        ("answers after equals signs", |r| answered(r, "", " = ")),
        ("front matter", |r| {
            format!("---\ntitle: A review of kites\ntags: [a, b]\nauthors:\n  - name: Lee\n---\n\n{}", r.join(" "))
        }),
        ("front matter of TOML", |r| format!("+++\ntitle = \"A review of kites\"\n+++\n{}", r.join(" "))),
        ("boxes to tick", |r| {
            format!("- [x] I have read the rules.\n- [ ] It is kind\n* [X] I am no kite\n\n{}", r.join(" "))
        }),
        ("ticked boxes", |r| format!("☑ I have read the rules.\n☐ It is kind\n\n{}", r.join(" "))),
        ("a comment of the form", |r| format!("<!-- Please be kind.\n\nDelete this. -->\n{}", r.join(" "))),
        ("a publisher", |r| format!("{} © 2021 Elsevier Ltd. All rights reserved.", r.join(" "))),
        ("a publisher without a space", |r| format!("{}© 2018 IEEE.", r.join(" "))),
        ("a publisher in front", |r| format!("© 2016, Springer Science+Business Media New York. {}", r.join(" "))),
        ("authors", |r| {
            format!(
                "{} Copyright © 2020 The Authors. Published by Elsevier B.V. on behalf of the Society of Kites.",
                r.join(" ")
            )
        }),
        ("brackets", |r| format!("{} (C) 2009 Wiley Periodicals, Inc. J Kites 30: 1-9, 2009", r.join(" "))),
        ("a licence", |r| {
            format!(
                "{}\n\nCopyright (c) 2020 Lee and Kim. This is an open access article distributed under the Creative Commons licence.",
                r.join(" ")
            )
        }),
        ("an entity", |r| {
            format!("{} &copy; 2021 The Author(s), under exclusive licence to Springer Nature.", r.join(" "))
        }),
        ("another language", |r| format!("{} © 2019 Masson SAS. Tous droits réservés.", r.join(" "))),
        ("a filler for another field", |r| format!("N/A\n\n{}\n\n[No abstract available]", r.join(" "))),
    ]);
}

#[test]
fn fillers_are_no_text() {
    for filler in [
        "N/A",
        "nan",
        "NaN",
        "None",
        "null",
        "-",
        "--",
        "NA",
        "[No abstract available]",
        "Abstract not available.",
        "<p>N/A</p>",
        "n/a",
        "[]",
        "{}",
        "\\N",
        "[deleted]",
        "&nbsp;",
        "['N/A']",
    ] {
        assert_eq!(units(filler), Vec::<Vec<String>>::new(), "{filler}");
    }
}

/// One of several ways to write a character.
fn written(c: char, way: u8) -> String {
    let code = u32::from(c);
    match way % 8 {
        0 => format!("&#{code};"),
        1 => format!("&#x{code:X};"),
        2 => format!("&amp;#{code};"),
        3 => format!("\\u{code:04x}"),
        4 if c.is_ascii_alphabetic() => format!("\u{ad}{c}"),
        5 if c.is_ascii_alphabetic() => format!("{c}\u{200b}"),
        6 if c.is_ascii_alphabetic() => char::from_u32(code + 0xfee0).unwrap().to_string(),
        7 if c.is_ascii_alphabetic() => format!("<b>{c}</b>"),
        _ => c.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn characters_may_be_written_in_any_way(ways in prop::collection::vec(0_u8..60, 600), review in 0_usize..3) {
        let clean = REVIEWS[review].join(" ");
        let letters = clean.chars().zip(ways.iter().cycle());
        let dirty: String = letters.map(|(c, way)| if *way < 8 && c != ' ' { written(c, *way) } else { c.to_string() }).collect();
        prop_assert_eq!(units(&dirty), units(&clean), "{}", dirty);
    }

    #[test]
    fn nothing_is_lost_or_slow_in_what_may_be_anything(text in r#"(\PC|[<>&;\\nrtu/"'{}\[\]_#*x-]|\n|<p>|&amp;|\\n|\\u00e9|---\n|© 2020 ){0,60}"#) {
        let mut tally = Tally::default();
        let prose = cut(&text, &mut tally).into_owned();
        prop_assert!(tally.n_characters_cut() <= tally.n_characters);
        // What is plain stays so.
        if prose.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ') {
            prop_assert_eq!(cut(&prose, &mut tally).into_owned(), prose);
        }
    }
}
