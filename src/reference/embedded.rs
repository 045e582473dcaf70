//! The references that come with the tool.

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
