//! What the integration tests share: invented text of two sources, files of it, and running the tool.

mod files;
mod known;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub use files::{folder_of, gzip, json_lines, parquet, prose, read_content, read_paths, texts, zipped, zstd};
pub use known::{embedded_reference, known_corpus, scored};
use llm_prevalence::tokenize::for_each_word;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use tempfile::TempDir;

/// Words of the invented language.
const N_WORDS: usize = 400;
/// Natural logarithm of how much likelier the LLM's favourite words are with it than with a human.
const FAVOUR: f64 = 1.5;

/// Who writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    Human,
    Llm,
    /// Another LLM, with favourites of its own.
    Other,
}

/// A review in the invented language.
#[derive(Debug, Clone, PartialEq)]
pub struct Doc {
    pub id: String,
    pub paper: String,
    pub year: Option<String>,
    pub text: String,
}

/// Writes invented text; the same seed writes the same text.
pub struct Writer {
    words: Vec<String>,
    human: Vec<f64>,
    llm: Vec<f64>,
    other: Vec<f64>,
    generator: Pcg64Mcg,
}

impl Writer {
    pub fn new(seed: u64) -> Writer {
        let words = invented_words();
        // Zipf's law for all; every seventh word is the LLM's favourite, every ninth it avoids. The other LLM has the same
        // manners with other words.
        let zipf = |rank: usize| 1.0 / (rank as f64 + 10.0);
        let human: Vec<f64> = (0..N_WORDS).map(zipf).collect();
        let tilt = |favourite: bool, avoided: bool| match (favourite, avoided) {
            (true, _) => FAVOUR.exp(),
            (false, true) => (-FAVOUR).exp(),
            _ => 1.0,
        };
        let llm = (0..N_WORDS).map(|rank| zipf(rank) * tilt(rank % 7 == 3, rank % 9 == 5)).collect();
        let other = (0..N_WORDS).map(|rank| zipf(rank) * tilt(rank % 7 == 6, rank % 9 == 2)).collect();
        let generator = Pcg64Mcg::seed_from_u64(seed);
        Writer { words, human: cumulative(human), llm: cumulative(llm), other: cumulative(other), generator }
    }

    /// A text of 5 to 15 sentences of 6 to 20 words, with favourites of the day so that its sentences are alike.
    pub fn text(&mut self, author: Author) -> String {
        let topic: Vec<usize> = (0..6).map(|_| self.generator.random_range(0..N_WORDS)).collect();
        let n_sentences = self.generator.random_range(5..16);
        let sentences: Vec<String> = (0..n_sentences).map(|_| self.sentence(author, &topic)).collect();
        sentences.join(" ")
    }

    fn sentence(&mut self, author: Author, topic: &[usize]) -> String {
        let n_words = self.generator.random_range(6..21);
        let mut words: Vec<String> = (0..n_words).map(|_| self.word(author, topic)).collect();
        let first = words[0].remove(0).to_ascii_uppercase();
        words[0].insert(0, first);
        words.join(" ") + "."
    }

    fn word(&mut self, author: Author, topic: &[usize]) -> String {
        if self.generator.random_range(0..10) == 0 {
            return self.words[topic[self.generator.random_range(0..topic.len())]].clone();
        }
        let of_author = match author {
            Author::Human => &self.human,
            Author::Llm => &self.llm,
            Author::Other => &self.other,
        };
        let at: f64 = self.generator.random_range(0.0..1.0);
        self.words[of_author.partition_point(|sum| *sum <= at).min(N_WORDS - 1)].clone()
    }

    /// `n` documents; ids begin with `prefix`, three documents share a paper, years run from 2019 to 2022.
    pub fn documents(&mut self, author: Author, n: usize, prefix: &str) -> Vec<Doc> {
        let document = |number: usize| Doc {
            id: format!("{prefix}{number}"),
            paper: format!("{prefix}paper{}", number / 3),
            year: Some((2019 + number % 4).to_string()),
            text: self.text(author),
        };
        (0..n).map(document).collect()
    }

    /// `n` documents of which the share `alpha` is wholly by the LLM, in random order.
    pub fn mixture(&mut self, alpha: f64, n: usize, prefix: &str) -> Vec<Doc> {
        let n_llm = (alpha * n as f64).round() as usize;
        let mut documents = self.documents(Author::Human, n - n_llm, &format!("{prefix}h"));
        documents.extend(self.documents(Author::Llm, n_llm, &format!("{prefix}l")));
        self.shuffle(&mut documents);
        documents
    }

