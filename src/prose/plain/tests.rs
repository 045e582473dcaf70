//! Inputs as they arrive, their prose, and the reasons.

use super::super::{Mend, Tally, cut};

fn prose(text: &str) -> String {
    cut(text, &mut Tally::default()).into_owned()
}

/// Checks each input against its prose.
fn check(cases: &[(&str, &str)]) {
    for (input, expected) in cases {
        assert_eq!(prose(input), *expected, "{input:?}");
    }
}

/// Checks inputs that are prose as they are.
fn check_kept(inputs: &[&str]) {
    for input in inputs {
        assert_eq!(prose(input), *input);
    }
}

#[test]
fn invisible_characters_are_not_there() {
    for invisible in [
        "\u{ad}",
        "\u{200b}",
        "\u{200c}",
        "\u{200d}",
        "\u{2060}",
        "\u{feff}",
        "\u{200e}",
        "\u{200f}",
        "\u{202a}",
        "\u{202c}",
        "\u{2066}",
        "\u{2069}",
        "\u{61c}",
        "\u{34f}",
        "\u{180e}",
        "\u{fe0f}",
        "\u{1}",
        "\u{7f}",
        "\u{e0020}",
        "\u{3164}",
    ] {
        assert_eq!(prose(&format!("The ki{invisible}te flies.")), "The kite flies.", "{invisible:?}");
    }
    check(&[
        ("The ki\u{ad}\nte flies.", "The kite flies."),
        ("The ki\u{ad} \r\n te flies.", "The kite flies."),
        ("The ki¬\nte flies.", "The kite flies."),
        ("It flies.\u{2028}- It lands.\u{2029}So", "It flies.\n- It lands.\n\nSo"),
        ("It flies\u{85} so\u{85}it goes", "It flies... so\nit goes"),
        (
            "The di\u{b}erence is su\u{e}cient,\u{c}in\u{c}nite, ba\u{f}ing",
            "The difference is sufficient,\ninfinite, baffling",
        ),
        ("A di\u{b}\0\u{200b}erence", "A difference"),
        ("The\u{a0}kite\u{2009}flies\u{3000}high.", "The kite flies high."),
    ]);
    check_kept(&["It is ¬ A, naïve – “so” – and 2 × 3 °C.", "The kite\tflies.\r\nHigh."]);
}

#[test]
fn letters_in_another_dress_are_letters() {
    check(&[
        ("ﬁeld, oﬀer, ﬂow, diﬃcult, aﬄuent, ﬆ", "field, offer, flow, difficult, affluent, st"),
        ("Ｔｈｅ ｋｉｔｅ ２ ｆｌｉｅｓ．Ｉｔ　ｉｓ！", "The kite 2 flies.It is!"),
        ("𝐓𝐡𝐞 𝑘𝑖𝑡𝑒 𝓯𝓵𝓲𝓮𝓼 𝔥𝔦𝔤𝔥 𝕒𝕥 𝖿𝗂𝗏𝖾 𝚖 𝟓", "The kite flies high at five m 5"),
        ("Ⓣⓗⓔ ĳs, Ⅳ ſo ℝ ℓ", "The ijs, IV so R l"),
        ("It is so… and so‥ well\u{2011}known", "It is so... and so.. well-known"),
        ("cafe\u{301} Scho\u{308}n i\u{302}le \u{212b}", "café Schön île Å"),
        ("t\u{332}h\u{336}e", "the"),
        ("ᴛʜᴇ ᴋɪᴛᴇ", "the kite"),
        ("Thе kitе fliеs аt \u{421}ape", "The kite flies at Cape"),
    ]);
    // Exponents, units and other scripts stay.
    check_kept(&[
        "x² m³ 10ⁿ 5 µm ½ ™",
        "これは文です。次の文です！",
        "αβγ Ωμέγα ΔE β-carotene",
        "Это не Latin, а русский",
    ]);
}

