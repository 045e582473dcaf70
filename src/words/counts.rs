//! The occurrence table: the number of units and documents of each group in which every word is present. It has
//! integers only, so that merging is exact, and no text.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::corpus::{Document, GroupKey};
use crate::tokenize::{UnitRule, UnitVisitor, visit_units};

/// Number of documents that one parallel task counts.
const DOCUMENTS_PER_TASK: usize = 256;

/// Occurrences of a word in the documents of a group, with c the units of a document with the word and m its units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Number of documents with the word.
    pub n_documents: u64,
    /// Number of units with the word, the sum of c.
    pub n_units: u64,
    /// The sum of c^2 over documents.
    pub sum_squares: u64,
    /// The sum of c m over documents.
    pub sum_products: u64,
}

impl Counts {
    /// Returns the counts of one document.
    fn of_document(n_with: u64, n_units: u64) -> Counts {
        let n_documents = u64::from(n_with > 0);
        Counts { n_documents, n_units: n_with, sum_squares: n_with * n_with, sum_products: n_with * n_units }
    }

    /// Adds the counts of other documents.
    pub fn add(&mut self, other: Counts) {
        self.n_documents += other.n_documents;
        self.n_units += other.n_units;
        self.sum_squares += other.sum_squares;
        self.sum_products += other.sum_products;
    }
}

/// The size of a group, and its counts by word.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct GroupCounts {
    /// Numbers of its documents and units: the counts of a word that is in every unit.
    pub size: Counts,
    by_word: HashMap<u32, Counts, FixedState>,
}

impl GroupCounts {
    /// Returns the counts of a word by its number in the table; zeros if it does not occur.
    pub fn of_word(&self, number: u32) -> Counts {
        self.by_word.get(&number).copied().unwrap_or_default()
    }

    /// Returns the number of words that occur.
    pub fn n_words(&self) -> usize {
        self.by_word.len()
    }
}

/// Occurrences of every word in the groups of a corpus.
#[derive(Debug, Clone)]
pub struct OccurrenceTable {
    /// The unit: a sentence or a document.
    pub unit: UnitRule,
    /// Names of the columns that define the groups.
    pub columns: Vec<String>,
    /// Number of documents without a unit, which are left out.
    pub n_documents_without_units: u64,
    words: WordNumbers,
    groups: BTreeMap<GroupKey, GroupCounts>,
}

impl OccurrenceTable {
    /// Returns a table without documents.
    pub fn new(unit: UnitRule, columns: Vec<String>) -> OccurrenceTable {
        let (words, groups) = (WordNumbers::default(), BTreeMap::new());
        OccurrenceTable { unit, columns, n_documents_without_units: 0, words, groups }
    }

    /// Counts `documents` in parallel; their values are those of the table's columns.
    pub fn count(&mut self, documents: &[Document]) {
        self.count_in_periods(documents, &vec![None; documents.len()]);
    }

    /// Counts documents as [`count`](OccurrenceTable::count) does, each in the period that begins on its `periods` day.
    pub fn count_in_periods(&mut self, documents: &[Document], periods: &[Option<Date>]) {
        let chunks = documents.par_chunks(DOCUMENTS_PER_TASK).zip(periods.par_chunks(DOCUMENTS_PER_TASK));
        let parts: Vec<OccurrenceTable> = chunks.map(|(chunk, periods)| self.count_chunk(chunk, periods)).collect();
        parts.into_iter().for_each(|part| self.merge(&part));
    }

    fn count_chunk(&self, documents: &[Document], periods: &[Option<Date>]) -> OccurrenceTable {
        let mut table = OccurrenceTable::new(self.unit, self.columns.clone());
        let (mut counter, mut buffer) = (Counter::default(), String::new());
        for (document, &period) in documents.iter().zip(periods) {
            visit_units(&document.text, self.unit, &mut buffer, &mut counter);
            match counter.n_units {
                0 => table.n_documents_without_units += 1,
                n_units => {
                    let key = GroupKey { values: document.values.clone(), period };
                    let group = table.groups.entry(key).or_default();
                    group.size.add(Counts::of_document(n_units, n_units));
                    for (number, n_with) in counter.occurrences() {
                        group.by_word.entry(number).or_default().add(Counts::of_document(n_with, n_units));
                    }
                }
            }
            counter.end_document();
        }
        table.words = counter.words;
        table
    }