    /// `n_of_each` documents of three authors, in random order.
    pub fn mixture_of_three(&mut self, n_of_each: [(Author, usize); 3], prefix: &str) -> Vec<Doc> {
        let mut documents: Vec<Doc> = Vec::new();
        for (author, n) in n_of_each {
            documents.extend(self.documents(author, n, &format!("{prefix}{author:?}")));
        }
        self.shuffle(&mut documents);
        documents
    }

    /// `n` documents, each by the LLM with probability `alpha`.
    pub fn drawn(&mut self, alpha: f64, n: usize) -> Vec<Doc> {
        let document = |number: usize| {
            let author = if self.generator.random_range(0.0..1.0) < alpha { Author::Llm } else { Author::Human };
            Doc { id: number.to_string(), paper: number.to_string(), year: None, text: self.text(author) }
        };
        (0..n).map(document).collect()
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.generator.random_range(0..last + 1));
        }
    }
}

fn cumulative(mut weights: Vec<f64>) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    let mut sum = 0.0;
    weights.iter_mut().for_each(|weight| {
        sum += *weight / total;
        *weight = sum;
    });
    weights
}

/// Words of two to four syllables, each once; none is an abbreviation of English.
fn invented_words() -> Vec<String> {
    let mut generator = Pcg64Mcg::seed_from_u64(42);
    let mut known = BTreeSet::new();
    let mut words = Vec::new();
    while words.len() < N_WORDS {
        let n_syllables = generator.random_range(2..5);
        let syllable = |generator: &mut Pcg64Mcg| {
            let consonant = b"bdfgklmnprstvz"[generator.random_range(0..14)];
            format!("{}{}", consonant as char, b"aeiou"[generator.random_range(0..5)] as char)
        };
        let word: String = (0..n_syllables).map(|_| syllable(&mut generator)).collect::<String>() + "x";
        if known.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

/// One JSON object a line.
pub fn jsonl(documents: &[Doc]) -> String {
    let mut lines = String::new();
    for Doc { id, paper, year, text } in documents {
        let object = serde_json::json!({"id": id, "paper": paper, "year": year, "text": text});
        writeln!(lines, "{object}").unwrap();
    }
    lines
}

/// One JSON object a line, with who wrote it in column `maker`.
pub fn jsonl_by_maker(documents: &[(&str, &[Doc])]) -> String {
    let mut lines = String::new();
    for (maker, documents) in documents {
        for line in jsonl(documents).lines() {
            let mut object: serde_json::Value = serde_json::from_str(line).unwrap();
            object["maker"] = (*maker).into();
            writeln!(lines, "{object}").unwrap();
        }
    }
    lines
}

/// What a run of the tool gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// The JSON that was printed.
    pub fn json(&self) -> serde_json::Value {
        assert_eq!(self.code, 0, "{}", self.stderr);
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// Asserts success and gives standard output.
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}", self.stderr);
        self.stdout
    }
}

/// Variables of a CI or a terminal, which must not change what the tests see.
const NOT_TAKEN_OVER: [&str; 6] =
    ["COLUMNS", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "NO_COLOR", "SOURCE_DATE_EPOCH"];

/// Runs the tool in `folder`; nothing it does may end in a panic.
pub fn run_with_input(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    run_with(folder, arguments, input, &[])
}

/// [`run_with_input`] with these variables set.
pub fn run_with(folder: &Path, arguments: &[&str], input: &[u8], variables: &[(&str, &str)]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_llm-prevalence"));
    NOT_TAKEN_OVER.iter().for_each(|variable| {
        command.env_remove(variable);
    });
    let mut child = command
        .args(arguments)
        .envs(variables.iter().copied())
        .current_dir(folder)
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A tool that fails early does not read all; that it does not is not what is tested here.
    let feeder = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let code = output.status.code().expect("the tool ends by itself");
    let run = Run { code, stdout: text(output.stdout), stderr: text(output.stderr) };
    assert!(!run.stderr.contains("panicked"), "{arguments:?}: {}", run.stderr);
    run
}

/// A folder of files to work in.
pub struct Place(pub TempDir);

