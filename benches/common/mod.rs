//! What the measuring programs share: where the data is, reading it, and drawing mixtures of known alpha from it.
#![allow(dead_code)] // each program uses its part

use std::collections::BTreeMap;
use std::path::PathBuf;

use llm_prevalence::corpus::{Document, ReadOptions, Text, find_inputs, read_corpus};
use llm_prevalence::interval::generator_of;
use llm_prevalence::reference::grouping::uniform;
use llm_prevalence::reference::{FileCard, KnownCorpus, KnownDocument};
use rand::RngExt;
use rand_pcg::Pcg64Mcg;

/// The folder with the data, from LLM_PREVALENCE_DATA; without it there is nothing to measure.
pub fn data() -> PathBuf {
    match std::env::var_os("LLM_PREVALENCE_DATA") {
        Some(folder) => PathBuf::from(folder),
        None => {
            println!("LLM_PREVALENCE_DATA is not set: nothing measured (docs/data.md says where the data is)");
            std::process::exit(0);
        }
    }
}

/// Whether cargo only asks what tests there are, or runs benches as tests.
pub fn is_test_run() -> bool {
    std::env::args().any(|argument| argument == "--list" || argument == "--test")
}

/// A document with the paper it belongs to.
pub struct Known {
    pub paper: String,
    pub generator: Option<String>,
    pub text: Text,
}

/// Reads files below the data folder.
pub fn read(files: &[&str]) -> Vec<Known> {
    let paths: Vec<String> = files.iter().map(|file| data().join(file).display().to_string()).collect();
    let inputs = find_inputs(&paths).unwrap();
    let optional_columns = vec!["forum".to_owned(), "generator".to_owned()];
    let options = ReadOptions::default().optional_columns(optional_columns);
    let mut known = Vec::new();
    read_corpus(&inputs, &options, &mut |batch| {
        for document in batch {
            let Document { id, text, mut values, .. } = document;
            let generator = values.pop().flatten();
            let paper = values.pop().flatten().or(id).unwrap_or_else(|| format!("row {}", known.len()));
            known.push(Known { paper, generator, text });
        }
        Ok(())
    })
    .unwrap();
    known
}

/// Splits by paper: those with a hash below `share` first.
pub fn split(known: Vec<Known>, share: f64, seed: u64) -> (Vec<Known>, Vec<Known>) {
    known.into_iter().partition(|one| uniform(format!("split {seed} {}", one.paper).as_bytes()) < share)
}

/// A corpus for `fit`.
pub fn corpus(source: &str, known: Vec<Known>) -> KnownCorpus {
    let documents =
        known.into_iter().map(|one| KnownDocument::new(one.text).group(one.paper).generator(one.generator)).collect();
    KnownCorpus::new(source, documents).files(vec![FileCard::new(source, "")])
}

/// Whole documents, drawn without replacement (again from the start when all are used), until `n_units` are reached.
pub fn draw_units<'a>(documents: &'a [Vec<f64>], n_units: usize, generator: &mut Pcg64Mcg) -> Vec<&'a Vec<f64>> {
    let mut drawn = Vec::new();
    let mut n_drawn = 0;
    let order = shuffled(documents.len(), generator);
    for place in order.iter().cycle() {
        if n_drawn >= n_units {
            break;
        }
        n_drawn += documents[*place].len();
        drawn.push(&documents[*place]);
    }
    drawn
}

/// Numbers below `n` in random order.
pub fn shuffled(n: usize, generator: &mut Pcg64Mcg) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        order.swap(last, generator.random_range(0..last + 1));
    }
    order
}

/// The generator of one draw.
pub fn stream(seed: u64, draw: u64) -> Pcg64Mcg {
    generator_of(seed, draw)
}

/// Mean and largest absolute value, in percentage points.
pub fn mean_and_worst(errors: &[f64]) -> (f64, f64) {
    let absolute = errors.iter().map(|error| error.abs() * 100.0);
    (absolute.clone().sum::<f64>() / errors.len() as f64, absolute.fold(0.0, f64::max))
}

/// What a report says first: when, with which version, with which data.
pub fn provenance(seed: u64, files: &[&str]) -> String {
    let date = jiff::Timestamp::now().to_string()[..10].to_owned();
    let mut text = format!("Date {date}, llm-prevalence {}, seed {seed}. Data:\n\n", env!("CARGO_PKG_VERSION"));
    let mut hashes = BTreeMap::new();
    for file in files {
        let bytes = std::fs::read(data().join(file)).unwrap();
        hashes.insert(*file, llm_prevalence::reference::store::sha256(&bytes));
    }
    hashes.iter().for_each(|(file, hash)| text += &format!("- `{file}` {}\n", &hash[..16]));
    text
}
