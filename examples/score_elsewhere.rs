//! Scores made where the texts are, estimated where they may not go: `cargo run --example score_elsewhere`.

use llm_prevalence::{Estimator, Reference};

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let texts: Vec<String> = (1..=80)
        .map(|n| format!("Claim {n} is not shown. I ask the authors to add experiment {n}, or to drop it."))
        .collect();

    // Here, with the texts. What leaves is a number for each sentence and LLM, with keys that are salted.
    let reference = Reference::embedded("reviews")?;
    let mut scores = Estimator::new(&reference).score(&texts);
    scores.salt(b"a secret");

    // Elsewhere, without them.
    println!("{}", Estimator::new(&reference).estimate_scores(&scores)?);
    Ok(())
}
