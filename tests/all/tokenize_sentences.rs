//! What a sentence is, by examples.

use crate::common::words;
use llm_prevalence::tokenize::{UnitRule, for_each_unit};
use proptest::prelude::*;

fn units(text: &str, rule: UnitRule) -> Vec<String> {
    let mut units = Vec::new();
    for_each_unit(text, rule, |unit| units.push(unit.to_owned()));
    units
}

/// Checks that each example, written with `¦` before every sentence but the first, is cut exactly there.
fn check(examples: &[&str]) {
    for example in examples {
        let expected: Vec<&str> = example.split('¦').map(str::trim).collect();
        assert_eq!(units(&example.replace('¦', ""), UnitRule::Sentence), expected, "{example:?}");
    }
}

#[test]
fn plain_sentences() {
    check(&[
        "One sentence",
        "It works. ¦It works well! ¦Does it? ¦Yes.",
        "It works... sometimes. ¦It fails... ¦Often.",
        "It works.  ¦Two spaces.\t¦A tab.",
        "What?! ¦No way.",
        "It ends. ¦2 Units follow. ¦It ends. 2 more follow, as UAX #29 has it.",
        "it goes on. ¦and on. ¦Then not.",
    ]);
}

#[test]
fn quotes_and_brackets() {
    check(&[
        "He said \"It works.\" ¦She agreed.",
        "He said “It works.” ¦She agreed.",
        "(It works.) ¦She agreed.",
        "It works (see below). ¦\"Fine,\" she said.",
        "It works. ¦(She agreed.) ¦“Fine.” ¦‘So it is.’ ¦Good.",
        "**It works.** ¦She _agreed._ ¦The end.",
        "Is it “good”? ¦It is – they say – naïve. ¦École first. ¦Über alles.",
    ]);
}

#[test]
fn abbreviations() {
    check(&[
        "Some tasks, e.g. Sorting, i.e. Ordering, are hard. ¦Others are not.",
        "As Smith et al. (2020) and Jones et al. Show, it works. ¦Fine.",
        "This was done by Smith et al. ¦The result is new.",
        "See Fig. 3, Figs. A and B, Eq. (4), Sec. IV, Tab. 2 and Thm. 1. ¦It holds.",
        "See Section 2.1. ¦The proof is in App. 3. ¦It is short.",
        "It beats A vs. B, cf. Lemma 2, resp. Corollary 3, w.r.t. Accuracy. ¦Good.",
        "Item No. 5 is wrong. ¦Is it? ¦No. ¦It is right.",
        "See pp. 12 and vol. 3, ref. [4]. ¦I installed the app. ¦It crashed.",
        "Dr. Brown, Prof. Green, Mr. White and Mrs. Black met in St. Ives. ¦Then they left.",
        "We use cats, dogs, etc. ¦They are i.i.d. ¦We say so, etc. and so on.",
        "We show this in approx. 3 s.",
        "They met on Jan. 5. ¦It was in Jan. ¦We know.",
        "The verbs. ¦Nouns follow.",
    ]);
}

#[test]
fn initials() {
    check(&[
        "J. Smith and J. R. R. Tolkien wrote it. ¦É. Cartan did not.",
        "J.-P. Serre did. ¦The U.S. Government did not. ¦It left the U.S. ¦The end.",
        "Let a group act on X. ¦We show more about G. ¦If not, K. He and A. B. Cole do.",
        "We need vitamin c. ¦Sure.",
        "See Appendix A. ¦This is well known.",
    ]);
}

#[test]
fn numbers_addresses_and_names_of_files() {
    check(&[
        "It is 3.14 or .5 or 1,000.00. ¦More follows.",
        "Version 2.0.1-rc.1 is out. ¦Use v1.2. ¦Or not.",
        "See https://example.org/a.b?C=d.E!F and www.Example.Org. ¦Good.",
        "Write to Jane.Doe@Example.org or to me. ¦Thanks.",
        "Open main.Rs or data.Tar.gz! ¦Then close it.",
    ]);
}

