//! Holds notes back until all inputs are read, as only the newest version of each is handed over.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tempfile::SpooledTempFile;

use super::error::CorpusError;
use super::input::explain_space;
use super::record::{Note, Version};

/// Number of bytes held in memory before a temporary file takes them.
const MEMORY_BYTES: usize = 16 << 20;

/// The data held back of one version: the index of its file, and the note, unless the version says that it was deleted.
#[derive(Serialize, Deserialize)]
struct Held {
    file: usize,
    note: Option<Note>,
}

/// The first half of the SHA-256 of an id, so that ids take the same room whatever their length.
type Key = [u8; 16];

/// The versions of notes met so far. Their text lies in a temporary file, a line each; in memory are keys and times.
#[derive(Default)]
pub(super) struct Versions {
    held: Option<BufWriter<SpooledTempFile>>,
    newest: HashMap<Key, Newest>,
    /// Whether the version in this place is the newest of its note.
    is_newest: Vec<bool>,
}

struct Newest {
    changed: Option<i64>,
    place: usize,
}

impl Versions {
    /// Takes a version, and returns whether that makes one superfluous: this one, or one that is held already. Of copies with
    /// one time the first stays; without any time, the last version is the newest.
    pub(super) fn hold(&mut self, version: Version, file: usize, note: Option<Note>) -> Result<bool, CorpusError> {
        let Version { id, changed } = version;
        let place = self.is_newest.len();
        let key = key(&id);
        let known = self.newest.get(&key).map(|known| (known.changed, known.place));
        if known.is_some_and(|(known, _)| known >= changed && (known, changed) != (None, None)) {
            return Ok(true);
        }
        if let Some((_, known)) = known {
            self.is_newest[known] = false;
        }
        self.newest.insert(key, Newest { changed, place });
        self.is_newest.push(true);
        self.write(&Held { file, note }).map_err(failed)?;
        Ok(known.is_some())
    }

    /// Hands over the newest versions in the order in which they were met, each with the index of its file.
    pub(super) fn release(
        mut self,
        mut take: impl FnMut(usize, Option<Note>) -> Result<(), CorpusError>,
    ) -> Result<(), CorpusError> {
        let Some(held) = self.held.take() else { return Ok(()) };
        let mut held = held.into_inner().map_err(|error| failed(error.into_error()))?;
        held.rewind().map_err(failed)?;
        for (line, is_newest) in BufReader::new(held).lines().zip(self.is_newest) {
            let line = line.map_err(failed)?;
            if is_newest {
                let Held { file, note } = serde_json::from_str(&line).map_err(|error| failed(error.into()))?;
                take(file, note)?;
            }
        }
        Ok(())
    }

    fn write(&mut self, held: &Held) -> io::Result<()> {
        let new = || BufWriter::new(tempfile::spooled_tempfile(MEMORY_BYTES));
        let file = self.held.get_or_insert_with(new);
        serde_json::to_writer(&mut *file, held)?;
        file.write_all(b"\n")
    }
}

fn key(id: &str) -> Key {
    let mut key = Key::default();
    key.copy_from_slice(&Sha256::digest(id)[..size_of::<Key>()]);
    key
}

fn failed(error: io::Error) -> CorpusError {
    CorpusError::Io { file: "the temporary file with versions".to_owned(), source: explain_space(error) }
}
