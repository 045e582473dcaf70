//! What must hold of the prose of any text.

use llm_prevalence::prose::{Rule, Tally, cut};
use proptest::prelude::*;

/// What the rules look for.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\n", "\n\n", " ", "> ", "```", "`", "$", "$$", "\\(", "\\)", "\\alpha", "\\begin{align}", "\\end{align}", "\\cite{a}", "| a | b |", "---|---", "[",
    "]", "(", ")", "[1] ", "2020", "https://a.org", "@a.org", "arXiv:", "References", "Kites fly.", "Lee", "\u{fc}", "\r\n", "![", "](", "www.", "{", "}",
];

/// Text made of it.
fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

/// Whether `part` is `whole` with characters left out, and white space, full stops and a dash for each label put in.
fn is_left_of(part: &str, whole: &str, n_labels: u64) -> bool {
    let n_dashes = |text: &str| text.matches('-').count() as u64;
    let mut rest = whole.chars();
    n_dashes(part) <= n_dashes(whole) + n_labels
        && part.chars().filter(|c| !c.is_whitespace() && !".-".contains(*c)).all(|c| rest.any(|other| other == c))
}

/// The text that once had a dash that was not in it, and no label to account for it.
#[test]
fn a_dash_stands_for_a_label_that_is_repeated() {
    let (text, mut tally) = ("\u{fc}$$$$[1] \r\n\u{fc}\\begin{align}[1] ", Tally::default());
    let prose = cut(text, &mut tally);
    assert_eq!((prose.trim_end(), tally.by_rule[&Rule::Label].n), ("- \r\n-", 2));
    assert!(is_left_of(&prose, text, 2) && !is_left_of(&prose, text, 1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn prose_is_what_is_left_and_every_character_is_counted(text in texts()) {
        let mut tally = Tally::default();
        let prose = cut(&text, &mut tally);
        let n_labels = tally.by_rule.get(&Rule::Label).map_or(0, |count| count.n);
        prop_assert!(is_left_of(&prose, &text, n_labels), "{prose:?}");
        prop_assert_eq!(tally.n_characters, text.chars().count() as u64);
        // Put in are a space or a full stop for a piece, a dash and a space for a label, two line breaks for a block.
        let n_pieces: u64 = tally.by_rule.values().map(|count| count.n).sum();
        let n_left = prose.chars().count() as u64;
        let n_kept = tally.n_characters - tally.n_characters_cut();
        prop_assert!((n_kept..=n_kept + 2 * n_pieces).contains(&n_left));
        prop_assert!(n_pieces > 0 || prose == text);
    }

    #[test]
    fn a_text_is_cut_the_same_beside_another(first in texts(), second in texts()) {
        // Nothing that is open reaches over a blank line and a line of prose but fences and environments; labels are counted in all.
        let closed = |text: String| text.replace("```", "").replace("\\begin", "").replace('\u{fc}', "\u{e9}");
        let (first, second) = (closed(first), closed(second));
        let one = |text: &str| cut(text, &mut Tally::default()).into_owned();
        let between = "\n\nThe reviewer says so.\n\n";
        let both = one(&format!("{first}{between}{second}"));
        prop_assert!(both.contains("The reviewer says so."));
        prop_assert!(both.starts_with(one(&first).trim_end()));
    }
}