#[test]
fn sentences_without_white_space_between_them() {
    check(&[
        "The method fails.¦No space here. ¦Next.",
        "They apply.¦Are they new?¦It is!¦We say so.¦I agree.¦A kite flies.",
        "It is so (see above).¦We go on \"as said.\"¦She agreed...¦They did.",
        "It is known [3].¦We go on.¦GPT-4 is used.¦Naïve kites fly.¦Élan is missing .¦They say.",
        "In 2020.¦The use of BERT.¦The end of f(x).¦Then x.¦The end.",
        "Node.JS, ASP.NET, Vue.Js, README.MD, main.Rs, Booking.Com and torch.Tensor(x) or nn.Module are names.",
        "It is e.g.Here, cf.Lee, Fig.A, Dr.Smith, Ph.D or U.S.A or J.R.R.Tolkien.",
        "See www.Example.Org/A.B, Jane.Doe@Example.Org, a.b/c.Def and src\\main.Test here.",
        "Version 2.Beta and v1.Alpha are System.Out.println and my_mod.Name and std::vec.New too.",
    ]);
}

#[test]
fn items_within_a_line() {
    check(&[
        "It works. ¦- It is new. ¦-- Others are not. ¦– They say so.",
        "Is it new? ¦- Hardly. ¦-The proof is known. ¦— \"So it is.\"",
        "It fails. ¦(a) the proof is long. ¦(b) the table is short. ¦(iv) We agree.",
        "It fails. ¦a) the proof. ¦2) the table! ¦3) The end.",
        "She said: it works. - and so on. ¦Then it fails – they say – often.",
        "See Fig. (a) and Eq. (i) there, cf. - They say - Lee et al. (b) too.",
        "It is (a) new. ¦It is so. (as said) and more.",
    ]);
}

#[test]
fn items_within_a_line_without_a_full_stop() {
    check(&[
        "• The idea is new¦• The text is long¦• A proof is fine",
        "•The idea is new¦•The text is long¦•The proof is fine",
        "the product x•Y and w•Z of it",
        "Weaknesses: ¦- It is slow and more",
        "**Questions:** ¦1. ¦Why is it slow? ¦2. ¦How fast is it?",
        "There are two: ¦(1) The kite is slow, and (2) the wind is weak.",
        "It has three: (1) a kite, (2) a wind, (3) and so on.",
        "Good ¦- It flies ¦- It is new ¦- They sing",
        "Good ¦* It flies ¦* It is new ¦* They sing",
        "It flies - They say - as Lee did, and w * GMM(x) + x * X + y * Y is a sum",
        "Here it is ¦## Summary The kite flies. ¦### 2. ¦Method It is old",
    ]);
}

#[test]
fn sentences_without_a_capital() {
    check(&[
        "It works. ¦The proof is hard to read.\n¦more detail is needed.",
        "It works with learning rates, batch sizes etc.\nand fails with models of Lee et al.\nfor no reason. ¦Why?",
        "The kite flies. ¦however, it is slow. ¦the wind is weak. ¦It rains.",
        "kites fly well. ¦people like them, e.g. birds do, cf. trees etc. and so on. ¦good!",
        "The kite flies. well, so Lee et al. show in approx. two of max. three fig. and so on.",
        "She said \"It works.\" and left. ¦They left, too.",
        "See kites.org. it is at www.kites.com. and so on",
    ]);
}

#[test]
fn marks_after_the_full_stop() {
    check(&[
        "We use MAML.[^1] ¦We like it. ¦It is from 2019.[^3] ¦So it is.",
        "We use MAML.² ¦We like it. ¦It is from 2019.⏎ ¦So it is.",
        "The kites fly.【4†source】 ¦We saw them.[3] ¦They fell.(3) ¦It rained.3) ¦So it was.[cite: 12] ¦Good.",
        "The kites fly.† ¦We saw them.😀 ¦They fell.Â ¦It rained.^3^ ¦So it was.[a][b] ¦They say.{{cite}} ¦Good.",
        "The kites fly.\u{fffd} ¦We saw them.| ¦They fell.# ¦It rained.[citation needed] ¦Good.",
        "The kites fly.|¦We saw them.†¦They fell.™¦A kite is red.,¦It is so.', ¦'They say.- ¦Good.",
        "See Fig.(3) There, et al.(2019) Show, Eq.[3] Here.",
        "It is file.[a] of x.(B) And in v1.(2) Units.",
    ]);
}

