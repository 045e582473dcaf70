//! The JSON of a finding: the record, with its message and the advice.

use serde::{Serialize, Serializer};

use super::advice::lint_advice;
use crate::lint::{Example, Finding, Severity};

#[derive(Serialize)]
#[serde(remote = "Finding")]
struct FindingJson {
    severity: Severity,
    #[serde(getter = "Finding::code")]
    code: &'static str,
    source: String,
    #[serde(getter = "ToString::to_string")]
    message: String,
    n_documents: u64,
    share: f64,
    auc: Option<f64>,
    examples: Vec<Example>,
    #[serde(getter = "advice")]
    advice: &'static str,
}

fn advice(of: &Finding) -> &'static str {
    lint_advice(&of.kind)
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        FindingJson::serialize(self, serializer)
    }
}
