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

/// How often the reviews are repeated for a large corpus.
const TIMES: usize = 22;

fn main() {
    if common::is_test_run() {
        return;
    }
    println!(
        "# Speed\n\nPrinted by `cargo bench --bench speed`, in release. Medians of {RUNS} runs of whole processes (of one for the large\n\
         corpus), taken in turn with the yardstick beside them: one thread that finds `\\b\\w+\\b` in the reviews with the regex\n\
         crate, in memory. Seconds depend on the machine and on what else it does; ratios do so less.\n"
    );
    println!("{}", provenance(0, &[SENTENCES, REVIEWS]));
    if std::env::var("SPEED_ONLY").is_ok_and(|only| only == "training") {
        return training();
    }
    let folder = tempfile::tempdir().unwrap();
    let text = unpack(&data().join(REVIEWS));
    let write = |name: &str, times: usize| {
        let path = folder.path().join(name);
        let mut file = std::fs::File::create(&path).unwrap();
        (0..times).for_each(|_| file.write_all(text.as_bytes()).unwrap());
        path.display().to_string()
    };
    let (plain, large) = (write("reviews.jsonl", 1), write("large.jsonl", TIMES));
    let small = folder.path().join("small");
    std::fs::create_dir(&small).unwrap();
    for (at, lines) in text.lines().collect::<Vec<_>>().chunks(100).enumerate() {
        std::fs::write(small.join(format!("{at:04}.jsonl")), lines.join("\n")).unwrap();
    }
    let (sentences, small) = (data().join(SENTENCES).display().to_string(), small.display().to_string());
    let words = Regex::new(r"\b\w+\b").unwrap();
    let yardstick = || words.find_iter(&text).count();
    println!("\n| what | threads | seconds | CPU seconds | of the yardstick | peak memory, MiB | MB per CPU-second |");
    println!("| :-- | --: | --: | --: | --: | --: | --: |");
    let megabytes = text.len() as f64 / 1e6;
    let cases: [(&str, &[&str], Option<f64>, usize); 5] = [
        ("`--help`", &["--help"], None, RUNS),
        (
            "30,000 tokenised sentences to an interval",
            &["estimate", &sentences, "--reference", "abstracts"],
            None,
            RUNS,
        ),
        ("16,644 reviews (JSON Lines) to an interval", &["estimate", &plain], Some(megabytes), RUNS),
        ("the same in files of 100", &["estimate", &small], Some(megabytes), RUNS),
        ("the same 22 times over", &["estimate", &large], Some(megabytes * TIMES as f64), 1),
    ];
    for (what, arguments, megabytes, runs) in cases {
        for threads in ["1", "2"] {
            let threaded: Vec<&str> =
                if megabytes.is_some() { [arguments, &["--threads", threads]].concat() } else { arguments.to_vec() };
            if megabytes.is_none() && threads == "2" {
                continue;
            }
            let (used, ratio) = timed(&threaded, yardstick, runs);
            let rate = megabytes.map_or_else(|| "-".to_owned(), |megabytes| format!("{:.0}", megabytes / used.cpu));
            println!(
                "| {what} | {threads} | {:.3} | {:.3} | {ratio:.2} | {:.0} | {rate} |",
                used.seconds, used.cpu, used.mebibytes
            );
        }
    }
    println!(
        "\nGoals: 200 MB per CPU-second from JSON Lines to the estimate, 1.9 times as fast on two threads, at most 150 MiB for any\n\
         size, 0.10 s and 100 MiB for the tokenised sentences, 10 ms for `--help`. The two-level model is fitted to at most 8,000\n\
         documents; of groups of more than 700,000 sentences a random part of the documents is kept."
    );
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
    let fold_of = vec![0; class_of.len()];
    let set = TrainingSet::new(&presence, &class_of, &fold_of, N_WORDS);
    let start = Instant::now();
    std::hint::black_box(fit_weights(&set, Scorer::Logistic, LogisticSettings::default()));
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

/// What a process used.
#[derive(Clone, Copy)]
struct Used {
    seconds: f64,
    cpu: f64,
    mebibytes: f64,
}

/// Returns medians of what the process used, and its median ratio to the yardstick timed just before it.
fn timed(arguments: &[&str], yardstick: impl Fn() -> usize, runs: usize) -> (Used, f64) {
    let (mut all, mut ratios) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let start = Instant::now();
        std::hint::black_box(yardstick());
        let of_yardstick = start.elapsed().as_secs_f64();
        let used = run(arguments);
        ratios.push(used.seconds / of_yardstick);
        all.push(used);
    }
    let of = |value: fn(&Used) -> f64| median(all.iter().map(value).collect());
    let used =
        Used { seconds: of(|used| used.seconds), cpu: of(|used| used.cpu), mebibytes: of(|used| used.mebibytes) };
    (used, median(ratios))
}

/// Runs the tool under `/usr/bin/time`, which tells what it used.
fn run(arguments: &[&str]) -> Used {
    let output = Command::new("/usr/bin/time")
        .args(["-f", "used %e %U %S %M", env!("CARGO_BIN_EXE_llm-prevalence")])
        .args(arguments)
        .stdout(Stdio::null())
        .output()
        .expect("/usr/bin/time");
    assert!(output.status.success(), "{arguments:?}");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = errors.lines().rev().find_map(|line| line.strip_prefix("used ")).expect("a line of /usr/bin/time");
    let numbers: Vec<f64> = line.split(' ').map(|number| number.parse().expect("a number")).collect();
    Used { seconds: numbers[0], cpu: numbers[1] + numbers[2], mebibytes: numbers[3] / 1024.0 }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