impl Place {
    pub fn new() -> Place {
        Place(TempDir::new().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), content).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// Names of everything in the folder, hidden files included.
    pub fn names(&self) -> BTreeSet<String> {
        fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// Runs the tool in this folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        run_with_input(self.0.path(), arguments, b"")
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        run_with_input(self.0.path(), arguments, input)
    }

    /// Runs the tool on arguments without white space in them, given as one line.
    pub fn line(&self, arguments: &str) -> Run {
        self.run(&arguments.split_whitespace().collect::<Vec<_>>())
    }
}

/// Sizes of the reference's corpora, large enough that its own uncertainty does not hide an error of 0.05.
pub const N_HUMAN: usize = 300;
pub const N_LLM: usize = 200;

/// A folder with `human.jsonl`, `llm.jsonl` and `toy.json`, the reference fitted on them with these extra arguments.
pub fn fitted_with(extra: &str) -> Place {
    let place = Place::new();
    let mut writer = Writer::new(1);
    place.write("human.jsonl", jsonl(&writer.documents(Author::Human, N_HUMAN, "a")));
    place.write("llm.jsonl", jsonl(&writer.documents(Author::Llm, N_LLM, "b")));
    place.line(&format!("fit --human human.jsonl --llm toy=llm.jsonl -o toy.json {extra}")).ok();
    place
}

/// [`fitted_with`] nothing else, fitted once per process and copied.
pub fn fitted() -> Place {
    static FILES: std::sync::OnceLock<Vec<(&str, Vec<u8>)>> = std::sync::OnceLock::new();
    let files = FILES.get_or_init(|| {
        let place = fitted_with("");
        ["human.jsonl", "llm.jsonl", "toy.json"].map(|name| (name, place.read(name))).to_vec()
    });
    let place = Place::new();
    files.iter().for_each(|(name, content)| place.write(name, content));
    place
}

/// Documents of every source of [`fitted_on_several`].
pub const N_EACH: usize = 200;

/// A folder with `human.jsonl`, `one.jsonl`, `two.jsonl` (by another LLM), `twin.jsonl` (by the LLM of `one.jsonl`), and two
/// references: `toy.json` of one and two, `twins.json` of all three. Fitted once per process and copied.
pub fn fitted_on_several() -> Place {
    static FILES: std::sync::OnceLock<Vec<(&str, Vec<u8>)>> = std::sync::OnceLock::new();
    let files = FILES.get_or_init(|| {
        let place = Place::new();
        let mut writer = Writer::new(31);
        place.write("human.jsonl", jsonl(&writer.documents(Author::Human, N_HUMAN, "h")));
        for (name, author) in [("one", Author::Llm), ("two", Author::Other), ("twin", Author::Llm)] {
            place.write(&format!("{name}.jsonl"), jsonl(&writer.documents(author, N_EACH, name)));
        }
        let fit = "fit --human human.jsonl --llm one=one.jsonl --llm two=two.jsonl";
        place.line(&format!("{fit} -o toy.json")).ok();
        place.line(&format!("{fit} --llm twin=twin.jsonl -o twins.json")).ok();
        let names = ["human.jsonl", "one.jsonl", "two.jsonl", "twin.jsonl", "toy.json", "twins.json"];
        names.map(|name| (name, place.read(name))).to_vec()
    });
    let place = Place::new();
    files.iter().for_each(|(name, content)| place.write(name, content));
    place
}

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<String> {
    let (mut buffer, mut words) = (String::new(), Vec::new());
    for_each_word(text, &mut buffer, |word| words.push(word.to_owned()));
    words
}

/// The path of a file of the data; tests that ask for one are ignored unless asked for, and fail without the data.
pub fn data_path(name: &str) -> String {
    let folder = std::env::var_os("LLM_PREVALENCE_DATA").expect("LLM_PREVALENCE_DATA names the folder with the data");
    let path = Path::new(&folder).join(name);
    assert!(path.exists(), "{name} is missing in LLM_PREVALENCE_DATA");
    path.to_str().unwrap().to_owned()
}

/// A number of a JSON document.
pub fn number(value: &serde_json::Value, path: &str) -> f64 {
    value.pointer(path).and_then(serde_json::Value::as_f64).unwrap_or_else(|| panic!("no number at {path} in {value}"))
}
