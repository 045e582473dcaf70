//! A control of human text of the target's own kind: `cargo run --example control`.

use llm_prevalence::{Estimator, Reference};

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    // From before LLMs, in the same form as what is to be estimated.
    let before: Vec<String> = (1..=400)
        .map(|n| format!("Strength: idea {n}. Weakness: no baseline {n}. Question: why not method {n}?"))
        .collect();
    let now: Vec<String> = (1..=200)
        .map(|n| format!("Strength: idea {n}. Weakness: no ablation {n}. Question: what of case {n}?"))
        .collect();

    let reference = Reference::embedded("reviews")?;
    println!("without a control: {}", Estimator::new(&reference).estimate(&now)?);
    println!("with a control:    {}", Estimator::new(&reference).control(&before).estimate(&now)?);
    Ok(())
}
