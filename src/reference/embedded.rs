//! The references that come with the tool.

use super::{Reference, ReferenceError};

/// A reference compiled in.
pub struct Embedded {
    /// What `--reference` calls it.
    pub name: &'static str,
    /// Its file's content.
    pub bytes: &'static [u8],
}

/// All references compiled in; `corpora/build` makes their files.
pub const EMBEDDED: [Embedded; 2] = [
    Embedded { name: "reviews", bytes: include_bytes!("../../corpora/reviews.reference.json") },
    Embedded { name: "abstracts", bytes: include_bytes!("../../corpora/abstracts.reference.json") },
];

/// The reference called `name`, if one comes with the tool.
pub fn embedded(name: &str) -> Option<&'static Embedded> {
    EMBEDDED.iter().find(|embedded| embedded.name == name)
}

impl Reference {
    /// Returns the reference that comes with the crate under this name: `reviews` or `abstracts`.
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn embedded(name: &str) -> Result<Reference, ReferenceError> {
        let found = embedded(name).ok_or_else(|| ReferenceError::NotEmbedded {
            name: name.to_owned(),
            known: EMBEDDED.iter().map(|embedded| embedded.name).collect::<Vec<_>>().join(", "),
        })?;
        Reference::parse(found.bytes, found.name)
    }
}
