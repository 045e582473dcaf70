use super::*;

/// Returns the rules that cut something of `text`, each with the pieces.
fn pieces(text: &str) -> Vec<(&'static str, &str)> {
    find_cuts(text).into_iter().map(|cut| (cut.rule.name(), &text[cut.bytes])).collect()
}

fn prose(text: &str) -> String {
    cut(text, &mut Tally::default()).into_owned()
}

/// Checks that exactly the one piece is cut of each text.
fn assert_cut(rule: &str, cases: &[(&str, &str)]) {
    for (text, piece) in cases {
        assert_eq!(pieces(text), [(rule, *piece)], "{text:?}");
    }
}

fn assert_kept(texts: &[&str]) {
    for text in texts {
        assert_eq!(pieces(text), [], "{text:?}");
        assert!(matches!(cut(text, &mut Tally::default()), Cow::Borrowed(_)));
    }
}

#[test]
fn quotes_are_lines_that_begin_with_a_mark() {
    assert_cut(
        "quote",
        &[
            ("You say:\n> Kites fly.\nDo they?", "> Kites fly.\n"),
            ("You say:\n> Kites fly.\n> High.\n\nDo they?", "> Kites fly.\n> High.\n"),
            (">> Kites fly.\n>\n> High.\r\nDo they?", ">> Kites fly.\n>\n> High.\r\n"),
            ("> 2. Kites fly.", "> 2. Kites fly."),
            (">... and fly.", ">... and fly."),
        ],
    );
    assert_kept(&["With p\n> 0.05 they fly.", "With p\n>= 3 they fly.", "n\n> .5 m", "Wind -> lift", "a > b"]);
    assert_eq!(prose("You say:\n> Kites fly.\nDo they?"), "You say:\n\n\nDo they?");
}

#[test]
fn code_is_fenced_or_between_backticks() {
    assert_cut(
        "code",
        &[
            ("Run:\n```python\nfly(kite)\n```\nand see.", "```python\nfly(kite)\n```\n"),
            ("Run `fly kite` now.", "`fly kite`"),
            ("Run ``fly(kite)`` now.", "``fly(kite)``"),
            ("See \\begin{verbatim}fly\\end{verbatim}.", "\\begin{verbatim}fly\\end{verbatim}"),
            ("A stray fence:\n```\nis only a line.", "```\n"),
        ],
    );
    assert_kept(&[
        "It is ``new'' and ``old''.",
        "It is `new' and `old'.",
        "a ` b ` c",
        "rock`n`roll",
        "one `two\nthree` four",
    ]);
    // A whole text in a fence, and a fence of text, are prose.
    assert_eq!(prose("```\nKites fly.\n```\n"), "\n\nKites fly.\n\n\n");
    assert_eq!(prose("A:\n```markdown\nKites fly.\n```\nB"), "A:\n\n\nKites fly.\n\n\nB");
    assert_eq!(prose("```md\nA.\n```\nB.\n```\nc()\n```\n"), "\n\nA.\n\n\nB.\n\n\n");
    assert_cut("code", &[("Run:\n~~~rust\nfly();\n~~~\nand see.", "~~~rust\nfly();\n~~~\n")]);
    assert_kept(&["One.\n~~~~~~\nTwo.\n~~~~~~\nThree.", "~~~~ Later ~~~~\nTwo.\n~~~~", "~~~rust\nand no end."]);
}

#[test]
fn prose_in_a_fence_is_kept_if_it_is_most_of_the_text() {
    let review = "The kites of the paper fly well in every wind. I like the strings and the frames.\n".repeat(3);
    let kept = format!("\n\n{review}\n\n");
    assert_eq!(prose(&format!("Here it is:\n```\n{review}```\n")), format!("Here it is:\n{kept}"));
    assert_eq!(prose(&format!("```review\n{review}```\nI hope it flies.")), format!("{kept}I hope it flies."));
    let code = "kite.fly(wind=[1, 2]); let lift = kite.lift; print(lift)\n".repeat(9);
    assert_eq!(prose(&format!("Here it is:\n```\n{code}```\n")), "Here it is:\n\n\n");
    // In a longer text it is what somebody else wrote.
    let own = "I like the kites.\n".repeat(30);
    assert_eq!(prose(&format!("{own}```\n{review}```\n")), format!("{own}\n\n"));
}

