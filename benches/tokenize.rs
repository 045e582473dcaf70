//! Megabytes per second of words and of sentences with words, beside the crates that the rules are taken from.
//!
//! `cargo bench --bench tokenize`. The text is invented and seeded; every line is the best of five runs.
#![allow(clippy::print_stdout, reason = "a benchmark reports on standard output")]

use std::hint::black_box;
use std::time::Instant;

use llm_prevalence::tokenize::{UnitRule, for_each_unit, for_each_word};
use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use regex::Regex;
use unicode_segmentation::UnicodeSegmentation;

const N_BYTES: usize = 8 << 20;
const N_RUNS: usize = 5;

fn main() {
    let ascii = invented_text(1, ["\"", "\"", "'", " - "]);
    let curly = invented_text(1, ["“", "”", "’", " — "]);
    let regex = Regex::new(r"\b\w+\b").expect("a pattern");
    for (name, text) in [("ASCII", &ascii), ("curly quotes", &curly)] {
        let words = speed(text, words);
        let sentences = speed(text, sentences);
        let both = speed(text, sentences_and_words);
        let by_regex = speed(text, |text| regex.find_iter(text).count());
        let by_crate = speed(text, |text| text.unicode_sentences().count());
        println!("{name}, {} MB", text.len() >> 20);
        println!(
            "  words                {words:7.0} MB/s  {:5.1} times the regex crate ({by_regex:.0})",
            words / by_regex
        );
        println!(
            "  sentences            {sentences:7.0} MB/s  {:5.1} times unicode_sentences ({by_crate:.0})",
            sentences / by_crate
        );
        println!("  sentences and words  {both:7.0} MB/s  {:5.1} times unicode_sentences", both / by_crate);
    }
}

fn words(text: &str) -> usize {
    let (mut n, mut buffer) = (0, String::new());
    for_each_word(text, &mut buffer, |word| n += black_box(word).len());
    n
}

fn sentences(text: &str) -> usize {
    let mut n = 0;
    for_each_unit(text, UnitRule::Sentence, |unit| n += black_box(unit).len());
    n
}

fn sentences_and_words(text: &str) -> usize {
    let (mut n, mut buffer) = (0, String::new());
    for_each_unit(text, UnitRule::Sentence, |unit| for_each_word(unit, &mut buffer, |word| n += black_box(word).len()));
    n
}

/// Megabytes (10^6 bytes) per second.
fn speed(text: &str, run: impl Fn(&str) -> usize) -> f64 {
    let seconds = (0..N_RUNS).map(|_| {
        let start = Instant::now();
        black_box(run(black_box(text)));
        start.elapsed().as_secs_f64()
    });
    text.len() as f64 / 1e6 / seconds.fold(f64::INFINITY, f64::min)
}

/// Paragraphs of sentences of invented words, with numbers, abbreviations and the given quotes, apostrophe and dash.
fn invented_text(seed: u64, [open, close, apostrophe, dash]: [&str; 4]) -> String {
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let vocabulary: Vec<String> = (0..5_000).map(|_| invented_word(&mut rng)).collect();
    let mut text = String::with_capacity(N_BYTES + 1000);
    while text.len() < N_BYTES {
        for _ in 0..rng.random_range(2..8) {
            let mut first = vocabulary[rng.random_range(0..vocabulary.len())].clone();
            first[..1].make_ascii_uppercase();
            text += &first;
            for _ in 0..rng.random_range(5..35) {
                let word = &vocabulary[rng.random_range(0..vocabulary.len())];
                match rng.random_range(0..100) {
                    0..2 => text += &format!(" {open}{word}{close}"),
                    2..4 => text += &format!(" {word}{apostrophe}s"),
                    4..5 => text += &format!("{dash}{word}"),
                    5..6 => text += &format!(" e.g. {word}"),
                    6..7 => text += &format!(" {}.{}", rng.random_range(0..100), rng.random_range(0..10)),
                    7..13 => text += &format!(", {word}"),
                    13..21 => text += &format!("\n{word}"),
                    _ => text += &format!(" {word}"),
                }
            }
            text += ". ";
        }
        text += "\n\n";
    }
    text
}

fn invented_word(rng: &mut impl Rng) -> String {
    let n = rng.random_range(1..5);
    let mut letter = |letters: &[u8]| char::from(letters[rng.random_range(0..letters.len())]);
    (0..n).flat_map(|_| [letter(b"bcdfghklmnprstvw"), letter(b"aeiou")]).collect()
}
