//! Columns by name: those wanted of documents, and the values a document has in them.

use super::document::Document;
use super::options::ReadOptions;

/// Columns whose values are wanted of documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    required: Vec<String>,
    optional: Vec<String>,
}

impl Columns {
    /// Adds columns that every file must have.
    pub fn require(mut self, names: &[String]) -> Columns {
        self.optional.retain(|known| !names.contains(known));
        names.iter().for_each(|name| add(&mut self.required, name));
        self
    }

    /// Adds columns that are taken where they exist.
    pub fn offer(mut self, names: &[String]) -> Columns {
        let new = names.iter().filter(|name| !self.required.contains(name));
        new.for_each(|name| add(&mut self.optional, name));
        self
    }

    /// Returns `reading`, with these columns.
    pub fn read_by(&self, reading: &ReadOptions) -> ReadOptions {
        let (columns, optional_columns) = (self.required.clone(), self.optional.clone());
        ReadOptions { columns, optional_columns, ..reading.clone() }
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.required.iter().chain(&self.optional).position(|known| known == name)
    }
}

fn add(names: &mut Vec<String>, name: &String) {
    if !names.contains(name) {
        names.push(name.clone());
    }
}

impl Document {
    /// Returns the value of the column `name`; `None` if there is no value, or the column is not among those that were read.
    pub fn value(&self, columns: &Columns, name: &str) -> Option<&str> {
        self.values.get(columns.place(name)?)?.as_deref()
    }

    /// Returns the first value in the columns `names`.
    pub fn first_value(&self, columns: &Columns, names: &[String]) -> Option<&str> {
        names.iter().find_map(|name| self.value(columns, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Text;

    #[test]
    fn values_are_found_by_name_whatever_the_order_of_asking() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let columns = Columns::default().offer(&names(&["date", "year"])).require(&names(&["venue", "year"]));
        let reading = columns.read_by(&ReadOptions::default());
        assert_eq!((reading.columns, reading.optional_columns), (names(&["venue", "year"]), names(&["date"])));
        let values = vec![Some("A".to_owned()), None, Some("2024-03-01".to_owned())];
        let document = Document { id: None, text: Text::as_it_is(""), values };
        assert_eq!(document.value(&columns, "date"), Some("2024-03-01"));
        assert_eq!(document.value(&columns, "year"), None);
        assert_eq!(document.value(&columns, "forum"), None);
        assert_eq!(document.first_value(&columns, &names(&["year", "venue"])), Some("A"));
    }
}
