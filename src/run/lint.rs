//! Finds problems in texts of known source that would spoil a reference made of them.

use std::collections::BTreeSet;

use super::error::RunError;
use super::known::{KnownTexts, SPLIT_COLUMNS, groups, read_known_texts};
use super::known_options::KnownOptions;
use super::select::select_fitted;
use crate::estimate::InputSummary;
use crate::lint::{LintOptions, LintReport};
use crate::progress::Progress;
use crate::reference::{Grouping, KnownCorpus, Reference};

/// Texts to look through, and the reference that was fitted on them.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LintRun {
    /// The texts of known source.
    pub known: KnownOptions,
    /// Name or file of the reference that was fitted on them, if there is one.
    pub reference: Option<String>,
}

impl LintRun {
    /// Returns the usual choices for the texts `known`.
    pub fn new(known: KnownOptions) -> LintRun {
        LintRun { known, reference: None }
    }

    /// Sets the name or file of the reference that was fitted on the texts.
    pub fn reference(self, reference: impl Into<String>) -> LintRun {
        LintRun { reference: Some(reference.into()), ..self }
    }
}

/// Looks for problems that would spoil a reference made of the texts.
///
/// # Errors
/// Fails if a text or the reference cannot be read, or if a side is missing.
///
/// # Examples
///
/// ```
/// use llm_prevalence::progress::Silent;
/// use llm_prevalence::run::{KnownOptions, LintRun, lint};
///
/// # let folder = tempfile::tempdir()?;
/// # let file = |name: &str| folder.path().join(name).display().to_string();
/// // People use an LLM's words now and then, and an LLM theirs.
/// let text = |n: usize, is_llm: bool| match (n % 10 == 0) != is_llm {
///     false => format!("{n},I liked part {n}. The proof is wrong in step {n} I think.\n"),
///     true => format!("{n},Part {n} is commendable. The authors meticulously delve into step {n}.\n"),
/// };
/// for (name, is_llm) in [("human.csv", false), ("llm.csv", true)] {
///     let rows: String = (0..300).map(|n| text(n, is_llm)).collect();
///     std::fs::write(file(name), format!("id,text\n{rows}"))?;
/// }
/// let llm = vec![(Some("toy".to_owned()), file("llm.csv"))];
/// let known = KnownOptions::default().human(vec![file("human.csv")]).llm(llm);
/// let found = lint(&LintRun::new(known), &Silent)?;
/// // These texts are short, few, and much alike.
/// assert!(!found.findings.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn lint(run: &LintRun, progress: &dyn Progress) -> Result<LintReport, RunError> {
    let reference = run.reference.as_deref().map(select_fitted).transpose()?;
    let fitted = reference.as_ref().map(|(reference, _)| reference);
    let known = split_like(fitted, &run.known);
    let KnownTexts { corpora, split_by, inputs, .. } = read_known_texts(&known, &[], progress)?;
    let options = LintOptions {
        unit: fitted.map(|reference| reference.settings.unit).unwrap_or_default(),
        groups: match fitted {
            Some(reference) if known.groups.is_empty() => groups_of(reference, &corpora),
            _ => groups(&known.groups, &corpora)?,
        },
        split_by,
        reference: reference.as_ref().map(|(reference, sha256)| (reference, sha256.as_str())),
    };
    let mut report = crate::lint::lint(&corpora, &options, progress)?;
    report.run.input = InputSummary::of_sources(&inputs);
    Ok(LintReport { warnings: report.run.notes(), inputs, ..report })
}

/// Returns the texts, with the column that the fit was split by if it is not a usual one and no other is named.
fn split_like(reference: Option<&Reference>, known: &KnownOptions) -> KnownOptions {
    let mut known = known.clone();
    let columns = reference.map_or(&[][..], |reference| &reference.settings.split_by);
    if let ([column], None) = (columns, &known.split_by) {
        known.split_by = Some(column.clone()).filter(|column| !SPLIT_COLUMNS.contains(&column.as_str()));
    }
    known
}

/// Returns the groups of the reference, as far as `corpora` has their sources.
fn groups_of(reference: &Reference, corpora: &[KnownCorpus]) -> Vec<Grouping> {
    let here: BTreeSet<&str> = corpora.iter().map(|corpus| corpus.source.as_str()).collect();
    let names = |numbers: &[usize]| {
        let names = numbers.iter().map(|&number| reference.sources[number].name.clone());
        names.filter(|name| here.contains(name.as_str())).collect::<Vec<_>>()
    };
    let groups =
        reference.components.iter().map(|one| Grouping { name: one.name.clone(), sources: names(&one.sources) });
    groups.filter(|group| !group.sources.is_empty()).collect()
}
