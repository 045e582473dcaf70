//! One JSON object.

use serde_json::{Map, Value};

/// One JSON object.
pub(in crate::corpus) type Object = Map<String, Value>;
