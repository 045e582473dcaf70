//! Fits a reference on texts of known source.

use super::error::RunError;
use super::known::{KnownTexts, groups, read_known_texts};
use super::known_options::KnownOptions;
use crate::estimate::SourceInput;
use crate::numbers::percent;
use crate::progress::Progress;
use crate::reference::{FitOptions, MIN_FAMILIES, MIN_STRATUM_DOCUMENTS, NOT_TOLD_APART, Reference, confusions};

/// Texts of known source, and the options of the fit on them.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FitRun {
    /// The texts of known source.
    pub known: KnownOptions,
    /// Options of the fit; groups and the columns that keep documents together are filled in from the texts.
    pub fit: FitOptions,
}

impl FitRun {
    /// Returns the usual choices for the texts `known`.
    pub fn new(known: KnownOptions) -> FitRun {
        FitRun { known, fit: FitOptions { variants: true, ..FitOptions::default() } }
    }

    /// Sets the options of the fit.
    pub fn fit(self, fit: FitOptions) -> FitRun {
        FitRun { fit, ..self }
    }
}

/// A fitted reference, with the record of what was read for it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Fitted {
    /// The reference.
    pub reference: Reference,
    /// Summaries of what was read, one for each argument.
    pub inputs: Vec<SourceInput>,
    /// Warnings of possible bias: fields and forms that only one side has, and too few kinds of text.
    pub warnings: Vec<String>,
    /// Notes on components that hold several sources, and on pairs of components that cannot be told apart.
    pub notes: Vec<String>,
}

/// Fits a reference to texts of known source.
///
/// What is learnt, and from which parts of the texts: [`fit`](crate::reference::fit()).
///
/// # Errors
/// Fails if a text cannot be read, a side is missing, or there is too little text.
///
/// # Examples
///
/// ```
/// use llm_prevalence::progress::Silent;
/// use llm_prevalence::run::{FitRun, KnownOptions, fit};
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
/// let found = fit(&FitRun::new(known), &Silent)?;
/// assert_eq!(found.reference.component_names(), ["toy"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn fit(run: &FitRun, progress: &dyn Progress) -> Result<Fitted, RunError> {
    let KnownTexts { corpora, split_by, inputs, mut warnings } = read_known_texts(&run.known, &[], progress)?;
    let groups = groups(&run.known.groups, &corpora)?;
    let options = FitOptions { groups, split_by, ..run.fit.clone() };
    let reference = crate::reference::fit(corpora, &options, progress)?;
    if reference.strata.is_none() {
        warnings.push(format!(
            "fewer than {MIN_FAMILIES} kinds of human text, or fewer than {MIN_FAMILIES} families of LLMs, have at least \
             {MIN_STRATUM_DOCUMENTS} documents each, so it is unknown how kinds differ, and intervals will not allow for LLMs and \
             forms of text missing from the reference [add texts and name their columns with --stratum and --group, or learn it with `validate --leave-out`]"
        ));
    }
    let notes = notes(&reference);
    Ok(Fitted { reference, inputs, warnings, notes })
}

/// Returns notes on components that hold several sources, and on pairs of components that cannot be told apart.
fn notes(reference: &Reference) -> Vec<String> {
    let source_name = |&source: &usize| reference.sources[source].name.as_str();
    let several = reference.components.iter().filter(|component| component.sources.len() > 1);
    let mut notes: Vec<String> = several
        .map(|one| {
            let names: Vec<&str> = one.sources.iter().map(source_name).collect();
            format!("{} holds {}", one.name, names.join(", "))
        })
        .collect();
    notes.extend(confusions(reference).into_iter().filter(|pair| pair.share > NOT_TOLD_APART).map(|pair| {
        format!(
            "{} and {} are hard to distinguish: {} % of their {}s score higher for the other one (50 % is chance) \
             [pool them: --group NAME={} --group NAME={}]",
            pair.names[0],
            pair.names[1],
            percent(pair.share, 0),
            reference.settings.unit,
            pair.names[0],
            pair.names[1],
        )
    }));
    notes
}