    /// Adds the documents of another table with the same columns and unit.
    pub fn merge(&mut self, other: &OccurrenceTable) {
        self.n_documents_without_units += other.n_documents_without_units;
        let numbers: Vec<u32> = other.words.list.iter().map(|word| self.words.number(word)).collect();
        for (key, counts) in &other.groups {
            let group = group_of(&mut self.groups, key);
            group.size.add(counts.size);
            for (&number, &counts) in &counts.by_word {
                group.by_word.entry(numbers[number as usize]).or_default().add(counts);
            }
        }
    }

    /// Adds documents of a group: its size, or the counts of a word.
    pub fn add(&mut self, key: &GroupKey, word: Option<&str>, counts: Counts) {
        let number = word.map(|word| self.words.number(word));
        let group = group_of(&mut self.groups, key);
        match number {
            Some(number) => group.by_word.entry(number).or_default().add(counts),
            None => group.size.add(counts),
        }
    }

    /// Returns whether a word was counted in this group.
    #[cfg(feature = "parquet")]
    pub(super) fn has(&self, key: &GroupKey, word: &str) -> bool {
        let number = self.number(word);
        self.groups.get(key).zip(number).is_some_and(|(group, number)| group.by_word.contains_key(&number))
    }

    /// Puts the documents into groups by other columns; `key` returns the new key of a group, given its key and its
    /// number of documents, or `None` to leave it out.
    pub fn regroup(
        &self,
        columns: Vec<String>,
        mut key: impl FnMut(&GroupKey, u64) -> Option<GroupKey>,
    ) -> OccurrenceTable {
        let mut table = OccurrenceTable::new(self.unit, columns);
        table.words = self.words.clone();
        table.n_documents_without_units = self.n_documents_without_units;
        for (known, counts) in &self.groups {
            if let Some(new) = key(known, counts.size.n_documents) {
                let group = group_of(&mut table.groups, &new);
                group.size.add(counts.size);
                counts.by_word.iter().for_each(|(&number, &of)| group.by_word.entry(number).or_default().add(of));
            }
        }
        table
    }

    /// Leaves out the words in fewer than `min_documents` documents, and returns their number.
    pub fn drop_rare_words(&mut self, min_documents: u64) -> u64 {
        let n_documents = self.n_documents_with();
        let is_kept = |number: &u32| n_documents[*number as usize] >= min_documents;
        self.groups.values_mut().for_each(|group| group.by_word.retain(|number, _| is_kept(number)));
        n_documents.iter().filter(|&&n| 0 < n && n < min_documents).count() as u64
    }

    /// Returns the number of documents with each word, over all groups, by the words' numbers.
    fn n_documents_with(&self) -> Vec<u64> {
        let mut n_documents = vec![0; self.words.list.len()];
        for group in self.groups.values() {
            group.by_word.iter().for_each(|(&number, counts)| n_documents[number as usize] += counts.n_documents);
        }
        n_documents
    }

    /// Returns the groups by their keys.
    pub fn groups(&self) -> &BTreeMap<GroupKey, GroupCounts> {
        &self.groups
    }

    /// Returns all words with their numbers, in the order of the words; the numbers depend on the order of reading.
    pub fn words(&self) -> Vec<(&str, u32)> {
        let mut words: Vec<(&str, u32)> = self.words.list.iter().map(|word| &**word).zip(0..).collect();
        words.sort_unstable();
        words
    }

    /// Returns the number of a word, if it was ever seen.
    pub fn number(&self, word: &str) -> Option<u32> {
        self.words.numbers.get(word).copied()
    }

    /// Returns the number of documents with at least one unit.
    pub fn n_documents(&self) -> u64 {
        self.groups.values().map(|group| group.size.n_documents).sum()
    }

    /// Returns the number of units.
    pub fn n_units(&self) -> u64 {
        self.groups.values().map(|group| group.size.n_units).sum()
    }
}

fn group_of<'a>(groups: &'a mut BTreeMap<GroupKey, GroupCounts>, key: &GroupKey) -> &'a mut GroupCounts {
    groups.entry(key.clone()).or_default()
}

/// Numbers for words, in the order in which they are met.
#[derive(Debug, Clone, Default)]
struct WordNumbers {
    numbers: HashMap<Box<str>, u32, FixedState>,
    list: Vec<Box<str>>,
}

