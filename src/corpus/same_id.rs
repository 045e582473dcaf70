//! Finds ids that occur again in their file with another text.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

/// Most ids that are remembered, so that memory is bounded; later ones are only compared with these.
const MOST: usize = 1 << 18;

/// The ids met so far by their hashes, each with the fingerprint of its first text.
#[derive(Default)]
pub(super) struct Ids(HashMap<u64, u64, FixedState>);

impl Ids {
    /// Takes the id of a document of a file, and returns whether it was met in this file before, with another text.
    pub(super) fn has_other_text(&mut self, file: usize, id: &str, fingerprint: u64) -> bool {
        let key = FixedState::default().hash_one((file, id));
        match self.0.get(&key) {
            Some(first) => *first != fingerprint,
            None if self.0.len() < MOST => {
                self.0.insert(key, fingerprint);
                false
            }
            None => false,
        }
    }
}

/// Returns a remark on so many documents with the id of another and a text of their own.
pub(super) fn remark_on_same_ids(n: u64) -> Option<String> {
    let said = match n {
        0 => return None,
        1 => "1 document has".to_owned(),
        n => format!("{} documents have", crate::numbers::thousands(n as usize)),
    };
    Some(format!(
        "{said} the id of another one of the same file and another text, and each was counted [if these are versions of a text, add a column version; if the ids are those of papers, name the column with the ids of the documents: --id-field]"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_text_under_one_id_of_one_file_is_noticed() {
        let mut ids = Ids::default();
        let taken = [(0, "a", 1), (0, "b", 1), (1, "a", 2), (0, "a", 1), (0, "a", 2)];
        let found = taken.map(|(file, id, fingerprint)| ids.has_other_text(file, id, fingerprint));
        assert_eq!(found, [false, false, false, false, true]);
        assert!(remark_on_same_ids(0).is_none() && remark_on_same_ids(1).unwrap().starts_with("1 document has "));
    }
}