#[test]
fn math_is_between_dollars_and_brackets_and_in_commands() {
    assert_cut(
        "math",
        &[
            ("The lift $L_2 = 3$ is new.", "$L_2 = 3$"),
            ("So\n$$\na = b\n$$\nholds.", "$$\na = b\n$$"),
            ("The lift \\(L\\) is new.", "\\(L\\)"),
            ("The lift \\[L\\] is new.", "\\[L\\]"),
            ("The lift \\\\(L\\\\) is new.", "\\\\(L\\\\)"),
            ("As \\alpha grows", "\\alpha"),
            ("As \\mathcal{T} grows", "\\mathcal{T}"),
            ("So \\begin{align*} a &= b \\end{align*} holds", "\\begin{align*} a &= b \\end{align*}"),
        ],
    );
    assert_kept(&["It costs $5 or $6.", "It costs \\$5 or \\$6.", "From $5 to\n\nfrom 6$."]);
    assert_eq!(prose("We get $$a = b.$$ Then it flies."), "We get . Then it flies.");
    assert_eq!(prose("an$n$fold"), "an fold");
}

#[test]
fn tables_are_rows_between_bars() {
    assert_cut(
        "table",
        &[
            ("See:\n| kite | lift |\n|---|---|\n| red | 3 |\nGood.", "| kite | lift |\n|---|---|\n| red | 3 |\n"),
            ("See:\nkite | lift\n--- | ---\nred | 3\n\nGood.", "kite | lift\n--- | ---\nred | 3\n"),
            ("See:\n┌──┬──┐\n│ red │ 3 │\n└──┴──┘\nGood.", "┌──┬──┐\n│ red │ 3 │\n└──┴──┘\n"),
            ("See \\begin{tabular}{ll}a & b\\end{tabular}.", "\\begin{tabular}{ll}a & b\\end{tabular}"),
        ],
    );
    assert_kept(&["p(a | b) is new", "- a | b\n- c", "Head\n----\nText", "|x", "─ one\n─ two", "│x"]);
}

#[test]
fn addresses_are_cut_without_the_punctuation_around_them() {
    assert_cut(
        "url",
        &[
            ("See https://a.org/b_(c)?d=1.", "https://a.org/b_(c)?d=1"),
            ("(see http://a.org/b).", "http://a.org/b"),
            ("See www.a.org, please.", "www.a.org"),
            ("See arXiv:2403.07183v2.", "arXiv:2403.07183v2"),
            ("See doi: 10.1000/xyz.", "doi: 10.1000/xyz"),
            ("Mail kite@wind.org!", "kite@wind.org"),
            ("See ![a kite](kite.png) here.", "![a kite](kite.png)"),
            ("See [the kite](https://a.org/b) here.", "](https://a.org/b)"),
            ("See \\url{a.org/b}.", "\\url{a.org/b}"),
        ],
    );
    assert_eq!(prose("See [the kite](https://a.org/b) here."), "See [the kite here.");
    assert_kept(&["recall@5 is 0.3", "wwww.", "see https: no", "f[x](y)", "doi: none"]);
}

#[test]
fn citations_are_numbers_keys_or_names_with_years() {
    assert_cut(
        "citation",
        &[
            ("It is known [12].", "[12]"),
            ("It is known [3, 5-7].", "[3, 5-7]"),
            ("It is known [Lee+20, KW13b].", "[Lee+20, KW13b]"),
            (
                "It is known (Lee et al., 2020; Kim and van den Berg, 2019a).",
                "(Lee et al., 2020; Kim and van den Berg, 2019a)",
            ),
            ("Lee et al. (2020) say so.", "(2020)"),
            ("It is known (see e.g. Lee & Kim 2020).", "(see e.g. Lee & Kim 2020)"),
            ("It is known [Lee et al., 2020].", "[Lee et al., 2020]"),
            ("It is known \\citep[Sec.~2]{lee20}.", "\\citep[Sec.~2]{lee20}"),
            ("See Fig. \\ref{kites}.", "\\ref{kites}"),
        ],
    );
    assert_kept(&[
        "in a[i] it is",
        "(as the wind of 2020)",
        "(since 2020)",
        "[sic]",
        "(3)",
        "(Lee et al.)",
        "[1] The kite is new.",
        "- [2] So is it.",
    ]);
}

#[test]
fn bibliographies_end_where_entries_end() {
    let entries = "References\n\n[1] Lee. Kites. 2020.\nand more of it.\n\n[2] Kim. Wind. arXiv.\n\n";
    let text = format!("It is known.\n\n{entries}I thank the authors for 2020.\n");
    assert_eq!(pieces(&text), [("bibliography", entries.strip_suffix('\n').unwrap())]);
    assert_cut(
        "bibliography",
        &[
            ("Good.\n[1] Lee. Kites. 2020.", "[1] Lee. Kites. 2020."),
            ("Good.\n[1] Lee.\n  Kites. 2020.\nAnd so on.", "[1] Lee.\n  Kites. 2020.\n"),
            ("Good.\n**References:**\nLee. Kites. 2020.\n**Minor**\nIn 2020.", "**References:**\nLee. Kites. 2020.\n"),
            ("Good.\nReferences: [1] Lee. Kites. 2020.\n\nIs it?", "References: [1] Lee. Kites. 2020.\n"),
            (
                "See \\begin{thebibliography}{9}Lee\\end{thebibliography}.",
                "\\begin{thebibliography}{9}Lee\\end{thebibliography}",
            ),
        ],
    );
    assert_kept(&[
        "References\nThe authors lack those of 2020.",
        "[1] The kite is new.",
        "References are missing: add some.",
    ]);
}

