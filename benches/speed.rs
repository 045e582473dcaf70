//! How fast: whole processes, as ratios to something timed in the same run. Prints reports/speed.md.
//!
//! `LLM_PREVALENCE_DATA=... cargo bench --bench speed > reports/speed.md`

mod common;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use common::{data, provenance, stream};
use llm_prevalence::corpus::Text;
use llm_prevalence::occurrence::{Presence, Vocabulary};
use llm_prevalence::reference::training::{TrainingSet, fit_weights};
use llm_prevalence::reference::{LogisticSettings, Scorer};
use llm_prevalence::tokenize::UnitRule;
use polars::prelude::{Column, DataFrame, NamedFrom, ParquetCompression, ParquetWriter, Series};
use rand::RngExt;
use regex::Regex;

const RUNS: usize = 9;
/// Runs of what takes seconds.
const FEW: usize = 3;
const SENTENCES: &str = "arxiv-sentences/CS/ground_truth_alpha_0.1.parquet";
const REVIEWS: &str = "reviews/neurips-2024.jsonl.gz";
/// With [`REVIEWS`] about 30,000 reviews of two years.
const YEAR_BEFORE: &str = "reviews/neurips-2023.jsonl.gz";
const CONTROL: &str = "reviews/human-neurips-iclr-2021-2023.jsonl.gz";
const HUMAN: [&str; 2] = ["reviews/iclr-2019.jsonl.gz", "reviews/iclr-2020.jsonl.gz"];
const LLM: [&str; 3] = [
    "reviews/llm-gpt-iclr2022.jsonl.gz",
    "reviews/llm-gpt4o-iclr2022.jsonl.gz",
    "reviews/llm-qwen3-30b-iclr2025.jsonl.gz",
];

/// How often the reviews are repeated for a large corpus.
const TIMES: usize = 22;

fn main() {
    if common::is_test_run() {
        return;
    }
    println!(
        "# Speed\n\nPrinted by `cargo bench --bench speed`, in release. Medians of {RUNS} runs of whole processes ({FEW} where they take\n\
         seconds, one for the large corpus and for `fit`), taken in turn with the yardstick beside them: one thread that finds\n\
         `\\b\\w+\\b` in the reviews with the regex crate, in memory. Seconds depend on the machine and on what else it does; ratios\n\
         do so less.\n"
    );
    println!("{}", provenance(0, &[&[SENTENCES, REVIEWS, YEAR_BEFORE, CONTROL], &HUMAN[..], &LLM[..]].concat()));
    if std::env::var("SPEED_ONLY").is_ok_and(|only| only == "training") {
        return training();
    }
    let folder = tempfile::tempdir().unwrap();
    let files = Files::write(folder.path());
    let words = Regex::new(r"\b\w+\b").unwrap();
    let yardstick = || words.find_iter(&files.text).count();
    let print = |case: &Case, threads: &[&str]| {
        for threads in threads {
            println!("{}", case.row(threads, &yardstick));
        }
    };
    print_head("What estimates take");
    files.estimates().iter().for_each(|case| print(case, &["1", "2"]));
    println!(
        "\nGoals: 200 MB per CPU-second from text to the estimate, 1.9 times as fast on two threads, at most 150 MiB for any size,\n\
         also with groups and a control; 0.10 s and 100 MiB for the tokenised sentences, 10 ms for `--help`. The two-level model is\n\
         fitted to at most 8,000 documents; of groups of more than 700,000 sentences a random part of the documents is kept."
    );
    print_head("What other commands take");
    files.others().iter().for_each(|case| print(case, &["2"]));
    println!(
        "\nGoals: 3 s for `trend`, `words` and `check`, 0.2 and 2 s from scores to an interval for 1,500 and 30,000 reviews, 20 s for\n\
         `fit` with all variants and folds."
    );
    let size = std::fs::metadata(env!("CARGO_BIN_EXE_llm-prevalence")).unwrap().len() as f64 / 1e6;
    println!("\nThe program has {size:.1} MB (goal 40 MB).");
    training();
}

fn print_head(title: &str) {
    println!(
        "\n## {title}\n\n| what | threads | seconds | CPU seconds | of the yardstick | peak memory, MiB | MB per CPU-second |"
    );
    println!("| :-- | --: | --: | --: | --: | --: | --: |");
}

/// A run of the tool.
struct Case {
    what: &'static str,
    arguments: Vec<String>,
    /// Megabytes that are read, where a rate says something.
    megabytes: Option<f64>,
    runs: usize,
}

impl Case {
    fn new(what: &'static str, arguments: &[&str], runs: usize) -> Case {
        Case { what, arguments: arguments.iter().map(|&of| of.to_owned()).collect(), megabytes: None, runs }
    }

    fn of(self, megabytes: f64) -> Case {
        Case { megabytes: Some(megabytes), ..self }
    }

    fn row(&self, threads: &str, yardstick: &impl Fn() -> usize) -> String {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).chain(["--threads", threads]).collect();
        let (Used { seconds, cpu, mebibytes }, ratio) = timed(&arguments, yardstick, self.runs);
        let rate = self.megabytes.map_or_else(|| "-".to_owned(), |megabytes| format!("{:.0}", megabytes / cpu));
        format!("| {} | {threads} | {seconds:.3} | {cpu:.3} | {ratio:.2} | {mebibytes:.0} | {rate} |", self.what)
    }
}

