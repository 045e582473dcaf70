//! Some documents of each group of a large corpus, drawn at random, so that memory does not grow with the corpus.
//!
//! A document is kept while a hash of its scores is small enough; what is small enough shrinks as its group grows. So what is kept depends
//! neither on the order of reading nor on whether the scores come from text or from a stored table. Copies of a document have its hash, so
//! a second one, with the number of the copy, thins them out where they are too many: a corpus of repeated documents keeps some copies of
//! all rather than all copies of a few. Only then may the order of reading matter.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::document::{Drawn, ScoredDocument};
use crate::corpus::GroupKey;

/// What a document takes in memory beside its units, in units.
const OF_DOCUMENT: usize = 5;
/// Most that is kept of a group, in units: 25,000 reviews, with which the sampling error of a share of 20 % is 0.25 points.
const MOST_OF_GROUP: usize = 700_000;
/// Most that is kept of all groups together, unless there are so many that less than [`LEAST_OF_GROUP`] would be left of each.
const MOST_OF_ALL: usize = 1_400_000;
/// What is kept of a group in any case: 1,000 reviews.
const LEAST_OF_GROUP: usize = 28_000;
/// Steps in which the part that is kept is halved.
const STEPS_PER_HALF: f64 = 8.0;

/// Number of documents and units of a group, kept or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupSize {
    /// Documents with at least one unit.
    pub n_documents: usize,
    /// Their units.
    pub n_units: usize,
}

impl GroupSize {
    /// Adds the size of another group.
    pub fn add(&mut self, other: GroupSize) {
        self.n_documents += other.n_documents;
        self.n_units += other.n_units;
    }
}

/// Sizes of the groups, and how much of each is kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draw {
    numbers: HashMap<GroupKey, u32, FixedState>,
    groups: Vec<Group>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Group {
    size: GroupSize,
    /// What is kept of it, in units, and what it would be with one copy of each.
    kept: usize,
    kept_once: usize,
    /// Steps by which the part of distinct documents that is kept has shrunk, and that of their copies.
    steps: u32,
    copy_steps: u32,
    /// Number of copies and size of each distinct document that is within the first part, by its hash.
    copies: HashMap<u64, (u64, usize), FixedState>,
}

impl Draw {
    /// Adds a document to `documents`, unless it is not drawn.
    pub fn push(&mut self, mut document: ScoredDocument, documents: &mut Vec<ScoredDocument>) {
        let n_units = document.n_units();
        let key = GroupKey { values: document.values.clone(), period: document.period };
        let next = self.groups.len() as u32;
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.groups.push(Group::default());
        }
        let most = self.most();
        let group = &mut self.groups[number as usize];
        let hash = hash_of(&document);
        group.size.add(GroupSize { n_documents: 1, n_units });
        if hash > largest(group.steps) {
            return;
        }
        let size = OF_DOCUMENT + n_units;
        let (n_copies, _) = group.copies.entry(hash).or_insert((0, size));
        let copy_hash = spread(hash ^ spread(*n_copies));
        group.kept_once += if *n_copies == 0 { size } else { 0 };
        *n_copies += 1;
        if copy_hash <= largest(group.copy_steps) {
            document.drawn = Drawn { group: number, hash, copy_hash };
            documents.push(document);
            group.kept += size;
        }
        if group.kept.max(group.kept_once) > most {
            self.shrink(number, most, documents);
        }
    }

    /// Leaves of every group what the number of groups allows, now that it is known.
    pub fn settle(&mut self, documents: &mut Vec<ScoredDocument>) {
        let most = self.most();
        (0..self.groups.len()).for_each(|number| self.shrink(number as u32, most, documents));
    }

    /// Returns the size of each group.
    pub fn sizes(&self) -> impl Iterator<Item = (&GroupKey, GroupSize)> {
        self.numbers.iter().map(|(key, number)| (key, self.groups[*number as usize].size))
    }

    /// Returns the size of all groups together.
    pub fn size(&self) -> GroupSize {
        let mut all = GroupSize::default();
        self.groups.iter().for_each(|group| all.add(group.size));
        all
    }

    fn most(&self) -> usize {
        (MOST_OF_ALL / self.groups.len().max(1)).clamp(LEAST_OF_GROUP, MOST_OF_GROUP)
    }

    fn shrink(&mut self, number: u32, most: usize, documents: &mut Vec<ScoredDocument>) {
        let group = &mut self.groups[number as usize];
        if group.kept.max(group.kept_once) <= most {
            return;
        }
        let once = group.copies.iter().map(|(hash, (_, size))| (*hash, *size)).collect();
        (group.steps, group.kept_once) = shrunk(once, group.steps, most);
        let largest_hash = largest(group.steps);
        group.copies.retain(|hash, _| *hash <= largest_hash);
        let is_of_group = |of: &&ScoredDocument| of.drawn.group == number && of.drawn.hash <= largest_hash;
        let of_group = documents.iter().filter(is_of_group);
        let all = of_group.map(|of| (of.drawn.copy_hash, OF_DOCUMENT + of.n_units())).collect();
        (group.copy_steps, group.kept) = shrunk(all, group.copy_steps, most);
        let largest_copy = largest(group.copy_steps);
        documents.retain(|document| {
            let Drawn { group, hash, copy_hash } = document.drawn;
            group != number || hash <= largest_hash && copy_hash <= largest_copy
        });
    }
}

