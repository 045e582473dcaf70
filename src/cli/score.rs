//! `score`: text to a score table.

use sha2::{Digest, Sha256};

use super::args::ScoreArgs;
use super::corpus::{HeldOut, Wanted, score_corpus};
use super::output::{complain, write_whole};
use super::progress::Spinner;
use super::select::select_fitted;
use crate::corpus::ReadSummary;
use crate::reference::Scorer;
use crate::score::store::{Origin, write_score_table};
use crate::score::{UnitScorer, sample_groups};

/// Runs the command.
pub fn run(arguments: &ScoreArgs, quiet: bool) -> anyhow::Result<()> {
    let progress = Spinner::new(quiet);
    let (reference, sha256) = select_fitted(&arguments.reference)?;
    let scorer = Scorer::from(arguments.scorer);
    let held_out = arguments.held_out.then(|| HeldOut::of(&reference)).transpose()?;
    let unit_scorer = UnitScorer::new(&reference, scorer);
    let wanted = Wanted { by: &arguments.by, held_out: held_out.as_ref(), ..Wanted::default() };
    let corpus = score_corpus(&arguments.input, &wanted, &unit_scorer, &progress)?;
    let (mut table, summary) = (corpus.target.table, corpus.summary);
    if let Some(n) = arguments.sample {
        sample_groups(&mut table, n as usize, arguments.seed);
    }
    anyhow::ensure!(!table.documents().is_empty(), "no document with text is left to score");
    if arguments.anonymous {
        table.number();
    } else {
        let salt = arguments
            .salt
            .as_ref()
            .map_or_else(|| default_salt(&summary, arguments.seed), |salt| salt.as_bytes().to_vec());
        table.salt(&salt);
    }
    let origin = Origin {
        reference_name: reference.card.name.clone(),
        reference_sha256: sha256,
        scorer,
        unit: reference.settings.unit,
        components: reference.components.iter().map(|component| component.name.clone()).collect(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    write_whole(&arguments.file, |out| {
        Ok(write_score_table(&table, &origin, out, &arguments.file.display().to_string())?)
    })?;
    drop(progress);
    if !quiet {
        complain(&format!(
            "{}: {} documents, {} {}s, no text; {} documents without text left out",
            arguments.file.display(),
            table.documents().len(),
            table.n_units(),
            reference.settings.unit,
            table.n_documents_without_units
        ));
    }
    Ok(())
}

/// A salt that depends on what was read and on the seed, whatever the order of files.
fn default_salt(summary: &ReadSummary, seed: u64) -> Vec<u8> {
    let mut hashes: Vec<&str> = summary.files.iter().map(|file| file.sha256.as_str()).collect();
    hashes.sort_unstable();
    Sha256::digest(format!("salt {seed} {}", hashes.join(" "))).to_vec()
}