impl WordNumbers {
    fn number(&mut self, word: &str) -> u32 {
        match self.numbers.get(word) {
            Some(&number) => number,
            None => {
                let number = self.list.len() as u32;
                self.numbers.insert(word.into(), number);
                self.list.push(word.into());
                number
            }
        }
    }
}

/// A counter that collects the distinct words of every unit of a document.
#[derive(Default)]
struct Counter {
    words: WordNumbers,
    n_units: u64,
    unit: Vec<u32>,
    document: Vec<u32>,
}

impl UnitVisitor for Counter {
    fn word(&mut self, word: &str) {
        let number = self.words.number(word);
        self.unit.push(number);
    }

    fn end_unit(&mut self, counts: bool) {
        if counts {
            self.n_units += 1;
            self.unit.sort_unstable();
            self.unit.dedup();
            self.document.extend_from_slice(&self.unit);
        }
        self.unit.clear();
    }
}

impl Counter {
    /// Returns the words of the document, with the number of its units that have them.
    fn occurrences(&mut self) -> impl Iterator<Item = (u32, u64)> {
        self.document.sort_unstable();
        self.document.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u64))
    }

    fn end_document(&mut self) {
        self.n_units = 0;
        self.document.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Text;

    fn document(year: &str, text: &str) -> Document {
        Document { id: None, text: Text::as_it_is(text), values: vec![Some(year.to_owned())] }
    }

    fn table(documents: &[Document]) -> OccurrenceTable {
        let mut table = OccurrenceTable::new(UnitRule::Sentence, vec!["year".to_owned()]);
        table.count(documents);
        table
    }

    fn counts(table: &OccurrenceTable, year: &str, word: &str) -> Counts {
        let group = &table.groups()[&GroupKey::from(vec![Some(year.to_owned())])];
        table.number(word).map_or_else(Counts::default, |number| group.of_word(number))
    }

    fn documents() -> Vec<Document> {
        vec![
            document("2021", "The plan is good. The plan is plan enough. Nothing here."),
            document("2021", "A plan again. No more."),
            document("2021", ""),
            document("2022", "Nothing at all."),
        ]
    }

    #[test]
    fn sums_over_documents_are_those_of_the_ratio_estimator() {
        let table = table(&documents());
        // c = 2, 1 of m = 3, 2.
        let expected = Counts { n_documents: 2, n_units: 3, sum_squares: 5, sum_products: 8 };
        assert_eq!(counts(&table, "2021", "plan"), expected);
        let size = table.groups()[&GroupKey::from(vec![Some("2021".to_owned())])].size;
        assert_eq!(size, Counts { n_documents: 2, n_units: 5, sum_squares: 13, sum_products: 13 });
        assert_eq!(counts(&table, "2022", "plan"), Counts::default());
        assert_eq!((table.n_documents(), table.n_units(), table.n_documents_without_units), (3, 6, 1));
    }

    #[test]
    fn parts_merge_into_the_whole_in_any_order() {
        let documents = documents();
        let whole = table(&documents);
        for cut in 0..=documents.len() {
            let mut merged = table(&documents[cut..]);
            merged.merge(&table(&documents[..cut]));
            for (word, _) in whole.words() {
                for year in ["2021", "2022"] {
                    assert_eq!(counts(&merged, year, word), counts(&whole, year, word), "{word} {year}");
                }
            }
            assert_eq!(merged.n_documents_without_units, 1);
        }
    }

    #[test]
    fn rare_words_are_dropped_and_counted() {
        let mut table = table(&documents());
        let n_words = table.words().len() as u64;
        assert_eq!(table.drop_rare_words(2), n_words - 2, "all but plan and nothing");
        assert_eq!(counts(&table, "2021", "plan").n_documents, 2);
        assert_eq!(counts(&table, "2021", "again"), Counts::default());
    }

    #[test]
    fn groups_can_be_taken_together() {
        let whole = table(&documents()).regroup(vec![], |_, _| Some(GroupKey::default()));
        let nothing = whole.number("nothing").unwrap();
        assert_eq!(whole.groups()[&GroupKey::default()].of_word(nothing).n_documents, 2);
        let one = table(&documents())
            .regroup(vec![], |key, _| (key.values[0].as_deref() == Some("2022")).then(GroupKey::default));
        assert_eq!(one.n_documents(), 1);
    }
}