#[test]
fn blank_lines_within_sentences() {
    let wrapped = [
        "The kite that they show flies in every",
        "wind that we know of, and lands on a",
        "field of corn. ¦It has been seen in many",
        "places by people who like to look at",
        "the sky. ¦They say that it is red and",
        "has a long tail of paper.",
    ];
    for line_break in ["\n\n", "\r\n \r\n", "\n\n\n"] {
        check(&[&wrapped.join(line_break)]);
    }
    check(&[
        "a typo in line three\n\n¦kite is not a bird\n\n¦the sky is blue and not the sea is\n\n¦more of it\n\n¦no proof\n\n¦no",
    ]);
}

#[test]
fn footnotes_after_the_full_stop() {
    check(&[
        "The kites fly.12 ¦We saw them.3,4 ¦They fell.5-7 ¦(It rained.) ¦Then not.",
        "The kites fly.¹² ¦We saw them.[^1] ¦They fell.[^1][^note] ¦“So it is.”2 ¦Yes.",
        "Is it so?3 ¦It is!4 ¦They say (in May).5 ¦Good.",
        "Use v1.12 The rest is of x.5 Units, Fig.3 Left, sec.2 The and in 3.14 Volts.",
        "The kites fly.2020 Was a year, they fly.12 of them, they fly.12The.",
    ]);
}

#[test]
fn formulas() {
    check(&[
        "Let $x. Y$ be given. ¦Then $f(x) = 1. 5$ holds.",
        "Let $$ a = b. C $$ be given. ¦Then not.",
        "It costs $5. ¦Then it costs $6. ¦That is more.",
        "It costs 5 $. ¦Then it costs 6 $. ¦Fine.",
        "It costs \\$5. ¦Then $x$ is \\$6. ¦That is more.",
        "For all $x$. ¦There is $y$. ¦Hence $z.$ ¦The end.",
        "Here is it: $$x = y.$$ ¦We are done. ¦$X$ is it.",
    ]);
    let far = format!("A price of $5. ¦{} costs 6$ too. ¦End.", "Word ".repeat(60));
    check(&[&far]);
}

#[test]
fn line_breaks() {
    check(&[
        "This line\nis hard-wrapped. ¦The next\r\nis too, with Fig.\n3 in it.",
        "No full stop\n\n¦New paragraph\r\n \t\r\n¦Another",
        "Strengths:\n¦- clear\n¦- good results\n  on two lines. ¦Two sentences.\n¦* other",
        "Steps:\n¦1. Read.\n¦2. Write it. ¦Then sleep.\n¦10) Rest",
        "¦(a) first\n¦(ii) second\n¦iv) third\n¦[1] fourth\n¦• fifth\n¦– sixth".trim_start_matches('¦'),
        "# 1. Heading\n¦Text follows\nhere\n¦## Another\n¦### Third",
        "Heading\n¦=====\n¦Text\n¦---\n¦More",
        "| a | b. ¦C |\n¦|---|---|\n¦| c | d |\n\n¦after",
        "> quoted text\n> goes on. ¦> It ends.\n¦Answer\n¦> again",
        "A minus\n-5 is no item, nor is\n2.5 or\n2019. ¦That is a year.",
    ]);
}

