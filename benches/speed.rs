//! How fast: whole processes, as ratios to something timed in the same run. Prints reports/speed.md.
//!
//! `LLM_PREVALENCE_DATA=... cargo bench --bench speed > reports/speed.md`

mod common;

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use common::{data, provenance};
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
