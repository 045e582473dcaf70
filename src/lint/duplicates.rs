//! Texts that occur several times, or on both sides, word for word or nearly so.
//!
//! Candidates are pairs that have one of the shingles kept in their sketches in common; of a shingle that many texts have,
//! only neighbours in the order of the texts' hashes are paired, so that time grows with the number of texts.

use rayon::prelude::*;

use super::kind::Kind;
use super::report::{Finding, Severity, share};
use super::sides::{Side, Sides};
use super::sketch::{Fingerprint, Hash};

/// Number of words below which texts are alike by chance.
const MIN_WORDS: usize = 12;
/// Resemblance from which texts are near-duplicates: two of three shingles are in both, as if one word in thirteen
/// was changed.
const NEAR: f64 = 0.5;
/// Number of neighbours that a text is paired with per shingle.
const N_NEIGHBOURS: usize = 8;
/// Minimum number of common shingles in the sketches of near-duplicates.
const MIN_COMMON: usize = 4;
/// Shares of a source's documents that are on both sides from which it is a warning, and an error.
const SOME_ON_BOTH: f64 = 0.001;
const MANY_ON_BOTH: f64 = 0.01;
/// Shares of repeated documents within a source from which it is a note, and a warning.
const SOME_REPEATED: f64 = 0.005;
const MANY_REPEATED: f64 = 0.05;

/// A text and the side it is on.
struct Entry {
    side: usize,
    fingerprint: Fingerprint,
}

pub(super) fn check(sides: &Sides) -> Vec<Finding> {
    let all: Vec<&Side> = sides.all().collect();
    let entries = entries(&all);
    let mut copies = Copies::new(entries.len());
    exact(&entries, &mut copies);
    near(&entries, &mut copies);
    let mut findings = Vec::new();
    for (number, side) in all.iter().enumerate() {
        let of_side = |flags: &[bool]| (0..entries.len()).filter(|&at| flags[at] && entries[at].side == number).count();
        if number > 0 {
            findings.extend(on_both(side, of_side(&copies.of_human), of_side(&copies.of_human_exactly)));
        }
        findings.extend(repeated(side, of_side(&copies.repeated), of_side(&copies.repeated_exactly)));
    }
    findings
}

/// Returns all texts that are long enough, in the order of their words' hashes.
fn entries(sides: &[&Side]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (number, side) in sides.iter().enumerate() {
        let of_side = side.documents.par_iter().map_init(String::new, |buffer, document| Entry {
            side: number,
            fingerprint: Fingerprint::of(&document.text, buffer),
        });
        entries.par_extend(of_side.filter(|entry| entry.fingerprint.n_words >= MIN_WORDS));
    }
    entries.par_sort_by_key(|entry| (entry.fingerprint.all, entry.side));
    entries
}

/// The texts that are copies: of human text, or of another text of their own side.
struct Copies {
    of_human: Vec<bool>,
    of_human_exactly: Vec<bool>,
    repeated: Vec<bool>,
    repeated_exactly: Vec<bool>,
}

impl Copies {
    fn new(n: usize) -> Copies {
        let none = || vec![false; n];
        Copies { of_human: none(), of_human_exactly: none(), repeated: none(), repeated_exactly: none() }
    }
}

fn exact(entries: &[Entry], copies: &mut Copies) {
    let mut first = 0;
    for same in entries.chunk_by(|a, b| a.fingerprint.all == b.fingerprint.all) {
        // Human text comes first.
        let has_human = same[0].side == 0;
        for (at, entry) in same.iter().enumerate() {
            let is_of_human = has_human && entry.side > 0;
            let is_repeated = at > 0 && same[at - 1].side == entry.side;
            (copies.of_human[first + at], copies.of_human_exactly[first + at]) = (is_of_human, is_of_human);
            (copies.repeated[first + at], copies.repeated_exactly[first + at]) = (is_repeated, is_repeated);
        }
        first += same.len();
    }
}

fn near(entries: &[Entry], copies: &mut Copies) {
    for (a, b) in near_pairs(entries, &copies.repeated_exactly) {
        match (entries[a].side, entries[b].side) {
            (one, other) if one == other => copies.repeated[b] = true,
            (0, _) => copies.of_human[b] = true,
            (_, 0) => copies.of_human[a] = true,
            _ => {}
        }
    }
}

/// Returns pairs of near-duplicates, the earlier first; of exact copies on one side only the first takes part.
fn near_pairs(entries: &[Entry], is_copy: &[bool]) -> Vec<(usize, usize)> {
    let mut shingles: Vec<(Hash, u32)> = (0..entries.len())
        .into_par_iter()
        .filter(|&at| !is_copy[at])
        .flat_map_iter(|at| entries[at].fingerprint.sketch.iter().map(move |&shingle| (shingle, at as u32)))
        .collect();
    shingles.par_sort_unstable();
    let mut pairs: Vec<(u32, u32)> = shingles
        .par_chunk_by(|a, b| a.0 == b.0)
        .flat_map_iter(|same| {
            let neighbours =
                move |at: usize| same[at + 1..].iter().take(N_NEIGHBOURS).map(move |other| (same[at].1, other.1));
            (0..same.len()).flat_map(neighbours)
        })
        .collect();
    pairs.par_sort_unstable();
    let is_near = |same: &[(u32, u32)]| {
        let (a, b) = (same[0].0 as usize, same[0].1 as usize);
        let is_near = same.len() >= MIN_COMMON && entries[a].fingerprint.resemblance(&entries[b].fingerprint) >= NEAR;
        is_near.then_some((a, b))
    };
    pairs.par_chunk_by(|a, b| a == b).filter_map(is_near).collect()
}

fn on_both(side: &Side, n: usize, n_exact: usize) -> Option<Finding> {
    let n_total = side.documents.len();
    let on_both = share(n as u64, n_total as u64);
    let severity = match on_both {
        share if share >= MANY_ON_BOTH => Severity::Error,
        share if share >= SOME_ON_BOTH => Severity::Warning,
        _ => Severity::Note,
    };
    let kind = Kind::CopiesOfHuman { n_exact };
    (n > 0).then(|| Finding::new(severity, kind, &side.name).in_documents(n, n_total))
}

fn repeated(side: &Side, n: usize, n_exact: usize) -> Option<Finding> {
    let n_total = side.documents.len();
    let repeated = share(n as u64, n_total as u64);
    let severity = if repeated >= MANY_REPEATED { Severity::Warning } else { Severity::Note };
    let kind = Kind::Repeated { n_exact };
    (repeated >= SOME_REPEATED).then(|| Finding::new(severity, kind, &side.name).in_documents(n, n_total))
}