#[test]
fn short_lines_before_a_capital() {
    let long =
        "The kite flies in every wind that they know of, and it is a large one that many people like to look at.";
    let cases = [
        "Strengths\n¦The kite is new and flies well\n¦It is red too\n¦Weaknesses:\n¦Long tail (in the sky)\n¦",
        "**Summary**\n¦They show a\nLee kite of the kind that was proposed by\nKim and others.\n¦",
        "It is shown in the last of all figures of the paper, that is to say in the second,\nThird and so on.\n¦",
    ];
    for case in cases {
        check(&[&format!("{case}{long}")]);
    }
    check(&["Novel kite\n¦Strong wind\n¦Clear sky"]);
    // Of the breaks that a program makes, most stand before a small letter.
    check(&[
        "The kite flies in every wind we know\n¦No proof is given that it lands\n¦The tail is too long, and red\n¦It is not new",
        "The kite flies in every wind;\n¦No proof is given that it lands;\n¦The tail is too long\n¦They like it all the same",
        "The kite that\nLee has seen in the sky of\nKent and the wind that they have measured\n¦There is a large one.",
    ]);
    // Lines that no program has wrapped end where they end.
    check(&[&format!("{long} It flies{}\n¦They say so", " and flies".repeat(9)).replace(" It flies", " ¦It flies")]);
}

#[test]
fn items_of_lists_by_their_labels() {
    check(&[
        "o\tthe idea is new\n¦o\tthe text is long",
        "u the idea is new\n¦u the text is long\n¦u the proof is fine",
        "summary: it works well.\n¦strengths: the idea is new\n¦weaknesses: the text is long",
        "It works well.\n¦minor points: The idea is new.\n¦limitations_and_impact: The text is long.",
        "It works.\n¦soundness: 3 good\n¦presentation: 2 fair\n¦rating: 6: marginally above it",
        "It works well because of the\nidea: it is new.",
        "*Originality: The idea is new\n¦*Clarity: The text is long\n¦*Quality: The proof is fine",
        "W1: one\n¦W2: two\n¦W3: three",
        "**W1.** one\n¦**W2.** two",
        "**1.** one. ¦More\n¦**2.** two\n¦**(a)** three",
        "Q1. one\n¦Q2. two",
        "Weakness 1: one\n¦Weakness 2: two",
        "Stärke 1 - one\n¦Stärke 2 - two\n¦Frage 1) three\n¦Frage 2) four",
        "[W1] one\n¦[W2] two\n¦(Q1) three\n¦(Q2) four",
        "a. one\n¦b. two\n¦c. three",
        "ii. one\n¦iii. two",
        "1: one\n¦2: two",
        "1.1 One\n¦1.2 Two",
        "Q: one\n¦A: two\n¦Q: three\n¦A: four",
        "· one\n¦· two",
        "\u{f0b7} one\n¦\u{f0b7}\ttwo",
        "➢ one\n¦➢ two\n¦✓ three\n¦⁃ four\n¦▫ five\n¦◆ six\n¦★seven\n¦👍 eight\n¦① nine\n¦❷ ten",
        "→ one\n¦→ two\n¦⇒ three\n¦⇒ four\n¦§ five\n¦§ six",
        "o one\n¦o two\n¦~ three\n¦~ four\n¦-- five\n¦-- six\n¦-> seven\n¦-> eight",
        "− one\n¦− two",
        "- W1: one\n¦- W2: two. ¦More",
        "1)The first\n¦2)The second\n¦3.Third\n¦(4)A fourth\n¦b)Fifth",
        "**W1** The first\n¦**W2** the second\n¦**Q1**: third\n¦__Q2__ fourth",
        "**Weakness 1** The first\n¦**Weakness 2** the second",
        "W1.The first\n¦W2.The second",
        "-The first\n¦-The second\n¦–One\n¦–Two\n¦*Three\n¦*Four",
        "The good: ¦• one ¦• two ¦• three",
        "• one ¦• two",
        "W1: one of it ¦W2: two of it ¦W3: three",
        "Lines 2-5: one\n¦Lines 16–18: two",
        "1- One\n¦2- Two",
        "1 One\n¦2 Two",
        "(+) One\n¦(+) Two\n¦(+) Three",
        "1/ One\n¦2/ Two\n¦3/ Three",
        "#1 One\n¦#2 Two\n¦#3 Three",
        "1、One\n¦2、Two\n¦3、Three",
    ]);
    // Without a like, or inside of a sentence, these are none.
    check(&[
        "It is seen in\nFigure 1. ¦It flies",
        "It is\n§ 5 of the law",
        "It flies as\nA. Lee says",
        "A product a · b · c of numbers and 5 °C",
        "A single • is none",
        "Note: one\ntwo",
        "It is -\n-The only dash of its kind",
        "**Figure 1** shows it\nand so on",
        "Words in\n*Emphasis* and\n*More* of it",
        "He said\n\"One thing\" and\n\"Two things\" and\n\"Three things\" more",
        "It is in\n(Lee) and\n(Kim) and\n(Cole) there",
        "It is of version\n2.NET or\n1.A4 or\n-IT",
    ]);
}

