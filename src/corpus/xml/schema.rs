//! The meaning of the elements of an XML format: a table that [`super::walk`] follows.

use crate::corpus::known::Cells;

/// The way an element's characters become a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    /// Paragraphs: white space becomes one space, and blocks are paragraphs.
    Paragraphs,
    /// Hard-wrapped lines; a paragraph begins after a blank line and where a line is indented.
    Lines,
    /// The value of this attribute; the characters are ignored.
    Attribute(&'static str),
    /// A mark of the element's start, where several of a kind have parts of their own.
    Start,
}

/// The element that holds a value.
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
    /// Takes the characters below an element, by paragraphs.
    pub(super) const fn text(path: &'static [&'static str], cell: &'static str) -> Self {
        Self { path, only: None, take: Take::Paragraphs, cell }
    }

    /// Takes the text of elements whose lines are wrapped.
    pub(super) const fn lines(path: &'static [&'static str], cell: &'static str) -> Self {
        Self { path, only: None, take: Take::Lines, cell }
    }

    /// Takes an attribute.
    pub(super) const fn attribute(path: &'static [&'static str], name: &'static str, cell: &'static str) -> Self {
        Self { path, only: None, take: Take::Attribute(name), cell }
    }

    /// Takes the start of an element.
    pub(super) const fn start(path: &'static [&'static str], cell: &'static str) -> Self {
        Self { path, only: None, take: Take::Start, cell }
    }

    /// Takes only those elements whose attribute `name` has this value.
    pub(super) const fn only(self, name: &'static str, value: &'static str) -> Self {
        Self { only: Some((name, value)), ..self }
    }
}

/// An XML format.
#[derive(Debug)]
pub(in crate::corpus) struct Schema {
    /// The message for a damaged file.
    pub(in crate::corpus) wrong: &'static str,
    /// The columns that records have, and which of them is the text.
    pub(in crate::corpus) columns: &'static [&'static str],
    pub(in crate::corpus) text: &'static str,
    /// The elements that are a record each; one inside another ends it.
    pub(super) records: &'static [&'static str],
    /// The rules for the elements that hold values; the first rule that fits counts.
    pub(super) rules: &'static [Rule],
    /// Elements whose start discards what was found outside of records before it, such as the next volume.
    pub(super) scopes: &'static [&'static str],
    /// Elements that are a paragraph each.
    pub(super) blocks: &'static [&'static str],
    /// Elements that are not prose: formulas, figures, headings.
    pub(super) dropped: &'static [&'static str],
    /// Elements that refer to something; one without a letter ("[12]") is left out.
    pub(super) marks: &'static [&'static str],
    /// The function that makes columns of what was found in a record, after what was found outside of it.
    pub(super) finish: fn(Cells) -> Cells,
}

/// Returns the first value of a cell.
pub(super) fn first<'c>(cells: &'c [(&'static str, String)], name: &str) -> Option<&'c str> {
    cells.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
}

/// Returns all values of a cell.
pub(super) fn all<'c>(cells: &'c [(&'static str, String)], name: &str) -> Vec<&'c str> {
    cells.iter().filter(|(known, _)| *known == name).map(|(_, value)| value.as_str()).collect()
}

/// Returns the cells after each cell of this name, up to the next.
pub(super) fn groups<'c>(cells: &'c Cells, start: &'static str) -> impl Iterator<Item = &'c [(&'static str, String)]> {
    cells.split(move |(name, _)| *name == start).skip(1)
}

/// Returns only the cells that have a value.
pub(super) fn present<const N: usize>(cells: [(&'static str, Option<String>); N]) -> Cells {
    let has = |value: &String| !value.trim().is_empty();
    cells.into_iter().filter_map(|(name, value)| Some((name, value.filter(has)?))).collect()
}

/// Joins values; `None` if there are none.
pub(super) fn joined(values: &[&str], between: &str) -> Option<String> {
    (!values.is_empty()).then(|| values.join(between))
}
