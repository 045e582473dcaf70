//! How fast: whole processes, as ratios to something timed in the same run. Prints reports/speed.md.
//!
//! `LLM_PREVALENCE_DATA=... cargo bench --bench speed > reports/speed.md`

mod common;

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use common::{data, provenance, stream};
use llm_prevalence::corpus::Text;
use llm_prevalence::occurrence::{Presence, Vocabulary};
use llm_prevalence::reference::training::{TrainingSet, fit_weights};
use llm_prevalence::reference::{LogisticSettings, Scorer};
use llm_prevalence::tokenize::UnitRule;
use rand::RngExt;
use regex::Regex;

const RUNS: usize = 9;
const SENTENCES: &str = "arxiv-sentences/CS/ground_truth_alpha_0.1.parquet";
const REVIEWS: &str = "reviews/neurips-2024.jsonl.gz";

fn main() {
    if common::is_test_run() {
        return;
    }
    println!(
        "# Speed\n\nPrinted by `cargo bench --bench speed`, in release. Medians of {RUNS} runs of whole processes, taken in turn with"
    );
    println!(
        "the yardstick beside them: one thread that finds `\\b\\w+\\b` in the same text with the regex crate, in memory. Seconds"
    );
    println!("depend on the machine and on what else it does; the ratio does so less.\n");
    println!("{}", provenance(0, &[SENTENCES, REVIEWS]));
    if std::env::var("SPEED_ONLY").is_ok_and(|only| only == "training") {
        return training();
    }
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("reviews.jsonl");
    let text = unpack(&data().join(REVIEWS));
    std::fs::File::create(&plain).unwrap().write_all(text.as_bytes()).unwrap();
    let plain = plain.to_str().unwrap();
    let sentences = data().join(SENTENCES).display().to_string();
    let words = Regex::new(r"\b\w+\b").unwrap();
    let yardstick = || words.find_iter(&text).count();
    println!("\n| what | threads | seconds | of the yardstick | peak memory, MiB |\n| :-- | --: | --: | --: | --: |");
    let cases = [
        ("30,000 tokenised sentences to an interval", sentences.as_str(), "abstracts"),
        ("16,644 reviews (JSON Lines) to an interval", plain, "reviews"),
    ];
    let mut per_megabyte = 0.0;
    for (what, input, reference) in cases {
        for threads in ["1", "2"] {
            let (seconds, ratio) =
                timed(&["estimate", input, "--reference", reference, "--threads", threads], yardstick);
            let memory = peak_memory(&["estimate", input, "--reference", reference, "--threads", threads]);
            println!("| {what} | {threads} | {seconds:.3} | {ratio:.2} | {memory} |");
            if input == plain && threads == "1" {
                per_megabyte = text.len() as f64 / 1e6 / seconds;
            }
        }
    }
    println!(
        "\nThe reviews are {:.1} MB of JSON Lines: {per_megabyte:.0} MB/s from raw text to the interval on one thread (goal 150).",
        text.len() as f64 / 1e6
    );
    println!(
        "Goal for the tokenised sentences: 0.25 s and 200 MiB, then 0.15 s and 150 MiB. The published code takes 78 CPU seconds for"
    );
    println!("them (DESIGN section 5, measured elsewhere).");
    training();
}

const N_UNITS: usize = 300_000;
const N_WORDS: usize = 7_500;
const N_COMPONENTS: usize = 8;
const WORDS_PER_UNIT: usize = 22;
const UNITS_PER_DOCUMENT: usize = 20;

/// Training of the logistic scorer on invented text.
fn training() {
    println!("\n## Training the logistic scorer\n");
    println!(
        "Invented text: {N_UNITS} units of {WORDS_PER_UNIT} words out of {N_WORDS}, by human and {N_COMPONENTS} LLM components; all threads."
    );
    let (presence, class_of) = invented();
    let set = TrainingSet {
        presence: &presence,
        class_of: &class_of,
        fold_of: &vec![0; class_of.len()],
        n_components: N_COMPONENTS,
        n_words: N_WORDS,
    };
    let start = Instant::now();
    std::hint::black_box(fit_weights(&set, Scorer::Logistic, LogisticSettings::default(), None));
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "\nOne fit of the weights: {seconds:.1} s (goal 60 s on two cores). `fit` does this once, and once for every fold."
    );
}

/// Words by a power law, each class preferring some words of its own.
fn invented() -> (Presence, Vec<u8>) {
    let words: Vec<Box<str>> = (0..N_WORDS).map(|word| format!("w{word:05}").into()).collect();
    let vocabulary = Vocabulary::new(words.clone());
    let mut generator = stream(0, 0);
    let (mut presence, mut class_of) = (Presence::default(), Vec::new());
    for document in 0..N_UNITS / UNITS_PER_DOCUMENT {
        // As in the shipped references, half of the text is human.
        let class = if document % 2 == 0 { 0 } else { document / 2 % N_COMPONENTS + 1 };
        let mut word = || {
            let rank = (N_WORDS as f64).powf(generator.random::<f64>()) as usize - 1;
            let own = rank - rank % (N_COMPONENTS + 1) + class;
            &*words[if generator.random::<f64>() < 0.2 { own.min(N_WORDS - 1) } else { rank }]
        };
        let mut unit = |_| (0..WORDS_PER_UNIT).map(|_| word()).collect::<Vec<&str>>().join(" ") + "\n\n";
        let text = Text::prose(&(0..UNITS_PER_DOCUMENT).map(&mut unit).collect::<String>());
        presence.append(&Presence::of(&[&text], UnitRule::Sentence, &vocabulary));
        class_of.push(class as u8);
    }
    (presence, class_of)
}

fn unpack(path: &std::path::Path) -> String {
    let mut text = String::new();
    let file = std::fs::File::open(path).unwrap();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(file), &mut text).unwrap();
    text
}

/// Median seconds of the process, and median ratio to the yardstick timed just before it.
fn timed(arguments: &[&str], yardstick: impl Fn() -> usize) -> (f64, f64) {
    let (mut seconds, mut ratios) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let start = Instant::now();
        std::hint::black_box(yardstick());
        let of_yardstick = start.elapsed().as_secs_f64();
        let start = Instant::now();
        run(arguments);
        seconds.push(start.elapsed().as_secs_f64());
        ratios.push(seconds[seconds.len() - 1] / of_yardstick);
    }
    (median(seconds), median(ratios))
}

fn run(arguments: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_llm-prevalence"))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.unwrap().success(), "{arguments:?}");
}

/// Peak resident memory as /usr/bin/time has it, where that exists.
fn peak_memory(arguments: &[&str]) -> String {
    let output = Command::new("/usr/bin/time")
        .args(["-f", "%M", env!("CARGO_BIN_EXE_llm-prevalence")])
        .args(arguments)
        .stdout(Stdio::null())
        .output();
    let kilobytes = output.ok().and_then(|output| String::from_utf8_lossy(&output.stderr).trim().parse::<f64>().ok());
    kilobytes.map_or_else(|| "-".to_owned(), |kilobytes| format!("{:.0}", kilobytes / 1024.0))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