#[test]
fn text_in_a_wrong_encoding_is_read_again() {
    check(&[
        ("It donâ€™t fly, â€œhighâ€\u{9d} â€” so.", "It don’t fly, “high” — so."),
        ("the â€œkiteâ€ flies", "the “kite” flies"),
        ("cafÃ© naÃ¯ve Â© 5 Âµm SchrÃ¶dinger", "café naïve © 5 µm Schrödinger"),
        ("It donÃ¢â‚¬â„¢t.", "It don’t."),
        ("It don‚Äôt fly ‚Äì so.", "It don’t fly – so."),
        ("It don\u{92}t.", "It don’t."),
        ("wait â€¦ now", "wait ... now"),
    ]);
    check_kept(&["Ångström, Âge, São, naïve â la carte, €5™"]);
    let mut tally = Tally::default();
    cut("a \u{fffd}eld", &mut tally);
    cut("donâ€™t", &mut tally);
    assert_eq!(tally.mended[&Mend::Lost], 1);
    assert_eq!(tally.mended[&Mend::Mojibake], 1);
    assert_eq!(tally.n_texts, 2);
}

#[test]
fn tags_are_no_words_and_blocks_end_sentences() {
    check(&[
        ("<p>One <b class=\"x\">fil</b>ter.</p><p>Two.</p>", "\n\nOne filter.\n\n\n\nTwo.\n\n"),
        (
            "<jats:title>Abstract</jats:title><jats:p>One <jats:italic>kite</jats:italic>.</jats:p>",
            "\n\n\n\nOne kite.\n\n",
        ),
        (
            "It shows in many examples that the kites of<br>\nthis kind fly well in weak wind and that all<br>their tails last.<br><br>So.",
            "It shows in many examples that the kites of\nthis kind fly well in weak wind and that all\ntheir tails last.\n\nSo.",
        ),
        ("novel idea<br>good writing<br>fine proof", "novel idea\n\ngood writing\n\nfine proof"),
        ("One.<br>Two.<BR/>Three.<br />", "One.\n\nTwo.\n\nThree.\n\n"),
        ("H<sub>2</sub>O and x<sup>2</sup>", "H2O and x2"),
        ("as known.<sup>3,4</sup> It flies", "as known. It flies"),
        ("One <!-- do\nnot --> two", "One  two"),
        ("<foo>One is here.</foo><foo>Two is there.</foo>", "\n\nOne is here.\n\n\n\nTwo is there.\n\n"),
        ("fil<x:y>ter</x:y>s", "filters"),
        ("<w>The</w><w>kite</w>", "The kite"),
        ("<style>p {color: red}</style>One.", "\n\nOne."),
        ("<![CDATA[One.]]> <!DOCTYPE html>Two.", "One. Two."),
        ("<?xml version=\"1.0\"?><doc>One is here.</doc>", "\n\nOne is here.\n\n"),
        ("<li>One<li>Two", "\n\nOne\n\nTwo"),
        ("<blockquote>Old.</blockquote>New one.", "\n\nNew one."),
        ("<pre>One text.</pre>", "\n\nOne text.\n\n"),
        ("We have <math><mi>x</mi></math> here.", "We have  here."),
        ("<a href='x>y'>One</a> <img src=\"data:a,b\">two", "One two"),
        ("<span style=color:red>One</span>", "One"),
        ("| a<br>b | c |\n|---|---|\n\nOne.", "\n\n\nOne."),
        ("> old<br>older\nNew.", "\n\nNew."),
        ("One <strong>two", "One two"),
        ("<div class=\"a\" hidden>One</div>", "\n\nOne\n\n"),
    ]);
    check_kept(&[
        "a < b and c > d",
        "if a <b and c> d",
        "x<y>z or Vec<T> or a<b",
        "the <EOS> and <image> tokens, <s> too",
        "I <3 it -> so => there <- here",
        "Open <i or <b and close",
    ]);
}

#[test]
fn entities_are_characters() {
    check(&[
        ("One&nbsp;&amp;&#160;two &#x2019; &rsquo; &lt;3", "One & two ’ ’ <3"),
        ("One&amp;nbsp;two &amp;amp;amp; three", "One two & three"),
        ("One&nbsptwo &amp three", "One two & three"),
        ("&gt; Old.\nNew.", "\n\nNew."),
        ("&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;", "\n\nOne.\n\n\n\nTwo.\n\n"),
        ("a &lt;a&gt; b &lt; c", "a <a> b < c"),
        ("ki&shy;te ki&#8203;te &#64257;eld &#146;", "kite kite field ’"),
        ("One.&#10;&#10;Two.", "One.\n\nTwo."),
    ]);
    check_kept(&["R&D, AT&T, Q&A; a && b &c; P&L &foo;"]);
}