/// What the tool reads, in a folder for the run.
struct Files {
    folder: PathBuf,
    /// The reviews as JSON Lines.
    text: String,
}

impl Files {
    fn write(folder: &Path) -> Files {
        let files = Files { folder: folder.to_owned(), text: unpack(&data().join(REVIEWS)) };
        let write = |name: &str, text: &str| std::fs::write(files.path(name), text).unwrap();
        write("reviews.jsonl", &files.text);
        let mut large = std::fs::File::create(files.path("large.jsonl")).unwrap();
        (0..TIMES).for_each(|_| large.write_all(files.text.as_bytes()).unwrap());
        let lines: Vec<&str> = files.text.lines().collect();
        std::fs::create_dir(files.path("small")).unwrap();
        for (at, lines) in lines.chunks(100).enumerate() {
            write(&format!("small/{at:04}.jsonl"), &lines.join("\n"));
        }
        write("few.jsonl", &lines[..1500].join("\n"));
        files.write_tables(&lines);
        run(&["score", &files.path("few.jsonl"), "-o", &files.path("few.parquet")]);
        run(&["score", &data_path(YEAR_BEFORE), &files.path("reviews.jsonl"), "-o", &files.path("many.parquet")]);
        files
    }

    /// Writes ids and texts as CSV and as parquet.
    fn write_tables(&self, lines: &[&str]) {
        let rows: Vec<serde_json::Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        let column = |name: &str| -> Vec<&str> { rows.iter().map(|row| row[name].as_str().unwrap()).collect() };
        let (ids, texts) = (column("id"), column("text"));
        let quoted = ids.iter().zip(&texts).map(|(id, text)| format!("{id},\"{}\"\n", text.replace('"', "\"\"")));
        std::fs::write(self.path("reviews.csv"), format!("id,text\n{}", quoted.collect::<String>())).unwrap();
        let columns = [("id", ids), ("text", texts)];
        let columns = columns.map(|(name, values)| Column::from(Series::new(name.into(), values)));
        let mut frame = DataFrame::new(lines.len(), columns.to_vec()).unwrap();
        let file = std::fs::File::create(self.path("reviews.parquet")).unwrap();
        ParquetWriter::new(file).with_compression(ParquetCompression::Zstd(None)).finish(&mut frame).unwrap();
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    fn estimates(&self) -> Vec<Case> {
        let (megabytes, sentences) = (self.text.len() as f64 / 1e6, data_path(SENTENCES));
        let of_file = |what, name: &str, runs| Case::new(what, &["estimate", &self.path(name)], runs);
        let by_rating =
            ["estimate", &self.path("large.jsonl"), "--by", "rating", "--control", &data_path(CONTROL), "--quiet"];
        vec![
            Case::new("`--help`", &["--help"], RUNS),
            Case::new(
                "30,000 tokenised sentences to an interval",
                &["estimate", &sentences, "--reference", "abstracts"],
                RUNS,
            ),
            of_file("16,644 reviews (JSON Lines) to an interval", "reviews.jsonl", RUNS).of(megabytes),
            of_file("the same as CSV", "reviews.csv", FEW).of(megabytes),
            of_file("the same as parquet", "reviews.parquet", FEW).of(megabytes),
            of_file("the same in files of 100", "small", RUNS).of(megabytes),
            of_file("the same 22 times over", "large.jsonl", 1).of(megabytes * TIMES as f64),
            Case::new("the same by rating, with a control", &by_rating, 1).of(megabytes * TIMES as f64),
        ]
    }

    fn others(&self) -> Vec<Case> {
        let (before, reviews) = (data_path(YEAR_BEFORE), self.path("reviews.jsonl"));
        let of_both = |what, arguments: &[&str]| Case::new(what, &[arguments, &[&before, &reviews]].concat(), FEW);
        let of_scores = |what, name: &str| Case::new(what, &["estimate", &self.path(name)], RUNS);
        let (human, llm, fitted) = (HUMAN.map(data_path), LLM.map(data_path), self.path("fitted.json"));
        let human = human.iter().map(String::as_str);
        let fit = ["fit", "--source-field", "generator", "-o", &fitted, "--human"].into_iter().chain(human);
        let fit: Vec<&str> = fit.chain(["--llm"]).chain(llm.iter().map(String::as_str)).collect();
        vec![
            of_both("31,819 reviews: `trend`", &["trend"]),
            of_both("31,819 reviews: `words`", &["words"]),
            of_both("31,819 reviews: `check`", &["check", "--max", ".9"]),
            of_scores("scores of 1,500 reviews to an interval", "few.parquet"),
            of_scores("scores of 31,819 reviews to an interval", "many.parquet"),
            Case::new("`fit` of 12,457 human and 5,836 LLM reviews", &fit, 1),
        ]
    }
}

fn data_path(name: &str) -> String {
    data().join(name).display().to_string()
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

fn unpack(path: &Path) -> String {
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
