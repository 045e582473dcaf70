//! The key that documents are grouped by.

use jiff::civil::Date;

/// The values that the documents of a group share.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct GroupKey {
    /// Values of the columns to group by.
    pub values: Vec<Option<String>>,
    /// The first day of their period; `None` if they are in no period, or none were wanted.
    pub period: Option<Date>,
}

impl GroupKey {
    /// Sets the first day of the period.
    pub fn in_period(self, period: Option<Date>) -> GroupKey {
        GroupKey { period, ..self }
    }
}

impl From<Vec<Option<String>>> for GroupKey {
    fn from(values: Vec<Option<String>>) -> GroupKey {
        GroupKey { values, period: None }
    }
}