#[test]
fn escapes_are_what_they_stand_for() {
    check(&[
        ("One.\\nTwo.\\n\\n- three\\n- four", "One.\nTwo.\n\n- three\n- four"),
        ("One\\r\\ntwo\\tthree", "One\ntwo\tthree"),
        ("Strengths:\\nplease, why\\nwith", "Strengths:\nplease, why\nwith"),
        ("It\\u2019s \\u201cnew\\u201d \\ud83d\\ude00 caf\\xe9 don\\xe2\\x80\\x99t", "It’s “new” 😀 café don’t"),
        ("The \\\"paper\\\" and the \\\"old one\\\".", "The \"paper\" and the \"old one\"."),
        ("It\\'s and\\/or don\\'t, snake\\_case", "It's and/or don't, snake_case"),
        ("One.\\\\nTwo.", "One.\nTwo."),
        ("\\- One\n\\- Two\n1\\. Three", "- One\n- Two\n1. Three"),
        ("One._x000D_\nTwo._x000d__x000A_Three_x0021_", "One.\nTwo.\n\nThree!"),
        ("['One is it.', \"It's two.\"]", "One is it.\n\nIt's two."),
        ("[\"One.\",\"Two\\nlines.\"]", "One.\n\nTwo\nlines."),
        ("{'value': 'One is it.'}", "One is it."),
        ("array(['One is.', 'Two is.'],\n      dtype=object)", "One is.\n\nTwo is."),
        ("c(\"One is.\", \"Two is.\")", "One is.\n\nTwo is."),
        ("['The', 'kite', 'flies', '.', 'It', 'is', '.']", "The kite flies . It is ."),
        ("['It's one.', 'Two.']", "It's one.\n\nTwo."),
    ]);
    check(&[
        ("As $\\nu$ and \\nu, \\tau, \\text{so}, \\nabla, \\rho, \\neq 3 grow", "As  and , , {so}, , ,  3 grow"),
        ("\\nabla f.\\nThe end", " f.\nThe end"),
    ]);
    check_kept(&["C:\\new\\table and\\or", "See (\"so\") and [a]", "{x}", "[sic] it is [so]"]);
}

#[test]
fn accents_of_latex_are_letters() {
    check(&[
        ("Schr\\\"odinger, premi\\`ere, fa\\c{c}ade, Czerwi\\'nski", "Schrödinger, première, façade, Czerwiński"),
        ("{\\\"o} \\\"{u} {\\'e}t\\'{e} \\'{\\i} na\\\"{\\i}ve", "ö ü été í naïve"),
        (
            "Erd\\H{o}s, Ho\\v{r}ava, \\v{S}, \\AA ngstr\\\"om, S\\o ren, Stra\\ss e, \\ae{}on, \\L{}ukasz",
            "Erdős, Hořava, Š, Ångström, Søren, Straße, æon, Łukasz",
        ),
        ("anal\\-ysis", "analysis"),
    ]);
    check_kept(&["\\*so\\*", "100 \\% of \\$5", "\\`code\\`"]);
}

#[test]
fn words_are_whole() {
    check(&[
        ("The infor-\nmation is cor-\r\n  rect.", "The information is correct."),
        (
            "A well-\nknown, self-\nmade, end-to-\nend, model-\nbased one",
            "A well-\nknown, self-\nmade, end-to-\nend, model-\nbased one",
        ),
        ("kite-like and kite-\nlike, windfree and wind-\nfree", "kite-like and kite-\nlike, windfree and windfree"),
        ("pre- and post-\nflight", "pre- and postflight"),
        ("the information and the infor- mation", "the information and the information"),
        (
            "_new_ and __old__, _the old_ one, snake_case, x_1, __init__",
            "new and old, the old one, snake_case, x_1, init",
        ),
        ("_filter_ing, I ____ it", "filter ing, I  it"),
    ]);
    check_kept(&["X-\nRays and GPT-\n4", "One -\ntwo", "it- but", "non-\n\nlinear", "- a\n- b"]);
}

