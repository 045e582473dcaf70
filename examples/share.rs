//! The LLM share of texts in memory: `cargo run --example share`.

use llm_prevalence::{Estimator, Reference};

/// Twenty reviews by an LLM that come with the project.
const REVIEWS: &str = include_str!("../corpora/examples/llm-reviews.jsonl");

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut texts = Vec::new();
    for line in REVIEWS.lines() {
        let review: serde_json::Value = serde_json::from_str(line)?;
        texts.extend(review["text"].as_str().map(str::to_owned));
    }
    let reference = Reference::embedded("reviews")?;
    let share = Estimator::new(&reference).estimate(&texts)?;
    println!("{share}");
    share.warnings.iter().for_each(|warning| println!("! {warning}"));
    Ok(())
}
