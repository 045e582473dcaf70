//! Keeps the references that come with the tool.

use std::io::Read;
use std::sync::OnceLock;

use flate2::read::ZlibDecoder;

use super::record::Reference;
use super::store::{ReferenceError, sha256};

/// A reference compiled into the tool.
#[non_exhaustive]
pub struct Embedded {
    /// Name in `--reference`.
    pub name: &'static str,
    /// Content of its file, compressed by `build.rs`.
    compressed: &'static [u8],
}

impl Embedded {
    /// Returns the content of its file.
    ///
    /// # Errors
    /// Returns an error if what was compiled in is damaged.
    pub fn bytes(&self) -> Result<Vec<u8>, ReferenceError> {
        let mut bytes = Vec::new();
        let read = ZlibDecoder::new(self.compressed).read_to_end(&mut bytes);
        let unreadable = |source| ReferenceError::Unreadable { name: self.name.to_owned(), source };
        read.map(|_| bytes).map_err(unreadable)
    }
}

/// Number of references compiled in.
const N_EMBEDDED: usize = 2;

/// All references compiled in; `corpora/build` makes their files. A static, because the bytes of a constant may be there several times.
pub static EMBEDDED: [Embedded; N_EMBEDDED] = [
    Embedded { name: "reviews", compressed: include_bytes!(concat!(env!("OUT_DIR"), "/reviews.zz")) },
    Embedded { name: "abstracts", compressed: include_bytes!(concat!(env!("OUT_DIR"), "/abstracts.zz")) },
];

/// References that were read before, with the hashes of their files: who scores a corpus in parts names one many times.
static READ: [OnceLock<(Reference, String)>; N_EMBEDDED] = [const { OnceLock::new() }; N_EMBEDDED];

/// Returns the reference called `name` with the hash of its file, if one comes with the tool.
///
/// # Errors
/// Returns an error if its file is damaged.
pub(crate) fn read_embedded(name: &str) -> Result<Option<(Reference, String)>, ReferenceError> {
    let Some(at) = EMBEDDED.iter().position(|embedded| embedded.name == name) else { return Ok(None) };
    if let Some(read) = READ[at].get() {
        return Ok(Some(read.clone()));
    }
    let bytes = EMBEDDED[at].bytes()?;
    let read = (Reference::parse(&bytes, name)?, sha256(&bytes));
    Ok(Some(READ[at].get_or_init(|| read).clone()))
}

/// Returns the reference called `name`, if one comes with the tool.
pub fn embedded(name: &str) -> Option<&'static Embedded> {
    EMBEDDED.iter().find(|embedded| embedded.name == name)
}

impl Reference {
    /// Returns the reference that comes with the crate under this name: `reviews` or `abstracts`.
    ///
    /// # Errors
    /// Returns an error if there is none of this name.
    pub fn embedded(name: &str) -> Result<Reference, ReferenceError> {
        let found = read_embedded(name)?.ok_or_else(|| ReferenceError::NotEmbedded {
            name: name.to_owned(),
            known: EMBEDDED.iter().map(|embedded| embedded.name).collect::<Vec<_>>().join(", "),
        })?;
        Ok(found.0)
    }
}
