//! Puts rows that are sentences together to the documents that they are parts of.

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::mem::discriminant;

use foldhash::fast::FixedState;

use super::cells::join_texts;
use super::document::{Document, Text};
use super::remark::Remark;

/// Maximum size of a document, in bytes, as that of a file of text.
const MAX_BYTES: usize = 128 << 20;

/// The document whose rows are being read, and counts of the file.
#[derive(Default)]
pub(super) struct Joining {
    open: Option<Open>,
    known: HashSet<u64>,
    n_rows: u64,
    n_documents: u64,
    n_again: u64,
}

struct Open {
    key: String,
    n_bytes: usize,
    document: Document,
    more: Vec<Text>,
}

impl Joining {
    /// Takes a row of the document with this key; returns the document before, if the row begins another.
    pub(super) fn take(&mut self, key: String, row: Document) -> Option<Document> {
        self.n_rows += 1;
        let n_bytes = row.text.n_bytes();
        if let Some(open) = self.open.as_mut().filter(|open| open.takes(&key, &row.text)) {
            open.n_bytes += n_bytes;
            open.more.push(row.text);
            return None;
        }
        self.n_documents += 1;
        self.n_again += u64::from(!self.known.insert(FixedState::default().hash_one(&key)));
        self.open.replace(Open { key, n_bytes, document: row, more: Vec::new() }).map(Open::close)
    }

    /// Returns the last document.
    pub(super) fn finish(&mut self) -> Option<Document> {
        self.open.take().map(Open::close)
    }

    /// Returns what is to be said of a file whose rows were joined by these columns, and begins another.
    pub(super) fn remark(&mut self, columns: String) -> Option<Remark> {
        let Self { n_rows, n_documents, n_again, .. } = std::mem::take(self);
        (n_rows > 0).then_some(Remark::Joined { columns, n_rows, n_documents, n_again })
    }
}

impl Open {
    /// Returns whether a row is a part of this document.
    fn takes(&self, key: &str, text: &Text) -> bool {
        self.key == key && discriminant(&self.document.text) == discriminant(text) && self.n_bytes < MAX_BYTES
    }

    fn close(self) -> Document {
        let Self { document: Document { id, text, values }, more, .. } = self;
        let parts = std::iter::once(text).chain(more).map(Some);
        // All are of one kind.
        let text = join_texts(parts).unwrap_or_else(|| Text::as_it_is(""));
        Document { id, text, values }
    }
}
