//! The LLM share of every group of texts, as a record: `cargo run --example groups`.

use llm_prevalence::{Estimator, Reference};

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let review = |n: usize| format!("Lemma {n} is used before it is proved. I would move section {n} to the appendix.");
    let texts: Vec<(String, String)> = (0..200).map(|n| (format!("{}", 2022 + n % 2), review(n))).collect();

    let reference = Reference::embedded("reviews")?;
    let record = Estimator::new(&reference).estimate_groups(&texts)?;
    for group in &record.estimates {
        println!("{:?}: {:?} {:?}", group.group, group.alpha(), group.interval());
    }
    // The JSON of `llm-prevalence estimate`.
    println!("{}", serde_json::to_string_pretty(&record)?);
    Ok(())
}