#[test]
fn entries_in_a_row_need_no_heading() {
    let numbered = "1. Lee J, Kim K. Kites. Wind, 2020.\n2. Kim, K. and Lee, J. Strings of\n   kites. 2021.\n";
    assert_cut(
        "bibliography",
        &[
            (&format!("They are known.\n{numbered}Is it so?"), numbered),
            (
                "(1) Lee, Jo. Kites. 2020.\n\n(2) J. Lee and K. Kim, Wind, 2021.",
                "(1) Lee, Jo. Kites. 2020.\n\n(2) J. Lee and K. Kim, Wind, 2021.",
            ),
            (
                "3) Lee et al. Kites. 2020.\n4) Jo Lee, Ann Kim. Wind. 2021.\n5) So it is.",
                "3) Lee et al. Kites. 2020.\n4) Jo Lee, Ann Kim. Wind. 2021.\n",
            ),
            (
                "1. Flying Paper Kites, WIND 2019\n2. Strong Silken Strings, WIND 2020\n3. Large Wooden Frames, WIND 2021",
                "1. Flying Paper Kites, WIND 2019\n2. Strong Silken Strings, WIND 2020\n3. Large Wooden Frames, WIND 2021",
            ),
        ],
    );
    assert_kept(&[
        "1. Lee, J. Kites. 2020.\n\nOne alone may be a point.",
        "1. Lee et al. 2020 is missing.\n2. Kim et al. 2021 is missing.",
        "1. Lee et al. 2020 fly the same kites.\n2. Kim et al. 2021 fly others.",
        "1. The kites of 2020 fly.\n2. The kites of 2021 do not.",
        "1. Lee, J. Kites. 2020.\n3. Kim, K. Wind. 2021.",
        "1. First, a kite from 2020\n2. Second, a string from 2021",
        "1. Lee, J., you should say what the wind of 2020 was.\n2. Kim, K., we think that 2021 is late.",
    ]);
}

#[test]
fn bibliographies_may_stand_within_a_line() {
    assert_cut(
        "bibliography",
        &[
            (
                "It is known. References: [1] Lee, J. Kites. 2020. [2] Kim. Paper strings.\nIs it?",
                "References: [1] Lee, J. Kites. 2020. [2] Kim. Paper strings.",
            ),
            (
                "Why? **Reference:**[1] Kites that fly, 2020[2] Strings of silk, 2021. We like the paper.",
                "Reference:**[1] Kites that fly, 2020[2] Strings of silk, 2021.",
            ),
        ],
    );
    assert_kept(&[
        "It is so. References: none.",
        "More references: a and b are missing.",
        "See the reference: a kite.",
    ]);
    assert_eq!(pieces("Bad. References: [1] and [2] are missing.").len(), 2);
}

#[test]
fn points_with_a_label_are_no_entries() {
    assert_kept(&[
        "[W1] The comparison to kites from 2020 is missing.",
        "[Q2] Do the kites of Lee fly since 2020?",
        "[Minor 3] Please cite the wind of 2021.",
        "[2] I think the authors should say why the kites of 2020 are not flown.",
    ]);
    assert_cut(
        "bibliography",
        &[
            ("So.\n[R1] J. Lee, K. Kim. Kites. 2020.", "[R1] J. Lee, K. Kim. Kites. 2020."),
            ("So.\n[R2] Lee and Kim. Are we flying? 2020.", "[R2] Lee and Kim. Are we flying? 2020."),
            (
                "So.\n[A1] Flying Paper Kites with Silken Strings, 2020.",
                "[A1] Flying Paper Kites with Silken Strings, 2020.",
            ),
            ("So.\n[Lee+20] On what the wind is. 2020.", "[Lee+20] On what the wind is. 2020."),
        ],
    );
}

#[test]
fn markup_leaves_its_text() {
    assert_cut(
        "markup",
        &[
            ("It is \\emph{new}.", "\\emph"),
            ("\\section*{Kites} fly", "\\section*"),
            ("\\begin{itemize} fly", "\\begin{itemize}"),
        ],
    );
    assert_kept(&["100 \\% sure", "a \\& b", "\\"]);
}