#[test]
fn what_stands_around_a_text_goes() {
    check(&[
        ("---\ntitle: Kites\ntags: [a, b]\n---\nOne.", "\n\nOne."),
        ("+++\ntitle = \"Kites\"\n+++\nOne.", "\n\nOne."),
        ("- [x] I confirm\n  it all\n- [ ] So\n\nOne.", "\n\n\n\n\nOne."),
        ("☑ I confirm\nOne.", "\n\nOne."),
        ("One is. © 2021 Elsevier Ltd. All rights reserved.", "One is. "),
        ("One is. Copyright (c) 2020, The Authors. Published by Elsevier B.V. on behalf of Kites.", "One is. "),
        ("© 2016 Elsevier B.V. Deep kites fly.", " Deep kites fly."),
        ("One is.© 2018 IEEE.", "One is."),
        ("One is.\n\n(C) 2019 Wiley Periodicals, Inc. All rights reserved.", "One is.\n\n"),
        ("One is. This article is protected by copyright. All rights reserved.", "One is. "),
        ("N/A", "\n\n"),
        ("[No abstract available]\n\nOne is.", "\n\n\nOne is."),
        ("One is.\n\nN/A\n\nTwo is.", "One is.\n\n\n\n\nTwo is."),
    ]);
    check_kept(&[
        "---\n\nOne.\n\n---\n",
        "The copyright of the images is not clear. It should be.",
        "Results are published by other groups.",
        "In (c) 2020 holds.",
        "- [1] One\n- (x) two",
        "None of it is.",
    ]);
}

#[test]
fn characters_of_tex_are_characters() {
    check(&[
        // A backslash and "t" is no tab before a name that TeX has.
        ("The kite{\\textquoteright}s tail isn\\textquoteright{}t red", "The kite’s tail isn’t red"),
        ("The kite\\textquoteright s tail", "The kite’s tail"),
        ("{\\textquotedblleft}So{\\textquotedblright} \\textendash{} pages 3\\textendash 5", "“So” – pages 3–5"),
        ("It flies.\\textquotedblright The wind", "It flies.” The wind"),
        ("at 5\\textdegree{} and p \\textless{} 0.05\\texttrademark", "at 5° and p < 0.05™"),
        ("Ho{\\v r}ava and na\\\"{\\i}ve", "Hořava and naïve"),
    ]);
}

#[test]
fn marks_around_text_leave_it() {
    check(&[
        ("\\added{The kite is red now.} It flies.", "{The kite is red now.} It flies."),
        ("\\textcolor[rgb]{1,0,0}{The kite} is \\colorbox{yellow}{red}", "{The kite} is {red}"),
        ("They \\enquote{fly high} and \\sout{sink} \\ul{swim}", "They {fly high} and {sink} {swim}"),
        ("\\todo[inline]{Say why.} \\foreignlanguage{english}{So it is.}", "{Say why.} {So it is.}"),
        // Commands of their writer's own.
        ("\\rev{The kite is red} and \\new{it flies}.", "{The kite is red} and {it flies}."),
        ("As \\bar{x} and \\foo{x_1} and \\operatorname{arg max} grow", "As  and  and  grow"),
        ("It is.\n\\begin{comment}\nIt is not.\n\\end{comment}\nSo", "It is.\n\n\n\nSo"),
    ]);
}

#[test]
fn comments_are_not_printed() {
    check(&[
        ("\\section{Kites}\nIt flies.\n% is it so?\nIt lands. % why\nEnd", "{Kites}\nIt flies.\nIt lands. \nEnd"),
        ("[//]: # (Be kind.)\nIt flies.", "\n\nIt flies."),
        ("It flies.\n\n[note]: <> \"Be kind. Be short.\"", "It flies.\n\n\n\n"),
        ("[comment]: # 'Be kind.'\n\nIt flies.", "\n\n\nIt flies."),
    ]);
    check_kept(&["It flies in 50 % of the winds.\n% so they say", "[W1]: (It flies.)"]);
    check(&[("\\section{So} 50\\% of it. 40 % of that, 9% too", "{So} 50\\% of it. 40 % of that, 9% too")]);
}

#[test]
fn breaks_within_words_are_none() {
    check(&[
        ("The ki<wbr>te, the ki<wbr/>te, and ki&shy;te", "The kite, the kite, and kite"),
        (
            "The infor\u{1f}mation and infor\u{2}\nmation, well\u{1e}known",
            "The information and information, well-known",
        ),
        ("The infor¬mation and p¬q", "The information and p¬q"),
        ("The infor-<br>mation and infor-<br />\nmation", "The information and information"),
        ("The infor-_x000D_\nmation", "The information"),
        ("It flies, so\u{b}the kite\u{b}lands.\u{b}It", "It flies, so\nthe kite\nlands.\nIt"),
        ("non-<br>Line <br>two", "non-\n\nLine \n\ntwo"),
    ]);
}

