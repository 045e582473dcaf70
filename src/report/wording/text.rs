//! Serialises reasons and warnings as what they say.

use serde::{Serialize, Serializer};

use crate::check::CheckWarning;
use crate::trend::{Artefact, Sign, TrendWarning};
use crate::words::{GroupWarning, WordsWarning};

macro_rules! serialise_as_text {
    ($($record:ty),*) => {$(
        impl Serialize for $record {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )*};
}

serialise_as_text!(Artefact, CheckWarning, GroupWarning, Sign, TrendWarning, WordsWarning);
