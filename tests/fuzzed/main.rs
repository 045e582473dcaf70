//! What `cargo fuzz` looks for on nightly, in short on stable: the same functions on all seeds, kept inputs and past findings, and on
//! stores with random changes.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

mod found;
#[allow(dead_code, unused_imports)] // `fuzz_targets` uses the rest
#[path = "../../fuzz/src/lib.rs"]
mod fuzz;
mod seeds;
mod stores;

use std::fs;
use std::path::{Path, PathBuf};

use fuzz::{TARGETS, Target};

/// The files below a folder of this checkout, in order; none where there is no folder.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let Ok(entries) = fs::read_dir(folder) else { return vec![] };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// Runs a target on a file, and names the file where it fails.
fn replay(target: Target, path: &Path) -> bool {
    println!("{}", path.display());
    target(&fs::read(path).unwrap())
}

#[test]
fn every_seed_and_kept_input_is_read_or_refused() {
    for (name, target) in TARGETS {
        let seeds = files(&format!("fuzz/seeds/{name}"));
        let n_read = seeds.iter().filter(|path| replay(target, path)).count();
        assert!(n_read > 0, "fuzz/seeds/{name}: no seed that is read, which is where a run begins");
        files(&format!("fuzz/kept/{name}")).iter().for_each(|path| _ = replay(target, path));
    }
}

#[test]
fn every_target_is_built_by_cargo_fuzz() {
    let manifest = include_str!("../../fuzz/Cargo.toml");
    let built = manifest.lines().filter_map(|line| line.strip_prefix("path = \"fuzz_targets/")?.strip_suffix(".rs\""));
    assert_eq!(built.collect::<Vec<_>>(), TARGETS.map(|(name, _)| name));
}
