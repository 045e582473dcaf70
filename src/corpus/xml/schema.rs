//! What the elements of an XML format are: a table that [`super::walk`] follows.

use crate::corpus::known::Cells;

/// How an element's characters become a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    /// White space is one space, and blocks are paragraphs.
    Paragraphs,
    /// Hard-wrapped lines; a paragraph begins after a blank line and where a line is indented.
    Lines,
    /// The value of this attribute; the characters are nothing.
    Attribute(&'static str),
    /// That the element begins, where several of a kind have parts of their own.
    Start,
}

/// Which element holds a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// The local names that the path from the root ends with.
    pub(super) path: &'static [&'static str],
    /// An attribute and the value that it must have.
    pub(super) only: Option<(&'static str, &'static str)>,
    pub(super) take: Take,
    /// The cell that the value becomes.
    pub(super) cell: &'static str,
}

impl Rule {
    /// The characters below an element, by paragraphs.
    pub(super) const fn text(path: &'static [&'static str], cell: &'static str) -> Self {
        Self { path, only: None, take: Take::Paragraphs, cell }
    }

    /// Takes the text of elements whose lines are wrapped.
    pub(super) const fn lines(path: &'static [&'static str], cell: &'static str) -> Self {
        Self { path, only: None, take: Take::Lines, cell }
    }

    /// An attribute.
    pub(super) const fn attribute(path: &'static [&'static str], name: &'static str, cell: &'static str) -> Self {
        Self { path, only: None, take: Take::Attribute(name), cell }
    }

    /// The start of an element.
    pub(super) const fn start(path: &'static [&'static str], cell: &'static str) -> Self {
        Self { path, only: None, take: Take::Start, cell }
    }

    /// Takes those elements alone whose attribute `name` has this value.
    pub(super) const fn only(self, name: &'static str, value: &'static str) -> Self {
        Self { only: Some((name, value)), ..self }
    }
}

/// An XML format.
#[derive(Debug)]
pub(in crate::corpus) struct Schema {
    /// What errors call a file that is damaged.
    pub(in crate::corpus) wrong: &'static str,
    /// The columns that records have, and which of them is the text.
    pub(in crate::corpus) columns: &'static [&'static str],
    pub(in crate::corpus) text: &'static str,
    /// The elements that are a record each; one inside another ends it.
    pub(super) records: &'static [&'static str],
    /// Where values stand; the first rule that fits counts.
    pub(super) rules: &'static [Rule],
    /// Elements whose start makes what was found outside of records before it nothing, such as the next volume.
    pub(super) scopes: &'static [&'static str],
    /// Elements that are a paragraph each.
    pub(super) blocks: &'static [&'static str],
    /// Elements that are no prose: formulas, figures, headings.
    pub(super) dropped: &'static [&'static str],
    /// Elements that refer to something; one without a letter ("[12]") is left out.
    pub(super) marks: &'static [&'static str],
    /// Makes the columns of what was found in a record, after what was found outside of it.
    pub(super) finish: fn(Cells) -> Cells,
}

/// The first value of a cell.
pub(super) fn first<'c>(cells: &'c [(&'static str, String)], name: &str) -> Option<&'c str> {
    cells.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
}

/// All values of a cell.
pub(super) fn all<'c>(cells: &'c [(&'static str, String)], name: &str) -> Vec<&'c str> {
    cells.iter().filter(|(known, _)| *known == name).map(|(_, value)| value.as_str()).collect()
}

/// The cells behind each of those of this name, up to the next.
pub(super) fn groups<'c>(cells: &'c Cells, start: &'static str) -> impl Iterator<Item = &'c [(&'static str, String)]> {
    cells.split(move |(name, _)| *name == start).skip(1)
}

/// Cells with those alone that have a value.
pub(super) fn present<const N: usize>(cells: [(&'static str, Option<String>); N]) -> Cells {
    let has = |value: &String| !value.trim().is_empty();
    cells.into_iter().filter_map(|(name, value)| Some((name, value.filter(has)?))).collect()
}

/// Values joined, `None` where there are none.
pub(super) fn joined(values: &[&str], between: &str) -> Option<String> {
    (!values.is_empty()).then(|| values.join(between))
}