#[test]
fn line_breaks_and_items_of_latex_are_no_words() {
    assert_cut(
        "markup",
        &[
            ("It flies. \\\\\nIt lands.", "\\\\"),
            ("It flies \\\\ and lands.", "\\\\"),
            ("It flies\\\\[2pt] and lands.", "\\\\[2pt]"),
            ("It flies\\\nand lands.", "\\"),
            ("So \\item it flies", "\\item"),
            ("It flies.\n\\bullet It lands.", "\\bullet"),
        ],
    );
    assert_eq!(prose("One kite\n\\item two kites\n\\item three"), "One kite\n\n\n two kites\n\n\n three");
    assert_eq!(prose("It flies\\\nand lands."), "It flies\nand lands.");
    assert_eq!(pieces("So $a \\bullet b$ and c \\bullet d")[1], ("math", "\\bullet"));
    assert_cut(
        "quote",
        &[("You say:\n\\begin{quote}\nKites fly.\n\\end{quote}\nDo they?", "\\begin{quote}\nKites fly.\n\\end{quote}")],
    );
    assert_kept(&["C:\\\\kites\\\\wind", "It flies \\"]);
}

#[test]
fn references_of_chat_tools_are_citations() {
    for mark in [
        "【12†source】",
        "【3】",
        "[cite: 3]",
        "[cite: 3, 4]",
        "[oaicite:0]",
        "[web:12]",
        "\u{e200}cite\u{e202}turn0search1\u{e201}",
    ] {
        assert_eq!(prose(&format!("The kite flies.{mark} So it does {mark} now.")), "The kite flies. So it does  now.");
    }
    assert_eq!(prose("It flies.:contentReference[oaicite:0]{index=0} So."), "It flies. So.");
    assert_eq!(prose("It flies. ([arxiv.org][1]) So."), "It flies.  So.");
    assert_kept(&["[note: 3] and [cite: Lee] and 【a】 and [web: it]", "It says【 so", "これは文です。【図】"]);
}

#[test]
fn running_heads_are_repeated() {
    let page = "The kite flies in\nPage 3 of 9\na strong wind.\n";
    assert_eq!(prose(&page.repeat(3)), "The kite flies in a strong wind.\n".repeat(3));
    let page = "The kite\n12 Under review as a conference paper at KITES 2024\nflies.\n";
    assert_eq!(prose(&page.repeat(3)), "The kite flies.\n".repeat(3));
    let page = |n: usize| format!("The kite flies in\n\n{n}\n\nUnder review as a paper\n\na strong wind.\n");
    assert_eq!(prose(&[page(1), page(2), page(3)].concat()), "The kite flies in a strong wind.\n".repeat(3));
    let page = |n: usize| format!("The kite flies in\n\n[Page {n}]\n\na strong wind.\n");
    assert_eq!(prose(&[page(7), page(8), page(9)].concat()), "The kite flies in a strong wind.\n".repeat(3));
    assert_kept(&[
        "The kite flies in\n\n3\n\na wind in\n\n2\n\na field in\n\n1\n\na land.",
        "So\nPage 3\nand\nPage 4\nare clear.",
        "Page 3: a\nPage 4: b\nPage 5: c\nPage 6, line 2",
        "Yes.\n\nYes.\n\nYes.\n\nYes.",
    ]);
}

#[test]
fn what_is_cut_is_counted_in_characters() {
    let mut tally = Tally::default();
    cut("> Ünder\n\nÄ `ß` $ß$ z", &mut tally);
    assert_eq!(tally.n_characters, 20);
    let n: Vec<_> = tally.by_rule.iter().map(|(rule, count)| (rule.name(), count.n, count.n_characters)).collect();
    assert_eq!(n, [("quote", 1, 8), ("code", 1, 3), ("math", 1, 3)]);
    assert_eq!(tally.share(), Some(0.7));
}

#[test]
fn hostile_text_is_cut_without_a_hang() {
    for piece in [
        "[1] ",
        "1. Lee, J. 2020\n",
        "1. 2020\n2. ",
        "a. References: [1] 2020",
        "a. References: [1] Lee [2] ",
        "$a ",
        "`a ",
        "ref\n",
        "```\nx\n",
        "~~~a\nx\n",
        "Page 1\n",
        "```md\n",
        "~~~a\nx\n~~~\n",
        "\\begin{align}",
        "(",
        "[",
        "$$",
        "](",
        "http:",
        "\\",
        "> ",
        "|-|\n",
        "@a.",
        "{",
    ] {
        prose(&piece.repeat(200_000));
    }
}