/// Returns the steps, from `steps` on, after which documents of these hashes and sizes are at most `most`, and their size then.
fn shrunk(mut sizes: Vec<(u64, usize)>, mut steps: u32, most: usize) -> (u32, usize) {
    sizes.sort_unstable();
    let kept = |steps: u32| -> usize {
        sizes.iter().take_while(|(hash, _)| *hash <= largest(steps)).map(|(_, size)| size).sum()
    };
    while kept(steps) > most {
        steps += 1;
    }
    (steps, kept(steps))
}

/// Returns the largest hash of a document that is kept.
fn largest(steps: u32) -> u64 {
    (u64::MAX as f64 * (-f64::from(steps) / STEPS_PER_HALF).exp2()) as u64
}

/// Returns a hash of the scores of a document.
fn hash_of(document: &ScoredDocument) -> u64 {
    let scores = document.scores().iter().chain(document.pooled());
    scores.fold(0, |hash, score| spread(hash ^ u64::from(score.to_bits())))
}

/// Spreads numbers evenly and without repeats over all hashes (splitmix64).
fn spread(number: u64) -> u64 {
    let mut hash = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ hash >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ hash >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ hash >> 31
}

#[cfg(test)]
mod tests {
    use super::super::document::DocumentKey;
    use super::super::table::ScoreTable;
    use super::*;

    /// Units of every document.
    const N_UNITS: usize = 20;

    fn drawn(sizes: &[usize]) -> (Draw, Vec<ScoredDocument>) {
        let (mut draw, mut documents) = (Draw::default(), vec![]);
        for (group, n) in sizes.iter().enumerate() {
            for at in 0..*n {
                let values = vec![Some(group.to_string())];
                let document = ScoredDocument::new(DocumentKey(at as u64), values, vec![at as f32; N_UNITS], 1);
                draw.push(document, &mut documents);
            }
        }
        draw.settle(&mut documents);
        (draw, documents)
    }

    #[test]
    fn what_is_kept_does_not_depend_on_the_order_of_documents() {
        let n = 60_000;
        let drawn_in = |order: &mut dyn Iterator<Item = u64>| {
            let (mut draw, mut documents) = (Draw::default(), vec![]);
            for at in order {
                draw.push(ScoredDocument::new(DocumentKey(at), vec![], vec![at as f32; N_UNITS], 1), &mut documents);
            }
            draw.settle(&mut documents);
            documents.iter().map(|document| document.key).collect::<std::collections::BTreeSet<_>>()
        };
        let upwards = drawn_in(&mut (0..n));
        assert!((upwards.len() as u64) < n);
        assert_eq!(upwards, drawn_in(&mut (0..n).rev()));
    }

