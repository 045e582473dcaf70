//! Words equal the `regex` crate's `\b\w+\b`, lower-cased, without digits.

use std::sync::LazyLock;

use crate::common::words;
use llm_prevalence::tokenize::ready_made_word;
use proptest::prelude::*;
use regex::Regex;

/// The rule as the published code has it.
fn slow_words(text: &str) -> Vec<String> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b\w+\b").unwrap());
    static DIGITS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\d+$").unwrap());
    let lowered = WORD.find_iter(text).map(|word| word.as_str().to_lowercase());
    lowered.filter(|word| !DIGITS.is_match(word)).collect()
}

#[test]
fn words_of_examples() {
    let cases: &[(&str, &[&str])] = &[
        ("", &[]),
        (" .,;!\n", &[]),
        ("The cat sat.", &["the", "cat", "sat"]),
        ("GPT-4o, in 2024", &["gpt", "4o", "in"]),
        ("don't don’t", &["don", "t", "don", "t"]),
        ("snake_case _ __", &["snake_case", "_", "__"]),
        ("3.14 10th 1_000", &["10th", "1_000"]),
        ("٣٤ ٣a", &["٣a"]),
        ("½ Ⅳ ², x²", &["ⅳ", "x"]),
        ("“Naïve” Bayes—ÉCOLE", &["naïve", "bayes", "école"]),
        ("ΟΔΟΣ ΣΑΣ Σ", &["οδος", "σας", "σ"]),
        ("İstanbul STRASSE Straße", &["i\u{307}stanbul", "strasse", "straße"]),
        ("e\u{301}te\u{301} \u{301}", &["e\u{301}te\u{301}", "\u{301}"]),
        ("a\u{200d}b a\u{200c}b a\u{200b}b", &["a\u{200d}b", "a\u{200c}b", "a", "b"]),
        ("機械学習、深層", &["機械学習", "深層"]),
        ("👩\u{200d}🔬 ok", &["\u{200d}", "ok"]),
    ];
    for (text, expected) in cases {
        assert_eq!(&words(text), expected, "{text:?}");
        assert_eq!(&slow_words(text), expected, "{text:?}");
    }
}

#[test]
fn ready_made_words_are_left_alone() {
    assert_eq!(ready_made_word("Word-by-word"), Some("Word-by-word"));
    assert_eq!(ready_made_word("2nd"), Some("2nd"));
    assert_eq!(ready_made_word(""), None);
    assert_eq!(ready_made_word("2023"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn words_equal_the_regex_crate_on_any_text(text in any::<String>()) {
        prop_assert_eq!(words(&text), slow_words(&text));
    }

    #[test]
    fn words_equal_the_regex_crate_on_ascii(text in "[ -~\t\r\n]{0,64}|[a-z_ A9é]{0,300}|[a-zé]{50,200}") {
        prop_assert_eq!(words(&text), slow_words(&text));
    }

    #[test]
    fn words_equal_the_regex_crate_on_nasty_text(
        text in "[ .aAzZ09_'’“”—\u{301}\u{327}\u{200c}\u{200d}\u{200b}\u{ad}ΣςσİıIßẞ٠٣९ⅣⅳⅬ²½ªº中あ가👩🔬🇩é\u{203f}\u{fe0f}\u{e000}]{0,100}"
    ) {
        prop_assert_eq!(words(&text), slow_words(&text));
    }
}
