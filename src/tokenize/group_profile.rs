//! The texts of a group, document by document: a few that collapsed to single long units hardly move any mean.

use super::profile::{Departure, TextProfile};

/// Minimum number of documents for a statement about the length of units: means of fewer reviews differ by as much.
const FEWEST_DOCUMENTS: u64 = 10;
/// Minimum number of documents with a long unit for a statement about long units, as some people write one.
const FEWEST_WITH_LONG: u64 = 3;
/// Ratio of a document's words per unit to those of the reference above which it collapsed. Of reviews and abstracts, of people and
/// LLMs, 0.3 % are above it at most, and two of any 200 that follow each other.
const COLLAPSED_TIMES: u64 = 3;
/// Minimum number of collapsed documents for a statement, and the share of all, 0 to 1, that they exceed.
const FEWEST_COLLAPSED: u64 = 3;
const MOST_COLLAPSED: f64 = 0.02;

/// Counts of the words of one document, apart from the number of its units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DocumentProfile {
    /// Number of words, including repeats.
    pub n_words: u32,
    /// Number of words among them that the vocabulary has.
    pub n_known: u32,
    /// Number of units of more than [`LONG_UNIT`](super::LONG_UNIT) words.
    pub n_long: u32,
    /// Number of words in these.
    pub n_long_words: u32,
}

impl DocumentProfile {
    /// Returns the profile of a document with these counts and this number of units.
    pub fn of_units(self, n_units: usize) -> TextProfile {
        let [n_words, n_known, n_long, n_long_words] = <[u32; 4]>::from(self).map(u64::from);
        TextProfile { n_units: n_units as u64, n_words, n_known, n_long, n_long_words }
    }
}

impl From<[u32; 4]> for DocumentProfile {
    fn from([n_words, n_known, n_long, n_long_words]: [u32; 4]) -> DocumentProfile {
        DocumentProfile { n_words, n_known, n_long, n_long_words }
    }
}

impl From<DocumentProfile> for [u32; 4] {
    fn from(of: DocumentProfile) -> [u32; 4] {
        [of.n_words, of.n_known, of.n_long, of.n_long_words]
    }
}

impl From<TextProfile> for DocumentProfile {
    fn from(of: TextProfile) -> DocumentProfile {
        let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        DocumentProfile {
            n_words: small(of.n_words),
            n_known: small(of.n_known),
            n_long: small(of.n_long),
            n_long_words: small(of.n_long_words),
        }
    }
}

/// Counts of the units and words of a group, and of the documents that are unlike those of a reference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupProfile {
    /// Counts of all units.
    pub units: TextProfile,
    /// Number of documents.
    pub n_documents: u64,
    /// Number of documents with a long unit.
    pub n_with_long: u64,
    /// Number of documents with more than three times as many words per unit as the reference's texts.
    pub n_collapsed: u64,
}

impl GroupProfile {
    /// Returns the profile of documents, each with the number of its units, beside the texts of a reference.
    pub fn of(documents: impl IntoIterator<Item = (usize, DocumentProfile)>, reference: &TextProfile) -> GroupProfile {
        let mut group = GroupProfile::default();
        for (n_units, document) in documents {
            group.count(&document.of_units(n_units), reference);
        }
        group
    }

    fn count(&mut self, document: &TextProfile, reference: &TextProfile) {
        self.units.merge(document);
        self.n_documents += 1;
        self.n_with_long += u64::from(document.n_long > 0);
        let expected = reference.words_per_unit().unwrap_or(f64::INFINITY);
        let is_collapsed = document.n_words as f64 > COLLAPSED_TIMES as f64 * expected * document.n_units as f64;
        self.n_collapsed += u64::from(is_collapsed);
    }

    /// Returns the differences of the group's texts from those that a reference was made of.
    pub fn departures(&self, reference: &TextProfile) -> Vec<Departure> {
        let mut found = self.units.departures(reference);
        found.retain(|departure| self.is_of_several(departure));
        let is_longer = found.iter().any(|departure| matches!(departure, Departure::Longer { .. }));
        found.extend(self.collapsed().filter(|_| !is_longer));
        found
    }

    /// Returns whether a difference of means is one of enough documents.
    fn is_of_several(&self, departure: &Departure) -> bool {
        let has_long = !matches!(departure, Departure::MoreLong { .. }) || self.n_with_long >= FEWEST_WITH_LONG;
        self.n_documents >= FEWEST_DOCUMENTS && has_long
    }

    /// Returns the statement that some documents collapsed, if these are more than a few.
    fn collapsed(&self) -> Option<Departure> {
        let GroupProfile { n_documents, n_collapsed, .. } = *self;
        let are_many = n_collapsed >= FEWEST_COLLAPSED && n_collapsed as f64 > MOST_COLLAPSED * n_documents as f64;
        are_many.then_some(Departure::Collapsed { n_collapsed, n_documents, times: COLLAPSED_TIMES })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a document with units of these numbers of words, of which nine tenths are known.
    fn document(units: &[u32]) -> (usize, DocumentProfile) {
        let mut profile = TextProfile::default();
        units.iter().for_each(|n_words| profile.count_unit(*n_words, n_words * 9 / 10));
        (units.len(), profile.into())
    }

    /// Returns what is said of documents that are repeated so often.
    fn of(documents: &[(usize, &[u32])]) -> Vec<Departure> {
        let mut reference = TextProfile::default();
        (0..1000).for_each(|_| reference.count_unit(20, 18));
        let all = documents.iter().flat_map(|(n, units)| std::iter::repeat_n(document(units), *n));
        GroupProfile::of(all, &reference).departures(&reference)
    }

    #[test]
    fn documents_that_collapsed_are_noticed_among_others() {
        let usual: &[u32] = &[20; 8];
        let collapsed = |n_collapsed, n_documents| Departure::Collapsed { n_collapsed, n_documents, times: 3 };
        let long = |found| Departure::MoreLong { found, expected: 0.0 };
        type Documents<'a> = &'a [(usize, &'a [u32])];
        let cases: [(&str, Documents<'_>, Vec<Departure>); 9] = [
            ("all are usual", &[(60, usual)], vec![]),
            ("five of sixty are one unit, shorter than a long one", &[(55, usual), (5, &[90])], vec![collapsed(5, 60)]),
            ("so are three of a hundred and forty", &[(137, usual), (3, &[90])], vec![collapsed(3, 140)]),
            ("three of two hundred may be people's", &[(197, usual), (3, &[90])], vec![]),
            ("as may two of ten", &[(8, usual), (2, &[90])], vec![]),
            ("a short text may be one unit", &[(40, usual), (20, &[45])], vec![]),
            ("lists of two people are no statement", &[(10, usual), (2, &[20, 20, 20, 120])], vec![]),
            ("of three they are", &[(10, usual), (3, &[20, 20, 20, 120])], vec![long(360.0 / 2140.0)]),
            ("nine documents have no mean", &[(9, &[40; 8])], vec![]),
        ];
        for (what, documents, expected) in cases {
            assert_eq!(of(documents), expected, "{what}");
        }
        // Where the mean says it, the number of documents adds nothing.
        assert_eq!(of(&[(60, &[90])]), [Departure::Longer { found: 90.0, expected: 20.0 }]);
    }
}
