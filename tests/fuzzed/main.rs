//! What `cargo fuzz` looks for on nightly, in short on stable: the same functions on all seeds, kept inputs and past findings, and on
//! stores with random changes.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

#[path = "../../fuzz/src/lib.rs"]
mod fuzz;
mod seeds;
mod stores;

use std::fs;
use std::path::{Path, PathBuf};

use fuzz::{TARGETS, Target};

fn of_target(name: &str) -> Target {
    TARGETS.iter().find(|target| target.0 == name).unwrap_or_else(|| panic!("no target {name}")).1
}

/// The files below a folder of this checkout, in order; none where there is no folder.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let Ok(entries) = fs::read_dir(folder) else { return vec![] };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// Runs a target on a file, and names the file where it fails.
fn replay(target: Target, path: &Path) {
    println!("{}", path.display());
    target(&fs::read(path).unwrap());
}

#[test]
fn every_seed_and_kept_input_is_read_or_refused() {
    for (name, target) in TARGETS {
        let seeds = files(&format!("fuzz/seeds/{name}"));
        assert!(!seeds.is_empty(), "fuzz/seeds/{name}: no seed");
        let kept = files(&format!("fuzz/corpus/{name}"));
        seeds.iter().chain(&kept).for_each(|path| replay(target, path));
    }
}

#[test]
fn every_target_is_built_by_cargo_fuzz() {
    let manifest = include_str!("../../fuzz/Cargo.toml");
    let built = manifest.lines().filter_map(|line| line.strip_prefix("path = \"fuzz_targets/")?.strip_suffix(".rs\""));
    assert_eq!(built.collect::<Vec<_>>(), TARGETS.map(|(name, _)| name));
}