#[test]
fn other_scripts() {
    check(&[
        "これは文です。¦次の文です！¦本当？¦はい。",
        "「そうです。」¦彼は言った。",
        "यह एक वाक्य है। ¦यह दूसरा है।",
        "Это предложение. ¦Это другое. и дальше.",
        "هل هذا سؤال؟ ¦نعم.",
        "One line\u{2028}¦and another.",
    ]);
}

#[test]
fn units_are_trimmed_and_never_empty() {
    for text in ["", " ", "\n\n", "\u{feff}", "\u{3000}\n>\n> >"] {
        assert!(units(text, UnitRule::Sentence).iter().all(|unit| unit.trim() == unit && !unit.is_empty()));
    }
    assert_eq!(units("  One. Two.\n", UnitRule::Document), ["One. Two."]);
    assert!(units(" \n", UnitRule::Document).is_empty());
}

/// A step that looks ahead over a run for each of its characters would take minutes.
#[test]
fn long_runs_take_linear_time() {
    let pieces = [
        "#", " #", " ##", ":", ": ", "*", " * ", "-", "- A", ".,", ".(", ".[3", ".1", "a. ", "a.† ", "1\n\n", "a\n\n",
        "§ A\n", "\"", "_",
    ];
    for piece in pieces {
        let text = format!("It flies. {}", piece.repeat(100_000));
        assert!(!units(&text, UnitRule::Sentence).is_empty(), "{piece:?}");
    }
}

#[test]
fn unit_rules_have_names() {
    for rule in [UnitRule::Sentence, UnitRule::Document] {
        assert_eq!(rule.to_string().parse(), Ok(rule));
        assert_eq!(serde_json::to_string(&rule).unwrap(), format!("\"{rule}\""));
    }
    let error = "chapter".parse::<UnitRule>().unwrap_err();
    assert_eq!(error.to_string(), "there is no unit `chapter`; use `sentence` or `document`");
}

/// Units are slices of the text, in order, and every word is in exactly one.
fn check_cover(text: &str) -> Result<(), TestCaseError> {
    let (mut at, mut found) = (0, Vec::new());
    for_each_unit(text, UnitRule::Sentence, |unit| {
        let start = unit.as_ptr() as usize - text.as_ptr() as usize;
        assert!(start >= at && start + unit.len() <= text.len() && !unit.is_empty() && unit.trim() == unit);
        at = start + unit.len();
        found.extend(words(unit));
    });
    prop_assert_eq!(found, words(text));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn every_word_is_in_one_unit_of_prose(
        text in r"((e\.g|al|Fig|J|The|we|3|\$x|[0-9]\)|- |> |# |\||``|--)[.!?)*_$]{0,2}[ \n]{1,2}){0,12}"
    ) {
        check_cover(&text)?;
    }

    #[test]
    fn every_word_is_in_one_unit_of_anything(
        text in "(\\PC|[.!?。．\u{301}\u{200d}\u{85}\u{2028}$ _a>#A1-]|[\r\n]){0,48}"
    ) {
        check_cover(&text)?;
    }
}