    fn n_of(documents: &[ScoredDocument], group: usize) -> usize {
        documents.iter().filter(|document| document.values[0] == Some(group.to_string())).count()
    }

    #[test]
    fn small_groups_are_whole_and_large_ones_are_evenly_drawn() {
        let (draw, documents) = drawn(&[900, 300_000]);
        assert_eq!(n_of(&documents, 0), 900);
        let n = n_of(&documents, 1);
        let kept = n * (OF_DOCUMENT + N_UNITS);
        assert!((MOST_OF_GROUP * 85 / 100..=MOST_OF_GROUP).contains(&kept), "{kept}");
        assert_eq!(draw.size(), GroupSize { n_documents: 300_900, n_units: N_UNITS * 300_900 });
        let early =
            documents.iter().filter(|document| document.key.0 < 150_000 && document.values[0] == Some("1".into()));
        let share = early.count() as f64 / n as f64;
        assert!((share - 0.5).abs() < 0.02, "{share}");
    }

    #[test]
    fn what_is_kept_of_a_group_does_not_depend_on_when_others_came() {
        let (_, first) = drawn(&[60_000, 60_000, 60_000, 10]);
        let (_, last) = drawn(&[60_000, 10, 60_000, 60_000]);
        let keys = |documents: &[ScoredDocument], group: usize| {
            let of = documents.iter().filter(|document| document.values[0] == Some(group.to_string()));
            of.map(|document| document.key.0).collect::<Vec<_>>()
        };
        assert_eq!(keys(&first, 0), keys(&last, 0));
        assert_eq!(keys(&first, 2), keys(&last, 3));
        assert!(first.len() * (OF_DOCUMENT + N_UNITS) <= MOST_OF_ALL);
    }

    #[test]
    fn a_stored_table_keeps_what_is_kept_while_text_is_scored() {
        let [mut drawn, mut stored] = [ScoreTable::drawn(vec![]), ScoreTable::new(vec![])];
        for at in 0..60_000 {
            let document = || ScoredDocument::new(DocumentKey(at), vec![], vec![at as f32; N_UNITS], 1);
            drawn.push(document());
            stored.push(document());
        }
        drawn.settle();
        let stored = stored.into_drawn();
        assert_eq!(stored, drawn);
        assert_eq!(stored.n_documents(), 60_000);
        assert!(stored.documents().len() < 60_000);
    }

    #[test]
    fn of_repeated_documents_some_copies_of_all_are_kept() {
        for n_distinct in [1, 50, 2_000] {
            let n = 200_000;
            let mut table = ScoreTable::new(vec![]);
            for at in 0..n {
                let scores = vec![(at % n_distinct) as f32; N_UNITS];
                table.push(ScoredDocument::new(DocumentKey(at), vec![], scores, 1));
            }
            let table = table.into_drawn();
            let kept = table.documents().len();
            assert!((kept * (OF_DOCUMENT + N_UNITS)) as f64 > 0.85 * MOST_OF_GROUP as f64, "{n_distinct}: {kept}");
            assert!(kept * (OF_DOCUMENT + N_UNITS) <= MOST_OF_GROUP, "{n_distinct}: {kept}");
            let mut n_of = vec![0.0; n_distinct as usize];
            table.documents().iter().for_each(|document| n_of[document.scores()[0] as usize] += 1.0);
            let expected = kept as f64 / n_distinct as f64;
            let chi_squared: f64 = n_of.iter().map(|n: &f64| (n - expected).powi(2) / expected).sum();
            assert!(
                chi_squared < n_distinct as f64 + 5.0 * (2.0 * n_distinct as f64).sqrt(),
                "{n_distinct}: {chi_squared}"
            );
        }
    }

    #[test]
    fn a_hundred_thousand_single_sentences_are_kept() {
        let (mut draw, mut documents) = (Draw::default(), vec![]);
        for at in 0..110_000 {
            draw.push(ScoredDocument::new(DocumentKey(at), vec![], vec![0.5], 1), &mut documents);
        }
        draw.settle(&mut documents);
        assert_eq!(documents.len(), 110_000);
    }
}