#[test]
fn numbers_of_lines_are_no_words() {
    let lines = ["The kite that is in the infor-", "mation is red and flies in", "every wind. It is not", "known why."];
    let numbered: Vec<String> =
        lines.iter().cycle().take(12).enumerate().map(|(n, line)| format!("{:3}  {line}\n", n + 7)).collect();
    let expected =
        "The kite that is in the information is red and flies in\nevery wind. It is not\nknown why.\n".repeat(3);
    assert_eq!(prose(&numbered.concat()), expected);
    let items = (1..9).map(|n| format!("{n} The kite flies\n")).collect::<String>();
    check_kept(&[&items]);
}

#[test]
fn entities_may_lack_their_semicolon() {
    check(&[
        ("Lee &amp Kim caf&eacute and &pound 20, cr&egravepe", "Lee & Kim café and £ 20, crèpe"),
        ("don&#8217t and don&#x2019t and it&#x2019d", "don’t and don’t and it’d"),
        ("don<U+2019>t caf<c3><a9> <e2><80><9c>so<e2><80><9d>", "don’t café “so”"),
        ("don=E2=80=99t caf=C3=A9 a=B2", "don’t café a=B2"),
    ]);
    check_kept(&["a?x=1&copy=2&section=3 R&Deg; &notation &regular &parallel", "<e2> <U+> <U+12>"]);
}

#[test]
fn lost_marks_are_guessed_where_only_one_fits() {
    check(&[
        ("It donât fly, as the kiteâs wind isnât there.", "It don’t fly, as the kite’s wind isn’t there."),
        ("ⓒ 2020 Kites Ltd.", ""),
    ]);
    check_kept(&["Le dégât, le mât", "Il nât à l’été", "câs and râs"]);
}

#[test]
fn boxes_in_html_are_boxes() {
    check(&[
        ("<p><input type=\"checkbox\" checked> I have read it</p><p>One is.</p>", "\n\n\n\n\n\n\n\n\nOne is.\n\n"),
        ("- \\[x\\] I have read it\nOne is.", "\n\nOne is."),
    ]);
}

#[test]
fn fields_may_be_an_object() {
    check(&[
        (";;;\n{\"title\": \"Kites\"}\n;;;\nOne is.", "\n\nOne is."),
        ("{\n  \"title\": \"Kites\",\n  \"year\": 2020\n}\n\nOne is.", "\n\n\nOne is."),
    ]);
    check_kept(&["{x} is a set.\nSo it is.", "{\"a\": 1} is JSON.\nSo it is.", "{}\nSo", ";;; so"]);
}

#[test]
fn marks_of_models_are_no_words() {
    check(&[
        ("[CLS] One is. [SEP] Two is. [SEP][PAD] [PAD]", "\n\n One is. \n\n Two is. \n\n\n\n \n\n"),
        ("<|startoftext|>One is.<|endoftext|>", "\n\nOne is.\n\n"),
        ("<s>One is.</s>", "\n\nOne is.\n\n"),
    ]);
    check_kept(&["We put [CLS] first, and [SEP] or <|sep|> later."]);
}

#[test]
fn rich_text_is_text() {
    check(&[
        ("b'One is.\\nIt\\xe2\\x80\\x99s two.'", "One is.\nIt’s two."),
        ("b\"It's one.\"", "It's one."),
        (
            "{\"ops\":[{\"insert\":\"One \"},{\"attributes\":{\"bold\":true},\"insert\":\"is.\"},{\"insert\":{\"image\":\"a\"}},{\"insert\":\"\\n\"}]}",
            "One is.\n",
        ),
        (
            "{\"type\":\"doc\",\"version\":1,\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"One \"},{\"type\":\"text\",\"text\":\"is.\",\"marks\":[{\"type\":\"strong\"}]}]},{\"type\":\"paragraph\"}]}",
            "\n\n\n\nOne is.\n\n\n\n\n\n\n\n",
        ),
        (
            "[{\"type\":\"p\",\"children\":[{\"text\":\"One \"},{\"type\":\"link\",\"url\":\"a\",\"children\":[{\"text\":\"is.\"}]}]}]",
            "\n\nOne is.\n\n",
        ),
        (
            "{\"root\":{\"children\":[{\"children\":[{\"text\":\"One is.\",\"type\":\"text\"},{\"type\":\"linebreak\"},{\"text\":\"Two\",\"type\":\"text\"}],\"type\":\"paragraph\"}],\"type\":\"root\"}}",
            "\n\n\n\n\n\nOne is.\nTwo\n\n\n\n\n\n",
        ),
        (
            "{\"blocks\":[{\"key\":\"a\",\"text\":\"One is.\",\"type\":\"unstyled\",\"data\":{}}],\"entityMap\":{}}",
            "\n\n\n\nOne is.\n\n\n\n\n\n\n\n",
        ),
        (
            "{\"blocks\":[{\"type\":\"list\",\"data\":{\"items\":[\"One\",\"Two\"]}}]}",
            "\n\n\n\n\n\n\n\nOne\n\nTwo\n\n\n\n\n\n",
        ),
    ]);
}

