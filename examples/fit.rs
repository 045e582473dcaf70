//! A reference from texts of known source: `cargo run --example fit`.

use llm_prevalence::{Estimator, Texts};

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Invented, and far too little for a real reference.
    let human: Vec<String> =
        (0..300).map(|n| format!("I liked part {n}. Step {n} of the proof is wrong, I think.")).collect();
    let llm: Vec<String> =
        (0..300).map(|n| format!("Part {n} is commendable. The authors meticulously delve into step {n}.")).collect();
    let reference = Texts::new().human(&human[..200]).llm("toy", &llm[..200]).fit("toy-reviews")?;
    println!("{} words", reference.vocabulary.len());

    // A quarter of what the fit has not seen is by the LLM.
    let texts = [&human[200..275], &llm[200..225]].concat();
    println!("{}", Estimator::new(&reference).estimate(&texts)?);
    Ok(())
}