#[test]
fn labels_of_items_are_no_words() {
    check(&[
        ("W1: One is.\nW2: Two is.", "- One is.\n- Two is."),
        ("- Point 3. One is\n- Point 4. Two is", "- - One is\n- - Two is"),
        ("Major comment 1: One\nMajor comment 2: Two", "- One\n- Two"),
        ("Remark #1 One\nRemark #2 Two", "- One\n- Two"),
        ("a. One\nb. Two\n\no three\no four", "- One\n- Two\n\n- three\n- four"),
        ("(a) One\n(b) Two\n\ni) three\nii) four", "- One\n- Two\n\n- three\n- four"),
        ("**Q1** One\n**Q2** Two", "- One\n- Two"),
        ("Q: One\nA: Two\nQ: Three\nA: Four", "- One\n- Two\n- Three\n- Four"),
    ]);
    check_kept(&[
        "W1: One alone.",
        "Figure 1: It is small.\nFigure 2: It is not.",
        "Line 3: a typo\nLine 4: another",
        "1. One\n2. Two\n(3) Three",
        "Wind 7 times\nWind 7 times",
        "(I) fly\n(I) land",
    ]);
}

#[test]
fn copyright_lines_have_many_forms() {
    check(&[
        ("One is. Crown Copyright © 2020 Published by Elsevier B.V. All rights reserved.", "One is. "),
        ("One is. 2020 Wiley Ltd. All rights reserved.", "One is. "),
        ("One is. (PsycInfo Database Record (c) 2020 APA, all rights reserved)", "One is. "),
        ("One is. [ABSTRACT FROM AUTHOR]", "One is. "),
        ("One is. Copyright of Kites is the property of Wind Press and may not be copied.", "One is. "),
        ("One is. This is an open access article under the CC BY license.", "One is. "),
        ("One is. {\\textcopyright} 2020 Elsevier Ltd. All rights reserved.", "One is. "),
    ]);
    check_kept(&[
        "In 2020 it flew. All rights of kites are reserved.",
        "Copyright of code is not clear.",
        "This is an open access article.",
    ]);
}

#[test]
fn hostile_text_is_made_plain_without_a_hang() {
    for piece in [
        "<a ",
        "<a b=\"",
        "<!--",
        "<?",
        "<![CDATA[",
        "<p>",
        "<pre>",
        "</p>",
        "<x>",
        "&amp;",
        "&",
        "&#",
        "\\n",
        "\\u",
        "\\\"",
        "\\'e",
        "ab-\ncd",
        "- ab",
        "_a",
        "['",
        "\u{ad}\n",
        "a\u{301}",
        "â€",
        "© 2020 A. ",
        "---\n",
        "- [ ] a\n",
        "W1: a\n",
        "W1: a ",
        "• ",
        "a.B",
        "{",
        "\\\\",
        "\\xe2",
        "[\"a\",",
        "[SEP]",
        "<|a|>",
        "<e2>",
        "_x000D_",
        "\\rev{",
        "\\section% a\n",
        "%",
        "Point 1: a\n",
        "7 a\n",
        "[{\"type\":",
        "{\"a\":",
        "[//]: # (",
        "<input type=radio>",
        "nât",
        "&eacute",
    ] {
        let text = piece.repeat(100_000);
        prose(&text);
        prose(&format!("[{text}]"));
    }
}
